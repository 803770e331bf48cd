"""A table pasted from a spreadsheet: lines with tabs between the cells (semicolons in a saved one), headings first."""

import re
from collections.abc import Iterator, Sequence

from models.exchange.checking import Read, Stood
from models.exchange.mistakes import Misread, Mistake
from models.exchange.sums import sums
from models.exchange.tables import Names, Places, known_register, rows_of
from models.exchange.workbook import MUST
from models.outputs.rows import Output
from models.outputs.told import Register, registers

QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
BARE = {between: re.compile(rf"[^{between}\r\n]*") for between in "\t;"}


def read_pasted(
    text: str, form: type[Output], names: dict[str, Names] | None = None, register: Register | None = None
) -> Read:
    """The rows of the one table that the text is, and every mistake in it by line and column. Raises Misread for none.

    `register` is the table it was pasted into, where that is known; else it is known by its headings. Rows are counted
    as in the spreadsheet: a cell of many lines is in one row.
    """
    try:
        lines = list(_lines(text, "\t" if "\t" in text else ";"))
    except _Open as error:
        return Read(form(), [Mistake("open_quote", {"text": error.cell}, "", error.line)])
    top = next((at for at, row in enumerate(lines) if any(map(str.strip, row))), None)
    if top is None:
        raise Misread("nothing")
    headings = [heading.strip().removesuffix(MUST).strip() for heading in lines[top]]
    known = known_register(form, headings, register.label("fi") if register else "")
    if known is None:
        like = registers(form)[0] if register is None else register
        raise Misread("no_headings", like=tuple(column.told.label for column in like.columns[:4]))
    below, first = lines[top + 1 :], top + 2
    mistakes = [*_headings_twice(headings, top + 1), *_beside(below, headings, first)]
    mistakes += [Mistake("sum_pasted", {"text": word}, "", first + at) for at, word in sums(below)]
    found = (names or {}).get(known.register.name, Names(numbered=True))
    rows, troubles, where = rows_of(known, [row[: len(headings)] for row in below], strict=True, names=found)
    mistakes += [one.what.at("", first + one.row, headings[one.column] or str(one.column + 1)) for one in troubles]
    stood = [Stood("", first + at, _columns(known)) for at in where]
    output = form.model_validate({known.register.name: tuple(rows)}) if not mistakes else form()
    return Read(output, mistakes, {known.register.name: stood})


class _Open(Exception):
    """Quotes that are opened and never closed."""

    def __init__(self, cell: str, line: int) -> None:
        self.cell, self.line = cell, line


def _columns(known: Places) -> dict[str, str]:
    return {column.name: known.headings[at] for at, column in known.fields.items()}


def _headings_twice(headings: Sequence[str], line: int) -> Iterator[Mistake]:
    for at, heading in enumerate(headings):
        if heading and heading.casefold() in {one.casefold() for one in headings[:at]}:
            yield Mistake("heading_twice", {"heading": heading}, "", line, str(at + 1))


def _beside(rows: Sequence[Sequence[str]], headings: Sequence[str], first: int) -> Iterator[Mistake]:
    for line, row in enumerate(rows, first):
        for at, cell in enumerate(row, 1):
            if cell.strip() and (at > len(headings) or not headings[at - 1]):
                yield Mistake("beside_headings", {"text": cell}, "", line, str(at))


def _lines(text: str, between: str) -> Iterator[list[str]]:
    """The cells by rows. A cell in quotes may have many lines. Raises _Open."""
    row, at, count = list[str](), 0, 1
    while True:
        cell, at = _cell(text, at, between, count)
        row.append(cell)
        if text.startswith(between, at):
            at += 1
            continue
        yield row
        row, count = [], count + 1
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= len(text):
            return


def _cell(text: str, at: int, between: str, line: int) -> tuple[str, int]:
    bare = BARE[between].match(text, at)
    assert bare is not None
    if not text.startswith('"', at):
        return bare[0], bare.end()
    quoted = QUOTED.match(text, at)
    if quoted and text[quoted.end() : quoted.end() + 1] in ("", between, "\r", "\n"):
        if not (between == "\t" and "\t" in quoted[1]):  # a spreadsheet has no tabs inside cells
            return quoted[1].replace('""', '"'), quoted.end()
    elif bare[0].count('"') % 2 == 0:
        return bare[0], bare.end()
    raise _Open(bare[0], line)
