"""Programs that Etappi starts end with it, and all of it ends when it is told to."""

import asyncio
import datetime as dt
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from village import Village

from app.child import LARGEST_LOG, Child, environment
from app.courier import Courier
from models.engine import Engine
from models.machine_clock import clock_of_the_machine
from models.municipality.commands import ChangePerson
from models.outgoing.heartbeat import ENDED, TICK, beat, beats
from models.personal import Private
from models.storage.database import Database

DEADLINE = 120.0

STARTS_A_SERVER = """
import os, sys
from pathlib import Path
from app.prefect_server import PrefectServer
server = PrefectServer(Path(sys.argv[1]))
server.start()
print(server.child.pid, flush=True)
sys.stdin.read()
"""
UP = """
import sys
from pathlib import Path
from app.runtime import up
from models.settings import Settings
up(Settings(data_dir=Path(sys.argv[1])), tick=1)
"""

WEB = """
import socket, sys
from pathlib import Path
from app.parts import web
from models.settings import Settings
web(Settings(data_dir=Path(sys.argv[1]), clock_file=Path(sys.argv[2])), socket.create_server(("127.0.0.1", 0)))
"""


def has_ended(pid: int, seconds: float = DEADLINE) -> bool:
    """Whether the process ends within the time. It need not be our own child."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], seconds)[0])
    finally:
        os.close(watched)


def until(holds: Callable[[], bool]) -> None:
    """It holds, before the deadline."""
    end = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)  # leaves the processor to what is waited for


def children(of: int) -> set[int]:
    """The processes that a process has started and that live."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == of and fields[0] != "Z":
            found.add(int(status.parent.name))
    return found


def living(village: Village) -> set[str]:
    """The parts that have shown that they live, and not that they have ended."""
    with village.database.reading() as session:
        return {beat.part for beat in beats(session) if beat.note != ENDED}


def alarms(village: Village) -> int:
    """How many messages say that the clock has stopped."""
    return int(village.one("select count(*) from message_item where kind = 'ClockSilent'"))


@contextmanager
def program(script: str, *arguments: object, **how: Any) -> Iterator[subprocess.Popen[str]]:
    """A program that is gone at the end."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, text=True, **how) as running:
        try:
            yield running
        finally:
            running.kill()


def test_a_killed_etappi_leaves_no_server_behind(tmp_path: Path) -> None:
    with program(STARTS_A_SERVER, tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as etappi:
        assert etappi.stdout
        server = int(etappi.stdout.readline())
        assert not has_ended(server, 0)

        etappi.kill()
        etappi.wait()

        assert has_ended(server)


def test_everything_in_one_ticks_shows_that_it_lives_and_ends_when_told(village: Village, tmp_path: Path) -> None:
    village.open()
    with village.database.transaction() as session:  # the machine's own clock is before the village's
        session.run("update outbox set not_before = '2020-01-01T00:00:00.000000Z'")
    said = tmp_path / "said"
    with said.open("w") as out, program(UP, village.settings.data_dir, stdout=out, stderr=out) as etappi:
        until(lambda: etappi.poll() is not None or village.effects("notify") == [("done", 1)])
        until(lambda: etappi.poll() is not None or {"clock", "courier"} <= living(village))
        started = children(etappi.pid)
        assert len(started) == 1, said.read_text()

        etappi.send_signal(signal.SIGTERM)

        assert etappi.wait(DEADLINE) == 0, said.read_text()
        assert all(has_ended(pid) for pid in started)
    assert said.read_text() == "", "it says nothing on the terminal"


def test_the_pages_by_themselves_tell_once_that_the_clock_has_stopped(village: Village, tmp_path: Path) -> None:
    village.municipal(ChangePerson(person="administrator", email=Private("hallinto@kyla.example")))
    with village.database.transaction() as session:
        beat(session, TICK, clock_of_the_machine() - dt.timedelta(minutes=11))
    said, clock = tmp_path / "said", tmp_path / "clock"
    clock.write_text(village.clock.now.isoformat())
    for _ in range(2):
        with said.open("w") as out, program(WEB, village.settings.data_dir, clock, stdout=out, stderr=out) as pages:
            until(lambda: pages.poll() is not None or "web" in living(village))
            until(lambda: pages.poll() is not None or bool(alarms(village)))
            pages.send_signal(signal.SIGTERM)
            assert pages.wait(DEADLINE) == 0, said.read_text()
    assert alarms(village) == 1


# --- a program beside ---------------------------------------------------------------------------------------------


def child(folder: Path, module: str = "app.lifeline", **how: str) -> Child:
    """A program that ends at once, or with its input."""
    return Child(module, environment=environment(**how), folder=folder, log=folder / "log" / "child.log")


def ended(one: Child) -> None:
    until(lambda: not one.alive)


def test_a_program_that_died_is_started_again_and_one_that_cannot_start_less_and_less_often(tmp_path: Path) -> None:
    one = child(tmp_path, "no_such_module")
    one.start()
    ended(one)
    assert one.mend(), "at once the first time"
    ended(one)
    assert not one.mend(), "after a pause the second time"
    assert one.failures == 2
    one.stop()
    assert "No module named no_such_module" in one.log.read_text()


def test_a_program_that_runs_is_left_alone_and_one_that_was_stopped_stays_so(tmp_path: Path) -> None:
    waits = tmp_path / "waits.py"
    waits.write_text("import sys; sys.stdin.read()")
    one = child(tmp_path, "waits", PYTHONPATH=str(tmp_path))
    one.start()
    pid = one.pid
    one.start()
    assert not one.mend()
    assert one.pid == pid

    one.stop()

    assert not one.alive
    assert not one.mend()
    assert pid is not None and has_ended(pid, 0)


def test_a_log_that_has_grown_too_large_is_put_aside_at_the_next_start(tmp_path: Path) -> None:
    one = child(tmp_path)
    one.log.parent.mkdir()
    with one.log.open("wb") as log:
        log.truncate(LARGEST_LOG + 1)

    one.start()
    one.stop()

    assert one.log.stat().st_size < LARGEST_LOG
    assert one.log.with_suffix(".1").stat().st_size == LARGEST_LOG + 1


def test_a_courier_whose_database_is_away_says_so_once_and_goes_on_looking(
    village: Village, caplog: pytest.LogCaptureFixture
) -> None:
    looked = 0

    async def at_work() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()

        def clock() -> dt.datetime:  # read before each look into the database
            nonlocal looked
            looked += 1
            if looked == 3:
                loop.call_soon_threadsafe(stop.set)
            return village.clock()

        engine = Engine(Database("postgresql://etappi@/etappi?host=/nowhere"), village.installation.files, clock)
        await Courier(village.installation._replace(engine=engine), lambda: False).run(stop)

    asyncio.run(at_work())

    assert looked >= 3
    assert [one.getMessage()[:32] for one in caplog.records if one.name == "etappi.courier"] == [
        "The database does not answer: co"
    ]
