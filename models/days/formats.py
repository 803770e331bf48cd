"""Dates and times as they are written in Finnish, in the Swedish of Finland and in English.

Instants are shown as clocks in Finland show them.
"""

import datetime as dt
import re
from typing import Literal

from models.amounts import day_in, near_day
from models.days.calendar import HELSINKI, local_date
from models.errors import NotValid

Language = Literal["fi", "sv", "en"]

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
SHORT_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FINNISH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
CLOCK: dict[Language, str] = {"fi": "klo ", "sv": "kl. ", "en": ""}


def finnish_date(day: dt.date) -> str:
    """4.12.2023: as in Finnish and in the Swedish of Finland."""
    return f"{day.day}.{day.month}.{day.year}"


def date_text(day: dt.date, language: Language = "fi") -> str:
    """4.12.2023, in English 4 December 2023."""
    return f"{_english_day(day)} {day.year}" if language == "en" else finnish_date(day)


def read_date(text: str) -> dt.date:
    """A date written 2026-10-19 or 19.10.2026. Raises NotValid."""
    found = _FINNISH.fullmatch(text.strip())
    try:
        return near_day(dt.date(*map(int, reversed(found.groups())))) if found else day_in(text.strip())
    except ValueError:
        raise NotValid('"{text}" is no date. Write 2026-10-19 or 19.10.2026.', text=text) from None


def weekday(day: dt.date, language: Language = "fi") -> str:
    return WEEKDAYS[language][day.weekday()]


def short_weekday(day: dt.date, language: Language = "fi") -> str:
    return SHORT_WEEKDAYS[language][day.weekday()]


def long_date(day: dt.date, language: Language = "fi") -> str:
    """maanantai 4.12.2023, in English Monday 4 December 2023."""
    return f"{weekday(day, language)} {date_text(day, language)}"


def time_of(instant: dt.datetime, language: Language = "fi") -> str:
    """klo 9.15, kl. 9.15, 9:15: what clocks in Finland show at the instant."""
    return f"{CLOCK[language]}{_clock(instant, language)}"


def moment(instant: dt.datetime, language: Language = "fi") -> str:
    """4.12.2023 klo 9.15, in English 4 December 2023 at 9:15. Raises `NotValid` without a time zone."""
    between = " at " if language == "en" else " "
    return f"{date_text(local_date(instant), language)}{between}{time_of(instant, language)}"


def last_day(until: dt.datetime) -> dt.date:
    """The last day of a window that ends at the midnight after it."""
    return local_date(until - dt.timedelta(microseconds=1))


def time_span(first: dt.datetime, last: dt.datetime, language: Language = "fi") -> str:
    """klo 12.00–15.00, on one day."""
    return f"{time_of(first, language)}–{_clock(last, language)}"


def date_span(first: dt.date, last: dt.date, language: Language = "fi") -> str:
    """22.–23.4.2013, 28.2.–3.3.2013, 1.12.2026–31.1.2027: what both days share is written once."""
    if first == last:
        return date_text(first, language)
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    if language == "en":
        if same_month:
            return f"{first.day}–{date_text(last, 'en')}"
        return f"{_english_day(first) if same_year else date_text(first, 'en')} – {date_text(last, 'en')}"
    begin = f"{first.day}." if same_month else f"{first.day}.{first.month}." if same_year else finnish_date(first)
    return f"{begin}–{finnish_date(last)}"


def _english_day(day: dt.date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]}"


def _clock(instant: dt.datetime, language: Language) -> str:
    local_date(instant)  # refuses an instant without a time zone
    at = instant.astimezone(HELSINKI)
    return f"{at.hour}{':' if language == 'en' else '.'}{at.minute:02}"
