"""That the work of a phase was returned: when, by whom and why, while it is worked on anew."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from models.events import Recorded, WorkReturned
from models.rights import Thing
from models.storage.database import Session
from models.words import PhaseStatus


class SentBack(NamedTuple):
    """How the work came back."""

    phase: str  # its name
    address: str
    at: dt.datetime
    who: str
    came_from: str  # the phase whose checkpoint it came back from
    came_to: str
    reason: str | None  # None where it was covered


def sent_back(place: Place, session: Session, milestones: Sequence[Recorded], phase: str) -> SentBack | None:
    """How the phase's work came back; None where it did not, or the visitor does not read the record."""
    state = place.process.phases[phase]
    if state.status not in (PhaseStatus.OPEN, PhaseStatus.SUSPENDED) or not place.may_read(Thing.RECORD):
        return None
    last = next((one for one in reversed(milestones) if _concerns(one, phase)), None)
    if last is None or not isinstance(last.event, WorkReturned):
        return None
    place.fetch(session, [last.event.reason, last.by.name])
    place.fetch_people(session, [last.by.person])
    return SentBack(
        phase=place.name("phase", phase),
        address=addresses.phase(place.key, phase),
        at=last.at,
        who=(place.words(last.by.name) if last.by.name else None) or place.person(last.by.person),
        came_from=place.name("phase", last.event.phase),
        came_to=place.name("phase", last.event.to),
        reason=place.words(last.event.reason),
    )


def _concerns(one: Recorded, phase: str) -> bool:
    """Whether the milestone is the phase's own, or sent the phase's work back."""
    event = one.event
    if isinstance(event, WorkReturned):
        return phase in (event.phase, event.to, *event.suspended, *event.set_aside)
    return getattr(event, "phase", None) == phase
