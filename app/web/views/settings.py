"""Omat asetukset: how and when somebody is written to, when they are away, where they are signed in, what is known."""

import datetime as dt
from typing import NamedTuple

from app.web import addresses
from app.web.session import Visitor
from app.web.views.duties import what_of
from models.duties.owed import OwedByKind
from models.municipality.directory import Absence
from models.outgoing import readers
from models.outgoing.feed_links import feed_link
from models.outgoing.link_keys import link_keys
from models.outgoing.links import Purpose, link_token
from models.signing_in import sessions
from models.signing_in.sessions import Open
from models.storage import reading
from models.storage.database import Session
from models.storage.reading import open_duty
from models.telling.hours import Choices
from models.telling.wording import Wording
from models.words import Role, SeatPart


class Postponed(NamedTuple):
    """A reminder that was postponed."""

    process: str  # its key
    title: str
    duty: str
    what: str
    until: dt.date


class AwayDays(NamedTuple):
    """Days noted as away."""

    first: dt.date
    last: dt.date
    stand_in: str | None


class SeatHeld(NamedTuple):
    """A seat in a group."""

    group: str
    part: SeatPart
    deputy: bool
    last: dt.date | None


class SettingsPage(NamedTuple):
    """Everything the page shows."""

    choices: Choices
    postponed: tuple[Postponed, ...]
    away: tuple[AwayDays, ...]
    language: str
    feed: str
    open: tuple[Open, ...]
    name: str
    email: str | None
    phone: str | None
    roles: tuple[Role, ...]
    seats: tuple[SeatHeld, ...]
    coordinates: tuple[tuple[str, str], ...]  # processes, with their addresses


def settings_page(visitor: Visitor, session: Session) -> SettingsPage:
    """The page as its person finds it."""
    municipality, person, directory = visitor.municipality, visitor.person, visitor.directory_in(session)
    known = directory.people[person]
    away = sorted((one for one in directory.absences.values() if _is_mine(visitor, one)), key=lambda one: one.first)
    stand_ins = {directory.people[one.stand_in].name for one in away if one.stand_in}
    wanted = {one for one in (known.name, known.email, known.phone, *stand_ins) if one}
    said = reading.values(session, municipality, wanted)
    listed = reading.processes(session, municipality)
    return SettingsPage(
        choices=readers.choices_of(session, municipality, person),
        postponed=_postponed(visitor, session),
        away=tuple(
            AwayDays(one.first, one.last, said.get(directory.people[one.stand_in].name) if one.stand_in else None)
            for one in away
        ),
        language=known.language,
        feed=_feed(visitor, session),
        open=tuple(sessions.of_person(session, municipality, person, visitor.secret, visitor.now)),
        name=said.get(known.name, person),
        email=said.get(known.email or ""),
        phone=said.get(known.phone or ""),
        roles=tuple(sorted(directory.roles_of(person, visitor.today))),
        seats=_seats(visitor),
        coordinates=tuple((one.title, addresses.process(one.key)) for one in listed if one.coordinator == person),
    )


def _is_mine(visitor: Visitor, one: Absence) -> bool:
    return one.person == visitor.person and one.last >= max(visitor.today, one.first)


def _postponed(visitor: Visitor, session: Session) -> tuple[Postponed, ...]:
    """What is still owed of it."""
    found = readers.snoozed_by(session, visitor.municipality, visitor.person, visitor.today)
    if not found:
        return ()
    listed = {one.id: one for one in reading.processes(session, visitor.municipality)}
    worlds, directory = visitor.engine.worlds, visitor.directory_in(session)
    states = worlds.processes(session, visitor.municipality, {listed[one[0]].key for one in found})
    told = []
    for process, key, until in found:
        of = listed[process]
        state = states[of.key]
        definition = worlds.definition(session, visitor.municipality, state.definition)
        owed = OwedByKind(state, definition, worlds.calendar(session, directory)).get(key)
        if owed is not None:
            wording = Wording(of.title, state, definition, directory, visitor.language)
            duty = open_duty(of.key, of.title, key, owed)
            told.append(Postponed(of.key, of.title, key, what_of(visitor, duty, wording), until))
    return tuple(told)


def _feed(visitor: Visitor, session: Session) -> str:
    """The address of the person's calendar, as calendars ask for it."""
    settings = visitor.installation.settings
    token = link_token(link_keys(settings), feed_link(session, visitor.municipality, visitor.person), Purpose.CALENDAR)
    base = settings.address.rstrip("/") or str(visitor.request.base_url).rstrip("/")
    return f"{base}/kalenteri/{token}.ics"


def _seats(visitor: Visitor) -> tuple[SeatHeld, ...]:
    directory, person, today = visitor.directory, visitor.person, visitor.today
    return tuple(
        SeatHeld(directory.groups[seat.group].name, seat.part, person != seat.person, seat.last)
        for seat in directory.seats.values()
        if person in (seat.person, *seat.deputies) and (seat.last is None or seat.last >= today)
    )
