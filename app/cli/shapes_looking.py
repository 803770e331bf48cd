"""What show, inbox, record and the lists print with --json; see `shapes.py`."""

import datetime as dt
from dataclasses import dataclass

from app.cli.shapes import Format, Happened, Person
from app.cli.shapes_status import GroupLine, ObjectionLine


@dataclass(frozen=True)
class OutputLine:
    """An output of a phase."""

    output: str
    name: str
    required: bool
    owner: Person | None
    version: int | None  # the newest
    tarkiste: str | None  # of the version
    publicity: str | None
    draft_revision: int | None
    draft_saved: dt.datetime | None


@dataclass(frozen=True)
class CriterionLine:
    """What a checkpoint tests."""

    criterion: str
    text: str
    must: bool
    holds: bool | None  # null where it cannot be evaluated
    why: str


@dataclass(frozen=True)
class StanceLine:
    """What a seat says."""

    seat: str
    person: Person
    stance: str
    current: bool  # nothing it covers has changed since
    way: str  # own, meeting or confirmed
    objection: str | None


@dataclass(frozen=True)
class GroupStances:
    """A group at the checkpoint."""

    standing: GroupLine
    stances: tuple[StanceLine, ...] | None  # null where the reader may not read who said what
    silent: tuple[Person, ...] | None  # null where the reader may not read who is late


@dataclass(frozen=True)
class Show:
    """What `show --json` prints."""

    format: Format
    municipality: str
    process: str
    phase: str
    name: str
    status: str
    round: int | None  # the open one
    due: dt.date | None
    tarkiste: str | None  # of the manifest that is read
    digest: str | None  # the tarkiste of that with all that was said, which passing relies on
    contestable_until: dt.datetime | None
    package: str | None
    received: dict[str, str]  # phase -> the package it was opened on
    outputs: tuple[OutputLine, ...]
    criteria: tuple[CriterionLine, ...]
    groups: tuple[GroupStances, ...]
    objections: tuple[ObjectionLine, ...]


@dataclass(frozen=True)
class PaperLine:
    """A paper of a phase, in one language and form."""

    kind: str  # meeting, memo, package, agenda-item or interim-report
    language: str
    edition: str  # working or public
    ending: str  # pdf, html or docx
    of: str  # the tarkiste of the manifest, event or package it is made from
    group: str | None  # of a memo
    tarkiste: str | None  # of the file; null where it has not been made yet
    made: dt.datetime | None
    renderer: str | None
    file: str | None  # where it was written, with --out


@dataclass(frozen=True)
class Papers:
    """What `papers --json` prints: the newest papers of a phase."""

    format: Format
    municipality: str
    process: str
    phase: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody."""

    process: str
    title: str
    duty: str
    kind: str
    what: str
    due: dt.date
    days_late: int  # 0 where it is not late
    acting_for: str | None  # the holder or absent employee; null where it is one's own
    how: str  # the command that does it


@dataclass(frozen=True)
class Inbox:
    """What `inbox --json` prints."""

    format: Format
    municipality: str
    person: str
    waiting: tuple[Waiting, ...]  # the most urgent first


@dataclass(frozen=True)
class Recorded:
    """What `record --json` prints."""

    format: Format
    municipality: str
    process: str | None  # null: the municipality's own record
    as_of: dt.date | None
    stood: str | None  # where the process stood then
    head: str | None  # the hash of the last event told
    happened: tuple[Happened, ...]


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the directory."""

    person: str
    name: str | None
    email: str | None  # null where there is none or the reader may not read it
    language: str
    active: bool
    roles: tuple[str, ...]
    seats: tuple[str, ...]
    away: bool


@dataclass(frozen=True)
class People:
    """What `person list --json` prints."""

    format: Format
    municipality: str
    people: tuple[PersonLine, ...]


@dataclass(frozen=True)
class SeatLine:
    """A seat in a group."""

    seat: str
    person: Person
    part: str
    deputies: tuple[Person, ...]
    first: dt.date
    last: dt.date | None


@dataclass(frozen=True)
class GroupOfSeats:
    """A group and the seats that hold today."""

    group: str
    name: str
    kind: str
    active: bool
    seats: tuple[SeatLine, ...]


@dataclass(frozen=True)
class Groups:
    """What `group list --json` prints."""

    format: Format
    municipality: str
    groups: tuple[GroupOfSeats, ...]


@dataclass(frozen=True)
class Found:
    """Something that does not hold."""

    place: str
    what: str


@dataclass(frozen=True)
class KeptLine:
    """A kind of data of one process: how long it is kept, and what becomes of it."""

    process: str
    title: str
    data: str
    months: int
    then: str
    closed: dt.date | None
    over: dt.date | None  # from when it is kept no longer; null: the process is not closed
    is_over: bool
    left: int | None  # how many things there are; null: for people to do


@dataclass(frozen=True)
class Keeping:
    """What `retention --json` prints."""

    format: Format
    municipality: str
    kept: tuple[KeptLine, ...]


@dataclass(frozen=True)
class Verification:
    """What `verify --json` prints: how much was looked at, and what does not hold."""

    format: Format
    holds: bool
    findings: tuple[Found, ...]
    records: int
    events: int
    packages: int
    files: int
    personal: int
    redacted: int
    leaving: int  # covered files that are still on the disk, and that the courier takes away
    anchors: int
    heads: dict[str, str]  # record -> "number:hash", to be kept as an anchor
