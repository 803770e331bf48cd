"""Parts of an installation that are born at once: a program that has imported everything, and forks them on demand.

    nursery.py KIND      (the settings stand in the environment)

It reads lines, each the part to be born: "clock", "courier", "worker NAME", "web DOOR" (the number of a listening
socket it was given), or "house", which is clock and courier in one with the engine room beside it. It answers with the
number of each one's process, and ends with its input, and they with it.
"""

import asyncio
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from importlib import import_module

from app import parts
from app.courier import Courier
from app.prefect_server import join
from app.runtime import keep_log, ticking
from app.works import answers
from models.settings import Settings
from tasks.installation import installed

TICK = 1  # seconds


def main() -> None:
    there = Settings()
    url = os.environ["PREFECT_API_URL"]
    join(there.data_dir / "prefect", url)
    for module in (
        "app.engine_room",
        "app.prefect_pool",
        "app.prefect_worker",
        "app.web.application",
        "psycopg",
        "uvicorn",
    ):
        import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who dies leaves nothing behind
    born = []
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(there, url, *line.split())
        born.append(child)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for child in born:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def live(there: Settings, url: str, kind: str, name: str = "") -> None:
    """One part's whole life."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.close(0)
    os.dup2(2, 1)
    try:
        if kind == "clock":
            parts.clock(there, tick=TICK)
        elif kind == "courier":
            parts.courier(there)
        elif kind == "worker":
            parts.worker(there, name)
        elif kind == "web":
            parts.web(there, socket.socket(fileno=int(name)))
        else:
            house(there, url)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def house(there: Settings, url: str) -> None:
    """Clock and courier of one machine, as in `etappi up`; the Prefect server is somebody else's to start again."""
    installation = installed(there)
    keep_log()
    with ticking(installation, TICK):
        asyncio.run(Courier(installation, lambda: answers(url)).run(asyncio.Event()))


if __name__ == "__main__":
    main()
