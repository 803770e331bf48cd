"""A long story told once in each kind of database, and copied for every test that wants to do something to it."""

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from chronicle import Chronicle
from long_story import Told, tell

from models.proof.export import export
from models.storage.database import Database
from models.storage.files import FileStore

LIMIT = 1_000_000


@dataclass(frozen=True)
class Original:
    """A database with the long story in it, which nobody changes."""

    kind: str
    name: str  # of the file or the database
    files: Path
    told: Told
    heads: tuple[str, ...]
    chronicle: Chronicle


@dataclass(frozen=True)
class Copy:
    """A copy of it, for one test."""

    database: Database
    files: FileStore
    told: Told
    heads: tuple[str, ...]  # of the original, to be used as anchors
    town: Chronicle


def _original(kind: str, name: str, url: str, folder: Path) -> Original:
    database = Database(url)
    town = Chronicle(database, FileStore(folder / "files", LIMIT))
    told = tell(town)
    export(database, town.files, town.town, told.decided, folder, town.clock())
    heads = tuple(town.heads())
    database.close()
    return Original(kind, name, folder / "files", told, heads, town)


@pytest.fixture(scope="session")
def story_in_sqlite(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Original:
    folder = tmp_path_factory.mktemp("story")
    file = folder / "etappi.sqlite3"
    shutil.copy(migrated_file, file)
    return _original("sqlite", str(file), f"sqlite:///{file}", folder)


@pytest.fixture(scope="session")
def story_in_postgresql(cluster: str, migrated_template: str, tmp_path_factory: pytest.TempPathFactory) -> Original:
    name = f"story{uuid.uuid4().hex}"
    with psycopg.connect(cluster.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {migrated_template}")
    return _original("postgresql", name, cluster.format(name=name), tmp_path_factory.mktemp("story"))


@pytest.fixture(params=["sqlite", "postgresql"])
def story(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Copy]:
    """A copy of the long story in each kind of database."""
    original: Original = request.getfixturevalue(f"story_in_{request.param}")
    files = FileStore(tmp_path / "files", LIMIT)
    shutil.copytree(original.files, files.folder)
    if original.kind == "sqlite":
        shutil.copy(original.name, tmp_path / "etappi.sqlite3")
        yield from _copied(original, f"sqlite:///{tmp_path / 'etappi.sqlite3'}", files)
        return
    cluster: str = request.getfixturevalue("cluster")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(cluster.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} template {original.name}")
        yield from _copied(original, cluster.format(name=name), files)
        connection.execute(f"drop database {name} with (force)")


def _copied(original: Original, url: str, files: FileStore) -> Iterator[Copy]:
    database = Database(url)
    town = Chronicle(database, files)
    town.clock.now = original.chronicle.clock.now
    town.definition, town.words = original.chronicle.definition, original.chronicle.words
    yield Copy(database, files, original.told, original.heads, town)
    database.close()
