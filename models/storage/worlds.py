"""What the engine has read before and need not read again: definitions, calendars, directories, states of processes.

Everything kept is named by something that changes when it does: a text by its hash, a directory by the length of the
municipality's record, a process by the hash of its last event. So nothing here can be out of date.
"""

import datetime as dt
from collections.abc import Iterable

from models.days.calendar import Calendar
from models.definitions.definition import Definition
from models.errors import NotFound
from models.municipality.decide import evolve_directory
from models.municipality.directory import Directory
from models.process import Process
from models.recent import Recent
from models.record import Head
from models.storage import reading, store, stored_texts
from models.storage.database import Session
from models.storage.store import Scope
from models.world import Facts, World


class Worlds:
    """The frozen pictures that decisions rely on."""

    def __init__(self) -> None:
        self._definitions: Recent[tuple[str, str], Definition] = Recent(64)
        self._calendars: Recent[tuple[str, str | None], Calendar] = Recent(64)
        self._directories: Recent[str, tuple[int, Directory]] = Recent(256)
        self._processes: Recent[tuple[str, str], tuple[str | None, Process]] = Recent(256)

    def apart(self, municipality: str) -> "Worlds":
        """Pictures that begin as these do: nothing that may not come to be committed is remembered here."""
        other = Worlds()
        other._definitions, other._calendars = self._definitions, self._calendars  # named by hash: the same for all
        self._directories.copy_to(other._directories, municipality)
        return other

    def definition(self, session: Session, municipality: str, hash_: str) -> Definition:
        """The municipality's definition of that hash. Raises NotFound, Broken."""
        found = self._definitions.get((municipality, hash_))
        if found is None:
            found = stored_texts.definition(session, municipality, hash_)
            self._definitions.put((municipality, hash_), found)
        return found

    def calendar(self, session: Session, directory: Directory) -> Calendar:
        """The municipality's calendar as it stands. Raises NotFound, Broken."""
        return self.calendar_named(session, directory.municipality, directory.calendar)

    def calendar_named(self, session: Session, municipality: str, hash_: str | None) -> Calendar:
        """The municipality's calendar of that hash; the country's alone without one. Raises NotFound, Broken."""
        key = (municipality, hash_)
        found = self._calendars.get(key)
        if found is None:
            found = stored_texts.calendar(session, *key)
            self._calendars.put(key, found)
        return found

    def directory(self, session: Session, municipality: str, sequence: int) -> Directory:
        """The directory after that many events of the municipality's record. Raises NotFound before the first one."""
        known, directory = self._directories.get(municipality) or (0, None)
        if known == sequence and directory is not None:
            return directory
        if known > sequence:  # the asker began to read before the last act
            known, directory = 0, None
        for recorded in store.municipality_events(session, municipality, known):
            directory = evolve_directory(directory, recorded) if recorded.sequence <= sequence else directory
        if directory is None:
            raise NotFound(what="municipality", name=municipality)
        self._directories.put(municipality, (sequence, directory))
        return directory

    def world(
        self, session: Session, directory: Directory, definition: str, now: dt.datetime, facts: Facts | None = None
    ) -> World:
        """Everything a decision may rely on, with the definition of that hash. Raises NotFound, Broken."""
        return World(
            definition=self.definition(session, directory.municipality, definition),
            directory=directory,
            calendar=self.calendar(session, directory),
            now=now,
            facts=facts or Facts(),
        )

    def process(self, session: Session, scope: Scope, head: Head) -> Process:
        """The process as it stands after its last event."""
        process = self._known(scope, head)
        if process is None:
            process = store.state_of(session, scope.id)
            self._put(scope, head.hash, process)
        return process

    def processes(self, session: Session, municipality: str, keys: Iterable[str]) -> dict[str, Process]:
        """Several processes as they stand, by key, read with three statements at most."""
        heads = reading.heads(session, municipality, keys)
        known = {scope.id: process for scope, head in heads if (process := self._known(scope, head))}
        unknown = store.states_of(session, [scope.id for scope, _ in heads if scope.id not in known])
        for scope, head in heads:
            if scope.id in unknown:
                self._put(scope, head.hash, unknown[scope.id])
        found = known | unknown
        return {scope.key: found[scope.id] for scope, _ in heads}

    def _known(self, scope: Scope, head: Head) -> Process | None:
        hash_, process = self._processes.get((scope.municipality, scope.key)) or (None, None)
        return process if hash_ == head.hash else None

    def lately(self, municipality: str, key: str) -> tuple[Process, Definition] | None:
        """The process as it stood when it was last looked at here, with its definition: it may stand otherwise now."""
        _, process = self._processes.get((municipality, key)) or (None, None)
        definition = self._definitions.get((municipality, process.definition)) if process else None
        return (process, definition) if process and definition else None

    def remember(self, scope: Scope, hash_: str, process: Process) -> None:
        """The process, after an act that has been committed."""
        self._put(scope, hash_, process)

    def _put(self, scope: Scope, hash_: str | None, process: Process) -> None:
        self._processes.put((scope.municipality, scope.key), (hash_, process))
