"""Everything that can have happened in a municipality's own record, in the past tense, and the fold into a Directory.

Names, addresses and reasons stand in these events as commitments and as nothing else: an event refuses plain words.
"""

import datetime as dt
from functools import partial

from models.events import Event, read_event
from models.personal import Commitment
from models.words import GroupKind, Role, SeatPart


class MunicipalityEvent(Event):
    """Something that happened in the municipality."""


class MunicipalitySetUp(MunicipalityEvent):
    municipality: str
    name: str
    languages: tuple[str, ...]


class MunicipalityChanged(MunicipalityEvent):
    name: str
    languages: tuple[str, ...]


class DefinitionLoaded(MunicipalityEvent):
    hash: str
    definition: str
    version: str
    source: str | None = None  # the hash of the file it was read from


class CalendarSet(MunicipalityEvent):
    hash: str
    before: str | None = None


class AppearanceSet(MunicipalityEvent):
    hash: str


class PersonAdded(MunicipalityEvent):
    person: str
    name: Commitment
    email: Commitment | None
    language: str
    phone: Commitment | None = None
    on: dt.date | None = None  # the day; not kept at first


class PersonRenamed(MunicipalityEvent):
    person: str
    name: Commitment


class PersonChanged(MunicipalityEvent):
    """The address, language and phone number that stand from now on."""

    person: str
    email: Commitment | None
    language: str
    phone: Commitment | None = None


class PersonRemoved(MunicipalityEvent):
    """Somebody is out of use. The ends of their seats and roles stand before this as events of their own."""

    person: str
    reason: Commitment


class GroupSetUp(MunicipalityEvent):
    group: str
    name: str
    kind: GroupKind


class GroupRenamed(MunicipalityEvent):
    group: str
    name: str


class GroupDissolved(MunicipalityEvent):
    group: str
    reason: Commitment


class SeatGiven(MunicipalityEvent):
    seat: str
    group: str
    person: str
    part: SeatPart
    deputies: tuple[str, ...]
    first: dt.date
    last: dt.date | None


class SeatEnded(MunicipalityEvent):
    """The seat's last day. Earlier than its first one: it never held."""

    seat: str
    group: str
    person: str
    last: dt.date
    reason: Commitment


class SeatPartChanged(MunicipalityEvent):
    seat: str
    part: SeatPart
    before: SeatPart


class DeputiesNamed(MunicipalityEvent):
    seat: str
    deputies: tuple[str, ...]
    before: tuple[str, ...]


class RoleGiven(MunicipalityEvent):
    key: str  # of this giving
    person: str
    role: Role
    first: dt.date
    last: dt.date | None


class RoleEnded(MunicipalityEvent):
    """The role's last day. Earlier than its first one: it never held."""

    key: str
    person: str
    role: Role
    last: dt.date


class AbsenceNoted(MunicipalityEvent):
    key: str  # of this absence
    person: str
    first: dt.date
    last: dt.date
    stand_in: str | None


class AbsenceEnded(MunicipalityEvent):
    """The last day away. Earlier than the first one: the absence was taken back."""

    key: str
    person: str
    last: dt.date


class StandInEnded(MunicipalityEvent):
    """Nobody stands in during this absence any longer."""

    key: str
    person: str
    stand_in: str


MUNICIPALITY_EVENTS: dict[str, type[MunicipalityEvent]] = {
    event.__name__: event for event in MunicipalityEvent.__subclasses__()
}
"""Every event of a municipality's record by its stored name."""

read_municipality_event = partial(read_event, registry=MUNICIPALITY_EVENTS)
"""A municipality's event as today's type, as `events.read_event` reads a process's."""
