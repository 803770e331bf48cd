"""What is owed to the outside world, and how it is taken up: owed -> leased -> done, or failed after many attempts.

An effect is leased for a while to one courier at a time. Only the effect's own last step says that it is done; a lease
that runs out, or an attempt that fails, becomes the next attempt after a pause. Nothing here commits.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from models.record import instant_text
from models.storage.database import Session

ATTEMPTS = 10
"""After so many an effect has failed and is shown to the operator, who may have it tried as many times again."""

PAUSES = (0, 5, 20, 60, 180, 600, 1800, 3600, 7200, 14400)  # seconds after each attempt that failed, then the last
NOTHING = dt.timedelta()
KEPT = dt.timedelta(days=30)  # how long it is known that an effect is done


class Leased(NamedTuple):
    """An effect that one courier carries out now."""

    id: int
    municipality: str
    process_id: int | None
    key: str
    kind: str
    payload: dict[str, Any]
    attempt: int

    @property
    def run(self) -> str:
        """The key of this attempt's run, among those of all municipalities; the effect's own is `key`."""
        return f"{self.municipality}:{self.key}:{self.attempt}"


class Held(NamedTuple):
    """An effect by its row, and which attempt at it somebody holds."""

    id: int
    attempt: int


class Failed(NamedTuple):
    """An effect that was given up, for the operator."""

    municipality: str
    key: str
    attempts: int
    error: str


class Overview(NamedTuple):
    """How the outbox stands."""

    owed: int
    leased: int
    failed: tuple[Failed, ...]
    oldest: str | None  # since when the effect that is due and has waited longest has been owed


# "state in ('owed', 'leased')" is said also where it follows, for the index of what is waiting is found by it.
_DUE = """state in ('owed', 'leased') and not_before <= :by and (state = 'owed' or lease_until <= :now)"""
DUE = f"select distinct kind from outbox where {_DUE}"
GIVE_UP = f"""
    update outbox set state = 'failed', lease_until = null, error = coalesce(error, :why)
    where state in ('owed', 'leased') and state = 'leased' and lease_until <= :now and attempt % {ATTEMPTS} = 0"""
LEASE = f"""
    update outbox set state = 'leased', attempt = attempt + 1, lease_until = :until, error = null
    where id in (
        select id from outbox where {_DUE} and kind = :kind order by not_before, id limit :limit {{skip_locked}})
    returning id, municipality_id, process_id, key, kind, payload, attempt"""
RENEW = """
    update outbox set lease_until = :until where id = :id and state = 'leased' and attempt = :attempt"""
NOTE = "update outbox set error = :why where id = :id and state <> 'done'"
FAIL = f"""
    update outbox set lease_until = null, not_before = :later, error = coalesce(error, :why),
        state = case when attempt % {ATTEMPTS} = 0 then 'failed' else 'owed' end
    where id = :id and state = 'leased' and attempt = :attempt returning state, error"""
POSTPONE = """
    update outbox set state = 'owed', lease_until = null, not_before = :later where id = :id and state = 'leased'"""
DONE = """
    update outbox set state = 'done', lease_until = null, error = null
    where id in {ids} and state <> 'done' returning id"""
DONE_BY_KEY = """
    update outbox set state = 'done', lease_until = null, error = null
    where municipality_id = :municipality and key = :key and state <> 'done' returning id"""
STAND = "select id, state, attempt from outbox where id in {ids}"
UNDER_WAY = """
    select kind, count(*) from outbox
    where state in ('owed', 'leased') and state = 'leased' and lease_until > :now group by kind"""
CALL = "select {call}"
IS_DONE = "select 1 from outbox where id = :id and state = 'done'"
OWE_MESSAGE = """
    insert into outbox (municipality_id, key, kind, payload, state, attempt, not_before, created_at)
    values (:municipality, :key, 'message', :payload, 'owed', 0, :window, :now)
    on conflict (municipality_id, key) do nothing"""
AGAIN = "update outbox set state = 'owed', not_before = :now where state = 'failed' returning id"
TIDY = "delete from outbox where state = 'done' and created_at < :before"
COUNT = "select state, count(*) from outbox where state in ('owed', 'leased') group by state"
FAILED = "select municipality_id, key, attempt, error from outbox where state = 'failed' order by id"
OLDEST = f"select min(not_before) from outbox where {_DUE}"


def due(session: Session, now: dt.datetime, ahead: dt.timedelta = NOTHING) -> frozenset[str]:
    """The kinds of effects that can be taken up now, or with `ahead` would be later."""
    return frozenset(row[0] for row in session.all(DUE, {"now": instant_text(now), "by": instant_text(now + ahead)}))


def lease(
    session: Session, kind: str, limit: int, now: dt.datetime, seconds: float, ahead: dt.timedelta = NOTHING
) -> list[Leased]:
    """Effects of a kind, owed the longest first, that nobody else carries out until the lease runs out."""
    at, by = instant_text(now), instant_text(now + ahead)
    session.run(GIVE_UP, {"now": at, "why": "Its last attempt did not end."})
    until = instant_text(now + dt.timedelta(seconds=seconds))
    rows = session.all(LEASE, {"kind": kind, "limit": limit, "now": at, "by": by, "until": until})
    leased = [Leased(row[0], row[1], row[2], row[3], row[4], json.loads(row[5]), row[6]) for row in rows]
    return sorted(leased, key=lambda one: one.id)


def take_up(session: Session, held: Sequence[Held], now: dt.datetime, seconds: float) -> bool:
    """These attempts are the ones that are carried out now, of whatever is not done yet; their leases run on.

    False where another attempt has begun at one of them: then what is still theirs is owed again.
    """
    renew(session, held, now, seconds)  # before looking, so that nobody takes one up in between
    attempts = {one.id: one.attempt for one in held}
    stand = session.all(STAND, {"ids": json.dumps([*attempts])})
    theirs = [id_ for id_, state, n in stand if state == "done" or (state == "leased" and n == attempts[id_])]
    if held and len(theirs) == len(attempts):
        return True
    for one in held:
        fail(session, one, "Another attempt had begun at what was to be carried out with it.", now)
    return False


def call_workers(session: Session) -> None:
    """Workers that listen look into the work pool at once."""
    session.one(CALL)


def overtaken(session: Session, held: Iterable[Leased | Held]) -> bool:
    """Whether another attempt has begun at one of them."""
    attempts = {one.id: one.attempt for one in held}
    return any(n > attempts[id_] for id_, _, n in session.all(STAND, {"ids": json.dumps([*attempts])}))


def under_way(session: Session, now: dt.datetime) -> Counter[str]:
    """How many effects of each kind are being carried out now, by whoever holds their leases."""
    return Counter({row[0]: int(row[1]) for row in session.all(UNDER_WAY, {"now": instant_text(now)})})


def renew(session: Session, leased: Iterable[Leased | Held], now: dt.datetime, seconds: float) -> None:
    """The leases of what is still being carried out run on."""
    until = instant_text(now + dt.timedelta(seconds=seconds))
    session.many(RENEW, [{"id": one.id, "attempt": one.attempt, "until": until} for one in leased])


def note(session: Session, id_: int, why: str) -> None:
    """Why this attempt goes wrong, in the words of the effect itself."""
    session.run(NOTE, {"id": id_, "why": why})


def fail(
    session: Session, one: Leased | Held, why: str, now: dt.datetime, pauses: Sequence[float] = PAUSES
) -> str | None:
    """The attempt is over; the next one follows after a pause, or the effect has failed. The reason that stands.

    None where the effect is done, or another attempt has begun since. A reason the effect itself noted stands.
    """
    pause = pauses[min(one.attempt, len(pauses)) - 1]
    later = instant_text(now + dt.timedelta(seconds=pause))
    row = session.one(FAIL, {"id": one.id, "attempt": one.attempt, "why": why, "later": later})
    return str(row[1]) if row else None


def postpone(session: Session, id_: int, later: dt.datetime) -> None:
    """The effect is not carried out now, through nobody's fault; it is owed again from that instant on."""
    session.run(POSTPONE, {"id": id_, "later": instant_text(later)})


def done(session: Session, id_: int) -> bool:
    """The effect is done for ever; False where it was already."""
    return bool(all_done(session, (id_,)))


def all_done(session: Session, ids: Iterable[int]) -> set[int]:
    """The effects are done for ever; those that were not already."""
    return {row[0] for row in session.all(DONE, {"ids": json.dumps(list(ids))})}


def done_by_key(session: Session, municipality: str, key: str) -> bool:
    """The effect of that key is done for ever; False where it was already."""
    return session.one(DONE_BY_KEY, {"municipality": municipality, "key": key}) is not None


def is_done(session: Session, id_: int) -> bool:
    """Whether the effect has been carried out."""
    return session.one(IS_DONE, {"id": id_}) is not None


def again(session: Session, now: dt.datetime) -> int:
    """What has failed is owed again, as many attempts more; how many effects."""
    return len(session.all(AGAIN, {"now": instant_text(now)}))


def tidy(session: Session, now: dt.datetime) -> None:
    """Effects done long ago are forgotten; their keys cannot come again."""
    session.run(TIDY, {"before": instant_text(now - KEPT)})


def overview(session: Session, now: dt.datetime) -> Overview:
    """How the outbox stands, for the operator."""
    counts = {row[0]: int(row[1]) for row in session.all(COUNT)}
    failed = tuple(Failed(row[0], row[1], row[2], row[3] or "") for row in session.all(FAILED))
    return Overview(counts.get("owed", 0), counts.get("leased", 0), failed, waiting_since(session, now))


def waiting_since(session: Session, now: dt.datetime) -> str | None:
    """Since when the effect that is due and has waited longest has been owed."""
    oldest = session.one(OLDEST, {"now": instant_text(now), "by": instant_text(now)})
    return oldest[0] if oldest else None
