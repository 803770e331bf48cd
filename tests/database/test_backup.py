"""A backup holds everything as it was at one instant, and is put back whole, into an empty place, or not at all."""

import datetime as dt
import io
import json
import os
import random
import signal
import subprocess
import sys
import threading
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from chronicle import TOWN, Chronicle
from stories import LIMIT, Copy

from models import commands as c
from models.errors import Broken, EtappiError, NotValid, Refused
from models.migrations import check
from models.proof.backup import CONTENTS, backup
from models.proof.postgresql_programs import dump
from models.proof.restore import restore
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.file_rows import take_in
from models.storage.files import FileStore


@pytest.fixture
def empty(story: Copy, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, FileStore]]:
    """An empty place for the same kind of database as the story's."""
    folder = tmp_path / "restored"
    if story.database.driver.name == "sqlite":
        url = f"sqlite:///{folder / 'etappi.sqlite3'}"
        database = Database(url)
        yield database, FileStore(folder / "files", LIMIT)
        database.close()
        return
    cluster: str = request.getfixturevalue("cluster")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(cluster.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template template0")
        database = Database(cluster.format(name=name))
        yield database, FileStore(folder / "files", LIMIT)
        database.close()
        connection.execute(f"drop database {name} with (force)")


def backed_up(story: Copy, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return backup(story.database, story.files, folder, story.town.clock())


def contents_of(files: FileStore) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in files.folder.glob("??/*")}


# --- there and back -----------------------------------------------------------------------------------------------


def test_what_was_backed_up_is_put_back_and_work_goes_on(
    story: Copy, empty: tuple[Database, FileStore], tmp_path: Path
) -> None:
    database, files = empty
    place = backed_up(story, tmp_path / "backups")
    assert place.name == f"etappi-{story.town.clock():%Y%m%dT%H%M%SZ}.zip"
    before = contents_of(story.files)
    assert restore(place, database, files) == len(before)
    assert contents_of(files) == before
    told = verify(database, files, anchors=story.heads)
    assert [finding.place for finding in told.findings] == []
    town = Chronicle(database, files, clock=story.town.clock)
    assert tuple(town.heads()) == story.heads
    town.accepts(story.told.going_on, "image", "teachers-3")
    assert verify(database, files, anchors=story.heads).holds
    assert sorted(path.name for path in files.folder.parent.iterdir() if path.name.startswith("etappi-restore")) == []


def test_a_backup_made_while_people_work_is_of_one_instant(
    story: Copy, empty: tuple[Database, FileStore], tmp_path: Path
) -> None:
    """Acts, new files and a tick go on all the while; what is restored holds, and is a part of what came of it."""
    town, process, ready, done = story.town, story.told.going_on, threading.Event(), threading.Event()

    def works() -> None:
        number = 0
        while not done.is_set() or number < 3:
            number += 1
            town.accepts(process, "image", "teachers-3")
            town.says(process, "image", "teachers-3", "abstain")
            town.file(f"A file that comes while the backup is made, {number}", "new.txt")
            town.engine.tick()
            ready.set()

    worker = threading.Thread(target=works)
    worker.start()
    assert ready.wait(60)
    place = backed_up(story, tmp_path / "backups")
    done.set()
    worker.join()
    database, files = empty
    restore(place, database, files)
    told = verify(database, files)
    assert [finding.place for finding in told.findings] == []
    heads = Chronicle(database, files).heads()
    assert verify(story.database, story.files, anchors=heads).holds
    assert contents_of(files).items() <= contents_of(story.files).items()


def test_a_file_redacted_while_the_backup_is_written_is_not_missed_in_it(
    story: Copy, empty: tuple[Database, FileStore], tmp_path: Path
) -> None:
    """The copy of the database may still list it: then the backup is begun anew."""
    town, process = story.town, story.told.going_on
    document = town.state(process).rounds["image"].versions["map"].sha256
    with story.database.reading() as session:
        body = session.all("select body from stored_text where sha256 = :sha256", {"sha256": document})[0][0]
    hidden = json.loads(body)["document"]

    class Redacting(FileStore):
        asked = 0

        def path(self, sha256: str) -> Path:
            if self.asked == 0 and sha256 == hidden:
                Redacting.asked = 1
                ground = "Tietosuoja-asetus 17 artikla"
                town.does(process, "protector", c.Redact(files=(hidden,), ground=ground))
            return super().path(sha256)

    place = backup(story.database, Redacting(story.files.folder, LIMIT), tmp_path / "one.zip", town.clock())
    assert Redacting.asked == 1
    database, files = empty
    restore(place, database, files)
    assert verify(database, files).holds
    assert not files.has(hidden)


def test_a_restore_killed_half_way_has_put_back_all_or_nothing_and_the_same_command_finishes_it(
    story: Copy, tmp_path: Path, new_url: Callable[[str, Path], str]
) -> None:
    """Killed between two steps, again and again: what is left is no installation, or the whole one."""
    place, kind, seen = backed_up(story, tmp_path / "backups"), story.database.driver.name, set[str]()
    before, other = contents_of(story.files), tmp_path / "another.zip"
    take_in(story.database, story.files, TOWN, io.BytesIO(b"new\n"), "new.txt", story.town.clock())
    backup(story.database, story.files, other, story.town.clock())

    def restored(name: str, killed_before: int) -> tuple[Path, str, subprocess.CompletedProcess[str]]:
        folder = tmp_path / name
        folder.mkdir()
        url = new_url(kind, folder)
        return folder, url, run(folder, url, killed_before)

    def run(folder: Path, url: str, killed_before: int) -> subprocess.CompletedProcess[str]:
        program = Path(__file__).with_name("killed_restore.py")
        command = [sys.executable, str(program), str(place), str(folder), url, str(killed_before)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    steps = int(restored("whole", 0)[2].stdout)
    dice = random.Random(20261127)
    for step in {2, steps // 2, steps - 1, steps, *dice.sample(range(1, steps + 1), 2)}:
        folder, url, killed = restored(f"killed-{step}", step)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        with closing(Database(url)) as database:
            files = FileStore(folder / "files", LIMIT)
            if is_whole(database):
                seen.add("whole")
            else:
                seen.add("nothing")
                if contents_of(files):
                    with pytest.raises(Refused, match="There are files in"):
                        restore(other, database, files)
                again = run(folder, url, 0)
                assert again.returncode == 0, again.stderr
            assert verify(database, files, anchors=story.heads).findings == []
            assert contents_of(files) == before
        for left in files.incoming.glob("*"):
            os.utime(left, (0, 0))  # as if it had been there for long
        files.tidy(dt.datetime.now(dt.UTC))
        assert list(files.incoming.glob("*")) == []
    assert seen == {"whole", "nothing"}


def is_whole(database: Database) -> bool:
    """Whether the database was put back; else it has not one table."""
    try:
        check(database)
    except Broken as nothing:
        assert "no tables yet" in str(nothing)
        return False
    return True


def test_a_backup_without_a_stored_file_is_written_and_says_so(story: Copy, tmp_path: Path) -> None:
    lost = next(iter(story.files.folder.glob("??/*")))
    lost.unlink()
    place = tmp_path / "one.zip"
    with pytest.raises(Broken, match=f"is written, but these stored files are missing from it: {lost.name}"):
        backup(story.database, story.files, place, story.town.clock())
    with zipfile.ZipFile(place) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2 + len(contents_of(story.files))


def test_what_nobody_has_is_not_backed_up(story: Copy, tmp_path: Path) -> None:
    (story.files.folder / "ab").mkdir(exist_ok=True)
    (story.files.folder / "ab" / ("ab" * 32)).write_text("left behind")
    (story.files.folder / "incoming").mkdir(exist_ok=True)
    (story.files.folder / "incoming" / "half").write_text("half a file")
    with zipfile.ZipFile(backed_up(story, tmp_path / "backups")) as archive:
        assert not [name for name in archive.namelist() if "ab" * 32 in name or "half" in name]


def test_the_password_of_a_database_is_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of ours stands in for PostgreSQL's, and writes down how it was called."""
    program = tmp_path / "pg_dump"
    program.write_text('#!/bin/sh\necho "$@" > "$(dirname "$0")/said"; echo "$PGPASSWORD" > "$(dirname "$0")/kept"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    dump("postgresql://etappi:s3cret@db.example.fi:5433/town?sslmode=require", tmp_path / "dump", snapshot="1-2")
    said = (tmp_path / "said").read_text()
    assert "s3cret" not in said
    assert "--snapshot=1-2" in said
    for part in ("host=db.example.fi", "port=5433", "dbname=town", "user=etappi", "sslmode=require"):
        assert part in said
    assert (tmp_path / "kept").read_text() == "s3cret\n"


# --- refusals -----------------------------------------------------------------------------------------------------


def test_a_backup_is_never_written_over(story: Copy, tmp_path: Path) -> None:
    place = backed_up(story, tmp_path / "backups")
    content = place.read_bytes()
    with pytest.raises(Refused, match="is there already"):
        backup(story.database, story.files, place, story.town.clock())
    with pytest.raises(Refused, match="There is no folder"):
        backup(story.database, story.files, tmp_path / "nowhere" / "one.zip", story.town.clock())
    assert place.read_bytes() == content
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_a_place_that_is_not_empty_is_left_as_it_is(
    story: Copy, empty: tuple[Database, FileStore], tmp_path: Path
) -> None:
    place = backed_up(story, tmp_path / "backups")
    database, files = empty
    before = tuple(story.town.heads()), contents_of(story.files)
    with pytest.raises(Refused, match="restore into an empty"):
        restore(place, story.database, FileStore(tmp_path / "other", LIMIT))
    with pytest.raises(Refused, match="There are files in"):
        restore(place, database, story.files)
    assert (tuple(story.town.heads()), contents_of(story.files)) == before
    restore(place, database, files)
    with pytest.raises(Refused):
        restore(place, database, files)
    assert verify(database, files, anchors=story.heads).holds


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_a_database_left_behind_is_not_taken_for_the_restored_ones(
    story_in_sqlite,
    tmp_path: Path,
    ending: str,  # type: ignore[no-untyped-def]
) -> None:
    """A stray log beside the restored file would be read into it."""
    database = Database(f"sqlite:///{story_in_sqlite.name}")
    place = backup(database, story_in_sqlite.chronicle.files, tmp_path / "one.zip", story_in_sqlite.chronicle.clock())
    database.close()
    (tmp_path / f"etappi.sqlite3{ending}").write_bytes(b"left behind")
    with pytest.raises(Refused, match=f"There is a database at .*{ending}"):
        restore(place, Database(f"sqlite:///{tmp_path / 'etappi.sqlite3'}"), FileStore(tmp_path / "files", LIMIT))


def test_a_backup_of_another_kind_of_database_is_refused(
    story: Copy, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = backed_up(story, tmp_path / "backups")
    if story.database.driver.name == "sqlite":
        database = Database(request.getfixturevalue("postgresql_url"))
    else:
        database = Database(f"sqlite:///{tmp_path / 'etappi.sqlite3'}")
    files = FileStore(tmp_path / "files-restored", LIMIT)
    with pytest.raises(NotValid, match="another kind of database"):
        restore(place, database, files)
    assert contents_of(files) == {}
    database.close()


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "one.zip"
    database, files = Database(f"sqlite:///{tmp_path / 'r' / 'etappi.sqlite3'}"), FileStore(tmp_path / "files", LIMIT)
    with pytest.raises(NotValid, match="There is no backup at"):
        restore(place, database, files)
    place.write_bytes(content)
    with pytest.raises(NotValid, match="is no whole backup of Etappi"):
        restore(place, database, files)


def changed(place: Path, into: Path, **parts: bytes | None) -> Path:
    """The backup with some of its parts changed or left out."""
    with zipfile.ZipFile(place) as archive, zipfile.ZipFile(into, "w") as other:
        for name in archive.namelist():
            content = parts.get(name, archive.read(name))
            if content is not None:
                other.writestr(name, content)
    return into


def test_a_backup_that_is_not_what_was_backed_up_puts_nothing_anywhere(
    story: Copy, empty: tuple[Database, FileStore], tmp_path: Path
) -> None:
    place = backed_up(story, tmp_path / "backups")
    database, files = empty
    with zipfile.ZipFile(place) as archive:
        names = [name for name in archive.namelist() if name != CONTENTS]
        told = json.loads(archive.read(CONTENTS))
        content = archive.read(names[-1])
    other = {"format": 99}
    without_database = {"sha256": {n: h for n, h in told["sha256"].items() if n != told["database"]}}
    bad: dict[str, dict[str, bytes | None]] = {
        "a changed file": {names[-1]: content[:-1] + b"x"},
        "a missing file": {names[-1]: None},
        "a missing list": {CONTENTS: None},
        "a list of another format": {CONTENTS: json.dumps(told | other).encode()},
        "a list without the database": {CONTENTS: json.dumps(told | without_database).encode()},
        "a list that is none": {CONTENTS: b"[]"},
    }
    for what, parts in bad.items():
        damaged = changed(place, tmp_path / f"{what}.zip", **parts)
        with pytest.raises((NotValid, Broken)):
            restore(damaged, database, files)
        assert contents_of(files) == {}, what
    assert restore(place, database, files) == len(told["sha256"]) - 1


def test_a_backup_damaged_anywhere_is_refused_in_words_or_whole(story_in_sqlite, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Bytes are changed and cut off at places of chance: what is restored is what was backed up, or nothing is."""
    town = story_in_sqlite.chronicle
    original = Database(f"sqlite:///{story_in_sqlite.name}")
    place = backup(original, town.files, tmp_path / "one.zip", town.clock())
    original.close()
    content, rng, refused = place.read_bytes(), random.Random(11), 0
    for number in range(60):
        at = rng.randrange(len(content)) if number % 3 else rng.randrange(len(content) - 3000, len(content))
        damaged = content[:at] if number % 5 == 0 else content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        (tmp_path / "damaged.zip").write_bytes(damaged)
        folder = tmp_path / f"r{number}"
        database, files = Database(f"sqlite:///{folder / 'etappi.sqlite3'}"), FileStore(folder / "files", LIMIT)
        try:
            restore(tmp_path / "damaged.zip", database, files)
        except EtappiError:
            refused += 1
            assert contents_of(files) == {}
            assert not (folder / "etappi.sqlite3").exists()
        else:
            assert verify(database, files, anchors=story_in_sqlite.heads).holds
            database.close()
    assert refused >= 40


def test_files_that_come_later_are_in_the_next_backup(story: Copy, tmp_path: Path) -> None:
    backed_up(story, tmp_path / "first")
    new = take_in(story.database, story.files, TOWN, io.BytesIO(b"new\n"), "new.txt", story.town.clock())
    with zipfile.ZipFile(backed_up(story, tmp_path / "second")) as archive:
        assert f"files/{new.sha256[:2]}/{new.sha256}" in archive.namelist()
