"""Mistakes in what people fill in, each with its place, in the reader's language: what is wrong, and what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.definitions.parts import Text
from models.errors import NotTakenIn
from models.exchange.mistake_words import PLACES, SAID

LONGEST_FACT = (300, 80)  # characters; what people wrote is shown by its beginning
MOST_TOLD = 200  # mistakes in one sentence; all are in `mistakes`


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: which sentence, its facts, and where it stands."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    sheet: str | Text = ""  # the sheet, the table or the place in a file
    row: int | None = None  # as people count, from 1
    column: str | Text = ""  # the letter of a column, or the name of a field

    def in_(self, language: str) -> str:
        """The place and the sentence, as in: Tarpeet, rivi 4, sarake C: …"""
        sheet, line, heading = self.place_in(language)
        row = f"{PLACES['row'].in_(language)} {line}" if line else ""
        column = f"{PLACES['column'].in_(language)} {heading}" if heading else ""
        place = ", ".join(part for part in (sheet, row, column) if part)
        words = self.words_in(language)
        return f"{place}: {words}" if place else words

    def place_in(self, language: str) -> tuple[str, int | None, str]:
        """The sheet or table, the row and the column, as the reader calls them."""
        return _short(_in(self.sheet, language)), self.row, _short(_in(self.column, language))

    def words_in(self, language: str) -> str:
        """What is wrong, without its place."""
        facts = {name: _fact(one, language, LONGEST_FACT[name == "text"]) for name, one in self.facts.items()}
        return SAID[self.key].in_(language).format(**facts)

    def sentence(self, language: str) -> str:
        """The same as a sentence of its own."""
        words = self.in_(language)
        return words[:1].upper() + words[1:]


class Misread(Exception):
    """A cell that cannot be understood; the caller knows where it stands."""

    def __init__(self, key: str, **facts: Any) -> None:
        self.key = key
        self.facts = facts
        self.place: tuple[str | Text, int | None, str | Text] = ("", None, "")
        super().__init__(Mistake(key, facts).in_("en"))

    def at(self, sheet: str | Text, row: int | None, column: str | Text) -> Mistake:
        """The mistake in its place."""
        return Mistake(self.key, self.facts, sheet, row, column)

    def told(self) -> Mistake:
        """The mistake in the place that is known of it."""
        return self.at(*self.place)


def not_taken_in(file: str, mistakes: Iterable[Mistake], language: str) -> NotTakenIn:
    """The refusal of a file, with every mistake in it."""
    found = tuple(mistakes)
    listed = "\n".join(f"- {mistake.in_(language)}" for mistake in found[:MOST_TOLD])
    if len(found) > MOST_TOLD:
        listed += f"\n- … (+{len(found) - MOST_TOLD})"
    error = NotTakenIn(file=_short(file), count=len(found), list=listed)
    error.mistakes = found
    return error


def table_called(under: str, number: int) -> str | Text:
    """What people call a table: by the heading above it, else by its number in the document."""
    return under or Text(fi=f"taulukko {number}", sv=f"tabell {number}", en=f"table {number}")


def row_called(label: Text, id_: str) -> Text:
    """What people call a row: by its table and its identifier."""
    return Text(fi=f"{label.in_('fi')} {id_}", sv=f"{label.in_('sv')} {id_}", en=f"{label.in_('en')} {id_}")


def _fact(value: Any, language: str, longest: int) -> str:
    return value.in_(language) if isinstance(value, Mistake) else _short(_in(value, language), longest)


def _in(value: Any, language: str) -> Any:
    """A fact in the reader's language: a text, or several with commas between."""
    if isinstance(value, Text):
        return value.in_(language)
    return ", ".join(str(_in(one, language)) for one in value) if isinstance(value, tuple) else value


def _short(value: object, longest: int = 80) -> str:
    line = " ".join(str(value).split())
    line = "".join(letter if letter.isprintable() else "�" for letter in line)
    return line if len(line) <= longest else line[: longest - 1] + "…"
