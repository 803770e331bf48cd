"""A draft's document and its rows say the same: the one way in which rows, and documents beside rows, are taken in.

What criteria and sums are computed from is then what people read and papers print.
"""

import datetime as dt
import io
from typing import NamedTuple

from models.days.formats import Language
from models.exchange.from_document import form_kind, from_document
from models.exchange.markdown import markdown_of
from models.exchange.mistakes import Misread
from models.exchange.to_document import with_output
from models.outputs.forms import output_text
from models.outputs.rows import Output
from models.storage.database import Database
from models.storage.drafts import Contents
from models.storage.file_rows import take_in
from models.storage.files import FileStore
from models.storage.typed import READABLE, WORD, TypedContent

NOTES: dict[Language, str] = {
    "fi": "Koottu rivistä riviin täytetystä tuotoksesta. Valmistelua, ei päätös.",
    "sv": "Sammanställt ur ett resultat som fyllts i rad för rad. Beredning, inte ett beslut.",
    "en": "Put together from an output filled in row by row. Preparation, not a decision.",
}


class Taking(NamedTuple):
    """Where files are taken in, and for which output."""

    database: Database
    files: FileStore
    municipality: str
    process: int
    now: dt.datetime
    language: Language
    name: str  # of the output
    key: str  # of the output


def with_rows(taking: Taking, contents: Contents | None, output: Output) -> Contents:
    """The draft's contents with this typed content, and its document with the same in its tables and texts.

    A document made of rows alone is made where there is none. One that is no text (a PDF, a picture) stays.
    """
    typed = _file(taking, output_text(output).encode(), f"{taking.key}.json")
    if contents is None:
        made = markdown_of(output, taking.language, taking.name, NOTES[taking.language])
        return Contents(document=_file(taking, made.encode(), f"{taking.key}.md"), typed=typed)
    return contents.model_copy(update={"document": _agreeing(taking, contents.document, output), "typed": typed})


def with_document(taking: Taking, contents: Contents, before: Output | None) -> Contents:
    """The contents with their new document: what its tables and texts say is in the rows, the other rows stay.

    Where there were no rows apart from the document, there are none now: they are read from it.
    """
    if before is None:
        return contents.model_copy(update={"typed": None})
    with taking.database.reading() as session:
        content = TypedContent(session, taking.files, taking.municipality, taking.process)
        document = content.document(contents.document)
    said = from_document(document, form_kind(type(before))).output if document else type(before)()
    return with_rows(taking, contents, kept(before, said))


def kept(now: Output, said: Output) -> Output:
    """What was said, and what stood before in the tables and texts of which nothing was said.

    Of what was said those fields are set that were spoken of, also those that are said to be empty.
    """
    return now.model_copy(update={name: getattr(said, name) for name in said.model_fields_set - {"form", "version"}})


def _agreeing(taking: Taking, file: str, output: Output) -> str:
    """The stored document with the output in its tables and texts; itself where it says the same or cannot."""
    with taking.database.reading() as session:
        media = TypedContent(session, taking.files, taking.municipality, taking.process).media(file)
    if media not in READABLE and media != WORD:
        return file
    with taking.files.open(file) as opened:
        content = opened.read()
    if media == WORD:
        from models.exchange.to_word import word_with_output  # here, because most documents are no Word

        try:
            written, name = word_with_output(content, output, taking.language), f"{taking.key}.docx"
        except Misread:
            return file
    else:
        text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        written, name = with_output(text, output, taking.language).encode(), f"{taking.key}.md"
        if text.encode() == written:
            return file
    return file if written == content else _file(taking, written, name)


def _file(taking: Taking, content: bytes, name: str) -> str:
    return take_in(taking.database, taking.files, taking.municipality, io.BytesIO(content), name, taking.now).sha256
