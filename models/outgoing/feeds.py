"""The calendar feeds: one for each person, private, and one for each process, public.

A person's feed holds the meetings they are invited to and the last days of what they owe, over all processes. A
process's public feed holds its planned days and the meetings that all are invited to, and nobody's name.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple, cast

from models.days.formats import Language
from models.duties.duties import duties
from models.duties.recipients import around, recipients
from models.engine import Engine
from models.errors import NotFound
from models.outgoing.calendars import WORDS, Gathering, feed, gathering, public_days, uid_of
from models.process import Process
from models.record import read
from models.storage import store
from models.storage.database import Session
from models.storage.store import Scope
from models.telling.events import invited
from models.telling.said import Company
from models.telling.telling import about_duty
from models.telling.wording import Wording
from models.words import Audience
from models.world import World

PROCESSES = """
    select head.key, process.title from process_head head join process on process.process_id = head.id
    where head.municipality_id = :municipality order by head.id"""
RUNNING = """
    select head.key, process.title from process_head head join process on process.process_id = head.id
    where head.municipality_id = :municipality and process.status = 'running' order by head.id"""
SCHEDULED = """
    select body from event where process_id = :process and type = 'MeetingScheduled' order by seq"""


class _There(NamedTuple):
    scope: Scope
    world: World
    wording: Wording

    @property
    def process(self) -> Process:
        return self.wording.process


def own_feed(engine: Engine, municipality: str, person: str, domain: str) -> bytes:
    """The person's calendar. Raises NotFound for somebody who is not in the directory any more."""
    now = engine.clock()
    with engine.database.reading() as session:
        found: list[Gathering] = []
        language: Language = "fi"
        for key, title in session.all(RUNNING, {"municipality": municipality}):
            there = _there(engine, session, municipality, key, title, person, now)
            language = there.wording.language
            found += _meetings(session, there, domain, person)
            found += _duties(there, domain, person)
        head = store.municipality_head(session, municipality)
        directory = engine.worlds.directory(session, municipality, head.sequence if head else 0)
        if not directory.is_active(person):
            raise NotFound(what="person", name=person)
    names: dict[Language, str] = {"fi": "Etappi: omat", "sv": "Etappi: mina", "en": "Etappi: mine"}
    return feed(names[language], found, now)


def public_feed(engine: Engine, municipality: str, process: str, domain: str, language: Language = "fi") -> bytes:
    """The process's calendar for anybody. Raises NotFound."""
    now = engine.clock()
    with engine.database.reading() as session:
        titles: dict[str, str] = dict(session.all(PROCESSES, {"municipality": municipality}))
        if process not in titles:
            raise NotFound(what="process", name=process)
        there = _there(engine, session, municipality, process, titles[process], None, now, language)
        found = [*public_days(there.wording, domain), *_meetings(session, there, domain)]
    return feed(titles[process], found, now)


def _there(
    engine: Engine,
    session: Session,
    municipality: str,
    key: str,
    title: str,
    person: str | None,
    now: dt.datetime,
    language: Language = "fi",
) -> _There:
    scope, head, length = store.find_process(session, municipality, key)
    process = engine.worlds.process(session, scope, head)
    directory = engine.worlds.directory(session, municipality, length)
    world = engine.worlds.world(session, directory, process.definition, now)
    known = directory.people.get(person or "")
    reads = cast(Language, known.language) if known else language
    return _There(scope, world, Wording(title, process, world.definition, directory, reads))


def _meetings(session: Session, there: _There, domain: str, person: str | None = None) -> Iterator[Gathering]:
    """The meetings the person is invited to; without a person those that all are."""
    names: dict[str, tuple[str | None, str]] = {}
    if there.process.meetings:
        for (body,) in session.all(SCHEDULED, {"process": there.scope.id}):
            event = read(body).event
            names[event.meeting] = (event.name, event.place or "")  # type: ignore[attr-defined]
    company = Company(there.process, there.world)
    for key, meeting in there.process.meetings.items():
        if person is None:
            theirs = meeting.group is None and meeting.phase is None
        else:
            theirs = person in set(invited(company, meeting.phase, meeting.group))
        if theirs:
            name, place = names.get(key, (None, ""))
            yield gathering(there.wording, key, meeting, domain, name, place)


def _duties(there: _There, domain: str, person: str) -> Iterator[Gathering]:
    """The last days of what the person owes, or would be told of for somebody who is away."""
    wording = there.wording
    for key, duty in duties(there.process, there.world.definition, there.world.calendar).items():
        about = around(there.process, there.world.definition, duty.phase)
        reached = recipients(duty, Audience.HOLDER, about, there.world.directory, there.world.today)
        if person in reached.people:
            named = about_duty(duty)
            name = wording.name(named) if named else wording.title
            yield Gathering(
                uid=uid_of(there.process, key.replace(":", "-"), domain),
                name=f"{name}: {WORDS['due'][wording.language]}",
                first=duty.due,
                about=wording.title,
                busy=False,
            )
