"""Counts the steps of a program, and kills it just before one of them, with `kill -9`.

A step is a statement to the database, or a change of what lies in a folder.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.utime", "os.truncate", "shutil.move"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Steps:
    """The steps of this program from now on. It is killed before the one of that number; before none, where it is 0."""

    def __init__(self, last: int, folder: Path) -> None:
        self.taken = 0
        self._last, self._folder = last, str(folder)
        sys.addaudithook(self._heard)

    def told(self, _statement: str) -> None:
        """To be told of every statement (`Database.watch`)."""
        self._step()

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        writing = event == "open" and arguments[2] & WRITES
        if (writing or event in CHANGES) and str(arguments[0]).startswith(self._folder):
            self._step()

    def _step(self) -> None:
        self.taken += 1
        if self.taken == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
