"""Delivers messages: each is written once, as an e-mail in a file of its own, and then its log says so.

    messages/<day>/<municipality>-<window>-<person>-mail.eml

The file comes first and the row after it. A file that is there already was written by an earlier attempt and stands.
One message that cannot be written stops no other.
"""

import asyncio
import datetime as dt
import logging
import os
import uuid
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from models.days.calendar import local_date
from models.errors import EtappiError
from models.outgoing import letters, outbox
from models.outgoing.addressing import MAIL
from models.outgoing.letters import Contents, Letter
from models.record import read_instant
from tasks.effect import note
from tasks.installation import Installation, here
from tasks.messages import Sender, compose, to_eml

log = logging.getLogger("etappi.messages")


@task(name="deliver", cache_policy=NO_CACHE, persist_result=False)
async def deliver(rows: list[int]) -> dict[str, int]:
    """The messages that these effects owe have left, or their log says why not; how many, and how many went wrong."""
    return await asyncio.to_thread(deliver_all, rows)


def deliver_all(rows: list[int]) -> dict[str, int]:
    """As `deliver`, one after another."""
    counts = {"sent": 0, "not sent": 0, "wrong": 0}
    for row in rows:
        try:
            outcome = deliver_one(here(), row)
        except EtappiError as error:
            outcome = _wrong(row, str(error))
        except Exception as error:  # the outermost loop of a sweep: it is noted, and the others go on
            log.exception("The message of effect %s", row)
            outcome = _wrong(row, f"A fault in Etappi itself ({type(error).__name__}); its log says more.")
        if outcome:
            counts[outcome] += 1
    return counts


def _wrong(row: int, why: str) -> str:
    note(row, why)
    return "wrong"


def deliver_one(there: Installation, row: int) -> str | None:
    """The message has left or will not; which of the two. None where that had been done before."""
    with there.database.transaction() as session:
        letter = letters.close(session, row)
    if letter is None:
        return None
    with there.database.reading() as session:
        found = letters.contents(session, there.engine.worlds, letter)
    now = there.engine.clock()
    if found.not_sent is None:
        file = place_of(there.folder, letter)
        if not file.exists():
            _write(file, written(there, letter, found, now))
    with there.database.transaction() as session:
        if not outbox.done(session, row):
            return None
        letters.ended(session, letter, found, now)
    return "sent" if found.not_sent is None else "not sent"


def written(there: Installation, letter: Letter, found: Contents, now: dt.datetime) -> bytes:
    """The message as the bytes of an e-mail."""
    sender = Sender(name=found.municipality, address=there.settings.mail_from)
    message = compose(
        found.notices,
        key=f"{letter.municipality}:{letter.key}",
        language=found.language,
        municipality=found.municipality,
        contacts=found.contacts,
        on=local_date(now),
        domain=sender.address.rpartition("@")[2],
        address=there.settings.address or None,
    )
    return to_eml(message, sender, found.address, now)


def place_of(folder: Path, letter: Letter) -> Path:
    """The file of a message: the same for every attempt."""
    at = read_instant(letter.window)
    name = "-".join((letter.municipality, at.strftime("%H%M"), letter.person, MAIL))
    return folder / "messages" / local_date(at).isoformat() / f"{name}.eml"


def _write(file: Path, content: bytes) -> None:
    """The file is there, whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.parent / f".{uuid.uuid4().hex}"
    try:
        with beside.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
