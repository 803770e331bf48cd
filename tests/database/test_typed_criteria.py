"""Typed criteria are found in the stored versions, before the lock, and refuse with the rows that do not hold."""

import json

import pytest
from town import Town, definition

from models.commands import Amend, ChangeCriterion, OpenPhase, Redact, RemoveCriterion, Return, Seen, Submit
from models.definitions.definition import Definition
from models.engine import Engine
from models.errors import CriteriaUnmet
from models.events import CheckpointPassed
from models.outputs.checks import Finding
from models.outputs.forms import output_text
from models.outputs.production_need import Need, ProductionNeed
from models.storage.database import Database
from models.storage.drafts import Contents
from models.storage.files import FileStore
from models.storage.typed import TypedContent
from models.words import PhaseKind

NEEDS = """# Tarpeet

| Tunnus | Tarve | Kenellä | Näyttö | Kiireellisyys |
| --- | --- | --- | --- | --- |
| T1 | Neuvo | Kaikki | Kysely | heti |
| T2 | Kyyti | Kylät | {evidence} | pian |
"""


def typed_plan() -> Definition:
    """The town's definition with its first phase a production need, and its second the way each need is met."""
    plan = json.loads(definition(outputs=1).model_dump_json(by_alias=True))
    for phase, kind, checks in zip(
        plan["phases"],
        ("production_need", "production_method"),
        (("needs-grounded", "nothing-vanished"), ("needs-have-methods",)),
        strict=True,
    ):
        phase["kind"] = kind
        phase["checkpoint"]["criteria"] = [{"id": c, "text": {"fi": c}, "computed": c} for c in checks]
    return Definition.model_validate(plan)


@pytest.fixture
def town(database: Database, files: FileStore) -> Town:
    return Town.opened(database, files, plan=typed_plan())


def at_checkpoint(town: Town, document: str, typed: ProductionNeed | None = None) -> str:
    process = town.create()
    town.act(process, OpenPhase(phase="need"), "coordinator")
    save(town, process, "need", document, typed)
    town.act(process, Submit(phase="need"), "owner")
    town.all_accept(process)
    return process


def goes_on(town: Town, process: str) -> None:
    """The next phase comes to its checkpoint with a method for the first need alone."""
    methods = "# Tavat\n\n| Tarve | Esitetty tapa | Kuka tuottaa |\n| --- | --- | --- |\n| T1 | Itse | Me |\n"
    town.act(process, OpenPhase(phase="way"), "coordinator")
    save(town, process, "way", methods)
    town.act(process, Submit(phase="way"), "owner")


def save(town: Town, process: str, phase: str, document: str, typed: ProductionNeed | None = None) -> None:
    before = town.engine.drafts.read(town.name, process, phase).get(f"{phase}-0")
    held = Contents(document=town.file(document), typed=town.file(output_text(typed), "typed.json") if typed else None)
    revision = before.revision if before else 0
    town.engine.drafts.save(town.name, process, phase, f"{phase}-0", held, "owner", revision=revision)


def test_a_phase_passes_when_the_tables_of_its_document_hold(town: Town) -> None:
    process = at_checkpoint(town, NEEDS.format(evidence="Selvitys"))

    passed = town.passing(process).events[0].event

    assert isinstance(passed, CheckpointPassed)
    assert passed.criteria == {"needs-grounded": True, "nothing-vanished": True}


def test_a_refusal_lists_exactly_the_rows_that_do_not_hold(town: Town) -> None:
    process = at_checkpoint(town, NEEDS.format(evidence=""))

    with pytest.raises(CriteriaUnmet, match=r"needs-grounded \(T2 Kyyti\)") as refused:
        town.passing(process)

    assert refused.value.facts["items"] == {"needs-grounded": ("T2 Kyyti",)}


def test_typed_content_says_it_where_the_document_has_no_table(town: Town) -> None:
    need = Need(id="T7", need="Neuvo", holder="Kaikki")
    process = at_checkpoint(town, "# Vain tekstiä\n", ProductionNeed(needs=(need,)))

    with pytest.raises(CriteriaUnmet, match=r"T7 Neuvo"):
        town.passing(process)


def test_a_document_without_rows_cannot_be_judged_and_refuses(town: Town) -> None:
    process = at_checkpoint(town, "# Vain tekstiä\n")

    with pytest.raises(CriteriaUnmet, match="needs-grounded, nothing-vanished"):
        town.passing(process)


def test_a_need_that_vanishes_when_the_work_comes_back_is_caught(town: Town) -> None:
    process = at_checkpoint(town, NEEDS.format(evidence="Selvitys"))
    town.passing(process)
    goes_on(town, process)
    round_ = town.state(process).rounds["way"]
    seen = Seen(round=round_.no, manifest=round_.manifest)
    town.act(process, Return(phase="way", to="need", reason="Puuttuu.", seen=seen), "preparer")
    fewer = "\n".join(line for line in NEEDS.format(evidence="x").splitlines() if "T2" not in line)
    save(town, process, "need", fewer)
    town.act(process, Submit(phase="need"), "owner")
    town.all_accept(process)

    with pytest.raises(CriteriaUnmet, match=r"nothing-vanished \(T2 Kyyti\)"):
        town.passing(process)


def test_the_next_phase_answers_every_need_that_was_handed_over(town: Town) -> None:
    process = at_checkpoint(town, NEEDS.format(evidence="Selvitys"))
    town.passing(process)
    goes_on(town, process)
    town.all_accept(process)

    with pytest.raises(CriteriaUnmet, match=r"needs-have-methods \(T2 Kyyti\)"):
        town.passing(process)


def test_a_criterion_that_came_through_another_program_is_looked_at_all_the_same(town: Town) -> None:
    process = at_checkpoint(town, NEEDS.format(evidence="Selvitys"))
    grounded, vanished = typed_plan().phases[0].checkpoint.criteria
    removed = (RemoveCriterion(phase="need", criterion=one.id) for one in (grounded, vanished))
    reworked(town, process, *removed)
    ours = town.engine
    town.engine = Engine(ours.database, ours.files, ours.clock)
    reworked(town, process, ChangeCriterion(phase="need", criterion=grounded))
    command = town.passing_of(town.state(process))

    passed = ours.handle(town.name, command, "preparer", process=process).events[0].event

    assert isinstance(passed, CheckpointPassed)
    assert passed.criteria == {"needs-grounded": True}


def reworked(town: Town, process: str, *changes: ChangeCriterion | RemoveCriterion) -> None:
    """The work came back, other things hold from now on, and it is at its checkpoint again, accepted by all."""
    round_ = town.state(process).rounds["need"]
    seen = Seen(round=round_.no, manifest=round_.manifest)
    town.act(process, Return(phase="need", to="need", reason="Puuttuu.", seen=seen), "preparer")
    for change in changes:
        town.act(process, Amend(change=change, reason="Sovittiin."), "coordinator")
    town.act(process, Submit(phase="need"), "owner")
    town.all_accept(process)


def test_what_was_found_is_not_read_again_and_other_versions_are(town: Town) -> None:
    process = at_checkpoint(town, NEEDS.format(evidence=""))
    state = town.state(process)
    plan = typed_plan()
    with town.engine.database.reading() as session:
        scope = session.one("select process_id from process where key = :key", {"key": process})
        assert scope
        content = TypedContent(session, town.engine.files, town.name, scope[0])
        first = content.facts(state, plan, "need")
        assert first is not None
        second = content.facts(state, plan, "need")
        assert second is not None
        assert first.findings["needs-grounded"] is second.findings["needs-grounded"]
        assert content.facts(state, definition(), "need") is None


@pytest.mark.parametrize("warm", [False, True])
def test_covered_typed_content_is_told_nowhere_and_falls_back_to_the_document(
    town: Town, warm: bool, request: pytest.FixtureRequest
) -> None:
    """Also where it was read, and judged, before it was covered."""
    secret = f"Salainen tarve: {request.node.name}"
    typed = ProductionNeed(needs=(Need(id="T1", need=secret, holder="Kaikki"),))
    process = at_checkpoint(town, NEEDS.format(evidence="Selvitys"), typed)
    version = town.state(process).rounds["need"].versions["need-0"].sha256

    def told() -> tuple[tuple[str, ...], Finding]:
        """The names of the needs, and what is found in them."""
        with town.engine.database.reading() as session:
            scope = session.one("select process_id from process where key = :key", {"key": process})
            assert scope
            content = TypedContent(session, town.engine.files, town.name, scope[0])
            facts = content.facts(town.state(process), typed_plan(), "need")
            assert facts is not None
            output = content.output(version, PhaseKind.PRODUCTION_NEED)
            assert isinstance(output, ProductionNeed)
            return tuple(need.need for need in output.needs), facts.findings["needs-grounded"]

    if warm:
        assert told() == ((secret,), Finding(False, (f"T1 {secret}",)))
    hidden = town.file(output_text(typed), "typed.json")
    town.act(process, Redact(files=(hidden,), ground="Tietosuoja-asetus 17 artikla"), "administrator")

    assert told() == (("Neuvo", "Kyyti"), Finding(True))
