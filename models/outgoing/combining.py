"""Things become messages: one for each person and sending window, to which things are added. Nothing here commits.

A message is held for some minutes, so that a mistake can be taken back and what follows joins it, and until its reader
may be written to. What is on its way out takes nothing more. The same thing stands in one waiting message at most, the
one that leaves first; a message that should have left while nobody delivered joins the next one, so that whoever was
told nothing for a week is told once.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.canonical import canonical
from models.days.calendar import Calendar
from models.outgoing import outbox
from models.outgoing.readers import choices_of_all
from models.record import instant_text
from models.storage.database import Session
from models.telling.hours import leaves_at
from models.telling.said import Telling
from models.telling.windows import next_window

TOGETHER = 500
"""So many things are handed over at once: the server writes them while the next ones are put together here."""

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
WAITING = """
    select m.person, m.id, m.sending_window, i.item
    from message m left join message_item i on i.message_id = m.id and i.process_id in {ids}
    where m.municipality_id = :municipality and m.channel = :channel and m.state = 'open' and m.person in {texts}
    order by m.id"""
MERGE = "update message set state = 'merged' where id = :other and state = 'open' returning id"
MOVE_ITEMS = """
    update message_item set message_id = :message where message_id = :other
        and item not in (select item from message_item where message_id = :message)"""
DROP_ITEMS = "delete from message_item where message_id = :other"
TAKE_OUT = """
    delete from message_item where message_id = :other and item = :item
        and exists (select 1 from message where id = :other and state = 'open')"""


Wanted = tuple[str, dt.date | None]
"""A person, and by when something they are asked for is due: what is to leave alike."""


@dataclass(slots=True)
class Waiting:
    """A message that waits and takes what is put into it, and which of the things at hand it has."""

    id: int
    window: str
    items: set[str]


ToPut = tuple[Telling, int]
"""What is told to somebody, and the number of the process it is about."""


class Combining(NamedTuple):
    """Where things are put: one municipality's messages, at one instant."""

    session: Session
    municipality: str
    calendar: Calendar
    now: dt.datetime
    held: dt.timedelta

    def put(self, things: Sequence[ToPut], earliest: dt.datetime | None = None) -> None:
        """Each thing stands in a message to its person that leaves when they may be written to, once.

        What waits is read after the messages that take things are locked, so that nobody else adds to them meanwhile.
        """
        wanted = [_wants(telling) for telling, _ in things]
        leaving = self._messages(wanted, earliest or self.now)
        waiting = self._waiting({telling.person for telling, _ in things}, {process for _, process in things})
        owed: dict[int, tuple[str, str]] = {}
        new: dict[tuple[int, str], dict[str, Any]] = {}
        joined: set[str] = set()
        for (telling, process), wants in zip(things, wanted, strict=True):
            person, item, theirs = telling.person, telling.item, waiting[telling.person]
            mine = theirs[leaving[wants]]
            if person not in joined:
                joined.add(person)
                if self._join(person, theirs, mine):
                    owed[mine.id] = person, mine.window
            having = [one for one in theirs.values() if item in one.items and one is not mine]
            if having and any(one.window <= mine.window for one in having):
                continue
            for one in having:
                one.items.remove(item)
                if new.pop((one.id, item), None) is None:
                    self.session.run(TAKE_OUT, {"other": one.id, "item": item})
            if item not in mine.items:
                mine.items.add(item)
                new[mine.id, item] = self._item(telling, mine.id, process)
                if len(new) == TOGETHER:
                    self.session.insert("message_item", list(new.values()))
                    new.clear()
            owed[mine.id] = person, mine.window
        self.session.insert("message_item", list(new.values()))
        for message, (person, window) in owed.items():
            owe_message(self.session, self.municipality, person, window, MAIL, message, self.now)

    def take_out(self, person: str, item: str, process: int) -> None:
        """The thing stands in no message to the person that still waits."""
        for one in self._waiting((person,), (process,))[person].values():
            if item in one.items:
                self.session.run(TAKE_OUT, {"other": one.id, "item": item})

    def _messages(self, wants: Iterable[Wanted], earliest: dt.datetime) -> dict[Wanted, int]:
        """The message of the first window to come that still takes something, for everybody and every due date.

        They are locked in the order of people, whoever locks them.
        """
        wanted = sorted(set(wants), key=str)
        choices = choices_of_all(self.session, self.municipality, {person for person, _ in wanted})
        known: dict[tuple[str, str], tuple[int, str]] = {}
        found: dict[Wanted, int] = {}
        for person, due in wanted:
            ahead, state = 0, ""
            while state != "open":
                ahead += 1
                leaves = leaves_at(next_window(earliest, self.held, ahead), choices[person], self.calendar, due)
                key = person, instant_text(leaves)
                if key not in known:
                    known[key] = self._message(*key)
                found[person, due], state = known[key]
        return found

    def _message(self, person: str, window: str) -> tuple[int, str]:
        """The message of that window, new or known, and its state."""
        named = {"municipality": self.municipality, "person": person, "window": window, "channel": MAIL}
        row = self.session.one(PUT_MESSAGE, {**named, "now": instant_text(self.now)})
        assert row is not None, "a message is there, new or known"
        return row[0], row[1]

    def _waiting(self, people: Collection[str], processes: Collection[int]) -> dict[str, dict[int, Waiting]]:
        """Each person's messages that wait, by number, with what they have of these processes."""
        named = {"municipality": self.municipality, "channel": MAIL, "texts": json.dumps(sorted(people))}
        found: dict[str, dict[int, Waiting]] = {person: {} for person in people}
        for person, message, window, item in self.session.all(WAITING, {**named, "ids": json.dumps(list(processes))}):
            one = found[person].setdefault(message, Waiting(message, window, set()))
            if item is not None:
                one.items.add(item)
        return found

    def _join(self, person: str, theirs: dict[int, Waiting], mine: Waiting) -> bool:
        """What should have left by now is in that message; whether there was something."""
        late = [one for one in theirs.values() if one.window <= instant_text(self.now)]
        for one in late:
            del theirs[one.id]
            if self._merge(person, one.id, one.window, mine.id):
                mine.items |= one.items
        return bool(late)

    def _item(self, telling: Telling, message: int, process: int) -> dict[str, Any]:
        return {
            "message_id": message,
            "item": telling.item,
            "municipality_id": self.municipality,
            "process_id": process,
            "kind": telling.said.kind,
            "payload": telling.said.model_dump_json(exclude_defaults=True),
        }

    def _merge(self, person: str, other: int, window: str, message: int) -> bool:
        """The one message joins the other; False where it is just leaving."""
        if self.session.one(MERGE, {"other": other}) is None:
            return False
        self.session.run(MOVE_ITEMS, {"other": other, "message": message})
        self.session.run(DROP_ITEMS, {"other": other})
        outbox.done_by_key(self.session, self.municipality, message_key(person, window, MAIL))
        return True


def _wants(telling: Telling) -> Wanted:
    """What decides when a thing leaves."""
    return telling.person, telling.said.due if telling.said.asks else None


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
