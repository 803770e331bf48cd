"""Rows of a table that sum up the others: they are no rows of the register, and Etappi does the sums itself."""

import re
from collections.abc import Iterable, Iterator, Sequence

SUM = re.compile(
    r"(?:yhteensä|yht\.?|kaikki yhteensä|summa|loppusumma|välisumma|totalt|sammanlagt|delsumma|total|sum|subtotal|"
    r"grand total)\s*[:.]?",
    re.IGNORECASE,
)


def sums(cells: Iterable[Sequence[object]]) -> Iterator[tuple[int, str]]:
    """The places of the rows that begin with a word for a sum, and the word."""
    for at, row in enumerate(cells):
        first = next((str(cell).strip() for cell in row if cell is not None and str(cell).strip()), "")
        if SUM.fullmatch(first):
            yield at, first
