"""Plays a running process on from how it stands today, to its decision: `rehearse_on` is the one function others need.

Its own people act, each on the day a thing is due. What is late already is done the next working day; stances that are
missing accept; of open objections `objections.py` tells; outputs hold what is asked of them. Nothing is stored and
nobody is told.
"""

import datetime as dt
from collections.abc import Iterable

from models.days.calendar import ONE_DAY, Calendar, local_date
from models.days.schedule import Schedule
from models.days.schedule_warnings import warnings_of
from models.days.ways import Ways
from models.duties.duties import duties
from models.errors import ProcessNotRunning
from models.municipality.directory import Directory
from models.process import Process
from models.rehearsal.cast import Player
from models.rehearsal.moments import under_way
from models.rehearsal.objections import open_objections
from models.rehearsal.outlook import done_of
from models.rehearsal.play import LATE_DAYS, PATIENCE, played, result
from models.rehearsal.players import Lateness, Players
from models.rehearsal.post import Post
from models.rehearsal.result import Moment, Rehearsal
from models.rehearsal.town import Town
from models.telling.wording import Wording
from models.words import ProcessStatus


def rehearse_on(
    wording: Wording, calendar: Calendar, now: dt.datetime, names: dict[str, str], late: frozenset[str] = frozenset()
) -> Rehearsal:
    """The wording's process, played on from the instant. `names` are its people's; `late` are late with everything.

    Touches nothing. Raises ProcessNotRunning.
    """
    process, definition, directory = wording.process, wording.definition, wording.directory
    if process.status is not ProcessStatus.RUNNING:
        raise ProcessNotRunning(status=process.status.value)
    today = local_date(now)
    objections = open_objections(process, duties(process, definition, calendar))
    town = Town(
        definition, directory, calendar, now, Post(definition, directory, calendar, wording.language, wording.title)
    )
    town.goes_on(process)
    ways = Ways(definition, process.dates, calendar, today, done_of(process, definition))
    players = Players(town, Lateness(late, LATE_DAYS), ways.from_, today)
    last = played(town, players, today, max(today, process.dates["window:last"]) + ONE_DAY * PATIENCE)
    people = {
        person: Player(id=person, name=names.get(person, person), group=group)
        for person, group in playing(process, directory, today).items()
    }
    planned = _planned(wording, calendar, today)
    found = result(wording._replace(process=town.state), planned, town, players, ways, people, today, last)
    ahead = {
        "moments": _ahead((*found.moments, *under_way(wording)), today),
        "worries": tuple(one for one in found.worries if one.day is None or one.day >= today),
        "objections": objections,
    }
    return found.model_copy(update=ahead)


def _ahead(found: Iterable[Moment], today: dt.date) -> tuple[Moment, ...]:
    """Those that are still to come, by day."""
    return tuple(sorted((one for one in found if one.day >= today), key=lambda one: one.day))


def _planned(wording: Wording, calendar: Calendar, today: dt.date) -> Schedule:
    dates = wording.process.dates
    start = min(dates.values())
    warnings = warnings_of(wording.definition, dates, start, calendar)
    return Schedule(start=today, choices={}, dates=dates, warnings=warnings)


def playing(process: Process, directory: Directory, day: dt.date) -> dict[str, str | None]:
    """Everybody with a part: those with a role first, then those who sit in a group or stand in, with the group."""
    parts: dict[str, str | None] = dict.fromkeys(process.roles.values())
    for key, of in process.groups.items():
        for _, seat in directory.seats_of(of, day):
            for person in (seat.person, *seat.deputies):
                parts.setdefault(person, key)
    return parts
