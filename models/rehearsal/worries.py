"""Where the days do not fit: on a day off, in a time when few are at work, or with too little time.

Each has its kind and facts; the sentence and what to do about it are written in the reader's language.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from models import events as e
from models.days.backwards import Backwards
from models.days.calendar import ONE_DAY, Calendar, local_date
from models.days.council_meetings import JULY
from models.days.schedule import Schedule
from models.days.schedule_warnings import ScheduleWarning, WarningCode
from models.definitions.definition import Definition
from models.rehearsal.players import Players
from models.rehearsal.result import Worry, WorryKind
from models.rehearsal.town import Town
from models.telling.wording import Wording

REFERENCES = ("phase", "other", "body")
AT_WORK_SHARE = 2  # a time is mostly in a holiday season where half of its days or more are


def worries(
    definition: Definition,
    planned: Schedule,
    town: Town,
    players: Players,
    ways: Sequence[Backwards],
    wording: Wording,
) -> Iterator[Worry]:
    """Everything odd, what stops the work first."""
    yield from _stuck(town, players)
    yield from _calendar(definition, town.calendar)
    for warning in planned.warnings:
        yield _of(warning, definition, town.calendar, wording)
    yield from _opened_late(town, wording)
    yield from _rounds(definition, town, wording)
    yield from _seasons(town, wording)
    yield from _cooperation(definition, planned, ways, wording)


def _stuck(town: Town, players: Players) -> Iterator[Worry]:
    if town.state.decision is None:
        why = "; ".join(sorted({str(error) for error in players.refused.values()}))
        yield Worry(kind=WorryKind.STUCK, day=None, facts={"why": why})


def _calendar(definition: Definition, calendar: Calendar) -> Iterator[Worry]:
    known = {body.id for body in definition.bodies}
    for body in sorted(set(calendar.meetings) - known):
        yield Worry(kind=WorryKind.BODY_UNKNOWN, day=None, facts={"body": body, "known": ", ".join(sorted(known))})


def _of(warning: ScheduleWarning, definition: Definition, calendar: Calendar, wording: Wording) -> Worry:
    """A warning of the planned dates, with names instead of ids, and the working day to move to."""
    facts = dict(warning.facts)
    day = next((fact for name in ("day", "last", "first") if isinstance(fact := facts.get(name), dt.date)), None)
    for name in REFERENCES:
        if name in facts:
            facts[name] = wording.name(f"{'phase' if name == 'other' else name}:{facts[name]}")
    if "what" in facts:
        kind = warning.key.partition(":")[0]
        facts["what"] = wording.name(f"{kind if kind != 'invitations' else 'meeting'}:{facts['what']}")
    if day is not None and warning.code in (WarningCode.DAY_OFF, WarningCode.IN_JULY):
        moved = day.replace(day=1) - ONE_DAY if warning.code is WarningCode.IN_JULY else day
        facts["better"] = calendar.previous_working_day(moved)
        facts["why"] = calendar.day_off_name(day) or ""
    return Worry(kind=WorryKind(warning.code.value), day=day, facts=facts)


def _opened_late(town: Town, wording: Wording) -> Iterator[Worry]:
    """Phases that could be opened only after their planned first day, because what they build on took longer."""
    for recorded in town.record:
        if isinstance(recorded.event, e.PhaseOpened):
            phase, day = recorded.event.phase, local_date(recorded.at)
            planned = town.calendar.next_working_day(town.state.dates[f"phase:{phase}:first"])
            days = town.calendar.working_days_between(planned, day)
            if days > 1:
                facts = {"phase": wording.name(f"phase:{phase}"), "planned": planned, "days": days}
                yield Worry(kind=WorryKind.OPENED_LATE, day=day, facts=facts)


def _rounds(definition: Definition, town: Town, wording: Wording) -> Iterator[Worry]:
    """Rounds in which the groups have fewer working days than the definition gives them."""
    for recorded in town.record:
        event = recorded.event
        if isinstance(event, e.OutputsSubmitted):
            plan = next(phase for phase in definition.phases if phase.id == event.phase)
            day, wanted = local_date(recorded.at), plan.checkpoint.stance_days
            days = town.calendar.working_days_between(day, event.due)
            if days < wanted:
                facts: dict[str, str | int | dt.date] = {
                    "checkpoint": wording.name(f"checkpoint:{event.phase}"),
                    "days": days,
                    "wanted": wanted,
                    "due": event.due,
                    "better": town.calendar.add_working_days(day, wanted),
                }
                yield Worry(kind=WorryKind.SHORT_ROUND, day=day, facts=facts)


def _spans(town: Town, wording: Wording) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The times in which people are to read, answer or be heard."""
    for recorded in town.record:
        event, day = recorded.event, local_date(recorded.at)
        if isinstance(event, e.OutputsSubmitted):
            yield wording.name(f"checkpoint:{event.phase}"), day, event.due
        elif isinstance(event, e.StatementAsked):
            yield wording.name(f"statement:{event.statement}"), day, event.due
        elif isinstance(event, e.HearingOpened):
            yield wording.name(f"hearing:{event.hearing}"), event.first, event.last


def _seasons(town: Town, wording: Wording) -> Iterator[Worry]:
    """Times to read or answer that fall on Christmas, Midsummer or July."""
    for name, first, last in _spans(town, wording):
        days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
        for kind, hit in (
            (WorryKind.CHRISTMAS, [day for day in days if (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 6)]),
            (WorryKind.MIDSUMMER, [day for day in days if _is_midsummer(day, town.calendar)]),
            (WorryKind.IN_JULY, [day for day in days if day.month == JULY]),
        ):
            if hit and (kind is not WorryKind.MIDSUMMER or last in hit):
                facts: dict[str, str | int | dt.date] = {
                    "what": name,
                    "first": first,
                    "last": last,
                    "days": len(hit),
                    "day": last,
                    "better": town.calendar.add_working_days(hit[-1], max(1, _working(hit, town.calendar))),
                    "why": "",
                }
                yield Worry(kind=kind, day=hit[0], facts=facts)


def _working(days: Iterable[dt.date], calendar: Calendar) -> int:
    return sum(calendar.is_working_day(day) for day in days)


def _is_midsummer(day: dt.date, calendar: Calendar) -> bool:
    """From the Wednesday before Midsummer Day, which is the Saturday between 20 and 26 June, to the Sunday after it."""
    twentieth = dt.date(day.year, 6, 20)
    saturday = twentieth + ONE_DAY * ((5 - twentieth.weekday()) % 7)
    return saturday - ONE_DAY * 3 <= day <= saturday + ONE_DAY


def _cooperation(
    definition: Definition, planned: Schedule, ways: Sequence[Backwards], wording: Wording
) -> Iterator[Worry]:
    """Staff cooperation that has to begin before the phase whose checkpoint asks for its end."""
    way = next((way for way in ways if way.reached), None)
    step = way.cooperation if way else None
    last = definition.phases[-1].id
    first = planned.dates[f"phase:{last}:first"]
    if way is not None and step is not None and step.latest < first:
        facts: dict[str, str | int | dt.date] = {
            "phase": wording.name(f"phase:{last}"),
            "first": first,
            "latest": step.latest,
            "meeting": way.meeting,
        }
        yield Worry(kind=WorryKind.COOPERATION_BEFORE_PHASE, day=step.latest, facts=facts)
