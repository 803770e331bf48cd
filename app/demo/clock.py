"""A clock that says what the story says."""

import datetime as dt

from models.days.calendar import at_local


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
