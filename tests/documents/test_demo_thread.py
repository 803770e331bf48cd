"""The demo's five outputs hold together, and the version that is returned fails for a real reason."""

from functools import cache
from pathlib import Path

import pytest

from app.demo.moves import told_of
from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.documents.reading import read_document
from models.exchange.comparing import Fate, compare_outputs
from models.exchange.from_document import from_document
from models.outputs.checks import TYPED, Finding, find
from models.outputs.forms import FORMS, merged
from models.outputs.future_image import FutureImage
from models.outputs.held import Held
from models.outputs.rows import Output
from models.outputs.tracing import trace

CONFIG = Path(__file__).resolve().parents[2] / "config"
FINAL = {"tulevaisuuskuva": ".v2", "tuottamistarve": ".v2", "tuottamistapa": ".v2", "hallintomalli": ".v2"}


@cache
def definition() -> Definition:
    name = "kemijarvi-2030.yaml"
    return read_definition((CONFIG / "processes" / name).read_bytes(), name)


@cache
def output_of(phase: str, edition: str) -> Output:
    """The phase's outputs as one, each in that edition where there is one."""
    plan = definition().phase(phase)
    assert plan is not None
    parts = []
    for output in plan.outputs:
        file = CONFIG / "demo" / f"{output.id}{edition}.md"
        file = file if file.exists() else CONFIG / "demo" / f"{output.id}.md"
        taken = from_document(read_document(file.read_bytes(), file.name), plan.kind)
        assert taken.remarks == ()
        parts.append(taken.output)
    return merged(parts, FORMS[plan.kind])


def outputs(**editions: str) -> list[tuple[str, Output]]:
    return [(one.id, output_of(one.id, (FINAL | editions).get(one.id, ""))) for one in definition().phases]


def held(phase: str, former: Output | None = None, **editions: str) -> Held:
    whole = outputs(**editions)
    place = [key for key, _ in whole].index(phase)
    plan = definition().phase(phase)
    assert plan is not None
    return Held(phase, whole[place][1], whole[:place], former, [group.name for group in plan.affected])


CHECKED = [
    (phase.id, one.computed)
    for phase in definition().phases
    for one in phase.checkpoint.criteria
    if one.computed in TYPED
]


@pytest.mark.parametrize(("phase", "check"), CHECKED)
def test_every_typed_criterion_of_the_process_holds_for_what_is_locked_in_the_end(phase: str, check: str) -> None:
    found = find(check, held(phase))
    if check == "staff-cooperation-begun":  # whether it has begun is in the record
        assert [item.split()[0] for item in found.items] == ["TT2", "TT3", "TT4", "TT7", "TT9"]
        assert found.still == ()
    else:
        assert found == Finding(True)


def test_what_is_locked_in_the_end_is_one_unbroken_thread() -> None:
    found = trace(outputs())
    assert found is not None
    assert len(found.needs) == 11
    assert found.broken == ()
    assert all(one.challenges and one.environment and one.parts and one.methods and one.units for one in found.needs)


def test_the_returned_methods_rest_on_a_need_that_the_register_does_not_have() -> None:
    first = {"tuottamistarve": "", "tuottamistapa": ""}
    assert find("links-hold", held("tuottamistapa", **first)) == Finding(
        False,
        ("TT1 Yhteinen palvelupiste ja kiertävä neuvoja → T11", "TT6 Yhteinen kirjastoauto ja kokoelma → T11"),
    )
    assert find("needs-have-methods", held("tuottamistapa", **first)).holds
    without = {"tuottamistapa": ""}
    assert find("needs-have-methods", held("tuottamistapa", **without)).items == (
        "T11 Asiointimatka kylästä keskustaan vähintään kerran viikossa ilman omaa autoa",
    )


def test_the_need_added_after_the_return_takes_nothing_away() -> None:
    former = output_of("tuottamistarve", "")
    assert find("nothing-vanished", held("tuottamistarve", former)) == Finding(True)
    turned = Held("tuottamistarve", former, outputs()[:1], output_of("tuottamistarve", ".v2"))
    assert not find("nothing-vanished", turned).holds


def test_the_environment_and_the_challenges_are_those_of_the_source_with_the_groups_own_added() -> None:
    image = output_of("tulevaisuuskuva", ".v2")
    assert len(image.environment) == 41  # type: ignore[attr-defined]
    assert len(image.challenges) == 11  # type: ignore[attr-defined]
    assert image.challenges[0].means.split("\n") == [  # type: ignore[attr-defined]
        "palvelutarve muuttuu",
        "huoltosuhde heikkenee",
        "väestörakenne vinoutuu",
    ]


def test_the_councils_change_is_told_item_by_item() -> None:
    plan = definition().phase("operatiivinen-malli")
    assert plan is not None
    files = [CONFIG / "demo" / f"organisaatiorakenne{edition}.md" for edition in ("", ".valtuusto")]
    before, after = (from_document(read_document(f.read_bytes(), f.name), plan.kind).output for f in files)
    changes = [(one.id, one.fate) for one in compare_outputs(before, after)]
    assert changes == [("YK1", Fate.CHANGED), ("YK7", Fate.ADDED)]


def test_every_affected_group_of_the_demo_is_told_of_by_its_own_phase() -> None:
    plan = definition().phase("tuottamistapa")
    assert plan is not None

    told = [told_of(plan, group.name.fi).effect for group in plan.affected]

    assert len(set(told)) == len(plan.affected) == 3
    assert set(told) == {row.effect for row in output_of("tuottamistapa", ".v2").affected}


def test_every_finding_of_the_demo_says_where_it_is_known_from() -> None:
    image = output_of("tulevaisuuskuva", ".v2")
    assert isinstance(image, FutureImage)
    assert all(finding.evidence for finding in image.environment)
