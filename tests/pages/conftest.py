"""A town in mid-course, played once: each test has a copy of its own, with the pages served on a free port."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM, QUIETLY, Browsing
from playwright.sync_api import Browser, sync_playwright
from visiting import Pages, copied, served

from app import try_out
from models.settings import Settings


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the try-out, as its story left it."""
    there = try_out.settings_of(Settings(data_dir=tmp_path_factory.mktemp("town")))
    try_out.prepare(there)
    return there.data_dir


@pytest.fixture
def pages(town: Path, tmp_path: Path) -> Iterator[Pages]:
    """The pages of a copy of the town, where one click signs in."""
    with served(copied(town, tmp_path / try_out.FOLDER), try_out=True) as found:
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
