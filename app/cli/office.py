"""The installation and the municipality that a command works in: its database, files and people, and who acts."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from app.cli.ending import ENDING
from app.cli.exits import invalid
from models.days.calendar import Calendar, local_date
from models.definitions.definition import Definition
from models.errors import Broken, NotFound, NotValid
from models.machine_clock import clock_of
from models.municipality.directory import Directory
from models.settings import Settings, settings
from models.storage import reading, store
from models.storage.database import Database, Session
from models.storage.files import FileStore
from models.storage.worlds import Worlds

WHOLE = len("c1:") + 64  # characters of a whole commitment

if TYPE_CHECKING:
    from models.engine import Engine


class Office:
    """One installation, one municipality in it, and who acts or looks."""

    def __init__(self, municipality: str | None = None, who: str | None = None, for_whom: str | None = None) -> None:
        self.settings = _settings()
        self.database = Database(self.settings.database)
        ENDING.callback(self.database.close)
        self.clock = clock_of(self.settings.clock_file)
        self.now = self.clock()
        self.worlds = Worlds()
        self._wanted, self._who, self._for = municipality, who, for_whom

    # --- the installation ---------------------------------------------------------------------------------------------

    @cached_property
    def engine(self) -> "Engine":
        """The door to acting, which has read beforehand what it needs: nobody waits for that under the lock."""
        from models.engine import Engine  # here, because what only shows need not wait for it

        engine = Engine(self.database, self.files, self.clock)
        self.prepare(engine.worlds)
        return engine

    def prepare(self, worlds: Worlds) -> None:
        """What an act needs has been read; the municipality's own acts need nothing slow."""

    @cached_property
    def files(self) -> FileStore:
        return FileStore(self.settings.files, self.settings.file_limit_mb * 1_000_000)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One picture of the database. Raises Broken where there is none: looking makes none."""
        from models.migrations import NO_TABLES

        if not self.database.driver.there():
            raise Broken(NO_TABLES)
        with self.database.reading() as session:
            yield session

    @cached_property
    def municipality(self) -> str:
        """The municipality named, or the only one. Raises NotFound, NotValid, Broken before `etappi init`."""
        from models.migrations import check

        check(self.database)
        with self.reading() as session:
            known = reading.municipalities(session)
        if self._wanted in known:
            return str(self._wanted)
        if self._wanted:
            raise NotFound(what="municipality", name=self._wanted)
        if not known:
            raise NotFound("There is no municipality yet: etappi init makes one.")
        if len(known) > 1:
            raise NotValid("There are several municipalities; say --municipality: {ids}.", ids=", ".join(known))
        return known[0]

    def take_in(self, file: str | Path) -> str:
        """The file is taken in; its hash. Raises NotValid."""
        from models.storage.file_rows import take_in

        try:
            with Path(file).open("rb") as content:
                return take_in(self.database, self.files, self.municipality, content, Path(file).name, self.now).sha256
        except OSError as error:
            raise NotValid("The file {file} cannot be read: {why}.", file=file, why=error.strerror) from None

    # --- people -------------------------------------------------------------------------------------------------------

    @cached_property
    def directory(self) -> Directory:
        """The municipality's people, groups and seats as they are now."""
        with self.reading() as session:
            head = store.municipality_head(session, self.municipality)
            return self.worlds.directory(session, self.municipality, head.sequence if head else 0)

    @property
    def today(self) -> dt.date:
        return local_date(self.now)

    @property
    def language(self) -> str:
        return self.directory.languages[0]

    @cached_property
    def person(self) -> str:
        """Who acts or looks. Raises NotValid where nobody was named."""
        if not self._who:
            raise NotValid("Say who you are: --as PERSON (an id or an e-mail address), or ETAPPI_AS.")
        return self.person_named(self._who)

    @cached_property
    def for_whom(self) -> str | None:
        return self.person_named(self._for) if self._for else None

    def person_named(self, text: str) -> str:
        """The id of a person named by id or e-mail address. Raises NotFound, NotValid."""
        if text in self.directory.people:
            return text
        if "@" not in text:
            raise NotFound(what="person", name=text)
        with self.reading() as session:
            found = reading.people_with_email(session, self.municipality, text)
        if not found:
            raise NotFound(what="person with the address", name=text)
        if len(found) > 1:
            raise NotValid("Several people have the address {address}: {ids}.", address=text, ids=", ".join(found))
        return found[0]

    def private(self, commitment: str) -> str | None:
        """The words behind a commitment; None where they were covered."""
        with self.reading() as session:
            return reading.value(session, self.municipality, commitment)

    def commitment(self, text: str) -> str:
        """The commitment that begins so; a whole one also where it was covered. Raises NotFound, NotValid."""
        beginning = text.rstrip("…")
        with self.reading() as session:
            found = reading.commitments_like(session, self.municipality, beginning)
        if len(found) > 1:
            raise NotValid("Several values begin with {text}; give more of it.", text=beginning)
        if not found and len(beginning) < WHOLE:
            raise NotFound(what="personal value", name=beginning)
        return found[0] if found else beginning

    # --- texts -----------------------------------------------------------------------------------------------

    def definition_of(self, hash_: str) -> Definition:
        """The definition of that hash."""
        with self.reading() as session:
            return self.worlds.definition(session, self.municipality, hash_)

    @cached_property
    def calendar(self) -> Calendar:
        """The municipality's working days and meetings."""
        with self.reading() as session:
            return self.worlds.calendar(session, self.directory)


def _settings() -> Settings:
    """The settings of the environment. Raises NotValid with the variable's name where one makes no sense."""
    try:
        return settings()
    except ValidationError as error:
        raise invalid({**one, "loc": (f"ETAPPI_{one['loc'][0]}".upper(),)} for one in error.errors()) from None
