"""When the sample people do their parts: each on the day it is due, unless they are said to be late.

What the engine reminds nobody of (inviting to meetings without a day of their own, the bodies' own meetings) is done on
the day the plan has it.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from models import commands as c
from models.days.backwards import USUAL, Backwards, StepKind
from models.days.calendar import ONE_DAY
from models.definitions.definition import MeetingPlan
from models.duties.duties import duties
from models.duties.duty import Duty
from models.errors import EtappiError
from models.rehearsal.objections import is_unsettled
from models.rehearsal.parts_done import DOES, WORDS, Deed, done_by, handled, recorded_as_dissent, scheduled
from models.rehearsal.town import Town
from models.words import DutyKind, PhaseStatus

MEETING_DAYS = 3  # working days before stances are due, where the works meet without a day of their own
INVITED_DAYS = 10  # working days before a meeting whose invitations have no day of their own


class Lateness(NamedTuple):
    """Who is late with everything, and by how many working days."""

    who: frozenset[str]  # groups, roles, bodies or people
    days: int


class Players:
    """Everybody with a part, day by day."""

    def __init__(
        self, town: Town, late: Lateness, ways: Callable[[dt.date | None], Backwards | None], first: dt.date
    ) -> None:
        self.town = town
        self.late = late
        self.ways = ways  # from the day readiness is stated to the way to the meeting that is reached
        self.planned = ways(None)
        self.first = first  # what was due before it is late already
        self.way: Backwards | None = None
        self.refused: dict[str, EtappiError] = {}
        self.definition, self.calendar = town.definition, town.calendar

    def play(self) -> bool:
        """What is done on this working day; whether anything was."""
        owed = duties(self.town.state, self.definition, self.calendar)
        happened = [self._done(key, duty) for key, duty in owed.items()]
        happened += [self._try(name, deed) for name, deed in self._unreminded()]
        return any(happened)

    # --- duties ---------------------------------------------------------------------------------------------------

    def _done(self, key: str, duty: Duty) -> bool:
        """The duty is done, where it is the day and it is still owed."""
        if self._day(duty) > self.town.today or key not in self.town.planned:
            return False
        if duty.kind is DutyKind.HANDLING:
            held = self._held(duty.item)
            return held is not None and self._try(key, handled(self.town, duty, held))
        does = DOES.get(duty.kind)
        return does is not None and self._try(key, does(self.town, duty))

    def _try(self, name: str, deed: Deed) -> bool:
        """The deed is done; what the rules refuse is remembered, and tried again another day."""
        try:
            done = done_by(self.town, deed)
        except EtappiError as error:
            self.refused[name] = error
            return False
        self.refused.pop(name, None)
        return done

    def _day(self, duty: Duty) -> dt.date:
        """When the duty is done: on its day, or the working day before; by who is late, some days after. What was late
        as the playing began is done on the next working day."""
        if duty.kind is DutyKind.HANDLING:
            held = self._held(duty.item)  # it is recorded on the working day after it
            return self.calendar.next_working_day(held + ONE_DAY) if held else dt.date.max
        day = self.calendar.previous_working_day(duty.due)
        if day < self.first:
            day = self.calendar.next_working_day(self.first + ONE_DAY)
        who = {duty.group, duty.person, duty.seat}
        if duty.kind is DutyKind.STATEMENT:
            who = {self.town.state.statements[duty.item or ""].body}
        return day if self.late.who.isdisjoint(who) else self.calendar.add_working_days(day, self.late.days)

    # --- what nobody is reminded of ---------------------------------------------------------------------------------

    def _unreminded(self) -> Iterator[tuple[str, Deed]]:
        """What is done today besides."""
        for part in (self._unsettled, self._opportunities, self._meetings, self._cooperation):
            yield from list(part())

    def _unsettled(self) -> Iterator[tuple[str, Deed]]:
        """Objections that no answer removes are recorded as dissent when the outcome is due."""
        for key, objection in self.town.state.objections.items():
            round_ = self.town.state.rounds.get(objection.phase)
            if round_ and is_unsettled(objection, round_) and self.town.today > round_.due:
                yield f"dissent:{key}", recorded_as_dissent(self.town, key)

    def _opportunities(self) -> Iterator[tuple[str, Deed]]:
        """Those whom the change touches are given a say while the groups take their stances."""
        state, today = self.town.state, self.town.today
        for phase in state.rounds:
            for group in self.town.world().phase(phase).affected:
                if f"{phase}/{group.id}" not in state.opportunities:
                    command = c.GiveOpportunity(phase=phase, affected=group.id, on=today, how=WORDS, heard=True)
                    yield f"opportunity:{phase}:{group.id}", Deed(self.town.coordinator, command)

    def _meetings(self) -> Iterator[tuple[str, Deed]]:
        """Meetings whose invitations have no day of their own are put in the calendar in good time."""
        state, today = self.town.state, self.town.today
        for plan in self.definition.meetings:
            day = self._meets(plan)
            if plan.id in state.meetings or day is None or f"invitations:{plan.id}" in state.dates or day <= today:
                continue
            if plan.on is None or self.calendar.add_working_days(day, -INVITED_DAYS) <= today:
                yield f"meeting:{plan.id}", scheduled(self.town, plan, day)

    def _meets(self, plan: MeetingPlan) -> dt.date | None:
        """Its own day; where the works meet at a checkpoint, some days before stances are due. None without a day."""
        own = self.town.state.dates.get(f"meeting:{plan.id}")
        round_ = self.town.state.rounds.get(plan.phase or "")
        if own is not None or round_ is None or plan.in_connection_with is None:
            return own
        checkpoint = self.town.world().phase(plan.phase or "").checkpoint
        if not plan.in_connection_with.fi.startswith(checkpoint.name.fi):
            return None
        return self.calendar.add_working_days(round_.due, -MEETING_DAYS)

    def _cooperation(self) -> Iterator[tuple[str, Deed]]:
        """Staff cooperation ends when its longest time has run."""
        facts, today = self.town.state.cooperation, self.town.today
        if facts.proposed is None or facts.ended is not None:
            return
        if today >= self.calendar.next_working_day(facts.proposed + ONE_DAY * (USUAL.notice + USUAL.negotiation)):
            yield "cooperation", Deed(self.town.coordinator, c.RecordCooperation(ended=today, outcome=WORDS))

    # --- the bodies -------------------------------------------------------------------------------------------------

    def _held(self, handling: str | None) -> dt.date | None:
        """The day the body handles the matter: its own in the definition, or as counted back from a meeting."""
        if self.way is None and list(self.town.state.phases.values())[-1].status is PhaseStatus.PASSED:
            self.way = self.ways(self.town.today)
        way = self.way or self.planned
        for step in way.steps if way else ():
            if step.kind is StepKind.HANDLING and step.about == f"handling:{handling}":
                return step.latest if step.alongside or self.way else None
        return next(plan.date for plan in self.definition.decision.chain if plan.id == handling)
