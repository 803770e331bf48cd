"""What people have answered of processes they are creating: one each, until it is created, given up or forgotten.

It holds names and addresses of people who are to be invited, so it is kept for a month after the last answer and no
longer. Nothing here commits.
"""

import datetime as dt

from models.creating.answers import Answers
from models.record import instant_text
from models.storage.database import Session

KEPT = dt.timedelta(days=30)

READ = "select body from new_process where municipality_id = :municipality and person = :person"
PUT = """
    insert into new_process (municipality_id, person, body, changed_at)
    values (:municipality, :person, :body, :now)
    on conflict (municipality_id, person) do update set body = excluded.body, changed_at = excluded.changed_at"""
DROP = "delete from new_process where municipality_id = :municipality and person = :person"
TIDY = "delete from new_process where changed_at <= :before"


def read(session: Session, municipality: str, person: str) -> Answers | None:
    """What the person has answered so far; None where nothing is begun."""
    row = session.one(READ, {"municipality": municipality, "person": person})
    return Answers.model_validate_json(row[0]) if row else None


def put(session: Session, municipality: str, person: str, answers: Answers, now: dt.datetime) -> None:
    """The answers are kept."""
    named = {"municipality": municipality, "person": person, "body": answers.model_dump_json()}
    session.run(PUT, {**named, "now": instant_text(now)})


def drop(session: Session, municipality: str, person: str) -> None:
    """Nothing the person answered is kept."""
    session.run(DROP, {"municipality": municipality, "person": person})


def tidy(session: Session, now: dt.datetime) -> None:
    """Answers nobody has gone on with for long are gone."""
    session.run(TIDY, {"before": instant_text(now - KEPT)})
