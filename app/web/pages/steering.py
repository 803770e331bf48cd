"""The coordinator's tools: each shows first what it leads to, and does it by the second button."""

from fastapi import APIRouter, Response

from app.web.forms import Posted
from app.web.pages.tool_form import acted, asked
from app.web.place import At, Place
from app.web.rendering import page
from app.web.views.tools.amending import amendments
from app.web.views.tools.dates import dates_of
from app.web.views.tools.menu import tool_of, tools_of
from app.web.views.tools.tool import Tool
from models.errors import NotAuthorised

router = APIRouter()
AT = "/prosessi/{process}/ohjaus"


@router.get(AT)
def all_tools(place: At) -> Response:
    """The tools that the visitor can use."""
    found = tools_of(place)
    if not found:
        raise NotAuthorised(who="the coordinator of the process")
    return page(place.visitor, "tools.html", place=place, tools=found)


@router.get(AT + "/paivat")
def dates(place: At) -> Response:
    """Every date of the process that can be moved."""
    _of_coordinator(place)
    with place.visitor.reading() as session:
        found = dates_of(place, session)
    return page(place.visitor, "dates.html", place=place, dates=found)


@router.get(AT + "/muutokset")
def changes(place: At) -> Response:
    """Everything of the plan that can be changed."""
    with place.visitor.reading() as session:
        found = amendments(place, session)
    return page(place.visitor, "amendments.html", place=place, found=found)


@router.get(AT + "/{tool}")
def ask(place: At, tool: str) -> Response:
    """The tool's form; of what asks nothing, what it leads to."""
    return asked(place, _tool(place, tool, ""))


@router.get(AT + "/{kind}/{thing}")
def ask_at(place: At, kind: str, thing: str) -> Response:
    """The tool's form at one thing."""
    return asked(place, _tool(place, kind, thing))


@router.post(AT + "/{tool}")
def act(place: At, tool: str, form: Posted) -> Response:
    """What the tool does is shown, or done."""
    return acted(place, _tool(place, tool, ""), form)


@router.post(AT + "/{kind}/{thing}")
def act_at(place: At, kind: str, thing: str, form: Posted) -> Response:
    """What the tool does at one thing is shown, or done where it has been shown."""
    return acted(place, _tool(place, kind, thing), form)


# --- what the routes share ----------------------------------------------------------------------------------------


def _tool(place: Place, tool: str, thing: str) -> Tool:
    with place.visitor.reading() as session:
        return tool_of(place, session, tool, thing)


def _of_coordinator(place: Place) -> None:
    if not any(one.address.endswith("/paivat") for one in tools_of(place)):
        raise NotAuthorised(who="the coordinator of the process")
