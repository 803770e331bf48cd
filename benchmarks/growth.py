"""Whether a stance costs the same when there are many processes, and when its record is long."""

import random

from benchmarks.copies import copied
from benchmarks.places import Place, files
from benchmarks.plan import bench_copy
from benchmarks.results import Results, Sizes
from benchmarks.timing import Times, in_blocks
from benchmarks.town import Town, stance
from models.commands import TakeStance
from models.words import StanceKind

SEATS = 8
BLOCK = 10
WARMING = 20  # acts before any time is taken
SHORT, LONG = 20, 2000  # events

Acts = list[tuple[str, TakeStance, str]]
"""A process, a command and who gives it."""


def measure_processes(place: Place, sizes: Sizes, results: Results) -> None:
    """Stances in random processes, each process once, so that none is known from before; among few and among many."""
    few, few_acts = _crowded(place, sizes.few, sizes.random)
    many, many_acts = _crowded(place, sizes.many, sizes.random)
    among_few, among_many = _alternating(few, few_acts, many, many_acts)
    name = f"{place.name}_growth_{sizes.many}"
    results.compare(name, among_many, among_few, BLOCK)
    results.note(place.name, f"stance_among_{sizes.few}", among_few)
    results.note(place.name, f"stance_among_{sizes.many}", among_many)


def _crowded(place: Place, count: int, acts: int) -> tuple[Town, Acts]:
    """A town with so many processes at their first checkpoint, and random stances in as many of them."""
    town = Town(place.database(f"among_{count}"), files(place), bench_copy(), SEATS)
    prepared = town.to_first_round()
    state = town.state(prepared)
    phase, round_ = next(iter(state.rounds.items()))
    chosen = random.Random(count).sample(copied(town.engine.database, prepared, count), acts + WARMING)
    seats = list(round_.seats)
    town.engine.database.close()
    return town, [
        (process, stance(state, phase, seats[number % len(seats)]), seats[number % len(seats)])
        for number, process in enumerate(chosen)
    ]


def measure_record(place: Place, sizes: Sizes, results: Results) -> None:
    """Stances in processes that stand alike, one kind with a record of 20 events, the other of 2,000."""
    town = Town(place.database("records"), files(place), bench_copy(), SEATS)
    short, long = _with_record(town, SHORT), _with_record(town, LONG)
    each = sizes.record_copies
    short_acts = _unsaid(town, short, copied(town.engine.database, short, each))
    long_acts = _unsaid(town, long, copied(town.engine.database, long, each))
    with_short, with_long = _alternating(town, short_acts, town, long_acts)
    results.compare(f"{place.name}_long_record", with_long, with_short, BLOCK)
    results.note(place.name, f"stance_after_{SHORT}_events", with_short)
    results.note(place.name, f"stance_after_{LONG}_events", with_long)
    town.engine.database.close()


def _with_record(town: Town, events: int) -> str:
    """A process at its first checkpoint with so many events: fifteen seats have spoken, again and again."""
    process = town.to_first_round()
    state = town.state(process)
    phase, round_ = next(iter(state.rounds.items()))
    length = town.length(process)
    said = list(round_.seats)[: SHORT - length]
    for number in range(events - length):
        turn, place = divmod(number, len(said))
        kind = StanceKind.ACCEPT if turn % 2 == 0 else StanceKind.ABSTAIN
        town.act(process, stance(state, phase, said[place], kind), said[place])
    return process


def _unsaid(town: Town, prepared: str, copies: list[str]) -> Acts:
    """The stances that are still owed in the copies, one process after the other."""
    state = town.state(prepared)
    phase, round_ = next(iter(state.rounds.items()))
    silent = [seat for seat in round_.seats if seat not in round_.stances]
    return [(process, stance(state, phase, seat), seat) for process in copies for seat in silent]


def _alternating(one: Town, acts: Acts, other: Town, other_acts: Acts) -> tuple[Times, Times]:
    """The times of both, taken in turn."""
    first, second = Times(), Times()
    for town, said in ((one, acts), (other, other_acts)):
        for process, command, person in said[:WARMING]:
            town.act(process, command, person)
    pairs = zip(in_blocks(acts[WARMING:], BLOCK), in_blocks(other_acts[WARMING:], BLOCK), strict=True)
    for block, other_block in pairs:
        for process, command, person in block:
            first.of(one.act, process, command, person)
        for process, command, person in other_block:
            second.of(other.act, process, command, person)
    return first, second
