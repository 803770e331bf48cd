"""What of a closed process is kept no longer than its definition says: its drafts, and the log of its messages.

The times of a definition run from the day the process was closed. Etappi destroys what stands outside the record and
is said to be destroyed. The record, statements and members' stances are for people to archive (`etappi export`) or to
cover (*peitä tieto*): each needs a ground and somebody who answers for it.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.days.calendar import local_date
from models.definitions.definition import Retention
from models.storage import store
from models.storage.database import Session
from models.storage.worlds import Worlds
from models.words import ProcessStatus

PROCESSES = """
    select p.municipality_id, h.key, p.process_id, p.status, p.title, (
        select max(e.at) from event e where e.process_id = p.process_id and e.type = 'ProcessClosed')
    from process p join process_head h on h.id = p.process_id
    where :status in ('', p.status) order by p.process_id"""
DESTROYED = {
    "drafts": (
        "delete from file_use where process_id = :process and used_in like 'draft/%'",
        "delete from draft where process_id = :process",
        "delete from draft_before where process_id = :process",
    ),
    "messages": (
        "delete from message_log where process_id = :process",
        "delete from message_item where process_id = :process",
    ),
}
"""By the kind of data: what its time being over takes away."""
LEFT = {
    "drafts": """
        select (select count(*) from draft where process_id = :process)
            + (select count(*) from draft_before where process_id = :process)""",
    "messages": """
        select (select count(*) from message_log where process_id = :process)
            + (select count(*) from message_item where process_id = :process)""",
}
"""By the kind of data: how much of it there is."""
EMPTY = """
    delete from message where sent_at is not null
    and not exists (select 1 from message_item i where i.message_id = message.id)
    and not exists (select 1 from message_log l where l.message_id = message.id)"""


class Kept(NamedTuple):
    """A kind of data of one process: how long it is kept, and what becomes of it."""

    municipality: str
    process: str  # its key
    id: int
    title: str
    rule: Retention
    closed: dt.date | None  # None: the process is not closed, and its time has not begun

    @property
    def over(self) -> dt.date | None:
        """The day from which it is kept no longer."""
        return months_later(self.closed, self.rule.months) if self.closed else None

    @property
    def destroys(self) -> bool:
        """Whether Etappi itself destroys it then."""
        return self.rule.then == "destroy" and self.rule.data in DESTROYED

    def is_over(self, today: dt.date) -> bool:
        """Whether its time is over."""
        return self.over is not None and self.over <= today


def kept(session: Session, worlds: Worlds, status: ProcessStatus | None = None) -> Iterator[Kept]:
    """What the definitions say of all processes, or of those of a status."""
    for row in session.all(PROCESSES, {"status": status.value if status else ""}):
        municipality, key, process, now, title, at = row
        closed = local_date(dt.datetime.fromisoformat(at)) if at and now == ProcessStatus.CLOSED else None
        definition = worlds.definition(session, municipality, store.state_of(session, process).definition)
        for rule in definition.retention:
            yield Kept(municipality, key, process, title, rule, closed)


def left(session: Session, one: Kept) -> int:
    """How many things stand of what Etappi destroys."""
    row = session.one(LEFT[one.rule.data], {"process": one.id})
    return int(row[0]) if row else 0


def tidy(session: Session, worlds: Worlds, now: dt.datetime) -> None:
    """What the definitions of closed processes keep no longer is gone."""
    today = local_date(now)
    destroy(session, [one for one in kept(session, worlds, ProcessStatus.CLOSED) if one.is_over(today)])


def destroy(session: Session, over: Iterable[Kept]) -> None:
    """What of it Etappi destroys is gone. The files of drafts follow when nothing uses them."""
    for one in over:
        for statement in DESTROYED[one.rule.data] if one.destroys else ():
            session.run(statement, {"process": one.id})
    session.run(EMPTY, {})


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
