"""Whatever a town is doing when it is killed: nothing is half done, and going on finishes it, once."""

import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.errors import Broken
from models.migrations import check
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.files import FileStore

SOAK = bool(os.environ.get("ETAPPI_SOAK"))
HASH = re.compile(r"[0-9a-f]{64}")
SEED = 20261126
KILLS = 20
SEEDS = [SEED] if not SOAK else range(SEED, SEED + 25)
Places = Callable[[str], tuple[Path, str]]

TYPES = "select record, seq, type from event order by record, seq"
EFFECTS = "select key, kind, state from outbox order by key"
COUNTS = ("personal", "reminder", "duty", "stored_text", "definition", "file", "file_use", "draft", "package", "anchor")


class Towns:
    """Towns that live one after another in a program of their own (`killed_town.py`)."""

    def __init__(self, folder: Path, url: str) -> None:
        here = Path(__file__).parent
        self.folder, self.url = folder, url
        self.log = folder.parent / f"{folder.name}.log"
        with self.log.open("w") as log:
            self.program = subprocess.Popen(
                [sys.executable, str(here / "killed_town.py"), str(folder), url],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def one(self, killed_before: int = 0) -> str:
        """How one town ended: "killed", or "done" and how many steps it took."""
        assert self.program.stdin and self.program.stdout
        self.program.stdin.write(f"{killed_before}\n")
        self.program.stdin.flush()
        return self.program.stdout.readline().strip()

    def goes_on(self) -> None:
        """Lives to the end of its story."""
        said = self.one()
        assert said.startswith("done"), (said, self.log.read_text())


@contextmanager
def towns(folder: Path, url: str) -> Iterator[Towns]:
    folder.mkdir()
    living = Towns(folder, url)
    assert living.program.stdin and living.program.stdout
    with living.program:
        yield living
        living.program.stdin.close()
        assert living.program.wait(60) == 0


def told(folder: Path, url: str) -> dict[str, Any]:
    """Everything that came of a story. Hashes are left out: salts make them other ones in every telling."""
    with closing(Database(url)) as database:
        with database.reading() as session:
            rows: dict[str, Any] = {"events": session.all(TYPES), "effects": session.all(EFFECTS)}
            rows |= {table: session.all(f"select count(*) from {table}")[0][0] for table in COUNTS}
        assert verify(database, FileStore(folder / "files", 1_000_000)).findings == []
    files = [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]
    rows["in the folder"] = [re.sub(r"\b[0-9a-f]{2}/", "", name) for name in files if "sqlite3" not in name]
    for name in ("backup.zip", "export.zip"):
        with zipfile.ZipFile(folder / name) as archive:
            assert archive.testzip() is None
            rows[name] = archive.namelist()
    return {name: _without_hashes(found) for name, found in rows.items()}


def _without_hashes(found: Any) -> Any:
    return sorted(HASH.sub("#", str(one)) for one in found) if isinstance(found, list) else found


def whole(folder: Path, url: str) -> None:
    """What a killed town left holds as it is."""
    with closing(Database(url)) as database:
        try:
            check(database)
        except Broken as nothing:
            assert "no tables yet" in str(nothing)
            return
        assert verify(database, FileStore(folder / "files", 1_000_000)).findings == []


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path, new_url: Any) -> Places:
    """New places for a story: a folder, and an empty database."""
    return lambda name: (tmp_path / name, new_url(request.param, tmp_path / name))


def test_a_town_killed_between_any_two_steps_goes_on_to_the_same_end(places: Places) -> None:
    """It is killed again and again, a few steps after it went on; where it came no further, a few steps later."""
    folder, url = places("whole")
    with towns(folder, url) as living:
        living.goes_on()
    expected = told(folder, url)
    for seed in SEEDS:
        dice, killed = random.Random(seed), 0
        folder, url = places(f"killed-{seed}")
        with towns(folder, url) as living:
            while (said := living.one(dice.randint(1, 30) + 2 * killed)) == "killed":
                killed += 1
                whole(folder, url)
        sys.stdout.write(f"seed {seed}: killed {killed} times\n")
        assert said.startswith("done"), living.log.read_text()
        assert killed >= KILLS
        assert told(folder, url) == expected
