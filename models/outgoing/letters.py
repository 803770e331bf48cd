"""Messages on their way out: what each holds when it leaves, and the log of what went and what did not.

A message is closed before it is read, so that nothing is added after. Whether it may leave now, to whom, and what of it
still stands is looked at then and not when it was made. Nothing here commits.
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from models.days.calendar import local_date
from models.errors import LinkExpired, NotFound
from models.municipality.directory import Directory
from models.outgoing import outbox
from models.outgoing.addressing import LOG, OfProcess
from models.outgoing.combining import URGENT
from models.outgoing.links import Link, good_until
from models.outgoing.readers import choices_of
from models.record import instant_text, read_instant
from models.storage import store
from models.storage.database import Session
from models.storage.worlds import Worlds
from models.telling.hours import leaves_at, may_leave
from models.telling.said import Said
from models.words import Rhythm

HELD = "held"  # the state of a message that does not leave until it is let go
AWAY = "away; told to whoever acts for them"
ALONE = "away, and nobody present acts for them"

CLOSE = "update message set state = 'closed' where id = :id and state = 'open'"
MESSAGE = """
    select o.id, o.key, m.id, m.municipality_id, m.person, m.sending_window, m.channel, m.state
    from outbox o join message m on m.id = :message where o.id = :row and o.state <> 'done'"""
NUMBERED = """
    select id, municipality_id, person, sending_window, channel from message
    where municipality_id = :municipality and id = :number"""
SENT = "select municipality_id, sent_at from message where id = :number and state = 'sent'"
PAYLOAD = "select payload from outbox where id = :row and kind = 'message' and state <> 'done'"
ITEMS = """
    select i.item, i.payload, i.process_id, head.key, process.title
    from message_item i left join process_head head on head.id = i.process_id
    left join process on process.process_id = i.process_id
    where i.message_id = :message order by i.process_id, i.item"""
ENDED = "update message set state = :state, sent_at = :at where id = :message"


class Item(NamedTuple):
    """One thing that a message tells, and of which process; of none where it is about Etappi itself."""

    item: str
    said: Said
    process_id: int | None
    process: str | None
    title: str | None


class Letter(NamedTuple):
    """One message to one person."""

    row: int  # of the outbox
    key: str
    id: int
    municipality: str
    person: str
    window: str
    channel: str
    items: tuple[Item, ...] = ()
    tried: bool = False  # an attempt before this one had it, and may have sent it and died


# --- leaving ------------------------------------------------------------------------------------------------------


def take(
    session: Session,
    worlds: Worlds,
    row: int,
    now: dt.datetime,
    instead: Callable[[Session, str, list[OfProcess], dt.datetime], list[str]],
    *,
    hasten: bool = False,
) -> Letter | None:
    """The message that an effect owes takes nothing more and leaves now.

    None where it has gone already, waits for its reader's hours (with `hasten` it does not), or its reader is away;
    then it is told `instead` to whoever acts for them.
    """
    owed = session.one(PAYLOAD, {"row": row})
    if owed is None:
        return None
    message = json.loads(owed[0])["message"]
    found = session.one(MESSAGE, {"row": row, "message": message})
    assert found is not None, "an effect that owes a message names it"
    letter, state = Letter(*found[:-1]), found[-1]
    if state == HELD:
        return None
    if letter.channel != URGENT:
        directory = directory_now(session, worlds, letter.municipality)
        choices = choices_of(session, letter.municipality, letter.person)
        calendar = worlds.calendar(session, directory)
        if not hasten and not may_leave(now, choices, calendar):
            at_once = choices.model_copy(update={"rhythm": Rhythm.AT_ONCE})
            outbox.postpone(session, row, leaves_at(now, at_once, calendar))
            return None
        if state == "open" and directory.away(letter.person, local_date(now)):
            _told_instead(session, _with_items(session, letter), now, instead)
            return None
    session.run(CLOSE, {"id": message})
    return _with_items(session, letter)._replace(tried=state == "closed")


def letter_of(session: Session, row: int) -> Letter:
    """The message that an effect owes which is not done."""
    owed = session.one(PAYLOAD, {"row": row})
    assert owed is not None, "the effect is owed"
    found = session.one(MESSAGE, {"row": row, "message": json.loads(owed[0])["message"]})
    assert found is not None, "an effect that owes a message names it"
    return _with_items(session, Letter(*found[:-1]))


def letter_named(session: Session, municipality: str, number: int) -> Letter:
    """A message by its number, also one that has left. Raises NotFound."""
    found = session.one(NUMBERED, {"municipality": municipality, "number": number})
    if found is None:
        raise NotFound(what="message", name=str(number))
    return _with_items(session, Letter(0, "", *found))


def link_of_message(session: Session, number: int, now: dt.datetime) -> Link:
    """What a message was about: its one thing, else all that waits for its reader. Its code leads here.

    Raises NotFound for a message that never left, LinkExpired for one of long ago.
    """
    found = session.one(SENT, {"number": number})
    if found is None:
        raise NotFound(what="message", name=str(number))
    letter, sent = letter_named(session, found[0], number), read_instant(found[1])
    links = [link_to(letter, one.process, one.said, sent) for one in letter.items if one.process]
    inbox = Link(municipality=letter.municipality, person=letter.person, until=good_until(sent))
    link = links[0] if len(links) == len(letter.items) == 1 else inbox
    if link.until is not None and now >= max(one.until or link.until for one in [link, *links]):
        raise LinkExpired(link=link)
    return link


def link_to(letter: Letter, process: str, said: Said, now: dt.datetime) -> Link:
    """The link to what is said: to the duty, or to what it is about."""
    return Link(
        municipality=letter.municipality,
        person=letter.person,
        process=process,
        about=said.leads_to,
        until=good_until(now, said.due),
    )


def _with_items(session: Session, letter: Letter) -> Letter:
    items = (
        Item(one[0], Said.model_validate_json(one[1]), one[2], one[3], one[4])
        for one in session.all(ITEMS, {"message": letter.id})
    )
    return letter._replace(items=tuple(items))


def _told_instead(
    session: Session,
    letter: Letter,
    now: dt.datetime,
    instead: Callable[[Session, str, list[OfProcess], dt.datetime], list[str]],
) -> None:
    things = [OfProcess(letter.municipality, one.process, one.item, one.said) for one in letter.items if one.process]
    alone = instead(session, letter.person, things, now)
    reasons = {one.item: ALONE if one.item in alone else AWAY for one in letter.items}
    outbox.done(session, letter.row)
    logged(session, letter, "not sent", reasons, now)


def directory_now(session: Session, worlds: Worlds, municipality: str) -> Directory:
    """The municipality's directory as it is now."""
    head = store.municipality_head(session, municipality)
    return worlds.directory(session, municipality, head.sequence if head else 0)


# --- the log ------------------------------------------------------------------------------------------------------


def logged(
    session: Session,
    letter: Letter,
    outcome: str,
    reasons: Mapping[str, str | None],
    now: dt.datetime,
    left_out: Mapping[str, str] | None = None,
) -> None:
    """The message has ended so; what was left out of it was not sent in any case."""
    at = instant_text(now)
    session.run(ENDED, {"message": letter.id, "state": outcome, "at": at if outcome == "sent" else None})
    session.many(
        LOG,
        [
            {
                "municipality": letter.municipality,
                "process": one.process_id,
                "message": letter.id,
                "person": letter.person,
                "channel": letter.channel,
                "subject": one.item,
                "outcome": "not sent" if left_out and one.item in left_out else outcome,
                "reason": reasons.get(one.item),
                "now": at,
            }
            for one in letter.items
        ],
    )
