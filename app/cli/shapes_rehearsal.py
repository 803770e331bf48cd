"""What `etappi rehearse --json` and `etappi reach --json` print.

As in `shapes.py`, the comment beside a field is its description.
"""

import datetime as dt
from dataclasses import dataclass

from app.cli.shapes import Format


@dataclass(frozen=True)
class RehearsedStep:
    """One step on the way to a meeting, counted backwards."""

    kind: str
    name: str
    latest: dt.date  # the latest day for it
    planned: dt.date | None  # when the planned dates have it
    least: str  # the time it leaves to the next step
    ground: str | None  # a paragraph of law, to be checked by the municipality's lawyer
    proposed: bool  # a meeting that no calendar knows
    done: bool  # of a running process: whether it has been taken


@dataclass(frozen=True)
class RehearsedMeeting:
    """A meeting that could decide, and whether it is reached."""

    meeting: dt.date
    body: str
    proposed: bool  # no calendar knows it
    in_window: bool
    reached: bool
    sentence: str
    points: tuple[str, ...]  # on what conditions it is reached, or why it is not
    help: tuple[str, ...]  # what would make it possible
    steps: tuple[RehearsedStep, ...]


@dataclass(frozen=True)
class RehearsedWorry:
    """A day or time that does not fit, and what to do."""

    kind: str
    day: dt.date | None
    sentence: str
    advice: str


@dataclass(frozen=True)
class RehearsedMoment:
    """Something on the time line."""

    day: dt.date
    kind: str
    name: str
    until: dt.date | None  # of what lasts: its last day
    phase: str | None
    proposed: bool


@dataclass(frozen=True)
class RehearsedDuty:
    """One thing one person owes."""

    person: str
    group: str | None
    week: str  # of the day it is due: 2027-W04
    kind: str
    about: str
    since: dt.date  # the first day it waits
    due: dt.date
    done: dt.date | None


@dataclass(frozen=True)
class RehearsedMessage:
    """One thing a message tells. Things that one message tells have its number."""

    at: dt.datetime  # when it leaves, UTC
    to: str  # a sample person
    kind: str  # of the notice: a duty and whom the step tells, or an event
    about: str
    due: dt.date | None
    message: int
    subject: str  # of the whole message


@dataclass(frozen=True)
class RehearsedPerson:
    """A sample person."""

    person: str
    name: str
    role: str | None
    group: str | None


@dataclass(frozen=True)
class Rehearsed:
    """What `rehearse --json` prints."""

    format: Format
    definition: str
    title: str
    language: str
    start: dt.date
    choices: dict[str, str]
    decided: dt.date | None  # null where the rehearsal came to no decision
    meetings: tuple[RehearsedMeeting, ...]
    worries: tuple[RehearsedWorry, ...]
    timeline: tuple[RehearsedMoment, ...]
    duties: tuple[RehearsedDuty, ...]
    people: tuple[RehearsedPerson, ...]
    dates: dict[str, dt.date]  # the planned ones, by the keys that extend takes
    messages: tuple[RehearsedMessage, ...] | None  # null without --messages


@dataclass(frozen=True)
class Reached:
    """What `reach --json` prints."""

    format: Format
    municipality: str
    process: str
    meetings: tuple[RehearsedMeeting, ...]
