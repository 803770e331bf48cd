"""Stored files are whole or not there, known by their contents, and named so that any machine can hold them."""

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from models.errors import Broken, NotValid
from models.storage.file_kinds import clean_name
from models.storage.files import FileStore, StoredFile

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def save(files: FileStore, content: bytes, name: str) -> StoredFile:
    return files.save(io.BytesIO(content), name)


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def word(**more: str) -> bytes:
    return zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>", **more})


def left_behind(files: FileStore) -> list[Path]:
    return list(files.incoming.glob("*")) if files.incoming.exists() else []


def test_a_file_is_stored_under_the_hash_of_its_contents(files: FileStore) -> None:
    stored = save(files, b"# Otsikko\n", "luonnos.md")

    digest = hashlib.sha256(b"# Otsikko\n").hexdigest()
    assert stored == StoredFile(sha256=digest, size=10, media="text/markdown", name="luonnos.md")
    with files.open(digest) as opened:
        assert opened.read() == b"# Otsikko\n"
    assert left_behind(files) == []


def test_the_same_contents_are_one_file(files: FileStore) -> None:
    assert save(files, PDF, "yksi.pdf").sha256 == save(files, PDF, "kaksi.pdf").sha256
    assert len(files.stored()) == 1


def test_a_stored_file_that_was_changed_no_longer_holds(files: FileStore) -> None:
    stored = save(files, PDF, "yksi.pdf")
    assert files.holds(stored.sha256)

    place = files.path(stored.sha256)
    place.chmod(0o640)
    place.write_bytes(b"other")

    assert not files.holds(stored.sha256)
    assert not files.holds("0" * 64)


def test_a_missing_file_is_said_in_words(files: FileStore) -> None:
    with pytest.raises(Broken, match="is missing"):
        files.open("0" * 64)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, ""])
def test_what_is_no_hash_names_no_file(files: FileStore, name: str) -> None:
    with pytest.raises(NotValid, match="is not the hash"):
        files.path(name)


KINDS = [
    (b"a;b\n1;2\n", "luvut.csv", "text/csv"),
    ("Hyvää päivää\n".encode(), "kirje.txt", "text/plain"),
    (PDF, "esitys.pdf", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n....", "kuva.png", "image/png"),
    (b"\xff\xd8\xff\xe0....", "kuva.jpeg", "image/jpeg"),
    (word(), "muistio.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (
        zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
        "luvut.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        zipped(**{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
        "kalvot.pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (
        zipped(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<o/>"}),
        "muistio.odt",
        "application/vnd.oasis.opendocument.text",
    ),
]


@pytest.mark.parametrize(("content", "name", "media"), KINDS, ids=[kind[1] for kind in KINDS])
def test_a_file_is_known_by_its_contents(files: FileStore, content: bytes, name: str, media: str) -> None:
    stored = save(files, content, name)

    assert (stored.media, stored.name) == (media, name)


REFUSED = [
    (b"", "tyhja.md", "is empty"),
    (b"x" * 1_000_001, "suuri.txt", "larger than 1 MB"),
    (b"MZ\x90\x00", "ohjelma.exe", "not of a kind"),
    (b"<html></html>", "sivu.html", "not of a kind"),
    (b"#!/bin/sh\n\x00", "skripti.txt", "not of a kind"),
    (b"\xff\xfe\x00h", "vanha.txt", "not of a kind|not in UTF-8"),
    ("päivä".encode("latin-1"), "vanha.csv", "not in UTF-8"),
    (zipped(**{"luvut.txt": "1"}), "paketti.zip", "not of a kind"),
    (b"PK\x03\x04 rikki", "rikki.docx", "not of a kind"),
    (zipped(**{"mimetype": "text/plain", "content.xml": "<o/>"}), "muu.odt", "not of a kind"),
    (word(**{"word/vbaProject.bin": "x"}), "makrot.docx", "holds macros"),
]


@pytest.mark.parametrize(("content", "name", "why"), REFUSED, ids=[refused[1] for refused in REFUSED])
def test_what_is_not_taken_in_leaves_nothing_behind(files: FileStore, content: bytes, name: str, why: str) -> None:
    with pytest.raises(NotValid, match=why):
        save(files, content, name)

    assert left_behind(files) == []
    assert [file for file in files.folder.glob("??/*") if file.is_file()] == []


def test_a_name_gets_the_ending_of_what_the_file_is(files: FileStore) -> None:
    assert save(files, PDF, "esitys.docx").name == "esitys.pdf"
    assert save(files, PDF, "kokous 1.2.2027").name == "kokous 1.2.2027.pdf"


NAMES = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\me\\muistio.md", "muistio.md"),
    ("  ..muistio.md.. ", "muistio.md"),
    ("rivi\nvaihto\t.md", "rivi vaihto.md"),
    ("gnp.\u202emd", "gnp.md"),
    ("null\x00byte.md", "nullbyte.md"),
    ('a<b>c:"d|e?f*.md', "a b c d e f.md"),
    ("CON.md", "_CON.md"),
    ("", "file"),
    ("...", "file"),
    ("pa\u0308iva\u0308.md", "päivä.md"),
]


@pytest.mark.parametrize(("given", "clean"), NAMES, ids=[ascii(name[0]) for name in NAMES])
def test_names_are_cleaned(given: str, clean: str) -> None:
    assert clean_name(given) == clean


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("ä" * 400 + ".docx") == "ä" * 145 + ".docx"


FULL_DISK = """
import io, pathlib, resource, sys
from models.errors import NoRoom
from models.storage.files import FileStore
files = FileStore(pathlib.Path(sys.argv[1]), limit=10_000_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    files.save(io.BytesIO(b"x" * 200_000), "suuri.txt")
except NoRoom as refused:
    print(refused)
"""


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(files: FileStore) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(files.folder)]

    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert ran.stdout.startswith("The disk is full (")
    assert left_behind(files) == []


def test_a_folder_is_probed_before_it_is_relied_on(files: FileStore, tmp_path: Path) -> None:
    files.probe()
    assert left_behind(files) == []

    (tmp_path / "a-file").write_text("in the way")
    with pytest.raises(Broken, match="cannot be used"):
        FileStore(tmp_path / "a-file" / "files", limit=1).probe()


def test_what_was_begun_long_ago_and_never_finished_is_tidied_away(files: FileStore) -> None:
    files.probe()
    for name, age in (("old", 2), ("new", 0)):
        (files.incoming / name).write_bytes(b"half")
        then = dt.datetime.now(dt.UTC) - dt.timedelta(days=age)
        os.utime(files.incoming / name, (then.timestamp(), then.timestamp()))

    assert files.tidy(dt.datetime.now(dt.UTC) + dt.timedelta(days=400)) == 1, "whatever a shown clock says"
    assert [file.name for file in left_behind(files)] == ["new"]
