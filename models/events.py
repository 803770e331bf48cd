"""Everything that can have happened to a process, one immutable value each, in the past tense.

An event copies what it relied on, so that the record can be folded without a definition, a directory or a clock. Names
and a person's own words stand in it only as commitments. Types have versions; stored bytes are never rewritten: an
older version is read through a pure upcaster (`UPCASTERS`).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from models.commands import Change, SettingUp, Vote
from models.definitions.definition import CheckpointPlan, GroupAtCheckpoint
from models.errors import Broken
from models.frozen import Frozen
from models.process import RoundVersion, Seat, Signature, Vacant
from models.words import (
    AnswerResult,
    BodyKind,
    HandlingKind,
    HandlingOutcome,
    LegalState,
    PublicGround,
    Publicity,
    RoundEnding,
    StanceKind,
    StanceWay,
)


class Actor(Frozen):
    """Who acted: the person, the seat, for whom, and by which way in. Names as they were, as commitments."""

    person: str
    name: str | None = None  # a commitment; None for the clock and the flows
    seat: str | None = None
    for_whom: str | None = None
    channel: str = "cli"


class Event(Frozen):
    """Something that happened."""

    revision: ClassVar[int] = 1  # of the event type


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in a record."""

    sequence: int
    at: dt.datetime  # when it was recorded, UTC
    by: Actor
    event: Event
    occurred_on: dt.date | None = None  # where it differs from the day of recording


# --- the process as a whole ---------------------------------------------------------------------------------------


class SettledChoice(Frozen):
    reading: str
    why: str  # a commitment


class ProcessCreated(Event):
    process: str
    municipality: str
    definition: str
    title: str
    matter_number: str | None
    setting_up: SettingUp | None
    start: dt.date
    choices: dict[str, SettledChoice]
    roles: dict[str, str]
    groups: dict[str, str]
    dates: dict[str, dt.date]
    phases: tuple[str, ...]  # in the definition's order
    ready: tuple[str, ...]  # those that receive from none


class ProcessHeld(Event):
    reason: str


class ProcessResumed(Event):
    pass


class ProcessStopped(Event):
    reason: str


class ProcessReopened(Event):
    setting_up: SettingUp


class ProcessClosed(Event):
    unfinished: tuple[str, ...] = ()  # phases that were under way
    reason: str | None = None  # why they were left so


class DatesMoved(Event):
    """One date moved, or with a shift all later planned ones."""

    dates: dict[str, dt.date]  # the new values
    before: dict[str, dt.date]
    reason: str


class CoordinatorChanged(Event):
    to: str
    before: str
    reason: str | None


class ProcessAmended(Event):
    change: Change
    reason: str
    checkpoint: CheckpointPlan | None = None  # the phase's checkpoint from its next round on
    phase: str | None = None
    groups: dict[str, str] = {}  # groups that joined the process


# --- phases and rounds --------------------------------------------------------------------------------------------


class PhaseOpened(Event):
    phase: str
    received: dict[str, str]  # phase -> the package it builds on, verified


class OutputsSubmitted(Event):
    """A round opened over exact versions; seats, deputies and rules are frozen for it."""

    phase: str
    round: int
    due: dt.date
    manifest: str
    versions: dict[str, RoundVersion]
    groups: tuple[GroupAtCheckpoint, ...]
    seats: dict[str, Seat]
    criteria: tuple[str, ...]  # what the checkpoint tests
    former: dict[str, str]  # the versions of the round before, for the differences


class OutputRevised(Event):
    phase: str
    round: int
    output: str
    version: RoundVersion
    before: str  # the hash it replaces
    manifest: str
    technical: bool
    reason: str
    window: dt.datetime | None = None  # until when a technical correction may be contested
    concerned: tuple[str, ...] = ()  # seats whose stance covers it


class SubmissionRetracted(Event):
    phase: str
    round: int


class OpeningRetracted(Event):
    phase: str


class CheckpointPassed(Event):
    """The package is locked; the phases named in `ready` may be opened."""

    phase: str
    round: int
    outcome: RoundEnding
    package: str
    format: int = 1  # of the package's text
    previous: str | None  # the package locked before it
    supersedes: str | None
    waived: dict[str, str]  # criterion or group -> the reason's commitment
    criteria: dict[str, bool | None]  # as they were evaluated; None could not be
    ready: tuple[str, ...]


class WorkReturned(Event):
    phase: str  # the phase whose round, or the last one, the work came back from
    round: int | None  # None when no round was open
    to: str
    suspended: tuple[str, ...]
    superseded: tuple[str, ...]  # phases whose open rounds ended
    set_aside: tuple[str, ...]  # phases whose packages no longer stand
    handling: str | None
    reason: str


# --- stances ------------------------------------------------------------------------------------------------------


class StanceTaken(Event):
    """One seat's stance over the versions that the manifest names."""

    phase: str
    round: int
    seat: str
    group: str
    person: str  # who gave it: the holder or a deputy
    kind: StanceKind
    way: StanceWay
    edition: int
    manifest: str
    objection: str | None = None  # the objection or offered condition it raises
    reason: str | None = None
    withdrawn: tuple[str, ...] = ()  # the seat's own earlier objections that it replaces
    outputs: tuple[str, ...] = ()  # of a disqualification
    ground: str | None = None


class StanceConfirmed(Event):
    """A stance stands over changed versions, or what was recorded of a seat in a window was confirmed."""

    phase: str
    round: int
    seat: str
    group: str
    edition: int
    manifest: str


class StanceRetracted(Event):
    phase: str
    round: int
    seat: str
    withdrawn: tuple[str, ...] = ()
    disqualification: bool = False  # what was taken back is the holder's disqualification, not a stance


class VacanciesNoted(Event):
    """All that is vacant from now on; the new ones are told."""

    vacant: tuple[Vacant, ...]
    new: tuple[str, ...]  # slots


class SeatLeft(Event):
    phase: str
    round: int
    seat: str
    reason: str


class CalendarFollowed(Event):
    """What is owed, and when people are told, is planned by the municipality's new calendar; both by their hashes."""

    former: str | None
    hash: str


class ObjectionWithdrawn(Event):
    objection: str
    phase: str
    seat: str
    then: StanceKind
    edition: int
    ended: bool  # no maker is left


class ObjectionAnswered(Event):
    objection: str
    phase: str
    result: AnswerResult
    text: str


class ConditionAdopted(Event):
    condition: str
    objection: str
    phase: str
    owner: str
    due: dt.date
    checkpoint: str | None
    text: str


class ConditionFulfilled(Event):
    condition: str
    how: str


class DissentRecorded(Event):
    dissent: str
    objection: str | None
    phase: str
    round: int
    group: str
    text: str
    reason: str | None
    late: bool
    signers: dict[str, Signature]


class Signed(Event):
    """A seat joined an objection or dissent, or put its name under its own."""

    item: str
    seat: str
    signature: Signature


class SignatureWithdrawn(Event):
    dissent: str
    seat: str
    ended: bool


class CriterionAssessed(Event):
    phase: str
    round: int
    criterion: str
    holds: bool
    edition: int
    note: str | None


# --- meetings -----------------------------------------------------------------------------------------------------


class MeetingScheduled(Event):
    meeting: str
    at: dt.datetime
    place: str | None
    phase: str | None
    group: str | None
    name: str | None


class MeetingCancelled(Event):
    meeting: str
    reason: str | None


class MeetingRecorded(Event):
    """A meeting's memo. The stances recorded in it follow as events of their own."""

    meeting: str
    phase: str
    group: str
    held_on: dt.date
    present: dict[str, str]
    group_stance: StanceKind | None
    memo: str
    window: dt.datetime | None
    concerned: tuple[str, ...]  # seats whose stance was recorded


class MemoCorrected(Event):
    """What a memo said of a seat was corrected; after passing it stands beside the package."""

    meeting: str
    phase: str
    group: str
    seat: str
    kind: StanceKind
    reason: str | None
    late: bool


# --- participation ------------------------------------------------------------------------------------------------


class OpportunityGiven(Event):
    phase: str
    affected: str
    on: dt.date
    how: str
    heard: bool
    effect: str | None


class StatementAsked(Event):
    statement: str
    body: str
    phase: str
    due: dt.date


class StatementGiven(Event):
    statement: str
    given: dt.date
    text: str
    publicity: Publicity
    paragraph: str | None


class StatementAnswered(Event):
    statement: str
    text: str


class HearingOpened(Event):
    hearing: str
    phase: str
    first: dt.date
    last: dt.date
    channels: tuple[str, ...]


class HearingClosed(Event):
    hearing: str
    contributions: int
    summary: str


# --- the chain of handlings ---------------------------------------------------------------------------------------


class HandlingRecorded(Event):
    handling: str
    plan: str | None
    body: str
    body_kind: BodyKind
    kind: HandlingKind
    outcome: HandlingOutcome
    date: dt.date
    section: str | None
    ground: str | None
    vote: Vote | None
    dissents: int
    minutes: str | None
    summary: str | None
    decided: dict[str, str]
    defects: tuple[str, ...]
    decides: bool  # the process's decision


class DecidedTextRecorded(Event):
    handling: str
    decided: dict[str, str]


class MinutesRecorded(Event):
    handling: str
    inspected: dt.date | None
    published: dt.date | None


class LegalStateRecorded(Event):
    handling: str
    legal: LegalState
    on: dt.date


class NewEdition(Frozen):
    """Documents that are to be made again: without what was covered, or with what was made public."""

    phase: str  # none of papers
    moment: str  # "opened", "round" or "passed" of a phase's document, or "papers"
    sequence: int  # of the event at which it was made first


class OutputsMadePublic(Event):
    """Exact versions that were in preparation are public from now on."""

    phase: str
    versions: dict[str, str]  # output -> the version's hash
    ground: PublicGround
    reason: str | None
    editions: tuple[NewEdition, ...] = ()


class CooperationRecorded(Event):
    needed: bool | None
    judged_by: str | None
    why: str | None
    proposed: dt.date | None
    meeting: dt.date | None
    ended: dt.date | None
    outcome: str | None


class EntryCorrected(Event):
    item: str
    field: str
    before: str | None
    to: str
    reason: str
    body_kind: BodyKind | None = None  # of the right body, where the body was wrong
    defects: tuple[str, ...] | None = None  # the handling's from now on; None: as they were
    decides: bool | None = None  # whether the handling is the process's decision; None: as it was


# --- the clock, the flows, redaction ------------------------------------------------------------------------------


class RemindersFellDue(Event):
    """The ladder steps that fell due in one sweep: "duty/step"."""

    reminders: tuple[str, ...]
    late: tuple[str, ...] = ()  # those the clock should have told on an earlier day


class RenditionRecorded(Event):
    of: str
    language: str
    format: str
    sha256: str
    renderer: str


class Redacted(Event):
    commitments: tuple[str, ...]
    files: tuple[str, ...]
    ground: str
    editions: tuple[NewEdition, ...] = ()


class DataDestroyed(Event):
    """What stood outside the record is gone: its time was over."""

    data: tuple[str, ...]  # the kinds


EVENTS: dict[str, type[Event]] = {event.__name__: event for event in Event.__subclasses__()}
"""Every event by its stored name."""

UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From (name, older version) to the fields of the next version."""


def read_event(name: str, version: int, fields: dict[str, Any], registry: Mapping[str, type[Event]] = EVENTS) -> Event:
    """The event as today's type, brought up through its upcasters. Raises Broken for one this release cannot read."""
    event = registry.get(name)
    if event is None or version > event.revision:
        raise Broken(what=f"an event {name} of version {version}, which this release does not know")
    while version < event.revision:
        fields = UPCASTERS[name, version](fields)
        version += 1
    return event.model_validate(fields)
