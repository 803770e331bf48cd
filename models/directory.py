"""A frozen picture of a municipality's people: who sits where, stands in for whom, and may what, on which days.

It is the fold of the municipality's own record. Names are commitments; nothing here knows what anybody is called.
"""

import datetime as dt
from collections.abc import Iterator

from models.frozen import Frozen
from models.words import GroupKind, Role, SeatPart


class Person(Frozen):
    """Somebody in the directory."""

    name: str  # a commitment
    email: str | None = None  # a commitment
    language: str = "fi"
    active: bool = True


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


def _holds(first: dt.date, last: dt.date | None, day: dt.date) -> bool:
    return first <= day and (last is None or day <= last)


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

    def seats_of(self, group: str, day: dt.date) -> Iterator[tuple[str, SeatOf]]:
        """The seats of a group that hold on a day, in the order they were given."""
        return (
            (key, seat)
            for key, seat in self.seats.items()
            if seat.group == group and _holds(seat.first, seat.last, day)
        )

    def has_role(self, person: str, role: Role, day: dt.date) -> bool:
        """Whether a standing role holds on a day."""
        return any(r.person == person and r.role is role and _holds(r.first, r.last, day) for r in self.roles.values())

    def away(self, person: str, day: dt.date) -> bool:
        """Whether somebody is away on a day."""
        return any(a.person == person and _holds(a.first, a.last, day) for a in self.absences.values())

    def stands_in(self, stand_in: str, person: str, day: dt.date) -> bool:
        """Whether one person stands in for another, who is away, on a day."""
        return any(
            a.person == person and a.stand_in == stand_in and _holds(a.first, a.last, day)
            for a in self.absences.values()
        )

    def is_active(self, person: str) -> bool:
        """Whether the person is in the directory and active."""
        return person in self.people and self.people[person].active
