"""One cell of a table: what people wrote, as the value of its field, and the value as they would write it.

Nothing is guessed: what cannot be understood is a `Misread`, and the caller says where it stands.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from models.days.finnish_time import parse
from models.days.formats import Language, finnish_date
from models.documents.figures import figure, written
from models.exchange.mistakes import Misread
from models.outputs.rows import ITEM
from models.outputs.thread import slug
from models.outputs.told import FORBIDDEN, LONGEST, Choices, Column, Kind, clean

YES = re.compile(r"(?:kyllä|kylla|x|on|ja|yes|true|tosi|esitetään|föreslås|proposed|1|✓|✔)\b|[✓✔]", re.IGNORECASE)
NO = re.compile(r"(?:ei|nej|no|not|inte|false|epätosi|0)\b|[-–—]$", re.IGNORECASE)
YES_NO = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}
NOTHING = ("–", "-", "—")
NUMBERED = re.compile(r"[^\W\d_]{1,4}[.\-]?\d+[\w.\-]*")
"""An identifier as it begins a cell with words after it: T1, H-4, YK2."""


def value_of(column: Column, text: object) -> Any:
    """The value that the cell means. An empty cell, or a dash, is nothing. Raises Misread."""
    if text is None:
        return _nothing(column)
    if not isinstance(text, str):
        return _of_type(column, text)
    words = cleaned(text)
    if not words or (words in NOTHING and column.kind not in (Kind.LINE, Kind.TEXT)):
        return _nothing(column)
    return _of_words(column, words)


def cleaned(text: str) -> str:
    """The words as they are kept. Raises Misread for what cannot be seen, and for too many."""
    try:
        return clean(text)
    except ValueError:
        found = FORBIDDEN.search(text)
        if found:
            raise Misread("unseen", code=f"{ord(found[0]):04X}") from None
        raise Misread("too_long", count=len(text), most=LONGEST) from None


def _nothing(column: Column) -> Any:
    return (
        "" if column.kind in (Kind.LINE, Kind.TEXT, Kind.REFERENCE) else () if column.kind is Kind.REFERENCES else None
    )


def _of_words(column: Column, words: str) -> Any:
    match column.kind:
        case Kind.LINE | Kind.TEXT:
            return _identifier(words) if column.name == "id" else words
        case Kind.CHOICE:
            assert column.choices is not None
            return chosen(column.choices, words)
        case Kind.YES_NO:
            return _yes_no(words)
        case Kind.REFERENCE:
            return references(words, one=True)[0]
        case Kind.REFERENCES:
            return references(words)
        case Kind.DAY:
            return _day(words)
        case Kind.WHOLE | Kind.FIGURE:
            return _number(column, words)


def _identifier(words: str) -> str:
    if not ITEM.fullmatch(words):
        raise Misread("no_identifier", text=words)
    return words


def chosen(choices: type[Choices], words: str) -> Choices:
    """The choice that the words mean, in any of the languages. Raises Misread."""
    key = words.casefold()
    members: list[Choices] = list(choices)
    exact = (one for one in members if key in {one.value, *(str(w).casefold() for w in _languages(one))})
    known = (one for one in members if one.known and re.match(rf"(?:{one.known})", words, re.IGNORECASE))
    found = next(exact, None) or next(known, None)
    if found is None:
        raise Misread("no_choice", text=words, choices=tuple(one.words for one in members))
    return found


def _languages(choice: Choices) -> tuple[str | None, ...]:
    return choice.words.fi, choice.words.sv, choice.words.en


def _yes_no(words: str) -> bool:
    if NO.match(words):
        return False
    if YES.match(words):
        return True
    raise Misread("no_yes", text=words)


def references(words: str, *, one: bool = False) -> tuple[str, ...]:
    """The rows that a cell names: by identifiers, or by their words. Raises Misread, also for many where one fits."""
    parts = [part.strip() for part in re.split(r"[,;\n]", words) if part.strip()]
    found = [name for part in parts for name in _named(part)]
    if not found:
        raise Misread("no_reference", text=words)
    if one and len(found) != 1:
        raise Misread("many_references", text=words)
    return tuple(dict.fromkeys(found))


def _named(part: str) -> list[str]:
    """T1 of "T1 Arjen neuvo", both of "T1 T4" and "T1 ja T4"; a name stands for its row."""
    tokens = part.split()
    numbered = [token.rstrip(".:") for token in tokens if NUMBERED.fullmatch(token.rstrip(".:"))]
    others = [token for token in tokens if token.casefold() not in ("ja", "och", "and", "&", "sekä", "samt", "+")]
    if numbered and (len(numbered) == len(others) or NUMBERED.fullmatch(tokens[0].rstrip(".:"))):
        return numbered if len(numbered) == len(others) else numbered[:1]
    if ITEM.fullmatch(part):
        return [part]
    return [name] if (name := slug(part)) else []


def remainder(words: str, value: str) -> str:
    """What a cell says besides the one identifier that was taken from it: "Arjen neuvo" of "T1 Arjen neuvo"."""
    rest = words.strip()
    return rest[len(value) :].strip(" .:–-") if rest.casefold().startswith(value.casefold()) else ""


def _day(words: str) -> dt.date:
    day = parse(words).last
    if day is None:
        raise Misread("no_day", text=words)
    return day


def _number(column: Column, words: str) -> Decimal | int:
    found = figure(words, column.label("fi"))
    if found is None:
        raise Misread("no_figure", text=words)
    return _whole(found) if column.kind is Kind.WHOLE else found


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise Misread("not_whole", text=value)
    return int(value)


def _of_type(column: Column, value: object) -> Any:
    """The value of a cell that a spreadsheet holds as a number, a day or a truth."""
    if isinstance(value, bool) and column.kind is Kind.YES_NO:
        return value
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value if column.kind is Kind.DAY else _of_words(column, finnish_date(value))
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise Misread("no_figure", text=value) from None
        if column.kind is Kind.FIGURE and number.is_finite() and abs(number) < 10**15:
            return number
        if column.kind is Kind.WHOLE and number.is_finite():
            return _whole(number)
        plain = number.quantize(Decimal(1)) if number.is_finite() and number == number.to_integral_value() else number
        return _of_words(column, f"{plain:f}" if plain.is_finite() else str(plain))
    return value_of(column, str(value))


def shown(column: Column, value: Any, language: Language) -> str:
    """The value as people write it, so that it reads back as the same."""
    if value is None or value in ("", ()):
        return ""
    match column.kind:
        case Kind.CHOICE:
            return str(value.words.in_(language))
        case Kind.YES_NO:
            return YES_NO[language][0 if value else 1]
        case Kind.REFERENCES:
            return ", ".join(value)
        case Kind.DAY:
            return finnish_date(value)
        case Kind.FIGURE | Kind.WHOLE:
            return _figure(Decimal(value))
        case _:
            return str(value)


def _figure(value: Decimal) -> str:
    """A figure so that it cannot be taken for another: 1,2340 and not 1,234, which some would read as thousands."""
    words = written(value, "fi")
    whole, comma, decimals = words.partition(",")
    return words + "0" if comma and len(decimals) == 3 and len(whole.lstrip("−")) <= 3 else words
