"""One-time links that sign somebody in: asked for, on their way, used once. The link itself is signed elsewhere
(`models/outgoing/links.py`) and names the row here.
"""

import datetime as dt
import secrets
from typing import NamedTuple

from models.record import instant_text
from models.storage.database import Session

GOOD_FOR = dt.timedelta(minutes=30)
KEPT = dt.timedelta(days=1)

MAKE = """
    insert into sign_in_link (id, municipality_id, person, goes_to, made_at, ends_at)
    values (:id, :municipality, :person, :goes_to, :now, :ends)"""
USE = """
    update sign_in_link set used_at = :now where id = :id and used_at is null and ends_at > :now
    returning municipality_id, person, goes_to"""
WAITS = "select 1 from sign_in_link where id = :id and used_at is null and ends_at > :now"
VOID = "delete from sign_in_link where municipality_id = :municipality and person = :person and used_at is null"
TIDY = "delete from sign_in_link where ends_at <= :before"
WITH_ADDRESS = """
    select person.municipality_id, person.person from person
    join personal on personal.municipality_id = person.municipality_id and personal.commitment = person.email
    where lower(personal.value) = :address and person.active order by person.municipality_id, person.person"""


class Used(NamedTuple):
    """Whom a link signed in, and where it goes."""

    municipality: str
    person: str
    goes_to: str | None


class Made(NamedTuple):
    """A link on its way."""

    once: str
    until: dt.datetime


def people_with_address(session: Session, address: str) -> list[tuple[str, str]]:
    """The municipality and id of everybody who has the e-mail address."""
    rows = session.all(WITH_ADDRESS, {"address": address.strip().lower()})
    return [(row[0], row[1]) for row in rows]


def make(session: Session, municipality: str, person: str, goes_to: str | None, now: dt.datetime) -> Made:
    """A link for the person; what was asked for before and not used opens nothing any more."""
    session.run(VOID, {"municipality": municipality, "person": person})
    made = Made(secrets.token_hex(16), now + GOOD_FOR)
    named = {"id": made.once, "municipality": municipality, "person": person, "goes_to": goes_to}
    session.run(MAKE, {**named, "now": instant_text(now), "ends": instant_text(made.until)})
    return made


def waits(session: Session, once: str, now: dt.datetime) -> bool:
    """Whether the link can still be used."""
    return session.one(WAITS, {"id": once, "now": instant_text(now)}) is not None


def use(session: Session, once: str, now: dt.datetime) -> Used | None:
    """Whom the link signs in, from now on nobody again; None where it was used, replaced or is over."""
    row = session.one(USE, {"id": once, "now": instant_text(now)})
    return Used(row[0], row[1], row[2]) if row else None


def tidy(session: Session, now: dt.datetime) -> None:
    """Links of long ago are gone."""
    session.run(TIDY, {"before": instant_text(now - KEPT)})
