"""What `status --json` prints; see `shapes.py`."""

import datetime as dt
from dataclasses import dataclass

from app.cli.shapes import Format, Person


@dataclass(frozen=True)
class ProcessLine:
    """A process in a list."""

    process: str  # its key
    title: str
    stands: str  # where it stands, in a sentence
    status: str  # running, held, stopped or closed
    rehearsal: bool  # it rests on no setting-up decision
    next_date: str | None  # the key of the next checkpoint's date
    next_day: dt.date | None


@dataclass(frozen=True)
class Trouble:
    """Effects of one kind that have not been carried out; of kind `backup` the nightly one."""

    state: str  # owed, leased or failed
    kind: str
    count: int
    oldest: dt.datetime
    error: str | None  # of one that failed


@dataclass(frozen=True)
class Statuses:
    """What `status --json` prints."""

    format: Format
    municipality: str
    processes: tuple[ProcessLine, ...]  # those the reader may read
    trouble: tuple[Trouble, ...]
    clock_ran: dt.datetime | None


@dataclass(frozen=True)
class PhaseLine:
    """Where a phase stands."""

    number: int
    phase: str
    name: str
    status: str  # planned, ready, open, at_checkpoint, passed or suspended
    first: dt.date
    last: dt.date
    checkpoint: dt.date
    rounds: int
    package: str | None  # the locked package's tarkiste


@dataclass(frozen=True)
class GroupLine:
    """How a group stands in a round. Counts are of seats that count."""

    group: str
    name: str
    rule: str
    quorum: str
    seats: int
    accept: int
    object: int
    abstain: int
    not_read: int
    silent: int
    disqualified: int
    left: int
    has_quorum: bool
    accepts: bool  # whether its rule holds
    object_stale: int  # of the silent: objected to a former text, and the objection is open
    offer_stale: int  # of the silent: offered a condition to a former text, and it is open
    settled: bool  # objections were carried or recorded, and none is open: it stands in nobody's way


@dataclass(frozen=True)
class RoundLine:
    """An open round."""

    phase: str
    round: int
    due: dt.date
    tarkiste: str  # of the manifest that is read
    digest: str  # the tarkiste of that with stances, objections, conditions and assessments, which passing relies on
    contestable_until: dt.datetime | None  # a memo's or correction's window runs
    groups: tuple[GroupLine, ...]


@dataclass(frozen=True)
class ObjectionLine:
    """An objection or an offered condition that is open."""

    objection: str
    phase: str
    group: str
    offer: bool  # a condition offered with an acceptance
    makers: int
    to_former_text: bool  # the text has changed since, and none of its makers has spoken again
    text: str | None  # null where it was covered
    answer: str | None
    result: str | None  # changed or unchanged


@dataclass(frozen=True)
class ConditionLine:
    """An open condition."""

    condition: str
    phase: str
    owner: Person
    due: dt.date
    checkpoint: str | None
    text: str | None


@dataclass(frozen=True)
class DissentLine:
    """A dissent that stands."""

    dissent: str
    phase: str
    group: str
    signers: int
    names: tuple[str, ...]  # of those who chose to sign by name
    text: str | None


@dataclass(frozen=True)
class HandlingLine:
    """A handling that happened."""

    handling: str
    body: str
    kind: str
    outcome: str
    date: dt.date
    section: str | None
    legal: str | None
    decides: bool
    defects: tuple[str, ...]


@dataclass(frozen=True)
class LateLine:
    """A duty whose day has gone by."""

    duty: str
    what: str
    person: Person | None
    seat: str | None
    due: dt.date


@dataclass(frozen=True)
class VacancyLine:
    slot: str  # the role slot or the group
    name: str
    missing: str  # person, members or chair
    what_to_do: str


@dataclass(frozen=True)
class Status:
    """What `status PROCESS --json` prints."""

    format: Format
    municipality: str
    process: str
    title: str
    stands: str
    status: str
    rehearsal: bool
    matter_number: str | None
    setting_up: str | None  # "KH 19.10.2026 § 210"
    definition: str  # its hash
    roles: dict[str, Person]
    next_date: str | None
    next_day: dt.date | None
    phases: tuple[PhaseLine, ...]
    rounds: tuple[RoundLine, ...]
    objections: tuple[ObjectionLine, ...]
    conditions: tuple[ConditionLine, ...]
    dissents: tuple[DissentLine, ...]
    handlings: tuple[HandlingLine, ...]
    vacancies: tuple[VacancyLine, ...]  # parts that nobody plays any more
    late: tuple[LateLine, ...] | None  # null where the reader may not read who is late
    dates: dict[str, dt.date]  # by the keys that extend takes
    trouble: tuple[Trouble, ...]
    clock_ran: dt.datetime | None
