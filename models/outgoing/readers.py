"""How people want to be written to, and what they have postponed: personal settings, each person's own.

They stand in no record and no export. Nothing here commits.
"""

import datetime as dt
import json
from collections.abc import Collection

from models.record import instant_text
from models.storage.database import Session
from models.telling.hours import Choices
from models.words import Rhythm

CHOSEN = """
    select person, first, last, rhythm, weekday from message_choice
    where municipality_id = :municipality and person in {texts}"""
CHOOSE = """
    insert into message_choice (municipality_id, person, first, last, rhythm, weekday, chosen_at)
    values (:municipality, :person, :first, :last, :rhythm, :weekday, :now)
    on conflict (municipality_id, person) do update set first = excluded.first, last = excluded.last,
        rhythm = excluded.rhythm, weekday = excluded.weekday, chosen_at = excluded.chosen_at"""
SNOOZED = "select process_id, duty, person, until from snooze where process_id in {ids} and until > :day"
SNOOZE = """
    insert into snooze (process_id, duty, person, municipality_id, until, chosen_at)
    values (:process, :duty, :person, :municipality, :until, :now)
    on conflict (process_id, duty, person) do update set until = excluded.until, chosen_at = excluded.chosen_at"""
SNOOZED_BY = """
    select process_id, duty, until from snooze
    where municipality_id = :municipality and person = :person and until > :day order by until, process_id, duty"""
UNSNOOZE = "delete from snooze where process_id = :process and duty = :duty and person = :person"
WAKE = "delete from snooze where until < :day"


def choices_of(session: Session, municipality: str, person: str) -> Choices:
    """What the person has chosen, or what holds for who has not chosen anything."""
    return choices_of_all(session, municipality, (person,))[person]


def choices_of_all(session: Session, municipality: str, people: Collection[str]) -> dict[str, Choices]:
    """What each of the people has chosen, as `choices_of`, by one statement."""
    rows = session.all(CHOSEN, {"municipality": municipality, "texts": json.dumps(list(people))})
    return dict.fromkeys(people, Choices()) | {row[0]: _choices(*row[1:]) for row in rows}


def _choices(first: str, last: str, rhythm: str, weekday: int) -> Choices:
    hours = {"first": dt.time.fromisoformat(first), "last": dt.time.fromisoformat(last)}
    return Choices(**hours, rhythm=Rhythm(rhythm), weekday=weekday)


def choose(session: Session, municipality: str, person: str, choices: Choices, now: dt.datetime) -> None:
    """The person wants to be written to so from now on; messages that wait already leave as they were to."""
    named = {"municipality": municipality, "person": person, "now": instant_text(now)}
    hours = {"first": f"{choices.first:%H:%M}", "last": f"{choices.last:%H:%M}"}
    session.run(CHOOSE, {**named, **hours, "rhythm": choices.rhythm.value, "weekday": choices.weekday})


def snoozed(session: Session, processes: Collection[int], day: dt.date) -> dict[tuple[int, str, str], dt.date]:
    """To which day after this one reminders are postponed, by process, duty and person."""
    rows = session.all(SNOOZED, {"ids": json.dumps(list(processes)), "day": day.isoformat()})
    return {(process, duty, person): dt.date.fromisoformat(until) for process, duty, person, until in rows}


def snooze(
    session: Session, municipality: str, process: int, duty: str, person: str, until: dt.date, now: dt.datetime
) -> None:
    """The person's reminders of the duty wait until the day."""
    named = {"municipality": municipality, "process": process, "duty": duty, "person": person}
    session.run(SNOOZE, {**named, "until": until.isoformat(), "now": instant_text(now)})


def snoozed_by(session: Session, municipality: str, person: str, day: dt.date) -> list[tuple[int, str, dt.date]]:
    """What the person has postponed to a day after this one: process, duty and day, the next one first."""
    rows = session.all(SNOOZED_BY, {"municipality": municipality, "person": person, "day": day.isoformat()})
    return [(process, duty, dt.date.fromisoformat(until)) for process, duty, until in rows]


def unsnooze(session: Session, process: int, duty: str, person: str) -> None:
    """The person is reminded of the duty as others are."""
    session.run(UNSNOOZE, {"process": process, "duty": duty, "person": person})


def wake(session: Session, day: dt.date) -> None:
    """What was postponed to a day that has gone by is forgotten."""
    session.run(WAKE, {"day": day.isoformat()})
