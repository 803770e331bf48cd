"""Verbs about typed outputs and the files people fill in: `etappi template`, `read`, `draft inherit`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.desk import Desk
from app.cli.drafts import Output as OutputName
from app.cli.drafts import in_words, taking
from app.cli.params import As, For, Json, Municipality, Phase, ProcessKey
from app.cli.screen import count, item, print_json, say
from app.cli.shapes_outputs import ItemLine, ReadTold, RemarkLine
from app.cli.status import check_may_read
from models.days.formats import Language
from models.errors import NotFound, Refused
from models.exchange.comparing import ItemChange, compare_outputs
from models.exchange.plain import yaml_of
from models.exchange.taking import Around, TakenIn, take_in_output
from models.exchange.word_writing import word_document
from models.exchange.workbook import workbook
from models.outputs.carrying import offered, with_offered
from models.outputs.forms import FORMS, merged
from models.outputs.rows import Output
from models.outputs.told import registers
from models.rights import Thing
from models.storage.agreeing import kept, with_rows
from models.storage.drafts import Contents, Draft, drafts_of
from models.storage.typed import TypedContent
from models.words import PhaseKind


class Kind(StrEnum):
    """What a template is written as."""

    XLSX = "xlsx"
    DOCX = "docx"
    YAML = "yaml"


InLanguage = Annotated[str, typer.Option("--language", metavar="fi|sv|en", help="Of headings, lists and guidance.")]


def template(
    process: ProcessKey,
    phase: Phase,
    output: OutputName,
    language: InLanguage = "fi",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="By default named after the output.")
    ] = None,
    kind: Annotated[Kind, typer.Option("--as-file", help="What it is written as.")] = Kind.XLSX,
    as_: As = None,
    municipality: Municipality = None,
) -> None:
    """Write a workbook for people to fill in: an output's draft as it stands, and the rows handed over to its phase.

    Headings, lists to choose from and guidance are in the language asked for. `etappi read` takes it back.

    Examples:

        etappi template kemijarvi-2030 2 tarverekisteri --as owner
        etappi template kemijarvi-2030 3 tuottamistapakuva --language sv \\
            --out tavat.xlsx --as owner
    """
    desk, key = _desk(process, phase, output, as_, municipality)
    words = in_words(language)
    stand = Stand(desk, key, output)
    filled = with_offered(stand.now, offered(stand.whole, stand.begins))
    title = next(plan.name.in_(words) for plan in desk.world().phase(key).outputs if plan.id == output)
    target = out or Path(f"{output}.{words}.{kind.value}")
    target.write_bytes(_written(kind, filled, words, title, stand))
    rows = sum(len(getattr(filled, register.name)) for register in registers(type(filled)))
    carried = sum(bool(row.origin) for register in registers(type(filled)) for row in getattr(filled, register.name))
    say(f"Written to {target}: {count(rows, 'row')}, {carried} of them handed over. etappi read takes it back.")


def _written(kind: Kind, filled: Output, language: Language, title: str, stand: "Stand") -> bytes:
    match kind:
        case Kind.XLSX:
            return workbook(filled, language, title, stand.others)
        case Kind.DOCX:
            return word_document(filled, language, title)
        case Kind.YAML:
            return yaml_of(filled, language).encode()


def read(
    process: ProcessKey,
    phase: Phase,
    output: OutputName,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="xlsx, docx, yaml, json, md, tsv.", exists=True, dir_okay=False)
    ],
    language: InLanguage = "fi",
    check: Annotated[
        bool, typer.Option("--check", help="Tell the mistakes and what would change; save nothing.")
    ] = False,
    as_: As = None,
    for_: For = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Take a filled-in file into an output's draft: a workbook, a Word document, YAML, JSON, a pasted table.

    Every mistake is told by sheet, row and column, and then nothing is taken in. Tables that the file does not hold
    stay as the draft has them; a table that it holds without rows, or a text that it has cleared, is empty afterwards.
    What the form has no place for (a comment, a picture, an unknown table) is told.

    Examples:

        etappi read kemijarvi-2030 2 tarverekisteri tarpeet.xlsx --as owner
        etappi read kemijarvi-2030 2 tarverekisteri tarpeet.docx --check \\
            --as owner
    """
    desk, key = _desk(process, phase, output, as_, municipality, for_)
    stand = Stand(desk, key, output)
    around = Around(stand.others, stand.now)
    taken = take_in_output(file.read_bytes(), file.name, stand.kind, around, in_words(language))
    after = kept(stand.now, taken.output)
    changes = compare_outputs(stand.now, after, in_words(language))
    draft = None if check else stand.save(after, taken, file)
    if json_:
        told = (RemarkLine(*one.place_in(language), one.words_in(language)) for one in taken.remarks)
        print_json(_told(desk, (key, output), draft, changes, tuple(told)))
        return
    _say_changes(changes, remarked=bool(taken.remarks))
    for remark in taken.remarks:
        item("?", remark.sentence(language))
    saved = (
        f"Saved: {desk.names.output(output)}, revision {draft.revision}." if draft else "Nothing was saved (--check)."
    )
    say(saved)


def inherit(
    process: ProcessKey,
    phase: Phase,
    output: OutputName,
    language: InLanguage = "fi",
    as_: As = None,
    for_: For = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Begin an output's draft with the rows that the phases before handed over, each marked with where it came from.

    A draft that is there already is never replaced: `etappi template` offers the rows beside it.

    Example:

        etappi draft inherit kemijarvi-2030 3 tuottamistapakuva --as owner
    """
    desk, key = _desk(process, phase, output, as_, municipality, for_)
    stand = Stand(desk, key, output)
    if stand.draft is not None:
        left = offered(stand.whole, stand.begins)
        rows = sum(len(getattr(left, register.name)) for register in registers(type(left)))
        raise Refused(
            "There is a draft of {output} already; it is never replaced. etappi template offers {rows} rows beside it.",
            output=desk.names.output(output),
            rows=rows,
        )
    if stand.begins == type(stand.begins)():
        raise Refused(
            "Nothing has been handed over to {phase} that its outputs begin with.", phase=desk.names.phase(key)
        )
    changes = compare_outputs(stand.now, stand.begins, in_words(language))
    draft = stand.save(stand.begins, TakenIn(stand.begins), None)
    if json_:
        print_json(_told(desk, (key, output), draft, changes))
        return
    _say_changes(changes)
    say(f"Saved: {desk.names.output(output)}, revision {draft.revision}.")


# --- what stands now ----------------------------------------------------------------------------------------------


class Stand:
    """An output as it stands: its draft, what the phase was handed, and the outputs of all phases around it."""

    def __init__(self, desk: Desk, phase: str, output: str) -> None:
        self.desk = desk
        self.phase = phase
        self.output = output
        with desk.reading() as session:
            content = TypedContent(session, desk.files, desk.municipality, desk.scope.id)
            drafts = drafts_of(session, desk.scope.id, phase)
            plan = desk.world().phase(phase)
            self.kind: PhaseKind = plan.kind
            self.draft: Draft | None = drafts.get(output)
            if self.draft:
                held = self.draft.contents
                desk.secrecy.check(held.publicity, phase, output, held.paragraph)
            self.now = content.of(self.draft.contents, plan.kind) if self.draft else FORMS[plan.kind]()
            beside = [
                content.of(one.contents, plan.kind)
                for key, one in drafts.items()
                if key != output and desk.secrecy.allows(one.contents.publicity, phase, key)
            ]
            before = [one for one in content.as_it_stands(desk.secrecy) if one[0] != phase]
            self.begins = content.begins_with(desk.secrecy, phase)
        self.others = [*before, *([(phase, merged(beside, FORMS[plan.kind]))] if beside else [])]
        self.whole = merged([self.now, *beside], FORMS[plan.kind])

    def save(self, output: Output, taken: TakenIn, file: Path | None) -> Draft:
        """The draft holds the output, and a document that says the same: the one that was read, else its own."""
        desk = self.desk
        contents = self.draft.contents if self.draft else None
        if file is not None and taken.document is not None:
            document = desk.take_in(file)
            contents = contents.model_copy(update={"document": document}) if contents else Contents(document=document)
        return desk.engine.drafts.save(
            desk.municipality,
            str(desk.key),
            self.phase,
            self.output,
            with_rows(taking(desk, self.output), contents, output),
            desk.person,
            revision=self.draft.revision if self.draft else 0,
            for_whom=desk.for_whom,
        )


def _desk(
    process: str, phase: str, output: str, as_: str | None, municipality: str | None, for_: str | None = None
) -> tuple[Desk, str]:
    desk = Desk(municipality, as_, for_, process)
    check_may_read(desk, Thing.PROCESS)
    key = desk.phase(phase)
    if output not in {plan.id for plan in desk.world().phase(key).outputs}:
        raise NotFound(what=f"output of the phase {key}", name=output)
    return desk, key


def _told(
    desk: Desk,
    at: tuple[str, str],
    draft: Draft | None,
    changes: tuple[ItemChange, ...],
    remarks: tuple[RemarkLine, ...] = (),
) -> ReadTold:
    phase, output = at
    return ReadTold(
        format=1,
        municipality=desk.municipality,
        process=str(desk.key),
        phase=phase,
        output=output,
        revision=draft.revision if draft else None,
        changes=tuple(ItemLine(one.register, one.id, one.name, one.fate.value) for one in changes),
        remarks=remarks,
    )


def _say_changes(changes: tuple[ItemChange, ...], *, remarked: bool = False) -> None:
    if not changes:
        say("No row or text changes." if remarked else "The file says what the draft says already.")
    for one in changes:
        named = f"{one.id} {one.name}".strip() if one.id else one.name
        where = f"{one.register}: " if one.register else ""
        fields = ", ".join(field.label for field in one.fields)
        item("-", f"{where}{named}, {one.fate.value}{f' ({fields})' if one.fate.value == 'changed' else ''}")
