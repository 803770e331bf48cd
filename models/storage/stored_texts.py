"""The texts that the record names by their hash: process definitions, a municipality's own days and meeting dates, the
look of its papers, and the version manifests of outputs. They are put in before the event that names
them and are never changed.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache

from models.canonical import canonical, sha256
from models.days.calendar import Calendar
from models.days.calendar_data import calendar_for
from models.definitions.definition import Definition
from models.errors import Broken, NotFound
from models.papers.appearance import Appearance
from models.record import instant_text
from models.storage.database import Session

PUT_DEFINITION = """
    insert into definition (municipality_id, sha256, definition, version, canonical, source, loaded_at)
    values (:municipality, :sha256, :definition, :version, :canonical, :source, :at)
    on conflict (municipality_id, sha256) do nothing"""
DEFINITION = "select canonical from definition where municipality_id = :municipality and sha256 = :sha256"
PUT_TEXT = """
    insert into stored_text (municipality_id, sha256, kind, body) values (:municipality, :sha256, :kind, :body)
    on conflict (municipality_id, sha256) do nothing"""
TEXT = "select body from stored_text where municipality_id = :municipality and sha256 = :sha256"

TEXTS = "select sha256, body from stored_text where municipality_id = :municipality and sha256 in {texts}"

CALENDAR_FORMAT = 1


def put_definition(session: Session, municipality: str, definition: Definition, source: str, now: dt.datetime) -> str:
    """The definition's version is stored with the file it was read from; its hash."""
    text = canonical(definition)
    hash_ = sha256(text)
    named = {"municipality": municipality, "sha256": hash_, "definition": definition.id, "version": definition.version}
    session.run(PUT_DEFINITION, {**named, "canonical": text, "source": source, "at": instant_text(now)})
    return hash_


def definition(session: Session, municipality: str, hash_: str) -> Definition:
    """The definition of that hash. Raises NotFound, or Broken where its text is not the one that was hashed."""
    row = session.one(DEFINITION, {"municipality": municipality, "sha256": hash_})
    if row is None:
        raise NotFound(what="process definition", name=hash_)
    return Definition.model_validate_json(_unchanged(row[0], hash_))


def put_text(session: Session, municipality: str, kind: str, body: str) -> str:
    """The text is stored; its hash."""
    hash_ = sha256(body)
    session.run(PUT_TEXT, {"municipality": municipality, "sha256": hash_, "kind": kind, "body": body})
    return hash_


def text(session: Session, municipality: str, hash_: str) -> str:
    """The text of that hash. Raises NotFound, or Broken where it is not the one that was hashed."""
    row = session.one(TEXT, {"municipality": municipality, "sha256": hash_})
    if row is None:
        raise NotFound(what="stored text", name=hash_)
    return _unchanged(row[0], hash_)


def texts(session: Session, municipality: str, hashes: Iterable[str]) -> dict[str, str]:
    """Several texts by their hashes, by one statement. Raises Broken where one is not the one that was hashed."""
    rows = session.all(TEXTS, {"municipality": municipality, "texts": json.dumps(sorted(hashes))})
    return {row[0]: _unchanged(row[1], row[0]) for row in rows}


def calendar_text(own_days: Mapping[dt.date, str], meetings: Mapping[str, Iterable[dt.date]]) -> str:
    """A municipality's own days off and its bodies' meeting dates, as they are stored."""
    days = {day.isoformat(): name for day, name in own_days.items()}
    dates = {body: sorted(set(dates)) for body, dates in meetings.items()}
    return canonical({"format": CALENDAR_FORMAT, "own_days": days, "meetings": dates})


def calendar(session: Session, municipality: str, hash_: str | None) -> Calendar:
    """The municipality's working days and meetings; Finland's alone where it has not set its own."""
    if hash_ is None:
        return calendar_for()
    return _calendar(text(session, municipality, hash_))


@lru_cache(maxsize=64)
def _calendar(body: str) -> Calendar:
    stored = json.loads(body)
    own = {dt.date.fromisoformat(day): name for day, name in stored["own_days"].items()}
    return calendar_for(
        own_days=own,
        meetings={body: [dt.date.fromisoformat(day) for day in days] for body, days in stored["meetings"].items()},
    )


def appearance(session: Session, municipality: str, hash_: str | None) -> Appearance:
    """How the municipality's papers look; as Etappi's own where it has not said. Raises NotFound, Broken."""
    return Appearance() if hash_ is None else Appearance.model_validate_json(text(session, municipality, hash_))


def _unchanged(body: str, hash_: str) -> str:
    if sha256(body) != hash_:
        raise Broken(what=f"the text stored as {hash_} is not the one that was hashed")
    return body
