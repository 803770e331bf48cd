"""Finds words in what outputs hold: in their documents, in what is attached to them, and in their rows.

Whoever asks says which versions may be read; of each of its files it is asked again. A search reads so many versions,
the first of those given, and no file that is very large; so it costs little however much there is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.days.formats import Language
from models.papers.shortening import one_line, shortened
from models.secrecy import Secrecy
from models.storage import reading, stored_texts
from models.storage.database import Session
from models.storage.drafts import Contents, version_contents
from models.storage.files import FileStore
from models.storage.searched_texts import BETWEEN, RowText, Text, document_text, row_texts, text_of
from models.storage.typed import READABLE, WORD

MOST_VERSIONS = 300
LONGEST = 1_000_000  # bytes of a file that is read
MOST_ROWS = 5  # of one output
AROUND = 90  # letters shown before and after what was found
NAME = 120.0  # letters shown of what a row is called


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


class FoundRow(NamedTuple):
    """A row in which words were found: its table, and what it is called."""

    register: str
    called: str


class Hit(NamedTuple):
    """Where words were found in a version: in its document, in a file attached to it, or in a row."""

    at: int  # which of the versions given
    snippet: Snippet | None  # None: in what the row is called
    attachment: str | None = None  # its name
    row: FoundRow | None = None


def hits(
    session: Session,
    files: FileStore,
    municipality: str,
    versions: Sequence[Searched],
    words: Sequence[str],
    language: Language,
) -> Iterator[Hit]:
    """Where all the words, in small letters, are found in the first of the versions; read with two statements."""
    read = versions[:MOST_VERSIONS]
    texts = stored_texts.texts(session, municipality, {one.sha256 for one in read})
    contents = {hash_: version_contents(text) for hash_, text in texts.items()}
    media = reading.media(session, municipality, {file for one in contents.values() for file in one.files})
    looking = _Looking(files, media, words, language)
    for at, one in enumerate(read):
        yield from looking.in_version(at, one, contents[one.sha256])


class _Looking(NamedTuple):
    """One search through stored files."""

    files: FileStore
    media: dict[str, tuple[str, int]]  # of what kind each is, and its bytes
    words: Sequence[str]
    language: Language

    def in_version(self, at: int, version: Searched, held: Contents) -> Iterator[Hit]:
        names = {one.sha256: one.name for one in held.attachments}
        readable = [file for file in held.files if self._may_read(file, version, held)]
        rows = self._rows(held.typed) if held.typed in readable else []
        for file in readable:
            kind = self.media[file][0]
            if file == held.typed:
                yield from (self._of_row(at, one) for one in rows[:MOST_ROWS])
            elif kind in READABLE or kind == WORD:
                is_document = file == held.document
                text = document_text(self.files, file, kind)
                found = snippet(_without(text, rows) if is_document else text, self.words)
                if found:
                    yield Hit(at, found, attachment=None if is_document else names.get(file))

    def _may_read(self, file: str, version: Searched, held: Contents) -> bool:
        kind, size = self.media.get(file, ("", 0))  # it may have been covered
        publicity, _ = held.secrecy_of(file)
        return bool(kind) and size <= LONGEST and version.secrecy.allows(publicity, version.phase, version.output)

    def _rows(self, file: str) -> list[RowText]:
        return [one for one in row_texts(self.files, file, self.language) if one.text.holds(self.words)]

    def _of_row(self, at: int, one: RowText) -> Hit:
        found = None
        place = _best(one.text, self.words)
        if place:
            found = around(one.text.passages[place], _first(one.text.folded[place], self.words))
            found = found._replace(before=f"{one.labels[place]}: {found.before}")
        return Hit(at, found, row=FoundRow(one.register, shortened(one.text.passages[0], NAME)[0]))


def _without(text: Text, rows: Sequence[RowText]) -> Text:
    """The text without what its tables have of these rows: each is shown once."""
    names = [one_line(one.row.name) for one in rows if one.row.name]
    left = [p for p in text.passages if BETWEEN not in p or not any(name in p for name in names)]
    return text_of(left) if len(left) < len(text.passages) else text


def snippet(text: Text, words: Sequence[str]) -> Snippet | None:
    """The passage that holds most of the words, where all of them are found in the passages together."""
    if not text.holds(words):
        return None
    place = _best(text, words)
    return around(text.passages[place], _first(text.folded[place], words))


def _best(text: Text, words: Sequence[str]) -> int:
    """The passage that holds most of the words, the first of equals."""
    counts = [sum(word in passage for word in words) for passage in text.folded]
    return counts.index(max(counts))


def _first(passage: str, words: Sequence[str]) -> str:
    return next(word for word in words if word in passage)


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
