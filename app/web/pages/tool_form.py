"""A tool's form, what it would lead to, and its doing: shared by every page that asks, shows and then does."""

from fastapi import Response

from app.web.answers import sentence, words_of
from app.web.forms import Form, Mistakes, Typed
from app.web.place import Place
from app.web.rendering import go, page
from app.web.views.tools.preview import Preview, preview, would_be
from app.web.views.tools.tool import EMAIL, Kind, Tool, mistakes_in
from models.errors import EtappiError, NotFound, NotValid, Overtaken, Refused


def asked(place: Place, tool: Tool) -> Response:
    """The tool's form; of what asks nothing, what it leads to."""
    if not tool.fields:
        return _preview(place, tool, Form.empty())
    return _page(place, tool, Mistakes(), _begun(tool))


def acted(place: Place, tool: Tool, form: Form) -> Response:
    """What the tool does is shown, or done where it has been shown."""
    mistakes = mistakes_in(place, tool, form)
    if mistakes:
        return _page(place, tool, mistakes, form.typed(), status=422)
    if not form.text("seen"):
        return _preview(place, tool, form)
    command = tool.command(form)
    if would_be(place, command)[1] != form.text("seen"):
        raise Overtaken(what="what it leads to")
    place.act(command)
    return go(place.visitor, tool.back, tool.said)


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
