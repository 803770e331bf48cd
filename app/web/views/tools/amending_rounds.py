"""Changes of a running process from a checkpoint's next round: its groups, their rules, what is tested."""

from collections.abc import Iterator

from app.web.forms import Form
from app.web.place import Place
from app.web.views.tools.change import change, why
from app.web.views.tools.tool import Field, Kind, Option, Tool
from models.commands import (
    Amend,
    ChangeCriterion,
    ChangeGroup,
    RemoveCriterion,
    RemoveGroup,
)
from models.definitions.definition import CheckpointPlan, Criterion, GroupAtCheckpoint
from models.definitions.parts import Text
from models.errors import NotFound, NotValid
from models.storage.database import Session
from models.words import GroupRule


def group(place: Place, session: Session, item: str) -> Tool:
    """A group's rule, quorum and cover. Raises NotFound."""
    phase, at = _group_at(place, item)
    name = place.name("group", at.group)
    return _group_tool(place, phase, at, None, place.visitor.say("Muuta työryhmän sääntöä: %(name)s", name=name))


def new_group(place: Place, session: Session, item: str) -> Tool:
    """A group joins the checkpoint. Raises NotFound."""
    place.check_phase(item)
    _, there = place.visitor.say, {one.group for one in place.checkpoint(item).groups}
    known = {of: key for key, of in place.process.groups.items()}
    options = tuple(
        Option(of, one.name)
        for of, one in sorted(place.directory.groups.items(), key=lambda pair: pair[1].name.casefold())
        if one.active and known.get(of, of) not in there
    )
    field = Field(Kind.SELECT, "of", _("Työryhmä"), options=options, missing=_("Valitse työryhmä."))
    return _group_tool(place, item, GroupAtCheckpoint(group="uusi"), field, _("Lisää työryhmä tarkistuspisteeseen"))


def _group_tool(place: Place, phase: str, at: GroupAtCheckpoint, of: Field | None, title: str) -> Tool:
    _ = place.visitor.say
    rules = (
        Option("consent", _("Yksimielisyys"), _("Joku kannattaa, eikä perusteltua vastustusta ole avoinna.")),
        Option("majority", _("Enemmistö"), _("Useampi kannattaa kuin vastustaa.")),
        Option("chair", _("Puheenjohtaja"), _("Puheenjohtajan kanta ratkaisee ryhmän kannan.")),
        Option("all", _("Kaikki"), _("Jokainen kannattaa.")),
    )
    outputs = [one.id for one in place.world.phase(phase).outputs]
    covers = tuple(Option(one, place.name("output", one)) for one in outputs)
    fields = (
        *([of] if of else ()),
        Field(
            Kind.CHOICES, "rule", _("Miten ryhmä puoltaa?"), options=rules, value=at.rule.value, missing=_("Valitse.")
        ),
        Field(
            Kind.TEXT,
            "quorum",
            _("Riittävä osallistuminen"),
            _("Osuus, esimerkiksi 1/2, tai jäsenten määrä."),
            value=at.quorum,
            missing=_("Anna osuus tai määrä."),
        ),
        Field(
            Kind.CHECKS,
            "covers",
            _("Mihin tuotoksiin kantaa pyydetään?"),
            _("Jos et valitse mitään, kantaa pyydetään kaikkiin."),
            options=covers,
            value=at.covers,
        ),
    )
    return change(
        place,
        title=title,
        lead=_next_round(place, phase),
        button=_("Tee muutos"),
        fields=fields,
        command=lambda form: _changed_group(place, phase, at, form),
    )


def _changed_group(place: Place, phase: str, at: GroupAtCheckpoint, form: Form) -> Amend:
    of = form.text("of") or None
    known = {one: key for key, one in place.process.groups.items()}
    if form.text("rule") not in set(GroupRule):
        raise NotValid("Choose how the group accepts.")
    try:
        changed = GroupAtCheckpoint(
            group=known.get(of, of) if of else at.group,
            rule=GroupRule(form.text("rule")),
            quorum=form.text("quorum"),
            covers=tuple(form.all("covers")),
        )
    except ValueError:
        raise NotValid("The quorum is a share such as 1/2, or a number of seats.") from None
    return Amend(change=ChangeGroup(phase=phase, group=changed, of=of), reason=why(form))


def remove_group(place: Place, session: Session, item: str) -> Tool:
    """A group leaves the checkpoint. Raises NotFound."""
    phase, at = _group_at(place, item)
    _ = place.visitor.say
    return change(
        place,
        title=_("Poista työryhmä tarkistuspisteestä: %(name)s", name=place.name("group", at.group)),
        lead=_(
            "Ryhmän kantaa ei enää pyydetä seuraavasta käsittelykerrasta. Eriävät mielipiteet ja edellytykset jäävät."
        ),
        button=_("Poista työryhmä"),
        command=lambda form: Amend(change=RemoveGroup(phase=phase, group=at.group), reason=why(form)),
        grave=True,
    )


def criterion(place: Place, session: Session, item: str) -> Tool:
    """A tested matter. Raises NotFound."""
    phase, one = _criterion_at(place, item)
    return _criterion_tool(place, phase, one, place.visitor.say("Muuta tarkistettavaa asiaa"))


def new_criterion(place: Place, session: Session, item: str) -> Tool:
    """A matter more is tested. Raises NotFound."""
    place.check_phase(item)
    return _criterion_tool(place, item, None, place.visitor.say("Lisää tarkistettava asia"))


def _criterion_tool(place: Place, phase: str, one: Criterion | None, title: str) -> Tool:
    _ = place.visitor.say
    text = one.text.in_(place.visitor.language) if one else ""
    fields = [
        Field(
            Kind.TEXT,
            "text",
            _("Mitä tarkistetaan?"),
            _("Kirjoita väite, johon voi vastata kyllä tai ei."),
            value=text,
            missing=_("Kirjoita, mitä tarkistetaan."),
        ),
        Field(Kind.CHECK, "must", _("Välttämätön: vaihe ei etene ilman tätä"), value="yes" if one and one.must else ""),
    ]
    if one is None or one.computed is None:
        roles = tuple(Option(slot.id, slot.name.in_(place.visitor.language)) for slot in place.definition.roles)
        assessor = one.assessed_by or "" if one else ""
        fields.append(
            Field(Kind.SELECT, "by", _("Kuka arvioi?"), options=roles, value=assessor, missing=_("Valitse arvioija."))
        )
    return change(
        place,
        title=title,
        lead=_next_round(place, phase),
        button=_("Tee muutos"),
        fields=tuple(fields),
        command=lambda form: Amend(
            change=ChangeCriterion(phase=phase, criterion=_changed_criterion(place, phase, one, form)),
            reason=why(form),
        ),
    )


def _changed_criterion(place: Place, phase: str, one: Criterion | None, form: Form) -> Criterion:
    said: dict[str, str] = {place.visitor.language: form.text("text")}
    if one is None:
        return Criterion(
            id=_next_id(place.checkpoint(phase)),
            text=Text(**({"fi": form.text("text")} | said)),
            must=form.checked("must"),
            assessed_by=form.text("by"),
        )
    return one.model_copy(
        update={
            "text": one.text.model_copy(update=said),
            "must": form.checked("must"),
            "assessed_by": one.assessed_by if one.computed else form.text("by"),
        }
    )


def _next_id(plan: CheckpointPlan) -> str:
    taken = {one.id for one in plan.criteria}
    return next(key for key in _ids() if key not in taken)


def _ids() -> Iterator[str]:
    number = 1
    while True:
        yield f"lisatty-{number}"
        number += 1


def remove_criterion(place: Place, session: Session, item: str) -> Tool:
    """A matter is no longer tested. Raises NotFound."""
    phase, one = _criterion_at(place, item)
    _ = place.visitor.say
    return change(
        place,
        title=_("Poista tarkistettava asia"),
        lead=_("”%(text)s” jää pois seuraavasta käsittelykerrasta.", text=one.text.in_(place.visitor.language)),
        button=_("Poista tarkistettava asia"),
        command=lambda form: Amend(change=RemoveCriterion(phase=phase, criterion=one.id), reason=why(form)),
        grave=True,
    )


def _group_at(place: Place, item: str) -> tuple[str, GroupAtCheckpoint]:
    phase, _, key = item.partition(":")
    place.check_phase(phase)
    found = next((one for one in place.checkpoint(phase).groups if one.group == key), None)
    if found is None:
        raise NotFound(what="group at the checkpoint", name=key)
    return phase, found


def _criterion_at(place: Place, item: str) -> tuple[str, Criterion]:
    phase, _, key = item.partition(":")
    place.check_phase(phase)
    found = next((one for one in place.checkpoint(phase).criteria if one.id == key), None)
    if found is None:
        raise NotFound(what="criterion of the checkpoint", name=key)
    return phase, found


def _next_round(place: Place, phase: str) -> str:
    return place.visitor.say(
        "Vaihe ”%(phase)s”. Muutos tulee voimaan seuraavasta käsittelykerrasta.", phase=place.name("phase", phase)
    )
