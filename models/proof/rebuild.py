"""The tables that are made from events, made again from them. Personal values, drafts, files, effects owed and the
message log are left alone."""

from typing import Any

from models.duties.planning import Difference
from models.errors import Broken, NotFound
from models.events import ProcessCreated, Recorded
from models.municipality.decide import evolve_directory
from models.municipality.directory import Directory
from models.proof.named import Named
from models.proof.replay import PROJECTED, Replay, replay
from models.record import Head, RecordName, chain_breaks, instant_text, read
from models.storage import store, stored_texts
from models.storage.calendars_then import CalendarsThen
from models.storage.database import Database, Session
from models.storage.file_rows import PUT_USE
from models.storage.municipality_saving import PUT_PERSON
from models.storage.store import Scope

MUNICIPALITIES = "select id from municipality order by id"
WAKE = """
    update process_head set wakes_at =
        (select min(due_at) from reminder where process_id = :process and state = 'planned') where id = :process"""
PROCESSES = "select id, key from process_head where municipality_id = :municipality order by id"
EVENTS = "select seq, body, hash from event where process_id = :process order by seq"
OWN_EVENTS = """
    select seq, body, hash from event where municipality_id = :municipality and process_id is null order by seq"""
FILL_REMINDER = """
    insert into reminder (process_id, duty, step, municipality_id, audience, due_at, state, fell_due)
    values (:process, :duty, :step, :municipality, :audience, :due_at, :state, :fell_due)"""


def rebuild(database: Database, municipality: str | None = None) -> int:
    """How many processes were told again: each, like each municipality's own tables, in a transaction of its own.

    Raises Broken for a record that does not hold, NotFound for a municipality that is not there.
    """
    with database.reading() as session:
        towns = [row[0] for row in session.all(MUNICIPALITIES) if municipality in (None, row[0])]
        processes = {town: session.all(PROCESSES, {"municipality": town}) for town in towns}
    if municipality is not None and not towns:
        raise NotFound(what="municipality", name=municipality)
    for town, found in processes.items():
        for id_, key in found:
            with database.transaction() as session:
                session.lock(town)
                _process(session, Scope(town, id_, key))
        with database.transaction() as session:
            session.lock(town, alone=True)
            _municipality(session, town)
    return sum(len(found) for found in processes.values())


# --- a process ----------------------------------------------------------------------------------------------------


def _process(session: Session, scope: Scope) -> None:
    _, head = store.lock_process_by_id(session, scope.municipality, scope.id)
    record = [recorded for _, recorded in _record(session, scope, head)]
    created = record[0].event if record else None
    if not isinstance(created, ProcessCreated):
        raise Broken(what=f"the record of {scope.key} does not begin with its creation")
    calendars = CalendarsThen(session, scope.municipality, store.municipality_events(session, scope.municipality))
    definition = stored_texts.definition(session, scope.municipality, created.definition)
    told = replay(definition, calendars, record)
    for table in (*PROJECTED, "duty", "reminder"):
        session.run(f"delete from {table} where process_id = :process", {"process": scope.id})
    store.write(session, scope, told.final_writes())
    duties = {key: duty._replace(steps=()) for key, duty in told.duties.items()}
    store.write_plan(session, scope, Difference(duties, (), ()))
    session.many(FILL_REMINDER, _reminders(scope, told))
    session.run(WAKE, {"process": scope.id})


def _record(session: Session, scope: Scope, head: Head) -> list[tuple[str, Recorded]]:
    """The texts and events of a process's record. Raises Broken where its chain does not hold."""
    rows = session.all(EVENTS, {"process": scope.id})
    return _read(RecordName("process", scope.municipality, scope.key), rows, head)


def _read(name: RecordName, rows: list[Any], head: Head) -> list[tuple[str, Recorded]]:
    for number, what in chain_breaks(name, rows, head):
        raise Broken(what=f"{name.id}, event {number}: {what}. Nothing is made again from a broken record")
    return [(body, read(body)) for _, body, _ in rows]


def _reminders(scope: Scope, told: Replay) -> list[dict[str, Any]]:
    return [
        {
            "process": scope.id,
            "municipality": scope.municipality,
            "duty": duty,
            "step": step,
            "audience": reminder.to.value,
            "due_at": instant_text(reminder.at),
            "state": "planned" if reminder.fell_due is None else "due",
            "fell_due": reminder.fell_due,
        }
        for (duty, step), reminder in told.reminders.items()
    ]


# --- a municipality -----------------------------------------------------------------------------------------------


def _municipality(session: Session, town: str) -> None:
    """The people in the directory, and where files are used."""
    own, named = {"municipality": town}, Named()
    head = store.municipality_head(session, town)
    assert head is not None, "it was listed"
    directory: Directory | None = None
    for body, recorded in _read(RecordName("municipality", town, town), session.all(OWN_EVENTS, own), head):
        directory = evolve_directory(directory, recorded)
        named.add(body, recorded, None)
    for id_, key in session.all(PROCESSES, own):
        scope = Scope(town, id_, key)
        _, process_head = store.lock_process_by_id(session, town, id_)
        for body, recorded in _record(session, scope, process_head):
            named.add(body, recorded, scope)
    session.run("delete from person where municipality_id = :municipality", own)
    people = directory.people if directory else {}
    session.many(PUT_PERSON, [{**own, "person": key, **person.model_dump()} for key, person in people.items()])
    session.run("delete from file_use where municipality_id = :municipality", own)
    uses = named.uses(session, town)
    session.many(PUT_USE, [{**own, "sha256": sha, "used_in": at, "process": p} for (sha, at), p in uses.items()])
