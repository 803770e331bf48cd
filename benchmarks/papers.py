"""`python -m benchmarks.papers`: how long papers take, for 80 needs and for 5,000.

The small one is a phase of the kind production method, whose outputs hold each need with four alternatives: its typed
criteria, the thread, and every paper in every form are made in one language, as Etappi makes them. The large one is a
register of needs, and its package is made as a PDF. The clock is judged; on a busy machine the processor's time says
what it would be.
"""

import datetime as dt
import time
from collections.abc import Callable
from decimal import Decimal
from importlib.resources import files as resources
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.report import say_if_busy
from benchmarks.results import Results
from models.days.calendar_data import calendar_for
from models.days.schedule import schedule
from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.documents.reading import read_document
from models.outputs.checks import TYPED, find
from models.outputs.choices import Way
from models.outputs.held import Held
from models.outputs.production_method import Alternative, Method, ProductionMethod
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.tracing import trace
from models.papers.agenda_item import agenda_item
from models.papers.appearance import Appearance
from models.papers.forms import OF_A_MEETING, OF_A_PACKAGE, OF_A_ROUND, Form
from models.papers.interim_report import interim_report
from models.papers.material import MeetingMaterial, MemoMaterial, Output, PackageMaterial, Said, Setting
from models.papers.meeting_paper import meeting_paper
from models.papers.memo_paper import memo_paper
from models.papers.package_paper import package_paper
from models.papers.paper import Look, Paper, PaperKind
from models.papers.saying import Saying
from models.papers.substance import substance
from models.papers.texts_package import TEXTS
from models.process import Phase, Process, Round
from models.words import PhaseStatus, Publicity
from tasks.papers.making import at_once
from tasks.papers.pdf import as_pdf

SMALL, LARGE = 80, 5_000
ALL, LARGEST = "80 needs: criteria, thread and all papers", "5,000 needs: the package as a PDF"
LIMITS = {ALL: 2.0, LARGEST: 10.0}  # seconds by the clock
PHASE, NEED = "tuottamistapa", "tuottamistarve"
LOCKED = dt.datetime(2027, 4, 14, 6, 0, tzinfo=dt.UTC)
WAYS = (Way.AS_NOW, Way.OWN, Way.TOGETHER, Way.PURCHASE)
HASH = "ab" * 32
SAID = {"stated": "Hallintojohtaja", "memo": "Ryhmä kävi vaihtoehdot läpi.", "why": "Palvelu heikkenee kylissä."}


def main() -> None:
    console = Console()
    say_if_busy(console)
    results = Table("what", "seconds", "of the processor", "at most")
    for what, took in _measured().items():
        limit = LIMITS.get(what)
        held = "" if limit is None else f"{limit:g}{'' if took.clock <= limit else '  not held'}"
        results.add_row(what, f"{took.clock:.3f}", f"{took.processor:.3f}", held)
    console.print(results)


def measure_papers(results: Results) -> None:
    """What is judged stands among the figures of typed outputs."""
    took = _measured()
    for name, what in (("80_needs_papers", ALL), ("5000_needs_pdf", LARGEST)):
        results.note("outputs", f"{name}_s", took[what].clock)
        results.note("outputs", f"{name}_processor_s", took[what].processor)


def _measured() -> dict[str, "Took"]:
    """Each thing measured, by what it is called."""
    needs, methods = _outputs(SMALL)
    material, forms = _package(needs, methods), (*OF_A_PACKAGE, *OF_A_ROUND, *OF_A_MEETING)
    computed = _timed(lambda: _criteria_and_thread(needs, methods))
    made = _timed(lambda: list(at_once([(_paper(form, material), form) for form in forms], Appearance())))
    large = package_paper(_package(needs, methods, _register(_outputs(LARGE)[0])))
    return {
        "criteria and thread of 80 needs": computed,
        f"{len(forms)} papers": made,
        ALL: Took(*map(sum, zip(computed, made, strict=True))),
        LARGEST: _timed(lambda: as_pdf(large)),
    }


class Took(NamedTuple):
    """Seconds by the clock, and of the processor."""

    clock: float
    processor: float


def _timed(act: Callable[[], object]) -> Took:
    clock, processor = time.perf_counter(), time.process_time()
    act()
    return Took(time.perf_counter() - clock, time.process_time() - processor)


# --- what is measured ---------------------------------------------------------------------------------------------


def _outputs(count: int) -> tuple[ProductionNeed, ProductionMethod]:
    """So many needs, each with four alternatives and the one that was chosen."""
    needs = tuple(
        Need(id=f"T{n}", need=f"Arjen neuvo kylään {n} ilman omaa autoa", holder=f"Noin {n} asukasta")
        for n in range(1, count + 1)
    )
    alternatives, methods = list[Alternative](), list[Method]()
    for need in needs:
        for at, way in enumerate(WAYS):
            alternatives.append(
                Alternative(
                    id=f"V{len(alternatives) + 1}",
                    need=need.id,
                    way=way,
                    how=f"Palvelupiste keskustassa ja kiertävä neuvoja, tapa {at}",
                    euros=Decimal(310_000 - 5_000 * at),
                    years=Decimal("6.5") - at,
                    advantages="Yksi numero ja yksi paikka",
                    risks="Vaatii uuden tavan tehdä työtä",
                    proposed=way is Way.OWN,
                )
            )
        methods.append(Method(id=f"TT{len(methods) + 1}", need=need.id, way=Way.OWN, how="Kiertävä neuvoja"))
    return ProductionNeed(needs=needs), ProductionMethod(alternatives=tuple(alternatives), methods=tuple(methods))


def _criteria_and_thread(needs: ProductionNeed, methods: ProductionMethod) -> None:
    held = Held(PHASE, methods, [(NEED, needs)])
    for check in TYPED:
        find(check, held)
    trace([(NEED, needs), (PHASE, methods)], None)


def _definition() -> Definition:
    source = resources("config").joinpath("processes/kemijarvi-2030.yaml").read_text("utf-8")
    return read_definition(source, "kemijarvi-2030.yaml")


def _process(definition: Definition) -> Process:
    choices = {choice.id: choice.proposed for choice in definition.choices}
    return Process(
        id="kemijarvi-2030",
        municipality="kemijarvi",
        definition=HASH,
        roles={"coordinator": "coordinator"},
        groups={group.id: group.id for group in definition.groups},
        choices=choices,
        dates=schedule(definition, dt.date(2026, 12, 1), choices, calendar_for()).dates,
        phases={phase.id: Phase(status=PhaseStatus.PASSED) for phase in definition.phases},
    )


def _document(methods: ProductionMethod) -> Output:
    """The comparison as people write it: a table with a line for each need and alternative."""
    lines = ["| Tarve | Vaihtoehto | Miten tuotetaan | Euroa vuodessa | Henkilötyövuotta | Edut |", "|---" * 6 + "|"]
    lines += [
        f"| {a.need} | {a.way.words.fi if a.way else ''} | {a.how} | {a.euros} | {a.years} | {a.advantages} |"
        for a in methods.alternatives
    ]
    return _written("Vaihtoehtojen vertailu", "# Vertailu\n\nKunta tekee itse.\n\n" + "\n".join(lines) + "\n")


def _register(needs: ProductionNeed) -> Output:
    """The register of needs as people write it."""
    lines = ["| Tunnus | Tarve | Kenellä tarve on | Näyttö | Kiireellisyys | Suunta | Haaste |", "|---" * 7 + "|"]
    rest = "Kysely ja tilastot | heti | kasvaa | H1, H9"
    lines += [f"| {need.id} | {need.need} | {need.holder} | {rest} |" for need in needs.needs]
    return _written("Tarverekisteri", "# Tarverekisteri\n\n" + "\n".join(lines) + "\n")


def _written(name: str, text: str) -> Output:
    told = {"key": "tuotos", "name": name, "no": 1, "sha256": HASH, "document": read_document(text, "tuotos.md")}
    return Output.model_validate({**told, "publicity": Publicity.IN_PREPARATION})


def _package(needs: ProductionNeed, methods: ProductionMethod, register: Output | None = None) -> PackageMaterial:
    definition = _definition()
    setting = Setting(
        look=Look(name="Kemijärvi"),
        language="fi",
        theirs="fi",
        municipality="Kemijärvi",
        process="kemijarvi-2030",
        title="Kemijärvi kohti vuotta 2030",
        definition=definition,
        words=SAID,
    )
    counts = dict.fromkeys(("object", "abstain", "not_read", "silent", "disqualified", "left"), 0)
    group = {"rule": "consent", "quorum": "1/2", "seats": 8, "accept": 8, "met": True, **counts}
    dissent = {"phase": PHASE, "round": 1, "group": "hyvinvointiryhma", "count": 2, "names": [], "text": "why"}
    body = {
        "phase": PHASE,
        "round": 1,
        "outcome": "passed",
        "stated_by": "stated",
        "manifest": HASH,
        "received": {},
        "previous": None,
        "supersedes": None,
        "groups": [{"group": one.id, **group} for one in definition.groups],
        "dissents": {f"d{n}": {**dissent, "reason": None, "late": False} for n in range(3)},
        **{name: {} for name in ("objections", "conditions", "criteria", "waived", "affected")},
        "remarks": [],
    }
    output = register or _document(methods)
    assert output.document is not None, "it was written just now"
    found = substance(methods, [(NEED, needs)], [output.document], "fi", Saying(TEXTS, "fi", {}))
    return PackageMaterial(
        setting=setting,
        sha256=HASH,
        body=body,
        at=LOCKED,
        then=_process(definition),
        ready=("hallintomalli",),
        outputs=(output,),
        substance=found,
    )


def _paper(form: Form, package: PackageMaterial) -> Paper:
    about = {"setting": package.setting, "sha256": HASH, "phase": PHASE, "round": 1}
    if form.kind is PaperKind.PACKAGE:
        return package_paper(package)
    if form.kind is PaperKind.AGENDA_ITEM:
        return agenda_item(package)
    if form.kind is PaperKind.INTERIM_REPORT:
        return interim_report(package)
    if form.kind is PaperKind.MEMO:
        counts = {"present": 6, "seats": 8, "group_stance": "accept", "memo": "memo"}
        said = (Said(kind="accept"), Said(kind="object", reason="why"))
        told = {**about, **counts, "group": "hyvinvointiryhma", "held_on": LOCKED.date(), "recorded_at": LOCKED}
        return memo_paper(MemoMaterial(said=said, **told))
    groups = tuple(group.id for group in package.setting.definition.groups)
    read = {**about, "at": LOCKED, "due": LOCKED.date(), "groups": groups, "criteria": ("Kannat on saatu",)}
    then = package.then.model_copy(
        update={"rounds": {PHASE: Round.model_construct(no=1, groups=(), seats={}, versions={})}}
    )
    return meeting_paper(MeetingMaterial(then=then, outputs=package.outputs, **read))


if __name__ == "__main__":
    main()
