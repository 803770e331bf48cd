"""The rows that a cell names: by identifiers with commas, semicolons, spaces or "ja" between, or by a row's words.

Anything else beside an identifier is a `Misread`; what names no row at all is found when references are looked up.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from models.exchange.mistakes import Misread
from models.outputs.rows import ITEM
from models.outputs.thread import slug

NUMBERED = re.compile(r"[^\W\d_]{1,4}[.\-]?\d+[\w.\-]*")
"""An identifier as people tell it from words: T1, H-4, YK2."""
AND = frozenset(("ja", "och", "and", "&", "sekä", "samt", "+"))
CUT = 80  # characters from which on a list may have cut the words of a row


class Led(NamedTuple):
    """A cell that begins with an identifier."""

    id: str
    rest: str


def references(words: str, known: Mapping[str, str], *, one: bool = False) -> tuple[str, ...]:
    """The rows that the cell names; `known` says their words by identifier. Raises Misread, also for many for one."""
    whole = _named_in_words(words, known)
    parts = [part.strip() for part in re.split(r"[,;\n]", words) if part.strip()]
    found = [whole] if whole else [name for part in parts for name in _named(part, known)]
    if not found:
        raise Misread("no_reference", text=words)
    if one and len(found) != 1:
        raise Misread("many_references", text=words)
    return tuple(dict.fromkeys(found))


def led(words: str) -> Led | None:
    """The one identifier that the cell begins with, and what it says besides. None where it names others too."""
    first, *rest = words.split(maxsplit=1)
    others = rest[0].strip(" .:–-") if rest else ""
    if not _is_numbered(first) or any(_is_numbered(one.strip(",;()")) for one in others.split()):
        return None
    return Led(first.rstrip(".:"), others)


def _named(part: str, known: Mapping[str, str]) -> list[str]:
    """T1 of "T1" and of "T1 Arjen neuvo", where the row is called so; both of "T1 T4" and "T1 ja T4"; else a name."""
    if name := _named_in_words(part, known):
        return [name]
    if ITEM.fullmatch(part):
        return [part.rstrip(".")]
    tokens = [token for token in part.split() if token.casefold() not in AND]
    if tokens and all(_is_numbered(one) or one.casefold() in known for one in tokens):
        return [one.rstrip(".:") for one in tokens]
    if tokens and _is_numbered(tokens[0]):
        raise Misread("words_beside", text=part, id=tokens[0].rstrip(".:"))
    return [name] if (name := slug(part)) else []


def _is_numbered(token: str) -> bool:
    return NUMBERED.fullmatch(token.rstrip(".:")) is not None


def _named_in_words(part: str, known: Mapping[str, str]) -> str:
    """The identifier before the words of its own row, as a list offers them."""
    first, *rest = part.split(maxsplit=1)
    id_ = first.rstrip(".:")
    said = _line(rest[0]).lstrip(":–- ") if rest else ""
    row = _line(known.get(id_.casefold(), ""))
    cut = said.endswith("…") or len(part) >= CUT
    is_so = said and (said == row or (cut and row.startswith(said.rstrip("… "))))
    return id_ if is_so else ""


def _line(words: str) -> str:
    return " ".join(words.split()).casefold()
