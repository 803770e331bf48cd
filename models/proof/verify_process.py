"""Whether the rows made from a process's events are those that its record gives when it is told again."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from models.canonical import sha256
from models.definitions.definition import Definition
from models.errors import Broken
from models.events import ProcessCreated, Recorded
from models.proof.replay import PROJECTED, Replay, replay
from models.proof.verified import Verified
from models.record import instant_text
from models.storage.calendars_then import CalendarsThen
from models.storage.database import Session
from models.storage.projection_row import Columns
from models.storage.store import Scope
from models.storage.stored_texts import DEFINITION

NAMED_BY_HASH = ("manifest", "package")

DUTIES = """
    select duty, municipality_id, kind, due, item, phase, round, seat, working_group, person, since
    from duty where process_id = :process"""
REMINDERS = """
    select duty, step, municipality_id, audience, due_at, state, fell_due from reminder where process_id = :process"""
WAKES = "select wakes_at from process_head where id = :process"


def check_process(
    session: Session, told: Verified, scope: Scope, events: list[Recorded], calendars: CalendarsThen
) -> None:
    """Every row about the process is what its events say. Raises whatever a record that cannot be told again does."""
    created = events[0].event
    if not isinstance(created, ProcessCreated):
        raise Broken(what=f"the record of {scope.key} does not begin with its creation")
    again = replay(_definition(session, scope.municipality, created.definition), calendars, events)
    rows = again.rows
    for table in PROJECTED:
        mine = {row[1]: columns for row, columns in rows.items() if row[0] == table}
        compare(told, f"{scope.key}, {table}", *_stored(session, scope, table, mine))
        if table in NAMED_BY_HASH:
            _check_hashes(told, scope, table, mine)
    told.packages += sum(table == "package" for table, _ in rows)
    _check_plan(session, told, scope, again)


def compare(told: Verified, place: str, expected: dict[Any, Any], stored: dict[Any, Any]) -> None:
    """The stored rows, by key, are those expected."""
    told.rows += len(expected)
    for row in expected.keys() | stored.keys():
        if expected.get(row) != stored.get(row):
            what = "was added" if row not in expected else "is missing" if row not in stored else "was changed"
            told.found(f"{place} {_name(row)}".strip(), f"the row {what}: it is not what the record says")


def _name(row: Any) -> str:
    if isinstance(row, tuple):
        return " ".join(str(part[1]) if isinstance(part, tuple) else str(part) for part in row)
    return str(row)


def _definition(session: Session, municipality: str, hash_: str) -> Definition:
    row = session.one(DEFINITION, {"municipality": municipality, "sha256": hash_})
    if row is None or sha256(row[0]) != hash_:
        raise Broken(what=f"the definition {hash_[:12]} it runs by is missing or was changed")
    return _parsed(row[0])


@lru_cache(maxsize=64)
def _parsed(text: str) -> Definition:
    return Definition.model_validate_json(text)


def _stored(
    session: Session, scope: Scope, table: str, expected: dict[Any, Columns]
) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """What is expected and what is stored in a table of the process, in comparable form."""
    if not expected:
        row = session.one(f"select count(*) from {table} where process_id = :process", {"process": scope.id})
        return {}, {"rows": row[0]} if row and row[0] else {}
    key, columns = next(iter(expected.items()))
    names, values = [name for name, _ in key], list(columns)
    wanted = ", ".join([*names, "municipality_id", *values])
    rows = session.all(f"select {wanted} from {table} where process_id = :process", {"process": scope.id})
    stored = {tuple(zip(names, row, strict=False)): plain(row[len(names) :]) for row in rows}
    return {row: plain([scope.municipality, *[c[v] for v in values]]) for row, c in expected.items()}, stored


def plain(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values as both databases give them: truth as 0 and 1."""
    return tuple(int(value) if isinstance(value, bool) else value for value in values)


def _check_hashes(told: Verified, scope: Scope, table: str, made: dict[Any, Columns]) -> None:
    """The texts that the events name are those that the record makes: nobody wrote another name into an event."""
    for key, columns in made.items():
        name = str(dict(key)["sha256"])
        if sha256(columns["body"]) != name:
            told.found(f"{scope.key}, {table} {name}", "the record does not make the text that it names by this hash")


def _check_plan(session: Session, told: Verified, scope: Scope, again: Replay) -> None:
    duties = {
        duty: (
            scope.municipality,
            planned.kind.value,
            planned.due.isoformat(),
            planned.item,
            planned.phase,
            planned.round,
            planned.seat,
            planned.group,
            planned.person,
            planned.since.isoformat() if planned.since else None,
        )
        for duty, planned in again.duties.items()
    }
    stored = {row[0]: tuple(row[1:]) for row in session.all(DUTIES, {"process": scope.id})}
    compare(told, f"{scope.key}, duty", duties, stored)
    reminders = {
        name: (scope.municipality, r.to.value, instant_text(r.at), "due" if r.fell_due else "planned", r.fell_due)
        for name, r in again.reminders.items()
    }
    found = {(row[0], row[1]): tuple(row[2:]) for row in session.all(REMINDERS, {"process": scope.id})}
    compare(told, f"{scope.key}, reminder", reminders, found)
    _check_waking(session, told, scope, again)


def _check_waking(session: Session, told: Verified, scope: Scope, again: Replay) -> None:
    """The clock looks at the process no later than its first reminder falls due; sooner does no harm."""
    first = min((instant_text(r.at) for r in again.reminders.values() if r.fell_due is None), default=None)
    row = session.one(WAKES, {"process": scope.id})
    wakes_at = row[0] if row else None
    if first is not None and (wakes_at is None or wakes_at > first):
        told.found(f"{scope.key}, process_head", "the clock would miss its first reminder; `etappi rebuild` mends it")
