"""Lists of people as they are pasted: from Outlook, from Excel, from a file with semicolons, or typed one by one.

Read are "Name <address>" one to a line or in one line, cells between tabs or semicolons, a bare address, a bare name.
The part in a group may stand in a cell of its own or in brackets after the name. Nothing is guessed silently.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from models.words import SeatPart

MOST_LINES = 500
LONGEST_NAME = 200
ADDRESS = re.compile(r"[^\s<>;,()\"]+@[^\s<>;,()\"]+")
SEMICOLON, COMMA = (re.compile(rf'{sign}(?=(?:[^"]*"[^"]*")*[^"]*$)') for sign in ";,")  # not within quotes
BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
NUMBERING = re.compile(r"^\s*(?:\d+[.)]|[-–•*])\s+")
HEADINGS = {
    *("nimi", "etunimi", "sukunimi", "jäsen", "sähköposti", "sähköpostiosoite", "osoite", "rooli", "tehtävä"),
    *("namn", "förnamn", "efternamn", "medlem", "e-post", "e-postadress", "roll"),
    *("name", "first name", "last name", "member", "e-mail", "email", "e-mail address", "mail", "role"),
}


class Said(StrEnum):
    """What a line says somebody is in the group."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    DEPUTY = "deputy"  # of the member before

    @property
    def part(self) -> SeatPart | None:
        """The part of a seat; None for a deputy, who has none."""
        return None if self is Said.DEPUTY else SeatPart(self.value)


PARTS = {
    **dict.fromkeys(("pj", "pj.", "puheenjohtaja", "ordförande", "ordf", "ordf.", "chair"), Said.CHAIR),
    **dict.fromkeys(
        ("vpj", "vpj.", "varapj", "varapj.", "varapuheenjohtaja", "vice ordförande", "vice ordf.", "vice-chair"),
        Said.VICE_CHAIR,
    ),
    **dict.fromkeys(("jäsen", "varsinainen jäsen", "medlem", "ordinarie medlem", "member"), Said.MEMBER),
    **dict.fromkeys(("varajäsen", "vara", "henkilökohtainen varajäsen", "ersättare", "deputy"), Said.DEPUTY),
}
"""The words people write for the parts, in three languages."""


class Entry(NamedTuple):
    """One person of a pasted list, as it was read."""

    line: int
    text: str  # as it was pasted
    name: str = ""
    email: str | None = None
    said: Said | None = None


def entries(text: str) -> tuple[Entry, ...]:
    """Everybody in the list, in its order; empty lines and headings are nobody."""
    found: list[Entry] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line.strip() and not _is_heading(line):
            found += _of_line(number, line)
    return tuple(found)


def _is_heading(line: str) -> bool:
    cells = [cell.strip().strip('"').casefold() for cell in re.split(r"[\t;,]", line) if cell.strip()]
    return "@" not in line and len(cells) > 1 and all(cell in HEADINGS for cell in cells)


def _of_line(number: int, line: str) -> Iterator[Entry]:
    if "\t" in line:
        yield _of_cells(number, line, line.split("\t"))
        return
    pieces = [piece for piece in SEMICOLON.split(line) if piece.strip()]
    with_address = sum("@" in piece for piece in pieces)
    if with_address > 1 or (with_address == 1 and len(pieces) == 1 and "<" in line):
        for piece in pieces:  # as Outlook writes its receivers
            yield from _of_commas(number, piece)
    elif len(pieces) > 1:
        yield _of_cells(number, line, pieces)
    else:
        yield from _of_commas(number, line)


def _of_commas(number: int, text: str) -> Iterator[Entry]:
    """One person, or several between commas; a comma in a name ("Surname, First <…>") parts nobody."""
    pieces = COMMA.split(text)
    if sum("@" in piece for piece in pieces) > 1 and all("@" in piece for piece in pieces if piece.strip()):
        for piece in pieces:
            if piece.strip():
                yield _of_text(number, piece)
    elif len(pieces) > 1 and "<" not in text:
        yield _of_cells(number, text, pieces)
    else:
        yield _of_text(number, text)


def _of_cells(number: int, line: str, cells: list[str]) -> Entry:
    """A row of a table: the address is the cell with an @, the part a cell with a word for one, the name what stands
    before the address, or after it where nothing does."""
    told = [cell.strip().strip('"').strip() for cell in cells]
    at = next((i for i, cell in enumerate(told) if "@" in cell), None)
    said = next((PARTS[cell.casefold()] for cell in told if cell.casefold() in PARTS), None)
    if at is not None and "<" in told[at]:
        whole = _of_text(number, told[at])
        return whole._replace(text=line.strip(), said=whole.said or said)
    found = ADDRESS.search(told[at]) if at is not None else None
    rest = [cell if cell.casefold() not in PARTS and not cell.rstrip(".").isdecimal() else "" for cell in told]
    before, after = (rest[:at], rest[at + 1 :]) if at is not None else (rest, [])
    name, bracketed = _without_part(" ".join(filter(None, before)) or next(filter(None, after), ""))
    return Entry(number, line.strip(), _name(name), _address(found), said or bracketed)


def _of_text(number: int, text: str) -> Entry:
    """A person written as one text: "Name <address> (pj)", "address", "Name address"."""
    bare, said = _without_part(NUMBERING.sub("", text.strip()))
    found = ADDRESS.search(bare)
    name = bare[: found.start()] if found else bare
    after = bare[found.end() :] if found else ""
    if not name.strip(' <"') and after:
        name = after
    name, again = _without_part(name.replace("mailto:", "").strip(" <>,;"))
    return Entry(number, text.strip(), _name(name), _address(found), said or again)


def _address(found: re.Match[str] | None) -> str | None:
    return found[0].removeprefix("mailto:").strip(".,'") if found else None


def _without_part(text: str) -> tuple[str, Said | None]:
    """The text without a part in brackets at its end, and the part."""
    found = BRACKETS.search(text.strip())
    said = PARTS.get(found[1].strip().casefold()) if found else None
    return (text.strip()[: found.start()].strip(), said) if found and said else (text.strip(), None)


def _name(text: str) -> str:
    """A name on one line; "Surname, First" is turned round, as Outlook writes it."""
    bare = " ".join(text.strip().strip("\"'<>()").split())
    last, comma, first = bare.partition(", ")
    return f"{first} {last}".strip() if comma and first else bare.rstrip(",")


def name_of_address(email: str) -> str:
    """The name that an address seems to hold: only a proposal, to be looked at."""
    words = re.split(r"[._-]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word.isalpha())
