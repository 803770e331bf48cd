"""Tables as people write them, as rows of a register: the columns are known by their headings.

What a table holds besides is kept in the row under its own heading. A row that was given no identifier gets one from
its words, so that it is the same row in every version and document that calls it the same.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from models.exchange.cells import Misread, remainder, value_of
from models.outputs.forms import is_empty
from models.outputs.rows import Output, Row
from models.outputs.thread import LONGEST_SLUG, slug
from models.outputs.told import Column, Kind, Register, clean, registers


class Places(NamedTuple):
    """Which column of a table stands for which field, and what the others are called."""

    register: Register
    fields: dict[int, Column]
    others: dict[int, str]

    @property
    def score(self) -> tuple[int, int]:
        """How well the register fits: fields found, and how many of them it must have."""
        return len(self.fields), sum(column.must for column in self.fields.values())


class Trouble(NamedTuple):
    """A cell that was not understood, by its row (from 0) and column (from 0)."""

    row: int
    column: int
    sentence: str


LEAST = 2  # fields beside the identifier by which a table is known


def places(register: Register, headings: Sequence[str]) -> Places:
    """Which headings stand for which fields: the labels themselves first, in any language, then what is like them."""
    fields: dict[int, Column] = {}
    left = list(register.columns)
    for exactly in (True, False):
        for at, heading in enumerate(headings):
            if at not in fields:
                column = next((one for one in left if _is_called(one, heading, exactly)), None)
                if column is not None:
                    fields[at] = column
                    left.remove(column)
    others = {at: heading for at, heading in enumerate(headings) if at not in fields and heading.strip()}
    return Places(register, fields, others)


def _is_called(column: Column, heading: str, exactly: bool) -> bool:
    heading = " ".join(heading.split()).rstrip("*: ")
    if exactly:
        return heading.casefold() in {column.label(language).casefold() for language in ("fi", "sv", "en")}
    return bool(column.told.known) and re.match(rf"(?:{column.told.known})", heading, re.IGNORECASE) is not None


def known_register(form: type[Output], headings: Sequence[str], under: str = "") -> Places | None:
    """The register that a table is: it has the field that names the row and most fields besides. None: no register."""
    best: Places | None = None
    for register in registers(form):
        found = places(register, headings)
        named = _named(register) in {column.name for column in found.fields.values()}
        apart = [column for column in found.fields.values() if column.name != "id"]
        fits = named and len(apart) >= LEAST and len(apart) >= len(found.others)
        if fits and (best is None or (found.score, _speaks_of(register, under)) > (best.score, False)):
            best = found
    return best


def _named(register: Register) -> str:
    return str(getattr(register.row, "NAMED", ""))


def _speaks_of(register: Register, under: str) -> bool:
    return any(under.casefold().startswith(register.label(language).casefold()) for language in ("fi", "sv", "en"))


def rows_of(found: Places, cells: Iterable[Sequence[object]], strict: bool) -> tuple[list[Row], list[Trouble]]:
    """The table's rows, and what was not understood. Empty rows are passed over.

    Where the reading is not strict what is not understood is kept in the row as it was written.
    """
    rows, troubles = list[Row](), list[Trouble]()
    for at, row in enumerate(cells):
        if any(_is_something(cell) for cell in row):
            fields, more = _fields(found, at, row, strict, troubles)
            rows.append(_row(found.register, fields, more, rows))
    return rows, troubles


def _is_something(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _fields(
    found: Places, at: int, row: Sequence[object], strict: bool, troubles: list[Trouble]
) -> tuple[dict[str, Any], dict[str, str]]:
    fields: dict[str, Any] = {}
    more: dict[str, str] = {}
    for place, cell in enumerate(row):
        column = found.fields.get(place)
        try:
            if column is None:
                _keep(more, found.others.get(place, ""), cell)
                continue
            fields[column.name] = value = value_of(column, cell)
            if column.kind is Kind.REFERENCE and isinstance(cell, str) and value:
                _keep(more, column.label("fi"), remainder(cell, value))
        except (Misread, ValueError) as error:
            troubles.append(Trouble(at, place, str(error)))
            if not strict and column is not None and isinstance(cell, str):
                _keep(more, column.label("fi"), _seen(cell))
    return fields, more


def _keep(more: dict[str, str], heading: str, cell: object) -> None:
    """What stands in a column of people's own is kept; a column without a heading is called by a dash."""
    if _is_something(cell):
        words = clean(cell if isinstance(cell, str) else str(cell))
        heading = clean(heading) or "–"
        more[heading] = f"{more[heading]}\n{words}" if more.get(heading, words) != words else words


def _seen(cell: str) -> str:
    return "".join(letter for letter in cell if letter.isprintable() or letter == "\n")[:2000]


def _row(register: Register, fields: dict[str, Any], more: dict[str, str], before: list[Row]) -> Row:
    fields["more"] = more
    if not fields.get("id"):
        fields["id"] = _own_id(register, fields, before)
    return register.row.model_validate(fields)  # type: ignore[return-value]


def _own_id(register: Register, fields: dict[str, Any], before: list[Row]) -> str:
    """An identifier from what the row says: the need and the way of an alternative, the words of any other."""
    if register.name == "alternatives" and fields.get("need"):
        made = f"{fields['need']}.{fields.get('way') or 'x'}"[:LONGEST_SLUG]
    elif register.name == "methods" and fields.get("need"):
        made = f"{register.told.prefix}.{fields['need']}"[:LONGEST_SLUG]
    else:
        made = slug(str(fields.get(_named(register)) or "")) or f"{register.told.prefix}.{len(before) + 1}"
    taken = {row.id.casefold() for row in before}
    number, name = 1, made
    while name.casefold() in taken:
        number += 1
        name = f"{made[: LONGEST_SLUG - 4]}.{number}"
    return name


def is_blank(row: Row, register: Register) -> bool:
    """Whether nothing but the identifier has been filled in."""
    return all(is_empty(row, column.name) for column in register.columns if column.name != "id")
