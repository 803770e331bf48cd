"""Compares two versions of a typed output item by item, and what changed in an item word by word.

For stances that became stale, returned rounds, corrections and what the council changed. Rows belong together by their
identifiers, wherever they stand.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from models.days.formats import Language
from models.documents.comparison import Change, ChangeKind, compare_texts
from models.exchange.cells import shown
from models.outputs.rows import Output, Row
from models.outputs.told import Column, Register, columns, registers


class Fate(StrEnum):
    """What became of an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class FieldChange(NamedTuple):
    """A field that changed, word by word."""

    label: str
    changes: tuple[Change, ...]


class ItemChange(NamedTuple):
    """A row, or a text of the output, and what became of it."""

    register: str  # its label; empty for a text of the output
    id: str  # empty for a text of the output
    name: str
    fate: Fate
    fields: tuple[FieldChange, ...]


def compare_outputs(before: Output, after: Output, language: Language = "fi") -> tuple[ItemChange, ...]:
    """What changed, in the order of the newer version; what was removed from a register stands after its rows."""
    form = type(after)
    if type(before) is not form:
        before = form()
    return (*_texts(before, after, language), *(c for r in registers(form) for c in _rows(r, before, after, language)))


def _texts(before: Output, after: Output, language: Language) -> Iterator[ItemChange]:
    for column in columns(type(after)):
        found = _field(column, getattr(before, column.name), getattr(after, column.name), language)
        if found:
            yield ItemChange("", "", column.label(language), Fate.CHANGED, (found,))


def _rows(register: Register, before: Output, after: Output, language: Language) -> Iterator[ItemChange]:
    label = register.label(language)
    old: dict[str, Row] = {row.id.casefold(): row for row in getattr(before, register.name)}
    new: dict[str, Row] = {row.id.casefold(): row for row in getattr(after, register.name)}
    for key, row in new.items():
        was = old.get(key)
        fields = tuple(_fields(register, was, row, language))
        if was is None or fields:
            yield ItemChange(label, row.id, row.name, Fate.CHANGED if was else Fate.ADDED, fields)
    for key, row in old.items():
        if key not in new:
            yield ItemChange(label, row.id, row.name, Fate.REMOVED, tuple(_fields(register, row, None, language)))


def _fields(register: Register, was: Row | None, row: Row | None, language: Language) -> Iterator[FieldChange]:
    for column in register.columns:
        if column.name != "id":
            before, after = (getattr(one, column.name) if one else None for one in (was, row))
            found = _field(column, before, after, language)
            if found:
                yield found
    mores = ((was.more if was else {}), (row.more if row else {}))
    for heading in dict.fromkeys([*mores[0], *mores[1]]):
        words = tuple(more.get(heading, "") for more in mores)
        if words[0] != words[1]:
            yield FieldChange(heading, compare_texts(*words))


def _field(column: Column, was: object, now: object, language: Language) -> FieldChange | None:
    before, after = shown(column, was, language), shown(column, now, language)
    return FieldChange(column.label(language), compare_texts(before, after)) if before != after else None


def marked(changes: tuple[Change, ...], removed: str = "[-{}-]", added: str = "{{+{}+}}") -> str:
    """The words with what went and what came marked in them."""
    marks = {ChangeKind.REMOVED: removed, ChangeKind.ADDED: added}
    return "".join(marks.get(change.kind, "{}").format(change.text) for change in changes)
