"""A stance and a passing, against the bare durable transactions that write the same rows."""

from benchmarks.copies import copied
from benchmarks.places import Place, files
from benchmarks.plan import FOURTH, OUTPUTS, bench_copy
from benchmarks.results import Results, Sizes
from benchmarks.timing import Times
from benchmarks.town import TOWN, Town, passing, stance
from benchmarks.yardstick import Shape, Yardstick
from models.process import Process
from models.storage import store
from models.words import DutyKind

SEATS = 8  # in each of three groups
CHECKPOINT = 4
NO_STANCES = {"rounds": {"__all__": {"stances"}}}  # they are rows of their own
PLANNED = "select duty, step from reminder where process_id = :process and state = 'planned'"


def measure_acts(place: Place, sizes: Sizes, results: Results) -> None:
    """Rounds are gone through in turn, one of ours and one of the yardstick's."""
    town = Town(place.database("acts"), files(place), bench_copy(), SEATS)
    prepared = town.to_fourth_round()
    copies = copied(town.engine.database, prepared, sizes.parked)
    state = town.state(prepared)
    before = _planned(town, copies[-1])
    one_round(town, state, copies[-1], Times(), Times())
    yardstick = place.yardstick(_shape(town, next_steps=len(_planned(town, copies[-1]) - before)))
    bare = yardstick.park(sizes.parked, CHECKPOINT)
    our_stance, our_passing, bare_stance, bare_passing = Times(), Times(), Times(), Times()
    for ours, theirs in list(zip(copies, bare, strict=True))[: sizes.driven]:
        one_round(town, state, ours, our_stance, our_passing)
        _bare_round(yardstick, theirs, bare_stance, bare_passing)
    results.compare(f"{place.name}_stance", our_stance, bare_stance, yardstick.shape.seats)
    results.compare(f"{place.name}_passing", our_passing, bare_passing, 1)
    for name, times in (("stance", our_stance), ("passing", our_passing)):
        results.note(place.name, name, times)
    for name, times in (("bare_stance", bare_stance), ("bare_passing", bare_passing)):
        results.note(place.name, name, times)
    _count(place, town, state, copies[-2], results)
    yardstick.close()
    town.engine.database.close()


def _count(place: Place, town: Town, state: Process, process: str, results: Results) -> None:
    """How many statements an act is, and how many bytes the working set."""
    said: list[str] = []
    first, *others = state.rounds[FOURTH].seats
    town.act(process, stance(state, FOURTH, first), first)
    town.engine.database.watch = said.append
    for seat in others:
        after = town.act(process, stance(state, FOURTH, seat), seat).state
    results.note(place.name, "stance_statements", len(said) / len(others))
    results.note(
        place.name, "state_bytes", len(after.model_dump_json(exclude=NO_STANCES, exclude_defaults=True).encode())
    )
    said.clear()
    town.act(process, passing(after, FOURTH), "preparer")
    results.note(place.name, "passing_statements", len(said))
    town.engine.database.watch = None


def one_round(town: Town, state: Process, process: str, stances: Times, passings: Times) -> None:
    """Every seat accepts and the preparer states that the phase passes. `state`: as it stood before."""
    for seat in state.rounds[FOURTH].seats:
        command = stance(state, FOURTH, seat)
        after = stances.of(town.act, process, command, seat).state
    passings.of(town.act, process, passing(after, FOURTH), "preparer")


def _bare_round(yardstick: Yardstick, process: int, stances: Times, passings: Times) -> None:
    for seat in range(1, yardstick.shape.seats + 1):
        stances.of(yardstick.take_stance, process, CHECKPOINT, seat)
    passings.of(yardstick.passes, process, CHECKPOINT)


def _planned(town: Town, process: str) -> set[tuple[str, str]]:
    """The reminders that are planned in the process."""
    with town.engine.database.reading() as session:
        whose = store.find_process(session, TOWN, process)[0].id
        return {(row[0], row[1]) for row in session.all(PLANNED, {"process": whose})}


def _shape(town: Town, next_steps: int) -> Shape:
    """As many rows as our acts write: the ladders' steps are the reminders, `next_steps` those that passing plans."""
    steps = {ladder.duty: len(ladder.steps) for ladder in town.definition.ladders}
    return Shape(
        seats=sum(map(len, town.seats.values())),
        outputs=OUTPUTS,
        stance_steps=steps[DutyKind.STANCE],
        preparer_steps=steps[DutyKind.OUTCOME],
        next_steps=next_steps,
    )
