"""Totea vaihe valmiiksi: the preparer states the outcome, having seen what it will do."""

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.answers import sentence
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.pages.checkpoint import seen_in
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.stating import StatingPage, stating_page
from models.commands import Command, Hold, Pass, Return
from models.personal import Private

router = APIRouter()
AT = "/prosessi/{process}/tarkistuspiste/{phase}/tulos"
WAIVE = "waive-"


@router.get(AT)
def ask(place: At, phase: str) -> Response:
    """The form, with what each outcome leads to."""
    return _form(place, _shown(place, phase), Mistakes(), Typed())


@router.post(AT)
def state(place: At, phase: str, form: Posted) -> Response:
    """The outcome is stated: the phase passes, is returned, or the process is held."""
    mistakes = _mistakes(place, form)
    if mistakes:  # the form goes on from what it was filled in over
        shown = _shown(place, phase)._replace(seen=seen_in(form))
        return _form(place, shown, mistakes, form.typed(), status=422)
    place.act(_command(phase, form))
    said = {
        "pass": place.visitor.say("Vaihe etenee. Kooste on lukittu."),
        "return": place.visitor.say("Työ on palautettu valmisteluun."),
        "hold": place.visitor.say("Prosessi odottaa. Muistutusviestejä ei lähetetä."),
    }
    passed = form.text("outcome") == "pass"
    to = addresses.checkpoint(place.key, phase) if passed else addresses.process(place.key)
    return go(place.visitor, to, said[form.text("outcome")])


def _command(phase: str, form: Form) -> Command:
    match form.text("outcome"):
        case "pass":
            given = {name.removeprefix(WAIVE): form.text(name) for name in form.data if name.startswith(WAIVE)}
            waive = {key: Private(reason) for key, reason in given.items() if reason}
            return Pass(phase=phase, seen=seen_in(form), waive=waive)
        case "return":
            to = form.text("to") or phase
            return Return(phase=phase, to=to, reason=Private(form.text("reason")), seen=seen_in(form))
        case _:
            return Hold(reason=Private(form.text("hold_reason")))


def _mistakes(place: Place, form: Form) -> Mistakes:
    _, mistakes = place.visitor.say, Mistakes()
    match form.text("outcome"):
        case "pass":
            for name in form.data:
                if name.startswith(WAIVE) and not form.text(name):
                    mistakes.add(name, _("Kirjoita, miksi tästä poiketaan."))
        case "return":
            if not form.text("reason"):
                mistakes.add("reason", _("Kirjoita, miksi työ palautetaan."))
        case "hold":
            if not form.text("hold_reason"):
                mistakes.add("hold_reason", _("Kirjoita, miksi prosessi odottaa."))
        case _:
            mistakes.add("outcome", _("Valitse tarkistuspisteen tulos."))
    return mistakes


def _shown(place: Place, phase: str) -> StatingPage:
    with place.visitor.reading() as session:
        return stating_page(place, session, phase)


def _form(place: Place, shown: StatingPage, mistakes: Mistakes, typed: Typed, *, status: int = 200) -> Response:
    why = sentence(place.visitor, shown.hindrance, place.name) if shown.hindrance else None
    values = {"place": place, "stating": shown, "mistakes": mistakes, "typed": typed, "hindrance": why}
    return page(place.visitor, "stating.html", status=status, **values)
