"""Fits a front where nothing can measure it: in Word, whose pages are known only when they are printed.

Lines are counted with room to spare, so that the front never takes more pages than it may.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models.papers.front import is_shortened
from models.papers.paper import Front, FrontPart
from models.papers.shortening import lines, width

ACROSS = 84.0  # average letters of a line
PAGE = 60.0  # lines of a page
TITLE = 9.0  # lines of what stands above the first part
HEADING = 2.1  # lines of a heading with its air
GOES_ON = 1.2
GAP = 2.0  # letters between two columns
WORD = 18.0  # a longer word may be broken
WISHED = 40.0  # a column that holds more asks for no more
SMALLEST = 0.72  # of the letters of a table
BOLD = 1.15  # how much wider bold letters are
LOOKED_AT = 200  # rows, and letters of each cell


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
    rooms = [_rooms(part) for part in parts]
    heights = list(map(_height, parts, rooms, shown))
    growing = {at for at, part in enumerate(parts) if len(part.rows) > 1}
    while growing:
        for at in sorted(growing):
            grown = _height(parts[at], rooms[at], shown[at] + 1)
            if sum(heights) - heights[at] + grown > room:
                growing.discard(at)
                continue
            shown[at], heights[at] = shown[at] + 1, grown
            if shown[at] == len(parts[at].rows):
                growing.discard(at)
    return [Fitted(part, count) for part, count in zip(parts, shown, strict=True)]


def _height(part: FrontPart, rooms: Sequence[float], shown: int) -> float:
    rows = part.rows[:shown]
    if part.headings and rows:
        table = 1.4 + max(0.0, max(map(width, part.headings)) / 14 - 1)
        body = table + sum(
            max(lines(cell, room) for cell, room in zip(row.cells, rooms, strict=True)) * 1.05 + 0.3 for row in rows
        )
    else:
        body = sum(lines(row.cells[0], ACROSS - 4) * 1.05 + 0.1 for row in rows)
    said = sum(lines(sentence, ACROSS) + 0.2 for sentence in (part.say, part.closing) if sentence)
    return HEADING + body + said + (0 if Fitted(part, shown).whole else GOES_ON)


def _rooms(part: FrontPart) -> list[float]:
    """How many letters a line of each column of the part's table holds; nothing where it has none."""
    if not (part.headings and part.rows):
        return []
    shares = front_columns(part).shares
    return [share * (ACROSS - GAP * len(shares)) for share in shares]


def column_shares(part: FrontPart, columns: int) -> list[float]:
    """The share of each column of the part's table where words are hyphenated; they come to 1."""
    needs = list[float]()
    for at in range(columns):
        longest = max((width(row.cells[at]) for row in part.rows), default=0.0)
        word = max((width(word) for word in part.headings[at].split()), default=0.0)
        if at in part.numbers:
            needs.append(max(min(longest, 14.0) * 1.2 + 2, word + 2, 6))
        else:
            needs.append(max(min(longest, 40.0), word, 12))
    return [need / sum(needs) for need in needs]


# --- in Word, which hyphenates nothing ----------------------------------------------------------------------------


class Columns(NamedTuple):
    """How a table stands in Word: the share of each column, which come to 1, and how much smaller its letters are."""

    shares: list[float]
    size: float = 1.0


def front_columns(part: FrontPart) -> Columns:
    """The columns of the part's table in Word."""
    rows = [row.cells for row in part.rows]
    wished = [min(max((width(row[at]) for row in rows), default=0.0), WISHED) for at in range(len(rows[0]))]
    return unbroken(wished, part.headings, rows, part.numbers)


def unbroken(
    wished: Sequence[float], headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]
) -> Columns:
    """None of the columns is so narrow that a figure or a usual word is broken, and the rest of the line goes to those
    that wish for more. Where there is too little for all, the letters are smaller."""
    least = [_least(at, headings, rows, numbers) for at in range(len(wished))]
    more = [max(0.0, wish + GAP - must) for wish, must in zip(wished, least, strict=True)]
    spare = max(0.0, ACROSS - sum(least)) / (sum(more) or 1.0)
    widths = [must + spare * one for must, one in zip(least, more, strict=True)]
    return Columns([one / sum(widths) for one in widths], max(SMALLEST, min(1.0, ACROSS / sum(least))))


def _least(at: int, headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> float:
    """How many letters keep the column's figures and words whole; a heading's are bold."""
    cells = [row[at][:LOOKED_AT] for row in rows[:LOOKED_AT]]
    whole = cells if at in numbers else [word for cell in cells for word in cell.split()]
    bold = [width(word) * BOLD for word in headings[at].split()] if at < len(headings) else []
    return min(WORD, max([*map(width, whole), *bold], default=0.0)) + GAP
