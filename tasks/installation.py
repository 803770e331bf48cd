"""The installation in which an effect is carried out: its database, files, engine and folder.

A courier that runs flows in its own process says which (`within`); elsewhere it is the one of the settings.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from models.engine import Engine
from models.machine_clock import clock_of
from models.receipts import Clock
from models.settings import Settings, settings
from models.storage.database import Database
from models.storage.files import FileStore

ARCHIVE = "archive"


class Installation(NamedTuple):
    """What the parts of one installation share."""

    settings: Settings
    engine: Engine

    @property
    def database(self) -> Database:
        return self.engine.database

    @property
    def files(self) -> FileStore:
        return self.engine.files

    @property
    def archive(self) -> Path:
        """The folder of what has been handed over."""
        return self.folder / ARCHIVE

    @property
    def folder(self) -> Path:
        """The folder that holds all data of the installation."""
        return self.settings.data_dir.absolute()


def installed(there: Settings, clock: Clock | None = None) -> Installation:
    """The installation of those settings."""
    files = FileStore(there.files, there.file_limit_mb * 1_000_000)
    archive = there.data_dir.absolute() / ARCHIVE
    return Installation(there, Engine(Database(there.database), files, clock or clock_of(there.clock_file), archive))


_within: ContextVar[Installation | None] = ContextVar("installation", default=None)


@contextmanager
def within(installation: Installation) -> Iterator[None]:
    """What is carried out inside is carried out there."""
    before = _within.set(installation)
    try:
        yield
    finally:
        _within.reset(before)


def here() -> Installation:
    """The installation in which this effect is carried out."""
    return _within.get() or _of_the_settings()


@lru_cache(maxsize=1)
def _of_the_settings() -> Installation:
    return installed(settings())
