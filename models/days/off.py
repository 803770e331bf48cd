"""The days off in a span of days, for showing them beside planned dates. Pure."""

import datetime as dt

from models.days.calendar import ONE_DAY, Calendar


def days_off(calendar: Calendar, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Weekdays of the span that are not worked, with their names."""
    days = (first + ONE_DAY * n for n in range((last - first).days + 1))
    return {day: name for day in days if day.weekday() < 5 and (name := calendar.day_off_name(day))}
