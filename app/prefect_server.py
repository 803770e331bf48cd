"""The engine room of one machine: a Prefect server of Etappi's own, on loopback, whose database may be thrown away.

Nothing here imports Prefect. The socket is Etappi's: a server that is started again answers at the same address, and
what was asked meanwhile waits. Nothing of the user's own Prefect is read or written, and nothing is told to its makers.
"""

import http.client
import logging
import os
import shutil
import socket
import sys
import time
from pathlib import Path
from types import TracebackType

from app.child import Child

LOOPBACK = "127.0.0.1"
DATABASE = "prefect.db"
LARGEST_DATABASE = 500_000_000  # bytes; at the next start a larger one is thrown away
HOPELESS = 3  # starts in a row that fail before the database is thrown away

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # nobody else starts a server in our name
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",  # it writes while the API does; see docs/decisions
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # Prefect's trouble is told in our own words
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
}


def surroundings(home: Path, url: str) -> dict[str, str]:
    """The environment in which Prefect is ours alone: this program's, without anything of another Prefect."""
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith("PREFECT_")}
    direct = {
        name: ",".join(filter(None, [own.get(name), LOOPBACK])) for name in ("NO_PROXY", "no_proxy")
    }  # a town's proxy is not asked for what is on this machine
    places = {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / DATABASE}",
    }
    return {**own, **direct, **QUIET, **places}


def join(home: Path, url: str) -> None:
    """This program's own Prefect, once it is imported, uses a server that several machines share."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update({**QUIET, "PREFECT_HOME": str(home), "PREFECT_API_URL": url})


def prepare(home: Path, url: str) -> None:
    """This program's own Prefect, once it is imported, is the one at that address."""
    if "prefect" in sys.modules and os.environ.get("PREFECT_API_URL") != url:
        raise RuntimeError("Prefect was imported before it was told where its server is.")
    wanted = surroundings(home, url)
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)
    logging.raiseExceptions = False  # else what cannot be logged at Prefect's stands in the terminal


class PrefectServer:
    """The embedded server of one data folder. As a context it runs inside and is gone after."""

    def __init__(self, data_dir: Path) -> None:
        self.home = data_dir.absolute() / "prefect"
        self._socket = socket.create_server((LOOPBACK, 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.child = Child(
            "app.prefect_child",
            [str(self._socket.fileno())],
            environment=surroundings(self.home, self.url),
            folder=self.home,
            log=data_dir.absolute() / "log" / "prefect.log",
            sockets=[self._socket.fileno()],
        )

    @property
    def url(self) -> str:
        """Where its API answers."""
        return f"http://{LOOPBACK}:{self.port}/api"

    def start(self) -> None:
        """The server is starting; `ready` tells when it answers. A database that has grown too large is thrown away."""
        file = self.home / DATABASE
        if file.exists() and file.stat().st_size > LARGEST_DATABASE:
            self.wipe()
        self.child.start()

    def ready(self, seconds: float = 2.0) -> bool:
        """Whether it answers within that time and has its database."""
        until = time.monotonic() + seconds
        while self.child.alive and (left := until - time.monotonic()) > 0:
            if self._answers(min(left, 1.0)):
                return True
        return False

    def mend(self) -> bool:
        """Start it again if it has died; whether that was done. One that cannot start loses its database."""
        if self.child.failures >= HOPELESS and not self.child.alive:
            self.wipe()
        return self.child.mend()

    def wipe(self) -> None:
        """Its database is gone, with everything it knew; no truth of Etappi's is in it. The server must not run."""
        assert not self.child.alive, "the server has its database open"
        shutil.rmtree(self.home, ignore_errors=True)

    def stop(self) -> None:
        """The server is gone; it can be started again."""
        self.child.stop()

    def close(self) -> None:
        """The server and its address are gone for good."""
        self.stop()
        self._socket.close()

    def _answers(self, seconds: float) -> bool:
        """One question, which waits in the socket while the server is starting."""
        asking = http.client.HTTPConnection(LOOPBACK, self.port, timeout=seconds)
        try:
            asking.request("GET", "/api/ready")
            return asking.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()

    def __enter__(self) -> "PrefectServer":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
