"""What an act would lead to, before it is done: the process as it would be, and who would be told. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from models.events import Actor, Event, Recorded
from models.evolve import evolve
from models.process import Process
from models.telling.events import EVENTS_TOLD
from models.telling.said import Telling, Unreached
from models.telling.telling import tellings
from models.world import World


class Foretold(NamedTuple):
    """What would be so afterwards."""

    process: Process
    tellings: tuple[Telling, ...]  # who would be told what
    unreached: tuple[Unreached, ...]  # those who would be told and cannot be reached, each once

    @property
    def told(self) -> tuple[str, ...]:
        """The people who would be told, each once."""
        return tuple(dict.fromkeys(one.person for one in self.tellings))


def foretell(process: Process, events: Iterable[Event], by: Actor, world: World) -> Foretold:
    """The process as the events would leave it, and whom they would be told to. Nobody is told of their own act."""
    told: list[Telling] = []
    unreached: dict[str, Unreached] = {}
    for event in events:
        recorded = Recorded(0, world.now, by, event)
        process = evolve(process, recorded)
        if type(event) in EVENTS_TOLD:
            reached, missed = tellings(recorded, process, world)
            told += reached
            unreached |= {one.person: one for one in missed}
    people = {one.person for one in told}
    return Foretold(process, tuple(told), tuple(one for key, one in unreached.items() if key not in people))
