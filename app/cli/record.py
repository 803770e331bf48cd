"""`etappi record`: what has happened in a process (valmisteluhistoria), all of it or up to a day."""

import datetime as dt
from typing import Annotated

import typer

from app.cli.acts import shown
from app.cli.desk import Desk
from app.cli.params import As, Json, Municipality, on
from app.cli.screen import heading, instant, print_json, say
from app.cli.shapes import Happened
from app.cli.shapes_looking import Recorded
from app.cli.standing import stands
from app.cli.status import check_may_read
from app.history.sentences import tarkiste
from models.errors import NotAuthorised
from models.rights import Thing
from models.storage import history
from models.words import Role

OWN_READERS = (Role.ADMINISTRATOR, Role.COORDINATOR, Role.REGISTRAR, Role.PROTECTION, Role.AUDITOR)
"""Who may read the municipality's own record."""


def record(
    process: Annotated[
        str | None, typer.Argument(metavar="[PROCESS]", help="By default the municipality's own record.")
    ] = None,
    as_of: Annotated[dt.date | None, on("--as-of", "As it was recorded at the end of that day.")] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """What has happened in a process, in the order it was recorded; with --as-of as it stood at the end of a day.

    Examples:

        etappi record kemijarvi-2030
        etappi record kemijarvi-2030 --as-of 31.1.2027 --as coordinator
        etappi record --json --as auditor
    """
    desk = Desk(municipality, as_, None, process)
    found = _of_process(desk, process, as_of) if process else _own(desk, as_of)
    if json_:
        print_json(found)
        return
    for one in found.happened:
        _show(desk, one)
    if found.stood:
        heading("Where it stood" if as_of else "Where it stands")
        say(found.stood)
    say(f"{len(found.happened)} events. The last one's tarkiste is {tarkiste(found.head)}.")


def _show(desk: Desk, one: Happened) -> None:
    who = desk.names.person(one.person) if one.person else "a member"
    acting_for = f" for {desk.names.person(one.for_whom)}" if one.for_whom else ""
    say(f"{one.sequence}. {instant(one.at)}, {who}{acting_for}")
    say(one.sentence, indent=4)


def _of_process(desk: Desk, process: str, as_of: dt.date | None) -> Recorded:
    check_may_read(desk, Thing.RECORD)
    with desk.reading() as session:
        kept = history.of_process(session, desk.scope.id, as_of)
    state = history.stood(kept, process)
    now = desk.process
    desk.process = state  # where it stood is told of that day; who may read it is judged by what holds now
    stood = stands(desk)
    desk.process = now
    happened = tuple(shown(one.recorded, desk, process) for one in kept)
    return Recorded(1, desk.municipality, process, as_of, stood, kept[-1].hash, happened)


def _own(desk: Desk, as_of: dt.date | None) -> Recorded:
    if not any(desk.directory.has_role(desk.person, role, desk.today) for role in OWN_READERS):
        raise NotAuthorised(who=", or ".join(f"the municipality's {role.value}" for role in OWN_READERS))
    with desk.reading() as session:
        kept = history.of_municipality(session, desk.municipality, as_of)
    happened = tuple(shown(one.recorded, desk, None) for one in kept)
    return Recorded(1, desk.municipality, None, as_of, None, kept[-1].hash if kept else None, happened)
