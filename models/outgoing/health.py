"""How an installation is doing: which parts live, how old their last sign of life is, what waits and for how long.

Counts, ages and states only, nothing of any person or matter: it is shown to whoever watches the machines. Parts show
that they live by the machine's clock; what they carry out goes by the installation's, which may show another time.
"""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from models.errors import EtappiError
from models.outgoing.heartbeat import (
    ALIVE,
    BACKUP,
    READY,
    TICK,
    WORKER,
    beats,
    unmade_backup,
    workers_ready,
)
from models.outgoing.outbox import waiting_since
from models.outgoing.urgent import SILENT
from models.record import instant_text, read_instant
from models.release import RELEASE
from models.storage.database import Database, Session

LATE = dt.timedelta(minutes=10)  # an effect that has waited so long tells that something is wrong
PARTS = ("clock", "courier")
BACKUP_FAILS = "The last nightly backup did not come about; the clock's log says why."

STATES = "select kind, state, count(*) from outbox where state <> 'done' group by kind, state order by kind, state"
OVERDUE = """
    select count(*) from process_head join reminder on process_id = id
    where wakes_at <= :now and state = 'planned' and due_at <= :now"""
PROCESSES = "select status, count(*) from process group by status order by status"


class Pulse(NamedTuple):
    """What there is to count."""

    ages: dict[str, float]  # seconds since each part last showed that it lives, workers taken together
    workers: int  # that can carry something out
    ready: bool  # whether the engine room answers, as far as couriers and workers know
    effects: Counter[tuple[str, str]]  # by kind and state, of those not done
    waited: float  # seconds for which the effect that is due and has waited longest has waited
    overdue: int  # reminders whose time has come and that no clock has taken up
    processes: dict[str, int]  # by status
    backup_fails: bool  # whether the last nightly backup that was begun did not come about


class Health(NamedTuple):
    """Whether somebody should look, and where."""

    healthy: bool
    trouble: tuple[str, ...]  # what is wrong, in plain words
    database: bool
    clock_seconds: float | None  # since the clock last showed that it lives; None: it never has
    courier_seconds: float | None
    engine_room: bool
    waited_seconds: float | None
    failed: int | None  # effects that were given up
    release: str


def pulse(session: Session, now: dt.datetime, machine: dt.datetime) -> Pulse:
    """How the installation is doing now, by its own clock and the machine's."""
    ages: dict[str, float] = {}
    ready = False
    lived = beats(session)
    for one in lived:
        part = one.part.partition(":")[0] if one.part.startswith(WORKER) else one.part
        if part in (*PARTS, TICK, "worker", BACKUP):
            age = max(0.0, ((now if part == BACKUP else machine) - one.at).total_seconds())
            ages[part] = min(age, ages.get(part, age))
            ready |= one.note == READY and age < ALIVE.total_seconds()
    since = waiting_since(session, now)
    overdue = session.one(OVERDUE, {"now": instant_text(now)})
    return Pulse(
        ages=ages,
        workers=workers_ready(session, machine),
        ready=ready,
        effects=Counter({(row[0], row[1]): int(row[2]) for row in session.all(STATES)}),
        waited=max(0.0, (now - read_instant(since)).total_seconds()) if since else 0.0,
        overdue=int(overdue[0]) if overdue else 0,
        processes={row[0]: int(row[1]) for row in session.all(PROCESSES)},
        backup_fails=unmade_backup(lived, now) is not None,
    )


def health(database: Database, now: dt.datetime, machine: dt.datetime) -> Health:
    """Whether all is well. A database that does not answer is told of like anything else."""
    try:
        with database.reading() as session:
            found = pulse(session, now, machine)
    except EtappiError:
        return Health(False, ("The database does not answer.",), False, None, None, False, None, None, RELEASE)
    failed = sum(count for (_, state), count in found.effects.items() if state == "failed")
    trouble = [_silent(part, found.ages.get(part)) for part in PARTS]
    if not trouble[0] and found.ages.get(TICK, 0.0) > SILENT.total_seconds():
        trouble.append(f"The clock lives, but last looked what is due {found.ages[TICK] / 60:.0f} minutes ago.")
    if found.waited > LATE.total_seconds():
        why = "" if found.ready else "; the engine room does not answer"
        trouble.append(f"Something has waited for {found.waited / 60:.0f} minutes to be carried out{why}.")
    if failed:
        trouble.append(f"Given up after ten attempts: {failed}; etappi status says what, etappi retry tries again.")
    if found.backup_fails:
        trouble.append(BACKUP_FAILS)
    return Health(
        healthy=not any(trouble),
        trouble=tuple(filter(None, trouble)),
        database=True,
        clock_seconds=found.ages.get("clock"),
        courier_seconds=found.ages.get("courier"),
        engine_room=found.ready,
        waited_seconds=found.waited,
        failed=failed,
        release=RELEASE,
    )


def _silent(part: str, age: float | None) -> str | None:
    if age is None:
        return f"No {part} has ever run here."
    return f"The {part} last ran {age:.0f} seconds ago." if age > ALIVE.total_seconds() else None
