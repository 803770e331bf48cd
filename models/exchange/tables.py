"""Tables as people write them, as rows of a register: the columns are known by their headings.

What a table holds besides is kept in the row under its own heading. A row that was given no identifier gets one from
its words, so that it is the same row in every version and document that calls it the same.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from models.definitions.parts import Text
from models.exchange.cells import as_shown, cleaned, value_of
from models.exchange.mistakes import Misread
from models.exchange.references import led
from models.exchange.typed_rows import typed_row
from models.outputs.forms import is_empty
from models.outputs.rows import Output, Row
from models.outputs.thread import LONGEST_SLUG, slug
from models.outputs.told import WIDTHLESS, Column, Kind, Register, registers


class Places(NamedTuple):
    """Which column of a table stands for which field, and what the others are called."""

    register: Register
    fields: dict[int, Column]
    others: dict[int, str]
    headings: Sequence[str]

    @property
    def score(self) -> tuple[int, int]:
        """How well the register fits: fields found, and how many of them it must have."""
        return len(self.fields), sum(column.must for column in self.fields.values())

    def column(self, name: str) -> int:
        """Where the field stands; the first column for one that stands nowhere."""
        return next((at for at, column in self.fields.items() if column.name == name), 0)


OWN = "+ "
"""What the heading of a column of people's own begins with in what Etappi writes: no field is meant by it."""

ORIGIN = Text(fi="Peritty", sv="Ärvd", en="Inherited")
"""The column that says from which locked package a row was carried over."""


class Names(NamedTuple):
    """What rows there are besides: what references may name, and which identifiers rows had before."""

    known: Mapping[str, str] = {}  # identifier, in small letters -> the row in words
    former: Mapping[str, str] = {}  # a row in words, in small letters -> its identifier
    numbered: bool = False  # whether new rows get the next free number


class Trouble(NamedTuple):
    """A cell that was not understood, by its row (from 0; `OVER` for a heading) and column (from 0)."""

    row: int
    column: int
    what: Misread


OVER = -1
LEAST = 2  # fields beside the identifier by which a table is known


def places(register: Register, headings: Sequence[str]) -> Places:
    """Which headings stand for which fields: the labels themselves first, in any language, then what is like them."""
    fields: dict[int, Column] = {}
    left = list(register.columns)
    for exactly in (True, False):
        for at, heading in enumerate(headings):
            if at not in fields and not _is_own(heading):
                column = next((one for one in left if _is_called(one, heading, exactly)), None)
                if column is not None:
                    fields[at] = column
                    left.remove(column)
    others = {at: heading.strip() for at, heading in enumerate(headings) if at not in fields and heading.strip()}
    return Places(register, fields, others, headings)


def is_origin(heading: str) -> bool:
    """Whether the column says where rows were carried over from."""
    return heading.strip().casefold() in {ORIGIN.in_(language).casefold() for language in ("fi", "sv", "en")}


def _is_own(heading: str) -> bool:
    return heading.startswith(OWN) or is_origin(heading)


def _is_called(column: Column, heading: str, exactly: bool) -> bool:
    heading = " ".join(heading.translate(WIDTHLESS).split()).rstrip("*: ")
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
        enough = len(apart) >= LEAST and len(apart) >= len(found.others)
        exact = all(_is_called(column, headings[at], True) for at, column in found.fields.items())
        fits = named and (enough or _speaks_of(register, under) or (exact and len(found.fields) == len(headings) > 1))
        if fits and (best is None or (found.score, _speaks_of(register, under)) > (best.score, False)):
            best = found
    return best


def _named(register: Register) -> str:
    return str(getattr(register.row, "NAMED", ""))


def _speaks_of(register: Register, under: str) -> bool:
    return any(under.casefold().startswith(register.label(language).casefold()) for language in ("fi", "sv", "en"))


def rows_of(
    found: Places, cells: Iterable[Sequence[object]], strict: bool, names: Names | None = None
) -> tuple[list[Row], list[Trouble], list[int]]:
    """The table's rows, what was not understood, and where each row stood. Empty rows are passed over.

    Where the reading is not strict what is not understood is kept in the row as it was written.
    """
    rows, troubles, where = list[Row](), list[Trouble](), list[int]()
    table = [(at, row) for at, row in enumerate(cells) if any(_is_something(cell) for cell in row)]
    read = [_fields(found, at, row, strict, troubles, names or Names()) for at, row in table]
    taken = {str(fields["id"]).casefold() for fields in read if fields.get("id")}
    for (at, _), fields in zip(table, read, strict=True):
        if not fields.get("id"):
            fields["id"] = own_id(found.register, fields, taken, names or Names())
            taken.add(fields["id"].casefold())
        row, refused = typed_row(found.register, fields)
        troubles += [Trouble(at, found.column(name), what) for name, what in refused.items()]
        rows.append(row if strict or not refused else _with_words(row, found, fields, refused))
        where.append(at)
    return rows, troubles, where


def _with_words(row: Row, found: Places, fields: dict[str, Any], refused: Iterable[str]) -> Row:
    """The row with what its fields refused kept under their headings."""
    words = {column.label("fi"): str(fields[column.name]) for column in found.fields.values() if column.name in refused}
    return row.model_copy(update={"more": {**words, **row.more}})


def _is_something(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _fields(
    found: Places, at: int, row: Sequence[object], strict: bool, troubles: list[Trouble], names: Names
) -> dict[str, Any]:
    more: dict[str, str] = {}
    fields: dict[str, Any] = {"more": more}
    for place, cell in enumerate(row):
        column = found.fields.get(place)
        try:
            if column is None:
                heading = found.others.get(place, "")
                if is_origin(heading):
                    fields["origin"] = cleaned(str(cell or ""))
                else:
                    _keep(more, heading.removeprefix(OWN), cell)
                continue
            fields[column.name] = value_of(column, cell, found.headings[place], names.known)
        except Misread as what:
            begun = (
                led(cell) if column is not None and column.kind is Kind.REFERENCE and isinstance(cell, str) else None
            )
            if column is not None and begun is not None and not strict:
                fields[column.name] = cleaned(begun.id)
                _keep(more, column.label("fi"), _seen(begun.rest))
                continue
            trouble = Trouble(OVER if what.key == "unit" else at, place, what)
            if trouble.row != OVER or trouble[:2] not in {one[:2] for one in troubles}:
                troubles.append(trouble)
            if not strict and column is not None and _is_something(cell):
                _keep(more, column.label("fi"), _seen(str(cell)))
    return fields


def _keep(more: dict[str, str], heading: str, cell: object) -> None:
    """What stands in a column of people's own is kept; a column without a heading is called by a dash."""
    if _is_something(cell):
        words = cleaned(cell if isinstance(cell, str) else as_shown(cell))
        heading = cleaned(heading) or "–"
        more[heading] = f"{more[heading]}\n{words}" if more.get(heading, words) != words else words


def _seen(cell: str) -> str:
    return "".join(letter for letter in cell if letter.isprintable() or letter == "\n")[:2000]


def own_id(register: Register, fields: dict[str, Any], taken: set[str], names: Names) -> str:
    """The identifier the row had before; else the next free number, or one made from what the row says."""
    words = str(fields.get(_named(register)) or "")
    before = names.former.get(words.casefold(), "")
    if before and before.casefold() not in taken:
        return before
    if names.numbered:
        free = (f"{register.told.prefix}{number}" for number in range(1, len(taken) + len(names.former) + 2))
        used = {one.casefold() for one in names.former.values()} | taken
        return next((one for one in free if one.casefold() not in used), f"{register.told.prefix}{len(taken) + 1}")
    if register.name == "alternatives" and fields.get("need"):
        way = fields.get("way")
        made = f"{fields['need']}.{way.words.fi.split()[0].casefold() if way else 'x'}"[:LONGEST_SLUG]
    elif register.name == "methods" and fields.get("need"):
        made = f"{register.told.prefix}{fields['need'].removeprefix('T')}"[:LONGEST_SLUG]
    else:
        made = slug(words) or register.told.prefix
    tried = (made if number == 1 else f"{made[: LONGEST_SLUG - 4]}.{number}" for number in range(1, len(taken) + 2))
    return next(one for one in tried if one.casefold() not in taken)


def is_blank(row: Row, register: Register) -> bool:
    """Whether nothing but the identifier has been filled in."""
    return all(is_empty(row, column.name) for column in register.columns if column.name != "id")
