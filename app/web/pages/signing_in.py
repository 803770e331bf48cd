"""Signing in and out."""

from fastapi import APIRouter, Response

from app.web.forms import Posted
from app.web.place import Anyone
from app.web.rendering import go, page
from app.web.security import own_page
from app.web.session import Visitor
from models.signing_in import sessions

router = APIRouter()


def sign_in_page(visitor: Visitor, *, status: int = 200) -> Response:
    """How one signs in, and on to the page that was wanted."""
    if visitor.try_out:
        from app.web.pages.try_out import roles_page

        return roles_page(visitor, status=status)
    wanted = visitor.path if visitor.request.method == "GET" else "/"
    return page(visitor, "sign_in.html", status=status, to=own_page(wanted))


@router.get("/kirjaudu")
def sign_in(visitor: Anyone) -> Response:
    """The page to sign in; whoever is signed in goes on."""
    if visitor.known:
        return go(visitor, own_page(visitor.request.query_params.get("to")))
    return sign_in_page(visitor)


@router.post("/kirjaudu-ulos")
def sign_out(visitor: Anyone, form: Posted) -> Response:
    """The session has ended, in this browser."""
    with visitor.installation.database.transaction() as session:
        sessions.end(session, visitor.secret)
    visitor.leave()
    return go(visitor, "/", visitor.say("Olet kirjautunut ulos."))
