"""From the act that passes a checkpoint to the end of the next flow run, as Prefect tells it: embedded, and scaled.

Embedded the courier carries runs out in its own process, beside a Prefect server on SQLite; scaled two workers do, on
PostgreSQL, to whom two couriers hand over. The whole way is in it: act, outbox, courier, Prefect, flow.
"""

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from app.works import Works
from benchmarks import postgresql
from benchmarks.fleet import PATIENCE, ask, carried_out, fleet
from benchmarks.plan import bench_copy
from benchmarks.results import Results
from benchmarks.town import MORNING, Town, passing, stance
from models.machine_clock import ClockOfFile
from models.migrations import migrate
from models.process import Process
from models.settings import Settings
from tasks.installation import Installation, installed

SEATS = 3  # in each group: what is measured begins when all have said theirs
LIMITS = {"embedded": 0.6, "scaled": 2.0}  # seconds, median (issue 3)

Took = tuple[list[float], list[float]]
"""Seconds to the end of the first flow run after each pass, and of the last."""


def measure_flows(results: Results, passes: int, wanted: Sequence[str]) -> None:
    """The medians stand among the figures: `embedded_…` of SQLite, `scaled_…` of PostgreSQL where that is installed."""
    own = postgresql.programs() if "postgresql" in wanted else None
    if own is not None:
        _note(results, "postgresql", "scaled", _scaled(own, passes))
    if "sqlite" in wanted:
        _note(results, "sqlite", "embedded", _embedded(passes))


def _note(results: Results, place: str, how: str, took: Took) -> None:
    first, last = took
    results.note(place, f"{how}_pass_to_flow_seconds", statistics.median(first))
    results.note(place, f"{how}_pass_to_flow_seconds_longest", max(first))
    results.note(place, f"{how}_pass_to_last_flow_seconds", statistics.median(last))


def _embedded(passes: int) -> Took:
    with tempfile.TemporaryDirectory(prefix="etappi-flows-") as folder:
        clock = ClockOfFile(Path(folder) / "clock")
        clock.set(MORNING + dt.timedelta(days=1))
        installation = installed(Settings(data_dir=Path(folder) / "data", database_url=""), clock)
        migrate(installation.database)
        with Works(installation) as works:
            assert works.server is not None, "it starts its own"
            return _passes(installation, works.server.url, passes)


def _scaled(own: Path, passes: int) -> Took:
    with tempfile.TemporaryDirectory(prefix="etappi-flows-") as folder, fleet(Path(folder), own, clocks=0) as there:
        there.clock.set(MORNING + dt.timedelta(days=1))
        return _passes(there.installation, there.url, passes)


def _passes(installation: Installation, prefect: str, passes: int) -> Took:
    """Checkpoints are passed one after another, each when all that follows from the one before has been done."""
    town = Town(installation.database, installation.files, bench_copy(), SEATS)
    town.engine.clock = installation.engine.clock
    ready = [_accepted(town) for _ in range(passes + 1)]
    carried_out(installation)
    took = [_one(town, installation, prefect, *one) for one in ready][1:]  # the first of all loads what others use
    return [first for first, _ in took], [last for _, last in took]


def _accepted(town: Town) -> tuple[str, Process]:
    """A process at its first checkpoint, everybody having accepted."""
    process, phase = town.to_first_round(), town.definition.phases[0].id
    state = town.assess(process, phase, town.state(process))
    for seat in state.rounds[phase].seats:
        state = town.act(process, stance(state, phase, seat), seat).state
    return process, state


def _one(town: Town, installation: Installation, prefect: str, process: str, state: Process) -> tuple[float, float]:
    begun = time.time()
    town.act(process, passing(state, town.definition.phases[0].id), "preparer")
    carried_out(installation)
    after = dt.datetime.fromtimestamp(begun, dt.UTC).isoformat()
    while time.time() < begun + PATIENCE:
        runs = ask(prefect, "/flow_runs/filter", flow_runs={"start_time": {"after_": after}})
        if runs and all(run["end_time"] for run in runs):
            break
        time.sleep(0.05)  # the effect is done, its run is about to end
    else:
        raise RuntimeError(f"The runs after a passing had not ended within {PATIENCE:g} seconds.")
    ends = [dt.datetime.fromisoformat(run["end_time"]).timestamp() - begun for run in runs]
    return min(ends), max(ends)
