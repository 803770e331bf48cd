"""An act in a municipality's own record: decided, folded and written, with the people it names."""

from collections.abc import Iterable

from models.errors import NotFound, NotValid
from models.events import Actor, Recorded
from models.municipality.commands import MunicipalityCommand, SetUpMunicipality
from models.municipality.decide import decide_municipality, evolve_directory
from models.municipality.directory import Directory
from models.municipality.events import AppearanceSet, CalendarSet, DefinitionLoaded
from models.receipts import Asked, Clock
from models.record import Head, RecordName, appended
from models.storage import store, stored_texts
from models.storage.database import Session
from models.storage.worlds import Worlds

PUT_PERSON = """
    insert into person (municipality_id, person, name, email, language, active)
    values (:municipality, :person, :name, :email, :language, :active)
    on conflict (municipality_id, person) do update set
        name = excluded.name, email = excluded.email, language = excluded.language, active = excluded.active"""


def act(
    session: Session, municipality: str, asked: Asked[MunicipalityCommand], worlds: Worlds, clock: Clock
) -> tuple[tuple[Recorded, ...], Directory]:
    """The command's events stand in the municipality's record; the events and the directory after them.

    The caller holds the municipality's lock alone. Raises what the rules refuse with, NotFound, NotValid.
    """
    head, directory = _before(session, municipality, asked.command, worlds)
    now = max(clock(), head.at) if head.at else clock()
    name = directory.people[asked.person].name if directory and asked.person in directory.people else None
    by = Actor(person=asked.person, name=name, channel=asked.channel)
    events = decide_municipality(directory, asked.command, by, now)
    record = RecordName("municipality", municipality, municipality)
    places = list(appended(record, head, events, by, now, asked.occurred_on))
    after = directory
    for recorded, _ in places:
        after = evolve_directory(after, recorded)
    if after is None:
        raise NotFound(what="municipality", name=municipality)
    if places:
        stored = [kept for _, kept in places]
        store.append(session, municipality, None, stored)
        store.keep(session, municipality, None, asked.kept, stored, by.person)
        _write_people(session, directory, after)
        _check_texts(session, municipality, (recorded for recorded, _ in places))
    return tuple(recorded for recorded, _ in places), after


def _before(
    session: Session, municipality: str, command: MunicipalityCommand, worlds: Worlds
) -> tuple[Head, Directory | None]:
    """The head of the record and the directory at it; a record is begun by setting the municipality up."""
    head = store.municipality_head(session, municipality)
    if head is not None:
        return head, worlds.directory(session, municipality, head.sequence)
    if not isinstance(command, SetUpMunicipality):
        raise NotFound(what="municipality", name=municipality)
    if command.municipality != municipality:
        raise NotValid("The municipality is named twice, and differently.")
    store.new_municipality(session, municipality)
    return Head(), None


def _write_people(session: Session, before: Directory | None, after: Directory) -> None:
    known = before.people if before else {}
    session.many(
        PUT_PERSON,
        [
            {"municipality": after.municipality, "person": key, **person.model_dump()}
            for key, person in after.people.items()
            if known.get(key) is not person
        ],
    )


def _check_texts(session: Session, municipality: str, events: Iterable[Recorded]) -> None:
    """Nothing, where the texts that the events take into use are stored. Raises NotFound, Broken."""
    for recorded in events:
        if isinstance(recorded.event, DefinitionLoaded):
            stored_texts.definition(session, municipality, recorded.event.hash)
        elif isinstance(recorded.event, CalendarSet):
            stored_texts.calendar(session, municipality, recorded.event.hash)
        elif isinstance(recorded.event, AppearanceSet):
            stored_texts.appearance(session, municipality, recorded.event.hash)
