"""Changes of a running process that are in force at once: who has a role, and when people are reminded."""

from app.web.forms import Form
from app.web.place import Place
from app.web.views.tools.change import change, why
from app.web.views.tools.people import person_field, person_in
from app.web.views.tools.tool import Field, Kind, Option, Tool
from models.commands import (
    Amend,
    AssignRole,
    ChangeLadder,
)
from models.definitions.definition import Ladder, LadderStep
from models.duties.ladder import parse_step
from models.errors import NotFound, NotValid
from models.process import COORDINATOR
from models.storage.database import Session
from models.words import OF_STANCES, Audience, DutyKind

STEPS = (
    *("10 working days before", "5 working days before", "3 working days before", "2 working days before"),
    *("1 working day before", "on the day", "1 working day after", "2 working days after"),
    *("3 working days after", "5 working days after", "10 working days after"),
)
MOST_STEPS = 6


def role(place: Place, session: Session, item: str) -> Tool:
    """Somebody else takes a role. Raises NotFound."""
    _ = place.visitor.say
    if item == COORDINATOR or item not in {slot.id for slot in place.definition.roles}:
        raise NotFound(what="role in the definition", name=item)
    place.fetch_people(session, [place.process.roles.get(item)])
    return change(
        place,
        title=_("Vaihda henkilö: %(name)s", name=place.name("role", item)),
        lead=_("Nyt: %(name)s. Muutos tulee voimaan heti.", name=player(place, item)),
        button=_("Vaihda henkilö"),
        fields=(person_field(place, session, "person", _("Uusi henkilö"), without=place.process.roles.get(item)),),
        command=lambda form: Amend(
            change=AssignRole(role=item, person=person_in(place, form, "person")), reason=why(form)
        ),
    )


def player(place: Place, slot: str) -> str:
    person = place.process.roles.get(slot)
    return place.person(person) if person else place.visitor.say("Ei nimetty")


def ladder(place: Place, session: Session, item: str) -> Tool:
    """Reminders of one kind of duty. Raises NotFound."""
    _ = place.visitor.say
    if item not in set(DutyKind):
        raise NotFound(what="kind of duty", name=item)
    kind = DutyKind(item)
    now = ladder_now(place, kind)
    fields = []
    for number in range(MOST_STEPS):
        step = now[number] if number < len(now) else None
        label = _("Muistutusviesti %(number)s", number=number + 1)
        fields.append(Field(Kind.SELECT, f"step-{number}", label, options=_steps(place, kind, now), value=_value(step)))
    return change(
        place,
        title=_("Muistutusviestit: %(name)s", name=duty_name(place, kind)),
        lead=_("Muutos tulee voimaan heti. Viestit lähtevät arkisin, ja jokainen voi valita omat aikansa."),
        button=_("Muuta muistutusviestejä"),
        fields=tuple(fields),
        command=lambda form: Amend(change=ChangeLadder(ladder=_chosen(kind, form)), reason=why(form)),
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


def ladder_now(place: Place, kind: DutyKind) -> tuple[LadderStep, ...]:
    amended = place.process.ladders.get(kind)
    if amended is not None:
        return amended.steps
    return next((one.steps for one in place.definition.ladders if one.duty is kind), ())


def _steps(place: Place, kind: DutyKind, now: tuple[LadderStep, ...]) -> tuple[Option, ...]:
    to = [one for one in Audience if one is not Audience.LINE_MANAGER]
    if kind not in OF_STANCES:
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
        DutyKind.REPLY: _("Vastauksen riittäminen perustelujen antajalle"),
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
        DutyKind.VACANCY: _("Tekijän löytäminen avoimeen tehtävään"),
        DutyKind.REPORT: _("Väliraportin vieminen tiedoksi"),
    }
    return names[kind]
