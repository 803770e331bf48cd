"""`etappi trace`: the thread from any need to the unit that answers it, and back, and where it breaks."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.desk import Desk
from app.cli.office import Office
from app.cli.params import As, Json, Municipality
from app.cli.screen import count, heading, item, print_json, say, table
from app.cli.shapes_outputs import BreakLine, LinkLine, NeedThread, RowName, ThreadTold
from app.cli.status import check_may_read
from models.days.formats import Language
from models.errors import NotFound, NotValid
from models.outputs.picture import thread_picture
from models.outputs.rows import Output
from models.outputs.thread import Node, Strand
from models.outputs.tracing import STRAND, Trace
from models.outputs.tracing import trace as traced
from models.rights import Thing
from models.storage import reading
from models.storage.typed import TypedContent

HEADINGS = ("Need", "Challenges", "Methods", "Bodies", "Units")


def trace(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PROCESS] [ITEM]", help="A process where there are several; a row: T4, YK2, H1."),
    ] = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Write the picture there.", dir_okay=False)
    ] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="fi|sv|en", help="Of the picture.")] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Follow the thread from a need to the unit that answers it, or from any row of any output; show where it breaks.

    Exit code 1 where it does. What is read: locked packages, then the versions of an open round, then drafts.

    Examples:

        etappi trace --as coordinator
        etappi trace T4 --json --as coordinator
        etappi trace kemijarvi-2030 YK2 --svg lanka.svg --as coordinator
    """
    process, row = _named(municipality, words or [])
    desk = Desk(municipality, as_, None, process)
    check_may_read(desk, Thing.PROCESS)
    outputs = outputs_of(desk)
    found = traced(outputs, row)
    if found is None:
        raise NotFound("No output has a row {name}. etappi trace alone shows all.", name=str(row))
    if svg is not None:
        svg.write_text(thread_picture(found, _language(desk, language)), encoding="utf-8")
    if json_:
        print_json(_told(desk, row, found))
    else:
        _show(found, svg)
    if found.broken:
        raise typer.Exit(1)


def _named(municipality: str | None, words: list[str]) -> tuple[str, str | None]:
    """The process, by default the only one, and the row that was asked for."""
    office = Office(municipality)
    with office.reading() as session:
        known = [one.key for one in reading.processes(session, office.municipality)]
    process = words.pop(0) if words and words[0] in known else None
    if len(words) > 1:
        raise NotValid("There is no process {name}; name one row: {rows}.", name=words[0], rows=words[-1])
    if process is None and len(known) != 1:
        raise NotValid("Say which process: {known}.", known=", ".join(known) or "there is none yet")
    return process or known[0], words[0] if words else None


def outputs_of(desk: Desk) -> list[tuple[str, Output]]:
    """The typed content of every phase, as far as it has come."""
    with desk.reading() as session:
        content = TypedContent(session, desk.files, desk.municipality, desk.scope.id)
        return content.as_it_stands(desk.secrecy)


def _language(desk: Desk, asked: str | None) -> Language:
    language = asked or desk.language
    if language not in ("fi", "sv", "en"):
        raise NotValid('"{language}" is no language here; write fi, sv or en.', language=language)
    return language  # type: ignore[return-value]


# --- what is told -------------------------------------------------------------------------------------------------


def _told(desk: Desk, row: str | None, found: Trace) -> ThreadTold:
    return ThreadTold(
        format=1,
        municipality=desk.municipality,
        process=str(desk.key),
        item=row,
        needs=tuple(_need(one) for one in found.needs),
        links=tuple(
            LinkLine(_name(link.source), _name(link.target), f"{link.source.register}.{link.field}")
            for link in found.links
        ),
        broken=tuple(BreakLine(one.phase, one.check, one.item) for one in found.broken),
    )


def _need(one: Strand) -> NeedThread:
    names = {name: tuple(map(_name, getattr(one, name))) for name in STRAND}
    return NeedThread(id=one.need.id, name=one.need.name, phase=one.need.phase, **names)


def _name(node: Node) -> RowName:
    return RowName(id=node.id, name=node.name, register=node.register, phase=node.phase)


def _show(found: Trace, svg: Path | None) -> None:
    rows = [
        (str(one.need), *(", ".join(node.id for node in getattr(one, name)) or "–" for name in _SHOWN))
        for one in found.needs
    ]
    if rows:
        table(HEADINGS, rows)
    else:
        say("No output holds a need yet.")
    if len(found.needs) == 1:
        heading("The thread")
        for link in found.links:
            item("-", f"{link.source} → {link.target} ({link.source.register})")
    heading("Where it breaks" if found.broken else "The thread is whole")
    for one in found.broken:
        item("!", f"{one.item} ({one.check}, {one.phase})")
    if not found.broken:
        say(f"{count(len(found.needs), 'need')}, {count(len(found.links), 'link')}.")
    if svg is not None:
        say(f"The picture is in {svg}.")


_SHOWN = ("challenges", "methods", "bodies", "units")
