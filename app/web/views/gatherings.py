"""The meetings of a phase, as its own page and its checkpoint's list them."""

import datetime as dt
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from models.storage import reading
from models.storage.database import Session


class Gathering(NamedTuple):
    """A meeting of the phase."""

    key: str
    name: str
    group: str | None
    at: dt.datetime
    held: bool
    address: str


def gatherings(place: Place, session: Session, phase: str) -> tuple[Gathering, ...]:
    """The meetings of the phase that have not been cancelled, in order of time."""
    named = reading.meeting_names(session, place.scope.id)
    found = (
        Gathering(
            key,
            named.get(key) or place.name("meeting", key),
            place.name("group", one.group) if one.group else None,
            one.at,
            one.held,
            addresses.meeting(place.key, key),
        )
        for key, one in place.process.meetings.items()
        if one.phase == phase and not one.cancelled
    )
    return tuple(sorted(found, key=lambda one: one.at))
