"""Valmisteluhistoria: read, searched, as of a day; verified; and what has to be covered is covered."""

import datetime as dt
import threading
from urllib.parse import urlencode

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.answers import sentence, words_of
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.limits import VERIFIED, within
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.covering import Coverable, Gone, command_of, coverable, gone
from app.web.views.history import Wanted, check_may_read, history_page
from app.web.views.verification import verification
from models.amounts import count_in, day_in
from models.bounded import Count
from models.errors import NotFound, NotValid, Overtaken, Refused

router = APIRouter()
AT = "/prosessi/{process}/historia"
_verifying = threading.Lock()  # everything stored is read: one at a time


@router.get(AT)
def read(
    place: At,
    laji: str = "",
    vaihe: str = "",
    henkilo: str = "",
    alkaen: str = "",
    paattyen: str = "",
    q: str = "",
    sivu: str = "",
    tilanne: str = "",
) -> Response:
    """What has happened, the newest first; as it was known at the end of a day where one is given."""
    check_may_read(place)
    mistakes = Mistakes()
    wanted = Wanted(
        sort=laji,
        phase=vaihe,
        person=henkilo,
        first=_day(place, "alkaen", alkaen, mistakes),
        last=_day(place, "paattyen", paattyen, mistakes),
        words=q[:200].strip(),
        page=count_in(sivu or "1"),
        as_of=_day(place, "tilanne", tilanne, mistakes),
    )
    try:
        with place.visitor.reading() as session:
            found = history_page(place, session, wanted)
    except NotFound:
        mistakes.add("tilanne", place.visitor.say("Prosessia ei vielä ollut sinä päivänä."))
        with place.visitor.reading() as session:
            found = history_page(place, session, wanted._replace(as_of=None))
    asked = {"laji": laji, "vaihe": vaihe, "henkilo": henkilo, "alkaen": alkaen, "paattyen": paattyen}
    asked |= {"q": wanted.words, "tilanne": tilanne}
    query = urlencode({name: value for name, value in asked.items() if value})
    values = {"h": found, "wanted": wanted, "asked": Typed(asked), "query": query, "mistakes": mistakes}
    return page(place.visitor, "history.html", status=422 if mistakes else 200, place=place, **values)


def _day(place: Place, name: str, text: str, mistakes: Mistakes) -> dt.date | None:
    if not text:
        return None
    try:
        return day_in(text)
    except (ValueError, NotValid):
        mistakes.add(name, place.visitor.say("Anna päivä."))
        return None


# --- verifying ----------------------------------------------------------------------------------------------------


@router.get(AT + "/tarkistus")
def ask_verification(place: At) -> Response:
    """What a verification checks and what it leaves out, with a place for an anchor."""
    check_may_read(place)
    return page(place.visitor, "verify.html", place=place, found=None, anchor="", mistakes=Mistakes())


@router.post(AT + "/tarkistus")
def verify(place: At, form: Posted) -> Response:
    """Whether everything stored still holds. Refused in words while another verification goes on, and too often."""
    check_may_read(place)
    visitor = place.visitor
    with visitor.installation.database.transaction() as session:
        allowed = within(session, visitor, (VERIFIED, f"{visitor.municipality}/{visitor.person}"))
    if not allowed:
        return _later(
            place, form, visitor.say("Olet tarkistanut monta kertaa peräkkäin. Yritä kymmenen minuutin päästä.")
        )
    if not _verifying.acquire(blocking=False):
        return _later(place, form, visitor.say("Joku muu tarkistaa juuri nyt. Yritä hetken päästä uudelleen."))
    try:
        found = verification(place, form.text("anchor"))
    finally:
        _verifying.release()
    return page(visitor, "verify.html", place=place, found=found, anchor=form.text("anchor"), mistakes=Mistakes())


def _later(place: Place, form: Form, sentence: str) -> Response:
    mistakes = Mistakes()
    mistakes.add("anchor", sentence)
    values = {"found": None, "anchor": form.text("anchor"), "mistakes": mistakes}
    return page(place.visitor, "verify.html", status=503, place=place, **values)


# --- covering -----------------------------------------------------------------------------------------------------


@router.get(AT + "/{sequence}/peita")
def ask_what_to_cover(place: At, sequence: Count) -> Response:
    """What of one entry can be covered."""
    return _cover_page(place, _entry(place, sequence), Mistakes(), frozenset(), "")


@router.post(AT + "/{sequence}/peita")
def cover(place: At, sequence: Count, form: Posted) -> Response:
    """What would disappear where is shown, or covered for good where it has been shown."""
    entry, chosen, ground = _entry(place, sequence), frozenset(form.all("what")), form.text("ground")
    mistakes = Mistakes()
    if not entry.keys & chosen:
        mistakes.add("what", place.visitor.say("Valitse, mitä peitetään."))
    if len(ground) < 3:
        mistakes.add("ground", place.visitor.say("Kirjoita peruste, esimerkiksi tietosuoja-asetus 17 art."))
    if mistakes:
        return _cover_page(place, entry, mistakes, chosen, ground, status=422)
    command = command_of(entry, chosen, ground)
    try:
        with place.visitor.reading() as session:
            shown = gone(place, session, entry, command)
    except (Refused, NotFound, NotValid) as refused:
        mistakes.add("what", sentence(place.visitor, refused) or words_of(place.visitor, refused.kind).title)
        return _cover_page(place, entry, mistakes, chosen, ground, status=422)
    if not form.text("seen"):
        return _cover_page(place, entry, mistakes, chosen, ground, shown=shown)
    if form.text("seen") != shown.seen:
        raise Overtaken(what="what it leads to")
    place.act(command)
    said = place.visitor.say("Tieto on peitetty pysyvästi. Kuka, milloin ja millä perusteella jää historiaan.")
    return go(place.visitor, addresses.record(place.key), said)


def _entry(place: Place, sequence: Count) -> Coverable:
    with place.visitor.reading() as session:
        return coverable(place, session, sequence)


def _cover_page(
    place: Place,
    entry: Coverable,
    mistakes: Mistakes,
    chosen: frozenset[str],
    ground: str,
    *,
    shown: Gone | None = None,
    status: int = 200,
) -> Response:
    values = {"entry": entry, "mistakes": mistakes, "chosen": chosen, "ground": ground, "gone": shown}
    return page(place.visitor, "cover.html", status=status, place=place, **values)
