"""Changes of a running process: roles and reminders at once; groups, rules, tested matters from the next round."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.web import addresses
from app.web.forms import Form
from app.web.place import Place
from app.web.views.groups import rule_of
from app.web.views.tools.people import person_field, person_in
from app.web.views.tools.tool import Field, Kind, Link, Option, Tool, check_entitled
from models.commands import (
    Amend,
    AssignRole,
    ChangeCriterion,
    ChangeGroup,
    ChangeLadder,
    RemoveCriterion,
    RemoveGroup,
)
from models.definitions.definition import CheckpointPlan, Criterion, GroupAtCheckpoint, Ladder, LadderStep
from models.definitions.parts import Text
from models.duties.ladder import parse_step
from models.errors import NotFound, NotValid
from models.personal import Private
from models.storage.database import Session
from models.words import Audience, DutyKind, GroupRule, PhaseStatus

STEPS = (
    *("10 working days before", "5 working days before", "3 working days before", "2 working days before"),
    *("1 working day before", "on the day", "1 working day after", "2 working days after"),
    *("3 working days after", "5 working days after", "10 working days after"),
)
MOST_STEPS = 6
COORDINATOR = "coordinator"


class Amended(NamedTuple):
    """One thing that can be changed: what it is now, and the pages where it is changed."""

    name: str
    now: str
    links: tuple[Link, ...]


class AtPhase(NamedTuple):
    """What can be changed of one phase's checkpoint."""

    name: str
    open_round: bool  # then it is returned first
    groups: tuple[Amended, ...]
    criteria: tuple[Amended, ...]
    adding: tuple[Link, ...]


class Amendments(NamedTuple):
    """Everything that can be changed."""

    roles: tuple[Amended, ...]
    phases: tuple[AtPhase, ...]
    ladders: tuple[Amended, ...]


def amendments(place: Place, session: Session) -> Amendments:
    """What can be changed of the process. Raises NotAuthorised."""
    _ = place.visitor.say
    _entitled(place)
    place.fetch_people(session, place.process.roles.values())
    roles = (slot.id for slot in place.definition.roles if slot.id != COORDINATOR)
    ahead = [key for key, phase in place.process.phases.items() if phase.status is not PhaseStatus.PASSED]
    return Amendments(
        roles=tuple(
            Amended(place.name("role", slot), _player(place, slot), (_link(place, _("Vaihda"), "rooli", slot),))
            for slot in roles
        ),
        phases=tuple(_at_phase(place, key) for key in ahead),
        ladders=tuple(
            Amended(
                duty_name(place, kind),
                ", ".join(step_words(place, one) for one in _ladder(place, kind)) or _("Ei muistutusviestejä"),
                (_link(place, _("Muuta"), "muistutukset", kind.value),),
            )
            for kind in DutyKind
        ),
    )


def _at_phase(place: Place, phase: str) -> AtPhase:
    _, plan = place.visitor.say, place.checkpoint(phase)
    groups = tuple(
        Amended(
            place.name("group", at.group),
            rule_of(place, at),
            (
                _link(place, _("Muuta"), "ryhma", f"{phase}:{at.group}"),
                _link(place, _("Poista"), "ryhma-pois", f"{phase}:{at.group}"),
            ),
        )
        for at in plan.groups
    )
    criteria = tuple(
        Amended(
            one.text.in_(place.visitor.language),
            _("Välttämätön") if one.must else _("Suositus"),
            (
                _link(place, _("Muuta"), "asia", f"{phase}:{one.id}"),
                _link(place, _("Poista"), "asia-pois", f"{phase}:{one.id}"),
            ),
        )
        for one in plan.criteria
    )
    adding = (
        _link(place, _("Lisää työryhmä"), "uusi-ryhma", phase),
        _link(place, _("Lisää tarkistettava asia"), "uusi-asia", phase),
    )
    return AtPhase(place.name("phase", phase), phase in place.process.rounds, groups, criteria, adding)


def _link(place: Place, name: str, tool: str, item: str) -> Link:
    return Link(name, addresses.tool(place.key, tool, item))


def _player(place: Place, slot: str) -> str:
    person = place.process.roles.get(slot)
    return place.person(person) if person else place.visitor.say("Ei nimetty")


def _entitled(place: Place) -> None:
    change = AssignRole(role=place.definition.roles[-1].id, person=place.visitor.person)
    check_entitled(place, Amend(change=change, reason=Private("…")))


def _tool(place: Place, **words: Any) -> Tool:
    """A change, with the reason that every change needs."""
    _entitled(place)
    _ = place.visitor.say
    reason = Field(
        Kind.AREA,
        "reason",
        _("Miksi muutos tehdään?"),
        _("Syy ja muutos jäävät valmisteluhistoriaan, ja muutoksesta kerrotaan."),
        missing=_("Kirjoita syy."),
    )
    words["fields"] = (*words.get("fields", ()), reason)
    return Tool(
        said=_("Muutos on tehty, ja siitä kerrotaan."),
        back=addresses.tool(place.key, "muutokset"),
        back_name=_("Muutokset"),
        **words,
    )


def _why(form: Form) -> Private:
    return Private(form.text("reason"))


# --- at once ------------------------------------------------------------------------------------------------------


def role(place: Place, session: Session, item: str) -> Tool:
    """Somebody else takes a role. Raises NotFound."""
    _ = place.visitor.say
    if item == COORDINATOR or item not in {slot.id for slot in place.definition.roles}:
        raise NotFound(what="role in the definition", name=item)
    place.fetch_people(session, [place.process.roles.get(item)])
    return _tool(
        place,
        title=_("Vaihda henkilö: %(name)s", name=place.name("role", item)),
        lead=_("Nyt: %(name)s. Muutos tulee voimaan heti.", name=_player(place, item)),
        button=_("Vaihda henkilö"),
        fields=(person_field(place, session, "person", _("Uusi henkilö"), without=place.process.roles.get(item)),),
        command=lambda form: Amend(
            change=AssignRole(role=item, person=person_in(place, form, "person")), reason=_why(form)
        ),
    )


def ladder(place: Place, session: Session, item: str) -> Tool:
    """Reminders of one kind of duty. Raises NotFound."""
    _ = place.visitor.say
    if item not in set(DutyKind):
        raise NotFound(what="kind of duty", name=item)
    kind = DutyKind(item)
    now = _ladder(place, kind)
    fields = []
    for number in range(MOST_STEPS):
        step = now[number] if number < len(now) else None
        label = _("Muistutusviesti %(number)s", number=number + 1)
        fields.append(Field(Kind.SELECT, f"step-{number}", label, options=_steps(place, kind, now), value=_value(step)))
    return _tool(
        place,
        title=_("Muistutusviestit: %(name)s", name=duty_name(place, kind)),
        lead=_("Muutos tulee voimaan heti. Viestit lähtevät arkisin, ja jokainen voi valita omat aikansa."),
        button=_("Muuta muistutusviestejä"),
        fields=tuple(fields),
        command=lambda form: Amend(change=ChangeLadder(ladder=_chosen(kind, form)), reason=_why(form)),
    )


def _chosen(kind: DutyKind, form: Form) -> Ladder:
    found = []
    for number in range(MOST_STEPS):
        when, _, audience = form.text(f"step-{number}").partition("|")
        if when:
            parse_step(when)
            if audience not in set(Audience):
                raise NotValid("The form does not say whom a reminder goes to.")
            found.append(LadderStep(when=when, to=Audience(audience)))
    return Ladder(duty=kind, steps=tuple(found))


def _ladder(place: Place, kind: DutyKind) -> tuple[LadderStep, ...]:
    amended = place.process.ladders.get(kind)
    if amended is not None:
        return amended.steps
    return next((one.steps for one in place.definition.ladders if one.duty is kind), ())


def _steps(place: Place, kind: DutyKind, now: tuple[LadderStep, ...]) -> tuple[Option, ...]:
    to = [one for one in Audience if one is not Audience.LINE_MANAGER]
    if kind is not DutyKind.STANCE:
        to = [one for one in to if one is not Audience.CHAIR]
    steps = [LadderStep(when=when, to=audience) for when in STEPS for audience in to]
    known = {_value(one): one for one in (*now, *steps)}
    none = Option("", place.visitor.say("Ei viestiä"))
    return (none, *(Option(value, step_words(place, one)) for value, one in known.items()))


def _value(step: LadderStep | None) -> str:
    return f"{step.when}|{step.to.value}" if step else ""


def step_words(place: Place, step: LadderStep) -> str:
    """When a reminder comes, and to whom."""
    _, at = place.visitor.say, parse_step(step.when)
    count = abs(at.offset)
    if at.offset == 0:
        when = _("määräpäivänä")
    elif at.working and at.offset < 0:
        when = place.visitor.say_counted("%(num)s työpäivä ennen", "%(num)s työpäivää ennen", count)
    elif at.working:
        when = place.visitor.say_counted("%(num)s työpäivä jälkeen", "%(num)s työpäivää jälkeen", count)
    elif at.offset < 0:
        when = place.visitor.say_counted("%(num)s päivä ennen", "%(num)s päivää ennen", count)
    else:
        when = place.visitor.say_counted("%(num)s päivä jälkeen", "%(num)s päivää jälkeen", count)
    return f"{when}: {_audience(place, step.to)}"


def _audience(place: Place, to: Audience) -> str:
    _ = place.visitor.say
    match to:
        case Audience.HOLDER:
            return _("henkilölle itselleen")
        case Audience.CHAIR:
            return _("työryhmän puheenjohtajalle")
        case Audience.COORDINATOR:
            return _("koordinaattorille")
        case Audience.PREPARER:
            return _("vastuuvalmistelijalle")
        case Audience.LINE_MANAGER:
            return _("esihenkilölle")


def duty_name(place: Place, kind: DutyKind) -> str:
    """What kind of thing people owe."""
    _ = place.visitor.say
    names = {
        DutyKind.OPEN_PHASE: _("Vaiheen aloittaminen"),
        DutyKind.OUTPUT: _("Tuotoksen toimittaminen"),
        DutyKind.STANCE: _("Kannan ottaminen"),
        DutyKind.ANSWER: _("Perusteluihin vastaaminen"),
        DutyKind.CONDITION: _("Edellytyksen täyttäminen"),
        DutyKind.ASSESSMENT: _("Arvion antaminen"),
        DutyKind.OUTCOME: _("Tuloksen toteaminen"),
        DutyKind.MEMO: _("Muistion kirjaaminen"),
        DutyKind.ASK_STATEMENT: _("Lausunnon pyytäminen"),
        DutyKind.STATEMENT: _("Lausunnon saapuminen"),
        DutyKind.OPEN_HEARING: _("Kuulemisen avaaminen"),
        DutyKind.HEARING: _("Kuulemisen päättäminen"),
        DutyKind.HANDLING: _("Käsittelyn kirjaaminen"),
        DutyKind.STAFF_COOPERATION: _("Yhteistoiminta"),
        DutyKind.INVITATION: _("Kutsujen lähettäminen"),
        DutyKind.DECISION_MEETING: _("Päättävän toimielimen kokous"),
        DutyKind.REPORT: _("Väliraportin vieminen tiedoksi"),
    }
    return names[kind]


# --- from the next round ------------------------------------------------------------------------------------------


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
    return _tool(
        place,
        title=title,
        lead=_(
            "Vaihe ”%(phase)s”. Muutos tulee voimaan seuraavasta käsittelykerrasta.", phase=place.name("phase", phase)
        ),
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
    return Amend(change=ChangeGroup(phase=phase, group=changed, of=of), reason=_why(form))


def remove_group(place: Place, session: Session, item: str) -> Tool:
    """A group leaves the checkpoint. Raises NotFound."""
    phase, at = _group_at(place, item)
    _ = place.visitor.say
    return _tool(
        place,
        title=_("Poista työryhmä tarkistuspisteestä: %(name)s", name=place.name("group", at.group)),
        lead=_(
            "Ryhmän kantaa ei enää pyydetä seuraavasta käsittelykerrasta. Eriävät mielipiteet ja edellytykset jäävät."
        ),
        button=_("Poista työryhmä"),
        command=lambda form: Amend(change=RemoveGroup(phase=phase, group=at.group), reason=_why(form)),
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
    return _tool(
        place,
        title=title,
        lead=_(
            "Vaihe ”%(phase)s”. Muutos tulee voimaan seuraavasta käsittelykerrasta.", phase=place.name("phase", phase)
        ),
        button=_("Tee muutos"),
        fields=tuple(fields),
        command=lambda form: Amend(
            change=ChangeCriterion(phase=phase, criterion=_changed_criterion(place, phase, one, form)),
            reason=_why(form),
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
    return _tool(
        place,
        title=_("Poista tarkistettava asia"),
        lead=_("”%(text)s” jää pois seuraavasta käsittelykerrasta.", text=one.text.in_(place.visitor.language)),
        button=_("Poista tarkistettava asia"),
        command=lambda form: Amend(change=RemoveCriterion(phase=phase, criterion=one.id), reason=_why(form)),
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
