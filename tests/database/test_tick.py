"""Time is a command: what has fallen due is recorded once, many processes in one transaction, none of them loaded."""

import datetime as dt
from contextlib import closing

import pytest
from town import MORNING, Town

from models.commands import Hold
from models.events import RemindersFellDue
from models.personal import Private
from models.receipts import TickReport
from models.record import instant_text, read
from models.storage.database import Database
from models.storage.files import FileStore
from models.storage.sweep import CANDIDATES, candidates, fall_due

DUE = dt.datetime(2027, 3, 29, 6, 0, tzinfo=dt.UTC)  # the first reminder of the stances, 9.00 in Helsinki
ONE_SECOND = dt.timedelta(seconds=1)
STATES = "select state, count(*) from reminder group by state order by state"
EVENTS = "select body from event where type = 'RemindersFellDue' order by process_id"


@pytest.fixture
def asked(town: Town) -> list[str]:
    """Three processes where stances are asked."""
    processes = [town.create() for _ in range(3)]
    for process in processes:
        town.to_checkpoint(process)
    return processes


def rows(town: Town, sql: str) -> list[tuple]:
    with town.engine.database.reading() as session:
        return session.all(sql)


def fell_due(town: Town) -> list[RemindersFellDue]:
    events = (read(body).event for (body,) in rows(town, EVENTS))
    return [event for event in events if isinstance(event, RemindersFellDue)]


def first_due(town: Town) -> dt.datetime:
    return dt.datetime.fromisoformat(rows(town, "select min(due_at) from reminder where state = 'planned'")[0][0])


def test_nothing_falls_due_before_its_time(town: Town, asked: list[str]) -> None:
    town.clock.now = first_due(town) - dt.timedelta(seconds=1)

    assert town.engine.tick().reminders == 0
    assert fell_due(town) == []


def test_what_falls_due_is_in_each_record_and_owed_to_be_told(town: Town, asked: list[str]) -> None:
    town.clock.now = first_due(town)

    report = town.engine.tick()

    assert (report.processes, report.reminders, report.busy) == (3, 27, 0)
    assert [len(event.reminders) for event in fell_due(town)] == [9, 9, 9]
    assert all(name.startswith("stance:need:1:") for event in fell_due(town) for name in event.reminders)
    assert len(rows(town, "select 1 from outbox where kind = 'notify' and key like '%:4:notify'")) == 3


def test_running_it_twice_does_nothing_the_second_time(town: Town, asked: list[str]) -> None:
    town.clock.now = first_due(town)
    town.engine.tick()
    states = rows(town, STATES)

    assert town.engine.tick().reminders == 0
    assert rows(town, STATES) == states
    assert len(fell_due(town)) == 3


def test_a_clock_that_was_down_for_a_month_catches_up_and_says_what_is_late(town: Town, asked: list[str]) -> None:
    town.clock.now = first_due(town) + dt.timedelta(days=30)

    report = town.engine.tick()

    assert report.reminders == rows(town, "select count(*) from reminder where state = 'due'")[0][0] > 27
    assert rows(town, "select 1 from reminder where state = 'planned' and due_at <= '2027-03-30'") == []
    assert all(event.late == event.reminders for event in fell_due(town))


def test_what_falls_due_today_is_not_late(town: Town, asked: list[str]) -> None:
    town.clock.now = first_due(town) + dt.timedelta(hours=5)
    town.engine.tick()

    assert all(event.late == () for event in fell_due(town))


def test_a_seat_that_has_spoken_is_not_reminded(town: Town, asked: list[str]) -> None:
    town.all_accept(asked[0])
    town.say(asked[1], "teachers-1")
    town.clock.now = first_due(town)

    report = town.engine.tick()

    assert (report.processes, report.reminders) == (2, 17)


def test_a_process_on_hold_reminds_nobody(town: Town, asked: list[str]) -> None:
    town.act(asked[0], Hold(reason=Private("Odotetaan valtiota")), "coordinator")
    town.clock.now = first_due(town)

    assert town.engine.tick().processes == 2


def test_acts_go_on_after_the_tick_as_before(town: Town, asked: list[str]) -> None:
    before = town.state(asked[0])
    town.clock.now = first_due(town)
    town.engine.tick()

    assert town.state(asked[0]) == before
    assert town.say(asked[0], "teachers-1").events[0].sequence == 5


def test_a_process_in_use_is_passed_over_until_the_next_tick(postgresql_database: Database, files: FileStore) -> None:
    town = Town.opened(postgresql_database, files)
    processes = [town.create(), town.create()]
    for process in processes:
        town.to_checkpoint(process)
    town.clock.now = first_due(town)
    with closing(Database(postgresql_database.url)) as other, other.transaction() as session:
        session.one("select 1 from process_head where key = :key {for_update}", {"key": processes[1]})
        report = town.engine.tick()
        assert (report.processes, report.busy) == (1, 1)

    assert town.engine.tick().processes == 1


def test_a_batch_costs_the_same_number_of_statements_however_many_are_due(town: Town) -> None:
    def statements(count: int) -> int:
        for process in [town.create() for _ in range(count)]:
            town.to_checkpoint(process)
        town.clock.now = first_due(town)
        told: list[str] = []
        town.engine.database.watch = told.append
        report = town.engine.tick()
        town.engine.database.watch = None
        town.clock.now = MORNING
        assert report.processes == count
        return len(told)

    statements(1)  # the first tick of a day also looks for seats that have ended
    assert statements(2) == statements(7) <= 9


def test_what_falls_due_is_changed_in_its_place(postgresql_database: Database, files: FileStore) -> None:
    """Elsewhere each row would be written twice over, with an entry in its index."""
    town = Town.opened(postgresql_database, files)
    for process in [town.create() for _ in range(5)]:
        town.to_checkpoint(process)
    now, report = first_due(town), TickReport()
    in_place = "select pg_stat_get_xact_tuples_hot_updated('reminder'::regclass)"
    with town.engine.database.transaction() as session:
        assert session.one("select pg_relation_size('reminder') / 8192")[0] > 2, "one page would have room anyhow"
        fall_due(session, candidates(session, now), now, report)
        assert session.one(in_place)[0] == report.reminders > 0


def test_two_clocks_at_once_remind_once(town: Town, asked: list[str]) -> None:
    town.clock.now = first_due(town)

    town.at_once([town.engine.tick, town.engine.tick, town.engine.tick])

    assert len(fell_due(town)) == 3


def test_the_clock_looks_at_a_process_when_its_first_reminder_falls_due_and_not_before(
    town: Town, asked: list[str]
) -> None:
    def wakes_at() -> list[str]:
        return [row[0] for row in rows(town, "select wakes_at from process_head order by id")]

    def first_planned() -> list[str]:
        first = "select min(due_at) from reminder where state = 'planned' group by process_id order by process_id"
        return [row[0] for row in rows(town, first)]

    assert wakes_at() == first_planned()
    assert len(rows(town, CANDIDATES.replace(":now", f"'{instant_text(first_due(town) - ONE_SECOND)}'"))) == 0

    town.clock.now = first_due(town)
    town.engine.tick()

    assert wakes_at() == first_planned()


def test_a_process_whose_reminders_went_is_looked_at_once_more_in_vain(town: Town, asked: list[str]) -> None:
    town.clock.now = first_due(town)
    for process in asked:
        town.act(process, Hold(reason=Private("Odotetaan valtiota")), "coordinator")

    town.engine.tick()

    assert rows(town, "select distinct wakes_at from process_head") == [(None,)]


def test_what_is_due_is_found_by_its_index_however_much_waits(town: Town) -> None:
    town.to_checkpoint(town.create())
    waiting = """
        insert into process_head (municipality_id, key, seq, wakes_at)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
        select municipality_id, key || '-' || i, 0, wakes_at from process_head cross join n"""
    explain = {"sqlite": "explain query plan", "postgresql": "explain"}[town.engine.database.driver.name]
    with town.engine.database.transaction() as session:
        session.run(waiting)
        session.run("analyze")
        if explain == "explain":
            session.run("set local enable_seqscan = off")  # few rows are read whole, whatever the index
        plan = str(session.all(f"{explain} {CANDIDATES}", {"now": "2027-01-01"}))

    assert "ix_process_head_wakes_at" in plan
    assert "SCAN process_head" not in plan
