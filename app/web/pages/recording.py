"""Handlings are recorded, the work sent back because of one, mistakes of writing mended: shown first, then done."""

from fastapi import APIRouter, Response

from app.web.forms import Posted
from app.web.pages.tool_form import acted, asked
from app.web.place import At
from app.web.rendering import page
from app.web.views.tools import way
from models.errors import NotAuthorised

router = APIRouter()
AT = "/prosessi/{process}/kasittelyt"


@router.get(AT + "/kirjaa/{plan}")
def ask_record(place: At, plan: str) -> Response:
    """The form of a handling, the planned one or another."""
    return asked(place, way.record(place, plan))


@router.post(AT + "/kirjaa/{plan}")
def record(place: At, plan: str, form: Posted) -> Response:
    """What would be recorded is shown, with what is amiss; or the handling stands in the record."""
    return acted(place, way.record(place, plan), form)


@router.get(AT + "/{handling}/palauta")
def ask_send_back(place: At, handling: str) -> Response:
    """The form that takes the work back because of the handling."""
    return asked(place, way.send_back(place, handling))


@router.post(AT + "/{handling}/palauta")
def send_back(place: At, handling: str, form: Posted) -> Response:
    """What going back leads to is shown, or the work has gone back."""
    return acted(place, way.send_back(place, handling), form)


@router.get(AT + "/oikaise")
def facts(place: At) -> Response:
    """Every recorded fact that can be mended."""
    if not way.may_correct(place):
        raise NotAuthorised(who=way.RECORDERS)
    return page(place.visitor, "facts.html", place=place, facts=way.facts_of(place))


@router.get(AT + "/oikaise/{item}/{field}")
def ask_correct(place: At, item: str, field: str) -> Response:
    """The form of one recorded fact."""
    return asked(place, way.correct(place, item, field))


@router.post(AT + "/oikaise/{item}/{field}")
def correct(place: At, item: str, field: str, form: Posted) -> Response:
    """What the right value changes is shown, or it stands; the old value is kept."""
    return acted(place, way.correct(place, item, field), form)
