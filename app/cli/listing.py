"""Verbs that list people and groups: `etappi person list` and `etappi group list`."""

from app.cli.desk import Desk
from app.cli.params import As, Json, Municipality
from app.cli.screen import heading, print_json, say, table
from app.cli.shapes_looking import GroupOfSeats, Groups, People, PersonLine, SeatLine
from app.cli.standing import person
from models.days.formats import finnish_date
from models.errors import NotAuthorised
from models.municipality.directory import Group
from models.words import Role

KEEPERS = (Role.ADMINISTRATOR, Role.COORDINATOR)
"""Who may list people: those who keep the directory."""


def people(as_: As = None, municipality: Municipality = None, json_: Json = False) -> None:
    """List the people of the directory, with their roles and seats. For administrators and coordinators.

    Examples:

        etappi person list --as administrator
        etappi person list --json --as administrator
    """
    desk = _kept(municipality, as_)
    found = tuple(_person(desk, key) for key in desk.directory.people)
    if json_:
        print_json(People(1, desk.municipality, found))
        return
    rows = [
        (
            one.person,
            one.name or "[peitetty]",
            one.email or "",
            ", ".join([*one.roles, *one.seats])
            + (" (away)" if one.away else "")
            + ("" if one.active else " (out of use)"),
        )
        for one in found
    ]
    table(("Id", "Name", "Address", "Roles and seats"), rows)


def _kept(municipality: str | None, as_: str | None) -> Desk:
    desk = Desk(municipality, as_)
    if not any(desk.directory.has_role(desk.person, role, desk.today) for role in KEEPERS):
        raise NotAuthorised(who=" or ".join(f"the municipality's {role.value}" for role in KEEPERS))
    return desk


def _person(desk: Desk, key: str) -> PersonLine:
    known = desk.directory.people[key]
    roles = (role.role.value for role in desk.directory.roles.values() if role.person == key)
    held = [role for role in roles if desk.directory.has_role(key, Role(role), desk.today)]
    seats = [
        seat
        for group in desk.directory.groups
        for seat, one in desk.directory.seats_of(group, desk.today)
        if one.person == key
    ]
    return PersonLine(
        person=key,
        name=desk.private(known.name),
        email=desk.private(known.email) if known.email else None,
        language=known.language,
        active=known.active,
        roles=tuple(dict.fromkeys(held)),
        seats=tuple(seats),
        away=desk.directory.away(key, desk.today),
    )


def groups(as_: As = None, municipality: Municipality = None, json_: Json = False) -> None:
    """List the groups and the seats that hold today. For administrators and coordinators.

    Examples:

        etappi group list --as coordinator
        etappi group list --json --as coordinator
    """
    desk = _kept(municipality, as_)
    found = tuple(_group(desk, key, group) for key, group in desk.directory.groups.items())
    if json_:
        print_json(Groups(1, desk.municipality, found))
        return
    if not found:
        say("There is no group yet: etappi group add makes one.")
    for group in found:
        heading(f"{group.name} ({group.group})" + ("" if group.active else ", dissolved"))
        rows = [
            (
                seat.seat,
                seat.person.name or "[peitetty]",
                seat.part.replace("_", "-"),
                ", ".join(one.name or one.person for one in seat.deputies),
                finnish_date(seat.last) if seat.last else "",
            )
            for seat in group.seats
        ]
        table(("Seat", "Who", "Part", "Deputies", "Until"), rows)


def _group(desk: Desk, key: str, group: Group) -> GroupOfSeats:
    seats = tuple(
        SeatLine(
            seat=seat,
            person=person(desk, one.person),
            part=one.part.value,
            deputies=tuple(person(desk, deputy) for deputy in one.deputies),
            first=one.first,
            last=one.last,
        )
        for seat, one in desk.directory.seats_of(key, desk.today)
    )
    return GroupOfSeats(key, group.name, group.kind.value, group.active, seats)
