"""The same row in several tables of a document: the first one stands, and what a later one says otherwise is told."""

from collections.abc import Iterator, Sequence

from models.definitions.parts import Text
from models.exchange.cells import shown
from models.exchange.mistakes import Mistake, row_called
from models.outputs.forms import is_empty, joined
from models.outputs.rows import Row
from models.outputs.told import Register


def contradictions(register: Register, tables: Sequence[Sequence[Row]]) -> Iterator[Mistake]:
    """What the tables say that is not in the rows they become together."""
    stands: dict[tuple[str, str], Row] = {}
    for row in joined(tables):
        stands.setdefault((row.id.casefold(), row.name.casefold()), row)
        stands.setdefault((row.id.casefold(), ""), row)
    for row in (row for table in tables[1:] for row in table):
        place = row_called(register.told.label, row.id)
        for label, kept, words in _otherwise(register, stands[row.id.casefold(), row.name.casefold()], row):
            yield Mistake("contradicts", {"kept": kept, "text": words}, place, None, label)


def _otherwise(register: Register, kept: Row, row: Row) -> Iterator[tuple[str | Text, str, str]]:
    """The fields that the row fills in with something else than the one that is kept."""
    for column in register.columns:
        here, there = getattr(row, column.name), getattr(kept, column.name)
        if here != there and not is_empty(row, column.name) and column.name != "id":
            yield column.told.label, shown(column, there, "fi"), shown(column, here, "fi")
    for heading, words in row.more.items():
        if kept.more.get(heading) != words:
            yield heading, kept.more.get(heading, ""), words
