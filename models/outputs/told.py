"""What each field of a typed output is called and means, as data on the field itself.

Forms on pages, Excel templates, papers and the reading of documents are all made from this one source. A field is
`Annotated[type, told(...)]`; `columns` and `registers` say what a row and an output have.
"""

import datetime as dt
import re
import types
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel

from models.definitions.parts import Text

LONGEST = 16_000  # characters in one cell or text: Excel takes 32 767, and counts some of them twice
EXACT = 15  # digits of a figure; more are not kept by a spreadsheet
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters and hidden direction marks, which no spreadsheet or document should hold."""
WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff"))
"""Marks without width or meaning of their own, which come along from web pages and messages."""


def clean(text: str) -> str:
    """The words in Unicode NFC, stripped, without marks that have no width.

    Raises ValueError for another character that cannot be seen, and for too many.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(WIDTHLESS))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = FORBIDDEN.search(text)
    if found:
        raise ValueError(f"a character that cannot be seen (U+{ord(found[0]):04X})")
    if len(text) > LONGEST:
        raise ValueError(f"{len(text)} characters, at most {LONGEST} fit")
    return text.strip()


def _composed(value: Decimal) -> Decimal:
    """The value without needless zeros, so that equal values are written alike."""
    if not value.is_finite() or abs(value) >= 10**15 or len(value.normalize().as_tuple().digits) > EXACT:
        raise ValueError("not a figure that can be summed")
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


Words = Annotated[str, AfterValidator(clean)]
"""What people write."""

Figure = Annotated[Decimal, AfterValidator(_composed)]
"""Euros, person-years: exact."""


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"  # a few words
    TEXT = "text"  # paragraphs, or points on lines of their own
    WHOLE = "whole"  # a whole number
    FIGURE = "figure"  # euros, person-years
    CHOICE = "choice"  # one of `choices`
    YES_NO = "yes_no"
    DAY = "day"
    REFERENCE = "reference"  # the identifier of one row of the registers `to`
    REFERENCES = "references"  # identifiers of rows


class Choices(StrEnum):
    """Values with words: each member says its words in three languages, and what else people write for it, whole."""

    words: Text
    known: tuple[str, ...]

    def __new__(cls, value: str, fi: str, sv: str, en: str, known: str = "") -> "Choices":
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = Text(fi=fi, sv=sv, en=en)
        member.known = tuple(filter(None, known.split("|")))
        return member


@dataclass(frozen=True, slots=True)
class Told:
    """What a field is called and means."""

    label: Text
    help: Text | None
    source: str  # the line of the source that asks for it, or the paragraph of law
    must: bool  # of the short core; the rest should be filled in
    long: bool
    to: tuple[str, ...]  # registers that a reference points to
    known: str  # how headings of the column also begin (a regular expression)
    prefix: str  # of a register: what its rows' identifiers begin with


def told(
    fi: str,
    sv: str,
    en: str,
    *help_: str,
    source: str,
    must: bool = False,
    long: bool = False,
    to: tuple[str, ...] = (),
    known: str = "",
    prefix: str = "",
) -> Told:
    """The metadata of a field: its label in Finnish, Swedish and English, then its help in the same order."""
    explained = Text(fi=help_[0], sv=help_[1], en=help_[2]) if help_ else None
    return Told(Text(fi=fi, sv=sv, en=en), explained, source, must, long, to, known, prefix)


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a row, or a text of an output."""

    name: str
    told: Told
    kind: Kind
    choices: type[Choices] | None = None

    @property
    def must(self) -> bool:
        return self.told.must

    def label(self, language: str) -> str:
        return self.told.label.in_(language)


COMMON = ("affected", "left_out")
"""The registers that every output has; they come last."""


@dataclass(frozen=True, slots=True)
class Register:
    """A table of an output: rows of one kind, each with an identifier."""

    name: str
    told: Told
    row: type[BaseModel]

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns(self.row)

    def label(self, language: str) -> str:
        return self.told.label.in_(language)


@cache
def columns(model: type[BaseModel]) -> tuple[Column, ...]:
    """The fields of a row (or the texts of an output) that people fill in, in order."""
    found = []
    for name, field in model.model_fields.items():
        said = next((one for one in field.metadata if isinstance(one, Told)), None)
        if said is not None and not said.prefix:
            kind, choices = _kind(field.annotation, said)
            found.append(Column(name, said, kind, choices))
    return tuple(found)


@cache
def registers(output: type[BaseModel]) -> tuple[Register, ...]:
    """The tables of an output, in order; those that all have come last."""
    found = []
    for name, field in output.model_fields.items():
        said = next((one for one in field.metadata if isinstance(one, Told)), None)
        if said is not None and said.prefix:
            found.append(Register(name, said, get_args(field.annotation)[0]))
    return tuple(sorted(found, key=lambda register: register.name in COMMON))


def _kind(annotation: Any, said: Told) -> tuple[Kind, type[Choices] | None]:
    kinds: Mapping[Any, Kind] = {int: Kind.WHOLE, Decimal: Kind.FIGURE, bool: Kind.YES_NO, dt.date: Kind.DAY}
    if get_origin(annotation) is tuple:
        return Kind.REFERENCES, None
    bare = _without_none(annotation)
    if isinstance(bare, type) and issubclass(bare, Choices):
        return Kind.CHOICE, bare
    if bare is str:
        return (Kind.REFERENCE if said.to else Kind.TEXT if said.long else Kind.LINE), None
    return kinds[bare], None


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
