"""A transaction does everything or nothing, writers take turns, and what goes wrong is said in words."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import Busy, NoRoom, NotValid, Unreachable
from models.storage.database import Database

PUT = "insert into heartbeat (part, at, count) values (:part, 'then', :count)"
READ = "select part, count from heartbeat order by part"
ADD = "update heartbeat set count = count + 1 where part = 'clock'"

Another = Callable[[Database], Database]


@pytest.fixture
def another() -> Iterator[Another]:
    """Somebody else at the same database, who waits for a tenth of a second only."""
    others: list[Database] = []

    def open_another(database: Database) -> Database:
        others.append(Database(database.url, patience=0.1))
        return others[-1]

    yield open_another
    for other in others:
        other.close()


def beats(database: Database) -> list[tuple[str, int]]:
    with database.reading() as session:
        return session.all(READ)


def test_what_is_not_finished_is_not_there(database: Database) -> None:
    with pytest.raises(KeyError), database.transaction() as session:
        session.run(PUT, {"part": "clock", "count": 1})
        raise KeyError

    assert beats(database) == []


@pytest.mark.parametrize("before", range(6))
def test_however_often_one_fails_the_next_goes_through(database: Database, before: int) -> None:
    """Whichever of them it is: a library may begin to prepare its statements just in the one that fails."""
    for _ in range(before):
        beats(database)
    for _ in range(3):
        with pytest.raises(database.driver.errors, match=r"(?i)null"), database.transaction() as session:
            session.run(PUT, {"part": None, "count": 1})

    assert beats(database) == []


def test_what_is_finished_is_seen_by_everybody(database: Database, another: Another) -> None:
    with database.transaction() as session:
        session.many(PUT, [{"part": "clock", "count": 1}, {"part": "courier", "count": 2}])

    assert beats(another(database)) == [("clock", 1), ("courier", 2)]


def test_very_many_rows_are_all_there_or_none_is(database: Database) -> None:
    rows = [{"part": f"worker:{n:04}", "at": "then", "count": n} for n in range(1234)]

    with pytest.raises(database.driver.errors), database.transaction() as session:
        session.insert("heartbeat", [*rows, rows[0]])
    assert beats(database) == []

    with database.transaction() as session:
        session.insert("heartbeat", rows)
    assert beats(database) == [(row["part"], row["count"]) for row in rows]


def test_a_statement_the_database_refuses_takes_all_others_with_it(database: Database) -> None:
    with pytest.raises(database.driver.errors), database.transaction() as session:
        session.run(PUT, {"part": "clock", "count": 1})
        session.run(PUT, {"part": "clock", "count": 2})

    assert beats(database) == []


def test_the_database_goes_on_after_a_mistake(database: Database) -> None:
    with pytest.raises(database.driver.errors), database.transaction() as session:
        session.all("select nothing from nowhere")
    with database.transaction() as session:
        session.run(PUT, {"part": "clock", "count": 1})

    assert beats(database) == [("clock", 1)]


def test_a_reader_sees_one_picture_however_long_it_reads(database: Database) -> None:
    with database.reading() as session:
        assert session.all(READ) == []
        with database.transaction() as writer:
            writer.run(PUT, {"part": "clock", "count": 1})
        assert session.all(READ) == []


def test_writers_at_once_take_turns_and_lose_nothing(database: Database) -> None:
    with database.transaction() as session:
        session.run(PUT, {"part": "clock", "count": 0})
    start = threading.Barrier(24)

    def write() -> None:
        start.wait()
        with database.transaction() as session:
            session.run(ADD)

    threads = [threading.Thread(target=write) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert beats(database) == [("clock", 24)]


def test_a_new_file_is_opened_by_several_at_once(tmp_path: Path) -> None:
    for number in range(50):  # about one opening in 25 was refused where they did not wait for each other
        url, start, refused = f"sqlite:///{tmp_path}/{number}.db", threading.Barrier(4), list[BaseException]()

        def look(url: str = url, start: threading.Barrier = start, refused: list[BaseException] = refused) -> None:
            start.wait()
            try:
                with closing(Database(url)) as mine, mine.reading() as session:
                    session.all("select 1")
            except BaseException as error:
                refused.append(error)

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert refused == []


def test_a_writer_that_waits_too_long_is_told_so(database: Database, another: Another) -> None:
    hasty = another(database)
    with database.transaction() as session:
        session.lock("testila", alone=True)
        session.one("select 1")  # the lock travels with the next statement that has an answer
        with pytest.raises(Busy, match="Somebody else is writing"), hasty.transaction() as other:
            other.lock("testila")
            other.one("select 1")


def test_acts_in_one_municipality_do_not_wait_for_those_in_another(
    postgresql_database: Database, another: Another
) -> None:
    hasty = another(postgresql_database)
    with postgresql_database.transaction() as session:
        session.lock("testila", alone=True)
        session.one("select 1")
        with hasty.transaction() as other:
            other.lock("toisela")
            other.run(PUT, {"part": "clock", "count": 1})

    assert beats(postgresql_database) == [("clock", 1)]


def test_acts_share_the_municipality_and_its_own_record_waits_for_them(
    postgresql_database: Database, another: Another
) -> None:
    hasty = another(postgresql_database)
    with postgresql_database.transaction() as session:
        session.lock("testila")
        session.one("select 1")
        with hasty.transaction() as other:
            other.lock("testila")
            other.one("select 1")
        with pytest.raises(Busy), hasty.transaction() as other:
            other.lock("testila", alone=True)
            other.one("select 1")


def test_a_full_disk_changes_nothing_and_is_said_in_words(sqlite_database: Database) -> None:
    with sqlite_database.transaction() as session:
        session.run(PUT, {"part": "clock", "count": 1})
    with sqlite_database.reading() as session:
        pages = session.all("pragma page_count")[0][0]
        session.all(f"pragma max_page_count = {pages}")

    with pytest.raises(NoRoom, match="disk is full"), sqlite_database.transaction() as session:
        session.run(ADD)
        session.many(PUT, [{"part": "x" * 3000 + str(n), "count": n} for n in range(100)])

    assert beats(sqlite_database) == [("clock", 1)]


def test_a_connection_the_server_dropped_is_replaced(postgresql_database: Database, another: Another) -> None:
    with postgresql_database.transaction() as session:
        row = session.one("select pg_backend_pid()")
    assert row
    with another(postgresql_database).transaction() as other:
        ended = other.one("select pg_terminate_backend(:pid, 30000)", {"pid": row[0]})
    assert ended == (True,)

    assert beats(postgresql_database) == []


def test_a_database_that_is_not_there_is_said_in_words() -> None:
    away = Database("postgresql://etappi@/none?host=/nowhere")

    with pytest.raises(Unreachable, match="does not answer"), away.reading():
        pass


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(NotValid, match="ETAPPI_DATABASE_URL"):
        _ = Database("mysql://somewhere").driver


def test_a_file_that_is_no_database_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite3"
    file.write_text("Dear town, " * 1000)

    with pytest.raises(Exception, match="damaged") as refused, Database(f"sqlite:///{file}").reading():
        pass

    assert not isinstance(refused.value, sqlite3.Error)


def test_every_commit_is_on_the_disk_before_it_is_told(database: Database) -> None:
    with database.transaction() as session:
        if database.driver.name == "sqlite":
            asked = [session.all(f"pragma {name}")[0][0] for name in ("journal_mode", "synchronous", "foreign_keys")]
            assert asked == ["wal", 2, 1]
        else:
            asked = [session.all(f"show {name}")[0][0] for name in ("fsync", "synchronous_commit")]
            assert asked == ["on", "on"]
