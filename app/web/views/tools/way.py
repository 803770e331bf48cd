"""What is recorded of bodies: a handling that happened, the way back it opens, a mistake of writing mended."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from app.web import addresses
from app.web.forms import Form
from app.web.place import Place
from app.web.views.handling_words import field_words, handling_name, kind_words, outcome_words
from app.web.views.returning import ReturnTo, returns_of
from app.web.views.tools.tool import Field, Kind, Option, Tool, check_entitled
from models.amounts import count_in, day_in
from models.commands import Command, CorrectEntry, RecordHandling, Return, Seen, Vote
from models.days.formats import date_text
from models.definitions.definition import HandlingPlan
from models.errors import NotFound, NotValid
from models.personal import Private
from models.process import Handling
from models.words import HandlingKind, HandlingOutcome, PhaseStatus

A_WORD = Private("…")
UNPLANNED = "muu"
"""The address of a handling that the definition does not expect."""
RECORDERS = "the registrar, or the coordinator of the process"


def way(place: Place) -> tuple[str, str]:
    """The page that these stand under."""
    return ("/kasittelyt", place.visitor.say("Tie päätökseen"))


# --- recording --------------------------------------------------------------------------------------------------


def record(place: Place, plan: str) -> Tool:
    """Kirjaa käsittely: the planned one, or another. Raises NotFound, NotAuthorised."""
    _ = place.visitor.say
    expected = next((one for one in place.definition.decision.chain if one.id == plan), None)
    if expected is None and plan != UNPLANNED:
        raise NotFound(what="handling", name=plan)
    check_entitled(place, _sample(place), RECORDERS)
    said = f"{place.name('body', expected.body)}: {kind_words(place, expected.kind)}" if expected else None
    return Tool(
        title=_("Kirjaa: %(name)s", name=expected.name.in_(place.visitor.language))
        if expected
        else _("Kirjaa muu käsittely"),
        lead=said or _("Käsittely, jota prosessimalli ei odota, esimerkiksi väliraportti tiedoksi."),
        button=_("Kirjaa käsittely"),
        said=_("Käsittely on kirjattu."),
        fields=(*(() if expected else _unplanned(place)), *_happened(place)),
        command=lambda form: _recorded(place, expected, form),
        back=addresses.handlings(place.key) + "#handlings",
        root=way(place),
    )


def _sample(place: Place) -> RecordHandling:
    body, today = place.definition.bodies[0].id, place.visitor.today
    return RecordHandling(body=body, kind=HandlingKind.FOR_INFORMATION, outcome=HandlingOutcome.NOTED, date=today)


def may_record(place: Place) -> bool:
    """Whether the visitor records what bodies did."""
    return place.possible.entitled(_sample(place)) is not None


def _unplanned(place: Place) -> Iterator[Field]:
    _, language = place.visitor.say, place.visitor.language
    bodies = tuple(Option(one.id, one.name.in_(language)) for one in place.definition.bodies)
    kinds = tuple(Option(one.value, kind_words(place, one)) for one in HandlingKind)
    yield Field(
        Kind.SELECT,
        "body",
        _("Toimielin tai viranhaltija"),
        options=bodies,
        missing=_("Valitse, kuka asian käsitteli."),
    )
    yield Field(Kind.SELECT, "kind", _("Mitä käsiteltiin?"), options=kinds, missing=_("Valitse, mitä käsiteltiin."))


def _happened(place: Place) -> Iterator[Field]:
    _ = place.visitor.say
    outcomes = tuple(Option(one.value, outcome_words(place, one)) for one in HandlingOutcome)
    yield Field(Kind.DAY, "date", _("Päivä"), missing=_("Anna päivä."), value=place.visitor.today.isoformat())
    yield Field(Kind.TEXT, "section", _("Pykälä"), _("Pelkkä numero, esimerkiksi 55."))
    yield Field(
        Kind.SELECT, "outcome", _("Miten päättyi?"), options=outcomes, missing=_("Valitse, miten käsittely päättyi.")
    )
    yield Field(Kind.NUMBER, "vote_for", _("Äänestys, jos äänestettiin: puolesta"))
    yield Field(Kind.NUMBER, "vote_against", _("Vastaan"))
    yield Field(Kind.NUMBER, "vote_empty", _("Tyhjiä"))
    yield Field(Kind.NUMBER, "dissents", _("Eriäviä mielipiteitä pöytäkirjassa"))
    yield Field(Kind.TEXT, "minutes", _("Pöytäkirjan osoite verkossa"), _("Alkaa https://"))
    yield Field(Kind.AREA, "summary", _("Mitä päätettiin, lyhyesti"))


def _recorded(place: Place, plan: HandlingPlan | None, form: Form) -> RecordHandling:
    summary = form.text("summary")
    return RecordHandling(
        body=plan.body if plan else form.text("body"),
        kind=plan.kind if plan else HandlingKind(_one_of(HandlingKind, form.text("kind"))),
        outcome=HandlingOutcome(_one_of(HandlingOutcome, form.text("outcome"))),
        date=day_in(form.text("date")),
        section=form.text("section") or None,
        plan=plan.id if plan else None,
        vote=_vote(form),
        dissents=count_in(form.text("dissents") or "0"),
        minutes=form.text("minutes") or None,
        summary=Private(summary) if summary else None,
    )


def _one_of(words: type[HandlingKind] | type[HandlingOutcome], text: str) -> str:
    if text not in set(words):
        raise NotValid("These are missing or not understood: {fields}.", fields=text)
    return text


def _vote(form: Form) -> Vote | None:
    given = [form.text(f"vote_{name}") for name in ("for", "against", "empty")]
    if not any(given):
        return None
    accept, against, empty = (count_in(one or "0") for one in given)
    return Vote.model_validate({"for": accept, "against": against, "empty": empty})


# --- the way back -------------------------------------------------------------------------------------------------


class WayBack(NamedTuple):
    """How a handling takes the work back, and to which phases it can."""

    command: Return
    returns: tuple[ReturnTo, ...]


def way_back(place: Place, handling: str) -> WayBack | None:
    """How the work can go back because of the handling; None where it cannot."""
    last = list(place.process.phases)[-1]
    passed = place.process.phases[last].status is PhaseStatus.PASSED
    for phase in (*place.process.rounds, *((last,) if passed else ())):
        round_ = place.process.rounds.get(phase)
        seen = Seen(round=round_.no, manifest=round_.manifest) if round_ else None
        command = Return(phase=phase, to=phase, reason=A_WORD, seen=seen, handling=handling)
        if found := returns_of(place, command):
            return WayBack(command, found)
    return None


def send_back(place: Place, handling: str) -> Tool:
    """Palauta valmisteluun: because of a handling. Raises NotFound, NotAuthorised, or why it cannot be done now."""
    _, happened = place.visitor.say, place.process.handlings.get(handling)
    if happened is None:
        raise NotFound(what="handling", name=handling)
    last = list(place.process.phases)[-1]
    sample = Return(phase=last, to=last, reason=A_WORD, handling=handling)
    check_entitled(place, sample, "the preparer, or the coordinator of the process")
    found = way_back(place, handling)
    if found is None:
        raise place.possible.refusal(sample) or NotFound(what="page", name=handling)
    options = tuple(Option(one.phase, one.name, one.words(place)) for one in found.returns)
    return Tool(
        title=_("Palauta työ valmisteluun"),
        lead=_("%(handling)s: %(outcome)s.", **_told(place, happened)),
        button=_("Palauta valmisteluun"),
        said=_("Työ on palautettu valmisteluun."),
        fields=(
            Field(
                Kind.CHOICES,
                "to",
                _("Mihin vaiheeseen työ palautetaan?"),
                options=options,
                missing=_("Valitse vaihe."),
            ),
            Field(
                Kind.AREA,
                "reason",
                _("Miksi työ palautetaan?"),
                _("Syy näkyy kaikille prosessissa mukana oleville."),
                missing=_("Kirjoita, miksi työ palautetaan."),
            ),
        ),
        command=lambda form: _returned(found, form),
        back=addresses.handlings(place.key),
        root=way(place),
    )


def _told(place: Place, happened: Handling) -> dict[str, str]:
    return {"handling": handling_name(place, happened), "outcome": outcome_words(place, happened.outcome)}


def _returned(found: WayBack, form: Form) -> Command:
    to = form.text("to")
    if to not in {one.phase for one in found.returns}:
        raise NotFound(what="phase", name=to)
    return found.command.model_copy(update={"to": to, "reason": Private(form.text("reason"))})


# --- mistakes of writing ------------------------------------------------------------------------------------------


class Fact(NamedTuple):
    """A recorded fact that can be mended."""

    item: str
    field: str
    of: str  # what it is about
    name: str
    value: str
    address: str | None  # where it is mended; None where nothing else is possible any more


def may_correct(place: Place) -> bool:
    """Whether the visitor mends mistakes of writing."""
    return place.possible.entitled(_mend("h1", "section", "1")) is not None


def has_facts(place: Place) -> bool:
    """Whether anything is recorded that can be mended."""
    process = place.process
    return bool(process.handlings or process.statements or process.hearings or process.cooperation.proposed)


def facts_of(place: Place) -> tuple[Fact, ...]:
    """Every recorded fact that can be mended, as it stands."""
    return tuple(_facts(place))


def _facts(place: Place) -> Iterator[Fact]:
    _, process = place.visitor.say, place.process
    for key, handling in process.handlings.items():
        days = {"date": handling.date, "inspected": handling.inspected, "published": handling.published}
        name = handling_name(place, handling)
        yield _fact(place, key, "body", name, place.name("body", handling.body))
        yield _fact(place, key, "kind", name, kind_words(place, handling.kind))
        yield _fact(place, key, "outcome", name, outcome_words(place, handling.outcome))
        yield _fact(place, key, "section", name, handling.section or _("Puuttuu"))
        yield from _days(place, key, name, days)
    for key, one in process.statements.items():
        days = {"asked": one.asked, "due": one.due, "given": one.given}
        yield from _days(place, key, place.name("statement", key), days)
    for key, held in process.hearings.items():
        name = place.name("hearing", key)
        yield from _days(place, key, name, {"first": held.first, "last": held.last})
        if held.closed:
            yield _fact(place, key, "contributions", name, str(held.contributions))
    k = process.cooperation
    yield from _days(place, "cooperation", _("Yhteistoiminta"), {"proposed": k.proposed, "ended": k.ended})


def _days(place: Place, item: str, of: str, days: dict[str, dt.date | None]) -> Iterator[Fact]:
    for field, day in days.items():
        if day is not None:
            yield _fact(place, item, field, of, date_text(day, place.visitor.language))


def _fact(place: Place, item: str, field: str, of: str, value: str) -> Fact:
    possible = field not in CHOSEN or bool(_possible(place, item, field))
    address = addresses.correcting(place.key, item, field) if possible else None
    return Fact(item, field, of, field_words(place, field), value, address)


CHOSEN = ("body", "kind", "outcome")
"""The fields whose right value is one of several."""


def _choices(place: Place, field: str) -> tuple[Option, ...]:
    match field:
        case "kind":
            return tuple(Option(one.value, kind_words(place, one)) for one in HandlingKind)
        case "outcome":
            return tuple(Option(one.value, outcome_words(place, one)) for one in HandlingOutcome)
    return tuple(Option(one.id, one.name.in_(place.visitor.language)) for one in place.definition.bodies)


def _possible(place: Place, item: str, field: str) -> tuple[Option, ...]:
    """The values that the fact may be mended to."""
    return tuple(one for one in _choices(place, field) if place.possible.may(_mend(item, field, one.value)))


def _mend(item: str, field: str, to: str, reason: str = "…") -> CorrectEntry:
    return CorrectEntry(item=item, field=field, to=to, reason=Private(reason))


def correct(place: Place, item: str, field: str) -> Tool:
    """Oikaise kirjaus: one recorded fact. Raises NotFound, NotAuthorised."""
    _ = place.visitor.say
    check_entitled(place, _mend("h1", "section", "1"), RECORDERS)
    fact = next((one for one in facts_of(place) if (one.item, one.field) == (item, field)), None)
    if fact is None:
        raise NotFound(what="recorded fact", name=f"{item} {field}")
    if fact.address is None:
        other = next(one for one in _choices(place, field) if one.text != fact.value)
        raise place.possible.refusal(_mend(item, field, other.value)) or NotFound(what="page", name=item)
    return Tool(
        title=_("Oikaise: %(name)s", name=fact.name),
        lead=_("%(of)s. Nyt: %(value)s.", of=fact.of, value=fact.value),
        button=_("Oikaise"),
        said=_("Kirjaus on oikaistu. Entinen arvo on tallessa historiassa."),
        fields=(_right_value(place, item, field), Field(Kind.AREA, "reason", _("Miksi?"), missing=_("Kirjoita syy."))),
        command=lambda form: _mend(item, field, form.text("to"), form.text("reason")),
        back=addresses.handlings(place.key),
        between=(("/kasittelyt/oikaise", _("Oikaise kirjoitusvirhe")),),
        root=way(place),
    )


def _right_value(place: Place, item: str, field: str) -> Field:
    _, missing = place.visitor.say, place.visitor.say("Anna oikea arvo.")
    if field in CHOSEN:
        return Field(Kind.SELECT, "to", _("Oikea arvo"), options=_possible(place, item, field), missing=missing)
    kind = {"section": Kind.TEXT, "contributions": Kind.NUMBER}.get(field, Kind.DAY)
    return Field(kind, "to", _("Oikea arvo"), missing=missing)
