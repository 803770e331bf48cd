"""A courier that is killed just before a given statement: a program of its own, for the tests.

    killed_courier.py FOLDER PREFECT_URL MUNICIPALITY PROCESS NOW

It reads numbers, one a line. For each it forks a courier that drains what is owed, ten simulated minutes later each
time, and is killed with `kill -9` before it runs that many statements; 0 lets it live. It answers "killed" or "done".
"""

import asyncio
import datetime as dt
import os
import signal
import sys
import traceback
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from village import Clock, Village

from app.courier import Courier
from app.prefect_server import join
from flows.deployments import DEPLOYMENTS


def main() -> None:
    folder, url, municipality, now = Path(sys.argv[1]), sys.argv[2], sys.argv[3], dt.datetime.fromisoformat(sys.argv[4])
    join(folder / "prefect", url)
    for module in ("app.engine_room", *(at.rpartition(".")[0] for at in DEPLOYMENTS.values())):
        import_module(module)  # once, for all that are forked
    for turn, line in enumerate(sys.stdin, 1):
        clock = Clock(now + dt.timedelta(minutes=10 * turn))
        child = os.fork()
        if child == 0:
            try:
                drain(folder, municipality, clock, int(line))
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write("killed\n" if killed else "done\n" if status == 0 else f"ended with {status}\n")
        sys.stdout.flush()


def drain(folder: Path, municipality: str, clock: Any, last: int) -> None:
    """One courier's whole life."""
    village = Village(folder, clock, municipality, message_window=1)
    counted = count(1)

    def watch(statement: str) -> None:
        if next(counted) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    village.database.watch = watch

    async def life() -> None:
        courier = Courier(village.installation, lambda: True, pauses=(0,))
        async with courier.at_work():
            await courier.drain(hasten=True)

    asyncio.run(life())


if __name__ == "__main__":
    main()
