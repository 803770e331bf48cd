"""Every night has its backup: one, whoever makes it, also after days without a clock, and old ones go."""

import datetime as dt
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from stories import LIMIT, Copy

from models.errors import NoRoom, Refused, Unreachable
from models.outgoing.health import BACKUP_FAILS, health
from models.outgoing.heartbeat import BACKUP_BEGUN, FAILED, beat
from models.proof.nightly import nightly
from models.proof.restore import restore
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.files import FileStore

EVENING = dt.datetime(2027, 3, 1, 20, 0, tzinfo=dt.UTC)
NIGHT = dt.datetime(2027, 3, 2, 0, 30, tzinfo=dt.UTC)  # half past two in Helsinki


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def tonight(story: Copy, folder: Path, now: dt.datetime, keep: int = 14) -> Path | None:
    return nightly(story.database, story.files, folder, now, keep)


def test_a_night_has_one_backup_which_can_be_restored(story: Copy, folder: Path, tmp_path: Path) -> None:
    made = tonight(story, folder, EVENING)

    assert made is not None and made.parent == folder
    assert tonight(story, folder, EVENING + dt.timedelta(hours=3)) is None, "the same night"
    assert tonight(story, folder, EVENING + dt.timedelta(hours=4)) is not None, "the next one, at two in Helsinki"
    if story.database.driver.name == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'restored' / 'etappi.sqlite3'}")
        files = FileStore(tmp_path / "restored" / "files", LIMIT)
        restore(made, database, files)
        assert verify(database, files, anchors=story.heads).holds
        database.close()


def test_clocks_that_come_at_once_make_one(story: Copy, folder: Path) -> None:
    made: list[Path | None] = []
    start = threading.Barrier(3)

    def clock() -> None:
        start.wait()
        made.append(tonight(story, folder, EVENING))

    clocks = [threading.Thread(target=clock) for _ in range(3)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join()

    assert len([one for one in made if one]) == len(list(folder.iterdir())) == 1


def test_the_newest_are_kept(story: Copy, folder: Path) -> None:
    for night in range(4):
        tonight(story, folder, EVENING + dt.timedelta(days=night), keep=2)
    (folder / "own.zip").write_bytes(b"of somebody else")

    assert [one.name[:23] for one in sorted(folder.iterdir())] == [
        "etappi-nightly-20270303",
        "etappi-nightly-20270304",
        "own.zip",
    ]
    assert tonight(story, folder, EVENING + dt.timedelta(days=9), keep=0) is None


def test_one_that_failed_is_due_again(story: Copy, folder: Path) -> None:
    folder.mkdir()
    in_the_way = folder / f"etappi-nightly-{EVENING:%Y%m%dT%H%M%SZ}.zip"
    in_the_way.write_bytes(b"")
    with pytest.raises(Refused):
        tonight(story, folder, EVENING)
    assert BACKUP_FAILS in trouble(story, EVENING)
    in_the_way.unlink()

    assert tonight(story, folder, EVENING) == in_the_way
    assert BACKUP_FAILS not in trouble(story, EVENING)


def test_one_that_was_asked_for_no_longer_is_no_trouble(story: Copy, folder: Path) -> None:
    with story.database.transaction() as session:
        beat(session, BACKUP_BEGUN, EVENING, FAILED)
    assert BACKUP_FAILS in trouble(story, EVENING)

    tonight(story, folder, EVENING, keep=0)

    assert BACKUP_FAILS not in trouble(story, EVENING)


A_NIGHT = """
import datetime as dt, sys
from pathlib import Path
from models.proof.nightly import nightly
from models.storage.database import Database
from models.storage.files import FileStore
url, files, folder, now = sys.argv[1:]
nightly(Database(url), FileStore(Path(files), 1_000_000), Path(folder), dt.datetime.fromisoformat(now), 14)
"""


def test_one_that_died_with_its_clock_is_made_again_that_night_and_leaves_nothing(story: Copy, folder: Path) -> None:
    with story.database.reading() as session:
        name = session.all("select sha256 from file order by sha256")[0][0]
    stored = story.files.path(name)
    content = stored.read_bytes()
    stored.unlink()
    os.mkfifo(stored)  # whoever reads it waits for somebody to write
    night = [sys.executable, "-c", A_NIGHT, story.database.url, str(story.files.folder), str(folder), str(NIGHT)]
    dies = subprocess.Popen(night)
    while (reads := reader(stored)) is None:
        assert dies.poll() is None, "it has not come so far"
    dies.kill()  # in the midst of its backup
    dies.wait()
    os.close(reads)
    stored.unlink()
    stored.write_bytes(content)
    unfinished = list(folder.iterdir())
    hours = [NIGHT + dt.timedelta(hours=n) for n in range(1, 9)]

    made = [tonight(story, folder, at) for at in hours[:6]]

    assert len(unfinished) == 2 and all(one.name.endswith(".part") for one in unfinished), (
        "a zip, and a database's copy"
    )
    assert made == [None] * 6, "it may still be at work"
    later = [tonight(story, folder, at) for at in hours[6:]]
    assert [one for one in later if one] == list(folder.iterdir()), "another is whole, and what was left is gone"


@pytest.mark.parametrize("story", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("says", "error", "words"),
    [
        ("server version mismatch", Refused, "could not be copied: pg_dump says: server version mismatch"),
        ("could not write: No space left on device", NoRoom, "backups"),
        ("connection to server was lost", Unreachable, "The database does not answer"),
    ],
)
def test_why_postgresql_could_not_be_copied_is_told_as_what_it_is(
    story: Copy, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, error: type, words: str
) -> None:
    """A program of ours stands in for PostgreSQL's; where it says that the connection was lost, it has ended all."""
    ends = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
    program = tmp_path / "pg_dump"
    lost = f'psql --quiet "{story.database.url}" -c "{ends}"' if error is Unreachable else "true"
    program.write_text(f'#!/bin/sh\n{lost} > /dev/null 2>&1\necho "{says}" >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    with pytest.raises(error, match=words):
        tonight(story, folder, EVENING)

    assert list(folder.iterdir()) == []


def reader(pipe: Path) -> int | None:
    """The pipe, open for writing, once somebody reads it."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def trouble(story: Copy, now: dt.datetime) -> tuple[str, ...]:
    return health(story.database, now, now).trouble
