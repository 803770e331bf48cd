"""The process that a visitor is creating: what has been answered so far, and where the next question is.

Answers are kept beside the records, each as soon as it is given, so that going back, another browser or a lost
connection loses nothing. Nothing is recorded before the last button.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from app.web import addresses
from app.web.answers import Elsewhere
from app.web.place import signed_in
from app.web.rendering import go
from app.web.session import Visitor
from models.creating.answers import Answers, next_step, readings, step_before, steps
from models.creating.proposing import proposed_groups, proposed_roles, proposed_start
from models.days.calendar import Calendar
from models.days.schedule import Schedule, schedule
from models.definitions.definition import Definition
from models.errors import NotAuthorised, NotFound
from models.inviting.verdicts import Known, Who
from models.municipality.directory import Directory
from models.rights import Part, may_create
from models.storage import new_processes, reading
from models.storage.database import Session

Change = Callable[[Answers], Mapping[str, Any]]
"""What of the answers changes, from what they are."""


def check_may_create(visitor: Visitor) -> None:
    """Raises NotAuthorised for one who may create no process."""
    if not may_create(visitor.directory, visitor.person, visitor.today):
        raise NotAuthorised(who=f"{Part.SETTER_UP}, or {Part.ADMINISTRATOR}")


class Creating:
    """What the visitor has answered, on the definition chosen. Raises Elsewhere where nothing has been begun."""

    def __init__(self, visitor: Visitor, session: Session) -> None:
        self.visitor = visitor
        self.directory: Directory = visitor.directory_in(session)
        found = new_processes.read(session, visitor.municipality, visitor.person)
        if found is None or found.definition not in self.directory.definitions:
            raise Elsewhere(addresses.NEW_PROCESS)
        self.answers: Answers = found
        worlds = visitor.engine.worlds
        self.definition: Definition = worlds.definition(session, visitor.municipality, found.definition)
        self.calendar: Calendar = worlds.calendar(session, self.directory)

    # --- what is there ------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        return self.visitor.language

    @cached_property
    def planned(self) -> Schedule:
        """The dates as they would be now."""
        return self.schedule_with(self.answers.dates)

    def schedule_with(self, moved: Mapping[str, Any]) -> Schedule:
        """The dates as they would be with those moved."""
        start = self.answers.start or proposed_start(self.definition, self.readings, self.visitor.today)
        return schedule(self.definition, start, self.readings, self.calendar, moved)

    @property
    def readings(self) -> dict[str, str]:
        """How each choice is read."""
        return readings(self.definition, self.answers)

    @cached_property
    def roles(self) -> dict[str, Who]:
        """Who plays each role: as answered, else as proposed."""
        acting, day = self.visitor.person, self.visitor.today
        proposed = proposed_roles(self.definition, self.directory, acting, day, {})
        return {slot: Who(person=person) for slot, person in proposed.items()} | self.answers.roles

    @cached_property
    def same_groups(self) -> dict[str, str]:
        """The municipality's groups in use that have the ids of the definition's."""
        return proposed_groups(self.definition, self.directory, {})

    def check_step(self, step: str) -> None:
        """Raises NotFound where the definition has no such step."""
        if step not in steps(self.definition):
            raise NotFound(what="page", name=step)

    def at(self, step: str) -> tuple[int, int]:
        """Which step it is, of how many."""
        order = steps(self.definition)
        return order.index(step) + 1, len(order)

    def before(self, step: str) -> str:
        """The address of the step before."""
        earlier = step_before(self.definition, step)
        return addresses.creating(earlier) if earlier else addresses.NEW_PROCESS

    # --- answering ----------------------------------------------------------------------------------------------

    def keep(self, step: str, change: Change) -> Response:
        """The step is answered so; on to the next one that is not."""
        self.keep_only(step, change)
        return go(self.visitor, addresses.creating(next_step(self.definition, self.answers)))

    def keep_only(self, step: str, change: Change, *, done: bool = True) -> None:
        """The step is answered so, or not `done` yet. What was answered meanwhile in another window stands."""
        visitor = self.visitor
        with visitor.installation.database.transaction() as session:
            now = new_processes.read(session, visitor.municipality, visitor.person) or self.answers
            self.answers = now.with_(step, done=done, **change(now))
            new_processes.put(session, visitor.municipality, visitor.person, self.answers, visitor.now)


def creating(request: Request) -> Creating:
    """What the visitor is creating."""
    visitor = signed_in(request)
    check_may_create(visitor)
    with visitor.reading() as session:
        return Creating(visitor, session)


InCreation = Annotated[Creating, Depends(creating)]


def everybody(session: Session, visitor: Visitor) -> list[Known]:
    """Everybody of the directory, by what people write."""
    rows = reading.people(session, visitor.municipality)
    covered = visitor.say("[peitetty]")
    return [Known(person, name or covered, email, active) for person, name, email, active in rows]
