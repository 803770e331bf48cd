"""A disk that is full while something is recorded: none of it has happened, it is said in words, and later it goes on.

SQLite says it of itself where its file may not grow. A server says it by a code of its own (53100), which is raised
there at the last of what an act writes.
"""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from town import Town

from models.commands import Redact
from models.errors import NoRoom
from models.municipality.commands import AddPerson
from models.personal import Private
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.files import FileStore
from models.storage.table_kinds import METADATA
from models.words import StanceKind

LONG = "Perustelu on pitkä. " * 4000  # more than fits in a page that is there already
FULL = """
    create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$"""
TABLES = ("event", "file")  # what each of the acts writes into


@contextmanager
def full(database: Database) -> Iterator[None]:
    """Inside, there is no room for anything that grows."""
    if database.driver.name == "sqlite":
        with database.reading() as session:
            (pages,) = session.one("pragma page_count") or (0,)
            session.all(f"pragma max_page_count = {pages}")
        yield
        with database.reading() as session:
            session.all("pragma max_page_count = 1073741823")
        return
    with database.transaction() as session:
        session.run(FULL)
        for table in TABLES:
            session.run(
                f"create constraint trigger no_room after insert on {table} deferrable initially deferred "
                "for each row execute function no_room()"
            )
    yield
    with database.transaction() as session:
        session.run("drop function no_room() cascade")


def stored(database: Database) -> dict[str, list[tuple]]:
    """Every row of every table."""
    with database.reading() as session:
        return {table: sorted(session.all(f"select * from {table}"), key=repr) for table in METADATA.tables}


def acts(town: Town, process: str) -> list[Callable[[], object]]:
    """What is recorded or stored, of many kinds; each writes more than there is room for."""
    engine = town.engine
    said = town.say(process, "teachers-2", StanceKind.OBJECT, "Lyhyesti").events[0].event.reason
    covered = Redact(commitments=(said,), ground="Tietosuoja-asetus 17 artikla " + LONG)
    return [
        lambda: town.say(process, "teachers-1", StanceKind.OBJECT, LONG),
        lambda: town.municipal(AddPerson(person="uusi", name=Private(LONG))),
        lambda: engine.set_calendar(town.name, {}, {LONG: []}, "administrator"),
        lambda: town.act(process, covered, "administrator"),
    ]


@pytest.mark.parametrize("number", range(4), ids=["stance", "person", "calendar", "covering"])
def test_what_there_was_no_room_for_has_not_happened_and_happens_later(town: Town, number: int) -> None:
    process = town.create()
    town.to_checkpoint(process)
    act = acts(town, process)[number]
    before, database, files = stored(town.engine.database), town.engine.database, town.engine.files

    with full(database):
        for _ in range(2):
            with pytest.raises(NoRoom, match=r"The disk is full .*Nothing was saved; make room on it and try again"):
                act()
    assert stored(database) == before
    assert verify(database, files).findings == []

    act()
    assert stored(database) != before
    assert verify(database, files).findings == []


def test_a_file_that_was_not_recorded_is_swept_away(town: Town, files: FileStore) -> None:
    with full(town.engine.database), pytest.raises(NoRoom):
        while True:
            town.file(f"{len(files.stored())} {LONG}")
    unheld = files.stored() - {row[1] for row in stored(town.engine.database)["file"]}
    assert len(unheld) <= 1


def test_where_not_even_a_look_finds_room_that_is_said_and_not_that_nothing_was_saved(
    sqlite_database: Database,
) -> None:
    """No file may grow beyond 4 kB: SQLite cannot make the little file that it keeps while somebody looks."""
    sqlite_database.close()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(NoRoom) as refused, sqlite_database.reading() as session:
            session.one("select 1 from municipality")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "nothing can be looked at either" in str(refused.value)
    assert "saved" not in str(refused.value)
