"""The coordinator's tools: each shows first what it leads to, and does it by the second button."""

from fastapi import APIRouter, Response

from app.web.answers import sentence, words_of
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.tools.amending import amendments
from app.web.views.tools.dates import dates_of
from app.web.views.tools.menu import tool_of, tools_of
from app.web.views.tools.preview import Preview, preview, would_be
from app.web.views.tools.tool import EMAIL, Kind, Tool, mistakes_in
from models.errors import EtappiError, NotAuthorised, NotFound, NotValid, Overtaken, Refused

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
    return page(place.visitor, "dates.html", place=place, dates=dates_of(place))


@router.get(AT + "/muutokset")
def changes(place: At) -> Response:
    """Everything of the plan that can be changed."""
    with place.visitor.reading() as session:
        found = amendments(place, session)
    return page(place.visitor, "amendments.html", place=place, found=found)


@router.get(AT + "/{tool}")
def ask(place: At, tool: str) -> Response:
    """The tool's form; of what asks nothing, what it leads to."""
    return _asked(place, tool, "")


@router.get(AT + "/{kind}/{thing}")
def ask_at(place: At, kind: str, thing: str) -> Response:
    """The tool's form at one thing."""
    return _asked(place, kind, thing)


@router.post(AT + "/{tool}")
def act(place: At, tool: str, form: Posted) -> Response:
    """What the tool does is shown, or done."""
    return _acted(place, tool, "", form)


@router.post(AT + "/{kind}/{thing}")
def act_at(place: At, kind: str, thing: str, form: Posted) -> Response:
    """What the tool does at one thing is shown, or done where it has been shown."""
    return _acted(place, kind, thing, form)


# --- what the routes share ----------------------------------------------------------------------------------------


def _asked(place: Place, tool: str, thing: str) -> Response:
    found = _tool(place, tool, thing)
    if not found.fields:
        return _preview(place, found, Form.empty())
    return _page(place, found, Mistakes(), _begun(found))


def _acted(place: Place, tool: str, thing: str, form: Form) -> Response:
    found = _tool(place, tool, thing)
    mistakes = mistakes_in(place, found, form)
    if mistakes:
        return _page(place, found, mistakes, form.typed(), status=422)
    if not form.text("seen"):
        return _preview(place, found, form)
    command = found.command(form)
    if would_be(place, command)[1] != form.text("seen"):
        raise Overtaken(what="what it leads to")
    place.act(command)
    return go(place.visitor, found.back, found.said)


def _tool(place: Place, tool: str, thing: str) -> Tool:
    with place.visitor.reading() as session:
        return tool_of(place, session, tool, thing)


def _of_coordinator(place: Place) -> None:
    if not any(one.address.endswith("/paivat") for one in tools_of(place)):
        raise NotAuthorised(who="the coordinator of the process")


def _preview(place: Place, tool: Tool, form: Form) -> Response:
    """What the tool leads to, with the button that does it; or why it cannot be done."""
    try:
        command = tool.command(form)
        with place.visitor.reading() as session:
            shown = preview(place, session, command)
    except (NotValid, NotFound, Refused) as refused:
        if not tool.fields:
            raise
        mistakes = Mistakes()
        mistakes.add(tool.fields[0].name, _said(place, refused))
        return _page(place, tool, mistakes, form.typed(), status=422)
    return _page(place, tool, Mistakes(), form.typed(), shown=shown, carried=_carried(tool, form))


def _said(place: Place, refused: EtappiError) -> str:
    return sentence(place.visitor, refused, place.name) or words_of(place.visitor, refused.kind).title


def _begun(tool: Tool) -> Typed:
    """What the form begins with."""
    return Typed({one.name: one.value for one in tool.fields if isinstance(one.value, str)})


def _carried(tool: Tool, form: Form) -> list[tuple[str, str]]:
    """What was typed, to go along unseen with the second button."""
    names = [one.name for one in tool.fields] + [one.name + EMAIL for one in tool.fields if one.kind is Kind.PERSON]
    return [(name, value) for name in names for value in form.all(name)]


def _page(
    place: Place,
    tool: Tool,
    mistakes: Mistakes,
    typed: Typed,
    *,
    status: int = 200,
    shown: Preview | None = None,
    carried: list[tuple[str, str]] | None = None,
) -> Response:
    several = [one for one in tool.fields if one.kind is Kind.CHECKS]
    chosen = {
        one.name: one.value if carried is None else [value for name, value in carried if name == one.name]
        for one in several
    }
    values = {"place": place, "tool": tool, "preview": shown, "carried": carried or [], "chosen": chosen}
    return page(place.visitor, "tool.html", status=status, mistakes=mistakes, typed=typed, **values)
