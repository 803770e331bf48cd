"""The planned dates of a process: from a definition, a start and settled choices to a date for everything.

The dates of a process are a plain mapping: `phase:<id>:first`, `phase:<id>:last`, `checkpoint:<phase id>`,
`window:first`, `window:last`, `meeting:<id>`, `meeting:<id>:last` (where a meeting takes several days),
`invitations:<meeting id>`, `statement:<id>` and `hearing:<id>`. The last two are the latest day to ask, or to open, so
that the least time has run by the phase's checkpoint. What is odd in them is in `days/schedule_warnings.py`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from models.amounts import near_day
from models.days.calendar import ONE_DAY, Calendar
from models.days.formats import finnish_date
from models.days.schedule_warnings import ScheduleWarning, warnings_of
from models.definitions.dates import chosen, date_of, dates_of, holds
from models.definitions.definition import Definition, MeetingPlan, PhasePlan
from models.errors import NotFound, NotValid
from models.frozen import Frozen

_START = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_BEGINNING = re.compile(r"phase:.+:first|window:first|meeting:.+|invitations:.+")  # of what may begin on a day off

Dated = Iterator[tuple[str, dt.date]]
NOTHING_MOVED: Mapping[str, dt.date] = MappingProxyType({})


class Schedule(Frozen):
    """The dates of a process to be, and what is odd in them."""

    start: dt.date
    choices: dict[str, str]
    dates: dict[str, dt.date]
    warnings: tuple[ScheduleWarning, ...] = ()


class Move(NamedTuple):
    """One planned date that moves."""

    key: str
    old: dt.date
    new: dt.date


def settled(definition: Definition, choices: Mapping[str, str]) -> dict[str, str]:
    """A reading for each of the definition's choices: the one named, else the one it proposes.

    Raises `NotValid` for a choice or a reading the definition does not know.
    """
    known = {choice.id: [reading.id for reading in choice.readings] for choice in definition.choices}
    for choice, reading in choices.items():
        if reading not in known.get(choice, ()):
            raise NotValid(
                'The definition {definition} has no choice "{choice}" with the reading "{reading}". It knows: {known}.',
                definition=definition.id,
                choice=choice,
                reading=reading,
                known="; ".join(f"{name}: {' or '.join(readings)}" for name, readings in known.items()) or "no choices",
            )
    return {choice.id: choices.get(choice.id, choice.proposed) for choice in definition.choices}


def parse_start(text: str, definition: Definition, choices: Mapping[str, str]) -> dt.date:
    """The day a process starts: "2024-12-01", the first day of "2024-12", or the definition's usual day in "2024".

    The usual day is `start` of the definition, else the first day of its first phase; where that is open, the first
    day of the month the phase ends in. Raises `NotValid` for other words, for a day that does not exist, and for a year
    other than that of a definition whose start is an exact date.
    """
    found = _START.fullmatch(text.strip())
    if found is None:
        raise NotValid('"{text}" is no start. Give a year, a month or a day: 2024, 2024-12 or 2024-12-01.', text=text)
    try:
        day = near_day(dt.date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)))
    except ValueError:
        raise NotValid('There is no such day as "{text}". Give for example 2024-12-01.', text=text) from None
    return day if found["month"] else _usual_start(definition, settled(definition, choices), day)


def _usual_start(definition: Definition, choices: Mapping[str, str], new_year: dt.date) -> dt.date:
    if definition.start:
        usual = date_of(chosen(definition.start, choices).to, new_year)
    else:
        span = chosen(definition.phases[0].dates, choices)
        usual = date_of(span.from_, new_year) if span.from_ else date_of(span.to, new_year).replace(day=1)
    if usual.year != new_year.year:
        raise NotValid(
            "The definition {definition} starts on {usual}, not in {year}. Give that year, or the day itself.",
            definition=definition.id,
            usual=finnish_date(usual),
            year=new_year.year,
        )
    return usual


def schedule(
    definition: Definition,
    start: dt.date,
    choices: Mapping[str, str],
    calendar: Calendar,
    moved: Mapping[str, dt.date] = NOTHING_MOVED,
) -> Schedule:
    """The dates of a process that starts on the day, with the choices settled so; see `settled`.

    A checkpoint without days of its own is due on its phase's last working day. A phase whose beginning the source
    leaves open begins the day after all it receives from has ended, or with the process. The dates that were moved
    stand as they are, and what is counted from them follows. Raises `NotFound` for one that is not planned.
    """
    choices = settled(definition, choices)
    dates: dict[str, dt.date] = {}
    for phase in definition.phases:
        dates.update(_phase(definition, phase, start, choices, dates, calendar, moved))
    first, last = dates_of(chosen(definition.decision.window, choices), start)
    dates["window:first"] = first or max(dates[f"phase:{phase.id}:last"] for phase in definition.phases) + ONE_DAY
    dates["window:last"] = last
    for meeting in definition.meetings:
        dates.update(_meeting(meeting, start, choices))
    for kind, plans in (("statement", definition.statements), ("hearing", definition.hearings)):
        for plan in plans:
            latest = dates[f"checkpoint:{plan.phase}"] - dt.timedelta(days=plan.least_days)
            dates[f"{kind}:{plan.id}"] = calendar.previous_working_day(latest)
    for key, day in moved.items():
        _planned(dates, key)
        dates[key] = day
    warnings = warnings_of(definition, dates, start, calendar)
    return Schedule(start=start, choices=choices, dates=dates, warnings=warnings)


def _phase(
    definition: Definition,
    phase: PhasePlan,
    start: dt.date,
    choices: Mapping[str, str],
    dates: Mapping[str, dt.date],
    calendar: Calendar,
    moved: Mapping[str, dt.date],
) -> Dated:
    """The dates of one phase; those of the phases before it are known."""
    first, last = dates_of(chosen(phase.dates, choices), start)
    last = moved.get(f"phase:{phase.id}:last", last)
    if first is None:
        received = [dates[f"phase:{key}:last"] + ONE_DAY for key in definition.receives(phase.id)]
        first = min(max(received, default=start), last)
    due = phase.checkpoint.due
    yield f"phase:{phase.id}:first", first
    yield f"phase:{phase.id}:last", last
    planned = dates_of(chosen(due, choices), start)[1] if due else calendar.previous_working_day(last)
    yield f"checkpoint:{phase.id}", moved.get(f"checkpoint:{phase.id}", planned)


def _meeting(meeting: MeetingPlan, start: dt.date, choices: Mapping[str, str]) -> Dated:
    """The days of a meeting and of its invitations; none where it has no day of its own or is not held so."""
    if meeting.on is None or not holds(meeting.on.when, choices):
        return
    first, last = dates_of(meeting.on, start)
    yield f"meeting:{meeting.id}", first or last
    if first is not None and first != last:
        yield f"meeting:{meeting.id}:last", last
    if meeting.invitations is not None:
        yield f"invitations:{meeting.id}", date_of(meeting.invitations, start)


def shift_dates(dates: Mapping[str, dt.date], from_key: str, days: int, calendar: Calendar) -> tuple[Move, ...]:
    """How one date and all planned on the same working day or later move by as many working days, by date.

    Nothing is changed: this is the preview, and what is then recorded. What ended before another began still does,
    among the moved ones. Raises `NotFound` for a key without a date.
    """
    pivot = _worked(from_key, _planned(dates, from_key), calendar)
    later = [key for key, day in dates.items() if _worked(key, day, calendar) >= pivot]
    moves = [Move(key, dates[key], calendar.shift(dates[key], days, beginning=_begins(key))) for key in later]
    return tuple(sorted((move for move in moves if move.new != move.old), key=lambda move: move.old))


def shift_dates_to(dates: Mapping[str, dt.date], from_key: str, to: dt.date, calendar: Calendar) -> tuple[Move, ...]:
    """The same, by as many working days as bring the one date to the day; it itself moves to exactly that day."""
    old = _planned(dates, from_key)
    if old == to:
        return ()
    days = calendar.working_days_between(_worked(from_key, old, calendar), _worked(from_key, to, calendar))
    others = [move for move in shift_dates(dates, from_key, days, calendar) if move.key != from_key]
    return tuple(sorted([Move(from_key, old, to), *others], key=lambda move: move.old))


def _planned(dates: Mapping[str, dt.date], key: str) -> dt.date:
    if key not in dates:
        raise NotFound(what="planned date", name=key)
    return dates[key]


def _begins(key: str) -> bool:
    return _BEGINNING.fullmatch(key) is not None


def _worked(key: str, day: dt.date, calendar: Calendar) -> dt.date:
    """The working day a planned day stands for: see `Calendar.shift`."""
    return calendar.next_working_day(day) if _begins(key) else calendar.previous_working_day(day)
