"""The small parts definitions are written with: ids, texts, quotes, choices, days and spans."""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from models.frozen import Frozen

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
"""A name inside a definition: lower-case letters, digits and hyphens."""


def _written_date(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("not written as a date")  # pydantic alone reads "20130308" as seconds since 1970
    return value


IsoDate = Annotated[dt.date, BeforeValidator(_written_date)]

When = dict[Key, Key]
"""Holds where each named choice was settled so; empty holds always."""


class Text(Frozen):
    """The same words in the languages of the product. Finnish is always there and stands in for the others."""

    fi: str = Field(min_length=1)
    sv: str | None = None
    en: str | None = None

    def in_(self, language: str) -> str:
        """The text in the language asked for, in Finnish where it is missing."""
        return getattr(self, language, None) or self.fi


class Quote(Frozen):
    """The words of a source, as they stand there."""

    document: str
    lines: str  # "162-180"
    text: str


class Note(Frozen):
    """A contradiction or gap in the sources that is told, not chosen."""

    id: str
    text: Text
    quotes: tuple[Quote, ...] = ()


class Reading(Frozen):
    """One way to read what the sources leave open."""

    id: Key
    name: Text
    quotes: tuple[Quote, ...] = ()


class Choice(Frozen):
    """A question the sources leave open. It is settled at creation, with who and why."""

    id: Key
    question: Text
    readings: tuple[Reading, ...] = Field(min_length=2)
    proposed: Key


class Day(Frozen):
    """A day: exact (`date`), or a month of the start's year plus `year`, or the process's start itself."""

    date: IsoDate | None = None
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | Literal["last"] | None = None  # of the month; a span's first day is 1 and its last day "last" by default
    year: int = Field(default=0, ge=0, le=10)  # years after the start's year
    start: bool = False


class Span(Frozen):
    """From one day to another, both included. `from` may be open ("työ valmistuu marraskuun loppuun")."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day
    label: Text | None = None  # as the source says it: "Joulu–tammikuu"
    when: When = {}
    quotes: tuple[Quote, ...] = ()


class Source(Frozen):
    """Where a definition comes from."""

    document: str
    title: str
    url: str | None = None
