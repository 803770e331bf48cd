"""Links and codes in messages: they lead to what the message was about, and give no right by themselves."""

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import Mistakes, Posted
from app.web.limits import LINKS_OF_ADDRESS, OPENED, within
from app.web.pages.signing_in import send_link
from app.web.place import Anyone
from app.web.rendering import go, page
from app.web.session import Visitor
from models.errors import EtappiError
from models.outgoing.letters import link_of_message
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Link, link_token, read_code, read_link

router = APIRouter()


@router.get("/o")
def ask_for_code(visitor: Anyone) -> Response:
    """Where the code of a message is typed, by who typed the address by hand."""
    return page(visitor, "open_code.html", mistakes=Mistakes(), typed="")


@router.post("/o")
def open_by_code(visitor: Anyone, form: Posted) -> Response:
    """The code leads where the link of its message does."""
    settings, mistakes = visitor.installation.settings, Mistakes()
    with visitor.installation.database.transaction() as session:
        allowed = within(session, visitor, (OPENED, visitor.machine))
    if allowed:
        try:
            with visitor.reading() as session:
                link = link_of_message(session, read_code(link_keys(settings), form.text("code")), visitor.now)
            return go(visitor, f"/o/{link_token(link_keys(settings), link)}")
        except EtappiError:
            mistakes.add("code", visitor.say("Koodia ei löydy. Se on viestin lopussa, osoitteen alla."))
    else:
        mistakes.add("code", visitor.say("Liian monta yritystä. Odota viisi minuuttia."))
    return page(visitor, "open_code.html", status=422, mistakes=mistakes, typed=form.text("code"))


@router.get("/o/{token}")
def open_link(visitor: Anyone, token: str) -> Response:
    """On to what the message was about; whoever is not signed in can have a link to sign in sent."""
    link = read_link(link_keys(visitor.installation.settings), token, visitor.now)
    if visitor.known:
        return go(visitor, _leads_to(link))
    return page(visitor, "open_link.html", token=token, town=_town(visitor, link), to=_leads_to(link))


@router.post("/o/{token}")
def send_for_link(visitor: Anyone, token: str, form: Posted) -> Response:
    """A link to sign in is on its way to whom the message was sent, and leads on to what it was about."""
    link = read_link(link_keys(visitor.installation.settings), token, visitor.now)
    with visitor.installation.database.transaction() as session:
        if within(session, visitor, (LINKS_OF_ADDRESS, f"{link.municipality}/{link.person}")):
            directory = visitor.directory_of(session, link.municipality)
            if directory.is_active(link.person):
                send_link(session, visitor, link.municipality, link.person, _leads_to(link))
    return page(visitor, "link_sent.html", minutes=30)


def _leads_to(link: Link) -> str:
    return addresses.address_of(link.process, link.about) if link.process else "/"


def _town(visitor: Visitor, link: Link) -> str:
    with visitor.reading() as session:
        return visitor.directory_of(session, link.municipality).name
