"""Viestit: what waits to leave and can be taken back, and what did not reach its reader, with the reason."""

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import Posted
from app.web.place import At
from app.web.rendering import go, page
from app.web.views.messages import check_stops, messages_page
from models.amounts import Count
from models.outgoing import holding

router = APIRouter()
AT = "/prosessi/{process}/viestit"


@router.get(AT)
def look(place: At) -> Response:
    """The messages of the process that have not arrived."""
    with place.visitor.reading() as session:
        found = messages_page(place, session)
    return page(place.visitor, "messages.html", place=place, found=found)


@router.post(AT + "/{number}/peru")
def take_back(place: At, number: Count, _: Posted) -> Response:
    """The message never leaves. Refused in words where it is just leaving."""
    visitor = place.visitor
    with visitor.engine.database.transaction() as session:
        check_stops(place, session, number)
        holding.take_back(session, visitor.municipality, number, visitor.person, visitor.now)
    return go(visitor, addresses.messages(place.key), visitor.say("Viesti on peruttu. Sitä ei lähetetä."))
