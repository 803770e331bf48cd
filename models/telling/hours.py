"""When somebody may be written to: on working days, within their hours, as often as they have chosen. Pure.

Nobody is written to at night, at a weekend or on a day off. The hours are those of clocks in Finland. Who has chosen a
digest gets one message at the beginning of the day, or of the day of the week they have chosen.
"""

import datetime as dt
from typing import Final, Self

from pydantic import Field, model_validator

from models.days.calendar import HELSINKI, ONE_DAY, Calendar, at_local, local_date
from models.frozen import Frozen
from models.words import Rhythm

FIRST: Final = dt.time(7)
LAST: Final = dt.time(18)
WEEK: Final = dt.timedelta(days=7)


class Choices(Frozen):
    """How somebody wants to be written to; what nobody has chosen is as it stands here."""

    first: dt.time = FIRST  # nothing leaves earlier in the day
    last: dt.time = LAST  # or from then on
    rhythm: Rhythm = Rhythm.AT_ONCE
    weekday: int = Field(default=0, ge=0, le=6)  # of a weekly digest: 0 is Monday

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        if not self.first < self.last:
            raise ValueError("the hours begin before they end, for example 7.00 and 15.00")
        return self


def may_leave(at: dt.datetime, choices: Choices, calendar: Calendar) -> bool:
    """Whether a message may reach the person at the instant, whatever it is about and however late it is."""
    return calendar.is_working_day(local_date(at)) and choices.first <= _clock(at) < choices.last


def leaves_at(earliest: dt.datetime, choices: Choices, calendar: Calendar, due: dt.date | None = None) -> dt.datetime:
    """The first instant from `earliest` on at which a message about something due on that day leaves.

    A digest is never too late: what is due before the next one leaves at once, within the hours.
    """
    at_once = _at_once(earliest, choices, calendar)
    if choices.rhythm is Rhythm.AT_ONCE:
        return at_once
    together = _digest(earliest, choices, calendar)
    return at_once if due is not None and due <= local_date(together) and at_once < together else together


def _at_once(earliest: dt.datetime, choices: Choices, calendar: Calendar) -> dt.datetime:
    day = local_date(earliest)
    if may_leave(earliest, choices, calendar):
        return earliest
    if not calendar.is_working_day(day) or _clock(earliest) >= choices.last:
        day = calendar.add_working_days(day, 1)
    return _begins(day, choices)


def _digest(earliest: dt.datetime, choices: Choices, calendar: Calendar) -> dt.datetime:
    """The beginning of the next working day, or of the week's own day (of the next working day where that is off)."""
    day = local_date(earliest)
    if choices.rhythm is Rhythm.DAILY:
        day = calendar.next_working_day(day)
        begins = _begins(day, choices)
        return begins if begins >= earliest else _begins(calendar.add_working_days(day, 1), choices)
    day -= ONE_DAY * ((day.weekday() - choices.weekday) % 7)
    while (begins := _begins(calendar.next_working_day(day), choices)) < earliest:
        day += WEEK
    return begins


def _begins(day: dt.date, choices: Choices) -> dt.datetime:
    """When the person's hours begin on the day."""
    return at_local(day, choices.first.hour, choices.first.minute)


def _clock(at: dt.datetime) -> dt.time:
    """What clocks in Finland show."""
    return at.astimezone(HELSINKI).time()
