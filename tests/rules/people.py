"""The people of the crowded town: how they try a thing, what is seen of it, and what page they have before them."""

import datetime as dt
from random import Random

from crowded_town import PLAN, crowded_town
from particulars import Particular
from rulebook import Story

from models import commands as c
from models.errors import EtappiError
from models.events import Actor, Event
from models.words import PhaseStatus, ProcessStatus


class People:
    """Those of the crowded town, one process, and the witness of it."""

    def __init__(self) -> None:
        self.story = Story(PLAN, crowded_town())
        self.story.folds_each_time = False
        self.witness = Particular(PLAN, self.story.process)
        self.pages: list[c.Seen] = []
        self.meetings = 0
        self.refusal: EtappiError | None = None

    # --- trying -------------------------------------------------------------------------------------------------------

    def tries(self, by: str | Actor, command: c.Command) -> list[Event] | None:
        """The events it led to; None where it was refused, and then nothing has changed."""
        actor = by if isinstance(by, Actor) else Actor(person=by)
        story, before = self.story, self.story.state
        try:
            events = story.does(actor, command)
        except EtappiError as refusal:
            assert story.state is before, "a refused command changed something"
            self.refusal = refusal
            return None
        self.witness.saw(command, actor, events, story)
        self.witness.agrees(story.process)
        return events

    def may(self, by: str | Actor, command: c.Command, allowed: bool) -> None:
        """The command is carried out where it is allowed, and refused where it is not."""
        done = self.tries(by, command) is not None
        assert done == allowed, f"{command!r} by {by}: {'done' if done else self.refusal}"

    # --- looking ------------------------------------------------------------------------------------------------------

    @property
    def open(self) -> list[str]:
        return list(self.story.process.rounds)

    @property
    def running(self) -> bool:
        return self.story.process.status is ProcessStatus.RUNNING

    @property
    def today(self) -> dt.date:
        return self.story.world().today

    def who(self, role: str) -> str:
        return self.witness.roles[role]

    def phases(self, *statuses: PhaseStatus) -> list[str]:
        return [key for key, one in self.story.process.phases.items() if one.status in statuses]

    def page(self, dice: Random, key: str) -> c.Seen:
        """What the actor sees: mostly the round as it is, sometimes a page left open since before."""
        now = self.story.seen(key)
        if now not in self.pages:
            self.pages = [*self.pages[-5:], now]
        return dice.choice([now] * 10 + self.pages)

    def someone(self, dice: Random, seat: str) -> str:
        """Mostly the seat's own holder, sometimes a deputy, now and then somebody else."""
        held = self.story.directory.seats[seat]
        return dice.choice([held.person] * 6 + [*held.deputies] * 3 + ["teacher-3", "outsider"])

    def seat(self, dice: Random, key: str) -> str:
        return dice.choice(sorted(self.story.round(key).seats))
