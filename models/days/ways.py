"""The ways to the meetings that may decide: those in the decision's window, and the first one after it where none of
them can be reached."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.days.backwards import SHORTEST, USUAL, Backwards, Done, Pace, backwards, deciding
from models.days.calendar import ONE_DAY, Calendar
from models.days.council_meetings import Sitting, sittings
from models.definitions.definition import Definition

AFTER_DAYS = 250  # days after the window in which a meeting is still looked for


class Ways(NamedTuple):
    """The ways of one process, or of one to be."""

    definition: Definition
    dates: Mapping[str, dt.date]
    calendar: Calendar
    today: dt.date  # nothing before it can be done any more
    done: Done = frozenset()

    def from_(self, stated: dt.date | None) -> Backwards | None:
        """The way to the first meeting that is reached when readiness is stated on the day, or as planned."""
        for sitting in self._sittings():
            way = self.to(sitting)
            readiness = way.readiness
            assert readiness.planned is not None, "every process plans its checkpoints"
            if readiness.done or (stated or readiness.planned) <= readiness.latest:
                return way
        return None

    def all(self) -> tuple[Backwards, ...]:
        """To each meeting in the window that is to come; where none is reached, to the first one after it that is."""
        found = [self.to(sitting) for sitting in self.in_window() if sitting.day >= self.today]
        if not any(way.reached for way in found):
            after = (way for sitting in self._after() if (way := self.to(sitting)).reached)
            found += [way for way in [next(after, None)] if way is not None]
        return tuple(found)

    def to(self, sitting: Sitting, pace: Pace = USUAL) -> Backwards:
        return backwards(self.definition, self.dates, self.calendar, sitting, self.today, pace, self.done)

    def quickest(self, way: Backwards) -> Backwards:
        """The same way with the least times."""
        return self.to(Sitting(way.meeting, way.proposed), SHORTEST)

    def _sittings(self) -> Iterator[Sitting]:
        yield from self.in_window()
        yield from self._after()

    def in_window(self) -> tuple[Sitting, ...]:
        """The meetings of the window in which the body may decide; proposed where the calendar knows none of it."""
        plan = deciding(self.definition)
        if plan.date is not None:
            return (Sitting(plan.date, proposed=False),)
        return self._between(self.dates["window:first"], self.dates["window:last"])

    def _after(self) -> tuple[Sitting, ...]:
        after = max(self.dates["window:last"] + ONE_DAY, self.today)
        return self._between(after, after + ONE_DAY * AFTER_DAYS)

    def _between(self, first: dt.date, last: dt.date) -> tuple[Sitting, ...]:
        body = next(body for body in self.definition.bodies if body.id == deciding(self.definition).body)
        return sittings(body, first, last, self.calendar)
