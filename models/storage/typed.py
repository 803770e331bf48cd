"""The typed content of stored versions, and what the typed checks find in it: before the lock, from immutable bytes.

A version holds typed content, or a document whose tables are read. What was read, and what was found, is kept by the
hashes of what it came from, and used while those files are there: what has been covered since is told no more.
"""

import json
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from typing import TypeVar

from models.criteria import inputs_of, typed_checks
from models.definitions.definition import Definition
from models.documents.parts import Document
from models.documents.reading import read_document
from models.errors import Broken, NotValid
from models.exchange.from_document import from_document
from models.exchange.mistakes import Misread
from models.outputs.carrying import inherited
from models.outputs.checks import Finding, find
from models.outputs.forms import FORMS, merged, read_output
from models.outputs.held import Held
from models.outputs.rows import Output
from models.process import Process
from models.recent import Recent
from models.secrecy import Secrecy
from models.storage import reading, stored_texts
from models.storage.database import Session
from models.storage.drafts import Contents, drafts_of, version_contents
from models.storage.file_kinds import OFFICE
from models.storage.files import FileStore
from models.words import PhaseKind
from models.world import Inputs, TypedFacts

PACKAGE = "select body from package where process_id = :process and sha256 = :sha256"
THERE = "select count(*) from file where municipality_id = :municipality and sha256 in {texts}"
MEDIA = "select media from file where municipality_id = :municipality and sha256 = :sha256"
WORD = OFFICE["word/document.xml"]
READABLE = {"text/markdown": "document.md", "text/plain": "document.txt"}
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
SHORT = 12  # characters of a tarkiste that are told

_documents: Recent[str, Document] = Recent(256)
_read: Recent[tuple[str, PhaseKind], Output] = Recent(512)
_found: Recent[tuple[str, str, str, str, Inputs], tuple[frozenset[str], Finding]] = Recent(2048)


class TypedContent:
    """The typed content of one process's versions."""

    def __init__(self, session: Session, files: FileStore, municipality: str, process: int) -> None:
        self._session = session
        self._files = files
        self._municipality = municipality
        self._process = process
        self._sources: set[str] = set()  # the files that have been read from
        self._contents: dict[str, Contents] = {}  # by version
        self._media: dict[str, str | None] = {}  # by file; None: it is not there
        self._packages: dict[str, str] = {}

    @property
    def of_process(self) -> tuple[str, int]:
        """Whose content it is: the municipality, and the process in its store."""
        return self._municipality, self._process

    def facts(self, process: Process, definition: Definition, phase: str) -> TypedFacts | None:
        """What the typed checks of the phase's checkpoint find; None where it makes none."""
        checks = typed_checks(process, definition, phase)
        if not checks:
            return None
        inputs = inputs_of(process, definition, phase)
        keys = {check: (self._municipality, process.definition, phase, check, inputs) for check in checks}
        known = {check: found for check, key in keys.items() if (found := _found.get(key))}
        if len(known) == len(keys) and self._are_there(frozenset().union(*(files for files, _ in known.values()))):
            return TypedFacts(inputs, {check: finding for check, (_, finding) in known.items()})
        self._sources = set()
        held = self.held(definition, phase, inputs)
        findings = {check: find(check, held) for check in checks}
        for check, finding in findings.items():
            _found.put(keys[check], (frozenset(self._sources), finding))
        return TypedFacts(inputs, findings)

    def once(self, kept: Recent[Key, tuple[frozenset[str], Value]], key: Key, find: Callable[[], Value]) -> Value:
        """What is found in stored files, now or before; what was found before is used while those are there."""
        known = kept.get(key)
        if known is not None and self._are_there(known[0]):
            return known[1]
        self._sources = set()
        found = find()
        kept.put(key, (frozenset(self._sources), found))
        return found

    def _are_there(self, files: frozenset[str]) -> bool:
        named = {"municipality": self._municipality, "texts": json.dumps(sorted(files))}
        row = self._session.one(THERE, named)
        return row is not None and row[0] == len(files)

    def held(self, definition: Definition, phase: str, inputs: Inputs) -> Held:
        """What the checks look at, as exactly those versions hold it."""
        kind, plan = _kind(definition, phase), definition.phase(phase)
        former: Iterable[str] = (sha for _, sha in inputs.earlier)
        if inputs.former:
            former = self._locked(inputs.former, phase)
        was = [self.output(sha, kind) for sha in former]
        return Held(
            phase,
            self._one(kind, (sha for _, sha in inputs.own)),
            self.received(definition, inputs),
            merged(was, FORMS[kind]) if was else None,
            [group.name for group in plan.affected] if plan else (),
        )

    def received(
        self, definition: Definition, inputs: Inputs, secrecy: Secrecy | None = None
    ) -> list[tuple[str, Output]]:
        """What the packages of earlier phases hold, by phase; as the rules see it where nobody looks."""
        return [
            (phase, self._one(_kind(definition, phase), self._locked(package, phase, secrecy)))
            for phase, package in inputs.packages
        ]

    def as_it_stands(self, secrecy: Secrecy) -> list[tuple[str, Output]]:
        """Each phase's typed content as far as it has come: locked, else in a round, else as versions, else drafted.

        Versions and drafts that are secret to the one who looks are left out.
        """
        process, found = secrecy.process, []
        for plan in secrecy.world.definition.phases:
            state, round_ = process.phases[plan.id], process.rounds.get(plan.id)
            versions = round_.versions if round_ else state.versions
            parts = [
                self.output(one.sha256, plan.kind)
                for key, one in versions.items()
                if one.phase == plan.id and secrecy.allows(one.publicity, plan.id, key)
            ]
            if not parts:
                drafts = drafts_of(self._session, self._process, plan.id).values()
                readable = (one for one in drafts if secrecy.allows(one.contents.publicity, plan.id, one.output))
                parts = [self.of(one.contents, plan.kind) for one in readable]
            if parts:
                found.append((plan.id, merged(parts, FORMS[plan.kind])))
        return found

    def begins_with(self, secrecy: Secrecy, phase: str) -> Output:
        """The draft the phase begins with, computed from the packages handed over to it, but for what is secret to the
        one who looks. Empty before there are any."""
        definition = secrecy.world.definition
        inputs = inputs_of(secrecy.process, definition, phase)
        sources = definition.receives(phase)
        origin = ", ".join(f"{key} {package[:SHORT]}" for key, package in inputs.packages if key in sources)
        return inherited(FORMS[_kind(definition, phase)], self.received(definition, inputs, secrecy), origin)

    def _one(self, kind: PhaseKind, versions: Iterable[str]) -> Output:
        return merged([self.output(sha, kind) for sha in versions], FORMS[kind])

    def _locked(self, package: str, phase: str, secrecy: Secrecy | None = None) -> list[str]:
        """The versions that a package holds of its own phase, those that may be read."""
        versions = json.loads(self.package(package))["versions"]
        return [
            one["sha256"]
            for output, one in versions.items()
            if one["phase"] == phase and (secrecy is None or secrecy.allows(one["publicity"], phase, output))
        ]

    def fetch(self, versions: Iterable[str]) -> None:
        """What those versions hold, and of what kind their files are, is at hand: read with two statements."""
        texts = stored_texts.texts(self._session, self._municipality, set(versions) - set(self._contents))
        found = {version: version_contents(text) for version, text in texts.items()}
        files = {file for one in found.values() for file in one.files}
        media = reading.media(self._session, self._municipality, files)
        self._contents |= found
        self._media |= {file: media[file][0] if file in media else None for file in files}

    def package(self, sha256: str) -> str:
        """The text of a package of the process. Raises Broken."""
        if sha256 not in self._packages:
            row = self._session.one(PACKAGE, {"process": self._process, "sha256": sha256})
            if row is None:
                raise Broken(what=f"the package {sha256} is missing")
            self._packages[sha256] = str(row[0])
        return self._packages[sha256]

    def contents(self, version: str) -> Contents:
        """What a version holds. Raises NotFound, Broken."""
        if version not in self._contents:
            text = stored_texts.text(self._session, self._municipality, version)
            self._contents[version] = version_contents(text)
        return self._contents[version]

    def output(self, version: str, kind: PhaseKind) -> Output:
        """The typed content of a version: what it holds, else what its document's tables say."""
        return self.of(self.contents(version), kind)

    def of(self, contents: Contents, kind: PhaseKind) -> Output:
        """The typed content of a draft or a version: nothing where its document is no text, or has been covered."""
        form = FORMS[kind]
        with suppress(NotValid):
            if contents.typed and self.media(contents.typed):
                output = self._once(contents.typed, kind, self._rows)
                return output if isinstance(output, form) else form()
            if self.media(contents.document):
                return self._once(contents.document, kind, lambda file: self._tables(file, kind))
        return form()

    def _once(self, file: str, kind: PhaseKind, read: Callable[[str], Output]) -> Output:
        """What is read from a file that is there, now or before."""
        self._sources.add(file)
        found = _read.get((file, kind))
        if found is None:
            found = read(file)
            _read.put((file, kind), found)
        return found

    def _rows(self, file: str) -> Output:
        with self._files.open(file) as opened:
            return read_output(opened.read())

    def _tables(self, file: str, kind: PhaseKind) -> Output:
        document = self.document(file)
        return FORMS[kind]() if document is None else from_document(document, kind).output

    def document(self, file: str) -> Document | None:
        """The document of a stored file; None where it is of a kind that is not read."""
        media = self.media(file)
        if media is None:
            return None
        self._sources.add(file)
        return document_in(self._files, file, media)

    def media(self, file: str) -> str | None:
        """Of what kind the file is; None where it is not there: it was covered."""
        if file in self._media:
            return self._media[file]
        row = self._session.one(MEDIA, {"municipality": self._municipality, "sha256": file})
        return str(row[0]) if row else None


def _kind(definition: Definition, phase: str) -> PhaseKind:
    plan = definition.phase(phase)
    return plan.kind if plan else PhaseKind.GENERAL


def document_in(files: FileStore, file: str, media: str) -> Document | None:
    """The document of a stored file of that kind, read now or before; None where it is of one that is not read.

    Whether the file may still be read is asked by whoever calls. Raises NotValid, Broken.
    """
    known = _documents.get(file)
    if known is None:
        known = _document(files, file, media)
        if known is not None:
            _documents.put(file, known)
    return known


def _document(files: FileStore, file: str, media: str) -> Document | None:
    if media in READABLE:
        with files.open(file) as opened:
            return read_document(opened.read(), READABLE[media])
    if media == WORD:
        from models.exchange.word import read_word  # here, because most documents are no Word and it takes a while

        with files.open(file) as opened, suppress(Misread):
            return read_word(opened.read()).document
    return None
