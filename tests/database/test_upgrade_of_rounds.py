"""From the tables of step 0320, with their real columns and rows, to those of today: rounds and phases lose what nobody
reads, and all else is as it was."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, PrimaryKeyConstraint, inspect, text
from stories import Copy
from test_migrations import catalogue

from models.migrations import FOLDER, migrate, newest, version_of
from models.migrations.columns import BY_KEY, NUMBER, SORTED, may, must, of_process, only
from models.migrations.running import connect
from models.process import Process, Round
from models.proof.upgrade import upgrade
from models.proof.verify import verify
from models.storage import store
from models.storage.database import Database
from models.words import PhaseStatus

STEP = "2026_11_27_0320"
Urls = Callable[[str, Path], str]
MARKS = ("alembic_version", "release")
ROUNDS = """
    select last_round.process_id, last_round.phase, last_round.municipality_id, last_round.state, status from last_round
    join phase on phase.process_id = last_round.process_id and phase.phase = last_round.phase"""
OPENED = """
    insert into open_round (process_id, phase, municipality_id, state)
    values (:process, :phase, :municipality, :state)"""
ROUND = """
    insert into round (process_id, phase, round, municipality_id, opened_at, due, edition, manifest, ending, ended_at)
    values (:process, :phase, :round, :municipality, :opened_at, :due, :edition, :manifest, :ending, :ended_at)"""
PACKAGES = "update phase set package = :package, former = :former where process_id = :process and phase = :phase"


@pytest.fixture
def at_step(story: Copy) -> Copy:
    """The long story as an installation at step 0320 has it."""
    with story.database.reading() as session:
        states = {id_: store.state_of(session, id_) for (id_,) in session.all("select process_id from process")}
    with connect(story.database) as connection, connection.begin():
        _tables_of_the_step(Operations(MigrationContext.configure(connection)))
        _rows_of_the_step(states, connection)
        connection.execute(text("drop table last_round"))
        connection.execute(text("update alembic_version set version_num = :step"), {"step": STEP})
    return story


def _tables_of_the_step(op: Operations) -> None:
    op.create_table(
        "open_round",
        must("process_id", NUMBER),
        must("phase"),
        must("municipality_id"),
        must("state"),
        of_process("open_round"),
        PrimaryKeyConstraint("process_id", "phase", name="pk_open_round"),
        **BY_KEY,
    )
    op.create_table(
        "round",
        must("process_id", NUMBER),
        must("phase"),
        must("round", NUMBER),
        must("municipality_id"),
        must("opened_at", SORTED),
        must("due", SORTED),
        must("edition", NUMBER),
        must("manifest"),
        may("ending"),
        may("ended_at", SORTED),
        of_process("round"),
        PrimaryKeyConstraint("process_id", "phase", "round", name="pk_round"),
        **BY_KEY,
    )
    op.create_index("uq_round_open", "round", ["process_id", "phase"], unique=True, **only("ending is null"))
    for column in ("package", "former"):
        op.add_column("phase", may(column))


def _rows_of_the_step(states: dict[int, Process], connection: Connection) -> None:
    for process, phase, municipality, state, status in connection.execute(text(ROUNDS)).fetchall():
        is_open, known = status == PhaseStatus.AT_CHECKPOINT, Round.model_validate_json(state)
        key = {"process": process, "phase": phase, "municipality": municipality}
        if is_open:
            connection.execute(text(OPENED), {**key, "state": state})
        told = {"round": known.no, "edition": known.edition, "manifest": known.manifest}
        days = {"opened_at": known.opened_at.isoformat(), "due": known.due.isoformat()}
        ended = {"ending": None if is_open else "passed", "ended_at": None if is_open else known.due.isoformat()}
        connection.execute(text(ROUND), {**key, **told, **days, **ended})
    for id_, state in states.items():
        for phase, one in state.phases.items():
            packages = {"package": one.package, "former": one.former}
            connection.execute(text(PACKAGES), {"process": id_, "phase": phase, **packages})


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in the tables but the marks of steps and releases."""
    with connect(database) as connection:
        names = sorted(set(inspect(connection).get_table_names()) - set(MARKS))
        return {
            name: sorted((tuple(row) for row in connection.execute(text(f'select * from "{name}"'))), key=repr)
            for name in names
        }


def test_what_stands_in_for_the_step_has_its_tables(at_step: Copy, new_url: Urls, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with closing(Database(new_url(at_step.database.driver.name, folder))) as empty:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        with connect(empty) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, STEP)
            wanted = catalogue(connection)

    with connect(at_step.database) as connection:
        assert catalogue(connection) == wanted


def test_rounds_and_phases_of_the_step_become_those_of_today(
    story: Copy, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    before = rows(story.database)
    older: Copy = request.getfixturevalue("at_step")
    at_first = rows(older.database)
    assert at_first["open_round"] and len(at_first["round"]) > len(at_first["open_round"])
    assert any(row for row in at_first["phase"] if row[-2]), "there is a phase with a package"

    done = upgrade(older.database, older.files, tmp_path / "backups", older.town.clock())

    assert done is not None and done.verified.holds
    assert version_of(older.database) == newest()
    after = rows(older.database)
    assert after.keys() == before.keys()
    for name, told in before.items():
        assert after[name] == told, name
    assert verify(older.database, older.files, anchors=older.heads).holds


def test_the_step_alone_keeps_every_open_round(at_step: Copy) -> None:
    was = rows(at_step.database)["open_round"]

    migrate(at_step.database)

    assert rows(at_step.database)["last_round"] == was
