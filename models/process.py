"""The state of one process: the working set its rules need, and nothing else.

It is the fold of the process's events (`lifecycle.evolve`) and a projection: the record alone rebuilds it. Contents of
outputs, closed rounds, reminders, messages and the definition's texts are not in it.
"""

import datetime as dt
from typing import Any

from pydantic import Field

from models.definitions.definition import CheckpointPlan, GroupAtCheckpoint, Ladder
from models.frozen import Frozen
from models.words import (
    AnswerResult,
    BodyKind,
    DutyKind,
    HandlingKind,
    HandlingOutcome,
    LegalState,
    Missing,
    ObjectionStatus,
    PhaseStatus,
    ProcessStatus,
    Publicity,
    SeatPart,
    StanceKind,
    StanceWay,
)

NONE: Any = Field(default_factory=dict)
"""Nothing yet. A `{}` would be copied for each field of each value that is read, at ten times the price."""


class Seat(Frozen):
    """One person's place in one group, as it was when the round opened."""

    group: str  # the definition's group
    person: str
    part: SeatPart = SeatPart.MEMBER
    deputies: tuple[str, ...] = ()
    left: bool = False  # ended in mid-round: counts in nothing


class Stance(Frozen):
    """What one seat says. It is current while nothing it covers has changed since the substance it was of."""

    kind: StanceKind
    by: str  # the person who gave it: the holder or a deputy
    edition: int  # the round's substance when it was taken
    way: StanceWay = StanceWay.OWN
    objection: str | None = None  # the objection or the offered condition it carries


class RoundVersion(Frozen):
    """One output's version in a round."""

    phase: str  # where the output comes from
    no: int
    sha256: str
    by: str  # who submitted it
    publicity: Publicity
    changed: int = 1  # the round's substance at which it last changed


class Window(Frozen):
    """Days in which those concerned may contest what was recorded of them, or a technical correction."""

    about: str  # a meeting's id or an output's
    until: dt.datetime
    concerned: tuple[str, ...]  # seats
    confirmed: tuple[str, ...] = ()


class Assessment(Frozen):
    """A named person's word on a criterion."""

    holds: bool
    by: str
    edition: int


class Round(Frozen):
    """One opening of a checkpoint over exact output versions."""

    no: int
    opened_at: dt.datetime
    due: dt.date
    submitted_by: tuple[str, ...]  # whose work stands in it, for four eyes
    edition: int = 1  # its substance: grows with each revision that is no technical correction
    manifest: str  # the tarkiste of what is read
    versions: dict[str, RoundVersion]
    groups: tuple[GroupAtCheckpoint, ...]
    seats: dict[str, Seat]
    stances: dict[str, Stance] = NONE
    disqualified: dict[str, tuple[str, ...]] = NONE  # seat -> outputs; () is the whole matter
    windows: tuple[Window, ...] = ()
    assessed: dict[str, Assessment] = NONE


class Earlier(Frozen):
    """What the seats said in the phase's round before, for those who may confirm it over byte-identical versions."""

    opened: dt.date
    versions: dict[str, str]  # output -> hash
    stances: dict[str, StanceKind]  # by seat


class Phase(Frozen):
    """Where one phase stands."""

    status: PhaseStatus
    rounds: int = 0  # how many have been opened
    package: str | None = None  # the locked package that stands; None when none or set aside
    passed: dt.date | None = None  # the day on which its package was locked
    former: str | None = None  # the package set aside, which the next one supersedes
    received: dict[str, str] = NONE  # phase -> package it was opened on
    versions: dict[str, RoundVersion] = NONE  # the newest of each output
    earlier: Earlier | None = None  # of the round that the work was sent back from
    ended: Round | None = None  # in which it passed, should the work come back; read only then (`state_text.py`)

    @property
    def came_back(self) -> bool:
        """Whether its work was returned and has not passed since."""
        return self.earlier is not None or self.former is not None


class Signature(Frozen):
    """A seat under an objection or dissent; the name only by its bearer's choice."""

    group: str
    person: str
    name: str | None = None  # a commitment


class Objection(Frozen):
    """A reasoned objection, or a condition offered with an acceptance (`offer`)."""

    phase: str
    round: int
    group: str
    text: str  # a commitment
    offer: bool = False
    status: ObjectionStatus = ObjectionStatus.OPEN
    makers: dict[str, Signature]  # by seat
    answer: str | None = None  # a commitment
    result: AnswerResult | None = None
    answered: dt.date | None = None
    asked: tuple[str, ...] = ()  # the seats that have yet to say whether the answer removes it


class Condition(Frozen):
    """What an owner must do by a date; open ones follow into the next phases and the implementation."""

    phase: str  # at whose checkpoint it was adopted
    objection: str | None
    text: str  # a commitment
    owner: str
    due: dt.date
    checkpoint: str | None = None  # the phase at whose checkpoint it must be done


class Dissent(Frozen):
    """A dissent that stands on the first page of every later package."""

    phase: str
    round: int
    group: str
    text: str  # a commitment
    reason: str | None = None  # the preparer's, a commitment
    late: bool = False  # came after the phase had passed
    signers: dict[str, Signature]


class Remark(Frozen):
    """A correction of a memo that came after the phase had passed: it changes no outcome."""

    phase: str
    group: str
    kind: StanceKind
    reason: str | None = None  # a commitment


class Opportunity(Frozen):
    """An affected group was given an opportunity to be heard."""

    on: dt.date
    heard: bool = False
    effect: str | None = None  # what changed because of it, a commitment


class Statement(Frozen):
    """A statement asked of a body: it informs and never blocks."""

    body: str
    phase: str
    asked: dt.date
    due: dt.date
    given: dt.date | None = None
    version: str | None = None  # the file it came as
    answer: str | None = None  # a commitment


class Hearing(Frozen):
    """An open period for people to say something."""

    phase: str
    first: dt.date
    last: dt.date
    closed: dt.date | None = None
    contributions: int = 0


class Meeting(Frozen):
    """A gathering: planned, held or cancelled."""

    phase: str | None
    group: str | None
    at: dt.datetime
    held: bool = False
    cancelled: bool = False
    memo: bool = False  # its memo stands in the record
    concerned: tuple[str, ...] = ()  # the seats whose stances the memo tells
    sequence: int = 0  # grows with each change, for invitations


class Handling(Frozen):
    """One body's handling that happened, with the defects that stand beside it."""

    plan: str | None  # the expected handling it fulfils
    body: str
    body_kind: BodyKind
    kind: HandlingKind
    outcome: HandlingOutcome
    date: dt.date
    section: str | None
    defects: tuple[str, ...] = ()
    decided: dict[str, str] = NONE  # output -> version as decided, where changed
    inspected: dt.date | None = None
    published: dt.date | None = None
    legal: LegalState | None = None
    legal_on: dt.date | None = None  # since when it stands so in law; None while the appeal time runs
    set_aside: bool = False  # the matter has gone back to preparation since


class Cooperation(Frozen):
    """Staff cooperation (449/2007) as dated facts."""

    needed: bool | None = None
    judged_by: str | None = None
    judged_on: dt.date | None = None
    proposed: dt.date | None = None
    meetings: tuple[dt.date, ...] = ()
    ended: dt.date | None = None


class Vacant(Frozen):
    """A part that nobody plays: a role slot whose person has left, or a group."""

    slot: str
    missing: Missing
    person: str | None = None  # who had the role slot


class NotedVacancy(Frozen):
    """A part that nobody plays, as it was noted."""

    part: Vacant
    since: dt.date


class Predecessor(Frozen):
    """Who coordinated before and handed the part over themselves."""

    person: str
    until: dt.date  # the last day on which they may still read the process


COORDINATOR = "coordinator"
"""The role slot that every process has."""


class Process(Frozen):
    """One process, as its rules see it."""

    id: str
    municipality: str
    definition: str  # hash
    status: ProcessStatus = ProcessStatus.RUNNING
    waits: dt.datetime | None = None  # on hold, or stopped, since
    began: dt.date | None = None  # by its start, its setting-up decision or its creation: whichever was first
    rehearsal: bool = False  # no setting-up decision: harjoitus
    roles: dict[str, str]  # role slot -> person
    predecessor: Predecessor | None = None
    groups: dict[str, str]  # the definition's group -> the municipality's
    choices: dict[str, str]
    dates: dict[str, dt.date]
    phases: dict[str, Phase]  # in the definition's order
    rounds: dict[str, Round] = NONE  # open ones, by phase
    objections: dict[str, Objection] = NONE  # of phases not passed
    conditions: dict[str, Condition] = NONE  # open
    dissents: dict[str, Dissent] = NONE  # standing
    remarks: tuple[Remark, ...] = ()  # corrections that came too late, for the next first page
    opportunities: dict[str, Opportunity] = NONE  # "phase/affected group"
    statements: dict[str, Statement] = NONE
    hearings: dict[str, Hearing] = NONE
    meetings: dict[str, Meeting] = NONE
    handlings: dict[str, Handling] = NONE
    cooperation: Cooperation = Cooperation()
    amended: dict[str, CheckpointPlan] = NONE  # phase -> its checkpoint from the next round on
    ladders: dict[DutyKind, Ladder] = NONE  # amended ones
    last_package: str | None = None  # the head of the chain of packages, in the order of locking
    decision: str | None = None  # the handling that decided
    vacant: dict[str, NotedVacancy] = NONE  # role slot or group -> what was noted to be missing
    counters: dict[str, int] = NONE  # how many objections, conditions … have had a number

    @property
    def coordinator(self) -> str:
        """The person who coordinates the process."""
        return self.roles[COORDINATOR]
