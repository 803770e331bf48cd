"""Invitations that have not left: who is invited, when it leaves, and taking it back. Nothing here commits."""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from models.municipality.commands import GiveSeat, MunicipalityCommand
from models.outgoing import holding
from models.outgoing.urgent import owe_invitation
from models.record import read_instant
from models.storage.database import Session
from models.telling.said import Said

WAITING = """
    select m.person, m.id, o.not_before, i.payload from message_item i join message m on m.id = i.message_id
    join outbox o on o.municipality_id = m.municipality_id
        and o.key = 'message:' || m.person || ':' || m.sending_window || ':' || m.channel
    where m.municipality_id = :municipality and i.kind = 'Invited' and m.state = 'open' and o.state = 'owed'
        and m.person in {texts} order by m.person"""


class Invitation(NamedTuple):
    """An invitation that waits."""

    person: str
    number: int  # of its message
    leaves: dt.datetime
    seats: tuple[str, ...]  # that were given with it


def invite(
    session: Session,
    municipality: str,
    people: Iterable[str],
    now: dt.datetime,
    held: dt.timedelta,
    done: Collection[MunicipalityCommand] = (),
) -> None:
    """The people are invited, each with the seats that what was done gives them; the invitations are held for so
    long."""
    for person in people:
        seats = [one.seat for one in done if isinstance(one, GiveSeat) and one.person == person]
        owe_invitation(session, municipality, person, now, held, seats)


def waiting(session: Session, municipality: str, people: Collection[str], now: dt.datetime) -> list[Invitation]:
    """The invitations of these people that have not left."""
    rows = session.all(WAITING, {"municipality": municipality, "texts": json.dumps(sorted(people))})
    found = (Invitation(row[0], row[1], read_instant(row[2]), _seats(row[3])) for row in rows)
    return [one for one in found if one.leaves > now]


def _seats(payload: str) -> tuple[str, ...]:
    named = str(Said.model_validate_json(payload).facts.get("seats", ""))
    return tuple(named.split(",")) if named else ()


def take_back(session: Session, municipality: str, one: Invitation, by: str, now: dt.datetime) -> None:
    """The invitation never leaves. Raises Refused where it is just leaving."""
    holding.take_back(session, municipality, one.number, by, now)
