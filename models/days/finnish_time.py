"""Reads the words in which Finnish municipalities write time: "Joulu–tammikuu", "v.2021-2025", "1 krt/v", "jatkuva".

The grammar is the one of the source documents (000:162-218, 001:231-691, 002:216-220), lost hyphens included. A cell
is read whole or not at all: what is not understood is kept and marked unknown, never guessed. Months and days without
a year stay so until `resolve` is given a start.
"""

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from enum import StrEnum
from typing import Literal, NamedTuple

from models.frozen import Frozen

Per = Literal["year", "month", "week"]


class TimeKind(StrEnum):
    DAY = "day"  # 4.12.2023
    DAYS = "days"  # 22.–23.4.2013
    MONTHS = "months"  # Helmikuu, Joulu–tammikuu, 5/2022
    SEASON = "season"  # keväät 2022
    YEARS = "years"  # 2022, v.2021-2025, vuoden 2022 aikana
    FROM = "from"  # 2022 alkaen: no end
    UNTIL = "until"  # marraskuun loppuun: no beginning
    STANDING = "standing"  # jatkuva
    RECURRING = "recurring"  # puolivuosittain, 1 krt/v
    UNKNOWN = "unknown"  # kept as it was written


class MonthDay(NamedTuple):
    """A day of a year not yet known. Without a day it is the whole month."""

    month: int
    day: int | None = None

    def first_in(self, year: int) -> dt.date:
        """The day in that year, 29 February as the 28th where there is none; of a whole month its first."""
        return dt.date(year, self.month, min(self.day or 1, monthrange(year, self.month)[1]))

    def last_in(self, year: int) -> dt.date:
        """The same, of a whole month its last."""
        return dt.date(year, self.month, min(self.day or 31, monthrange(year, self.month)[1]))


class TimeExpression(Frozen):
    """What a piece of text says about time. `first` and `last` are both included; None is open or not known."""

    kind: TimeKind
    text: str  # as it was written
    first: dt.date | None = None
    last: dt.date | None = None
    begins: MonthDay | None = None  # instead of `first` and `last` where no year is given
    ends: MonthDay | None = None
    opens: dt.time | None = None  # "klo 12–15", as clocks in Finland show
    closes: dt.time | None = None
    times: int | None = None  # how many times per year, month or week
    per: Per | None = None


class _Stretch(NamedTuple):
    """Some days on end, with a year (`first`, `last`) or without (`begins`, `ends`)."""

    kind: TimeKind
    first: dt.date | None = None
    last: dt.date | None = None
    begins: MonthDay | None = None
    ends: MonthDay | None = None
    opens: dt.time | None = None
    closes: dt.time | None = None


_MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_SEASONS = {"kevä": (3, 5), "kesä": (6, 8), "syks": (9, 11), "talv": (12, 2)}  # by the meteorological months
_RHYTHMS: tuple[tuple[str, int, Per], ...] = (
    (r"vuosit?tain(en prosessi)?|joka vuosi", 1, "year"),
    (r"puolivuosit?tain|puolen vuoden välein", 2, "year"),
    (r"neljännesvuosittain", 4, "year"),
    (r"kuukausittain", 1, "month"),
    (r"viikoi?ttain", 1, "week"),
)
_UNITS: tuple[tuple[str, Per], ...] = (
    (r"v|vuosi|vuodessa", "year"),
    (r"kk|kuukaudessa", "month"),
    (r"vko?|viikossa", "week"),
)

_YEAR = r"(?:19|20)\d\d"
_STEM = "|".join(_MONTHS)
_CASE = r"(?:kuu(?:ssa|sta|ta|n|hun)?)"
_BEFORE = rf"(?:(?:vuoden |vuonna )?(?P<y0>{_YEAR}) )?"
_AFTER = rf"(?: (?:vuonna )?(?P<y1>{_YEAR}))?"
_CLOCK = r"(?P<{0}>\d{{1,2}})(?:[.:](?P<{0}m>\d\d))?"
_AT = rf"(?: klo {_CLOCK.format('h0')}(?:[- ]{_CLOCK.format('h1')})?)?"
_DATE_YEAR = rf"(?P<{{}}>{_YEAR}|\d\d)?"


def _year(text: str | None) -> int | None:
    """The year written with four digits or with the last two of this century ("31.1.22")."""
    return None if text is None else int(text) if len(text) == 4 else 2000 + int(text)


def _dated(kind: TimeKind, begins: MonthDay, ends: MonthDay, first_year: int | None, year: int | None) -> _Stretch:
    """The stretch between two days of the year; where it crosses new year the year given is that of its end."""
    crosses = (ends.month, ends.day or 31) < (begins.month, begins.day or 1)
    if year is None:
        return _Stretch(kind, begins=begins, ends=ends)
    first_year = first_year or (year - 1 if crosses else year)
    return _Stretch(kind, first=begins.first_in(first_year), last=ends.last_in(year))


def _clock(found: re.Match[str], name: str) -> dt.time | None:
    return dt.time(int(found[name]), int(found[f"{name}m"] or 0)) if found[name] else None


def _checked(month: str, day: str) -> MonthDay:
    dt.date(2000, int(month), int(day))  # raises ValueError; a leap year, so that 29.2. stands
    return MonthDay(int(month), int(day))


def _days(found: re.Match[str]) -> _Stretch:
    ends = _checked(found["m1"], found["d1"])
    begins = _checked(found["m0"] or found["m1"], found["d0"]) if found["d0"] else ends
    if found["d0"] and not found["m0"] and begins > ends:
        raise ValueError(found[0])
    kind = TimeKind.DAYS if found["d0"] else TimeKind.DAY
    first_year = _year(found["y0"])
    stretch = _dated(kind, begins, ends, first_year, _year(found["y1"]) or first_year)
    for day, asked in ((stretch.first, begins), (stretch.last, ends)):
        if day is not None and (day.month, day.day) != asked:
            raise ValueError(found[0])  # 29.2. of a common year
    return stretch._replace(opens=_clock(found, "h0"), closes=_clock(found, "h1"))


def _named_months(found: re.Match[str]) -> _Stretch:
    last = _MONTHS.index(found["last"]) + 1
    first = _MONTHS.index(found["first"]) + 1 if found["first"] else last
    return _dated(TimeKind.MONTHS, MonthDay(first), MonthDay(last), None, _year(found["y0"] or found["y1"]))


def _numbered_months(found: re.Match[str]) -> _Stretch:
    last = MonthDay(int(found["last"]))
    first = MonthDay(int(found["first"])) if found["first"] else last
    return _dated(TimeKind.MONTHS, first, last, _year(found["y0"]), _year(found["y1"]))


def _season(found: re.Match[str]) -> _Stretch:
    first, last = _SEASONS[found["season"][:4]]
    year = _year(found["y0"] or found["y1"])
    if year is not None and first > last:
        year += 1  # the winter of 2022 ends in 2023
    return _dated(TimeKind.SEASON, MonthDay(first), MonthDay(last), None, year)


def _years(found: re.Match[str]) -> _Stretch:
    first = int(found["first"])
    return _Stretch(TimeKind.YEARS, dt.date(first, 1, 1), dt.date(_year(found["last"]) or first, 12, 31))


_STRETCHES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Stretch]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"(?:(?P<d0>\d{{1,2}})(?:\.(?:(?P<m0>\d{{1,2}})\.{_DATE_YEAR.format('y0')})?)?[- ])?"
            rf"(?P<d1>\d{{1,2}})\.(?P<m1>\d{{1,2}})\.{_DATE_YEAR.format('y1')}{_AT}",
            _days,
        ),
        (
            rf"{_BEFORE}(?:(?P<first>{_STEM}){_CASE}?(?:-/|-ja |-| ja |/| )?)?(?P<last>{_STEM}){_CASE}{_AFTER}",
            _named_months,
        ),
        (rf"(?:(?P<first>\d{{1,2}})(?:/(?P<y0>{_YEAR}))?-)?(?P<last>\d{{1,2}})/(?P<y1>{_YEAR})", _numbered_months),
        (
            rf"{_BEFORE}(?P<season>kevä(?:t|ät|än|ällä|ästä|äseen)|(?:kesä|syksy)(?:n|llä|stä|än|yn)?|"
            rf"talv(?:i|en|ella|esta|een)){_AFTER}",
            _season,
        ),
        (
            rf"(?:vv?\.? ?|vuo(?:si|den|nna|desta|teen|det|sina|sien) )?(?P<first>{_YEAR})(?:-(?P<last>{_YEAR}|\d\d))?",
            _years,
        ),
    )
)
_YEARLY = re.compile(r"(?:vuosittain|joka vuosi) (?P<before>.+)|(?P<after>.+) (?:vuosittain|joka vuosi)")
_STANDING = re.compile(r"jatkuva(?:a|sti)?|jatkuvaa? toimintaa?|jatkuva(?:n parantamisen malli| parantaminen)")
_FROM = re.compile(r"(?P<when>.+?)(?: alkaen| lähtien|-)")
_UNTIL = re.compile(r"(?P<when>.+?)(?: loppuun| mennessä| loppuun mennessä| saakka| asti)")
_DURING = re.compile(r"(?P<when>.+?)(?: aikana)?")


def parse(text: str) -> TimeExpression:
    """What the text says about time; of kind unknown, with the text kept, where it is none of the known ways.

    Backward ranges and days that do not exist ("31.2.2023") are unknown too.
    """
    words = _normal(text)
    stretch: _Stretch | None
    if _STANDING.fullmatch(words):
        return TimeExpression(kind=TimeKind.STANDING, text=text)
    if (recurring := _recurring(words, text)) is not None:
        return recurring
    if (found := _FROM.fullmatch(words)) and (stretch := _stretch(found["when"])):
        return TimeExpression(kind=TimeKind.FROM, text=text, first=stretch.first, begins=stretch.begins)
    if (found := _UNTIL.fullmatch(words)) and (stretch := _stretch(found["when"])):
        return TimeExpression(kind=TimeKind.UNTIL, text=text, last=stretch.last, ends=stretch.ends)
    if (found := _DURING.fullmatch(words)) and (stretch := _stretch(found["when"])):
        return TimeExpression(text=text, **stretch._asdict())
    return TimeExpression(kind=TimeKind.UNKNOWN, text=text)


def resolve(expression: TimeExpression, start: dt.date) -> TimeExpression:
    """The expression with its dates, where it lacked only the year: the first time it comes, counted from the start.

    Months come first in the start's own month or later, days on the start or later; what crosses new year ends in the
    year after. With a start in 2024 "Joulu–tammikuu" is 1.12.2024–31.1.2025 (requirements 12, test 2). Everything else
    is returned as it is.
    """
    begins, ends = expression.begins, expression.ends
    anchor = begins or ends
    if anchor is None:
        return expression
    earliest = start if anchor.day else start.replace(day=1)
    year = start.year if anchor.first_in(start.year) >= earliest else start.year + 1
    first = begins.first_in(year) if begins else None
    last = ends.last_in(year) if ends else None
    if first and last and ends and last < first:
        last = ends.last_in(year + 1)
    return expression.model_copy(update={"first": first, "last": last, "begins": None, "ends": None})


def _normal(text: str) -> str:
    """Lower case, single spaces, one kind of dash with no space around it, no full stop after a last word."""
    words = unicodedata.normalize("NFC", text).lower()
    words = re.sub(r"[‐‑‒–—―−]", "-", words)
    words = re.sub(r"\s+", " ", words).strip()
    words = re.sub(r" ?(-/|-|/) ?", r"\1", words)
    return re.sub(r"(?<=[^\d.])\.$|(?<=\d{4})\.$", "", words)


def _stretch(words: str) -> _Stretch | None:
    for pattern, read in _STRETCHES:
        if found := pattern.fullmatch(words):
            try:
                stretch = read(found)
            except ValueError:  # no such day, month or hour
                return None
            backwards = stretch.first and stretch.last and stretch.last < stretch.first
            return None if backwards else stretch
    return None


def _recurring(words: str, text: str) -> TimeExpression | None:
    """Times a year, month or week, or a stretch that comes every year."""
    for pattern, times, per in _RHYTHMS:
        if re.fullmatch(pattern, words):
            return TimeExpression(kind=TimeKind.RECURRING, text=text, times=times, per=per)
    for unit, per in _UNITS:
        if found := re.fullmatch(rf"(\d+) ?(?:krt|kertaa)[ /](?:{unit})", words):
            return TimeExpression(kind=TimeKind.RECURRING, text=text, times=int(found[1]), per=per)
    if (found := _YEARLY.fullmatch(words)) and (stretch := _stretch(found["before"] or found["after"])):
        if stretch.begins is None:
            return None
        return TimeExpression(text=text, times=1, per="year", **stretch._replace(kind=TimeKind.RECURRING)._asdict())
    return None
