"""Who is told of a duty on a day, and where nobody is, why not.

It is found out when a message leaves, not when it is planned: people come and go in between. A holder who is away is
not told; whoever acts for them is. Of a stance no line manager is ever told, and nobody hears
why somebody is away.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol

from models.definitions.definition import Definition
from models.duties.duty import player, standing_checkpoint
from models.municipality.directory import Directory
from models.process import Process, Seat
from models.words import OF_STANCES, Audience, SeatPart


class Owing(Protocol):
    """What of a duty decides who is told: a `Duty`, a `PlannedDuty`, or a row read back."""

    @property
    def kind(self) -> str: ...
    @property
    def phase(self) -> str | None: ...
    @property
    def seat(self) -> str | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def person(self) -> str | None: ...


class Around(NamedTuple):
    """The people of a process about the duties of one phase."""

    coordinator: str
    preparer: str
    groups: Mapping[str, str]  # the municipality's groups, by the definition's
    seats: Mapping[str, Seat]  # as they were frozen for the phase's open round

    def group(self, duty: Owing) -> str | None:
        """The municipality's group that the duty belongs to."""
        return self.groups.get(duty.group or "")


class Nobody(StrEnum):
    """Why nobody is told."""

    DONE = "done meanwhile"
    NOT_RUNNING = "the process is not running"
    HOLDER_ENDED = "the holder has ended"
    AWAY = "away, and nobody present acts for them"
    NO_CHAIR = "the group has no other chair or vice-chair present"
    NO_GROUP = "the duty belongs to no group"
    LINE_MANAGER_OF_STANCE = "a line manager is never told about a stance"
    NO_LINE_MANAGER = "Etappi does not know line managers"


class Recipients(NamedTuple):
    """Who is told; where that is nobody, `reason` says why."""

    people: tuple[str, ...]
    reason: Nobody | None = None


def around(process: Process, definition: Definition, phase: str | None) -> Around:
    """The people about the duties of a phase. Of those that belong to none, the preparer is the last checkpoint's."""
    phase = phase or next(reversed(process.phases))
    round_ = process.rounds.get(phase)
    return Around(
        coordinator=process.coordinator,
        preparer=player(process, standing_checkpoint(process, definition, phase).preparer),
        groups=process.groups,
        seats=round_.seats if round_ else {},
    )


def recipients(duty: Owing, audience: Audience, around: Around, directory: Directory, day: dt.date) -> Recipients:
    """Whom a step of the duty's ladder tells on the day."""
    match audience:
        case Audience.HOLDER:
            return _holder(duty, around, directory, day)
        case Audience.CHAIR:
            return _chair(around.group(duty), duty.seat, directory, day)
        case Audience.COORDINATOR:
            return _person(around.coordinator, directory, day)
        case Audience.PREPARER:
            return _person(around.preparer, directory, day)
        case Audience.LINE_MANAGER:
            stance = duty.kind in OF_STANCES
            return Recipients((), Nobody.LINE_MANAGER_OF_STANCE if stance else Nobody.NO_LINE_MANAGER)


def _holder(duty: Owing, around: Around, directory: Directory, day: dt.date) -> Recipients:
    if duty.person is None:
        return _chair(around.group(duty), duty.seat, directory, day)
    if duty.seat is None:
        return _person(duty.person, directory, day)
    seat = around.seats.get(duty.seat)
    return _seat(duty.seat, duty.person, seat.deputies if seat else (), directory, day)


def _person(person: str, directory: Directory, day: dt.date) -> Recipients:
    """The person while present, or the one who stands in."""
    if not directory.is_active(person):
        return Recipients((), Nobody.HOLDER_ENDED)
    stand_ins = [absence.stand_in for absence in directory.absences.values() if absence.person == person]
    acting = (one for one in stand_ins if one is not None and directory.stands_in(one, person, day))
    return _first_present((person, *acting), directory, day, Nobody.AWAY)


def _seat(seat: str, person: str, deputies: tuple[str, ...], directory: Directory, day: dt.date) -> Recipients:
    """The holder while present, or else the first deputy who is; a disqualified holder's duty is a deputy's already.

    Deputies act for a holder who is away, not for one who has ended: then the seat leaves the round.
    """
    held = directory.seats.get(seat)
    over = held is None or (held.last is not None and held.last < day)
    if over or (person not in deputies and not directory.is_active(person)):
        return Recipients((), Nobody.HOLDER_ENDED)
    after = deputies[deputies.index(person) + 1 :] if person in deputies else deputies
    return _first_present((person, *after), directory, day, Nobody.AWAY)


def _chair(group: str | None, owing: str | None, directory: Directory, day: dt.date) -> Recipients:
    """The group's chair while present, or else its vice-chair; neither of a duty that is their own."""
    if group is None:
        return Recipients((), Nobody.NO_GROUP)
    seats = {seat.part: seat.person for key, seat in directory.seats_of(group, day) if key != owing}
    leading = (seats[part] for part in (SeatPart.CHAIR, SeatPart.VICE_CHAIR) if part in seats)
    return _first_present(leading, directory, day, Nobody.NO_CHAIR)


def _first_present(people: Iterable[str], directory: Directory, day: dt.date, reason: Nobody) -> Recipients:
    for person in people:
        if directory.is_active(person) and not directory.away(person, day):
            return Recipients((person,))
    return Recipients((), reason)


def reach(person: str, directory: Directory, day: dt.date) -> Recipients:
    """The person on the day, or who stands in while they are away."""
    return _person(person, directory, day)


def reach_seat(seat: str, person: str, deputies: tuple[str, ...], directory: Directory, day: dt.date) -> Recipients:
    """The holder of a seat in a round on the day, or the deputy who acts while they are away."""
    return _seat(seat, person, deputies, directory, day)
