"""The demo's people, and the moves that every phase of its story has."""

import datetime as dt

from app.demo.stage import DOCUMENTS, Stage
from models import commands as c
from models.definitions.definition import PhasePlan
from models.documents.reading import read_document
from models.exchange.from_document import from_document
from models.outputs.rows import Affected

IMAGE, NEED, METHOD, GOVERNANCE, MODEL = (
    "tulevaisuuskuva",
    "tuottamistarve",
    "tuottamistapa",
    "hallintomalli",
    "operatiivinen-malli",
)
WELLBEING, VITALITY, MANAGEMENT = "hyvinvointiryhma", "elinvoimaryhma", "laajennettu-jory"
COORDINATOR, PREPARER, REGISTRAR = "koordinaattori", "valmistelujohtaja", "hallintosihteeri"
ASSESSOR, PERSONNEL, ADMINISTRATOR = "arviointisuunnittelija", "henkilostopaallikko", "paakayttaja"
OWNERS = {
    IMAGE: "kehittamispaallikko",
    NEED: "palvelupaallikko",
    METHOD: "talouspaallikko",
    GOVERNANCE: "hallintosihteeri",
    MODEL: "henkilostopaallikko",
}
INFLUENCE = ("nuorisovaltuusto", "vanhusneuvosto", "vammaisneuvosto")


def opens(stage: Stage, phase: str, day: str) -> None:
    stage.go_to(day)
    stage.act(COORDINATOR, c.OpenPhase(phase=phase))
    stage.tell(f"{name_of(stage, phase)} on aloitettu.")
    stage.deliver()


def submits(stage: Stage, phase: str, day: str, edition: str = "") -> None:
    stage.go_to(day)
    plan = stage.definition.phase(phase)
    assert plan is not None
    for output in plan.outputs:
        known = edition if edition and f"{output.id}{edition}.md" in _documents() else ""
        if not edition or known:
            stage.draft(phase, output.id, OWNERS[phase], known)
    stage.act(OWNERS[phase], c.Submit(phase=phase))
    round_ = stage.round(phase)
    stage.tell(
        f"{plan.checkpoint.name.fi}, käsittelykerta {round_.no}: tuotokset toimitettu, tarkiste {round_.manifest[:12]}."
    )
    stage.deliver()


def _documents() -> set[str]:
    return {file.name for file in DOCUMENTS.iterdir()}


def assesses(stage: Stage, phase: str) -> None:
    plan = stage.definition.phase(phase)
    assert plan is not None
    for criterion in plan.checkpoint.criteria:
        if criterion.assessed_by:
            person = PERSONNEL if criterion.assessed_by == "henkilostojohto" else ASSESSOR
            seen = stage.seen(phase)
            stage.act(person, c.Assess(phase=phase, criterion=criterion.id, holds=True, seen=seen))


def passes(stage: Stage, phase: str, day: str) -> None:
    stage.go_to(day)
    stage.act(PREPARER, c.Pass(phase=phase, seen=stage.seen(phase, whole=True)))
    package = stage.now.phases[phase].package or ""
    stage.tell(f"{name_of(stage, phase)} etenee. Vaiheen kooste on lukittu, tarkiste {package[:12]}.")
    stage.deliver()


def hears(stage: Stage, phase: str, day: str) -> None:
    plan = stage.definition.phase(phase)
    assert plan is not None
    for group in plan.affected:
        row = told_of(plan, group.name.fi)
        given = dt.date.fromisoformat(day)
        told = {"how": f"{row.how}.", "heard": True, "effect": f"{row.effect}."}
        stage.act(COORDINATOR, c.GiveOpportunity(phase=phase, affected=group.id, on=given, **told))


def told_of(plan: PhasePlan, group: str) -> Affected:
    """What the phase's documents tell of an affected group: how it was heard, and what changed."""
    for output in plan.outputs:
        file = DOCUMENTS / f"{output.id}.md"
        said = from_document(read_document(file.read_text("utf-8"), file.name), plan.kind).output
        for row in said.affected:
            if group.startswith(row.group):
                return row
    raise LookupError(f"no document of {plan.id} tells of {group}")


def name_of(stage: Stage, phase: str) -> str:
    plan = stage.definition.phase(phase)
    return plan.name.fi if plan else phase
