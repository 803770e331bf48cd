"""The nightly backup: one a night, whichever of several clocks comes first, and the newest ones kept.

A night that was missed is made up for as soon as a clock runs again; one that failed is tried again.
"""

import datetime as dt
from pathlib import Path

from models.days.calendar import at_local, local_date
from models.outgoing.heartbeat import beat, still
from models.proof.backup import backup
from models.record import instant_text
from models.storage.database import Database
from models.storage.files import FileStore

HOUR = 2  # o'clock in Helsinki
BEGUN, DONE = "backup-begun", "backup"  # among the signs of life

CLAIM = """
    insert into heartbeat (part, at, count) values (:part, :now, 1)
    on conflict (part) do update set at = excluded.at, count = heartbeat.count + 1
    where heartbeat.at < :night returning part"""


def nightly(database: Database, files: FileStore, folder: Path, now: dt.datetime, keep: int) -> Path | None:
    """The backup of this night is in the folder, and of earlier ones the newest; None where it had been made.

    With 0 to keep none is made. Raises what a backup raises; then it is due again.
    """
    if keep == 0:
        return None
    with database.transaction() as session:
        mine = session.one(CLAIM, {"part": BEGUN, "now": instant_text(now), "night": instant_text(_night(now))})
    if mine is None:
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = backup(database, files, folder / f"etappi-nightly-{now:%Y%m%dT%H%M%SZ}.zip", now)
    except BaseException:
        with database.transaction() as session:
            still(session, BEGUN)
        raise
    with database.transaction() as session:
        beat(session, DONE, now)
    for old in sorted(folder.glob("etappi-nightly-*.zip"))[:-keep]:
        old.unlink()
    return place


def _night(now: dt.datetime) -> dt.datetime:
    """When the night began that now belongs to."""
    tonight = at_local(local_date(now), HOUR)
    return tonight if tonight <= now else at_local(local_date(now) - dt.timedelta(days=1), HOUR)
