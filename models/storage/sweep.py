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
FALLING_DUE = """
    select process_id, duty, step, due_at from reminder
    where process_id in {ids} and state = 'planned' and due_at <= :now order by process_id, due_at, duty, step"""
FELL_DUE = """
    update reminder set state = 'due', fell_due = (select seq from process_head where id = process_id)
    where process_id in {ids} and state = 'planned' and due_at <= :now"""
WAKE = """
    update process_head set wakes_at = (select min(due_at) from reminder where process_id = id and state = 'planned')
    where id in {ids}"""
"""The process is looked at again when its first reminder that is still planned falls due."""


def candidates(session: Session, now: dt.datetime) -> list[int]:
    """The processes in which something may have fallen due. Nothing is locked; all are looked at again under it."""
    return sorted(row[0] for row in session.all(CANDIDATES, {"now": instant_text(now)}))


def fall_due(session: Session, ids: Sequence[int], now: dt.datetime, report: TickReport) -> None:
    """What has fallen due in these processes is in their records, and owed to be told. Those in use are passed over."""
    heads = {row[0]: row for row in session.all(LOCK_HEADS, {"ids": json.dumps(list(ids))})}
    locked = {"ids": json.dumps(list(heads)), "now": instant_text(now)}
    due = session.all(FALLING_DUE, locked)
    midnight = instant_text(at_local(local_date(now), 0))
    fallen = [_fell_due(heads[id_], list(steps), now, midnight) for id_, steps in groupby(due, key=itemgetter(0))]
    report.busy += len(ids) - len(heads)
    report.processes += len(fallen)
    report.reminders += len(due)
    session.insert("event", [one.event for one in fallen])
    session.update("process_head", [one.head for one in fallen])
    session.run(FELL_DUE, locked)
    session.run(WAKE, locked)
    session.insert("outbox", [owed for one in fallen for owed in one.owed])


class Fallen(NamedTuple):
    """One process's rows: its event, its head after it, and the effects it owes."""

    event: dict[str, Any]
    head: dict[str, Any]
    owed: list[dict[str, Any]]


def _fell_due(head: Sequence[Any], due: Sequence[Sequence[Any]], now: dt.datetime, midnight: str) -> Fallen:
    """One process's reminders have fallen due. Late are those that should have been told before today."""
    id_, municipality, key, sequence, hash_, at = head
    event = RemindersFellDue(
        reminders=tuple(f"{duty}/{step}" for _, duty, step, _ in due),
        late=tuple(f"{duty}/{step}" for _, duty, step, due_at in due if due_at < midnight),
    )
    recorded = Recorded(sequence=sequence + 1, at=max(now, read_instant(at)), by=CLOCK, event=event)
    text = stored(RecordName("process", municipality, key), recorded, hash_)
    mine = {"municipality_id": municipality, "process_id": id_}
    moved = {"seq": text.sequence, "hash": text.hash, "at": text.at}
    owing = {**mine, "state": "owed", "attempt": 0, "not_before": text.at, "created_at": text.at}
    return Fallen(
        event={**mine, **moved, "record": "process", "type": text.type, "body": text.body},
        head={**moved, "id": id_},
        owed=[
            {**owing, "key": owed.key, "kind": owed.kind, "payload": canonical(owed.payload)}
            for owed in effects(key, recorded)
        ],
    )
