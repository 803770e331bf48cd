"""What a person may do in a process now: the rules themselves are asked, and what they would do is thrown away.

So a button that the rules would refuse need not be drawn, and no page knows a rule. Pure: the engine decides again,
under the lock, when the button is pressed.
"""

from collections.abc import Iterator

from models.commands import Command
from models.decide import decide
from models.errors import EtappiError, NotAuthorised
from models.events import Actor, Event
from models.personal import sealed
from models.process import Process
from models.rights import check_right
from models.world import World


class Possible:
    """What one person may do in one process on one day."""

    def __init__(self, process: Process, person: str, world: World) -> None:
        self.process = process
        self.person = person
        self.world = world

    def may(self, command: Command) -> bool:
        """Whether the command would be carried out."""
        return self.refusal(command) is None

    def refusal(self, command: Command) -> EtappiError | None:
        """Why the command would be refused; None where it would be carried out."""
        first: EtappiError | None = None
        for by in self._actors(command):
            refused = self._refused(command, by)
            if refused is None:
                return None
            first = first or refused
        return first

    def would(self, command: Command) -> list[Event]:
        """What the command would lead to. Raises what it would be refused with."""
        return decide(self.process, sealed(command, lambda: "")[0], self.actor(command), self.world)

    def actor(self, command: Command) -> Actor:
        """As whom the person would act: for themselves, else for an absent employee; in a seat for its holder."""
        actors = list(self._actors(command))
        return next((by for by in actors if self._refused(command, by) is None), actors[0])

    def entitled(self, command: Command) -> Actor | None:
        """As whom the person has the right to the command, whether or not it can be done now; None: the right is not
        theirs."""
        return next((by for by in self._actors(command) if self._has_right(command, by)), None)

    def seats(self, phase: str) -> Iterator[str]:
        """The seats of the phase's open round that the person holds, or is named to deputise in."""
        round_ = self.process.rounds.get(phase)
        for key, seat in round_.seats.items() if round_ else ():
            if self.person == seat.person or self.person in seat.deputies:
                yield key

    def _has_right(self, command: Command, by: Actor) -> bool:
        try:
            check_right(self.process, command, by, self.world)
        except NotAuthorised:
            return False
        return True

    def _refused(self, command: Command, by: Actor) -> EtappiError | None:
        try:
            decide(self.process, sealed(command, lambda: "")[0], by, self.world)
        except EtappiError as refused:
            return refused
        return None

    def _actors(self, command: Command) -> Iterator[Actor]:
        """The person; whoever the person stands in for today."""
        seat = getattr(command, "seat", None)
        if isinstance(seat, str):
            holder = self._holder(seat)
            yield Actor(person=self.person, seat=seat, for_whom=holder if holder != self.person else None)
            return
        yield Actor(person=self.person)
        for absence in self.world.directory.absences.values():
            whom = absence.person
            if absence.stand_in == self.person and self.world.directory.stands_in(self.person, whom, self.world.today):
                yield Actor(person=self.person, for_whom=whom)

    def _holder(self, seat: str) -> str | None:
        frozen = (round_.seats.get(seat) for round_ in self.process.rounds.values())
        held = next((one for one in frozen if one), None) or self.world.directory.seats.get(seat)
        return held.person if held else None
