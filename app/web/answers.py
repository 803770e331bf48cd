"""How each refusal is answered: its HTTP status, and a page that says in the visitor's language what to do now."""

import datetime as dt
import traceback
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.history.names import REFUSED
from app.web.language import refusals
from app.web.rendering import go, page
from app.web.security import TOKEN, Forged, StaleForm
from app.web.session import Visitor, guest_of, log, visitor_of
from app.web.views.taken_over import TakenOver
from models import errors
from models.days.calendar import due_instant
from models.days.formats import Language, date_text, last_day, moment
from models.errors import EtappiError

STATUS: dict[type[EtappiError], int] = {
    errors.EtappiError: 500,
    errors.DefinitionError: 422,
    errors.NotValid: 422,
    errors.Refused: 409,
    errors.Busy: 503,
    errors.NoRoom: 507,
    errors.Unreachable: 503,
    errors.NotAuthorised: 403,
    errors.NotFound: 404,
    errors.Overtaken: 409,
    errors.Broken: 500,
    errors.DeliveryFailed: 502,
}
"""By class; one that is not here is answered as the class it stands under."""

Called = Callable[[str, str], str]
"""What a process calls its part of that kind with that key."""


class Elsewhere(Exception):
    """Another page of ours is the one to be on: what this one goes on from is not there."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


class Words(NamedTuple):
    """What a page says of one kind of refusal."""

    title: str
    advice: str


def status_of(error: EtappiError) -> int:
    """The HTTP status of a refusal."""
    return next(STATUS[one] for one in type(error).__mro__ if one in STATUS)


def words_of(visitor: Visitor, kind: str) -> Words:
    """What is said of a kind of refusal."""
    _ = visitor.say
    match kind:
        case "not_now":
            return Words(
                _("Tätä ei voi tehdä juuri nyt"), _("Mitään ei muuttunut. Palaa sivulle ja katso, mitä puuttuu.")
            )
        case "not_you":
            return Words(
                _("Tämä ei kuulu sinulle"),
                _("Mitään ei muuttunut. Jos asian pitäisi kuulua sinulle, ota yhteyttä koordinaattoriin."),
            )
        case "overtaken":
            return Words(
                _("Sivu ehti muuttua"),
                _(
                    "Joku muu teki sillä välin muutoksen, jota et vielä nähnyt. Mitään ei tallennettu. "
                    "Lataa sivu uudelleen ja katso, mikä muuttui."
                ),
            )
        case "not_valid" | "definition":
            return Words(
                _("Tarkista antamasi tiedot"),
                _("Mitään ei tallennettu. Palaa takaisin, korjaa kohta ja lähetä uudelleen."),
            )
        case "not_found":
            return Words(_("Sivua ei löydy"), _("Osoite voi olla väärä, tai sinulla ei ole oikeutta nähdä sivua."))
        case _:
            return Words(
                _("Jokin meni vikaan"),
                _("Vika on meidän, ei sinun. Mitään ei jäänyt puolitiehen. Yritä hetken kuluttua uudelleen."),
            )


def sentence(visitor: Visitor, error: EtappiError, called: Called | None = None) -> str | None:
    """The refusal's own sentence in the visitor's language; None where it is not in the catalogue.

    `called` says what the process calls its phases and groups, where the sentence is about one process.
    """
    said = refusals(visitor.language).gettext(error.template)
    if said == error.template and visitor.language != "en":
        return None
    keys = [name for name in error.facts if called and name in REFUSED]
    told = {name: _named(called, REFUSED[name], error.facts[name]) for name in keys} if called else {}
    facts = {name: _fact(visitor.language, value) for name, value in error.facts.items()} | told
    return said.format(**facts) if facts else said


def _named(called: Called, kind: str, keys: object) -> str:
    return ", ".join(dict.fromkeys(called(kind, key) for key in str(keys).split(", ")))


def _fact(language: Language, value: object) -> str:
    """What a refusal is about, in the language: words of the domain and dates; names stand as they are."""
    if isinstance(value, dt.datetime):
        ends_a_day = due_instant(last_day(value)) == value
        return date_text(last_day(value), language) if ends_a_day else moment(value, language)
    if isinstance(value, dt.date):
        return date_text(value, language)
    known = refusals(language).gettext
    return ", ".join(known(part) for part in str(value).split(", or "))


def error_page(
    visitor: Visitor, kind: str, status: int, sentence: str | None = None, written: Sequence[str] = ()
) -> Response:
    """The page of one kind of refusal, with what was written into the form that was refused."""
    values: dict[str, Any] = {"words": words_of(visitor, kind), "sentence": sentence, "kind": kind, "written": written}
    return page(visitor, "error.html", status=status, **values)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, EtappiError)
    typed = await _typed(request) if request.method == "POST" else []
    return await run_in_threadpool(_refusal_page, request, error, [value for _, value in typed if is_writing(value)])


def _refusal_page(request: Request, error: EtappiError, written: Sequence[str]) -> Response:
    visitor = _visitor_or_guest(request)
    status = status_of(error)
    if status >= 500:
        note(error)
    called: Called | None = getattr(request.state, "called", None)  # where it was about a process
    return error_page(visitor, error.kind, status, sentence(visitor, error, called), written)


async def _typed(request: Request) -> list[tuple[str, str]]:
    """What a form of ours holds, but for files and its token."""
    form = await request.form()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str) and name != TOKEN]


def is_writing(value: str) -> bool:
    """Whether somebody wrote it, so that it must not be lost: more than one word."""
    return bool(value.strip()) and any(letter in value.strip() for letter in " \n")


def _visitor_or_guest(request: Request) -> Visitor:
    """The visitor; a guest where the database cannot say."""
    try:
        return visitor_of(request)
    except Exception:  # whatever went wrong is being answered already
        return guest_of(request)


def note(error: Exception) -> None:
    """The log says where something went wrong, and not with what: an error's own words may hold personal data."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s\n%s", type(error).__name__, where)


def _forged(request: Request, error: Exception) -> Response:
    return error_page(visitor_of(request), "not_you", 403)


def _elsewhere(request: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)
    return go(visitor_of(request), error.to)


def _taken_over(request: Request, error: Exception) -> Response:
    assert isinstance(error, TakenOver)
    return page(visitor_of(request), "taken_over.html", status=403, name=error.name, since=error.since)


async def stale(request: Request, error: Exception) -> Response:
    """What was typed is shown again, to be sent anew by one press, once the visitor is signed in."""
    visitor, typed = visitor_of(request), await _typed(request)
    status = 409 if visitor.known else 401
    values: dict[str, Any] = {"status": status, "typed": typed, "is_writing": is_writing}
    return await run_in_threadpool(page, visitor, "send_again.html", **values)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = {404: "not_found", 405: "not_found", 403: "not_you"}.get(error.status_code, "not_valid")
    return error_page(visitor_of(request), kind, error.status_code)


def _not_valid(request: Request, error: Exception) -> Response:
    return error_page(visitor_of(request), "not_valid", 422)


class LastResort:
    """Whatever nobody expected is noted, and answered with a page that needs no database: it may have gone just now."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.application(scope, receive, told)
        except Exception as error:  # the outermost loop
            note(error)
            if scope["type"] != "http" or begun:
                raise
            answer = await run_in_threadpool(_to_a_guest, Request(scope), error)
            await answer(scope, receive, send)


def _to_a_guest(request: Request, error: Exception) -> Response:
    guest = guest_of(request)
    guest.language = _language_so_far(request) or guest.language
    if isinstance(error, EtappiError):
        return error_page(guest, error.kind, status_of(error), sentence(guest, error))
    return error_page(guest, "broken", 500)


def _language_so_far(request: Request) -> Language | None:
    """The language of the visitor, where one was found before it went wrong."""
    found: Visitor | None = getattr(request.state, "visitor", None)
    try:
        return found.language if found else None
    except Exception:  # the database may have gone just now
        return None


def answer_refusals(application: FastAPI) -> None:
    """The application answers whatever goes wrong with a page."""
    application.add_exception_handler(EtappiError, _refused)
    application.add_exception_handler(Forged, _forged)
    application.add_exception_handler(StaleForm, stale)
    application.add_exception_handler(Elsewhere, _elsewhere)
    application.add_exception_handler(TakenOver, _taken_over)
    application.add_exception_handler(HTTPException, _http)
    application.add_exception_handler(RequestValidationError, _not_valid)
    application.add_middleware(LastResort)
