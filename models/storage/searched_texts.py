"""What stored files say, as their readers see it, passage by passage: for searching. What is read is kept a while.

A file that is missing or cannot be read says nothing here: the checks of the store tell of it, a search goes on.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.days.formats import Language
from models.documents.parts import Document, Items, Paragraph
from models.errors import Broken, NotValid
from models.exchange.cells import shown
from models.outputs.forms import read_output
from models.outputs.rows import Row
from models.outputs.told import Register, registers
from models.papers.shortening import one_line
from models.recent import Recent
from models.storage.files import FileStore
from models.storage.typed import document_in

LONGEST_KEPT = 100_000  # letters of a file that are kept for the next search
BETWEEN = " · "  # the cells of a row of a document's table


class Text(NamedTuple):
    """Passages in which words are looked for."""

    passages: tuple[str, ...]
    folded: tuple[str, ...]  # the same, in small letters

    def holds(self, words: Sequence[str]) -> bool:
        """Whether all the words are in the passages together."""
        return all(any(word in passage for passage in self.folded) for word in words)


class RowText(NamedTuple):
    """A row: what it is called is the first of its passages, the rest are its fields."""

    register: str
    row: Row
    labels: tuple[str, ...]  # of each passage
    text: Text


_documents: Recent[str, Text] = Recent(600)
_rows: Recent[tuple[str, Language], tuple[RowText, ...]] = Recent(600)


def text_of(passages: Sequence[str]) -> Text:
    """The passages, and the same in small letters."""
    return Text(tuple(passages), tuple(passage.casefold() for passage in passages))


def document_text(files: FileStore, file: str, media: str) -> Text:
    """What a stored document says."""
    known = _documents.get(file)
    if known is None:
        try:
            document = document_in(files, file, media)
        except (Broken, NotValid):
            return text_of(())
        known = text_of([*_passages(document)] if document else ())
        if _length(known) <= LONGEST_KEPT:
            _documents.put(file, known)
    return known


def _length(text: Text) -> int:
    return sum(map(len, text.passages))


def _passages(document: Document) -> Iterator[str]:
    for section in document.sections:
        if section.heading:
            yield section.heading
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield one_line(block.text)
            elif isinstance(block, Items):
                yield from (item.text for item in block.items)
            else:
                yield from (BETWEEN.join(map(one_line, filter(None, row))) for row in block.rows)


def row_texts(files: FileStore, file: str, language: Language) -> tuple[RowText, ...]:
    """What the rows of a stored typed content say, in the reader's words."""
    known = _rows.get((file, language))
    if known is None:
        try:
            with files.open(file) as opened:
                output = read_output(opened.read())
        except (Broken, NotValid):
            return ()
        tables = ((register, getattr(output, register.name)) for register in registers(type(output)))
        known = tuple(_row(register, row, language) for register, rows in tables for row in rows)
        if sum(_length(one.text) for one in known) <= LONGEST_KEPT:
            _rows.put((file, language), known)
    return known


def _row(register: Register, row: Row, language: Language) -> RowText:
    named = (row.NAMED, "id")
    told = {
        c.label(language): shown(c, getattr(row, c.name), language) for c in register.columns if c.name not in named
    }
    fields = {label: one_line(words) for label, words in (told | row.more).items() if words}
    called = one_line(f"{row.id} {row.name}")
    return RowText(register.label(language), row, ("", *fields), text_of([called, *fields.values()]))
