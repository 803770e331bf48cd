"""The dates of a process to be: what each is of, whether it is a working day, and what can be reached by them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from app.rehearsing.sentences import Alike, Sentences, Verdict
from app.web.creating import Creating
from app.web.session import Visitor
from models.days.calendar import Calendar
from models.days.off import days_off
from models.days.schedule import Move, Schedule
from models.definitions.definition import Definition
from models.definitions.parts import Text
from models.rehearsal.play import Asked, rehearse
from models.rehearsal.result import Rehearsal

LONG = dt.timedelta(days=31)


class PlannedDay(NamedTuple):
    """One date."""

    key: str
    what: str
    day: dt.date
    off: str | None  # why it is no working day; empty for a plain weekend, None where it is worked
    moved: bool


class PlannedPhase(NamedTuple):
    """The dates of a phase, and the weekdays in it that are not worked."""

    number: int
    name: str
    days: tuple[PlannedDay, ...]
    off: tuple[tuple[dt.date, str], ...]


class PlannedDates(NamedTuple):
    """All of them, with the meetings that can be reached and what is odd."""

    start: dt.date
    begins: dt.date  # its first working day
    phases: tuple[PlannedPhase, ...]
    others: tuple[PlannedDay, ...]
    verdicts: tuple[Verdict, ...]
    worries: tuple[Alike, ...]
    proposed: bool  # a meeting's day is a proposal
    apart: bool  # the first phase is planned for long after the start, or long before it


def planned_dates(creating: Creating) -> PlannedDates:
    """The dates as they stand."""
    definition, planned = creating.definition, creating.planned
    phases = []
    for number, phase in enumerate(definition.phases, 1):
        keys = (f"phase:{phase.id}:first", f"phase:{phase.id}:last", f"checkpoint:{phase.id}")
        days = tuple(_day(creating, planned, key) for key in keys)
        off = tuple(days_off(creating.calendar, days[0].day, days[1].day).items())
        phases.append(PlannedPhase(number, phase.name.in_(creating.language), days, off))
    others = tuple(
        _day(creating, planned, key) for key in planned.dates if not key.startswith(("phase:", "checkpoint:"))
    )
    rehearsal = _rehearsed(creating, creating.answers.dates)
    sentences = Sentences(rehearsal.outlook, on_page=True)
    return PlannedDates(
        start=planned.start,
        begins=creating.calendar.next_working_day(planned.start),
        phases=tuple(phases),
        others=others,
        verdicts=tuple(sentences.verdicts()),
        worries=tuple(sentences.worries(rehearsal.worries)),
        proposed=any(way.proposed for way in rehearsal.outlook.ways),
        apart=are_apart(creating),
    )


def _rehearsed(creating: Creating, moved: Mapping[str, dt.date]) -> Rehearsal:
    planned = creating.planned
    asked = Asked(start=planned.start, choices=planned.choices, dates=dict(moved), language=creating.visitor.language)
    return rehearse(creating.definition, creating.calendar, asked)


def odd_then(creating: Creating, moves: Iterable[Move]) -> tuple[Alike, ...]:
    """What would be odd once these dates have moved, and is not yet."""
    now = creating.answers.dates
    known = _rehearsed(creating, now).worries
    then = _rehearsed(creating, {**now, **{move.key: move.new for move in moves}})
    new = [one for one in then.worries if one not in known]
    return tuple(Sentences(then.outlook, on_page=True).worries(new))


def are_apart(creating: Creating) -> bool:
    """Whether the first phase is planned for long after the start, or long before it."""
    return abs(first_day(creating) - creating.planned.start) > LONG


def first_day(creating: Creating) -> dt.date:
    """The first phase's first day."""
    return creating.planned.dates[f"phase:{creating.definition.phases[0].id}:first"]


def _day(creating: Creating, planned: Schedule, key: str) -> PlannedDay:
    day = planned.dates[key]
    what = date_name(creating.visitor, creating.definition, key)
    return PlannedDay(key, what, day, why_off(creating.calendar, day), key in creating.answers.dates)


def why_off(calendar: Calendar, day: dt.date) -> str | None:
    """Why the day is not worked: empty for a plain weekend, None where it is worked."""
    return None if calendar.is_working_day(day) else calendar.day_off_name(day) or ""


class Follows(NamedTuple):
    """A date that moves with another one."""

    what: str
    before: dt.date
    after: dt.date
    off: str | None


def follows(creating: Creating, moves: Iterable[Move]) -> tuple[Follows, ...]:
    """The moves in words, by date."""
    return tuple(
        Follows(
            date_name(creating.visitor, creating.definition, move.key),
            move.old,
            move.new,
            why_off(creating.calendar, move.new),
        )
        for move in moves
    )


def moves_between(before: Mapping[str, dt.date], after: Mapping[str, dt.date]) -> tuple[Move, ...]:
    """What differs, by the former date."""
    found = (Move(key, day, after[key]) for key, day in before.items() if after[key] != day)
    return tuple(sorted(found, key=lambda move: move.old))


# --- names --------------------------------------------------------------------------------------------------------


class _Named(Protocol):
    """What has an id and a name in several languages."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> Text: ...


def date_name(visitor: Visitor, definition: Definition, key: str) -> str:
    """What a planned date is of, in the visitor's language."""
    _ = visitor.say
    kind, _colon, rest = key.partition(":")
    if kind == "phase":
        phase, _colon, end = rest.rpartition(":")
        name = _name(visitor, definition.phases, phase)
        return _("%(name)s alkaa", name=name) if end == "first" else _("%(name)s päättyy", name=name)
    if kind == "window":
        return _("Päätösikkuna alkaa") if rest == "first" else _("Päätösikkuna päättyy")
    if kind == "checkpoint":
        checkpoint = next(phase.checkpoint for phase in definition.phases if phase.id == rest)
        return _name(visitor, [checkpoint], checkpoint.id)
    if kind == "meeting":
        name = _name(visitor, definition.meetings, rest.removesuffix(":last"))
        return _("Kokous päättyy: %(name)s", name=name) if rest.endswith(":last") else _("Kokous: %(name)s", name=name)
    if kind == "invitations":
        return _("Kutsut lähtevät: %(name)s", name=_name(visitor, definition.meetings, rest))
    if kind == "statement":
        return _("Lausunto pyydetään viimeistään: %(name)s", name=_name(visitor, definition.statements, rest))
    return _("Kuuleminen avataan viimeistään: %(name)s", name=_name(visitor, definition.hearings, rest))


def _name(visitor: Visitor, things: Iterable[_Named], key: str) -> str:
    return next(one.name.in_(visitor.language) for one in things if one.id == key)
