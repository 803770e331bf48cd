"""Saving drafts from pages: files are taken in, the draft holds them, and nobody's words are written over unseen."""

from io import BytesIO
from typing import BinaryIO

from app.web.place import Place
from app.web.session import Visitor
from app.web.views.drafting import Drafting, typed_in
from models.commands import Submit
from models.errors import NotAuthorised, NotValid
from models.exchange.to_document import with_table, with_text
from models.outputs.forms import output_text
from models.outputs.rows import Output
from models.outputs.told import columns, registers
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
    typed = stored(place, BytesIO(output_text(output).encode()), "typed.json").sha256
    before = drafting.contents
    if before is not None and drafting.text is None:  # a document of another kind is its writer's own
        return before.model_copy(update={"typed": typed})
    language = place.visitor.installation.settings.language
    text = drafting.text or f"# {place.name('output', drafting.plan.id)}\n"
    for register in registers(drafting.form):
        rows = getattr(output, register.name)
        if rows != getattr(drafting.typed, register.name):
            text = with_table(text, drafting.form, register, rows, language)
    for column in columns(drafting.form):
        words = getattr(output, column.name)
        if words != getattr(drafting.typed, column.name):
            text = with_text(text, column, words, language)
    document = stored(place, BytesIO(text.encode()), f"{drafting.plan.id}.md").sha256
    if before is None:
        return Contents(document=document, typed=typed, publicity=drafting.plan.publicity)
    return before.model_copy(update={"document": document, "typed": typed})
