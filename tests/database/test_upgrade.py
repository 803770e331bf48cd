"""An older installation is brought to this release with a backup behind it, or left exactly as it was."""

import datetime as dt
import os
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from stories import LIMIT, Copy

from models.errors import Broken, NotValid, Refused
from models.migrations import check, migrate, release_of
from models.outgoing.heartbeat import ALIVE, ENDED, beat
from models.proof.aside import aside
from models.proof.backup import backup
from models.proof.restore import restore
from models.proof.upgrade import upgrade
from models.proof.verify import verify
from models.release import RELEASE
from models.storage import store
from models.storage.database import Database, Session
from models.storage.files import FileStore

TABLES = {
    "sqlite": "select name from sqlite_master where type = 'table' order by name",
    "postgresql": "select tablename from pg_tables where schemaname = 'public' order by tablename",
}


@pytest.fixture
def older(story: Copy) -> Copy:
    """An installation of an older release, in which no part runs."""
    with story.database.transaction() as session:
        session.run("update release set release = '0.0.1'")
    return story


def tables(database: Database) -> list[str]:
    with database.reading() as session:
        return [row[0] for row in session.all(TABLES[database.driver.name])]


def now(story: Copy) -> dt.datetime:
    return story.town.clock()


def test_an_older_installation_is_backed_up_brought_to_this_release_and_verified(older: Copy, tmp_path: Path) -> None:
    done = upgrade(older.database, older.files, tmp_path / "backups", now(older))

    assert done is not None
    assert (done.before, done.after, release_of(older.database)) == ("0.0.1", RELEASE, RELEASE)
    assert done.backup.is_file() and done.verified.holds
    check(older.database)
    assert verify(older.database, older.files, anchors=older.heads).holds
    assert upgrade(older.database, older.files, tmp_path / "backups", now(older)) is None, "nothing is left to do"


def test_what_an_older_release_told_otherwise_is_told_again(older: Copy, tmp_path: Path) -> None:
    with older.database.transaction() as session:
        session.run("update duty set person = 'somebody-else'")
    assert not verify(older.database, older.files).holds

    done = upgrade(older.database, older.files, tmp_path / "backups", now(older))

    assert done is not None and done.verified.holds


def test_an_upgrade_over_a_broken_record_is_taken_back(older: Copy, tmp_path: Path) -> None:
    with older.database.transaction() as session:
        session.run("update process_head set hash = :other", {"other": "0" * 64})

    with pytest.raises(Broken, match=r"not everything held .* put back as it was before"):
        upgrade(older.database, older.files, tmp_path / "backups", now(older))

    assert release_of(older.database) == "0.0.1"


def test_while_parts_run_nothing_is_upgraded(older: Copy, tmp_path: Path) -> None:
    with older.database.transaction() as session:
        beat(session, "clock", now(older))
        beat(session, "courier", now(older), ENDED)
        beat(session, "worker:old", now(older) - ALIVE)

    with pytest.raises(Refused, match=r"running: clock\. Nothing was done"):
        upgrade(older.database, older.files, tmp_path / "backups", now(older))

    assert release_of(older.database) == "0.0.1"
    assert not (tmp_path / "backups").exists()


def test_a_step_that_fails_leaves_everything_as_it_was(older: Copy, tmp_path: Path) -> None:
    def fails(_: Database) -> None:
        raise ValueError("no such column")

    with pytest.raises(Broken, match=r"did not go through, and everything is as it was before\. ValueError"):
        upgrade(older.database, older.files, tmp_path / "backups", now(older), fails)

    assert release_of(older.database) == "0.0.1"
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_an_upgrade_after_which_something_does_not_hold_is_taken_back(older: Copy, tmp_path: Path) -> None:
    before = tables(older.database)

    def damages(database: Database) -> None:
        migrate(database)
        with database.transaction() as session:
            session.run("create table something_new (a text)")
            session.run("update personal set value = 'somebody else'")

    with pytest.raises(Broken, match=r"not everything held .* put back as it was before"):
        upgrade(older.database, older.files, tmp_path / "backups", now(older), damages)

    assert release_of(older.database) == "0.0.1"
    assert tables(older.database) == before
    migrate(older.database)
    assert verify(older.database, older.files, anchors=older.heads).holds


# --- a backup tried aside -----------------------------------------------------------------------------------------


def databases_of(database: Database) -> set[str]:
    with closing(psycopg.connect(database.url)) as connection:
        return {row[0] for row in connection.execute("select datname from pg_database")}


def test_a_backup_is_tried_aside_and_leaves_nothing(older: Copy, tmp_path: Path) -> None:
    place = backup(older.database, older.files, tmp_path / "one.zip", now(older))
    on_server = databases_of(older.database) if older.database.driver.name == "postgresql" else set()
    killed = tmp_path / "etappi-check-killed"
    killed.mkdir()
    os.utime(killed, (0, 0))

    with aside(place, older.database, older.files, tmp_path) as (database, files):
        restore(place, database, files)
        migrate(database)
        assert verify(database, files, anchors=older.heads).holds
        folder = files.folder.parent
        assert folder.exists() and folder.parent == tmp_path, "where the installation has its room"
        assert not killed.exists(), "what a killed one left goes with the next"

    assert not folder.exists()
    assert release_of(older.database) == "0.0.1", "the installation itself is not touched"
    if on_server:
        assert databases_of(older.database) == on_server


def test_a_backup_of_postgresql_is_tried_on_a_server_only(postgresql_database: Database, tmp_path: Path) -> None:
    files = FileStore(tmp_path / "files", LIMIT)
    place = backup(postgresql_database, files, tmp_path / "one.zip", dt.datetime.now(dt.UTC))
    elsewhere = Database(f"sqlite:///{tmp_path / 'etappi.sqlite3'}")

    with pytest.raises(NotValid, match="on which server"), aside(place, elsewhere, files, tmp_path):
        pass


def test_who_may_not_make_databases_is_told_what_to_allow(postgresql_database: Database, tmp_path: Path) -> None:
    files = FileStore(tmp_path / "files", LIMIT)
    place = backup(postgresql_database, files, tmp_path / "one.zip", dt.datetime.now(dt.UTC))
    with closing(psycopg.connect(postgresql_database.url, autocommit=True)) as connection:
        connection.execute("create role narrow login")
    narrow = Database(postgresql_database.url.replace("etappi@", "narrow@"))
    try:
        with pytest.raises(Refused, match="alter role narrow createdb"), aside(place, narrow, files, tmp_path):
            pass
    finally:
        with closing(psycopg.connect(postgresql_database.url, autocommit=True)) as connection:
            connection.execute("drop role narrow")


# --- single steps -------------------------------------------------------------------------------------------------

ONE_TEXT = {"rounds": {"__all__": {"stances"}}}
BEFORE_ROWS = (
    "drop table draft_before",
    "drop index ix_event_redacted",
    "create table round (process_id integer)",
    "drop table last_round",
    "alter table phase drop column state",
    "alter table phase add column package text",
    "alter table phase add column former text",
    "update alembic_version set version_num = '2026_11_27_0240'",
)


def test_after_the_step_phases_and_open_rounds_are_rows_as_the_record_makes_them(older: Copy, tmp_path: Path) -> None:
    with older.database.transaction() as session:
        as_one_text(session)

    done = upgrade(older.database, older.files, tmp_path / "backups", now(older))

    assert done is not None and done.verified.holds


def as_one_text(session: Session) -> None:
    """Every process is stored as it was before the step."""
    for (id_,) in session.all("select process_id from process"):
        text = store.state_of(session, id_).model_dump_json(exclude=ONE_TEXT, exclude_defaults=True)
        session.run("update process set state = :state where process_id = :id", {"state": text, "id": id_})
    for statement in BEFORE_ROWS:
        session.run(statement)


BEFORE_WAKING = (
    "drop index ix_process_head_wakes_at",
    "alter table process_head drop column wakes_at",
    "create index ix_reminder_due on reminder (due_at, process_id) where state = 'planned'",
    "update alembic_version set version_num = '2026_11_27_0210'",
)


def test_after_the_step_the_clock_knows_of_every_reminder_planned_before(older: Copy, tmp_path: Path) -> None:
    with older.database.transaction() as session:
        as_one_text(session)
        for statement in BEFORE_WAKING:
            session.run(statement)

    done = upgrade(older.database, older.files, tmp_path / "backups", now(older))

    assert done is not None and done.verified.holds
    first = "select process_id, min(due_at) from reminder where state = 'planned' group by process_id"
    with older.database.reading() as session:
        known = session.all("select id, wakes_at from process_head where wakes_at is not null")
        assert dict(known) == dict(session.all(first)) != {}
