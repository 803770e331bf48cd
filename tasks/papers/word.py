"""Writes a paper as a Word file from a template, the municipality's own or Etappi's.

Words are put into the template as text; nothing in them is read as a template or as XML. Equal papers and templates
give equal bytes.
"""

import base64
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from models.papers.colours import readable
from models.papers.fitting import Columns, Fitted, fitted, flowing, front_columns, unbroken
from models.papers.paper import Facts, Grid, Paper, PaperKind, Part, Points, Quote, Text, Under
from models.papers.tables import needs
from tasks.papers.pdf import FOLDER

LOCALES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
ACROSS = 9520  # twentieths of a point between the margins
WHOLE_ROW = 1500  # letters of a row that is kept on one page
CELL = 9  # points of the letters of a table
EPOCH = (1980, 1, 1, 0, 0, 0)
STYLED = ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Front heading", "Kicker")
_LIKE_A_TAG = re.compile(r"\{(?=_[{%])|(?<=[}%])_(?=\})")
"""What the template engine would turn into the signs of a tag after all is written."""

Told = dict[str, Any]


def as_word(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as a Word file, from the template or from Etappi's own."""
    made = DocxTemplate(io.BytesIO(template or (FOLDER / "word" / f"{paper.kind}.docx").read_bytes()))
    made.init_docx()
    assert paper.front is not None, "what is written in Word begins with a front"
    pages = [flowing(paper.front)] if paper.kind is PaperKind.AGENDA_ITEM else fitted(paper.front)
    parts = [one for page in pages for one in page]
    told = _common(paper, made) | (
        _items(paper, parts) if paper.kind is PaperKind.AGENDA_ITEM else _whole(paper, parts)
    )
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.render(told, environment)
    document = made.docx
    _widths(document, paper, parts)
    _language(document, paper)
    if template is None:
        _colours(document, paper.look.colour)
    written = io.BytesIO()
    document.save(written)
    return _steady(written.getvalue())


# --- what the template is told ------------------------------------------------------------------------------------


def _common(paper: Paper, template: DocxTemplate) -> Told:
    logo = None
    if paper.look.logo:
        logo = InlineImage(template, io.BytesIO(base64.b64decode(paper.look.logo)), height=Mm(14))
    facts = [(_safe(name), _safe(value)) for name, value in paper.facts]
    return {
        "logo": logo,
        "municipality": _safe(paper.look.name),
        "stamp": paper.stamp,
        "reminder": paper.reminder,
        "seal": paper.seal,
        "page_word": paper.notes["page"],
        "kicker": paper.kicker,
        "title": _safe(paper.title),
        "subtitle": _safe(paper.subtitle),
        "date": paper.date_text,
        "facts": facts,
        "facts_line": " · ".join(f"{name}: {value}" for name, value in facts),
    }


def _items(paper: Paper, parts: Sequence[Fitted]) -> Told:
    """The parts of an agenda item, each by its key."""
    return {
        one.part.key.replace("-", "_"): {
            "heading": one.part.heading,
            "lines": [_safe(row.cells[0]) for row in one.part.rows[: one.shown]],
            "goes_on": _goes_on(paper, one, {}),
        }
        for one in parts
    }


def _whole(paper: Paper, parts: Sequence[Fitted]) -> Told:
    """The front, which goes on to its second page where the first is full, and everything after it."""
    numbers = {part.key: number for number, part in enumerate(paper.parts, 1)}
    told = [_front_part(paper, one, numbers) for one in parts]
    front = [{"parts": told, "closing": paper.front.closing if paper.front else ""}]
    return {"front": front, "parts": [_part(part, numbers[part.key]) for part in paper.parts]}


def _front_part(paper: Paper, one: Fitted, numbers: dict[str, int]) -> Told:
    part, rows = one.part, one.part.rows[: one.shown]
    columns = len(rows[0].cells) if rows else 0
    return {
        "heading": part.heading,
        "say": part.say,
        "table": bool(part.headings and rows),
        "headings": list(part.headings[:columns]),
        "rows": [_cells(row.cells, part.numbers) for row in rows],
        "closing": part.closing,
        "goes_on": _goes_on(paper, one, numbers),
    }


def _goes_on(paper: Paper, one: Fitted, numbers: dict[str, int]) -> str:
    if one.whole:
        return ""
    rest = f" ({paper.notes['more']} {one.rest})" if one.rest else ""
    number = numbers.get(one.part.key)
    return f"{paper.notes['goes_on_in']} {number}{rest}." if number else f"{paper.notes['in_package']}{rest}."


def _part(part: Part, number: int) -> Told:
    return {"heading": f"{number} {part.heading}", "blocks": [_block(block) for block in part.blocks]}


def _block(block: Under | Text | Quote | Points | Facts | Grid) -> Told:
    match block:
        case Under():
            return {"kind": f"under{block.level}", "text": _safe(block.heading)}
        case Text():
            return {"kind": "small" if block.small else "text", "text": _safe(block.text)}
        case Quote():
            return {"kind": "quote", "text": _safe(block.text)}
        case Points():
            return {"kind": "numbered" if block.ordered else "points", "points": _points(block)}
        case Facts():
            return {"kind": "facts", "facts": [(_safe(name), _safe(value)) for name, value in block.facts]}
        case Grid():
            rows = [_cells(row, block.numbers) for row in block.rows]
            return {"kind": "grid", "headings": [_safe(heading) for heading in block.headings], "rows": rows}


def _points(block: Points) -> list[Told]:
    """Points with their depth; those of a numbered list carry their number, for Word would go on counting."""
    counts, found = dict[int, int](), []
    for words, depth in block.points:
        counts = {deep: count for deep, count in counts.items() if deep <= depth}
        counts[depth] = counts.get(depth, 0) + 1
        number = ".".join(str(counts.get(deep, 1)) for deep in range(depth + 1))
        found.append({"text": f"{number}. {_safe(words)}" if block.ordered else _safe(words), "depth": depth})
    return found


def _cells(cells: Sequence[str], numbers: Sequence[int]) -> list[Told]:
    return [{"text": _safe(_lines(words)), "number": at in numbers} for at, words in enumerate(cells)]


def _lines(words: str) -> str:
    """Several lines of a cell as points."""
    lines = [line for line in words.split("\n") if line.strip()]
    return "\n".join(f"• {line}" for line in lines) if len(lines) > 1 else words


def _safe(words: str) -> str:
    """The words, in which nothing looks like the template engine's own signs."""
    return _LIKE_A_TAG.sub(lambda found: found[0] + "\u2060", words) if "_" in words else words


# --- what is done to the written document -------------------------------------------------------------------------


def _widths(document: Document, paper: Paper, parts: Sequence[Fitted]) -> None:
    """The columns of tables are as wide as what they hold asks for; a table is known by its headings."""
    known: dict[tuple[str, ...], Columns] = {}
    for part in paper.parts:
        for block in part.blocks:
            if isinstance(block, Grid):
                known.setdefault(block.headings, unbroken(needs(block), block.headings, block.rows, block.numbers))
    for one in parts:
        if one.part.headings and one.part.rows:
            columns = len(one.part.rows[0].cells)
            known[one.part.headings[:columns]] = front_columns(one.part)
    for table in document.tables:
        _keep_rows_whole(table)
        first = table._tbl.tr_lst[0] if table._tbl.tr_lst else None
        if first is not None:
            headings = tuple("".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in first.tc_lst)
            if headings in known:
                _set_widths(table, known[headings])


def _keep_rows_whole(table: Table) -> None:
    """No row is broken over two pages, unless it may well be longer than one."""
    for row in table._tbl.tr_lst:
        if sum(len(text.text or "") for text in row.iter(qn("w:t"))) <= WHOLE_ROW:
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _set_widths(table: Table, columns: Columns) -> None:
    widths = [str(int(ACROSS * share)) for share in columns.shares]
    if columns.size < 1:
        for run in table._tbl.iter(qn("w:r")):
            run.get_or_add_rPr().sz_val = Pt(CELL * columns.size)
    for column, wide in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=False):
        column.set(qn("w:w"), wide)
    for row in table._tbl.tr_lst:
        for cell, wide in zip(row.tc_lst, widths, strict=False):
            size = cell.get_or_add_tcPr().get_or_add_tcW()
            size.set(qn("w:w"), wide)
            size.set(qn("w:type"), "dxa")


def _language(document: Document, paper: Paper) -> None:
    """Word knows the language, the title and the day of the paper; nothing of the machine stands in it."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), LOCALES[paper.language])
    day = dt.datetime.combine(paper.date, dt.time())
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, paper.look.name, LOCALES[paper.language]
    properties.subject, properties.comments, properties.last_modified_by = paper.subtitle, paper.reminder, ""
    properties.created = properties.modified = day
    properties.revision = paper.edition


def _colours(document: Document, colour: str) -> None:
    shown = RGBColor.from_string(readable(colour)[1:].upper())
    for style in document.styles:
        if style.name in STYLED:
            style.font.color.rgb = shown


def _steady(content: bytes) -> bytes:
    """The same file with the same day on everything inside it."""
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            written.writestr(entry, read.read(name))
    return steady.getvalue()
