"""Peitä tieto: a value or a file is gone from wherever it stood, and every record that named it still holds."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pydantic import ValidationError
from town import Town

from models.commands import RecordRendition, Redact
from models.errors import EtappiError, NotFound, NotValid, Overtaken, Refused
from models.municipality.commands import AddPerson, RemovePerson, RenamePerson
from models.personal import Private
from models.proof.export import export
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.files import FileStore
from models.words import StanceKind

GROUND = "Tietosuoja-asetus 17 artikla"
SAID = "Naapurini Wolmar sanoi niin"


def at_checkpoint(town: Town) -> str:
    process = town.create()
    town.to_checkpoint(process)
    return process


def said(town: Town, process: str, words: str = SAID) -> str:
    """The commitment to somebody's words."""
    reason = town.say(process, "teachers-1", StanceKind.OBJECT, words).events[0].event.reason
    assert reason
    return str(reason)


def covers(town: Town, process: str, *items: str) -> None:
    values = tuple(item for item in items if item.startswith("c1:"))
    files = tuple(item for item in items if not item.startswith("c1:"))
    town.act(process, Redact(commitments=values, files=files, ground=GROUND), "administrator")


def rows(town: Town, sql: str, **params: object) -> list[tuple]:
    with town.engine.database.reading() as session:
        return session.all(sql, params)


def document_of(town: Town, process: str) -> str:
    """The stored file of an output that has been submitted."""
    ((file,),) = rows(
        town,
        "select document from draft d join process_head h on h.id = d.process_id "
        "where h.key = :key and d.municipality_id = :municipality and output = 'need-0'",
        key=process,
        municipality=town.name,
    )
    return str(file)


def proved(town: Town, folder: Path, *processes: str) -> list[str]:
    """Everything holds, also in both editions of every export by the script that goes with it; what the script said."""
    assert verify(town.engine.database, town.engine.files).findings == []
    told = []
    for process in processes:
        for public in (False, True):
            place = folder / f"{process}-{public}-{len(list(folder.iterdir()))}"
            place.mkdir()
            archive = export(
                town.engine.database, town.engine.files, town.name, process, place, town.clock(), public=public
            )
            with zipfile.ZipFile(archive) as opened:
                opened.extractall(place)
            done = subprocess.run(
                [sys.executable, "-I", str(place / "verify_record.py")], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout
            told.append(done.stdout)
    return told


# --- values -------------------------------------------------------------------------------------------------------


def test_a_value_is_gone_with_its_salt_and_every_record_says_so(town: Town, tmp_path: Path) -> None:
    process = at_checkpoint(town)
    reason = said(town, process)
    (tmp_path / "out").mkdir()

    covers(town, process, reason)

    assert rows(town, "select 1 from personal where commitment = :c or value like :w", c=reason, w="%Wolmar%") == []
    for told in proved(town, tmp_path / "out", process):
        assert "peitetty: 1 personal values" in told
    found = b"".join(file.read_bytes() for file in (tmp_path / "out").rglob("*") if file.is_file())
    assert b"Wolmar" not in found


def test_what_was_covered_is_not_covered_again(town: Town) -> None:
    process = at_checkpoint(town)
    reason = said(town, process)
    document = document_of(town, process)
    covers(town, process, reason, document)

    for item in (reason, document):
        with pytest.raises(Refused, match=f"{item} has been covered already"):
            covers(town, process, item)

    assert len(rows(town, "select 1 from event where type = 'Redacted'")) == 1


def test_what_no_record_here_names_is_not_covered(town: Town) -> None:
    process, other = at_checkpoint(town), at_checkpoint(town)
    reason = said(town, other)
    unused = town.file("# Käyttämätön\n")
    for item in ("c1:" + "0" * 64, "0" * 64, reason, unused):
        with pytest.raises(NotFound, match="no personal value or file in this process"):
            covers(town, process, item)
    with pytest.raises(NotValid, match="Say what is covered"):
        covers(town, process)
    assert rows(town, "select 1 from event where type = 'Redacted'") == []
    assert rows(town, "select value from personal where commitment = :c", c=reason) == [(SAID,)]


@pytest.mark.parametrize(
    "hostile", ["", "c1:", "c1:%", "%", "c1:" + "Z" * 64, "../../etc/passwd", "c1:" + "0" * 63 + "'", "0" * 64 + "\n"]
)
def test_what_is_no_name_of_a_value_or_file_is_refused(hostile: str) -> None:
    for field in ("commitments", "files"):
        with pytest.raises(ValidationError):
            Redact.model_validate({field: [hostile], "ground": GROUND})


def test_only_the_data_protection_officer_covers(town: Town) -> None:
    process = at_checkpoint(town)
    reason = said(town, process)

    with pytest.raises(EtappiError, match="data-protection officer"):
        town.act(process, Redact(commitments=(reason,), ground=GROUND), "coordinator")


# --- names --------------------------------------------------------------------------------------------------------


def test_a_name_is_covered_in_every_record_once_the_directory_has_it_no_more(town: Town, tmp_path: Path) -> None:
    one, other = at_checkpoint(town), at_checkpoint(town)
    for process in (one, other):
        town.say(process, "teachers-1")
    ((name,),) = rows(town, "select name from person where person = 'teachers-1'")
    (tmp_path / "out").mkdir()

    with pytest.raises(Refused, match="by which teachers-1 is in the directory now"):
        covers(town, one, name)
    town.municipal(RenamePerson(person="teachers-1", name=Private("Uusi Nimi")))
    covers(town, one, name)

    assert rows(town, "select 1 from personal where commitment = :c", c=name) == []
    assert len(rows(town, "select 1 from event where type = 'Redacted'")) == 2, "each record tells it"
    proved(town, tmp_path / "out", one, other)


def test_an_address_that_only_the_directory_knew_is_covered(town: Town) -> None:
    process = town.create()
    town.municipal(AddPerson(person="leaver", name=Private("Lähtijä"), email=Private("lahtija@testila.fi")))
    ((address,),) = rows(town, "select email from person where person = 'leaver'")
    town.municipal(RemovePerson(person="leaver", reason=Private("Muutti")))

    covers(town, process, address)

    assert rows(town, "select 1 from personal where value like 'lahtija@%'") == []
    assert verify(town.engine.database, town.engine.files).findings == []


# --- files --------------------------------------------------------------------------------------------------------


def test_a_file_is_gone_from_every_process_that_used_it(town: Town, tmp_path: Path) -> None:
    one, other = at_checkpoint(town), at_checkpoint(town)
    document = document_of(town, one)
    assert document == document_of(town, other), "the same draft was saved in both"
    (tmp_path / "out").mkdir()

    covers(town, one, document)

    assert not town.engine.files.has(document)
    assert len(rows(town, "select 1 from event where type = 'Redacted'")) == 2
    told = proved(town, tmp_path / "out", one, other)
    assert "and 1 files were redacted" in told[0]


def test_what_was_made_of_it_is_covered_with_it_and_made_again(town: Town) -> None:
    process = at_checkpoint(town)
    reason, document = said(town, process), document_of(town, process)
    for seat in ("teachers-2", "teachers-3", *town.seats["builders"], *town.seats["neighbours"]):
        town.say(process, seat)
    manifest = town.state(process).rounds["need"].manifest
    unread, made_of_it = town.file("# Avauksesta\n"), town.file("# Koottu luonnoksesta\n")
    for of, file in ((manifest, made_of_it), ("a" * 64, unread)):
        rendition = RecordRendition(of=of, language="fi", format="markdown", sha256=file, renderer="test 1")
        town.engine.handle(town.name, rendition, "flow", process=process, channel="flow")

    covers(town, process, document)

    assert not town.engine.files.has(made_of_it)
    assert town.engine.files.has(unread), "what was made of other things stays"
    again = rows(town, "select key from outbox where kind = 'phase' and key like '%:phase:%:round%' order by id")
    assert [key.count(":") for (key,) in again] == [4, 5], "the round's document is owed once more"
    assert verify(town.engine.database, town.engine.files).findings == []
    covers(town, process, reason)
    assert verify(town.engine.database, town.engine.files).findings == []


def test_a_document_made_of_a_file_that_was_covered_meanwhile_comes_too_late(town: Town) -> None:
    process = at_checkpoint(town)
    document = document_of(town, process)
    made = town.file("# Koottu ennen peittämistä\n")
    covers(town, process, document)

    late = RecordRendition(of="a" * 64, language="fi", format="markdown", sha256=made, renderer="t")
    with pytest.raises(Overtaken, match="has been covered"):
        town.engine.handle(town.name, late, "flow", process=process, channel="flow")

    assert rows(town, "select 1 from rendition") == []


def test_work_goes_on_after_a_document_has_been_covered(town: Town) -> None:
    process = at_checkpoint(town)
    covers(town, process, document_of(town, process))
    town.all_accept(process)
    town.passing(process)
    town.to_checkpoint(process, "way")
    assert verify(town.engine.database, town.engine.files).findings == []


def test_a_file_of_the_other_municipality_stays_there(database: Database, files: FileStore) -> None:
    towns = [Town.opened(database, files, name=name) for name in ("testila", "toisela")]
    one, other = (at_checkpoint(town) for town in towns)
    document = document_of(towns[0], one)

    covers(towns[0], one, document)

    assert files.has(document), "the other municipality has the same file, and keeps it"
    assert verify(database, files).findings == []
    covers(towns[1], other, document)
    assert not files.has(document)
