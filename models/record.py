"""The stored form of events: one canonical text each, chained by hash to the one before.

    {"at", "by", "data", "format", "id", "municipality", "on"?, "prev", "record", "seq", "type", "version"}

The hash is of the text as it is stored; nothing is ever written anew to be compared. Pure: no clock, no database.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel

from models.canonical import canonical, sha256
from models.errors import Broken
from models.events import Actor, Event, Recorded, read_event
from models.municipality.events import read_municipality_event

FORMAT = 1

PLAIN = (str, int, bool, dt.date, dt.datetime)  # what has no order inside: most of every event

RecordKind = Literal["municipality", "process"]


@dataclass(frozen=True, slots=True)
class RecordName:
    """Which record: a process's, or the municipality's own (then `id` is the municipality)."""

    kind: RecordKind
    municipality: str
    id: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a record; before the first one there is none."""

    sequence: int = 0
    hash: str | None = None
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it is stored."""

    sequence: int
    type: str
    at: str
    hash: str
    body: str


def stored(record: RecordName, recorded: Recorded, previous: str | None) -> Stored:
    """The event's text in its place in the chain, and the text's hash."""
    event = recorded.event
    at = instant_text(recorded.at)
    on = f'"on":"{recorded.occurred_on}",' if recorded.occurred_on else ""
    before = f'"{previous}"' if previous else "null"
    text = (  # the keys in order: this is `canonical` of the whole, put together from its parts
        f'{{"at":"{at}","by":{canonical(recorded.by)},"data":{canonical(event)},"format":{FORMAT},'
        f'"id":{canonical(record.id)},"municipality":{canonical(record.municipality)},{on}"prev":{before},'
        f'"record":"{record.kind}","seq":{recorded.sequence},"type":"{type(event).__name__}","version":{event.revision}}}'
    )
    return Stored(sequence=recorded.sequence, type=type(event).__name__, at=at, hash=sha256(text), body=text)


def appended(
    record: RecordName,
    head: Head,
    events: Iterable[Event],
    by: Actor,
    at: dt.datetime,
    occurred_on: dt.date | None = None,
) -> Iterator[tuple[Recorded, Stored]]:
    """The events in their places after the head, one after the other."""
    sequence, previous = head.sequence, head.hash
    for event in events:
        sequence += 1
        recorded = Recorded(sequence=sequence, at=at, by=by, event=_as_stored(event), occurred_on=occurred_on)
        kept = stored(record, recorded, previous)
        previous = kept.hash
        yield recorded, kept


def _as_stored(event: Event) -> Event:
    """The event as its canonical text will give it back: the keys of what it holds in order, so that a state folded
    now is the very one that is folded from the record."""
    held = ((name, value) for name, value in event.__dict__.items() if value and type(value) not in PLAIN)
    changed = {name: _in_order(value) for name, value in held if isinstance(value, (dict, tuple, BaseModel))}
    return event.model_copy(update=changed) if changed else event


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return tuple(_in_order(item) for item in value)
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _in_order(item) for name, item in value.__dict__.items()})
    return value


def read(body: str) -> Recorded:
    """The event that a stored text holds. Raises Broken for one that this release cannot read."""
    try:
        fields = json.loads(body)
        reader = read_event if fields["record"] == "process" else read_municipality_event
        on = fields.get("on")
        return Recorded(
            sequence=fields["seq"],
            at=read_instant(fields["at"]),
            by=Actor.model_validate(fields["by"]),
            event=reader(fields["type"], fields["version"], fields["data"]),
            occurred_on=dt.date.fromisoformat(on) if on else None,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Broken(what=f"a stored event cannot be read ({error}): {body[:80]}…") from error


def chain_breaks(record: RecordName, stored: Iterable[tuple[int, str, str]], head: Head) -> Iterator[tuple[int, str]]:
    """Where the stored texts, each with its number and its hash, are not one unbroken chain up to the head: the number
    of the event, and what is wrong there."""
    number, previous = 0, None
    for found, body, hash_ in stored:
        if found > number + 1:
            yield number + 1, f"it is missing; the next one is event {found}"
        number = found
        if sha256(body) != hash_:
            yield number, "its text is not the one that was hashed"
        elif not _stands(record, body, number, previous):
            yield number, "it does not stand where its text says, after the event before it"
        previous = hash_
    if (number, previous) != (head.sequence, head.hash):
        yield number, f"it is the last one, and the head of the record says {head.sequence}"


def _stands(record: RecordName, body: str, number: int, previous: str | None) -> bool:
    fields = json.loads(body)
    place = tuple(fields.get(name) for name in ("record", "municipality", "id", "seq", "prev"))
    return place == (record.kind, record.municipality, record.id, number, previous)


@lru_cache(maxsize=64)
def instant_text(at: dt.datetime) -> str:
    """The canonical text of an instant, as events and tables hold it. An act writes its own into many rows."""
    utc = at if at.tzinfo is dt.UTC else at.astimezone(dt.UTC)
    return utc.isoformat(timespec="microseconds")[:26] + "Z"


def read_instant(text: str) -> dt.datetime:
    """The instant that a canonical text says."""
    return dt.datetime.fromisoformat(text)
