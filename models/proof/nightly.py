"""The nightly backup: one a night, whichever of several clocks comes first, and the newest ones kept.

A night that was missed is made up for as soon as a clock runs again; one that failed, or died with its clock, is tried
again. What a dead one left unfinished goes with the next.
"""

import datetime as dt
import shutil
from contextlib import suppress
from pathlib import Path

from models.days.calendar import at_local, local_date
from models.errors import EtappiError
from models.outgoing.heartbeat import BACKUP, BACKUP_BEGUN, FAILED, UNENDED, beat, still
from models.proof.backup import backup
from models.record import instant_text
from models.storage.database import Database
from models.storage.files import FileStore

HOUR = 2  # o'clock in Helsinki
NAMED = "etappi-nightly-"

CLAIM = """
    insert into heartbeat (part, at, count) values (:begun, :now, 1)
    on conflict (part) do update set at = excluded.at, count = heartbeat.count + 1, note = null
    where heartbeat.at < :night or heartbeat.note = :failed or (heartbeat.at < :unended and not exists (
        select 1 from heartbeat as ended where ended.part = :backup and ended.at >= heartbeat.at))
    returning part"""


def nightly(database: Database, files: FileStore, folder: Path, now: dt.datetime, keep: int) -> Path | None:
    """The backup of this night is in the folder, and of earlier ones the newest; None where it had been made.

    With 0 to keep none is made. Raises what a backup raises; then it is due again, and `health` tells of it.
    """
    if keep == 0:
        with database.transaction() as session:
            still(session, BACKUP_BEGUN)
        return None
    if not _claimed(database, now):
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        place = backup(database, files, folder / f"{NAMED}{now:%Y%m%dT%H%M%SZ}.zip", now)
    except BaseException:
        with suppress(EtappiError), database.transaction() as session:  # a database that is away is asked again later
            beat(session, BACKUP_BEGUN, now, FAILED)
        raise
    with database.transaction() as session:
        beat(session, BACKUP, now)
    for old in sorted(folder.glob(f"{NAMED}*.zip"))[:-keep]:
        old.unlink()
    return place


def _claimed(database: Database, now: dt.datetime) -> bool:
    """Whether this night's backup is to be made by who asks."""
    with database.transaction() as session:
        row = session.one(
            CLAIM,
            {
                "begun": BACKUP_BEGUN,
                "backup": BACKUP,
                "failed": FAILED,
                "now": instant_text(now),
                "night": instant_text(_night(now)),
                "unended": instant_text(now - UNENDED),
            },
        )
    return row is not None


def _clear(folder: Path) -> None:
    """What backups of the night that died had written is gone."""
    for left in folder.glob(f"{NAMED}*.part"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def _night(now: dt.datetime) -> dt.datetime:
    """When the night began that now belongs to."""
    tonight = at_local(local_date(now), HOUR)
    return tonight if tonight <= now else at_local(local_date(now) - dt.timedelta(days=1), HOUR)
