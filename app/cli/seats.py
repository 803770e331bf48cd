"""Verbs about groups and who sits in them: `etappi group|seat …`."""

import datetime as dt
from typing import Annotated

import typer

from app.cli.acts import changes
from app.cli.desk import Desk
from app.cli.params import Reason, on, one_of, word
from app.cli.people import Person
from models.commands import Command
from models.municipality.commands import (
    ChangeSeatPart,
    DissolveGroup,
    EndSeat,
    GiveSeat,
    NameDeputies,
    RenameGroup,
    SetUpGroup,
)
from models.words import GroupKind, SeatPart

Group = Annotated[str, typer.Argument(metavar="GROUP", help="The group's id.")]
GroupName = Annotated[str, typer.Option("--name", metavar="NAME", help="What the group is called.")]
Seat = Annotated[str, typer.Argument(metavar="SEAT", help="The seat's id.")]
Deputies = Annotated[
    list[str] | None,
    typer.Option("--deputy", metavar="PERSON", help="Who steps in, in this order; repeatable."),
]


# --- groups and seats -------------------------------------------------------------------------------------------------


@changes
def add_group(
    desk: Desk,
    group: Annotated[str, typer.Argument(metavar="ID", help="Yours to choose: small letters, digits, hyphens.")],
    name: GroupName,
    kind: Annotated[
        GroupKind, word("--kind", GroupKind, "A committee (toimikunta) is a body of Kuntalaki 30 §.")
    ] = GroupKind.WORKING_GROUP,
) -> Command:
    """Set up a working group or a committee.

    Example:

        etappi group add elinvoima --name "Elinvoimatyöryhmä" --as coordinator
    """
    return SetUpGroup(group=group, name=name, kind=kind)


@changes
def rename_group(desk: Desk, group: Group, name: GroupName) -> Command:
    """Give a group another name.

    Example:

        etappi group rename elinvoima --name "Elinvoima- ja matkailutyöryhmä" \\
            --as coordinator
    """
    return RenameGroup(group=group, name=name)


@changes
def dissolve_group(desk: Desk, group: Group, reason: Reason) -> Command:
    """End a group and its seats at once.

    Example:

        etappi group dissolve elinvoima --reason "Työ on valmis" \\
            --as administrator
    """
    return DissolveGroup(group=group, reason=reason)


@changes
def give_seat(
    desk: Desk,
    group: Group,
    person: Person,
    seat: Annotated[
        str | None, typer.Option("--seat", metavar="ID", help="The seat's id; by default the group's next number.")
    ] = None,
    part: Annotated[SeatPart, word("--part", SeatPart, "The part in the group.")] = SeatPart.MEMBER,
    deputy: Deputies = None,
    first: Annotated[dt.date | None, on("--first", "The first day; by default today.")] = None,
    last: Annotated[dt.date | None, on("--last", "The last day; by default none.")] = None,
) -> Command:
    """Give somebody a place in a group, with deputies in the order they step in.

    Example:

        etappi seat give elinvoima teacher --part chair --deputy nurse \\
            --as coordinator
    """
    return GiveSeat(
        seat=seat or _next_seat(desk, group),
        group=group,
        person=desk.person_named(person),
        part=part,
        deputies=tuple(desk.person_named(one) for one in deputy or ()),
        first=first or desk.today,
        last=last,
    )


def _next_seat(desk: Desk, group: str) -> str:
    number = 1
    while f"{group}-{number}" in desk.directory.seats:
        number += 1
    return f"{group}-{number}"


@changes
def end_seat(
    desk: Desk,
    seat: Seat,
    reason: Reason,
    last: Annotated[dt.date | None, on("--last", "Its last day; by default today.")] = None,
) -> Command:
    """End a seat on its last day.

    Example:

        etappi seat end elinvoima-2 --last 31.1.2027 --reason "Erosi ryhmästä" \\
            --as coordinator
    """
    return EndSeat(seat=seat, last=last or desk.today, reason=reason)


@changes
def change_part(
    desk: Desk,
    seat: Seat,
    part: Annotated[
        SeatPart, typer.Argument(metavar="PART", parser=one_of(SeatPart), help="chair, vice-chair, member")
    ],
) -> Command:
    """Make a seat its group's chair, vice-chair or a member, from now on.

    Example:

        etappi seat part elinvoima-2 chair --as coordinator
    """
    return ChangeSeatPart(seat=seat, part=part)


@changes
def name_deputies(desk: Desk, seat: Seat, deputy: Deputies = None) -> Command:
    """Name a seat's deputies anew, in the order they step in. Without --deputy it has none.

    Example:

        etappi seat deputies elinvoima-2 --deputy nurse --deputy planner \\
            --as coordinator
    """
    return NameDeputies(seat=seat, deputies=tuple(desk.person_named(one) for one in deputy or ()))
