"""Markdown from what people wrote, and a typed output as a document that everybody can read."""

import re
from collections.abc import Iterable, Iterator, Sequence

from models.days.formats import Language
from models.exchange.cells import shown
from models.exchange.tables import ORIGIN, OWN
from models.outputs.rows import Output, Row
from models.outputs.told import Register, columns, registers


def escaped(words: str) -> str:
    """Words that people wrote, so that nothing in them is taken for Markdown."""
    line = re.sub(r"[ \t\n\v\f\r]+", " ", words).strip()  # hard spaces inside stay, as in 1 240 000
    return re.sub(r"([\\`*_\[\]<>|&~])", r"\\\1", line)


def table_of(names: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [names, ["---"] * len(names), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def plain_row(cells: Iterable[str]) -> list[str]:
    """Cells that people wrote, as cells of a table in Markdown; lines within one are parted as on GitHub."""
    return ["<br>".join(filter(None, map(escaped, cell.split("\n")))) or " " for cell in cells]


def markdown_of(output: Output, language: Language, title: str, note: str = "") -> str:
    """The output as a document: its texts under their headings, its registers as tables."""
    parts = [f"# {escaped(title)}", *([f"> {escaped(note)}"] if note else [])]
    for column in columns(type(output)):
        words = getattr(output, column.name)
        if words:
            parts += [f"## {column.label(language)}", "\n\n".join(_paragraphs(words))]
    for register in registers(type(output)):
        if rows := getattr(output, register.name):
            parts += [f"## {register.label(language)}", register_table(register, rows, language)]
    return "\n\n".join(parts) + "\n"


def _paragraphs(words: str) -> Iterator[str]:
    for part in re.split(r"\n{2,}", words):
        yield "  \n".join(escaped(line) for line in part.split("\n"))


def register_table(register: Register, rows: Sequence[Row], language: Language) -> str:
    """The rows as a table: the columns that are needed or used, and those of people's own."""
    used = [c for c in register.columns if c.must or any(shown(c, getattr(row, c.name), language) for row in rows)]
    own = list(dict.fromkeys(heading for row in rows for heading in row.more))
    inherited = [ORIGIN.in_(language)] if any(row.origin for row in rows) else []
    names = [column.label(language) for column in used] + [OWN + heading for heading in own] + inherited
    cells = (
        [shown(column, getattr(row, column.name), language) for column in used]
        + [row.more.get(heading, "") for heading in own]
        + ([row.origin] if inherited else [])
        for row in rows
    )
    return table_of(plain_row(names), map(plain_row, cells))
