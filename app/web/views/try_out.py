"""The people of the sample town, by what they do, with how much waits for each."""

from typing import NamedTuple

from app.web.session import Visitor
from models.municipality.directory import Directory
from models.storage import reading, store
from models.storage.database import Session
from models.storage.waiting import waiting
from models.storage.worlds import Worlds


class SamplePerson(NamedTuple):
    """Somebody to sign in as."""

    id: str
    name: str
    waiting: int


class SampleGroup(NamedTuple):
    """People of one group, or of the process's own roles."""

    name: str
    people: tuple[SamplePerson, ...]


def groups_of_people(session: Session, worlds: Worlds, town: str, visitor: Visitor) -> tuple[SampleGroup, ...]:
    """Everybody: those who prepare, then each working group in the order of its seats."""
    head = store.municipality_head(session, town)
    directory = worlds.directory(session, town, head.sequence if head else 0)
    names = reading.values(session, town, {person.name for person in directory.people.values()})

    def sample(person: str) -> SamplePerson:
        found = waiting(session, worlds, directory, person, visitor.now)
        return SamplePerson(person, names.get(directory.people[person].name, person), len(found))

    groups = {key: _members(directory, key, visitor) for key, group in directory.groups.items() if group.active}
    seated = {person for people in groups.values() for person in people}
    deputies = {deputy for seat in directory.seats.values() for deputy in seat.deputies} - seated
    others = [person for person in directory.people if person not in seated | deputies]
    named = [(visitor.say("Valmistelu ja tuki"), others)]
    named += [(directory.groups[key].name, people) for key, people in groups.items()]
    named.append((visitor.say("Varajäsenet"), sorted(deputies)))
    return tuple(SampleGroup(name, tuple(map(sample, people))) for name, people in named if people)


def _members(directory: Directory, group: str, visitor: Visitor) -> list[str]:
    return list(dict.fromkeys(seat.person for _, seat in directory.seats_of(group, visitor.today)))
