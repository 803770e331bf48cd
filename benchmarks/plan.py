"""The definitions that are measured: a bench copy of kemijarvi-2030, and the short process other engines were given."""

from pathlib import Path

from models.definitions.definition import Definition, PhasePlan
from models.definitions.file import read_definition
from models.definitions.rules import problems_of
from models.outputs.checks import TYPED
from models.words import GroupRule

SOURCE = Path(__file__).parent.parent / "config" / "processes" / "kemijarvi-2030.yaml"
OUTPUTS = 3
FOURTH = "hallintomalli"


def source() -> Definition:
    """The definition as it is shipped."""
    return read_definition(SOURCE.read_bytes(), SOURCE.name)


def bench_copy() -> Definition:
    """kemijarvi-2030 with three outputs in every phase, and at every checkpoint six criteria of the record."""
    shipped = source()
    fourth = shipped.phase(FOURTH)
    assert fourth is not None
    tested = tuple(one for one in fourth.checkpoint.criteria if one.computed not in TYPED)
    assert len(tested) == 6, "the fourth checkpoint tests six things beside the typed outputs"
    plain = fourth.checkpoint.model_copy(update={"criteria": tested})
    phases = tuple(_like(fourth.model_copy(update={"checkpoint": plain}), phase) for phase in shipped.phases)
    return _sound(shipped.model_copy(update={"phases": phases}))


def peers_process() -> Definition:
    """Five phases of one output; three groups of one seat at four checkpoints, and the preparer's word at the last.

    That is the work other engines were measured on: 13 decisions and 4 handovers a process.
    """
    shipped = source()
    phases = tuple(_one_output(phase, last=phase is shipped.phases[-1]) for phase in shipped.phases)
    return _sound(shipped.model_copy(update={"id": "bench-peers", "phases": phases}))


def _like(fourth: PhasePlan, phase: PhasePlan) -> PhasePlan:
    """The phase with three outputs, the fourth's criteria, and the people affected whom one of them asks for."""
    outputs = list(phase.outputs)
    while len(outputs) < OUTPUTS:
        outputs.append(outputs[0].model_copy(update={"id": f"{phase.id}-liite-{len(outputs)}"}))
    checkpoint = phase.checkpoint.model_copy(update={"criteria": fourth.checkpoint.criteria})
    changed = {"outputs": tuple(outputs), "checkpoint": checkpoint, "affected": fourth.affected}
    return phase.model_copy(update=changed)


def _one_output(phase: PhasePlan, *, last: bool) -> PhasePlan:
    plan = phase.checkpoint
    groups = tuple(group.model_copy(update={"rule": GroupRule.ALL, "quorum": "1/2"}) for group in plan.groups)
    checkpoint = plan.model_copy(update={"criteria": (), "carries": (), "groups": groups[:1] if last else groups})
    return phase.model_copy(update={"outputs": phase.outputs[:1], "affected": (), "checkpoint": checkpoint})


def _sound(definition: Definition) -> Definition:
    """The definition, read anew: it is one that the product would take in."""
    problems = list(problems_of(definition))
    assert not problems, problems
    return Definition.model_validate_json(definition.model_dump_json(by_alias=True))
