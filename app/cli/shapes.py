"""What verbs print with --json: one object each. The comment beside a field is its description in `etappi schema VERB`.

Fields are only ever added; `format` changes when one changes its meaning. What the reader may not read is null.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

Format = Literal[1]


@dataclass(frozen=True)
class Mistake:
    """One mistake in a definition's file."""

    file: str
    line: int  # from 1
    column: int  # from 1
    path: str  # "phases[1].checkpoint.carries[0]"
    sentence: str  # what is wrong, allowed and to be done


@dataclass(frozen=True)
class Validated:
    """One file that was looked at."""

    file: str
    holds: bool  # whether it can be used
    mistakes: tuple[Mistake, ...] = ()
    definition: str | None = None  # its id
    version: str | None = None
    hash: str | None = None  # of its canonical bytes


@dataclass(frozen=True)
class Validation:
    """What `validate --json` prints."""

    format: Format
    files: tuple[Validated, ...]


@dataclass(frozen=True)
class Happened:
    """One event of a record."""

    sequence: int
    type: str  # the event's name
    at: dt.datetime  # when it was recorded
    occurred_on: dt.date | None  # where it differs
    person: str | None  # who acted; null where the reader may not read which member it was
    seat: str | None
    for_whom: str | None  # the holder or absent employee somebody acted for
    sentence: str
    data: dict[str, Any] | None  # the event's fields; null where they would tell which member it was
    values: tuple[str, ...]  # the commitments in it, for whom may cover what stands behind them


@dataclass(frozen=True)
class Acted:
    """What an act printed with --json led to."""

    format: Format
    municipality: str
    process: str | None  # null for an act on the municipality's own record
    seen: str | None  # the tarkiste of what the act relied on
    happened: tuple[Happened, ...]  # nothing, where all was so already
    look_at: tuple[str, ...] = ()  # what is odd now: in dates that were moved, in parts that nobody plays any more


@dataclass(frozen=True)
class LoadedDefinition:
    """A version of a process definition that is in use."""

    definition: str
    version: str
    hash: str


@dataclass(frozen=True)
class Loaded:
    """What `load --json` prints."""

    format: Format
    municipality: str
    loaded: LoadedDefinition


@dataclass(frozen=True)
class SignInLink:
    """What `sign-in --json` prints: a link that signs the person in, once, until then."""

    format: Format
    municipality: str
    person: str
    address: str
    until: dt.datetime


@dataclass(frozen=True)
class AppearanceInUse:
    """What `appearance --json` prints."""

    format: Format
    municipality: str
    hash: str  # of the look's text
    colour: str
    accent: str
    logo: bool  # whether there is an emblem
    templates: tuple[str, ...]  # the papers that have a Word template of the municipality's own


@dataclass(frozen=True)
class CalendarInUse:
    """What `calendar --json` prints."""

    format: Format
    municipality: str
    hash: str


@dataclass(frozen=True)
class Installed:
    """What `init --json` prints where it set a municipality up."""

    format: Format
    municipality: str
    administrator: str
    data: str  # the folder of the installation's data
    loaded: tuple[LoadedDefinition, ...]


@dataclass(frozen=True)
class PlannedPhase:
    """When a phase would be worked on."""

    phase: str
    name: str
    first: dt.date
    last: dt.date
    checkpoint: dt.date
    days_off: dict[str, str]  # weekdays that are not worked, by date


@dataclass(frozen=True)
class Plan:
    """What `create --plan --json` prints."""

    format: Format
    definition: str
    start: dt.date
    choices: dict[str, str]
    dates: dict[str, dt.date]  # by the keys that extend takes
    phases: tuple[PlannedPhase, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Somebody, with the name behind the id; null where the name was covered."""

    person: str
    name: str | None


@dataclass(frozen=True)
class Attached:
    """A file that goes with a document."""

    name: str
    sha256: str


@dataclass(frozen=True)
class DraftLine:
    """An output's draft; what `draft save --json` prints."""

    output: str
    name: str
    revision: int
    saved_at: dt.datetime
    saved_by: str
    publicity: str
    document: str  # the file's hash
    attachments: tuple[Attached, ...]


@dataclass(frozen=True)
class DraftsLine:
    """What `draft show --json` prints."""

    format: Format
    municipality: str
    process: str
    phase: str
    drafts: tuple[DraftLine, ...]
