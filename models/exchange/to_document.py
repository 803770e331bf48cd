"""Typed content in a document: each register's table stands where the document has it, else where its heading is.

The rest of the document is left as people wrote it. What is written here is read again by `from_document` as the same
rows. A list that stood for a table becomes one.
"""

import re
from collections.abc import Iterator, Sequence

from models.days.formats import Language
from models.documents.parts import Document, Items, Section
from models.documents.reading import read_document
from models.exchange.document_texts import places_of
from models.exchange.from_document import form_kind, from_document, is_matrix, listed
from models.exchange.markdown import register_table
from models.exchange.tables import known_register
from models.outputs.future_image import FutureImage
from models.outputs.rows import Output, Row
from models.outputs.told import Column, Kind, Register, columns, registers

HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*$")
POINT = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s+\S")
MARKER = re.compile(r"^\s*(?:(?:[-+*>]|\d{1,9}[.)]|#{1,6})\s+)+", re.MULTILINE)


def with_output(text: str, output: Output, language: Language) -> str:
    """The document with what the output holds in its tables and texts, where it says anything else of them."""
    differing = disagreeing(read_document(text.encode(), "document.md"), output)
    for register in registers(type(output)):
        if register.name in differing:
            text = with_table(text, type(output), register, getattr(output, register.name), language)
    for column in columns(type(output)):
        if column.name in differing:
            text = with_text(text, column, getattr(output, column.name), language)
    return text


def disagreeing(document: Document, output: Output, *, lines: bool = True) -> frozenset[str]:
    """The registers and texts of which the document says something else than the output holds; without `lines` it is
    the same wherever lines end within a cell, as in documents of former releases."""
    said, form = from_document(document, form_kind(type(output))).output, type(output)
    tables = (one.name for one in registers(form) if _printed(one, said, lines) != _printed(one, output, lines))
    texts = (
        one.name
        for one in columns(form)
        if one.kind is Kind.TEXT and _bare(getattr(said, one.name)) != _bare(getattr(output, one.name))
    )
    return frozenset((*tables, *texts))


def _printed(register: Register, output: Output, lines: bool) -> str:
    table = register_table(register, getattr(output, register.name), "fi")
    return table if lines else table.replace("<br>", " ")


def _bare(words: str) -> str:
    """The letters and digits of a text, without the marks of lists and headings."""
    return "".join(letter for letter in MARKER.sub("", words) if letter.isalnum())


def with_table(text: str, form: type[Output], register: Register, rows: Sequence[Row], language: Language) -> str:
    """The document with exactly these rows in the register's table; several tables of it become one."""
    text = _without_lists(text, form, register)
    document = read_document(text.encode(), "document.md")
    lines = text.split("\n")
    found = [table for table in document.tables if is_of(form, register, table.headings, table.rows, table.under)]
    written = register_table(register, rows, language).split("\n")
    for at, table in reversed(list(enumerate(found))):
        begin = table.line - 1
        lines[begin : _end(lines, begin)] = written if at == 0 and rows else []
    if found or not rows:
        return "\n".join(lines)
    section = next((one for one in reversed(_sections(lines)) if is_called(register, one[0])), None)
    if section is None:
        return "\n".join([*_without_end(lines), "", f"## {register.label(language)}", "", *written, ""])
    return "\n".join([*_without_end(lines[: section[2]]), "", *written, "", *lines[section[2] :]])


def with_text(text: str, column: Column, words: str, language: Language) -> str:
    """The document with these words under the heading of the text, and nothing of it elsewhere; tables stay."""
    lines = text.split("\n")
    parts = [(heading, begin, _text_end(lines, begin)) for heading, begin, _ in _sections(lines)]
    at = places_of(column, [(heading, any(map(str.strip, lines[begin + 1 : end]))) for heading, begin, end in parts])
    if not at:
        return "\n".join([*_without_end(lines), "", f"## {column.label(language)}", "", words, ""]) if words else text
    for place in sorted(at, reverse=True):
        _, begin, end = parts[place]
        lines[begin + 1 : end] = ["", *([words, ""] if words and place == at[0] else [])]
    return "\n".join(lines)


def _text_end(lines: Sequence[str], begin: int) -> int:
    """The line after the words under a heading: a table, the next heading, or the end."""
    after = (
        at for at in range(begin + 1, len(lines)) if HEADING.match(lines[at]) or lines[at].lstrip().startswith("|")
    )
    return next(after, len(lines))


def is_of(
    form: type[Output], register: Register, headings: Sequence[str], rows: Sequence[Sequence[str]], under: str
) -> bool:
    """Whether the table is one of the register."""
    if is_matrix(form, headings, rows):
        return register.name == "powers"
    known = known_register(form, headings, under)
    return known is not None and known.register.name == register.name


def is_called(register: Register, heading: str) -> bool:
    """Whether the heading is the register's own, in any language."""
    return any(heading.casefold().startswith(register.label(language).casefold()) for language in ("fi", "sv", "en"))


# --- lists --------------------------------------------------------------------------------------------------------


def _without_lists(text: str, form: type[Output], register: Register) -> str:
    """The document without the lists that stood for rows of the register."""
    document = read_document(text.encode(), "document.md")
    headings = [section.heading for section in _listing(document, form, register)]
    lines = text.split("\n")
    for heading, begin, end in reversed(_sections(lines)):
        if heading in headings:
            left = list(_without_points(lines[begin + 1 : end]))
            named = form is FutureImage and register.name == "challenges" and not any(map(str.strip, left))
            lines[begin:end] = [] if named else [lines[begin], *left]
    return "\n".join(lines)


def _listing(document: Document, form: type[Output], register: Register) -> Iterator[Section]:
    """The sections whose lists stand for rows of the register."""
    rows = _listed(document, form, register)
    for at, section in enumerate(document.sections):
        bare = section.model_copy(update={"blocks": tuple(b for b in section.blocks if not isinstance(b, Items))})
        if bare != section:
            sections = (*document.sections[:at], bare, *document.sections[at + 1 :])
            if _listed(document.model_copy(update={"sections": sections}), form, register) != rows:
                yield section


def _listed(document: Document, form: type[Output], register: Register) -> list[Row]:
    return [row for name, row in listed(document, form) if name == register.name]


def _without_points(lines: Sequence[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        inside = bool(POINT.match(line)) or (inside and line.startswith((" ", "\t")))
        if not inside:
            yield line


# --- lines --------------------------------------------------------------------------------------------------------


def _sections(lines: Sequence[str]) -> list[tuple[str, int, int]]:
    """The headings, with the lines where each section begins and ends."""
    at = [(match[1], i) for i, line in enumerate(lines) if (match := HEADING.match(line))]
    ends = [*(begin for _, begin in at), len(lines)][1:]
    return [(heading, begin, end) for (heading, begin), end in zip(at, ends, strict=True)]


def _end(lines: list[str], begin: int) -> int:
    end = begin
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _without_end(lines: list[str]) -> list[str]:
    """The lines without the empty ones at the end."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
