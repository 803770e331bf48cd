"""The steps from one release's tables to the next, named by date; the newest one tells what this release expects.

Looking whether a database is up to date reads one row; Alembic is imported only where there is something to do.
"""

from pathlib import Path

from models.errors import Broken
from models.storage.database import Database

FOLDER = Path(__file__).parent

NEWER = (
    "The database was made by a newer release of Etappi: its tables are of {found}, this release knows them "
    "up to {known}. Nothing was changed; install that release."
)

_HAS_VERSION = {
    "sqlite": "select 1 from sqlite_master where type = 'table' and name = 'alembic_version'",
    "postgresql": "select 1 from pg_tables where schemaname = current_schema() and tablename = 'alembic_version'",
}


def newest() -> str:
    """The version this release expects: the date of its newest step, as in the name of its file."""
    return max(file.stem[:15] for file in (FOLDER / "versions").glob("20*.py"))


def version_of(database: Database) -> str | None:
    """The version of the database's tables; None where it has none."""
    with database.reading() as session:
        if session.one(_HAS_VERSION[database.driver.name]) is None:
            return None
        row = session.one("select version_num from alembic_version")
        return str(row[0]) if row else None


def check(database: Database) -> None:
    """Nothing, where the database is of this release. Raises Broken, with what to do, where it is not."""
    if _is_behind(database):
        raise Broken("The database has no tables yet, or those of an older release; run `etappi init`.")


def migrate(database: Database) -> None:
    """The database has the tables of this release. Raises Broken for one that a newer release made."""
    if _is_behind(database):
        from models.migrations.running import upgrade  # here, because it takes a second

        upgrade(database)


def _is_behind(database: Database) -> bool:
    found, known = version_of(database), newest()
    if found is not None and found > known:
        raise Broken(NEWER, found=found, known=known)
    return found != known
