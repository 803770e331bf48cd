"""Compiles a phase's document: what its people need, brought together from its outputs and those it received.

It is made at each opening from what was received, at each round from the versions that are read, and at passing from
those that were locked. Its file comes first and the record after it; the same sources give the same bytes, and what
stands in the record already is not recorded again. Outputs that are secret, covered or no text are left out.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple, get_args

from prefect import task
from prefect.cache_policies import NO_CACHE

from models import events as e
from models.compiled.compilation import compiled
from models.compiled.compiling import Material, Source
from models.days.formats import Language
from models.definitions.definition import Definition
from models.documents.parts import Document
from models.documents.reading import read_document
from models.errors import Broken, NotValid
from models.events import Recorded
from models.exchange.markdown import markdown_of
from models.exchange.mistakes import Misread
from models.exchange.word import read_word
from models.municipality.directory import Directory
from models.outputs.forms import read_output
from models.process import Process
from models.storage import store, stored_texts
from models.storage.as_of import as_of
from models.storage.covering import MARKDOWN, edition, editions_covered
from models.storage.database import Session
from models.storage.drafts import version_contents
from models.storage.file_kinds import OFFICE
from models.words import SECRET, PhaseKind, Publicity
from tasks.effect import Effect, carried_out, is_done
from tasks.installation import here
from tasks.renditions import record
from tasks.threads import to_its_end

PACKAGE = "select body from package where process_id = :process and sha256 = :sha256"
EVENT = "select hash from event where process_id = :process and seq = :sequence"
MEDIA = "select media from file where municipality_id = :municipality and sha256 = :sha256"
TITLE = "select title from process where process_id = :process"

ROWS, WORD = "rows.md", "document.docx"
READABLE = {"text/markdown": "document.md", "text/plain": "document.txt", "application/json": ROWS}
READABLE[OFFICE["word/document.xml"]] = WORD
RENDERER = "etappi-compile 2"
"""What made a document; another number where the same sources give other bytes."""


class Version(NamedTuple):
    """A version of an output that the document may be made from."""

    output: str
    sha256: str
    publicity: Publicity


class Sources(NamedTuple):
    """What a phase's document is made from, at one moment."""

    phase: str
    of: str  # the manifest, package or opening that it is a rendition of
    own: tuple[Version, ...]
    received: tuple[Version, ...]
    draft: bool


@task(name="compile-phase", cache_policy=NO_CACHE, persist_result=False)
async def compile_phase(
    kind: str, row: int, key: str, municipality: str, process: str, sequence: int
) -> dict[str, int]:
    """The phase's document stands in the files and in the record, in each language; of how much it was made."""
    return await to_its_end(_compile, PhaseKind(kind), Effect(row, key), municipality, process, sequence)


def _compile(kind: PhaseKind, effect: Effect, municipality: str, process: str, sequence: int) -> dict[str, int]:
    if is_done(effect):
        return {}
    engine = here().engine
    with carried_out(effect):
        with engine.database.reading() as session:
            scope, head, length = store.find_process(session, municipality, process)
            recorded, then = as_of(session, engine.worlds, scope, head, sequence)
            definition = engine.worlds.definition(session, municipality, then.definition)
            languages = _languages(engine.worlds.directory(session, municipality, length))
            sources = _sources(session, scope.id, recorded, then)
            files, covered = _files(session, municipality, [*sources.own, *sources.received])
            title = str((session.one(TITLE, {"process": scope.id}) or ("",))[0])
            newest, editions = edition(session, scope.id), editions_covered(session, scope.id, sources.of)
        documents = dict(_documents(files))
        for language in languages:
            material = _material(title, definition, sources, documents, covered, language)
            about = {"of": sources.of, "language": language, "format": MARKDOWN, "renderer": RENDERER}
            document = compiled(kind, material.model_copy(update={"editions": editions}), language)
            record(scope, document.encode(), f"{sources.phase}.{language}.md", about, newest)
        return {"documents": len(languages), "outputs": len(documents), "left out": len(files) - len(documents)}
    return {}


def _languages(directory: Directory) -> list[Language]:
    return [language for language in get_args(Language) if language in directory.languages]


# --- what it is made from -----------------------------------------------------------------------------------------


def _sources(session: Session, process: int, recorded: Recorded, then: Process) -> Sources:
    event = recorded.event
    if isinstance(event, e.PhaseOpened):
        row = session.one(EVENT, {"process": process, "sequence": recorded.sequence})
        assert row is not None, "the event was read from the record"
        return Sources(event.phase, row[0], (), tuple(_locked(session, process, event.received)), draft=True)
    assert isinstance(event, (e.OutputsSubmitted, e.CheckpointPassed)), "documents are compiled at three moments"
    received = tuple(_locked(session, process, then.phases[event.phase].received))
    if isinstance(event, e.CheckpointPassed):
        own = tuple(_locked(session, process, {event.phase: event.package}))
        return Sources(event.phase, event.package, own, received, draft=False)
    own = tuple(Version(key, one.sha256, one.publicity) for key, one in event.versions.items())
    return Sources(event.phase, event.manifest, own, received, draft=True)


def _locked(session: Session, process: int, packages: Mapping[str, str]) -> Iterator[Version]:
    """The versions that packages hold, each output once."""
    found: dict[str, Version] = {}
    for package in packages.values():
        row = session.one(PACKAGE, {"process": process, "sha256": package})
        if row is None:
            raise Broken(what=f"the package {package} is missing")
        for key, one in json.loads(row[0])["versions"].items():
            found[key] = Version(key, one["sha256"], Publicity(one["publicity"]))
    yield from found.values()


def _files(
    session: Session, municipality: str, versions: list[Version]
) -> tuple[dict[str, tuple[str, str] | None], set[str]]:
    """By version, the file that says most of it (its rows, else its document) and what it is called for its kind; None
    where it is not to be read. And the versions of which that file was covered."""
    found: dict[str, tuple[str, str] | None] = {}
    covered: set[str] = set()
    for version in versions:
        contents = version_contents(stored_texts.text(session, municipality, version.sha256))
        file = contents.typed or contents.document
        row = session.one(MEDIA, {"municipality": municipality, "sha256": file})
        readable = row is not None and row[0] in READABLE and version.publicity not in SECRET
        found[version.sha256] = (file, READABLE[row[0]]) if row is not None and readable else None
        if row is None:
            covered.add(version.sha256)
    return found, covered


def _documents(files: Mapping[str, tuple[str, str] | None]) -> Iterator[tuple[str, Document]]:
    """By version, its document; those that cannot be read are passed over."""
    for version, named in files.items():
        if named is not None:
            with here().files.open(named[0]) as opened, suppress(NotValid, Misread):
                yield version, _document(opened.read(), named[1])


def _document(content: bytes, name: str) -> Document:
    """The document that a file is: rows as tables, Word as it stands, Markdown and text."""
    if name == ROWS:
        return read_document(markdown_of(read_output(content), "fi", name), name)
    return read_word(content).document if name == WORD else read_document(content, name)


def _material(
    title: str,
    definition: Definition,
    sources: Sources,
    documents: Mapping[str, Document],
    covered: Collection[str],
    language: Language,
) -> Material:
    """What the document is made from, in the words of one language."""
    names = {one.id: one.name.in_(language) for phase in definition.phases for one in phase.outputs}
    plan = definition.phase(sources.phase)
    assert plan is not None, "a process has its definition's phases"

    def among(versions: tuple[Version, ...]) -> tuple[Source, ...]:
        return tuple(
            Source(output=v.output, name=names.get(v.output, v.output), document=documents[v.sha256], sha256=v.sha256)
            for v in versions
            if v.sha256 in documents
        )

    return Material(
        process=title,
        phase=plan.name.in_(language),
        own=among(sources.own),
        received=among(sources.received),
        draft=sources.draft,
        covered=tuple(names.get(v.output, v.output) for v in (*sources.own, *sources.received) if v.sha256 in covered),
    )
