"""Omat asetukset: each person's own. What is chosen here changes no right and no date."""

from typing import Any

from fastapi import APIRouter, Response
from pydantic import ValidationError

from app.web.answers import sentence, words_of
from app.web.forms import Mistakes, Posted, Typed
from app.web.language import known
from app.web.place import At, Place, SignedInVisitor
from app.web.rendering import go, page
from app.web.session import Visitor
from app.web.views.duties import what_of
from app.web.views.settings import settings_page
from app.web.views.tools.nudging import nudging
from models.amounts import day_in
from models.days.calendar import ONE_DAY
from models.days.formats import WEEKDAYS
from models.duties.owed import OwedByKind
from models.errors import NotAuthorised, NotFound, NotValid, Refused
from models.municipality.commands import ChangePerson, EndAbsence, MunicipalityCommand, NoteAbsence
from models.outgoing import readers
from models.outgoing.feed_links import renew_feed
from models.personal import Private
from models.signing_in import sessions
from models.storage import reading, store
from models.storage.reading import open_duty
from models.telling.hours import Choices
from models.telling.telling import reminded
from models.words import Audience, Rhythm

router = APIRouter()
AT = "/omat"


@router.get(AT)
def settings(visitor: SignedInVisitor) -> Response:
    """Everything that the visitor has chosen, and what is known of them."""
    return _page(visitor, Mistakes(), Typed())


# --- messages -----------------------------------------------------------------------------------------------------


@router.post(AT + "/viestit")
def choose(visitor: SignedInVisitor, form: Posted) -> Response:
    """The visitor is written to within these hours, as often as they chose."""
    asked: dict[str, Any] = {name: _time(form.text(name)) for name in ("first", "last")}
    asked |= {"rhythm": form.text("rhythm") or Rhythm.AT_ONCE, "weekday": form.text("weekday") or 0}
    try:
        chosen = Choices.model_validate(asked)
    except ValidationError:
        mistakes = Mistakes()
        sentence_ = visitor.say("Anna kellonajat niin, että alku on ennen loppua, esimerkiksi 7.00 ja 15.00.")
        mistakes.add("first", sentence_)
        return _page(visitor, mistakes, form.typed(), status=422)
    with visitor.installation.database.transaction() as session:
        readers.choose(session, visitor.municipality, visitor.person, chosen, visitor.now)
    return go(visitor, AT, visitor.say("Viestiasetukset on tallennettu."))


def _time(text: str) -> str | None:
    """A time as browsers or people write it."""
    return text.replace(".", ":").zfill(5) if text else None


@router.get(AT + "/muistutus/{process}/{duty}")
def ask_until(place: At, duty: str) -> Response:
    """Until when a duty's reminders are postponed."""
    return _snooze_page(place.visitor, place, duty, Mistakes(), Typed())


@router.post(AT + "/muistutus/{process}/{duty}")
def snooze(place: At, duty: str, form: Posted) -> Response:
    """The visitor's reminders of the duty wait until the day; the duty is due as before."""
    visitor, mistakes = place.visitor, Mistakes()
    try:
        until = day_in(form.text("until"))
        addressing = nudging(place).addressing
        addressing.snooze(visitor.municipality, place.key, duty, visitor.person, until)
    except ValueError:
        mistakes.add("until", visitor.say("Anna päivä."))
    except NotValid as refused:
        mistakes.add("until", sentence(visitor, refused) or words_of(visitor, refused.kind).title)
    if mistakes:
        return _snooze_page(visitor, place, duty, mistakes, form.typed(), status=422)
    return go(visitor, "/", visitor.say("Muistutusta on siirretty. Määräaika ei muuttunut."))


@router.post(AT + "/muistutus/{process}/{duty}/palauta")
def wake(visitor: SignedInVisitor, process: str, duty: str) -> Response:
    """The visitor is reminded of the duty again as others are."""
    with visitor.installation.database.transaction() as session:
        scope, _, _ = store.find_process(session, visitor.municipality, process)
        readers.unsnooze(session, scope.id, duty, visitor.person)
    return go(visitor, AT, visitor.say("Muistutukset tulevat taas tavalliseen aikaan."))


# --- days away ----------------------------------------------------------------------------------------------------


@router.post(AT + "/poissa")
def away(visitor: SignedInVisitor, form: Posted) -> Response:
    """The days are noted, and who stands in. Nobody asks why."""
    mistakes, days = Mistakes(), {}
    for name in ("away_first", "away_last"):
        try:
            days[name] = day_in(form.text(name))
        except (ValueError, NotValid):
            mistakes.add(name, visitor.say("Anna päivä."))
    stand_in = _stand_in(visitor, form.text("stand_in"), mistakes)
    if not mistakes:
        command = NoteAbsence(
            person=visitor.person, first=days["away_first"], last=days["away_last"], stand_in=stand_in
        )
        _act(visitor, command, mistakes, "away_first")
    if mistakes:
        return _page(visitor, mistakes, form.typed(), status=422)
    return go(visitor, AT, visitor.say("Poissaolo on merkitty. Syytä ei kysytä eikä tallenneta."))


@router.post(AT + "/takaisin")
def back(visitor: SignedInVisitor, form: Posted) -> Response:
    """The visitor is back earlier, or will not be away after all."""
    try:
        first = day_in(form.text("first"))
    except ValueError:
        raise NotValid("Give a date.") from None
    last = max(first, visitor.today) - ONE_DAY
    visitor.engine.handle_municipality(
        visitor.municipality, EndAbsence(person=visitor.person, first=first, last=last), visitor.person, channel="web"
    )
    return go(visitor, AT, visitor.say("Poissaolo on päätetty."))


def _stand_in(visitor: Visitor, address: str, mistakes: Mistakes) -> str | None:
    if not address:
        return None
    with visitor.reading() as session:
        found = reading.people_with_email(session, visitor.municipality, address)
    if not found:
        mistakes.add("stand_in", visitor.say("Kenelläkään hakemistossa ei ole tätä osoitetta."))
    return found[0] if found else None


def _act(visitor: Visitor, command: MunicipalityCommand, mistakes: Mistakes, field: str) -> None:
    try:
        visitor.engine.handle_municipality(visitor.municipality, command, visitor.person, channel="web")
    except (NotValid, Refused) as refused:
        mistakes.add(field, sentence(visitor, refused) or words_of(visitor, refused.kind).title)


# --- the rest -----------------------------------------------------------------------------------------------------


@router.post(AT + "/tiedot")
def details(visitor: SignedInVisitor, form: Posted) -> Response:
    """The visitor's language, for pages and messages, and telephone number are others from now on."""
    language, phone = known(form.text("own_language")), form.text("phone")
    mistakes = Mistakes()
    try:
        command = ChangePerson(person=visitor.person, language=language, phone=Private(phone) if phone else None)
    except ValidationError:
        mistakes.add("phone", visitor.say("Puhelinnumero on muotoa 040 123 4567."))
    else:
        if language or phone:
            _act(visitor, command, mistakes, "phone")
    if mistakes:
        return _page(visitor, mistakes, form.typed(), status=422)
    if language:
        visitor.choose(language)
    return go(visitor, AT, visitor.say("Tiedot on tallennettu."))


@router.post(AT + "/kalenteri")
def renew(visitor: SignedInVisitor) -> Response:
    """The visitor's calendar has another address."""
    with visitor.installation.database.transaction() as session:
        renew_feed(session, visitor.municipality, visitor.person, visitor.now)
    return go(visitor, AT + "#calendar", visitor.say("Kalenterilla on uusi osoite. Entinen ei enää avaudu."))


@router.post(AT + "/istunnot")
def elsewhere(visitor: SignedInVisitor) -> Response:
    """The visitor is signed in here alone."""
    with visitor.installation.database.transaction() as session:
        sessions.end_others(session, visitor.municipality, visitor.person, visitor.secret)
    return go(visitor, AT + "#sessions", visitor.say("Olet nyt kirjautuneena vain tässä selaimessa."))


@router.post(AT + "/istunnot/{name}")
def one_elsewhere(visitor: SignedInVisitor, name: str) -> Response:
    """The visitor is signed in no more in that browser."""
    with visitor.installation.database.transaction() as session:
        sessions.end_one(session, visitor.municipality, visitor.person, name)
    return go(visitor, AT + "#sessions", visitor.say("Se selain on kirjattu ulos."))


def _page(visitor: Visitor, mistakes: Mistakes, typed: Typed, *, status: int = 200) -> Response:
    with visitor.reading() as session:
        found = settings_page(visitor, session)
    values = {"s": found, "weekdays": WEEKDAYS[visitor.language][:5], "typed": typed}
    return page(visitor, "settings.html", status=status, mistakes=mistakes, **values)


def _snooze_page(
    visitor: Visitor, place: Place, duty: str, mistakes: Mistakes, typed: Typed, *, status: int = 200
) -> Response:
    owed = OwedByKind(place.process, place.definition, place.world.calendar).get(duty)
    if owed is None:
        raise NotFound(what="duty", name=duty)
    _, reached, _, _ = reminded(place.process, place.world, duty, owed, Audience.HOLDER)
    if visitor.person not in (owed.person, *reached.people):
        raise NotAuthorised(who="who owes the duty")
    what = what_of(visitor, open_duty(place.key, place.title, duty, owed), place.wording)
    values = {"what": what, "due": owed.due, "mistakes": mistakes, "typed": typed}
    return page(visitor, "snooze.html", status=status, place=place, **values)
