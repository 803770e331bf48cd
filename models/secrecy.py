"""Who may read what is secret, wholly or in part: outputs and their drafts, attachments, statements. One rule for every
door: pages, command line, search, comparison, thread, templates.

Those who work upon it (`rights.READING_SECRETS`), towards each phase in which it lies: the working groups asked
about it there but for those disqualified, the owners of the phase's outputs, whoever assesses or states the outcome,
the coordinator of the process, and the registrar, who prepares the bodies' matters. Nobody else, whatever else they may
read. Papers are made without what is secret, and the public edition of an export without all that is not public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from models.errors import NotAuthorised
from models.events import Actor
from models.process import Process, Seat
from models.rights import READING_SECRETS, Part, played_by, standing_parts
from models.words import SECRET
from models.world import World, checkpoint_of


@dataclass(frozen=True)
class Secrecy:
    """What one person may read of what is secret in one process today."""

    process: Process
    world: World
    person: str

    def allows(self, publicity: str, phase: str, output: str | None = None) -> bool:
        """Whether the person may read something of that publicity, of the phase or of one of its outputs.

        That they may read the process at all is asked apart (`may_read`).
        """
        if publicity not in SECRET:
            return True
        return self.world.directory.is_active(self.person) and any(
            part in READING_SECRETS for part in self._parts(phase, output)
        )

    def check(self, publicity: str, phase: str, output: str | None = None, paragraph: str | None = None) -> None:
        """Raises NotAuthorised where the person may not read it."""
        if not self.allows(publicity, phase, output):
            raise NotAuthorised(
                "This is secret ({ground}). The working groups of its phase, those who prepare it and the registrar "
                "read it.",
                ground=paragraph or "–",
            )

    def allows_all(self) -> bool:
        """Whether the person may read every version of the process: what is found across phases may tell of any."""
        held = [one.versions for one in self.process.phases.values()]
        held += [one.versions for one in self.process.rounds.values()]
        return all(self.allows(v.publicity, v.phase, output) for versions in held for output, v in versions.items())

    # --- parts --------------------------------------------------------------------------------------------------

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(played_by(self.person, self.world))

    def _parts(self, phase: str, output: str | None) -> Iterator[Part]:
        for person in self._people:
            yield from standing_parts(Actor(person=person), self.world)
        if self.process.coordinator in self._people:
            yield Part.COORDINATOR
        for at in self._lies_in(phase, output):
            yield from self._prepares(at)
            if self._sits(at, output):
                yield Part.SEAT
        for at, state in self.process.phases.items():
            if phase in state.received:
                yield from self._prepares(at)  # they build on what was handed over to them

    def _lies_in(self, phase: str, output: str | None) -> Iterator[str]:
        yield phase
        for at, round_ in self.process.rounds.items():
            if at != phase and output in round_.versions and round_.versions[output].phase == phase:
                yield at

    def _prepares(self, phase: str) -> Iterator[Part]:
        plan, roles = checkpoint_of(self.process, self.world, phase), self.process.roles
        if roles.get(plan.preparer) in self._people:
            yield Part.PREPARER
        if any(roles.get(one.owner) in self._people for one in self.world.phase(phase).outputs):
            yield Part.OWNER
        if any(roles.get(one.assessed_by or "") in self._people for one in plan.criteria):
            yield Part.ASSESSOR

    def _sits(self, phase: str, output: str | None) -> bool:
        """Whether the person sits in a group that is asked about it at the phase's checkpoint."""
        round_ = self.process.rounds.get(phase)
        asked = round_.groups if round_ else checkpoint_of(self.process, self.world, phase).groups
        groups = {one.group for one in asked if output is None or not one.covers or output in one.covers}
        return any(
            self.person in seat.deputies or (self.person == seat.person and not self._is_out(phase, key, output))
            for key, seat in self._seats(phase, groups)
        )

    def _seats(self, phase: str, groups: set[str]) -> Iterator[tuple[str, Seat]]:
        """The seats frozen in the round; where none is open, those of today."""
        round_ = self.process.rounds.get(phase)
        if round_ is not None:
            yield from ((key, seat) for key, seat in round_.seats.items() if seat.group in groups and not seat.left)
            return
        for group in groups & self.process.groups.keys():
            for key, one in self.world.directory.seats_of(self.process.groups[group], self.world.today):
                yield key, Seat(group=group, person=one.person, part=one.part, deputies=tuple(one.deputies))

    def _is_out(self, phase: str, seat: str, output: str | None) -> bool:
        """Whether the seat's holder is disqualified from it."""
        round_ = self.process.rounds.get(phase)
        of = round_.disqualified.get(seat) if round_ else None
        return of is not None and (not of or output is None or output in of)
