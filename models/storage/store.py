"""What an act reads and writes, as named statements: heads, events, the tables made from them, duties, effects owed.

Everything here happens in the session of somebody who commits (`engine.py`); nothing here decides anything.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from models.canonical import canonical
from models.duties.planning import Difference, PlannedDuty
from models.effects import Owed
from models.errors import NotFound
from models.events import Recorded
from models.personal import Kept
from models.process import Process
from models.record import Head, Stored, instant_text, read, read_instant
from models.storage.database import Session
from models.storage.projection_row import Write
from models.storage.state_text import ENDED_ROUNDS, ENDED_STANCES, PARTS, STANCES, read_state, with_ended_rounds


class Scope(NamedTuple):
    """One process, as rows name it."""

    municipality: str
    id: int
    key: str


# --- heads --------------------------------------------------------------------------------------------------------

FIND_HEAD = """
    select id, seq, hash, at, (select seq from municipality where id = :municipality)
    from process_head where municipality_id = :municipality and key = :key"""
LOCK_HEAD = FIND_HEAD + " {for_update}"
LOCK_HEAD_BY_ID = "select key, seq, hash, at from process_head where id = :id {for_update}"
MUNICIPALITY_HEAD = "select seq, hash, at from municipality where id = :municipality"
KEYS_LIKE = """
    select key from process_head
    where municipality_id = :municipality and (key = :key or substr(key, 1, :length) = :beginning)"""
NEW_HEAD = """
    insert into process_head (municipality_id, key, seq) values (:municipality, :key, 0) returning id"""
NEW_MUNICIPALITY = "insert into municipality (id, seq) values (:municipality, 0)"
MOVE_HEAD = "update process_head set seq = :seq, hash = :hash, at = :at where id = :id"
MOVE_HEAD_AND_WAKE = """
    update process_head set seq = :seq, hash = :hash, at = :at,
        wakes_at = case when wakes_at < :wakes_at then wakes_at else :wakes_at end
    where id = :id"""
MOVE_MUNICIPALITY = "update municipality set seq = :seq, hash = :hash, at = :at where id = :id"


def find_process(session: Session, municipality: str, key: str) -> tuple[Scope, Head, int]:
    """The process's head as it is, not locked, and how long the municipality's own record is. Raises NotFound."""
    row = session.one(FIND_HEAD, {"municipality": municipality, "key": key})
    if row is None:
        raise NotFound(what="process", name=key)
    return Scope(municipality, row[0], key), head_of(row[1:4]), row[4]


def lock_process(session: Session, municipality: str, key: str) -> tuple[Scope, Head, int]:
    """As `find_process`, and nobody else acts in the process until the end."""
    row = session.one(LOCK_HEAD, {"municipality": municipality, "key": key})
    if row is None:
        raise NotFound(what="process", name=key)
    return Scope(municipality, row[0], key), head_of(row[1:4]), row[4]


def lock_process_by_id(session: Session, municipality: str, id_: int) -> tuple[Scope, Head]:
    """The head, locked, of a process that is known to exist."""
    row = session.one(LOCK_HEAD_BY_ID, {"id": id_})
    assert row is not None, "processes are never deleted"
    return Scope(municipality, id_, row[0]), head_of(row[1:4])


def municipality_head(session: Session, municipality: str) -> Head | None:
    """The head of the municipality's own record; None where it has not been set up."""
    row = session.one(MUNICIPALITY_HEAD, {"municipality": municipality})
    return head_of(row) if row else None


def head_of(row: Sequence[Any]) -> Head:
    """The head that a row's number, hash and instant tell."""
    return Head(sequence=row[0], hash=row[1], at=read_instant(row[2]) if row[2] else None)


def new_process(session: Session, municipality: str, wanted: str) -> Scope:
    """A head for a new process: named as wanted, or with -2, -3 … where that name is taken."""
    beginning = f"{wanted}-"
    names = {"municipality": municipality, "key": wanted, "beginning": beginning, "length": len(beginning)}
    taken = {row[0] for row in session.all(KEYS_LIKE, names)}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    key = next(name for name in (wanted, *numbered) if name not in taken)
    row = session.one(NEW_HEAD, {"municipality": municipality, "key": key})
    assert row is not None
    return Scope(municipality, row[0], key)


def new_municipality(session: Session, municipality: str) -> None:
    """The municipality has a record, still empty."""
    session.run(NEW_MUNICIPALITY, {"municipality": municipality})


# --- events -------------------------------------------------------------------------------------------------------

ADD_EVENT = """
    insert into event (municipality_id, record, process_id, seq, type, at, hash, body)
    values (:municipality, :record, :process, :seq, :type, :at, :hash, :body)"""
EVENTS_OF_PROCESS = "select body from event where process_id = :process and seq > :after order by seq"
LAST_EVENTS = """
    select e.process_id, e.body from process_head h join event e on e.process_id = h.id and e.seq = h.seq
    where h.id in {ids}"""
EVENTS_OF_MUNICIPALITY = """
    select body from event
    where municipality_id = :municipality and process_id is null and seq > :after order by seq"""


def append(
    session: Session,
    municipality: str,
    process: Scope | None,
    events: Sequence[Stored],
    wakes_at: dt.datetime | None = None,
) -> None:
    """The events stand in their record, and its head is the last of them; at `wakes_at` the clock looks at it."""
    common = {
        "municipality": municipality,
        "record": "process" if process else "municipality",
        "process": process.id if process else None,
    }
    rows = [{**common, "seq": s.sequence, "type": s.type, "at": s.at, "hash": s.hash, "body": s.body} for s in events]
    _each(session, ADD_EVENT, rows)
    last = events[-1]
    head = {"seq": last.sequence, "hash": last.hash, "at": last.at}
    if process and wakes_at:
        session.run(MOVE_HEAD_AND_WAKE, {**head, "id": process.id, "wakes_at": instant_text(wakes_at)})
    elif process:
        session.run(MOVE_HEAD, {**head, "id": process.id})
    else:
        session.run(MOVE_MUNICIPALITY, {**head, "id": municipality})


def events_of(session: Session, process: int, after: int = 0) -> Iterable[Recorded]:
    """A process's events after a place in its record, in order."""
    return (read(row[0]) for row in session.all(EVENTS_OF_PROCESS, {"process": process, "after": after}))


def last_events(session: Session, processes: Collection[int]) -> dict[int, Recorded]:
    """The last event of each process, by number."""
    rows = session.all(LAST_EVENTS, {"ids": json.dumps(list(processes))})
    return {row[0]: read(row[1]) for row in rows}


def municipality_events(session: Session, municipality: str, after: int = 0) -> Iterable[Recorded]:
    """The municipality's own events after a place in its record, in order."""
    rows = session.all(EVENTS_OF_MUNICIPALITY, {"municipality": municipality, "after": after})
    return (read(row[0]) for row in rows)


# --- the tables made from events ----------------------------------------------------------------------------------

PARTS_IN, STANCES_IN = (sql.replace("= :process", "in {ids}") for sql in (PARTS, STANCES))


def state_of(session: Session, process: int) -> Process:
    """The process as it is stored."""
    of = {"process": process}
    return read_state(session.all(PARTS, of), session.all(STANCES, of))


def with_rounds_of_passing(session: Session, process: int, state: Process) -> Process:
    """The process with the rounds in which its phases passed."""
    of = {"process": process}
    return with_ended_rounds(state, session.all(ENDED_ROUNDS, of), session.all(ENDED_STANCES, of))


def states_of(session: Session, processes: Collection[int]) -> dict[int, Process]:
    """Several processes as they are stored, by number."""
    if not processes:
        return {}
    ids = {"ids": json.dumps(list(processes))}
    parts, said = (
        {id_: list(rows) for id_, rows in groupby(session.all(sql, ids), key=itemgetter(0))}
        for sql in (PARTS_IN, STANCES_IN)
    )
    return {id_: read_state(rows, said.get(id_, ())) for id_, rows in parts.items()}


def write(session: Session, scope: Scope, writes: Iterable[Write]) -> None:
    """The rows are as the writes say."""
    common = {"municipality_id": scope.municipality, "process_id": scope.id}
    for shape, alike in groupby(writes, key=_shape):
        _each(session, _sql(*shape), [{**common, **write.key, **write.values} for write in alike])


def _shape(write: Write) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    return write.how, write.table, tuple(write.key), tuple(write.values)


@lru_cache(maxsize=256)
def _sql(how: str, table: str, key: tuple[str, ...], values: tuple[str, ...]) -> str:
    """The statement that writes rows of this shape. Names come from `projection.py`, never from outside."""
    keys = ("process_id", *key)
    where = " and ".join(f"{column} = :{column}" for column in keys)
    if how == "gone":
        return f"delete from {table} where {where}"
    if how == "change":
        return f"update {table} set {', '.join(f'{column} = :{column}' for column in values)} where {where}"
    columns = ("municipality_id", *keys, *values)
    then = (
        f"do update set {', '.join(f'{column} = excluded.{column}' for column in values)}" if values else "do nothing"
    )
    return (
        f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{column}' for column in columns)}) "
        f"on conflict ({', '.join(keys)}) {then}"
    )


# --- duties and reminders -----------------------------------------------------------------------------------------

PUT_DUTY = """
    insert into duty
        (process_id, duty, municipality_id, kind, due, item, phase, round, seat, working_group, person, since)
    values (:process, :duty, :municipality, :kind, :due, :item, :phase, :round, :seat, :group, :person, :since)
    on conflict (process_id, duty) do update set
        kind = excluded.kind, due = excluded.due, item = excluded.item, phase = excluded.phase, round = excluded.round,
        seat = excluded.seat, working_group = excluded.working_group, person = excluded.person,
        since = excluded.since"""
PUT_REMINDER = """
    insert into reminder (process_id, duty, step, municipality_id, audience, due_at, state)
    values (:process, :duty, :step, :municipality, :audience, :due_at, 'planned')
    on conflict (process_id, duty, step) do update set audience = excluded.audience, due_at = excluded.due_at
    where reminder.state = 'planned'"""
DROP_DUTY = "delete from duty where process_id = :process and duty = :duty"
VOID_REMINDERS = "delete from reminder where process_id = :process and duty = :duty and state = 'planned'"
VOID_REMINDER = """
    delete from reminder where process_id = :process and duty = :duty and step = :step and state = 'planned'"""


def write_plan(session: Session, scope: Scope, difference: Difference) -> None:
    """Open duties and planned reminders are as the difference says; what fell due stays."""
    gone = [{"process": scope.id, "duty": key} for key in difference.removed]
    _each(session, VOID_REMINDERS, gone)
    _each(session, DROP_DUTY, gone)
    _each(session, VOID_REMINDER, [{"process": scope.id, "duty": d, "step": s} for d, s in difference.void])
    _each(session, PUT_DUTY, [_duty(scope, key, duty) for key, duty in difference.changed.items()])
    _each(
        session,
        PUT_REMINDER,
        [
            {
                "process": scope.id,
                "municipality": scope.municipality,
                "duty": key,
                "step": step.key,
                "audience": step.to.value,
                "due_at": instant_text(step.at),
            }
            for key, duty in difference.changed.items()
            for step in duty.steps
        ],
    )


def _duty(scope: Scope, key: str, duty: PlannedDuty) -> dict[str, Any]:
    return {
        "process": scope.id,
        "municipality": scope.municipality,
        "duty": key,
        "kind": duty.kind.value,
        "due": duty.due.isoformat(),
        "item": duty.item,
        "phase": duty.phase,
        "round": duty.round,
        "seat": duty.seat,
        "group": duty.group,
        "person": duty.person,
        "since": duty.since.isoformat() if duty.since else None,
    }


# --- effects, personal values -------------------------------------------------------------------------------------

OWE = """
    insert into outbox (municipality_id, process_id, key, kind, payload, state, attempt, not_before, created_at)
    values (:municipality, :process, :key, :kind, :payload, 'owed', 0, :at, :at)"""
KEEP = """
    insert into personal (municipality_id, commitment, salt, value, given_by, process_id)
    values (:municipality, :commitment, :salt, :value, :given_by, :process)
    on conflict (municipality_id, commitment) do nothing"""

FORGET = "delete from personal where municipality_id = :municipality and commitment = :commitment"


def owe(session: Session, scope: Scope, owed: Sequence[Owed], now: dt.datetime) -> None:
    """The effects are owed from now on."""
    if not owed:
        return
    common = {"municipality": scope.municipality, "process": scope.id, "at": instant_text(now)}
    _each(session, OWE, [{**common, "key": o.key, "kind": o.kind, "payload": canonical(o.payload)} for o in owed])


def keep(
    session: Session, municipality: str, process: Scope | None, kept: Iterable[Kept], events: Sequence[Stored], by: str
) -> None:
    """The personal values whose commitments stand in the events are kept beside the record; others are dropped."""
    common = {"municipality": municipality, "process": process.id if process else None, "given_by": by}
    rows = [
        {**common, "commitment": k.commitment, "salt": k.salt, "value": k.value}
        for k in kept
        if any(k.commitment in event.body for event in events)
    ]
    _each(session, KEEP, rows)


def forget(session: Session, municipality: str, commitments: Iterable[str]) -> None:
    """The values behind the commitments are gone; the commitments stay in the record."""
    session.many(FORGET, [{"municipality": municipality, "commitment": commitment} for commitment in commitments])


def _each(session: Session, sql: str, rows: Sequence[dict[str, Any]]) -> None:
    if len(rows) == 1:
        session.run(sql, rows[0])
    elif rows:
        session.many(sql, rows)
