"""The bodies' meetings: written a date on each line, shown what changes, and taken into use by the second button."""

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import Mistakes, Posted, Typed
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.tools.bodies import (
    BodyChange,
    bodies,
    changes,
    check_may_set_calendar,
    own_days,
    read_calendar,
    seen_of,
)
from app.web.views.tools.preview import reached_by
from models.days.calendar import Calendar
from models.errors import Overtaken

router = APIRouter()
AT = "/prosessi/{process}/ohjaus/kokoukset"


@router.get(AT)
def ask(place: At) -> Response:
    """The meetings to come of the process's bodies."""
    check_may_set_calendar(place)
    return _page(place, Mistakes(), Typed({f"days-{one.key}": one.lines for one in bodies(place)}))


@router.post(AT)
def change(place: At, form: Posted) -> Response:
    """What changes is shown, or in use from now on for every process of the municipality."""
    check_may_set_calendar(place)
    mistakes = Mistakes()
    after = read_calendar(place, form, mistakes)
    changed = changes(place, after)
    if not mistakes and not changed:
        mistakes.add(f"days-{bodies(place)[0].key}", place.visitor.say("Mikään ei muuttuisi."))
    if mistakes:
        return _page(place, mistakes, form.typed(), status=422)
    if not form.text("seen"):
        return _page(place, mistakes, form.typed(), after=after, changed=changed)
    if form.text("seen") != seen_of(place, after):
        raise Overtaken(what="what it leads to")
    visitor = place.visitor
    visitor.engine.set_calendar(visitor.municipality, own_days(after), after.meetings, visitor.person, channel="web")
    return go(visitor, addresses.tools(place.key), visitor.say("Kokouspäivät ovat käytössä."))


def _page(
    place: Place,
    mistakes: Mistakes,
    typed: Typed,
    *,
    after: Calendar | None = None,
    changed: tuple[BodyChange, ...] = (),
    status: int = 200,
) -> Response:
    held = bodies(place)
    values = {
        "bodies": held,
        "unknown": any(one.decides and not one.lines for one in held),
        "changed": changed,
        "mistakes": mistakes,
        "typed": typed,
    }
    values |= {
        "seen": seen_of(place, after) if after else "",
        "reached": list(reached_by(place, after)) if after else [],
    }
    return page(place.visitor, "bodies.html", status=status, place=place, **values)
