"""Rules of a definition about phases and their checkpoints: what is carried, who accepts, what is tested."""

from collections.abc import Iterable, Iterator

from models.definitions.definition import CHECKS, Criterion, Definition, PhasePlan
from models.definitions.nearness import suggestion
from models.words import CheckpointKind

Path = tuple[str | int, ...]
Found = Iterator[tuple[Path, str]]


def phase_problems(definition: Definition) -> Found:
    """The order of phases, who takes part in them, and whose work leads on."""
    order = [phase.id for phase in definition.phases]
    for i, phase in enumerate(definition.phases):
        at: Path = ("phases", i)
        for j, received in enumerate(phase.receives or ()):
            if received in order[i:]:
                sentence = (
                    f'The phase "{received}" is not before "{phase.id}"; a phase receives only from earlier ones.'
                )
                yield (*at, "receives", j), sentence
        yield from _repeated(phase.receives or (), (*at, "receives"))
        yield from _repeated(phase.inputs, (*at, "inputs"))
        if not phase.participation and phase.no_participation_because is None:
            sentence = (
                f'The phase "{phase.id}" has no means of taking part. Add participation, or a reason for having none.'
            )
            yield at, sentence
        if phase.participation and phase.no_participation_because is not None:
            sentence = (
                f'The phase "{phase.id}" has means of taking part and a reason for having none. Remove one of them.'
            )
            yield (*at, "no_participation_because"), sentence
    used = {key for phase in definition.phases for key in definition.receives(phase.id)}
    for i, key in enumerate(order[:-1]):
        if key not in used:
            sentence = (
                f'No later phase receives from "{key}": its work would never reach the decision. Name it in receives.'
            )
            yield ("phases", i), sentence


def checkpoint_problems(definition: Definition) -> Found:
    """Kinds, carried phases, groups and four eyes of every checkpoint."""
    last = len(definition.phases) - 1
    for i, phase in enumerate(definition.phases):
        at: Path = ("phases", i, "checkpoint")
        if i == last and phase.checkpoint.kind is not CheckpointKind.READINESS:
            yield (*at, "kind"), f'"{phase.id}" is the last phase: its checkpoint is of the kind readiness.'
        if i != last and phase.checkpoint.kind is CheckpointKind.READINESS:
            yield (
                (*at, "kind"),
                f'Only the last phase has a checkpoint of the kind readiness; "{phase.id}" is not last.',
            )
        yield from _carried_problems(definition, phase, at)
        yield from _group_problems(definition, phase, at)
        yield from _four_eyes_problems(phase, i)
        yield from _criteria_problems(definition, i)


def ancestors(definition: Definition, key: str) -> set[str]:
    """The phases whose work a phase builds on, directly or through others."""
    found: set[str] = set()
    order = [phase.id for phase in definition.phases]
    waiting = [key]
    while waiting:
        for before in definition.receives(waiting.pop()):
            if before in order and before not in found:
                found.add(before)
                waiting.append(before)
    return found - {key}


def _carried_problems(definition: Definition, phase: PhasePlan, at: Path) -> Found:
    carried = phase.checkpoint.carries
    order = [one.id for one in definition.phases]
    here = order.index(phase.id)
    before = ancestors(definition, phase.id)
    for j, key in enumerate(carried):
        if key in order[here + 1 :]:
            yield (
                (*at, "carries", j),
                f'"{key}" comes after "{phase.id}"; a checkpoint carries this and earlier phases.',
            )
        elif key in order[:here] and key not in before:
            sentence = (
                f'"{phase.id}" does not build on "{key}", so its outputs may not be there yet. Name it in receives.'
            )
            yield (*at, "carries", j), sentence
    yield from _repeated(carried, (*at, "carries"))
    if carried and phase.id not in carried:
        yield (*at, "carries"), f'A checkpoint carries at least its own phase: add "{phase.id}", or leave carries out.'


def _group_problems(definition: Definition, phase: PhasePlan, at: Path) -> Found:
    checkpoint = phase.checkpoint
    if checkpoint.at_least is not None and checkpoint.at_least > len(checkpoint.groups):
        sentence = f"{checkpoint.at_least} groups are asked for, but the checkpoint has {len(checkpoint.groups)}."
        yield (*at, "at_least"), sentence
    yield from _repeated([group.group for group in checkpoint.groups], (*at, "groups"))
    carried = checkpoint.carries or (phase.id,)
    outputs = [output.id for one in definition.phases if one.id in carried for output in one.outputs]
    for j, group in enumerate(checkpoint.groups):
        share, _, whole = group.quorum.partition("/")
        if whole and int(share) > int(whole):
            sentence = f'The quorum "{group.quorum}" is more than all seats. A share is at most 1/1.'
            yield (*at, "groups", j, "quorum"), sentence
        yield from _repeated(group.covers, (*at, "groups", j, "covers"))
        for k, output in enumerate(group.covers):
            if output not in outputs:
                sentence = f'The checkpoint carries no output "{output}"{suggestion(output, outputs)}'
                yield (*at, "groups", j, "covers", k), sentence


def _four_eyes_problems(phase: PhasePlan, i: int) -> Found:
    if not phase.checkpoint.four_eyes:
        return
    for j, output in enumerate(phase.outputs):
        if output.owner == phase.checkpoint.preparer:
            sentence = (
                f'"{output.owner}" would both make "{output.id}" and state the outcome of its checkpoint. '
                "Choose another owner or preparer, or set four_eyes to false."
            )
            yield ("phases", i, "outputs", j, "owner"), sentence


def _criteria_problems(definition: Definition, i: int) -> Found:
    checkpoint = definition.phases[i].checkpoint
    at: Path = ("phases", i, "checkpoint", "criteria")
    yield from _repeated([criterion.id for criterion in checkpoint.criteria], at)
    for j, criterion in enumerate(checkpoint.criteria):
        if (criterion.computed is None) == (criterion.assessed_by is None):
            yield (*at, j), f'"{criterion.id}" must be either computed or assessed_by a role, and not both.'
        if criterion.computed is not None and criterion.computed not in CHECKS:
            sentence = f'There is no check "{criterion.computed}"{suggestion(criterion.computed, CHECKS)}'
            yield (*at, j, "computed"), sentence
        if criterion.id in {group.group for group in checkpoint.groups}:
            sentence = f'"{criterion.id}" is also a group of this checkpoint. Give the criterion another id.'
            yield (*at, j, "id"), sentence
        yield from _fact_problems(definition, i, criterion, (*at, j, "computed"))


def _fact_problems(definition: Definition, i: int, criterion: Criterion, path: Path) -> Found:
    """Checks that look at facts the definition never brings about."""
    phase = definition.phases[i]
    so_far = {one.id for one in definition.phases[: i + 1]}
    if criterion.computed == "affected-heard" and not phase.affected:
        yield (
            path,
            f'The phase "{phase.id}" names no affected groups to be heard. Add affected, or remove the criterion.',
        )
    if criterion.computed == "statements-asked" and not any(one.phase in so_far for one in definition.statements):
        yield path, f'No statement is asked by the end of "{phase.id}". Add one to statements, or remove the criterion.'


def _repeated(named: Iterable[str], path: Path) -> Found:
    names = list(named)
    for i, one in enumerate(names):
        if one in names[:i]:
            yield (*path, i), f'"{one}" stands here twice. Keep one.'
