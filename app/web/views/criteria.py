"""What a checkpoint tests: whether each matter holds, and why, in a sentence of the visitor's language."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.web.place import Place
from models.commands import Assess, Seen
from models.criteria import due_conditions, evaluate, lacking
from models.definitions.definition import CheckpointPlan, Criterion
from models.outputs.checks import TYPED
from models.rights import Thing
from models.rounds import AWAITING_ANSWER, is_current, standing
from models.storage import reading
from models.storage.database import Session
from models.words import PhaseStatus
from models.world import World


class Tested(NamedTuple):
    """One matter that is tested."""

    key: str
    text: str
    must: bool
    holds: bool | None
    why: str
    waived: str | None  # with what reason
    can_assess: bool = False
    said: bool | None = None  # what the named person has said, also of texts that have changed since
    stands: bool = False  # what was said is of the texts as they are
    note: str | None = None  # that person's words


def tested(place: Place, session: Session, phase: str, seen: Seen | None) -> tuple[Tested, ...]:
    """Each matter: as it is now, or as it was when the phase passed. Reasons of waivers must have been fetched."""
    plan = place.checkpoint(phase)
    if place.process.phases[phase].status is PhaseStatus.PASSED:
        return _when_passed(place, session, phase, plan)
    if seen is None:
        why = place.visitor.say("Tarkistetaan, kun tuotokset on toimitettu.")
        return tuple(Tested(c.id, _text(place, c), c.must, None, why, None) for c in plan.criteria)
    world = place.world_at(session, phase)
    held = evaluate(place.process, world, phase, plan)
    found = tuple(_one(place, world, phase, criterion, held[criterion.id], seen) for criterion in plan.criteria)
    return _with_notes(place, session, phase, found)


def _with_notes(place: Place, session: Session, phase: str, found: tuple[Tested, ...]) -> tuple[Tested, ...]:
    """Each with the words of whoever assessed it, for those who may read the record, where they stand too."""
    if not place.may_read(Thing.RECORD) or all(one.said is None for one in found):
        return found
    told = reading.assessments(session, place.scope.id, phase, place.process.rounds[phase].no)
    notes = {key: one.note for key, one in told.items()}
    place.fetch(session, notes.values())
    return tuple(one._replace(note=place.words(notes.get(one.key))) for one in found)


def _text(place: Place, criterion: Criterion) -> str:
    return criterion.text.in_(place.visitor.language)


def _one(place: Place, world: World, phase: str, criterion: Criterion, holds: bool | None, seen: Seen) -> Tested:
    assess = criterion.assessed_by is not None and place.possible.may(
        Assess(phase=phase, criterion=criterion.id, holds=True, seen=seen)
    )
    why, round_ = _why(place, world, phase, criterion, holds), place.process.rounds[phase]
    said = round_.assessed.get(criterion.id)
    return Tested(
        key=criterion.id,
        text=_text(place, criterion),
        must=criterion.must,
        holds=holds,
        why=why,
        waived=None,
        can_assess=assess,
        said=said.holds if said else None,
        stands=said is not None and is_current(round_, said),
    )


def _when_passed(place: Place, session: Session, phase: str, plan: CheckpointPlan) -> tuple[Tested, ...]:
    passed = reading.passing(session, place.scope.id, phase)
    held, waived = (passed.criteria, passed.waived) if passed else ({}, {})
    place.fetch(session, waived.values())
    why = place.visitor.say("Näin oli, kun vaihe eteni.")
    return tuple(
        Tested(c.id, _text(place, c), c.must, held.get(c.id), why, place.words(waived.get(c.id))) for c in plan.criteria
    )


def _why(place: Place, world: World, phase: str, criterion: Criterion, holds: bool | None) -> str:
    _ = place.visitor.say
    if criterion.computed is None:
        return _assessed(place, phase, criterion)
    if criterion.computed in TYPED:
        if holds is None:
            return _("Tuotoksissa ei ole rivejä, joista tämän voisi tarkistaa.")
        items = lacking(place.process, world, phase, criterion)
        if items and not place.secrecy.allows_all():
            return place.visitor.say_counted(
                "Puuttuu yhdeltä riviltä. Osa tuotoksista on salassa pidettäviä.",
                "Puuttuu %(num)s riviltä. Osa tuotoksista on salassa pidettäviä.",
                len(items),
            )
        missing = _("Puuttuu: %(items)s", items=", ".join(items))
        return _lacking(missing, _("Jokainen rivi täyttää tämän."), items)
    return REASONS[criterion.computed](place, phase)


def _assessed(place: Place, phase: str, criterion: Criterion) -> str:
    _ = place.visitor.say
    round_ = place.process.rounds[phase]
    said = round_.assessed.get(criterion.id)
    role = place.name("role", criterion.assessed_by or "")
    if said is None:
        return _("Arvioija (%(role)s) ei ole vielä arvioinut tätä.", role=role)
    if not is_current(round_, said):
        return _("Arvio (%(role)s) annettiin ennen kuin tuotokset muuttuivat.", role=role)
    return _("Näin arvioi %(role)s.", role=role)


def _lacking(what: str, otherwise: str, items: Iterable[str]) -> str:
    return what if list(items) else otherwise


def _outputs(place: Place, phase: str) -> str:
    _, versions = place.visitor.say, place.process.rounds[phase].versions
    required = [one.id for one in place.world.phase(phase).outputs if one.required]
    missing = [place.name("output", key) for key in required if key not in versions]
    return _lacking(_("Puuttuu: %(items)s", items=", ".join(missing)), _("Kaikki ovat mukana."), missing)


def _answered(place: Place, phase: str) -> str:
    _ = place.visitor.say
    groups = place.process.rounds[phase].groups
    silent = [(at.group, standing(place.process, phase, at).silent) for at in groups]
    said = [f"{place.name('group', group)} {count}" for group, count in silent if count]
    return _lacking(_("Kanta puuttuu: %(items)s", items=", ".join(said)), _("Kaikki ovat vastanneet."), said)


def _heard(place: Place, phase: str) -> str:
    _ = place.visitor.say
    affected = place.world.phase(phase).affected
    missing = [
        one.name.in_(place.visitor.language)
        for one in affected
        if f"{phase}/{one.id}" not in place.process.opportunities
    ]
    return _lacking(
        _("Tilaisuus puuttuu: %(items)s", items=", ".join(missing)), _("Jokaisella on ollut tilaisuus."), missing
    )


def _objections(place: Place, phase: str) -> str:
    here = [one for one in place.process.objections.values() if one.phase == phase and one.status in AWAITING_ANSWER]
    waiting = sum(one.result is None for one in here)
    said = place.visitor.say_counted("Yksi odottaa vastausta.", "%(num)s odottaa vastausta.", waiting)
    return said if waiting else place.visitor.say("Yksikään ei odota vastausta.")


def _conditions(place: Place, phase: str) -> str:
    due = len(due_conditions(place.process, place.world, phase))
    said = place.visitor.say_counted("Yksi edellytys on auki.", "%(num)s edellytystä on auki.", due)
    return said if due else place.visitor.say("Yksikään ei ole auki.")


def _statements(place: Place, phase: str) -> str:
    _ = place.visitor.say
    order, asked = list(place.process.phases), place.process.statements
    missing = [
        one.name.in_(place.visitor.language)
        for one in place.definition.statements
        if order.index(one.phase) <= order.index(phase)
        and (one.id not in asked or (asked[one.id].given is None and asked[one.id].due >= place.visitor.today))
    ]
    return _lacking(
        _("Pyytämättä, tai aikaa on jäljellä: %(items)s", items=", ".join(missing)),
        _("Lausunnot on pyydetty, ja aika on kulunut."),
        missing,
    )


def _judged(place: Place, phase: str) -> str:
    _, needed = place.visitor.say, place.process.cooperation.needed
    if needed is None:
        return _("Kukaan ei ole vielä arvioinut, tarvitaanko yhteistoimintaa (449/2007).")
    return _("Arvioitu: yhteistoimintaa tarvitaan.") if needed else _("Arvioitu: yhteistoimintaa ei tarvita.")


def _cooperated(place: Place, phase: str) -> str:
    if place.process.cooperation.needed and place.process.cooperation.ended is None:
        return place.visitor.say("Yhteistoiminta ei ole päättynyt.")
    return _judged(place, phase)


REASONS: dict[str, Callable[[Place, str], str]] = {
    "output-submitted": _outputs,
    "groups-answered": _answered,
    "affected-heard": _heard,
    "objections-answered": _objections,
    "conditions-done": _conditions,
    "statements-asked": _statements,
    "staff-cooperation-judged": _judged,
    "staff-cooperation-done": _cooperated,
}
"""The reason of each check of the record; a test compares the list with the checks there are."""
