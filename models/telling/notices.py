"""What a message tells one person: notices, as plain values.

A notice carries what its text needs and no more: names of processes, phases, outputs and groups in the reader's
language, counts and dates. Nobody's name and nobody's own words are in it; whoever wants those opens the process.
"""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from models.effects import TOLD
from models.events import Event, RemindersFellDue, StanceTaken
from models.frozen import Frozen
from models.words import OF_STANCES, Audience, DutyKind

LONGEST_LINE = 300


def one_line(text: str) -> str:
    """The text on one line, without control characters: nothing in it can become a header or a line of its own."""
    return " ".join(re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", text).split())


Line = Annotated[str, AfterValidator(one_line), Field(max_length=LONGEST_LINE)]
Fact = Line | int | dt.datetime | dt.date


class Needs(NamedTuple):
    """What the text of a kind of notice needs."""

    fields: str = ""  # of "phase", "about", "due"
    facts: dict[str, type] = {}
    asks: bool = False  # its reader is to do something; `yours` in the facts decides where it is there


EVENT_NEEDS: dict[str, Needs] = {
    "PhaseOpened": Needs("phase due", {"outputs": int}),
    "OutputsSubmitted": Needs("phase about due", {"group": str, "outputs": int}, asks=True),  # about: the checkpoint
    "OutputRevised": Needs("phase about due", {"technical": int}, asks=True),  # about: the output
    "WorkReturned": Needs("phase", {"to": str, "suspended": int}),
    "CheckpointPassed": Needs(
        "phase about", {"outcome": str, "next": str, "readiness": int, "package": str, "dissents": int}
    ),
    "StanceTaken": Needs("phase about", {"group": str, "offer": int}),  # one that raises an objection
    "ObjectionAnswered": Needs("phase", {"result": str}),
    "ObjectionWithdrawn": Needs("phase", {"group": str}),
    "ConditionAdopted": Needs("phase due", {"yours": int}, asks=True),
    "DissentRecorded": Needs("phase", {"group": str, "signers": int, "late": int}),
    "MeetingScheduled": Needs("about", {"at": dt.datetime, "place": str, "again": int}),
    "MeetingCancelled": Needs("about", {"at": dt.datetime}),
    "MeetingRecorded": Needs("about due", {"held_on": dt.date, "yours": int}, asks=True),  # due: the window's last day
    "DatesMoved": Needs("about due", {"before": dt.date, "others": int}),
    "CoordinatorChanged": Needs("", {"yours": int}, asks=True),
    "ProcessAmended": Needs("", {"change": str}),
    "ProcessHeld": Needs(),
    "ProcessResumed": Needs(),
    "ProcessStopped": Needs(),
    "SeatLeft": Needs("phase about", {"group": str, "seats": int}),  # about: the checkpoint; seats: those left
    "VacanciesNoted": Needs("about", {"missing": str}, asks=True),  # about: the role or the group
    "HandlingRecorded": Needs(
        "", {"body": str, "handling": str, "outcome": str, "on": dt.date, "section": str, "decides": int}
    ),
}
"""By the event's stored name. A reminder's notice is named by its duty and audience instead."""

DUTY_NEEDS: dict[DutyKind, Needs] = {
    DutyKind.OPEN_PHASE: Needs("phase due"),
    DutyKind.OUTPUT: Needs("phase about due"),
    DutyKind.STANCE: Needs("phase about due", {"group": str}),  # about: the checkpoint
    DutyKind.ANSWER: Needs("phase about due", {"group": str}),
    DutyKind.REPLY: Needs("phase about due", {"group": str}),  # about: the checkpoint
    DutyKind.CONDITION: Needs("phase due"),
    DutyKind.ASSESSMENT: Needs("phase about due"),  # about: the criterion
    DutyKind.OUTCOME: Needs("phase about due", {"silent": int, "unanswered": int}),  # stances, objections
    DutyKind.MEMO: Needs("about due"),
    DutyKind.ASK_STATEMENT: Needs("phase about due", {"body": str, "days": int}),  # days: the least time
    DutyKind.STATEMENT: Needs("about due", {"body": str}),
    DutyKind.OPEN_HEARING: Needs("phase about due", {"days": int}),  # days: the least time
    DutyKind.HEARING: Needs("about due"),
    DutyKind.HANDLING: Needs("about due", {"body": str}),
    DutyKind.STAFF_COOPERATION: Needs("due", {"judged": int}),  # whether it has been judged to be needed
    DutyKind.INVITATION: Needs("about due", {"at": dt.datetime}),
    DutyKind.DECISION_MEETING: Needs("about due", {"body": str, "first": dt.date, "last": dt.date}),
    DutyKind.REPORT: Needs("phase about due"),
    DutyKind.VACANCY: Needs("about due", {"missing": str}),  # about: the role or the group
}


@cache
def reminder_kind(duty: DutyKind, audience: Audience) -> str:
    """The kind of a reminder's notice: "stance:holder"."""
    return f"{duty}:{audience}"


def _reminder_needs(duty: DutyKind, audience: Audience) -> Needs:
    needs = DUTY_NEEDS[duty]
    if audience is Audience.HOLDER:
        return needs._replace(asks=True)
    return needs._replace(facts=needs.facts | {"waiting": int}) if duty is DutyKind.STANCE else needs


REMINDER_NEEDS: dict[str, Needs] = {
    reminder_kind(duty, audience): _reminder_needs(duty, audience)
    for duty in DutyKind
    for audience in Audience
    # silence may be dissent: no line manager hears of it
    if duty not in OF_STANCES or audience is not Audience.LINE_MANAGER
}

ETAPPI_NEEDS: dict[str, Needs] = {
    "SignIn": Needs("", {"minutes": int}, asks=True),  # a link that signs in once
    "Invited": Needs("", asks=True),  # somebody is to take part for the first time
    "ClockSilent": Needs("", {"since": dt.datetime}, asks=True),  # to an administrator
}
"""What is told of Etappi itself, about no process."""

NEEDS: dict[str, Needs] = EVENT_NEEDS | REMINDER_NEEDS | ETAPPI_NEEDS
"""Every kind of notice there is."""

_TOLD: tuple[type[Event], ...] = (*TOLD, StanceTaken)
EVENT_KINDS = frozenset(event.__name__ for event in _TOLD if event is not RemindersFellDue)
"""The events somebody is told about under their own names."""


def asks(kind: str, facts: Mapping[str, Fact]) -> bool:
    """Whether the reader of such a notice is to do something."""
    return NEEDS[kind].asks and bool(facts.get("yours", 1))


class Notice(Frozen):
    """One thing one person is told, with everything its text needs."""

    kind: str
    process: Line | None = None  # its title; None where it is about Etappi itself
    phase: Line | None = None
    about: Line | None = None
    due: dt.date | None = None
    facts: dict[str, Fact] = {}
    rehearsal: bool = False  # harjoitus: the process rests on no setting-up decision

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        needs = NEEDS.get(self.kind)
        if needs is None:
            raise ValueError(f"there is no notice of kind {self.kind}")
        fields = [*needs.fields.split(), *([] if self.kind in ETAPPI_NEEDS else ["process"])]
        missing = [field for field in fields if getattr(self, field) is None]
        missing += [name for name, kind in needs.facts.items() if not isinstance(self.facts.get(name), kind)]
        extra = sorted(self.facts.keys() - needs.facts.keys())
        if missing or extra:
            raise ValueError(f"a notice of kind {self.kind} lacks {missing} and does not know {extra}")
        return self

    @property
    def asks(self) -> bool:
        """Whether its reader is to do something."""
        return asks(self.kind, self.facts)


class Contact(Frozen):
    """Whom a reader may ask: the coordinator of a process, or who administers Etappi."""

    coordinates: bool = True
    name: Line
    phone: Line | None = None
    email: Line | None = None
