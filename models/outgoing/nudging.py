"""Muistuta: somebody who sees who has not done a duty reminds them of it, once a day at most, within their hours.

It changes no right and no date, and stands in no record: the message log knows it, as every message. Who has postponed
the reminders of a duty is left in peace. Whoever may read who is late may remind them: the coordinator of the process
everybody, a chair the own group.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from models.days.calendar import local_date
from models.duties.duties import duties
from models.duties.duty import Duty
from models.errors import NotAuthorised, NotFound, NotValid
from models.outgoing import readers
from models.outgoing.addressing import NO_ADDRESS, Addressing
from models.process import Process
from models.rights import Thing, may_read
from models.storage.database import Session
from models.storage.store import Scope
from models.telling.hours import leaves_at
from models.telling.said import Said, Telling
from models.telling.telling import reminded
from models.telling.windows import next_window
from models.words import Audience
from models.world import World

POSTPONED = "postponed"


class Nudge(NamedTuple):
    """A reminder of one duty that could be sent: to whom and when, or why to nobody."""

    key: str
    duty: Duty
    person: str | None
    item: str
    said: Said
    leaves: dt.datetime | None
    why_not: str | None = None


def may_nudge(process: Process, world: World, person: str, duty: Duty) -> bool:
    """Whether the person may remind whoever owes the duty."""
    if may_read(process, Thing.EVERYTHING, person, world):
        return True
    return duty.group is not None and may_read(process, Thing.LATE, person, world, duty.group)


class Nudging:
    """Sends reminders that somebody asks for."""

    def __init__(self, addressing: Addressing) -> None:
        self.addressing = addressing
        self.engine = addressing.engine

    def nudges(self, session: Session, scope: Scope, process: Process, world: World, person: str) -> list[Nudge]:
        """Every reminder that the person could send now, of what waits already, by due date."""
        owed = duties(process, world.definition, world.calendar)
        mine = {
            key: duty
            for key, duty in owed.items()
            if (duty.since is None or duty.since <= world.today) and may_nudge(process, world, person, duty)
        }
        return sorted(self._nudges(session, scope, process, world, mine.items()), key=lambda one: one.duty.due)

    def send(self, municipality: str, process: str, keys: Collection[str], person: str) -> list[Nudge]:
        """Those who owe them are reminded, as far as they are reached. Raises NotFound, NotAuthorised, NotValid."""
        if not keys:
            raise NotValid("Choose whom to remind.")
        now = self.engine.clock()
        with self.engine.database.transaction() as session:
            scope, state, world = self.addressing.seen(session, municipality, process, now)
            owed = duties(state, world.definition, world.calendar)
            for key in keys:
                if key not in owed:
                    raise NotFound(what="duty", name=key)
                if not may_nudge(state, world, person, owed[key]):
                    raise NotAuthorised(who="the coordinator of the process, or the chair of the group")
            found = list(self._nudges(session, scope, state, world, ((key, owed[key]) for key in keys)))
            told = [(Telling(one.person, one.item, one.said), scope.id) for one in found if one.person]
            self.addressing.combining(session, world, now).put(told)
        return found

    def _nudges(
        self, session: Session, scope: Scope, process: Process, world: World, owed: Iterable[tuple[str, Duty]]
    ) -> Iterable[Nudge]:
        snoozed = readers.snoozed(session, [scope.id], local_date(world.now))
        found: list[tuple[str, Duty, str | None, str, Said, str | None]] = []
        for key, duty in owed:
            _, reached, item, said = reminded(process, world, key, duty, Audience.HOLDER)
            said = said.model_copy(update={"asked_for": True})  # whatever its ladder says
            person = next(iter(reached.people), None)
            why = str(reached.reason) if reached.reason else None
            if person is not None and world.directory.people[person].email is None:
                why = NO_ADDRESS
            elif person is not None and (scope.id, key, person) in snoozed:
                why = POSTPONED
            found.append((key, duty, None if why else person, item, said, why))
        choices = readers.choices_of_all(session, scope.municipality, {one[2] for one in found if one[2]})
        earliest = next_window(world.now, self.addressing.held)
        for key, duty, person, item, said, why in found:
            leaves = leaves_at(earliest, choices[person], world.calendar, duty.due) if person else None
            yield Nudge(key, duty, person, item, said, leaves, why)
