"""The parts of a process that nobody plays any more: who had one has left, or a group has nobody to chair it. Pure.

Nothing stops because somebody leaves; but nothing is submitted where nobody could state the outcome, and a reminder
reaches nobody. So it is noted in the process who is missing: the coordinator is told once, and it waits for them until
the part is played again.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from models.commands import NoteVacancies
from models.events import Actor, Event, VacanciesNoted
from models.process import Process, Vacant
from models.words import Missing, PhaseStatus, ProcessStatus, SeatPart
from models.world import World, checkpoint_of


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


def decide_note_vacancies(process: Process, command: NoteVacancies, by: Actor, world: World) -> list[Event]:
    """Who is missing now is noted, and who is missing no more; nothing where that stands already."""
    found = noted_now(process, command.about, world)
    return [] if found is None else [found]


def noted_now(process: Process, about: Collection[str], world: World) -> VacanciesNoted | None:
    """What is to be noted, because of those people and groups; None where nothing is.

    A part that was noted already stays, also where something else of it is missing now: a group that had nobody and
    has members, but no chair.
    """
    before = {one.part for one in process.vacant.values()}
    now = tuple(
        one
        for one in _parts(process, world)
        if one.slot in process.vacant or (one.person or process.groups[one.slot]) in about
    )
    if {*now} == before:
        return None
    return VacanciesNoted(vacant=now, new=tuple(one.slot for one in now if one not in before))


def _parts(process: Process, world: World) -> Iterator[Vacant]:
    for slot, missing in vacancies(process, world):
        yield Vacant(slot=slot, missing=missing, person=process.roles[slot] if missing is Missing.PERSON else None)
