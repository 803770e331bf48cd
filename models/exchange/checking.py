"""Identifiers that stand twice in a file, and references in it that lead nowhere, each in its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from models.definitions.parts import Text
from models.exchange.mistakes import Mistake, row_called
from models.outputs.forms import FORMS
from models.outputs.rows import Output, Row
from models.outputs.thread import Loose, Thread
from models.outputs.told import Register, registers

HERE = "\0"  # no phase is called so


class Stood(NamedTuple):
    """Where a row stood in its file; `row` as people count, `columns` by field."""

    sheet: str | Text = ""
    row: int | None = None
    columns: Mapping[str, str | Text] = {}
    place: str = ""  # where rows have no numbers


class Read(NamedTuple):
    """What a file said, every mistake in it, and where the rows of each register stood."""

    output: Any
    mistakes: list[Mistake]
    stood: Mapping[str, Sequence[Stood]] = {}


def astray(
    output: Output, others: Sequence[tuple[str, Output]], stood: Mapping[str, Sequence[Stood]]
) -> Iterator[Mistake]:
    """The mistakes. `others` hold the rows that references may name besides."""
    for register in registers(type(output)):
        yield from _twice(register, getattr(output, register.name), stood.get(register.name, ()))
    for loose in leading_nowhere(output, others):
        register = next(one for one in registers(type(output)) if one.name == loose.source.register)
        column = next(one for one in register.columns if one.name == loose.field)
        rows = getattr(output, register.name)
        at = next(i for i, row in enumerate(rows) if (row.id, row.name) == loose.source[2:])
        place = _place(register, rows[at], at, stood.get(register.name, ()), loose.field)
        yield Mistake("loose", {"to": loose.to, "tables": _tables(column.told.to)}, *place)


def leading_nowhere(output: Output, others: Iterable[tuple[str, Output]]) -> Iterator[Loose]:
    """The references of the output that name no row, of its own or of the others."""
    thread = Thread([*others, (HERE, output)])
    return (one for one in thread.loose if one.source.phase == HERE)


def _twice(register: Register, rows: Sequence[Row], stood: Sequence[Stood]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for at, row in enumerate(rows):
        before = first.setdefault(row.id.casefold(), at)
        if before == at:
            continue
        facts: dict[str, Any] = {"id": rows[before].id}
        key = "twice_here"
        if stood:
            key, facts["other"] = (
                ("twice", stood[before].row) if stood[before].row else ("twice_at", stood[before].place)
            )
        yield Mistake(key, facts, *_place(register, row, at, stood, "id"))


def _place(
    register: Register, row: Row, at: int, stood: Sequence[Stood], field: str
) -> tuple[str | Text, int | None, str | Text]:
    label = next(one.told.label for one in register.columns if one.name == field)
    if stood:
        there = stood[at]
        return there.sheet, there.row, there.columns.get(field, label)
    return row_called(register.told.label, row.id), None, label


def _tables(names: Iterable[str]) -> tuple[Text, ...]:
    """The labels of registers, for those who look for a row."""
    found = {one.name: one.told.label for form in FORMS.values() for one in registers(form)}
    return tuple(found[name] for name in names)
