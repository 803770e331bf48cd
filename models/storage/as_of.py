"""A process as one of its events left it, whatever has happened since."""

from models.errors import Broken
from models.events import Recorded
from models.evolve import evolve
from models.process import Process
from models.record import Head
from models.storage import store
from models.storage.database import Session
from models.storage.store import Scope
from models.storage.worlds import Worlds


def as_of(session: Session, worlds: Worlds, scope: Scope, head: Head, sequence: int) -> tuple[Recorded, Process]:
    """The event of that sequence, and the process after it. Raises Broken where the record has no such event."""
    if sequence == head.sequence:
        (last,) = store.events_of(session, scope.id, sequence - 1)
        return last, worlds.process(session, scope, head)
    process: Process | None = None
    for recorded in store.events_of(session, scope.id):
        process = evolve(process, recorded)
        if recorded.sequence == sequence:
            return recorded, process
    raise Broken(what=f"the record of {scope.key} has no event {sequence}")
