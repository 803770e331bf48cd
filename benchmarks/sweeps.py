"""Reminders that fall due among a million: the tick and what it has put out, against a bare sweep of as many rows.

Ours finds and decides them, records them, combines what each person is told into messages and owes the messages.
"""

import datetime as dt
import json
import random
import resource
import time

from benchmarks.copies import copied
from benchmarks.places import Place, files
from benchmarks.plan import bench_copy
from benchmarks.results import Results, Sizes
from benchmarks.timing import Times
from benchmarks.town import Town
from models.outgoing import outbox
from models.outgoing.addressing import Addressing
from models.record import instant_text
from models.storage.database import Session

SEATS = 8
HELD = dt.timedelta(minutes=10)  # a message waits so long for what else there is to tell
LEASE = 120.0  # seconds
AT_ONCE = 500  # effects, as the courier takes them up
IDLE_TICKS = 300

STEP = "state = 'planned' and duty like 'stance:%' and step like '-%:holder:%'"
COUNT = f"select count(*), sum(case when {STEP} then 1 else 0 end) from reminder where state = 'planned'"
FALL_DUE = f"update reminder set due_at = :now where process_id in {{ids}} and {STEP}"
NUMBERS = "select id from process_head where key <> :key"
ITEMS = "select count(*) from message_item"


def measure_sweep(place: Place, sizes: Sizes, results: Results) -> None:
    """One step of the ladder falls due for all seats of many rounds at once, as on a morning at nine."""
    town = Town(place.database("sweep"), files(place), bench_copy(), SEATS, addresses=True)
    prepared = town.to_first_round()
    _put_out(town)
    with town.engine.database.reading() as session:
        ((each, of_step),) = session.all(COUNT)
        ((before,),) = session.all(ITEMS)
    few = _idle_ticks(town)
    copied(town.engine.database, prepared, sizes.pending // each)
    town.engine.database.close()
    many = _idle_ticks(town)
    results.compare(f"{place.name}_idle_tick", many, few, IDLE_TICKS)
    with town.engine.database.transaction() as session:
        due = of_step * _fall_due(session, town, prepared, sizes.falling_due // of_step)
    bare = place.sweep(sizes.pending, due)
    theirs = bare.rate()
    bare.close()
    peak = _peak()
    begun = time.perf_counter()
    assert town.engine.tick().reminders == due
    ticked = time.perf_counter()
    _put_out(town)
    done = time.perf_counter()
    results.note(place.name, "sweep_memory_mb", _peak() - peak)
    with town.engine.database.reading() as session:
        ((told,),) = session.all(ITEMS)
        assert told - before == due, f"{told - before} of {due} are told"
    ours = due / (done - begun)
    results.ratios[f"{place.name}_sweep"] = round(ours / theirs, 3)
    results.note(place.name, "sweep_reminders_per_s", ours)
    results.note(place.name, "tick_reminders_per_s", due / (ticked - begun))
    results.note(place.name, "bare_sweep_rows_per_s", theirs)
    town.engine.database.close()


def _fall_due(session: Session, town: Town, prepared: str, rounds: int) -> int:
    """In so many of the copies a step of the stances' ladder is due now; how many they are."""
    numbers = [row[0] for row in session.all(NUMBERS, {"key": prepared})]
    chosen = random.Random(rounds).sample(numbers, min(rounds, len(numbers)))
    session.run(FALL_DUE, {"ids": json.dumps(chosen), "now": instant_text(town.engine.clock())})
    return len(chosen)


def _put_out(town: Town) -> None:
    """What has fallen due stands in messages that are owed, as the courier sees to it."""
    engine, addressing = town.engine, Addressing(town.engine, HELD)
    while True:
        with engine.database.transaction() as session:
            leased = outbox.lease(session, "notify", AT_ONCE, engine.clock(), LEASE)
        if not leased:
            return
        addressing.tell(*leased)


def _idle_ticks(town: Town) -> Times:
    """Ticks with nothing due."""
    town.engine.tick()
    times = Times()
    for _ in range(IDLE_TICKS):
        times.of(town.engine.tick)
    return times


def _peak() -> float:
    """The most memory this process has had so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
