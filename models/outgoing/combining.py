"""Things become messages: one for each person and sending window, to which things are added. Nothing here commits.

A message is held for some minutes, so that a mistake can be taken back and what follows joins it, and until its reader
may be written to. What is on its way out takes nothing more. The same thing stands in one waiting message at most, the
one that leaves first; a message that should have left while nobody delivered joins the next one, so that whoever was
told nothing for a week is told once.
"""

import datetime as dt
from typing import NamedTuple

from models.canonical import canonical
from models.days.calendar import Calendar
from models.outgoing import outbox
from models.outgoing.readers import choices_of
from models.record import instant_text
from models.storage.database import Session
from models.telling.hours import leaves_at
from models.telling.said import Telling
from models.telling.windows import next_window

MAIL = "mail"
URGENT = "urgent"  # what leaves at once and joins nothing: a link to sign in

PUT_MESSAGE = """
    insert into message (municipality_id, person, sending_window, channel, state, created_at)
    values (:municipality, :person, :window, :channel, 'open', :now)
    on conflict (municipality_id, person, sending_window, channel) do update set state = message.state
    returning id, state"""
PUT_ITEM = """
    insert into message_item (message_id, item, municipality_id, process_id, kind, payload)
    values (:message, :item, :municipality, :process, :kind, :payload)
    on conflict (message_id, item) do nothing"""
OTHERS = """
    select m.id, m.sending_window,
        (select count(*) from message_item i where i.message_id = m.id and i.item = :item)
    from message m
    where m.municipality_id = :municipality and m.person = :person and m.channel = :channel and m.state = 'open'
        and m.id <> :message"""
MERGE = "update message set state = 'merged' where id = :other and state = 'open' returning id"
MOVE_ITEMS = """
    update message_item set message_id = :message where message_id = :other
        and item not in (select item from message_item where message_id = :message)"""
DROP_ITEMS = "delete from message_item where message_id = :other"
TAKE_OUT = """
    delete from message_item where message_id = :other and item = :item
        and exists (select 1 from message where id = :other and state = 'open')"""


class Combining(NamedTuple):
    """Where things are put: one municipality's messages, at one instant."""

    session: Session
    municipality: str
    calendar: Calendar
    now: dt.datetime
    held: dt.timedelta

    def put(self, telling: Telling, process: int, earliest: dt.datetime | None = None) -> None:
        """The thing stands in a message to the person that leaves when they may be written to, once."""
        message, window = self._message(telling, earliest or self.now)
        named = {"municipality": self.municipality, "person": telling.person, "channel": MAIL}
        for other, leaves, has in self.session.all(OTHERS, {**named, "item": telling.item, "message": message}):
            if leaves <= instant_text(self.now):
                self._merge(telling.person, other, leaves, message)
            elif has and leaves <= window:
                return
            elif has:
                self.session.run(TAKE_OUT, {"other": other, "item": telling.item})
        payload = telling.said.model_dump_json(exclude_defaults=True)
        item = {"message": message, "item": telling.item, "kind": telling.said.kind, "payload": payload}
        self.session.run(PUT_ITEM, {**item, "municipality": self.municipality, "process": process})
        owe_message(self.session, self.municipality, telling.person, window, MAIL, message, self.now)

    def take_out(self, person: str, item: str) -> None:
        """The thing stands in no message to the person that still waits."""
        named = {"municipality": self.municipality, "person": person, "channel": MAIL, "item": item, "message": 0}
        for other, _, has in self.session.all(OTHERS, named):
            if has:
                self.session.run(TAKE_OUT, {"other": other, "item": item})

    def _message(self, telling: Telling, earliest: dt.datetime) -> tuple[int, str]:
        """The message of the first window to come that still takes something, and that window."""
        choices = choices_of(self.session, self.municipality, telling.person)
        due = telling.said.due if telling.said.asks else None
        ahead, state, window, message = 0, "", "", 0
        while state != "open":
            ahead += 1
            window = instant_text(leaves_at(next_window(earliest, self.held, ahead), choices, self.calendar, due))
            named = {"municipality": self.municipality, "person": telling.person, "window": window, "channel": MAIL}
            row = self.session.one(PUT_MESSAGE, {**named, "now": instant_text(self.now)})
            assert row is not None, "a message is there, new or known"
            message, state = row
        return message, window

    def _merge(self, person: str, other: int, window: str, message: int) -> None:
        """What should have left earlier joins the message, unless it is just leaving."""
        if self.session.one(MERGE, {"other": other}) is not None:
            self.session.run(MOVE_ITEMS, {"other": other, "message": message})
            self.session.run(DROP_ITEMS, {"other": other})
            outbox.done_by_key(self.session, self.municipality, message_key(person, window, MAIL))


def message_key(person: str, window: str, channel: str) -> str:
    """The key of the effect that owes a message, which names it for ever."""
    return f"message:{person}:{window}:{channel}"


def owe_message(
    session: Session, municipality: str, person: str, window: str, channel: str, message: int, now: dt.datetime
) -> None:
    """The message is owed, from its window on."""
    payload = canonical({"message": message})
    effect = {"municipality": municipality, "key": message_key(person, window, channel), "payload": payload}
    session.run(outbox.OWE_MESSAGE, {**effect, "window": window, "now": instant_text(now)})
