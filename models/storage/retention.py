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
from models.definitions.definition import Definition, Retention
from models.record import read_instant
from models.storage.database import Row, Session
from models.storage.store import Scope
from models.storage.worlds import Worlds

PROCESSES = """
    select p.municipality_id, h.key, p.process_id, p.definition, p.title, (
        select max(e.at) from event e
        where p.status = 'closed' and e.process_id = p.process_id and e.type = 'ProcessClosed')
    from process p join process_head h on h.id = p.process_id"""
OF_TOWN = f"{PROCESSES} where p.municipality_id = :municipality and :key in ('', h.key) order by p.process_id"
OF_CLOSED = f"{PROCESSES} where p.status = 'closed' order by p.process_id"
OF_PROCESS = f"{PROCESSES} where p.process_id = :process"
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


def kept(session: Session, worlds: Worlds, municipality: str, process: str | None = None) -> Iterator[Kept]:
    """What the definitions say of all processes of the municipality, or of one."""
    for row in session.all(OF_TOWN, {"municipality": municipality, "key": process or ""}):
        yield from _kept(row, worlds.definition(session, municipality, row[3]))


def over(session: Session, worlds: Worlds, today: dt.date) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What of all closed processes is over that Etappi destroys, where some stands: municipality, process, kinds."""
    for row in session.all(OF_CLOSED):
        found = (one for one in _kept(row, worlds.definition(session, row[0], row[3])) if one.destroys)
        data = tuple(one.rule.data for one in found if one.is_over(today) and left(session, one))
        if data:
            yield row[0], row[1], data


def kept_until(session: Session, scope: Scope, definition: Definition) -> dict[str, dt.date]:
    """From when on Etappi destroys what still stands of a closed process, by the kind of data."""
    found = [one for row in session.all(OF_PROCESS, {"process": scope.id}) for one in _kept(row, definition)]
    return {one.rule.data: one.over for one in found if one.over and one.destroys and left(session, one)}


def _kept(row: Row, definition: Definition) -> Iterator[Kept]:
    municipality, key, process, _, title, at = row
    closed = local_date(read_instant(at)) if at else None
    for rule in definition.retention:
        yield Kept(municipality, key, process, title, rule, closed)


def left(session: Session, one: Kept) -> int:
    """How many things stand of what Etappi destroys."""
    row = session.one(LEFT[one.rule.data], {"process": one.id})
    return int(row[0]) if row else 0


def destroy(session: Session, process: int, data: Iterable[str]) -> None:
    """The data of these kinds is gone. The files of drafts follow when nothing uses them."""
    for statement in (statement for kind in data for statement in DESTROYED[kind]):
        session.run(statement, {"process": process})
    session.run(EMPTY, {})


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last one; no later than the calendar goes."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
