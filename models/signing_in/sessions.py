"""Who is signed in, in which browser, and until when. A session ends by itself, by its person, or for all browsers."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from models.record import instant_text, read_instant
from models.signing_in.secrets import hashed, new_secret
from models.storage.database import Session

IDLE = dt.timedelta(hours=1)
LONGEST = dt.timedelta(hours=12)
SEEN_EACH = dt.timedelta(minutes=1)  # how exactly it is known when somebody was last seen

BEGIN = """
    insert into session (token, municipality_id, person, way, awaits, begun_at, seen_at, ends_at)
    values (:token, :municipality, :person, :way, :awaits, :now, :now, :ends)"""
FIND = """
    select municipality_id, person, way, awaits, begun_at, seen_at, ends_at from session
    where token = :token and ends_at > :now and seen_at > :idle"""
SEEN = "update session set seen_at = :now where token = :token"
RENEW = "update session set token = :fresh, awaits = :awaits, seen_at = :now where token = :token"
END = "delete from session where token = :token"
END_ALL = "delete from session where municipality_id = :municipality and person = :person"
OF_PERSON = "select token from session where municipality_id = :municipality and person = :person"
END_OTHERS = END_ALL + " and token <> :token"
OPEN = """
    select token, way, begun_at, seen_at from session
    where municipality_id = :municipality and person = :person and awaits is null
        and ends_at > :now and seen_at > :idle order by seen_at desc, begun_at desc"""
TIDY = "delete from session where ends_at <= :now or seen_at <= :idle"


class Way(StrEnum):
    """How somebody signed in."""

    LINK = "link"  # a one-time link in a message
    ACCOUNT = "account"  # the municipality's own account (OpenID Connect)
    TRY_OUT = "try_out"  # one click, in a try-out only


class Awaits(StrEnum):
    """What a session lacks before it opens anything."""

    CODE = "code"  # a one-time code
    NEW_CODE = "new_code"  # one-time codes have to be taken into use


class SignedIn(NamedTuple):
    """Somebody who is signed in."""

    municipality: str
    person: str
    way: Way
    awaits: Awaits | None
    begun_at: dt.datetime
    seen_at: dt.datetime
    ends_at: dt.datetime


class Open(NamedTuple):
    """One browser in which somebody is signed in."""

    name: str  # which one it is, for its person to end it; opens nothing
    way: Way
    begun_at: dt.datetime
    seen_at: dt.datetime
    this: bool  # the one that asks


def begin(
    session: Session, municipality: str, person: str, way: Way, now: dt.datetime, awaits: Awaits | None = None
) -> str:
    """The person is signed in; what the browser is to hold."""
    token = new_secret()
    ends = instant_text(now + LONGEST)
    whose = {"token": hashed(token), "municipality": municipality, "person": person}
    session.run(BEGIN, {**whose, "way": way.value, "awaits": awaits, "now": instant_text(now), "ends": ends})
    return token


def find(session: Session, token: str, now: dt.datetime) -> SignedIn | None:
    """Who holds the token, unless the session has ended."""
    row = session.one(FIND, {"token": hashed(token), "now": instant_text(now), "idle": instant_text(now - IDLE)})
    if row is None:
        return None
    awaits = Awaits(row[3]) if row[3] else None
    return SignedIn(row[0], row[1], Way(row[2]), awaits, *(read_instant(text) for text in row[4:]))


def seen(session: Session, token: str, now: dt.datetime) -> None:
    """The session goes on from now."""
    session.run(SEEN, {"token": hashed(token), "now": instant_text(now)})


def renew(session: Session, token: str, now: dt.datetime, awaits: Awaits | None = None) -> str:
    """The session has another token, as when its rights grew; the former one opens nothing."""
    fresh = new_secret()
    session.run(RENEW, {"token": hashed(token), "fresh": hashed(fresh), "awaits": awaits, "now": instant_text(now)})
    return fresh


def end(session: Session, token: str) -> None:
    """The session has ended."""
    session.run(END, {"token": hashed(token)})


def end_all(session: Session, municipality: str, person: str) -> None:
    """The person is signed in nowhere."""
    session.run(END_ALL, {"municipality": municipality, "person": person})


def end_one(session: Session, municipality: str, person: str, name: str) -> None:
    """The person is signed in no more where the session of that name was; nothing where there is none."""
    for (token,) in session.all(OF_PERSON, {"municipality": municipality, "person": person}):
        if _name(token) == name:
            session.run(END, {"token": token})


def _name(token: str) -> str:
    """What a session, of which that is stored, is called where its person sees it."""
    return hashed(token)[:16]


def end_others(session: Session, municipality: str, person: str, token: str) -> None:
    """The person is signed in nowhere but where that token is held."""
    session.run(END_OTHERS, {"municipality": municipality, "person": person, "token": hashed(token)})


def of_person(session: Session, municipality: str, person: str, token: str, now: dt.datetime) -> list[Open]:
    """Where the person is signed in, the newest first; the one that holds the token is told apart."""
    idle = instant_text(now - IDLE)
    rows = session.all(OPEN, {"municipality": municipality, "person": person, "now": instant_text(now), "idle": idle})
    mine = hashed(token)
    return [
        Open(_name(row[0]), Way(row[1]), read_instant(row[2]), read_instant(row[3]), row[0] == mine) for row in rows
    ]


def tidy(session: Session, now: dt.datetime) -> None:
    """Sessions that have ended are gone."""
    session.run(TIDY, {"now": instant_text(now), "idle": instant_text(now - IDLE)})
