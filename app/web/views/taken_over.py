"""Who coordinates a process now, for one who did before and may not read it any more: that alone, and since when."""

import datetime as dt

from app.web.session import Visitor
from models.days.calendar import local_date
from models.errors import NotFound
from models.events import CoordinatorChanged
from models.storage import reading, store
from models.storage.database import Session


class TakenOver(Exception):
    """Somebody else coordinates the process by now."""

    def __init__(self, name: str, since: dt.date) -> None:
        super().__init__(since)
        self.name, self.since = name, since


def taken_over(visitor: Visitor, session: Session, key: str) -> TakenOver | None:
    """Who has taken the process over; None where the visitor never coordinated it, or there is none."""
    try:
        scope, _, _ = store.find_process(session, visitor.municipality, key)
    except NotFound:
        return None
    changes = reading.handed_over(session, scope.id)
    before = {one.event.before for one in changes if isinstance(one.event, CoordinatorChanged)}
    if visitor.person not in before:
        return None
    last = changes[-1]
    assert isinstance(last.event, CoordinatorChanged), "nothing else was asked for"
    known = visitor.directory_in(session).people.get(last.event.to)
    name = reading.value(session, visitor.municipality, known.name) if known else None
    return TakenOver(name or visitor.say("[peitetty]"), local_date(last.at))
