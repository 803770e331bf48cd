"""A version of an output as it is read: its document in parts, its files, and what changed from another version."""

from typing import NamedTuple

from app.web.place import Place
from models.documents.comparison import Change, ChangeKind
from models.documents.document_comparison import Passage, What, compare_documents
from models.documents.parts import Document
from models.errors import NotFound, NotValid
from models.storage import reading, stored_texts
from models.storage.database import Session
from models.storage.drafts import Contents, version_contents
from models.storage.file_kinds import SUFFIXES
from models.storage.reading import Version
from models.storage.typed import READABLE, document_in

AROUND = 12  # words shown before and after a change


class FileView(NamedTuple):
    """A file that can be fetched."""

    sha256: str
    name: str
    media: str
    size: int


class DocumentPage(NamedTuple):
    """One version of an output."""

    version: Version
    name: str
    phase: str
    document: Document | None  # None where it is no text that can be shown
    main: FileView | None  # None where it was covered
    attachments: tuple[FileView, ...]


class ComparisonPage(NamedTuple):
    """What changed between two versions."""

    before: Version
    after: Version
    name: str
    passages: tuple[Passage, ...] | None  # None where they cannot be compared
    places: int


class Held(NamedTuple):
    """A version with what it holds, and its files by hash, each under the name it is fetched by; not covered ones."""

    version: Version
    contents: Contents
    files: dict[str, FileView]

    @property
    def main(self) -> FileView | None:
        """The document; None where it was covered (peitä tieto)."""
        return self.files.get(self.contents.document)


def held(place: Place, session: Session, *hashes: str) -> dict[str, Held]:
    """Several of the process's versions, with a few statements. Raises NotFound where it has not had one."""
    municipality = place.visitor.municipality
    versions = reading.versions(session, place.scope.id, hashes)
    for missing in set(hashes) - set(versions):
        raise NotFound(what="version", name=missing)
    texts = stored_texts.texts(session, municipality, hashes)
    contents = {hash_: version_contents(text) for hash_, text in texts.items()}
    media = reading.media(session, municipality, {one for held in contents.values() for one in held.files})
    return {hash_: _held(versions[hash_], contents[hash_], media) for hash_ in hashes}


def readable(place: Place, session: Session, *hashes: str) -> dict[str, Held]:
    """As `held`. Raises NotAuthorised where one of them is secret to the visitor."""
    found = held(place, session, *hashes)
    for one in found.values():
        check_file(place, one, one.contents.document)
    return found


def check_file(place: Place, found: Held, file: str) -> None:
    """Raises NotAuthorised where the version's file is secret to the visitor."""
    publicity, paragraph = found.contents.secrecy_of(file)
    place.secrecy.check(publicity, found.version.phase, found.version.output, paragraph)


def _held(version: Version, contents: Contents, media: dict[str, tuple[str, int]]) -> Held:
    names = {one.sha256: one.name for one in contents.attachments}
    files = {}
    for hash_ in contents.files:
        if hash_ not in media:
            continue  # it was covered
        kind, size = media[hash_]
        name = names.get(hash_, f"{version.output}-{version.no}{SUFFIXES.get(kind, '')}")
        files[hash_] = FileView(hash_, name, kind, size)
    return Held(version, contents, files)


def document_page(place: Place, session: Session, sha256: str) -> DocumentPage:
    """One version, to be read. Raises NotFound, and NotAuthorised where it is secret."""
    found = readable(place, session, sha256)[sha256]
    return DocumentPage(
        version=found.version,
        name=place.name("output", found.version.output),
        phase=place.name("phase", found.version.phase),
        document=read(place, found.main),
        main=found.main,
        attachments=tuple(
            found.files[one.sha256]
            for one in found.contents.attachments
            if one.sha256 in found.files
            and place.secrecy.allows(one.publicity, found.version.phase, found.version.output)
        ),
    )


def read(place: Place, file: FileView | None) -> Document | None:
    """The document in the file; None where it is no text, or was covered."""
    if file is None or file.media not in READABLE:
        return None
    try:
        return document_in(place.visitor.installation.files, file.sha256, file.media)
    except NotValid:
        return None


def comparison_page(place: Place, session: Session, before: str, after: str) -> ComparisonPage:
    """What changed from one version to the other, only the passages that did."""
    both = readable(place, session, before, after)
    older, newer = both[before].version, both[after].version
    if (older.phase, older.output) != (newer.phase, newer.output):
        raise NotFound(what="version of the same output", name=before)
    old, new = read(place, both[before].main), read(place, both[after].main)
    passages = None
    if old is not None and new is not None:
        passages = tuple(_shortened(one) for one in compare_documents(old, new) if one.changed)
    return ComparisonPage(older, newer, place.name("output", newer.output), passages, len(passages or ()))


def _shortened(passage: Passage) -> Passage:
    """The passage with what stayed cut to some words around each change; rows of tables stay whole."""
    if passage.what is What.ROW:
        return passage
    last = len(passage.changes) - 1
    return passage.model_copy(
        update={"changes": tuple(_cut(one, at == 0, at == last) for at, one in enumerate(passage.changes))}
    )


def _cut(change: Change, first: bool, last: bool) -> Change:
    words = change.text.split(" ")
    if change.kind is not ChangeKind.KEPT or len(words) <= 2 * AROUND:
        return change
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    return change.model_copy(update={"text": " ".join([*head, "…", *tail])})
