"""Fits a front where nothing can measure it: in Word, whose pages are known only when they are printed.

Lines are counted with room to spare, so that the front never takes more pages than it may.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models.papers.front import is_shortened
from models.papers.paper import Front, FrontPart
from models.papers.shortening import lines, width

ACROSS = 84.0  # average letters of a line
PAGE = 43.0  # lines of a page
TITLE = 9.0  # lines of what stands above the first part
HEADING = 2.1  # lines of a heading with its air
GOES_ON = 1.2


class Fitted(NamedTuple):
    """A part of the front with the rows that fit."""

    part: FrontPart
    shown: int

    @property
    def rest(self) -> int:
        """How many rows stand elsewhere only."""
        return self.part.of - self.shown

    @property
    def whole(self) -> bool:
        """Whether nothing stands elsewhere."""
        return self.rest == 0 and not is_shortened(self.part)


def fitted(front: Front) -> list[Fitted]:
    """The parts, page by page, with as many rows of each as fit."""
    found: list[Fitted] = []
    for page in range(1, front.pages + 1):
        parts = [part for part in front.parts if part.page == page]
        last = page == front.pages or not any(part.page > page for part in front.parts)
        room = PAGE - (TITLE if page == 1 else 0) - (lines(front.closing, ACROSS) + 1.5 if last else 0)
        found += _page(parts, room if any(part.page > 1 for part in front.parts) else room + PAGE * (front.pages - 1))
        if last:
            break
    return found


def _page(parts: Sequence[FrontPart], room: float) -> list[Fitted]:
    """Each part shows one row, then all take turns while there is room."""
    shown = [min(1, len(part.rows)) for part in parts]
    heights = [_height(part, count) for part, count in zip(parts, shown, strict=True)]
    growing = {at for at, part in enumerate(parts) if len(part.rows) > 1}
    while growing:
        for at in sorted(growing):
            grown = _height(parts[at], shown[at] + 1)
            if sum(heights) - heights[at] + grown > room:
                growing.discard(at)
                continue
            shown[at], heights[at] = shown[at] + 1, grown
            if shown[at] == len(parts[at].rows):
                growing.discard(at)
    return [Fitted(part, count) for part, count in zip(parts, shown, strict=True)]


def _height(part: FrontPart, shown: int) -> float:
    rows = part.rows[:shown]
    columns = len(part.rows[0].cells) if part.rows else 1
    if part.headings and rows:
        rooms = [max(7.0, room) for room in _rooms(part, columns)]
        table = 1.4 + max(0.0, max(map(width, part.headings)) / 14 - 1)
        body = table + sum(
            max(lines(cell, room) for cell, room in zip(row.cells, rooms, strict=True)) * 1.05 + 0.3 for row in rows
        )
    else:
        body = sum(lines(row.cells[0], ACROSS - 4) * 1.05 + 0.1 for row in rows)
    said = sum(lines(sentence, ACROSS) + 0.2 for sentence in (part.say, part.closing) if sentence)
    return HEADING + body + said + (0 if Fitted(part, shown).whole else GOES_ON)


def _rooms(part: FrontPart, columns: int) -> list[float]:
    shares = column_shares(part, columns)
    return [share * (ACROSS - 3 * columns) * 0.92 for share in shares]


def column_shares(part: FrontPart, columns: int) -> list[float]:
    """The share of each column of the part's table; they come to 1."""
    needs = list[float]()
    for at in range(columns):
        longest = max((width(row.cells[at]) for row in part.rows), default=0.0)
        word = max((width(word) for word in part.headings[at].split()), default=0.0)
        if at in part.numbers:
            needs.append(max(min(longest, 14.0) * 1.2 + 2, word + 2, 6))
        else:
            needs.append(max(min(longest, 40.0), word, 12))
    return [need / sum(needs) for need in needs]
