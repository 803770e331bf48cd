"""Signing in by a one-time link, and signing out. Opening a link changes nothing; the button on its page does."""

import logging

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from app.web.answers import stale
from app.web.forms import Mistakes, Posted
from app.web.limits import LINKS_OF_ADDRESS, LINKS_OF_MACHINE, SIGN_INS, within
from app.web.pages import first_run
from app.web.pages.try_out import roles_page
from app.web.place import Anyone
from app.web.rendering import go, page
from app.web.security import fingerprint, own_page
from app.web.session import Visitor, visitor_of
from models.errors import LinkExpired
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Purpose, read_link
from models.outgoing.urgent import owe_sign_in
from models.signing_in import links, sessions
from models.signing_in.sessions import Way
from models.storage.database import Session

log = logging.getLogger("etappi.web")
router = APIRouter()


def sign_in_page(visitor: Visitor, *, status: int = 200, mistakes: Mistakes | None = None, typed: str = "") -> Response:
    """How one signs in, and on to the page that was wanted."""
    if visitor.signed_in and visitor.signed_in.awaits:
        return go(visitor, "/kirjaudu/koodi")
    if visitor.try_out:
        return roles_page(visitor, status=status)
    if first_run.is_empty(visitor):
        return go(visitor, first_run.AT)
    asked = visitor.request.query_params.get("to")
    wanted = own_page(asked or (visitor.path if visitor.request.method == "GET" else "/"))
    values = {"to": "/" if wanted.startswith("/kirjaudu") else wanted, "mistakes": mistakes or Mistakes()}
    account = bool(visitor.installation.settings.oidc_issuer)
    return page(visitor, "sign_in.html", status=status, typed=typed, account=account, **values)


async def sign_in_first(request: Request, error: Exception) -> Response:
    """The answer to NotSignedIn; where the session ended while a form was being filled in, nothing typed is lost."""
    if request.method == "POST":
        return await stale(request, error)
    return await run_in_threadpool(sign_in_page, visitor_of(request), status=401)


@router.get("/kirjaudu")
def sign_in(visitor: Anyone) -> Response:
    """The page to sign in; whoever is signed in goes on."""
    if visitor.known:
        return go(visitor, own_page(visitor.request.query_params.get("to")))
    return sign_in_page(visitor)


@router.post("/kirjaudu")
def ask_for_link(visitor: Anyone, form: Posted) -> Response:
    """A link is on its way where the address is known; the answer is the same where it is not."""
    address, mistakes = form.text("email"), Mistakes()
    if "@" not in address or len(address) > 320:
        mistakes.add("email", visitor.say("Kirjoita sähköpostiosoitteesi, esimerkiksi nimi@kunta.fi."))
        return sign_in_page(visitor, status=422, mistakes=mistakes, typed=address)
    with visitor.installation.database.transaction() as session:
        allowed = within(session, visitor, (LINKS_OF_ADDRESS, address.lower()), (LINKS_OF_MACHINE, visitor.machine))
        people = links.people_with_address(session, address) if allowed else []
        for municipality, person in people:
            send_link(session, visitor, municipality, person, own_page(form.text("to")))
    log.info("A link was asked for %s: %s", fingerprint(address), "sent" if people else "not sent")
    return page(visitor, "link_sent.html", minutes=round(links.GOOD_FOR.total_seconds() / 60))


def send_link(session: Session, visitor: Visitor, municipality: str, person: str, goes_to: str) -> None:
    """A one-time link is on its way to the person."""
    made = links.make(session, municipality, person, goes_to, visitor.now)
    owe_sign_in(session, municipality, person, made.once, made.until, visitor.now)


@router.get("/kirjaudu/{token}")
def open_link(visitor: Anyone, token: str) -> Response:
    """The page of a link, with the button that uses it: programs that look at links use nothing up."""
    once = _once(visitor, token)
    with visitor.reading() as session:
        if not links.waits(session, once, visitor.now):
            raise LinkExpired
    return page(visitor, "use_link.html", token=token)


@router.post("/kirjaudu/{token}")
def use_link(visitor: Anyone, token: str, form: Posted) -> Response:
    """The link has signed its person in, and opens nothing any more. Raises LinkExpired."""
    once = _once(visitor, token)
    with visitor.installation.database.transaction() as session:
        allowed = within(session, visitor, (SIGN_INS, visitor.machine))
        used = links.use(session, once, visitor.now) if allowed else None
        if used is None:
            raise LinkExpired
        visitor.sign_in(session, used.municipality, used.person, Way.LINK)
    return go(visitor, own_page(used.goes_to))


def _once(visitor: Visitor, token: str) -> str:
    """The id under which the link is used once. Raises NotValid, LinkExpired."""
    keys = link_keys(visitor.installation.settings)
    link = read_link(keys, token, visitor.now, Purpose.SIGN_IN)
    if link.once is None:
        raise LinkExpired
    return link.once


@router.post("/kirjaudu-ulos")
def sign_out(visitor: Anyone, form: Posted) -> Response:
    """The session has ended: in this browser, or where asked in all of them."""
    with visitor.installation.database.transaction() as session:
        if form.checked("everywhere") and visitor.known:
            sessions.end_all(session, visitor.municipality, visitor.person)
        sessions.end(session, visitor.secret)
    visitor.leave()
    return go(visitor, "/", visitor.say("Olet kirjautunut ulos."))
