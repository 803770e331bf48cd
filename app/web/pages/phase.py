"""One phase: opened, submitted, revised and taken back; who was heard."""

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.answers import sentence
from app.web.forms import Posted
from app.web.pages.checkpoint import a_day, words
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.phase import phase_page
from models.commands import Command, GiveOpportunity, OpenPhase, Retract, Revise, Submit
from models.errors import NotAuthorised
from models.personal import Private

router = APIRouter()
AT = "/prosessi/{process}/vaihe/{phase}"


@router.get(AT)
def one_phase(place: At, phase: str) -> Response:
    """The phase, as the visitor may see it."""
    with place.visitor.reading() as session:
        found = phase_page(place, session, phase)
    refused = found.submitting
    why = sentence(place.visitor, refused, place.name) if refused and not isinstance(refused, NotAuthorised) else None
    return page(place.visitor, "phase.html", phase=found, why_not=why)


@router.post(AT + "/aloita")
def open_phase(place: At, phase: str) -> Response:
    """The phase is open."""
    return _done(place, phase, OpenPhase(phase=phase), place.visitor.say("Vaihe on aloitettu."))


@router.post(AT + "/toimita")
def submit(place: At, phase: str) -> Response:
    """The drafts are versions, and the groups are asked for their stances."""
    place.act(Submit(phase=phase))
    said = place.visitor.say("Tuotokset on toimitettu tarkistuspisteeseen. Työryhmiltä pyydetään kannat.")
    return go(place.visitor, addresses.checkpoint(place.key, phase), said)


@router.post(AT + "/korvaa/{output}")
def revise(place: At, phase: str, output: str, form: Posted) -> Response:
    """The draft replaces the output's version in the open round."""
    technical = form.text("technical") == "yes"
    place.act(Revise(phase=phase, output=output, reason=words(place, form, "reason"), technical=technical))
    said = place.visitor.say("Uusi versio on tarkistuspisteessä. Muutoksesta kerrotaan niille, joita se koskee.")
    return go(place.visitor, addresses.checkpoint(place.key, phase), said)


@router.post(AT + "/peru")
def retract(place: At, phase: str, form: Posted) -> Response:
    """The submission or the opening is taken back."""
    what = "submission" if form.text("what") == "submission" else "opening"
    command = Retract.model_validate({"what": what, "phase": phase})
    return _done(place, phase, command, place.visitor.say("Peruttu."))


@router.post(AT + "/kuultu/{affected}")
def hear(place: At, phase: str, affected: str, form: Posted) -> Response:
    """The affected group was given an opportunity to be heard."""
    effect = form.text("effect")
    command = GiveOpportunity(
        phase=phase,
        affected=affected,
        on=a_day(place, form.text("on")),
        how=words(place, form, "how"),
        heard=form.text("heard") == "yes",
        effect=Private(effect) if effect else None,
    )
    return _done(place, phase, command, place.visitor.say("Kuuleminen on kirjattu."), "affected")


def _done(place: Place, phase: str, command: Command, said: str, anchor: str = "") -> Response:
    place.act(command)
    return go(place.visitor, addresses.phase(place.key, phase) + (f"#{anchor}" if anchor else ""), said)
