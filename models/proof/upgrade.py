"""An installation brought from an older release to this one: backed up, migrated, told again from the record as this
release tells it, verified; or as it was before."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NoReturn

from models.errors import Broken, EtappiError, Refused
from models.migrations import NO_TABLES, is_behind, migrate, release_of, version_of
from models.outgoing.heartbeat import ALIVE, ENDED, beats
from models.proof.backup import backup
from models.proof.rebuild import rebuild
from models.proof.restore import restore_over
from models.proof.verify import Verified, verify
from models.release import RELEASE
from models.storage.database import Database
from models.storage.files import FileStore

RUNNING = (
    "Parts of the installation are running: {parts}. Nothing was done. Stop them all and run this again; "
    "a part that was killed is forgotten after {seconds} seconds."
)
NOT_MIGRATED = (
    "The upgrade to {release} did not go through, and everything is as it was before. {why} Backup: {backup}."
)
NOT_HELD = (
    "After the upgrade to {release} not everything held ({why}), so the database was put back as it was before. "
    "Run the older release, and report this. Backup: {backup}."
)


class Upgraded(NamedTuple):
    """What was done."""

    before: str  # the release, or the version of the tables of one that did not say its release
    after: str
    backup: Path
    verified: Verified


def upgrade(
    database: Database,
    files: FileStore,
    folder: Path,
    now: dt.datetime,
    steps: Callable[[Database], None] = migrate,
) -> Upgraded | None:
    """The installation is of this release, with a backup of before in the folder; None where it was already.

    Raises Refused while parts are running, and Broken where it does not go through or does not hold afterwards: then
    everything is as it was before.
    """
    version = version_of(database)
    if version is None:
        raise Broken(NO_TABLES)
    if not is_behind(database):
        return None
    _check_silent(database, now)
    before = release_of(database) or version
    folder.mkdir(parents=True, exist_ok=True)
    place = backup(database, files, folder / f"etappi-before-{RELEASE}-{now:%Y%m%dT%H%M%SZ}.zip", now)
    try:
        steps(database)
    except Exception as error:  # whatever a step raises: its transaction was rolled back
        first = str(error).partition("\n")[0]  # the rest is the statement, and addresses for programmers
        why = first if isinstance(error, EtappiError) else f"{type(error).__name__}: {first}."
        raise Broken(NOT_MIGRATED, release=RELEASE, why=why, backup=place) from error
    try:
        rebuild(database)
    except Broken as error:
        _put_back(place, database, str(error))
    told = verify(database, files)
    if not told.holds:
        first = f"{told.findings[0].place}: {told.findings[0].what}"
        _put_back(place, database, f"{len(told.findings)} findings, the first: {first}")
    return Upgraded(before, RELEASE, place, told)


def _put_back(place: Path, database: Database, why: str) -> NoReturn:
    restore_over(place, database)
    raise Broken(NOT_HELD, release=RELEASE, why=why, backup=place)


def _check_silent(database: Database, now: dt.datetime) -> None:
    with database.reading() as session:
        running = [
            one.part for one in beats(session) if one.at > now - ALIVE and one.note != ENDED and _moves(one.part)
        ]
    if running:
        raise Refused(RUNNING, parts=", ".join(running), seconds=int(ALIVE.total_seconds()))


def _moves(part: str) -> bool:
    return part.partition(":")[0] in ("clock", "courier", "worker", "web")
