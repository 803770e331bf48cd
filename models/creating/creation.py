"""The commands that a process's answers come to: people, groups and seats that are new, and the process itself."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from models.commands import CreateProcess, Settled
from models.creating.answers import Answers, GroupAnswer, readings
from models.creating.proposing import AS_PROPOSED
from models.definitions.definition import Definition
from models.inviting.seating import NewKey, People, seats_given
from models.municipality.commands import GiveRole, MunicipalityCommand, SetUpGroup
from models.municipality.directory import Directory
from models.municipality.rights import may
from models.personal import Private
from models.process import COORDINATOR
from models.words import Role


class Creation(NamedTuple):
    """What is to be done, all of it or nothing, and who is to be invited."""

    before: tuple[MunicipalityCommand, ...]
    create: CreateProcess
    invited: tuple[str, ...]


def creation(
    answers: Answers, definition: Definition, directory: Directory, acting: str, day: dt.date, new_key: NewKey
) -> Creation:
    """The commands. An administrator gives whoever coordinates the standing role as well, so that they can do it."""
    assert answers.start is not None, "the start has been answered"
    people = People(directory, new_key)
    roles = {slot: people.key(who) for slot, who in answers.roles.items()}
    taken = set(directory.groups)
    groups: dict[str, str] = {}
    set_up: list[MunicipalityCommand] = []
    for plan in definition.groups:
        answer = answers.groups[plan.id]
        groups[plan.id] = answer.group or _free_group(plan.id, taken)
        taken.add(groups[plan.id])
        set_up += _set_up(groups[plan.id], answer, people, day)
    standing = _standing(roles.get(COORDINATOR), directory, acting, day)
    create = CreateProcess(
        definition=answers.definition,
        title=answers.title,
        matter_number=answers.matter_number,
        setting_up=answers.setting_up,
        start=answers.start,
        dates=answers.dates,
        choices=_settled(answers, definition),
        roles=roles,
        groups=groups,
    )
    return Creation((*people.added, *standing, *set_up), create, people.new)


def _set_up(key: str, answer: GroupAnswer, people: People, day: dt.date) -> Iterator[MunicipalityCommand]:
    if answer.group is None:
        yield SetUpGroup(group=key, name=answer.name, kind=answer.kind)
        yield from seats_given(key, answer.sitting, people, day, ())


def _standing(
    coordinator: str | None, directory: Directory, acting: str, day: dt.date
) -> Iterator[MunicipalityCommand]:
    """The standing role for who coordinates, where they have none and it is the acting one's to give."""
    if coordinator is None or directory.has_role(coordinator, Role.COORDINATOR, day):
        return
    if may(directory, GiveRole, acting, day):
        yield GiveRole(person=coordinator, role=Role.COORDINATOR, first=day)


def _settled(answers: Answers, definition: Definition) -> dict[str, Settled]:
    whys = {choice: one.why for choice, one in answers.choices.items()}
    return {
        choice: Settled(reading=reading, why=Private(whys.get(choice) or AS_PROPOSED))
        for choice, reading in readings(definition, answers).items()
    }


def _free_group(plan: str, taken: set[str]) -> str:
    """The definition's own id, with a number where a group has it or had it."""
    number, key = 1, plan
    while key in taken:
        number += 1
        key = f"{plan[:55]}-{number}"
    return key
