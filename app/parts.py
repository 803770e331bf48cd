"""The parts of an installation one by one, any number of each, on PostgreSQL and a Prefect server they share.

Each runs until it is told to end (SIGTERM, SIGINT), shows that it lives, and ends with a plain sentence as soon as the
installation is another release's. What goes wrong stands on standard error, where systemd or a container takes it up.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import app.runtime
from app.prefect_server import join
from app.runtime import Alive, courier_alive, ending, keep_log, live, log, ticking
from app.silence import Silence
from app.works import Works, answers
from models.errors import Broken, EtappiError, NotValid
from models.migrations import check
from models.outgoing.heartbeat import READY, WAITS, WORKER, still
from models.release import RELEASE
from models.settings import Settings
from tasks.installation import Installation, installed, within

if TYPE_CHECKING:
    from app.prefect_worker import WarmWorker

IDLE = 0.4  # seconds between looks into the work pool while there is nothing in it
LISTENING = 2.0  # the same while a courier's call is heard
BUSY = 0.05  # seconds after something was taken up
SYNC = 30.0  # seconds between a worker's signs of life at Prefect's
SILENT = 10.0  # seconds after which Prefect counts as lost; its own client would try for a minute and tell nobody
AGAIN = 2.0  # seconds before it is looked for, or a connection is made, anew
GRACE = 20.0  # seconds that runs under way are given to end
LAST_WORDS = 5.0  # seconds in which Prefect can be told that they were broken off

NEEDS_PREFECT = "A courier or a worker by itself needs a Prefect server (ETAPPI_PREFECT_URL); `etappi up` has its own."
NEEDS_POSTGRESQL = "Couriers and workers by themselves need PostgreSQL (ETAPPI_DATABASE_URL=postgresql://…)."


def clock(settings: Settings, *, tick: int = app.runtime.TICK) -> None:
    """A clock has run. Raises Broken where the database is not of this release."""
    with _part(settings, "clock") as (installation, told), ticking(installation, tick):
        live(installation, told, lambda: [("clock", None)])


def courier(settings: Settings) -> None:
    """A courier has run, which hands over to workers. Raises NotValid without PostgreSQL and Prefect, Broken."""
    _check_scaled(settings)
    with _part(settings, "courier") as (installation, told), Works(installation) as works:
        live(installation, told, lambda: courier_alive(works))


def worker(settings: Settings, name: str) -> None:
    """A worker of that name has run. Raises NotValid without PostgreSQL and Prefect, Broken."""
    _check_scaled(settings)
    with _part(settings, f"worker {name}") as (installation, told), Worker(installation, name) as there:
        live(installation, told, there.alive)


def web(settings: Settings, door: socket.socket) -> None:
    """The pages have been served at the door. Raises Broken where the database is not of this release."""
    from app.web.serve import serve  # it takes seconds

    with _part(settings, "web") as (installation, told):
        life = _LifeBeside(installation, told)
        serve(settings, door, beside=life.begin)
        told.set()
        life.join()
    if life.broken is not None:
        raise life.broken


class _LifeBeside(threading.Thread):
    """The pages show that they live, in a thread of its own, and are ended where they are another release's."""

    def __init__(self, installation: Installation, told: threading.Event) -> None:
        super().__init__(name="life")
        self.installation = installation
        self.told = told
        self.broken: Broken | None = None
        self._end: Callable[[], None] | None = None

    def begin(self, end: Callable[[], None]) -> None:
        self._end = end
        self.start()

    def run(self) -> None:
        try:
            live(self.installation, self.told, lambda: [("web", None)])
        except Broken as error:
            self.broken = error
            if self._end is not None:
                self._end()


def _check_scaled(settings: Settings) -> None:
    if not settings.prefect_url:
        raise NotValid(NEEDS_PREFECT)
    if not settings.database.startswith("postgres"):
        raise NotValid(NEEDS_POSTGRESQL)


@contextmanager
def _part(settings: Settings, name: str) -> Iterator[tuple[Installation, threading.Event]]:
    installation = installed(settings)
    check(installation.database)
    keep_log()
    log.info("Etappi %s: %s is at work.", RELEASE, name)
    with ExitStack() as stack:
        stack.callback(installation.database.close)
        yield installation, stack.enter_context(ending())


class Worker:
    """A warm worker at work in a thread of its own, connected anew whenever Prefect has not answered."""

    def __init__(self, installation: Installation, name: str, **how: Any) -> None:
        self.installation = installation
        self.name = name
        self._how = how
        self.ready = False  # whether it can carry something out
        self._silence = Silence()
        self._idle = IDLE
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="worker", daemon=True)
        join(installation.folder / "prefect", installation.settings.prefect_url)

    def alive(self) -> Sequence[Alive]:
        """The worker, where it lives."""
        return ((WORKER + self.name, READY if self.ready else WAITS),) if self._thread.is_alive() else ()

    def _work(self) -> None:
        made = import_module("app.prefect_worker").WarmWorker  # it takes seconds
        while not self._ending.is_set():
            try:
                if self._answers():
                    with within(self.installation):
                        asyncio.run(self._at_work(made(self.installation, self.name, **self._how)))
                else:
                    self._silence.begins()
            except Exception as error:  # the outermost loop: Prefect's trouble is told in our own words
                self._silence.begins(type(error).__name__)
                log.debug("The engine room", exc_info=error)
            if self.ready:
                self._say(ready=False)
            self._ending.wait(AGAIN)

    def _answers(self) -> bool:
        return answers(self.installation.settings.prefect_url)

    async def _at_work(self, worker: "WarmWorker") -> None:
        """What is in the pool is taken up until told to end, or Prefect is lost; then what was under way has ended."""
        from prefect.context import AsyncClientContext, SyncClientContext

        async with AsyncClientContext.get_or_create():
            with SyncClientContext.get_or_create():
                async with worker:
                    called = asyncio.Event()
                    listening = asyncio.create_task(self._listen(called))
                    try:
                        await self._take_up(worker, called)
                    finally:
                        listening.cancel()
                        await asyncio.wait([listening])
                        await self._let_end(worker)

    @staticmethod
    async def _let_end(worker: "WarmWorker") -> None:
        """What is under way has ended, or is being broken off."""
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                while worker.active:
                    await asyncio.sleep(BUSY)
        worker.stop_runs()

    async def _listen(self, called: asyncio.Event) -> None:
        """A courier's call is heard as soon as it comes, where the database carries calls; else the pool is looked into
        more often."""
        driver = self.installation.database.driver
        while True:
            try:
                async for _ in driver.calls():
                    self._idle = LISTENING
                    called.set()
            except driver.errors as error:
                log.debug("No calls are heard", exc_info=error)
            finally:
                self._idle = IDLE
            await asyncio.sleep(AGAIN)

    async def _take_up(self, worker: "WarmWorker", called: asyncio.Event) -> None:
        clock = asyncio.get_running_loop().time
        synced = clock()
        while not self._ending.is_set():
            try:
                async with asyncio.timeout(SILENT):
                    taken = await worker.get_and_submit_flow_runs()
                    if clock() - synced > SYNC:
                        await worker.sync_with_backend()
                        synced = clock()
            except TimeoutError:
                await self._wait_for_prefect()
                continue
            self._silence.ends()
            if not self.ready:
                await asyncio.to_thread(self._say, ready=True)
            with suppress(TimeoutError):
                async with asyncio.timeout(BUSY if taken else self._idle):
                    await called.wait()
            called.clear()

    async def _wait_for_prefect(self) -> None:
        """Prefect answers again, or was only slow. Runs under way go on meanwhile, and tell it what became of them."""
        while not (self._ending.is_set() or await asyncio.to_thread(self._answers)):
            self._silence.begins()
            if self.ready:
                await asyncio.to_thread(self._say, ready=False)
            await asyncio.sleep(AGAIN)

    def _say(self, *, ready: bool) -> None:
        """Couriers know at once whether this worker can carry something out."""
        self.ready = ready
        with suppress(Broken):  # another release's: whoever looks after this thread says so and ends it
            app.runtime.show_life(self.installation, self.alive())

    def __enter__(self) -> "Worker":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ending.set()
        self._thread.join(GRACE + LAST_WORDS)
        with suppress(EtappiError), self.installation.database.transaction() as session:
            still(session, WORKER + self.name)
