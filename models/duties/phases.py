"""What phases and their checkpoints owe: openings, outputs, stances, assessments, outcomes, answers and conditions."""

import datetime as dt
from collections.abc import Iterable, Mapping

from models.days.calendar import ONE_DAY, Calendar, local_date
from models.duties.duty import Duty, Owed, View
from models.lifecycle import LEAST_DAYS
from models.process import Round
from models.rounds import AWAITING_ANSWER, current, is_current, is_disqualified
from models.words import DutyKind, ObjectionStatus, PhaseStatus

REPLY_DAYS = 3
"""Working days in which whoever objected says whether an answer removes the objection."""


def submission(dates: Mapping[str, dt.date], phase: str, stance_days: int, calendar: Calendar) -> dt.date:
    """By when a phase's outputs come to its checkpoint, so that the groups have their whole time before its day.

    In a short phase the work has half of its days, and the groups at least those a round is open.
    """
    first, due = dates[f"phase:{phase}:first"], dates[f"checkpoint:{phase}"]
    wished = calendar.add_working_days(due, -stance_days)
    half = calendar.add_working_days(first, max(calendar.working_days_between(first, due) // 2, 1))
    return min(max(wished, half), calendar.add_working_days(due, -LEAST_DAYS))


def phases(view: View) -> Owed:
    """A ready phase is opened by its planned first day, or the first working day after it; an open one's required
    outputs come in time for the groups."""
    process = view.process
    for key, phase in view.phases():
        no = phase.rounds + 1
        if phase.status is PhaseStatus.READY:
            first = view.calendar.next_working_day(process.dates[f"phase:{key}:first"])
            duty = Duty(DutyKind.OPEN_PHASE, first, phase=key, round=no, person=process.coordinator)
            yield f"open_phase:{key}:{no}", duty
        elif phase.status is PhaseStatus.OPEN:
            plan = view.definition.phase(key)
            due = submission(process.dates, key, view.checkpoint(key).stance_days, view.calendar)
            for output in plan.outputs if plan else ():
                if output.required:
                    owner = view.who(output.owner)
                    duty = Duty(DutyKind.OUTPUT, due, output.id, key, no, person=owner)
                    yield f"output:{key}:{no}:{output.id}", duty


def stances(phase: str, round_: Round, seats: Iterable[str]) -> Owed:
    """The stances that these seats of an open round owe: no stance is current, and the seat has not left.

    A disqualified holder's is the first deputy's; without a deputy nobody owes it.
    """
    said, edition = round_.stances, round_.edition
    for key in seats:
        stance = said.get(key)
        if stance is not None and (stance.edition == edition or current(round_, key) is not None):
            continue  # most are of the substance as it is, and so found without asking what the stance covers
        seat = round_.seats[key]
        if seat.left:
            continue
        person = seat.person
        if key in round_.disqualified and is_disqualified(round_, key):
            if not seat.deputies:
                continue
            person = seat.deputies[0]
        duty = Duty(DutyKind.STANCE, round_.due, key, phase, round_.no, key, seat.group, person)
        yield f"stance:{phase}:{round_.no}:{key}", duty


def checkpoints(view: View) -> Owed:
    """Of each open round: the criteria that a named person has yet to assess, and the outcome.

    The outcome is owed from the start, for the preparer may state it as soon as the groups have accepted. It is due on
    the first working day after the last stance is, or after the last correction may come.
    """
    for phase, round_ in view.process.rounds.items():
        plan = view.checkpoint(phase)
        for criterion in plan.criteria:
            if criterion.assessed_by is None:
                continue
            said = round_.assessed.get(criterion.id)
            if said is None or not is_current(round_, said):
                assessor = view.who(criterion.assessed_by)
                duty = Duty(DutyKind.ASSESSMENT, round_.due, criterion.id, phase, round_.no, person=assessor)
                yield f"assessment:{phase}:{round_.no}:{criterion.id}", duty
        due, preparer = _outcome_due(view, round_), view.who(plan.preparer)
        yield f"outcome:{phase}:{round_.no}", Duty(DutyKind.OUTCOME, due, phase=phase, round=round_.no, person=preparer)


def _outcome_due(view: View, round_: Round) -> dt.date:
    awaited = [local_date(w.until) for w in round_.windows if set(w.concerned) - set(w.confirmed)]
    return view.calendar.next_working_day(max([round_.due + ONE_DAY, *awaited]))


def answers(view: View) -> Owed:
    """Objections of open rounds that nobody has answered: the preparer's, by the day stances are due."""
    for key, objection in view.process.objections.items():
        phase, round_ = objection.phase, view.process.rounds.get(objection.phase)
        if round_ and objection.status in AWAITING_ANSWER and objection.result is None:
            preparer = view.who(view.checkpoint(phase).preparer)
            duty = Duty(DutyKind.ANSWER, round_.due, key, phase, round_.no, group=objection.group, person=preparer)
            yield f"answer:{key}", duty


def replies(view: View) -> Owed:
    """Answered objections of open rounds: their makers' to say whether the answer removes them, some working days after
    it where stances are due sooner. A stance that is not current is owed anew, and says it too."""
    for key, objection in view.process.objections.items():
        round_ = view.process.rounds.get(objection.phase)
        if round_ is None or objection.status is not ObjectionStatus.OPEN or objection.answered is None:
            continue
        due = max(round_.due, view.calendar.add_working_days(objection.answered, REPLY_DAYS))
        for seat in objection.asked:
            maker = objection.makers.get(seat)
            if maker is not None and not round_.seats[seat].left and current(round_, seat) is not None:
                duty = Duty(DutyKind.REPLY, due, key, objection.phase, round_.no, seat, maker.group, maker.person)
                yield f"reply:{key}:{seat}", duty


def conditions(view: View) -> Owed:
    """Open conditions: their owners', by their dates."""
    for key, condition in view.process.conditions.items():
        phase = condition.checkpoint or condition.phase
        yield f"condition:{key}", Duty(DutyKind.CONDITION, condition.due, key, phase, person=condition.owner)
