"""What creating a process proposes where nothing else is said: the newest definition, readings, roles, groups, a start.

The command line and the pages ask the same.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from models.commands import Settled
from models.days.schedule import parse_start
from models.definitions.definition import Definition, RoleSlot, WorkingGroup
from models.municipality.directory import Directory
from models.personal import Private
from models.process import COORDINATOR
from models.words import Role

AS_PROPOSED = "Prosessimallin ehdotus."


def newest_definitions(directory: Directory) -> dict[str, str]:
    """The hash of the newest version of each definition in use, by its id."""
    return {id_: hash_ for hash_, id_ in directory.definitions.items()}


def proposed_choices(definition: Definition, given: Mapping[str, Settled]) -> dict[str, Settled]:
    """A reading of each choice: the one given, else the one that the definition proposes."""
    proposed = {one.id: Settled(reading=one.proposed, why=Private(AS_PROPOSED)) for one in definition.choices}
    return {**proposed, **given}


def proposed_roles(
    definition: Definition, directory: Directory, acting: str, day: dt.date, given: Mapping[str, str]
) -> dict[str, str]:
    """Who plays each role: those given; and the coordinator is the one who acts, if that is their standing role."""
    coordinates = directory.has_role(acting, Role.COORDINATOR, day)
    slots = {slot.id for slot in definition.roles}
    proposed = {COORDINATOR: acting} if coordinates and COORDINATOR in slots else {}
    return {**proposed, **given}


def open_roles(definition: Definition, roles: Iterable[str]) -> tuple[RoleSlot, ...]:
    """The roles that somebody has to play and nobody does."""
    played = set(roles)
    return tuple(slot for slot in definition.roles if slot.required and slot.id not in played)


def proposed_groups(definition: Definition, directory: Directory, given: Mapping[str, str]) -> dict[str, str]:
    """Which of the municipality's groups each of the definition's is: the one given, else the one of the same id.

    A group that was dissolved is not proposed.
    """
    standing = {key for key, group in directory.groups.items() if group.active}
    same = {one.id: one.id for one in definition.groups if one.id in standing}
    return {**same, **given}


def open_groups(definition: Definition, groups: Iterable[str]) -> tuple[WorkingGroup, ...]:
    """The definition's groups that are none of the municipality's yet."""
    known = set(groups)
    return tuple(one for one in definition.groups if one.id not in known)


def proposed_start(definition: Definition, choices: Mapping[str, str], today: dt.date) -> dt.date:
    """The usual start; where that has gone by, the first day of the next such month."""
    usual = usual_start(definition, choices, today)
    if usual >= today:
        return usual
    this_year = dt.date(today.year, usual.month, 1)
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def usual_start(definition: Definition, choices: Mapping[str, str], today: dt.date) -> dt.date:
    """The definition's usual start: of the year it names, else of this year or, where that has gone by, the next."""
    named = definition.start[0].to.date if definition.start else None
    for year in (named.year if named else None, today.year):
        if year is not None:
            begins = parse_start(str(year), definition, choices)
            if begins >= today or year != today.year:
                return begins
    return parse_start(str(today.year + 1), definition, choices)
