"""What has been answered of a process that is being created, step by step; nothing of it is in any record yet."""

import datetime as dt
from collections.abc import Iterator

from models.commands import SettingUp
from models.definitions.definition import Definition
from models.frozen import Frozen
from models.inviting.verdicts import Sitting, Who
from models.words import GroupKind

MODEL, NAME, START, DATES, DECISION, ROLES, CHECK = "malli", "nimi", "alku", "ajat", "paatos", "vastuut", "tarkista"
CHOICE, GROUP = "valinta", "ryhma"  # followed by which one


class Reading(Frozen):
    """How a choice that the sources leave is settled, and why."""

    reading: str
    why: str


class GroupAnswer(Frozen):
    """Who a group of the definition is: a group the municipality has, or a new one with those who are to sit in it."""

    group: str | None = None
    name: str = ""
    kind: GroupKind = GroupKind.WORKING_GROUP
    pasted: str = ""  # the list as it was pasted, to go on with
    sitting: tuple[Sitting, ...] = ()


class Answers(Frozen):
    """Everything answered so far. A step that stands in `answered` has been seen and answered."""

    definition: str  # its hash
    title: str = ""
    matter_number: str | None = None
    choices: dict[str, Reading] = {}
    start: dt.date | None = None
    dates: dict[str, dt.date] = {}  # those that were moved
    setting_up: SettingUp | None = None  # without one it is a rehearsal
    roles: dict[str, Who] = {}
    groups: dict[str, GroupAnswer] = {}
    answered: tuple[str, ...] = ()

    def with_(self, step: str, *, done: bool = True, **changed: object) -> "Answers":
        """The answers with something changed in a step, which is answered with that or is not `done`; and the steps
        that rest on what changed are to be looked at again."""
        after = self.model_copy(update=changed)
        others = tuple(one for one in self.answered if one != step)
        answered = (*others, step) if done else others
        if (after.start, _readings(after)) != (self.start, _readings(self)):
            after = after.model_copy(update={"dates": {}})
            answered = tuple(one for one in answered if one != DATES)
        return after.model_copy(update={"answered": answered})


def _readings(answers: Answers) -> dict[str, str]:
    return {choice: one.reading for choice, one in answers.choices.items()}


def readings(definition: Definition, answers: Answers) -> dict[str, str]:
    """The reading of each choice: the one answered, else the one proposed."""
    return {one.id: one.proposed for one in definition.choices} | _readings(answers)


def steps(definition: Definition) -> tuple[str, ...]:
    """The steps in their order, the last one the check of all answers."""
    return tuple(_steps(definition))


def _steps(definition: Definition) -> Iterator[str]:
    yield from (MODEL, NAME)
    yield from (f"{CHOICE}/{one.id}" for one in definition.choices)
    yield from (START, DATES, DECISION, ROLES)
    yield from (f"{GROUP}/{one.id}" for one in definition.groups)
    yield CHECK


def next_step(definition: Definition, answers: Answers) -> str:
    """The first step that has not been answered; the check where all have."""
    return next(one for one in steps(definition) if one == CHECK or one not in answers.answered)


def step_before(definition: Definition, step: str) -> str | None:
    """The step before; None before the first one."""
    order = steps(definition)
    at = order.index(step)
    return order[at - 1] if at else None
