"""What ids are called: phases, outputs, groups, bodies and people in the municipality's language, and kept words.

A name or a person's own words that were covered (peitä tieto) read `peitetty`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.definitions.definition import Definition, PhasePlan
from models.definitions.parts import Text
from models.municipality.directory import Directory

COVERED = "[peitetty]"

DATE_KINDS = {
    "checkpoint": "checkpoint of",
    "invitations": "invitations to",
    "statement": "latest day to ask for",
    "hearing": "latest day to open",
    "condition": "condition",
    "meeting": "",
}


@dataclass(frozen=True)
class Names:
    """Names for ids, as one reader may read them."""

    directory: Directory
    definition: Definition | None  # of the process spoken of; None for the municipality's own record
    language: str
    private: Callable[[str], str | None]  # the value behind a commitment
    sees: Callable[[str], bool]  # whether the reader may read who in the group said what
    groups_of: Mapping[str, str]  # the definition's group -> the municipality's

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
        of = self.groups_of.get(key, key)
        return self.directory.groups[of].name if of in self.directory.groups else self._planned("groups", key)

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
        return self._planned("meetings", key)

    def role(self, key: str) -> str:
        return self._planned("roles", key)

    def person(self, key: str | None) -> str:
        if key is None:
            return "nobody"
        known = self.directory.people.get(key)
        if known is None:
            return {"clock": "the clock", "flow": "Etappi", "directory": "Etappi"}.get(key, key)
        return self.private(known.name) or COVERED

    def text(self, commitment: str | None) -> str:
        """A person's own words, in quotation marks."""
        if commitment is None:
            return ""
        value = self.private(commitment)
        return f'"{value}"' if value is not None else COVERED

    def member(self, seat: str, group: str, person: str | None = None) -> str:
        """A seat with its person, or only the group where the reader may not read which member it was."""
        if not self.sees(group):
            return f"a member of {self.group(group)}"
        held = self.directory.seats.get(seat)
        who = person or (held.person if held else None)
        return f"{self.person(who)} ({seat})" if who else seat

    def date(self, key: str) -> str:
        """A key of the process's dates in words: "checkpoint:x" is "checkpoint of X"."""
        kind, _, rest = key.partition(":")
        if kind == "window":
            return f"the decision's window, {rest} day"
        if kind == "phase":
            phase, _, end = rest.rpartition(":")
            return f"{self.phase(phase)}, {end} day"
        what, last = (rest.removesuffix(":last"), ", last day") if rest.endswith(":last") else (rest, "")
        among = {"checkpoint": "phases", "statement": "statements", "hearing": "hearings"}.get(kind, "meetings")
        return f"{DATE_KINDS.get(kind, kind)} {self._planned(among, what)}{last}".strip()

    def _planned(self, among: str, key: str | None) -> str:
        plans = getattr(self.definition, among, ())
        found: Text | None = next((plan.name for plan in plans if plan.id == key), None)
        return found.in_(self.language) if found else str(key)

    def _phases(self) -> tuple[PhasePlan, ...]:
        return self.definition.phases if self.definition else ()
