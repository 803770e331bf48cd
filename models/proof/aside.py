"""A place aside, where a backup is tried: a database of its kind and a folder, of which nothing is left afterwards."""

import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from models.errors import NotValid, Refused
from models.proof.restore import kind_of
from models.settings import DATABASE_FILE
from models.storage.database import Database
from models.storage.files import FileStore

NAMED = "etappi-check-"
LEFT = 24 * 3600.0  # seconds after which nobody is at work in one any more

NO_SERVER = "The backup is of PostgreSQL: say in ETAPPI_DATABASE_URL on which server it can be tried aside."
MAY_NOT = (
    "To try the backup aside a database is made and dropped again, which {user} may not do on that server. Allow it: "
    "alter role {user} createdb;"
)


@contextmanager
def aside(
    archive_file: Path, database: Database, files: FileStore, folder: Path
) -> Iterator[tuple[Database, FileStore]]:
    """Inside there is an empty place for that backup; afterwards nothing of it is left.

    It lies in the folder, the installation's own, where there is room for as much again; the machine's folder for what
    is temporary may be in memory. What a killed one left there a day ago goes with the next. A backup of PostgreSQL
    needs a server: the one of this installation. Raises NotValid, Refused.
    """
    kind = kind_of(archive_file)
    for left in folder.glob(f"{NAMED}*"):
        if time.time() - left.stat().st_mtime > LEFT:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=NAMED, dir=folder if folder.is_dir() else None) as beside:
        place = Path(beside)
        if kind == DATABASE_FILE:
            with _closed(Database(f"sqlite:///{place / DATABASE_FILE}")) as there:
                yield there, FileStore(place / "files", files.limit)
            return
        if database.driver.name == "sqlite":
            raise NotValid(NO_SERVER)
        with _side_database(database) as url, _closed(Database(url)) as there:
            yield there, FileStore(place / "files", files.limit)


@contextmanager
def _closed(database: Database) -> Iterator[Database]:
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _side_database(database: Database) -> Iterator[str]:
    """The URL of an empty database on the same server, which is dropped afterwards."""
    import psycopg  # here, because SQLite's users need not wait for it
    from psycopg.conninfo import conninfo_to_dict

    name = f"etappi_check_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(database.url, autocommit=True) as connection:
            try:
                connection.execute(f"create database {name} template template0".encode())
            except psycopg.errors.InsufficientPrivilege as error:
                raise Refused(MAY_NOT, user=connection.info.user) from error
            try:
                yield "postgresql:///?" + urlencode({**conninfo_to_dict(database.url), "dbname": name})
            finally:
                connection.execute(f"drop database {name} with (force)".encode())
    except psycopg.Error as error:
        raise database.driver.refusal(error) or error from error
