"""Every night has its backup: one, whoever makes it, also after days without a clock, and old ones go."""

import datetime as dt
import threading
from pathlib import Path

import pytest
from stories import LIMIT, Copy

from models.errors import Refused
from models.proof.nightly import nightly
from models.proof.restore import restore
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.files import FileStore

EVENING = dt.datetime(2027, 3, 1, 20, 0, tzinfo=dt.UTC)


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
    in_the_way.unlink()

    assert tonight(story, folder, EVENING) == in_the_way
