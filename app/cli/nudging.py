"""`etappi nudge`: who has not done what waits for them, and a reminder to those who are chosen."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from app.cli.desk import Desk
from app.cli.duties import told_duty
from app.cli.params import As, Json, Municipality, ProcessKey
from app.cli.screen import count, date_of, instant, item, print_json, say
from app.cli.shapes_messages import NudgeLine, Nudges
from app.cli.standing import person
from models.errors import NotAuthorised
from models.rights import Thing
from models.storage.reading import open_duty

WHY_NOT = {"postponed": "they have postponed this reminder themselves"}


def nudge(
    process: ProcessKey,
    duties: Annotated[
        list[str] | None, typer.Argument(metavar="DUTY…", help="Whose reminders leave; without any, all are listed.")
    ] = None,
    late: Annotated[bool, typer.Option("--late", help="Remind everybody who is late.")] = False,
    phase: Annotated[str | None, typer.Option("--phase", metavar="PHASE", help="Of this phase alone.")] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Remind those who have not done what waits for them. For the coordinator, and a chair in the own group.

    Without a duty and without --late nobody is written to: what waits is listed, with whom a reminder would reach and
    when. A reminder of one duty leaves once a day at most, within its reader's hours.

    Examples:

        etappi nudge kemijarvi-2030 --as coordinator
        etappi nudge kemijarvi-2030 --late --as coordinator
        etappi nudge kemijarvi-2030 stance:tulevaisuuskuva:1:opettaja \\
            --as coordinator
    """
    from models.outgoing.addressing import Addressing
    from models.outgoing.nudging import Nudge, Nudging

    desk = Desk(municipality, as_, None, process)
    if not _sees_late(desk):
        raise NotAuthorised(who="the coordinator of the process, or the chair of the group")
    of_phase = desk.phase(phase) if phase else None
    nudging = Nudging(Addressing(desk.engine, dt.timedelta(minutes=desk.settings.message_window)))
    with desk.reading() as session:
        world = desk.world(calendar=True)
        waiting = nudging.nudges(session, desk.scope, desk.process, world, desk.person)
    shown = [one for one in waiting if of_phase in (None, one.duty.phase) and one.person != desk.person]
    chosen = [*(duties or ()), *(one.key for one in shown if late and one.duty.due < desk.today and one.person)]

    def line(one: Nudge) -> NudgeLine:
        duty = open_duty(process, process, one.key, one.duty)
        return NudgeLine(
            duty=one.key,
            what=told_duty(duty, desk.names),
            due=one.duty.due,
            owes=person(desk, one.duty.person) if one.duty.person else None,
            to=person(desk, one.person) if one.person else None,
            leaves=one.leaves,
            why_not=WHY_NOT.get(one.why_not or "", one.why_not),
        )

    if chosen or late:
        sent = nudging.send(desk.municipality, process, chosen, desk.person) if chosen else []
        _show(desk, process, map(line, sent), sent=True, as_json=json_)
    else:
        _show(desk, process, map(line, shown), sent=False, as_json=json_)


def _sees_late(desk: Desk) -> bool:
    groups = desk.process.groups
    return desk.may_read(Thing.EVERYTHING) or any(desk.may_read(Thing.LATE, group) for group in groups)


def _show(desk: Desk, process: str, lines: Iterable[NudgeLine], *, sent: bool, as_json: bool) -> None:
    found = tuple(lines)
    if as_json:
        print_json(Nudges(1, desk.municipality, process, sent, found))
        return
    for one in found:
        item("!" if one.due < desk.today else "-", f"{one.what}: by {date_of(one.due)}")
        for told in _reached(one):
            say(told, indent=6)
        if not sent:
            say(one.duty, indent=6)
    if sent:
        people = {one.to.person for one in found if one.to}
        say(f"{count(len(people), 'person', 'people')} will be reminded.")
    elif not found:
        say("All is done: nobody needs to be reminded.")
    else:
        say("Nobody has been written to: name the duties, or say --late.")


def _reached(one: NudgeLine) -> Iterator[str]:
    if one.to is None:
        yield f"Reaches nobody: {one.why_not}."
        return
    whose = f", for {one.owes.name or one.owes.person}" if one.owes and one.owes.person != one.to.person else ""
    at = f", leaves {instant(one.leaves)}" if one.leaves else ""
    yield f"{one.to.name or one.to.person}{whose}{at}"
