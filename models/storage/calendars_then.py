"""The calendars a municipality has had, each from the instant it was set: what the engine planned with at the time."""

import datetime as dt
from collections.abc import Iterable

from models.days.calendar import Calendar
from models.events import Recorded
from models.municipality.events import CalendarSet
from models.storage import stored_texts
from models.storage.database import Session


class CalendarsThen:
    """The municipality's calendars in time."""

    def __init__(self, session: Session, municipality: str, own: Iterable[Recorded]) -> None:
        self._session = session
        self._municipality = municipality
        self._set = [(r.at, r.event.hash) for r in own if isinstance(r.event, CalendarSet)]
        self._read: dict[str | None, Calendar] = {}

    def at(self, instant: dt.datetime) -> Calendar:
        """The calendar in force at an instant. Raises NotFound, Broken."""
        return self.named(next((hash_ for at, hash_ in reversed(self._set) if at <= instant), None))

    def named(self, hash_: str | None) -> Calendar:
        """The calendar of that hash; the country's alone without one. Raises NotFound, Broken."""
        if hash_ not in self._read:
            self._read[hash_] = stored_texts.calendar(self._session, self._municipality, hash_)
        return self._read[hash_]
