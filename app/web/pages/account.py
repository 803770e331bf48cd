"""Signing in with the municipality's own account. The provider's answer is compared with what this browser began."""

import hmac

from fastapi import APIRouter, Response
from itsdangerous import BadData, URLSafeTimedSerializer

from app.web import account
from app.web.forms import Posted
from app.web.limits import SIGN_INS, within
from app.web.place import Anyone
from app.web.rendering import go, page
from app.web.security import own_page
from app.web.session import Visitor
from models.errors import NotFound, NotValid
from models.outgoing.link_keys import link_keys
from models.signing_in import links
from models.signing_in.sessions import Way

router = APIRouter()
BEGUN = "etappi_account"  # the cookie that holds what was begun, signed
MINUTES = 10
BACK = "/kirjaudu/tili/paluu"


@router.post("/kirjaudu/tili")
def begin(visitor: Anyone, form: Posted) -> Response:
    """On to the provider. Raises NotFound where the municipality has none."""
    _check_there_is_one(visitor)
    going = account.begin(visitor.installation.settings, _returns_to(visitor), own_page(form.text("to")))
    answer = go(visitor, going.address)
    kept = {"httponly": True, "samesite": "lax", "secure": visitor.safe, "path": "/kirjaudu/tili"}
    answer.set_cookie(BEGUN, _serializer(visitor).dumps(going.begun.model_dump()), max_age=MINUTES * 60, **kept)  # type: ignore[arg-type]
    return answer


@router.get(BACK)
def finish(visitor: Anyone, state: str = "", code: str = "", iss: str = "") -> Response:
    """The person whose account the provider vouches for is signed in.

    The browser comes from the provider by a GET; that it changes something is guarded by what this browser began.
    """
    _check_there_is_one(visitor)
    settings = visitor.installation.settings
    begun = _begun(visitor)
    if not hmac.compare_digest(begun.state, state) or iss not in ("", settings.oidc_issuer) or not code:
        raise NotValid("The provider's answer does not belong to this browser. Sign in again.")
    address = account.finish(settings, _returns_to(visitor), begun, code, int(visitor.now.timestamp()))
    with visitor.installation.database.transaction() as session:
        allowed = within(session, visitor, (SIGN_INS, visitor.machine))
        people = links.people_with_address(session, address) if allowed else []
        if len(people) == 1:
            visitor.sign_in(session, *people[0], Way.ACCOUNT)
    answer = go(visitor, own_page(begun.to)) if len(people) == 1 else page(visitor, "no_account.html", status=403)
    answer.delete_cookie(BEGUN, path="/kirjaudu/tili")
    return answer


def _check_there_is_one(visitor: Visitor) -> None:
    if not visitor.installation.settings.oidc_issuer:
        raise NotFound(what="page", name="tili")


def _begun(visitor: Visitor) -> account.Begun:
    """What this browser began, not long ago. Raises NotValid."""
    try:
        told = _serializer(visitor).loads(visitor.request.cookies.get(BEGUN, ""), max_age=MINUTES * 60)
    except BadData:
        raise NotValid("The provider's answer does not belong to this browser. Sign in again.") from None
    return account.Begun.model_validate(told)


def _serializer(visitor: Visitor) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(link_keys(visitor.installation.settings)[0], salt="etappi.account")


def _returns_to(visitor: Visitor) -> str:
    """Our own address, as the provider knows it."""
    own = visitor.installation.settings.address.rstrip("/") or str(visitor.request.base_url).rstrip("/")
    return f"{own}{BACK}"
