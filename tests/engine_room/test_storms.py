"""Whatever is killed, however often, while whole processes run and the mail server fails: nothing is lost or doubled.

`make soak` throws the long counts, `ETAPPI_STORMS=1` a few. What was thrown is told by its seed (`ETAPPI_SEED`).
"""

import datetime as dt
import os
import sys
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from post_office import PostOffice
from storm import Parts, People, Storm
from town import GROUPS, MORNING, PHASES, Town
from town import definition as plan

from app.prefect_server import PrefectServer
from benchmarks import postgresql
from models.days.calendar import at_local, local_date
from models.migrations import migrate
from models.municipality.commands import ChangePerson
from models.outgoing.contents import IN_DOUBT
from models.personal import Private
from models.proof.verify import verify
from models.record import read_instant
from models.settings import Settings
from tasks.installation import ClockOfFile, Installation, installed

pytestmark = pytest.mark.prefect

SOAK = bool(os.environ.get("ETAPPI_SOAK"))
SEED = int(os.environ.get("ETAPPI_SEED", "20261126"))
GAP = 15.0  # seconds between a message's being taken and the death that kept it from being recorded, at most
WALKED = PHASES if SOAK else PHASES[:1]
STEPS = 5  # days on which the ladders of a phase's stances and of its outcome have a step
SENDERS = ("courier", "worker", "house", "postgresql")

Calm = Callable[..., Storm]


class Storms:
    """Makes installations with towns in them, and the parts that run them."""

    def __init__(self, folder: Path, server: PrefectServer, stack: ExitStack) -> None:
        self.folder, self.server, self.stack = folder, server, stack
        self.dice = Random(SEED)
        self.office = stack.enter_context(PostOffice(Random(SEED)))

    def over(self, url: str, wanted: list[str], *, towns: int, seats: int, late: int) -> Storm:
        """A storm over so many towns, each with one process; nothing has happened in it yet."""
        settings = Settings(
            data_dir=self.folder / "data",
            database_url=url,
            clock_file=self.folder / "clock",
            smtp_host="127.0.0.1",
            smtp_port=self.office.port,
            smtp_security="none",
            mail_from="etappi@testila.example",
            prefect_url="" if "house" in wanted else self.server.url,
            work_pool=f"storm-{uuid.uuid4().hex[:8]}",
        )
        settings.data_dir.mkdir()
        clock = ClockOfFile(self.folder / "clock")
        clock.set(MORNING)
        there = installed(settings)
        migrate(there.database)
        parts = Parts(settings, self.server, wanted, self.folder / "parts.log")
        people = [founded(there, clock, f"town-{n + 1}", seats, late, parts.address) for n in range(towns)]
        self.stack.callback(parts.close)
        self.stack.callback(there.database.close)
        parts.start()
        return Storm(there, parts, people, self.dice)


def founded(there: Installation, clock: ClockOfFile, name: str, seats: int, late: int, pages: str) -> People:
    """A town whose people have addresses, with a process that nothing has been done in."""
    town = Town(there.engine, clock, name, seats)
    town.settle(plan(outputs=1))
    for person in ("coordinator", "preparer", "owner", *(f"{group}-{n + 1}" for group in GROUPS for n in range(seats))):
        town.municipal(ChangePerson(person=person, email=Private(f"{person}@{name}.example")))
    return People(town, town.create(), late, pages)


@pytest.fixture
def storms(tmp_path: Path, server: PrefectServer) -> Iterator[Storms]:
    with ExitStack() as stack:
        yield Storms(tmp_path, server, stack)


def blows(storm: Storm, kills: int, pause: float) -> None:
    """The storm, until everybody has been reminded and each phase has passed: so many kills, at all stages of it."""
    share = -(-kills // (len(WALKED) * (STEPS + 2)))
    for phase in WALKED:
        at_work(storm, phase, everybody=False)
        storm.rages(share, pause)
        for _ in range(STEPS):
            storm.time_goes_by(max(at_local(next_step(storm, phase), 10), storm.clock()))
            storm.rages(share, pause)
        at_work(storm, phase, everybody=True)
        storm.rages(share, pause)


def next_step(storm: Storm, phase: str) -> dt.date:
    """The day on which somebody is reminded next of what waits in the phase."""
    planned = "select min(due_at) from reminder where state = 'planned' and duty like :duty"
    return local_date(read_instant(str(storm.one(planned, duty=f"%:{phase}:%"))))


def at_work(storm: Storm, phase: str, *, everybody: bool) -> None:
    """People work in the phase and go no further. Everybody speaks, or some say nothing until they are reminded."""
    for one in storm.people:
        one.phase, one.everybody_speaks = phase, everybody


def nothing_was_lost_or_doubled(storm: Storm, office: PostOffice) -> None:
    """Everything that was to be done has been, once; what left twice did so because somebody died."""
    assert [said for one in storm.people for said in one.refused] == []
    assert storm.all("select key, state, error from outbox where state <> 'done'") == []
    told = verify(storm.installation.database, storm.installation.files)
    assert told.findings == []
    every_act_once(storm)
    every_document_once(storm)
    every_message_once(storm, office)


def every_act_once(storm: Storm) -> None:
    for one in storm.people:
        types = Counter(
            row[0]
            for row in storm.all(
                "select type from event where municipality_id = :town and process_id is not null", town=one.town.name
            )
        )
        seats = len(one.early) + len(one.late)
        assert types.pop("RemindersFellDue") >= 3
        assert types.pop("RenditionRecorded") == len(documents(storm, one.town.name))
        assert types == {
            "ProcessCreated": 1,
            "PhaseOpened": len(WALKED),
            "OutputsSubmitted": len(WALKED),
            "StanceTaken": seats * len(WALKED),
            "CheckpointPassed": len(WALKED),
        }


def documents(storm: Storm, town: str) -> list[tuple]:
    """The compiled documents and papers of a town's process."""
    return storm.all("select made_from, language, format from rendition where municipality_id = :town", town=town)


def every_document_once(storm: Storm) -> None:
    for one in storm.people:
        made = documents(storm, one.town.name)
        assert len(made) == len(set(made)), "a document was made twice"
        assert sum(format_ == "markdown" for _, _, format_ in made) == 3 * len(WALKED)
    archive = storm.installation.folder / "archive"
    assert len(list(archive.glob("*/*/[!.]*"))) == len(WALKED) * len(storm.people)
    assert list(archive.glob("*/*/.*")) == []


def every_message_once(storm: Storm, office: PostOffice) -> None:
    taken: dict[str, list[float]] = defaultdict(list)
    for one in office.taken:
        taken[one.message_id].append(one.at)
    sent = storm.one("select count(*) from message where state = 'sent'")
    doubted = storm.one(
        "select count(distinct message_id) from message_log where outcome <> 'sent' and reason like :doubt "
        "and message_id in (select id from message where state <> 'sent')",
        doubt=f"%{IN_DOUBT}",
    )
    assert sent <= len(taken) <= sent + doubted, "what the log says has left is what the mail server has taken"
    deaths = sorted([death.at for death in storm.parts.deaths if death.part.startswith(SENDERS)] + office.deaths)
    for message, times in taken.items():
        for first, again in pairwise(times):
            until = min(again, first + GAP)
            assert any(first <= death <= until for death in deaths), f"{message} left twice and nobody had died"
    twice = sum(len(times) - 1 for times in taken.values())
    told = f"{len(taken)} messages, {twice} of them twice; {storm.thrown} kills and {len(storm.parts.deaths)} deaths"
    told += f"; {storm.given_up} effects given up and tried again"
    sys.stdout.write(f"{told}, {sorted(Counter(death.part for death in storm.parts.deaths).items())}\n")
    every_reminder_told(storm)


def every_reminder_told(storm: Storm) -> None:
    """Whoever had to be reminded was at each step, and of what was not told the log has the reason."""
    steps = Counter(
        storm.all(
            "select h.municipality_id, h.key || ':' || r.duty || ':holder' from reminder r "
            "join process_head h on h.id = r.process_id where r.state = 'due' and r.audience = 'holder'"
        )
    )
    told: dict[tuple, list[str]] = defaultdict(list)
    for town, subject, outcome, reason in storm.all(
        "select municipality_id, subject, outcome, reason from message_log"
    ):
        assert outcome == "sent" or reason, "what was not sent has its reason"
        told[town, subject].append(outcome)
    assert [one for one in steps if one not in told] == []
    assert [one for one, times in steps.items() if told[one].count("sent") > times] == []
    fell = storm.one("select count(*) from reminder where state = 'due'")
    sys.stdout.write(f"{fell} reminders fell due, {sum(steps.values())} of them to holders\n")


# --- the storms ---------------------------------------------------------------------------------------------------


def test_two_of_everything_on_postgresql_killed_at_random(storms: Storms) -> None:
    own = postgresql.programs()
    assert own is not None
    towns, seats, late, kills = (28, 8, 12, 100) if SOAK else (2, 3, 4, 8)
    cluster = storms.stack.enter_context(postgresql.cluster(own))
    url = postgresql.new_database(cluster, "storm")
    wanted = [*(f"{part} {n}" for part in ("clock", "courier", "worker") for n in (1, 2)), "web"]
    storm = storms.over(url, wanted, towns=towns, seats=seats, late=late)
    storm.restart_database = lambda: postgresql.restart(own, cluster)

    blows(storm, kills, 1.0)
    storms.office.failing = False
    storm.settles()

    nothing_was_lost_or_doubled(storm, storms.office)


def test_one_machine_on_sqlite_killed_at_random(storms: Storms) -> None:
    towns, seats, late, kills = (10, 3, 4, 500) if SOAK else (1, 2, 3, 8)
    storm = storms.over("", ["house", "web"], towns=towns, seats=seats, late=late)

    blows(storm, kills, 0.7)
    storms.office.failing = False
    storm.settles()

    nothing_was_lost_or_doubled(storm, storms.office)
