"""Compares two texts word by word: what stayed, what went and what came.

Paragraphs are lined up first and words only inside what changed, so a long text or a moved paragraph costs little.
Where difflib would take the square of the time or more, the texts are first split at words that occur once in both.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple, TypeVar

from models.frozen import Frozen

Token = TypeVar("Token", bound=Hashable)

SMALL = 10_000  # pairs of tokens that difflib compares quickly whatever they are
DEEPEST = 40  # splits inside each other
STRETCHES = (1, 8)  # tokens on end looked for where no single one occurs once

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[\w\u0300-\u036f]+|[^\S\n]+|\n+|.")


class ChangeKind(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Change(Frozen):
    """A stretch of text that stayed, went or came."""

    kind: ChangeKind
    text: str


class Run(NamedTuple):
    """Stretches of both sequences that stand at the same place."""

    before: slice
    after: slice
    same: bool


def compare_texts(before: str, after: str) -> tuple[Change, ...]:
    """What changed, in order: the kept and removed stretches give `before`, the kept and added ones give `after`.

    Neighbours are never of one kind, and what was removed stands before what came instead of it.
    """
    old, new = _PARAGRAPH.findall(before), _PARAGRAPH.findall(after)
    parts = list[tuple[ChangeKind, str]]()
    for run in runs(old, new):
        was, became = "".join(old[run.before]), "".join(new[run.after])
        parts.extend([(ChangeKind.KEPT, was)] if run.same else _in_words(was, became))
    return tuple(Change(kind=kind, text=text) for kind, text in _joined(parts))


def text_before(changes: Iterable[Change]) -> str:
    """The text as it was."""
    return "".join(change.text for change in changes if change.kind is not ChangeKind.ADDED)


def text_after(changes: Iterable[Change]) -> str:
    """The text as it became."""
    return "".join(change.text for change in changes if change.kind is not ChangeKind.REMOVED)


def count_changes(changes: Iterable[Change]) -> int:
    """At how many places something changed: a word replaced by another is one."""
    kept = [change.kind is ChangeKind.KEPT for change in changes]
    return sum(not here and (at == 0 or kept[at - 1]) for at, here in enumerate(kept))


def runs(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Run]:
    """Both sequences cut into stretches that are the same or differ, in order and without gaps.

    Takes about linear time also for sequences made to be slow; for those the stretches are not the shortest possible.
    """
    todo = [(0, len(before), 0, len(after), 0)]
    while todo:
        low, high, first, last, depth = todo.pop()
        start = low
        while low < high and first < last and before[low] == after[first]:
            low, first = low + 1, first + 1
        end = high
        while low < high and first < last and before[high - 1] == after[last - 1]:
            high, last = high - 1, last - 1
        if start < low:
            yield Run(slice(start, low), slice(first - (low - start), first), same=True)
        if high < end:
            todo.append((high, end, last, last + (end - high), depth))
        if low == high or first == last or (high - low) * (last - first) <= SMALL or depth >= DEEPEST:
            yield from _small(before, after, Run(slice(low, high), slice(first, last), same=False))
            continue
        anchors = _anchors(before[low:high], after[first:last])
        if not anchors:
            yield Run(slice(low, high), slice(first, last), same=False)
            continue
        cuts = [(low + i, first + j) for i, j in anchors]
        edges = zip([(low, first), *cuts], [*cuts, (high, last)], strict=True)
        todo.extend(reversed([(i, j, p, q, depth + 1) for (i, p), (j, q) in edges]))


def _small(before: Sequence[Token], after: Sequence[Token], run: Run) -> Iterator[Run]:
    was, became = before[run.before], after[run.after]
    if not was or not became or len(was) * len(became) > SMALL:
        if was or became:
            yield run
        return
    i, j = run.before.start, run.after.start
    for tag, low, high, first, last in SequenceMatcher(None, was, became, autojunk=False).get_opcodes():
        yield Run(slice(i + low, i + high), slice(j + first, j + last), same=tag == "equal")


def _anchors(before: Sequence[Token], after: Sequence[Token]) -> list[tuple[int, int]]:
    """Where tokens that occur once in both stand, as many as keep their order; else whole stretches that do."""
    for length in STRETCHES:
        old, new = _stretches(before, length), _stretches(after, length)
        once, once_after = Counter(old), Counter(new)
        where = {token: i for i, token in enumerate(old) if once[token] == 1}
        pairs = [(where[token], j) for j, token in enumerate(new) if token in where and once_after[token] == 1]
        if pairs:
            return [pairs[at] for at in longest_rising([i for i, _ in pairs])]
    return []


def _stretches(tokens: Sequence[Token], length: int) -> Sequence[Hashable]:
    return tokens if length == 1 else list(zip(*(tokens[at:] for at in range(length)), strict=False))


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest rising subsequence of different numbers."""
    tails, ends = list[int](), list[int]()  # the least last number of each length, and its index
    previous = list[int]()
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        previous.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    found = list[int]()
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(index)
        index = previous[index]
    return found[::-1]


def _in_words(before: str, after: str) -> Iterator[tuple[ChangeKind, str]]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    for run in runs(old, new):
        was, became = "".join(old[run.before]), "".join(new[run.after])
        if run.same:
            yield ChangeKind.KEPT, was
        else:
            yield ChangeKind.REMOVED, was
            yield ChangeKind.ADDED, became


def _joined(parts: Sequence[tuple[ChangeKind, str]]) -> Iterator[tuple[ChangeKind, str]]:
    """Neighbours of one kind as one; a space between two changed words belongs to both changes."""
    removed, added, kept = list[str](), list[str](), list[str]()
    for kind, text in parts:
        if not text:
            continue
        if kind is ChangeKind.KEPT:
            kept.append(text)
            continue
        between = "".join(kept)
        kept.clear()
        if between and (removed or added) and between.isspace() and "\n" not in between:
            removed.append(between)
            added.append(between)
        elif between:
            yield from _replaced(removed, added)
            yield ChangeKind.KEPT, between
        (removed if kind is ChangeKind.REMOVED else added).append(text)
    yield from _replaced(removed, added)
    if kept:
        yield ChangeKind.KEPT, "".join(kept)


def _replaced(removed: list[str], added: list[str]) -> Iterator[tuple[ChangeKind, str]]:
    if removed:
        yield ChangeKind.REMOVED, "".join(removed)
    if added:
        yield ChangeKind.ADDED, "".join(added)
    removed.clear()
    added.clear()
