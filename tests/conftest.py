"""The databases of the tests: a fresh SQLite file, and a database of its own in a private PostgreSQL cluster.

The cluster is the bench's own kind (`benchmarks/postgresql.py`): real, durable, and gone after the tests.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks import postgresql
from models.migrations import migrate
from models.storage.database import Database

settings.register_profile("same-each-time", derandomize=True, deadline=None)  # tests assert no times
settings.register_profile("soak", deadline=None)
settings.load_profile("soak" if os.environ.get("ETAPPI_SOAK") else "same-each-time")


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A running PostgreSQL cluster: what to connect to, without a database's name."""
    programs = postgresql.programs()
    if programs is None:
        pytest.fail("PostgreSQL is missing: install the package postgresql (make test does it where it may).")
    with postgresql.cluster(programs) as found:
        yield found


@pytest.fixture(scope="session")
def migrated_template(cluster: str) -> str:
    """The name of a migrated database that others are copied from."""
    with _administrator(cluster) as connection:
        connection.execute("create database migrated")
    database = Database(cluster.format(name="migrated"))
    migrate(database)
    database.close()
    return "migrated"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that others are copied from."""
    file = tmp_path_factory.mktemp("migrated") / "etappi.sqlite3"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    database.close()
    return file


def _administrator(cluster: str):  # type: ignore[no-untyped-def]
    import psycopg

    return psycopg.connect(cluster.format(name="postgres"), autocommit=True)


@pytest.fixture
def postgresql_url(cluster: str) -> Iterator[str]:
    """An empty PostgreSQL database."""
    yield from _own_database(cluster, "template0")


def _own_database(cluster: str, template: str) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex}"
    with _administrator(cluster) as connection:
        connection.execute(f"create database {name} template {template}")
    yield cluster.format(name=name)
    with _administrator(cluster) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def own_database(cluster: str) -> Callable[[str], AbstractContextManager[str]]:
    """Makes PostgreSQL databases, copies of the one that is named, that are there as long as they are used."""
    return partial(contextmanager(_own_database), cluster)


@pytest.fixture
def new_url(request: pytest.FixtureRequest) -> Iterator[Callable[[str, Path], str]]:
    """Makes empty databases: of the kind that is named, in a folder where it is a file."""
    made: list[Iterator[str]] = []

    def make(kind: str, folder: Path) -> str:
        if kind == "sqlite":
            return f"sqlite:///{folder / 'etappi.sqlite3'}"
        made.append(_own_database(request.getfixturevalue("cluster"), "template0"))
        return next(made[-1])

    yield make
    for one in made:
        next(one, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind, without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'etappi.sqlite3'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated SQLite database."""
    shutil.copy(migrated_file, tmp_path / "etappi.sqlite3")
    database = Database(f"sqlite:///{tmp_path / 'etappi.sqlite3'}")
    yield database
    database.close()


@pytest.fixture
def postgresql_database(cluster: str, migrated_template: str) -> Iterator[Database]:
    """A migrated PostgreSQL database."""
    for url in _own_database(cluster, migrated_template):
        database = Database(url)
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database of each kind."""
    found: Database = request.getfixturevalue(f"{request.param}_database")
    return found
