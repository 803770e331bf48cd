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
FEW = 10  # processes, beside the many
IDLE_BLOCK, IDLE_BLOCKS = 20, 30  # ticks with nothing due

STEP = "state = 'planned' and duty like 'stance:%' and step like '-%:holder:%'"
COUNT = f"select count(*), sum(case when {STEP} then 1 else 0 end) from reminder where state = 'planned'"
FALL_DUE = f"update reminder set due_at = :now where process_id in {{ids}} and {STEP}"
WAKE = "update process_head set wakes_at = :now where id in {ids}"
NUMBERS = "select id from process_head where key <> :key"
ITEMS = "select count(*) from message_item"


def measure_sweep(place: Place, sizes: Sizes, results: Results) -> None:
    """One step of the ladder falls due for all seats of many rounds at once, as on a morning at nine."""
    town, prepared = _asked(place, "sweep")
    few, alone = _asked(place, "idle")
    copied(few.engine.database, alone, FEW)
    with town.engine.database.reading() as session:
        ((each, of_step),) = session.all(COUNT)
        ((before,),) = session.all(ITEMS)
    copied(town.engine.database, prepared, sizes.pending // each)
    town.engine.database.close()
    results.compare(f"{place.name}_idle_tick", *_idle_ticks(town, few), IDLE_BLOCK)
    few.engine.database.close()
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


def _asked(place: Place, name: str) -> tuple[Town, str]:
    """A town with one process whose seats are all asked, and the process's name; what was to be told is in messages."""
    town = Town(place.database(name), files(place), bench_copy(), SEATS, addresses=True)
    prepared = town.to_first_round()
    _put_out(town)
    return town, prepared


def _fall_due(session: Session, town: Town, prepared: str, rounds: int) -> int:
    """In so many of the copies a step of the stances' ladder is due now; how many they are."""
    numbers = [row[0] for row in session.all(NUMBERS, {"key": prepared})]
    chosen = random.Random(rounds).sample(numbers, min(rounds, len(numbers)))
    now = instant_text(town.engine.clock())
    for statement in (FALL_DUE, WAKE):
        session.run(statement, {"ids": json.dumps(chosen), "now": now})
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


def _idle_ticks(many: Town, few: Town) -> tuple[Times, Times]:
    """Ticks with nothing due in both towns, in turn."""
    times = Times(), Times()
    for town in (many, few):
        town.engine.tick()
    for _ in range(IDLE_BLOCKS):
        for town, taken in zip((many, few), times, strict=True):
            for _ in range(IDLE_BLOCK):
                taken.of(town.engine.tick)
    return times


def _peak() -> float:
    """The most memory this process has had so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
