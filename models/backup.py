"""A backup of a whole installation: one zip with a consistent copy of the database, all stored files and a list of
hashes; and its restoring into an empty place, checked."""

import datetime as dt
import hashlib
import json
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from pathlib import Path

from models.database import Database
from models.errors import Broken, NotValid, Refused
from models.files import FileStore
from models.settings import DATABASE_FILE

FORMAT = 1
CONTENTS = "contents.json"
DUMP = "etappi.pgdump"


def backup(database: Database, files: FileStore, place: Path, now: dt.datetime) -> Path:
    """A zip at `place` (or in it, if it is a folder) holds everything; where it is. Raises Refused, NoRoom."""
    if place.is_dir():
        place = place / f"etappi-{now:%Y%m%dT%H%M%SZ}.zip"
    if place.exists():
        raise Refused("{place} is there already; name another file.", place=place)
    beside = place.with_name(place.name + ".part")
    with tempfile.TemporaryDirectory(prefix="etappi-backup-") as folder:
        copy = _copy_of(database, Path(folder))
        hashes: dict[str, str] = {}
        try:
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
                _add(archive, copy.name, copy, hashes)
                for file in sorted(files.folder.glob("??/*")):
                    _add(archive, f"files/{file.name[:2]}/{file.name}", file, hashes)
                told = {"format": FORMAT, "made_at": now.isoformat(), "database": copy.name, "sha256": hashes}
                archive.writestr(CONTENTS, json.dumps(told, indent=1))
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    return place


def _add(archive: zipfile.ZipFile, name: str, file: Path, hashes: dict[str, str]) -> None:
    with file.open("rb") as opened:
        hashes[name] = hashlib.file_digest(opened, "sha256").hexdigest()
    archive.write(file, name)


def _copy_of(database: Database, folder: Path) -> Path:
    """A consistent copy of the database, made while people go on working."""
    if database.driver.name == "sqlite":
        copy = folder / DATABASE_FILE
        source = sqlite3.connect(database.url.removeprefix("sqlite:///"))
        target = sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            target.close()
            source.close()
        return copy
    copy = folder / DUMP
    _run(_postgresql("pg_dump"), "--format=custom", f"--file={copy}", database.url)
    return copy


def restore(archive_file: Path, database: Database, files: FileStore) -> int:
    """The installation is as it was when the backup was made; how many files it has. The place must be empty.

    Raises NotValid for what is no backup, Broken where its contents are not those that were backed up, Refused.
    """
    if files.folder.exists() and any(files.folder.glob("??/*")):
        raise Refused("There are files in {folder}: restore into an empty folder.", folder=files.folder)
    with tempfile.TemporaryDirectory(prefix="etappi-restore-") as folder:
        told = _unpacked(archive_file, Path(folder))
        _put_back(database, Path(folder) / str(told["database"]))
        for file in (Path(folder) / "files").glob("??/*"):
            place = files.path(file.name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(file, place)
    return len(told["sha256"]) - 1


def _unpacked(archive_file: Path, folder: Path) -> dict[str, dict[str, str]]:
    """The backup's contents lie in the folder, each with the bytes it was backed up with; the list of them."""
    try:
        with zipfile.ZipFile(archive_file) as archive:
            told: dict[str, dict[str, str]] = json.loads(archive.read(CONTENTS))
            for name, sha in told["sha256"].items():
                file = Path(archive.extract(name, folder))
                with file.open("rb") as opened:
                    if hashlib.file_digest(opened, "sha256").hexdigest() != sha:
                        raise Broken(what=f"{name} in the backup is not the file that was backed up")
    except FileNotFoundError:
        raise NotValid("There is no backup at {place}.", place=archive_file) from None
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotValid("{place} is no whole backup of Etappi: {why}", place=archive_file, why=error) from error
    return told


def _put_back(database: Database, copy: Path) -> None:
    if (database.driver.name == "sqlite") != (copy.name == DATABASE_FILE):
        raise NotValid("The backup is of another kind of database than ETAPPI_DATABASE_URL names.")
    if database.driver.name == "sqlite":
        place = Path(database.url.removeprefix("sqlite:///"))
        if place.exists():
            raise Refused("There is a database at {place}: restore into an empty folder.", place=place)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, place)
    else:
        _run(_postgresql("pg_restore"), "--exit-on-error", "--no-owner", f"--dbname={database.url}", str(copy))


def _postgresql(program: str) -> str:
    """PostgreSQL's own program. Raises Refused where it is not installed."""
    found = shutil.which(program) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise Refused("PostgreSQL's program {program} is not installed on this machine.", program=program)
    return found


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Broken(what=f"{Path(command[0]).name} says: {done.stderr.strip()}")
