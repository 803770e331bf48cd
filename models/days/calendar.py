"""Working days, meeting calendars, and the step between a Finnish calendar date and an instant.

A `Calendar` is a value: the days off and the meetings are handed in (`calendar_data.py` makes them). It is built once
for a municipality and used many times; counting working days takes the same few steps over a week and over a century.
Outside the years it was made for it knows only Saturdays and Sundays (`knows`).
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.errors import NotValid

HELSINKI = ZoneInfo("Europe/Helsinki")
ONE_DAY = dt.timedelta(days=1)


class DayOff(NamedTuple):
    """A day on which the municipality does not work, and why."""

    date: dt.date
    name: str


def _weekday_number(ordinal: int) -> int:
    """How many Mondays to Fridays there are up to this day. Day 1 of the proleptic calendar is a Monday."""
    weeks, rest = divmod(ordinal - 1, 7)
    return weeks * 5 + min(rest + 1, 5)


def _weekday_ordinal(number: int) -> int:
    """The day that is the `number`-th Monday to Friday: `_weekday_number` turned round."""
    weeks, rest = divmod(number - 1, 5)
    return weeks * 7 + rest + 1


@dataclass(frozen=True)
class Calendar:
    """The working days of a municipality and the meetings of its bodies.

    Saturdays, Sundays, the country's days off and the municipality's own are not worked.
    """

    days_off: frozenset[DayOff] = frozenset()  # the country's
    own_days: frozenset[DayOff] = frozenset()  # the municipality's
    meetings: Mapping[str, tuple[dt.date, ...]] = field(default_factory=dict, hash=False)  # by the body's key
    _names: dict[dt.date, str] = field(init=False, repr=False, compare=False)
    _off: list[int] = field(init=False, repr=False, compare=False)  # ordinals of days off between Monday and Friday
    _numbers: list[int] = field(init=False, repr=False, compare=False)  # their weekday numbers, less those before them
    _years: tuple[int, int] = field(init=False, repr=False, compare=False)  # the first and last year of `days_off`

    def __post_init__(self) -> None:
        names = {day.date: day.name for day in sorted(self.own_days)} | {d.date: d.name for d in sorted(self.days_off)}
        off = sorted(day.toordinal() for day in names if day.weekday() < 5)
        numbers = [_weekday_number(ordinal) - index for index, ordinal in enumerate(off)]
        meetings = {body: tuple(sorted(set(days))) for body, days in self.meetings.items()}
        years = [day.date.year for day in self.days_off] or [0]
        made = {
            "meetings": meetings,
            "_names": names,
            "_off": off,
            "_numbers": numbers,
            "_years": (min(years), max(years)),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    def is_working_day(self, day: dt.date) -> bool:
        return day.weekday() < 5 and day not in self._names

    def day_off_name(self, day: dt.date) -> str | None:
        """Why the day is not worked, in the words handed in; None on a plain weekend and on a working day."""
        return self._names.get(day)

    def knows(self, day: dt.date) -> bool:
        """Whether the day lies in the years whose days off were handed in."""
        return self._years[0] <= day.year <= self._years[1]

    def next_working_day(self, day: dt.date) -> dt.date:
        """The day itself where it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def previous_working_day(self, day: dt.date) -> dt.date:
        """The day itself where it is a working day, else the last one before it."""
        return day if self.is_working_day(day) else self.add_working_days(day, -1)

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after the day, or before it where n is negative; the day is not counted.

        Zero moves a day off to the next working day, as a time limit's last day moves (laki säädettyjen määräaikain
        laskemisesta 150/1930, 5 §), and leaves a working day alone. The answer is always a working day.
        """
        if n == 0:
            return self.next_working_day(day)
        number = self._number(day) + n
        if n < 0 and not self.is_working_day(day):
            number += 1  # the count of a day off already stands on the working day before it
        return self._day(number)

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """How many working days to add to `first` to come to `last`: counted after `first`, `last` included.

        Negative where `last` is earlier. For a working day `last`, `add_working_days(first, …)` gives it back.
        """
        if last < first:
            return self._number(last - ONE_DAY) - self._number(first - ONE_DAY)
        return self._number(last) - self._number(first)

    def shift(self, day: dt.date, n: int, *, beginning: bool = False) -> dt.date:
        """A planned day moved by n working days; moved by none it stays, also on a day off.

        A day off on which something ends counts as the working day before it, one on which something begins as the
        working day after it. So what ends before another begins still does when both have moved.
        """
        if n == 0:
            return day
        worked = self.next_working_day(day) if beginning else self.previous_working_day(day)
        return self.add_working_days(worked, n)

    def meetings_between(self, body: str, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
        """The body's meetings from the first day to the last, both included."""
        days = self.meetings.get(body, ())
        return days[bisect_left(days, first) : bisect_right(days, last)]

    def next_meeting(self, body: str, on_or_after: dt.date) -> dt.date | None:
        """The body's first meeting on the day or later; None where its calendar holds none."""
        return next(iter(self.meetings_between(body, on_or_after, dt.date.max)), None)

    def _number(self, day: dt.date) -> int:
        """How many working days there are up to this day, itself included."""
        ordinal = day.toordinal()
        return _weekday_number(ordinal) - bisect_right(self._off, ordinal)

    def _day(self, number: int) -> dt.date:
        """The day that is the `number`-th working day."""
        try:
            return dt.date.fromordinal(_weekday_ordinal(number + bisect_right(self._numbers, number)))
        except (ValueError, OverflowError):
            raise NotValid("That many working days lead outside the calendar; give fewer days.") from None


def named_days(named: Mapping[dt.date, str] | Iterable[tuple[dt.date, str]]) -> frozenset[DayOff]:
    """Days off from dates and their names."""
    return frozenset(DayOff(day, name) for day, name in dict(named).items())


def local_date(instant: dt.datetime) -> dt.date:
    """The calendar date in Finland at an instant. Raises `NotValid` for an instant without a time zone."""
    if instant.tzinfo is None:
        raise NotValid("The time {at} has no time zone; give it in UTC.", at=instant.isoformat())
    return instant.astimezone(HELSINKI).date()


def at_local(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """The instant, in UTC, at which clocks in Finland show this time on this day.

    A time that comes twice in the night of October is its first coming. A time that is skipped in the night of March
    is counted with the offset before the change: 3.30 is the instant at which clocks show 4.30 (both as RFC 5545,
    3.3.5).
    """
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=HELSINKI).astimezone(dt.UTC)


def due_instant(day: dt.date) -> dt.datetime:
    """The instant, in UTC, at which a due date has gone by: the midnight in Finland that ends the day."""
    return at_local(day + ONE_DAY, 0)
