"""Saving drafts from pages: files are taken in, the draft holds them, and nobody's words are written over unseen."""

from io import BytesIO
from typing import BinaryIO

from app.web.place import Place
from app.web.session import Visitor
from app.web.views.drafting import Drafting, typed_in
from models.commands import Submit
from models.errors import NotAuthorised, NotValid
from models.outputs.rows import Output
from models.storage.agreeing import Taking, with_rows
from models.storage.agreeing import with_document as with_document_of
from models.storage.drafts import Contents, Draft
from models.storage.file_rows import take_in
from models.storage.files import StoredFile


def check_may_draft(place: Place, phase: str) -> None:
    """Raises NotAuthorised for one who may not save the phase's drafts."""
    if place.possible.entitled(Submit(phase=phase)) is None:
        raise NotAuthorised(who="the one who answers for the outputs, or the coordinator of the process")


def stored(place: Place, content: BinaryIO, name: str) -> StoredFile:
    """The municipality has the file. Raises NotValid for one that is not taken in."""
    return stored_for(place.visitor, content, name)


def stored_for(visitor: Visitor, content: BinaryIO, name: str) -> StoredFile:
    """The visitor's municipality has the file. Raises NotValid for one that is not taken in."""
    there = visitor.installation
    return take_in(there.database, there.files, visitor.municipality, content, name, visitor.now)


def save(place: Place, drafting: Drafting, contents: Contents, revision: int) -> Draft:
    """The draft holds the contents. Raises NotAuthorised, and Overtaken where somebody else has saved since."""
    by = place.possible.entitled(Submit(phase=drafting.phase))
    return place.visitor.engine.drafts.save(
        place.visitor.municipality,
        place.key,
        drafting.phase,
        drafting.plan.id,
        contents,
        place.visitor.person,
        revision=revision,
        for_whom=by.for_whom if by else None,
    )


def with_document(place: Place, drafting: Drafting, text: str) -> Contents:
    """The draft's contents with another text. Its tables are read anew where the edit touched them."""
    file = stored(place, BytesIO(_bytes(text)), f"{drafting.plan.id}.md")
    before = drafting.contents
    if before is None:
        return Contents(document=file.sha256, publicity=drafting.plan.publicity)
    same = drafting.text is not None and typed_in(drafting.text, drafting.kind) == typed_in(text, drafting.kind)
    return before.model_copy(update={"document": file.sha256, "typed": before.typed if same else None})


def _bytes(text: str) -> bytes:
    if not text.strip():
        raise NotValid("Write something: an empty text is not saved.")
    return text.encode()


def with_typed(place: Place, drafting: Drafting, output: Output) -> Contents:
    """The draft's contents with other typed content; its document says the same in its tables and texts."""
    contents = drafting.contents
    if contents is None or drafting.text == "":  # what was covered is written anew
        file = stored(place, BytesIO(_heading(place, drafting).encode()), f"{drafting.plan.id}.md").sha256
        made = Contents(document=file, publicity=drafting.plan.publicity)
        contents = contents.model_copy(update={"document": file}) if contents else made
    return with_rows(_taking(place, drafting), contents, output)


def with_file(place: Place, drafting: Drafting, file: StoredFile) -> Contents:
    """The draft's contents with the file as its document; rows that were filled in apart from it and that it does not
    hold stay, and stand in it too."""
    contents = drafting.contents or Contents(document=file.sha256, publicity=drafting.plan.publicity)
    rows = drafting.typed if contents.typed else None
    return with_document_of(_taking(place, drafting), contents.model_copy(update={"document": file.sha256}), rows)


def with_read(place: Place, drafting: Drafting, file: StoredFile, output: Output) -> Contents:
    """The draft's contents with the file as its document, and the typed content that was read from it."""
    contents = drafting.contents or Contents(document=file.sha256, publicity=drafting.plan.publicity)
    return with_rows(_taking(place, drafting), contents.model_copy(update={"document": file.sha256}), output)


def _heading(place: Place, drafting: Drafting) -> str:
    return f"# {place.name('output', drafting.plan.id)}\n"


def _taking(place: Place, drafting: Drafting) -> Taking:
    there, visitor, key = place.visitor.installation, place.visitor, drafting.plan.id
    name, language = place.name("output", key), there.settings.language
    return Taking(there.database, there.files, visitor.municipality, place.scope.id, visitor.now, language, name, key)
