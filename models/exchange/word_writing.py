"""A typed output as a Word document: its texts under their headings, its tables with headings in people's language.

What is written reads back as it was (`word.py`, `from_document.py`).
"""

import datetime as dt
import io
import re
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

from models.days.formats import Language
from models.exchange.cells import shown
from models.exchange.tables import ORIGIN, OWN
from models.outputs.rows import Output, Row
from models.outputs.told import Kind, Register, columns, registers

HEAD = "2F6470"
GRID = "Table Grid"
WIDE = 26.1  # centimetres of a page's text
SHARES = {
    Kind.LINE: 11,
    Kind.TEXT: 14,
    Kind.WHOLE: 5,
    Kind.FIGURE: 6,
    Kind.CHOICE: 7,
    Kind.YES_NO: 5,
    Kind.DAY: 6,
    Kind.REFERENCE: 5,
    Kind.REFERENCES: 6,
}
"""How wide columns are beside each other."""
WHEN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # equal outputs give equal properties


def word_document(output: Output, language: Language, title: str, note: str = "") -> bytes:
    """The output as a Word document, for people to read and go on with."""
    word = docx.Document()
    _page(word, title, language)
    word.add_heading(title, level=1)
    if note:
        word.add_paragraph(note).runs[0].italic = True
    for column in columns(type(output)):
        words = getattr(output, column.name)
        if words:
            word.add_heading(column.label(language), level=2)
            for part in paragraphs(words):
                write(word.add_paragraph(), part)
    for register in registers(type(output)):
        rows = getattr(output, register.name)
        if rows:
            word.add_heading(register.label(language), level=2)
            register_table(word, register, rows, language)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _page(word: Any, title: str, language: Language) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(1.8))
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    for level in (1, 2):
        word.styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(HEAD)
    properties = word.core_properties
    properties.title, properties.language, properties.author = title[:255], language, "Etappi"
    properties.created = properties.modified = WHEN


def register_table(word: Any, register: Register, rows: tuple[Row, ...], language: Language) -> Any:
    """The rows as a table at the end of the document."""
    own = list(dict.fromkeys(heading for row in rows for heading in row.more))
    inherited = any(row.origin for row in rows)
    used = [c for c in register.columns if c.must or any(shown(c, getattr(row, c.name), language) for row in rows)]
    headings = [column.label(language) for column in used] + [OWN + one for one in own]
    headings += [ORIGIN.in_(language)] if inherited else []
    table = word.add_table(rows=1, cols=len(headings))
    if GRID in word.styles:
        table.style = GRID
    for cell, words in zip(table.rows[0].cells, headings, strict=True):
        write(cell.paragraphs[0], words)
        cell.paragraphs[0].runs[0].font.bold = True
        cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
        _shade(cell, HEAD)
    _repeat(table.rows[0])
    table.autofit = False
    shares = [SHARES[column.kind] if column.name != "id" else 5 for column in used]
    shares += [8] * (len(headings) - len(used))
    widths = [_width(word) * share / sum(shares) for share in shares]
    for row in rows:
        values = [shown(column, getattr(row, column.name), language) for column in used]
        values += [row.more.get(heading, "") for heading in own] + ([row.origin] if inherited else [])
        for cell, words in zip(table.add_row().cells, values, strict=True):
            write(cell.paragraphs[0], words)
    for place, width in zip(table.columns, widths, strict=True):
        place.width = Cm(width)
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Cm(width)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    return table


def _width(word: Any) -> float:
    """How many centimetres of text its pages have."""
    section = word.sections[-1]
    sizes = (section.page_width, section.left_margin, section.right_margin)
    return WIDE if None in sizes else float(Length(sizes[0] - sizes[1] - sizes[2]).cm)


def paragraphs(words: str) -> list[str]:
    """The paragraphs of a text: one empty line parts them. Several, and spaces beside them, stay as they are inside."""
    return re.split(r"(?<=\S)\n\n(?=\S)", words) if words else []


def write(paragraph: Any, words: str) -> None:
    """The words, their line breaks kept inside the paragraph."""
    paragraph.add_run(words)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat(row: Any) -> None:
    """The row of headings stands on every page, and tells assistive technology that it is one."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)
