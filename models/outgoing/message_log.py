"""The message log as people look at it: messages that wait, that left and that did not, with the reasons."""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from models.errors import NotFound
from models.record import read_instant
from models.storage.database import Row, Session

FAILED = ("refused", "bounced", "nobody", "not sent")

_MESSAGES = """
    select m.id, m.person, m.channel, m.state, m.sending_window, m.sent_at, o.error
    from message m left join outbox o on o.municipality_id = m.municipality_id
        and o.key = 'message:' || m.person || ':' || m.sending_window || ':' || m.channel
    where m.municipality_id = :municipality and m.state <> 'merged'"""
MESSAGES = f"{_MESSAGES} and (:person = '' or m.person = :person) order by m.id desc limit :limit"
NAMED = f"{_MESSAGES} and m.id in {{ids}}"
ITEMS = """
    select i.message_id, i.item, i.kind, head.key
    from message_item i left join process_head head on head.id = i.process_id
    where i.message_id in {ids} order by i.message_id, i.item"""
SAID = """
    select l.message_id, l.subject, l.outcome, l.reason, l.at
    from message_log l where l.message_id in {ids} order by l.id"""
NOBODY = """
    select l.person, l.subject, l.reason, l.at, head.key
    from message_log l left join process_head head on head.id = l.process_id
    where l.municipality_id = :municipality and l.message_id is null and (:person = '' or l.person = :person)
    order by l.id desc limit :limit"""

WAITING_OF = """
    select m.id, m.person, m.state, m.sending_window, i.payload, exists (
        select 1 from message_item o where o.message_id = m.id and (o.process_id is null or o.process_id <> :process))
    from message m join message_item i on i.message_id = m.id and i.process_id = :process
    where m.municipality_id = :municipality and m.state in ('open', 'held') order by m.sending_window, m.id, i.item"""
MISSED_OF = """
    select l.person, l.subject, i.payload, l.outcome, l.reason, l.at
    from message_log l left join message_item i on i.message_id = l.message_id and i.item = l.subject
    where l.process_id = :process
        and (l.outcome in ('bounced', 'refused') or l.outcome in ('nobody', 'not sent') and l.reason in {texts})
    order by l.id desc limit :limit"""


class Waits(NamedTuple):
    """A message that waits to leave, with what it says of one process."""

    number: int
    person: str
    state: str
    leaves: dt.datetime
    payloads: tuple[str, ...]
    of_others: bool  # it tells of something else too


class Missed(NamedTuple):
    """Something of a process that did not reach somebody."""

    person: str
    item: str
    payload: str | None  # what would have been said; None where no message was made of it
    outcome: str
    reason: str | None
    at: dt.datetime


class Thing(NamedTuple):
    """One thing of a message, and what became of it."""

    item: str
    kind: str | None
    process: str | None
    outcome: str | None = None
    reason: str | None = None
    at: dt.datetime | None = None


class Logged(NamedTuple):
    """One message, or something that nobody could be told."""

    number: int | None
    person: str
    channel: str
    state: str
    leaves: dt.datetime | None
    sent: dt.datetime | None
    error: str | None
    things: tuple[Thing, ...]

    @property
    def processes(self) -> frozenset[str]:
        return frozenset(thing.process for thing in self.things if thing.process)

    @property
    def failed(self) -> bool:
        """Whether the message, or something of it, did not reach its reader."""
        return self.state in FAILED or self.error is not None or any(one.outcome in FAILED for one in self.things)


def logged(session: Session, municipality: str, person: str | None = None, limit: int = 200) -> list[Logged]:
    """The newest messages, and what could be told to nobody; the newest first."""
    named: dict[str, Any] = {"municipality": municipality, "person": person or "", "limit": limit}
    found = _with_things(session, session.all(MESSAGES, named))
    return sorted([*found, *_nobody(session, named)], key=_when, reverse=True)


def waiting_of(session: Session, municipality: str, process: int) -> list[Waits]:
    """The messages about the process that have not left, the first to leave first."""
    found: dict[int, Waits] = {}
    for number, person, state, leaves, payload, of_others in session.all(
        WAITING_OF, {"municipality": municipality, "process": process}
    ):
        known = found.get(number) or Waits(number, person, state, read_instant(leaves), (), bool(of_others))
        found[number] = known._replace(payloads=(*known.payloads, payload))
    return list(found.values())


def missed_of(session: Session, process: int, reasons: Iterable[str], limit: int) -> list[Missed]:
    """What of the process came back or was refused, or reached nobody for one of the reasons; the newest first."""
    rows = session.all(MISSED_OF, {"process": process, "texts": json.dumps(list(reasons)), "limit": limit})
    return [
        Missed(person, item, payload, outcome, reason, read_instant(at))
        for person, item, payload, outcome, reason, at in rows
    ]


def messages_of(session: Session, municipality: str, numbers: Collection[int]) -> list[Logged]:
    """The messages of those numbers. Raises NotFound."""
    rows = session.all(NAMED, {"municipality": municipality, "ids": json.dumps(list(numbers))})
    missing = set(numbers) - {row[0] for row in rows}
    if missing:
        raise NotFound(what="message", name=str(min(missing)))
    return _with_things(session, rows)


def _with_things(session: Session, rows: list[Row]) -> list[Logged]:
    ids = {"ids": json.dumps([row[0] for row in rows])}
    said = {(row[0], row[1]): row[2:] for row in session.all(SAID, ids)}
    things: dict[int, list[Thing]] = {}
    for message, item, kind, process in session.all(ITEMS, ids):
        outcome, reason, at = said.get((message, item), (None, None, None))
        things.setdefault(message, []).append(Thing(item, kind, process, outcome, reason, _instant(at)))
    return [
        Logged(
            row[0], row[1], row[2], row[3], _instant(row[4]), _instant(row[5]), row[6], tuple(things.get(row[0], ()))
        )
        for row in rows
    ]


def _nobody(session: Session, named: dict[str, Any]) -> Iterable[Logged]:
    for person, item, reason, at, process in session.all(NOBODY, named):
        thing = Thing(item, None, process, "nobody", reason, _instant(at))
        yield Logged(None, person, "mail", "nobody", None, None, None, (thing,))


def _when(one: Logged) -> tuple[dt.datetime, int]:
    known = one.sent or one.leaves or next((thing.at for thing in one.things if thing.at), None)
    return known or dt.datetime.min.replace(tzinfo=dt.UTC), one.number or 0


def _instant(text: str | None) -> dt.datetime | None:
    return read_instant(text) if text else None
