"""A crowd that does, and tries to do, everything there is to do in a process, as the dice fall.

Mostly people do what is theirs to do on the page as it is now; now and then somebody else tries, or acts on a page left
open since before. Every act is seen by the `Witness`. What must be allowed and what must be refused is asserted here,
where an act is tried.
"""

import datetime as dt
from collections.abc import Collection
from random import Random
from typing import Any

from crowded_town import EMPLOYEES, GROUPS, PHASES, PLAN, SEATS, asked
from people import People
from small_town import group, holder

from models import commands as c
from models.errors import Overtaken
from models.events import Actor
from models.words import AnswerResult, PhaseStatus, StanceKind


class Crowd(People):
    """Everybody in the town, and one process."""

    # --- phases -------------------------------------------------------------------------------------------------------

    def comes_to_checkpoint(self, key: str) -> None:
        self.tries(self.who("coordinator"), c.OpenPhase(phase=key))
        if key not in self.story.drafts:
            self.story.writes(key)
        self.tries(self.who("owner"), c.Submit(phase=key))

    def everybody_accepts(self, key: str, asked_is_done: bool = True) -> None:
        """All accept who can, and what is asked is done."""
        for seat, held in self.story.round(key).seats.items():
            self.tries(held.person, self.story.stance(seat, StanceKind.ACCEPT, at=key))
        if not asked_is_done:
            return
        for criterion in self.witness.plans[key].criteria:
            if criterion.assessed_by:
                seen = self.story.seen(key)
                self.tries("assessor", c.Assess(phase=key, criterion=criterion.id, holds=True, seen=seen))
        village = c.GiveOpportunity(phase="school", affected="village", on=self.today, how="At the village school.")
        self.tries(self.who("coordinator"), village)

    def goes_through(self, key: str) -> None:
        """The phase is accepted, and passes if nothing is in the way."""
        self.everybody_accepts(key)
        self.states(Actor(person=self.who("preparer")), key, set())

    def states(self, by: Actor, key: str, waive: Collection[str]) -> None:
        """The outcome is stated; it is refused exactly when something is in the way."""
        command = self.story.passing(key, **dict.fromkeys(sorted(waive), "We could not wait for it."))
        self.witness.now = self.story.now
        in_the_way = self.witness.obstacles(key, by, set(waive), self.today) if self.running else ["held"]
        passed = self.tries(by, command) is not None
        assert passed == (not in_the_way), (in_the_way, None if passed else self.refusal)

    def concludes(self, key: str) -> None:
        """The preparer states the outcome, with written reasons for all that is waived."""
        self.states(Actor(person=self.who("preparer")), key, self.witness.may_be_waived(key, self.today))

    def opens(self, dice: Random) -> None:
        key = dice.choice(self.phases(PhaseStatus.READY) * 5 + PHASES)
        by = dice.choice([self.who("coordinator")] * 5 + ["owner", "clock"])
        self.may(by, c.OpenPhase(phase=key), by == self.who("coordinator") and key in self.phases(PhaseStatus.READY))

    def submits(self, dice: Random) -> None:
        key = dice.choice(self.phases(PhaseStatus.OPEN) * 5 + PHASES)
        plan = PLAN.phase(key)
        assert plan is not None
        outputs = [output.id for output in plan.outputs if output.required or dice.random() < 0.5]
        self.story.writes(key, **{output: dice.choice("aab") for output in outputs})
        by = dice.choice([self.who("owner")] * 4 + ["coordinator", "preparer", "teacher-1"])
        self.tries(by, c.Submit(phase=key))

    def a_submitter_becomes_the_preparer(self, dice: Random) -> None:
        """All accept, and somebody whose work it is takes the preparer's place; then the place is given back."""
        key = dice.choice(self.open)
        self.everybody_accepts(key)
        for person in (dice.choice(self.story.round(key).submitted_by), "preparer"):
            change: Any = {"change": "role", "role": "preparer", "person": person}
            self.tries(self.who("coordinator"), c.Amend(change=change, reason="The preparer has other work."))
            if key in self.open:
                self.concludes(key)

    def hardly_anybody_accepts(self, dice: Random) -> None:
        """In each group one seat accepts, where it can one of somebody who submitted; the others abstain."""
        key = dice.choice(self.open)
        round_ = self.story.round(key)
        for at in round_.groups:
            mine = sorted(seat for seat, held in round_.seats.items() if held.group == at.group)
            submitted = [seat for seat in mine if round_.seats[seat].person in round_.submitted_by]
            accepting = dice.choice(submitted or mine)
            for seat in mine:
                kind = StanceKind.ACCEPT if seat == accepting else StanceKind.ABSTAIN
                self.tries(round_.seats[seat].person, self.story.stance(seat, kind, at=key))
        self.is_assessed(dice)
        self.concludes(key)

    def disagrees_and_goes_on(self, dice: Random) -> None:
        """Some object, the rest accept; each objection is settled in one way or another, and the outcome is stated."""
        key = dice.choice(self.open)
        for seat, held in self.story.round(key).seats.items():
            kind = dice.choice([StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS, *[StanceKind.ACCEPT] * 4])
            self.tries(held.person, self.story.stance(seat, kind, at=key))
        for item, objection in self.story.process.objections.items():
            seat, maker = dice.choice(sorted(objection.makers.items()))
            due, later = self.today + dt.timedelta(days=dice.randint(1, 40)), dice.choice([None, *PHASES])
            ways: list[tuple[str, c.Command]] = [
                (self.who("preparer"), c.CarryAsCondition(objection=item, owner="owner", due=due, checkpoint=later)),
                (self.who("preparer"), c.RecordDissent(objection=item, reason="Heard and answered, not agreed.")),
                (maker.person, c.Withdraw(item=item, seat=seat)),
            ]
            self.tries(*dice.choice(ways))
        self.is_assessed(dice)
        self.concludes(key)

    def revises(self, dice: Random) -> None:
        key = dice.choice(self.open)
        versions = self.story.round(key).versions
        output = dice.choice(sorted(output for output, version in versions.items() if version.phase == key))
        self.story.writes(key, **{output: dice.choice("abcdef")})
        by = dice.choice([self.who("owner")] * 4 + ["coordinator", "preparer"])
        technical = dice.random() < 0.5
        self.tries(by, c.Revise(phase=key, output=output, reason="A change that was asked.", technical=technical))

    def accepts_what_is_not_done(self, dice: Random) -> None:
        """All accept, and the preparer would pass it whatever the checkpoint asks besides."""
        key = dice.choice(self.open)
        self.everybody_accepts(key, asked_is_done=False)
        self.states(Actor(person=self.who("preparer")), key, set())

    def passes_over_an_objection(self, dice: Random) -> None:
        """All accept but one, in a group that goes by consent; the other groups may be enough."""
        key = dice.choice(self.open)
        self.everybody_accepts(key)
        asked = {at.group for at in self.story.round(key).groups if at.rule == "consent"}
        mine = sorted(seat for seat, held in self.story.round(key).seats.items() if held.group in asked)
        if mine:
            seat = dice.choice(mine)
            holds = self.story.round(key).seats[seat].person
            self.tries(holds, self.story.stance(seat, StanceKind.OBJECT, at=key))
        self.concludes(key)

    def passes_while_a_window_runs(self, dice: Random) -> None:
        """All accept, then a word is mended: those concerned have some days, or all confirm."""
        key = dice.choice(self.open)
        self.everybody_accepts(key)
        output = dice.choice(sorted(o for o, version in self.story.round(key).versions.items() if version.phase == key))
        self.story.writes(key, **{output: dice.choice("abcdef")})
        mends = c.Revise(phase=key, output=output, reason="A comma.", technical=True)
        self.tries(self.who("owner"), mends)
        self.concludes(key)

    def takes_back(self, dice: Random) -> None:
        by = dice.choice([self.who("coordinator"), self.who("owner"), "teacher-1"])
        what: Any = dice.choice(["opening", "submission"])
        self.tries(by, c.Retract(what=what, phase=dice.choice(self.open + PHASES)))

    def passes(self, dice: Random) -> None:
        by = Actor(person=dice.choice([self.who("preparer")] * 6 + ["owner", "coordinator"]))
        if self.story.directory.stands_in("stand-in", self.who("preparer"), self.today) and dice.random() < 0.5:
            by = Actor(person="stand-in", for_whom=self.who("preparer"))
        key = dice.choice(self.open)
        reasons = [*GROUPS, "clear", "heard", "sound", *self.story.process.conditions]
        needed = self.witness.may_be_waived(key, self.today)
        unmet = [at.group for at in self.story.round(key).groups if not self.witness.accepts(key, at)]
        waive = dice.choice([[], needed, needed, {*needed, *unmet}, dice.sample(reasons, dice.randint(1, 3))])
        self.states(by, key, waive)

    def passes_on_an_old_page(self, dice: Random) -> None:
        key = dice.choice(self.open)
        self.everybody_accepts(key)
        before = self.story.passing(key)
        acts = [self.takes_a_stance, self.settles_an_objection, self.is_assessed, self.revises, self.files_a_dissent]
        for _ in range(3):
            dice.choice(acts)(dice)
        if key in self.open and self.story.passing(key) != before:
            self.may(self.who("preparer"), before, False)
            assert isinstance(self.refusal, Overtaken)

    def returns(self, dice: Random) -> None:
        key = dice.choice(self.open * 4 + PHASES)
        earlier = [other for other in PHASES if key in self.witness.after(other)]
        to = dice.choice([key, *earlier] * 3 + PHASES)
        by = dice.choice([self.who("preparer")] * 4 + ["coordinator", "owner"])
        self.tries(by, c.Return(phase=key, to=to, reason="More work is needed."))

    def is_handled_by_a_body(self, dice: Random) -> None:
        """After the last checkpoint a body handles the matter, and may send it back."""
        outcome: Any = dice.choice(["returned", "returned", "approved"])
        self.may("registrar", c.RecordHandling(body="board", kind="proposal", outcome=outcome, date=self.today), True)
        handling = list(self.story.process.handlings)[-1]
        to = dice.choice(PHASES)
        back = c.Return(phase=PHASES[-1], to=to, reason="The board sent it back.", handling=handling)
        self.may(self.who("preparer"), back, outcome == "returned")

    # --- stances ------------------------------------------------------------------------------------------------------

    def takes_a_stance(self, dice: Random) -> None:
        key = dice.choice(self.open)
        seat = self.seat(dice, key)
        by, seen, kind = self.someone(dice, seat), self.page(dice, key), dice.choice([StanceKind.OBJECT, *StanceKind])
        command = self.story.stance(seat, kind, at=key).model_copy(update={"seen": seen})
        if kind is StanceKind.DISQUALIFIED:
            covered = sorted(self.witness.rounds[key].covers(seat))
            outputs = tuple(dice.sample(covered, dice.randint(0, len(covered))))
            command = command.model_copy(update={"outputs": outputs})
        allowed = self.witness.may_speak(key, seat, by, self.story.directory, self.today)
        allowed &= seen == self.story.seen(key) and self.running
        allowed &= kind is not StanceKind.DISQUALIFIED or by == self.story.round(key).seats[seat].person
        self.may(by, command, allowed)

    def several_take_a_stance(self, dice: Random) -> None:
        key = dice.choice(self.open)
        for seat, held in self.story.round(key).seats.items():
            kind = dice.choice([StanceKind.ACCEPT] * 6 + [*StanceKind])
            self.tries(held.person, self.story.stance(seat, kind, at=key))

    def confirms_or_takes_back(self, dice: Random) -> None:
        key = dice.choice(self.open)
        seat = self.seat(dice, key)
        confirm = c.Confirm(phase=key, seat=seat, seen=self.page(dice, key))
        self.tries(self.someone(dice, seat), dice.choice([confirm, c.Retract(what="stance", phase=key, seat=seat)]))

    def everybody_confirms(self, dice: Random) -> None:
        key = dice.choice(self.open)
        for seat, held in self.story.round(key).seats.items():
            self.tries(held.person, c.Confirm(phase=key, seat=seat, seen=self.story.seen(key)))

    def is_assessed(self, dice: Random) -> None:
        key = dice.choice(self.open)
        by, holds = dice.choice(["assessor", "assessor", "preparer"]), dice.random() < 0.7
        for criterion in ("clear", "sound"):
            self.tries(by, c.Assess(phase=key, criterion=criterion, holds=holds, seen=self.page(dice, key)))

    # --- objections and dissents --------------------------------------------------------------------------------------

    def signed(self) -> list[str]:
        """What somebody has put a signature under: open objections and dissents."""
        process = self.story.process
        return [*(key for key, one in process.objections.items() if one.status == "open"), *process.dissents]

    def withdraws(self, dice: Random) -> None:
        if not self.signed():
            return
        item, process = dice.choice(self.signed()), self.story.process
        makers = process.objections[item].makers if item in process.objections else process.dissents[item].signers
        seat = dice.choice(sorted(makers))
        by = dice.choice([makers[seat].person] * 3 + [self.someone(dice, seat), "preparer"])
        then = dice.choice([StanceKind.ACCEPT, StanceKind.ABSTAIN])
        self.may(by, c.Withdraw(item=item, seat=seat, then=then), by == makers[seat].person and self.running)

    def co_signs(self, dice: Random) -> None:
        if not self.signed():
            return
        item, process = dice.choice(self.signed()), self.story.process
        makers = process.objections[item].makers if item in process.objections else process.dissents[item].signers
        seat, name = dice.choice(SEATS + sorted(makers) * 4), dice.choice([None, "The undersigned of the village"])
        self.tries(self.someone(dice, seat), c.CoSign(item=item, seat=seat, name=name))

    def files_a_dissent(self, dice: Random) -> None:
        seat, key = dice.choice(SEATS), dice.choice(self.open * 3 + PHASES)
        self.tries(self.someone(dice, seat), c.FileDissent(phase=key, seat=seat, text="The old bridge should stay."))

    def settles_an_objection(self, dice: Random) -> None:
        found = self.story.process.objections
        still_open = [key for key, one in found.items() if one.status == "open"]
        if not found:
            return
        item = dice.choice(still_open * 5 + list(found))
        due = self.today + dt.timedelta(days=dice.randint(1, 40))
        ways: list[c.Command] = [
            c.Answer(objection=item, result=AnswerResult.UNCHANGED, text="The bus will still run."),
            c.CarryAsCondition(objection=item, owner="owner", due=due, checkpoint=dice.choice([None, *PHASES])),
            c.RecordDissent(objection=item, reason="Heard and answered, not agreed."),
        ]
        self.tries(dice.choice([self.who("preparer")] * 6 + ["coordinator", "teacher-1"]), dice.choice(ways))

    def does_what_was_promised(self, dice: Random) -> None:
        if not self.story.process.conditions:
            return
        condition = dice.choice(list(self.story.process.conditions))
        by = dice.choice(["owner", self.who("coordinator"), "builder-1"])
        self.tries(by, c.FulfilCondition(condition=condition, how="It was built."))

    # --- meetings -----------------------------------------------------------------------------------------------------

    def meets(self, dice: Random) -> None:
        key = dice.choice(self.open)
        seats = self.story.round(key).seats
        of = dice.choice(sorted({held.group for held in seats.values()}))
        mine = [seat for seat, held in seats.items() if held.group == of]
        there = dice.sample(mine, dice.randint(1, len(mine)))
        differing = dice.sample(there, dice.randint(0, len(there) - 1))
        words = "The village would lose its school."
        self.meetings += 1
        record = c.RecordMeeting(
            meeting=f"m{self.meetings}",
            phase=key,
            group=of,
            held_on=self.today,
            present={seat: dice.choice([seats[seat].person] * 3 + [*seats[seat].deputies]) for seat in there},
            seen=self.page(dice, key),
            group_stance=dice.choice([None, *[StanceKind.ACCEPT] * 5, StanceKind.ABSTAIN, StanceKind.OBJECT]),
            stances=tuple(
                c.SpokenStance(seat=seat, kind=dice.choice([*StanceKind]), reason=words) for seat in differing
            ),
            memo="We met and talked it through.",
        )
        self.tries(
            dice.choice([holder(f"{of[0]}1"), holder(f"{of[0]}1"), self.who("coordinator"), "teacher-2"]), record
        )

    def corrects_a_memo(self, dice: Random) -> None:
        if not self.meetings:
            return
        seat = dice.choice(SEATS)
        meeting, kind = f"m{dice.randint(max(1, self.meetings - 2), self.meetings)}", dice.choice([*StanceKind])
        correction = c.CorrectMemo(meeting=meeting, seat=seat, kind=kind, reason="I said something else.")
        self.tries(self.someone(dice, seat), correction)

    # --- people, time, steering ---------------------------------------------------------------------------------------

    def time_goes_by(self, dice: Random) -> None:
        self.story.after(hours=dice.choice([1, 5, 23, 24, 49, 100, 400]))

    def goes_away_or_comes_back(self, dice: Random) -> None:
        person = dice.choice([*EMPLOYEES, *(holder(seat) for seat in SEATS)])
        if dice.random() < 0.4:
            self.story.is_back(person)
        else:
            self.story.is_away(person, stand_in="stand-in" if person in EMPLOYEES else None)

    def seats_end(self, dice: Random) -> None:
        """A seat ends, or those of a whole group; the group has them again when it is next asked."""
        seats = self.story.round(dice.choice(self.open)).seats
        one = dice.choice(sorted(seats))
        whole = dice.random() < 0.3
        for seat in [key for key, held in seats.items() if held.group == seats[one].group] if whole else [one]:
            self.may("directory", c.LeaveRound(seat=seat, reason="the term ended"), True)

    def moves_a_date(self, dice: Random) -> None:
        process = self.story.process
        dates = [*process.dates, *[f"condition:{key}" for key in process.conditions] * 5]
        to = self.today + dt.timedelta(days=dice.randint(1, 30))
        move = c.Extend(date=dice.choice(dates), to=to, reason="The spring was late.", shift=dice.random() < 0.5)
        self.tries(self.who("coordinator"), move)
        for key, round_ in process.rounds.items():
            assert self.story.round(key).due >= round_.due, "the time of a round was made shorter"

    def is_held_for_a_while(self, dice: Random) -> None:
        """While a process is held, nobody goes on with it."""
        self.may(self.who("coordinator"), c.Hold(reason="The money is late."), True)
        for act in (self.passes, self.takes_a_stance, self.revises, self.files_a_dissent):
            act(dice)
        self.story.after(days=dice.randint(0, 3))
        self.may(self.who("coordinator"), c.Resume(), True)

    def hands_over(self, dice: Random) -> None:
        to = dice.choice(["coordinator", "stand-in"])
        self.may(self.who("coordinator"), c.HandOver(to=to), to != self.who("coordinator"))

    def amends(self, dice: Random) -> None:
        key, of = dice.choice(self.phases(PhaseStatus.OPEN, PhaseStatus.READY) * 3 + PHASES), dice.choice(GROUPS)
        rule, quorum = dice.choice(["consent", "majority", "chair", "all"]), dice.choice(["1/2", "1/1", "1", "2/3"])
        changes: list[dict[str, Any]] = [
            {"change": "group", "phase": key, "group": group(of, rule, quorum)},
            {"change": "remove_group", "phase": key, "group": of},
            {"change": "criterion", "phase": key, "criterion": asked("sound", assessed_by="assessor")},
            {"change": "remove_criterion", "phase": key, "criterion": "sound"},
            {"change": "role", "role": "preparer", "person": dice.choice(["preparer", "owner", "teacher-1"])},
            {"change": "role", "role": "owner", "person": dice.choice(["owner", "builder-1"])},
        ]
        amend = c.Amend.model_validate({"change": dice.choice(changes), "reason": "It had to be."})
        self.tries(self.who("coordinator"), amend)
