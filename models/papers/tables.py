"""How a table is laid out on paper: how wide its columns are, and whether it stands upright, lies, or becomes cards."""

from collections.abc import Sequence
from enum import StrEnum

from models.papers.paper import Grid
from models.papers.shortening import width

UPRIGHT, TIGHT, LYING, LYING_TIGHT = 92.0, 112.0, 150.0, 185.0  # average letters across a page
FEW = 6  # rows for which no page is turned
GAP = 3.0  # letters between two columns
NARROW, WIDE = 11.0, 30.0  # a column of text is given at least and at most so many
SHORT = 19.0  # what a few words take on two lines, in a table of Etappi's own
HASH = 52.0  # what a hash takes in its small letters
HEADING = 15.0  # the longest word of a heading over figures that is not broken
SAMPLE = 200  # rows that are looked at


class Shape(StrEnum):
    """How a table stands on paper."""

    UPRIGHT = "upright"
    TIGHT = "tight"  # in smaller letters
    LYING = "lying"  # on a page turned sideways
    LYING_TIGHT = "lying-tight"  # there, in smaller letters
    CARDS = "cards"  # row by row, each cell under its heading


def shape(grid: Grid) -> Shape:
    """How the table stands: upright where it fits, else lying; a few rows, or too many columns, become cards.

    One of Etappi's own is made to stand upright.
    """
    needed = sum(needs(grid)) + GAP * len(grid.headings)
    if needed <= UPRIGHT:
        return Shape.UPRIGHT
    if needed <= TIGHT or not grid.theirs_headings:
        return Shape.TIGHT
    if needed > LYING_TIGHT or len(grid.rows) <= FEW:
        return Shape.CARDS
    return Shape.LYING if needed <= LYING else Shape.LYING_TIGHT


def needs(grid: Grid) -> list[float]:
    """How many letters each column needs to be read with ease."""
    return [_need(grid, at) for at in range(len(grid.headings))]


def _need(grid: Grid, at: int) -> float:
    cells = _cells(grid, at)
    if _are_hashes(cells):
        return HASH
    longest = max((width(cell) for cell in cells), default=0.0)
    if at in grid.numbers or longest <= NARROW:
        words = [width(word) for word in grid.headings[at].split()]
        return max(min(longest, 22.0), min(max(words, default=0.0), HEADING if at in grid.numbers else NARROW)) + 1
    average = sum(map(width, cells)) / max(1, len(cells))
    own = 0.0 if grid.theirs_headings else min(SHORT, longest * 0.7)
    return min(WIDE, max(NARROW, average * 0.45, own))


def weights(grid: Grid) -> list[float]:
    """The share of each column; 0 for one that is as wide as what it holds, below 0 for one of so many letters."""
    found = []
    wanted = needs(grid)
    over_figures = [width(grid.headings[at]) + 1 for at in grid.numbers]
    spare = UPRIGHT - sum(wanted) - GAP * len(wanted)
    whole_headings = sum(over_figures) - sum(wanted[at] for at in grid.numbers) <= spare
    for at, need in enumerate(wanted):
        if need == HASH:
            found.append(0.0)
            continue
        longest = max((width(cell) for cell in _cells(grid, at)), default=0.0)
        if max(longest, width(grid.headings[at])) <= NARROW or (
            at in grid.numbers and (whole_headings or width(grid.headings[at]) <= need)
        ):
            found.append(0.0)
        else:
            found.append(round(-need if at in grid.numbers else need, 2))
    return found if max(found, default=0.0) > 0 else [1.0, *found[1:]]


def _are_hashes(cells: Sequence[str]) -> bool:
    return bool(cells) and all(len(cell) == 64 and " " not in cell for cell in cells)


def _cells(grid: Grid, at: int) -> Sequence[str]:
    return [row[at][:400] for row in grid.rows[:SAMPLE]]
