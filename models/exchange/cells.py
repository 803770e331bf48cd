"""One cell of a table: what people wrote, as the value of its field, and the value as they would write it.

Nothing is guessed: what cannot be understood is a `Misread`, and the caller says where it stands.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from models.days.finnish_time import parse
from models.days.formats import Language, finnish_date
from models.documents.figures import figure, written
from models.exchange.mistakes import Misread
from models.exchange.references import references
from models.exchange.units import in_ones, multiplier
from models.outputs.rows import ITEM
from models.outputs.told import EXACT, FORBIDDEN, LONGEST, Choices, Column, Kind, clean

YES = frozenset(("kyllä", "kylla", "k", "x", "on", "ja", "yes", "y", "true", "tosi", "sant", "1", "✓", "✔"))
YES |= {"esitetään", "föreslås", "proposed"}
NO = frozenset(("ei", "e", "nej", "no", "not", "n", "inte", "false", "epätosi", "falskt", "0"))
NO |= {"ei esitetä", "föreslås inte", "not proposed"}
YES_NO = {"fi": ("kyllä", "ei"), "sv": ("ja", "nej"), "en": ("yes", "no")}
TRUTHS = {True: "TOSI", False: "EPÄTOSI"}  # as a spreadsheet shows them
NOTHING = ("–", "-", "—")
CENTS = Decimal("0.01")


def value_of(column: Column, text: object, heading: str = "", known: Mapping[str, str] | None = None) -> Any:
    """The value that the cell means. An empty cell, or a dash, is nothing. Raises Misread.

    `heading` is what stands over the cell, for the unit of a figure; `known` the rows that there are, by identifier in
    small letters.
    """
    if text is None:
        return _nothing(column)
    if isinstance(text, str):
        words = cleaned(text)
        if not words or (words in NOTHING and column.kind not in (Kind.LINE, Kind.TEXT)):
            return _nothing(column)
        return _of_words(column, words, heading, known or {})
    number = _number_in(text)
    if number is not None and column.kind in (Kind.FIGURE, Kind.WHOLE):
        return _counted(column, number, multiplier(column, heading))
    if isinstance(text, bool) and column.kind is Kind.YES_NO:
        return text
    if isinstance(text, dt.date) and column.kind is Kind.DAY and as_shown(text) == finnish_date(text):
        return dt.date(text.year, text.month, text.day)
    return _of_words(column, cleaned(as_shown(text)), heading, known or {})


def as_shown(value: object, number_format: str = "") -> str:
    """What a spreadsheet shows of a number, a truth, a day or a time: 12,5 %, TOSI, 14.6.2027 klo 9.30."""
    if isinstance(value, bool):
        return TRUTHS[value]
    if isinstance(value, dt.datetime):
        clock = as_shown(value.time())
        return finnish_date(value) + (f" klo {clock}" if clock != "0.00" else "")
    if isinstance(value, dt.date):
        return finnish_date(value)
    if isinstance(value, dt.time):
        return f"{value.hour}.{value:%M}" + (f".{value:%S}" if value.second else "")
    number = _number_in(value)
    if number is None or not number.is_finite():
        return str(value)
    if "%" in number_format:
        return f"{_plainly(number * 100)} %"
    return _plainly(number)


def _number_in(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return Decimal(str(value))


def _plainly(number: Decimal) -> str:
    """The number by the digits that a spreadsheet shows, with a comma."""
    shown = f"{Decimal(f'{number:.{EXACT}g}'):f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace(".", ",")


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


def _of_words(column: Column, words: str, heading: str, known: Mapping[str, str]) -> Any:
    match column.kind:
        case Kind.LINE | Kind.TEXT:
            return _identifier(words) if column.name == "id" else words
        case Kind.CHOICE:
            assert column.choices is not None
            return chosen(column.choices, words)
        case Kind.YES_NO:
            return _yes_no(words)
        case Kind.REFERENCE:
            return references(words, known, one=True)[0]
        case Kind.REFERENCES:
            return references(words, known)
        case Kind.DAY:
            return _day(words)
        case Kind.WHOLE | Kind.FIGURE:
            return _number(column, words, heading)


def _identifier(words: str) -> str:
    if not ITEM.fullmatch(words):
        raise Misread("no_identifier", text=words)
    return words.rstrip(".")


def chosen(choices: type[Choices], words: str) -> Choices:
    """The choice that the whole cell names, in any of the languages. Raises Misread."""
    found = _by_words(choices).get(_bare(words))
    if found is None:
        raise Misread("no_choice", text=words, choices=tuple(one.words for one in choices))
    return found


@cache
def _by_words(choices: type[Choices]) -> Mapping[str, Choices]:
    found: dict[str, Choices] = {}
    for one in choices:
        for words in (one.value, one.words.fi, one.words.sv, one.words.en, *one.known):
            found.setdefault(_bare(str(words)), one)
    return found


def _bare(words: str) -> str:
    """The words without case, needless spaces and the punctuation after them."""
    return " ".join(words.split()).rstrip(" .,;:!").casefold()


def _yes_no(words: str) -> bool:
    bare = _bare(words)
    if bare not in YES and bare not in NO:
        raise Misread("no_yes", text=words)
    return bare in YES


def _day(words: str) -> dt.date:
    day = parse(words).last
    if day is None:
        raise Misread("no_day", text=words)
    return day


def _number(column: Column, words: str, heading: str) -> Decimal | int:
    times = multiplier(column, heading)
    in_ones(column, words, times)
    found = figure(words, column.label("fi"))
    if found is None:
        raise Misread("no_figure", text=words)
    return _counted(column, found, times)


def _counted(column: Column, number: Decimal, times: int) -> Decimal | int:
    """The number in the field's unit; what is longer than a spreadsheet keeps, to the cent."""
    if not number.is_finite():
        raise Misread("no_figure", text=number)
    number *= times
    fits = abs(number) < 10**EXACT
    if fits and column.kind is Kind.WHOLE:
        return _whole(number)
    if fits and _digits(number) > EXACT:
        number = number.quantize(CENTS)
    if not fits or _digits(number) > EXACT:
        raise Misread("too_large", text=f"{number:f}", most=EXACT)
    return number


def _digits(number: Decimal) -> int:
    return len(number.normalize().as_tuple().digits)


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise Misread("not_whole", text=as_shown(value))
    return int(value)


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
