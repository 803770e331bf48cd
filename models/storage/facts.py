"""The facts a decision needs that are neither in the process nor in the directory: drafts, packages, files, findings.

Looking on a disk, which may be across a network, and reading what versions hold is done before the lock; what may
change meanwhile is read under it.
"""

from dataclasses import dataclass, field

from models.canonical import sha256
from models.commands import (
    Command,
    Destroy,
    MakePublic,
    OpenPhase,
    Pass,
    RecordDecidedText,
    RecordHandling,
    RecordRendition,
    Redact,
    Revise,
    Submit,
)
from models.criteria import typed_checks
from models.definitions.definition import Definition
from models.errors import Broken
from models.process import Process
from models.storage.covering import edition, shown_in_public
from models.storage.database import Database, Session
from models.storage.drafts import Draft, drafts_of, version_text
from models.storage.file_rows import stored_here
from models.storage.files import FileStore
from models.storage.retention import kept_until
from models.storage.store import Scope, find_process
from models.storage.worlds import Worlds
from models.world import Covering, DraftFacts, Facts, TypedFacts

RENDITION = """
    select 1 from rendition
    where process_id = :process and made_from = :of and language = :language and format = :format
        and sha256 = :sha256"""
PACKAGE = "select body from package where process_id = :process and sha256 = :sha256"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts, and the drafts they were made from."""

    facts: Facts = field(default_factory=Facts)
    drafts: dict[str, Draft] = field(default_factory=dict)


NOTHING = Gathered()


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What was looked up before it is decided, most of it before the lock."""

    on_disk: frozenset[str] = frozenset()  # those of the files the command is about that are there
    typed: TypedFacts | None = None  # what was found in the versions of the round as it stood
    covering: Covering = field(default_factory=Covering)  # of a redaction, also where other processes have it


NOT_LOOKED = Beforehand()


class NotLooked(Exception):
    """Under the lock it is seen that something should have been looked up before."""


def look_beforehand(
    database: Database,
    files: FileStore,
    worlds: Worlds,
    municipality: str,
    process: str,
    command: Command,
    *,
    surely: bool = False,
) -> Beforehand:
    """Before the lock: what takes time. What it was found for is told with it, and compared under the lock.

    Where it is known from before that there is nothing to look up, that is believed, unless it is to be sure.
    """
    if isinstance(command, (RecordHandling, RecordDecidedText)):
        return Beforehand(on_disk=frozenset(filter(files.has, command.decided.values())))
    if isinstance(command, (Submit, Revise)):
        with database.reading() as session:
            drafts = drafts_of(session, find_process(session, municipality, process)[0].id, command.phase)
        found = (hash_ for draft in drafts.values() for hash_ in draft.contents.files if files.has(hash_))
        return Beforehand(on_disk=frozenset(found))
    if isinstance(command, Pass):
        lately = worlds.lately(municipality, process)
        if lately and not surely and not typed_checks(*lately, command.phase):
            return NOT_LOOKED
        from models.storage.typed import TypedContent  # here, because only passing reads what outputs hold

        with database.reading() as session:
            scope, head, _ = find_process(session, municipality, process)
            state = worlds.process(session, scope, head)
            definition = worlds.definition(session, municipality, state.definition)
            content = TypedContent(session, files, municipality, scope.id)
            return Beforehand(typed=content.facts(state, definition, command.phase))
    return NOT_LOOKED


def gather(
    session: Session, scope: Scope, process: Process, definition: Definition, command: Command, seen: Beforehand
) -> Gathered:
    """Under the lock: the facts that the command's rule asks for. Raises Broken where a draft's file is missing, and
    NotLooked."""
    if isinstance(command, Pass):
        if seen is NOT_LOOKED and typed_checks(process, definition, command.phase):
            raise NotLooked
        return Gathered(Facts(typed=seen.typed)) if seen.typed else NOTHING
    if isinstance(command, (Submit, Revise)):
        drafts = drafts_of(session, scope.id, command.phase)
        return Gathered(Facts(drafts=_drafts(session, scope, drafts, seen.on_disk)), drafts)
    if isinstance(command, OpenPhase):
        sources = definition.receives(command.phase) if command.phase in process.phases else ()
        names = [process.phases[source].package for source in sources]
        return Gathered(Facts(intact=frozenset(n for n in names if n and _is_intact(session, scope, n))))
    if isinstance(command, (RecordHandling, RecordDecidedText)) and command.decided:
        return Gathered(Facts(files=stored_here(session, scope.municipality, command.decided.values()) & seen.on_disk))
    if isinstance(command, RecordRendition):
        named = {"process": scope.id, "of": command.of, "language": command.language}
        row = session.one(RENDITION, {**named, "format": command.format, "sha256": command.sha256})
        files = stored_here(session, scope.municipality, [command.sha256])
        return Gathered(Facts(rendered=row is not None, files=files, edition=edition(session, scope.id)))
    if isinstance(command, Destroy):
        return Gathered(Facts(kept_until=kept_until(session, scope, definition)))
    if isinstance(command, Redact):
        return Gathered(Facts(covering=seen.covering))
    if isinstance(command, MakePublic) and command.phase in process.phases:
        versions = {one.sha256 for one in process.phases[command.phase].versions.values()}
        return Gathered(Facts(editions=tuple(shown_in_public(session, scope, versions))))
    return NOTHING


def _drafts(session: Session, scope: Scope, drafts: dict[str, Draft], on_disk: frozenset[str]) -> dict[str, DraftFacts]:
    for draft in drafts.values():
        there = stored_here(session, scope.municipality, draft.contents.files) & on_disk
        for missing in set(draft.contents.files) - there:
            raise Broken(what=f"the file {missing} of the draft of {draft.output} is missing; save the draft again")
    return {
        output: DraftFacts(
            sha256=sha256(version_text(draft.contents)), by=draft.updated_by, publicity=draft.contents.publicity
        )
        for output, draft in drafts.items()
    }


def _is_intact(session: Session, scope: Scope, package: str) -> bool:
    row = session.one(PACKAGE, {"process": scope.id, "sha256": package})
    return row is not None and sha256(row[0]) == package
