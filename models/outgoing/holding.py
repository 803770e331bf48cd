"""Messages that wait can be held, let go and taken back, until they leave. Nothing here commits."""

import datetime as dt
from typing import NamedTuple

from models.errors import NotFound, Refused
from models.outgoing import letters, outbox
from models.outgoing.letters import HELD
from models.record import instant_text
from models.storage.database import Session

NEVER = "9999-12-31T00:00:00.000000Z"

MESSAGE = """
    select m.state, m.person, m.sending_window, m.channel, o.id, o.state
    from message m left join outbox o on o.municipality_id = m.municipality_id
        and o.key = 'message:' || m.person || ':' || m.sending_window || ':' || m.channel
    where m.municipality_id = :municipality and m.id = :number"""
STATE = "update message set state = :state where id = :number"
LEAVES = "update outbox set not_before = :at where id = :row and state = 'owed' returning id"


class Waiting(NamedTuple):
    """A message that has not left."""

    state: str
    person: str
    window: str
    channel: str
    row: int  # of the outbox


def hold(session: Session, municipality: str, number: int) -> None:
    """The message does not leave until it is let go. Raises NotFound, Refused where it has left or is leaving."""
    one = _waiting(session, municipality, number)
    _moved(session, one, number, NEVER)
    session.run(STATE, {"number": number, "state": HELD})


def release(session: Session, municipality: str, number: int, now: dt.datetime) -> None:
    """The message that is held leaves as soon as its reader may be written to. Raises as `hold`, and Refused where it
    is not held."""
    one = _waiting(session, municipality, number)
    if one.state != HELD:
        raise Refused("The message {number} is not held.", number=number)
    _moved(session, one, number, instant_text(now))
    session.run(STATE, {"number": number, "state": "open"})


def take_back(session: Session, municipality: str, number: int, by: str, now: dt.datetime) -> None:
    """The message never leaves, and the log says who took it back. Raises as `hold`."""
    one = _waiting(session, municipality, number)
    _moved(session, one, number, NEVER)
    letter = letters.letter_of(session, one.row)
    outbox.done(session, one.row)
    reason = f"taken back by {by}"
    letters.logged(session, letter, "taken back", dict.fromkeys((item.item for item in letter.items), reason), now)


def _waiting(session: Session, municipality: str, number: int) -> Waiting:
    row = session.one(MESSAGE, {"municipality": municipality, "number": number})
    if row is None:
        raise NotFound(what="message", name=str(number))
    if row[0] not in ("open", HELD) or row[4] is None:
        raise Refused("The message {number} has left, or never will: it is {state}.", number=number, state=row[0])
    return Waiting(*row[:5])


def _moved(session: Session, one: Waiting, number: int, at: str) -> None:
    if session.one(LEAVES, {"row": one.row, "at": at}) is None:
        raise Refused("The message {number} is just leaving.", number=number)
