"""A run that is broken off leaves no thread behind that goes on: nobody else begins before it has ended."""

import asyncio
import datetime as dt
import threading
import uuid
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from mail_house import MailHouse
from test_messages_owed import NOTHING, leased
from test_workers import until
from village import NAMES, Village

from app.parts import Worker
from app.prefect_server import PrefectServer
from app.works import Works
from models.outgoing import outbox, urgent
from models.outgoing.heartbeat import READY, WORKER
from tasks.installation import within
from tasks.threads import to_its_end

MESSAGES, CONNECTIONS = 4 * len(NAMES), 4


@pytest.fixture
def house() -> Iterator[MailHouse]:
    found = MailHouse()
    yield found
    found.close()


def inviting(house: MailHouse, tmp_path: Path, migrated_file: Path, **how: Any) -> Village:
    """A village that owes many messages, which go to the mail server."""
    given = {"smtp_host": "127.0.0.1", "smtp_port": house.port, "smtp_security": "none"}
    village = Village.founded(tmp_path / "data", migrated_file, **given, mail_from="etappi@kyla.example", **how)
    for person in NAMES:
        for number in range(MESSAGES // len(NAMES)):
            with village.database.transaction() as session:
                now = village.clock() + dt.timedelta(milliseconds=number)
                urgent.owe_invitation(session, village.name, person, now)
    village.clock.forward(minutes=1)
    return village


def all_asked(house: MailHouse) -> None:
    """A message on each connection waits for the mail server's answer."""
    for _ in range(CONNECTIONS):
        assert house.asked.acquire(timeout=60)


def everything_once(village: Village, house: MailHouse) -> None:
    assert len(house.mails()) == len({mail["Message-ID"] for mail in house.mails()}) == MESSAGES
    assert {state for state, _ in village.effects("message")} == {"done"}


# --- in a thread --------------------------------------------------------------------------------------------------


async def turns() -> None:
    """Whatever the loop has to do has been done."""
    for _ in range(100):
        await asyncio.sleep(0)


def test_what_is_broken_off_ends_when_its_thread_has_however_often_it_is_told() -> None:
    begun, gate, told = threading.Event(), threading.Event(), []

    def act() -> None:
        begun.set()
        gate.wait()

    async def broken_off() -> bool:
        run = asyncio.create_task(to_its_end(act, stop=lambda: told.append("stop")))
        await asyncio.to_thread(begun.wait)
        try:
            for _ in range(3):
                run.cancel()
                await turns()
                assert not run.done()
        finally:
            gate.set()
        await asyncio.wait([run])
        return run.cancelled()

    assert asyncio.run(broken_off())
    assert told == ["stop"]


def test_a_delivery_that_is_broken_off_sends_what_it_had_begun_and_no_more(
    house: MailHouse, tmp_path: Path, migrated_file: Path
) -> None:
    from tasks.delivering import deliver, deliver_all  # Prefect is told first where its server is

    village = inviting(house, tmp_path, migrated_file)
    rows = [one.id for one in leased(village, "message")]
    house.gate.clear()

    async def broken_off() -> None:
        run = asyncio.create_task(deliver.fn(rows))
        await asyncio.to_thread(all_asked, house)
        run.cancel()
        await turns()
        over = run.done()
        house.gate.set()
        assert not over, "its messages may still be taken"
        await asyncio.wait([run])

    with within(village.installation):
        asyncio.run(broken_off())

        states = [state for state, _ in village.effects("message")]
        assert (states.count("done"), states.count("leased")) == (CONNECTIONS, MESSAGES - CONNECTIONS)
        assert deliver_all(rows) == NOTHING | {"sent": MESSAGES - CONNECTIONS}
    everything_once(village, house)


# --- overtaken ----------------------------------------------------------------------------------------------------


def looks(village: Village) -> threading.Semaphore:
    """Released at each look whether another attempt has begun."""
    looked = threading.Semaphore(0)

    def watch(statement: str) -> None:
        if statement == outbox.STAND:
            looked.release()

    village.database.watch = watch
    return looked


def overtaken(village: Village, house: MailHouse) -> list[int]:
    """What is being sent is leased to somebody else, as after its machine stood still; the sender has seen it."""
    village.clock.forward(minutes=10)
    with village.database.transaction() as session:
        found = outbox.lease(session, "message", MESSAGES, village.clock(), 3600)
    assert {one.attempt for one in found} == {2}
    looked = looks(village)
    for _ in range(3):  # what the first one found has been acted upon by the third
        assert looked.acquire(timeout=60)
    village.database.watch = None
    house.gate.set()
    return [one.id for one in found]


def sent_by_the_other(village: Village, house: MailHouse, rows: list[int]) -> None:
    from tasks.delivering import deliver_all

    with within(village.installation):
        assert deliver_all(rows)["sent"] == MESSAGES - CONNECTIONS
    everything_once(village, house)


@pytest.mark.prefect
def test_a_courier_that_has_been_overtaken_sends_nothing_more(
    house: MailHouse, tmp_path: Path, migrated_file: Path, at_work: Callable[..., Works]
) -> None:
    village = inviting(house, tmp_path, migrated_file)
    works = at_work(village, lease=0.3)
    courier = works.courier
    assert courier is not None
    until(lambda: courier.connected)
    house.gate.clear()
    at_once(works, courier.sweep())
    all_asked(house)

    rows = overtaken(village, house)

    until(lambda: not courier._active)
    sent_by_the_other(village, house, rows)


@pytest.mark.prefect
def test_a_worker_that_has_been_overtaken_sends_nothing_more(
    house: MailHouse, tmp_path: Path, migrated_file: Path, at_work: Callable[..., Works], server: PrefectServer
) -> None:
    pool = f"pool-{uuid.uuid4().hex[:8]}"
    village = inviting(house, tmp_path, migrated_file, prefect_url=server.url, work_pool=pool)
    with Worker(village.installation, "hidas", lease=0.3):
        ready = "select count(*) from heartbeat where part = :part and note = :ready"
        until(lambda: village.one(ready, part=WORKER + "hidas", ready=READY) == 1)
        works = at_work(village)
        until(lambda: works.courier is not None and works.courier.connected)
        house.gate.clear()
        assert works.courier is not None
        at_once(works, works.courier.sweep())
        all_asked(house)

        rows = overtaken(village, house)

    sent_by_the_other(village, house, rows)


def at_once(works: Works, act: Coroutine[Any, Any, Any]) -> None:
    assert works._loop is not None
    asyncio.run_coroutine_threadsafe(act, works._loop).result()
