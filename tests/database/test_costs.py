"""An act costs the same number of statements whatever the length of the record and the number of processes."""

from collections import Counter

import pytest
from town import Town

from models.storage.state_text import PARTS, STANCES

COPIES = """
    insert into process_head (municipality_id, key, seq, hash, at, wakes_at)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
    select municipality_id, key || '-copy-' || i, seq, hash, at, wakes_at
    from process_head cross join n where key = 'strategy'"""
COPIED = {
    "process": "municipality_id, key, title, definition, start, created_at, status, rehearsal, coordinator, state",
    "phase": "phase, municipality_id, position, status, rounds, state",
    "last_round": "phase, municipality_id, state",
    "round_seat": "phase, seat, municipality_id",
    "duty": "duty, municipality_id, kind, due, item, phase, round, seat, working_group, person, since",
    "reminder": "duty, step, municipality_id, audience, due_at, state, fell_due",
}


@pytest.fixture
def process(town: Town) -> str:
    process = town.create()
    town.to_checkpoint(process)
    town.say(process, "teachers-1")
    return process


def doing(sql: str) -> str:
    """What a statement does to which table: "insert into event"."""
    verb, rest = sql.split(" ", 1)
    if verb == "select":
        table = sql.rpartition("from ")[2].split()[0]
        return f"select from {table}"
    return " ".join([verb, *rest.split()[: 1 if verb == "update" else 2]])


def statements(town: Town, process: str, seat: str) -> Counter[str]:
    """How often each statement runs in one stance."""
    told: Counter[str] = Counter()
    command = town.speaking(process, seat)
    town.engine.database.watch = lambda sql: told.update([" ".join(sql.split())])
    town.act(process, command, seat)
    town.engine.database.watch = None
    return told


def test_a_stance_takes_six_statements(town: Town, process: str) -> None:
    told = statements(town, process, "builders-1")

    assert [doing(sql) for sql in told.elements()] == [
        "select from process_head",
        "insert into event",
        "update process_head",
        "insert into stance",
        "delete from reminder",
        "delete from duty",
    ]


def test_a_stance_leaves_the_working_set_as_it_is_stored(town: Town, process: str) -> None:
    told = statements(town, process, "builders-1")

    assert [sql for sql in told if sql.startswith("update process ")] == []


def test_two_thousand_events_cost_what_twenty_do(town: Town, process: str) -> None:
    few = statements(town, process, "builders-1")
    for _ in range(2000):
        town.say(process, "teachers-2")

    assert town.state(process) is not None
    assert statements(town, process, "builders-2") == few


def test_a_thousand_processes_cost_what_ten_do(town: Town, process: str) -> None:
    few = statements(town, process, "builders-1")
    with town.engine.database.transaction() as session:
        session.run(COPIES, {"count": 1000})
        for table, columns in COPIED.items():
            session.run(
                f"insert into {table} (process_id, {columns}) "
                f"select copy.id, {', '.join('t.' + column for column in columns.split(', '))} from {table} t "
                "join process_head mine on mine.id = t.process_id and mine.key = 'strategy' "
                "join process_head copy on copy.key like 'strategy-copy-%'"
            )

    assert statements(town, process, "builders-2") == few


def test_an_act_reads_the_state_and_its_stances_once_and_then_remembers_them(town: Town, process: str) -> None:
    reading = [" ".join(sql.split()) for sql in (PARTS, STANCES)]
    town.engine.worlds.__init__()

    first, second = statements(town, process, "builders-1"), statements(town, process, "builders-2")
    assert [(first[sql], second[sql]) for sql in reading] == [(1, 0), (1, 0)]


def test_an_act_never_reads_the_record(town: Town, process: str) -> None:
    told = statements(town, process, "builders-1")

    assert [sql for sql in told if "from event" in sql] == []


def test_passing_takes_nine_statements_and_leaves_the_text_of_the_process(town: Town, process: str) -> None:
    told: list[str] = []
    town.all_accept(process, [seat for group in town.seats.values() for seat in group if seat != "teachers-1"])
    state = town.state(process)
    command = town.passing_of(state)
    town.engine.database.watch = lambda sql: told.append(" ".join(sql.split()))
    town.act(process, command, "preparer")
    town.engine.database.watch = None

    assert [doing(sql) for sql in told] == [
        "select from process_head",
        "insert into event",
        "update process_head",
        "insert into phase",
        "insert into package",
        "delete from reminder",
        "delete from duty",
        "insert into duty",
        "insert into outbox",
    ]
