"""A program that runs beside Etappi, is started again when it dies, and ends with it."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

STEADY = 60.0  # seconds after which a program that ran counts as having started well
LONGEST_PAUSE = 30.0  # seconds between two tries, at most
LARGEST_LOG = 5_000_000  # bytes; at the next start a larger log is put aside, and the one before it is gone


class Child:
    """One Python module as a program of its own. The module calls `lifeline.hold` before anything else."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str] = (),
        *,
        environment: Mapping[str, str],
        folder: Path,
        log: Path,
        sockets: Sequence[int] = (),
    ) -> None:
        self.command = [sys.executable, "-m", module, *arguments]
        self.environment = dict(environment)
        self.folder = folder
        self.log = log
        self.sockets = tuple(sockets)
        self.failures = 0  # starts in a row that did not last
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._died: float | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running program; None where none runs."""
        return self._process.pid if self._process and self.alive else None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """The program has been started; it may not answer yet."""
        if self.alive:
            return
        self._reap()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,  # the lifeline
                stdout=log,
                stderr=log,
                env=self.environment,
                cwd=self.folder,
                pass_fds=self.sockets,
                start_new_session=True,  # Ctrl-C in the terminal is ours to handle
            )
        self._started, self._died = time.monotonic(), None

    def mend(self) -> bool:
        """Start it again if it has died and its pause is over; whether that was done.

        The pause grows with each start that did not last, so that a program that cannot start takes nobody's time.
        """
        if self.alive or self._process is None:
            return False
        now = time.monotonic()
        if self._died is None:
            self._died = now
            self.failures = self.failures + 1 if now - self._started < STEADY else 1
        if now - self._died < min(2.0 ** (self.failures - 1) - 1, LONGEST_PAUSE):
            return False
        self.start()
        return True

    def stop(self, seconds: float = 10.0) -> None:
        """It has ended: by itself, or after that time by force."""
        if self._process is None:
            return
        if self.alive:
            self._process.terminate()
            try:
                self._process.wait(seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._reap()
        self._process = None

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait()
            if self._process.stdin:
                with suppress(BrokenPipeError):
                    self._process.stdin.close()


def environment(**changed: str) -> dict[str, str]:
    """This program's environment with those changes."""
    return {**os.environ, **changed}
