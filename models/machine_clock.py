"""What the machine's own clock says. The rules are given the time; whoever runs them asks for it here."""

import datetime as dt
import time
from pathlib import Path

from models.receipts import Clock


def clock_of_the_machine() -> dt.datetime:
    """The time now, UTC."""
    return dt.datetime.now(dt.UTC)


class ClockOfFile:
    """A clock that several programs on one machine share: it was the instant in the file when that was written."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self) -> dt.datetime:
        """The time now, UTC."""
        since = time.time() - self.file.stat().st_mtime
        return dt.datetime.fromisoformat(self.file.read_text("ascii")) + dt.timedelta(seconds=since)

    def set(self, now: dt.datetime) -> None:
        """It is that time now, and time goes on from there."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(".part")
        part.write_text(now.isoformat(), "ascii")
        part.replace(self.file)


def clock_of(file: Path | None) -> Clock:
    """The clock that an installation goes by: the one of that file, or the machine's."""
    return ClockOfFile(file) if file else clock_of_the_machine
