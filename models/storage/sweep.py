"""Reminders that fall due: many processes in one transaction, each decided from its own rows, none loaded.

Running it twice does nothing the second time, and a clock that was down for a week catches up: what it should have told
on an earlier day is marked late.
"""

import datetime as dt
import json
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from models.canonical import canonical
from models.days.calendar import at_local, local_date
from models.effects import effects
from models.events import Actor, Recorded, RemindersFellDue
from models.receipts import TickReport
from models.record import RecordName, instant_text, read_instant, stored
from models.storage.database import Session

BATCH = 500
"""How many processes one transaction holds at most."""

CLOCK = Actor(person="clock", channel="clock")

CANDIDATES = "select id from process_head where wakes_at <= :now"
"""In no order: asked for one, SQLite reads the whole table in the order of its key instead of what is due."""

LOCK_HEADS = """
    select id, municipality_id, key, seq, hash, at from process_head where id in {ids} order by id {skip_locked}"""
NEXT = """
    select process_id, min(due_at) from reminder
    where process_id in {ids} and state = 'planned' and due_at > :now group by process_id"""
"""When each process's first reminder falls due after now: then it is looked at again."""

FALL_DUE = """
    update reminder set state = 'due', fell_due = head.seq + 1 from process_head head
    where head.id = reminder.process_id
        and reminder.process_id in {ids} and reminder.state = 'planned' and reminder.due_at <= :now
    returning reminder.process_id, reminder.due_at, reminder.duty, reminder.step"""


def candidates(session: Session, now: dt.datetime) -> list[int]:
    """The processes in which something may have fallen due. Nothing is locked; all are looked at again under it."""
    return sorted(row[0] for row in session.all(CANDIDATES, {"now": instant_text(now)}))


def fall_due(session: Session, ids: Sequence[int], now: dt.datetime, report: TickReport) -> None:
    """What has fallen due in these processes is in their records, and owed to be told. Those in use are passed over."""
    heads = [Locked(*row) for row in session.all(LOCK_HEADS, {"ids": json.dumps(list(ids))})]
    locked = {"ids": json.dumps([head.id for head in heads]), "now": instant_text(now)}
    wakes: dict[int, str] = dict(session.all(NEXT, locked))
    due = sorted(session.all(FALL_DUE, locked))
    steps = {id_: list(mine) for id_, mine in groupby(due, key=itemgetter(0))}
    midnight = instant_text(at_local(local_date(now), 0))
    fallen = [_fell_due(head, steps[head.id], now, midnight) for head in heads if head.id in steps]
    moved = {one.head.id: one.head for one in fallen}
    report.busy += len(ids) - len(heads)
    report.processes += len(fallen)
    report.reminders += len(due)
    session.insert("event", [one.event for one in fallen])
    session.update("process_head", [_row(moved.get(head.id, head), wakes.get(head.id)) for head in heads])
    session.insert("outbox", [owed for one in fallen for owed in one.owed])


class Locked(NamedTuple):
    """The head of one process, which nobody else moves meanwhile."""

    id: int
    municipality: str
    key: str
    seq: int
    hash: str
    at: str


class Fallen(NamedTuple):
    """What has fallen due in one process: its event's row, its head after it, and the rows of the effects it owes."""

    event: dict[str, Any]
    head: Locked
    owed: list[dict[str, Any]]


def _fell_due(head: Locked, due: Sequence[Sequence[Any]], now: dt.datetime, midnight: str) -> Fallen:
    """One process's reminders have fallen due. Late are those that should have been told before today."""
    event = RemindersFellDue(
        reminders=tuple(f"{duty}/{step}" for _, _, duty, step in due),
        late=tuple(f"{duty}/{step}" for _, due_at, duty, step in due if due_at < midnight),
    )
    recorded = Recorded(sequence=head.seq + 1, at=max(now, read_instant(head.at)), by=CLOCK, event=event)
    text = stored(RecordName("process", head.municipality, head.key), recorded, head.hash)
    mine = {"municipality_id": head.municipality, "process_id": head.id}
    moved = {"seq": text.sequence, "hash": text.hash, "at": text.at}
    owing = {**mine, "state": "owed", "attempt": 0, "not_before": text.at, "created_at": text.at}
    return Fallen(
        event={**mine, **moved, "record": "process", "type": text.type, "body": text.body},
        head=head._replace(seq=text.sequence, hash=text.hash, at=text.at),
        owed=[
            {**owing, "key": owed.key, "kind": owed.kind, "payload": canonical(owed.payload)}
            for owed in effects(head.key, recorded)
        ],
    )


def _row(head: Locked, wakes_at: str | None) -> dict[str, Any]:
    """What the head says now, and when the clock is to look at the process again."""
    return {"id": head.id, "seq": head.seq, "hash": head.hash, "at": head.at, "wakes_at": wakes_at}
