"""The fold of a municipality's record: what each event does to the Directory. It never refuses."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from models.errors import Broken
from models.events import Event, Recorded
from models.municipality.directory import Absence, Directory, Group, Person, RoleOf, SeatOf
from models.municipality.events import (
    AbsenceEnded,
    AbsenceNoted,
    AppearanceSet,
    CalendarSet,
    DefinitionLoaded,
    DeputiesNamed,
    GroupDissolved,
    GroupRenamed,
    GroupSetUp,
    MunicipalityChanged,
    MunicipalitySetUp,
    PersonAdded,
    PersonChanged,
    PersonRemoved,
    PersonRenamed,
    RoleEnded,
    RoleGiven,
    SeatEnded,
    SeatGiven,
    SeatPartChanged,
    StandInEnded,
)

Part = TypeVar("Part", SeatOf, RoleOf, Absence)
Parts = Mapping[str, Any]
Change = dict[str, Any]  # the Directory's fields that change


def evolve_directory(directory: Directory | None, recorded: Recorded) -> Directory:
    """The directory after one more event. Raises Broken for a record that does not begin with its setting up."""
    return after(directory, recorded.event)


def after(directory: Directory | None, event: Event) -> Directory:
    """The directory after an event, whoever recorded it and when."""
    if isinstance(event, MunicipalitySetUp):
        return Directory(municipality=event.municipality, name=event.name, languages=event.languages)
    fold = FOLDS.get(type(event))
    if directory is None or fold is None:
        raise Broken(what=f"the municipality's record has {type(event).__name__} where it cannot stand")
    return directory.model_copy(update=fold(directory, event))


def _with(parts: Parts, key: str, **changed: Any) -> Parts:
    return {**parts, key: parts[key].model_copy(update=changed)}


def _ended(parts: Mapping[str, Part], key: str, event: SeatEnded | RoleEnded | AbsenceEnded) -> Parts:
    """The parts with one ended on its last day; without it, where that comes before its first."""
    if event.last < parts[key].first:
        return {other: part for other, part in parts.items() if other != key}
    return _with(parts, key, last=event.last)


def _person_added(directory: Directory, event: PersonAdded) -> Change:
    person = Person(name=event.name, email=event.email, phone=event.phone, language=event.language, added=event.on)
    return {"people": {**directory.people, event.person: person}}


def _person_changed(directory: Directory, event: PersonChanged) -> Change:
    changed = {"email": event.email, "phone": event.phone, "language": event.language}
    return {"people": _with(directory.people, event.person, **changed)}


def _seat_given(directory: Directory, event: SeatGiven) -> Change:
    fields = {name: getattr(event, name) for name in SeatOf.model_fields}
    return {"seats": {**directory.seats, event.seat: SeatOf(**fields)}}


def _role_given(directory: Directory, event: RoleGiven) -> Change:
    role = RoleOf(person=event.person, role=event.role, first=event.first, last=event.last)
    return {"roles": {**directory.roles, event.key: role}}


def _absence_noted(directory: Directory, event: AbsenceNoted) -> Change:
    absence = Absence(person=event.person, first=event.first, last=event.last, stand_in=event.stand_in)
    return {"absences": {**directory.absences, event.key: absence}}


FOLDS: dict[type[Event], Callable[[Directory, Any], Change]] = {
    MunicipalityChanged: lambda _, e: {"name": e.name, "languages": e.languages},
    DefinitionLoaded: lambda d, e: {"definitions": {**d.definitions, e.hash: e.definition}},
    CalendarSet: lambda _, e: {"calendar": e.hash},
    AppearanceSet: lambda _, e: {"appearance": e.hash},
    PersonAdded: _person_added,
    PersonRenamed: lambda d, e: {"people": _with(d.people, e.person, name=e.name)},
    PersonChanged: _person_changed,
    PersonRemoved: lambda d, e: {"people": _with(d.people, e.person, active=False)},
    GroupSetUp: lambda d, e: {"groups": {**d.groups, e.group: Group(name=e.name, kind=e.kind)}},
    GroupRenamed: lambda d, e: {"groups": _with(d.groups, e.group, name=e.name)},
    GroupDissolved: lambda d, e: {"groups": _with(d.groups, e.group, active=False)},
    SeatGiven: _seat_given,
    SeatEnded: lambda d, e: {"seats": _ended(d.seats, e.seat, e)},
    SeatPartChanged: lambda d, e: {"seats": _with(d.seats, e.seat, part=e.part)},
    DeputiesNamed: lambda d, e: {"seats": _with(d.seats, e.seat, deputies=e.deputies)},
    RoleGiven: _role_given,
    RoleEnded: lambda d, e: {"roles": _ended(d.roles, e.key, e)},
    AbsenceNoted: _absence_noted,
    AbsenceEnded: lambda d, e: {"absences": _ended(d.absences, e.key, e)},
    StandInEnded: lambda d, e: {"absences": _with(d.absences, e.key, stand_in=None)},
}
"""What each event changes."""
