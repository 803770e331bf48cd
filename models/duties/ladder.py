"""When the steps of a ladder come: "3 working days before", "on the day", "2 days after" a due date.

Reminders leave at nine in the morning in Finland and on working days only. A step that would come on a day off moves
away from the due date if it comes after it, and to an earlier day if it comes before it or on it: a due date is kept
until midnight also on a day off, so a reminder on the next working day would come when it is too late.
"""

import datetime as dt
import re
from typing import NamedTuple

from models.days.calendar import Calendar, at_local
from models.errors import NotValid

REMINDER_HOUR = 9

_STEP = re.compile(r"(?P<days>\d{1,2}) (?P<working>working )?days? (?P<side>before|after)")


class Step(NamedTuple):
    """How far from a due date: negative before it, positive after it."""

    offset: int
    working: bool


def parse_step(text: str) -> Step:
    """The step a definition's words mean. Raises `NotValid` for other words."""
    if text == "on the day":
        return Step(0, working=False)
    found = _STEP.fullmatch(text)
    if found is None:
        raise NotValid(
            '"{text}" is no step of a ladder. Write as here: "3 working days before", "on the day", "2 days after".',
            text=text,
        )
    days = int(found["days"])
    return Step(-days if found["side"] == "before" else days, found["working"] is not None)


def due_on(step: Step, due: dt.date, calendar: Calendar) -> dt.date:
    """The working day on which the step comes; see the module for days off."""
    if step.working and step.offset:
        return calendar.add_working_days(due, step.offset)
    day = due + dt.timedelta(days=step.offset)
    return calendar.next_working_day(day) if step.offset > 0 else calendar.previous_working_day(day)


def fall_due_at(step: Step, due: dt.date, calendar: Calendar, hour: int = REMINDER_HOUR) -> dt.datetime:
    """The instant, in UTC, at which the step's reminder leaves."""
    return at_local(due_on(step, due, calendar), hour)
