"""Seats that have ended leave the rounds they sit in: at once when they are ended, and on the day their time is up."""

import datetime as dt
from collections.abc import Iterable

from models.acting import Acting
from models.commands import Command, LeaveRound
from models.days.calendar import at_local, local_date
from models.events import Recorded
from models.municipality.directory import Directory
from models.municipality.events import SeatEnded
from models.receipts import Asked
from models.record import instant_text
from models.storage import store
from models.storage.database import Session
from models.storage.saving import Saved

ASKED = """
    select asked.process_id, asked.seat from round_seat asked
    join phase on phase.process_id = asked.process_id and phase.phase = asked.phase and phase.status = 'at_checkpoint'
    where asked.municipality_id = :municipality order by asked.process_id, asked.seat"""
UNLOOKED = """
    select municipality.id from municipality left join heartbeat on heartbeat.part = 'seats:' || municipality.id
    where municipality.seq > 0 and (heartbeat.at is null or heartbeat.at < :midnight) order by municipality.id"""
LOOKED = """
    insert into heartbeat (part, at, count) values (:part, :at, 1)
    on conflict (part) do update set at = excluded.at, count = heartbeat.count + 1"""


def ended_now(events: Iterable[Recorded], today: dt.date) -> dict[str, str]:
    """The seats that the events end and that no longer hold today, each with the reason."""
    ends = (recorded.event for recorded in events if isinstance(recorded.event, SeatEnded))
    return {event.seat: event.reason for event in ends if event.last < today}


def ended_by(directory: Directory, today: dt.date) -> dict[str, str]:
    """The seats whose last day has gone by, each with that day as the reason."""
    return {key: seat.last.isoformat() for key, seat in directory.seats.items() if seat.last and seat.last < today}


def leave_rounds(
    session: Session, acting: Acting, municipality: str, directory: Directory, ended: dict[str, str]
) -> list[Saved]:
    """The seats are out of every open round, in all processes, locked in the order of their numbers."""
    saved = []
    for process, seat in session.all(ASKED, {"municipality": municipality}) if ended else ():
        if seat in ended:
            scope, head = store.lock_process_by_id(session, municipality, process)
            command: Command = LeaveRound(seat=seat, reason=ended[seat])
            saved.append(
                acting.act(session, scope, head, directory, Asked(command, (), "directory", channel="directory"))
            )
    return saved


def not_looked_at_today(session: Session, now: dt.datetime) -> list[str]:
    """The municipalities whose seats nobody has looked through since midnight."""
    midnight = at_local(local_date(now), 0)
    return [row[0] for row in session.all(UNLOOKED, {"midnight": instant_text(midnight)})]


def looked_at(session: Session, municipality: str, now: dt.datetime) -> None:
    """The municipality's seats have been looked through for today."""
    session.run(LOOKED, {"part": f"seats:{municipality}", "at": instant_text(now)})
