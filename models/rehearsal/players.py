"""What the sample people do: each their part on the day it is due, unless they are said to be late.

Everything that the engine knows to be owed is done here by the same commands that people give. What nobody is reminded
of (asking for statements, opening hearings, the bodies' own meetings) is done on the day the plan has it.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

from models import commands as c
from models.canonical import sha256
from models.days.backwards import USUAL, Backwards, StepKind
from models.days.calendar import ONE_DAY, at_local
from models.definitions.definition import MeetingPlan, PhasePlan
from models.duties.duties import duties
from models.duties.duty import Duty
from models.errors import EtappiError
from models.lifecycle import LEAST_DAYS
from models.personal import Private
from models.rehearsal.cast import DEPUTY, REGISTRAR
from models.rehearsal.town import Town
from models.words import AnswerResult, BodyKind, DutyKind, HandlingKind, HandlingOutcome, PhaseStatus, StanceKind

COORDINATOR = "coordinator"
MEETING_DAYS = 3  # working days before stances are due, where the works meet without a day of their own
INVITED_DAYS = 10  # working days before a meeting whose invitations have no day of their own
WORDS = Private("Harjoitus.")  # what people write here is never shown
AT_WORK = (PhaseStatus.OPEN, PhaseStatus.AT_CHECKPOINT)


class Lateness(NamedTuple):
    """Who is late with everything, and by how many working days."""

    who: frozenset[str]  # groups, roles or people
    days: int


class Players:
    """Everybody with a part, day by day."""

    def __init__(self, town: Town, late: Lateness, ways: Callable[[dt.date], Backwards | None]) -> None:
        self.town = town
        self.late = late
        self.ways = ways  # from the day readiness is stated to the way to the meeting that is reached
        self.way: Backwards | None = None
        self.refused: dict[str, EtappiError] = {}
        self.definition, self.calendar = town.definition, town.calendar

    def play(self, today: dt.date) -> bool:
        """What is done on the working day; whether anything was."""
        happened = False
        for key, duty in duties(self.town.state, self.definition, self.calendar).items():
            happened |= self._try(key, duty, today)
        for ask in (self._statements, self._hearings, self._opportunities, self._meetings, self._cooperation):
            happened |= ask(today)
        return happened

    # --- duties ---------------------------------------------------------------------------------------------------

    def _try(self, key: str, duty: Duty, today: dt.date) -> bool:
        """The duty is done, where it is the day; what the rules refuse is tried again another day."""
        if self._day(key, duty) > today or key not in duties(self.town.state, self.definition, self.calendar):
            return False
        try:
            done = DOES[duty.kind](self, duty, today)
        except EtappiError as error:
            self.refused[key] = error
            return False
        self.refused.pop(key, None)
        return done

    def _day(self, key: str, duty: Duty) -> dt.date:
        """When the duty is done: on its day, or the working day before; by who is late, some days after."""
        due = self._submission(duty.phase) if duty.kind is DutyKind.OUTPUT else duty.due
        if duty.kind is DutyKind.HANDLING:
            due = self._handled(duty.item) or dt.date.max
        day = self.calendar.next_working_day(due) if duty.kind is DutyKind.HANDLING else None
        if day is None:
            day = self.calendar.previous_working_day(due)
        late = not self.late.who.isdisjoint((duty.group, duty.person, duty.seat))
        return self.calendar.add_working_days(day, self.late.days) if late else day

    def _submission(self, phase: str | None) -> dt.date:
        """The day the phase's outputs come to its checkpoint: the groups have their whole time, and the work half."""
        plan, dates = self._phase(phase), self.town.state.dates
        first, due = dates[f"phase:{plan.id}:first"], dates[f"checkpoint:{plan.id}"]
        working = self.calendar.working_days_between(first, due)
        wished = self.calendar.add_working_days(due, -plan.checkpoint.stance_days)
        half = self.calendar.add_working_days(first, max(working // 2, 1))
        return min(max(wished, half), self.calendar.add_working_days(due, -LEAST_DAYS))

    def _phase(self, key: str | None) -> PhasePlan:
        plan = self.definition.phase(key or "")
        assert plan is not None, "duties name phases of the definition"
        return plan

    def _by(self, person: str | None, command: c.Command, **how: str) -> bool:
        """The person acts, or who stands in for them today."""
        who, for_whom = person or COORDINATOR, None
        if self.town.directory.away(who, self.town.world().today):
            who, for_whom = who + DEPUTY, who
        return bool(self.town.act(who, command, for_whom=for_whom, **how))

    def _open(self, duty: Duty, today: dt.date) -> bool:
        return self._by(duty.person, c.OpenPhase(phase=duty.phase or ""))

    def _submit(self, duty: Duty, today: dt.date) -> bool:
        plan = self._phase(duty.phase)
        drafts = [output.id for output in plan.outputs]
        who, for_whom = duty.person or COORDINATOR, None
        if self.town.directory.away(who, today):
            who, for_whom = who + DEPUTY, who
        return bool(self.town.act(who, c.Submit(phase=plan.id), for_whom=for_whom, drafts=drafts))

    def _stance(self, duty: Duty, today: dt.date) -> bool:
        seat, phase = duty.seat or "", duty.phase or ""
        command = c.TakeStance(phase=phase, seat=seat, kind=StanceKind.ACCEPT, seen=self.town.seen(phase))
        return self._by(duty.person, command, seat=seat)

    def _assess(self, duty: Duty, today: dt.date) -> bool:
        phase = duty.phase or ""
        seen = self.town.seen(phase)
        return self._by(duty.person, c.Assess(phase=phase, criterion=duty.item or "", holds=True, seen=seen))

    def _pass(self, duty: Duty, today: dt.date) -> bool:
        phase = duty.phase or ""
        return self._by(duty.person, c.Pass(phase=phase, seen=self.town.seen(phase, whole=True)))

    def _answer(self, duty: Duty, today: dt.date) -> bool:
        command = c.Answer(objection=duty.item or "", result=AnswerResult.UNCHANGED, text=WORDS)
        return self._by(duty.person, command)

    def _fulfil(self, duty: Duty, today: dt.date) -> bool:
        return self._by(duty.person, c.FulfilCondition(condition=duty.item or "", how=WORDS))

    def _memo(self, duty: Duty, today: dt.date) -> bool:
        return False  # meetings of one group are not rehearsed, so no memo is owed

    def _statement(self, duty: Duty, today: dt.date) -> bool:
        body = self.town.state.statements[duty.item or ""].body
        if body in self.late.who and today < self.calendar.add_working_days(duty.due, self.late.days):
            return False
        return self._by(COORDINATOR, c.RecordStatement(statement=duty.item or "", given=today, text=WORDS))

    def _close(self, duty: Duty, today: dt.date) -> bool:
        return self._by(COORDINATOR, c.CloseHearing(hearing=duty.item or "", contributions=0, summary=WORDS))

    def _handle(self, duty: Duty, today: dt.date) -> bool:
        plan = next(plan for plan in self.definition.decision.chain if plan.id == duty.item)
        noted = plan.kind is HandlingKind.FOR_INFORMATION
        command = c.RecordHandling(
            body=plan.body,
            plan=plan.id,
            kind=plan.kind,
            outcome=HandlingOutcome.NOTED if noted else HandlingOutcome.APPROVED,
            date=self._handled(plan.id) or today,
            section=plan.section or "1",
        )
        return bool(self.town.act(REGISTRAR, command))

    def _cooperate(self, duty: Duty, today: dt.date) -> bool:
        if duty.item == "judge":
            return self._by(duty.person, c.RecordCooperation(needed=True, why=WORDS))
        return self._by(duty.person, c.RecordCooperation(proposed=today))

    def _invite(self, duty: Duty, today: dt.date) -> bool:
        plan = next(plan for plan in self.definition.meetings if plan.id == duty.item)
        return self._schedule(plan, self.town.state.dates[f"meeting:{plan.id}"])

    # --- what nobody is reminded of ---------------------------------------------------------------------------------

    def _statements(self, today: dt.date) -> bool:
        """Statements are asked on the last day that leaves their time, and in their phase at the earliest."""
        state, happened = self.town.state, False
        for plan in self.definition.statements:
            at_work = state.phases[plan.phase].status in AT_WORK
            if plan.id not in state.statements and at_work and state.dates[f"statement:{plan.id}"] <= today:
                due = max(state.dates[f"checkpoint:{plan.phase}"], today + ONE_DAY * plan.least_days)
                happened |= self._by(
                    COORDINATOR, c.AskStatement(statement=plan.id, body=plan.body, phase=plan.phase, due=due)
                )
        return happened

    def _hearings(self, today: dt.date) -> bool:
        state, happened = self.town.state, False
        for plan in self.definition.hearings:
            at_work = state.phases[plan.phase].status in AT_WORK
            if plan.id not in state.hearings and at_work and state.dates[f"hearing:{plan.id}"] <= today:
                last = today + ONE_DAY * (plan.least_days - 1)
                channels = tuple(channel.fi for channel in plan.channels) or ("Verkkosivut",)
                command = c.OpenHearing(hearing=plan.id, phase=plan.phase, first=today, last=last, channels=channels)
                happened |= self._by(COORDINATOR, command)
        return happened

    def _opportunities(self, today: dt.date) -> bool:
        """Those whom the change touches are given a say while the groups take their stances."""
        state, happened = self.town.state, False
        for phase in state.rounds:
            for group in self._phase(phase).affected:
                if f"{phase}/{group.id}" not in state.opportunities:
                    command = c.GiveOpportunity(phase=phase, affected=group.id, on=today, how=WORDS, heard=True)
                    happened |= self._by(COORDINATOR, command)
        return happened

    def _meetings(self, today: dt.date) -> bool:
        """Meetings whose invitations have no day of their own are put in the calendar in good time."""
        state, happened = self.town.state, False
        for plan in self.definition.meetings:
            day = self._meets(plan)
            if plan.id in state.meetings or day is None or f"invitations:{plan.id}" in state.dates or day <= today:
                continue
            if plan.on is None or self.calendar.add_working_days(day, -INVITED_DAYS) <= today:
                happened |= self._schedule(plan, day)
        return happened

    def _meets(self, plan: MeetingPlan) -> dt.date | None:
        """Its own day; where the works meet at a checkpoint, some days before stances are due. None without a day."""
        own = self.town.state.dates.get(f"meeting:{plan.id}")
        round_ = self.town.state.rounds.get(plan.phase or "")
        if own is not None or round_ is None or plan.in_connection_with is None:
            return own
        if not plan.in_connection_with.fi.startswith(self._phase(plan.phase).checkpoint.name.fi):
            return None
        return self.calendar.add_working_days(round_.due, -MEETING_DAYS)

    def _schedule(self, plan: MeetingPlan, day: dt.date) -> bool:
        hour, _, minute = (plan.time or "13.00").replace("–", "-").split("-")[0].partition(".")
        command = c.ScheduleMeeting(
            meeting=plan.id,
            at=at_local(day, int(hour), int(minute)),
            phase=plan.phase,
            name=plan.name.fi,
            place=plan.place.fi if plan.place else None,
        )
        return self._by(COORDINATOR, command)

    def _cooperation(self, today: dt.date) -> bool:
        """Staff cooperation ends when its longest time has run."""
        facts = self.town.state.cooperation
        if facts.proposed is None or facts.ended is not None:
            return False
        ends = self.calendar.next_working_day(facts.proposed + ONE_DAY * (USUAL.notice + USUAL.negotiation))
        return today >= ends and self._by(COORDINATOR, c.RecordCooperation(ended=today, outcome=WORDS))

    # --- the bodies -------------------------------------------------------------------------------------------------

    def _handled(self, handling: str | None) -> dt.date | None:
        """When the body handles the matter: on the definition's own day, or as counted back from the meeting reached."""
        plan = next(plan for plan in self.definition.decision.chain if plan.id == handling)
        state = self.town.state
        if self.way is None and state.phases[self.definition.phases[-1].id].status is PhaseStatus.PASSED:
            self.way = self.ways(self.town.world().today)
        for step in self.way.steps if self.way else ():
            if step.kind is StepKind.HANDLING and step.about == f"handling:{handling}":
                return max(step.latest, plan.date) if plan.date else step.latest
        return plan.date


DOES: Mapping[DutyKind, Callable[[Players, Duty, dt.date], bool]] = {
    DutyKind.OPEN_PHASE: Players._open,
    DutyKind.OUTPUT: Players._submit,
    DutyKind.STANCE: Players._stance,
    DutyKind.ANSWER: Players._answer,
    DutyKind.CONDITION: Players._fulfil,
    DutyKind.ASSESSMENT: Players._assess,
    DutyKind.OUTCOME: Players._pass,
    DutyKind.MEMO: Players._memo,
    DutyKind.STATEMENT: Players._statement,
    DutyKind.HEARING: Players._close,
    DutyKind.HANDLING: Players._handle,
    DutyKind.STAFF_COOPERATION: Players._cooperate,
    DutyKind.INVITATION: Players._invite,
}
"""How each kind of duty is done."""
