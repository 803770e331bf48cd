"""Taking an empty installation into use: the municipality and its first administrator, by whoever reads the code that
the terminal shows. Once a municipality is there the page is no more. No password, and so no default one."""

import unicodedata

from fastapi import APIRouter, Response
from pydantic import ValidationError

from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.limits import FIRST_RUN, within
from app.web.place import Anyone
from app.web.rendering import go, page
from app.web.session import Visitor
from models.definitions.shipped import read_shipped
from models.errors import NotFound
from models.inviting.verdicts import well_formed
from models.municipality.commands import SetUpMunicipality
from models.outgoing.link_keys import link_keys
from models.signing_in.first_run import is_first_run_code
from models.signing_in.sessions import Way
from models.storage import reading

router = APIRouter()
AT = "/kayttoonotto"
ADMINISTRATOR = "administrator"


def is_empty(visitor: Visitor) -> bool:
    """Whether nobody has set anything up here."""
    with visitor.reading() as session:
        return not reading.municipalities(session)


@router.get(AT)
def ask(visitor: Anyone) -> Response:
    """What is needed to begin. Raises NotFound where somebody has begun."""
    _check_empty(visitor)
    return page(visitor, "first_run.html", mistakes=Mistakes(), typed=Typed())


@router.post(AT)
def begin(visitor: Anyone, form: Posted) -> Response:
    """The municipality is there with the shipped definitions, and its administrator is signed in."""
    _check_empty(visitor)
    mistakes = _mistakes(visitor, form)
    command = None if mistakes else _command(visitor, form, mistakes)
    if command is None:
        return page(visitor, "first_run.html", status=422, mistakes=mistakes, typed=form.typed())
    visitor.engine.set_up(command, read_shipped(), channel="web")
    with visitor.installation.database.transaction() as session:
        visitor.sign_in(session, command.municipality, command.administrator, Way.LINK)
    return go(visitor, "/", visitor.say("Kunta on perustettu. Ota vielä vahvistuskoodit käyttöön."))


def _check_empty(visitor: Visitor) -> None:
    if visitor.try_out or not is_empty(visitor):
        raise NotFound(what="page", name="kayttoonotto")


def _mistakes(visitor: Visitor, form: Form) -> Mistakes:
    _, mistakes = visitor.say, Mistakes()
    with visitor.installation.database.transaction() as session:
        allowed = within(session, visitor, (FIRST_RUN, visitor.machine))
    if not allowed:
        mistakes.add("code", _("Liian monta yritystä. Odota viisitoista minuuttia."))
    elif not is_first_run_code(link_keys(visitor.installation.settings)[0], form.text("code")):
        mistakes.add("code", _("Koodi ei täsmää. Se näkyy päätteessä, jossa Etappi käynnistettiin."))
    if not _key(form.text("municipality")):
        mistakes.add("municipality", _("Kirjoita kunnan nimi."))
    if not form.text("name"):
        mistakes.add("name", _("Kirjoita nimesi."))
    if not well_formed(form.text("email")):
        mistakes.add("email", _("Kirjoita sähköpostiosoitteesi, esimerkiksi nimi@kunta.fi."))
    return mistakes


def _command(visitor: Visitor, form: Form, mistakes: Mistakes) -> SetUpMunicipality | None:
    language = form.text("language") if form.text("language") in ("fi", "sv", "en") else visitor.language
    try:
        return SetUpMunicipality.model_validate(
            {
                "municipality": _key(form.text("municipality")),
                "name": form.text("municipality"),
                "languages": (language,),
                "administrator": ADMINISTRATOR,
                "administrator_name": form.text("name"),
                "administrator_email": form.text("email"),
                "administrator_language": language,
            }
        )
    except ValidationError:
        mistakes.add("municipality", visitor.say("Nimi on liian pitkä."))
        return None


def _key(name: str) -> str:
    """The municipality's id, made of its name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())[:60].strip("-")
