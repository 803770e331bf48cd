"""A file is kept while anything uses it, and some days longer."""

import datetime as dt

import pytest
from town import MORNING, Town

from models.storage.drafts import Contents, sweep_before
from models.storage.file_rows import sweep_files

DAYS = dt.timedelta(days=1)


def swept(town: Town, days: int) -> int:
    """How many files a sweep takes away so many days after the test began."""
    now = today() + days * DAYS
    sweep_before(town.engine.database, now)
    return sweep_files(town.engine.database, town.engine.files, now)


def today() -> dt.datetime:
    """The time of the machine, by which files are dated; but not before the town's people have their roles."""
    return max(MORNING, dt.datetime.now(dt.UTC))


@pytest.fixture(autouse=True)
def town_of_today(town: Town) -> None:
    town.clock.now = today()


def test_a_file_nobody_uses_goes_after_seven_days(town: Town) -> None:
    file = town.file("turha\n")

    assert swept(town, 6) == 0
    assert town.engine.files.has(file)
    assert swept(town, 8) == 1
    assert not town.engine.files.has(file)


def test_a_file_that_is_taken_in_again_is_new_again(town: Town) -> None:
    file = town.file("turha\n")
    town.clock.forward(days=6)
    assert town.file("turha\n") == file

    assert swept(town, 8) == 0


def test_files_of_drafts_and_versions_stay(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)

    assert swept(town, 400) == 0


def test_a_file_that_a_draft_no_longer_uses_goes(town: Town) -> None:
    process = town.create()
    drafts = town.engine.drafts
    old, new = (Contents(document=town.file(words)) for words in ("yksi\n", "kaksi\n"))
    drafts.save(town.name, process, "need", "need-0", old, "owner", revision=0)
    drafts.save(town.name, process, "need", "need-0", new, "owner", revision=1)

    assert swept(town, 8) == 1
    assert (town.engine.files.has(old.document), town.engine.files.has(new.document)) == (False, True)


def test_a_file_without_a_row_goes_too(town: Town) -> None:
    file = town.file("turha\n")
    with town.engine.database.transaction() as session:
        session.run("delete from file")

    assert swept(town, 8) == 1
    assert not town.engine.files.has(file)
