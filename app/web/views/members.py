"""The working groups of a process and who sits in them: from when to when, as what, and who steps in."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from app.web.place import Place
from models.municipality.commands import EndSeat, GiveSeat, RenameGroup
from models.municipality.directory import SeatOf
from models.municipality.rights import may
from models.outgoing import invitations
from models.outgoing.invitations import Invitation
from models.storage.database import Session
from models.words import SeatPart


class Seated(NamedTuple):
    """A seat of a group."""

    key: str
    person: str
    name: str
    part: SeatPart
    deputies: tuple[str, ...]
    first: dt.date
    last: dt.date | None
    when: str  # "now", "coming" or "past"
    away: bool
    invitation: Invitation | None  # with which it was given, while that can be taken back


class GroupLine(NamedTuple):
    """A group in the list."""

    key: str
    name: str
    seats: int
    chair: str | None  # None where the visitor may not see names, or there is none
    has_chair: bool
    sees: bool  # whether the visitor may see who sits in it


class GroupPage(NamedTuple):
    """One group."""

    key: str
    of: str  # the municipality's group
    name: str
    committee: bool
    seats: tuple[Seated, ...]
    past: tuple[Seated, ...]
    may_change: bool
    in_round: bool  # a round with the group is open: its seats are frozen
    invited: tuple[Seated, ...]


def may_change_groups(place: Place) -> bool:
    """Whether the visitor may change who sits where."""
    commands = (GiveSeat, EndSeat, RenameGroup)
    return all(may(place.directory, one, place.visitor.person, place.visitor.today) for one in commands)


def sees_members(place: Place, group: str) -> bool:
    """Whether the visitor may see who sits in the group: its own people, the coordinator, and who may change it."""
    return place.sees_names(group) or may_change_groups(place)


def group_list(place: Place, session: Session) -> tuple[GroupLine, ...]:
    """The groups of the process."""
    today = place.visitor.today
    seats = {key: list(place.directory.seats_of(of, today)) for key, of in place.process.groups.items()}
    chairs = {
        key: next((seat.person for _, seat in held if seat.part is SeatPart.CHAIR), None) for key, held in seats.items()
    }
    place.fetch_people(session, [chair for key, chair in chairs.items() if sees_members(place, key)])
    return tuple(
        GroupLine(
            key=key,
            name=place.name("group", key),
            seats=len(held),
            chair=place.person(chairs[key]) if chairs[key] and sees_members(place, key) else None,
            has_chair=chairs[key] is not None,
            sees=sees_members(place, key),
        )
        for key, held in seats.items()
    )


def group_page(place: Place, session: Session, key: str) -> GroupPage:
    """One group; the caller has seen to it that the visitor may see who sits in it."""
    of, now = place.process.groups[key], place.visitor.now
    found = {seat: one for seat, one in place.directory.seats.items() if one.group == of}
    people = [person for one in found.values() for person in (one.person, *one.deputies)]
    place.fetch_people(session, people)
    changing = may_change_groups(place)
    waits = invitations.waiting(session, place.visitor.municipality, set(people), now) if changing else []
    given = {seat: one for one in waits for seat in one.seats}
    seats = [_seated(place, seat, one, given.get(seat)) for seat, one in found.items()]
    present = tuple(sorted((one for one in seats if one.when != "past"), key=_order))
    return GroupPage(
        key=key,
        of=of,
        name=place.name("group", key),
        committee=place.directory.groups[of].kind.value == "committee",
        seats=present,
        past=tuple(one for one in seats if one.when == "past"),
        may_change=changing,
        in_round=any(key in {one.group for one in round_.seats.values()} for round_ in place.process.rounds.values()),
        invited=tuple(one for one in present if one.invitation is not None),
    )


class Invited(NamedTuple):
    """Somebody whose invitation has not left."""

    invitation: Invitation
    name: str
    parts: tuple[str, ...]  # the groups and roles
    seats: tuple[Seated, ...]  # that were given with the invitation, and end where it is taken back


def invited_people(place: Place, session: Session) -> tuple[Invited, ...]:
    """Everybody with a part in the process whose invitation waits, for who may change the groups. Who is invited to
    seats of another process is told of there."""
    if not may_change_groups(place):
        return ()
    groups = {of: key for key, of in place.process.groups.items()}
    seats = {key: one for key, one in place.directory.seats.items() if one.group in groups}
    sitting = {person for one in seats.values() for person in (one.person, *one.deputies)}
    people = sitting | set(place.process.roles.values())
    waits = invitations.waiting(session, place.visitor.municipality, people, place.visitor.now)
    waits = [one for one in waits if not one.seats or seats.keys() & set(one.seats)]
    place.fetch_people(session, {*sitting, *(one.person for one in waits)} if waits else ())
    return tuple(_invited(place, one, groups, seats) for one in waits)


def _invited(place: Place, invitation: Invitation, groups: dict[str, str], seats: dict[str, SeatOf]) -> Invited:
    person = invitation.person
    given = {key: seats[key] for key in invitation.seats if key in seats}
    in_groups = given or {key: one for key, one in seats.items() if person in (one.person, *one.deputies)}
    roles = (place.name("role", slot) for slot, plays in place.process.roles.items() if plays == person)
    parts = dict.fromkeys([*(place.name("group", groups[one.group]) for one in in_groups.values()), *roles])
    held = (_seated(place, key, one, invitation) for key, one in given.items())
    return Invited(invitation, place.person(person), tuple(parts), tuple(one for one in held if one.when != "past"))


def _order(one: Seated) -> tuple[int, str]:
    return (list(SeatPart).index(one.part), one.name.casefold())


def _seated(place: Place, key: str, seat: SeatOf, invitation: Invitation | None) -> Seated:
    today = place.visitor.today
    when = "past" if seat.last is not None and seat.last < today else "coming" if seat.first > today else "now"
    return Seated(
        key=key,
        person=seat.person,
        name=place.person(seat.person),
        part=seat.part,
        deputies=tuple(place.person(one) for one in seat.deputies),
        first=seat.first,
        last=seat.last,
        when=when,
        away=place.directory.away(seat.person, today),
        invitation=invitation,
    )


def chairs_besides(seats: Iterable[Seated], key: str) -> bool:
    """Whether the group has a chair besides that seat."""
    return any(one.part is SeatPart.CHAIR and one.key != key for one in seats)
