"""Which stored files a municipality has and where each is used; files that nobody uses are removed after some days.

A file is on the disk before its row is in the database. So that the sweep never removes what is just being taken in,
both hold the lock `FILES`.
"""

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from models import events as e
from models.errors import NotFound, Overtaken
from models.events import Event
from models.record import instant_text
from models.redaction import MADE_ANEW_SINCE
from models.storage.covering import edition as newest_edition
from models.storage.database import Database, Session
from models.storage.files import FileStore, StoredFile
from models.storage.store import Scope

FILES = "all the files"  # a lock like a municipality's; none can have a name with spaces
KEPT_DAYS = 7  # an unused file is kept this long (design.md, 5)

PUT = """
    insert into file (municipality_id, sha256, size, media, seen_at) values (:municipality, :sha256, :size, :media, :at)
    on conflict (municipality_id, sha256) do update set seen_at = excluded.seen_at"""
HAS = "select 1 from file where municipality_id = :municipality and sha256 = :sha256"
DROP_USES = "delete from file_use where municipality_id = :municipality and used_in = :used_in"
PUT_USE = """
    insert into file_use (municipality_id, sha256, used_in, process_id)
    values (:municipality, :sha256, :used_in, :process) on conflict (municipality_id, sha256, used_in) do nothing"""
UNUSED = """
    select municipality_id, sha256 from file
    where seen_at < :before and not exists (
        select 1 from file_use u
        where u.municipality_id = file.municipality_id and u.sha256 = file.sha256 and u.used_in not like 'making/%')"""
MAKING = "select sha256 from file_use where municipality_id = :municipality and used_in = :used_in"
MADE_NO_MORE = """
    delete from file_use where municipality_id = :municipality and used_in = :used_in and sha256 = :sha256"""
IN_USE = "select 1 from file_use where municipality_id = :municipality and sha256 = :sha256"
DROP = "delete from file where municipality_id = :municipality and sha256 = :sha256"
DROP_ALL_USES = "delete from file_use where municipality_id = :municipality and sha256 = :sha256"
ALL = "select distinct sha256 from file"
SOMEWHERE = "select 1 from file where sha256 = :sha256"


def take_in(
    database: Database, files: FileStore, municipality: str, content: BinaryIO, name: str, now: dt.datetime
) -> StoredFile:
    """The municipality has the file. Raises NotValid for one that is not taken in, NoRoom."""
    stored = files.save(content, name)
    with database.transaction() as session:
        _put(session, files, municipality, stored, content, now)
    return stored


@contextmanager
def made(
    database: Database, files: FileStore, scope: Scope, content: bytes, name: str, edition: int, now: dt.datetime
) -> Iterator[StoredFile]:
    """Inside, the municipality has a file that Etappi has made of what the process held after that event.

    Afterwards it has it only where it is used.

    Raises Overtaken where something was covered or made public since (`covering.edition`). A redaction that comes later
    takes the file with it (`drop_making`).
    """
    stored = files.save(io.BytesIO(content), name, made=True)
    place = {"municipality": scope.municipality, "used_in": _making(scope)}
    try:
        with database.transaction() as session:
            session.lock(scope.municipality)
            if edition != newest_edition(session, scope.id):
                raise Overtaken(what=MADE_ANEW_SINCE)
            _put(session, files, scope.municipality, stored, io.BytesIO(content), now)
            session.run(PUT_USE, {**place, "sha256": stored.sha256, "process": scope.id})
        yield stored
    finally:
        with database.transaction() as session:
            session.lock(scope.municipality)
            session.run(MADE_NO_MORE, {**place, "sha256": stored.sha256})
            drop_unused(session, scope.municipality, [stored.sha256])
        remove_unheld(database, files, [stored.sha256])


def _put(
    session: Session, files: FileStore, municipality: str, stored: StoredFile, content: BinaryIO, now: dt.datetime
) -> None:
    """The file that was saved just now is the municipality's."""
    session.lock(FILES)
    if not files.has(stored.sha256):  # the sweep was faster
        content.seek(0)
        files.save(content, stored.name, made=True)  # it was looked at when it was saved first
    about = {"municipality": municipality, "sha256": stored.sha256, "size": stored.size, "media": stored.media}
    session.run(PUT, {**about, "at": instant_text(now)})


def _making(scope: Scope) -> str:
    return f"making/{scope.key}"


def drop_making(session: Session, scope: Scope) -> tuple[str, ...]:
    """What is being made of the process just now is not there any more; the files to be taken off the disk."""
    place = {"municipality": scope.municipality, "used_in": _making(scope)}
    files = [row[0] for row in session.all(MAKING, place)]
    session.run(DROP_USES, place)
    return drop_unused(session, scope.municipality, files)


def drop_unused(session: Session, municipality: str, hashes: Iterable[str]) -> tuple[str, ...]:
    """Those of the files that are used nowhere are not the municipality's any more; which."""
    named = [{"municipality": municipality, "sha256": hash_} for hash_ in hashes]
    unused = [one for one in named if session.one(IN_USE, one) is None]
    session.many(DROP, unused)
    return tuple(one["sha256"] for one in unused)


def stored_here(session: Session, municipality: str, hashes: Iterable[str]) -> frozenset[str]:
    """Those of the files that the municipality has."""
    return frozenset(h for h in hashes if session.one(HAS, {"municipality": municipality, "sha256": h}))


def check_stored(session: Session, municipality: str, hashes: Iterable[str], present: frozenset[str]) -> None:
    """Nothing, where the municipality has all the files and they are on the disk. Raises NotFound."""
    hashes = tuple(hashes)
    here = stored_here(session, municipality, hashes) & present
    for missing in (h for h in hashes if h not in here):
        raise NotFound(what="stored file", name=missing)


def use_files(session: Session, scope: Scope, used_in: str, hashes: Iterable[str]) -> None:
    """The files are used there, and no others."""
    place = {"municipality": scope.municipality, "used_in": used_in}
    session.run(DROP_USES, place)
    session.many(PUT_USE, [{**place, "sha256": h, "process": scope.id} for h in hashes])


def files_named(event: Event) -> tuple[str, ...]:
    """The files that an event names, for which the record stands."""
    if isinstance(event, (e.ProcessCreated, e.ProcessReopened)):
        document = event.setting_up.document if event.setting_up else None
        return (document,) if document else ()
    if isinstance(event, (e.HandlingRecorded, e.DecidedTextRecorded)):
        return tuple(event.decided.values())
    return (event.sha256,) if isinstance(event, e.RenditionRecorded) else ()


def drop_files(session: Session, municipality: str, hashes: Iterable[str]) -> None:
    """The municipality has the files no more, wherever they were used (`remove_unheld` takes them off the disk)."""
    for hash_ in hashes:
        named = {"municipality": municipality, "sha256": hash_}
        session.run(DROP_ALL_USES, named)
        session.run(DROP, named)


def remove_unheld(database: Database, files: FileStore, hashes: Iterable[str]) -> int:
    """Those of the files that no municipality has are off the disk; how many."""
    with database.transaction() as session:
        session.lock(FILES, alone=True)
        unheld = [hash_ for hash_ in hashes if session.one(SOMEWHERE, {"sha256": hash_}) is None]
        for hash_ in unheld:
            files.remove(hash_)
    return len(unheld)


def remove_strays(database: Database, files: FileStore, before: dt.datetime | None = None) -> int:
    """No file is on the disk that no municipality has, of those taken in before the instant where one is named; how
    many there were. One that is being taken in just then is saved once more (`take_in`)."""
    stored = files.stored(before)
    with database.reading() as session:
        held = {row[0] for row in session.all(ALL)}
    return remove_unheld(database, files, stored - held)


def sweep_files(database: Database, files: FileStore, now: dt.datetime) -> int:
    """Files that nobody has used for some days are gone, and what was never finished; how many."""
    before = now - dt.timedelta(days=KEPT_DAYS)
    with database.transaction() as session:
        session.lock(FILES, alone=True)
        for municipality, hash_ in session.all(UNUSED, {"before": instant_text(before)}):
            drop_files(session, municipality, [hash_])
    return files.tidy(now) + remove_strays(database, files, before)
