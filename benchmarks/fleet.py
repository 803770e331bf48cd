"""A whole scaled installation on this machine: PostgreSQL, a Prefect server on it, and any number of each part.

Everything is a program of its own, on loopback, in one folder, and gone afterwards. The bench measures it, and
`deploy/scaled-on-one-machine` shows it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from app.works import answers
from benchmarks import postgresql
from models.errors import DeliveryFailed
from models.machine_clock import ClockOfFile, clock_of_the_machine
from models.migrations import migrate
from models.outgoing import outbox
from models.outgoing.heartbeat import workers_ready
from models.settings import Settings
from models.storage.database import Database
from tasks.installation import Installation, installed

BIN = Path(sys.executable).parent
PATIENCE = 180.0  # seconds for programs to start on a busy machine
GRACE = 30.0  # seconds for them to end
LOOK = 0.01  # seconds between looks whether everything is carried out


class Fleet:
    """The programs of one scaled installation, and what is needed to act in it."""

    def __init__(self, folder: Path, cluster: str) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{_free_port()}/api"
        self.address = f"http://127.0.0.1:{_free_port()}"
        self.prefect_database = postgresql.new_database(cluster, "prefect")
        self.settings = Settings(
            data_dir=folder / "data",
            database_url=postgresql.new_database(cluster, "etappi"),
            prefect_url=self.url,
            clock_file=folder / "clock",
            address=self.address,
        )
        self.clock = ClockOfFile(folder / "clock")
        self.installation: Installation = installed(self.settings)
        self.programs: dict[str, subprocess.Popen[bytes]] = {}

    def begin(self, *, workers: int, couriers: int, clocks: int, web: int) -> None:
        """Everything runs, and every worker can carry something out."""
        server = ["server", "start", "--host", "127.0.0.1", "--port", self.url.split(":")[2].removesuffix("/api")]
        self._start("prefect", BIN / "prefect", *server, environment=self._of_the_server())
        self._until("the Prefect server answers", lambda: answers(self.url))
        migrate(Database(self.settings.database))
        for number in range(1, workers + 1):
            self._start(f"worker-{number}", BIN / "etappi", "worker", "--name", f"worker-{number}")
        for part, many in (("courier", couriers), ("clock", clocks)):
            for number in range(1, many + 1):
                self._start(f"{part}-{number}", BIN / "etappi", part)
        for number in range(1, web + 1):
            self._start(f"web-{number}", BIN / "etappi", "web", "--port", self.address.rpartition(":")[2])
        self._until("the workers are ready", lambda: self._workers() == workers)

    def end(self) -> None:
        """Every program has ended, the server last."""
        for name in [*(name for name in self.programs if name != "prefect"), "prefect"]:
            program = self.programs.pop(name, None)
            if program is None:
                continue
            program.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                program.wait(GRACE)
            program.kill()
            program.wait()
        self.installation.database.close()

    def runs(self) -> list[dict[str, Any]]:
        """Every flow run that Prefect knows."""
        found: list[dict[str, Any]] = []
        while batch := ask(self.url, "/flow_runs/filter", limit=200, offset=len(found), sort="START_TIME_ASC"):
            found.extend(batch)
        return found

    # --- programs -------------------------------------------------------------------------------------------------

    def _start(self, name: str, *command: object, environment: dict[str, str] | None = None) -> None:
        log = self.folder / "log" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as said:
            self.programs[name] = subprocess.Popen(
                list(map(str, command)),
                env=environment or self._of_a_part(),
                stdout=said,
                stderr=said,
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C in the terminal is ours to handle
            )

    def _of_a_part(self) -> dict[str, str]:
        given = self.settings.model_dump(include={"data_dir", "database_url", "prefect_url", "clock_file", "address"})
        said = {f"ETAPPI_{name.upper()}": str(value) for name, value in given.items()}
        return {**_bare(), **said}

    def _of_the_server(self) -> dict[str, str]:
        address = self.prefect_database.replace("postgresql://", "postgresql+asyncpg://")
        return {
            **_bare(),
            "DO_NOT_TRACK": "1",
            "PREFECT_HOME": str(self.folder / "prefect"),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": address,
            "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
            "PREFECT_UI_API_URL": self.url,
        }

    def _workers(self) -> int:
        with self.installation.database.reading() as session:
            return workers_ready(session, clock_of_the_machine())

    def _until(self, what: str, holds: Any) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            gone = [name for name, program in self.programs.items() if program.poll() is not None]
            if gone or time.monotonic() > end:
                said = "\n".join((self.folder / "log" / f"{name}.log").read_text() for name in gone)
                raise RuntimeError(f"It never came about that {what}. {said}")
            time.sleep(0.2)


@contextmanager
def fleet(
    folder: Path, own: Path, *, workers: int = 2, couriers: int = 2, clocks: int = 2, web: int = 0
) -> Iterator[Fleet]:
    """A scaled installation at work in the folder, made with PostgreSQL's programs; it is gone afterwards."""
    with postgresql.cluster(own) as cluster, ExitStack() as stack:
        there = Fleet(folder, cluster)
        stack.callback(there.end)
        yield _begun(there, workers=workers, couriers=couriers, clocks=clocks, web=web)


def ask(url: str, path: str, **body: Any) -> Any:
    """The answer of that Prefect API to one question."""
    data, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url + path, data=data, headers=headers), timeout=30) as answer:
        return json.load(answer)


def carried_out(installation: Installation) -> None:
    """Whoever is at work has carried out everything that is due. Raises DeliveryFailed where that was given up."""
    end = time.monotonic() + PATIENCE
    while True:
        now = installation.engine.clock()
        with installation.database.reading() as session:
            found = outbox.overview(session, now)
            waits = outbox.due(session, now) or any(outbox.under_way(session, now).values())
        if found.failed:
            raise DeliveryFailed(why="; ".join(f"{one.key}: {one.error}" for one in found.failed))
        if not waits:
            return
        if time.monotonic() > end:
            raise DeliveryFailed(why=f"it was not done in {PATIENCE:g} seconds")
        time.sleep(LOOK)


def _begun(there: Fleet, **many: int) -> Fleet:
    if not there.clock.file.exists():
        there.clock.set(clock_of_the_machine())
    there.begin(**many)
    return there


def _bare() -> dict[str, str]:
    """This environment without anything of another Etappi or Prefect."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("ETAPPI_", "PREFECT_"))}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
