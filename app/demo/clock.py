"""A clock that says what the story says."""

import datetime as dt
from collections.abc import Callable

from models.days.calendar import at_local
from models.machine_clock import ClockOfFile


class SimulatedClock:
    """The time in the story. It only goes forward."""

    def __init__(self, day: dt.date) -> None:
        self._now = at_local(day, 9)

    def __call__(self) -> dt.datetime:
        """The time now, UTC; every reading is a little later, as no two acts happen at once."""
        self._now += dt.timedelta(milliseconds=137)
        return self._now

    def go_to(self, day: dt.date, hour: int = 9) -> None:
        """It is that hour of the day in Helsinki, unless it is later already."""
        self._now = max(self._now, at_local(day, hour))


class SharedClock(SimulatedClock):
    """A clock of the story by which the other parts of the installation go, too.

    Before it jumps, `done` sees to it that nothing is under way: whoever carries something out would seem to have died.
    """

    def __init__(self, shared: ClockOfFile, day: dt.date, done: Callable[[], None]) -> None:
        super().__init__(day)
        self.shared = shared
        self.done = done
        shared.set(self._now)

    def __call__(self) -> dt.datetime:
        return self.shared()

    def go_to(self, day: dt.date, hour: int = 9) -> None:
        self.done()
        self.shared.set(max(self.shared(), at_local(day, hour)))

    def forward(self, by: dt.timedelta) -> None:
        """It is so much later."""
        self.done()
        self.shared.set(self.shared() + by)
