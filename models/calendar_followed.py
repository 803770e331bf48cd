"""Processes follow the municipality's calendar: what they owe, and when people are told, is planned by the new one."""

from collections.abc import Iterable

from models.acting import Acting
from models.commands import Command, FollowCalendar
from models.duties.planning import plan
from models.events import Recorded
from models.municipality.directory import Directory
from models.municipality.events import CalendarSet
from models.receipts import Asked
from models.storage import store
from models.storage.database import Session
from models.storage.saving import Saved
from models.words import ProcessStatus

RUNNING = """
    select process_id from process where municipality_id = :municipality and status = :running order by process_id"""


def follow_calendar(
    session: Session, acting: Acting, municipality: str, directory: Directory, events: Iterable[Recorded]
) -> list[Saved]:
    """Where the events set another calendar, the running processes whose plan it moves have followed it.

    They are locked in the order of their numbers. Raises NotFound, Broken.
    """
    changes = [recorded.event for recorded in events if isinstance(recorded.event, CalendarSet)]
    running = {"municipality": municipality, "running": ProcessStatus.RUNNING.value}
    saved = []
    for change in changes:
        was, is_ = (
            acting.worlds.calendar_named(session, municipality, hash_) for hash_ in (change.before, change.hash)
        )
        for (process,) in session.all(RUNNING, running):
            scope, head = store.lock_process_by_id(session, municipality, process)
            state = acting.worlds.process(session, scope, head)
            definition = acting.worlds.definition(session, municipality, state.definition)
            if plan(state, definition, was) != plan(state, definition, is_):
                command: Command = FollowCalendar(former=change.before, hash=change.hash)
                asked = Asked(command, (), "directory", channel="directory")
                saved.append(acting.act(session, scope, head, directory, asked))
    return saved
