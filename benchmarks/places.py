"""Where is measured: SQLite files in a temporary folder, or databases in a private PostgreSQL cluster."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from benchmarks import postgresql
from benchmarks.bare_sweep import BareSweep, BareSweepOnPostgreSQL, BareSweepOnSQLite
from benchmarks.yardstick import Shape, Yardstick
from models.migrations import migrate
from models.storage.database import Database
from models.storage.files import FileStore

LARGEST_FILE = 1_000_000


class Place(Protocol):
    """One kind of database, and a folder for files."""

    name: str
    folder: Path

    def database(self, name: str) -> Database:
        """A new database with the tables of this release."""

    def yardstick(self, shape: Shape) -> Yardstick:
        """A new database with the yardstick's tables."""

    def sweep(self, pending: int, due: int) -> BareSweep:
        """A new database with so many pending reminders, some of them due."""


class SQLitePlace:
    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def database(self, name: str) -> Database:
        return _migrated(f"sqlite:///{self.folder / name}.sqlite3")

    def yardstick(self, shape: Shape) -> Yardstick:
        return Yardstick.on_sqlite(self.folder / f"yardstick-{shape.seats}.sqlite3", shape)

    def sweep(self, pending: int, due: int) -> BareSweep:
        return BareSweepOnSQLite(self.folder / "bare_sweep.sqlite3", pending, due)


class PostgreSQLPlace:
    name = "postgresql"

    def __init__(self, folder: Path, cluster: str) -> None:
        self.folder = folder
        self.cluster = cluster

    def database(self, name: str) -> Database:
        return _migrated(postgresql.new_database(self.cluster, name))

    def yardstick(self, shape: Shape) -> Yardstick:
        return Yardstick.on_postgresql(postgresql.new_database(self.cluster, f"yardstick_{shape.seats}"), shape)

    def sweep(self, pending: int, due: int) -> BareSweep:
        return BareSweepOnPostgreSQL(postgresql.new_database(self.cluster, "bare_sweep"), pending, due)


def files(place: Place) -> FileStore:
    """The stored files of the place's towns."""
    return FileStore(place.folder / "files", LARGEST_FILE)


@contextmanager
def places(wanted: tuple[str, ...]) -> Iterator[list[Place]]:
    """The places there are of those wanted; what is missing is left out. All is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="etappi-bench-") as folder:
        found: list[Place] = [SQLitePlace(Path(folder))] if "sqlite" in wanted else []
        programs = postgresql.programs() if "postgresql" in wanted else None
        if programs is None:
            yield found
            return
        with postgresql.cluster(programs) as cluster:
            yield [*found, PostgreSQLPlace(Path(folder), cluster)]


def _migrated(url: str) -> Database:
    database = Database(url)
    migrate(database)
    return database
