"""What is covered is taken away by the courier wherever it lies, and documents made of it are made again."""

import json
from collections.abc import Callable

import pytest
from village import DRAFT, NAMES, Village

from app.works import Works
from models.commands import FileDissent, Redact
from models.municipality.commands import GiveRole
from models.personal import Private
from models.proof.verify import verify
from models.words import Role
from tasks.covering import CONTENTS, cover_in

pytestmark = pytest.mark.prefect


def covers(village: Village) -> str:
    """The document of the phase's output, with its writer's name in it, is covered; its hash."""
    village.municipal(GiveRole(person="administrator", role=Role.PROTECTION, first=village.clock().date()))
    document = str(village.one("select document from draft"))
    village.act(Redact(files=(document,), ground="Tietosuoja-asetus 17 artikla"), "administrator")
    return document


def written(village: Village) -> str:
    """All that lies in the installation's folder, but for the databases and the messages that have left."""
    folder = village.settings.data_dir
    files = [file for part in ("files", "archive") for file in (folder / part).rglob("*") if file.is_file()]
    return "\n".join(file.read_text("utf-8", "replace") for file in files)


def test_a_covered_document_is_in_no_file_folder_or_document(village: Village, at_work: Callable[..., Works]) -> None:
    works = at_work(village)
    village.through()
    village.open("production-need")
    works.drain(hasten=True)
    assert NAMES["owner"] in written(village)
    compiled = "select sha256 from rendition where format = 'markdown'"
    before = {row[0] for row in village.all(compiled)}

    document = covers(village)
    works.drain(hasten=True)

    assert NAMES["owner"] not in written(village)
    (place,) = village.archived()
    listed = json.loads((place / CONTENTS).read_text())
    assert [entry["covered"] for entry in listed if entry["sha256"] == document] == [True]
    assert {entry["file"] for entry in listed if not entry.get("covered")} | {CONTENTS} == {
        str(file.relative_to(place)) for file in place.rglob("*") if file.is_file()
    }
    again = {row[0] for row in village.all(compiled)} - before
    assert len(again) == 3, "of the round, of the passing, and of the opening that received it"
    for made in again:
        assert "Peitetty:" in village.engine.files.path(made).read_text()
    assert village.all("select 1 from message_item where payload like :w", w=f"%{document}%") == []
    assert village.all("select key from outbox where state <> 'done'") == []
    assert verify(village.database, village.engine.files).findings == []


def test_a_paper_that_told_what_was_covered_is_made_again_and_the_former_is_gone(
    village: Village, at_work: Callable[..., Works]
) -> None:
    works = at_work(village)
    village.open()
    village.submit()
    said = "Sanoin salaperäisesti näin"
    village.act(FileDissent(phase="future-image", seat="teacher-1", text=Private(said)), "teacher-1")
    village.passing()
    works.drain(hasten=True)
    before = {row[0] for row in village.all("select sha256 from rendition")}
    told = [sha for sha in before if said in village.engine.files.path(sha).read_text("utf-8", "replace")]
    assert told, "at least one paper that can be read as text tells it"
    village.municipal(GiveRole(person="administrator", role=Role.PROTECTION, first=village.clock().date()))
    value = str(village.one("select commitment from personal where value = :said", said=said))

    village.act(Redact(commitments=(value,), ground="Tietosuoja-asetus 17 artikla"), "administrator")
    works.drain(hasten=True)

    assert said not in written(village)
    assert not any(village.engine.files.has(sha) for sha in told)
    standing = {row[0] for row in village.all("select r.sha256 from rendition r join file f on f.sha256 = r.sha256")}
    assert len(standing) == len(before), "each paper stands, in one edition"
    assert verify(village.database, village.engine.files).findings == []


def test_what_is_handed_over_after_it_was_covered_does_not_have_it(
    village: Village, at_work: Callable[..., Works]
) -> None:
    village.through()
    document = covers(village)

    at_work(village).drain()

    (place,) = village.archived()
    assert {"sha256": document, "covered": True}.items() <= next(
        entry for entry in json.loads((place / CONTENTS).read_text()) if entry["sha256"] == document
    ).items()
    assert "| Haaste |" in DRAFT
    assert "| Haaste |" not in written(village)


def test_an_engine_that_died_before_the_file_was_gone_is_followed_by_the_courier(
    village: Village, at_work: Callable[..., Works]
) -> None:
    village.through()
    document = str(village.one("select document from draft"))
    content = village.engine.files.path(document).read_bytes()
    covers(village)
    village.engine.files.path(document).write_bytes(content)  # as if it had not come so far
    assert verify(village.database, village.engine.files).findings == [], "somebody is about to take it away"

    at_work(village).drain()

    assert not village.engine.files.has(document)
    village.engine.files.path(document).write_bytes(content)
    assert "redacted and is there" in verify(village.database, village.engine.files).findings[0].what


def test_covering_in_the_archive_goes_on_where_it_died(village: Village, at_work: Callable[..., Works]) -> None:
    village.through()
    at_work(village).drain()
    (place,) = village.archived()
    listed = json.loads((place / CONTENTS).read_text())
    document = next(entry for entry in listed if entry["file"].endswith(".md"))
    listed[listed.index(document)] = document | {"covered": True}
    (place / CONTENTS).write_text(json.dumps(listed))
    assert (place / document["file"]).exists()

    assert cover_in(place, [document["sha256"]]) == 1

    assert not (place / document["file"]).exists()
    assert cover_in(place, ["0" * 64]) == 0
    assert cover_in(place.parent, [document["sha256"]]) == 0
