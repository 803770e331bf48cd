"""An installation in a storm: its parts are killed and started again as the dice fall, while people act in it."""

import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

import httpx
from town import Town
from visiting import Visit

from app.prefect_server import PrefectServer
from app.web.session import cookie_name
from models.commands import OpenPhase, Submit
from models.days.calendar import at_local, local_date
from models.errors import Busy, EtappiError, Unreachable
from models.machine_clock import ClockOfFile, clock_of_the_machine
from models.outgoing import outbox
from models.outgoing.health import OVERDUE
from models.outgoing.heartbeat import workers_ready
from models.process import Process
from models.record import instant_text, read_instant
from models.settings import Settings
from models.signing_in import sessions
from models.signing_in.sessions import Way
from models.words import PhaseStatus
from tasks.installation import Installation

PATIENCE = 240.0  # seconds for the workers to be ready, on a busy machine
STARTING = 20.0  # seconds at most that blows wait for something to hit
AWAY = 503  # the pages answer, and the database does not
HIDDEN = re.compile(r'<input type="hidden" name="(round|manifest)" value="([0-9a-f]+)">')
PAUSE = dt.timedelta(minutes=10)  # longer than a lease, and than the pauses after the first failures
NOT_YET = f"""
    select (select count(*) from outbox where state = 'leased' or (state = 'owed' and not_before <= :now)),
        ({OVERDUE})"""
UNDER_WAY = "select count(*) from outbox where state = 'leased' and lease_until > :now"


class Death(NamedTuple):
    """Something that was killed, from when to when it was not there."""

    at: float
    part: str
    pid: int | None  # None: the database
    until: float = 0.0


class Parts:
    """The parts of the installation, each a process of its own."""

    def __init__(self, settings: Settings, server: PrefectServer, wanted: list[str], log: Path) -> None:
        here = Path(__file__).parent
        said = {name: getattr(settings, name) for name in settings.model_fields_set}
        environment = {f"ETAPPI_{name.upper()}": str(value) for name, value in said.items()}
        self.log = log
        self.door = socket.create_server(("127.0.0.1", 0), backlog=128)  # where the pages are, also while they are dead
        with log.open("w") as out:
            self._nursery = subprocess.Popen(
                [sys.executable, str(here / "nursery.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
                pass_fds=[self.door.fileno()],
                env={**os.environ, **environment, "PREFECT_API_URL": server.url, "PYTHONPATH": str(here)},
            )
        self.server = server
        self.wanted = wanted
        self.living: dict[str, int] = {}
        self.deaths: list[Death] = []

    def start(self) -> None:
        """All of them live, and the engine room's server. One that ended by itself, as where the database was away when
        it began, is started again, as a supervisor would."""
        assert self._nursery.stdin and self._nursery.stdout
        self.server.start()
        for part in self.wanted:
            if not self._lives(part):
                self._nursery.stdin.write(f"{part}{f' {self.door.fileno()}' if part == 'web' else ''}\n")
                self._nursery.stdin.flush()
                self.living[part] = int(self._nursery.stdout.readline())

    def _lives(self, part: str) -> bool:
        try:
            os.kill(self.living[part], 0)
        except (KeyError, ProcessLookupError):
            return False
        return True

    def kill(self, part: str) -> None:
        """The part is dead; so is the engine room's server, where that is named."""
        pid = self.server.child.pid if part == "prefect" else self.living.pop(part, None)
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self.deaths.append(Death(time.monotonic(), part, pid))
            while part == "prefect" and self.server.child.alive:
                time.sleep(0.01)  # until the system has buried it

    def kill_all(self) -> None:
        """The power has gone: of all the parts none is left."""
        for part in [*self.living]:
            self.kill(part)

    def who_talks_from(self, port: int) -> int | None:
        """Which of the living has the connection from that port of this machine."""
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        wanted = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{port:04X}")}
        return next((pid for pid in [*self.living.values()] if wanted & set(_open_in(pid))), None)

    def close(self) -> None:
        assert self._nursery.stdin
        with self._nursery, self.door:
            self._nursery.stdin.close()

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"


def _open_in(pid: int) -> Iterator[str]:
    """What a process has open."""
    with suppress(OSError):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                yield str(file.readlink())


class People:
    """What people do in one town's process while the storm is on: each looks, and does what has not been done."""

    def __init__(self, town: Town, process: str, late: int, address: str) -> None:
        self.town, self.process, self.address = town, process, address
        seats = [seat for group in town.seats.values() for seat in group]
        self.late = seats[:: max(1, len(seats) // late)][:late]  # those who have to be reminded
        self.early = [seat for seat in seats if seat not in self.late]
        self.phase = ""  # the one they work in
        self.everybody_speaks = False
        self.refused: list[str] = []

    def go_on(self) -> bool:
        """The next thing that is to be done has been, or could not be; False where nothing is left to do."""
        try:
            act = self._next(self.town.state(self.process))
            if act is None:
                return False
            act()
        except (Unreachable, Busy, httpx.TransportError):
            pass  # the database or the pages are away: they look again
        except EtappiError as error:
            self.refused.append(f"{type(error).__name__}: {error}")
            return False
        return True

    def _next(self, state: Process) -> Callable[[], object] | None:
        town, process = self.town, self.process
        phase = next((key for key, one in state.phases.items() if one.status is not PhaseStatus.PASSED), None)
        if phase is None or phase != self.phase:
            return None
        if state.phases[phase].status is PhaseStatus.READY:
            return lambda: town.act(process, OpenPhase(phase=phase), "coordinator")
        if state.phases[phase].status is PhaseStatus.OPEN:
            return lambda: self._submits(phase)
        wanted = [*self.early, *(self.late if self.everybody_speaks else ())]
        silent = next((seat for seat in wanted if seat not in state.rounds[phase].stances), None)
        if silent is not None:
            return lambda: self._says_on_the_page(phase, silent)
        return (lambda: town.passing(process)) if self.everybody_speaks else None

    def _says_on_the_page(self, phase: str, seat: str) -> None:
        """The seat's holder takes their stance in a browser of their own."""
        with self.town.engine.database.transaction() as session:
            token = sessions.begin(session, self.town.name, seat, Way.LINK, self.town.clock())
        visit = Visit(self.address)
        with visit.client:
            visit.client.cookies.set(cookie_name(safe=False), token)
            form = visit.get(f"/prosessi/{self.process}/tarkistuspiste/{phase}/kanta/{seat}")
            if form.is_success:
                visit.post(str(form.url), kind="accept", **dict(HIDDEN.findall(form.text)))
        if visit.shown is None or visit.shown.status_code not in (200, AWAY):
            self.refused.append(f"{seat}: {visit.text}")

    def _submits(self, phase: str) -> None:
        self.town.draft(self.process, phase)
        self.town.act(self.process, Submit(phase=phase), "owner")


class Storm:
    """Kills as the dice fall, while people act."""

    def __init__(self, installation: Installation, parts: Parts, people: list[People], dice: Random) -> None:
        self.installation, self.parts, self.people, self.dice = installation, parts, people, dice
        clock = installation.engine.clock
        assert isinstance(clock, ClockOfFile)
        self.clock = clock
        self.blows: Counter[str] = Counter()  # kills by what was hit, apart from the power going
        self.given_up = 0  # effects that an operator had tried again
        self.restart_database: Callable[[], None] | None = None

    def rages(self, kills: int, pause: float, begun: Callable[[], bool] = lambda: True) -> None:
        """So many kills have happened, as irregularly as accidents do, and everybody has done what they had to do.

        The first one falls when it has `begun`, or nothing is there to be hit.
        """
        ending = threading.Event()
        acting = [threading.Thread(target=self._act, args=(one,)) for one in self._shares()]
        for thread in acting:
            thread.start()
        self._has_begun(begun)
        for _ in range(kills):
            ending.wait(min(self.dice.expovariate(1 / pause), 5 * pause))
            part = self.dice.choice(self.named)
            if part == "postgresql" and self.restart_database is not None:
                since = time.monotonic()
                self.restart_database()
                self.parts.deaths.append(Death(since, part, None, time.monotonic()))
            else:
                self.parts.kill(part)
            self.blows[part] += 1
            self.parts.start()
        for thread in acting:
            thread.join()

    def _has_begun(self, begun: Callable[[], bool]) -> None:
        """Something is being carried out, if there is anything to carry out: the parts have only just begun to live."""
        end = time.monotonic() + STARTING
        while self.not_yet() and time.monotonic() < end:
            if self.one(UNDER_WAY, now=instant_text(self.clock())) and begun():
                return
            time.sleep(0.02)  # leaves the processor to who is getting ready

    @property
    def named(self) -> list[str]:
        """What can be hit."""
        return [*self.parts.wanted, "prefect", *(["postgresql"] if self.restart_database else [])]

    def _shares(self) -> list[list[People]]:
        return [share for share in (self.people[0::2], self.people[1::2]) if share]

    @staticmethod
    def _act(people: list[People]) -> None:
        """Some of the people, in turn, until nobody has anything to do."""
        left = people
        while left:
            left = [one for one in left if one.go_on()]

    def time_goes_by(self, to: dt.datetime) -> None:
        """It is that time. Nobody is at work just then: a lease is never longer than the one who has it lives."""
        self.parts.kill_all()
        self.clock.set(to)
        self.parts.start()

    # --- looking ------------------------------------------------------------------------------------------------------

    def one(self, sql: str, **values: object) -> object:
        return self.all(sql, **values)[0][0]

    def all(self, sql: str, **values: object) -> list[tuple]:
        while True:
            with suppress(Unreachable), self.installation.database.reading() as session:
                return session.all(sql, values)

    def not_yet(self) -> int:
        """How much is due or being carried out, reminders that nobody has noticed as well."""
        now = instant_text(self.clock())
        return sum(int(one) for one in self.all(NOT_YET, now=now)[0])

    # --- calm ---------------------------------------------------------------------------------------------------------

    def calms(self) -> None:
        """Nothing dies until all that is owed by this evening has been carried out."""
        evening = at_local(local_date(self.clock()), 16)
        later: object = instant_text(self.clock())
        while later is not None:
            self._time_brings(read_instant(str(later)) + PAUSE)
            later = self.one(
                "select min(not_before) from outbox where state = 'owed' and not_before < :evening",
                evening=instant_text(evening),
            )

    def settles(self) -> None:
        """The storm is over, and everything that was owed has been carried out."""
        for _ in range(30):
            self._time_brings(self.clock() + dt.timedelta(hours=5))  # longer than any pause after a failure
            if not self.one("select count(*) from outbox where state <> 'done'"):
                return
        raise AssertionError(self.all("select key, state, attempt, error from outbox where state <> 'done'"))

    def _time_brings(self, to: dt.datetime) -> None:
        """It is that time, and what is due then has been carried out."""
        with self.installation.database.transaction() as session:
            self.given_up += outbox.again(session, self.clock())  # the operator looks at what was given up
        self.time_goes_by(to)
        self._is_at_work()
        left, since = self.not_yet(), time.monotonic()
        while left:
            assert time.monotonic() - since < PATIENCE, self._how_it_stands()
            time.sleep(0.05)  # leaves the processor to who is at work
            now = self.not_yet()
            if now != left:
                left, since = now, time.monotonic()

    def _is_at_work(self) -> None:
        """The workers are ready, where there are any: on a busy machine that takes a while."""
        wanted, end = sum(part.startswith("worker") for part in self.parts.wanted), time.monotonic() + PATIENCE
        while self._ready() < wanted:
            assert time.monotonic() < end, self._how_it_stands()
            time.sleep(0.05)  # leaves the processor to who is getting ready

    def _how_it_stands(self) -> str:
        """What is known of those who do not get ready."""
        beats = self.all("select part, at, note from heartbeat")
        engine_room = "answers" if self.parts.server.ready(5) else "does not answer"
        owed = self.all("select key, state, attempt, not_before, error from outbox where state <> 'done'")
        return f"it is {self.clock()}, the engine room {engine_room}; {beats}; {owed}; {self.parts.log.read_text()}"

    def _ready(self) -> int:
        with self.installation.database.reading() as session:
            return workers_ready(session, clock_of_the_machine())
