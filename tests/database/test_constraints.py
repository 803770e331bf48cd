"""What must never break is in the database itself: no code, however wrong, can write it."""

import pytest
from town import Town

from models.storage.database import Database
from models.words import StanceKind

ROUND = "insert into last_round (process_id, phase, municipality_id, state) values (:process, :phase, 'testila', '{}')"
PHASE = """
    insert into phase (process_id, phase, municipality_id, position, status, rounds, state)
    values (:process, 'need', 'testila', 5, 'at_checkpoint', 2, '{}')"""
STANCE = """
    insert into stance (process_id, phase, round, seat, municipality_id, working_group, kind, at)
    values (:process, 'need', 1, 'teachers-1', 'testila', 'teachers', 'accept', 'then')"""
EVENT = """
    insert into event (municipality_id, record, process_id, seq, type, at, hash, body)
    values ('testila', :record, :process, :seq, 'ProcessHeld', 'then', 'h', 'b')"""
OUTBOX = """
    insert into outbox (municipality_id, process_id, key, kind, payload, state, attempt, not_before, created_at)
    values ('testila', :process, :key, 'notify', '{}', :state, 0, 'then', 'then')"""
REMINDER = """
    insert into reminder (process_id, duty, step, municipality_id, audience, due_at, state, fell_due)
    values (:process, 'd', 's', 'testila', 'holder', 'then', :state, :seq)"""


@pytest.fixture
def process(town: Town) -> int:
    """A process with a round at its first checkpoint, where one seat has spoken; its number."""
    key = town.create()
    town.to_checkpoint(key)
    town.say(key, "teachers-1")
    with town.engine.database.reading() as session:
        row = session.one("select id from process_head where key = :key", {"key": key})
    assert row
    return int(row[0])


def refused(database: Database, sql: str, **params: object) -> None:
    with pytest.raises(database.driver.errors), database.transaction() as session:
        session.run(sql, params)


def done(database: Database, sql: str, **params: object) -> None:
    with database.transaction() as session:
        session.run(sql, params)


def test_a_phase_has_one_open_round(database: Database, process: int) -> None:
    refused(database, ROUND, process=process, phase="need")
    refused(database, PHASE, process=process)

    done(database, ROUND, process=process, phase="way")


def test_a_seat_has_one_stance_in_a_round(database: Database, process: int) -> None:
    refused(database, STANCE, process=process)


def test_a_sequence_number_comes_once_in_a_record(database: Database, process: int) -> None:
    refused(database, EVENT, record="process", process=process, seq=1)
    refused(database, EVENT, record="municipality", process=None, seq=1)

    done(database, EVENT, record="process", process=process, seq=100)
    done(database, EVENT, record="municipality", process=None, seq=100)


def test_an_event_belongs_to_the_record_it_says(database: Database, process: int) -> None:
    refused(database, EVENT, record="municipality", process=process, seq=100)
    refused(database, EVENT, record="process", process=None, seq=100)


@pytest.mark.parametrize("change", ["update event set body = 'other'", "delete from event where seq = 1"])
def test_the_record_is_only_added_to(database: Database, process: int, change: str) -> None:
    with pytest.raises(database.driver.errors, match="only added to"), database.transaction() as session:
        session.run(change)


def test_the_record_cannot_be_emptied(postgresql_database: Database) -> None:
    refused = pytest.raises(postgresql_database.driver.errors, match="only added to")
    with refused, postgresql_database.transaction() as session:
        session.run("truncate event cascade")


def test_an_effect_is_owed_once(database: Database, process: int) -> None:
    done(database, OUTBOX, process=process, key="k", state="owed")

    refused(database, OUTBOX, process=process, key="k", state="owed")
    refused(database, OUTBOX, process=process, key="k2", state="nearly")


def test_a_step_of_a_duty_reminds_once(database: Database, process: int) -> None:
    done(database, REMINDER, process=process, state="planned", seq=None)

    refused(database, REMINDER, process=process, state="planned", seq=None)


def test_a_reminder_fell_due_by_an_event(database: Database, process: int) -> None:
    refused(database, REMINDER, process=process, state="due", seq=None)
    refused(database, REMINDER, process=process, state="planned", seq=4)


def test_a_column_takes_its_own_kind_only(database: Database, process: int) -> None:
    refused(database, "update process_head set seq = 'many' where id = :p", p=process)


TABLES_OF_A_PROCESS = (
    *(
        "anchor",
        "condition",
        "dissent",
        "draft",
        "draft_before",
        "duty",
        "handling",
        "manifest",
        "message_log",
        "objection",
        "outbox",
    ),
    *("output_version", "package", "phase", "process", "reminder", "rendition", "last_round", "round_seat", "stance"),
)


def test_no_row_of_a_process_crosses_to_another_municipality(town: Town, process: int) -> None:
    database = town.engine.database
    town.say("strategy", "builders-1", StanceKind.OBJECT, "En kannata")
    done(database, "insert into municipality (id, seq) values ('toisela', 0)")

    for table in TABLES_OF_A_PROCESS:
        with database.reading() as session:
            if session.one(f"select 1 from {table} where process_id = :p", {"p": process}) is None:
                continue
        refused(database, f"update {table} set municipality_id = 'toisela' where process_id = :p", p=process)
    refused(database, "update process_head set municipality_id = 'toisela' where id = :p", p=process)
