"""A record as it was read up to a day: its events with their hashes, and the state that they make."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import NamedTuple

from models.days.calendar import local_date
from models.errors import NotFound
from models.events import Recorded
from models.evolve import fold
from models.process import Process
from models.record import read
from models.storage import reading
from models.storage.database import Row, Session


class Told(NamedTuple):
    """One event, with its hash and the text that it is stored as."""

    recorded: Recorded
    hash: str
    body: str


def of_process(session: Session, process: int, until: dt.date | None = None) -> list[Told]:
    """The process's events that had been recorded by the end of the day, in their order."""
    return _until(session.all(reading.RECORD, {"process": process}), until)


def entries(session: Session, process: int, sequences: Iterable[int]) -> list[Told]:
    """These of the process's events, in their order."""
    rows = session.all(reading.ENTRIES, {"process": process, "ids": json.dumps(sorted(sequences))})
    return _until(rows, None)


def of_municipality(session: Session, municipality: str, until: dt.date | None = None) -> list[Told]:
    """The events of the municipality's own record, as those of a process."""
    return _until(session.all(reading.OWN_RECORD, {"municipality": municipality}), until)


def stood(told: Iterable[Told], key: str) -> Process:
    """The process as these events made it. Raises NotFound where there are none."""
    state = fold(one.recorded for one in told)
    if state is None:
        raise NotFound("The process {name} was not there yet on that day.", name=key)
    return state


def _until(rows: Iterable[Row], day: dt.date | None) -> list[Told]:
    told = (Told(read(body), hash_, body) for body, hash_ in rows)
    return [one for one in told if day is None or local_date(one.recorded.at) <= day]
