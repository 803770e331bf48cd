"""The steps lead to exactly the tables that the code names; a database of another release is told from ours."""

import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from models.errors import Broken
from models.migrations import check, migrate, newest, release_of, version_of
from models.migrations.running import connect
from models.release import RELEASE, is_older
from models.storage.database import Database
from models.storage.tables import METADATA

POSTGRESQL_CATALOGUE = """
    select 'column', table_name || '.' || column_name,
        concat_ws(' ', data_type, is_nullable, column_default, collation_name, is_identity)
    from information_schema.columns where table_schema = 'public'
    union all select 'table', relname::text, array_to_string(reloptions, ' ') from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select 'index', indexname::text, indexdef from pg_indexes where schemaname = 'public'
    union all select 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'trigger', tgname::text, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select 'function', proname::text, prosrc from pg_proc where pronamespace = 'public'::regnamespace"""
SQLITE_CATALOGUE = "select type, name, sql from sqlite_master where name not like 'sqlite_%'"


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    with closing(Database(empty_url)) as database:
        yield database


def catalogue(connection: Connection) -> dict[tuple[str, str], str]:
    """Everything the database says of its tables, however it was written."""
    query = SQLITE_CATALOGUE if connection.dialect.name == "sqlite" else POSTGRESQL_CATALOGUE
    return {
        (kind, name): " ".join(sorted((sql or "").replace(",", " ").split()))
        for kind, name, sql in connection.execute(text(query))
        if "alembic" not in name
    }


def test_the_steps_lead_to_the_tables_of_the_code(empty: Database) -> None:
    with connect(empty) as connection, connection.begin():
        METADATA.create_all(connection)
        wanted = catalogue(connection)
        METADATA.drop_all(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text("drop function only_added_to"))

    migrate(empty)

    with connect(empty) as connection:
        assert catalogue(connection) == wanted
    assert len(wanted) > 40


def test_migrating_again_changes_nothing(empty: Database) -> None:
    migrate(empty)
    migrate(empty)

    check(empty)
    assert version_of(empty) == newest()


def test_parts_that_start_at_once_migrate_once(empty: Database) -> None:
    failed: list[BaseException] = []
    start = threading.Barrier(3)

    def begin() -> None:
        with closing(Database(empty.url)) as mine:
            start.wait()
            try:
                migrate(mine)
            except BaseException as error:
                failed.append(error)

    threads = [threading.Thread(target=begin) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    check(empty)


def test_a_database_of_a_newer_release_is_left_alone(empty: Database) -> None:
    migrate(empty)
    with empty.transaction() as session:
        session.run("update alembic_version set version_num = '2099_01_01_0000'")

    for look in (migrate, check):
        with pytest.raises(Broken, match="newer release of Etappi: its tables are of 2099_01_01_0000"):
            look(empty)


def test_an_installation_of_another_release_is_left_alone_and_says_what_to_do(empty: Database) -> None:
    migrate(empty)
    assert release_of(empty) == RELEASE
    with empty.transaction() as session:
        session.run("update release set release = '99.0.0'")
    for look in (migrate, check):
        with pytest.raises(Broken, match=r"upgraded to Etappi 99\.0\.0, and this program is of"):
            look(empty)

    with empty.transaction() as session:
        session.run("update release set release = '0.0.1'")
    with pytest.raises(Broken, match=r"older release of Etappi \(0.0.1\).*etappi upgrade"):
        check(empty)

    migrate(empty)
    check(empty)
    assert release_of(empty) == RELEASE


def test_older_tables_of_the_same_release_are_not_called_another_release(empty: Database) -> None:
    migrate(empty)
    with empty.transaction() as session:
        session.run("update alembic_version set version_num = '2026_11_01_0000'")
    with pytest.raises(Broken, match=rf"tables are older than those of this Etappi {RELEASE}\."):
        check(empty)


def test_the_release_is_the_one_that_the_package_says() -> None:
    told = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    assert told["project"]["version"] == RELEASE


@pytest.mark.parametrize(("one", "other"), [("0.1.0", "0.1.1"), ("0.9.0", "0.10.0"), ("0.1", "0.1.1")])
def test_releases_are_compared_by_number(one: str, other: str) -> None:
    assert is_older(one, other) and not is_older(other, one)


def test_a_database_without_tables_says_what_to_do(empty: Database) -> None:
    with pytest.raises(Broken, match="etappi init"):
        check(empty)


def test_opening_a_migrated_database_imports_neither_alembic_nor_sqlalchemy(sqlite_database: Database) -> None:
    code = (
        "import sys; from models.storage.database import Database; import models.engine;"
        "from models.migrations import migrate;"
        f"migrate(Database({sqlite_database.url!r}));"
        "loaded = {name.partition('.')[0] for name in sys.modules};"
        "print(sorted(loaded & {'alembic', 'sqlalchemy', 'sqlmodel', 'psycopg'}))"
    )

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
