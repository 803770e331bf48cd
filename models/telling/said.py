"""What is told to people, in ids, counts and dates, and the scene in which it is found out who they are. Pure.

What is said names things by references ("phase:x", "output:y"); they become words in the reader's language when the
message is written (`wording.py`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from models.duties.duty import player, standing_checkpoint
from models.duties.recipients import Recipients, reach
from models.events import Recorded
from models.frozen import Frozen
from models.process import Process
from models.telling.notices import asks
from models.world import World

AT_CHECKPOINT = (
    "OutputRevised",
    "ObjectionAnswered",
    "ObjectionWithdrawn",
    "ConditionAdopted",
    "DissentRecorded",
)
"""What is read, and mostly answered, on the checkpoint's page."""


class Said(Frozen):
    """One thing that is told, without a word that depends on the language or on a name."""

    kind: str  # of the notice
    phase: str | None = None
    about: str | None = None  # a reference
    called: str | None = None  # what a meeting was called, where the definition has no name for it
    due: dt.date | None = None
    facts: dict[str, str | int] = {}  # references, words of the models, counts, ISO dates
    duty: str | None = None  # of a reminder: the duty by whose key it is looked up again when the message leaves
    round: int | None = None  # of a reminder that tells how many stances of a group are missing: in which round
    thread: str | None = None  # what is said later of the same takes the place of this, while neither has left
    asked_for: bool = False  # of a reminder: its reader postponed the others to this day

    @property
    def asks(self) -> bool:
        """Whether its reader is to do something."""
        return asks(self.kind, self.facts)

    @property
    def leads_to(self) -> str | None:
        """Where its link leads: the duty's key, or a reference; None: the process as a whole."""
        if self.kind in AT_CHECKPOINT:
            return f"checkpoint:{self.phase}"
        return self.duty or self.about or (f"phase:{self.phase}" if self.phase else None)


class Telling(NamedTuple):
    """One person is told one thing. The item is the same for what is to be told them once."""

    person: str
    item: str
    said: Said


class Unreached(NamedTuple):
    """Somebody who would be told, and why nobody is."""

    person: str  # or the seat or group, where no person is known
    item: str
    reason: str


class Company(NamedTuple):
    """The people of a process today."""

    process: Process
    world: World

    @property
    def coordinator(self) -> str:
        return self.process.coordinator

    def preparer(self, phase: str) -> str:
        """Who states the outcome of the phase's checkpoint."""
        return player(self.process, standing_checkpoint(self.process, self.world.definition, phase).preparer)

    def owners(self, phase: str) -> Iterator[str]:
        """Who answers for the phase's outputs."""
        return (player(self.process, output.owner) for output in self.world.phase(phase).outputs)

    def members(self, groups: Iterable[str]) -> Iterator[str]:
        """Those who sit in the definition's groups on the day."""
        for group in groups:
            of = self.process.groups.get(group, "")
            yield from (seat.person for _, seat in self.world.directory.seats_of(of, self.world.today))

    def signers(self, phase: str) -> Iterator[str]:
        """The members of the groups that accept at the phase's checkpoint."""
        plan = standing_checkpoint(self.process, self.world.definition, phase)
        return self.members(at.group for at in plan.groups)

    def everybody(self) -> Iterator[str]:
        """All who have a part in the process."""
        yield from self.process.roles.values()
        yield from self.members(self.process.groups)


class Scene(NamedTuple):
    """An event, the process as it left it, and the world in which it is told."""

    recorded: Recorded
    process: Process
    world: World

    @property
    def event(self) -> Any:
        return self.recorded.event

    @property
    def item(self) -> str:
        return f"{self.process.id}:{self.recorded.sequence}"

    @property
    def company(self) -> Company:
        return Company(self.process, self.world)

    @property
    def coordinator(self) -> str:
        return self.company.coordinator

    def preparer(self, phase: str) -> str:
        return self.company.preparer(phase)

    def owners(self, phase: str) -> Iterator[str]:
        return self.company.owners(phase)

    def members(self, groups: Iterable[str]) -> Iterator[str]:
        return self.company.members(groups)

    def signers(self, phase: str) -> Iterator[str]:
        return self.company.signers(phase)

    def everybody(self) -> Iterator[str]:
        return self.company.everybody()


Told = Iterator[tuple[str, Recipients, str, Said]]
"""Who would be told, who is told in their place, the item and what is said."""


def to(scene: Scene, people: Iterable[str], said: Said) -> Told:
    """Each of the people, or who stands in for them."""
    for person in dict.fromkeys(people):
        yield person, reach(person, scene.world.directory, scene.world.today), scene.item, said
