"""Typed content in a Markdown document: a register's table stands where the document has it, else at the end.

The rest of the document is left as people wrote it. What is written here is read again by `from_document` as the same
rows, but for lines within a cell, which a Markdown table cannot hold.
"""

import re
from collections.abc import Sequence

from models.days.formats import Language
from models.documents.reading import read_document
from models.exchange.from_document import is_headed
from models.exchange.markdown import register_table
from models.exchange.tables import known_register
from models.outputs.rows import Output, Row
from models.outputs.told import Column, Register

HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*$")


def with_table(text: str, form: type[Output], register: Register, rows: Sequence[Row], language: Language) -> str:
    """The document with exactly these rows in the register's table; several tables of it become one."""
    document = read_document(text.encode(), "document.md")
    lines = text.split("\n")
    found = [table for table in document.tables if _is_of(form, register, table.headings, table.under)]
    written = register_table(register, rows, language).split("\n")
    for at, table in reversed(list(enumerate(found))):
        begin = table.line - 1
        lines[begin : _end(lines, begin)] = written if at == 0 else []
    if not found and rows:
        lines = [*_without_end(lines), "", f"## {register.label(language)}", "", *written, ""]
    return "\n".join(lines)


def with_text(text: str, column: Column, words: str, language: Language) -> str:
    """The document with these words under the heading of the text; tables under it stay."""
    lines = text.split("\n")
    at = next((i for i, line in enumerate(lines) if (m := HEADING.match(line)) and is_headed(column, m[1])), None)
    if at is None:
        return "\n".join([*_without_end(lines), "", f"## {column.label(language)}", "", words, ""]) if words else text
    end = at + 1
    while end < len(lines) and not HEADING.match(lines[end]) and not lines[end].lstrip().startswith("|"):
        end += 1
    return "\n".join([*lines[: at + 1], "", *([words, ""] if words else []), *lines[end:]])


def _is_of(form: type[Output], register: Register, headings: Sequence[str], under: str) -> bool:
    known = known_register(form, headings, under)
    return known is not None and known.register.name == register.name


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
