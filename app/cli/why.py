"""Why a criterion holds or does not, in a sentence. Whether it does, `models/criteria.py` says."""

from collections.abc import Callable, Iterable

from app.cli.desk import Desk
from models.criteria import due_conditions, evaluate, lacking
from models.definitions.definition import CheckpointPlan, Criterion
from models.outputs.checks import TYPED
from models.rounds import standing
from models.storage import reading
from models.words import ObjectionStatus, PhaseStatus
from models.world import World

Why = Callable[[Desk, str], str]


def tested(desk: Desk, phase: str) -> list[tuple[Criterion, bool | None, str]]:
    """Each criterion of the checkpoint, whether it holds now or held when the phase passed, and why."""
    plan = desk.checkpoint(phase)
    if desk.process.phases[phase].status is PhaseStatus.PASSED:
        return _when_passed(desk, phase, plan)
    if phase not in desk.process.rounds:
        return [(criterion, None, "no round is open") for criterion in plan.criteria]
    world = desk.world(typed=phase)
    held = evaluate(desk.process, world, phase, plan)
    return [
        (criterion, held[criterion.id], _why_typed(desk, world, phase, criterion, held[criterion.id]))
        if criterion.computed in TYPED
        else (criterion, held[criterion.id], _why(desk, phase, criterion))
        for criterion in plan.criteria
    ]


def _when_passed(desk: Desk, phase: str, plan: CheckpointPlan) -> list[tuple[Criterion, bool | None, str]]:
    with desk.reading() as session:
        passed = reading.passing(session, desk.scope.id, phase)
    held, waived = (passed.criteria, passed.waived) if passed else ({}, {})
    told = []
    for criterion in plan.criteria:
        why = waived.get(criterion.id)
        said = f"waived: {desk.names.text(why)}" if why else "when the phase passed"
        told.append((criterion, held.get(criterion.id), said))
    return told


def _why(desk: Desk, phase: str, criterion: Criterion) -> str:
    if criterion.computed is None:
        return _assessed(desk, phase, criterion)
    return REASONS[criterion.computed](desk, phase)


def _assessed(desk: Desk, phase: str, criterion: Criterion) -> str:
    round_ = desk.process.rounds[phase]
    said = round_.assessed.get(criterion.id)
    role = desk.names.role(criterion.assessed_by or "")
    if said is None:
        return f"{role} has not assessed it"
    if any(version.changed > said.edition for version in round_.versions.values()):
        return f"{role} assessed it before versions changed"
    return f"{role} says so"


def _why_typed(desk: Desk, world: World, phase: str, criterion: Criterion, holds: bool | None) -> str:
    if holds is None:
        return "the outputs hold no rows to judge by"
    items = lacking(desk.process, world, phase, criterion)
    if items and not desk.secrecy.allows_all():
        return f"not so for {len(items)} rows; some of the outputs are secret"
    return f"not so: {'; '.join(items)}" if items else "so says every row"


def _outputs(desk: Desk, phase: str) -> str:
    versions = desk.process.rounds[phase].versions
    outputs = desk.world().phase(phase).outputs
    return _lacking(
        "without a version",
        "all are there",
        (desk.names.output(o.id) for o in outputs if o.required and o.id not in versions),
    )


def _answered(desk: Desk, phase: str) -> str:
    groups = desk.process.rounds[phase].groups
    silent = [(at.group, standing(desk.process, phase, at).silent) for at in groups]
    return _lacking(
        "silent", "everybody has answered", (f"{desk.names.group(group)} {count}" for group, count in silent if count)
    )


def _heard(desk: Desk, phase: str) -> str:
    affected = desk.world().phase(phase).affected
    missing = (a.name.in_(desk.language) for a in affected if f"{phase}/{a.id}" not in desk.process.opportunities)
    return _lacking("not given an opportunity", "all were given one", missing)


def _objections(desk: Desk, phase: str) -> str:
    here = ((key, one) for key, one in desk.process.objections.items() if one.phase == phase and one.result is None)
    unsettled = (ObjectionStatus.OPEN, ObjectionStatus.DISSENT, ObjectionStatus.RETURNED)
    return _lacking("not answered", "none waits for an answer", (key for key, one in here if one.status in unsettled))


def _conditions(desk: Desk, phase: str) -> str:
    return _lacking("open", "none is open", due_conditions(desk.process, desk.world(), phase))


def _statements(desk: Desk, phase: str) -> str:
    order = list(desk.process.phases)
    due = [s for s in desk.definition.statements if order.index(s.phase) <= order.index(phase)]
    asked = desk.process.statements
    return _lacking(
        "not asked, or their time runs",
        "all were asked in time",
        (
            s.name.in_(desk.language)
            for s in due
            if s.id not in asked or (asked[s.id].given is None and asked[s.id].due >= desk.today)
        ),
    )


def _judged(desk: Desk, phase: str) -> str:
    needed = desk.process.cooperation.needed
    if needed is None:
        return "nobody has judged whether 449/2007 applies"
    return "judged: it applies" if needed else "judged: it does not apply"


def _done(desk: Desk, phase: str) -> str:
    if desk.process.cooperation.needed and desk.process.cooperation.ended is None:
        return "the negotiations have not ended"
    return _judged(desk, phase)


def _lacking(what: str, otherwise: str, items: Iterable[str]) -> str:
    found = list(items)
    return f"{what}: {', '.join(found)}" if found else otherwise


REASONS: dict[str, Why] = {
    "output-submitted": _outputs,
    "groups-answered": _answered,
    "affected-heard": _heard,
    "objections-answered": _objections,
    "conditions-done": _conditions,
    "statements-asked": _statements,
    "staff-cooperation-judged": _judged,
    "staff-cooperation-done": _done,
}
"""The reason of each check; a test compares the list with the checks there are."""
