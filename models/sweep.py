"""Reminders that fall due: many processes in one transaction, each decided from its own rows, none loaded.

Running it twice does nothing the second time, and a clock that was down for a week catches up: what it should have told
on an earlier day is marked late.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from models import store
from models.calendar import local_date
from models.canonical import canonical
from models.database import Session
from models.effects import effects
from models.events import Actor, RemindersFellDue
from models.receipts import TickReport
from models.record import Head, RecordName, appended, instant_text, read_instant

BATCH = 500
"""How many processes one transaction holds at most."""

CLOCK = Actor(person="clock", channel="clock")

CANDIDATES = """
    select distinct process_id from reminder where state = 'planned' and due_at <= :now order by process_id"""
LOCK_HEADS = """
    select id, municipality_id, key, seq, hash, at from process_head where id in {ids} order by id {skip_locked}"""
FALLING_DUE = """
    select process_id, duty, step, due_at from reminder
    where process_id in {ids} and state = 'planned' and due_at <= :now order by process_id, due_at, duty, step"""
FELL_DUE = """
    update reminder set state = 'due', fell_due = :seq
    where process_id = :process and state = 'planned' and due_at <= :now"""
ADD_EVENT = store.ADD_EVENT
MOVE_HEAD = store.MOVE_HEAD
OWE = store.OWE


def candidates(session: Session, now: dt.datetime) -> list[int]:
    """The processes in which something may have fallen due. Nothing is locked; all are looked at again under it."""
    return [row[0] for row in session.all(CANDIDATES, {"now": instant_text(now)})]


def fall_due(session: Session, ids: Sequence[int], now: dt.datetime, report: TickReport) -> None:
    """What has fallen due in these processes is in their records, and owed to be told. Those in use are passed over."""
    wanted = json.dumps(list(ids))
    heads = {row[0]: row for row in session.all(LOCK_HEADS, {"ids": wanted})}
    due = session.all(FALLING_DUE, {"ids": wanted, "now": instant_text(now)})
    report.busy += len(ids) - len(heads)
    events, moves, owed, told = [], [], [], []
    for process, steps in groupby(due, key=lambda row: row[0]):
        if process not in heads:
            continue
        found = list(steps)
        event, move, owes = _fell_due(heads[process], found, now)
        events.append(event)
        moves.append(move)
        owed += owes
        told.append({"process": process, "seq": move["seq"], "now": instant_text(now)})
        report.reminders += len(found)
    report.processes += len(events)
    session.many(ADD_EVENT, events)
    session.many(MOVE_HEAD, moves)
    session.many(FELL_DUE, told)
    session.many(OWE, owed)


def _fell_due(
    head: Sequence[Any], steps: Iterable[Sequence[Any]], now: dt.datetime
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """One process's event, its head after it, and the effects it owes, as rows."""
    id_, municipality, key, sequence, hash_, at = head
    now = max(now, read_instant(at))
    names = [(f"{duty}/{step}", due_at) for _, duty, step, due_at in steps]
    today = local_date(now)
    late = tuple(name for name, due_at in names if local_date(read_instant(due_at)) < today)
    event = RemindersFellDue(reminders=tuple(name for name, _ in names), late=late)
    record = RecordName("process", municipality, key)
    ((recorded, stored),) = appended(record, Head(sequence, hash_), [event], CLOCK, now)
    row = {"municipality": municipality, "record": "process", "process": id_, "seq": stored.sequence}
    row |= {"type": stored.type, "at": stored.at, "hash": stored.hash, "body": stored.body}
    move = {"id": id_, "seq": stored.sequence, "hash": stored.hash, "at": stored.at}
    common = {"municipality": municipality, "process": id_, "at": stored.at}
    owes = [{**common, "key": o.key, "kind": o.kind, "payload": canonical(o.payload)} for o in effects(key, recorded)]
    return row, move, owes
