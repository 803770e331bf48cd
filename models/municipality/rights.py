"""Who may ask what of a municipality's own record: a table, and the one function that reads it.

The rights in a process stand in `rights.py`; this is the same for people, groups, seats, roles, absences and settings.
"""

import datetime as dt
from typing import TypeGuard

from models.errors import NotAuthorised
from models.events import Actor
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
)
from models.municipality.directory import Directory
from models.words import Role

ADMINISTRATION = (Role.ADMINISTRATOR,)
COORDINATION = (Role.ADMINISTRATOR, Role.COORDINATOR)

MUNICIPALITY_RIGHTS: dict[type[MunicipalityCommand], tuple[Role, ...]] = {
    ChangeMunicipality: ADMINISTRATION,
    LoadDefinition: ADMINISTRATION,
    SetCalendar: (*COORDINATION, Role.REGISTRAR),  # who prepares the bodies' meetings knows their dates
    SetAppearance: ADMINISTRATION,
    AddPerson: COORDINATION,
    RenamePerson: COORDINATION,
    ChangePerson: ADMINISTRATION,  # the address is the way in
    RemovePerson: ADMINISTRATION,
    SetUpGroup: COORDINATION,
    RenameGroup: COORDINATION,
    DissolveGroup: ADMINISTRATION,
    GiveSeat: COORDINATION,
    EndSeat: COORDINATION,
    ChangeSeatPart: COORDINATION,
    NameDeputies: COORDINATION,
    GiveRole: ADMINISTRATION,
    EndRole: ADMINISTRATION,
    NoteAbsence: COORDINATION,
    EndAbsence: COORDINATION,
}
"""The roles that may ask for each command. Not here is `SetUpMunicipality`: nobody is there yet to have a right."""

OWN = (NoteAbsence, EndAbsence, ChangePerson)
"""What anybody may ask about themselves; of their data the language and the phone number."""


def check_right(directory: Directory, command: MunicipalityCommand, by: Actor, day: dt.date) -> None:
    """Raises NotAuthorised where the actor, on this day, may not ask this. What the table does not name nobody may."""
    if may(directory, type(command), by.person, day):
        return
    if _is_own(command) and command.person == by.person and directory.is_active(by.person):
        return
    if isinstance(command, RemovePerson) and _takes_back(directory, command.person, by, day):
        return
    roles = MUNICIPALITY_RIGHTS.get(type(command), ())
    raise NotAuthorised(who=_holders(roles, own=_is_own(command)))


def _is_own(command: MunicipalityCommand) -> TypeGuard[NoteAbsence | EndAbsence | ChangePerson]:
    if isinstance(command, ChangePerson):
        return command.email is None  # the address is the way in
    return isinstance(command, OWN)


def may(directory: Directory, command: type[MunicipalityCommand], person: str, day: dt.date) -> bool:
    """Whether the person may ask for such commands on the day, of anybody."""
    roles = MUNICIPALITY_RIGHTS.get(command, ())
    return directory.is_active(person) and any(directory.has_role(person, role, day) for role in roles)


def _takes_back(directory: Directory, person: str, by: Actor, day: dt.date) -> bool:
    return just_added(directory, person, day) and may(directory, AddPerson, by.person, day)


def just_added(directory: Directory, person: str, day: dt.date) -> bool:
    """Whether the person was added that day and holds nothing: who may add people may take such a one back."""
    if person not in directory.people or directory.people[person].added != day:
        return False
    seats = (seat for seat in directory.seats.values() if person in (seat.person, *seat.deputies))
    return next(seats, None) is None and all(role.person != person for role in directory.roles.values())


def _holders(roles: tuple[Role, ...], own: bool) -> str:
    words = [f"the municipality's {role.value}" for role in roles]
    return " or ".join([*words, "the person themselves"] if own else words or ["nobody"])
