"""What the record tells of handlings, statements, hearings and staff cooperation besides the working set."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.web.place import Place
from models.events import (
    CooperationRecorded,
    Event,
    HandlingRecorded,
    HearingClosed,
    HearingOpened,
    StatementGiven,
)
from models.storage import reading
from models.storage.database import Session


@dataclass
class WayTold:
    """The newest of each, by key. Words are commitments that have been fetched."""

    handlings: dict[str, HandlingRecorded] = field(default_factory=dict)
    statements: dict[str, StatementGiven] = field(default_factory=dict)
    opened: dict[str, HearingOpened] = field(default_factory=dict)
    closed: dict[str, HearingClosed] = field(default_factory=dict)
    why: str | None = None  # staff cooperation is needed or not
    ended: str | None = None  # how it did


def way_told(place: Place, session: Session) -> WayTold:
    """What was told, with the words at hand that the visitor may read."""
    told = WayTold()
    for event in reading.on_the_way(session, place.scope.id):
        _tell(told, event)
    place.fetch(session, _words(place, told))
    return told


def _tell(told: WayTold, event: Event) -> None:
    match event:
        case HandlingRecorded():
            told.handlings[event.handling] = event
        case StatementGiven():
            told.statements[event.statement] = event
        case HearingOpened():
            told.opened[event.hearing] = event
        case HearingClosed():
            told.closed[event.hearing] = event
        case CooperationRecorded():
            told.why, told.ended = event.why or told.why, event.outcome or told.ended


def may_read(place: Place, given: StatementGiven) -> bool:
    """Whether the visitor may read the statement's words."""
    asked = place.process.statements.get(given.statement)
    return asked is not None and place.secrecy.allows(given.publicity, asked.phase)


def _words(place: Place, told: WayTold) -> Iterator[str | None]:
    yield from (one.summary for one in told.handlings.values())
    yield from (one.text for one in told.statements.values() if may_read(place, one))
    yield from (one.summary for one in told.closed.values())
    yield told.why
    yield told.ended
