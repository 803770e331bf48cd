"""What may happen in a municipality's own record: one pure function decides every command, another folds the events.

Here stand the door and the rules of settings and people; groups and seats are in `seats.py`, roles and
absences in `terms.py`. Nothing here knows what anybody is called.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from models.days.calendar import local_date
from models.errors import NotFound, NotValid, Refused
from models.events import Actor, Event
from models.municipality.commands import (
    AddPerson,
    ChangeMunicipality,
    ChangePerson,
    ChangeSeatPart,
    DissolveGroup,
    EndAbsence,
    EndRole,
    EndSeat,
    GiveRole,
    GiveSeat,
    LoadDefinition,
    MunicipalityCommand,
    NameDeputies,
    NoteAbsence,
    RemovePerson,
    RenameGroup,
    RenamePerson,
    SetAppearance,
    SetCalendar,
    SetUpGroup,
    SetUpMunicipality,
)
from models.municipality.directory import Directory, Person
from models.municipality.events import (
    AppearanceSet,
    CalendarSet,
    DefinitionLoaded,
    MunicipalityChanged,
    MunicipalitySetUp,
    PersonAdded,
    PersonChanged,
    PersonRemoved,
    PersonRenamed,
)
from models.municipality.fold import evolve_directory
from models.municipality.rights import check_right
from models.municipality.seats import (
    change_seat_part,
    deputyships_ended,
    dissolve_group,
    end_seat,
    give_seat,
    name_deputies,
    rename_group,
    seats_ended,
    set_up_group,
)
from models.municipality.terms import (
    active_person,
    check_administered,
    end_absence,
    end_role,
    first_administrator,
    give_role,
    note_absence,
    roles_ended,
    stand_ins_ended,
)

__all__ = ["decide_municipality", "evolve_directory"]


def decide_municipality(
    directory: Directory | None, command: MunicipalityCommand, by: Actor, now: dt.datetime
) -> list[Event]:
    """What the command means now; no events where everything already stands so.

    Raises Refused, NotValid, NotFound or NotAuthorised, and then nothing has changed.
    """
    day = local_date(now)
    if isinstance(command, SetUpMunicipality):
        return _set_up(directory, command, day)
    if directory is None:
        raise NotFound("The municipality has not been set up yet; set it up first.")
    check_right(directory, command, by, day)
    return DECIDERS[type(command)](directory, command, day)


# --- the municipality ---------------------------------------------------------------------------------------------


def _set_up(directory: Directory | None, command: SetUpMunicipality, day: dt.date) -> list[Event]:
    if directory is not None:
        raise Refused("The municipality {name} has been set up already.", name=directory.municipality)
    return [
        MunicipalitySetUp(municipality=command.municipality, name=command.name, languages=command.languages),
        PersonAdded(
            person=command.administrator,
            name=command.administrator_name,
            email=command.administrator_email,
            language=command.administrator_language,
            on=day,
        ),
        first_administrator(command.administrator, day),
    ]


def _change_municipality(directory: Directory, command: ChangeMunicipality, day: dt.date) -> list[Event]:
    name, languages = command.name or directory.name, command.languages or directory.languages
    if (name, languages) == (directory.name, directory.languages):
        return []
    return [MunicipalityChanged(name=name, languages=languages)]


def _load_definition(directory: Directory, command: LoadDefinition, day: dt.date) -> list[Event]:
    loaded = directory.definitions.get(command.hash)
    if loaded == command.definition:
        return []
    if loaded is not None:
        raise NotValid(
            "The definition with this hash is loaded as {loaded}, not as {named}; name it as its file does.",
            loaded=loaded,
            named=command.definition,
        )
    return [DefinitionLoaded(**command.model_dump())]


def _set_calendar(directory: Directory, command: SetCalendar, day: dt.date) -> list[Event]:
    return [] if directory.calendar == command.hash else [CalendarSet(hash=command.hash, before=directory.calendar)]


def _set_appearance(directory: Directory, command: SetAppearance, day: dt.date) -> list[Event]:
    return [] if directory.appearance == command.hash else [AppearanceSet(hash=command.hash)]


# --- people -------------------------------------------------------------------------------------------------------


def _person(directory: Directory, person: str) -> Person:
    active_person(directory, person)
    return directory.people[person]


def _add_person(directory: Directory, command: AddPerson, day: dt.date) -> list[Event]:
    if command.person in directory.people:
        raise Refused(
            "The identifier {person} belongs to somebody already, or did once; give another.", person=command.person
        )
    return [PersonAdded(**command.model_dump(), on=day)]


def _rename_person(directory: Directory, command: RenamePerson, day: dt.date) -> list[Event]:
    active_person(directory, command.person)
    return [PersonRenamed(person=command.person, name=command.name)]


def _change_person(directory: Directory, command: ChangePerson, day: dt.date) -> list[Event]:
    person = _person(directory, command.person)
    stands = {name: getattr(command, name) or getattr(person, name) for name in ("email", "language", "phone")}
    if all(getattr(person, name) == value for name, value in stands.items()):
        return []
    return [PersonChanged(person=command.person, **stands)]


def _remove_person(directory: Directory, command: RemovePerson, day: dt.date) -> list[Event]:
    """Everything the person holds had its last day yesterday: from now on nothing is asked of them."""
    active_person(directory, command.person)
    held = [key for key, seat in directory.seats.items() if seat.person == command.person]
    events: list[Event] = [
        *seats_ended(directory, held, day, command.reason),
        *deputyships_ended(directory, command.person, day),
        *roles_ended(directory, command.person, day),
        *stand_ins_ended(directory, command.person, day),
        PersonRemoved(person=command.person, reason=command.reason),
    ]
    check_administered(directory, events, day)
    return events


DECIDERS: dict[type[MunicipalityCommand], Callable[[Directory, Any, dt.date], list[Event]]] = {
    ChangeMunicipality: _change_municipality,
    LoadDefinition: _load_definition,
    SetCalendar: _set_calendar,
    SetAppearance: _set_appearance,
    AddPerson: _add_person,
    RenamePerson: _rename_person,
    ChangePerson: _change_person,
    RemovePerson: _remove_person,
    SetUpGroup: set_up_group,
    RenameGroup: rename_group,
    DissolveGroup: dissolve_group,
    GiveSeat: give_seat,
    EndSeat: end_seat,
    ChangeSeatPart: change_seat_part,
    NameDeputies: name_deputies,
    GiveRole: give_role,
    EndRole: end_role,
    NoteAbsence: note_absence,
    EndAbsence: end_absence,
}
"""What decides each command."""
