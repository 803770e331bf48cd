"""Muistuta: chosen, shown who would get it and when, and sent by the second button."""

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import Mistakes, Posted
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.tools.menu import sees_late
from app.web.views.tools.nudging import NudgeLine, nudge_lines, nudging
from models.errors import NotAuthorised

router = APIRouter()
AT = "/prosessi/{process}/muistuta"


@router.get(AT)
def choose(place: At, vaihe: str = "") -> Response:
    """Those who have not done what waits, to be chosen."""
    return _page(place, vaihe, Mistakes(), frozenset())


@router.post(AT)
def remind(place: At, form: Posted, vaihe: str = "") -> Response:
    """Who gets what and when is shown, or it is on its way."""
    lines = _lines(place, vaihe)
    chosen = frozenset(form.all("duty")) & {one.key for one in lines if one.to}
    if not chosen:
        mistakes = Mistakes()
        mistakes.add("duties", place.visitor.say("Valitse, ketä muistutetaan."))
        return _page(place, vaihe, mistakes, frozenset(), status=422)
    if not form.checked("shown"):
        return _page(place, vaihe, Mistakes(), chosen, shown=True)
    sent = nudging(place).send(place.visitor.municipality, place.key, sorted(chosen), place.visitor.person)
    people = len({one.person for one in sent if one.person})
    said = place.visitor.say_counted(
        "Yksi henkilö saa muistutusviestin.", "%(num)s henkilöä saa muistutusviestin.", people
    )
    return go(place.visitor, addresses.process(place.key), said)


def _lines(place: Place, phase: str) -> tuple[NudgeLine, ...]:
    if not sees_late(place):
        raise NotAuthorised(who="the coordinator of the process, or the chair of the group")
    if phase:
        place.check_phase(phase)
    with place.visitor.reading() as session:
        return nudge_lines(place, session, phase or None)


def _page(
    place: Place, phase: str, mistakes: Mistakes, chosen: frozenset[str], *, shown: bool = False, status: int = 200
) -> Response:
    lines = _lines(place, phase)
    values = {"lines": [one for one in lines if not shown or one.key in chosen], "chosen": chosen, "shown": shown}
    values |= {"phase": phase, "phase_name": place.name("phase", phase) if phase else None}
    return page(place.visitor, "nudge.html", status=status, place=place, mistakes=mistakes, **values)
