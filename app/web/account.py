"""The municipality's own accounts: OpenID Connect, code flow with PKCE. Nothing here knows pages or people.

What the provider says is believed only when its signature, issuer, audience, time and nonce are right.
"""

import hashlib
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from base64 import b64encode, urlsafe_b64encode
from functools import lru_cache
from typing import Any, Final, NamedTuple

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from models.errors import DeliveryFailed, NotValid
from models.frozen import Frozen
from models.settings import Settings

SIGNED_WITH: Final = ["RS256", "PS256", "ES256", "EdDSA"]  # never "none", and nothing with a shared secret
SECONDS = 10.0
LARGEST = 1_000_000  # bytes of an answer
LEEWAY = 60  # seconds that clocks may differ


class Begun(Frozen):
    """A sign-in that has gone to the provider: what its answer is compared with, and the page that was wanted."""

    state: str
    nonce: str
    verifier: str
    to: str


class Going(NamedTuple):
    """Where the browser goes, and what is kept for when it comes back."""

    address: str
    begun: Begun


def origin_of(settings: Settings) -> tuple[str, ...]:
    """Where a form may lead to besides our own pages."""
    parts = urllib.parse.urlsplit(settings.oidc_issuer)
    return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()


def begin(settings: Settings, returns_to: str, to: str) -> Going:
    """The address at the provider where the account is asked for. Raises DeliveryFailed."""
    begun = Begun(
        state=secrets.token_urlsafe(24), nonce=secrets.token_urlsafe(24), verifier=secrets.token_urlsafe(48), to=to
    )
    asked = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": returns_to,
        "scope": "openid email profile",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": _challenge(begun.verifier),
        "code_challenge_method": "S256",
    }
    endpoint = str(_provider(settings.oidc_issuer)["authorization_endpoint"])
    return Going(f"{endpoint}{'&' if '?' in endpoint else '?'}{urllib.parse.urlencode(asked)}", begun)


def _challenge(verifier: str) -> str:
    """What the provider is told of the verifier beforehand (RFC 7636, S256)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def finish(settings: Settings, returns_to: str, begun: Begun, code: str, now: int) -> str:
    """The address of the account that the provider vouches for. Raises NotValid, DeliveryFailed."""
    provider = _provider(settings.oidc_issuer)
    answer = _ask(
        str(provider["token_endpoint"]),
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": returns_to,
            "code_verifier": begun.verifier,
            "client_id": settings.oidc_client_id,
        },
        (settings.oidc_client_id, settings.oidc_client_secret) if settings.oidc_client_secret else None,
    )
    claims = _verified(settings, provider, str(answer.get("id_token", "")), begun.nonce, now)
    address = claims.get(settings.oidc_claim)
    if not isinstance(address, str) or "@" not in address:
        raise NotValid("The account has no {claim} that Etappi could know somebody by.", claim=settings.oidc_claim)
    if settings.oidc_claim == "email" and claims.get("email_verified") is not True:
        raise NotValid("The provider has not verified the account's e-mail address.")
    return address


def _verified(settings: Settings, provider: dict[str, Any], token: str, nonce: str, now: int) -> dict[str, Any]:
    """What the ID token says, once all of it is right. Raises NotValid."""
    registry = JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        keys = KeySet.import_key_set(_ask(str(provider["jwks_uri"])))  # type: ignore[arg-type]
        found = jwt.decode(token, keys, algorithms=SIGNED_WITH)
        registry.validate(found.claims)
    except (JoseError, ValueError) as error:
        why = type(error).__name__
        raise NotValid("What the provider said of the account is not right ({why}).", why=why) from None
    if found.claims.get("azp", settings.oidc_client_id) != settings.oidc_client_id:
        raise NotValid("The provider spoke to somebody else.")
    return dict(found.claims)


@lru_cache(maxsize=4)
def _provider(issuer: str) -> dict[str, Any]:
    """Where the provider's parts are (discovery). Raises DeliveryFailed; then it is asked again next time."""
    told = _ask(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise DeliveryFailed(why=f"the provider calls itself {told.get('issuer')}, not {issuer}")
    return told


def _ask(address: str, form: dict[str, str] | None = None, basic: tuple[str, str] | None = None) -> dict[str, Any]:
    """What the provider answers. Raises DeliveryFailed."""
    if urllib.parse.urlsplit(address).scheme not in ("https", "http"):
        raise DeliveryFailed(why="the provider's address is no web address")
    request = urllib.request.Request(address, headers={"Accept": "application/json"})
    if form is not None:
        request.data = urllib.parse.urlencode(form).encode()
    if basic is not None:
        pair = ":".join(urllib.parse.quote(part, safe="") for part in basic)
        request.add_header("Authorization", "Basic " + b64encode(pair.encode()).decode())
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            told = json.loads(answer.read(LARGEST))
    except (urllib.error.URLError, OSError, ValueError) as error:
        why = f"the accounts' provider did not answer as it should ({type(error).__name__})"
        raise DeliveryFailed(why=why) from None
    if not isinstance(told, dict):
        raise DeliveryFailed(why="the accounts' provider answered something else")
    return told
