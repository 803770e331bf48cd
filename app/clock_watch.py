"""Whether the clock ticks, and who is told when it does not: the administrators, once for each silence.

Any part that lives looks, so that a clock that has died, or hangs, does not go unnoticed with its reminders.
"""

from models.days.calendar import local_date
from models.machine_clock import clock_of_the_machine
from models.outgoing.heartbeat import TICK, beat
from models.outgoing.urgent import LAST_TICKED, TOWNS, first_to_say, owe_alarm, stopped_since
from models.record import read_instant
from models.storage import store
from tasks.installation import Installation


def tick(installation: Installation) -> None:
    """Everything that has fallen due is owed to be told, and the clock has shown that it ticks."""
    installation.engine.tick()
    with installation.database.transaction() as session:
        beat(session, TICK, clock_of_the_machine())


def notice_silence(installation: Installation) -> int:
    """Where the clock has stopped and nobody has said so yet, its administrators are told; how many."""
    now = clock_of_the_machine()
    with installation.database.reading() as session:
        row = session.one(LAST_TICKED)
    if row is None or not stopped_since(row[0], now):
        return 0
    with installation.database.transaction() as session:
        if not first_to_say(session, row[0], now):
            return 0
        told = 0
        for (town,) in session.all(TOWNS):
            head = store.municipality_head(session, town)
            if head is None:
                continue
            directory = installation.engine.worlds.directory(session, town, head.sequence)
            at = installation.engine.clock()
            told += owe_alarm(session, directory, read_instant(row[0]), at, local_date(at))
    return told
