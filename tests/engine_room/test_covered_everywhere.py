"""What is covered is taken away by the courier wherever it lies, and documents made of it are made again."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from paper_looking import pages, squeezed
from village import DRAFT, NAMES, Village

from app.works import Works
from models.commands import FileDissent, Redact
from models.errors import Overtaken
from models.municipality.commands import ChangeMunicipality, GiveRole
from models.papers.forms import OF_A_PACKAGE
from models.personal import Private
from models.proof.verify import verify
from models.storage import reading
from models.storage.covered_files import CONTENTS, cover_in
from models.storage.file_rows import made
from models.words import Role
from tasks.installation import within
from tasks.papers.making import record_paper, rendered

pytestmark = pytest.mark.prefect

TAG = re.compile(r"<[^>]*>")


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
    for one in again:
        assert "Peitetty:" in village.engine.files.path(one).read_text()
    assert village.all("select 1 from message_item where payload like :w", w=f"%{document}%") == []
    assert village.all("select key from outbox where state <> 'done'") == []
    assert verify(village.database, village.engine.files).findings == []


def readable(folder: Path) -> dict[str, str]:
    """Everything that can be read in any file under the folder: its bytes, what a zip holds, what a PDF says."""
    return {
        str(file.relative_to(folder)): "\n".join(_read(file.read_bytes()))
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _read(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            for name in opened.namelist():
                yield from _read(opened.read(name))
    if content.startswith(b"%PDF"):
        yield from pages(content)


def where(village: Village, words: str) -> list[str]:
    """The files of the installation in which the words can be read, however they are broken over lines and tags."""
    return [name for name, text in readable(village.settings.data_dir).items() if says(text, words)]


def says(text: str, words: str) -> bool:
    return any(squeezed(words) in squeezed(one) for one in (text, TAG.sub("", text)))


SAID = "Sanoin salaperäisesti näin"
WRITTEN = "Tunnistettava Mummonmökki Perukassa"


def a_phase_with_papers(village: Village, works: Works) -> tuple[str, str]:
    """A phase has passed and its papers and documents stand: the commitment to a dissent, and the output's document."""
    village.municipal(GiveRole(person="administrator", role=Role.PROTECTION, first=village.clock().date()))
    village.municipal(ChangeMunicipality(languages=("fi", "sv")))
    village.open()
    village.submit(text=f"{DRAFT}\n{WRITTEN}\n")
    village.act(FileDissent(phase="future-image", seat="teacher-1", text=Private(SAID)), "teacher-1")
    village.passing()
    village.open("production-need")
    works.drain(hasten=True)
    said = str(village.one("select commitment from personal where value = :said", said=SAID))
    return said, str(village.one("select document from draft where phase = 'future-image'"))


def covers_all(village: Village, *items: str) -> None:
    values = tuple(one for one in items if one.startswith("c1:"))
    files = tuple(one for one in items if not one.startswith("c1:"))
    village.act(Redact(commitments=values, files=files, ground="Tietosuoja-asetus 17 artikla"), "administrator")


def test_at_once_nothing_that_was_covered_can_be_read_in_any_file(
    village: Village, at_work: Callable[..., Works]
) -> None:
    said, document = a_phase_with_papers(village, at_work(village))
    endings = {name.rpartition(".")[2] for (name,) in village.all("select distinct format from rendition")}
    assert {"pdf", "html", "docx", "markdown"} <= endings
    for words in (SAID, WRITTEN):
        assert {name.partition("/")[0] for name in where(village, words)} >= {"files"}
    assert any(name.startswith("archive") for name in where(village, WRITTEN))
    stood = {row[0] for row in village.all("select sha256 from rendition")}
    told_of_it = {name.rpartition("/")[2] for words in (SAID, WRITTEN) for name in where(village, words)} & stood

    covers_all(village, said, document)  # and nobody is at work

    assert where(village, SAID) == []
    assert where(village, WRITTEN) == []
    assert told_of_it
    assert not any(village.engine.files.has(sha) for sha in told_of_it)
    assert verify(village.database, village.engine.files).findings == []
    with village.database.reading() as session:
        assert reading.renditions(session, 1, village.state.last_package or "") == {}, "no page offers what is gone"


def test_what_was_made_of_it_is_made_again_and_says_which_edition_it_is(
    village: Village, at_work: Callable[..., Works]
) -> None:
    works = at_work(village)
    said, document = a_phase_with_papers(village, works)
    before = village.one("select count(*) from rendition")

    for number, item in enumerate((said, document), 2):
        covers_all(village, item)
        works.drain(hasten=True)
        for language, edition in (("fi", f"{number}. versio, peitetty"), ("sv", f"version {number}, dold")):
            made = {
                row[0]: village.engine.files.path(row[1]).read_text()
                for row in village.all(
                    "select r.format, r.sha256 from rendition r join file f on f.sha256 = r.sha256 "
                    "where r.format in ('package.html', 'package.public.html') and r.language = :language",
                    language=language,
                )
            }
            assert made.keys() == {"package.html", "package.public.html"}
            assert all(edition in text for text in made.values())

    standing = village.one("select count(*) from rendition r join file f on f.sha256 = r.sha256")
    assert standing == before, "each document stands, in one edition"
    assert where(village, SAID) == where(village, WRITTEN) == []
    assert village.all("select key from outbox where state <> 'done'") == []
    assert verify(village.database, village.engine.files).findings == []


def test_what_did_not_hold_it_stands_as_it_was(village: Village, at_work: Callable[..., Works]) -> None:
    works = at_work(village)
    said, _ = a_phase_with_papers(village, works)
    before = dict(village.all("select sha256, format from rendition"))

    covers_all(village, said)

    gone = {form for sha, form in before.items() if not village.engine.files.has(sha)}
    assert gone == {form.name for form in OF_A_PACKAGE}, "a dissent is in what is made of the package, and nothing else"


@pytest.mark.parametrize("moment", ["rendered", "taken in"])
def test_a_paper_that_was_begun_before_comes_too_late_and_leaves_nothing(
    village: Village, at_work: Callable[..., Works], moment: str
) -> None:
    """One attempt has read the words and is slow; another is quick. Something is covered, and all is made anew."""
    works = at_work(village)
    said, _ = a_phase_with_papers(village, works)
    sequence = int(village.one("select max(seq) from event where type = 'CheckpointPassed'"))
    with within(village.installation), ExitStack() as slow:
        begun = rendered(village.name, village.process, sequence, again=True)
        told = next(one for one in begun if one.form.name == "package.html" and says(one.content.decode(), SAID))
        late = told._replace(content=told.content + b"<p>of another release</p>")
        if moment == "taken in":
            there, files, now = village.database, village.engine.files, village.clock()
            slow.enter_context(made(there, files, late.scope, late.content, "package.html", late.edition, now))
            assert where(village, "of another release") != []

        covers_all(village, said)
        works.drain(hasten=True)
        assert where(village, SAID) == []

        with pytest.raises(Overtaken, match="has been covered"):
            record_paper(late)
    assert where(village, SAID) == []
    assert village.all("select 1 from file_use where used_in like 'making/%'") == []
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
    told = verify(village.database, village.engine.files)
    assert (told.findings, told.leaving) == ([], 1), "somebody is about to take it away"

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
