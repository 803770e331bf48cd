"""Reminders that fall due among a million: the tick and what it has put out, against a bare sweep of as many rows.

Ours finds and decides them, records them, combines what each person is told into messages and owes the messages.
"""

import datetime as dt
import json
import random
import resource
import time
from collections.abc import Sequence
from itertools import islice
from statistics import median
from typing import NamedTuple

from benchmarks.bare_sweep import SETTLE, BareSweep
from benchmarks.copies import copied
from benchmarks.places import Place, files
from benchmarks.plan import bench_copy
from benchmarks.results import Results, Sizes
from benchmarks.timing import Times
from benchmarks.town import Town
from models.outgoing import outbox
from models.outgoing.addressing import Addressing
from models.record import instant_text

SEATS = 8
HELD = dt.timedelta(minutes=10)  # a message waits so long for what else there is to tell
LEASE = 120.0  # seconds
AT_ONCE = 500  # effects, as the courier takes them up
FEW = 10  # processes, beside the many
TURNS = 3
IDLE_BLOCK, IDLE_BLOCKS = 20, 30  # ticks with nothing due

STEP = "state = 'planned' and duty like 'stance:%' and step like '-%:holder:%'"
COUNT = f"select count(*), sum(case when {STEP} then 1 else 0 end) from reminder where state = 'planned'"
FALL_DUE = f"update reminder set due_at = :now where process_id in {{ids}} and {STEP}"
WAKE = "update process_head set wakes_at = :now where id in {ids}"
NUMBERS = "select id from process_head where key <> :key"
ITEMS = "select count(*) from message_item"


def measure_sweep(place: Place, sizes: Sizes, results: Results) -> None:
    """One step of the ladder falls due for all seats of many rounds at once, as on a morning at nine.

    Both are taken in turn several times, as the bare sweep's own measure is, and the median counts.
    """
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
    rounds = sizes.falling_due // of_step
    bare = place.sweep(sizes.pending, of_step * rounds)
    peak = _peak()
    turns = [_turn(town, bare, lot, of_step) for lot in _lots(town, prepared, rounds)]
    results.note(place.name, "sweep_memory_mb", _peak() - peak)
    bare.close()
    with town.engine.database.reading() as session:
        ((told,),) = session.all(ITEMS)
    due = of_step * rounds * TURNS
    assert told - before == due, f"{told - before} of {due} are told"
    results.ratios[f"{place.name}_sweep"] = round(median(turn.ours / turn.bare for turn in turns), 3)
    results.note(place.name, "sweep_reminders_per_s", median(turn.ours for turn in turns))
    results.note(place.name, "tick_reminders_per_s", median(turn.tick for turn in turns))
    results.note(place.name, "bare_sweep_rows_per_s", median(turn.bare for turn in turns))
    town.engine.database.close()


class Turn(NamedTuple):
    """How many a second in one turn."""

    bare: float
    ours: float
    tick: float  # of ours, the tick alone


def _turn(town: Town, bare: BareSweep, lot: Sequence[int], of_step: int) -> Turn:
    """The bare sweep, and then ours of as many reminders, in the processes of the lot."""
    due = of_step * len(lot)
    bare.again()
    _fall_due(town, lot)
    theirs = bare.rate()
    begun = time.perf_counter()
    assert town.engine.tick().reminders == due
    ticked = time.perf_counter()
    _put_out(town)
    return Turn(theirs, due / (time.perf_counter() - begun), due / (ticked - begun))


def _asked(place: Place, name: str) -> tuple[Town, str]:
    """A town with one process whose seats are all asked, and the process's name; what was to be told is in messages."""
    town = Town(place.database(name), files(place), bench_copy(), SEATS, addresses=True)
    prepared = town.to_first_round()
    _put_out(town)
    return town, prepared


def _lots(town: Town, prepared: str, rounds: int) -> list[list[int]]:
    """The numbers of so many copies for each turn, no two alike."""
    with town.engine.database.reading() as session:
        numbers = [row[0] for row in session.all(NUMBERS, {"key": prepared})]
    chosen = iter(random.Random(rounds).sample(numbers, TURNS * rounds))
    return [list(islice(chosen, rounds)) for _ in range(TURNS)]


def _fall_due(town: Town, lot: Sequence[int]) -> None:
    """In these processes a step of the stances' ladder is due now."""
    database, now = town.engine.database, instant_text(town.engine.clock())
    with database.transaction() as session:
        for statement in (FALL_DUE, WAKE):
            session.run(statement, {"ids": json.dumps(lot), "now": now})
    connection = database.driver.connect()
    connection.execute(SETTLE[database.driver.name])
    connection.close()


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
