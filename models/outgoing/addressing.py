"""Turns what somebody is to be told into messages, from the directory as it is now.

Who cannot be told stands in the message log with the reason. What is told of an event is in one transaction with the
effect that owed it, so it happens once; many events are told in one, as on a morning when reminders fall due.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from models.days.calendar import Calendar, at_local, local_date
from models.days.formats import finnish_date
from models.duties.ladder import REMINDER_HOUR
from models.duties.owed import OwedByKind
from models.engine import Engine
from models.errors import NotAuthorised, NotFound, NotValid
from models.events import RemindersFellDue
from models.municipality.directory import Directory
from models.outgoing import outbox, readers
from models.outgoing.combining import MAIL, Combining
from models.outgoing.many_values import many_values
from models.outgoing.outbox import Leased
from models.process import Process
from models.record import instant_text
from models.storage import reading, store
from models.storage.as_of import as_of
from models.storage.database import Session
from models.storage.store import Scope
from models.telling.said import Said, Telling, Unreached
from models.telling.telling import in_place_of, reminded, tellings
from models.words import Audience
from models.world import World

NO_ADDRESS = "no e-mail address"
SNOOZED = "postponed by its reader to {day}"
LONGEST_SNOOZE = dt.timedelta(days=366)

LOG = """
    insert into message_log
        (municipality_id, process_id, message_id, person, channel, subject, outcome, reason, at)
    values (:municipality, :process, :message, :person, :channel, :subject, :outcome, :reason, :now)"""
HAS_BEEN_TOLD = """
    select 1 from message m join message_item i on i.message_id = m.id
    where m.municipality_id = :municipality and m.person = :person and i.item = :item"""


class Heard(NamedTuple):
    """One event: the effect that owes telling it, who is told what, and who cannot be told."""

    effect: int
    scope: Scope
    told: list[Telling]
    unreached: list[Unreached]


class Addressing:
    """Makes messages out of what is to be told."""

    def __init__(self, engine: Engine, held: dt.timedelta) -> None:
        self.engine = engine
        self.held = held

    @many_values()
    def tell(self, *effects: Leased) -> int:
        """Everybody the events concern has them in messages, and the effects are done; how many things were told.

        The effects are of one municipality and done together or not at all. Of an effect that had been done already
        nothing is told. Raises Broken for an event that is not in the record.
        """
        now, municipality = self.engine.clock(), effects[0].municipality
        with self.engine.database.reading() as session:
            calendar, heard = self._heard(session, municipality, effects, now)
        with self.engine.database.transaction() as session:
            new = outbox.all_done(session, [one.id for one in effects])
            telling = [one for one in heard if one.effect in new]
            things = [(told, one.scope.id) for one in telling for told in sorted(one.told)]
            Combining(session, municipality, calendar, now, self.held).put(things)
            session.insert("message_log", [_nobody(one.scope, who, now) for one in telling for who in one.unreached])
        return len(things)

    def instead(self, session: Session, person: str, things: Iterable["OfProcess"], now: dt.datetime) -> list[str]:
        """The things of somebody who has gone away are told to whoever acts for them; the items that reach nobody."""
        alone: list[str] = []
        for municipality, key, item, said in things:
            scope, process, world = self.seen(session, municipality, key, now)
            if said.duty is None:
                acting = self._acting(session, scope, world, person, item)
            else:
                acting = _acting_on_duty(process, world, said)
            reached = [one for one in acting if one != person and _has_address(world.directory, one)]
            for one in reached:
                telling = Telling(one, item, said)
                if not _has_been_told(session, municipality, telling):
                    self.combining(session, world, now).put([(telling, scope.id)])
            alone += [] if reached else [item]
        return alone

    def _acting(self, session: Session, scope: Scope, world: World, person: str, item: str) -> tuple[str, ...]:
        """Who is told of the event in place of somebody who is away."""
        _, head, _ = store.find_process(session, scope.municipality, scope.key)
        recorded, process = as_of(session, self.engine.worlds, scope, head, int(item.split(":")[1]))
        found = in_place_of(person, recorded, process, world)
        return next((reached.people for one, reached in found if one == item), ())

    def snooze(self, municipality: str, process: str, duty: str, person: str, until: dt.date) -> None:
        """The person's reminders of the duty wait until the day, and on that day there is one if it is still owed.

        Raises NotFound for a duty that nobody owes, NotAuthorised for another's, NotValid for a day that will not do.
        """
        now = self.engine.clock()
        if not local_date(now) < until <= local_date(now) + LONGEST_SNOOZE:
            raise NotValid("{day} will not do: reminders are postponed to a day to come.", day=finnish_date(until))
        with self.engine.database.transaction() as session:
            scope, state, world = self.seen(session, municipality, process, now)
            owed = OwedByKind(state, world.definition, world.calendar).get(duty)
            if owed is None:
                raise NotFound(what="duty", name=duty)
            _, reached, item, said = reminded(state, world, duty, owed, Audience.HOLDER)
            if person not in (owed.person, *reached.people):
                raise NotAuthorised(who="who owes the duty")
            readers.snooze(session, municipality, scope.id, duty, person, until, now)
            then = Telling(person, item, said.model_copy(update={"asked_for": True}))
            nine = at_local(until, REMINDER_HOUR) - self.held  # so that it leaves at nine
            combining = self.combining(session, world, now)
            combining.take_out(person, item, scope.id)
            combining.put([(then, scope.id)], nine)

    # --- looking --------------------------------------------------------------------------------------------------

    def seen(self, session: Session, municipality: str, process: str, now: dt.datetime) -> tuple[Scope, Process, World]:
        """A process as it is now, in the world of now."""
        worlds = self.engine.worlds
        scope, head, length = store.find_process(session, municipality, process)
        state = worlds.process(session, scope, head)
        directory = worlds.directory(session, municipality, length)
        return scope, state, worlds.world(session, directory, state.definition, now)

    def combining(self, session: Session, world: World, now: dt.datetime) -> Combining:
        """Where things are put in this transaction."""
        return Combining(session, world.directory.municipality, world.calendar, now, self.held)

    def _heard(
        self, session: Session, municipality: str, effects: Sequence[Leased], now: dt.datetime
    ) -> tuple[Calendar, list[Heard]]:
        """Who is told of each event, and who cannot be. What has fallen due is told of the process as it stands.

        Records, processes and what people have postponed are read at once; only an event that is no longer its
        process's last is looked up in the record.
        """
        worlds, keys = self.engine.worlds, {str(one.payload["process"]) for one in effects}
        heads = {scope.key: (scope, head) for scope, head in reading.heads(session, municipality, keys)}
        numbers = [scope.id for scope, _ in heads.values()]
        processes, last = worlds.processes(session, municipality, keys), store.last_events(session, numbers)
        own = store.municipality_head(session, municipality)
        directory = worlds.directory(session, municipality, own.sequence if own else 0)
        snoozed = readers.snoozed(session, numbers, local_date(now))
        calendar, told = worlds.calendar(session, directory), []
        for one in effects:
            if one.payload["process"] not in heads:
                raise NotFound(what="process", name=one.payload["process"])
            scope, head = heads[one.payload["process"]]
            stands = process = processes[scope.key]
            if one.payload["sequence"] == head.sequence:
                recorded = last[scope.id]
            else:
                recorded, process = as_of(session, worlds, scope, head, one.payload["sequence"])
            world = worlds.world(session, directory, stands.definition, now)
            concerned = tellings(recorded, stands if isinstance(recorded.event, RemindersFellDue) else process, world)
            told.append(_reachable(Heard(one.id, scope, *concerned), directory, snoozed))
        return calendar, told


class OfProcess(NamedTuple):
    """One thing of a message, and which process it is about."""

    municipality: str
    process: str
    item: str
    said: Said


def _reachable(heard: Heard, directory: Directory, snoozed: Mapping[tuple[int, str, str], dt.date]) -> Heard:
    """The same, where those who have no address or have postponed it cannot be told now."""
    told: list[Telling] = []
    for one in heard.told:
        until = snoozed.get((heard.scope.id, one.said.duty or "", one.person))
        if not _has_address(directory, one.person):
            heard.unreached.append(Unreached(one.person, one.item, NO_ADDRESS))
        elif until is not None:
            heard.unreached.append(Unreached(one.person, one.item, SNOOZED.format(day=until.isoformat())))
        else:
            told.append(one)
    return heard._replace(told=told)


def _acting_on_duty(process: Process, world: World, said: Said) -> tuple[str, ...]:
    """Whom the reminder would tell now."""
    key = said.duty or ""
    duty = OwedByKind(process, world.definition, world.calendar).get(key)
    if duty is None:
        return ()
    _, reached, _, _ = reminded(process, world, key, duty, Audience(said.kind.partition(":")[2]))
    return reached.people


def _has_been_told(session: Session, municipality: str, one: Telling) -> bool:
    named = {"municipality": municipality, "person": one.person, "item": one.item}
    return session.one(HAS_BEEN_TOLD, named) is not None


def _has_address(directory: Directory, person: str) -> bool:
    return directory.people[person].email is not None


def _nobody(scope: Scope, one: Unreached, now: dt.datetime) -> dict[str, Any]:
    """The row of the log that says why nobody is told."""
    return {
        "municipality_id": scope.municipality,
        "process_id": scope.id,
        "person": one.person,
        "channel": MAIL,
        "subject": one.item,
        "outcome": "nobody",
        "reason": str(one.reason),
        "at": instant_text(now),
    }
