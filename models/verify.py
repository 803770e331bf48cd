"""Whether everything that is stored still holds: chains, projections, packages, texts, files and personal values.

What holds is that nothing has changed since the last *anchor*, a hash that left the house; a whole record rewritten
with all that was made from it is found only by one. It is no electronic signature.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from models import stored_texts
from models.calendars_then import CalendarsThen
from models.canonical import sha256
from models.database import Database, Session
from models.definition_file import definition_hash, read_definition
from models.directory import Directory
from models.drafts import version_contents
from models.errors import Broken, EtappiError
from models.events import Recorded, Redacted
from models.files import FileStore
from models.municipality import evolve_directory
from models.personal import commitment_of
from models.projection_row import Columns, Row
from models.record import Head, RecordName, check_chain, instant_text, read, read_instant
from models.replay import Replay, replay

PROJECTED = (
    "process",
    "phase",
    "round",
    "round_seat",
    "stance",
    "objection",
    "condition",
    "dissent",
    "output_version",
    "manifest",
    "package",
    "handling",
    "rendition",
)
"""The tables that are made from a process's events."""

COMMITMENT = re.compile(r"c1:[0-9a-f]{64}")

MUNICIPALITIES = "select id, seq, hash, at from municipality order by id"
PROCESSES = "select id, key, seq, hash, at from process_head where municipality_id = :municipality order by id"
EVENTS = """
    select body, hash, seq, type, at, municipality_id, record from event
    where process_id = :process order by seq"""
OWN_EVENTS = """
    select body, hash, seq, type, at, municipality_id, record from event
    where municipality_id = :municipality and process_id is null order by seq"""
PEOPLE = "select person, name, email, language, active from person where municipality_id = :municipality"
DUTIES = """
    select duty, municipality_id, kind, due, item, phase, round, seat, working_group, person, since
    from duty where process_id = :process"""
REMINDERS = """
    select duty, step, municipality_id, audience, due_at, state, fell_due from reminder where process_id = :process"""
PERSONAL = "select commitment, salt, value from personal where municipality_id = :municipality"
DEFINITIONS = (
    "select sha256, definition, version, canonical, source from definition where municipality_id = :municipality"
)
TEXTS = "select sha256, kind, body from stored_text where municipality_id = :municipality"
FILES = "select sha256, size from file where municipality_id = :municipality"
ANCHORS = "select process_id, seq, hash from anchor where municipality_id = :municipality"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold, and where."""

    place: str
    what: str


@dataclass(slots=True)
class Verified:
    """What was looked at, and what does not hold."""

    records: int = 0
    events: int = 0
    rows: int = 0
    packages: int = 0
    files: int = 0
    personal: int = 0
    redacted: int = 0
    anchors: int = 0
    findings: list[Finding] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)  # record -> "sequence:hash", to be kept as an anchor

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def found(self, place: str, what: str) -> None:
        """Something does not hold."""
        self.findings.append(Finding(place, what))


def verify(
    database: Database, files: FileStore, *, municipality: str | None = None, anchors: Sequence[str] = ()
) -> Verified:
    """Everything stored of one municipality, or of all, in one unchanging picture of the database.

    An anchor is "<record>:<sequence>:<hash>", the record being a process's key or the municipality's id.
    """
    told = Verified()
    hashes: dict[str, dict[int, str]] = {}
    with database.reading() as session:
        for id_, seq, hash_, at in session.all(MUNICIPALITIES):
            if municipality in (None, id_):
                _Municipality(session, files, told, id_, hashes).check(_head(seq, hash_, at))
    for anchor in anchors:
        _check_anchor(told, hashes, anchor)
    return told


def _head(seq: int, hash_: str | None, at: str | None) -> Head:
    return Head(sequence=seq, hash=hash_, at=read_instant(at) if at else None)


def _check_anchor(told: Verified, hashes: dict[str, dict[int, str]], anchor: str) -> None:
    record, _, rest = anchor.rpartition(":")[0].rpartition(":")
    hash_ = anchor.rpartition(":")[2]
    told.anchors += 1
    if record not in hashes or not rest.isdigit():
        told.found(anchor, "there is no such record; an anchor is written record:sequence:hash")
    elif not hash_ or not hashes[record].get(int(rest), "").startswith(hash_):
        told.found(f"{record}, event {rest}", "it is not the one that the anchor names: the record was written anew")


class _Municipality:
    """The check of one municipality and its processes."""

    def __init__(
        self, session: Session, files: FileStore, told: Verified, id_: str, hashes: dict[str, dict[int, str]]
    ) -> None:
        self.session = session
        self.files = files
        self.told = told
        self.id = id_
        self.hashes = hashes
        self.commitments: set[str] = set()
        self.covered: set[str] = set()  # commitments and files that a redaction names
        self.versions: set[str] = set()  # version manifests that a process names
        self.named: set[str] = set()  # files that something stored names

    def check(self, head: Head) -> None:
        record = RecordName("municipality", self.id, self.id)
        own = self._record(record, self.session.all(OWN_EVENTS, {"municipality": self.id}), head)
        directory = self._directory(own)
        calendars = CalendarsThen(self.session, self.id, own)
        processes = self.session.all(PROCESSES, {"municipality": self.id})
        for id_, key, seq, hash_, at in processes:
            self._process(id_, key, _head(seq, hash_, at), calendars)
        self._texts(directory)
        self._files()
        self._personal()
        self._kept_anchors({id_: key for id_, key, *_ in processes})

    # --- records --------------------------------------------------------------------------------------------------

    def _record(self, record: RecordName, stored: list[Any], head: Head) -> list[Recorded]:
        """The events of one record; what is wrong with its chain has been found."""
        self.told.records += 1
        self.told.events += len(stored)
        self.told.heads[record.id] = f"{head.sequence}:{head.hash}"
        try:
            check_chain(record, ((row[0], row[1]) for row in stored), head)
            events = [read(row[0]) for row in stored]
        except (Broken, ValueError) as error:
            self.told.found(f"{record.kind} {record.id}", str(error))
            return []
        self.hashes[record.id] = {row[2]: row[1] for row in stored}
        for recorded, (body, _, *columns) in zip(events, stored, strict=True):
            name = type(recorded.event).__name__
            told = [recorded.sequence, name, instant_text(recorded.at), record.municipality, record.kind]
            if columns != told:
                self.told.found(f"{record.id}, event {recorded.sequence}", "its columns are not what its text says")
            self.commitments |= set(COMMITMENT.findall(body))
            if isinstance(recorded.event, Redacted):
                self.covered |= {*recorded.event.commitments, *recorded.event.files}
        if events and head.at != events[-1].at:
            self.told.found(record.id, "the head's time is not that of the last event")
        return events

    def _directory(self, own: list[Recorded]) -> Directory | None:
        directory: Directory | None = None
        for recorded in own:
            directory = evolve_directory(directory, recorded)
        people = directory.people if directory else {}
        expected = {
            key: (person.name, person.email, person.language, bool(person.active)) for key, person in people.items()
        }
        stored = {row[0]: (*row[1:4], bool(row[4])) for row in self.session.all(PEOPLE, {"municipality": self.id})}
        self._same("person", expected, stored)
        return directory

    def _process(self, id_: int, key: str, head: Head, calendars: CalendarsThen) -> None:
        record = RecordName("process", self.id, key)
        events = self._record(record, self.session.all(EVENTS, {"process": id_}), head)
        if not events:
            return
        try:
            definition = stored_texts.definition(self.session, self.id, getattr(events[0].event, "definition", ""))
            told = replay(definition, calendars.at, events)
            self._rows(id_, key, told.rows)
        except (EtappiError, KeyError, AttributeError) as error:
            self.told.found(key, f"its record cannot be told again: {error}")
            return
        self._plan(id_, key, told)
        if told.process:
            self.named |= {file for handling in told.process.handlings.values() for file in handling.decided.values()}

    def _rows(self, id_: int, key: str, expected: dict[Row, Columns]) -> None:
        for table in PROJECTED:
            mine = {row[1]: columns for row, columns in expected.items() if row[0] == table}
            self.told.packages += len(mine) if table == "package" else 0
            self._same(f"{key}, {table}", *self._stored(id_, table, mine))
            if table == "output_version":
                self.versions |= {str(columns["sha256"]) for columns in mine.values()}
            if table == "rendition":
                self.named |= {str(dict(row)["sha256"]) for row in mine}

    def _stored(self, id_: int, table: str, expected: dict[Any, Columns]) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """What is expected and what is stored in a table of the process, in comparable form."""
        if not expected:
            count = self.session.one(f"select count(*) from {table} where process_id = :process", {"process": id_})
            return {}, {"rows": count[0]} if count and count[0] else {}
        key, columns = next(iter(expected.items()))
        names = [name for name, _ in key]
        values = list(columns)
        wanted = ", ".join([*names, "municipality_id", *values])
        rows = self.session.all(f"select {wanted} from {table} where process_id = :process", {"process": id_})
        stored = {tuple(zip(names, row, strict=False)): _plain(row[len(names) :]) for row in rows}
        return {row: _plain([self.id, *[c[v] for v in values]]) for row, c in expected.items()}, stored

    def _plan(self, id_: int, key: str, told: Replay) -> None:
        duties = {
            duty: (
                self.id,
                planned.kind.value,
                planned.due.isoformat(),
                planned.item,
                planned.phase,
                planned.round,
                planned.seat,
                planned.group,
                planned.person,
                planned.since.isoformat() if planned.since else None,
            )
            for duty, planned in told.duties.items()
        }
        self._same(f"{key}, duty", duties, {r[0]: tuple(r[1:]) for r in self.session.all(DUTIES, {"process": id_})})
        reminders = {
            name: (self.id, r.to.value, instant_text(r.at), "planned" if r.fell_due is None else "due", r.fell_due)
            for name, r in told.reminders.items()
        }
        stored = {(row[0], row[1]): tuple(row[2:]) for row in self.session.all(REMINDERS, {"process": id_})}
        self._same(f"{key}, reminder", reminders, stored)

    def _same(self, place: str, expected: dict[Any, Any], stored: dict[Any, Any]) -> None:
        self.told.rows += len(expected)
        for row in expected.keys() | stored.keys():
            if expected.get(row) != stored.get(row):
                what = "was added" if row not in expected else "is missing" if row not in stored else "was changed"
                self.told.found(f"{place} {_name(row)}", f"the row {what}: it is not what the record says")

    # --- texts, files, personal values ----------------------------------------------------------------------------

    def _texts(self, directory: Directory | None) -> None:
        known = dict(directory.definitions) if directory else {}
        for sha, id_, version, text, source in self.session.all(DEFINITIONS, {"municipality": self.id}):
            place = f"definition {id_} {sha[:12]}"
            if sha256(text) != sha:
                self.told.found(place, "its text is not the one that was hashed")
                continue
            try:
                read_again = read_definition(source, id_)
            except EtappiError as error:
                self.told.found(place, f"its source cannot be read: {error}")
                continue
            if (definition_hash(read_again), read_again.id, read_again.version) != (sha, id_, version):
                self.told.found(place, "its source is not the one it was read from")
            known.pop(sha, None)
        for sha, id_ in known.items():
            self.told.found(f"definition {id_} {sha[:12]}", "it is missing")
        for sha, kind, body in self.session.all(TEXTS, {"municipality": self.id}):
            if sha256(body) != sha:
                self.told.found(f"{kind} {sha[:12]}", "its text is not the one that was hashed")
            elif kind == "version":
                self.versions.discard(sha)
                self.named |= set(version_contents(body).files)
        for sha in self.versions:
            self.told.found(f"version {sha[:12]}", "its manifest is missing")

    def _files(self) -> None:
        stored: dict[str, int] = dict(self.session.all(FILES, {"municipality": self.id}))
        for sha in sorted(self.named | set(stored)):
            if sha in self.covered:
                self.told.redacted += 1
                if self.files.has(sha):
                    self.told.found(f"file {sha[:12]}", "it was redacted and is still there")
                continue
            self.told.files += 1
            if not self.files.holds(sha):
                self.told.found(f"file {sha[:12]}", "it is missing, or its bytes are not those that were stored")
            elif sha in stored and self.files.path(sha).stat().st_size != stored[sha]:
                self.told.found(f"file {sha[:12]}", "its size is not the one that was noted")

    def _personal(self) -> None:
        kept = {row[0]: (row[1], row[2]) for row in self.session.all(PERSONAL, {"municipality": self.id})}
        for commitment in sorted(self.commitments | set(kept)):
            place = f"personal value {commitment[3:15]}"
            if commitment in self.covered:
                self.told.redacted += 1
                if commitment in kept:
                    self.told.found(place, "it was redacted and is still there")
            elif commitment not in kept:
                self.told.found(place, "it is missing, and no redaction names it")
            elif commitment not in self.commitments:
                self.told.found(place, "no record names it")
            else:
                self.told.personal += 1
                if commitment_of(*kept[commitment]) != commitment:
                    self.told.found(place, "it is not the value that was committed to")

    def _kept_anchors(self, keys: dict[int, str]) -> None:
        for process, seq, hash_ in self.session.all(ANCHORS, {"municipality": self.id}):
            record = keys.get(process, "") if process is not None else self.id
            _check_anchor(self.told, self.hashes, f"{record}:{seq}:{hash_}")


def _plain(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as both databases give them: truth as 0 and 1."""
    return tuple(int(value) if isinstance(value, bool) else value for value in values)


def _name(row: Any) -> str:
    if isinstance(row, tuple):
        return " ".join(str(part[1]) if isinstance(part, tuple) else str(part) for part in row)
    return str(row)
