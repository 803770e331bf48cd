"""A Word document as a document: headings, paragraphs, lists and tables. Nothing that was written is dropped silently.

Text in boxes and notes comes at the end; what is no text (pictures, comments, headers) is told in a remark with its
place. A document whose changes have not been accepted is refused: what it says is not yet settled.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from models.definitions.parts import Text
from models.documents.parts import Block, Document, Item, Items, Paragraph, Section, Table
from models.exchange.archives import check_archive
from models.exchange.cells import cleaned
from models.exchange.mistakes import Misread, Mistake, table_called
from models.exchange.word_words import COMPATIBLE, plain, unwrapped, words_of

CHANGES = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"))
PROPERTIES = tuple(qn(f"w:{name}") for name in ("rPr", "trPr", "tcPr"))
HEADINGS = ("heading", "otsikko", "rubrik")
TITLES = ("title", "otsikko", "rubrik")
NOTES = ("footnotes", "endnotes")
EDGES = ("header", "footer")

Place = tuple[str | Text, int | None, str | Text]
"""The heading or the table, the row of the table (its headings are row 1), and the heading of the column."""


class WordRead(NamedTuple):
    """What a Word document says, where tables have merged cells (by number, from 1), and what was not taken."""

    document: Document
    merged: Mapping[int, Mistake] = {}
    remarks: tuple[Mistake, ...] = ()


def read_word(content: bytes) -> WordRead:
    """The document that a Word file holds. Raises Misread."""
    check_archive(content, "word/document.xml", "not_a_document")
    try:
        word = docx.Document(io.BytesIO(content))
    except Exception:  # whatever a broken file makes the library raise
        raise Misread("not_a_document") from None
    body = word.element.body
    parts = _parts(word)
    _check_settled(body, *parts["notes"])
    reading = _Reading(word, parts)
    sections = reading.sections(body)
    if not any(section.heading or section.blocks for section in sections):
        raise Misread("picture" if next(body.iter(qn("w:drawing"), qn("w:pict")), None) is not None else "nothing")
    document = Document(title=_title(sections), sections=tuple(sections))
    return WordRead(document, reading.merged, tuple(reading.remarks))


def _parts(word: Any) -> dict[str, list[Any]]:
    """What stands beside the text, by kind: notes, comments, headers and footers."""
    found: dict[str, list[Any]] = {"notes": [], "comments": [], "edges": []}
    for part in sorted(word.part.package.iter_parts(), key=lambda one: str(one.partname)):
        name = str(part.partname).rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")
        kind = {**dict.fromkeys(NOTES, "notes"), "comments": "comments", **dict.fromkeys(EDGES, "edges")}.get(name)
        if kind:
            found[kind].append(parse_xml(part.blob))
    return found


def _check_settled(*elements: Any) -> None:
    """Nothing, where all changes have been accepted. Raises Misread with the first that has not."""
    changes = [words for one in elements for change in one.iter(*CHANGES) if (words := _changed(change)) is not None]
    if changes:
        raise Misread("tracked", count=len(changes), text=changes[0])


def _changed(change: Any) -> str | None:
    """The words of a change: those of its row or paragraph where a row or the end of a paragraph came or went."""
    if change.getparent().tag not in PROPERTIES:
        pictured = next(change.iter(qn("w:drawing"), qn("w:pict"), qn("w:object")), None) is not None
        return plain(change) or ("–" if pictured else None)
    whole = next((one for one in change.iterancestors(qn("w:tc"), qn("w:tr"), qn("w:p"))), change)
    return plain(whole) or "¶"


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

    def __init__(self, word: Any, parts: Mapping[str, list[Any]]) -> None:
        self.word = word
        self.parts = parts
        self.comments = {
            str(one.get(qn("w:id"))): plain(one) for part in parts["comments"] for one in part.iter(qn("w:comment"))
        }
        self.merged: dict[int, Mistake] = {}
        self.remarks: list[Mistake] = []
        self.tables = 0
        self.under = ""

    def sections(self, body: Any) -> list[Section]:
        done, level, blocks = list[Section](), 0, list[Block]()
        for element in unwrapped(body):
            if element.tag == qn("w:tbl"):
                blocks.append(self._table(element))
            elif element.tag == qn("w:altChunk"):
                self.remarks.append(Mistake("embedded", {}, self.under))
            elif element.tag == qn("w:p"):
                paragraph = WordParagraph(element, self.word)
                words, depth = self._words(element, (self.under, None, "")), heading_level(paragraph)
                if depth and words:
                    done.append(Section(level=level, heading=self.under, blocks=tuple(blocks)))
                    level, blocks, self.under = depth, [], " ".join(words.split())
                elif words:
                    _add(blocks, paragraph, words)
        beside = [Paragraph(text=words) for words in self._beside(body)]
        done.append(Section(level=level, heading=self.under, blocks=(*blocks, *beside)))
        self._edges()
        return [one for one in done if one.heading or one.blocks]

    def _words(self, paragraph: Any, place: Place) -> str:
        """The paragraph's words; what else stands in it is told. Raises Misread with the place."""
        words, asides = words_of(paragraph, self.comments)
        self.remarks += [Mistake(key, {"text": text}, *place) for key, text in asides]
        return _fit(words, place)

    # --- tables ---------------------------------------------------------------------------------------------------

    def _table(self, table: Any) -> Table:
        self.tables += 1
        lines: list[list[str]] = []
        for row in unwrapped(table):
            if row.tag == qn("w:tr"):
                lines.append(self._line(row, lines))
        wide = max(map(len, lines), default=0)
        cells = [tuple(line + [""] * (wide - len(line))) for line in lines]
        return Table(headings=cells[0] if cells else (), rows=tuple(cells[1:]), under=self.under)

    def _line(self, row: Any, above: list[list[str]]) -> list[str]:
        """The words of a row's cells, each in the column where it stands."""
        line = [""] * _number(row, "w:trPr", "w:gridBefore", 0)
        for cell in unwrapped(row):
            if cell.tag == qn("w:tc"):
                at, span = len(line), _number(cell, "w:tcPr", "w:gridSpan", 1)
                heading = above[0][at] if above and at < len(above[0]) else ""
                place = table_called(self.under, self.tables), len(above) + 1, " ".join(heading.split())
                goes_on = _goes_on(cell) and above and at < len(above[-1])
                if goes_on or span > 1:
                    self.merged.setdefault(self.tables, Mistake("merged_cell", {}, *place))
                line += [above[-1][at] if goes_on else self._cell(cell, place)] * span
        return line

    def _cell(self, cell: Any, place: Place) -> str:
        lines = []
        for element in unwrapped(cell):
            if element.tag == qn("w:p"):
                lines.append(self._words(element, place))
            elif element.tag == qn("w:tbl"):
                self.remarks.append(Mistake("nested_table", {"text": plain(element)}, *place))
        return _fit("\n".join(lines), place)

    # --- what stands beside the text ------------------------------------------------------------------------------

    def _beside(self, body: Any) -> Iterator[str]:
        """What stands in text boxes and in notes."""
        boxes = [box for box in body.iter(qn("w:txbxContent")) if _is_chosen(box)]
        for element in (*boxes, *self.parts["notes"]):
            for paragraph in element.iter(qn("w:p")):
                words = self._words(paragraph, (self.under, None, ""))
                if words:
                    yield words

    def _edges(self) -> None:
        """Headers and footers are told once each; page numbers are passed over."""
        told = dict.fromkeys(words for part in self.parts["edges"] if any(map(str.isalpha, words := plain(part))))
        self.remarks += [Mistake("page_edge", {"text": words}) for words in told]


def _fit(words: str, place: Place) -> str:
    try:
        return cleaned(words)
    except Misread as what:
        what.place = place
        raise


def _number(element: Any, properties: str, name: str, otherwise: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    told = "" if found is None else str(found.get(qn("w:val"), ""))
    return min(int(told[:9]), 1000) if told.isdecimal() else otherwise


def _goes_on(cell: Any) -> bool:
    """Whether the cell is the lower part of a merged one."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _is_chosen(box: Any) -> bool:
    """Word writes a text box twice, for new readers and old ones: only one is read. A box in a box is read with it."""
    return not any(one.tag in (f"{COMPATIBLE}Fallback", qn("w:txbxContent")) for one in box.iterancestors())


def heading_level(paragraph: WordParagraph) -> int:
    """The level of a heading, from its style or its outline; 0 for running text."""
    name = str(paragraph.style.name if paragraph.style is not None else "").casefold()
    last = name.split()[-1] if name else ""
    if any(name.startswith(word) for word in HEADINGS) and last.isdecimal():
        return min(int(last[:9]), 6)
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
