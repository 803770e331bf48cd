"""Messages about Etappi itself that leave at once and join no other: a link to sign in, an invitation, an alarm.

What is owed holds no secret: a link is signed when its message is written. Nothing here commits.
"""

import datetime as dt
from collections.abc import Iterable

from models.municipality.directory import Directory
from models.outgoing.combining import PUT_ITEM, PUT_MESSAGE, URGENT, owe_message
from models.record import instant_text
from models.storage.database import Session
from models.telling.said import Said
from models.words import Role

ALARM = """
    insert into heartbeat (part, at, count, note) values (:part, :now, 1, :since)
    on conflict (part) do update set at = excluded.at, count = heartbeat.count + 1, note = excluded.note
    where heartbeat.note <> excluded.note returning count"""
LAST_TICKED = "select at from heartbeat where part = 'tick'"
TOWNS = "select id from municipality where seq > 0 order by id"

SILENT = dt.timedelta(minutes=10)
"""A clock that has not shown for so long that it lives has stopped."""


def owe_sign_in(
    session: Session, municipality: str, person: str, once: str, until: dt.datetime, now: dt.datetime
) -> None:
    """The person is sent the link that signs in once (`once` is its id) and is good until that instant."""
    minutes = max(1, round((until - now) / dt.timedelta(minutes=1)))
    facts: dict[str, str | int] = {"minutes": minutes, "once": once, "until": until.isoformat()}
    _owe(session, municipality, person, Said(kind="SignIn", facts=facts), now)


def owe_invitation(
    session: Session,
    municipality: str,
    person: str,
    now: dt.datetime,
    held: dt.timedelta = dt.timedelta(),
    seats: Iterable[str] = (),
) -> None:
    """The person is invited to take part, with the seats that were given to them; the invitation is held for so long,
    and can be taken back meanwhile."""
    _owe(session, municipality, person, Said(kind="Invited", facts={"seats": ",".join(seats)}), now, held)


def owe_alarm(session: Session, directory: Directory, since: dt.datetime, now: dt.datetime, day: dt.date) -> int:
    """The administrators are told that the clock has stopped; how many."""
    known = {one.person for one in directory.roles.values() if one.role is Role.ADMINISTRATOR}
    told = sorted(p for p in known if directory.has_role(p, Role.ADMINISTRATOR, day) and directory.people[p].email)
    for person in told:
        said = Said(kind="ClockSilent", facts={"since": since.isoformat()})
        _owe(session, directory.municipality, person, said, now)
    return len(told)


def stopped_since(last: str, now: dt.datetime) -> bool:
    """Whether a clock that last ticked then has stopped."""
    return last <= instant_text(now - SILENT)


def first_to_say(session: Session, last: str, now: dt.datetime) -> bool:
    """Whether nobody has said yet that the clock has been silent since then; from now on somebody has."""
    return session.one(ALARM, {"part": "alarm", "now": instant_text(now), "since": last}) is not None


def _owe(
    session: Session,
    municipality: str,
    person: str,
    said: Said,
    now: dt.datetime,
    held: dt.timedelta = dt.timedelta(),
) -> None:
    window, state, message = now + held, "", 0
    while state != "open":
        named = {"municipality": municipality, "person": person, "channel": URGENT, "now": instant_text(now)}
        row = session.one(PUT_MESSAGE, {**named, "window": instant_text(window)})
        assert row is not None, "a message is there, new or known"
        message, state = row
        window += dt.timedelta(microseconds=1)
    leaves = instant_text(window - dt.timedelta(microseconds=1))
    item = {"message": message, "item": f"etappi:{said.kind}", "kind": said.kind, "process": None}
    payload = said.model_dump_json(exclude_defaults=True)
    session.run(PUT_ITEM, {**item, "municipality": municipality, "payload": payload})
    owe_message(session, municipality, person, leaves, URGENT, message, now)
