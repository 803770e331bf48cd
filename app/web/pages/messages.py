"""Viestit: what waits to leave and can be taken back or let go, and what did not reach its reader, with the reason."""

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import Posted
from app.web.place import At
from app.web.rendering import go, page
from app.web.views.messages import check_stops, messages_page
from models.outgoing import holding

router = APIRouter()
AT = "/prosessi/{process}/viestit"


@router.get(AT)
def look(place: At) -> Response:
    """The messages of the process that wait or have not arrived."""
    with place.visitor.reading() as session:
        found = messages_page(place, session)
    return page(place.visitor, "messages.html", place=place, found=found)


@router.post(AT + "/peru")
def take_back(place: At, form: Posted) -> Response:
    """The messages never leave. Refused in words where one is just leaving; then none is taken back."""
    visitor = place.visitor
    with visitor.engine.database.transaction() as session:
        numbers = check_stops(place, session, form.all("number"))
        for number in numbers:
            holding.take_back(session, visitor.municipality, number, visitor.person, visitor.now)
    said = visitor.say_counted(
        "Viesti on peruttu. Sitä ei lähetetä.", "%(num)s viestiä on peruttu. Niitä ei lähetetä.", len(numbers)
    )
    return go(visitor, addresses.messages(place.key), said)


@router.post(AT + "/paasta")
def let_go(place: At, form: Posted) -> Response:
    """Messages that are held leave as soon as their readers may be written to."""
    visitor = place.visitor
    with visitor.engine.database.transaction() as session:
        numbers = check_stops(place, session, form.all("number"))
        for number in numbers:
            holding.release(session, visitor.municipality, number, visitor.now)
    said = visitor.say_counted("Viesti lähtee.", "%(num)s viestiä lähtee.", len(numbers))
    return go(visitor, addresses.messages(place.key), said)
