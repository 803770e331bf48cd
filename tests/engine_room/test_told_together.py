"""Many events are told in one transaction, and what comes of it is what telling them one by one would have given."""

import asyncio
import datetime as dt
import gc
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from village import Clock, Village

from app.courier import Courier
from models.days.calendar import local_date
from models.municipality.commands import AddPerson, NoteAbsence
from models.outgoing import outbox, readers
from models.outgoing.addressing import Addressing
from models.outgoing.combining import TOGETHER
from models.outgoing.many_values import many_values
from models.outgoing.outbox import Leased
from models.personal import Private
from models.telling.hours import Choices
from models.telling.said import Said, Telling
from models.words import Rhythm

TEN = dt.timedelta(minutes=10)
ROWS = {
    "message": "select person, sending_window, channel, state from message order by 1, 2",
    "message_item": """
        select m.person, m.sending_window, i.item, i.kind, i.payload, i.process_id
        from message_item i join message m on m.id = i.message_id order by 1, 2, 3""",
    "outbox": "select key, state, not_before from outbox order by key",
    "message_log": "select person, subject, outcome, reason, process_id from message_log order by id",
}


def leased(village: Village) -> list[Leased]:
    with village.database.transaction() as session:
        return outbox.lease(session, "notify", 500, village.clock(), 60)


def stored(village: Village) -> dict[str, list[tuple[Any, ...]]]:
    return {name: village.all(sql) for name, sql in ROWS.items()}


def copy_of(village: Village, folder: Path) -> Village:
    """The same village once more, at the same instant."""
    village.database.close()
    shutil.copytree(village.settings.data_dir, folder)
    other = Village(folder, Clock(village.clock.now), village.name)
    other.process = village.process
    return other


def a_busy_morning(village: Village) -> None:
    """A message that should have left waits, people have their own wishes, and much has happened."""
    addressing = Addressing(village.engine, TEN)
    village.open()
    addressing.tell(*leased(village))
    village.clock.forward(hours=1)
    with village.database.transaction() as session:
        daily = Choices(rhythm=Rhythm.DAILY)
        readers.choose(session, village.name, "teacher-1", daily, village.clock())
        readers.choose(session, village.name, "owner", Choices(first=dt.time(12)), village.clock())
    village.municipal(AddPerson(person="guest", name=Private("Vierailija")))
    village.municipal(NoteAbsence(person="preparer", first=dt.date(2027, 2, 1), last=dt.date(2027, 2, 1)))
    village.submit()
    village.pause()
    village.give_part("owner", "guest")
    village.clock.now = dt.datetime.fromisoformat(
        village.one("select min(due_at) from reminder where duty like 'stance:%'")
    )
    addressing.snooze(village.name, village.process, stance_of(village, "teacher-2"), "teacher-2", dt.date(2027, 3, 30))
    village.engine.tick()


def stance_of(village: Village, seat: str) -> str:
    return str(village.one("select duty from duty where kind = 'stance' and seat = :seat", seat=seat))


def test_told_together_is_told_as_one_by_one(village: Village, tmp_path: Path) -> None:
    a_busy_morning(village)
    other = copy_of(village, tmp_path / "other")

    together = Addressing(village.engine, TEN).tell(*leased(village))
    one_by_one = sum(Addressing(other.engine, TEN).tell(one) for one in leased(other))

    assert together == one_by_one > 10
    assert stored(village) == stored(other)
    assert {row[2] for row in stored(village)["message_log"]} == {"nobody"}
    assert {"merged", "open"} == {row[3] for row in stored(village)["message"]}


def test_many_events_cost_as_many_statements_as_few(village: Village) -> None:
    def statements(pauses: int) -> int:
        for _ in range(pauses):
            village.pause()
        told: list[str] = []
        effects = leased(village)
        village.database.watch = told.append
        Addressing(village.engine, TEN).tell(*effects)
        village.database.watch = None
        return len([sql for sql in told if "select body from event" not in sql])

    statements(1)  # now everybody has a message that waits

    assert statements(1) == statements(6) <= 20


def test_a_thing_that_turns_urgent_among_many_stands_in_the_sooner_message_alone(village: Village) -> None:
    """Many are handed to the database before all are looked at, and the thing has been handed over by then."""
    now = village.clock()
    with village.database.transaction() as session:
        readers.choose(session, village.name, "owner", Choices(rhythm=Rhythm.WEEKLY, weekday=4), now)
    things = [Telling("owner", f"thing:{n}", Said(kind="PhaseOpened")) for n in range(TOGETHER + 1)]
    tomorrow = local_date(now) + dt.timedelta(days=1)
    things.append(things[0]._replace(said=Said(kind="stance:holder", due=tomorrow)))

    with village.database.transaction() as session:
        addressing = Addressing(village.engine, TEN)
        scope, _, world = addressing.seen(session, village.name, village.process, now)
        addressing.combining(session, world, now).put([(one, scope.id) for one in things])

    kinds = village.all("""
        select i.kind, count(*), min(item) from message_item i join message m on m.id = i.message_id
        group by m.sending_window, i.kind order by m.sending_window""")
    assert kinds == [("stance:holder", 1, "thing:0"), ("PhaseOpened", TOGETHER, "thing:1")]


def test_what_has_been_told_is_not_told_again_with_the_rest(village: Village) -> None:
    village.open()
    village.pause()
    first, *others = leased(village)
    addressing = Addressing(village.engine, TEN)
    assert addressing.tell(first) == 2

    assert addressing.tell(first, *others) == 2 * 4
    assert {row[1] for row in stored(village)["outbox"] if row[0].endswith(":notify")} == {"done"}


def test_an_effect_that_cannot_be_told_stops_no_other(village: Village) -> None:
    village.open()
    village.pause()
    with village.database.transaction() as session:
        session.run(
            """update outbox set payload = '{"process": "nowhere", "sequence": 1}' where key like '%:2:notify'"""
        )

    with ThreadPoolExecutor(1) as apart:  # a loop of its own, whatever loop a browser's tests have left running here
        apart.submit(asyncio.run, Courier(village.installation, lambda: False).sweep()).result()

    effects = village.all("select key, state, error from outbox where kind = 'notify' order by id")
    states = [(state, error) for _, state, error in effects]
    assert states[1:] == [("done", None)] * 2
    assert states[0][0] == "owed"
    assert "nowhere" in states[0][1]
    assert village.one("select count(*) from message_item") == 2 * 4


@pytest.mark.parametrize("on", [True, False])
def test_python_looks_for_cycles_again_when_the_last_has_made_its_values(on: bool) -> None:
    before = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        with many_values():
            with many_values():
                assert not gc.isenabled()
            assert not gc.isenabled()
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()
