"""What people write in a workbook beside its tables and texts: nothing reads it, so it is told, each in its place."""

from collections.abc import Iterator
from typing import Any

from models.days.formats import Language
from models.exchange.mistakes import Mistake
from models.exchange.workbook import SAYS, guide_words
from models.outputs.rows import Output

MOST_COLUMNS = 200
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")


def asides(sheet: Any) -> Iterator[Mistake]:
    """The comments on the sheet's cells, and its pictures and charts."""
    for cell in _cells(sheet):
        if cell.comment is not None:
            yield _told(cell, "comment", text=cell.comment.text)
    for one in (*sheet._images, *sheet._charts):
        yield Mistake("drawing", {"text": type(one).__name__}, str(sheet.title))


def notes(sheet: Any, form: type[Output]) -> Iterator[Mistake]:
    """What somebody wrote on the sheet of guidance, whose first line is the title."""
    own = {words for language in LANGUAGES for words in guide_words(form, language)}
    yield from (_told(cell) for cell in filled(sheet) if cell.row > 1 and str(cell.value) not in own)


def outside(sheet: Any, line: int) -> Iterator[Mistake]:
    """What stands above the row of headings, and the first of the columns that are too many."""
    yield from (_told(cell) for cell in filled(sheet) if cell.row < line)
    beyond = next((cell for cell in filled(sheet) if cell.row >= line and cell.column > MOST_COLUMNS), None)
    if beyond is not None:
        yield _told(beyond, "beyond_columns", most=MOST_COLUMNS)


def outside_texts(sheet: Any) -> Iterator[Mistake]:
    """On the sheet of texts, what stands in its first row and beside its two columns."""
    own = {SAYS[key].in_(language) for key in ("field", "text") for language in LANGUAGES}
    for cell in filled(sheet):
        if cell.column > 2 or (cell.row == 1 and str(cell.value).strip() not in own):
            yield _told(cell)


def filled(sheet: Any) -> Iterator[Any]:
    """The cells that hold something, row by row."""
    return (cell for cell in _cells(sheet) if cell.value is not None and str(cell.value).strip())


def extent(sheet: Any) -> tuple[int, int]:
    """The last row and the last column that hold something, of columns those that are read."""
    there = [(cell.row, cell.column) for cell in filled(sheet)]
    return max((row for row, _ in there), default=0), min(max((at for _, at in there), default=0), MOST_COLUMNS)


def _cells(sheet: Any) -> list[Any]:
    """The cells that the file holds: never the billions that a sheet has room for."""
    return [cell for _, cell in sorted(sheet._cells.items())]


def _told(cell: Any, key: str = "not_taken", **facts: Any) -> Mistake:
    return Mistake(key, facts or {"text": cell.value}, str(cell.parent.title), cell.row, cell.column_letter)
