"""The criteria a checkpoint computes from the record. Each check is a pure function with a name (`definition.CHECKS`).

A check answers True, False, or None where it cannot be evaluated: a must that answers None refuses like one that fails.
Those of typed outputs are found beforehand in exactly the versions of the round (`outputs/checks.py`); when the
versions are others by now, nothing is known.
"""

from collections.abc import Callable, Iterator

from models.definitions.definition import CheckpointPlan, Criterion, Definition
from models.outputs.checks import COOPERATION, TYPED, Finding
from models.process import Process
from models.rounds import AWAITING_ANSWER, is_current, standing
from models.world import Inputs, World

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
    return assessment.holds if assessment is not None and is_current(round_, assessment) else None


def lacking(process: Process, world: World, phase: str, criterion: Criterion) -> tuple[str, ...]:
    """Exactly the items on account of which a criterion does not hold, where it can name them."""
    if criterion.computed in TYPED:
        found = _found(process, world, phase, criterion.computed)
        return found.still if _begun(process, criterion.computed) else found.items
    named = LACKING.get(criterion.computed or "")
    return tuple(named(process, world, phase)) if named else ()


# --- typed outputs ------------------------------------------------------------------------------------------------


def inputs_of(process: Process, definition: Definition, phase: str) -> Inputs:
    """The versions that the typed checks of the phase's round look at."""
    state, round_ = process.phases[phase], process.rounds.get(phase)
    versions = round_.versions if round_ else state.versions
    return Inputs(
        own=tuple((output, one.sha256) for output, one in versions.items() if one.phase == phase),
        packages=tuple((key, package) for key in before(definition, phase) if (package := process.phases[key].package)),
        former=state.former,
        earlier=tuple(state.earlier.versions.items()) if state.earlier and not state.former else (),
    )


def before(definition: Definition, phase: str) -> tuple[str, ...]:
    """The phases that a phase builds on, directly or through others, in order."""
    found, waiting = set[str](), [phase]
    while waiting:
        sources = set(definition.receives(waiting.pop())) - found
        found |= sources
        waiting += sources
    return tuple(plan.id for plan in definition.phases if plan.id in found)


def typed_checks(process: Process, definition: Definition, phase: str) -> tuple[str, ...]:
    """The typed checks that the phase's checkpoint makes as it stands; none, where there is no such phase."""
    of_phase = definition.phase(phase)
    plan = process.amended.get(phase) or (of_phase.checkpoint if of_phase else None)
    return tuple(one.computed for one in plan.criteria if one.computed in TYPED) if plan else ()


def _found(process: Process, world: World, phase: str, check: str) -> Finding:
    typed = world.facts.typed
    if typed is None or typed.inputs != inputs_of(process, world.definition, phase):
        return Finding(None)
    return typed.findings.get(check, Finding(None))


def _begun(process: Process, check: str) -> bool:
    """Whether the check is about staff cooperation, and that has been found needed and has begun: nothing of it comes
    before its proposal (`handlings.cooperation_in_order`)."""
    known = process.cooperation
    return check == COOPERATION and known.needed is True and known.proposed is not None


def _typed(check: str) -> Check:
    def holds(process: Process, world: World, phase: str) -> bool | None:
        found = _found(process, world, phase, check)
        return not found.still if found.holds is False and _begun(process, check) else found.holds

    return holds


# --- the record ---------------------------------------------------------------------------------------------------


def _output_submitted(process: Process, world: World, phase: str) -> bool:
    return not any(_not_submitted(process, world, phase))


def _not_submitted(process: Process, world: World, phase: str) -> Iterator[str]:
    versions = process.rounds[phase].versions
    return (output.name.fi for output in world.phase(phase).outputs if output.required and output.id not in versions)


def _groups_answered(process: Process, world: World, phase: str) -> bool:
    return not any(_silent(process, world, phase))


def _silent(process: Process, world: World, phase: str) -> Iterator[str]:
    """The groups of which somebody is silent, each with how many: never who."""
    for group in process.rounds[phase].groups:
        if silent := standing(process, phase, group).silent:
            yield f"{world.definition.group_name(group.group, None, 'fi')}: {silent}"


def _affected_heard(process: Process, world: World, phase: str) -> bool:
    return not any(_unheard(process, world, phase))


def _unheard(process: Process, world: World, phase: str) -> Iterator[str]:
    for group in world.phase(phase).affected:
        if f"{phase}/{group.id}" not in process.opportunities:
            yield group.name.fi


def _objections_answered(process: Process, world: World, phase: str) -> bool:
    return not any(_unanswered(process, world, phase))


def _unanswered(process: Process, world: World, phase: str) -> Iterator[str]:
    for key, objection in process.objections.items():
        if objection.phase == phase and objection.status in AWAITING_ANSWER and objection.result is None:
            yield key


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
    return not any(_not_given_time(process, world, phase))


def _not_given_time(process: Process, world: World, phase: str) -> Iterator[str]:
    order = list(process.phases)
    expected = [s for s in world.definition.statements if order.index(s.phase) <= order.index(phase)]
    return (statement.name.fi for statement in expected if not _time_given(process, world, statement.id))


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
    **{check: _typed(check) for check in TYPED},
}
LACKING: dict[str, Callable[[Process, World, str], Iterator[str]]] = {
    "output-submitted": _not_submitted,
    "groups-answered": _silent,
    "affected-heard": _unheard,
    "objections-answered": _unanswered,
    "statements-asked": _not_given_time,
    "conditions-done": lambda process, world, phase: iter(due_conditions(process, world, phase)),
}
"""The checks of the record that name what does not hold; the others are about one fact."""
