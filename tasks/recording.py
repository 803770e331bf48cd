"""What became of messages, on the disk soon after it happened.

A connection puts down what became of a message and sends the next one; what several have put down shares one commit,
and each waits until its own is on the disk before it goes on for long (`delivering.py` says how long).
"""

import datetime as dt
import threading
from typing import NamedTuple

from models.outgoing import contents, outbox
from models.outgoing.contents import Contents
from models.outgoing.letters import Letter
from models.storage.database import Database


class Ended(NamedTuple):
    """A message that has left, or never will."""

    letter: Letter
    found: Contents
    at: dt.datetime
    refusal: str | None = None  # why the mail server refused it for good

    @property
    def outcome(self) -> str:
        return contents.outcome(self.found, self.refusal)


class Pending:
    """One that waits for its commit."""

    def __init__(self, ended: Ended) -> None:
        self.ended = ended
        self.new: bool | None = None  # whether it was not known before; None until the commit
        self.error: BaseException | None = None


class Recorder:
    """Writes down what became of messages. Any number of threads may use it at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._gate = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: list[Pending] = []

    def put(self, ended: Ended) -> Pending:
        """It is put down, to be written with the next commit."""
        mine = Pending(ended)
        with self._gate:
            self._waiting.append(mine)
        return mine

    def settle(self, mine: Pending) -> bool:
        """What was put down is on the disk; False where it was known before."""
        with self._writing:
            if mine.new is None and mine.error is None:
                with self._gate:
                    batch, self._waiting = self._waiting, []
                self._write(batch)
        if mine.error is not None:
            raise mine.error
        return bool(mine.new)

    def _write(self, batch: list[Pending]) -> None:
        try:
            with self.database.transaction() as session:
                found = [outbox.done(session, one.ended.letter.row) for one in batch]
                for one, new in zip(batch, found, strict=True):
                    if new:
                        contents.ended(session, *one.ended)
        except BaseException as error:
            for one in batch:
                one.error = error
        else:
            for one, new in zip(batch, found, strict=True):
                one.new = new
