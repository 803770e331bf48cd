"""Counting backwards from the meeting that decides: by when each step before it has to be done, and on what ground.

The chain of handlings, the statements and hearings with their least times, and the checks of the checkpoints are data
of the definition; a body's meetings come from the municipality's calendar, and where it knows none a day is proposed.
All other least times are named here with their paragraph of law, to be checked by the municipality's lawyer.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from models.days.calendar import ONE_DAY, Calendar
from models.days.council_meetings import JULY, Sitting, last_sitting
from models.definitions.definition import Definition, HandlingPlan, PhasePlan
from models.frozen import Frozen
from models.words import BodyKind, HandlingKind

ENDED = "staff-cooperation-done"  # the check that asks whether it has ended


class Pace(NamedTuple):
    """How many days the steps take, as is usual or at the very least."""

    convening: int  # calendar days from the council's notice to its meeting: Kuntalaki 94 § says at least 4
    list_: int  # calendar days from another body's list to its meeting: the administrative regulations (Kuntalaki 90 §)
    material: int  # working days from the material to the list
    minutes: int  # calendar days from a meeting to the next step that rests on it: its minutes (Kuntalaki 107 §)
    notice: int  # calendar days from the proposal of staff cooperation to its beginning: 449/2007, 7 §
    negotiation: int  # calendar days of staff cooperation: 449/2007, 8 §: 14, or six weeks for larger cuts


USUAL = Pace(convening=7, list_=5, material=2, minutes=3, notice=5, negotiation=42)
SHORTEST = Pace(convening=4, list_=3, material=1, minutes=1, notice=5, negotiation=14)


class StepKind(StrEnum):
    COOPERATION = "cooperation"  # the proposal to begin staff cooperation
    STATEMENT = "statement"  # a statement is asked
    HEARING = "hearing"  # a hearing is opened
    SUBMISSION = "submission"  # the last phase's outputs come to its checkpoint
    READINESS = "readiness"  # the last checkpoint's outcome
    MATERIAL = "material"  # the material for a body's list
    LIST = "list"  # a body's list leaves
    CONVENING = "convening"  # the council's notice leaves
    HANDLING = "handling"  # a body meets


Done = frozenset[tuple[StepKind, str | None]]
"""Steps that have been taken, by kind and reference."""

GROUNDS: dict[StepKind, str] = {
    StepKind.COOPERATION: "Laki 449/2007 7–8 §",
    StepKind.LIST: "Kuntalaki 90 §",
    StepKind.CONVENING: "Kuntalaki 94 §",
}
"""The paragraph of what the definition gives no ground for."""


class Step(Frozen):
    """One step on the way, and the latest day for it."""

    kind: StepKind
    about: str | None  # a reference: "handling:x", "statement:y", "hearing:z", "checkpoint:phase"
    body: str | None = None  # that handles, or that is asked
    latest: dt.date
    least: int | None = None  # the days it leaves to what comes next
    ground: str | None = None  # a paragraph of law
    planned: dt.date | None = None  # when the dates of the process have it
    proposed: bool = False  # of a meeting: no calendar knows it
    done: bool = False
    alongside: bool = False  # held while the phases still run
    before: dt.date | None = None  # where a day off or July moved it to an earlier day: the day it was counted to
    begins: dt.date | None = None  # of staff cooperation: the latest day on which its negotiation begins
    shortest: dt.date | None = None  # the same where the shorter negotiation is enough


class Backwards(Frozen):
    """The way to one meeting, from its first step to the meeting itself."""

    meeting: dt.date
    body: str
    body_kind: BodyKind
    handling: str
    phase: str  # the last one
    proposed: bool
    in_window: bool
    steps: tuple[Step, ...]
    due: dt.date  # the planned day of the last checkpoint
    closes: dt.date  # and the latest one
    late: int  # working days by which the planned readiness comes too late; 0: in time
    missed: tuple[Step, ...] = ()  # whose latest day lies before the work begins, or before today

    @property
    def reached(self) -> bool:
        """Whether the meeting is reached by the planned dates, as long as each step is done by its latest day."""
        return not self.late and not self.missed

    @property
    def readiness(self) -> Step:
        """The outcome of the last checkpoint."""
        return next(step for step in self.steps if step.kind is StepKind.READINESS)

    @property
    def cooperation(self) -> Step | None:
        """The proposal of staff cooperation, where the definition asks for it."""
        return next((step for step in self.steps if step.kind is StepKind.COOPERATION), None)


def deciding(definition: Definition) -> HandlingPlan:
    """The handling that decides: the chain's last decision, or its last handling where it names none."""
    chain = definition.decision.chain
    return next((plan for plan in reversed(chain) if plan.kind is HandlingKind.DECISION), chain[-1])


def backwards(
    definition: Definition,
    dates: Mapping[str, dt.date],
    calendar: Calendar,
    sitting: Sitting,
    today: dt.date,
    pace: Pace = USUAL,
    done: Done = frozenset(),
) -> Backwards:
    """What has to be done by when for the matter to be decided in that meeting.

    `dates` are the planned ones of a process or a process to be. Nothing before `today` can be done any more, except
    what is done already.
    """
    counted = _Counted(definition, dates, calendar, pace, sitting)
    marked = (step.model_copy(update={"done": (step.kind, step.about) in done}) for step in counted.steps())
    steps = tuple(sorted(marked, key=lambda step: (step.latest, list(StepKind).index(step.kind))))
    readiness = next(step for step in steps if step.kind is StepKind.READINESS)
    assert readiness.planned is not None, "every process plans its checkpoints"
    late = 0 if readiness.done else calendar.working_days_between(readiness.latest, readiness.planned)
    decides = deciding(definition)
    return Backwards(
        meeting=sitting.day,
        body=decides.body,
        body_kind=counted.bodies[decides.body].kind,
        handling=decides.id,
        phase=counted.last.id,
        proposed=sitting.proposed,
        in_window=dates["window:first"] <= sitting.day <= dates["window:last"],
        steps=steps,
        due=counted.due,
        closes=calendar.previous_working_day(readiness.latest - ONE_DAY),
        late=max(0, late),
        missed=tuple(step for step in steps if step.latest < today and not step.done),
    )


class _Counted:
    """Counts the steps of one way."""

    def __init__(
        self,
        definition: Definition,
        dates: Mapping[str, dt.date],
        calendar: Calendar,
        pace: Pace,
        sitting: Sitting,
    ) -> None:
        self.definition, self.dates, self.calendar, self.pace, self.sitting = definition, dates, calendar, pace, sitting
        self.bodies = {body.id: body for body in definition.bodies}
        self.last: PhasePlan = definition.phases[-1]
        self.due = dates[f"checkpoint:{self.last.id}"]
        self.stated = calendar.next_working_day(self.due + ONE_DAY)  # when the plan has the outcome
        self.alongside = set[str]()  # handlings held while the phases still run

    def steps(self) -> Iterator[Step]:
        limit = dt.date.max
        for step in self._handlings():
            yield step
            if not step.alongside:
                limit = min(limit, step.latest)
        readiness = self._worked(StepKind.READINESS, f"checkpoint:{self.last.id}", limit, planned=self.stated)
        yield readiness
        yield from self._before_readiness(readiness.latest)

    # --- bodies ---------------------------------------------------------------------------------------------------

    def _handlings(self) -> Iterator[Step]:
        """The meetings that decide and prepare, the last one first, each with its list and material."""
        limits = dict[str, dt.date]()
        for plan in self._chain():
            limit = limits.get(plan.id, self.sitting.day)
            if plan.date is not None and plan.date <= self.stated:
                self.alongside.add(f"handling:{plan.id}")
            found = list(self._handling(plan, limit))
            yield from found
            earliest = min(step.latest for step in found)
            for before in plan.after:
                if f"handling:{plan.id}" in self.alongside:
                    self.alongside.add(f"handling:{before}")
                allowed = earliest - ONE_DAY * self.pace.minutes
                limits[before] = min(limits.get(before, allowed), allowed)

    def _chain(self) -> Iterator[HandlingPlan]:
        """What leads to the deciding handling, each after all that build on it."""
        plans = {plan.id: plan for plan in self.definition.decision.chain}
        wanted = {deciding(self.definition).id}
        for plan in reversed(plans.values()):  # a definition names only earlier ones in `after`
            if plan.id in wanted:
                wanted.update(plan.after)
                yield plan

    def _held(self, plan: HandlingPlan, limit: dt.date) -> Sitting:
        """When the body handles the matter: in the meeting counted from, on the definition's day, or as it meets."""
        if plan.id == deciding(self.definition).id:
            return self.sitting
        if plan.date is not None and plan.date <= limit:
            return Sitting(plan.date, proposed=False)
        return last_sitting(self.bodies[plan.body], limit, self.calendar)

    def _handling(self, plan: HandlingPlan, limit: dt.date) -> Iterator[Step]:
        about, body, held = f"handling:{plan.id}", self.bodies[plan.body], self._held(plan, limit)
        ground = plan.ground or body.ground
        beside = about in self.alongside
        yield Step(
            kind=StepKind.HANDLING,
            about=about,
            body=body.id,
            latest=held.day,
            ground=ground,
            planned=plan.date,
            proposed=held.proposed,
            alongside=beside,
        )
        if body.kind is BodyKind.OFFICE_HOLDER or plan.kind is HandlingKind.FOR_INFORMATION:
            return
        council = body.kind is BodyKind.COUNCIL
        kind, days = (StepKind.CONVENING, self.pace.convening) if council else (StepKind.LIST, self.pace.list_)
        notice = self._worked(kind, about, held.day - ONE_DAY * days, least=days, july=True)
        common = {"alongside": beside, "body": body.id}
        yield notice.model_copy(update=common)
        if not council:
            material = self.calendar.add_working_days(notice.latest, -self.pace.material)
            step = self._worked(StepKind.MATERIAL, about, material, least=self.pace.material)
            yield step.model_copy(update=common)

    # --- before the bodies ----------------------------------------------------------------------------------------

    def _before_readiness(self, stated: dt.date) -> Iterator[Step]:
        """What the last checkpoint asks for before its outcome can be stated."""
        plan, add = self.last.checkpoint, self.calendar.add_working_days
        closes = self.calendar.previous_working_day(stated - ONE_DAY)  # the last day of stances and answers
        about = f"checkpoint:{self.last.id}"
        days = plan.stance_days
        planned = add(self.due, -days)
        yield self._worked(StepKind.SUBMISSION, about, add(closes, -days), least=days, planned=planned)
        for one in self.definition.statements:
            if one.phase == self.last.id:
                reference, asked = f"statement:{one.id}", closes - ONE_DAY * one.least_days
                step = self._asked(StepKind.STATEMENT, reference, asked, one.least_days, one.law)
                yield step.model_copy(update={"body": one.body})
        for hearing in self.definition.hearings:
            if hearing.phase == self.last.id:
                reference, opened = f"hearing:{hearing.id}", closes - ONE_DAY * hearing.least_days
                yield self._asked(StepKind.HEARING, reference, opened, hearing.least_days, hearing.law)
        if any(
            criterion.computed == ENDED for phase in self.definition.phases for criterion in phase.checkpoint.criteria
        ):
            yield self._cooperation(stated)

    def _cooperation(self, stated: dt.date) -> Step:
        """The proposal for the longer negotiation, and when that and the shorter one begin.

        The day on which a negotiation begins is counted from the outcome, and the proposal from that day: a proposal
        that a day off moves to the Friday before leaves the negotiation where it was.
        """
        begins, shortest = (
            self._worked(StepKind.COOPERATION, None, stated - ONE_DAY * negotiation).latest
            for negotiation in (self.pace.negotiation, SHORTEST.negotiation)
        )
        days = self.pace.notice + self.pace.negotiation
        proposal = self._worked(StepKind.COOPERATION, None, begins - ONE_DAY * self.pace.notice, least=days)
        counted = stated - ONE_DAY * days
        before = counted if counted != proposal.latest else None
        return proposal.model_copy(update={"begins": begins, "shortest": shortest, "before": before})

    def _asked(self, kind: StepKind, reference: str, day: dt.date, least: int, law: str | None) -> Step:
        return self._worked(kind, reference, day, least=least, planned=self.dates.get(reference), ground=law)

    def _worked(
        self,
        kind: StepKind,
        about: str | None,
        day: dt.date,
        *,
        least: int | None = None,
        planned: dt.date | None = None,
        ground: str | None = None,
        july: bool = False,
    ) -> Step:
        """A step that people do on a working day, and not in July unless it is only sent."""
        latest = day if july or day.month != JULY else day.replace(day=1) - ONE_DAY
        latest = self.calendar.previous_working_day(latest)
        return Step(
            kind=kind,
            about=about,
            latest=latest,
            least=least,
            ground=ground or GROUNDS.get(kind),
            planned=planned,
            before=day if latest != day else None,
        )
