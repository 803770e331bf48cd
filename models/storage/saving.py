"""Writes what an act led to: the events and, in the same transaction, everything that follows from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models import events as e
from models.days.calendar import Calendar
from models.duties.planning import plan_difference
from models.effects import Owed, effects
from models.events import Actor, Event, Recorded
from models.evolve import evolve
from models.process import Process
from models.receipts import Asked
from models.record import Head, RecordName, Stored, appended
from models.storage import store, stored_texts
from models.storage.database import Session
from models.storage.drafts import forget_before, stored_versions, version_text
from models.storage.facts import Gathered
from models.storage.file_rows import drop_files, drop_making, drop_unused, files_named, use_files
from models.storage.projection import rows, state_row
from models.storage.projection_row import Write, merged
from models.storage.retention import destroy
from models.storage.state_text import same_text
from models.storage.store import Scope
from models.world import World


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act is saved: the process, the end of its record, its state before, and by which calendar it was
    planned where that is another one now."""

    scope: Scope
    head: Head
    before: Process | None
    former_calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: the events, the hash of the last one, the state after it, and after a redaction the files to be
    taken off the disk."""

    scope: Scope
    events: tuple[Recorded, ...]
    hash: str
    state: Process
    covered: tuple[str, ...] | None = None


def save(
    session: Session,
    place: Place,
    events: Sequence[Event],
    by: Actor,
    world: World,
    gathered: Gathered,
    asked: Asked[Any],
) -> Saved:
    """The events stand in the record and everything made from them is in the tables."""
    scope, process = place.scope, place.before
    record = RecordName("process", scope.municipality, scope.key)
    recorded: list[Recorded] = []
    stored: list[Stored] = []
    writes: list[Write] = []
    owed: list[Owed] = []
    for one, text in appended(record, place.head, events, by, world.now, asked.occurred_on):
        after = evolve(process, one)
        writes += rows(process, one, after)
        owed += effects(scope.key, one)
        recorded.append(one)
        stored.append(text)
        process = after
    assert process is not None, "an act has at least one event"
    difference = plan_difference(
        place.before, process, world.definition, world.calendar, world.now, place.former_calendar
    )
    store.append(session, scope.municipality, scope, stored, difference.first_due)
    if not same_text(place.before, process):
        writes.append(state_row(process))
    store.write(session, scope, merged(writes))
    store.write_plan(session, scope, difference)
    store.owe(session, scope, owed, world.now)
    store.keep(session, scope.municipality, scope, asked.kept, stored, by.person)
    covered = _beside(session, scope, recorded, gathered)
    return Saved(scope, tuple(recorded), stored[-1].hash, process, covered)


def _beside(session: Session, scope: Scope, recorded: Iterable[Recorded], gathered: Gathered) -> tuple[str, ...] | None:
    """The stored texts and files that the events name are kept, and those they redact are dropped: which files. What
    they destroy is gone."""
    covered: tuple[str, ...] | None = None
    for one in recorded:
        if isinstance(one.event, (e.OutputsSubmitted, e.OutputRevised)):
            _keep_versions(session, scope, one.event, gathered)
        elif isinstance(one.event, e.Redacted):
            store.forget(session, scope.municipality, one.event.commitments)
            drop_files(session, scope.municipality, one.event.files)
            before = drop_unused(session, scope.municipality, forget_before(session, scope, one.at))
            covered = (*(covered or ()), *one.event.files, *before, *drop_making(session, scope))
        elif isinstance(one.event, e.DataDestroyed):
            destroy(session, scope.id, one.event.data)
        elif files := files_named(one.event):
            use_files(session, scope, f"record/{scope.key}/{one.sequence}", files)
    return covered


def _keep_versions(
    session: Session, scope: Scope, event: e.OutputsSubmitted | e.OutputRevised, gathered: Gathered
) -> None:
    """The version manifests are stored under the names by which the event knows them, and their files with them."""
    versions = event.versions.values() if isinstance(event, e.OutputsSubmitted) else (event.version,)
    drafts = stored_versions(gathered.drafts.values())
    for version in versions:
        contents = drafts.get(version.sha256)
        if contents is not None:
            stored_texts.put_text(session, scope.municipality, "version", version_text(contents))
            use_files(session, scope, f"version/{scope.key}/{version.sha256}", contents.files)
