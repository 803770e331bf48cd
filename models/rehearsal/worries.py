"""Where the days do not fit: on a day off, in a time when few are at work, or with too little time.

Each has its kind and facts; the sentence and what to do about it are written in the reader's language.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from models import events as e
from models.days.backwards import Backwards, StepKind
from models.days.calendar import ONE_DAY, Calendar, local_date
from models.days.council_meetings import JULY
from models.days.schedule import Schedule
from models.days.schedule_warnings import ScheduleWarning, WarningCode
from models.definitions.definition import Definition
from models.errors import EtappiError
from models.rehearsal.players import Players
from models.rehearsal.result import Refusal, Worry, WorryKind
from models.rehearsal.town import Town
from models.telling.wording import Wording

REFERENCES = ("phase", "other", "body")
SATURDAY = 5
Facts = dict[str, str | int | dt.date]


def worries(
    definition: Definition,
    planned: Schedule,
    town: Town,
    players: Players,
    ways: Sequence[Backwards],
    wording: Wording,
) -> Iterator[Worry]:
    """Everything odd, what stops the work first; what plan and play both find is told once."""
    return _told_once(
        chain(
            _stuck(town, players),
            _calendar(definition, town.calendar),
            (worry_of(warning, town.calendar, wording) for warning in planned.warnings),
            _opened_late(town, wording),
            _rounds(definition, town, wording),
            _seasons(town, wording),
            _phases(planned, town, wording),
            _cooperation(definition, planned, ways, wording),
            _late_lists(players.way, wording),
            _outside(town),
        )
    )


def _told_once(found: Iterable[Worry]) -> Iterator[Worry]:
    told: set[tuple[WorryKind, object, object]] = set()
    for one in found:
        about = (one.kind, one.facts.get("what"), one.facts.get("day"))
        if about not in told or about[1:] == (None, None):
            told.add(about)
            yield one


def _stuck(town: Town, players: Players) -> Iterator[Worry]:
    if town.state.decision is None:
        errors = {str(error): error for error in players.refused.values()}
        refused = tuple(_refusal(errors[words]) for words in sorted(errors))
        yield Worry(kind=WorryKind.STUCK, day=None, facts={}, refused=refused)


def _refusal(error: EtappiError) -> Refusal:
    facts = {name: fact if isinstance(fact, (int, dt.date)) else str(fact) for name, fact in error.facts.items()}
    return Refusal(sentence=error.template, facts=facts)


def _calendar(definition: Definition, calendar: Calendar) -> Iterator[Worry]:
    known = {body.id for body in definition.bodies}
    for body in sorted(set(calendar.meetings) - known):
        yield Worry(kind=WorryKind.BODY_UNKNOWN, day=None, facts={"body": body, "known": ", ".join(sorted(known))})


def worry_of(warning: ScheduleWarning, calendar: Calendar, wording: Wording) -> Worry:
    """A warning of the planned dates, with names instead of ids, and the working day to move to."""
    facts = dict(warning.facts)
    day = next((fact for name in ("day", "last", "first") if isinstance(fact := facts.get(name), dt.date)), None)
    if "body" in facts:
        facts["key"] = facts["body"]
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
                facts: Facts = {
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
    """Times to read or answer that fall on Christmas, or end in the week of Midsummer or in July."""
    for what, first, last in _spans(town, wording):
        days = _days(first, last)
        for kind, is_season in (
            (WorryKind.CHRISTMAS, _is_christmas),
            (WorryKind.MIDSUMMER, _is_midsummer),
            (WorryKind.IN_JULY, _is_july),
        ):
            hit = [day for day in days if is_season(day)]
            if not hit or (kind is not WorryKind.CHRISTMAS and last not in hit):
                continue
            lost = max(1, _working(hit, town.calendar))
            better = town.calendar.add_working_days(hit[-1] if kind is WorryKind.CHRISTMAS else last, lost)
            if kind is WorryKind.IN_JULY:
                better = town.calendar.previous_working_day(last.replace(day=1) - ONE_DAY)
            facts: Facts = {"what": what, "first": first, "last": last, "day": last, "better": better}
            yield Worry(kind=kind, day=hit[0], facts=facts)


def _phases(planned: Schedule, town: Town, wording: Wording) -> Iterator[Worry]:
    """Phases of whose working days Christmas or July takes a part."""
    for phase in town.state.phases:
        first, last = planned.dates[f"phase:{phase}:first"], planned.dates[f"phase:{phase}:last"]
        days = [day for day in _days(first, last) if town.calendar.is_working_day(day)]
        for kind, is_season in ((WorryKind.PHASE_CHRISTMAS, _is_christmas), (WorryKind.PHASE_JULY, _is_july)):
            lost = sum(map(is_season, days))
            if lost:
                facts: Facts = {"what": wording.name(f"phase:{phase}"), "first": first, "last": last}
                facts |= {"working": len(days), "lost": lost, "left": len(days) - lost}
                yield Worry(kind=kind, day=first, facts=facts)


def _late_lists(way: Backwards | None, wording: Wording) -> Iterator[Worry]:
    """Lists of bodies that leave in July."""
    for step in way.steps if way else ():
        if step.kind is StepKind.LIST and _is_july(step.latest):
            material = (
                next(s for s in way.steps if s.kind is StepKind.MATERIAL and s.about == step.about) if way else step
            )
            facts: Facts = {"what": wording.name(step.about or ""), "day": step.latest, "better": material.latest}
            yield Worry(kind=WorryKind.LIST_IN_JULY, day=step.latest, facts=facts)


def _outside(town: Town) -> Iterator[Worry]:
    """A decision outside its window."""
    if town.state.decision is not None:
        day, dates = town.state.handlings[town.state.decision].date, town.state.dates
        if not dates["window:first"] <= day <= dates["window:last"]:
            facts: Facts = {"day": day, "first": dates["window:first"], "last": dates["window:last"]}
            yield Worry(kind=WorryKind.OUTSIDE_WINDOW, day=day, facts=facts)


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + ONE_DAY * n for n in range((last - first).days + 1)]


def _working(days: Iterable[dt.date], calendar: Calendar) -> int:
    return sum(calendar.is_working_day(day) for day in days)


def _is_christmas(day: dt.date) -> bool:
    """From 22 December to Epiphany."""
    return (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 6)


def _is_midsummer(day: dt.date) -> bool:
    """From the Wednesday before Midsummer Day, which is the Saturday between 20 and 26 June, to the Sunday after it."""
    twentieth = dt.date(day.year, 6, 20)
    saturday = twentieth + ONE_DAY * ((SATURDAY - twentieth.weekday()) % 7)
    return saturday - ONE_DAY * 3 <= day <= saturday + ONE_DAY


def _is_july(day: dt.date) -> bool:
    return day.month == JULY


def _cooperation(
    definition: Definition, planned: Schedule, ways: Sequence[Backwards], wording: Wording
) -> Iterator[Worry]:
    """Staff cooperation that has to begin before the phase whose checkpoint asks for its end."""
    way = next((way for way in ways if way.reached), None)
    step = way.cooperation if way else None
    last = definition.phases[-1].id
    first = planned.dates[f"phase:{last}:first"]
    if way is not None and step is not None and step.latest < first:
        facts: Facts = {
            "phase": wording.name(f"phase:{last}"),
            "first": first,
            "latest": step.latest,
            "meeting": way.meeting,
        }
        yield Worry(kind=WorryKind.COOPERATION_BEFORE_PHASE, day=step.latest, facts=facts)
