"""A witness sees every event as it is recorded, writes it into the books of `promises.py`, and says (by an
AssertionError) when Etappi has broken a promise."""

import datetime as dt
from typing import Any

from promises import EVERYTHING, OBJECTING, Books, Raised, Said, Sitting, Window
from rulebook import Story

from models import commands as c
from models import events as e
from models.commands import Command
from models.days.calendar import HELSINKI
from models.events import Actor, Event
from models.process import Process


class Witness(Books):
    """Sees every event and says when a promise is broken."""

    def saw(self, command: Command, by: Actor, events: list[Event], story: Story) -> None:
        """The command led to these events in the story."""
        assert story.now >= self.now, "time went back"
        self.now, self.today, self.directory, self.by = story.now, story.world().today, story.directory, by
        self.command, self.packages = command, story.packages
        self.present: dict[str, str] = {}
        self.spoken = [one.seat for one in events if isinstance(one, e.StanceTaken) and one.way == "meeting"]
        for event in events:
            write = getattr(self, f"_{type(event).__name__}", None)
            if write is not None:
                write(event)

    def _own_act(self, phase: str, seat: str) -> None:
        for window in self.rounds[phase].windows:
            window.waiting.discard(seat)

    def _may(self, phase: str, seat: str) -> bool:
        return self.may_speak(phase, seat, self.by.person, self.directory, self.today)

    # --- phases and rounds --------------------------------------------------------------------------------------------

    def _PhaseOpened(self, event: e.PhaseOpened) -> None:  # noqa: N802
        assert self.plays(self.by, "coordinator"), "opening is the coordinator's act"
        assert event.received == {source: self.standing[source] for source in self.receives[event.phase]}

    def _OutputsSubmitted(self, event: e.OutputsSubmitted) -> None:  # noqa: N802
        assert event.phase not in self.rounds, "two rounds are open at once"
        assert set(self.receives[event.phase]) <= set(self.standing), "submitted on packages that do not stand"
        plan = self.plans[event.phase]
        assert not plan.four_eyes or self.roles[plan.preparer] != self.by.person, "no preparer is left"
        assert event.groups == plan.groups
        seats = {
            key: (at.group, seat.person, seat.deputies)
            for at in plan.groups
            for key, seat in self.directory.seats.items()
            if seat.group == f"the-{at.group}" and (seat.last is None or self.today <= seat.last)
        }
        assert {key: (s.group, s.person, s.deputies) for key, s in event.seats.items()} == seats
        versions = {output: version.sha256 for output, version in event.versions.items()}
        sitting = Sitting(event.round, event.groups, event.seats, versions, {self.by.person})
        sitting.state = dict.fromkeys(versions, 1)
        self.rounds[event.phase] = sitting

    def _OutputRevised(self, event: e.OutputRevised) -> None:  # noqa: N802
        sitting = self.rounds[event.phase]
        assert sitting.versions[event.output] == event.before != event.version.sha256
        sitting.versions[event.output] = event.version.sha256
        sitting.submitters.add(self.by.person)
        concerned = {seat for seat, said in sitting.said.items() if event.output in said.over}
        assert set(event.concerned) == concerned
        if not event.technical:
            sitting.state[event.output] += 1
        elif concerned:
            assert event.window is not None
            sitting.windows.append(Window(event.window, set(concerned)))

    def _SubmissionRetracted(self, event: e.SubmissionRetracted) -> None:  # noqa: N802
        sitting = self.rounds.pop(event.phase)
        assert not sitting.said
        assert not sitting.out

    def _CheckpointPassed(self, event: e.CheckpointPassed) -> None:  # noqa: N802
        phase = event.phase
        in_the_way = self.obstacles(phase, self.by, set(event.waived), self.today)
        assert not in_the_way, f"{phase} passed though {in_the_way}"
        assert all(reason.startswith("c1:") for reason in event.waived.values())
        assert (event.previous, event.supersedes) == (self.last, self.former.get(phase)), "the chain is broken"
        self.sealed(event, self.packages[event.package])
        self.standing[phase] = self.last = event.package
        self.former.pop(phase, None)
        del self.rounds[phase]
        self.raised = {key: one for key, one in self.raised.items() if one.phase != phase}

    def _WorkReturned(self, event: e.WorkReturned) -> None:  # noqa: N802
        assert self.plays(self.by, "preparer") or self.plays(self.by, "coordinator")
        later = self.after(event.to)
        ended = {event.phase, *later} & set(self.rounds)
        for key in ended:
            del self.rounds[key]
        for key in {event.to, *later} & set(self.standing):
            self.former[key] = self.standing.pop(key)
        for one in self.raised.values():
            if one.phase in ended and one.status == "open":
                one.status = "returned"

    # --- stances ------------------------------------------------------------------------------------------------------

    def _MeetingRecorded(self, event: e.MeetingRecorded) -> None:  # noqa: N802
        chairs = {
            s.person for s in self.directory.seats.values() if s.group == f"the-{event.group}" and s.part == "chair"
        }
        assert self.plays(self.by, "coordinator") or self.by.person in chairs
        self.present = dict(event.present)
        assert list(event.concerned) == self.spoken, "somebody recorded cannot correct it"
        assert (event.window is not None) == bool(self.spoken)
        if event.window is not None:
            self.rounds[event.phase].windows.append(Window(event.window, set(event.concerned)))

    def _StanceTaken(self, event: e.StanceTaken) -> None:  # noqa: N802
        sitting = self.rounds[event.phase]
        held, said = sitting.seats[event.seat], sitting.said.get(event.seat)
        self._spoken_by_the_right_one(event, sitting, said)
        for key in event.withdrawn:
            assert event.way != "meeting", "a meeting withdrew an objection for its maker"
            self._withdrawn(key, event.seat, event.person)
        if event.way != "meeting":
            self._own_act(event.phase, event.seat)
        if event.kind == "disqualified":
            assert event.person == held.person
            gone = sitting.out.setdefault(event.seat, set())
            gone |= set(event.outputs) or {EVERYTHING}
            for key in event.withdrawn:
                if not self.raised[key].makers:
                    self.raised[key].status = "lapsed"
            if said and said.person == event.person and (sitting.is_out(event.seat) or event.withdrawn):
                del sitting.said[event.seat]
            elif said and said.person == event.person:
                said.over = {output: was for output, was in said.over.items() if output not in gone}
            return
        over = sitting.over(event.seat, event.person)
        own = event.way != "meeting"
        sitting.said[event.seat] = Said(event.kind.value, event.person, over, event.objection, own)
        assert (event.objection is not None) == (event.kind in OBJECTING)
        if event.objection is not None:
            one = self.raised.setdefault(event.objection, Raised(event.phase, {}, {}))
            assert one.status == "open", "somebody joined an objection that is not open"
            one.makers[event.seat], one.groups[event.seat] = event.person, held.group

    def _spoken_by_the_right_one(self, event: e.StanceTaken, sitting: Sitting, said: Said | None) -> None:
        if event.way == "meeting":
            held = sitting.seats[event.seat]
            assert self.present[event.seat] == event.person, "who was not present spoke"
            assert event.person in (held.person, *held.deputies), "somebody spoke for a seat not theirs"
            assert event.seat not in sitting.left
            assert not (sitting.is_out(event.seat) and event.person == held.person)
            own_word = sitting.speaks(event.seat)
            assert own_word is None or not own_word.own, "a meeting replaced a seat's own act"
            return
        assert event.person == self.by.person
        recorded_of_them = isinstance(self.command, c.CorrectMemo) and said is not None and said.person == event.person
        assert recorded_of_them or self._may(event.phase, event.seat), "somebody spoke for a seat not theirs"

    def _StanceConfirmed(self, event: e.StanceConfirmed) -> None:  # noqa: N802
        sitting = self.rounds[event.phase]
        said = sitting.said[event.seat]
        assert said.person == self.by.person or self._may(event.phase, event.seat)
        assert event.seat not in sitting.left
        said.person, said.own = self.by.person, True
        said.over = sitting.over(event.seat, said.person)
        self._own_act(event.phase, event.seat)

    def _StanceRetracted(self, event: e.StanceRetracted) -> None:  # noqa: N802
        sitting = self.rounds[event.phase]
        said, holder = sitting.said.get(event.seat), sitting.seats[event.seat].person
        for key in event.withdrawn:
            self._withdrawn(key, event.seat, self.by.person)
        if event.disqualification:
            assert self.by.person == holder, "somebody took back another's disqualification"
            del sitting.out[event.seat]
        else:
            assert said is not None
            assert self.by.person == said.person or (self.by.person == holder and not sitting.is_out(event.seat))
            del sitting.said[event.seat]
        self._own_act(event.phase, event.seat)

    def _SeatLeft(self, event: e.SeatLeft) -> None:  # noqa: N802
        self.rounds[event.phase].left.add(event.seat)

    def _CriterionAssessed(self, event: e.CriterionAssessed) -> None:  # noqa: N802
        assert self.plays(self.by, "assessor")
        sitting = self.rounds[event.phase]
        sitting.assessed[event.criterion] = (event.holds, dict(sitting.state))

    # --- objections, conditions, dissents -----------------------------------------------------------------------------

    def _withdrawn(self, key: str, seat: str, person: str) -> None:
        one = self.raised[key]
        assert one.status == "open"
        assert one.makers[seat] == person == self.by.person, "somebody else than its maker withdrew an objection"
        del one.makers[seat], one.groups[seat]
        if not one.makers:
            one.status = "withdrawn"

    def _ObjectionWithdrawn(self, event: e.ObjectionWithdrawn) -> None:  # noqa: N802
        self._withdrawn(event.objection, event.seat, self.by.person)
        said = self.rounds[event.phase].said.get(event.seat)
        if said is not None and said.objection == event.objection:
            said.kind, said.person, said.objection, said.own = event.then.value, self.by.person, None, True
            self._own_act(event.phase, event.seat)

    def _ConditionAdopted(self, event: e.ConditionAdopted) -> None:  # noqa: N802
        assert self.plays(self.by, "preparer")
        assert self.raised[event.objection].status == "open"
        self.raised[event.objection].status = "carried"
        self.conditions[event.condition] = (event.checkpoint, event.due)

    def _ConditionFulfilled(self, event: e.ConditionFulfilled) -> None:  # noqa: N802
        del self.conditions[event.condition]

    def _DissentRecorded(self, event: e.DissentRecorded) -> None:  # noqa: N802
        if event.objection is None:
            (seat,) = event.signers
            assert self._may_sign(event.phase, seat), "somebody dissented for a seat not theirs"
            self.dissents[event.dissent] = {seat: self.by.person}
            return
        assert self.plays(self.by, "preparer")
        one = self.raised[event.objection]
        assert one.status == "open"
        one.status = "dissent"
        self.dissents[event.dissent] = dict(one.makers)

    def _may_sign(self, phase: str, seat: str) -> bool:
        sitting = self.rounds.get(phase)
        if sitting is not None:
            said = sitting.said.get(seat)
            gave = said is not None and said.person == self.by.person and seat not in sitting.left
            return gave or self._may(phase, seat)
        held: Any = self.directory.seats[seat]
        deputised = self.by.person in held.deputies and self.directory.away(held.person, self.today)
        return self.by.person == held.person or deputised

    def _Signed(self, event: e.Signed) -> None:  # noqa: N802
        person = event.signature.person
        assert person == self.by.person
        signed = self.dissents.get(event.item)
        makers = self.raised[event.item].makers if signed is None else signed
        if event.seat in makers:
            assert makers[event.seat] == person, "a signature was taken over"
            return
        assert signed is not None
        assert self._may_sign(self._phase_of_dissent[event.item], event.seat)
        signed[event.seat] = person

    def _SignatureWithdrawn(self, event: e.SignatureWithdrawn) -> None:  # noqa: N802
        signers = self.dissents[event.dissent]
        assert signers.pop(event.seat) == self.by.person, "somebody else than its signer withdrew a dissent"
        if not signers:
            del self.dissents[event.dissent]

    @property
    def _phase_of_dissent(self) -> dict[str, str]:
        return {key: one.phase for key, one in self.process.dissents.items()}

    # --- steering -----------------------------------------------------------------------------------------------------

    def _OpportunityGiven(self, event: e.OpportunityGiven) -> None:  # noqa: N802
        self.heard.add(event.affected)

    def _ProcessHeld(self, _: e.ProcessHeld) -> None:  # noqa: N802
        self.held = (self.now, self.today)

    def _ProcessResumed(self, _: e.ProcessResumed) -> None:  # noqa: N802
        since, day = self.held
        running = [w for sitting in self.rounds.values() for w in sitting.windows if w.until > since]
        for window in running:  # as many days are left, by the clocks of Finland
            moved = window.until.astimezone(HELSINKI) + (self.today - day)
            window.until = moved.astimezone(dt.UTC)

    def _DatesMoved(self, event: e.DatesMoved) -> None:  # noqa: N802
        for name, day in event.dates.items():
            kind, _, key = name.partition(":")
            if kind == "condition":
                self.conditions[key] = (self.conditions[key][0], day)

    def _CoordinatorChanged(self, event: e.CoordinatorChanged) -> None:  # noqa: N802
        self.roles["coordinator"] = event.to

    def _ProcessAmended(self, event: e.ProcessAmended) -> None:  # noqa: N802
        assert self.plays(self.by, "coordinator")
        if event.checkpoint is not None and event.phase is not None:
            assert event.phase not in self.rounds, "what holds from the next round changed the open one"
            self.plans[event.phase] = event.checkpoint
        elif isinstance(event.change, c.AssignRole):
            self.roles[event.change.role] = event.change.person

    def agrees(self, process: Process) -> None:
        """The product's state tells the same as the books."""
        self.process = process
        super().agrees(process)
