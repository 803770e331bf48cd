"""`etappi inbox`: what waits for one person, over all processes (Odottaa sinua)."""

from dataclasses import dataclass

from app.cli import reading
from app.cli.desk import Desk
from app.cli.duties import how_done, told_duty
from app.cli.params import As, Json, Municipality
from app.cli.reading import OpenDuty
from app.cli.screen import date_of, item, print_json, say
from app.cli.shapes_looking import Inbox, Waiting
from models.duties.recipients import around, recipients
from models.municipality.directory import Directory
from models.words import Audience


def inbox(as_: As = None, municipality: Municipality = None, json_: Json = False) -> None:
    """What waits for you, most urgent first, over all processes.

    What you owe as a deputy or a stand-in is there too, while the one you act for is away.

    Examples:

        etappi inbox --as teacher
        etappi inbox --json --as opettaja@kemijarvi.fi
    """
    desk = Desk(municipality, as_)
    found = Inbox(1, desk.municipality, desk.person, tuple(_waiting(desk)))
    if json_:
        print_json(found)
        return
    if not found.waiting:
        say("Nothing waits for you now. Etappi sends a message when something does.")
    for one in found.waiting:
        late = f", {one.days_late} days late" if one.days_late else ""
        as_whom = f" (for {desk.names.person(one.acting_for)})" if one.acting_for else ""
        item("!" if one.days_late else "-", f"{one.what}{as_whom}: by {date_of(one.due)}{late}")
        say(f"{one.title}", indent=6)
        say(one.how, indent=6)


@dataclass(frozen=True, slots=True)
class _Mine:
    """Whom the person acts for today."""

    person: str
    stood_in_for: frozenset[str]  # absent employees
    deputised: frozenset[str]  # seats

    @classmethod
    def of(cls, desk: Desk) -> "_Mine":
        directory: Directory = desk.directory
        people = {absence.person for absence in directory.absences.values() if absence.stand_in == desk.person}
        seats = {key for key, seat in directory.seats.items() if desk.person in seat.deputies}
        return cls(desk.person, frozenset(people), frozenset(seats))

    def may_be(self, duty: OpenDuty) -> bool:
        """Whether the duty may fall to the person, so that it is worth looking who is told of it."""
        return duty.person is None or duty.person in self.stood_in_for or duty.seat in self.deputised


def _waiting(desk: Desk) -> list[Waiting]:
    with desk.reading() as session:
        duties = reading.open_duties(session, desk.municipality)
    mine = _Mine.of(desk)
    found = []
    for duty in duties:
        if not duty.waits(desk.today):
            continue
        own = duty.person == desk.person
        if own or (mine.may_be(duty) and _falls_to(desk, duty)):
            acting_for = None if own or duty.person is None else duty.person
            found.append(_told(desk, duty, acting_for))
    return sorted(found, key=lambda one: (one.due, one.process, one.duty))


def _falls_to(desk: Desk, duty: OpenDuty) -> bool:
    """Whether the person is the one who would be told of the duty today."""
    there = desk.at(duty.process)
    about = around(there.process, there.definition, duty)
    told = recipients(duty, Audience.HOLDER, about, desk.directory, desk.today)
    return desk.person in told.people


def _told(desk: Desk, duty: OpenDuty, acting_for: str | None) -> Waiting:
    return Waiting(
        process=duty.process,
        title=duty.title,
        duty=duty.key,
        kind=duty.kind,
        what=told_duty(duty, desk.at(duty.process).names),
        due=duty.due,
        days_late=max(0, (desk.today - duty.due).days),
        acting_for=acting_for,
        how=how_done(duty),
    )
