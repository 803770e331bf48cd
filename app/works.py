"""The courier and its engine room at work, in a thread of their own.

Where the settings name no Prefect server one is started here, and started again when it dies.
"""

import asyncio
import http.client
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Any

from app.courier import Courier
from app.prefect_server import PrefectServer, join, prepare
from tasks.installation import Installation

LOOK_AFTER = 1.0  # seconds between looks whether the server lives


class Works:
    """What carries out what is owed. As a context it is at work inside.

    Prefect is one in a process: once works have been at work, others in the same process need the same server.
    """

    def __init__(self, installation: Installation, server: PrefectServer | None = None, **how: Any) -> None:
        self.installation = installation
        self.server = server
        self._own_server = False
        self._how = how
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self.courier: Courier | None = None
        self._patrols = True

    # --- beginning and ending -------------------------------------------------------------------------------------

    def start(self, *, patrols: bool = True) -> None:
        """At work from now on; the engine room may take a while to warm up.

        Without `patrols` the courier takes up what is owed only when told to (`drain`).
        """
        self._patrols = patrols
        self.courier = Courier(self.installation, self._engine_room(), **self._how)
        self._thread = threading.Thread(target=self._work, name="courier")
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """What is under way has ended, and the server this started is gone."""
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread is not None:
            self._thread.join()
        if self._own_server and self.server is not None:
            self.server.close()

    @property
    def alive(self) -> bool:
        """Whether the courier is at work."""
        return self._thread is not None and self._thread.is_alive()

    def drain(self, *, hasten: bool = False, seconds: float = 120.0) -> Counter[str]:
        """Everything that is due has been carried out; how many attempts, by kind. See `Courier.drain`."""
        assert self._loop is not None and self.courier is not None, "the works are at work"
        draining = self.courier.drain(hasten=hasten, seconds=seconds)
        return asyncio.run_coroutine_threadsafe(draining, self._loop).result()

    # --- the thread -----------------------------------------------------------------------------------------------

    def _engine_room(self) -> Callable[[], bool]:
        """Prefect is told where its server is; how to find out whether that answers."""
        home = self.installation.folder / "prefect"
        url = self.installation.settings.prefect_url
        if url:
            join(home, url)
            return lambda: answers(url)
        if self.server is None:
            self.server, self._own_server = PrefectServer(self.installation.folder), True
        prepare(self.server.home, self.server.url)
        self.server.start()
        return self.server.ready

    def _work(self) -> None:
        asyncio.run(self._at_work())

    async def _at_work(self) -> None:
        assert self.courier is not None
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        after = asyncio.create_task(self._look_after(self._stop))
        if self._patrols:
            await self.courier.run(self._stop)
        else:
            async with self.courier.at_work():
                await self._stop.wait()
        await after

    async def _look_after(self, stop: asyncio.Event) -> None:
        """The server is started again when it has died."""
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            await asyncio.wait([stopping], timeout=LOOK_AFTER)
            if self.server is None or self.server.child.alive or stop.is_set():
                continue
            if self.courier is not None:
                self.courier.lost()
            if self._own_server:
                await asyncio.to_thread(self.server.mend)

    def __enter__(self) -> "Works":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def answers(url: str) -> bool:
    """Whether the Prefect server of that API answers."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=2.0) as answer:
            return bool(answer.status == http.HTTPStatus.OK)
    except OSError:
        return False
