"""What every answer and every form is guarded by: headers, form tokens, the origin of posts, where a redirect may go.

A form's token is made of the secret in the visitor's own cookie, so nothing is stored and no other site knows it.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.errors import NotAuthorised

TOKEN = "form_token"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MAX_FIELDS, MAX_FIELD_BYTES = 2000, 400_000

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'{form_targets}",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
YEAR = 365 * 24 * 3600


class SecurityHeaders:
    """Every answer carries the headers; what says nothing else is not kept by browsers or proxies."""

    def __init__(self, application: ASGIApp, form_targets: tuple[str, ...] = ()) -> None:
        self.application = application
        self.policy = POLICY.format(form_targets="".join(f" {one}" for one in form_targets))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self.policy)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
            await send(message)

        await self.application(scope, receive, guarded)


class Forged(NotAuthorised):
    """The request came from another site; nothing was done."""


class StaleForm(Exception):
    """A form of ours whose session has ended or changed since it was shown: what was typed is shown again."""


def form_token(secret: str) -> str:
    """The token that forms shown to the holder of the secret carry."""
    return hmac.digest(secret.encode(), b"etappi.form", "sha256").hex()


async def guard_post(request: Request, secret: str) -> None:
    """Raises Forged for a post from elsewhere, StaleForm for one of ours whose token is not of the visitor's secret."""
    if request.method in SAFE_METHODS:
        return
    if not _from_here(request):
        raise Forged
    form = await request.form(max_fields=MAX_FIELDS, max_files=20, max_part_size=MAX_FIELD_BYTES)
    given = form.get(TOKEN) or request.headers.get("X-Form-Token") or ""
    if not hmac.compare_digest(str(given), form_token(secret)):
        raise StaleForm


def _from_here(request: Request) -> bool:
    """Whether the browser says that the request comes from a page of ours; browsers that say nothing are believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host")


def own_page(to: str | None, otherwise: str = "/") -> str:
    """The address if it is a page of ours; never one of another site, however it is written."""
    if not to or not to.startswith("/") or to.startswith(("//", "/\\")):
        return otherwise
    if any(ord(letter) <= ord(" ") or letter == "\\" for letter in to):
        return otherwise
    parts = urlsplit(to)
    return otherwise if parts.scheme or parts.netloc else to


def came_from(request: Request) -> str | None:
    """The page of ours that the browser says the request comes from."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if not parts.netloc or parts.netloc != request.headers.get("Host"):
        return None
    return own_page(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def fingerprint(text: str) -> str:
    """What stands in the log instead of an address of a person or a machine."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
