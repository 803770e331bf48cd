"""Everything in one: the clock, the courier with its engine room, and programs that run beside them, until told to end.

Nothing here decides anything. The clock only says that time has passed; the engine decides what that means.
"""

import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from app.child import Child
from app.works import Works
from models.errors import EtappiError
from models.migrations import check
from models.outgoing import outbox
from models.outgoing.heartbeat import beat
from models.settings import Settings
from models.storage.file_rows import sweep_files
from tasks.installation import Installation, installed

log = logging.getLogger("etappi")

TICK = 60  # seconds between ticks
BEAT = 15  # seconds between signs of life
DAY = 24 * 3600
LOOK_AFTER = 1.0  # seconds between looks whether the programs beside live
LOG_BYTES, LOGS = 5_000_000, 3


def up(settings: Settings, beside: Sequence[Child] = (), *, tick: int = TICK) -> None:
    """Clock, courier and the programs beside run until SIGTERM or SIGINT; then all of it has ended.

    Raises Broken where the database has not been set up.
    """
    installation = installed(settings)
    check(installation.database)
    keep_log(installation.folder / "log" / "etappi.log")
    told = threading.Event()
    with ExitStack() as stack:
        stack.enter_context(_ending_on(told))
        for child in beside:
            child.start()
            stack.callback(child.stop)
        works = stack.enter_context(Works(installation))
        clock = the_clock(installation, works, tick)
        clock.start()
        stack.callback(clock.shutdown)
        while not told.wait(LOOK_AFTER):
            for child in beside:
                child.mend()


def the_clock(installation: Installation, works: Works | None, tick: int = TICK) -> BackgroundScheduler:
    """The only clock: it ticks, shows that it lives, and has things cleaned up. A job that was late runs once."""
    clock = BackgroundScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    jobs: list[tuple[Callable[[], object], int]] = [
        (installation.engine.tick, tick),
        (lambda: show_life(installation, works), BEAT),
        (lambda: clean_up(installation), DAY),
    ]
    for job, seconds in jobs:  # the first time at once
        clock.add_job(_quietly(job), "interval", seconds=seconds, next_run_time=dt.datetime.now(dt.UTC))
    return clock


def show_life(installation: Installation, works: Works | None) -> None:
    """The clock lives, and the courier where it does, with what the engine room is doing."""
    now = installation.engine.clock()
    with installation.database.transaction() as session:
        beat(session, "clock", now)
        if works is not None and works.alive and works.courier is not None:
            beat(session, "courier", now, "the engine room answers" if works.courier.connected else "waits")


def clean_up(installation: Installation) -> None:
    """Files nobody uses and effects done long ago are gone."""
    now = installation.engine.clock()
    sweep_files(installation.database, installation.files, now)
    with installation.database.transaction() as session:
        outbox.tidy(session, now)


def keep_log(file: Path) -> None:
    """What goes wrong stands in the installation's log."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=LOGS, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _quietly(job: Callable[[], object]) -> Callable[[], None]:
    """The job, of which a failure is logged; it comes again in its time."""

    def done() -> None:
        try:
            job()
        except EtappiError as error:
            log.warning("%s", error)
        except Exception:  # the outermost loop
            log.exception("The clock")

    return done


@contextmanager
def _ending_on(told: threading.Event) -> Iterator[None]:
    """Inside, SIGTERM and SIGINT set the event."""

    def tell(number: int, frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
