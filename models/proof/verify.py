"""Whether everything that is stored still holds: chains, projections, packages, texts, files and personal values.

What holds is that nothing has changed since the last *anchor*, a hash that left the house; a whole record rewritten
with all that was made from it is found only by one. It is no electronic signature.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from models.errors import EtappiError, NotFound
from models.events import Recorded
from models.municipality.decide import evolve_directory
from models.municipality.directory import Directory
from models.proof.named import Named
from models.proof.verified import Finding, Verified
from models.proof.verify_beside import Beside
from models.proof.verify_process import check_process, compare, plain
from models.proof.verify_storage import check_storage
from models.record import Head, RecordName, chain_breaks, instant_text, read, read_instant
from models.storage.calendars_then import CalendarsThen
from models.storage.database import Database, Session
from models.storage.files import FileStore
from models.storage.store import Scope

__all__ = ["Finding", "Verified", "verify", "verify_in"]

SEQUENCE = re.compile("[0-9]{1,18}")
SHORTEST_ANCHOR = 12  # hexadecimal digits of a hash that was written down by hand

UNREADABLE = (
    EtappiError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What reading stored data that is not as it was written may raise. Each becomes a finding."""

MUNICIPALITIES = "select id, seq, hash, at from municipality order by id"
PROCESSES = "select id, key, seq, hash, at from process_head where municipality_id = :municipality order by id"
EVENTS = """
    select seq, body, hash, type, at, municipality_id, record from event where process_id = :process order by seq"""
OWN_EVENTS = """
    select seq, body, hash, type, at, municipality_id, record from event
    where municipality_id = :municipality and process_id is null order by seq"""
LISTED = ("name", "email", "language", "active")
PEOPLE = f"select person, {', '.join(LISTED)} from person where municipality_id = :municipality"
ANCHORS = "select process_id, seq, hash from anchor where municipality_id = :municipality"

Hashes = dict[str, dict[int, str]]
"""Of each record, by its name, the hash of each event."""


def verify(
    database: Database, files: FileStore, *, municipality: str | None = None, anchors: Sequence[str] = ()
) -> Verified:
    """Everything stored of one municipality, or of all, in one unchanging picture of the database.

    An anchor is "<record>:<sequence>:<hash>", the record being a process's key or the municipality's id, or
    "<municipality>/<process>" where several have a process of that name. Raises NotFound for an unknown municipality.
    """
    for _ in range(2):  # a redaction may have taken files away while they were looked at: look again before saying so
        with database.reading() as session:
            told = verify_in(session, database.driver.name, files, municipality=municipality, anchors=anchors)
        if told.holds:
            break
    return told


def verify_in(
    session: Session,
    kind: str,
    files: FileStore,
    *,
    municipality: str | None = None,
    anchors: Sequence[str] = (),
) -> Verified:
    """As `verify`, in somebody's session with a database of that kind."""
    told = Verified()
    check_storage(session, kind, told)
    hashes: Hashes = {}
    towns = [row for row in session.all(MUNICIPALITIES) if municipality in (None, row[0])]
    if municipality is not None and not towns:
        raise NotFound(what="municipality", name=municipality)
    for id_, *head in towns:
        _Municipality(session, files, told, id_).check(head, hashes)
    for anchor in anchors:
        _check_anchor(told, hashes, anchor)
    return told


def _check_anchor(told: Verified, hashes: Hashes, anchor: str) -> None:
    record, _, rest = anchor.rpartition(":")[0].rpartition(":")
    hash_ = anchor.rpartition(":")[2]
    named = [events for name, events in hashes.items() if record in (name, name.rpartition("/")[2])]
    told.anchors += 1
    if not named or not SEQUENCE.fullmatch(rest):
        told.found(anchor, "there is no such record; an anchor is written record:sequence:hash")
    elif len(hash_) < SHORTEST_ANCHOR:
        told.found(anchor, f"at least {SHORTEST_ANCHOR} digits of the hash are needed")
    elif not any(events.get(int(rest), "").startswith(hash_) for events in named):
        told.found(f"{record}, event {rest}", "it is not the one that the anchor names: the record was written anew")


class _Municipality:
    """The check of one municipality and its processes."""

    def __init__(self, session: Session, files: FileStore, told: Verified, id_: str) -> None:
        self.session, self.files, self.told, self.id = session, files, told, id_
        self.of = {"municipality": id_}
        self.named = Named()

    def check(self, head: Sequence[Any], hashes: Hashes) -> None:
        """Everything is looked at; the hashes of its events are added to `hashes`."""
        mine: Hashes = {}
        own = self._record(RecordName("municipality", self.id, self.id), None, OWN_EVENTS, head, mine)
        self._people(own)
        calendars = CalendarsThen(self.session, self.id, own)
        processes = self.session.all(PROCESSES, self.of)
        for id_, key, *rest in processes:
            scope = Scope(self.id, id_, key)
            events = self._record(RecordName("process", self.id, key), scope, EVENTS, rest, mine)
            if events:
                self._process(scope, events, calendars)
        Beside(self.session, self.files, self.told, self.id, self.named).check()
        records = {row[0]: f"{self.id}/{row[1]}" for row in processes}
        for process, seq, hash_ in self.session.all(ANCHORS, self.of):
            record = self.id if process is None else records.get(process, f"process {process}")
            _check_anchor(self.told, mine, f"{record}:{seq}:{hash_}")
        hashes |= mine

    def _record(
        self, record: RecordName, scope: Scope | None, statement: str, head: Sequence[Any], hashes: Hashes
    ) -> list[Recorded]:
        """The events of one record; none, where it is broken and what is wrong with it has been found."""
        stored = self.session.all(statement, {"process": scope.id} if scope else self.of)
        name = f"{self.id}/{record.id}" if scope else self.id
        self.told.records += 1
        self.told.events += len(stored)
        self.told.heads[name] = f"{head[0]}:{head[1]}"
        hashes[name] = {row[0]: row[2] for row in stored}
        whole = self._chain(record, stored, head)
        events = [self._event(record, scope, row) for row in stored]
        found = [event for event in events if event]
        if whole and len(found) == len(events):
            return found
        self.named.whole = False
        return []

    def _chain(self, record: RecordName, stored: Sequence[Any], head: Sequence[Any]) -> bool:
        """Whether the events follow one another from the first to the head."""
        before = len(self.told.findings)
        seq, hash_, at = head
        try:
            rows = ((row[0], row[1], row[2]) for row in stored)
            for number, what in chain_breaks(record, rows, Head(seq, hash_, read_instant(at) if at else None)):
                self.told.found(f"{record.id}, event {number}", what)
        except UNREADABLE as error:
            self.told.found(record.id, f"its events cannot be read: {error}")
        if at != (stored[-1][4] if stored else None):
            self.told.found(record.id, "the time of its head is not that of the last event")
        return len(self.told.findings) == before

    def _event(self, record: RecordName, scope: Scope | None, row: Sequence[Any]) -> Recorded | None:
        """One event, with what it names noted; None where it cannot be read."""
        number, body, _, *columns = row
        place = f"{record.id}, event {number}"
        try:
            recorded = read(body)
        except UNREADABLE as error:
            self.told.found(place, str(error))
            return None
        kind, at = type(recorded.event).__name__, instant_text(recorded.at)
        if [number, *columns] != [recorded.sequence, kind, at, record.municipality, record.kind]:
            self.told.found(place, "its columns are not what its text says")
        self.named.add(body, recorded, scope)
        return recorded

    def _people(self, own: Iterable[Recorded]) -> None:
        directory: Directory | None = None
        try:
            for recorded in own:
                directory = evolve_directory(directory, recorded)
        except UNREADABLE as error:
            self.told.found(self.id, f"its record cannot be told again: {error}")
            return
        if directory is None:
            return
        people = {key: plain(getattr(one, column) for column in LISTED) for key, one in directory.people.items()}
        stored = {row[0]: plain(row[1:]) for row in self.session.all(PEOPLE, self.of)}
        compare(self.told, "person", people, stored)

    def _process(self, scope: Scope, events: list[Recorded], calendars: CalendarsThen) -> None:
        try:
            check_process(self.session, self.told, scope, events, calendars)
        except UNREADABLE as error:
            self.told.found(scope.key, f"its record cannot be told again: {error}")
