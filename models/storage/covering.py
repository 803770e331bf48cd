"""What a redaction covers, looked up before it is decided: where the values and files stand, and what was made of them.

A value or file may stand in several processes' records. Each of them says that it was covered, so that each can be
verified by itself; compiled documents that were made from it are covered with it and made again. Papers are made again
too; those that thereby change are covered by that (`RecordRendition.again`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from models.commands import Redact
from models.effects import MOMENT_EVENTS, MOMENTS, WITH_PAPERS
from models.events import CheckpointPassed, Event, NewEdition, OutputsSubmitted
from models.record import read
from models.storage.database import Session
from models.storage.store import Scope
from models.world import Covering

IN_RECORD = """
    select type, process_id from event
    where municipality_id = :municipality and (process_id = :process or process_id is null) and body like :words"""
IN_OTHER_RECORDS = """
    select distinct process_id from event
    where municipality_id = :municipality and process_id is not null and body like :words"""
USED = "select distinct process_id from file_use where municipality_id = :municipality and sha256 = :sha256"
VERSIONS = """
    select sha256 from stored_text
    where municipality_id = :municipality and kind = 'version' and (
        body like '%"typed":' || :quoted || '%'
        or body like '%"document":' || :quoted || '%' and body not like '%"typed":"%')"""
MADE_OF = """
    select sha256 from package where process_id = :process and body like :words
    union select sha256 from manifest where process_id = :process and body like :words"""
OPENED_ON = """
    select hash from event where process_id = :process and type = 'PhaseOpened' and body like :words"""
RENDITIONS = """
    select distinct sha256 from rendition where process_id = :process and made_from = :source and format = 'markdown'"""
MADE_AT = "select seq, hash, body from event where process_id = :process and type in {types} order by seq"


def concerned(session: Session, scope: Scope, command: Redact) -> dict[int, tuple[Redact, Covering]]:
    """By process, what of the command its record has to say, and what that covers there: everything for the process it
    was asked in.

    The caller holds the municipality's lock alone, so that nothing comes to name it meanwhile.
    """
    values: dict[int, set[str]] = defaultdict(set)
    files: dict[int, set[str]] = defaultdict(set)
    waiting = list(command.files)
    for value in command.commitments:
        for (process,) in session.all(IN_OTHER_RECORDS, {"municipality": scope.municipality, "words": _has(value)}):
            values[process].add(value)
    while waiting:
        file = waiting.pop()
        for (process,) in session.all(USED, {"municipality": scope.municipality, "sha256": file}):
            if process is not None and file not in files[process]:
                files[process].add(file)
                waiting += _rendered(session, process, _sources(session, scope.municipality, process, [file]))
    parts = {
        process: command.model_copy(
            update={"commitments": tuple(sorted(values[process])), "files": tuple(sorted(files[process]))}
        )
        for process in {*values, *files}
    }
    return {
        process: (part, _covering(session, scope.municipality, process, part))
        for process, part in (parts | {scope.id: command}).items()
    }


def _covering(session: Session, municipality: str, process: int, command: Redact) -> Covering:
    """What the process's record names of it and has covered before, and the documents that contain it."""
    named, before = set[str](), set[str]()
    for one in (*command.commitments, *command.files):
        found = session.all(IN_RECORD, {"municipality": municipality, "process": process, "words": _has(one)})
        before |= {one for type_, where in found if type_ == "Redacted" and where == process}
        named |= {one for type_, _ in found if type_ != "Redacted"}
    for file in command.files:
        used = session.all(USED, {"municipality": municipality, "sha256": file})
        named |= {file for (where,) in used if where == process}
    sources = _sources(session, municipality, process, command.files)
    renditions = tuple(dict.fromkeys(_rendered(session, process, sources)))
    return Covering(
        named=frozenset(named),
        before=frozenset(before),
        renditions=renditions,
        editions=(*(_editions(session, process, sources) if renditions else ()), *_papers(session, process)),
    )


def _has(words: str) -> str:
    """A pattern for texts that hold the words, which are hexadecimal digits."""
    return f"%{words}%"


def _sources(session: Session, municipality: str, process: int, files: Iterable[str]) -> set[str]:
    """The packages, manifests and openings of the process with versions that are read from any of these files."""
    sources: set[str] = set()
    for file in files:
        for (version,) in session.all(VERSIONS, {"municipality": municipality, "quoted": f'"{file}"'}):
            sources |= {row[0] for row in session.all(MADE_OF, {"process": process, "words": _has(version)})}
    for package in tuple(sources):
        opened = session.all(OPENED_ON, {"process": process, "words": _has(package)})
        sources |= {row[0] for row in opened}
    return sources


def _rendered(session: Session, process: int, sources: Iterable[str]) -> Iterator[str]:
    for source in sorted(sources):
        yield from (row[0] for row in session.all(RENDITIONS, {"process": process, "source": source}))


def _editions(session: Session, process: int, sources: set[str]) -> Iterator[NewEdition]:
    """The moments at which the phases' documents were made from any of the sources."""
    for sequence, hash_, body in session.all(MADE_AT.format(types=_names(MOMENT_EVENTS)), {"process": process}):
        event = read(body).event
        assert isinstance(event, MOMENT_EVENTS), "they were asked for by their type"
        made_from = hash_
        if isinstance(event, OutputsSubmitted):
            made_from = event.manifest
        elif isinstance(event, CheckpointPassed):
            made_from = event.package
        if made_from in sources:
            yield NewEdition(phase=event.phase, moment=MOMENTS[type(event)], sequence=sequence)


def _papers(session: Session, process: int) -> Iterator[NewEdition]:
    """The events from which papers are made: each is made anew, and where it has changed the former one is covered."""
    for sequence, _, _ in session.all(MADE_AT.format(types=_names(WITH_PAPERS)), {"process": process}):
        yield NewEdition(phase="", moment="papers", sequence=sequence)


def _names(types: Iterable[type[Event]]) -> str:
    """Types of events as SQL lists them."""
    return "(" + ", ".join(f"'{one.__name__}'" for one in types) + ")"
