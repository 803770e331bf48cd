"""Compares two versions of a document: headings, paragraphs, points of lists, and tables row by row.

Rows belong together by their first cell, so that a need or an alternative is compared with itself wherever it stands.
The passages come in the order of the newer version; what was removed stands where it was.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from models.documents.comparison import Change, ChangeKind, compare_texts, longest_rising, runs, text_after, text_before
from models.documents.parts import Document, Items, Paragraph, Table
from models.frozen import Frozen

ALIKE = 0.4  # the share of words two passages have in common, from which one is the other's successor
BAR = "|"  # between the cells of a row
NEAR = 12  # how many passages further on a successor is looked for


class What(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"
    ROW = "row"  # its cells with bars between them


class Passage(Frozen):
    """A passage and what changed in it. One without changes stands as it was, or was moved as it was."""

    what: What
    under: str  # the heading it stands under
    changes: tuple[Change, ...]
    moved: bool = False

    @property
    def before(self) -> str:
        """As it was; empty for one that is new."""
        return text_before(self.changes)

    @property
    def after(self) -> str:
        """As it became; empty for one that was removed."""
        return text_after(self.changes)

    @property
    def cells(self) -> tuple[tuple[Change, ...], ...]:
        """What changed in each cell of a row."""
        cells: dict[int, list[Change]] = {}
        was = becomes = 0  # the cell on each side
        for change in self.changes:
            went, came = change.kind is ChangeKind.REMOVED, change.kind is ChangeKind.ADDED
            at = was if went else becomes
            for offset, text in enumerate(change.text.split(BAR)):
                if text.strip():
                    cells.setdefault(at + offset, []).append(change.model_copy(update={"text": text}))
            bars = change.text.count(BAR)
            was, becomes = was + (0 if came else bars), becomes + (0 if went else bars)
        return tuple(tuple(cells.get(number, ())) for number in range(max(was, becomes) + 1))

    @property
    def changed(self) -> bool:
        """Whether its words changed or it was moved."""
        return self.moved or any(change.kind is not ChangeKind.KEPT for change in self.changes)


class _Unit(NamedTuple):
    """What is matched: a passage, or a whole table."""

    what: What
    text: str
    under: str = ""
    table: Table | None = None

    @property
    def key(self) -> tuple[What, str]:
        return self.what, self.text


Pairs = dict[int, int]  # newer -> older


def compare_documents(before: Document, after: Document) -> tuple[Passage, ...]:
    """Every passage of the newer version and every one removed from the older, with what changed in each."""
    old, new = list(_units(before)), list(_units(after))
    return tuple(_passages(old, new, _matched(old, new)))


def _units(document: Document) -> Iterator[_Unit]:
    for section in document.sections:
        if section.heading:
            yield _Unit(What.HEADING, section.heading, section.heading)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield _Unit(What.PARAGRAPH, block.text, section.heading)
            elif isinstance(block, Items):
                yield from (_Unit(What.POINT, item.text, section.heading) for item in block.items)
            else:
                yield _Unit(What.ROW, _row(block.headings), section.heading, block)


def _row(cells: Sequence[str]) -> str:
    return f" {BAR} ".join(cells)


def _passages(old: list[_Unit], new: list[_Unit], pairs: Pairs) -> Iterator[Passage]:
    for older, newer, moved in _in_order(len(old), len(new), pairs):
        was = old[older] if older is not None else None
        became = new[newer] if newer is not None else None
        one = became or was
        assert one is not None
        changes = compare_texts(was.text if was else "", became.text if became else "")
        yield Passage(what=one.what, under=one.under, changes=changes, moved=moved)
        if one.table is not None:
            yield from _rows(was.table if was else None, became.table if became else None, one.under)


def _rows(was: Table | None, became: Table | None, under: str) -> Iterator[Passage]:
    old = [_Unit(What.ROW, _row(row), under) for row in was.rows] if was else []
    new = [_Unit(What.ROW, _row(row), under) for row in became.rows] if became else []
    pairs = _by_first_cell(was.rows if was else (), became.rows if became else ())
    _pair_alike(old, new, _left_out(len(old), pairs.values()), _left_out(len(new), pairs), pairs)
    yield from _passages(old, new, pairs)


def _in_order(old: int, new: int, pairs: Pairs) -> Iterator[tuple[int | None, int | None, bool]]:
    """Older and newer indices of each passage, and whether it was moved."""
    newer = sorted(pairs)
    stay = [newer[at] for at in longest_rising([pairs[n] for n in newer])]
    bounds = iter([*(pairs[n] for n in stay), old])
    gone = iter(_left_out(old, pairs.values()))
    removed = next(gone, old)
    staying = set(stay)
    for n in (-1, *range(new)):
        if n >= 0:
            yield pairs.get(n), n, n in pairs and n not in staying
        if n < 0 or n in staying:
            bound = next(bounds)
            while removed < bound:
                yield removed, None, False
                removed = next(gone, old)


# --- which passage is which ---------------------------------------------------------------------------------------


def _matched(old: list[_Unit], new: list[_Unit]) -> Pairs:
    """Equal passages in their order, then those between them that are alike, then equal ones that were moved."""
    pairs: Pairs = {}
    for run in runs([unit.key for unit in old], [unit.key for unit in new]):
        older, newer = range(len(old))[run.before], range(len(new))[run.after]
        if run.same:
            pairs.update(zip(newer, older, strict=True))
        else:
            _pair_alike(old, new, list(older), list(newer), pairs)
    moved: dict[tuple[What, str], list[int]] = {}
    for i in reversed(_left_out(len(old), pairs.values())):
        moved.setdefault(old[i].key, []).append(i)
    for n in _left_out(len(new), pairs):
        if moved.get(new[n].key):
            pairs[n] = moved[new[n].key].pop()
    return pairs


def _left_out(count: int, taken: Iterable[int]) -> list[int]:
    """The indices below `count` that are not taken."""
    among = set(taken)
    return [i for i in range(count) if i not in among]


def _by_first_cell(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> Pairs:
    """Rows with the same first cell; the second of that name belongs to the second."""
    where = {key: i for i, key in enumerate(_keys(old))}
    return {n: where[key] for n, key in enumerate(_keys(new)) if key in where}


def _keys(rows: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    seen = Counter[str]()
    for row in rows:
        key = row[0].casefold()
        seen[key] += 1
        yield key, seen[key]


def _pair_alike(old: list[_Unit], new: list[_Unit], older: list[int], newer: list[int], pairs: Pairs) -> None:
    """Adds the pairs whose words are mostly the same, in order."""
    start = 0
    words = {i: _words(old[i].text) for i in older}
    for n in newer:
        mine = _words(new[n].text)
        for at in range(start, min(start + NEAR, len(older))):
            i = older[at]
            if old[i].what is new[n].what and _is_table(old[i]) == _is_table(new[n]) and _alike(words[i], mine):
                pairs[n] = i
                start = at + 1
                break


def _is_table(unit: _Unit) -> bool:
    return unit.table is not None


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    total = one.total() + other.total()
    return not total or 2 * (one & other).total() >= ALIKE * total
