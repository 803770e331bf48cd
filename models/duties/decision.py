"""What is owed on the way to the decision: handlings by the bodies' meetings, a meeting that decides, reports.

When a handling is due is counted backwards, as `etappi reach` does, from the first meeting in the decision's window to
which the matter still comes in time by the planned dates and by what has been handled so far.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import product

from models.days.backwards import SHORTEST, USUAL, Backwards, StepKind
from models.days.calendar import ONE_DAY
from models.days.ways import Ways
from models.definitions.definition import HandlingPlan
from models.duties.duty import Duty, Owed, View
from models.process import Handling, Process
from models.words import BodyKind, CheckpointKind, DutyKind, HandlingKind, HandlingOutcome, PhaseStatus

PREPARING_DAYS = 20  # working days before a body's meeting: from then on its material is prepared for the list
MEETING_DAYS = 60  # calendar days before the decision's window: a body's meetings are agreed on early
REPORT_DAYS = 15  # working days from a checkpoint to its report: the executive meets every second week


def handlings(view: View) -> Owed:
    """The expected handlings that come next: the coordinator's, from some weeks before the body meets to that day.

    Where no meeting in the window is reached any more, by the last day of the window.
    """
    process, chain = view.process, view.definition.decision.chain
    if not view.looks_at_passing(view.definition.phases[-1].id):
        return
    settled = _settled(process, chain)
    next_ = [plan for plan in chain if plan.id not in settled and settled.issuperset(plan.after)]
    meets = _meets(view, next_) if any(plan.date is None for plan in next_) else {}
    for plan in next_:
        day = plan.date or meets.get(plan.id)
        due, since = day or process.dates["window:last"], process.dates["window:first"]
        if day is not None:
            since = min(since, view.calendar.add_working_days(day, -PREPARING_DAYS))
        duty = Duty(DutyKind.HANDLING, due, plan.id, person=process.coordinator, since=min(since, due))
        yield f"handling:{plan.id}", duty


def _meets(view: View, next_: Iterable[HandlingPlan]) -> dict[str, dt.date]:
    """The days of the handlings on the way to the first meeting that is reached in the usual time, or else in the
    shortest; none where none is."""
    ways = Ways(view.definition, view.process.dates, view.calendar, dt.date.min)
    for pace, sitting in product((USUAL, SHORTEST), ways.in_window()):
        way = ways.to(sitting, pace)
        days = {step.about: step.latest for step in way.steps if step.kind is StepKind.HANDLING}
        meets = {plan.id: days[about] for plan in view.definition.decision.chain if (about := _about(plan)) in days}
        if _comes_in_time(view.process, way) and all(_held_in_time(one, meets, next_) for one in _held(view.process)):
            return meets
    return {}


def _about(plan: HandlingPlan) -> str:
    return f"handling:{plan.id}"


def _comes_in_time(process: Process, way: Backwards) -> bool:
    """Whether the last checkpoint's outcome is stated early enough: as it was, or as it is planned."""
    stated = process.phases[way.phase].passed or way.readiness.planned
    return stated is not None and stated <= way.readiness.latest


def _held(process: Process) -> Iterator[Handling]:
    """The expected handlings that have been held, those that settled nothing as well."""
    return (handling for handling in process.handlings.values() if handling.plan is not None)


def _held_in_time(handling: Handling, meets: dict[str, dt.date], next_: Iterable[HandlingPlan]) -> bool:
    """Whether the way lets the handling be as late as it was; what it left to be handled again comes after it."""
    if handling.outcome is HandlingOutcome.RETURNED:
        return all(handling.date < meets[plan.id] for plan in next_ if plan.id in meets)
    day = meets.get(handling.plan or "", dt.date.max)
    return handling.date + ONE_DAY * (handling.outcome is HandlingOutcome.TABLED) <= day


def decision_meetings(view: View) -> Owed:
    """Deciding bodies that do not meet in the decision's window, as far as the calendar knows: the coordinator's."""
    process, chain = view.process, view.definition.decision.chain
    first, last = process.dates["window:first"], process.dates["window:last"]
    settled = _settled(process, chain)
    for plan in chain:
        if plan.kind is not HandlingKind.DECISION or plan.id in settled or plan.date is not None:
            continue
        if not view.calendar.meetings_between(plan.body, first, last):
            due = view.calendar.previous_working_day(first - dt.timedelta(days=MEETING_DAYS))
            since = due - dt.timedelta(days=MEETING_DAYS)
            duty = Duty(DutyKind.DECISION_MEETING, due, plan.id, person=process.coordinator, since=since)
            yield f"decision_meeting:{plan.id}", duty


def reports(view: View) -> Owed:
    """Passed checkpoints that the executive has not heard of since: the coordinator's, soon after the passing.

    Any handling by the executive since then counts, for it has then had the matter before it. The last checkpoint has
    no report: from it the matter itself goes on.
    """
    handled = [one.date for one in view.process.handlings.values() if one.body_kind is BodyKind.EXECUTIVE]
    for key, phase in view.phases():
        if phase.status is not PhaseStatus.PASSED or phase.passed is None:
            continue
        told = any(body.kind is BodyKind.EXECUTIVE for body in view.definition.bodies)
        transfers = view.checkpoint(key).kind is CheckpointKind.TRANSFER
        if told and transfers and not any(day >= phase.passed for day in handled):
            due = view.calendar.add_working_days(phase.passed, REPORT_DAYS)
            duty = Duty(DutyKind.REPORT, due, phase=key, person=view.process.coordinator)
            yield f"report:{key}", duty


def _settled(process: Process, chain: tuple[HandlingPlan, ...]) -> set[str]:
    """The expected handlings nobody waits for: done since the matter last came back, or passed over by one that was."""
    done: set[str] = set()
    for handling in process.handlings.values():
        if handling.outcome is HandlingOutcome.RETURNED:
            done.clear()
        elif handling.plan is not None and handling.outcome is not HandlingOutcome.TABLED and not handling.set_aside:
            done.add(handling.plan)
    for plan in reversed(chain):
        if plan.id in done:
            done.update(plan.after)
    return done
