"""Those who try what must not be done, each at the moment when it would come off if a rule were missing."""

import datetime as dt
from random import Random
from typing import Any

from crowd import Crowd
from crowded_town import GROUPS, PLAN

from models import commands as c
from models.errors import FourEyes, PackageChanged
from models.events import Actor
from models.words import PhaseStatus


class Troublemakers(Crowd):
    """Everybody in the town, and what they should not do."""

    def ready_to_submit(self, dice: Random) -> str | None:
        """A phase that is open and written, so that the owner could submit it."""
        found = self.phases(PhaseStatus.OPEN)
        if not found or not self.running:
            return None
        key = dice.choice(found)
        if key not in self.story.drafts:
            self.story.writes(key)
        return key

    def submits_without_a_draft(self, dice: Random) -> None:
        key = self.ready_to_submit(dice)
        plan = PLAN.phase(key) if key else None
        if key is None or plan is None:
            return
        drafts = self.story.drafts[key]
        missing = dice.choice([output.id for output in plan.outputs if output.required])
        self.story.drafts[key] = {output: draft for output, draft in drafts.items() if output != missing}
        self.may(self.who("owner"), c.Submit(phase=key), False)
        self.story.drafts[key] = drafts

    def submits_to_an_empty_group(self, dice: Random) -> None:
        key = self.ready_to_submit(dice)
        if key is None:
            return
        directory, yesterday = self.story.directory, self.today - dt.timedelta(days=1)
        group = f"the-{dice.choice(self.witness.plans[key].groups).group}"
        seats = {
            seat: held.model_copy(update={"last": yesterday}) if held.group == group else held
            for seat, held in directory.seats.items()
        }
        self.story.directory = directory.model_copy(update={"seats": seats})
        self.may(self.who("owner"), c.Submit(phase=key), False)
        self.story.directory = directory

    def submits_or_revises_as_the_preparer(self, dice: Random) -> None:
        """Whose work it is takes the preparer's place for a while."""
        key = self.ready_to_submit(dice) if dice.random() < 0.5 else dice.choice([*self.open, None])
        if key is None or not self.running or not self.witness.plans[key].four_eyes:
            return
        owner, before = self.who("owner"), self.who("preparer")
        self._prepares(owner)
        command: Any = c.Submit(phase=key)
        if key in self.open:
            plan = PLAN.phase(key)
            assert plan is not None
            output = dice.choice([o.id for o in plan.outputs if o.id in self.story.round(key).versions])
            self.story.writes(key, **{output: f"words that nobody has seen {len(self.story.record)}"})
            command = c.Revise(phase=key, output=output, reason="A change.", technical=False)
        self.may(owner, command, False)
        assert isinstance(self.refusal, FourEyes)
        self._prepares(before)

    def _prepares(self, person: str) -> None:
        change: Any = {"change": "role", "role": "preparer", "person": person}
        self.tries(self.who("coordinator"), c.Amend(change=change, reason="The preparer has other work."))

    def revises_what_another_phase_made(self, dice: Random) -> None:
        carried = [
            (key, output) for key in self.open for output, v in self.story.round(key).versions.items() if v.phase != key
        ]
        if not carried or not self.running:
            return
        key, output = dice.choice(carried)
        drafts = dict(self.story.drafts.get(key, {}))
        self.story.writes(key, **{output: "other words"})
        revise = c.Revise(phase=key, output=output, reason="A change.", technical=dice.random() < 0.5)
        self.may(self.who("owner"), revise, False)
        self.story.drafts[key] = drafts

    def opens_on_a_package_with_other_bytes(self, dice: Random) -> None:
        found = [key for key in self.phases(PhaseStatus.READY) if self.witness.receives[key]]
        if not found or not self.running:
            return
        key = dice.choice(found)
        package = self.witness.standing[dice.choice(self.witness.receives[key])]
        body = self.story.packages[package]
        self.story.packages[package] = body.replace("accept", "object", 1) + " "
        self.may(self.who("coordinator"), c.OpenPhase(phase=key), False)
        assert isinstance(self.refusal, PackageChanged)
        self.story.packages[package] = body

    def takes_back_an_opening_that_led_to_versions(self, dice: Random) -> None:
        found = [key for key in self.phases(PhaseStatus.OPEN) if self.story.process.phases[key].versions]
        if found and self.running:
            self.may(self.who("coordinator"), c.Retract(what="opening", phase=dice.choice(found)), False)

    def waives_more_than_is_needed(self, dice: Random) -> None:
        if not self.open:
            return
        key = dice.choice(self.open)
        self.everybody_accepts(key)
        needed = self.witness.may_be_waived(key, self.today)
        needless = dice.choice([*GROUPS, "clear", "answered", "heard", "sound"])
        self.states(Actor(person=self.who("preparer")), key, {*needed, needless})

    def passes_though_a_whole_group_has_left(self, dice: Random) -> None:
        """All of a group leave, or all but one; the others accept."""
        if not self.open:
            return
        key = dice.choice(self.open)
        of = dice.choice(self.story.round(key).groups).group
        leaving = [seat for seat, held in self.story.round(key).seats.items() if held.group == of]
        for seat in leaving[dice.choice([0, 0, 1]) :]:
            self.may("directory", c.LeaveRound(seat=seat, reason="the term ended"), True)
        self.everybody_accepts(key)
        needed = self.witness.may_be_waived(key, self.today)
        self.states(Actor(person=self.who("preparer")), key, dice.choice([needed, needed - {of}, {*needed, of}]))

    def make_trouble(self, dice: Random) -> None:
        """One of them tries."""
        acts = [
            self.submits_without_a_draft,
            self.submits_to_an_empty_group,
            self.submits_or_revises_as_the_preparer,
            self.submits_or_revises_as_the_preparer,
            self.revises_what_another_phase_made,
            self.opens_on_a_package_with_other_bytes,
            self.takes_back_an_opening_that_led_to_versions,
            self.waives_more_than_is_needed,
            self.passes_though_a_whole_group_has_left,
        ]
        dice.choice(acts)(dice)
