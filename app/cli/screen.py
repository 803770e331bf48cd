"""How things look: tables and lines for a terminal of 80 columns, without colour, and JSON.

Written by hand: Rich would look the same without colour, and importing it takes a fifth of the time of a command.
"""

import dataclasses
import datetime as dt
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from models.days.formats import finnish_date, moment, short_weekday

LEAST, MOST = 60, 110
"""Columns: things are drawn at least and at most so wide."""
GAP = 2  # between the columns of a table
NARROWEST = 8


def width() -> int:
    """The columns to use."""
    return max(LEAST, min(MOST, shutil.get_terminal_size((80, 24)).columns))


def print_json(thing: Any) -> None:
    """One JSON object on standard output, in UTF-8 letters, keys in their order."""
    print(json.dumps(thing, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def say(text: str = "", indent: int = 0) -> None:
    """A paragraph, broken between words; also a journal or a pipe has it at once."""
    before = " " * indent
    for line in text.splitlines() or [""]:
        print(textwrap.fill(line, width(), initial_indent=before, subsequent_indent=before, break_long_words=False))
    sys.stdout.flush()


def item(mark: str, text: str) -> None:
    """A paragraph behind its mark, the later lines under its text."""
    first = f"  {mark:<4}"
    print(textwrap.fill(text, width(), initial_indent=first, subsequent_indent=" " * len(first)))


def fact(name: str, text: str) -> None:
    """A named fact; later lines stand under its text."""
    print(textwrap.fill(text, width(), initial_indent=f"{name}: ".ljust(13), subsequent_indent=" " * 13))


def date_of(day: dt.date) -> str:
    """A date with its weekday: Fri 29.1.2027."""
    return f"{short_weekday(day, 'en')} {finnish_date(day)}"


def instant(at: dt.datetime) -> str:
    """What clocks in Finland show at an instant: 22.11.2026 9.08."""
    return moment(at, "fi").replace(" klo ", " ")


def plain(word: str) -> str:
    """A word of an enumeration as people write it: for information."""
    return word.replace("_", " ")


def count(number: int, one: str, many: str | None = None) -> str:
    """A number of things: 1 seat, 2 seats."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def heading(text: str) -> None:
    """A heading with its line under it."""
    print(f"\n{text}\n{'-' * min(len(text), width())}")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> None:
    """Rows under their columns; those named in `right` hold numbers. Where there is no room, the widest is broken."""
    lines = [list(columns), *map(list, rows)]
    widths = _fitted([max(len(line[at]) for line in lines) for at in range(len(columns))])
    rule = ["-" * wide for wide in widths]
    for line in [lines[0], rule, *lines[1:]]:
        cells = [textwrap.wrap(text, max(wide, 1)) or [""] for text, wide in zip(line, widths, strict=True)]
        for at in range(max(map(len, cells))):
            parts = [cell[at] if at < len(cell) else "" for cell in cells]
            aligned = (
                part.rjust(wide) if name in right else part.ljust(wide)
                for part, wide, name in zip(parts, widths, columns, strict=True)
            )
            print((" " * GAP).join(aligned).rstrip())


def _fitted(widths: list[int]) -> list[int]:
    """The widths of columns, the widest made narrower until all fit."""
    room = width() - GAP * (len(widths) - 1)
    while sum(widths) > room:
        widest = widths.index(max(widths))
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths
