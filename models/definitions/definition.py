"""What a process definition says: the shape of config/processes/*.yaml, as immutable values.

A definition is data. It is read and checked by `definitions/file.py`, named by the SHA-256 of its canonical bytes and
never changed: an edit is a new version. Dates are relative to a process's start, or exact for a process that was.
"""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from models.definitions.parts import Choice, Day, IsoDate, Key, Note, Quote, Reading, Source, Span, Text, When
from models.frozen import Frozen
from models.words import (
    Audience,
    BodyKind,
    CheckpointKind,
    DutyKind,
    GroupKind,
    GroupRule,
    HandlingKind,
    PhaseKind,
    Publicity,
)

__all__ = ["Choice", "Day", "IsoDate", "Key", "Note", "Quote", "Reading", "Source", "Span", "Text", "When"]


class RoleSlot(Frozen):
    """A part somebody plays in the process: coordinator, preparer, owner of outputs, assessor."""

    id: Key
    name: Text
    required: bool = True


class WorkingGroup(Frozen):
    """A group that signs off at checkpoints."""

    id: Key
    name: Text
    kind: GroupKind
    inferred: bool = False  # the source does not name it
    quotes: tuple[Quote, ...] = ()


class Body(Frozen):
    """A body or office-holder that handles the matter, and the ground of its power."""

    id: Key
    name: Text
    kind: BodyKind
    ground: str | None = None  # "Kuntalaki 39 §"
    inferred: bool = False  # the source does not name it


class InputProgramme(Frozen):
    """A programme the work rests on."""

    id: Key
    name: Text
    alias: Text | None = None
    when: When = {}
    quotes: tuple[Quote, ...] = ()


class Participation(Frozen):
    """A means of taking part in a phase (Kuntalaki 22 §)."""

    id: Key
    name: Text
    with_whom: Text | None = None
    law: str | None = None
    inferred: bool = False  # the source does not name it
    quotes: tuple[Quote, ...] = ()


class AffectedGroup(Frozen):
    """People whom the change touches most (000:53)."""

    id: Key
    name: Text


class OutputPlan(Frozen):
    """What a phase produces."""

    id: Key
    name: Text
    owner: Key  # a role slot
    required: bool = True
    form: Key = "document"  # typed forms come as new forms
    publicity: Publicity = Publicity.IN_PREPARATION


class LadderStep(Frozen):
    """One step of a ladder: "3 working days before", to whom."""

    when: str = Field(pattern=r"^(on the day|\d{1,2} (working )?days? (before|after))$")
    to: Audience


class Ladder(Frozen):
    """The reminders of one kind of duty."""

    duty: DutyKind
    steps: tuple[LadderStep, ...]


class GroupAtCheckpoint(Frozen):
    """How one group accepts at a checkpoint."""

    group: Key
    rule: GroupRule = GroupRule.CONSENT
    # a share of the counted seats, or a number of them
    quorum: str = Field(default="1/2", pattern=r"^([1-9]\d{0,3}/[1-9]\d{0,3}|[1-9]\d{0,3})$")
    covers: tuple[Key, ...] = ()  # outputs; empty covers all


CHECKS = (
    "output-submitted",  # every required output stands in the round
    "groups-answered",  # every counted seat has a current stance
    "affected-heard",  # every affected group of the phase was given an opportunity
    "objections-answered",  # every objection of the round has an answer
    "conditions-done",  # no condition due by this checkpoint is open
    "statements-asked",  # the statements due by this phase were asked and their reasonable time has run or they came
    "staff-cooperation-judged",  # somebody has judged whether 449/2007 applies
    "staff-cooperation-done",  # not needed, or ended
    # computed from typed outputs (models/outputs/checks.py); a name means the same for good
    "core-filled",  # the short core of the phase's form is there
    "links-hold",  # no reference leads nowhere, no identifier stands twice
    "nothing-vanished",  # what was handed over or said before is taken up, or left out with a reason
    "challenges-answered",  # every challenge gives rise to a need
    "needs-grounded",  # every need says whose it is and how it is known
    "needs-have-methods",  # every need has a method or a reason
    "alternatives-compared",  # every need with a method: as now, another, exactly one proposed
    "methods-governed",  # every method is governed by a body
    "units-answer-needs",  # every unit answers a need
    "needs-reach-units",  # every need that is to be met is answered by a unit
    "powers-grounded",  # every matter has one who decides, and a ground
    "affected-answered",  # of every affected group: how it was heard, what changed because of it
    "impact-assessed",  # every unit: how many people, what changes in their work, heard
    "staff-cooperation-begun",  # begun where a method means it (449/2007)
    "totals-computed",  # euros and person-years can be summed
    "strategy-matters",  # every matter of Kuntalaki 37 § is taken up
)


class Criterion(Frozen):
    """One yes/no statement a checkpoint tests: computed from the record, or assessed by a named part."""

    id: Key
    text: Text
    must: bool = True
    computed: str | None = None  # one of CHECKS
    assessed_by: Key | None = None  # a role slot
    law: str | None = None
    quotes: tuple[Quote, ...] = ()


class CheckpointPlan(Frozen):
    """The checkpoint after a phase."""

    id: Key
    name: Text
    kind: CheckpointKind = CheckpointKind.TRANSFER
    purpose: Text | None = None  # "Siirtää tulevaisuuden kuvan tuottamistarvekäsittelyyn"
    carries: tuple[Key, ...] = ()  # phases whose outputs it carries; empty: its own
    preparer: Key = "preparer"  # a role slot
    groups: tuple[GroupAtCheckpoint, ...] = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=1)  # n of the groups; None: all
    criteria: tuple[Criterion, ...] = ()
    due: tuple[Span, ...] = ()  # default: the phase's last day
    stance_days: int = Field(default=10, ge=1, le=120)  # working days a round is open
    # calendar days in which a memo or a technical correction may be contested
    correction_days: int = Field(default=3, ge=1, le=30)
    four_eyes: bool = True
    quotes: tuple[Quote, ...] = ()


class PhasePlan(Frozen):
    """One phase and its checkpoint."""

    id: Key
    kind: PhaseKind
    name: Text
    description: Text | None = None
    carried_out_by: Text | None = None
    receives: tuple[Key, ...] | None = None  # None: the phase before; (): nothing
    dates: tuple[Span, ...] = Field(min_length=1)
    stated_dates: tuple[Span, ...] = ()  # what the sources say besides
    inputs: tuple[Key, ...] = ()  # input programmes
    participation: tuple[Participation, ...] = ()
    no_participation_because: Text | None = None
    affected: tuple[AffectedGroup, ...] = ()
    outputs: tuple[OutputPlan, ...] = Field(min_length=1)
    checkpoint: CheckpointPlan
    quotes: tuple[Quote, ...] = ()


class MeetingPlan(Frozen):
    """A planned gathering: exact or by month, one day or several, or tied to something else without a time."""

    id: Key
    name: Text
    phase: Key | None = None
    on: Span | None = None
    time: str | None = Field(default=None, pattern=r"^\d{1,2}\.\d{2}([–-]\d{1,2}\.\d{2})?$")
    in_connection_with: Text | None = None
    place: Text | None = None
    who: tuple[Text, ...] = ()
    purpose: Text | None = None
    owner: Key | None = None  # a role slot
    certainty: Literal["sure", "likely", "unsure"] = "sure"
    invitations: Day | None = None  # the day invitations leave
    capacity: int | None = Field(default=None, ge=1)
    spread_over: Text | None = None  # "hallintokunnittain"
    registration: Text | None = None  # "ilmoittautumisjärjestyksessä"
    method: Text | None = None
    material: Text | None = None
    quotes: tuple[Quote, ...] = ()


class StatementPlan(Frozen):
    """A statement to be asked, with a least time to answer."""

    id: Key
    name: Text
    body: Key
    phase: Key  # asked during this phase
    least_days: int = Field(default=14, ge=1)
    law: str | None = None


class HearingPlan(Frozen):
    """A hearing with a least length."""

    id: Key
    name: Text
    phase: Key
    least_days: int = Field(default=14, ge=1)
    channels: tuple[Text, ...] = ()
    law: str | None = None


class HandlingPlan(Frozen):
    """One expected handling of the matter by a body or office-holder."""

    id: Key
    name: Text
    body: Key
    kind: HandlingKind
    after: tuple[Key, ...] = ()  # handlings that come before it
    when: Span | None = None
    contents: tuple[Text, ...] = ()  # what is decided: hallintosääntö, posts, budget …
    ground: str | None = None  # paragraph of law or hallintosääntö
    date: IsoDate | None = None  # for a process that was
    section: str | None = None  # its §, for a process that was
    inferred: bool = False  # the source does not name it
    quotes: tuple[Quote, ...] = ()


class DecisionPlan(Frozen):
    """The chain of handlings and the window of the decision."""

    window: tuple[Span, ...] = Field(min_length=1)
    chain: tuple[HandlingPlan, ...] = Field(min_length=1)
    without_executive_because: Text | None = None  # Kuntalaki 39, 93 §: the executive prepares the council's matters


class Retention(Frozen):
    """How long a kind of data is kept after the process was closed, and what becomes of it."""

    data: Literal["stances", "messages", "drafts", "statements", "record"]
    months: int = Field(ge=0)
    then: Literal["archive", "anonymise", "destroy"]


def _written_format(value: object) -> object:
    return 1 if value == "1" else value  # the reader of YAML leaves numbers as they are written


class Definition(Frozen):
    """A whole process definition."""

    format: Annotated[Literal[1], BeforeValidator(_written_format)]
    id: Key
    version: str
    name: Text
    purpose: Text | None = None
    languages: tuple[Literal["fi", "sv", "en"], ...] = ("fi", "sv", "en")
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    choices: tuple[Choice, ...] = ()
    start: tuple[Span, ...] = ()  # when a process made from it usually starts: `to` is the day
    roles: tuple[RoleSlot, ...]
    groups: tuple[WorkingGroup, ...] = Field(min_length=1)
    bodies: tuple[Body, ...] = ()
    inputs: tuple[InputProgramme, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    phases: tuple[PhasePlan, ...] = Field(min_length=1)
    meetings: tuple[MeetingPlan, ...] = ()
    statements: tuple[StatementPlan, ...] = ()
    hearings: tuple[HearingPlan, ...] = ()
    decision: DecisionPlan
    retention: tuple[Retention, ...] = ()

    def phase(self, key: str) -> PhasePlan | None:
        """The phase of that key, or None."""
        for plan in self.phases:
            if plan.id == key:
                return plan
        return None

    def group_name(self, key: str, own: str | None, language: str) -> str:
        """What a group is called: as the municipality calls it, in the language asked for where that is known here."""
        named = next((group.name for group in self.groups if group.id == key), None)
        if own is not None and (named is None or own not in (named.fi, named.sv, named.en)):
            return own
        return named.in_(language) if named else key

    def receives(self, key: str) -> tuple[str, ...]:
        """The phases whose packages the phase builds on: those it names, else the one before it."""
        before: tuple[str, ...] = ()
        for plan in self.phases:
            if plan.id == key:
                return before if plan.receives is None else plan.receives
            before = (plan.id,)
        raise ValueError(f"{key} is no phase of {self.id}")
