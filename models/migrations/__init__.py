"""The steps from one release's tables to the next, named by date; the newest one tells what this release expects.

The database also says which release the installation is of, so that parts of different releases refuse each other.
Looking whether a database is up to date reads two rows; Alembic is imported only where there is something to do.
"""

from pathlib import Path

from models.errors import Broken
from models.release import RELEASE, is_older
from models.storage.database import Database, Session

FOLDER = Path(__file__).parent

NEWER = (
    "The database was made by a newer release of Etappi: its tables are of {found}, this release knows them "
    "up to {known}. Nothing was changed; install that release."
)
NEWER_RELEASE = (
    "The installation was upgraded to Etappi {found}, and this program is of {known}. Nothing was changed; "
    "install that release and start it again."
)
OLDER = (
    "The installation is of an older release of Etappi ({found}); this one is {known}. Nothing was changed; "
    "stop all parts and run `etappi upgrade`."
)
BEHIND = (
    "The installation's tables are older than those of this Etappi {known}. Nothing was changed; "
    "stop all parts and run `etappi upgrade`."
)
NO_TABLES = "The database has no tables yet; run `etappi init`."

_HAS_TABLE = {
    "sqlite": "select 1 from sqlite_master where type = 'table' and name = :table",
    "postgresql": "select 1 from pg_tables where schemaname = current_schema() and tablename = :table",
}


def newest() -> str:
    """The version this release expects: the date of its newest step, as in the name of its file."""
    return max(file.stem[:15] for file in (FOLDER / "versions").glob("20*.py"))


def version_of(database: Database) -> str | None:
    """The version of the database's tables; None where it has none."""
    with database.reading() as session:
        return _version_in(session, database)


def release_of(database: Database) -> str | None:
    """The release that the installation is of; None where its tables are older than that mark."""
    with database.reading() as session:
        return _release_in(session, database)


def is_set_up(database: Database) -> bool:
    """Whether the database has tables; one that is not there is not made by asking."""
    return database.driver.there() and version_of(database) is not None


def check(database: Database) -> None:
    """Nothing, where the installation is of this release. Raises Broken, with what to do, where it is not."""
    if not is_set_up(database):
        raise Broken(NO_TABLES)
    version, release = _marks(database)
    if _is_behind(version, release):
        raise Broken(BEHIND if release == RELEASE else OLDER, found=release or version, known=RELEASE)


def migrate(database: Database) -> None:
    """The database has the tables and the mark of this release. Raises Broken for one that a newer release made."""
    if is_behind(database):
        from models.migrations.running import upgrade  # here, because it takes a second

        upgrade(database)


def is_behind(database: Database) -> bool:
    """Whether the database is of an older release, or empty. Raises Broken for one that a newer release made."""
    return _is_behind(*_marks(database))


def _marks(database: Database) -> tuple[str | None, str | None]:
    with database.reading() as session:
        return _version_in(session, database), _release_in(session, database)


def _is_behind(version: str | None, release: str | None) -> bool:
    known = newest()
    if version is not None and version > known:
        raise Broken(NEWER, found=version, known=known)
    if release is not None and is_older(RELEASE, release):
        raise Broken(NEWER_RELEASE, found=release, known=RELEASE)
    return version != known or release != RELEASE


def _version_in(session: Session, database: Database) -> str | None:
    if session.one(_HAS_TABLE[database.driver.name], {"table": "alembic_version"}) is None:
        return None
    row = session.one("select version_num from alembic_version")
    return str(row[0]) if row else None


def _release_in(session: Session, database: Database) -> str | None:
    if session.one(_HAS_TABLE[database.driver.name], {"table": "release"}) is None:
        return None
    row = session.one("select release from release")
    return str(row[0]) if row else None
