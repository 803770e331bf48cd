"""Everything that can be asked of a process, one immutable value each, in the imperative.

`seen` is what the actor saw and relies on: a command whose `seen` no longer holds is refused as overtaken. Fields of
type `Private` hold names or a person's own words and reach the rules only as commitments.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from models.amounts import near_day
from models.bounded import At, Count, Day, countable
from models.definitions.definition import Criterion, GroupAtCheckpoint, Key, Ladder
from models.frozen import Frozen
from models.personal import Commitment, Private
from models.words import (
    AnswerResult,
    HandlingKind,
    HandlingOutcome,
    LegalState,
    PublicGround,
    Publicity,
    StanceKind,
)

FileHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Command(Frozen):
    """Something a person, the clock or a flow asks for."""


class Seen(Frozen):
    """What stood on the page: the round, its manifest, and for passing also the digest of stances and objections."""

    round: int
    manifest: str
    digest: str | None = None


class SettingUp(Frozen):
    """The decision the process rests on (asettamispäätös)."""

    body: str
    date: dt.date
    section: str
    document: str | None = None  # the file's hash


def _near_decision(decision: SettingUp) -> SettingUp:
    near_day(decision.date)
    return decision


NearSettingUp = Annotated[SettingUp, AfterValidator(_near_decision)]
"""One that is given now. What the record holds was given under the bounds of its time, and is read as it is."""


class Settled(Frozen):
    """How a choice the sources leave was settled, and why."""

    reading: Key
    why: Private


# --- the process as a whole ---------------------------------------------------------------------------------------


class CreateProcess(Command):
    """Set a process up from a definition. Without a setting-up decision it is a rehearsal (harjoitus)."""

    definition: str  # hash
    title: str = Field(min_length=1, max_length=300)
    matter_number: str | None = None  # asianumero
    setting_up: NearSettingUp | None = None
    start: Day
    dates: dict[str, Day] = {}  # those that are not to be as planned from the start
    choices: dict[Key, Settled] = {}
    roles: dict[Key, str]  # role slot -> person
    groups: dict[Key, str]  # the definition's group -> the municipality's group


class Hold(Command):
    """Put the process on hold: reminders are void until it is resumed."""

    reason: Private


class Resume(Command):
    """Let a held process go on; its reminders are planned anew."""


class Stop(Command):
    """End the process before its decision."""

    reason: Private


class Reopen(Command):
    """Let a stopped process go on by a new setting-up decision."""

    setting_up: NearSettingUp


class Close(Command):
    """Close a process whose decision is final, or which was stopped."""

    reason: Private | None = None  # why phases under way are left unfinished; needed where there are any


class Extend(Command):
    """Move one date; with `shift` all later planned dates move by as many working days."""

    date: str  # a key of the process's dates
    to: Day
    reason: Private
    shift: bool = False


class HandOver(Command):
    """Give the coordinator's part, with all its open duties, to somebody else."""

    to: str
    reason: Private | None = None


class AssignRole(Frozen):
    """Somebody else takes a role slot. Holds at once."""

    change: Literal["role"] = "role"
    role: Key
    person: str


class ChangeLadder(Frozen):
    """Reminders of one kind of duty follow another ladder. Holds at once."""

    change: Literal["ladder"] = "ladder"
    ladder: Ladder


class ChangeGroup(Frozen):
    """A group joins a checkpoint, or its rule, quorum or cover changes. Holds from the next round."""

    change: Literal["group"] = "group"
    phase: Key
    group: GroupAtCheckpoint
    of: str | None = None  # the municipality's group, for one that joins the process


class RemoveGroup(Frozen):
    """A group leaves a checkpoint. Its dissents and conditions stay. Holds from the next round."""

    change: Literal["remove_group"] = "remove_group"
    phase: Key
    group: Key


class ChangeCriterion(Frozen):
    """A criterion is added or changed. Holds from the next round."""

    change: Literal["criterion"] = "criterion"
    phase: Key
    criterion: Criterion


class RemoveCriterion(Frozen):
    """A criterion is no longer tested. Holds from the next round."""

    change: Literal["remove_criterion"] = "remove_criterion"
    phase: Key
    criterion: Key


Change = AssignRole | ChangeLadder | ChangeGroup | RemoveGroup | ChangeCriterion | RemoveCriterion


class Amend(Command):
    """Change a running process, told to those concerned."""

    change: Change = Field(discriminator="change")
    reason: Private


# --- phases and rounds --------------------------------------------------------------------------------------------


class OpenPhase(Command):
    """Open a ready phase on the packages it receives."""

    phase: Key


class Submit(Command):
    """Bring a phase's drafts to its checkpoint as exact versions; a round opens."""

    phase: Key


class Revise(Command):
    """Replace one output's version in the open round by its draft.

    A technical correction carries stances over, wording untouched; all may withdraw for some days.
    """

    phase: Key
    output: Key
    reason: Private
    technical: bool = False


class Retract(Command):
    """Take back a submission nobody has taken a stance on, an opening without a version, or one's own stance."""

    what: Literal["submission", "opening", "stance"]
    phase: Key
    seat: str | None = None


class Pass(Command):
    """State that the phase passes: its package is locked and the next phase becomes ready.

    `waive` gives written reasons for must criteria (and for groups with nobody left) that do not hold.
    """

    phase: Key
    seen: Seen
    waive: dict[Key, Private] = {}


class Return(Command):
    """Return the work to this phase or an earlier one for preparation.

    After the last checkpoint `phase` is the last phase and `handling` the one that sent the matter back.
    """

    phase: Key
    to: Key
    reason: Private
    seen: Seen | None = None
    handling: str | None = None


# --- stances ------------------------------------------------------------------------------------------------------


class TakeStance(Command):
    """Say what one seat says of the round's versions. A seat's later act replaces its earlier one."""

    phase: Key
    seat: str
    kind: StanceKind
    seen: Seen
    reason: Private | None = None  # of an objection; the condition offered with an acceptance
    outputs: tuple[Key, ...] = ()  # of a disqualification; empty is the whole matter
    ground: Private | None = None  # of a disqualification: a paragraph (Hallintolaki 28 §), or more than was asked


class Confirm(Command):
    """Keep one's stance over versions that changed, or confirm what was recorded of one in a window."""

    phase: Key
    seat: str
    seen: Seen


class Withdraw(Command):
    """Take back one's objection, or one's signature under a dissent. Only its maker can."""

    item: str  # an objection's or a dissent's id
    seat: str
    then: StanceKind = StanceKind.ACCEPT  # the stance that stands thereafter, while the round is open
    seen: Seen | None = None  # the text it is about then; without it, still the one that was objected to


class Answer(Command):
    """Answer an objection. It stays open until withdrawn, carried or recorded."""

    objection: str
    result: AnswerResult
    text: Private


class CarryAsCondition(Command):
    """Carry an objection, or adopt an offered condition, as a condition with owner and date."""

    objection: str
    owner: str
    due: Day
    checkpoint: Key | None = None  # the phase at whose checkpoint it must be done
    text: Private | None = None  # default: the objection's own words


class RecordDissent(Command):
    """Record an objection as dissent, with a written reason: it no longer blocks and is carried to the council."""

    objection: str
    reason: Private


class FileDissent(Command):
    """Attach a dissent of one's own, in the round or after its phase has passed."""

    phase: Key
    seat: str
    text: Private
    name: Private | None = None  # given: the bearer's choice to sign by name


class CoSign(Command):
    """Join an objection or a dissent, or sign one's own by name."""

    item: str
    seat: str
    name: Private | None = None


class FulfilCondition(Command):
    """State that a condition is done, with what shows it."""

    condition: str
    how: Private


class Assess(Command):
    """Say, as the person named for it, whether a criterion holds."""

    phase: Key
    criterion: Key
    holds: bool
    seen: Seen
    note: Private | None = None


# --- meetings -----------------------------------------------------------------------------------------------------


class ScheduleMeeting(Command):
    """Put a meeting in the calendar, or move it."""

    meeting: Key
    at: At
    place: str | None = None
    phase: Key | None = None
    group: Key | None = None
    name: str | None = None


class CancelMeeting(Command):
    """Cancel a meeting; its invitations are taken back."""

    meeting: Key
    reason: Private | None = None


class SpokenStance(Frozen):
    """What one seat said in a meeting."""

    seat: str
    kind: StanceKind
    reason: Private | None = None
    outputs: tuple[Key, ...] = ()
    ground: Private | None = None


class SpokenDissent(Frozen):
    """A dissent that one seat attached in a meeting: without a name, until its bearer signs by name."""

    seat: str
    text: Private


class RecordMeeting(Command):
    """Record a meeting: who was there, the group's stance, each seat's that differs, dissents, and the memo.

    The group's stance becomes that of each present seat that said nothing else; a seat's own act stands.
    """

    meeting: Key
    phase: Key
    group: Key
    held_on: Day
    present: dict[str, str]  # seat -> the person who sat in it
    seen: Seen | None = None  # needed where stances are recorded
    group_stance: StanceKind | None = None
    stances: tuple[SpokenStance, ...] = ()
    dissents: tuple[SpokenDissent, ...] = ()
    memo: Private


class CorrectMemo(Command):
    """Correct what a memo says of one's own stance. After passing it is recorded beside the package."""

    meeting: Key
    seat: str
    kind: StanceKind
    reason: Private | None = None


# --- participation ------------------------------------------------------------------------------------------------


class GiveOpportunity(Command):
    """Record that an affected group was given an opportunity, whether it used it, and what changed."""

    phase: Key
    affected: Key
    on: Day
    how: Private
    heard: bool = False
    effect: Private | None = None


class AskStatement(Command):
    """Ask a body for a statement, with a reasonable time."""

    statement: Key
    body: Key
    phase: Key
    due: Day


class RecordStatement(Command):
    """Record a statement that came. It is public on arrival unless secret (julkisuuslaki 7 §)."""

    statement: Key
    given: Day
    text: Private
    publicity: Publicity = Publicity.PUBLIC
    paragraph: str | None = None


class AnswerStatement(Command):
    """Say what a statement led to."""

    statement: Key
    text: Private


class OpenHearing(Command):
    """Open a hearing: a window of at least its least length, with its channels and places."""

    hearing: Key
    phase: Key
    first: Day
    last: Day
    channels: tuple[str, ...] = Field(min_length=1)


class CloseHearing(Command):
    """Close a hearing whose window has run: how much came in, and what became of it."""

    hearing: Key
    contributions: Count
    summary: Private


# --- the chain of handlings ---------------------------------------------------------------------------------------


class Vote(Frozen):
    """A vote's figures."""

    for_: int = Field(alias="for", ge=0)
    against: int = Field(ge=0)
    empty: int = Field(default=0, ge=0)


def _countable_vote(vote: Vote) -> Vote:
    for count in (vote.for_, vote.against, vote.empty):
        countable(count)
    return vote


class RecordHandling(Command):
    """Record a handling that happened; its defects are shown beside it, never a reason not to record it."""

    body: Key
    kind: HandlingKind
    outcome: HandlingOutcome
    date: Day
    section: str | None = None
    plan: Key | None = None  # the expected handling
    ground: str | None = None
    vote: Annotated[Vote, AfterValidator(_countable_vote)] | None = None
    dissents: Count = 0
    minutes: str | None = None  # a link
    summary: Private | None = None
    decided: dict[Key, str] = {}  # output -> the file of the text as decided, where changed


class RecordDecidedText(Command):
    """Attach the text as decided to a handling that changed the proposal."""

    handling: str
    decided: dict[Key, str] = Field(min_length=1)  # output -> the file's hash


class RecordMinutes(Command):
    """Record when a handling's minutes were inspected and published (Kuntalaki 140 §)."""

    handling: str
    inspected: Day | None = None
    published: Day | None = None


class RecordLegalState(Command):
    """Record that a decision is final, appealed or annulled."""

    handling: str
    legal: LegalState
    on: Day


class MakePublic(Command):
    """Say that outputs in preparation have become public, looked through for what is secret."""

    phase: Key
    outputs: tuple[Key, ...] = ()  # default: all of the phase that are in preparation
    ground: PublicGround
    reason: Private | None = None  # needed where nothing but discretion makes it so


class RecordCooperation(Command):
    """Record facts of staff cooperation (449/2007). Fields not given stay as they were."""

    needed: bool | None = None
    why: Private | None = None
    proposed: Day | None = None
    meeting: Day | None = None
    ended: Day | None = None
    outcome: Private | None = None


class CorrectEntry(Command):
    """Mend a mistake of writing in a recorded fact; the old value is kept. Never a version, stance or package."""

    item: str  # a handling, statement, hearing or "cooperation"
    field: Literal[
        "date",
        "section",
        "body",
        "kind",
        "outcome",
        "asked",
        "due",
        "given",
        "proposed",
        "ended",
        "inspected",
        "published",
        "first",
        "last",
        "contributions",
    ]
    to: str
    reason: Private


# --- by the clock, the directory and the flows --------------------------------------------------------------------


class LeaveRound(Command):
    """A seat ended in mid-round: it leaves every open round with the reason (by the directory)."""

    seat: str
    reason: str


class NoteVacancies(Command):
    """Who is missing in the process today, since that person left or that group lost its chair or its last member, is
    noted; so is who is missing no more (by the directory)."""

    about: tuple[str, ...] = ()  # people and the municipality's groups


class FollowCalendar(Command):
    """The municipality's calendar is another one: what is owed and when people are told follow (by the directory)."""

    former: str | None  # the calendar's hash until now; None: the country's alone
    hash: str


class RecordRendition(Command):
    """A document was made from a package or manifest (by a flow)."""

    of: str  # the package's or manifest's hash
    language: Literal["fi", "sv", "en"]
    format: str
    sha256: str
    renderer: str
    edition: int = 0  # the last event after which documents are made anew, when its contents were read


class Destroy(Command):
    """Destroy what of a closed process the definition keeps no longer, by its kind: it stands outside the record."""

    data: tuple[Literal["drafts", "messages"], ...] = Field(min_length=1)


class Redact(Command):
    """Peitä tieto: remove personal values and the files that contain them; who, when and on what ground stays."""

    commitments: tuple[Commitment, ...] = ()
    files: tuple[FileHash, ...] = ()
    ground: str = Field(min_length=3)
