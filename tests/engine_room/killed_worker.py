"""A worker that is killed just before a given statement of the runs it carries out: a program of its own.

killed_worker.py FOLDER PREFECT_URL MUNICIPALITY POOL STATEMENT CLOCK_FILE
"""

import os
import signal
import sys
import threading
from itertools import count
from pathlib import Path

from village import Village

from app.parts import Worker
from models.machine_clock import ClockOfFile


def main() -> None:
    folder, url, municipality, pool, last, clock = sys.argv[1:]
    village = Village(Path(folder), ClockOfFile(Path(clock)), municipality, prefect_url=url, work_pool=pool)
    counted = count(1)

    def watch(statement: str) -> None:
        if "heartbeat" in statement or "release" in statement or "sqlite_master" in statement or "alembic" in statement:
            return  # its signs of life
        if next(counted) == int(last):
            os.kill(os.getpid(), signal.SIGKILL)

    village.database.watch = watch
    with Worker(village.installation, "katoava"):
        threading.Event().wait()


if __name__ == "__main__":
    main()
