"""Who would be told of an act before it is done: which message, to which groups and roles, and when it leaves."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from app.web.place import Place
from app.web.views.messages import NOT_REACHED
from models.days.calendar import local_date
from models.outgoing import readers
from models.rights import Thing
from models.storage.database import Session
from models.telling.foretelling import Foretold
from models.telling.hours import Choices, leaves_at
from models.telling.notices import Notice
from models.telling.said import Said, Unreached
from models.telling.windows import next_window
from tasks.messages import compose

Hours = Mapping[str, Choices]


class Message(NamedTuple):
    """One message that several people would get."""

    subject: str
    to: tuple[str, ...]  # roles, groups with how many of them
    first: dt.datetime  # when it reaches the first of them
    last: dt.datetime


class Missed(NamedTuple):
    """Somebody whom a message would not reach, and why, as the visitor may read it."""

    who: str
    named: bool  # or all that can be said of them
    why: str | None = None


class WhoIsTold(NamedTuple):
    """The messages of one act."""

    messages: tuple[Message, ...]
    people: int
    unreached: tuple[Missed, ...]


def who_is_told(place: Place, session: Session, acts: Mapping[str, Foretold]) -> dict[str, WhoIsTold]:
    """Of each act, by its name, who would be told. What the readers have chosen is read by one statement, and so are
    the names of those who are not reached."""
    people = {person for one in acts.values() for person in one.told}
    hours = readers.choices_of_all(session, place.visitor.municipality, people)
    fetch_unreached(place, session, (one for act in acts.values() for one in act.unreached))
    return {name: _told(place, hours, one) for name, one in acts.items()}


def _told(place: Place, hours: Hours, found: Foretold) -> WhoIsTold:
    said: dict[str, tuple[Said, set[str]]] = {}
    wording = place.wording._replace(process=found.process)
    for one in found.tellings:
        said.setdefault(subject_of(place, wording.notice(one.said)), (one.said, set()))[1].add(one.person)
    messages = tuple(_message(place, hours, subject, *one) for subject, one in said.items())
    return WhoIsTold(messages, len(found.told), tuple(not_reached(place, found.unreached)))


def fetch_unreached(place: Place, session: Session, found: Iterable[Unreached]) -> None:
    """The names of those whom a message would not reach are at hand, for who may read them."""
    if place.may_read(Thing.EVERYTHING):
        place.fetch_people(session, [one.person for one in found])


def not_reached(place: Place, found: Iterable[Unreached]) -> Iterator[Missed]:
    """Whom a message would not reach: by name and with the reason for who may read that, else by their part, as is
    told to all of whoever is not in the directory. Their names must have been fetched."""
    why, sees = {one.person: one.reason for one in found}, place.may_read(Thing.EVERYTHING)
    names = [person for person in why if sees and person in place.directory.people]
    for person in names:
        said = NOT_REACHED.get(why[person])
        yield Missed(place.person(person), True, place.visitor.say(said) if said else None)
    yield from (Missed(one, named=sees) for one in called(place, why.keys() - names))


def subject_of(place: Place, notice: Notice) -> str:
    """What stands as a message's subject, where it tells nothing else."""
    return compose(
        [notice],
        key="preview",
        language=place.visitor.language,
        municipality=place.directory.name,
        contacts={place.title: None},
        on=place.visitor.today,
        domain="etappi.invalid",
    ).subject


def _message(place: Place, hours: Hours, subject: str, said: Said, people: set[str]) -> Message:
    calendar, held = place.world.calendar, dt.timedelta(minutes=place.visitor.installation.settings.message_window)
    earliest = next_window(place.visitor.now, held)
    leaving = [leaves_at(earliest, hours[person], calendar, said.due) for person in people]
    return Message(subject, tuple(called(place, people)), min(leaving), max(leaving))


def called(place: Place, people: Iterable[str]) -> Iterator[str]:
    """What the people are: the roles they play, the groups they sit in with how many, and the rest."""
    left = set(people)
    for role, person in place.process.roles.items():
        if person in people:
            left.discard(person)
            yield place.name("role", role)
    for group, of in place.process.groups.items():
        there = {seat.person for _, seat in place.directory.seats_of(of, local_date(place.visitor.now))} & set(people)
        if there:
            left -= there
            yield f"{place.name('group', group)} ({len(there)})"
    if left:
        yield place.visitor.say_counted("yksi muu", "%(num)s muuta", len(left))
