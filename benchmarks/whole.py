"""Whole processes: the work that other engines were measured on, from the first opening to the decision."""

from benchmarks.places import Place, files
from benchmarks.plan import peers_process
from benchmarks.results import Results, Sizes
from benchmarks.timing import Times
from benchmarks.town import START, Town, passing, stance
from benchmarks.yardstick import Shape
from models.commands import OpenPhase, RecordHandling, Submit
from models.words import HandlingKind, HandlingOutcome

SHAPE = Shape(seats=3, outputs=1, stance_steps=1, preparer_steps=0, next_steps=3)


def measure_whole(place: Place, sizes: Sizes, results: Results) -> None:
    """5 phases, 4 checkpoints with 3 sign-offs each and a decision: 13 decisions and 4 handovers a process.

    Ours opens, submits and passes by acts of their own, because a person does each. The drafts are written before.
    """
    town = Town(place.database("whole"), files(place), peers_process(), seats=1)
    yardstick = place.yardstick(SHAPE)
    bare = yardstick.park(sizes.parked, 1)
    processes = [_drafted(town) for _ in range(sizes.whole + 1)]
    _goes_through(town, processes.pop())
    ours, theirs, events = Times(), Times(), 0
    for process, number in zip(processes, bare, strict=False):
        events -= town.length(process)
        ours.of(_goes_through, town, process)
        theirs.of(yardstick.whole, number)
        events += town.length(process)
    results.note(place.name, "whole_processes_per_s", 1000 / ours.median)
    results.note(place.name, "bare_whole_processes_per_s", 1000 / theirs.median)
    results.note(place.name, "events_per_s", events / sum(ours.taken) * 1000)
    yardstick.close()
    town.engine.database.close()


def _drafted(town: Town) -> str:
    """A process whose outputs are written up to the last checkpoint before the decision; its name."""
    process = town.create()
    for phase in town.definition.phases[:-1]:
        town.draft(process, phase.id, "Luonnos")
    return process


def _goes_through(town: Town, process: str) -> None:
    for phase in town.definition.phases[:-1]:
        town.act(process, OpenPhase(phase=phase.id), "coordinator")
        state = town.act(process, Submit(phase=phase.id), town.owner(phase.id)).state
        for seat in state.rounds[phase.id].seats:
            state = town.act(process, stance(state, phase.id, seat), seat).state
        town.act(process, passing(state, phase.id), "preparer")
    town.act(process, OpenPhase(phase=town.definition.phases[-1].id), "coordinator")
    decision = RecordHandling(
        body="valtuusto",
        kind=HandlingKind.DECISION,
        outcome=HandlingOutcome.APPROVED,
        date=START,
        plan="valtuuston-paatos",
    )
    state = town.act(process, decision, "coordinator").state
    assert state.decision is not None
