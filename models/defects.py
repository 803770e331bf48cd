"""What is amiss with a handling, and whether it decides the matter: asked when it is recorded, and when it is mended.

The order is that of the handlings' days, not that of their recording. Those from before the matter went back to
preparation count for nothing after it.
"""

from models.definitions.definition import Body, HandlingPlan
from models.errors import NotFound, NotValid
from models.process import Handling, Process
from models.words import BodyKind, HandlingKind, HandlingOutcome, LegalState, PhaseStatus
from models.world import World

APPROVING = (HandlingOutcome.APPROVED, HandlingOutcome.AMENDED, HandlingOutcome.PARTLY)
SETTLING = (*APPROVING, HandlingOutcome.REJECTED)
UNFINISHED = (HandlingOutcome.TABLED, HandlingOutcome.RETURNED)


def the_body(world: World, key: str) -> Body:
    """The definition's body. Raises NotFound."""
    body = next((body for body in world.definition.bodies if body.id == key), None)
    if body is None:
        raise NotFound(what="body of the definition", name=key)
    return body


def bare_section(written: str | None) -> str | None:
    """The number of a § without the sign; None where nothing is written."""
    return (written or "").strip().removeprefix("§").strip() or None


def as_planned(handling: Handling, world: World) -> None:
    """Raises NotFound for a step that the chain has not, NotValid where the step is another body's or another kind."""
    if handling.plan is None:
        return
    plan = _plan(handling.plan, world)
    if plan is None:
        raise NotFound(what="handling of the definition's chain", name=handling.plan)
    if plan.body != handling.body:
        raise NotValid(
            "The step {plan} belongs to {body}. Choose that body, or record the handling without a step.",
            plan=plan.id,
            body=plan.body,
        )
    if plan.kind is not handling.kind:
        raise NotValid(
            "The step {plan} is another kind of handling. Choose its kind, or record the handling without a step.",
            plan=plan.id,
        )


def standing_decision(process: Process) -> str | None:
    """The handling that has decided the matter and has not been annulled."""
    key = process.decision
    return key if key and process.handlings[key].legal is not LegalState.ANNULLED else None


def decides(process: Process, handling: Handling, world: World, key: str | None = None) -> bool:
    """Whether this is the process's decision: the planned deciding body's own, while no other decision stands."""
    if handling.kind is not HandlingKind.DECISION or handling.outcome not in SETTLING:
        return False
    last = [plan for plan in world.definition.decision.chain if plan.kind is HandlingKind.DECISION][-1:]
    planned = any(plan.body == handling.body and handling.plan in (plan.id, None) for plan in last)
    return planned and standing_decision(process) in (key, None)


def defects_of(
    process: Process, handling: Handling, world: World, grounded: bool, key: str | None = None
) -> tuple[str, ...]:
    """What is amiss, by name. Kuntalaki 39 and 93 §: the executive prepares the council's matters; 449/2007: staff
    cooperation is held before the matter is settled."""
    if handling.kind in (HandlingKind.FOR_INFORMATION, HandlingKind.STATEMENT):
        return ()
    before = [
        one
        for other, one in process.handlings.items()
        if other != key and not one.set_aside and one.date <= handling.date
    ]
    found = _not_ready(process, handling)
    if handling.kind is HandlingKind.DECISION:
        found += _of_a_decision(process, handling, before, world, grounded)
        if handling.outcome in SETTLING and standing_decision(process) not in (key, None):
            found.append("decided-already")
    done = {one.plan for one in before if one.outcome not in UNFINISHED}
    plan = _plan(handling.plan, world)
    return (*found, *(f"before:{step}" for step in (plan.after if plan else ()) if step not in done))


def _not_ready(process: Process, handling: Handling) -> list[str]:
    found: list[str] = []
    last, cooperation = [*process.phases.values()][-1], process.cooperation
    if last.status is not PhaseStatus.PASSED or (last.passed and last.passed > handling.date):
        found.append("readiness-not-passed")
    if cooperation.needed is None:
        found.append("staff-cooperation-not-judged")
    elif cooperation.needed and (cooperation.ended is None or cooperation.ended > handling.date):
        found.append("staff-cooperation-not-ended")
    return found


def _of_a_decision(
    process: Process, handling: Handling, before: list[Handling], world: World, grounded: bool
) -> list[str]:
    found: list[str] = []
    if handling.body_kind is BodyKind.INFLUENCE:
        found.append("influence-body-decides")
    if not grounded:
        found.append("no-ground")
    if handling.section is None:
        found.append("no-section")
    if handling.outcome is HandlingOutcome.AMENDED and not handling.decided:
        found.append("decided-text-missing")
    proposed = [one for one in before if one.kind is HandlingKind.PROPOSAL and one.outcome in APPROVING]
    executive = any(one.body_kind is BodyKind.EXECUTIVE for one in proposed)
    skipped = world.definition.decision.without_executive_because
    if handling.body_kind is BodyKind.COUNCIL and not executive and not skipped:
        found.append("executive-missing")
    first, last = process.dates.get("window:first"), process.dates.get("window:last")
    if first and last and not first <= handling.date <= last:
        found.append("outside-window")
    return found


def _plan(key: str | None, world: World) -> HandlingPlan | None:
    return next((plan for plan in world.definition.decision.chain if plan.id == key), None)
