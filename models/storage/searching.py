"""Finds words in what outputs hold: in their documents, in what is attached to them, and in their rows.

Whoever asks says which versions may be read; of each of its files it is asked again. A search reads so many versions,
the first of those given, and no file that is very large; so it costs little however much there is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models.documents.parts import Document, Items, Paragraph
from models.errors import Broken, NotValid
from models.outputs.forms import read_output
from models.outputs.told import registers
from models.recent import Recent
from models.secrecy import Secrecy
from models.storage import reading, stored_texts
from models.storage.database import Session
from models.storage.drafts import Contents, version_contents
from models.storage.files import FileStore
from models.storage.typed import READABLE, WORD, document_in

MOST_VERSIONS = 300
LONGEST = 1_000_000  # bytes of a file that is read
MOST_ROWS = 5  # of one output
AROUND = 90  # letters shown before and after what was found

_passages: Recent[str, tuple[str, ...]] = Recent(600)


class Searched(NamedTuple):
    """A version that may be read."""

    sha256: str
    phase: str
    output: str
    secrecy: Secrecy  # of who asks, in its process


class Snippet(NamedTuple):
    """What was found, with the words around it."""

    before: str
    found: str
    after: str


class Hit(NamedTuple):
    """Where words were found in a version: in its document, in a file attached to it, or in a row."""

    at: int  # which of the versions given
    snippet: Snippet
    attachment: str | None = None  # its name
    row: str | None = None  # its identifier and what it is called


def hits(
    session: Session, files: FileStore, municipality: str, versions: Sequence[Searched], words: Sequence[str]
) -> Iterator[Hit]:
    """Where all the words, in small letters, are found in the first of the versions; read with two statements."""
    read = versions[:MOST_VERSIONS]
    texts = stored_texts.texts(session, municipality, {one.sha256 for one in read})
    contents = {hash_: version_contents(text) for hash_, text in texts.items()}
    media = reading.media(session, municipality, {file for one in contents.values() for file in one.files})
    for at, one in enumerate(read):
        yield from _in_version(files, media, at, one, contents[one.sha256], words)


Media = dict[str, tuple[str, int]]


def _in_version(
    files: FileStore, media: Media, at: int, version: Searched, held: Contents, words: Sequence[str]
) -> Iterator[Hit]:
    names = {one.sha256: one.name for one in held.attachments}
    for file in held.files:
        kind, size = media.get(file, ("", 0))  # it may have been covered
        publicity, _ = held.secrecy_of(file)
        if not kind or size > LONGEST or not version.secrecy.allows(publicity, version.phase, version.output):
            continue
        if file == held.typed:
            yield from _in_rows(files, at, file, words)
        elif kind in READABLE or kind == WORD:
            found = _snippet(_of_document(files, file, kind), words)
            if found:
                yield Hit(at, found, attachment=names.get(file) if file != held.document else None)


def _of_document(files: FileStore, file: str, kind: str) -> tuple[str, ...]:
    known = _passages.get(file)
    if known is None:
        try:
            document = document_in(files, file, kind)
        except (Broken, NotValid):
            return ()
        known = tuple(_told(document)) if document else ()
        _passages.put(file, known)
    return known


def _told(document: Document) -> Iterator[str]:
    """What the document says, passage by passage."""
    for section in document.sections:
        if section.heading:
            yield section.heading
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield " ".join(block.text.split())
            elif isinstance(block, Items):
                yield from (item.text for item in block.items)
            else:
                yield from (" · ".join(filter(None, row)) for row in block.rows)


def _in_rows(files: FileStore, at: int, file: str, words: Sequence[str]) -> Iterator[Hit]:
    with files.open(file) as opened:
        content = opened.read()
    if not _holds(content.decode().casefold(), words):
        return
    output, count = read_output(content), 0
    for register in registers(type(output)):
        for row in getattr(output, register.name):
            told = [str(one) for one in row.__dict__.values() if isinstance(one, str) and one]
            found = _snippet([" · ".join(told)], words)
            if found and count < MOST_ROWS:
                count += 1
                yield Hit(at, found, row=f"{row.id} {row.name}".strip())


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _snippet(passages: Sequence[str], words: Sequence[str]) -> Snippet | None:
    """The passage that holds most of the words, where all of them are found in the passages together."""
    held = [(sum(word in passage.casefold() for word in words), passage) for passage in passages]
    if not held or not _holds("\n".join(passages).casefold(), words):
        return None
    most, passage = max(held, key=lambda one: one[0])
    first = next(word for word in words if not most or word in passage.casefold())
    return around(passage, first)


def around(text: str, word: str) -> Snippet:
    """The text around the word, cut between words."""
    found = re.search(re.escape(word), text, re.IGNORECASE)
    start, end = found.span() if found else (0, 0)
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + " …"
    return Snippet(before, text[start:end], after)
