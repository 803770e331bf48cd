"""One act in one process, in somebody's transaction: the world is pictured, the command decided, the outcome saved."""

import datetime as dt
from typing import Any

from models.commands import Command, FollowCalendar, Return
from models.days.calendar import Calendar
from models.decide import decide
from models.errors import NotAuthorised, NotFound
from models.events import Actor, ProcessCreated
from models.municipality.directory import Directory
from models.receipts import Asked, Clock
from models.record import Head
from models.rights import SYSTEM_ACTORS
from models.storage import store
from models.storage.database import Session
from models.storage.facts import NOT_LOOKED, NOTHING, Beforehand, gather
from models.storage.saving import Place, Saved, save
from models.storage.store import Scope
from models.storage.worlds import Worlds


class Acting:
    """What all acts in processes use."""

    def __init__(self, worlds: Worlds, clock: Clock) -> None:
        self.worlds = worlds
        self.clock = clock

    def act(
        self,
        session: Session,
        scope: Scope,
        head: Head,
        directory: Directory,
        asked: Asked[Command],
        seen: Beforehand = NOT_LOOKED,
    ) -> Saved:
        """The command is carried out in a process whose head is locked. Raises what `decide` refuses with."""
        before = self.worlds.process(session, scope, head)
        if isinstance(asked.command, Return):
            before = store.with_rounds_of_passing(session, scope.id, before)
        definition = self.worlds.definition(session, scope.municipality, before.definition)
        gathered = gather(session, scope, before, definition, asked.command, seen)
        world = self.worlds.world(session, directory, before.definition, self._now(head), gathered.facts)
        by = actor(directory, asked)
        events = decide(before, asked.command, by, world)
        if not events:
            return Saved(scope, (), head.hash or "", before)
        place = Place(scope, head, before, self._former_calendar(session, scope, asked.command))
        return save(session, place, events, by, world, gathered, asked)

    def _former_calendar(self, session: Session, scope: Scope, command: Command) -> Calendar | None:
        """The calendar that the command leaves behind; None of all other commands."""
        if isinstance(command, FollowCalendar):
            return self.worlds.calendar_named(session, scope.municipality, command.former)
        return None

    def create(self, session: Session, directory: Directory, asked: Asked[Any]) -> Saved:
        """A new process is there, named by its definition. Raises what `decide` refuses with, NotFound.

        The caller holds the municipality's lock alone, so that no two processes take the same name.
        """
        if asked.command.definition not in directory.definitions:
            raise NotFound(what="process definition", name=asked.command.definition)
        world = self.worlds.world(session, directory, asked.command.definition, self.clock())
        by = actor(directory, asked)
        events = decide(None, asked.command, by, world)
        scope = store.new_process(session, directory.municipality, world.definition.id)
        named = [
            event.model_copy(update={"process": scope.key}) if isinstance(event, ProcessCreated) else event
            for event in events
        ]
        return save(session, Place(scope, Head(), None), named, by, world, NOTHING, asked)

    def _now(self, head: Head) -> dt.datetime:
        """The time of an act: the clock's, but never earlier than the last event."""
        now = self.clock()
        return max(now, head.at) if head.at else now


def actor(directory: Directory, asked: Asked[Command]) -> Actor:
    """Who acts, named as the directory names them now. Raises NotAuthorised for a person who claims to be Etappi."""
    if asked.person in SYSTEM_ACTORS and asked.channel != asked.person:
        raise NotAuthorised(who="Etappi itself")
    person = directory.people.get(asked.person)
    return Actor(
        person=asked.person,
        name=person.name if person else None,
        seat=asked.seat,
        for_whom=asked.for_whom,
        channel=asked.channel,
    )
