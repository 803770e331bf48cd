"""A table pasted from a spreadsheet: lines with tabs between the cells (semicolons in a saved one), headings first."""

import csv
import io

from models.exchange.mistakes import Misread, Mistake
from models.exchange.tables import Names, known_register, rows_of
from models.exchange.workbook import MUST
from models.outputs.rows import Output
from models.outputs.told import Register, registers


def read_pasted(
    text: str, form: type[Output], names: dict[str, Names] | None = None, register: Register | None = None
) -> tuple[Output, list[Mistake]]:
    """The rows of the one table that the text is, and every mistake in it by line and column. Raises Misread for none.

    `register` is the table it was pasted into, where that is known; else it is known by its headings.
    """
    between = "\t" if "\t" in text else ";"
    read = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    cells = [row for row in read if any(map(str.strip, row))]
    if not cells:
        raise Misread("nothing")
    headings = [heading.strip().removesuffix(MUST).strip() for heading in cells[0]]
    known = known_register(form, headings, register.label("fi") if register else "")
    if known is None:
        like = registers(form)[0] if register is None else register
        raise Misread("no_headings", like=tuple(column.told.label for column in like.columns[:4]))
    widest = len(headings)
    mistakes = [
        Mistake("beside_headings", {"text": cell}, "", line, str(at))
        for line, row in enumerate(cells[1:], 2)
        for at, cell in enumerate(row[widest:], widest + 1)
        if cell.strip()
    ]
    found = (names or {}).get(known.register.name, Names(numbered=True))
    rows, troubles, _ = rows_of(known, [row[:widest] for row in cells[1:]], strict=True, names=found)
    mistakes += [one.what.at("", one.row + 2, headings[one.column] or str(one.column + 1)) for one in troubles]
    return form.model_validate({known.register.name: tuple(rows)}) if not mistakes else form(), mistakes
