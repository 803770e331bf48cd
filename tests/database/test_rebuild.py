"""What is made from the record is made again from it, byte for byte; what is not is left as it was."""

import random
from typing import Any

import pytest
from stories import Copy
from tampering import behind_its_back, change, remove, rows_of, unguarded

from models.errors import Broken, NotFound
from models.proof.rebuild import rebuild
from models.proof.replay import PROJECTED
from models.proof.verify import verify
from models.storage.database import Database
from models.storage.table_kinds import METADATA

MADE = (*PROJECTED, "duty", "reminder", "person", "file_use")
LEFT_ALONE = sorted(set(METADATA.tables) - set(MADE))


def contents(database: Database, *tables: str) -> dict[str, list[dict[str, Any]]]:
    with behind_its_back(database) as session:
        return {table: rows_of(session, table) for table in tables}


def test_what_was_dropped_is_made_again_byte_for_byte(story: Copy) -> None:
    before = contents(story.database, *MADE)
    with behind_its_back(story.database) as session:
        for table in MADE:
            session.run(f"delete from {table}")
        session.run("commit")
    assert not verify(story.database, story.files).holds
    assert rebuild(story.database) == 3
    assert contents(story.database, *MADE) == before
    assert [finding.place for finding in verify(story.database, story.files).findings] == []


def test_the_clock_finds_the_reminders_that_were_made_again(story: Copy) -> None:
    first = "select process_id, min(due_at) from reminder where state = 'planned' group by process_id"
    with behind_its_back(story.database) as session:
        session.run("update process_head set wakes_at = null")
        session.run("commit")
    assert not verify(story.database, story.files).holds

    rebuild(story.database)

    with story.database.reading() as session:
        wakes = "select id, wakes_at from process_head where wakes_at is not null"
        assert dict(session.all(wakes)) == dict(session.all(first)) != {}
    assert verify(story.database, story.files).holds


def test_what_is_not_made_from_the_record_is_left_alone(story: Copy) -> None:
    before = contents(story.database, *LEFT_ALONE)
    bytes_before = {file: file.read_bytes() for file in story.files.folder.glob("??/*")}
    rebuild(story.database)
    assert contents(story.database, *LEFT_ALONE) == before
    assert {file: file.read_bytes() for file in story.files.folder.glob("??/*")} == bytes_before


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_done_to_these_tables_is_mended(story: Copy, seed: int) -> None:
    before = contents(story.database, *MADE)
    rng = random.Random(seed)
    with behind_its_back(story.database) as session:
        for table in MADE:
            for row in rng.sample(before[table], len(before[table]) // 3 + 1):
                column = rng.choice([name for name in row if name != "municipality_id"])  # whose it is, a key sees to
                if not isinstance(row[column], str) or not change(session, table, row, column, row[column][::-1]):
                    remove(session, table, row)
        session.run("commit")
    rebuild(story.database)
    assert contents(story.database, *MADE) == before


def test_one_municipality_is_made_again_without_the_others(story: Copy) -> None:
    with behind_its_back(story.database) as session:
        session.run("delete from person")
        session.run("commit")
    assert rebuild(story.database, "naapurila") == 0
    assert {row["municipality_id"] for row in contents(story.database, "person")["person"]} == {"naapurila"}
    with pytest.raises(NotFound):
        rebuild(story.database, "nowhere")


def test_life_goes_on_after_rebuilding(story: Copy) -> None:
    rebuild(story.database)
    story.town.accepts(story.told.going_on, "image", "teachers-3")
    assert verify(story.database, story.files).holds


@pytest.mark.parametrize(
    ("table", "where", "column"),
    [
        ("event", "process_id is not null and seq = 3", "body"),
        ("event", "process_id is null and seq = 3", "body"),
        ("process_head", "id = 1", "hash"),
    ],
)
def test_nothing_is_made_from_a_record_that_does_not_hold(story: Copy, table: str, where: str, column: str) -> None:
    with behind_its_back(story.database) as session, unguarded(session, story.database.driver.name):
        session.run(f"update {table} set {column} = '{{}}' where {where}")
        session.run("commit")
    before = contents(story.database, *MADE)
    with pytest.raises(Broken, match="broken record"):
        rebuild(story.database)
    assert contents(story.database, *MADE) == before
