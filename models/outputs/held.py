"""What the checks of typed outputs look at."""

from collections.abc import Iterable
from functools import cached_property

from models.definitions.parts import Text
from models.outputs.left_out import left_out
from models.outputs.rows import Output, Row
from models.outputs.thread import Node, Thread, folded
from models.outputs.told import registers


class Held:
    """A phase's own outputs as one, those of all phases before, its own as last passed, and whom the phase touches.

    `affected` are the groups that the definition names for the phase.
    """

    def __init__(
        self,
        phase: str,
        own: Output,
        received: Iterable[tuple[str, Output]] = (),
        former: Output | None = None,
        affected: Iterable[Text] = (),
    ) -> None:
        self.phase = phase
        self.own = own
        self.received = tuple(received)
        self.former = former
        self.affected = tuple(affected)

    @cached_property
    def thread(self) -> Thread:
        """The thread up to this phase."""
        return Thread((*self.received, (self.phase, self.own)))

    @cached_property
    def handed_over(self) -> Thread:
        """The thread as it was handed over to this phase."""
        return Thread(self.received)

    @cached_property
    def _left_out(self) -> frozenset[str]:
        return left_out(row for _, output in (*self.received, (self.phase, self.own)) for row in output.left_out)

    def leaves_out(self, row: Row | Node) -> bool:
        """Whether some phase left the row out with a reason: by its identifier, or by its whole name."""
        return row.id.casefold() in self._left_out or (bool(row.name) and folded(row.name) in self._left_out)

    def is_empty(self) -> bool:
        """Whether the phase has no row of its own."""
        return not any(getattr(self.own, register.name) for register in registers(type(self.own)))

    def knows(self, register: str) -> bool:
        """Whether an output up to this phase is of a form with that register."""
        return any(hasattr(output, register) for _, output in self.thread.outputs)
