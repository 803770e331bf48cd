"""Processes note who is missing: at once when somebody leaves or comes, and on the day a seat begins or ends."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from models.acting import Acting
from models.commands import Command, NoteVacancies
from models.days.calendar import local_date
from models.events import Event, Recorded
from models.municipality.directory import Directory
from models.municipality.events import GroupDissolved, PersonRemoved, SeatEnded, SeatGiven, SeatPartChanged
from models.receipts import Asked
from models.record import read_instant
from models.storage import store
from models.storage.database import Session
from models.storage.saving import Saved
from models.vacancies import noted_now
from models.words import SeatPart

NAMING = """
    select process.process_id, process_head.key from process
    join process_head on process_head.id = process.process_id
    where process.municipality_id = :municipality and process.status in ('running', 'held')
    and process.state like :name"""
"""The processes that run or wait and whose text has the name in it: they may have that group, or that person."""

LOOKED = "select at from heartbeat where part = :part"


def note_vacancies(
    session: Session, acting: Acting, directory: Directory, events: Iterable[Recorded], today: dt.date
) -> list[Saved]:
    """Where the events left a part without anybody, or may have filled one, the processes say so."""
    happened = [recorded.event for recorded in events]
    about = {one for event in happened for one in _left(event, directory, today)}
    filled = {one for event in happened for one in _came(event, directory, today)}
    return _note(session, acting, directory, about, filled)


def note_turned(session: Session, acting: Acting, directory: Directory, today: dt.date) -> list[Saved]:
    """The same, where a seat has begun or ended since the municipality's seats were looked through last."""
    row = session.one(LOOKED, {"part": f"seats:{directory.municipality}"})
    day = local_date(read_instant(row[0])) if row else today
    ended = [(key, seat.group) for key, seat in directory.seats.items() if seat.last and day <= seat.last < today]
    about = {one for seat in ended for one in _ended(*seat, directory, today)}
    begun = {seat.group for seat in directory.seats.values() if day < seat.first <= today}
    return _note(session, acting, directory, about, begun)


def _left(event: Event, directory: Directory, today: dt.date) -> Iterator[str]:
    """The person who left; the group that lost its chair, or everybody."""
    match event:
        case PersonRemoved():
            yield event.person
        case GroupDissolved():
            yield event.group
        case SeatEnded():
            yield from _ended(event.seat, event.group, directory, today)
        case SeatPartChanged(before=SeatPart.CHAIR):
            yield directory.seats[event.seat].group


def _ended(seat: str, group: str, directory: Directory, today: dt.date) -> Iterator[str]:
    """The group, where the seat was its chair's or its last one. A seat that never held may have been either."""
    known = directory.seats.get(seat)
    if known is None or known.part is SeatPart.CHAIR or not any(directory.seats_of(group, today)):
        yield group


def _came(event: Event, directory: Directory, today: dt.date) -> Iterator[str]:
    """The group that has a chair now, or may have had nobody. Somebody new fills no role: no identifier is given
    again."""
    match event:
        case SeatPartChanged(part=SeatPart.CHAIR):
            yield directory.seats[event.seat].group
        case SeatGiven():
            chairs = [seat for _, seat in directory.seats_of(event.group, today) if seat.part is SeatPart.CHAIR]
            if event.part is SeatPart.CHAIR or not chairs:
                yield event.group


def _note(
    session: Session, acting: Acting, directory: Directory, about: set[str], filled: Collection[str]
) -> list[Saved]:
    """The processes that run or wait are locked in the order of their numbers, where they have something to note."""
    municipality, saved = directory.municipality, []
    named = [{"municipality": municipality, "name": f'%"{name}"%'} for name in sorted(about.union(filled))]
    keys = [key for _, key in sorted({tuple(row) for one in named for row in session.all(NAMING, one)})]
    found = acting.worlds.processes(session, municipality, keys) if keys else {}
    for key in keys:
        world = acting.worlds.world(session, directory, found[key].definition, acting.clock())
        if noted_now(found[key], about, world):
            scope, head, _ = store.lock_process(session, municipality, key)
            command: Command = NoteVacancies(about=tuple(sorted(about)))
            saved.append(
                acting.act(session, scope, head, directory, Asked(command, (), "directory", channel="directory"))
            )
    return saved
