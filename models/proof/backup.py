"""A backup of a whole installation: one zip with a consistent copy of the database, the files it names and a list of
hashes. `proof/restore.py` puts it back."""

import datetime as dt
import errno
import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from models.errors import Broken, Refused
from models.proof.whole_zip import whole_zip
from models.settings import DATABASE_FILE
from models.storage.database import Database
from models.storage.files import CHUNK, FileStore

FORMAT = 1
CONTENTS = "contents.json"
DUMP = "etappi.pgdump"
ATTEMPTS = 5

LISTED = "select distinct sha256 from file"
SNAPSHOT = "select pg_export_snapshot()"


class _TakenAway(Exception):
    """Files that the copy of the database names were taken away while the backup was written."""


def backup(database: Database, files: FileStore, place: Path, now: dt.datetime) -> Path:
    """A zip at `place` (or in it, if it is a folder) holds everything as it was at one instant; where it is.

    Raises Refused, NoRoom; and Broken, with the backup written all the same, where stored files are missing.
    """
    if place.is_dir():
        place = place / f"etappi-{now:%Y%m%dT%H%M%SZ}.zip"
    for _ in range(ATTEMPTS):
        try:
            lost = _written(database, files, place, now)
        except _TakenAway:
            continue
        if lost:
            names = ", ".join(sorted(lost))
            raise Broken(what=f"the backup {place} is written, but these stored files are missing from it: {names}")
        return place
    raise Refused("Files were taken away each time the backup was written; try again later.")


def _written(database: Database, files: FileStore, place: Path, now: dt.datetime) -> set[str]:
    """The backup is there; the files that should be in it and are lost.

    The copy of the database lies beside it meanwhile, and not in a folder that is everybody's, or in memory.
    """
    with (
        whole_zip(place) as archive,
        tempfile.TemporaryDirectory(prefix=f"{place.name}.", suffix=".part", dir=place.parent) as folder,
    ):
        copy, listed = _copy_of(database, Path(folder))
        hashes = {copy.name: _add(archive, copy.name, copy)}
        for name in sorted(listed):
            inside = f"files/{name[:2]}/{name}"
            try:
                hashes[inside] = _add(archive, inside, files.path(name))
            except FileNotFoundError:
                continue
        missing = {name for name in listed if f"files/{name[:2]}/{name}" not in hashes}
        if missing:
            with database.reading() as session:
                lost = missing & {row[0] for row in session.all(LISTED)}
            if lost != missing:
                raise _TakenAway
        told = {"format": FORMAT, "made_at": now.isoformat(), "database": copy.name, "sha256": hashes}
        archive.writestr(CONTENTS, json.dumps(told, indent=1))
    return missing


def _add(archive: zipfile.ZipFile, name: str, file: Path) -> str:
    """The file is in the zip; the hash of the bytes that are."""
    digest = hashlib.sha256()
    with file.open("rb") as opened, archive.open(name, "w", force_zip64=True) as inside:
        while chunk := opened.read(CHUNK):
            digest.update(chunk)
            inside.write(chunk)
    return digest.hexdigest()


def _copy_of(database: Database, folder: Path) -> tuple[Path, set[str]]:
    """A consistent copy of the database, made while people go on working, and the files that it lists."""
    if database.driver.name == "sqlite":
        return _sqlite_copy(database, folder / DATABASE_FILE)
    from models.proof.postgresql_programs import dump  # here, because SQLite's users have no use for it

    with database.reading() as session:  # the dump is taken of the very picture in which the files are listed
        row = session.one(SNAPSHOT)
        assert row is not None, "a select of a function gives a row"
        listed = {found[0] for found in session.all(LISTED)}
        try:
            dump(database.url, folder / DUMP, snapshot=row[0])
        except Refused:
            session.all(LISTED)  # a database that has gone away says so itself
            raise
    return folder / DUMP, listed


def _sqlite_copy(database: Database, copy: Path) -> tuple[Path, set[str]]:
    source = Path(database.url.removeprefix("sqlite:///"))
    if not source.exists():
        raise Refused("There is no database at {place}.", place=source)
    try:
        with closing(sqlite3.connect(source)) as original, closing(_nobody_elses(copy)) as target:
            original.execute("begin")  # the copy is of the very picture in which the files are listed
            rows: Iterable[tuple[str]] = original.execute(LISTED)
            listed = {row[0] for row in rows}
            original.backup(target)
            return copy, listed
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_FULL":
            raise OSError(errno.ENOSPC, str(error), str(copy)) from error
        raise database.driver.refusal(error) or Broken(what=f"{source} cannot be copied: {error}") from error


def _nobody_elses(copy: Path) -> sqlite3.Connection:
    """A new file that nothing else opens: without locks, which folders of other machines may not have."""
    return sqlite3.connect(f"{copy.absolute().as_uri()}?nolock=1", uri=True)
