"""Everything that can be asked of a municipality's own record: its people, groups, seats, roles, absences and settings.

Names, e-mail addresses and reasons are `Private`: they reach the rules and the record only as commitments.
"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from models.bounded import Day
from models.commands import Command
from models.definitions.definition import Key
from models.personal import Private
from models.words import GroupKind, Role, SeatPart

Language = Literal["fi", "sv", "en"]
Name = Annotated[str, Field(min_length=1, max_length=200)]  # of a municipality or a group: no personal data
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _distinct(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    if len(set(languages)) < len(languages):
        raise ValueError("each language is named once")
    return languages


def _an_address(email: Private) -> Private:
    before, _, domain = email.rpartition("@")
    if not before or "." not in domain.strip(".") or any(letter.isspace() for letter in email):
        raise ValueError("an e-mail address looks like name@municipality.fi")
    return email


def _a_phone_number(phone: Private) -> Private:
    if not re.fullmatch(r"\+?[0-9][0-9 ()/-]{3,28}", phone):
        raise ValueError("a phone number looks like 040 123 4567")
    return phone


Languages = Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_distinct)]
Email = Annotated[Private, AfterValidator(_an_address)]
Phone = Annotated[Private, AfterValidator(_a_phone_number)]


class MunicipalityCommand(Command):
    """Something a person asks of the municipality's own record."""


# --- the municipality ---------------------------------------------------------------------------------------------


class SetUpMunicipality(MunicipalityCommand):
    """Begin a municipality's record, with its first administrator."""

    municipality: Key
    name: Name
    languages: Languages = ("fi",)
    administrator: Key
    administrator_name: Private
    administrator_email: Email | None = None
    administrator_language: Language = "fi"


class ChangeMunicipality(MunicipalityCommand):
    """Change the municipality's name or languages. What is not given stays as it was."""

    name: Name | None = None
    languages: Languages | None = None


class LoadDefinition(MunicipalityCommand):
    """Take a process definition's version into use, by its hash."""

    hash: Hash
    definition: Key
    version: str = Field(min_length=1, max_length=60)
    source: Hash | None = None  # of the file it was read from


class SetCalendar(MunicipalityCommand):
    """Take a set of own days off and meeting dates into use, by its hash."""

    hash: Hash


class SetAppearance(MunicipalityCommand):
    """Take the look of the municipality's papers into use, by its hash: colours, emblem, Word templates."""

    hash: Hash


# --- people -------------------------------------------------------------------------------------------------------


class AddPerson(MunicipalityCommand):
    """Add somebody to the directory."""

    person: Key
    name: Private
    email: Email | None = None
    language: Language = "fi"
    phone: Phone | None = None


class RenamePerson(MunicipalityCommand):
    """Somebody's name changed, or was written wrong. The record keeps names as they were."""

    person: Key
    name: Private


class ChangePerson(MunicipalityCommand):
    """Change somebody's address, language or phone number. What is not given stays as it was."""

    person: Key
    email: Email | None = None
    language: Language | None = None
    phone: Phone | None = None


class RemovePerson(MunicipalityCommand):
    """Take somebody out of use at once: seats, roles, deputyships and stand-ins end. What they did stays."""

    person: Key
    reason: Private


# --- groups and seats ---------------------------------------------------------------------------------------------


class SetUpGroup(MunicipalityCommand):
    """Set up a working group or a committee."""

    group: Key
    name: Name
    kind: GroupKind = GroupKind.WORKING_GROUP


class RenameGroup(MunicipalityCommand):
    """Give a group another name."""

    group: Key
    name: Name


class DissolveGroup(MunicipalityCommand):
    """End a group and its seats at once."""

    group: Key
    reason: Private


class GiveSeat(MunicipalityCommand):
    """Give somebody a place in a group, with deputies in the order they step in."""

    seat: Key
    group: Key
    person: Key
    part: SeatPart = SeatPart.MEMBER
    deputies: tuple[Key, ...] = ()
    first: Day
    last: Day | None = None


class EndSeat(MunicipalityCommand):
    """End a seat on its last day. A last day before the first one takes back a seat that never began."""

    seat: Key
    last: Day
    reason: Private


class ChangeSeatPart(MunicipalityCommand):
    """Make a seat its group's chair, vice-chair or a member, from now on."""

    seat: Key
    part: SeatPart


class NameDeputies(MunicipalityCommand):
    """Name a seat's deputies anew, in the order they step in."""

    seat: Key
    deputies: tuple[Key, ...]


# --- roles and absences -------------------------------------------------------------------------------------------


class GiveRole(MunicipalityCommand):
    """Give somebody a standing role."""

    person: Key
    role: Role
    first: Day
    last: Day | None = None


class EndRole(MunicipalityCommand):
    """End somebody's standing role on its last day."""

    person: Key
    role: Role
    last: Day


class NoteAbsence(MunicipalityCommand):
    """Note the days somebody is away, and who stands in. Never why."""

    person: Key
    first: Day
    last: Day
    stand_in: Key | None = None


class EndAbsence(MunicipalityCommand):
    """Somebody is back earlier: the last day away. A last day before the first one takes the absence back."""

    person: Key
    first: Day  # which absence: the one that began on this day
    last: Day
