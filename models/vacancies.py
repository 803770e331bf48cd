"""The parts of a process that nobody plays any more: who had one has left, or a group has nobody to chair it. Pure.

Nothing stops because somebody leaves; but nothing is submitted where nobody could state the outcome, and a reminder
reaches nobody. So the coordinator is told who is missing, and names a successor.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from models.process import Process
from models.words import PhaseStatus, ProcessStatus, SeatPart
from models.world import World, checkpoint_of


class Missing(StrEnum):
    """What is missing."""

    PERSON = "person"  # who has the role slot is no longer in the directory
    MEMBERS = "members"  # the group has nobody
    CHAIR = "chair"  # the group has no chair


class Vacancy(NamedTuple):
    """A role slot, or a group of a checkpoint to come, and what is missing in it."""

    slot: str
    missing: Missing


def vacancies(process: Process, world: World) -> tuple[Vacancy, ...]:
    """What is missing today in a process that runs or waits: its role slots, and the groups still to be asked."""
    if process.status not in (ProcessStatus.RUNNING, ProcessStatus.HELD):
        return ()
    gone = (slot for slot, person in process.roles.items() if not world.directory.is_active(person))
    return (*(Vacancy(slot, Missing.PERSON) for slot in gone), *_groups(process, world))


def _groups(process: Process, world: World) -> Iterator[Vacancy]:
    ahead = (key for key, phase in process.phases.items() if phase.status is not PhaseStatus.PASSED)
    for group in dict.fromkeys(at.group for key in ahead for at in checkpoint_of(process, world, key).groups):
        parts = [seat.part for _, seat in world.directory.seats_of(process.groups[group], world.today)]
        if not parts:
            yield Vacancy(group, Missing.MEMBERS)
        elif SeatPart.CHAIR not in parts:
            yield Vacancy(group, Missing.CHAIR)
