"""The tables that are made from events, made again from them. Personal values, drafts, files, effects owed and the
message log are left alone."""

from typing import Any

from models import store, stored_texts
from models.calendars_then import CalendarsThen
from models.database import Database, Session
from models.errors import Broken
from models.events import ProcessCreated
from models.planning import Difference
from models.record import instant_text
from models.replay import PROJECTED, Replay, replay
from models.store import Scope
from models.verify import PROCESSES

MUNICIPALITIES = "select id from municipality where id = :municipality or :municipality is null order by id"
FILL_REMINDER = """
    insert into reminder (process_id, duty, step, municipality_id, audience, due_at, state, fell_due)
    values (:process, :duty, :step, :municipality, :audience, :due_at, :state, :fell_due)"""


def rebuild(database: Database, municipality: str | None = None) -> int:
    """How many processes were told again, each in a transaction of its own. Raises Broken for a broken record."""
    with database.reading() as session:
        towns = [row[0] for row in session.all(MUNICIPALITIES, {"municipality": municipality})]
        processes = {town: session.all(PROCESSES, {"municipality": town}) for town in towns}
    for town, found in processes.items():
        for id_, key, *_ in found:
            with database.transaction() as session:
                session.lock(town)
                _rebuild(session, Scope(town, id_, key))
    return sum(len(found) for found in processes.values())


def _rebuild(session: Session, scope: Scope) -> None:
    store.lock_process_by_id(session, scope.municipality, scope.id)
    record = list(store.events_of(session, scope.id))
    created = record[0].event if record else None
    if not isinstance(created, ProcessCreated):
        raise Broken(what=f"the record of {scope.key} does not begin with its creation")
    calendars = CalendarsThen(session, scope.municipality, store.municipality_events(session, scope.municipality))
    definition = stored_texts.definition(session, scope.municipality, created.definition)
    told = replay(definition, calendars.at, record)
    for table in (*PROJECTED[1:], "duty", "reminder"):
        session.run(f"delete from {table} where process_id = :process", {"process": scope.id})
    store.write(session, scope, told.final_writes())
    duties = {key: duty._replace(steps=()) for key, duty in told.duties.items()}
    store.write_plan(session, scope, Difference(duties, (), ()))
    session.many(FILL_REMINDER, _reminders(scope, told))


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
