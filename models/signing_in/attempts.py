"""How often something may be tried: signing in, one-time codes. Addresses and people are known by a hash alone."""

import datetime as dt
from typing import NamedTuple

from models.record import instant_text
from models.signing_in.secrets import hashed
from models.storage.database import Session

COUNT = """
    insert into attempt (what, since, count) values (:what, :now, 1)
    on conflict (what) do update set
        count = case when attempt.since > :begun then attempt.count + 1 else 1 end,
        since = case when attempt.since > :begun then attempt.since else excluded.since end
    returning count"""
FORGET = "delete from attempt where what = :what"
TIDY = "delete from attempt where since <= :before"
KEPT = dt.timedelta(days=1)


class Limit(NamedTuple):
    """So many tries in so long a time."""

    name: str
    tries: int
    within: dt.timedelta


def allowed(session: Session, limit: Limit, whose: str, now: dt.datetime) -> bool:
    """One more try is counted; whether it is within the limit."""
    begun = instant_text(now - limit.within)
    row = session.one(COUNT, {"what": _what(limit, whose), "now": instant_text(now), "begun": begun})
    assert row is not None
    return int(row[0]) <= limit.tries


def forget(session: Session, limit: Limit, whose: str) -> None:
    """The tries so far do not count: it succeeded."""
    session.run(FORGET, {"what": _what(limit, whose)})


def tidy(session: Session, now: dt.datetime) -> None:
    """Tries of long ago are gone."""
    session.run(TIDY, {"before": instant_text(now - KEPT)})


def _what(limit: Limit, whose: str) -> str:
    return hashed(f"{limit.name}:{whose}")
