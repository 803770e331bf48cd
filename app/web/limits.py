"""How often something may be tried from one machine, with one address, or by one person."""

import datetime as dt

from app.web.session import Visitor
from models.signing_in.attempts import Limit, allowed
from models.storage.database import Session

LINKS_OF_ADDRESS = Limit("link", 4, dt.timedelta(minutes=15))
LINKS_OF_MACHINE = Limit("links", 40, dt.timedelta(minutes=15))  # a town may have one address for all
SIGN_INS = Limit("sign-in", 60, dt.timedelta(minutes=15))
CODES = Limit("code", 5, dt.timedelta(minutes=5))
FIRST_RUN = Limit("first-run", 10, dt.timedelta(minutes=15))
OPENED = Limit("message-code", 20, dt.timedelta(minutes=15))
VERIFIED = Limit("verify", 6, dt.timedelta(minutes=10))


def within(session: Session, visitor: Visitor, *limits: tuple[Limit, str]) -> bool:
    """One more try is counted; whether it is within all the limits. A try-out has none."""
    counted = [allowed(session, limit, whose, visitor.now) for limit, whose in limits]
    return all(counted)
