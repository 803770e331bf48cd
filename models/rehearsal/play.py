"""Plays a definition through: `rehearse` is the one function that others need."""

import datetime as dt
from collections.abc import Mapping

from models import commands as c
from models.days.calendar import ONE_DAY, Calendar, at_local, local_date
from models.days.formats import Language
from models.days.schedule import NOTHING_MOVED, Schedule, schedule
from models.days.ways import Ways
from models.definitions.definition import Definition
from models.errors import NotValid
from models.frozen import Frozen
from models.personal import Private
from models.rehearsal.cast import Away, Cast, Player, cast
from models.rehearsal.moments import moments
from models.rehearsal.outlook import outlook
from models.rehearsal.players import Lateness, Players
from models.rehearsal.post import Post
from models.rehearsal.result import DutyLine, Rehearsal
from models.rehearsal.town import Owing, Town
from models.rehearsal.worries import worries
from models.telling.telling import ABOUT
from models.telling.wording import NAMES, Wording
from models.words import DutyKind

SET_UP_DAYS = 20  # working days before its start that a process is created
LATE_DAYS = 6  # working days by which those who are late are late: longer than any ladder shipped
PATIENCE = 250  # days after the decision's window until a rehearsal that comes to no end is given up
MORNING = 10  # reminders leave at nine; people act an hour later
ROUNDS = 6  # of acting in a day: what one act makes possible is done an hour later


class Asked(Frozen):
    """What is rehearsed, and what is to go wrong in it."""

    start: dt.date
    choices: dict[str, str] = {}
    dates: dict[str, dt.date] = {}  # those that are not to be as planned from the start
    late: tuple[str, ...] = ()  # groups, role slots, bodies or sample people
    away: dict[str, tuple[dt.date, dt.date]] = {}  # sample people, and their days
    language: Language = "fi"


def rehearse(definition: Definition, calendar: Calendar, asked: Asked) -> Rehearsal:
    """The definition played through from that start. Touches nothing; the same for the same arguments.

    Raises NotValid for a choice or a reading the definition does not know, and for people who are not in it.
    """
    planned = schedule(definition, asked.start, asked.choices, calendar, asked.dates)
    created = calendar.add_working_days(min(asked.start, *planned.dates.values()), -SET_UP_DAYS)
    away = {person: Away(*days) for person, days in asked.away.items()}
    people = cast(definition, created, asked.language, away)
    _known(definition, people, asked)
    post = Post(definition, people.directory, calendar, asked.language)
    town = Town(definition, people.directory, calendar, at_local(created, MORNING), post)
    ways = Ways(definition, planned.dates, calendar, created)
    players = Players(town, Lateness(frozenset(asked.late), LATE_DAYS), ways.from_, created)
    town.act("coordinator", creating(definition, people, planned, created, asked.dates))
    last = played(town, players, created + ONE_DAY, planned.dates["window:last"] + ONE_DAY * PATIENCE)
    wording = Wording(definition.name.in_(asked.language), town.state, definition, people.directory, asked.language)
    return result(wording, planned, town, players, ways, people.players, created, last)


def _known(definition: Definition, people: Cast, asked: Asked) -> None:
    known = {*people.players, *(group.id for group in definition.groups), *(body.id for body in definition.bodies)}
    unknown = sorted({*asked.late, *asked.away} - known)
    if unknown:
        raise NotValid(
            "Nobody is called {unknown} in this definition. It knows: {known}.",
            unknown=", ".join(unknown),
            known=", ".join(sorted(key for key in known if not key.endswith("-deputy"))),
        )


def creating(
    definition: Definition,
    people: Cast,
    planned: Schedule,
    created: dt.date,
    moved: Mapping[str, dt.date] = NOTHING_MOVED,
) -> c.CreateProcess:
    """The process rests on a decision, so that messages read as they will when the work is real."""
    body = next((body.name.fi for body in definition.bodies), "–")
    return c.CreateProcess(
        definition=people.definition,
        title=definition.name.fi,
        setting_up=c.SettingUp(body=body, date=created, section="1"),
        start=planned.start,
        dates=dict(moved),
        choices={
            key: c.Settled(reading=reading, why=Private("Harjoitus.")) for key, reading in planned.choices.items()
        },
        roles={slot.id: slot.id for slot in definition.roles},
        groups={group.id: group.id for group in definition.groups},
    )


def played(town: Town, players: Players, first: dt.date, end: dt.date) -> dt.date:
    """Everybody has done their part from the first day on, or the time is up; the last day on which something
    happened."""
    today, last = first - ONE_DAY, local_date(town.now)
    while today < end and town.state.decision is None:
        today += ONE_DAY
        for again in range(ROUNDS if town.calendar.is_working_day(today) else 0):
            town.go_to(at_local(today, MORNING + again))
            if not players.play():
                break
            last = today
    town.go_to(at_local(last + ONE_DAY, 0))
    return last


# --- the result -------------------------------------------------------------------------------------------------------


def result(
    wording: Wording,
    planned: Schedule,
    town: Town,
    players: Players,
    ways: Ways,
    people: dict[str, Player],
    created: dt.date,
    last: dt.date,
) -> Rehearsal:
    """What was played, in the wording of how it ended."""
    ahead, definition = outlook(ways, wording), wording.definition
    decided = town.state.handlings[town.state.decision].date if town.state.decision else None
    return Rehearsal(
        definition=definition.id,
        title=wording.title,
        start=planned.start,
        created=created,
        choices=planned.choices,
        people=people,
        moments=moments(town, players.way, wording),
        duties=_duty_lines(town, created, wording),
        messages=tuple(town.post.sent),
        not_sent=tuple(town.post.not_sent),
        outlook=ahead,
        worries=tuple(worries(definition, planned, town, players, ahead.ways, wording)),
        decided=decided,
        last=last,
    )


def _duty_lines(town: Town, first: dt.date, wording: Wording) -> tuple[DutyLine, ...]:
    lines = []
    for key, owing in town.owing.items():
        duty = owing.duty
        about = f"{ABOUT[duty.kind]}:{duty.item}" if duty.kind in ABOUT else f"checkpoint:{duty.phase}"
        kind = about.partition(":")[0]
        named = wording.name(about) if kind in NAMES and (duty.phase or duty.kind in ABOUT) else wording.title
        if duty.kind is DutyKind.OPEN_PHASE:
            named = wording.name(f"phase:{duty.phase}")
        lines.append(
            DutyLine(
                key=key,
                person=duty.person or "",
                kind=duty.kind,
                about=named,
                group=duty.group if duty.seat or not duty.person else None,
                phase=wording.name(f"phase:{duty.phase}") if duty.phase else None,
                since=owing.since,
                due=duty.due,
                done=owing.done,
                day=_played_on(town, owing, first),
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.due, line.person, line.about)))


def _played_on(town: Town, owing: Owing, first: dt.date) -> dt.date:
    """The day on which it happens: a body's handling when it meets, not when that is recorded."""
    duty = owing.duty
    if duty.kind is DutyKind.HANDLING:
        held = [one.date for one in town.state.handlings.values() if one.plan == duty.item]
        return held[-1] if held else max(duty.due, first)
    return local_date(owing.done) if owing.done else max(duty.due, first)
