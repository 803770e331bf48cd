"""Who visits: the session that the browser's cookie names, the language, and the moment of the visit.

The cookie holds a secret, the database its hash. A visitor who is not signed in has a secret too, for forms. Nothing is
kept in the cookie but that.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from fastapi import Request, Response

from app.web.language import asked_for, known, texts
from app.web.security import came_from
from models.days.calendar import local_date
from models.days.formats import Language
from models.engine import Engine
from models.municipality.directory import Directory
from models.signing_in import factors, sessions
from models.signing_in.secrets import new_secret
from models.signing_in.sessions import SEEN_EACH, Awaits, SignedIn, Way
from models.storage import reading, store
from models.storage.database import Session
from tasks.installation import Installation

log = logging.getLogger("etappi.web")

LANGUAGE = "etappi_language"
YEAR = 365 * 24 * 3600


class NotSignedIn(Exception):
    """The page is for people who are signed in."""


@dataclass
class Visitor:
    """One request's visitor."""

    request: Request
    installation: Installation
    now: dt.datetime
    secret: str  # what the browser holds
    signed_in: SignedIn | None
    try_out: bool
    _new_secret: bool = False
    _cookies: list[tuple[str, str]] = field(default_factory=list)

    # --- what is there ------------------------------------------------------------------------------------------

    @property
    def engine(self) -> Engine:
        return self.installation.engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One picture of the database."""
        with self.installation.database.reading() as session:
            yield session

    @property
    def today(self) -> dt.date:
        """The date in Helsinki."""
        return local_date(self.now)

    @property
    def path(self) -> str:
        """The page that is shown, with its question."""
        url = self.request.url
        return f"{url.path}?{url.query}" if url.query else url.path

    @property
    def page_address(self) -> str:
        """The page that is shown, to come back to; of what was posted, the page that the form was on."""
        return self.path if self.request.method == "GET" else (came_from(self.request) or self.request.url.path)

    @property
    def machine(self) -> str:
        """The address the request comes from, for limits alone."""
        return self.request.client.host if self.request.client else ""

    @property
    def safe(self) -> bool:
        """Whether the connection is encrypted, so that cookies go over encrypted ones alone."""
        return self.request.url.scheme == "https" or self.installation.settings.address.startswith("https:")

    # --- who ----------------------------------------------------------------------------------------------------

    @property
    def known(self) -> SignedIn | None:
        """Who it is, once nothing is missing of signing in."""
        return self.signed_in if self.signed_in and self.signed_in.awaits is None else None

    @property
    def person(self) -> str:
        assert self.known is not None, "the page is for people who are signed in"
        return self.known.person

    @property
    def municipality(self) -> str:
        assert self.known is not None, "the page is for people who are signed in"
        return self.known.municipality

    @cached_property
    def directory(self) -> Directory:
        """The municipality's people, groups and seats as they are now."""
        with self.reading() as session:
            return self.directory_in(session)

    @cached_property
    def name(self) -> str:
        """What the visitor is called."""
        commitment = self.directory.people[self.person].name
        with self.reading() as session:
            return reading.values(session, self.municipality, {commitment}).get(commitment, self.person)

    def directory_in(self, session: Session) -> Directory:
        return self.directory_of(session, self.municipality)

    def directory_of(self, session: Session, municipality: str) -> Directory:
        """Any municipality's people, groups and seats as they are now. Raises NotFound."""
        head = store.municipality_head(session, municipality)
        return self.engine.worlds.directory(session, municipality, head.sequence if head else 0)

    # --- language -----------------------------------------------------------------------------------------------

    @cached_property
    def language(self) -> Language:
        """The language chosen in this browser, else the person's own, else the browser's, else the installation's."""
        chosen = known(self.request.cookies.get(LANGUAGE))
        if chosen:
            return chosen
        if self.known and self.known.person in self.directory.people:
            own = known(self.directory.people[self.known.person].language)
            if own:
                return own
        header = self.request.headers.get("Accept-Language", "")
        return asked_for(header) or self.installation.settings.language

    def say(self, text: str, /, **facts: object) -> str:
        """A text of the catalogues in the visitor's language, with its facts."""
        return texts(self.language).gettext(text) % facts if facts else texts(self.language).gettext(text)

    def say_counted(self, one: str, many: str, number: int, /, **facts: object) -> str:
        """A text that depends on a number, `%(num)s` in it."""
        return texts(self.language).ngettext(one, many, number) % {"num": number, **facts}

    # --- the browser --------------------------------------------------------------------------------------------

    @property
    def cookie(self) -> str:
        return cookie_name(self.safe)

    def hold(self, secret: str) -> None:
        """The browser holds another secret from now on."""
        self.secret, self._new_secret = secret, True

    def sign_in(self, session: Session, municipality: str, person: str, way: Way) -> None:
        """The person is signed in in this browser; a second factor may be missing still."""
        awaits = None
        if way is Way.LINK and factors.has_one(session, municipality, person):
            awaits = Awaits.CODE
        elif way is Way.LINK and factors.needs_one(
            session, self.directory_of(session, municipality), person, self.today
        ):
            awaits = Awaits.NEW_CODE
            factors.begin(session, municipality, person)
        self.hold(sessions.begin(session, municipality, person, way, self.now, awaits))

    def leave(self) -> None:
        """The browser holds nothing that opens anything."""
        self.signed_in = None
        self.hold(new_secret())

    def choose(self, language: Language) -> None:
        """This browser is spoken to in the language."""
        self._cookies.append((LANGUAGE, language))

    def keep_cookies(self, answer: Response) -> None:
        """The answer tells the browser what it is to hold."""
        kept = {"httponly": True, "samesite": "lax", "secure": self.safe, "path": "/"}
        if self._new_secret:
            answer.set_cookie(self.cookie, self.secret, **kept)  # type: ignore[arg-type]
        for name, value in self._cookies:
            answer.set_cookie(name, value, max_age=YEAR, **kept)  # type: ignore[arg-type]


def cookie_name(safe: bool) -> str:
    """Over encrypted connections browsers hold the name to this host alone."""
    return "__Host-etappi" if safe else "etappi"


def visitor_of(request: Request) -> Visitor:
    """Who visits, found once in a request."""
    found = getattr(request.state, "visitor", None)
    if found is None:
        found = request.state.visitor = _found(request)
    assert isinstance(found, Visitor)
    return found


def guest_of(request: Request) -> Visitor:
    """A visitor who is not known, found without asking the database."""
    installation: Installation = request.app.state.installation
    return Visitor(request, installation, installation.engine.clock(), new_secret(), None, request.app.state.try_out)


def _found(request: Request) -> Visitor:
    visitor = guest_of(request)
    now = visitor.now
    held = request.cookies.get(visitor.cookie, "")
    if held:
        visitor.secret = held
        with visitor.reading() as session:
            visitor.signed_in = sessions.find(session, held, now)
        _go_on(visitor)
    else:
        visitor.hold(visitor.secret)
    return visitor


def _go_on(visitor: Visitor) -> None:
    """The session goes on, unless its person has left the directory since."""
    signed_in = visitor.signed_in
    if signed_in is None:
        return
    if visitor.known and not visitor.directory.is_active(signed_in.person):
        visitor.signed_in = None
    elif visitor.now - signed_in.seen_at > SEEN_EACH:
        with visitor.installation.database.transaction() as session:
            sessions.seen(session, visitor.secret, visitor.now)
