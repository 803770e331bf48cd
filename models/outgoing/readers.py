"""How people want to be written to, and what they have postponed: personal settings, each person's own.

They stand in no record and no export. Nothing here commits.
"""

import datetime as dt

from models.record import instant_text
from models.storage.database import Session
from models.telling.hours import Choices
from models.words import Rhythm

CHOSEN = """
    select first, last, rhythm, weekday from message_choice
    where municipality_id = :municipality and person = :person"""
CHOOSE = """
    insert into message_choice (municipality_id, person, first, last, rhythm, weekday, chosen_at)
    values (:municipality, :person, :first, :last, :rhythm, :weekday, :now)
    on conflict (municipality_id, person) do update set first = excluded.first, last = excluded.last,
        rhythm = excluded.rhythm, weekday = excluded.weekday, chosen_at = excluded.chosen_at"""
SNOOZED = "select until from snooze where process_id = :process and duty = :duty and person = :person"
SNOOZE = """
    insert into snooze (process_id, duty, person, municipality_id, until, chosen_at)
    values (:process, :duty, :person, :municipality, :until, :now)
    on conflict (process_id, duty, person) do update set until = excluded.until, chosen_at = excluded.chosen_at"""
WAKE = "delete from snooze where until < :day"


def choices_of(session: Session, municipality: str, person: str) -> Choices:
    """What the person has chosen, or what holds for who has not chosen anything."""
    row = session.one(CHOSEN, {"municipality": municipality, "person": person})
    if row is None:
        return Choices()
    first, last = (dt.time.fromisoformat(text) for text in row[:2])
    return Choices(first=first, last=last, rhythm=Rhythm(row[2]), weekday=row[3])


def choose(session: Session, municipality: str, person: str, choices: Choices, now: dt.datetime) -> None:
    """The person wants to be written to so from now on; messages that wait already leave as they were to."""
    named = {"municipality": municipality, "person": person, "now": instant_text(now)}
    hours = {"first": f"{choices.first:%H:%M}", "last": f"{choices.last:%H:%M}"}
    session.run(CHOOSE, {**named, **hours, "rhythm": choices.rhythm.value, "weekday": choices.weekday})


def snoozed_until(session: Session, process: int, duty: str, person: str) -> dt.date | None:
    """The day to which the person has postponed the duty's reminders; None where they have not."""
    row = session.one(SNOOZED, {"process": process, "duty": duty, "person": person})
    return dt.date.fromisoformat(row[0]) if row else None


def snooze(
    session: Session, municipality: str, process: int, duty: str, person: str, until: dt.date, now: dt.datetime
) -> None:
    """The person's reminders of the duty wait until the day."""
    named = {"municipality": municipality, "process": process, "duty": duty, "person": person}
    session.run(SNOOZE, {**named, "until": until.isoformat(), "now": instant_text(now)})


def wake(session: Session, day: dt.date) -> None:
    """What was postponed to a day that has gone by is forgotten."""
    session.run(WAKE, {"day": day.isoformat()})
