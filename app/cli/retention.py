"""`etappi retention`: how long what a process leaves is kept, what becomes of it, and having it destroyed by hand."""

from itertools import groupby
from typing import Annotated

import typer

from app.cli.asking import agreed
from app.cli.desk import Desk
from app.cli.params import As, Json, Municipality, Yes
from app.cli.screen import count, date_of, print_json, say, table
from app.cli.shapes_looking import Keeping, KeptLine
from app.cli.status import check_may_read
from models.commands import Destroy
from models.errors import Refused
from models.events import Actor
from models.rights import Thing, check_right
from models.storage.retention import Kept, kept, left

THEN = {"archive": "archive it: etappi export --full", "anonymise": "cover names: etappi redact"}
"""What people do when the time of something is over that Etappi does not destroy."""


def retention(
    process: Annotated[str | None, typer.Argument(metavar="[PROCESS]", help="Only this one.")] = None,
    destroy_: Annotated[
        bool, typer.Option("--destroy", help="Destroy now what is over; the clock does it each night.")
    ] = False,
    yes: Yes = False,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """How long what a process leaves is kept, and what becomes of it then. Times run from the day of closing.

    Etappi destroys drafts and the log of messages. What is archived or anonymised is for people to do.

    Examples:

        etappi retention --as registrar
        etappi retention kemijarvi-2030 --destroy --as registrar
    """
    desk = Desk(municipality, as_)
    if process:
        check_may_read(desk.at(process), Thing.PROCESS)
    with desk.reading() as session:
        found = [one for one in kept(session, desk.worlds, desk.municipality, process) if _shown(desk, one)]
    if destroy_:
        _destroyed(desk, found, yes=yes)
    with desk.reading() as session:
        lines = tuple(_line(desk, one, left(session, one) if one.destroys else None) for one in found)
    if json_:
        print_json(Keeping(1, desk.municipality, lines))
    else:
        _show(lines)


def _shown(desk: Desk, one: Kept) -> bool:
    return desk.at(one.process).may_read(Thing.PROCESS)


def _destroyed(desk: Desk, found: list[Kept], *, yes: bool) -> None:
    """What is over is gone, where that was agreed to, and each record says so. Raises NotAuthorised, Refused where
    nothing is over."""
    for one in found:
        there = desk.at(one.process)
        check_right(there.process, Destroy(data=("drafts",)), Actor(person=desk.person), there.world())
    with desk.reading() as session:
        over = [one for one in found if one.destroys and one.is_over(desk.today) and left(session, one)]
    if not over:
        raise Refused("Nothing is over that Etappi destroys.")
    agreed("This is destroyed, and does not come back:", [f"{one.process}: {one.rule.data}" for one in over], yes=yes)
    for process, data in groupby(over, key=lambda one: one.process):
        command = Destroy.model_validate({"data": tuple(one.rule.data for one in data)})
        desk.engine.handle(desk.municipality, command, desk.person, process=process)


def _line(desk: Desk, one: Kept, there: int | None) -> KeptLine:
    return KeptLine(
        process=one.process,
        title=one.title,
        data=one.rule.data,
        months=one.rule.months,
        then=one.rule.then,
        closed=one.closed,
        over=one.over,
        is_over=one.is_over(desk.today),
        left=there,
    )


def _show(lines: tuple[KeptLine, ...]) -> None:
    if not lines:
        say("No definition of a process says how long anything is kept.")
        return
    rows = [(one.process, one.data, _kept(one), _told(one)) for one in lines]
    table(("process", "data", "kept", "then"), rows)


def _kept(one: KeptLine) -> str:
    return f"{count(one.months, 'month')} after closing" if one.months else "until closing"


def _told(one: KeptLine) -> str:
    by_hand = THEN.get(one.then, "for people to destroy")
    if one.over is None:
        return "destroyed by Etappi" if one.left is not None else by_hand
    if one.left is None:
        return f"since {date_of(one.over)}: {by_hand}" if one.is_over else f"{date_of(one.over)}: {by_hand}"
    if not one.left:
        return "nothing is left"
    return f"over since {date_of(one.over)}: destroyed tonight" if one.is_over else f"destroyed {date_of(one.over)}"
