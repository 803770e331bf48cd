"""What of a closed process is kept no longer than its definition says: its drafts, and the log of its messages.

The times of a definition run from the day the process was closed. Etappi destroys what stands outside the record and
is said to be destroyed. The record, statements and members' stances are for people to archive (`etappi export`) or to
cover (*peitä tieto*): each needs a ground and somebody who answers for it.
"""

import calendar
import datetime as dt

from models.days.calendar import local_date
from models.storage import store
from models.storage.database import Session
from models.storage.worlds import Worlds

CLOSED = """
    select p.municipality_id, p.process_id, max(e.at) from process p
    join event e on e.process_id = p.process_id and e.type = 'ProcessClosed'
    where p.status = 'closed' group by p.municipality_id, p.process_id order by p.process_id"""
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
EMPTY = """
    delete from message where sent_at is not null
    and not exists (select 1 from message_item i where i.message_id = message.id)
    and not exists (select 1 from message_log l where l.message_id = message.id)"""


def tidy(session: Session, worlds: Worlds, now: dt.datetime) -> None:
    """What the definitions of closed processes keep no longer is gone."""
    for municipality, process, closed in session.all(CLOSED, {}):
        definition = worlds.definition(session, municipality, store.state_of(session, process).definition)
        for kept in definition.retention:
            over = months_later(local_date(dt.datetime.fromisoformat(closed)), kept.months)
            if kept.then == "destroy" and over <= local_date(now):
                for statement in DESTROYED.get(kept.data, ()):
                    session.run(statement, {"process": process})
    session.run(EMPTY, {})


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
