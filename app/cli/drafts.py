"""Verbs about drafts: `etappi draft save|show|compare`. A draft is outside the record until it is submitted."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.cli.desk import Desk
from app.cli.params import As, For, Json, Municipality, Phase, ProcessKey, word
from app.cli.screen import fact, heading, instant, item, plain, print_json, say
from app.cli.shapes import Attached, DraftLine, DraftsLine
from app.cli.status import check_may_read
from app.history.sentences import tarkiste
from models.days.formats import Language
from models.documents.comparison import Change, ChangeKind
from models.documents.document_comparison import Passage, compare_documents
from models.documents.parts import Document
from models.errors import NotFound, NotValid
from models.exchange.comparing import Fate, compare_outputs, marked
from models.exchange.mistakes import Misread, not_taken_in
from models.exchange.word import read_word
from models.rights import Thing
from models.storage import stored_texts
from models.storage.agreeing import Taking, with_document
from models.storage.drafts import Attachment, Contents, Draft, drafts_of, version_contents
from models.storage.file_kinds import clean_name
from models.storage.typed import TypedContent
from models.words import SECRET, Publicity

Output = Annotated[str, typer.Argument(metavar="OUTPUT", help="The output, as show lists it.")]


DocumentFile = Annotated[Path, typer.Argument(metavar="FILE", help="The document.", exists=True, dir_okay=False)]
Attachments = Annotated[
    list[Path] | None,
    typer.Option("--attach", metavar="FILE", help="Goes with it; repeatable.", exists=True, dir_okay=False),
]
WhoMayRead = Annotated[Publicity, word("--publicity", Publicity, "Who may read it; a secret one needs its paragraph.")]
Paragraph = Annotated[str | None, typer.Option("--paragraph", metavar="PARAGRAPH", help="The ground of secrecy.")]
Revision = Annotated[
    int | None,
    typer.Option("--revision", metavar="NUMBER", min=0, help="The one you read; refused when it is another by now."),
]


def save(
    process: ProcessKey,
    phase: Phase,
    output: Output,
    file: DocumentFile,
    attach: Attachments = None,
    publicity: WhoMayRead = Publicity.IN_PREPARATION,
    paragraph: Paragraph = None,
    revision: Revision = None,
    as_: As = None,
    for_: For = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Save a file as an output's draft. It replaces the draft that was there; versions stay.

    Examples:

        etappi draft save kemijarvi-2030 2 tarverekisteri tarpeet.md --as owner
        etappi draft save kemijarvi-2030 2 tarverekisteri tarpeet.md \\
            --attach kysely.pdf --revision 3 --as owner
    """
    desk = Desk(municipality, as_, for_, process)
    key = desk.phase(phase)
    if publicity in SECRET and not paragraph:
        raise NotValid("A secret draft needs the paragraph of its secrecy: --paragraph.")
    before = _drafts(desk, key).get(output)
    contents = _taken_in(desk, file, attach or (), publicity, paragraph, before)
    if revision is None:
        revision = before.revision if before else 0
    draft = desk.engine.drafts.save(
        desk.municipality, process, key, output, contents, desk.person, revision=revision, for_whom=desk.for_whom
    )
    if json_:
        print_json(_line(desk, draft))
        return
    say(f"Saved: {desk.names.output(output)}, revision {draft.revision}. etappi submit makes a version of it.")
    if contents.typed:
        say("The rows of its tables are in the draft; what was filled in of others stays, and stands in the document.")


def _taken_in(
    desk: Desk, file: Path, attach: Iterable[Path], publicity: Publicity, paragraph: str | None, before: Draft | None
) -> Contents:
    """The draft's document and attachments, in the file store, and rows that say what the document does."""
    attached = tuple(
        Attachment(sha256=desk.take_in(one), name=clean_name(one.name), publicity=publicity, paragraph=paragraph)
        for one in attach
    )
    contents = Contents(
        document=desk.take_in(_checked(file)), attachments=attached, publicity=publicity, paragraph=paragraph
    )
    if before is None or before.contents.typed is None:
        return contents
    kind = desk.world().phase(before.phase).kind
    with desk.reading() as session:
        rows = TypedContent(session, desk.files, desk.municipality, desk.scope.id).of(before.contents, kind)
    return with_document(taking(desk, before.output), contents, rows)


def in_words(asked: str) -> Language:
    """The language asked for. Raises NotValid."""
    if asked not in ("fi", "sv", "en"):
        raise NotValid('"{language}" is no language here; write fi, sv or en.', language=asked)
    return asked  # type: ignore[return-value]


def taking(desk: Desk, output: str) -> Taking:
    """Where the files of an output's draft are taken in."""
    name, language = desk.names.output(output), in_words(desk.language)
    return Taking(desk.database, desk.files, desk.municipality, desk.scope.id, desk.now, language, name, output)


def show(
    process: ProcessKey,
    phase: Phase,
    output: Annotated[str | None, typer.Argument(metavar="[OUTPUT]", help="By default all of the phase.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the document there.", dir_okay=False)
    ] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Show what stands in a phase's drafts, or write one document to a file.

    Examples:

        etappi draft show kemijarvi-2030 2
        etappi draft show kemijarvi-2030 2 tarverekisteri --out tarpeet.md
    """
    desk = Desk(municipality, as_, None, process)
    check_may_read(desk, Thing.PROCESS)
    key = desk.phase(phase)
    found = _drafts(desk, key)
    if output is not None:
        found = {output: _one(found, output)}
    if out is not None:
        _write(desk, found, output, out)
        return
    if json_:
        print_json(DraftsLine(1, desk.municipality, process, key, tuple(_line(desk, one) for one in found.values())))
        return
    if not found:
        say(f"{desk.names.phase(key)} has no draft yet: etappi draft save makes one.")
    for draft in found.values():
        heading(f"{desk.names.output(draft.output)} ({draft.output})")
        fact("Saved", f"{instant(draft.updated_at)} by {desk.names.person(draft.updated_by)}")
        fact("Revision", str(draft.revision))
        fact("Publicity", plain(draft.contents.publicity))
        fact("Document", tarkiste(draft.contents.document))
        for one in _attached(desk, draft):
            fact("Attachment", f"{one.name}, {tarkiste(one.sha256)}")


def compare(
    process: ProcessKey,
    phase: Phase,
    output: Output,
    as_: As = None,
    municipality: Municipality = None,
) -> None:
    """Compare an output's draft with its newest version: what was removed [-so-], what was added {+so+}.

    Example:

        etappi draft compare kemijarvi-2030 2 tarverekisteri --as owner
    """
    desk = Desk(municipality, as_, None, process)
    check_may_read(desk, Thing.PROCESS)
    key = desk.phase(phase)
    draft = _one(_drafts(desk, key), output)
    version = desk.newest_version(key, output)
    if version is None:
        raise NotFound(what="version", name=output)
    with desk.reading() as session:
        was = version_contents(stored_texts.text(session, desk.municipality, version.sha256))
    for contents in (was, draft.contents):
        desk.secrecy.check(contents.publicity, key, output, contents.paragraph)
    before, after = _documents(desk, was.document, draft.contents.document)
    passages = [passage for passage in compare_documents(before, after) if passage.changed]
    say(f"{desk.names.output(output)}: the draft against version {version.no}, tarkiste {tarkiste(version.sha256)}.")
    if not passages:
        say("The documents say the same.")
    for passage in passages:
        _show_passage(passage)
    if was.typed or draft.contents.typed:
        _show_items(desk, key, was, draft.contents)


def _documents(desk: Desk, *files: str) -> list[Document]:
    """The documents that the files hold: Markdown, text or Word. Raises NotValid for another kind."""
    with desk.reading() as session:
        content = TypedContent(session, desk.files, desk.municipality, desk.scope.id)
        found = [content.document(file) for file in files]
    read = [one for one in found if one is not None]
    if len(read) < len(files):
        raise NotValid("Only Markdown, text and Word documents can be compared word by word.")
    return read


def _checked(file: Path) -> Path:
    """The file. Raises NotTakenIn for a Word document whose changes have not been accepted."""
    if file.suffix.lower() == ".docx":
        try:
            read_word(file.read_bytes())
        except Misread as what:
            if what.key == "tracked":
                raise not_taken_in(file.name, [what.told()], "fi") from None
    return file


def _show_items(desk: Desk, phase: str, was: Contents, now: Contents) -> None:
    """What changed in the rows, item by item and word by word."""
    kind = desk.world().phase(phase).kind
    with desk.reading() as session:
        content = TypedContent(session, desk.files, desk.municipality, desk.scope.id)
        changes = compare_outputs(content.of(was, kind), content.of(now, kind))
    heading("The rows" if changes else "The rows say the same")
    for one in changes:
        item("-", f"{one.register} {one.id} {one.name}: {one.fate.value}".strip())
        for field in one.fields if one.fate is Fate.CHANGED else ():
            item("", f"{field.label}: {marked(field.changes)}")


def _drafts(desk: Desk, phase: str) -> dict[str, Draft]:
    with desk.reading() as session:
        return drafts_of(session, desk.scope.id, phase)


def _one(found: dict[str, Draft], output: str) -> Draft:
    if output not in found:
        raise NotFound(what="draft of the output", name=output)
    return found[output]


def _line(desk: Desk, draft: Draft) -> DraftLine:
    return DraftLine(
        output=draft.output,
        name=desk.names.output(draft.output),
        revision=draft.revision,
        saved_at=draft.updated_at,
        saved_by=draft.updated_by,
        publicity=draft.contents.publicity.value,
        document=draft.contents.document,
        attachments=tuple(Attached(one.name, one.sha256) for one in _attached(desk, draft)),
    )


def _attached(desk: Desk, draft: Draft) -> list[Attachment]:
    """The draft's attachments, as the one who looks may know of them."""
    named = ((one, draft.contents.secrecy_of(one.sha256)[0]) for one in draft.contents.attachments)
    return [one for one, publicity in named if desk.secrecy.allows(publicity, draft.phase, draft.output)]


def _write(desk: Desk, found: dict[str, Draft], output: str | None, out: Path) -> None:
    if output is None:
        raise NotValid("Say which OUTPUT is written to the file.")
    contents = found[output].contents
    desk.secrecy.check(contents.publicity, found[output].phase, output, contents.paragraph)
    with desk.files.open(contents.document) as content, out.open("wb") as written:
        shutil.copyfileobj(content, written)
    say(f"Written to {out}.")


def _show_passage(passage: Passage) -> None:
    under = f"under {passage.under}" if passage.under else "at the beginning"
    moved = ", moved" if passage.moved else ""
    print()
    say(f"{passage.what.value} {under}{moved}:".capitalize())
    item("", "".join(_marked(passage.changes)))


def _marked(changes: tuple[Change, ...]) -> Iterator[str]:
    for change in changes:
        match change.kind:
            case ChangeKind.REMOVED:
                yield f"[-{change.text}-]"
            case ChangeKind.ADDED:
                yield f"{{+{change.text}+}}"
            case _:
                yield change.text
