"""A file store and a town for the tests of the database."""

from pathlib import Path

import pytest
from stories import story, story_in_postgresql, story_in_sqlite  # noqa: F401 (fixtures)
from town import Town

from models.storage.database import Database
from models.storage.files import FileStore


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", limit=1_000_000)


@pytest.fixture
def town(database: Database, files: FileStore) -> Town:
    """A town whose people, groups and definition are there, without a process."""
    return Town.opened(database, files)
