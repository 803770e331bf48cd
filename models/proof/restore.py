"""A backup put back into an empty place: whole, with the bytes that were backed up, or not at all.

The files come first and the database last, in one step. A note beside the files says which backup is being put back, so
that one that was killed half-way is begun anew with the same command.
"""

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from models.errors import Broken, NoRoom, NotValid, Refused
from models.proof.backup import CONTENTS, DUMP, FORMAT
from models.settings import DATABASE_FILE
from models.storage.database import Database
from models.storage.files import FULL, FileStore

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What reading a zip that is not whole may raise."""

NOTE = "restoring"  # beside the files: which backup is being put back
UNPACKED = "restore-"
BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite's own files beside a database would be taken for the restored one's
ANY_TABLE = "select tablename from pg_tables where schemaname = current_schema() limit 1"


def restore(archive_file: Path, database: Database, files: FileStore) -> int:
    """The installation is as it was when the backup was made; how many files it has. The place must be empty, or what a
    restoring of the same backup left that was killed.

    Raises NotValid for what is no backup of this kind of database, Broken where its contents are not those that were
    backed up, Refused where something is there already, NoRoom. Then nothing has been put anywhere.
    """
    _check_empty(database)
    note = files.folder / NOTE
    _check_files(archive_file, files, note)
    files.incoming.mkdir(parents=True, exist_ok=True)
    for left in files.incoming.glob(f"{UNPACKED}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory(prefix=UNPACKED, dir=files.incoming) as beside:
            return _put(archive_file, database, files, note, Path(beside))
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom(where=str(files.folder.parent)) from error
        raise


def _put(archive_file: Path, database: Database, files: FileStore, note: Path, folder: Path) -> int:
    """The backup is unpacked in the folder, and then put where it belongs."""
    kind, count = _unpacked(archive_file, folder)
    if (database.driver.name == "sqlite") != (kind == DATABASE_FILE):
        raise NotValid("The backup is of another kind of database than ETAPPI_DATABASE_URL names.")
    note.write_text(_name_of(archive_file), "ascii")
    try:
        _put_files(folder / "files", files)
        _put_database(database, folder / kind)
    except BaseException:
        if _is_empty(database):  # one that was killed may have left a program that ended its work meanwhile
            for file in files.folder.glob("??/*"):
                file.unlink(missing_ok=True)
            note.unlink(missing_ok=True)
        raise
    note.unlink()
    return count


def restore_over(archive_file: Path, database: Database) -> None:
    """The database is as it was when the backup was made, whatever it is now. Files stay as they are.

    Raises NotValid, Broken; then the database is what it was.
    """
    database.close()
    with tempfile.TemporaryDirectory(prefix="etappi-restore-") as beside:
        folder = Path(beside)
        kind, _ = _unpacked(archive_file, folder)
        if kind != DATABASE_FILE:
            from models.proof.postgresql_programs import put_over

            put_over(database.url, folder / kind)
            return
        with closing(sqlite3.connect(folder / kind)) as copy, closing(sqlite3.connect(_file_of(database))) as there:
            copy.backup(there)


def kind_of(archive_file: Path) -> str:
    """Which database a backup holds: the name of its copy. Raises NotValid for what is no backup."""
    with _reading(archive_file) as archive:
        told = json.loads(archive.read(CONTENTS))
        _check_contents(told, archive_file)
    return str(told["database"])


def _check_files(archive_file: Path, files: FileStore, note: Path) -> None:
    """Nothing, where there are no files, or those of the same backup that was being put back."""
    if not any(files.folder.glob("??/*")):
        return
    if not note.is_file() or note.read_text("ascii") != _name_of(archive_file):
        raise Refused("There are files in {folder}: restore into an empty folder.", folder=files.folder)


def _name_of(archive_file: Path) -> str:
    """By what a backup is known: the hash of its list of contents. Raises NotValid for what is no backup."""
    with _reading(archive_file) as archive:
        return hashlib.sha256(archive.read(CONTENTS)).hexdigest()


def _is_empty(database: Database) -> bool:
    try:
        _check_empty(database)
    except Refused:
        return False
    return True


def _check_empty(database: Database) -> None:
    if database.driver.name == "sqlite":
        for ending in BESIDE:
            place = Path(f"{_file_of(database)}{ending}")
            if place.exists():
                raise Refused("There is a database at {place}: restore into an empty folder.", place=place)
        return
    with database.reading() as session:
        row = session.one(ANY_TABLE)
    if row is not None:
        raise Refused("The database has tables already ({table}): restore into an empty database.", table=row[0])


def _file_of(database: Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))


# --- out of the zip -----------------------------------------------------------------------------------------------


def _unpacked(archive_file: Path, folder: Path) -> tuple[str, int]:
    """The backup's contents lie in the folder, with the bytes that were backed up: which database, how many files."""
    with _reading(archive_file) as archive:
        told = json.loads(archive.read(CONTENTS))
        _check_contents(told, archive_file)
        for name, sha in told["sha256"].items():
            _unpack(archive, name, sha, folder)
    return str(told["database"]), len(told["sha256"]) - 1


@contextmanager
def _reading(archive_file: Path) -> Iterator[zipfile.ZipFile]:
    """The backup, for reading. Raises NotValid for what is none, and for what is wrong with it inside."""
    if not archive_file.is_file():
        raise NotValid("There is no backup at {place}.", place=archive_file)
    try:
        with zipfile.ZipFile(archive_file) as archive:
            yield archive
    except DAMAGED as error:
        if getattr(error, "errno", None) in FULL:
            raise
        raise NotValid("{place} is no whole backup of Etappi: {why}", place=archive_file, why=error) from error


def _check_contents(told: Any, archive_file: Path) -> None:
    if told["format"] != FORMAT:
        raise NotValid("{place} was made by another release of Etappi: restore it with that one.", place=archive_file)
    if told["database"] not in (DATABASE_FILE, DUMP) or told["database"] not in told["sha256"]:
        raise NotValid("{place} holds no database.", place=archive_file)


def _unpack(archive: zipfile.ZipFile, name: str, sha: str, folder: Path) -> None:
    file = Path(archive.extract(name, folder))
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != sha:
            raise Broken(what=f"{name} in the backup is not what was backed up")


# --- into their places --------------------------------------------------------------------------------------------


def _put_files(unpacked: Path, files: FileStore) -> None:
    for file in sorted(unpacked.glob("??/*")):
        place = files.path(file.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.chmod(0o440)
        file.replace(place)


def _put_database(database: Database, copy: Path) -> None:
    if database.driver.name == "sqlite":
        place = _file_of(database)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(place.name + ".part")
        shutil.move(copy, part)
        part.replace(place)
    else:
        from models.proof.postgresql_programs import put_back  # here, because SQLite's users have no use for it

        put_back(database.url, copy)
