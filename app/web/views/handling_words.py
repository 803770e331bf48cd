"""The words of handlings: what was handled, how it ended, what it is called, what was amiss with it."""

import datetime as dt

from app.web.place import Place
from models.commands import Vote
from models.days.formats import date_text
from models.events import HandlingRecorded
from models.process import Handling
from models.words import HandlingKind, HandlingOutcome


def kind_words(place: Place, kind: HandlingKind) -> str:
    """What was handled."""
    _ = place.visitor.say
    return {
        HandlingKind.FOR_INFORMATION: _("tiedoksi"),
        HandlingKind.STATEMENT: _("lausunto"),
        HandlingKind.PROPOSAL: _("ehdotus"),
        HandlingKind.DECISION: _("päätös"),
    }[kind]


def outcome_words(place: Place, outcome: HandlingOutcome) -> str:
    """How it ended."""
    _ = place.visitor.say
    return {
        HandlingOutcome.APPROVED: _("hyväksytty"),
        HandlingOutcome.AMENDED: _("hyväksytty muutettuna"),
        HandlingOutcome.PARTLY: _("hyväksytty osittain"),
        HandlingOutcome.RETURNED: _("palautettu valmisteluun"),
        HandlingOutcome.TABLED: _("pantu pöydälle"),
        HandlingOutcome.REJECTED: _("hylätty"),
        HandlingOutcome.NOTED: _("merkitty tiedoksi"),
    }[outcome]


def handling_name(place: Place, one: Handling | HandlingRecorded) -> str:
    """Kaupunginhallitus 29.3.2027 § 12."""
    section = f" § {one.section}" if one.section else ""
    return f"{place.name('body', one.body)} {date_text(one.date, place.visitor.language)}{section}"


def defect_words(place: Place, defect: str) -> str:
    """What is amiss with a handling."""
    _ = place.visitor.say
    name, _sep, item = defect.partition(":")
    if name == "before":
        chain = {plan.id: plan.name.in_(place.visitor.language) for plan in place.definition.decision.chain}
        return _("Edeltävä käsittely puuttuu: %(name)s", name=chain.get(item, item))
    said = {
        "readiness-not-passed": _("Viimeinen tarkistuspiste ei ole edennyt."),
        "staff-cooperation-not-judged": _("Yhteistoiminnan tarvetta ei ole arvioitu (laki 449/2007)."),
        "staff-cooperation-not-ended": _("Yhteistoiminta on kesken (laki 449/2007)."),
        "influence-body-decides": _("Vaikuttamistoimielin ei tee päätöksiä."),
        "no-ground": _("Toimivallan peruste puuttuu."),
        "no-section": _("Pykälä puuttuu."),
        "decided-text-missing": _("Päätetty teksti puuttuu."),
        "executive-missing": _("Kaupunginhallituksen ehdotus puuttuu (Kuntalaki 39 ja 93 §)."),
        "decided-already": _("Asia oli jo päätetty. Aiempi päätös on voimassa, ellei sitä kumota."),
        "outside-window": _("Käsittely on suunnitellun ajan ulkopuolella."),
    }
    return said.get(name, defect)


def field_words(place: Place, field: str) -> str:
    """What a fact is called."""
    _ = place.visitor.say
    return {
        "body": _("Toimielin tai viranhaltija"),
        "kind": _("Käsittelyn laji"),
        "outcome": _("Tulos"),
        "section": _("Pykälä"),
        "date": _("Päivä"),
        "inspected": _("Pöytäkirja tarkastettiin"),
        "published": _("Pöytäkirja julkaistiin"),
        "asked": _("Lausuntoa pyydettiin"),
        "due": _("Lausunnon määräpäivä"),
        "given": _("Lausunto saapui"),
        "first": _("Kuuleminen alkoi"),
        "last": _("Kuuleminen päättyy"),
        "contributions": _("Kannanottojen määrä"),
        "proposed": _("Neuvotteluesitys annettiin"),
        "ended": _("Neuvottelut päättyivät"),
    }[field]


def fact_words(place: Place, field: str, value: str | None) -> str:
    """The value of a recorded fact as it stands in the record."""
    if value is None:
        return place.visitor.say("Puuttuu")
    match field:
        case "body":
            return place.name("body", value)
        case "kind":
            return kind_words(place, HandlingKind(value))
        case "outcome":
            return outcome_words(place, HandlingOutcome(value))
        case "section" | "contributions":
            return value
    return date_text(dt.date.fromisoformat(value), place.visitor.language)


def vote_words(place: Place, vote: Vote) -> str:
    """How a vote went."""
    return place.visitor.say(
        "Äänestys: %(accept)s puolesta, %(against)s vastaan, %(empty)s tyhjää.",
        accept=vote.for_,
        against=vote.against,
        empty=vote.empty,
    )
