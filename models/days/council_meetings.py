"""When bodies meet: by the municipality's calendar, and where it knows nothing of a body, on days that are proposed.

Proposed are the usual days of Finnish municipalities: the council on the last Monday of a month, before Midsummer and
Christmas on the second; the executive on Mondays, boards on Tuesdays; nobody in July.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from models.days.calendar import ONE_DAY, Calendar
from models.definitions.definition import Body
from models.words import BodyKind

JUNE, JULY, DECEMBER = 6, 7, 12
MONDAY, TUESDAY = 0, 1


class Sitting(NamedTuple):
    """A day on which a body meets, and whether it is only proposed."""

    day: dt.date
    proposed: bool


def last_sitting(body: Body, limit: dt.date, calendar: Calendar) -> Sitting:
    """The body's last meeting on the day or before it; an office-holder acts on any working day."""
    if body.kind is BodyKind.OFFICE_HOLDER:
        return Sitting(calendar.previous_working_day(limit), proposed=True)
    known = calendar.meetings_between(body.id, dt.date.min, limit)
    if known:
        return Sitting(known[-1], proposed=False)
    weekday = TUESDAY if body.kind is BodyKind.BOARD else MONDAY
    day = limit - ONE_DAY * ((limit.weekday() - weekday) % 7)
    while day.month == JULY or not calendar.is_working_day(day):
        day -= 7 * ONE_DAY
    return Sitting(day, proposed=True)


def sittings(body: Body, first: dt.date, last: dt.date, calendar: Calendar) -> tuple[Sitting, ...]:
    """The body's meetings between the days; proposed ones where the calendar knows none of the body at all."""
    if calendar.meetings.get(body.id):
        return tuple(Sitting(day, proposed=False) for day in calendar.meetings_between(body.id, first, last))
    return tuple(Sitting(day, proposed=True) for day in _proposed(first, last, calendar))


def _proposed(first: dt.date, last: dt.date, calendar: Calendar) -> Iterator[dt.date]:
    """One day in each month of the span but July; where a month is short, its last Monday that lies in it."""
    month = first.replace(day=1)
    while month <= last:
        following = (month + ONE_DAY * 31).replace(day=1)
        if month.month != JULY:
            day = _usual(month, following)
            while day > last or not calendar.is_working_day(day):
                day -= 7 * ONE_DAY
            if day >= first:
                yield day
        month = following


def _usual(month: dt.date, following: dt.date) -> dt.date:
    """The second Monday of June and December, the last one of other months."""
    if month.month in (JUNE, DECEMBER):
        return month + ONE_DAY * ((MONDAY - month.weekday()) % 7 + 7)
    last = following - ONE_DAY
    return last - ONE_DAY * ((last.weekday() - MONDAY) % 7)
