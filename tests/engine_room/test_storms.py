"""Whatever is killed, however often, while whole processes run and the mail server fails: nothing is lost or doubled.

`make soak` throws the long counts, `ETAPPI_STORMS=1` a few, and `ETAPPI_KILLS` says how many at whole processes. What
was thrown is told by its seed (`ETAPPI_SEED`). A storm that fails tells its seed, and who died when.
"""

import datetime as dt
import os
import sys
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import groupby, pairwise
from pathlib import Path
from random import Random

import pytest
from post_office import PostOffice, Taken
from storm import Parts, People, Storm
from town import GROUPS, MORNING, PHASES, Town
from town import definition as plan

from app.prefect_server import PrefectServer
from benchmarks import postgresql
from models.days.calendar import at_local, local_date
from models.machine_clock import ClockOfFile
from models.migrations import migrate
from models.municipality.commands import ChangePerson
from models.outgoing.contents import IN_DOUBT
from models.outgoing.mail_names import number_in
from models.personal import Private
from models.proof.verify import verify
from models.record import read_instant
from models.settings import Settings
from tasks.installation import Installation, installed

pytestmark = pytest.mark.prefect

SOAK = bool(os.environ.get("ETAPPI_SOAK"))
KILLS = int(os.environ.get("ETAPPI_KILLS", "500" if SOAK else "12"))
SEED = int(os.environ.get("ETAPPI_SEED", "20261126"))
LIFE = 4.0  # seconds that each part lives on an average, of which it needs a few to get to work
GAP = 15.0  # seconds between a message's being taken and the death that kept it from being recorded, at most
HALF_AN_HOUR = dt.timedelta(minutes=30)  # longer than what is told is held
WALKED = PHASES if SOAK else PHASES[:1]
STEPS = 5  # days on which the ladders of a phase's stances and of its outcome have a step

Calm = Callable[..., Storm]


class Storms:
    """Makes installations with towns in them, and the parts that run them."""

    def __init__(self, folder: Path, server: PrefectServer, stack: ExitStack) -> None:
        self.folder, self.server, self.stack = folder, server, stack
        self.dice = Random(SEED)
        self.storm: Storm | None = None
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
        self.office.who = parts.who_talks_from
        self.stack.callback(parts.close)
        self.stack.callback(there.database.close)
        parts.start()
        self.storm = Storm(there, parts, people, self.dice)
        return self.storm

    def tell(self) -> None:
        """What was thrown, and what the mail server saw: pytest shows it where the storm has failed."""
        if self.storm is None:
            return
        moments = groupby(self.storm.parts.deaths, key=lambda death: int(death.at))
        died = "\n".join(f"{at:8} {', '.join(f'{d.part} ({d.pid})' for d in deaths)}" for at, deaths in moments)
        unsaid = "\n".join(f"{one.at:10.2f} {one.message_id}" for one in self.office.unsaid)
        blows = sorted(self.storm.blows.items())
        sys.stdout.write(f"ETAPPI_SEED={SEED}: {self.storm.blows.total()} kills {blows}\n{died}\n")
        sys.stdout.write(f"the mail server {sorted(self.office.failures.items())}, gone after it took\n{unsaid}\n")


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
        found = Storms(tmp_path, server, stack)
        yield found
        found.tell()


def blows(storm: Storm, office: PostOffice, kills: int, pause: float) -> None:
    """The storm, until everybody has been reminded and each phase has passed: so many kills, at all stages of it."""
    share = -(-kills // (len(WALKED) * (2 * STEPS + 2)))
    for phase in WALKED:
        at_work(storm, phase, everybody=False)
        storm.rages(share, pause)
        for _ in range(STEPS):
            storm.time_goes_by(max(at_local(next_step(storm, phase), 10), storm.clock()))  # it falls due and is told
            storm.rages(share, pause)
            before = len(office.taken)
            storm.time_goes_by(storm.clock() + HALF_AN_HOUR)  # and the messages leave
            storm.rages(share, pause, lambda before=before: len(office.taken) > before)
            storm.calms()
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


def nothing_was_lost_or_doubled(storm: Storm, office: PostOffice, kills: int) -> None:
    """Everything that was to be done has been, once; what left twice did so because somebody died."""
    assert storm.blows.total() >= kills
    if SOAK:
        assert set(storm.blows) == set(storm.named), "everything was hit"
        assert len(+office.failures) == 5, "the mail server failed in every way"
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
    """What the log says has left is what the mail server has taken. A second copy is the same message, and its first
    carrier died, or the mail server or the database did, before it was known that the first one had been taken."""
    taken = by_number(office)
    sent = {row[0] for row in storm.all("select id from message where state = 'sent'")}
    doubted = {
        row[0]
        for row in storm.all(
            "select distinct message_id from message_log where outcome <> 'sent' and reason like :doubt "
            "and message_id in (select id from message where state <> 'sent')",
            doubt=f"%{IN_DOUBT}",
        )
    }
    assert sent - set(taken) == set(), "the log says of these that they have left"
    assert set(taken) - sent - doubted == set(), "the log does not say of these that they may have left"
    again = [pair for copies in taken.values() for pair in pairwise(copies)]
    assert [first for first, second in again if first.message_id != second.message_id] == []
    assert [pair for pair in again if not excused(storm, office, *pair)] == [], "they left twice and nobody had died"
    few_in_doubt(storm, Counter(first.carrier for first, _ in again if first not in office.unsaid))
    tell(storm, len(taken), len(again))


def by_number(office: PostOffice) -> dict[int, list[Taken]]:
    """What the mail server has taken of each message, the first copy first."""
    found: dict[int, list[Taken]] = defaultdict(list)
    for one in office.taken:
        ours = number_in(one.message_id)
        assert ours is not None and one.carrier is not None, "a message of ours, from a part of ours"
        found[ours[0]].append(one)
    return found


def excused(storm: Storm, office: PostOffice, first: Taken, again: Taken) -> bool:
    """Whether somebody died who would have recorded the first copy: soon after it, and before their connection had
    carried so many more that it had to be recorded."""
    from tasks.delivering import IN_DOUBT as UNRECORDED

    if first in office.unsaid:
        return True
    soon, died = min(again.at, first.at + GAP), storm.parts.deaths
    if any(first.at <= one.until and one.at <= soon for one in died if one.part == "postgresql"):
        return True
    death = next((one.at for one in died if one.pid == first.carrier and first.at <= one.at <= soon), 0.0)
    mine = [one.at for one in office.taken if (one.carrier, one.port) == (first.carrier, first.port)]
    return bool(death) and sum(first.at < at <= death for at in mine) < UNRECORDED


def few_in_doubt(storm: Storm, left_by: Counter[int | None]) -> None:
    """No death leaves more in doubt than its connections may have sent unrecorded."""
    from tasks.delivering import CONNECTIONS
    from tasks.delivering import IN_DOUBT as UNRECORDED

    deliveries = max(1, sum(part.startswith("worker") for part in storm.parts.wanted))
    most = deliveries * CONNECTIONS * UNRECORDED
    assert [(pid, count) for pid, count in left_by.items() if count > most] == []


def tell(storm: Storm, messages: int, twice: int) -> None:
    thrown, died = storm.blows.total(), len(storm.parts.deaths)
    lost = storm.one("select coalesce(sum(attempt - 1), 0) from outbox where attempt > 1")
    sys.stdout.write(f"{messages} messages, {twice} of them twice; {thrown} kills and {died} deaths; ")
    sys.stdout.write(f"{lost} attempts did not end, {storm.given_up} effects were given up and tried again\n")


def every_reminder_told(storm: Storm, least: int) -> None:
    """So many reminders fell due, none was overlooked. Whoever had to be reminded was, at each step and no oftener;
    of what was not told the log has the reason."""
    fell = storm.one("select count(*) from reminder where state = 'due'")
    assert int(str(fell)) >= least
    assert storm.not_yet() == 0
    steps = Counter(
        storm.all(
            "select h.municipality_id, h.key || ':' || r.duty || ':holder' from reminder r "
            "join process_head h on h.id = r.process_id where r.state = 'due' and r.audience = 'holder'"
        )
    )
    log = storm.all("select municipality_id, subject, outcome, reason from message_log")
    assert [one for one in log if one[2] != "sent" and not one[3]] == [], "what was not sent has its reason"
    sent = Counter((town, subject) for town, subject, outcome, _ in log if outcome == "sent")
    assert {one: sent[one] for one in steps} == dict(steps)
    sys.stdout.write(f"{fell} reminders fell due, {steps.total()} of them to holders\n")


# --- the storms ---------------------------------------------------------------------------------------------------


def test_two_of_everything_on_postgresql_killed_while_reminders_fall_due(storms: Storms) -> None:
    towns, seats, late, kills, reminders = (28, 8, 12, 100, 2000) if SOAK else (2, 3, 4, 12, 20)
    storm = on_many_machines(storms, towns=towns, seats=seats, late=late)

    blows(storm, storms.office, kills, LIFE / len(storm.named))

    all_is_well_after(storms, storm, kills, reminders)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whole_processes_killed_at_random(storms: Storms, kind: str) -> None:
    towns, reminders = (10, 100) if SOAK else (1, 10)
    if kind == "postgresql":
        storm = on_many_machines(storms, towns=towns, seats=3, late=4)
    else:
        storm = storms.over("", ["house", "web"], towns=towns, seats=3, late=4)

    blows(storm, storms.office, KILLS, LIFE / len(storm.named))

    all_is_well_after(storms, storm, KILLS, reminders)


def on_many_machines(storms: Storms, **size: int) -> Storm:
    """A storm over two of everything, on a PostgreSQL server of its own that is restarted at random."""
    own = postgresql.programs()
    assert own is not None
    cluster = storms.stack.enter_context(postgresql.cluster(own))
    url = postgresql.new_database(cluster, "storm")
    wanted = [*(f"{part} {n}" for part in ("clock", "courier", "worker") for n in (1, 2)), "web"]
    storm = storms.over(url, wanted, **size)
    storm.restart_database = lambda: postgresql.restart(own, cluster)
    return storm


def all_is_well_after(storms: Storms, storm: Storm, kills: int, reminders: int) -> None:
    """Once it is over and the mail server takes everything again."""
    storms.office.failing = False
    storm.settles()
    nothing_was_lost_or_doubled(storm, storms.office, kills)
    every_reminder_told(storm, reminders)
