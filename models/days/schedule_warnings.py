"""What is odd in the planned dates of a process: told to the coordinator, never a refusal.

The sources themselves give such dates (the texts of 000:184 end phase 1 before a December start), and a municipality
may have its reasons.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum

from models.days.calendar import Calendar
from models.days.formats import finnish_date
from models.definitions.definition import Definition, PhasePlan
from models.frozen import Frozen
from models.words import HandlingKind

Fact = dt.date | int | str

JULY = 7
SOON = dt.timedelta(days=45)  # to get ready in, between the start and the first phase
DEADLINES = ("checkpoint", "statement", "hearing", "invitations")  # beginnings of the keys of days something is due


class WarningCode(StrEnum):
    BEGINS_LATER = "begins_later"
    STARTED_LATE = "started_late"
    BACKWARDS = "backwards"
    OVERLAP = "overlap"
    BEFORE_WORK = "before_work"
    DAY_OFF = "day_off"
    IN_JULY = "in_july"
    NO_TIME_TO_ASK = "no_time_to_ask"
    WINDOW_TOO_EARLY = "window_too_early"
    NO_MEETING = "no_meeting"
    MEETINGS_UNKNOWN = "meetings_unknown"
    DAYS_OFF_UNKNOWN = "days_off_unknown"


SENTENCES = {
    WarningCode.BEGINS_LATER: (
        'The process starts on {start}, but its first phase "{phase}" begins only on {first}, as its definition says.'
    ),
    WarningCode.STARTED_LATE: 'The process starts on {start}, after its phase "{phase}" should have ended on {last}.',
    WarningCode.BACKWARDS: '"{what}" begins on {first} but ends before it, on {last}.',
    WarningCode.OVERLAP: 'The phase "{phase}" begins on {first}; "{other}", which it builds on, ends only on {last}.',
    WarningCode.BEFORE_WORK: '"{what}" is on {day}, but the work of its phase is planned from {first} to {last}.',
    WarningCode.DAY_OFF: 'The day of "{what}" is {day}, which is not a working day.',
    WarningCode.IN_JULY: 'The day of "{what}" is {day}, in July, when few are at work.',
    WarningCode.NO_TIME_TO_ASK: (
        '"{what}" has to be asked by {day}, but its phase "{phase}" begins only on {first}: it is too short.'
    ),
    WarningCode.WINDOW_TOO_EARLY: "The decision's window ends on {last}, before the last checkpoint on {day}.",
    WarningCode.NO_MEETING: 'The body "{body}", which decides, does not meet between {first} and {last}.',
    WarningCode.MEETINGS_UNKNOWN: 'When the body "{body}", which decides, meets is not in the calendar.',
    WarningCode.DAYS_OFF_UNKNOWN: "The calendar does not know the days off of {year}: only weekends are passed over.",
}


class ScheduleWarning(Frozen):
    """One oddity: which kind, at which key of the dates, and what there is to say of it."""

    code: WarningCode
    key: str
    facts: dict[str, Fact]

    @property
    def sentence(self) -> str:
        """In English, with the definition's own names; pages say it in the reader's language."""
        said = {name: finnish_date(fact) if isinstance(fact, dt.date) else fact for name, fact in self.facts.items()}
        return SENTENCES[self.code].format(**said)


def warnings_of(
    definition: Definition, dates: Mapping[str, dt.date], start: dt.date, calendar: Calendar
) -> tuple[ScheduleWarning, ...]:
    """What is odd in these dates, phases first; call it again after dates were moved."""
    return (
        *_beginning(definition, dates, start),
        *(warning for phase in definition.phases for warning in _phase(definition, phase, dates, start)),
        *_before_work(definition, dates, calendar),
        *_deadlines(dates, calendar),
        *_too_short(definition, dates),
        *_window(definition, dates, calendar),
        *_unknown_years(dates, calendar),
    )


def warnings_of_move(
    definition: Definition, before: Mapping[str, dt.date], after: Mapping[str, dt.date], calendar: Calendar
) -> tuple[ScheduleWarning, ...]:
    """What is odd in the dates of a process that were moved, and was not before."""
    start = min(before.values())
    known = warnings_of(definition, before, start, calendar)
    return tuple(one for one in warnings_of(definition, after, start, calendar) if one not in known)


def _warn(code: WarningCode, key: str, **facts: Fact) -> ScheduleWarning:
    return ScheduleWarning(code=code, key=key, facts=facts)


def _beginning(definition: Definition, dates: Mapping[str, dt.date], start: dt.date) -> Iterator[ScheduleWarning]:
    """Phases in months of their own begin in those, whatever month the process is said to start in."""
    first, phase = min((dates[f"phase:{phase.id}:first"], phase.id) for phase in definition.phases)
    if first - start > SOON:
        yield _warn(WarningCode.BEGINS_LATER, f"phase:{phase}:first", phase=phase, start=start, first=first)


def _phase(
    definition: Definition, phase: PhasePlan, dates: Mapping[str, dt.date], start: dt.date
) -> Iterator[ScheduleWarning]:
    first, last = dates[f"phase:{phase.id}:first"], dates[f"phase:{phase.id}:last"]
    if last < start:
        yield _warn(WarningCode.STARTED_LATE, f"phase:{phase.id}:last", phase=phase.id, start=start, last=last)
    yield from _backwards(phase.id, f"phase:{phase.id}:last", first, last)
    for other in definition.receives(phase.id):
        ends = max(dates[f"phase:{other}:last"], dates[f"checkpoint:{other}"])
        if first < ends:  # the day of the checkpoint may be the first of the next phase
            key = f"phase:{phase.id}:first"
            yield _warn(WarningCode.OVERLAP, key, phase=phase.id, first=first, other=other, last=ends)


def _backwards(what: str, key: str, first: dt.date, last: dt.date) -> Iterator[ScheduleWarning]:
    if last < first:
        yield _warn(WarningCode.BACKWARDS, key, what=what, first=first, last=last)


def _before_work(definition: Definition, dates: Mapping[str, dt.date], calendar: Calendar) -> Iterator[ScheduleWarning]:
    """Checkpoints before the work that they look at is to begin."""
    for phase in definition.phases:
        day, first, last = (dates[key.format(phase.id)] for key in ("checkpoint:{}", "phase:{}:first", "phase:{}:last"))
        if day < calendar.previous_working_day(first):
            key = f"checkpoint:{phase.id}"
            yield _warn(WarningCode.BEFORE_WORK, key, what=phase.id, day=day, first=first, last=last)


def _deadlines(dates: Mapping[str, dt.date], calendar: Calendar) -> Iterator[ScheduleWarning]:
    for key, day in dates.items():
        kind, _, what = key.partition(":")
        if kind not in DEADLINES:
            continue
        if not calendar.is_working_day(day):
            yield _warn(WarningCode.DAY_OFF, key, what=what, day=day)
        if day.month == JULY:
            yield _warn(WarningCode.IN_JULY, key, what=what, day=day)


def _too_short(definition: Definition, dates: Mapping[str, dt.date]) -> Iterator[ScheduleWarning]:
    asked = [("statement", plan.id, plan.phase) for plan in definition.statements]
    asked += [("hearing", plan.id, plan.phase) for plan in definition.hearings]
    for kind, what, phase in asked:
        day, first = dates[f"{kind}:{what}"], dates[f"phase:{phase}:first"]
        if day < first:
            yield _warn(WarningCode.NO_TIME_TO_ASK, f"{kind}:{what}", what=what, day=day, phase=phase, first=first)


def _window(definition: Definition, dates: Mapping[str, dt.date], calendar: Calendar) -> Iterator[ScheduleWarning]:
    first, last = dates["window:first"], dates["window:last"]
    yield from _backwards("window", "window:last", first, last)
    ready = max(dates[f"checkpoint:{phase.id}"] for phase in definition.phases)
    if last < ready:
        yield _warn(WarningCode.WINDOW_TOO_EARLY, "window:last", last=last, day=ready)
    deciding = (plan.body for plan in definition.decision.chain if plan.kind is HandlingKind.DECISION)
    for body in dict.fromkeys(deciding):
        if body not in calendar.meetings:
            yield _warn(WarningCode.MEETINGS_UNKNOWN, "window:last", body=body)
        elif not calendar.meetings_between(body, first, last):
            yield _warn(WarningCode.NO_MEETING, "window:last", body=body, first=first, last=last)


def _unknown_years(dates: Mapping[str, dt.date], calendar: Calendar) -> Iterator[ScheduleWarning]:
    unknown: dict[int, str] = {}
    for key, day in dates.items():
        if not calendar.knows(day):
            unknown.setdefault(day.year, key)
    for year, key in sorted(unknown.items()):
        yield _warn(WarningCode.DAYS_OFF_UNKNOWN, key, year=year)
