"""The second factor: the code of an app, taking it into use, and recovery codes."""

import io
from urllib.parse import quote

import segno
from fastapi import APIRouter, Response
from markupsafe import Markup

from app.web.forms import Mistakes, Posted
from app.web.limits import CODES, within
from app.web.place import Anyone
from app.web.rendering import go, page
from app.web.session import Visitor
from models.errors import NotFound
from models.signing_in import factors, sessions
from models.signing_in.sessions import Awaits, SignedIn

router = APIRouter()


def awaiting(visitor: Visitor) -> SignedIn:
    """Who has signed in but for the code. Raises NotFound where nobody has."""
    if visitor.signed_in is None or visitor.signed_in.awaits is None:
        raise NotFound(what="page", name="koodi")
    return visitor.signed_in


@router.get("/kirjaudu/koodi")
def ask(visitor: Anyone) -> Response:
    """The page that asks for the code, or the one that takes codes into use."""
    who = awaiting(visitor)
    return _form(visitor, who, Mistakes())


@router.post("/kirjaudu/koodi")
def give(visitor: Anyone, form: Posted) -> Response:
    """A right code finishes the signing in, under another secret of the session's."""
    who, code = awaiting(visitor), form.text("code")
    named = (who.municipality, who.person)
    with visitor.installation.database.transaction() as session:
        allowed = within(session, visitor, (CODES, "/".join(named)))
        right = allowed and factors.check(session, *named, code, visitor.now)
        recovered = (
            allowed
            and not right
            and who.awaits is Awaits.CODE
            and factors.use_recovery_code(session, *named, code, visitor.now)
        )
        if recovered:
            factors.begin(session, *named)
        if right or recovered:
            awaits = Awaits.NEW_CODE if recovered else None
            visitor.hold(sessions.renew(session, visitor.secret, visitor.now, awaits))
        new = factors.new_recovery_codes(session, *named) if right and who.awaits is Awaits.NEW_CODE else None
    if new:
        return page(visitor, "recovery_codes.html", codes=new)
    if right or recovered:
        return go(visitor, "/kirjaudu/koodi" if recovered else "/")
    mistakes = Mistakes()
    wrong = visitor.say("Koodi ei täsmää. Katso sovelluksesta uusi koodi ja yritä uudelleen.")
    tired = visitor.say("Liian monta yritystä. Odota viisi minuuttia.")
    mistakes.add("code", wrong if allowed else tired)
    return _form(visitor, who, mistakes, status=422)


def _form(visitor: Visitor, who: SignedIn, mistakes: Mistakes, *, status: int = 200) -> Response:
    if who.awaits is Awaits.CODE:
        return page(visitor, "code.html", status=status, mistakes=mistakes)
    with visitor.reading() as session:
        key = factors.begun(session, who.municipality, who.person)
        town = visitor.directory_of(session, who.municipality).name
    if key is None:
        raise NotFound(what="page", name="koodi")
    shown = [key[at : at + 4] for at in range(0, len(key), 4)]
    return page(
        visitor, "new_code.html", status=status, mistakes=mistakes, key=" ".join(shown), picture=picture_of(key, town)
    )


def picture_of(key: str, town: str) -> Markup:
    """The key as a picture that an app reads."""
    address = f"otpauth://totp/Etappi:{quote(town)}?secret={key}&issuer=Etappi"
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, scale=5, border=3, light="#fff")
    return Markup(drawn.getvalue().decode())  # made by us from letters and digits alone
