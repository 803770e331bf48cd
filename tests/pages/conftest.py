"""A town in mid-course, played once: each test has a copy of its own, with the pages served on a free port."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from browsing import CHROMIUM, QUIETLY, Browsing
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.engine import make_url
from visiting import Pages, acts, copied, served

from app import try_out
from models.proof.verify import verify
from models.settings import Settings

OwnDatabase = Callable[[str], AbstractContextManager[str]]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the try-out, as its story left it."""
    there = try_out.settings_of(Settings(data_dir=tmp_path_factory.mktemp("town")))
    try_out.prepare(there)
    return there.data_dir


@pytest.fixture
def sqlite_pages(town: Path, tmp_path: Path) -> Iterator[Pages]:
    """The pages of a copy of the town, where one click signs in. Whatever people do there, all that is stored holds."""
    with served(copied(town, tmp_path / try_out.FOLDER), try_out=True) as found:
        before = acts(found.installation)
        yield found
        found.installation.database.watch = None
        if acts(found.installation) != before:
            assert verify(found.installation.database, found.installation.files).findings == []


@pytest.fixture
def pages(sqlite_pages: Pages) -> Pages:
    """The same, where nothing is said of the database."""
    return sqlite_pages


@pytest.fixture(scope="session")
def postgresql_town(own_database: OwnDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder of the same town on PostgreSQL, and the name of its database."""
    there = try_out.settings_of(Settings(data_dir=tmp_path_factory.mktemp("postgresql-town")))
    with own_database("template0") as url:
        try_out.prepare(there.model_copy(update={"database_url": url}))
        yield there.data_dir, str(make_url(url).database)


@pytest.fixture
def postgresql_pages(own_database: OwnDatabase, postgresql_town: tuple[Path, str], tmp_path: Path) -> Iterator[Pages]:
    """The pages of a copy of the town on PostgreSQL."""
    folder, database = postgresql_town
    with own_database(database) as url, served(copied(folder, tmp_path / try_out.FOLDER, url), try_out=True) as found:
        yield found


@pytest.fixture
def closed_pages(town: Path, tmp_path: Path) -> Iterator[Pages]:
    """The pages of a copy of the town that is no try-out."""
    with served(copied(town, tmp_path / try_out.FOLDER), try_out=False) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture
def browsing(chromium: Browser, pages: Pages) -> Iterator[Browsing]:
    """Browsers at the pages of a copy of the town."""
    found = Browsing(chromium, pages)
    yield found
    found.close()
