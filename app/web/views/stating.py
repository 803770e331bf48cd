"""What stating the outcome would do: what is still missing, what passing, returning or holding leads to."""

from typing import NamedTuple

from app.web.place import Place
from app.web.views.checkpoint import CheckpointPage, checkpoint_page, seen_at
from app.web.views.returning import ReturnTo, returns_of
from app.web.views.who_is_told import WhoIsTold, who_is_told
from models.commands import Command, Hold, Pass, Return, Seen
from models.errors import (
    CheckpointNotOpen,
    EtappiError,
    NotAuthorised,
)
from models.events import CheckpointPassed
from models.lifecycle import groups_to_waive
from models.personal import Private
from models.possible import Possible
from models.storage.database import Session
from models.telling.foretelling import Foretold, foretell

REASON = Private("…")


class ToWaive(NamedTuple):
    """A must that fails, or a group with nobody left: it can be waived here, with a written reason."""

    key: str
    text: str
    why: str


class StatingPage(NamedTuple):
    """Everything the page shows."""

    checkpoint: CheckpointPage
    seen: Seen
    may_pass: bool  # the visitor is the one who states it
    hindrance: EtappiError | None  # why it cannot pass, even when all is waived
    waive: tuple[ToWaive, ...]
    ready: tuple[str, ...]  # the phases that become ready
    returns: tuple[ReturnTo, ...]
    may_hold: bool
    told: dict[str, WhoIsTold]  # by outcome: "pass", "hold", and "return-" with the phase

    @property
    def can_pass(self) -> bool:
        return self.may_pass and self.hindrance is None


def stating_page(place: Place, session: Session, phase: str) -> StatingPage:
    """The page. Raises CheckpointNotOpen, NotAuthorised."""
    checkpoint = checkpoint_page(place, session, phase)
    seen = seen_at(place, phase)
    if seen is None:
        raise CheckpointNotOpen(phase=checkpoint.phase_name, status=checkpoint.status)
    if not checkpoint.may_state:
        raise NotAuthorised
    world = place.world_at(session, phase)
    waive = to_waive(place, checkpoint)
    passing = Pass(phase=phase, seen=seen, waive={one.key: REASON for one in waive})
    possible = place.possible_with(world.facts)
    refused = possible.refusal(passing)
    events = [] if refused else possible.would(passing)
    passed = next((one for one in events if isinstance(one, CheckpointPassed)), None)
    returning, holding = Return(phase=phase, to=phase, reason=REASON, seen=seen), Hold(reason=REASON)
    returns, may_hold = returns_of(place, returning), place.possible.may(holding)
    commands: dict[str, Command] = {"pass": passing} if passed else {}
    commands |= {f"return-{one.phase}": returning.model_copy(update={"to": one.phase}) for one in returns}
    commands |= {"hold": holding} if may_hold else {}
    acts = {name: _foretold(possible, one) for name, one in commands.items()}
    return StatingPage(
        checkpoint=checkpoint,
        seen=seen,
        may_pass=not isinstance(refused, NotAuthorised),
        hindrance=refused,
        waive=waive,
        ready=tuple(place.name("phase", key) for key in (passed.ready if passed else ())),
        returns=returns,
        may_hold=may_hold,
        told=who_is_told(place, session, acts),
    )


def _foretold(possible: Possible, command: Command) -> Foretold:
    return foretell(possible.process, possible.would(command), possible.actor(command), possible.world)


def to_waive(place: Place, checkpoint: CheckpointPage) -> tuple[ToWaive, ...]:
    """What would have to be waived for the phase to pass now."""
    found = [ToWaive(one.key, one.text, one.why) for one in checkpoint.tested if one.must and one.holds is not True]
    conditions = [one for one in checkpoint.conditions if one.due_here]
    found += [ToWaive(one.key, one.text or "", f"{one.owner}") for one in conditions]
    gone = groups_to_waive(place.process, place.checkpoint(checkpoint.phase), checkpoint.phase)
    return (*found, *(ToWaive(one.key, one.name, one.verdict) for one in checkpoint.groups if one.key in gone))
