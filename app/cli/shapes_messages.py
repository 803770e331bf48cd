"""What messages, preview, nudge, snooze and my-messages print with --json; see `shapes.py`."""

import datetime as dt
from dataclasses import dataclass

from app.cli.shapes import Format, Person


@dataclass(frozen=True)
class ThingTold:
    """One thing that a message tells, or would have told."""

    item: str  # what it is about, an identifier
    kind: str | None  # of the notice; null where it never came into a message
    process: str | None
    outcome: str | None  # sent, not sent, nobody, refused, bounced, taken back; null while it waits
    reason: str | None  # why it was not sent
    at: dt.datetime | None  # when that was known


@dataclass(frozen=True)
class MessageLine:
    """One message to one person, or what could not be told to anybody."""

    number: int | None  # null where nobody could be told, so that there is no message
    person: Person
    channel: str  # mail, or urgent: what leaves at once
    state: str  # open (waits), held, closed (is leaving), sent, not sent, refused, bounced, taken back, merged, nobody
    leaves: dt.datetime | None  # from when on
    sent: dt.datetime | None
    error: str | None  # what went wrong at the last attempt
    things: tuple[ThingTold, ...]


@dataclass(frozen=True)
class Messages:
    """What `messages --json` prints."""

    format: Format
    municipality: str
    messages: tuple[MessageLine, ...]  # the newest first


@dataclass(frozen=True)
class Sample:
    """One message of one kind in one language."""

    kind: str
    language: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Preview:
    """What `preview --json` prints."""

    format: Format
    messages: tuple[Sample, ...]


@dataclass(frozen=True)
class Wishes:
    """What `my-messages --json` prints."""

    format: Format
    municipality: str
    person: str
    first: str  # "07:00": nothing leaves earlier in the day
    last: str  # or from then on
    rhythm: str  # at_once, daily or weekly
    weekday: int  # of a weekly digest: 0 is Monday


@dataclass(frozen=True)
class Snoozed:
    """What `snooze --json` prints."""

    format: Format
    municipality: str
    process: str
    duty: str
    person: str
    until: dt.date


@dataclass(frozen=True)
class NudgeLine:
    """What somebody has not done yet, and whom a reminder of it reaches."""

    duty: str
    what: str
    due: dt.date
    owes: Person | None  # null: nobody in particular
    to: Person | None  # who gets it, the one who owes or acts for them; null: nobody
    leaves: dt.datetime | None
    why_not: str | None  # why nobody gets it


@dataclass(frozen=True)
class Nudges:
    """What `nudge --json` prints."""

    format: Format
    municipality: str
    process: str
    sent: bool  # false: nobody has been written to, this is only a list
    nudges: tuple[NudgeLine, ...]
