"""`etappi inbox`: what waits for one person, over all processes (Odottaa sinua)."""

from app.cli.desk import Desk
from app.cli.duties import how_done, told_duty
from app.cli.params import As, Json, Municipality
from app.cli.screen import date_of, item, print_json, say
from app.cli.shapes_looking import Inbox, Waiting
from models.storage.waiting import Waiting as ItWaits
from models.storage.waiting import waiting


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


def _waiting(desk: Desk) -> list[Waiting]:
    with desk.reading() as session:
        found = waiting(session, desk.worlds, desk.directory, desk.person, desk.now)
    return [_told(desk, one) for one in found]


def _told(desk: Desk, one: ItWaits) -> Waiting:
    duty = one.duty
    return Waiting(
        process=duty.process,
        title=duty.title,
        duty=duty.key,
        kind=duty.kind,
        what=told_duty(duty, desk.at(duty.process).names),
        due=duty.due,
        days_late=one.days_late(desk.today),
        acting_for=one.acting_for,
        how=how_done(duty),
    )
