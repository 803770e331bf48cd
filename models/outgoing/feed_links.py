"""The address of a person's own calendar feed: whoever has it reads the calendar, so its person can have another one.

Then the former opens nothing. What tells one from the other is a personal setting and stands in no record.
"""

import datetime as dt
import secrets

from models.errors import LinkExpired
from models.outgoing.links import Link
from models.record import instant_text
from models.storage.database import Session

ONCE = "select once from calendar_feed where municipality_id = :municipality and person = :person"
RENEW = """
    insert into calendar_feed (municipality_id, person, once, renewed_at)
    values (:municipality, :person, :once, :now)
    on conflict (municipality_id, person) do update set once = excluded.once, renewed_at = excluded.renewed_at"""


def feed_link(session: Session, municipality: str, person: str) -> Link:
    """The link to the person's calendar, as it was renewed last."""
    row = session.one(ONCE, {"municipality": municipality, "person": person})
    return Link(municipality=municipality, person=person, once=str(row[0]) if row else None)


def renew_feed(session: Session, municipality: str, person: str, now: dt.datetime) -> None:
    """The person's calendar has another address; the former opens nothing."""
    named = {"municipality": municipality, "person": person}
    session.run(RENEW, {**named, "once": secrets.token_urlsafe(12), "now": instant_text(now)})


def check_feed_link(session: Session, link: Link) -> None:
    """Raises LinkExpired for an address that was renewed since."""
    if link.once != feed_link(session, link.municipality, link.person).once:
        raise LinkExpired(link=link)
