"""The demo's documents fit their process, hold together, and differ as the demo's story says."""

from functools import cache
from pathlib import Path

import pytest

from models.compiled.compilation import Material, Source, compiled
from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.documents.comparison import ChangeKind, count_changes
from models.documents.document_comparison import Passage, compare_documents
from models.documents.parts import Document
from models.documents.reading import read_document

CONFIG = Path(__file__).resolve().parents[2] / "config"
NOTHING_MISSING = "Taulukoista ei puutu mitään"


@cache
def definition() -> Definition:
    name = "kemijarvi-2030.yaml"
    return read_definition((CONFIG / "processes" / name).read_bytes(), name)


@cache
def demo(name: str) -> Document:
    return read_document((CONFIG / "demo" / name).read_bytes(), name)


def files() -> list[str]:
    return sorted(path.name for path in (CONFIG / "demo").glob("*.md") if path.name != "README.md")


def compiled_phase(phase: str, edition: str, received: dict[str, str]) -> str:
    """The compiled document of a phase of the demo; `received` are earlier phases and their editions."""
    material = Material(
        process="Kemijärvi 2030",
        phase=phase,
        own=sources(phase, edition),
        received=tuple(source for key, of in received.items() for source in sources(key, of)),
    )
    plan = definition().phase(phase)
    assert plan is not None
    return compiled(plan.kind, material)


def sources(phase: str, edition: str) -> tuple[Source, ...]:
    plan = definition().phase(phase)
    assert plan is not None
    names = [
        (out, f"{out.id}{edition}.md" if f"{out.id}{edition}.md" in files() else f"{out.id}.md") for out in plan.outputs
    ]
    return tuple(Source(output=out.id, name=out.name.fi, document=demo(name)) for out, name in names)


def changed(before: str, after: str) -> list[Passage]:
    return [passage for passage in compare_documents(demo(before), demo(after)) if passage.changed]


def test_every_output_of_the_process_has_a_document_and_every_document_an_output():
    outputs = {output.id for phase in definition().phases for output in phase.outputs}
    assert {name.split(".")[0] for name in files()} == outputs
    assert {f"{output}.md" for output in outputs} <= set(files())


@pytest.mark.parametrize("name", files())
def test_a_document_reads_without_remarks_and_says_that_it_is_an_example(name):
    document = demo(name)
    assert document.remarks == ()
    assert "Esimerkkiasiakirja" in (CONFIG / "demo" / name).read_text("utf-8")
    assert f"`{name}`" in (CONFIG / "demo" / "README.md").read_text("utf-8")


def test_every_phase_compiles_with_nothing_missing_but_the_need_the_story_finds():
    image, need = {"tulevaisuuskuva": ".v2"}, {"tuottamistarve": ".v2"}
    for phase, edition, received in [
        ("tulevaisuuskuva", "", {}),
        ("tulevaisuuskuva", ".v2", {}),
        ("tuottamistarve", "", image),
        ("tuottamistarve", ".v2", image),
        ("tuottamistapa", ".v2", need),
        ("hallintomalli", ".v2", {}),
        ("operatiivinen-malli", "", {}),
    ]:
        assert NOTHING_MISSING in compiled_phase(phase, edition, received)
    found = compiled_phase("tuottamistapa", "", need)
    assert NOTHING_MISSING not in found
    assert "Tarpeelle ei ole vaihtoehtoja: T11 Asiointimatka kylästä keskustaan" in found


def test_the_figures_of_the_phases_agree():
    euros = "9 435 000 | 9 044 000 | −391 000".replace("9 ", "9\u00a0").replace(" 000", "\u00a0000")
    assert f"| Yhteensä | {euros} | 138,5 | 128,7 | −9,8 |" in compiled_phase("tuottamistapa", ".v2", {})
    assert f"| {euros} |" in compiled_phase("operatiivinen-malli", "", {})
    for edition in ("", ".valtuusto"):
        model = compiled_phase("operatiivinen-malli", edition, {})
        assert "| Yhteensä | 138,5 | 128,7 | −9,8 | " in model
    assert "| 9\u00a0435\u00a0000 | 9\u00a0044\u00a0000 | −391\u00a0000 |" in compiled_phase(
        "operatiivinen-malli", "", {}
    )


def test_the_objection_brought_a_chapter_on_the_villages():
    headings = [passage.after for passage in changed("tulevaisuuskuva-2030.md", "tulevaisuuskuva-2030.v2.md")]
    assert "Kylien arki" in headings


def test_the_return_brought_the_eleventh_need():
    assert changed("tarverekisteri.md", "tarverekisteri.v2.md")[0].after.startswith("T11 | Asiointimatka")


def test_the_technical_correction_is_one_comma():
    (only,) = changed("hallintomallirakenne.md", "hallintomallirakenne.v2.md")
    assert count_changes(only.changes) == 1
    assert [change.text for change in only.changes if change.kind is not ChangeKind.KEPT] == [","]


def test_the_council_kept_the_village_services_as_a_unit():
    rows = changed("organisaatiorakenne.md", "organisaatiorakenne.valtuusto.md")
    assert [passage.after.split(" | ")[1] for passage in rows[:2]] == ["Asukaspalvelut", "Kylien palveluohjaus"]
    assert "säilyy omana yksikkönään" in rows[2].after
