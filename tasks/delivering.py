"""Delivers messages: each leaves once, over the mail server or as a file of its own, and then its log says so.

    messages/<day>/<municipality>-<window>-<person>-<channel>.eml

Up to four connections carry them. What became of each message is in the database before its connection carries the
third one after it: whoever dies on the way has at most a few messages in doubt, and they keep their Message-ID. One
message that cannot be written or sent stops no other. A delivery that is broken off begins no further message, and has
ended when the last one it had begun is on the disk.
"""

import datetime as dt
import logging
import os
import threading
import uuid
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple

from prefect import task
from prefect.cache_policies import NO_CACHE

from models.days.calendar import local_date
from models.errors import DeliveryFailed, EtappiError
from models.outgoing import letters, outbox
from models.outgoing.addressing import Addressing
from models.outgoing.contents import Contents, contents
from models.outgoing.letters import Letter
from models.outgoing.link_keys import link_keys
from models.record import read_instant
from tasks.installation import Installation, here
from tasks.mail_server import Connection
from tasks.recording import Ended, Pending, Recorder
from tasks.threads import to_its_end
from tasks.writing import written

log = logging.getLogger("etappi.messages")

CONNECTIONS = 4
"""How many connections one delivery has to the mail server at most."""

PORTION = 100
"""How many messages are written before they are sent: while others are written, the dialogues would wait."""

IN_DOUBT = 3
"""How many messages one connection may have sent of which it is not on the disk yet."""


@task(name="deliver", cache_policy=NO_CACHE, persist_result=False)
async def deliver(rows: list[int], hasten: bool = False) -> dict[str, int]:
    """The messages that these effects owe have left, or their log says why not; how many, and how many went wrong."""
    stop = threading.Event()
    return await to_its_end(partial(deliver_all, rows, hasten=hasten, stop=stop), stop=stop.set)


def deliver_all(rows: Sequence[int], *, hasten: bool = False, stop: threading.Event | None = None) -> dict[str, int]:
    """As `deliver`. With `hasten` no reader's hours are waited for; once told to `stop` no further message leaves."""
    delivery = Delivery(here(), stop)
    delivery.send(delivery.taken(rows, hasten=hasten))
    return {name: delivery.counts[name] for name in ("sent", "not sent", "refused", "wrong")}


class Mail(NamedTuple):
    """A message as it leaves: what it tells, and its bytes, of which there are none where it tells nothing any more."""

    letter: Letter
    found: Contents
    content: bytes


class Delivery:
    """One run: the messages it has taken, and what became of them."""

    def __init__(self, there: Installation, stop: threading.Event | None = None) -> None:
        self.there = there
        self.stop = stop or threading.Event()
        self.counts: Counter[str] = Counter()
        self.keys = link_keys(there.settings)
        self._addressing = Addressing(there.engine, dt.timedelta(minutes=there.settings.message_window))
        self._next: Iterator[Mail] = iter(())
        self._taking = threading.Lock()
        self._recorder = Recorder(there.database)

    # --- taking -------------------------------------------------------------------------------------------------------

    def taken(self, rows: Sequence[int], *, hasten: bool) -> list[Letter]:
        """The messages that leave now, closed; all in one transaction, and one by one where that goes wrong."""
        try:
            return self._taken(rows, hasten=hasten)
        except Exception as error:  # one that cannot be read stops no other
            if len(rows) > 1:
                return [one for row in rows for one in self.taken([row], hasten=hasten)]
            self._went_wrong(rows[0], error)
            return []

    def _taken(self, rows: Sequence[int], *, hasten: bool) -> list[Letter]:
        now, worlds, instead = self.there.engine.clock(), self.there.engine.worlds, self._addressing.instead
        with self.there.database.transaction() as session:
            found = [letters.take(session, worlds, row, now, instead, hasten=hasten) for row in rows]
        return [one for one in found if one is not None]

    # --- sending ------------------------------------------------------------------------------------------------------

    def send(self, letters: Sequence[Letter]) -> None:
        """Everything that was taken has left, or it is noted why not."""
        if not letters:
            return
        with ExitStack() as stack:
            connections = [stack.enter_context(one) for one in self._connections(len(letters))]
            pool = stack.enter_context(ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="mail"))
            for start in range(0, len(letters), PORTION):
                self._next = iter(self._written(letters[start : start + PORTION]))
                list(pool.map(self._send_on, connections or [None]))

    def _connections(self, messages: int) -> list[Connection]:
        """The connections to the mail server: none where messages are files."""
        there = self.there.settings
        return [Connection(there) for _ in range(min(CONNECTIONS, messages))] if there.smtp_host else []

    def _written(self, letters: Sequence[Letter]) -> list[Mail]:
        """The messages as they leave now; read at once, and one by one where that goes wrong."""
        if self.stop.is_set():
            return []
        now, worlds = self.there.engine.clock(), self.there.engine.worlds
        try:
            with self.there.database.reading() as session:
                found = [(letter, contents(session, worlds, letter, now)) for letter in letters]
            return [Mail(letter, told, self._bytes(letter, told, now)) for letter, told in found]
        except Exception as error:  # as above
            if len(letters) > 1:
                return [one for letter in letters for one in self._written([letter])]
            self._went_wrong(letters[0].row, error)
            return []

    def _bytes(self, letter: Letter, found: Contents, now: dt.datetime) -> bytes:
        return b"" if found.not_sent else written(self.there, self.keys, letter, found, now)

    def _send_on(self, connection: Connection | None) -> None:
        """One after another, as long as there are any and nobody says to stop."""
        pending: deque[Pending] = deque()
        try:
            while True:
                with self._taking:
                    mail = None if self.stop.is_set() else next(self._next, None)
                if mail is None:
                    break
                try:
                    refusal = None if mail.found.not_sent else self._left(mail, connection)
                    ended = Ended(mail.letter, mail.found, self.there.engine.clock(), refusal)
                    pending.append(self._recorder.put(ended))
                except Exception as error:  # as above
                    self._went_wrong(mail.letter.row, error)
                if len(pending) >= IN_DOUBT:
                    self._settle(pending.popleft())
        finally:
            while pending:
                self._settle(pending.popleft())

    def _settle(self, pending: Pending) -> None:
        """What became of the message is on the disk, and counted."""
        try:
            new = self._recorder.settle(pending)
        except Exception as error:  # as above
            self._went_wrong(pending.ended.letter.row, error)
        else:
            with self._taking:
                self.counts[pending.ended.outcome if new else "known"] += 1

    def _left(self, mail: Mail, connection: Connection | None) -> str | None:
        """The message has left, or why it was refused for good. Raises DeliveryFailed where it is neither."""
        if connection is None:
            file = place_of(self.there.folder, mail.letter)
            if not file.exists():  # one that an earlier attempt wrote stands
                _write(file, mail.content)
            return None
        refusal = connection.send(self.there.settings.mail_from, mail.found.address, mail.content)
        if refusal is not None and not refusal.for_good:
            raise DeliveryFailed(why=f"the mail server did not take it now: {refusal.why}")
        return refusal.why if refusal else None

    def _went_wrong(self, row: int, error: Exception) -> None:
        """It is noted beside the effect, which is tried again."""
        if isinstance(error, EtappiError):
            why = str(error)
        else:
            log.error("The message of effect %s", row, exc_info=error)
            why = f"A fault in Etappi itself ({type(error).__name__}); its log says more."
        with self.there.database.transaction() as session:
            outbox.note(session, row, why)
        with self._taking:
            self.counts["wrong"] += 1


def place_of(folder: Path, letter: Letter) -> Path:
    """The file of a message: the same for every attempt."""
    at = read_instant(letter.window)
    name = "-".join((letter.municipality, at.strftime("%H%M"), letter.person, letter.channel))
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
