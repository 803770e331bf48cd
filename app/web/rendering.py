"""Templates and static files. A page is rendered for a visitor, in the visitor's language; everything is escaped.

Static files are served from memory under a name that changes with their content, so browsers keep them for good.
"""

import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from importlib.resources import files as resources
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from app.web.language import LANGUAGES, NAMES, texts
from app.web.security import form_token
from app.web.session import Visitor
from models.days import formats
from models.days.formats import Language
from models.documents.figures import unbroken

STATIC = resources("app.web").joinpath("static")
MEDIA = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
}
YEAR_IN_CACHE = "public, max-age=31536000, immutable"
SAID = "etappi_said"  # the cookie that carries a sentence over a redirect


class StaticFile(NamedTuple):
    """A file as it is sent."""

    address: str
    content: bytes
    compressed: bytes | None
    media: str


@lru_cache(maxsize=1)
def static_files() -> Mapping[str, StaticFile]:
    """Every static file by its own name; style sheets name the others by their addresses."""
    found: dict[str, StaticFile] = {}
    kept = [file for file in STATIC.iterdir() if file.name.rpartition(".")[2] in MEDIA]
    for file in sorted(kept, key=lambda one: (one.name.endswith(".css"), one.name)):
        content = file.read_bytes()
        if file.name.endswith(".css"):
            for name, other in found.items():
                content = content.replace(f'url("{name}")'.encode(), f'url("{other.address}")'.encode())
        stem, _, ending = file.name.rpartition(".")
        address = f"/static/{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        compressed = None if ending == "woff2" else gzip.compress(content, mtime=0)
        found[file.name] = StaticFile(address, content, compressed, MEDIA[ending])
    return found


def static(name: str) -> str:
    """The address of a static file."""
    return static_files()[name].address


@cache
def environment(language: Language) -> Environment:
    """The templates, speaking the language."""
    made = Environment(
        loader=PackageLoader("app.web", "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_translations(texts(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"static": static, "language": language, "languages": LANGUAGES, "language_names": NAMES}
    shown = {
        "date": formats.date_text,
        "long_date": formats.long_date,
        "weekday": formats.short_weekday,
        "moment": formats.moment,
        "clock": formats.time_of,
    }
    made.filters |= {name: partial(show, language=language) for name, show in shown.items()}
    made.filters["unbroken"] = unbroken
    made.filters["last_day"] = formats.last_day
    made.filters["file_size"] = partial(_file_size, language=language)
    made.filters["day_and_date"] = partial(_day_and_date, language=language)
    return made


def _day_and_date(day: dt.date, language: Language) -> str:
    """ke 31.3.2027"""
    return f"{formats.short_weekday(day, language)} {formats.date_text(day, language)}"


def _file_size(size: int, language: Language) -> str:
    """12,3 kB"""
    text = f"{size / 1_000_000:.1f}\u00a0MB" if size >= 1_000_000 else f"{size / 1000:.1f}\u00a0kB"
    return text if language == "en" else text.replace(".", ",")


def page(visitor: Visitor, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as the visitor reads it, with what was to be said once."""
    said = _said(visitor.request)
    html = (
        environment(visitor.language)
        .get_template(template)
        .render(visitor=visitor, form_token=partial(form_token, visitor.secret), flash=said, **values)
    )
    answer = HTMLResponse(html, status_code=status)
    if said:
        answer.delete_cookie(SAID)
    visitor.keep_cookies(answer)
    return answer


def go(visitor: Visitor, to: str, said: str | None = None) -> Response:
    """On to another page of ours, where `said` is said once."""
    answer = RedirectResponse(to, status_code=303)
    if said:
        answer.set_cookie(SAID, quote(json.dumps(said)), max_age=60, httponly=True, samesite="lax", secure=visitor.safe)
    visitor.keep_cookies(answer)
    return answer


def _said(request: Request) -> str | None:
    try:
        said = json.loads(unquote(request.cookies.get(SAID, "null")))
    except ValueError:
        return None
    return said if isinstance(said, str) else None
