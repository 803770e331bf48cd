"""Everything in one: the clock, the courier with its engine room, and programs that run beside them, until told to end.

Nothing here decides anything. The clock only says that time has passed; the engine decides what that means. `parts.py`
runs the same things one by one.
"""

import datetime as dt
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from app import clock_watch
from app.child import Child
from app.works import Works
from models.errors import Broken, EtappiError
from models.machine_clock import clock_of_the_machine
from models.migrations import check
from models.outgoing import heartbeat, outbox
from models.outgoing.heartbeat import ENDED, READY, WAITS, beat
from models.proof.nightly import nightly
from models.settings import Settings
from models.signing_in import attempts, links, sessions
from models.storage import new_processes
from models.storage.drafts import sweep_before
from models.storage.file_rows import sweep_files
from tasks.installation import Installation, installed

log = logging.getLogger("etappi")

TICK = 60  # seconds between ticks
BEAT = 15.0  # seconds between signs of life
HOUR, DAY = 3600, 24 * 3600
LOOK_AFTER = 1.0  # seconds between looks whether the programs beside live
LOG_BYTES, LOGS = 5_000_000, 3
SAID = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Alive = tuple[str, str | None]
"""A part that lives, and what it says of itself."""


def up(settings: Settings, beside: Sequence[Child] = (), *, tick: int = TICK) -> None:
    """Clock, courier and the programs beside run until SIGTERM or SIGINT; then all of it has ended.

    Raises Broken where the database has not been set up, and as soon as it is another release's.
    """
    installation = installed(settings)
    check(installation.database)
    keep_log(installation.folder / "log" / "etappi.log")
    with ExitStack() as stack:
        told = stack.enter_context(ending())
        for child in beside:
            child.start()
            stack.callback(child.stop)
        works = stack.enter_context(Works(installation))
        stack.enter_context(ticking(installation, tick))
        live(installation, told, lambda: [("clock", None), *courier_alive(works)], beside)


@contextmanager
def ticking(installation: Installation, tick: int = TICK) -> Iterator[None]:
    """Inside, the only clock ticks, and has things backed up and cleaned up. A job that was late runs once."""
    clock = BackgroundScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    jobs: list[tuple[Callable[[], object], int]] = [
        (lambda: clock_watch.tick(installation), tick),
        (lambda: back_up(installation), HOUR),
        (lambda: clean_up(installation), DAY),
    ]
    for job, seconds in jobs:  # the first time at once
        clock.add_job(_quietly(job), "interval", seconds=seconds, next_run_time=dt.datetime.now(dt.UTC))
    clock.start()
    try:
        yield
    finally:
        clock.shutdown()


def live(
    installation: Installation,
    told: threading.Event,
    alive: Callable[[], Sequence[Alive]],
    beside: Sequence[Child] = (),
) -> None:
    """What lives here has shown it, and the programs beside were started again, until told to end.

    What has only just begun does not say yet that the clock is silent: where everything was down, that begins now too.
    Raises Broken as soon as the installation is another release's.
    """
    due, watching = 0.0, False
    while True:
        if time.monotonic() >= due:
            due = time.monotonic() + BEAT
            show_life(installation, alive(), watching=watching)
            watching = True
        if told.wait(LOOK_AFTER):
            show_life(installation, [(part, ENDED) for part, _ in alive()])
            return
        for child in beside:
            child.mend()


def show_life(installation: Installation, alive: Sequence[Alive], *, watching: bool = False) -> None:
    """The parts live, and where they are `watching` they have told of a clock that is silent.

    Raises Broken where the installation is another release's.
    """
    try:
        check(installation.database)
        with installation.database.transaction() as session:
            for part, note in alive:
                beat(session, part, clock_of_the_machine(), note)  # also where the rest goes by another clock
        if watching:
            clock_watch.notice_silence(installation)
    except Broken:
        raise
    except EtappiError as error:  # the database is away or busy: the part goes on trying
        log.warning("%s", error)


def courier_alive(works: Works) -> Sequence[Alive]:
    """The courier, where it lives."""
    if not works.alive or works.courier is None:
        return ()
    return (("courier", READY if works.courier.connected else WAITS),)


def back_up(installation: Installation) -> None:
    """The backup of this night has been made, by this clock or another."""
    there, now = installation.settings, installation.engine.clock()
    nightly(installation.database, installation.files, there.backups.absolute(), now, there.backups_kept)


def clean_up(installation: Installation) -> None:
    """Files nobody uses, effects done long ago, workers that are no more and what a closed process keeps no longer are
    gone."""
    now = installation.engine.clock()
    sweep_before(installation.database, now)
    sweep_files(installation.database, installation.files, now)
    with installation.database.transaction() as session:
        outbox.tidy(session, now)
        for tidy in (sessions.tidy, links.tidy, attempts.tidy, new_processes.tidy):
            tidy(session, now)
        heartbeat.forget(session, clock_of_the_machine())
    installation.engine.destroy_over()


def keep_log(file: Path | None = None) -> None:
    """What goes wrong stands in the installation's log; without a file on standard error, for whoever started this."""
    handler: logging.Handler = logging.StreamHandler()
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=LOGS, encoding="utf-8")
    handler.setFormatter(logging.Formatter(SAID))
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
def ending() -> Iterator[threading.Event]:
    """Inside, SIGTERM and SIGINT set the event."""
    told = threading.Event()

    def tell(number: int, frame: FrameType | None) -> None:
        told.set()

    before = {number: signal.signal(number, tell) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
