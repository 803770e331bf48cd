"""Whatever dies and whenever: every effect is carried out, and once."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
from prefect_api import ask, run_id, runs
from village import MORNING, Village

from app.prefect_server import PrefectServer
from app.works import Works
from models.errors import DeliveryFailed
from models.outgoing import outbox
from models.proof.verify import verify
from models.words import PhaseKind

pytestmark = pytest.mark.prefect

AtWork = Callable[..., Works]
STRIDE = int(os.environ.get("ETAPPI_SOAK_STRIDE", "12" if "ETAPPI_SOAK" in os.environ else "36"))  # 1: every statement


# --- the courier dies ---------------------------------------------------------------------------------------------


class Couriers:
    """Couriers that live one after another, in a program of their own."""

    def __init__(self, village: Village, server: PrefectServer) -> None:
        here = Path(__file__).parent
        command = [sys.executable, str(here / "killed_courier.py"), str(village.settings.data_dir), server.url]
        self.log = village.settings.data_dir.parent / "couriers.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, village.name, MORNING.isoformat()],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={
                    **os.environ,
                    "PYTHONPATH": str(here),
                    "ETAPPI_DATABASE_URL": village.settings.database_url,
                },
            )

    def one(self, killed_before: int = 0) -> str:
        """How one courier ended."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{killed_before}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def couriers_of(village: Village, server: PrefectServer) -> Iterator[Couriers]:
    couriers = Couriers(village, server)
    assert couriers.process.stdin and couriers.process.stdout
    with couriers.process:
        yield couriers
        couriers.process.stdin.close()
        assert couriers.process.wait(60) == 0


def everything_once(village: Village) -> None:
    """Every effect of a phase that was gone through is there, and none of them twice."""
    left = village.all("select key, state, error from outbox where state <> 'done'")
    assert left == []
    assert village.one("select count(*) from event where type = 'RenditionRecorded' and body like '%markdown%'") == 3
    assert village.one("select count(*) from rendition where format = 'markdown'") == 3
    assert len(village.archived()) == 1
    assert list((village.settings.data_dir / "archive").glob("*/*/.*")) == []
    sent = village.one("select count(*) from message where state = 'sent'")
    assert len(village.mails()) == sent
    items = village.one("select count(*) from message_item")
    logged = "select count(*) from message_log where message_id is not null"
    assert village.one(logged) == items, "each thing once: sent, or left out of the message with the reason"
    assert village.one(f"{logged} and outcome <> 'sent' and reason is null") == 0
    assert village.one(f"{logged} and outcome = 'sent'") >= sent
    told = village.one(
        "select count(distinct person || item) from message_item i join message m on m.id = i.message_id"
    )
    assert told == items


def test_a_courier_killed_between_any_two_steps_leaves_each_effect_carried_out_once(
    server: PrefectServer, tmp_path: Path, migrated_file: Path
) -> None:
    village = Village.founded(tmp_path / "data", migrated_file, (PhaseKind.GENERAL,))
    village.through("general")
    village.database.close()
    folder, untouched = village.settings.data_dir, tmp_path / "untouched"
    shutil.copytree(folder, untouched)
    ended = "killed"
    with couriers_of(village, server) as couriers:
        killed_before = 1
        while ended == "killed":
            ended = couriers.one(killed_before)
            if ended == "killed":
                assert couriers.one() == "done", (killed_before, couriers.log.read_text())
            everything_once(village)
            village.database.close()
            shutil.rmtree(folder)
            shutil.copytree(untouched, folder)
            killed_before += STRIDE
    assert ended == "done"
    assert killed_before > 40, "there were many steps to be killed between"


def test_a_courier_killed_again_and_again_still_gets_everything_done_once(
    server: PrefectServer, tmp_path: Path, migrated_file: Path
) -> None:
    village = Village.founded(tmp_path / "data", migrated_file, (PhaseKind.GENERAL,))
    village.through("general")
    with couriers_of(village, server) as couriers:
        ends = [couriers.one(killed_before) for killed_before in (9, 20, 31, 25)]
        assert ends[0] == "killed"
        assert couriers.one() == "done"
    everything_once(village)


SEEDS = (20261127, 20261128, 20261129)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_wherever_the_dice_kill_it_everything_is_done_once(
    server: PrefectServer, tmp_path: Path, migrated_file: Path, request: pytest.FixtureRequest, kind: str, seed: int
) -> None:
    """A town's phase, carried out by couriers with a real engine room, each killed at a step of chance."""
    of = {} if kind == "sqlite" else {"database_url": request.getfixturevalue("postgresql_database").url}
    village = Village.founded(tmp_path / "data", migrated_file, (PhaseKind.GENERAL,), **of)
    village.through("general")
    dice, kills = Random(seed), 0
    with closing(village.database), couriers_of(village, server) as couriers:
        while kills < 5 and (ended := couriers.one(dice.randint(1, 60))) == "killed":
            kills += 1
        ended = couriers.one()
        assert ended == "done", couriers.log.read_text()
        assert kills > 0
        everything_once(village)
        assert verify(village.database, village.engine.files).findings == []


# --- a run is lost ------------------------------------------------------------------------------------------------


def test_a_run_that_vanishes_while_it_runs_leaves_its_effect_done_once(
    village: Village, server: PrefectServer, at_work: AtWork
) -> None:
    village.open()
    works = at_work(village)
    name = f"{village.name}:{village.process}:2:phase:future-image:opened:1"

    def lose(statement: str) -> None:
        if statement.lstrip().startswith("select title from process") and runs(server, name):
            ask(server, "DELETE", f"/flow_runs/{run_id(server, name)}")

    village.database.watch = lose
    works.drain()

    assert runs(server, name) == {}
    assert village.effects("phase") == [("done", 1)]
    assert village.one("select count(*) from rendition where format = 'markdown'") == 1


def test_an_attempt_that_fails_half_way_is_followed_by_one_that_does_not_repeat_what_was_done(
    village: Village, at_work: AtWork
) -> None:
    village.open()
    works = at_work(village)
    failing = iter((True,))

    def fail(statement: str) -> None:
        if statement == outbox.DONE and recorded() and next(failing, False):
            raise RuntimeError("the power went")

    def recorded() -> bool:
        village.database.watch = None
        found = bool(village.one("select count(*) from rendition where format = 'markdown'"))
        village.database.watch = fail
        return found

    village.database.watch = fail
    works.drain()

    village.database.watch = None
    assert village.effects("phase") == [("done", 2)]
    assert village.one("select count(*) from event where type = 'RenditionRecorded' and body like '%markdown%'") == 1


# --- two at once --------------------------------------------------------------------------------------------------


def test_two_couriers_at_once_never_do_a_thing_twice(
    server: PrefectServer, at_work: AtWork, tmp_path: Path, migrated_file: Path
) -> None:
    village = Village.founded(tmp_path / "data", migrated_file, (PhaseKind.GENERAL,))
    other = Village(village.settings.data_dir, village.clock, village.name)
    village.through("general")
    both = [at_work(village), at_work(other)]
    together = threading.Barrier(2)

    def drain(works: Works) -> None:
        together.wait()
        works.drain(hasten=True)

    threads = [threading.Thread(target=drain, args=(works,)) for works in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    everything_once(village)
    assert {attempt for kind in ("notify", "phase", "handover", "message") for _, attempt in village.effects(kind)} == {
        1
    }


# --- Prefect is down ----------------------------------------------------------------------------------------------


def test_without_prefect_people_go_on_and_with_it_wiped_everything_is_done_later(
    village: Village, server: PrefectServer, at_work: AtWork
) -> None:
    works = at_work(village)
    village.open()
    works.drain()
    assert server.child.pid is not None
    os.kill(server.child.pid, 9)
    server.stop()
    server.wipe()

    village.submit()
    village.passing()
    with pytest.raises(DeliveryFailed, match="engine room"):
        works.drain(seconds=2)

    assert set(village.effects("notify")) == {("done", 1)}, "people are told all the same, as soon as messages leave"
    waiting = {state for state, _ in village.effects("phase")[1:] + village.effects("handover")}
    assert waiting <= {"owed", "leased"}, "nothing is done, and nothing given up"

    server.start()
    works.drain(hasten=True, seconds=300)

    assert {state for state, _ in village.effects("phase")} == {"done"}
    assert len(village.archived()) == 1
    assert village.one("select count(*) from rendition where format = 'markdown'") == 3


def test_a_server_that_dies_is_started_again_at_the_same_address(server: PrefectServer) -> None:
    url, first = server.url, server.child.pid
    assert first is not None
    os.kill(first, 9)
    while server.child.alive:
        pass
    assert not server.ready(0.5)

    assert server.mend()

    assert server.url == url
    assert server.child.pid not in (None, first)
    assert server.ready(300)
