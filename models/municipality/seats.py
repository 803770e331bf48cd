"""The rules of groups and seats: who sits where, as what, from when to when, and who steps in."""

import datetime as dt
from collections.abc import Iterable

from models.errors import NotFound, NotValid, Refused
from models.events import Event
from models.municipality.commands import (
    ChangeSeatPart,
    DissolveGroup,
    EndSeat,
    GiveSeat,
    NameDeputies,
    RenameGroup,
    SetUpGroup,
)
from models.municipality.directory import Directory, Group, SeatOf
from models.municipality.events import (
    DeputiesNamed,
    GroupDissolved,
    GroupRenamed,
    GroupSetUp,
    SeatEnded,
    SeatGiven,
    SeatPartChanged,
)
from models.municipality.terms import ONE_DAY, active_person, check_order, over, overlap
from models.words import SeatPart

# --- groups -------------------------------------------------------------------------------------------------------


def _group(directory: Directory, group: str) -> Group:
    found = directory.groups.get(group)
    if found is None:
        raise NotFound(what="group", name=group)
    if not found.active:
        raise Refused("The group {group} has been dissolved.", group=group)
    return found


def set_up_group(directory: Directory, command: SetUpGroup, day: dt.date) -> list[Event]:
    if command.group in directory.groups:
        raise Refused(
            "The identifier {group} belongs to a group already, or did once; give another.", group=command.group
        )
    return [GroupSetUp(group=command.group, name=command.name, kind=command.kind)]


def rename_group(directory: Directory, command: RenameGroup, day: dt.date) -> list[Event]:
    if _group(directory, command.group).name == command.name:
        return []
    return [GroupRenamed(group=command.group, name=command.name)]


def dissolve_group(directory: Directory, command: DissolveGroup, day: dt.date) -> list[Event]:
    _group(directory, command.group)
    seats = [key for key, seat in directory.seats.items() if seat.group == command.group]
    return [
        *seats_ended(directory, seats, day, command.reason),
        GroupDissolved(group=command.group, reason=command.reason),
    ]


# --- seats --------------------------------------------------------------------------------------------------------


def give_seat(directory: Directory, command: GiveSeat, day: dt.date) -> list[Event]:
    if command.seat in directory.seats:
        raise Refused("The identifier {seat} belongs to a seat already, or did once; give another.", seat=command.seat)
    _group(directory, command.group)
    active_person(directory, command.person)
    check_order(command.first, command.last)
    seat = SeatOf(**{name: getattr(command, name) for name in SeatOf.model_fields})
    _check_deputies(directory, command.person, command.deputies)
    _check_place(directory, command.seat, seat)
    return [SeatGiven(seat=command.seat, **{name: getattr(seat, name) for name in SeatOf.model_fields})]


def end_seat(directory: Directory, command: EndSeat, day: dt.date) -> list[Event]:
    seat = _seat(directory, command.seat, day)
    if seat.last == command.last:
        return []
    if seat.last is not None and command.last > seat.last:
        raise Refused(
            "The seat {seat} ends on {last} already; to go on, give a new seat from the day after.",
            seat=command.seat,
            last=seat.last,
        )
    return [_end(command.seat, seat, command.last, command.reason)]


def change_seat_part(directory: Directory, command: ChangeSeatPart, day: dt.date) -> list[Event]:
    seat = _seat(directory, command.seat, day)
    if seat.part is command.part:
        return []
    from_now = seat.model_copy(update={"part": command.part, "first": max(seat.first, day)})
    _check_place(directory, command.seat, from_now)
    return [SeatPartChanged(seat=command.seat, part=command.part, before=seat.part)]


def name_deputies(directory: Directory, command: NameDeputies, day: dt.date) -> list[Event]:
    seat = _seat(directory, command.seat, day)
    if seat.deputies == command.deputies:
        return []
    _check_deputies(directory, seat.person, command.deputies)
    return [DeputiesNamed(seat=command.seat, deputies=command.deputies, before=seat.deputies)]


def seats_ended(directory: Directory, seats: Iterable[str], day: dt.date, reason: str) -> list[Event]:
    """The end of those of the seats that are not over: yesterday was their last day."""
    running = ((key, directory.seats[key]) for key in seats)
    return [_end(key, seat, day - ONE_DAY, reason) for key, seat in running if not over(seat.last, day)]


def deputyships_ended(directory: Directory, person: str, day: dt.date) -> list[Event]:
    """The seats that are not over and had the person as a deputy have the others."""
    return [
        DeputiesNamed(
            seat=key, deputies=tuple(deputy for deputy in seat.deputies if deputy != person), before=seat.deputies
        )
        for key, seat in directory.seats.items()
        if person in seat.deputies and not over(seat.last, day)
    ]


def _seat(directory: Directory, key: str, day: dt.date) -> SeatOf:
    """A seat that is not over. Raises NotFound or Refused."""
    seat = directory.seats.get(key)
    if seat is None:
        raise NotFound(what="seat", name=key)
    if over(seat.last, day):
        raise Refused("The seat {seat} ended on {last}.", seat=key, last=seat.last)
    return seat


def _end(key: str, seat: SeatOf, last: dt.date, reason: str) -> SeatEnded:
    return SeatEnded(seat=key, group=seat.group, person=seat.person, last=last, reason=reason)


def _check_place(directory: Directory, key: str, seat: SeatOf) -> None:
    """Nobody sits twice in a group at a time, and a group has one chair and one vice-chair at a time."""
    for other, taken in directory.seats.items():
        if other == key or taken.group != seat.group or not overlap(seat, taken):
            continue
        if taken.person == seat.person:
            raise Refused(
                "{person} already sits in {group}, in the seat {seat}.",
                person=seat.person,
                group=seat.group,
                seat=other,
            )
        if seat.part is not SeatPart.MEMBER and taken.part is seat.part:
            raise Refused(
                "{group} has a {part} already, in the seat {seat}; change that seat first.",
                group=seat.group,
                part=seat.part.value.replace("_", "-"),
                seat=other,
            )


def _check_deputies(directory: Directory, holder: str, deputies: tuple[str, ...]) -> None:
    if holder in deputies:
        raise NotValid("{person} holds the seat and cannot deputise in it; name somebody else.", person=holder)
    if len(set(deputies)) < len(deputies):
        raise NotValid("A deputy is named twice; name each once, in the order they step in.")
    for deputy in deputies:
        active_person(directory, deputy)
