"""Puts what is told into the words of one reader's language: references become names, texts become dates. Pure."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from models.days.calendar import local_date
from models.days.formats import Language, date_text
from models.definitions.definition import Definition
from models.definitions.parts import Text
from models.municipality.directory import Directory
from models.process import Process
from models.telling.notices import NEEDS, Fact, Notice
from models.telling.said import Said

REFERENCES = ("group", "to", "next", "body")
"""The facts that are references, one or several."""


class Named(Protocol):
    """A part of a definition that has an id and a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> Text: ...


class Wording(NamedTuple):
    """A process as one reader reads of it."""

    title: str
    process: Process
    definition: Definition
    directory: Directory
    language: Language
    meetings: Mapping[str, str] = {}  # what meetings were called that the definition does not name

    def notice(self, said: Said, waiting: int = 0) -> Notice:
        """What is said, as its reader reads it. `waiting` is how many stances of the group are missing now."""
        needs = NEEDS[said.kind]
        facts: dict[str, Fact] = {}
        for name, kind in needs.facts.items():
            value = waiting if name == "waiting" else said.facts[name]
            facts[name] = self._names(str(value)) if name in REFERENCES else _fact(kind, value)
        return Notice(
            kind=said.kind,
            process=self.title,
            phase=self.name(f"phase:{said.phase}") if said.phase else None,
            about=self.name(said.about, said.called) if said.about else None,
            due=said.due if "due" in needs.fields else None,
            facts=facts,
            rehearsal=self.process.rehearsal,
        )

    def name(self, reference: str, otherwise: str | None = None) -> str:
        """The name of what is referred to; where it has none, what it was called, else its id."""
        kind, _, key = reference.partition(":")
        named = NAMES[kind](self, key)
        return named or otherwise or (self._unnamed(key) if kind == "meeting" else None) or key

    def _unnamed(self, key: str) -> str | None:
        """A meeting that nobody gave a name: its group and its day."""
        meeting = self.process.meetings.get(key)
        if meeting is None:
            return None
        day = date_text(local_date(meeting.at), self.language)
        return " ".join(filter(None, (self.group(meeting.group) if meeting.group else None, day)))

    def _names(self, references: str) -> str:
        return ", ".join(self.name(one) for one in references.split(",") if one)

    # --- names of things ------------------------------------------------------------------------------------------

    def of(self, things: Iterable[Named], key: str) -> str | None:
        """The name of the thing of that id."""
        return next((thing.name.in_(self.language) for thing in things if thing.id == key), None)

    def checkpoint(self, phase: str) -> str | None:
        plan = self.definition.phase(phase)
        return plan.checkpoint.name.in_(self.language) if plan else None

    def criterion(self, key: str) -> str | None:
        plans = [phase.checkpoint for phase in self.definition.phases] + list(self.process.amended.values())
        found = (one.text.in_(self.language) for plan in reversed(plans) for one in plan.criteria if one.id == key)
        return next(found, None)

    def group(self, key: str) -> str | None:
        group = self.directory.groups.get(self.process.groups.get(key, ""))
        return self.definition.group_name(key, group.name if group else None, self.language)

    def date(self, key: str) -> str | None:
        """What a planned date is of."""
        kind, _, rest = key.partition(":")
        if kind == "phase":
            return self.of(self.definition.phases, rest.rpartition(":")[0])
        if kind == "meeting":
            return self.of(self.definition.meetings, rest.removesuffix(":last"))
        if kind == "condition":
            condition = self.process.conditions.get(rest)
            return self.of(self.definition.phases, condition.phase) if condition else None
        if kind == "window":
            return self.definition.name.in_(self.language)
        return DATES[kind](self, rest) if kind in DATES else None


_Namer = Callable[[Wording, str], str | None]


def _fact(kind: type, value: str | int) -> Fact:
    if kind is int:
        return int(value)
    if kind is dt.date:
        return dt.date.fromisoformat(str(value))
    return dt.datetime.fromisoformat(str(value)) if kind is dt.datetime else str(value)


def _meeting(w: Wording, key: str) -> str | None:
    return w.of(w.definition.meetings, key) or w.meetings.get(key)


def _statement(w: Wording, key: str) -> str | None:
    return w.of(w.definition.statements, key)


def _hearing(w: Wording, key: str) -> str | None:
    return w.of(w.definition.hearings, key)


NAMES: dict[str, _Namer] = {
    "phase": lambda w, key: w.of(w.definition.phases, key),
    "checkpoint": Wording.checkpoint,
    "output": lambda w, key: w.of([one for phase in w.definition.phases for one in phase.outputs], key),
    "criterion": Wording.criterion,
    "meeting": _meeting,
    "statement": _statement,
    "hearing": _hearing,
    "handling": lambda w, key: w.of(w.definition.decision.chain, key),
    "body": lambda w, key: w.of(w.definition.bodies, key),
    "role": lambda w, key: w.of(w.definition.roles, key),
    "group": Wording.group,
    "date": Wording.date,
}
"""How each kind of reference is named."""

DATES: dict[str, _Namer] = {
    "checkpoint": Wording.checkpoint,
    "invitations": _meeting,
    "statement": _statement,
    "hearing": _hearing,
}
