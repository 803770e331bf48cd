"""The criteria a checkpoint computes from the record. Each check is a pure function with a name (`definition.CHECKS`).

A check answers True, False, or None where it cannot be evaluated: a must that answers None refuses like one that fails.
"""

from collections.abc import Callable

from models.definitions.definition import CheckpointPlan, Criterion
from models.process import Process
from models.rounds import AWAITING_ANSWER, standing
from models.world import World

Check = Callable[[Process, World, str], bool | None]


def evaluate(process: Process, world: World, phase: str, plan: CheckpointPlan) -> dict[str, bool | None]:
    """Every criterion of the checkpoint, by its id."""
    return {criterion.id: _one(process, world, phase, criterion) for criterion in plan.criteria}


def _one(process: Process, world: World, phase: str, criterion: Criterion) -> bool | None:
    if criterion.computed is not None:
        check = COMPUTED.get(criterion.computed)
        return check(process, world, phase) if check else None
    round_ = process.rounds[phase]
    assessment = round_.assessed.get(criterion.id)
    if assessment is None or any(v.changed > assessment.edition for v in round_.versions.values()):
        return None
    return assessment.holds


def _output_submitted(process: Process, world: World, phase: str) -> bool:
    versions = process.rounds[phase].versions
    return all(output.id in versions for output in world.phase(phase).outputs if output.required)


def _groups_answered(process: Process, world: World, phase: str) -> bool:
    return all(standing(process, phase, group).silent == 0 for group in process.rounds[phase].groups)


def _affected_heard(process: Process, world: World, phase: str) -> bool:
    return all(f"{phase}/{group.id}" in process.opportunities for group in world.phase(phase).affected)


def _objections_answered(process: Process, world: World, phase: str) -> bool:
    raised = [o for o in process.objections.values() if o.phase == phase]
    return all(objection.result is not None for objection in raised if objection.status in AWAITING_ANSWER)


def due_conditions(process: Process, world: World, phase: str) -> list[str]:
    """The open conditions due by the phase's checkpoint: named for it or an earlier one, or dated today or before."""
    order = list(process.phases)
    return [
        key
        for key, condition in process.conditions.items()
        if (
            order.index(condition.checkpoint) <= order.index(phase)
            if condition.checkpoint
            else condition.due <= world.today
        )
    ]


def _conditions_done(process: Process, world: World, phase: str) -> bool:
    return not due_conditions(process, world, phase)


def _statements_asked(process: Process, world: World, phase: str) -> bool:
    order = list(process.phases)
    expected = [s for s in world.definition.statements if order.index(s.phase) <= order.index(phase)]
    return all(_time_given(process, world, statement.id) for statement in expected)


def _time_given(process: Process, world: World, statement: str) -> bool:
    asked = process.statements.get(statement)
    return asked is not None and (asked.given is not None or asked.due < world.today)


def _cooperation_judged(process: Process, world: World, phase: str) -> bool:
    return process.cooperation.needed is not None


def _cooperation_done(process: Process, world: World, phase: str) -> bool | None:
    if process.cooperation.needed is None:
        return None
    return not process.cooperation.needed or process.cooperation.ended is not None


COMPUTED: dict[str, Check] = {
    "output-submitted": _output_submitted,
    "groups-answered": _groups_answered,
    "affected-heard": _affected_heard,
    "objections-answered": _objections_answered,
    "conditions-done": _conditions_done,
    "statements-asked": _statements_asked,
    "staff-cooperation-judged": _cooperation_judged,
    "staff-cooperation-done": _cooperation_done,
}
