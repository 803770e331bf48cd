"""Reads a filled-in workbook back: every mistake by sheet, row and column, or the whole of it. Nothing is half-read.

Sheets are known by their names or by their headings, columns by their headings wherever they stand. Columns of people's
own are kept.
"""

import datetime as dt
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from models.exchange.archives import check_archive
from models.exchange.cells import as_shown, cleaned
from models.exchange.mistakes import Misread, Mistake
from models.exchange.sums import sums
from models.exchange.tables import Names, Places, known_register, places, rows_of
from models.exchange.workbook import MUST, SAYS, sheet_name
from models.exchange.workbook_asides import MOST_COLUMNS, asides, extent, filled, notes, outside, outside_texts
from models.outputs.rows import Output, Row
from models.outputs.told import Column, Register, columns, registers

MOST_ROWS = 20_000
HEADINGS_WITHIN = 15  # rows from the top
LANGUAGES = ("fi", "sv", "en")


@dataclass
class TableRead:
    """A table that was read: its rows, and where each stood."""

    register: Register
    sheet: str
    rows: list[Row]
    lines: list[int]  # as people count
    letters: Mapping[str, str]  # by field, the column's letter


@dataclass
class BookRead:
    """What a workbook holds, with every mistake in it."""

    output: Output
    tables: list[TableRead] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    remarks: list[Mistake] = field(default_factory=list)  # what was not taken, in its place


def read_workbook(content: bytes, form: type[Output], names: Mapping[str, Names] | None = None) -> BookRead:
    """What the workbook says of an output of the form. `names` are by register: what may be named, and what was.

    Raises Misread where the file as a whole cannot be read.
    """
    check_archive(content, "xl/workbook.xml", "not_a_workbook")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out
            book = load_workbook(io.BytesIO(content), data_only=False)
    except Exception:  # whatever a broken workbook makes the library raise
        raise Misread("not_a_workbook") from None
    return _Reading(form, names or {}).book(book)


class _Reading:
    """One reading of one workbook."""

    def __init__(self, form: type[Output], names: Mapping[str, Names]) -> None:
        self.form = form
        self.names = names
        self.mistakes: list[Mistake] = []
        self.remarks: list[Mistake] = []
        self.tables: dict[str, TableRead] = {}
        self.cleared: dict[str, TableRead] = {}  # sheets on which nothing is left
        self.texts: dict[str, str] = {}

    def book(self, book: Any) -> BookRead:
        for sheet in book.worksheets:
            self.remarks += asides(sheet)
            if sheet.title in _sheets_called("lists"):
                continue
            if sheet.title in _sheets_called("guide"):
                self.remarks += notes(sheet, self.form)
                continue
            if sheet.title in _sheets_called("texts"):
                self._texts(sheet)
            else:
                self._sheet(sheet)
        self.tables = {**self.cleared, **self.tables}
        if not self.tables and not self.texts and not self.mistakes:
            self.mistakes.append(Mistake("nothing"))
        fields = {name: tuple(table.rows) for name, table in self.tables.items()}
        output = self.form.model_validate({**self.texts, **fields}) if not self.mistakes else self.form()
        return BookRead(output, list(self.tables.values()), self.mistakes, self.remarks)

    # --- a table --------------------------------------------------------------------------------------------------

    def _sheet(self, sheet: Any) -> None:
        title = str(sheet.title)
        register = next((one for one in registers(self.form) if _is_named(one, title)), None)
        if next(filled(sheet), None) is None:
            if register is not None:
                self.cleared[register.name] = TableRead(register, title, [], [], {})
            return
        found = self._headings(sheet, register)
        if found is None:
            self._unknown(title, register)
            return
        line, known = found
        register = known.register
        if register.name in self.tables:
            first = self.tables[register.name].sheet
            self.mistakes.append(Mistake("sheet_twice", {"first": first, "other": title}, title))
            return
        if not self._shape_is_right(sheet, line, known, title):
            return
        self.remarks += outside(sheet, line)
        self._rows(sheet, line, known, title)

    def _headings(self, sheet: Any, register: Register | None) -> tuple[int, Places] | None:
        """The row of headings near the top, and what its columns are."""
        for line, row in enumerate(sheet.iter_rows(min_row=1, max_row=HEADINGS_WITHIN), 1):
            headings = [_heading(cell.value) for cell in row[:MOST_COLUMNS]]
            if sum(bool(one) for one in headings) < 2:
                continue
            known = places(register, headings) if register else known_register(self.form, headings, sheet.title)
            if known and len(known.fields) >= 2:
                return line, known
        return None

    def _unknown(self, title: str, register: Register | None) -> None:
        if register is not None:
            like = tuple(column.told.label for column in register.columns[:4])
            self.mistakes.append(Mistake("no_headings", {"like": like}, title))
        else:
            tables = tuple(one.told.label for one in registers(self.form))
            self.mistakes.append(Mistake("unknown_sheet", {"tables": tables}, title))

    def _shape_is_right(self, sheet: Any, line: int, known: Places, title: str) -> bool:
        """Whether no cells are merged, no heading stands twice, none is missing, and there are not too many rows."""
        before = len(self.mistakes)
        for merged in sheet.merged_cells.ranges:
            if merged.max_row >= line:
                letter = get_column_letter(merged.min_col)
                self.mistakes.append(Mistake("merged", {"range": str(merged)}, title, merged.min_row, letter))
        there = {column.name for column in known.fields.values()}
        for column in known.register.columns:
            if column.must and column.name not in there and column.name != "id":
                self.mistakes.append(Mistake("heading_missing", {"heading": column.told.label}, title, line))
        seen: dict[str, int] = {}
        for at, heading in _all_headings(sheet, line):
            if seen.setdefault(heading.casefold(), at) != at:
                self.mistakes.append(Mistake("heading_twice", {"heading": heading}, title, line, get_column_letter(at)))
        count = extent(sheet)[0] - line
        if count > MOST_ROWS:
            self.mistakes.append(Mistake("too_many_rows", {"count": count, "most": MOST_ROWS}, title))
        return len(self.mistakes) == before

    def _rows(self, sheet: Any, line: int, known: Places, title: str) -> None:
        cells = list(self._cells(sheet, line, known, title))
        for at, word in sums(cells):
            cells[at] = []
            self.remarks.append(Mistake("sum_row", {"text": word}, title, line + 1 + at))
        names = self.names.get(known.register.name, Names(numbered=True))
        rows, troubles, where = rows_of(known, cells, strict=True, names=names)
        for trouble in troubles:
            letter = get_column_letter(trouble.column + 1)
            self.mistakes.append(trouble.what.at(title, line + 1 + trouble.row, letter))
        letters = {column.name: get_column_letter(at + 1) for at, column in known.fields.items()}
        lines = [line + 1 + at for at in where]
        self.tables[known.register.name] = TableRead(known.register, title, rows, lines, letters)

    def _cells(self, sheet: Any, line: int, known: Places, title: str) -> Iterator[list[object]]:
        """The values under the headings; a formula or an error is a mistake, and so is a text without a heading."""
        named = known.fields.keys() | known.others.keys()
        last, width = extent(sheet)
        for row in sheet.iter_rows(min_row=line + 1, max_row=last, max_col=width) if last > line else ():
            values: list[object] = []
            for at, cell in enumerate(row):
                values.append(self._value(cell, title, at in named))
            yield values

    def _value(self, cell: Any, title: str, named: bool) -> object:
        value = cell.value
        if value is None or value == "":
            return None
        place = title, cell.row, cell.column_letter
        if cell.data_type == "f":
            self.mistakes.append(Mistake("formula", {}, *place))
        elif cell.data_type == "e":
            self.mistakes.append(Mistake("cell_error", {"text": value}, *place))
        elif not named and str(value).strip():
            self.mistakes.append(Mistake("beside_headings", {"text": value}, *place))
        else:
            return as_shown(value, cell.number_format) if _is_told_otherwise(cell) else value
        return None

    # --- texts ----------------------------------------------------------------------------------------------------

    def _texts(self, sheet: Any) -> None:
        title = str(sheet.title)
        self.remarks += outside_texts(sheet)
        for row in sheet.iter_rows(min_row=2, max_row=max(extent(sheet)[0], 2), max_col=2):
            label = _heading(row[0].value)
            value = self._value(row[1], title, named=True)
            column = next((one for one in columns(self.form) if _is_called(one, label)), None)
            if column is None:
                if label or value:
                    self.mistakes.append(Mistake("unknown_field", {"name": label, "near": ""}, title, row[0].row, "A"))
                continue
            try:
                self.texts[column.name] = cleaned(as_shown(value)) if value is not None else ""
            except Misread as what:
                self.mistakes.append(what.at(title, row[0].row, "B"))


def _is_told_otherwise(cell: Any) -> bool:
    """Whether the sheet shows something else than the value says: a part as percents, a time of day."""
    return "%" in cell.number_format or not isinstance(cell.value, (str, int, float, dt.date))


def _sheets_called(key: str) -> set[str]:
    return {sheet_name(SAYS[key].in_(language)) for language in LANGUAGES}


def _is_named(register: Register, title: str) -> bool:
    return title.casefold() in {sheet_name(register.label(language)).casefold() for language in LANGUAGES}


def _is_called(column: Column, label: str) -> bool:
    return label.casefold() in {column.label(language).casefold() for language in LANGUAGES}


def _heading(value: object) -> str:
    words = str(value).strip() if value is not None else ""
    return words.removesuffix(MUST).strip()


def _all_headings(sheet: Any, line: int) -> Sequence[tuple[int, str]]:
    row = next(sheet.iter_rows(min_row=line, max_row=line))
    return [(cell.column, _heading(cell.value)) for cell in row if _heading(cell.value)]
