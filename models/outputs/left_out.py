"""Which rows the register *Pois jätetty* names: by identifiers, as "T4, H2" and "Haaste H1", or by whole names."""

import re
from collections.abc import Iterable, Iterator

from models.outputs.rows import LeftOut
from models.outputs.thread import folded

NUMBERED = r"[^\W\d_]{1,4}[.\-]?\d[\w.\-]*"
BETWEEN = r"(?:[&+/]|\b(?:ja|sekä|och|samt|and)\b|\s)+"
"""What stands between identifiers."""
KINDS = (
    r"(?:(?:muutos)?haas|tarve|tarpe|(?:tuottamis)?ta[pv]|toimiel|yksik|kuvan|koh[dt]|päämäär|tavoi|rivi"
    r"|utmaning|behov|produktionssätt|sätt|organ|enhet|bild|punkt|mål|rad|challenge|need|method|bod|unit|part|goal|row)"
)
"""How the words begin that say what kind of row an identifier names."""
KIND = rf"(?:{KINDS}\w*:?\s+)*"
NAMING = re.compile(rf"\s*{KIND}(?P<ids>{NUMBERED}(?:{BETWEEN}{KIND}{NUMBERED})*)", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,}")


def is_worded(text: str) -> bool:
    """Whether it says something in words: a dash, a full stop or a letter is no reason and no answer."""
    return bool(WORD.search(text))


def left_out(rows: Iterable[LeftOut]) -> frozenset[str]:
    """The identifiers and names of what was left out with a reason, in small letters."""
    return frozenset(name for row in rows if is_worded(row.reason) for name in _named(row.what))


def _named(what: str) -> Iterator[str]:
    yield folded(what)
    for part in re.split(r"[,;\n]", what):
        found = NAMING.match(part)
        if found is None:
            yield from (part.strip().casefold(), folded(part))
        else:
            ids = re.findall(rf"(?<!\w){NUMBERED}", found["ids"])
            yield from (one.casefold().rstrip(".-") for one in ids)
