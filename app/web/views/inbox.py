"""What waits for a visitor: what it is, why it waits, by when, and the page where it is done."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.web import addresses
from app.web.addresses import address_of_duty
from app.web.session import Visitor
from app.web.views.duties import reason_of, what_of
from models.rights import may_create
from models.storage import reading
from models.storage.database import Session
from models.storage.waiting import Waiting, waiting
from models.telling.wording import Wording


class Item(NamedTuple):
    """One thing that waits."""

    what: str
    why: str
    process: str
    due: dt.date
    days_left: int  # negative where it is late
    acting_for: str | None  # whose it is, where the visitor acts for somebody
    address: str
    snooze: str  # where its reminders are postponed

    @property
    def late(self) -> bool:
        return self.days_left < 0

    @property
    def soon(self) -> bool:
        return 0 <= self.days_left <= 3


class Inbox(NamedTuple):
    """Everything that waits, the most urgent first."""

    items: tuple[Item, ...]
    first_process: bool = False  # nothing has been begun in the municipality, and the visitor may begin

    @property
    def late(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.late)

    @property
    def coming(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.late)


def inbox(visitor: Visitor, session: Session) -> Inbox:
    """What waits for the visitor now."""
    worlds = visitor.engine.worlds
    directory = visitor.directory_in(session)
    found = waiting(session, worlds, directory, visitor.person, visitor.now)
    names = _names(session, visitor, (one.acting_for for one in found))

    def wording(one: Waiting) -> Wording:
        definition = worlds.definition(session, visitor.municipality, one.process.definition)
        return Wording(one.duty.title, one.process, definition, directory, visitor.language)

    begins = not found and may_create(directory, visitor.person, visitor.today)
    first = begins and not reading.processes(session, visitor.municipality)
    return Inbox(items_of(visitor, found, wording, lambda person: names[person]), first)


def items_of(
    visitor: Visitor, found: Iterable[Waiting], wording: Callable[[Waiting], Wording], name: Callable[[str], str]
) -> tuple[Item, ...]:
    """What waits, in words."""
    return tuple(
        Item(
            what=what_of(visitor, one.duty, wording(one)),
            why=reason_of(visitor, one.duty, wording(one)),
            process=one.duty.title,
            due=one.duty.due,
            days_left=(one.duty.due - visitor.today).days,
            acting_for=name(one.acting_for) if one.acting_for else None,
            address=address_of_duty(one.duty),
            snooze=addresses.snoozing(one.duty.process, one.duty.key),
        )
        for one in found
    )


def _names(session: Session, visitor: Visitor, people: Iterable[str | None]) -> dict[str, str]:
    """What the people are called."""
    known = visitor.directory.people
    wanted = {person: known[person].name for person in people if person in known}
    found = reading.values(session, visitor.municipality, set(wanted.values()))
    return {str(person): found.get(name, visitor.say("[peitetty]")) for person, name in wanted.items()}
