"""The signs of life of the moving parts: a part that is silent for long has stopped, and somebody should look."""

import datetime as dt
from typing import NamedTuple

from models.record import instant_text, read_instant
from models.storage.database import Session

BEAT = """
    insert into heartbeat (part, at, count, note) values (:part, :at, 1, :note)
    on conflict (part) do update set at = excluded.at, count = heartbeat.count + 1, note = excluded.note"""
BEATS = "select part, at, note from heartbeat order by part"


class Beat(NamedTuple):
    """When a part last showed that it lives, and what it said of itself."""

    part: str
    at: dt.datetime
    note: str | None


def beat(session: Session, part: str, now: dt.datetime, note: str | None = None) -> None:
    """The part lives now."""
    session.run(BEAT, {"part": part, "at": instant_text(now), "note": note})


def beats(session: Session) -> list[Beat]:
    """Every part that has ever lived here."""
    return [Beat(row[0], read_instant(row[1]), row[2]) for row in session.all(BEATS)]
