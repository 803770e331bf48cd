"""A frozen picture of a municipality's people: who sits where, stands in for whom, and may what, on which days.

It is the fold of the municipality's own record. Names are commitments; nothing here knows what anybody is called. Every
act asks it, so seats are found by their group, and roles and absences by their person, however many there are.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from models.frozen import Frozen
from models.words import GroupKind, Role, SeatPart


class Person(Frozen):
    """Somebody in the directory."""

    name: str  # a commitment
    email: str | None = None  # a commitment
    phone: str | None = None  # a commitment
    language: str = "fi"
    active: bool = True
    added: dt.date | None = None  # the day; unknown of those who were there before it was kept


class Group(Frozen):
    """A working group or committee."""

    name: str  # a group's name is no personal data
    kind: GroupKind
    active: bool = True


class SeatOf(Frozen):
    """One person's place in one group, between days; `deputies` in the order they step in."""

    group: str
    person: str
    part: SeatPart = SeatPart.MEMBER
    deputies: tuple[str, ...] = ()
    first: dt.date
    last: dt.date | None = None


class RoleOf(Frozen):
    """A standing role between days."""

    person: str
    role: Role
    first: dt.date
    last: dt.date | None = None


class Absence(Frozen):
    """Days somebody is away, and who stands in. Never why."""

    person: str
    first: dt.date
    last: dt.date
    stand_in: str | None = None


class _Very:
    """A mapping told from its equals by being the very one. Nothing is ever changed in it, so what is made from it
    can be kept."""

    __slots__ = ("parts",)

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self.parts = parts

    def __hash__(self) -> int:
        return id(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Very) and self.parts is other.parts


@lru_cache(maxsize=256)
def _by(field: str, very: _Very) -> dict[str, list[tuple[str, Any]]]:
    """The parts, with their keys, that have the same group or person, in their order."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for key, part in very.parts.items():
        found.setdefault(getattr(part, field), []).append((key, part))
    return found


def _holds(first: dt.date, last: dt.date | None, day: dt.date) -> bool:
    return first <= day and (last is None or day <= last)


@lru_cache(maxsize=256)
def _away(very: _Very, day: dt.date) -> frozenset[str]:
    """The people who have one of these absences on the day."""
    return frozenset(a.person for a in very.parts.values() if _holds(a.first, a.last, day))


class Directory(Frozen):
    """The people, groups and rights of one municipality."""

    municipality: str
    name: str = ""
    languages: tuple[str, ...] = ("fi",)
    people: dict[str, Person] = {}
    groups: dict[str, Group] = {}
    seats: dict[str, SeatOf] = {}
    roles: dict[str, RoleOf] = {}
    absences: dict[str, Absence] = {}
    definitions: dict[str, str] = {}  # hash -> the definition's id
    calendar: str | None = None  # the hash of the municipality's own days and meeting dates
    appearance: str | None = None  # the hash of how its papers look

    def seats_of(self, group: str, day: dt.date) -> Iterator[tuple[str, SeatOf]]:
        """The seats of a group that hold on a day, in the order they were given."""
        seats = _by("group", _Very(self.seats)).get(group, ())
        return ((key, seat) for key, seat in seats if _holds(seat.first, seat.last, day))

    def roles_of(self, person: str, day: dt.date) -> set[Role]:
        """The standing roles a person has on a day."""
        roles = _by("person", _Very(self.roles)).get(person, ())
        return {r.role for _, r in roles if _holds(r.first, r.last, day)}

    def has_role(self, person: str, role: Role, day: dt.date) -> bool:
        """Whether a standing role holds on a day."""
        return role in self.roles_of(person, day)

    def away(self, person: str, day: dt.date) -> bool:
        """Whether somebody is away on a day."""
        return bool(self.absences) and person in _away(_Very(self.absences), day)

    def stands_in(self, stand_in: str, person: str, day: dt.date) -> bool:
        """Whether one person stands in for another, who is away, on a day."""
        return any(absence.stand_in == stand_in for absence in self._absences(person, day))

    def stood_in_for(self, stand_in: str, day: dt.date) -> Iterator[str]:
        """Those who are away on a day and for whom the person stands in."""
        absences = _by("stand_in", _Very(self.absences)).get(stand_in, ())
        return (a.person for _, a in absences if _holds(a.first, a.last, day))

    def is_active(self, person: str) -> bool:
        """Whether the person is in the directory and active."""
        return person in self.people and self.people[person].active

    def _absences(self, person: str, day: dt.date) -> Iterator[Absence]:
        absences = _by("person", _Very(self.absences)).get(person, ())
        return (a for _, a in absences if _holds(a.first, a.last, day))
