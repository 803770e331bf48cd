"""Drafts of outputs: what people work on, outside the record, until it is submitted as a version.

A draft is a document with attachments and, where structure has grown, typed content; each is a stored file. Whoever may
submit the output may save its draft; saving over what somebody else has saved since is refused, and nothing is lost.
What a draft held before it was saved again is kept some days with its files, so that a slip can be undone.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import Field

from models.canonical import canonical, sha256
from models.commands import FileHash, Submit
from models.errors import NotFound, Overtaken
from models.events import Actor
from models.frozen import Frozen
from models.personal import written
from models.record import instant_text, read_instant
from models.rights import check_right
from models.storage import store
from models.storage.database import Database, Session
from models.storage.file_rows import check_stored, stored_here, use_files
from models.storage.files import FileStore
from models.storage.store import Scope
from models.storage.worlds import Worlds
from models.words import SECRET, Publicity
from models.world import World

VERSION_FORMAT = 1  # 2 where there is typed content


class Attachment(Frozen):
    """A file that goes with a document, under the name its giver gave it."""

    sha256: FileHash
    name: str = Field(min_length=1, max_length=150)
    publicity: Publicity = Publicity.IN_PREPARATION
    paragraph: str | None = None  # the ground of secrecy


class Contents(Frozen):
    """What a draft holds, and what its version will."""

    document: FileHash
    attachments: tuple[Attachment, ...] = ()
    publicity: Publicity = Publicity.IN_PREPARATION
    paragraph: str | None = None  # the ground of secrecy
    typed: FileHash | None = None  # the typed content: its canonical text (`outputs.forms.output_text`)

    @property
    def files(self) -> tuple[str, ...]:
        """The hashes of its files, each once."""
        typed = (self.typed,) if self.typed else ()
        return tuple(dict.fromkeys((self.document, *typed, *(attachment.sha256 for attachment in self.attachments))))

    def secrecy_of(self, file: str) -> tuple[Publicity, str | None]:
        """The publicity of one of its files and the ground: an attachment is secret with what it goes with, too."""
        attached = next((one for one in self.attachments if one.sha256 == file and one.publicity in SECRET), None)
        if attached is not None and self.publicity not in SECRET:
            return attached.publicity, attached.paragraph
        return self.publicity, self.paragraph

    def as_it_is_now(self, publicity: Publicity) -> "Contents":
        """The contents of a version that has become public since: with that publicity, and what is attached to it with
        it; a secret stays one."""
        if publicity is not Publicity.PUBLIC or self.publicity is Publicity.PUBLIC:
            return self
        opened = {Publicity.IN_PREPARATION: publicity}
        attached = tuple(
            one.model_copy(update={"publicity": opened.get(one.publicity, one.publicity)}) for one in self.attachments
        )
        return self.model_copy(update={"publicity": publicity, "attachments": attached})


class Draft(Frozen):
    """An output's draft as it was saved last."""

    phase: str
    output: str
    contents: Contents
    revision: int
    updated_by: str
    updated_at: dt.datetime


def version_text(contents: Contents) -> str:
    """The version manifest: the canonical text by whose hash a version of an output is named."""
    fields = {name: value for name, value in contents.__dict__.items() if name != "typed" or value}
    return canonical({"format": VERSION_FORMAT + ("typed" in fields), "kind": "version", **fields})


def version_contents(text: str) -> Contents:
    """What a version manifest says."""
    fields = json.loads(text)
    return Contents.model_validate({name: fields[name] for name in Contents.model_fields if name in fields})


_COLUMNS = "phase, output, document, attachments, publicity, paragraph, typed, revision, updated_by, updated_at"
KEPT_DAYS = 7  # what a draft held before is kept as long as a file that nobody uses (design.md, 5)

OF_PHASE = f"select {_COLUMNS} from draft where process_id = :process and phase = :phase order by output"
INSERT = f"""
    insert into draft (process_id, municipality_id, {_COLUMNS})
    values (:process, :municipality, :phase, :output, :document, :attachments, :publicity, :paragraph, :typed,
        1, :by, :at)
    on conflict (process_id, phase, output) do nothing returning revision"""
UPDATE = """
    update draft set document = :document, attachments = :attachments, publicity = :publicity, paragraph = :paragraph,
        typed = :typed, revision = revision + 1, updated_by = :by, updated_at = :at
    where process_id = :process and phase = :phase and output = :output and revision = :seen returning revision"""

KEEP = f"""
    insert into draft_before (process_id, municipality_id, {_COLUMNS})
    select process_id, municipality_id, {_COLUMNS} from draft
    where process_id = :process and phase = :phase and output = :output and revision = :seen
    on conflict do nothing"""
BEFORE = f"""
    select {_COLUMNS} from draft_before where process_id = :process and phase = :phase and output = :output
    order by revision desc"""
FORGET = f"""
    delete from draft_before where process_id = :process and updated_at <= :until returning {_COLUMNS}"""
OLD = """
    select distinct head.municipality_id, head.id, head.key from draft_before was
    join process_head head on head.id = was.process_id
    where was.updated_at <= :until order by head.municipality_id, head.id"""


def drafts_of(session: Session, process: int, phase: str) -> dict[str, Draft]:
    """The drafts of a phase, by output."""
    found = session.all(OF_PHASE, {"process": process, "phase": phase})
    return {row[1]: _draft(row) for row in found}


def drafts_before(session: Session, process: int, phase: str, output: str) -> tuple[Draft, ...]:
    """What the output's draft held before it was saved again, the newest first."""
    found = session.all(BEFORE, {"process": process, "phase": phase, "output": output})
    return tuple(_draft(row) for row in found)


def forget_before(session: Session, scope: Scope, until: dt.datetime) -> frozenset[str]:
    """What the process's drafts held up to the instant, and hold no more, is forgotten; the files that it was."""
    gone = [_draft(row) for row in session.all(FORGET, {"process": scope.id, "until": instant_text(until)})]
    for phase, output in dict.fromkeys((one.phase, one.output) for one in gone):
        _use_files(session, scope, phase, output)
    return frozenset(file for one in gone for file in one.contents.files)


def sweep_before(database: Database, now: dt.datetime) -> None:
    """What drafts held more than some days ago is forgotten."""
    until = now - dt.timedelta(days=KEPT_DAYS)
    with database.transaction() as session:
        old = [Scope(*row) for row in session.all(OLD, {"until": instant_text(until)})]
        for municipality in dict.fromkeys(scope.municipality for scope in old):
            session.lock(municipality)
        for scope in old:
            forget_before(session, scope, until)


def _use_files(session: Session, scope: Scope, phase: str, output: str) -> None:
    """The files that the draft holds, and those it held before, are in use; one that was covered is not."""
    now = drafts_of(session, scope.id, phase).get(output)
    held = [*([now] if now else []), *drafts_before(session, scope.id, phase, output)]
    files = dict.fromkeys(file for one in held for file in one.contents.files)
    here = stored_here(session, scope.municipality, files)
    use_files(session, scope, f"draft/{scope.key}/{phase}/{output}", [file for file in files if file in here])


def _draft(row: tuple[Any, ...]) -> Draft:
    contents = Contents(
        document=row[2], attachments=json.loads(row[3]), publicity=row[4], paragraph=row[5], typed=row[6]
    )
    at = read_instant(row[9])
    return Draft(phase=row[0], output=row[1], contents=contents, revision=row[7], updated_by=row[8], updated_at=at)


class Drafts:
    """The door to drafts."""

    def __init__(self, database: Database, files: FileStore, worlds: Worlds, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._files = files
        self._worlds = worlds
        self._clock = clock

    def read(self, municipality: str, process: str, phase: str) -> dict[str, Draft]:
        """The drafts of a phase, by output. Raises NotFound."""
        with self._database.reading() as session:
            return drafts_of(session, store.find_process(session, municipality, process)[0].id, phase)

    def save(
        self,
        municipality: str,
        process: str,
        phase: str,
        output: str,
        contents: Contents,
        person: str,
        *,
        revision: int,
        for_whom: str | None = None,
    ) -> Draft:
        """The draft holds the contents; `revision` is the one that was read before (0: there was none).

        Raises NotFound, NotAuthorised, and Overtaken when somebody else has saved since; then theirs stands.
        """
        contents = contents.model_copy(
            update={"paragraph": written(contents.paragraph) if contents.paragraph else None}
        )
        present = frozenset(filter(self._files.has, contents.files))
        by = Actor(person=person, for_whom=for_whom)
        with self._database.transaction() as session:
            session.lock(municipality)
            scope, world = self._checked(session, municipality, process, phase, by)
            if output not in {plan.id for plan in world.phase(phase).outputs}:
                raise NotFound(what=f"output of the phase {phase}", name=output)
            check_stored(session, municipality, contents.files, present)
            row = self._write(session, scope, phase, output, contents, by, world.now, revision)
            _use_files(session, scope, phase, output)
        return Draft(
            phase=phase, output=output, contents=contents, revision=row, updated_by=person, updated_at=world.now
        )

    def _checked(self, session: Session, municipality: str, process: str, phase: str, by: Actor) -> tuple[Scope, World]:
        """The process and its world. Raises NotAuthorised for one who could not submit the phase's outputs."""
        scope, head, length = store.find_process(session, municipality, process)
        state = self._worlds.process(session, scope, head)
        directory = self._worlds.directory(session, municipality, length)
        world = self._worlds.world(session, directory, state.definition, self._clock())
        check_right(state, Submit(phase=phase), by, world)
        return scope, world

    def _write(
        self,
        session: Session,
        scope: Scope,
        phase: str,
        output: str,
        contents: Contents,
        by: Actor,
        now: dt.datetime,
        seen: int,
    ) -> int:
        place = {"process": scope.id, "phase": phase, "output": output, "seen": seen}
        session.run(KEEP, place)
        row = session.one(
            UPDATE if seen else INSERT,
            {
                **place,
                "municipality": scope.municipality,
                "document": contents.document,
                "attachments": canonical(contents.attachments),
                "publicity": contents.publicity.value,
                "paragraph": contents.paragraph,
                "typed": contents.typed,
                "by": by.person,
                "at": instant_text(now),
            },
        )
        if row is None:
            raise Overtaken(what=f"somebody else has saved the draft of {output} since")
        return int(row[0])


def stored_versions(drafts: Iterable[Draft]) -> dict[str, Contents]:
    """The drafts' contents by the hash of the version that each would become."""
    return {sha256(version_text(draft.contents)): draft.contents for draft in drafts}
