"""What ids are called: phases, outputs, groups, bodies and people in a language, and kept words.

A name or a person's own words that were covered (peitä tieto) read `peitetty`, what is secret to the reader `salassa`.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.rehearsing.words import Words
from models.days.formats import finnish_date, moment
from models.definitions.definition import Definition, PhasePlan
from models.definitions.parts import Text
from models.municipality.directory import Directory
from models.words import SECRET


def _instant(at: dt.datetime) -> str:
    """What clocks in Finland show at an instant: 22.11.2026 9.08."""
    return moment(at, "fi").replace(" klo ", " ")


REFUSED = {
    "phase": "phase",
    "phases": "phase",
    "groups": "group",
    "group": "group",
    "objections": "objection",
    "body": "body",
    "plan": "handling",
    "hearings": "hearing",
    "hearing": "hearing",
    "statement": "statement",
}
"""The facts of a refusal that are keys of a process's parts, and of which kind."""


def _is_open(publicity: str, _statement: str) -> bool:
    return publicity not in SECRET


@dataclass(frozen=True)
class Names:
    """Names for ids, as one reader may read them."""

    directory: Directory
    definition: Definition | None  # of the process spoken of; None for the municipality's own record
    language: str  # of names; sentences have that of `words`
    private: Callable[[str], str | None]  # the value behind a commitment
    sees: Callable[[str], bool]  # whether the reader may read who in the group said what
    groups_of: Mapping[str, str]  # the definition's group -> the municipality's
    reads: Callable[[str, str], bool] = _is_open  # a statement of that publicity
    tells_seats: bool = True  # and other things by their ids, which commands are given
    words: Words = field(default_factory=lambda: Words("en", "record"))
    day: Callable[[dt.date], str] = finnish_date
    at: Callable[[dt.datetime], str] = _instant
    defect: Callable[[str], str] = str  # what is amiss with a handling, in words
    meetings: Mapping[str, str] = field(default_factory=dict)  # what meetings were called
    items: Mapping[str, str] = field(default_factory=dict)  # what numbered things are called where numbers say nothing

    def phase(self, key: str | None) -> str:
        return self._planned("phases", key)

    def output(self, key: str) -> str:
        outputs = [output for phase in self._phases() for output in phase.outputs]
        return next((one.name.in_(self.language) for one in outputs if one.id == key), key)

    def criterion(self, phase: str, key: str) -> str:
        plan = self.definition.phase(phase) if self.definition else None
        criteria = plan.checkpoint.criteria if plan else ()
        return next((one.text.in_(self.language) for one in criteria if one.id == key), key)

    def affected(self, phase: str, key: str) -> str:
        plan = self.definition.phase(phase) if self.definition else None
        return next((one.name.in_(self.language) for one in (plan.affected if plan else ()) if one.id == key), key)

    def group(self, key: str) -> str:
        """A group by the definition's key or the municipality's."""
        group = self.directory.groups.get(self.groups_of.get(key, key))
        own = group.name if group else None
        return self.definition.group_name(key, own, self.language) if self.definition else own or key

    def body(self, key: str) -> str:
        return self._planned("bodies", key)

    def handling(self, key: str) -> str:
        plans = self.definition.decision.chain if self.definition else ()
        return next((plan.name.in_(self.language) for plan in plans if plan.id == key), key)

    def statement(self, key: str) -> str:
        return self._planned("statements", key)

    def hearing(self, key: str) -> str:
        return self._planned("hearings", key)

    def meeting(self, key: str) -> str:
        return self.meetings.get(key) or self._planned("meetings", key)

    def item(self, key: str) -> str:
        """An objection, condition, dissent or handling: its number, which commands are given, or what it is called."""
        return self.items.get(key, key)

    def role(self, key: str) -> str:
        return self._planned("roles", key)

    def person(self, key: str | None) -> str:
        if key is None:
            return self.words("nobody")
        known = self.directory.people.get(key)
        if known is None:
            parts = {"clock": "clock", "flow": "etappi", "directory": "etappi"}
            return self.words(parts[key]) if key in parts else key
        return self.private(known.name) or self.words("covered")

    def text(self, commitment: str | None) -> str:
        """A person's own words, in quotation marks."""
        if commitment is None:
            return ""
        value = self.private(commitment)
        return self.words("quoted", text=value) if value is not None else self.words("covered")

    def member(self, seat: str, group: str, person: str | None = None) -> str:
        """A seat with its person, or only the group where the reader may not read which member it was."""
        if not self.sees(group):
            return self.words("member_of", group=self.group(group))
        held = self.directory.seats.get(seat)
        who = person or (held.person if held else None)
        if who is None:
            return seat
        name = self.person(who)
        return self.words("member", who=name, seat=seat) if self.tells_seats else name

    def date(self, key: str) -> str:
        """A key of the process's dates in words: "checkpoint:x" is "checkpoint of X"."""
        kind, _, rest = key.partition(":")
        if kind == "window":
            return self.words(f"date.window.{rest}")
        if kind == "phase":
            phase, _, end = rest.rpartition(":")
            return self.words(f"date.phase.{end}", name=self.phase(phase))
        what, last = (rest.removesuffix(":last"), ".last") if rest.endswith(":last") else (rest, "")
        among = {"checkpoint": "phases", "statement": "statements", "hearing": "hearings"}.get(kind, "meetings")
        return self.words(f"date.{kind}{last}", name=self._planned(among, what))

    def _planned(self, among: str, key: str | None) -> str:
        plans = getattr(self.definition, among, ())
        found: Text | None = next((plan.name for plan in plans if plan.id == key), None)
        return found.in_(self.language) if found else str(key)

    def _phases(self) -> tuple[PhasePlan, ...]:
        return self.definition.phases if self.definition else ()
