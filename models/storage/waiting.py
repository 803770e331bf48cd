"""What waits for one person, over all processes: own duties, and those the person acts in for somebody who is away."""

import datetime as dt
from typing import NamedTuple

from models.days.calendar import local_date
from models.duties.recipients import around, recipients
from models.municipality.directory import Directory
from models.process import Process
from models.storage import reading
from models.storage.database import Session
from models.storage.reading import OpenDuty
from models.storage.worlds import Worlds
from models.words import Audience, SeatPart


class Waiting(NamedTuple):
    """Something that waits for the person."""

    duty: OpenDuty
    process: Process
    acting_for: str | None  # the holder or absent employee; None where it is one's own

    def days_late(self, today: dt.date) -> int:
        """How many days its date has gone by; 0 where it is not late."""
        return max(0, (today - self.duty.due).days)


def waiting(
    session: Session, worlds: Worlds, directory: Directory, person: str, now: dt.datetime, process: str | None = None
) -> list[Waiting]:
    """What waits for the person in all processes or one, the most urgent first.

    Statements do not grow with what there is.
    """
    today = local_date(now)
    people = {person} | {
        absence.person
        for absence in directory.absences.values()
        if absence.stand_in == person and absence.first <= today <= absence.last
    }
    seats = {key for key, seat in directory.seats.items() if person in seat.deputies}
    leads = any(seat.person == person and seat.part is not SeatPart.MEMBER for seat in directory.seats.values())
    near = reading.duties_near(session, directory.municipality, people, seats, of_nobody=leads)
    near = [duty for duty in near if duty.waits(today) and process in (None, duty.process)]
    if not near:
        return []
    processes = worlds.processes(session, directory.municipality, {duty.process for duty in near})
    found = []
    for duty in near:
        state = processes[duty.process]
        definition = worlds.definition(session, directory.municipality, state.definition)
        own = duty.person == person
        told = recipients(duty, Audience.HOLDER, around(state, definition, duty.phase), directory, today)
        if own or person in told.people:
            found.append(Waiting(duty, state, None if own else duty.person))
    return sorted(found, key=lambda one: (one.duty.due, one.duty.process, one.duty.key))
