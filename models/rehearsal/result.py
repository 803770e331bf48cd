"""What a rehearsal shows, as plain values in the reader's language."""

import datetime as dt
from enum import StrEnum

from models.days.backwards import Backwards
from models.days.formats import Language
from models.frozen import Frozen
from models.rehearsal.cast import Player
from models.telling.notices import Notice
from models.words import DutyKind


class MomentKind(StrEnum):
    CREATED = "created"
    OPENED = "opened"  # a phase
    ASKED = "asked"  # a body for a statement
    GIVEN = "given"  # its statement
    HEARING_OPENED = "hearing_opened"
    HEARING_CLOSED = "hearing_closed"
    INVITED = "invited"  # to a meeting
    MEETING = "meeting"
    SUBMITTED = "submitted"  # a round opens
    STANCES_DUE = "stances_due"
    PASSED = "passed"
    JUDGED = "judged"  # staff cooperation
    PROPOSED = "proposed"
    ENDED = "ended"
    WINDOW = "window"  # the decision's window begins
    MATERIAL = "material"
    LIST = "list"
    CONVENING = "convening"
    HANDLED = "handled"
    WINDOW_ENDS = "window_ends"
    FINAL = "final"  # estimated


class Moment(Frozen):
    """Something on the time line."""

    day: dt.date
    kind: MomentKind
    name: str  # of the phase, checkpoint, meeting, statement, hearing or handling
    phase: str | None = None  # its id
    body: str | None = None  # the name of the one that is asked, or that meets
    until: dt.date | None = None  # of what lasts: its last day
    at: dt.datetime | None = None  # of a meeting
    proposed: bool = False  # a day that no calendar and no definition gives


class DutyLine(Frozen):
    """One thing one person owes."""

    key: str
    person: str
    kind: DutyKind
    about: str
    group: str | None  # the definition's group, of a seat's duty or its chair's
    phase: str | None  # its name
    since: dt.date  # the first day it waits
    due: dt.date
    done: dt.datetime | None
    day: dt.date  # on which it happens as played; where it does not, on which it is due


class Message(Frozen):
    """One thing that one message tells one person. Things of one message have its number."""

    mail: int
    at: dt.datetime
    to: str
    item: str
    kind: str
    about: str
    duty: str | None  # the key of the duty, of a reminder
    notice: Notice


class NotSent(Frozen):
    """What was not told, and why."""

    at: dt.datetime
    to: str
    item: str
    reason: str


class WorryKind(StrEnum):
    BEFORE_WORK = "before_work"
    DAY_OFF = "day_off"
    IN_JULY = "in_july"
    CHRISTMAS = "christmas"  # a time to read or answer
    PHASE_CHRISTMAS = "phase_christmas"
    PHASE_JULY = "phase_july"
    LIST_IN_JULY = "list_in_july"
    MIDSUMMER = "midsummer"
    SHORT_ROUND = "short_round"
    NO_TIME_TO_ASK = "no_time_to_ask"
    OVERLAP = "overlap"
    BACKWARDS = "backwards"
    BEGINS_LATER = "begins_later"
    STARTED_LATE = "started_late"
    WINDOW_TOO_EARLY = "window_too_early"
    MEETINGS_UNKNOWN = "meetings_unknown"
    NO_MEETING = "no_meeting"
    BODY_UNKNOWN = "body_unknown"
    DAYS_OFF_UNKNOWN = "days_off_unknown"
    COOPERATION_BEFORE_PHASE = "cooperation_before_phase"
    OUTSIDE_WINDOW = "outside_window"
    OPENED_LATE = "opened_late"
    STUCK = "stuck"


class Refusal(Frozen):
    """What the rules said no to until the end: their sentence, and its facts."""

    sentence: str
    facts: dict[str, str | int | dt.datetime | dt.date]


class Worry(Frozen):
    """A day with too little time, or on which few are at work. What to do is said with it (config/words)."""

    kind: WorryKind
    day: dt.date | None
    facts: dict[str, str | int | dt.date]
    refused: tuple[Refusal, ...] = ()  # why nothing could be done


class Assumed(StrEnum):
    """What is assumed of an open objection."""

    ANSWERED = "answered"  # it is answered, and the answer suffices its makers
    SUFFICES = "suffices"  # it has been answered, and that suffices its makers
    RECORDED = "recorded"  # not all its makers will say that the answer suffices: it is recorded as dissent


class OpenObjection(Frozen):
    """An objection, or a condition offered, that stands open as the playing begins."""

    objection: str
    phase: str  # its id
    group: str  # the definition's group
    offer: bool
    blocks: bool  # by the group's rule the phase cannot pass before it is settled
    assumed: Assumed
    due: dt.date  # by when that is done


class Outlook(Frozen):
    """The meetings that could decide, and whether they are reached."""

    language: Language
    dates: dict[str, dt.date]  # the planned ones
    names: dict[str, str]  # of what steps refer to, by reference
    ways: tuple[Backwards, ...]  # to each in the window, and where none of them is reached, to the first one that is
    shortest: dict[dt.date, bool]  # by meeting: whether it would be reached with the least times


class Rehearsal(Frozen):
    """A definition played through."""

    definition: str
    title: str
    start: dt.date
    created: dt.date
    choices: dict[str, str]
    people: dict[str, Player]
    moments: tuple[Moment, ...]
    duties: tuple[DutyLine, ...]
    messages: tuple[Message, ...]
    not_sent: tuple[NotSent, ...]
    outlook: Outlook
    worries: tuple[Worry, ...]
    decided: dt.date | None
    last: dt.date  # the last day played
    objections: tuple[OpenObjection, ...] = ()  # of a running process

    @property
    def language(self) -> Language:
        return self.outlook.language
