"""Calendar feeds: a person's own, behind a signed address, and a process's public one. They change nothing."""

from fastapi import APIRouter, Request, Response

from models.outgoing.feed_links import check_feed_link
from models.outgoing.feeds import own_feed, public_feed
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Purpose, read_link
from tasks.installation import Installation

router = APIRouter()

CALENDAR = "text/calendar; charset=utf-8"
KEPT = {"Cache-Control": "private, max-age=900"}


def _domain(there: Installation) -> str:
    return there.settings.mail_from.rpartition("@")[2]


@router.get("/kalenteri/{token}.ics")
def own(request: Request, token: str) -> Response:
    """The calendar of the person the address was made for. Raises LinkExpired where it has been renewed."""
    there: Installation = request.app.state.installation
    link = read_link(link_keys(there.settings), token, there.engine.clock(), Purpose.CALENDAR)
    with there.database.reading() as session:
        check_feed_link(session, link)
    content = own_feed(there.engine, link.municipality, link.person, _domain(there))
    return Response(content, media_type=CALENDAR, headers=KEPT)


@router.get("/kalenteri/{municipality}/{process}.ics")
def public(request: Request, municipality: str, process: str) -> Response:
    """The planned days of a process, for anybody."""
    there: Installation = request.app.state.installation
    content = public_feed(there.engine, municipality, process, _domain(there))
    return Response(content, media_type=CALENDAR, headers=KEPT)
