"""The signs of life of the moving parts: a part that is silent for long has stopped, and somebody should look."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from models.record import instant_text, read_instant
from models.storage.database import Session

BEAT = """
    insert into heartbeat (part, at, count, note) values (:part, :at, 1, :note)
    on conflict (part) do update set at = excluded.at, count = heartbeat.count + 1, note = excluded.note"""
SAYS = "select note from heartbeat where part = 'courier'"
BEATS = "select part, at, note from heartbeat order by part"
STILL = "delete from heartbeat where part = :part"
FORGET = "delete from heartbeat where part like 'worker:%' and at < :before"

WORKER = "worker:"  # and its name: every worker shows that it lives by itself, the other parts of a kind together
ALIVE = dt.timedelta(seconds=45)  # three beats
KEPT = dt.timedelta(days=1)  # how long it is known that a worker lived

TICK = "tick"  # the clock has looked what has fallen due: it does not only live, it works
READY = "the engine room answers"
WAITS = "waits for the engine room"
ENDED = "was told to end"

BACKUP, BACKUP_BEGUN = "backup", "backup-begun"  # of the night: when one was last whole, and last begun
FAILED = "failed"
UNENDED = dt.timedelta(hours=6)
"""A backup that was begun so long ago and is not there has died with its clock."""


class Beat(NamedTuple):
    """When a part last showed that it lives, and what it said of itself."""

    part: str
    at: dt.datetime
    note: str | None


def beat(session: Session, part: str, now: dt.datetime, note: str | None = None) -> None:
    """The part lives now."""
    session.run(BEAT, {"part": part, "at": instant_text(now), "note": note})


def is_warm(session: Session) -> bool:
    """Whether the engine room, which makes documents and sends messages, said last that it answers."""
    row = session.one(SAYS)
    return row is not None and row[0] == READY


def beats(session: Session) -> list[Beat]:
    """Every part that has ever lived here."""
    return [Beat(row[0], read_instant(row[1]), row[2]) for row in session.all(BEATS)]


def unmade_backup(lived: Iterable[Beat], now: dt.datetime) -> Beat | None:
    """The last nightly backup that was begun, where it failed or died with its clock."""
    by = {one.part: one for one in lived}
    begun, whole = by.get(BACKUP_BEGUN), by.get(BACKUP)
    if begun is None or (whole is not None and whole.at >= begun.at):
        return None
    return begun if begun.note == FAILED or begun.at < now - UNENDED else None


def still(session: Session, part: str) -> None:
    """The part has ended, as it was told to."""
    session.run(STILL, {"part": part})


def workers_ready(session: Session, now: dt.datetime) -> int:
    """How many workers live and can carry something out."""
    return sum(beat.part.startswith(WORKER) and beat.note == READY and beat.at > now - ALIVE for beat in beats(session))


def forget(session: Session, now: dt.datetime) -> None:
    """Workers that have been silent for long are forgotten."""
    session.run(FORGET, {"before": instant_text(now - KEPT)})
