"""The courier takes up what is owed to the outside world and sees that it is carried out, once.

What is to be told becomes messages in our own transaction, and what was covered is taken away, here. Documents,
handovers and messages are carried out by flows in the engine room; an attempt that fails, or of which nothing more is
heard, is followed by another. While the engine room does not answer everything else goes on, and what is owed waits.
Any number of couriers may be at work at once.
"""

import asyncio
import contextvars
import hashlib
import logging
import math
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from importlib import import_module
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from app.silence import Silence
from flows.deployments import AT_ONCE, DELIVERIES, HANDOVER, PAPERS
from models.errors import DeliveryFailed, EtappiError
from models.machine_clock import clock_of_the_machine
from models.outgoing import outbox
from models.outgoing.addressing import Addressing
from models.outgoing.heartbeat import workers_ready
from models.outgoing.outbox import PAUSES, Leased
from models.outgoing.phase_kinds import kind_of_phase
from tasks.covering import finish_covering
from tasks.installation import Installation, within

if TYPE_CHECKING:
    from app.engine_room import Room

log = logging.getLogger("etappi.courier")

NOTIFY, COVER, PHASE, MESSAGE = "notify", "cover", "phase", "message"
BATCH = 500  # messages in one run
POLL = 0.1  # seconds between looks at the outbox while there is nothing to do
PROBE = 0.5  # seconds between looks whether the engine room, or the database, answers again
LOOK = 5.0  # seconds between looks whether it still does
QUIET = 60.0  # seconds for which a database that is away is not told of again
HASTE = timedelta(days=21)  # longer than any sending window, a week's digest over Christmas included
GRACE = 10.0  # seconds that runs under way are given to end

FIRST = asyncio.FIRST_COMPLETED

Parameters = dict[str, Any]


class Courier:
    """One courier of an installation. `answers` tells whether the Prefect server does."""

    def __init__(
        self,
        installation: Installation,
        answers: Callable[[], bool],
        *,
        lease: float = 120.0,
        at_once: int = 2,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.installation = installation
        self.answers = answers
        self.lease = lease
        self.at_once = at_once
        self.hands_over = bool(installation.settings.prefect_url)  # to the workers of a work pool
        self.pauses = pauses
        window = timedelta(minutes=installation.settings.message_window)
        self.addressing = Addressing(installation.engine, window)
        self._at_home: dict[str, tuple[Callable[..., object], Callable[[Leased], str | int]]] = {
            NOTIFY: (self.addressing.tell, attrgetter("municipality")),
            COVER: (partial(finish_covering, installation), attrgetter("id")),
        }  # what needs no engine room, and which effects are carried out together: those that are alike in that
        self.taken: Counter[str] = Counter()  # attempts by kind, for who looks on
        self._room: Room | None = None
        self._context = contextvars.copy_context()
        self._active: dict[asyncio.Task[None], tuple[Leased, ...]] = {}
        self._quiet_until = 0.0
        self._silence = Silence()

    @property
    def connected(self) -> bool:
        """Whether the engine room answers, as far as is known."""
        return self._room is not None and self._room.answers

    def lost(self) -> None:
        """The engine room does not answer; nothing more is begun in it until it does."""
        if self._room is not None:
            self._room.answers = False

    # --- at work --------------------------------------------------------------------------------------------------

    async def run(self, stop: asyncio.Event) -> None:
        """At work until told to stop; then what is under way is given a while to end."""
        async with self.at_work():
            stopping = asyncio.create_task(stop.wait())
            while not stop.is_set():
                taken = await self._swept()
                if not taken:
                    pause = PROBE if taken is None else POLL
                    await asyncio.wait([stopping, *self._active], timeout=pause, return_when=asyncio.FIRST_COMPLETED)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Inside, the engine room is connected as soon as it answers, and leases run on."""
        ending = asyncio.Event()
        beside = [asyncio.create_task(self._keep_room(ending)), asyncio.create_task(self._keep_leases(ending))]
        try:
            yield
        finally:
            await self._wind_up()
            ending.set()
            await asyncio.gather(*beside)

    async def drain(self, *, hasten: bool = False, seconds: float = 120.0) -> Counter[str]:
        """Everything that is due has been carried out, also what follows from it; how many attempts, by kind.

        With `hasten` messages leave before their window has ended. Raises DeliveryFailed with the reasons for what was
        given up, and where the engine room does not answer in that time.
        """
        before, given_up = Counter(self.taken), set(self._overview().failed)
        try:
            async with asyncio.timeout(seconds):
                while True:
                    if await self.sweep(hasten=hasten):
                        continue
                    if self._active:
                        await asyncio.wait(self._active, return_when=FIRST)
                    elif await asyncio.to_thread(self._waits, hasten):
                        await asyncio.sleep(POLL)  # until the engine room answers, or the workers are ready
                    else:
                        break
        except TimeoutError:
            raise DeliveryFailed(why=f"the engine room did not do it in {seconds:g} seconds") from None
        failed = [one for one in self._overview().failed if one not in given_up]
        if failed:
            raise DeliveryFailed(why="; ".join(f"{one.key}: {one.error}" for one in failed))
        return self.taken - before

    async def sweep(self, *, hasten: bool = False) -> int:
        """What is due and can be taken up now has been; how many effects."""
        kinds = await asyncio.to_thread(self._due, hasten)
        taken = 0
        for kind, (act, alike) in self._at_home.items():
            owed = await self._leased(kind, BATCH) if kind in kinds else []
            for _, together in groupby(sorted(owed, key=alike), key=alike):
                await asyncio.to_thread(self._done_here, act, tuple(together))
            taken += len(owed)
        if not self.connected:
            return taken
        for kind in (HANDOVER, PHASE, PAPERS):
            free = (await self._places()).runs if kind in kinds else 0
            if free > 0:
                for one in await self._leased(kind, free):
                    self._begin((one,))
                    taken += 1
        if MESSAGE in kinds and (await self._places()).deliveries > 0:
            messages = tuple(await self._leased(MESSAGE, BATCH, HASTE if hasten else outbox.NOTHING))
            if messages:
                self._begin(messages, hasten=hasten)
                taken += len(messages)
        return taken

    async def _swept(self) -> int | None:
        """How much was taken up; None where it could not be looked."""
        try:
            return await self.sweep()
        except EtappiError as error:  # the database is busy or away: the courier goes on trying
            if time.monotonic() >= self._quiet_until:
                self._quiet_until = time.monotonic() + QUIET
                log.warning("%s", error)
        except Exception:  # the outermost loop
            log.exception("The courier")
        return None

    async def _places(self) -> "Places":
        """How much more can be begun now. Nothing is handed over that no living worker has a place for."""
        if not self.hands_over:
            deliveries = sum(group[0].kind == MESSAGE for group in self._active.values())
            return Places(self.at_once - (len(self._active) - deliveries), 1 - deliveries)
        workers, under_way = await asyncio.to_thread(self._workers)
        runs = sum(count for kind, count in under_way.items() if kind != MESSAGE)
        return Places(AT_ONCE * workers - runs, workers - math.ceil(under_way[MESSAGE] / BATCH))

    def _waits(self, hasten: bool) -> bool:
        """Whether something is due, or with the workers."""
        return bool(self._due(hasten)) or (self.hands_over and any(self._workers()[1].values()))

    def _workers(self) -> tuple[int, Counter[str]]:
        now = self.installation.engine.clock()
        with self.installation.database.reading() as session:
            return workers_ready(session, clock_of_the_machine()), outbox.under_way(session, now)

    # --- taking up ------------------------------------------------------------------------------------------------

    def _due(self, hasten: bool) -> frozenset[str]:
        now = self.installation.engine.clock()
        with self.installation.database.reading() as session:
            kinds = outbox.due(session, now)
            return kinds | (outbox.due(session, now, HASTE) & {MESSAGE}) if hasten else kinds

    async def _leased(self, kind: str, limit: int, ahead: timedelta = outbox.NOTHING) -> list[Leased]:
        def lease() -> list[Leased]:
            with self.installation.database.transaction() as session:
                return outbox.lease(session, kind, limit, self.installation.engine.clock(), self.lease, ahead)

        leased = await asyncio.to_thread(lease)
        self.taken[kind] += len(leased)
        return leased

    def _done_here(self, act: Callable[..., object], together: Sequence[Leased]) -> None:
        """The effects are carried out at once, or where one of them cannot be, one by one."""
        try:
            act(*together)
        except Exception as error:  # the outermost loop: one that cannot be done stops no other
            if len(together) > 1:
                for one in together:
                    self._done_here(act, (one,))
            else:
                self._not_done(together[0], error)

    def _not_done(self, one: Leased, error: Exception) -> None:
        if isinstance(error, EtappiError):
            self._failed((one,), str(error))
        else:
            log.error("The effect %s", one.key, exc_info=error)
            self._failed((one,), f"A fault in Etappi itself ({type(error).__name__}); its log says more.")

    def _asked(self, group: Sequence[Leased]) -> tuple[str, str, Parameters]:
        """Which flow carries the effects out, the key of the attempt's run, and what the flow is told."""
        one = group[0]
        if one.kind == MESSAGE:
            return DELIVERIES, *_delivery(group)
        asked: Parameters = {"row": one.id, "key": one.key, "municipality": one.municipality}
        asked["process"] = one.payload["process"]
        if one.kind == HANDOVER:
            return HANDOVER, one.run, asked | {"package": one.payload["package"]}
        if one.kind == PAPERS:
            return PAPERS, one.run, asked | {"sequence": one.payload["sequence"]}
        kind = kind_of_phase(self.installation.engine, one.municipality, one.payload["process"], one.payload["phase"])
        return kind, one.run, asked | {"sequence": one.payload["sequence"]}

    # --- carrying out ---------------------------------------------------------------------------------------------

    def _begin(self, group: tuple[Leased, ...], *, hasten: bool = False) -> None:
        task = asyncio.create_task(self._carry_out(group, hasten=hasten), context=self._context.copy())
        self._active[task] = group
        task.add_done_callback(self._active.pop)

    async def _carry_out(self, group: tuple[Leased, ...], *, hasten: bool) -> None:
        assert self._room is not None, "nothing is begun without the engine room"
        why = "its run ended without it"
        try:
            kind, key, parameters = await asyncio.to_thread(self._asked, group)
            ended = await self._room.run(kind, key, parameters | ({"hasten": True} if hasten else {}), group)
            if not ended:
                await asyncio.to_thread(self._call_workers)
                return  # the effects are the worker's, until their leases run out
        except EtappiError as error:
            why = str(error)
        except asyncio.CancelledError:
            why = "it was broken off"
        except Exception as error:  # the outermost loop: it is tried again
            log.exception("The run of %s", group[0].key)
            why = f"a fault in Etappi itself ({type(error).__name__})"
        await asyncio.to_thread(self._failed, group, why)

    def _call_workers(self) -> None:
        """The workers look at once. Where they cannot be called they find the run later by themselves."""
        try:
            with self.installation.database.transaction() as session:
                outbox.call_workers(session)
        except Exception as error:  # the run is handed over, and stays so
            log.warning("The workers could not be called: %s", error)

    def _failed(self, group: tuple[Leased, ...], why: str) -> None:
        """What of the group is not done is owed again; of what is done nothing changes."""
        now = self.installation.engine.clock()
        with self.installation.database.transaction() as session:
            reasons = {one.key: outbox.fail(session, one, why, now, self.pauses) for one in group}
        for key, reason in reasons.items():
            if reason is not None:
                log.warning("%s is tried again: %s", key, reason)

    async def _wind_up(self) -> None:
        if self._active:
            _, late = await asyncio.wait(self._active, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late)

    # --- beside ---------------------------------------------------------------------------------------------------

    async def _keep_room(self, ending: asyncio.Event) -> None:
        """The engine room is connected from when it first answers, and known to answer or not."""
        pool = self.installation.settings.work_pool if self.hands_over else None
        named = "app.prefect_pool:WorkPool" if self.hands_over else "app.engine_room:EngineRoom"
        module, _, kind = named.partition(":")
        made = getattr(await asyncio.to_thread(import_module, module), kind)  # it takes seconds
        while not ending.is_set():
            if not await self._answered(ending):
                if self.hands_over:  # an engine room of one's own is warming up
                    self._silence.begins()
                continue
            try:
                with within(self.installation):
                    async with made(pool) as room:
                        await self._watch(room, ending)
            except Exception:  # the outermost loop: it is connected anew
                log.exception("The engine room")
                await _first(ending, PROBE)
            self._room = None

    async def _watch(self, room: "Room", ending: asyncio.Event) -> None:
        self._context = contextvars.copy_context()
        self._room = room
        looked = missed = 0.0
        while not ending.is_set():
            if not room.answers or time.monotonic() - looked > LOOK:
                looked, room.answers = time.monotonic(), await self._answered(ending)
                missed = 0 if room.answers else missed + 1
            if room.answers:
                self._silence.ends()
            elif missed > 1:  # one answer may be late
                self._silence.begins()
            await _first(ending, PROBE)

    async def _answered(self, ending: asyncio.Event) -> bool:
        if await asyncio.to_thread(self.answers):
            return True
        await _first(ending, PROBE)
        return False

    async def _keep_leases(self, ending: asyncio.Event) -> None:
        """The leases of what is being carried out run on, for as long as this courier lives.

        What another attempt has begun at, as after this machine stood still for long, is broken off.
        """
        while not ending.is_set():
            await _first(ending, self.lease / 3)
            for task, group in [*self._active.items()]:
                try:
                    if await asyncio.to_thread(self._overtaken, group):
                        task.cancel()
                except EtappiError as error:
                    log.warning("%s", error)

    def _overtaken(self, group: Sequence[Leased]) -> bool:
        """Whether another attempt has begun at any of it; the leases that are still this one's run on."""
        with self.installation.database.transaction() as session:
            outbox.renew(session, group, self.installation.engine.clock(), self.lease)
            return outbox.overtaken(session, group)

    def _overview(self) -> outbox.Overview:
        with self.installation.database.reading() as session:
            return outbox.overview(session, self.installation.engine.clock())


class Places(NamedTuple):
    """How many runs can be begun, and how many of them deliveries."""

    runs: int
    deliveries: int


def _delivery(messages: Sequence[Leased]) -> tuple[str, Parameters]:
    """The key of a run that carries the messages, and what it is told. The same messages and attempts, the same key."""
    named = hashlib.sha256("\n".join(one.run for one in messages).encode()).hexdigest()[:24]
    key = f"deliveries:{named}"
    return key, {"rows": [one.id for one in messages], "key": key}


async def _first(event: asyncio.Event, seconds: float) -> None:
    """The event has happened, or the time has gone by."""
    waiting = asyncio.create_task(event.wait())
    await asyncio.wait([waiting], timeout=seconds)
    waiting.cancel()
