"""`etappi compare`: two versions of an output, or a version and the text as decided, item by item and word by word."""

from typing import Annotated

import typer

from app.cli.desk import Desk
from app.cli.drafts import Output as OutputName
from app.cli.params import As, Json, Municipality, Phase, ProcessKey
from app.cli.screen import heading, item, print_json, say
from app.cli.shapes_outputs import ComparedTold, FieldLine, ItemCompared
from app.cli.status import check_may_read
from models.errors import NotFound
from models.exchange.comparing import Fate, ItemChange, compare_outputs, marked
from models.outputs.rows import Output
from models.rights import Thing
from models.storage import stored_texts
from models.storage.drafts import Contents, version_contents
from models.storage.typed import TypedContent

VERSIONS = """
    select version, sha256 from output_version
    where process_id = :process and phase = :phase and output = :output order by version"""
DECIDED = "decided"


def compare(
    process: ProcessKey,
    phase: Phase,
    output: OutputName,
    before: Annotated[
        str | None, typer.Option("--from", metavar="VERSION", help="By default the one before the other.")
    ] = None,
    after: Annotated[
        str | None, typer.Option("--to", metavar="VERSION|decided", help="By default the newest version.")
    ] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Compare two versions of an output row by row: what a returned round, a correction or the council changed.

    Examples:

        etappi compare kemijarvi-2030 2 tarverekisteri --as owner
        etappi compare kemijarvi-2030 5 organisaatiorakenne --to decided \\
            --as owner
    """
    desk = Desk(municipality, as_, None, process)
    check_may_read(desk, Thing.PROCESS)
    key = desk.phase(phase)
    known = _versions(desk, key, output)
    to = after or max(known, key=int, default="")
    older = [one for one in known if to == DECIDED or int(one) < int(to or 0)]
    came = before or max(older, key=int, default="")
    changes = compare_outputs(_content(desk, key, output, known, came), _content(desk, key, output, known, to))
    if json_:
        print_json(_told(desk, key, output, (came, to), changes))
        return
    say(f"{desk.names.output(output)}: {came} against {to}.")
    heading("What changed" if changes else "The rows say the same")
    for one in changes:
        item("-", f"{one.register} {one.id} {one.name}: {one.fate.value}".strip())
        for field in one.fields if one.fate is Fate.CHANGED else ():
            item("", f"{field.label}: {marked(field.changes)}")


def _versions(desk: Desk, phase: str, output: str) -> dict[str, str]:
    """The versions of the output, by their numbers."""
    named = {"process": desk.scope.id, "phase": phase, "output": output}
    with desk.reading() as session:
        return {str(row[0]): str(row[1]) for row in session.all(VERSIONS, named)}


def _content(desk: Desk, phase: str, output: str, known: dict[str, str], which: str) -> Output:
    """The typed content of a version, or of the text that was decided. Raises NotFound."""
    kind = desk.world().phase(phase).kind
    with desk.reading() as session:
        content = TypedContent(session, desk.files, desk.municipality, desk.scope.id)
        if which == DECIDED:
            handling = desk.process.handlings.get(desk.process.decision or "")
            file = handling.decided.get(output) if handling else None
            if file is None:
                raise NotFound("Nothing was decided that replaces {output}.", output=output)
            for newest in filter(None, [desk.newest_version(phase, output)]):
                desk.secrecy.check(newest.publicity, phase, output)  # what was decided replaces it
            return content.of(Contents(document=file), kind)
        if which not in known:
            numbers = ", ".join(known) or "none yet"
            raise NotFound(
                "There is no version {which} of {output}; there are: {known}.",
                which=which or "before",
                output=output,
                known=numbers,
            )
        contents = version_contents(stored_texts.text(session, desk.municipality, known[which]))
        desk.secrecy.check(contents.publicity, phase, output, contents.paragraph)
        return content.of(contents, kind)


def _told(desk: Desk, phase: str, output: str, which: tuple[str, str], changes: tuple[ItemChange, ...]) -> ComparedTold:
    return ComparedTold(
        format=1,
        municipality=desk.municipality,
        process=str(desk.key),
        phase=phase,
        output=output,
        before=which[0],
        after=which[1],
        changes=tuple(
            ItemCompared(
                one.register,
                one.id,
                one.name,
                one.fate.value,
                tuple(FieldLine(field.label, marked(field.changes)) for field in one.fields),
            )
            for one in changes
        ),
    )
