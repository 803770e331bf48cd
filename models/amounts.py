"""Counts and days as people give them: within bounds, so that all can be reckoned and stored that follows from them."""

import datetime as dt

from models.errors import NotValid

MOST = 999_999_999
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


def count_in(text: str) -> int:
    """The count that the text tells in figures. Raises NotValid."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))):
        raise NotValid("Write a number in figures, at most {most}.", most=MOST)
    return int(text)


def near_day(day: dt.date) -> dt.date:
    """The day, where it is one that can be meant. Raises NotValid."""
    if not EARLIEST <= day <= LATEST:
        raise NotValid(
            "{day} is too far away; give a day between {first} and {last}.", day=day, first=EARLIEST, last=LATEST
        )
    return day


def day_in(text: str) -> dt.date:
    """The day that is written as browsers send it. Raises ValueError for none, NotValid for one too far away."""
    return near_day(dt.date.fromisoformat(text))
