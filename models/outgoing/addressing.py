"""Turns what somebody is to be told into messages: one for each person and sending window, to which things are added.

Who is told is found out here, from the directory as it is now; who cannot be told stands in the message log with the
reason. All of one event is done in one transaction with the effect that owed it, so it happens once. A message that is
on its way out takes nothing more: what comes then goes into the next window's.
"""

import datetime as dt

from models.canonical import canonical
from models.engine import Engine
from models.municipality.directory import Directory
from models.outgoing import outbox
from models.outgoing.outbox import Leased
from models.record import instant_text
from models.storage import store
from models.storage.as_of import as_of
from models.storage.database import Session
from models.telling.said import Telling, Unreached
from models.telling.telling import tellings
from models.telling.windows import next_window

MAIL = "mail"
NO_ADDRESS = "no e-mail address"

PUT_MESSAGE = """
    insert into message (municipality_id, person, sending_window, channel, state, created_at)
    values (:municipality, :person, :window, :channel, 'open', :now)
    on conflict (municipality_id, person, sending_window, channel) do update set state = message.state
    returning id, state"""
PUT_ITEM = """
    insert into message_item (message_id, item, municipality_id, process_id, kind, payload)
    values (:message, :item, :municipality, :process, :kind, :payload)
    on conflict (message_id, item) do nothing"""
LOG = """
    insert into message_log
        (municipality_id, process_id, message_id, person, channel, subject, outcome, reason, at)
    values (:municipality, :process, :message, :person, :channel, :subject, :outcome, :reason, :now)"""


class Addressing:
    """Makes messages out of what is to be told."""

    def __init__(self, engine: Engine, window: dt.timedelta) -> None:
        self.engine = engine
        self.window = window

    def tell(self, one: Leased) -> int:
        """Everybody the event concerns has it in a message, and the effect is done; how many were told.

        Nothing where the effect had been done already. Raises Broken for an event that is not in the record.
        """
        now = self.engine.clock()
        told, unreached = self._found(one, now)
        with self.engine.database.transaction() as session:
            if not outbox.done(session, one.id):
                return 0
            for telling in sorted(told):
                self._put(session, one, telling, now)
            for nobody in unreached:
                _log(session, one, nobody, now)
        return len(told)

    def _found(self, one: Leased, now: dt.datetime) -> tuple[list[Telling], list[Unreached]]:
        """Who is told, and who cannot be."""
        worlds = self.engine.worlds
        with self.engine.database.reading() as session:
            scope, head, length = store.find_process(session, one.municipality, one.payload["process"])
            recorded, process = as_of(session, worlds, scope, head, one.payload["sequence"])
            directory = worlds.directory(session, one.municipality, length)
            world = worlds.world(session, directory, process.definition, now)
        told, unreached = tellings(recorded, process, world)
        reachable = [telling for telling in told if _has_address(directory, telling.person)]
        without = [Unreached(t.person, t.item, NO_ADDRESS) for t in told if not _has_address(directory, t.person)]
        return reachable, [*unreached, *without]

    def _put(self, session: Session, one: Leased, telling: Telling, now: dt.datetime) -> None:
        """The thing stands in the person's message of the next window that still takes something."""
        at = instant_text(now)
        window, message = self._open_message(session, one.municipality, telling.person, now)
        item = {"message": message, "item": telling.item, "kind": telling.said.kind}
        payload = telling.said.model_dump_json(exclude_defaults=True)
        whose = {"municipality": one.municipality, "process": one.process_id}
        session.run(PUT_ITEM, {**item, **whose, "payload": payload})
        key = f"message:{telling.person}:{window}:{MAIL}"
        effect = {"key": key, "payload": canonical({"message": message}), "window": window, "now": at}
        session.run(outbox.OWE_MESSAGE, {**effect, "municipality": one.municipality})

    def _open_message(self, session: Session, municipality: str, person: str, now: dt.datetime) -> tuple[str, int]:
        """The first window to come whose message still takes something, and that message."""
        ahead, state, window, message = 0, "", "", 0
        while state != "open":
            ahead += 1
            window = instant_text(next_window(now, self.window, ahead))
            named = {"municipality": municipality, "person": person, "window": window, "channel": MAIL}
            row = session.one(PUT_MESSAGE, {**named, "now": instant_text(now)})
            assert row is not None
            message, state = row
        return window, message


def _has_address(directory: Directory, person: str) -> bool:
    return directory.people[person].email is not None


def _log(session: Session, one: Leased, nobody: Unreached, now: dt.datetime) -> None:
    whose = {"municipality": one.municipality, "process": one.process_id, "message": None}
    what = {"person": nobody.person, "channel": MAIL, "subject": nobody.item, "outcome": "nobody"}
    session.run(LOG, {**whose, **what, "reason": str(nobody.reason), "now": instant_text(now)})
