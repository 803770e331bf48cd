"""A change of a running process: it may be made, it has its reason, and it is told of."""

from typing import Any

from app.web import addresses
from app.web.forms import Form
from app.web.place import Place
from app.web.views.tools.tool import Field, Kind, Tool, check_entitled
from models.commands import Amend, AssignRole
from models.personal import Private


def change(place: Place, **words: Any) -> Tool:
    """A change, with the reason that every change needs."""
    check_may_amend(place)
    _ = place.visitor.say
    reason = Field(
        Kind.AREA,
        "reason",
        _("Miksi muutos tehdään?"),
        _("Syy ja muutos jäävät valmisteluhistoriaan, ja muutoksesta kerrotaan."),
        missing=_("Kirjoita syy."),
    )
    words["fields"] = (*words.get("fields", ()), reason)
    return Tool(
        said=_("Muutos on tehty, ja siitä kerrotaan."),
        back=addresses.tool(place.key, "muutokset"),
        between=(("/ohjaus/muutokset", _("Muutokset")),),
        **words,
    )


def check_may_amend(place: Place) -> None:
    """Raises NotAuthorised."""
    anything = AssignRole(role=place.definition.roles[-1].id, person=place.visitor.person)
    check_entitled(place, Amend(change=anything, reason=Private("…")))


def why(form: Form) -> Private:
    """The reason as it was written."""
    return Private(form.text("reason"))
