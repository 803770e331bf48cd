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


def fitted(front: Front) -> list[list[Fitted]]:
    """The front's pages, each with its parts and as many rows of each as fit; one page where all of it fits on one."""
    parts, closing = front.parts, _closing(front)
    if front.pages == 1 or sum(map(_whole, parts)) <= PAGE - TITLE - closing:
        return [_page(parts, PAGE - TITLE - closing)]
    rooms = (PAGE - TITLE, PAGE - closing)
    at = _parted(parts, rooms)
    return [_page(parts[:at], rooms[0]), _page(parts[at:], rooms[1])]


def flowing(front: Front) -> list[Fitted]:
    """The parts, with as many rows of each as fit on the pages together, wherever one page ends."""
    return _page(front.parts, PAGE * front.pages - TITLE - _closing(front))


def _closing(front: Front) -> float:
    return lines(front.closing, ACROSS) + 1.5 if front.closing else 0.0


def _whole(part: FrontPart) -> float:
    return _height(part, _rooms(part), len(part.rows))


def _least_of(part: FrontPart) -> float:
    return _height(part, _rooms(part), min(1, len(part.rows)))


def _parted(parts: Sequence[FrontPart], rooms: tuple[float, float]) -> int:
    """How many parts stand on the first page: so many that the fewest are cut, least room is left, and the first page
    is full; where parts of both are cut, so many that as much of each page is."""
    whole, least = list(map(_whole, parts)), list(map(_least_of, parts))

    def judged(at: int) -> tuple[int, int, float]:
        first = _cuts(whole[:at], least[:at], rooms[0])
        second = _cuts(whole[at:], least[at:], rooms[1])
        apart = sum(whole[:at]) - rooms[0] - sum(whole[at:]) + rooms[1]
        both = bool(first[0] and second[0])
        return first[0] + second[0], round(first[1] + second[1]), abs(apart) if both else -at

    leading = max(1, sum(part.leads for part in parts))
    able = [at for at in range(leading, len(parts)) if sum(least[:at]) <= rooms[0] and sum(least[at:]) <= rooms[1]]
    return min(able or [leading], key=judged)


def _cuts(whole: Sequence[float], least: Sequence[float], room: float) -> tuple[int, float]:
    """How many parts of the page are not shown whole, where the shorter are first; and the room that is left."""
    cuts, left = 0, room - sum(least)
    for high, low in sorted(zip(whole, least, strict=True)):
        if high - low <= left:
            left -= high - low
        else:
            cuts += 1
    return cuts, 0.0 if cuts else left


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


# --- columns ------------------------------------------------------------------------------------------------------


class Columns(NamedTuple):
    """How a table stands: the share of each column, which come to 1, and how much smaller its letters are."""

    shares: list[float]
    size: float = 1.0


class Line(NamedTuple):
    """What a line of a table holds, in average letters."""

    across: float
    word: float  # a longer one in running text may be broken
    wished: float  # a column that holds more asks for no more


IN_WORD = Line(ACROSS, WORD, 40.0)
PRINTED = Line(104.0, 9.0, 64.0)  # its words are hyphenated


def front_columns(part: FrontPart, line: Line = IN_WORD) -> Columns:
    """The columns of the part's table."""
    rows = [row.cells for row in part.rows]
    wished = [min(max((width(row[at]) for row in rows), default=0.0), line.wished) for at in range(len(rows[0]))]
    return unbroken(wished, part.headings, rows, part.numbers, line)


def unbroken(
    wished: Sequence[float],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[int],
    line: Line = IN_WORD,
) -> Columns:
    """None of the columns is so narrow that a figure, a heading or a usual word is broken, and the rest of the line
    goes to those that wish for more. Where there is too little for all, the letters are smaller."""
    least = [_least(at, headings, rows, numbers, line.word) for at in range(len(wished))]
    more = [max(0.0, wish + GAP - must) for wish, must in zip(wished, least, strict=True)]
    spare = max(0.0, line.across - sum(least)) / (sum(more) or 1.0)
    widths = [must + spare * one for must, one in zip(least, more, strict=True)]
    return Columns([one / sum(widths) for one in widths], max(SMALLEST, min(1.0, line.across / sum(least))))


def _least(
    at: int, headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int], longest: float
) -> float:
    """How many letters keep the column's figures and words whole; a heading's are bold."""
    cells = [row[at][:LOOKED_AT] for row in rows[:LOOKED_AT]]
    whole, most = (cells, WORD) if at in numbers else ([word for cell in cells for word in cell.split()], longest)
    bold = [width(word) * BOLD for word in headings[at].split()] if at < len(headings) else []
    return max(min(most, max(map(width, whole), default=0.0)), min(WORD, max(bold, default=0.0))) + GAP
