"""A Word document as a document: headings, paragraphs, lists and tables. Nothing that was written is dropped silently.

Text in boxes and notes comes at the end. A document whose changes have not been accepted is refused: what it says is
not yet settled.
"""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from models.documents.parts import Block, Document, Item, Items, Paragraph, Section, Table
from models.exchange.archives import check_archive
from models.exchange.cells import cleaned
from models.exchange.mistakes import Misread

CHANGES = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))
HEADINGS = ("heading", "otsikko", "rubrik")
TITLES = ("title", "otsikko", "rubrik")
WRAPPED = tuple(qn(name) for name in ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag"))
NOTES = ("footnotes", "endnotes")


class WordRead(NamedTuple):
    """What a Word document says, and which of its tables have merged cells (from 1)."""

    document: Document
    merged: frozenset[int] = frozenset()


def read_word(content: bytes) -> WordRead:
    """The document that a Word file holds. Raises Misread."""
    check_archive(content, "word/document.xml", "not_a_document")
    try:
        word = docx.Document(io.BytesIO(content))
    except Exception:  # whatever a broken file makes the library raise
        raise Misread("not_a_document") from None
    body = word.element.body
    changes = [words for one in body.iter(*CHANGES) if (words := _text(one).strip())]
    if changes:
        raise Misread("tracked", count=len(changes), text=changes[0])
    reading = _Reading(word)
    sections = reading.sections(body)
    if not any(section.heading or section.blocks for section in sections):
        raise Misread("picture" if next(body.iter(qn("w:drawing"), qn("w:pict")), None) is not None else "nothing")
    return WordRead(Document(title=_title(sections), sections=tuple(sections)), frozenset(reading.merged))


def _text(element: Any) -> str:
    return "".join(str(one.text or "") for one in element.iter(qn("w:t"), qn("w:delText")))


def _title(sections: list[Section]) -> str:
    headed = [section for section in sections if section.heading]
    first = next((one.heading for one in headed if one.level == 1), headed[0].heading if headed else "")
    if first:
        return first
    block = sections[0].blocks[0]
    words = block.text if isinstance(block, Paragraph) else "–"
    return words.split("\n")[0][:120]


class _Reading:
    """One reading of one document."""

    def __init__(self, word: Any) -> None:
        self.word = word
        self.merged: set[int] = set()
        self.tables = 0
        self.under = ""

    def sections(self, body: Any) -> list[Section]:
        done, level, blocks = list[Section](), 0, list[Block]()
        for element in unwrapped(body):
            if element.tag == qn("w:tbl"):
                blocks.append(self._table(WordTable(element, self.word)))
            elif element.tag == qn("w:p"):
                paragraph = WordParagraph(element, self.word)
                words, depth = cleaned(paragraph.text), heading_level(paragraph)
                if depth and words:
                    done.append(Section(level=level, heading=self.under, blocks=tuple(blocks)))
                    level, blocks, self.under = depth, [], " ".join(words.split())
                elif words:
                    _add(blocks, paragraph, words)
        beside = [Paragraph(text=words) for words in self._beside(body)]
        done.append(Section(level=level, heading=self.under, blocks=(*blocks, *beside)))
        return [one for one in done if one.heading or one.blocks]

    def _table(self, table: WordTable) -> Table:
        self.tables += 1
        if next(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")), None) is not None:
            self.merged.add(self.tables)
        lines = [[_words(cell) for cell in row.cells] for row in table.rows]
        wide = max(map(len, lines), default=0)
        cells = [tuple(line + [""] * (wide - len(line))) for line in lines]
        first = cells[0] if cells else ()
        return Table(headings=first, rows=tuple(cells[1:]), under=self.under, line=self.tables)

    def _beside(self, body: Any) -> Iterator[str]:
        """What stands in text boxes and in notes."""
        for box in body.iter(qn("w:txbxContent")):
            if not any(one.tag == qn("w:drawing") for one in box.iterancestors()) or _is_chosen(box):
                yield from filter(None, (cleaned(WordParagraph(p, self.word).text) for p in box.iter(qn("w:p"))))
        for part in self.word.part.package.iter_parts():
            name = str(part.partname)
            if any(name.endswith(f"/{notes}.xml") for notes in NOTES):
                yield from _notes(part.blob)


def _is_chosen(box: Any) -> bool:
    """Word writes a text box twice, for new readers and old ones: only one is read."""
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    return not any(one.tag == fallback for one in box.iterancestors())


def _notes(blob: bytes) -> Iterator[str]:
    for paragraph in parse_xml(blob).iter(qn("w:p")):
        words = cleaned("".join(one.text or "" for one in paragraph.iter(qn("w:t"))))
        if words:
            yield words


def unwrapped(element: Any) -> Iterator[Any]:
    """The paragraphs and tables, also those inside content controls."""
    for child in element:
        if child.tag in WRAPPED:
            yield from unwrapped(child)
        else:
            yield child


def heading_level(paragraph: WordParagraph) -> int:
    """The level of a heading, from its style or its outline; 0 for running text."""
    name = str(paragraph.style.name if paragraph.style is not None else "").casefold()
    last = name.split()[-1] if name else ""
    if any(name.startswith(word) for word in HEADINGS) and last.isdigit():
        return min(int(last), 6)
    return 1 if name in TITLES else 0


def _add(blocks: list[Block], paragraph: WordParagraph, words: str) -> None:
    """A paragraph, or one more point of the list before."""
    depth = _depth(paragraph)
    if depth is None:
        blocks.append(Paragraph(text=words))
        return
    point = Item(text=words, depth=depth)
    if blocks and isinstance(blocks[-1], Items):
        blocks[-1] = Items(items=(*blocks[-1].items, point), ordered=blocks[-1].ordered)
    else:
        name = str(paragraph.style.name if paragraph.style is not None else "").casefold()
        blocks.append(Items(items=(point,), ordered="number" in name))


def _depth(paragraph: WordParagraph) -> int | None:
    """How deep in a list the paragraph lies; None outside lists."""
    properties = paragraph._p.pPr
    numbering: Any = properties.numPr if properties is not None else None
    if numbering is not None:
        return int(numbering.ilvl.val) if numbering.ilvl is not None else 0
    name = str(paragraph.style.name if paragraph.style is not None else "").casefold()
    return 0 if name.startswith("list") and not name.startswith("list paragraph") else None


def _words(cell: Any) -> str:
    return cleaned("\n".join(paragraph.text for paragraph in cell.paragraphs))
