"""What all fronts share: rows short enough for their place, and whether anything of a question stands elsewhere."""

from collections.abc import Iterable, Sequence
from itertools import islice

from models.papers.paper import FrontPart, FrontRow
from models.papers.shortening import shortened

MOST = 40
"""Rows of one question that a front is offered; no more fit on its page."""

LINE = 330.0  # average letters of a line of a list: at most four printed lines
CELL = 120.0  # of the widest cell of a table
NAME = 46.0


def rows(
    lines: Iterable[Sequence[str]], rooms: Sequence[float], at: Sequence[str] = (), names: Sequence[str] = ()
) -> tuple[FrontRow, ...]:
    """The first rows, each cell short enough for its column. `names` are those with which rows begin."""
    found = []
    for no, cells in enumerate(islice(lines, MOST)):
        short = [shortened(cell, room) for cell, room in zip(cells, rooms, strict=True)]
        whole = all(is_whole for _, is_whole in short)
        found.append(
            FrontRow(
                cells=tuple(text for text, _ in short),
                name=names[no] if no < len(names) and short[0][0].startswith(f"{names[no]}: ") else "",
                whole=whole,
                at=at[no] if no < len(at) else "",
            )
        )
    return tuple(found)


def is_shortened(part: FrontPart) -> bool:
    """Whether the part shows less than there is."""
    return len(part.rows) < part.of or not all(row.whole for row in part.rows)
