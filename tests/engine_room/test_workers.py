"""A courier hands over to a work pool, and warm workers carry it out: once, whatever dies."""

import asyncio
import logging
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect_api import ask, run_id, runs
from village import Clock, Village

from app.parts import Worker, courier, worker
from app.prefect_server import PrefectServer
from app.runtime import show_life
from app.works import Works
from flows.deployments import DEPLOYMENTS, HANDOVER
from models.errors import Broken, NotValid
from models.machine_clock import ClockOfFile, clock_of_the_machine
from models.outgoing import outbox
from models.outgoing.heartbeat import ALIVE, READY, WAITS, WORKER, beat, beats
from models.settings import Settings

pytestmark = pytest.mark.prefect

DEADLINE = 120.0


def until(holds: Callable[[], bool]) -> None:
    """It holds, before the deadline."""
    end = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)  # leaves the processor to what is waited for


@pytest.fixture
def pooled(tmp_path: Path, migrated_file: Path, server: PrefectServer) -> Village:
    """A village whose courier hands over to a work pool of its own."""
    pool = f"pool-{uuid.uuid4().hex[:8]}"
    return Village.founded(tmp_path / "data", migrated_file, prefect_url=server.url, work_pool=pool)


@pytest.fixture
def hired(pooled: Village) -> Iterator[Callable[[str], Worker]]:
    """Workers in this process, ready to work."""
    begun: list[Worker] = []

    def hire(name: str) -> Worker:
        one = Worker(pooled.installation, name).__enter__()
        begun.append(one)
        told = "select count(*) from heartbeat where part = :part and note = :ready"
        until(lambda: pooled.one(told, part=WORKER + name, ready=READY) == 1)
        return one

    yield hire
    for one in begun:
        one.__exit__()


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What the parts tell in their log."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    log, level = logging.getLogger("etappi"), logging.getLogger("etappi").level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield lines
    log.removeHandler(handler)
    log.setLevel(level)


def labels(server: PrefectServer, village: Village) -> list[str]:
    """Which worker carried each of the village's runs out."""
    named = {"name": {"like_": f"{village.name}:"}}
    found = ask(server, "POST", "/flow_runs/filter", flow_runs=named)
    return [run["labels"].get("prefect.worker.name") for run in found]


def test_what_is_handed_over_is_carried_out_by_a_worker_and_prefect_shows_by_which(
    pooled: Village, server: PrefectServer, at_work: Callable[..., Works], hired: Callable[[str], Worker]
) -> None:
    hired("ahkera")
    works = at_work(pooled)

    pooled.through()
    works.drain()

    assert set(pooled.effects("phase")) == {("done", 1)} and pooled.effects("handover") == [("done", 1)]
    assert len(pooled.archived()) == 1
    until(lambda: set(runs(server, f"{pooled.name}:").values()) == {"Completed"})  # a run ends after its effect
    until(lambda: set(labels(server, pooled)) == {"ahkera"})  # which Prefect is told beside the run
    known = ask(server, "POST", "/deployments/filter", deployments={"name": {"any_": [pooled.settings.work_pool]}})
    assert {one["entrypoint"] for one in known} == set(DEPLOYMENTS.values())
    assert {one["work_pool_name"] for one in known} == {pooled.settings.work_pool}


def test_nothing_is_handed_over_while_no_worker_is_ready(pooled: Village, at_work: Callable[..., Works]) -> None:
    works = at_work(pooled)
    assert works.courier is not None
    until(lambda: works.courier is not None and works.courier.connected)
    pooled.open()
    with pooled.database.transaction() as session:
        beat(session, WORKER + "silent", clock_of_the_machine(), WAITS)
        beat(session, WORKER + "gone", clock_of_the_machine() - ALIVE, READY)

    assert works._loop is not None
    taken = asyncio.run_coroutine_threadsafe(works.courier.sweep(), works._loop).result()

    assert taken == 1, "what is told within the house goes on"
    assert pooled.effects("phase") == [("owed", 0)]


def test_what_is_handed_over_stays_so_when_the_workers_cannot_be_called(
    pooled: Village, at_work: Callable[..., Works], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    works = at_work(pooled)
    assert works.courier is not None and works._loop is not None
    until(lambda: works.courier is not None and works.courier.connected)
    pooled.open()
    with pooled.database.transaction() as session:
        beat(session, WORKER + "busy", clock_of_the_machine(), READY)
    monkeypatch.setattr(outbox, "CALL", "select what_no_database_knows()")

    asyncio.run_coroutine_threadsafe(works.courier.sweep(), works._loop).result()
    until(lambda: any("could not be called" in line for line in told))

    assert pooled.effects("phase") == [("leased", 1)], "workers look by themselves, too"


def test_a_worker_that_ends_says_so(pooled: Village, hired: Callable[[str], Worker]) -> None:
    one = hired("lyhyt")
    with pooled.database.reading() as session:
        assert [(beat.part, beat.note) for beat in beats(session)] == [(WORKER + "lyhyt", READY)]

    one.__exit__()

    with pooled.database.reading() as session:
        assert beats(session) == []


def test_a_worker_talks_with_prefect_over_one_connection_which_is_closed_when_it_ends(
    server: PrefectServer, hired: Callable[[str], Worker]
) -> None:
    before = connections(server)
    one = hired("lyhyt")
    at_work = connections(server) - before

    one.__exit__()

    assert len(at_work) == 1
    assert at_work.isdisjoint(connections(server))


def connections(server: PrefectServer) -> set[str]:
    """This process's connections to the server, by the numbers that Linux gives sockets."""
    ours = set()
    for file in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the folder that is being read is among them
            ours.add(str(file.readlink()))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {row[9] for row in rows if row[2].endswith(f":{server.port:04X}") and f"socket:[{row[9]}]" in ours}


def test_what_is_owed_while_prefect_is_lost_is_carried_out_once_when_it_is_back(
    pooled: Village,
    server: PrefectServer,
    at_work: Callable[..., Works],
    hired: Callable[[str], Worker],
    told: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.parts.SILENT", 1.0)
    one, works = hired("sitkea"), at_work(pooled)
    pooled.open()
    works.drain()

    assert server.child.pid is not None
    os.kill(server.child.pid, signal.SIGKILL)
    pooled.submit()
    pooled.passing()
    until(lambda: not one.ready and works.courier is not None and not works.courier.connected)
    lost = "The engine room does not answer; what is owed waits until it does."
    until(
        lambda: told.count(lost) == 2
    )  # once of the worker, once of the courier; they say so after a while of silence
    server.start()
    assert server.ready(DEADLINE)
    works.drain(seconds=2 * DEADLINE)

    assert {state for kind in ("phase", "handover", "papers") for state, _ in pooled.effects(kind)} == {"done"}
    assert len(pooled.archived()) == 1, "the package lies in the archive once"
    twice = "select 1 from rendition group by made_from, language, format having count(*) > 1"
    assert pooled.all(twice) == []
    until(lambda: one.ready)
    assert told.count(lost) == 2, "once of the worker, once of the courier"
    assert len([line for line in told if line.startswith("The engine room answers again")]) == 2


def test_a_worker_whose_installation_was_upgraded_ends_with_nothing_on_its_lips(
    pooled: Village, hired: Callable[[str], Worker]
) -> None:
    one = hired("vanha")
    with pooled.database.transaction() as session:
        session.run("update release set release = '99.0.0'")

    one.__exit__()  # what a thread raises is a fault of the test

    assert not one.alive()


def test_a_run_is_begun_with_few_questions(
    pooled: Village,
    server: PrefectServer,
    at_work: Callable[..., Works],
    hired: Callable[[str], Worker],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hired("nopea")
    works = at_work(pooled)
    pooled.open()
    works.drain()
    until(lambda: set(runs(server, f"{pooled.name}:").values()) == {"Completed"})
    asked: list[str] = []
    send = httpx.AsyncClient.send

    async def told(client: httpx.AsyncClient, request: httpx.Request, **how: Any) -> httpx.Response:
        answer = await send(client, request, **how)
        if answer.is_success:  # what a busy server refuses is asked again
            asked.append(f"{request.method} {re.sub('[0-9a-f-]{36}', '…', request.url.path)}")
        return answer

    pooled.submit()
    with monkeypatch.context() as patch:
        patch.setattr(httpx.AsyncClient, "send", told)
        works.drain()
        until(lambda: set(runs(server, f"{pooled.name}:").values()) == {"Completed"})

    begun = asked.count("POST /api/deployments/…/create_flow_run")
    assert begun == 2, "the meeting's compilation and its papers"
    assert asked.count("POST /api/flow_runs/…/set_state") == 3 * begun, "pending, running, completed"
    assert len([one for one in asked if "/flow_runs/…" in one]) <= 7 * begun, "with labels, policy and what it is"


def test_a_run_whose_attempt_was_overtaken_is_left_alone(
    pooled: Village, server: PrefectServer, at_work: Callable[..., Works], hired: Callable[[str], Worker]
) -> None:
    works = at_work(pooled)
    pooled.through()
    ((row, effect, package),) = pooled.all("select id, key, payload from outbox where kind = 'handover'")
    with pooled.database.transaction() as session:
        outbox.lease(session, HANDOVER, 1, pooled.clock(), 60)
    wanted = {"row": row, "key": effect, "municipality": pooled.name, "process": pooled.process, "package": "x"}
    _hand_over(works, f"{pooled.name}:late", wanted, {str(row): 7})

    hired("tarkka")

    until(lambda: runs(server, f"{pooled.name}:late") == {f"{pooled.name}:late": "Cancelled"})
    assert pooled.effects("handover") == [("leased", 1)]
    assert run_id(server, f"{pooled.name}:late")
    assert package


def _hand_over(works: Works, key: str, parameters: dict[str, Any], leases: dict[str, int]) -> None:
    """A run of the handover stands in the pool, as a courier that was overtaken left it."""
    until(lambda: works.courier is not None and works.courier.connected)
    assert works.courier is not None and works.courier._room is not None and works._loop is not None
    made = works.courier._room._new_run(HANDOVER, key, parameters, job_variables={"leases": leases})
    asyncio.run_coroutine_threadsafe(made, works._loop).result()


# --- a worker is killed -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", [3, 8])
def test_what_a_killed_worker_had_taken_up_is_carried_out_when_its_leases_have_run_out(
    pooled: Village,
    at_work: Callable[..., Works],
    hired: Callable[[str], Worker],
    server: PrefectServer,
    tmp_path: Path,
    statement: int,
) -> None:
    here = Path(__file__).parent
    arguments = [pooled.settings.data_dir, server.url, pooled.name, pooled.settings.work_pool, statement]
    shared = ClockOfFile(tmp_path / "clock")
    shared.set(pooled.clock())
    said = tmp_path / "said"
    with said.open("w") as out:
        killed = subprocess.Popen(
            [sys.executable, str(here / "killed_worker.py"), *map(str, arguments), str(shared.file)],
            env={**os.environ, "PYTHONPATH": str(here)},
            stdout=out,
            stderr=out,
        )
    try:
        until(lambda: pooled.one("select count(*) from heartbeat where note = :ready", ready=READY) == 1)
        works = at_work(pooled)
        until(lambda: works.courier is not None and works.courier.connected)
        pooled.open()
        assert works._loop is not None and works.courier is not None
        until(lambda: not _sweep(works) and killed.poll() is not None)
    finally:
        killed.kill()
    assert killed.wait() == -9, said.read_text()
    assert pooled.effects("phase") == [("leased", 1)]

    pooled.clock.forward(minutes=10)
    hired("toinen")
    works.drain()

    assert pooled.effects("phase") == [("done", 2)]
    assert pooled.one("select count(*) from rendition") == 1


def _sweep(works: Works) -> int:
    assert works._loop is not None and works.courier is not None
    return asyncio.run_coroutine_threadsafe(works.courier.sweep(), works._loop).result()


# --- what a part needs --------------------------------------------------------------------------------------------


def test_couriers_and_workers_by_themselves_say_what_they_need(tmp_path: Path) -> None:
    alone = Settings(data_dir=tmp_path)
    with pytest.raises(NotValid, match="ETAPPI_PREFECT_URL"):
        courier(alone)
    with pytest.raises(NotValid, match="need PostgreSQL"):
        worker(Settings(data_dir=tmp_path, prefect_url="http://127.0.0.1:1/api"), "one")


def test_a_part_ends_as_soon_as_the_installation_is_another_releases(village: Village) -> None:
    show_life(village.installation, [("clock", None)])
    with village.database.transaction() as session:
        session.run("update release set release = '99.0.0'")

    with pytest.raises(Broken, match=r"upgraded to Etappi 99\.0\.0"):
        show_life(village.installation, [("clock", None)])


def test_programs_that_share_a_clock_agree_on_the_time(tmp_path: Path) -> None:
    start = Clock()()
    ClockOfFile(tmp_path / "clock").set(start)
    first = ClockOfFile(tmp_path / "clock")()
    assert start <= first <= ClockOfFile(tmp_path / "clock")()
