"""Typed outputs: a town's 80 needs through criteria and thread, and 5,000 needs through the criteria alone.

No database is needed: what is measured is reading the canonical text, finding what does not hold, and drawing.
"""

from time import perf_counter

from benchmarks.results import Results
from models.outputs.checks import find
from models.outputs.choices import BodySort, Urgency, Way
from models.outputs.forms import output_text, read_output
from models.outputs.future_image import Challenge, FutureImage, Part
from models.outputs.governance_model import Body, GovernanceModel
from models.outputs.held import Held
from models.outputs.operational_model import OperationalModel, Unit
from models.outputs.picture import thread_picture
from models.outputs.production_method import Alternative, Method, ProductionMethod
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.rows import Output
from models.outputs.tracing import matrix, trace

REAL, MANY = 80, 5_000
CHECKS = {
    "production_need": ("needs-grounded", "nothing-vanished", "links-hold", "challenges-answered"),
    "production_method": ("needs-have-methods", "alternatives-compared", "nothing-vanished", "links-hold"),
    "governance_model": ("methods-governed", "nothing-vanished", "links-hold"),
    "operational_model": ("units-answer-needs", "needs-reach-units", "nothing-vanished", "links-hold"),
}


def town_of(needs: int) -> list[tuple[str, Output]]:
    """The five outputs of a town with so many needs, every one of them met, governed and answered."""
    bodies, units = 8, 20
    governed = [tuple(f"TT{n}" for n in range(needs) if n % bodies == at) for at in range(bodies)]
    answered = [tuple(f"T{n}" for n in range(needs) if n % units == at) for at in range(units)]
    return [
        (
            "image",
            FutureImage(
                challenges=tuple(Challenge(id=f"H{n}", challenge=f"Haaste {n}") for n in range(10)),
                parts=(Part(id="K1", part="Arki sujuu"),),
            ),
        ),
        (
            "need",
            ProductionNeed(
                needs=tuple(
                    Need(
                        id=f"T{n}",
                        need=f"Tarve numero {n}, jolla on pitkähkö sanamuoto",
                        holder="Asukkaat",
                        evidence="Kysely",
                        urgency=Urgency.SOON,
                        challenges=(f"H{n % 10}",),
                        parts=("K1",),
                    )
                    for n in range(needs)
                )
            ),
        ),
        (
            "method",
            ProductionMethod(
                alternatives=tuple(
                    Alternative(id=f"V{n}.{way}", need=f"T{n}", way=way, how="Näin", proposed=way is Way.OWN)
                    for n in range(needs)
                    for way in (Way.AS_NOW, Way.OWN)
                ),
                methods=tuple(Method(id=f"TT{n}", need=f"T{n}", how="Näin") for n in range(needs)),
            ),
        ),
        (
            "governance",
            GovernanceModel(
                bodies=tuple(
                    Body(id=f"E{n}", body=f"Lautakunta {n}", sort=BodySort.BOARD, task="x", governs=governed[n])
                    for n in range(bodies)
                )
            ),
        ),
        (
            "model",
            OperationalModel(
                units=tuple(
                    Unit(id=f"YK{n}", unit=f"Yksikkö {n}", task="x", needs=answered[n], under=f"E{n % bodies}")
                    for n in range(units)
                )
            ),
        ),
    ]


def measure_outputs(results: Results) -> None:
    """How many milliseconds each takes, the best of three."""
    few, many = town_of(REAL), town_of(MANY)
    texts = [(phase, output_text(output)) for phase, output in few]
    results.note("outputs", "80_needs_read_ms", _best(lambda: [read_output(text) for _, text in texts]))
    results.note("outputs", "80_needs_criteria_ms", _best(lambda: _criteria(few)))
    results.note("outputs", "80_needs_thread_ms", _best(lambda: _thread(few)))
    results.note("outputs", "5000_needs_criteria_ms", _best(lambda: _need_criteria(many)))


def _criteria(outputs: list[tuple[str, Output]]) -> None:
    for at, (phase, output) in enumerate(outputs):
        held = Held(phase, output, outputs[:at])
        for check in CHECKS.get(str(getattr(output, "form", "")), ()):
            assert find(check, held).holds, check


def _need_criteria(outputs: list[tuple[str, Output]]) -> None:
    """The criteria of a checkpoint over a register of so many needs."""
    held = Held("need", outputs[1][1], outputs[:1])
    for check in CHECKS["production_need"]:
        assert find(check, held).holds, check


def _thread(outputs: list[tuple[str, Output]]) -> None:
    found = trace(outputs)
    assert found is not None
    matrix(found.needs)
    thread_picture(found)


def _best(measured: object) -> float:
    assert callable(measured)
    times = []
    for _ in range(3):
        start = perf_counter()
        measured()
        times.append((perf_counter() - start) * 1000)
    return min(times)
