"""What a redaction covers, looked up before it is decided: where the values and files stand, and what was made of them.

A value or file may stand in several processes' records. Each of them says that it was covered, so that each can be
verified by itself; the documents and papers that were made from it are covered with it, at once, and made again. One
that is being made just then is dropped, and cannot be recorded any more (`RecordRendition.edition`).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from models.commands import Redact
from models.effects import MOMENTS, WITH_PAPERS
from models.events import NewEdition
from models.papers.forms import BY_NAME
from models.record import read, read_instant
from models.sources import FOLLOWED, Source, holding
from models.storage.database import Session
from models.storage.store import Scope
from models.world import Covering

IN_RECORD = """
    select type, process_id from event
    where municipality_id = :municipality and (process_id = :process or process_id is null) and body like :words"""
IN_OTHER_RECORDS = """
    select distinct process_id from event
    where municipality_id = :municipality and process_id is not null and body like :words"""
USED = """
    select distinct process_id from file_use
    where municipality_id = :municipality and sha256 = :sha256 and process_id is not null"""
VERSIONS = """
    select sha256 from stored_text
    where municipality_id = :municipality and kind = 'version' and (
        body like '%"typed":' || :quoted || '%' or body like '%"document":' || :quoted || '%')"""
PACKAGES = "select sha256, body from package where process_id = :process"
FOLLOWING = f"""
    select body, hash from event
    where process_id = :process and type in ({", ".join(f"'{one.__name__}'" for one in FOLLOWED)}) order by seq"""
FIRST = "select min(seq) from event where process_id = :process and body like :words"
RENDITIONS = """
    select distinct r.sha256, r.format from rendition r
    join file f on f.municipality_id = r.municipality_id and f.sha256 = r.sha256
    where r.process_id = :process and r.made_from = :of order by r.sha256"""
LAST = "select max(seq) from event where process_id = :process and type in ('Redacted', 'OutputsMadePublic')"
EDITIONS = """
    select at from event
    where process_id = :process and type = 'Redacted' and exists (
        select 1 from rendition r
        where r.process_id = :process and r.made_from = :of and event.body like '%"' || r.sha256 || '"%')
    order by seq"""

MARKDOWN = "markdown"
"""The form of the documents that phases' flows compile: of files' contents alone, without anybody's words."""


def edition(session: Session, process: int) -> int:
    """The number of the last event in the process's record after which documents are made anew: a redaction, or
    something made public; 0 where there was none."""
    row = session.one(LAST, {"process": process})
    return int(row[0] or 0) if row else 0


def editions_covered(session: Session, process: int, of: str) -> tuple[dt.datetime, ...]:
    """When something that had been made from the package, manifest, opening or meeting was covered."""
    return tuple(read_instant(row[0]) for row in session.all(EDITIONS, {"process": process, "of": of}))


def shown_in_public(session: Session, scope: Scope, versions: Collection[str]) -> Iterator[NewEdition]:
    """The papers that stand in a public edition of what holds the versions, or was received from there."""
    for source in _holding(session, scope.id, (), versions):
        if any(form in BY_NAME and BY_NAME[form].public for _, form in _renditions(session, scope.id, source)):
            yield NewEdition(phase="", moment="papers", sequence=source.recorded.sequence)


def concerned(session: Session, scope: Scope, command: Redact) -> dict[int, tuple[Redact, Covering]]:
    """By process, what of the command its record has to say, and what that covers there: everything for the process it
    was asked in.

    The caller holds the municipality's lock alone, so that nothing comes to name it meanwhile.
    """
    values: dict[int, set[str]] = defaultdict(set, {scope.id: set(command.commitments)})
    files: dict[int, set[str]] = defaultdict(set, {scope.id: set()})
    for value in command.commitments:
        for (process,) in session.all(IN_OTHER_RECORDS, {"municipality": scope.municipality, "words": _has(value)}):
            values[process].add(value)
    waiting = [*command.files, *(file for one in values for file in _made(session, scope, one, values[one], ()))]
    while waiting:  # what was made of it may be a file of its own elsewhere
        file = waiting.pop()
        for (process,) in session.all(USED, {"municipality": scope.municipality, "sha256": file}):
            if file not in files[process]:
                files[process].add(file)
                waiting += _made(session, scope, process, (), [file])
    parts = {
        process: command.model_copy(
            update={"commitments": tuple(sorted(values[process])), "files": tuple(sorted(files[process]))}
        )
        for process in {*values, *files}
    }
    return {
        process: (asked, _covering(session, scope, process, asked, parts[process].files))
        for process, asked in (parts | {scope.id: command}).items()
    }


def _covering(session: Session, scope: Scope, process: int, command: Redact, used: Collection[str]) -> Covering:
    """What the process's record names of it and has covered before, and what goes with it there: files that are used
    there, and what was made of them."""
    named, before = set(used), set[str]()
    for one in (*command.commitments, *command.files):
        where = {"municipality": scope.municipality, "process": process, "words": _has(one)}
        found = session.all(IN_RECORD, where)
        before |= {one for type_, of in found if type_ == "Redacted" and of == process}
        named |= {one for type_, _ in found if type_ != "Redacted"}
    made = [
        (source, tuple(_renditions(session, process, source)))
        for source in _sources(session, scope, process, command.commitments, {*command.files, *used})
    ]
    return Covering(
        named=frozenset(named),
        before=frozenset(before),
        with_it=tuple(dict.fromkeys((*used, *(file for _, found in made for file, _ in found)))),
        editions=tuple(one for source, found in made for one in _editions(source, {form for _, form in found})),
    )


def _has(words: str) -> str:
    """A pattern for texts that hold the words, which are hexadecimal digits."""
    return f"%{words}%"


def _made(session: Session, scope: Scope, process: int, values: Collection[str], files: Collection[str]) -> list[str]:
    """The files that were made from any of it in the process."""
    sources = _sources(session, scope, process, values, files)
    return [file for source in sources for file, _ in _renditions(session, process, source)]


def _sources(
    session: Session, scope: Scope, process: int, values: Collection[str], files: Iterable[str]
) -> Iterator[Source]:
    """What documents and papers were made from that hold the values, or versions that are read from the files."""
    versions = {
        version
        for file in files
        for (version,) in session.all(VERSIONS, {"municipality": scope.municipality, "quoted": f'"{file}"'})
    }
    if values or versions:
        yield from _holding(session, process, values, versions)


def _holding(session: Session, process: int, values: Collection[str], versions: Collection[str]) -> Iterator[Source]:
    packages: dict[str, str] = {row[0]: row[1] for row in session.all(PACKAGES, {"process": process})}
    record = ((read(body), hash_) for body, hash_ in session.all(FOLLOWING, {"process": process}))
    asked = [{"process": process, "words": _has(value)} for value in values]
    named = [row[0] for one in asked if (row := session.one(FIRST, one)) and row[0] is not None]
    yield from holding(record, packages, values, versions, min(named, default=None))


def _renditions(session: Session, process: int, source: Source) -> Iterator[tuple[str, str]]:
    """The files that stand of what was made from the source and holds what it holds, each with its form."""
    for file, form in session.all(RENDITIONS, {"process": process, "of": source.of}):
        if source.contents or form != MARKDOWN:
            yield file, form


def _editions(source: Source, forms: Collection[str]) -> Iterator[NewEdition]:
    """What is to be made again, where it had been made."""
    event, sequence = source.recorded.event, source.recorded.sequence
    moment = MOMENTS.get(type(event))
    if moment is not None and MARKDOWN in forms:
        yield NewEdition(phase=event.phase, moment=moment, sequence=sequence)  # type: ignore[attr-defined]
    if isinstance(event, WITH_PAPERS) and {*forms} - {MARKDOWN}:
        yield NewEdition(phase="", moment="papers", sequence=sequence)
