"""Whether what lies beside the records is what they name: definitions, texts, files and personal values."""

import re
from pathlib import Path

from models.canonical import sha256
from models.errors import EtappiError
from models.personal import commitment_of
from models.proof.named import Named, Uses
from models.proof.verified import Verified
from models.proof.verify_process import compare
from models.storage.database import Session
from models.storage.file_kinds import SUFFIXES, media_of
from models.storage.file_rows import SOMEWHERE
from models.storage.files import FileStore

FILE_HASH = re.compile(r"[0-9a-f]{64}")

DEFINITIONS = (
    "select sha256, definition, version, canonical, source from definition where municipality_id = :municipality"
)
TEXTS = "select sha256, kind, body from stored_text where municipality_id = :municipality"
FILES = "select sha256, size, media from file where municipality_id = :municipality"
USES = """
    select sha256, used_in, process_id from file_use
    where municipality_id = :municipality and used_in not like 'making/%'"""
COVERING = """
    select 1 from outbox
    where municipality_id = :municipality and kind = 'cover' and state in ('owed', 'leased') limit 1"""
PERSONAL = """
    select commitment, salt, value, given_by, process_id from personal where municipality_id = :municipality"""


class Beside:
    """The check of what lies beside one municipality's records."""

    def __init__(self, session: Session, files: FileStore, told: Verified, municipality: str, named: Named) -> None:
        self.session, self.files, self.told, self.named = session, files, told, named
        self.of = {"municipality": municipality}

    def check(self) -> None:
        """Everything the records name is there and as it was named, and nothing else is."""
        self._definitions()
        self._texts()
        uses: Uses = {}
        try:
            uses = self.named.uses(self.session, self.of["municipality"])
        except (ValueError, KeyError, TypeError, EtappiError) as error:
            self.told.found("file_use", f"the files in use cannot be listed, a version or draft is unreadable: {error}")
        self._files(uses)
        self._personal()

    # --- texts ----------------------------------------------------------------------------------------------------

    def _definitions(self) -> None:
        missing = dict(self.named.definitions)
        for sha, id_, version, text, source in self.session.all(DEFINITIONS, self.of):
            place, loaded = f"definition {id_} {sha[:12]}", missing.pop(sha, None)
            if sha256(text) != sha:
                self.told.found(place, "its text is not the one that was hashed")
            elif loaded is None:
                if self.named.whole:
                    self.told.found(place, "no record names it")
            elif (id_, version, sha256(source)) != (loaded.definition, loaded.version, loaded.source):
                self.told.found(place, "its name, version or source is not the one that was taken into use")
        for sha, loaded in missing.items():
            self.told.found(f"definition {loaded.definition} {sha[:12]}", "it is missing")

    def _texts(self) -> None:
        missing = dict.fromkeys(self.named.versions, "version") | self.named.texts
        for sha, kind, body in self.session.all(TEXTS, self.of):
            place, named = f"stored text {sha[:12]}", missing.pop(sha, None)
            if sha256(body) != sha:
                self.told.found(place, f"the text of this {kind} is not the one that was hashed")
            elif self.named.whole and named != kind:
                self.told.found(place, f"no record names it as a {kind}")
        for sha, kind in missing.items():
            self.told.found(f"stored text {sha[:12]}", f"this {kind} is missing")

    # --- files ----------------------------------------------------------------------------------------------------

    def _files(self, uses: Uses) -> None:
        """The bytes of every file, the list of files, and where each is used, so that none in use is swept away."""
        covered = self.named.covered
        listed = {row[0]: (row[1], row[2]) for row in self.session.all(FILES, self.of)}
        stored = {(row[0], row[1]): row[2] for row in self.session.all(USES, self.of) if row[0] not in covered}
        if not self.named.whole:
            stored = {use: process for use, process in stored.items() if use in uses}
        compare(self.told, "file_use", uses, stored)
        used = {sha for sha, _ in uses}
        for sha in sorted(used - set(listed)):
            self.told.found(f"file {sha[:12]}", "the municipality's list of files lacks it")
        for sha in sorted(used | set(listed) | {sha for sha in covered if FILE_HASH.fullmatch(sha)}):
            self._file(sha, listed.get(sha))

    def _file(self, sha: str, row: tuple[int, str] | None) -> None:
        place = f"file {sha[:12]}"
        if not FILE_HASH.fullmatch(sha):
            self.told.found(place, "this is not the hash of a file")
        elif sha in self.named.covered:
            self.told.redacted += 1
            self.told.redacted_files += 1
            if row is not None:
                self.told.found(place, "it was redacted and is there, or there again; redact it")
            elif self.files.has(sha) and self.session.one(SOMEWHERE, {"sha256": sha}) is None:
                self._left_behind(place)
        elif not self.files.holds(sha):
            self.told.found(place, "it is missing, or its bytes are not those that were stored")
        elif row is not None and row != (self.files.path(sha).stat().st_size, _media(self.files.path(sha), row[1])):
            self.told.found(place, "it is not of the size and kind that the municipality's list of files says")
        else:
            self.told.files += 1

    def _left_behind(self, place: str) -> None:
        """A redacted file is on the disk, though no municipality has it: the courier takes it away if it is owed."""
        if self.session.one(COVERING, self.of) is None:
            self.told.found(place, "it was redacted and is there, or there again; redact it")
        else:
            self.told.leaving += 1

    # --- personal values ------------------------------------------------------------------------------------------

    def _personal(self) -> None:
        given = self.named.given
        kept = {row[0]: row[1:] for row in self.session.all(PERSONAL, self.of)}
        for commitment in sorted(set(given) | set(kept)):
            place = f"personal value {commitment[3:15]}"
            if commitment in self.named.covered:
                self.told.redacted += 1
                if commitment in kept:
                    self.told.found(place, "it was redacted and is still there")
            elif commitment not in kept:
                self.told.found(place, "it is missing, and no redaction names it")
            elif commitment not in given:
                if self.named.whole:
                    self.told.found(place, "no record names it")
            else:
                self._value(place, commitment, *kept[commitment])

    def _value(self, place: str, commitment: str, salt: str, value: str, by: str | None, process: int | None) -> None:
        self.told.personal += 1
        if commitment_of(salt, value) != commitment:
            self.told.found(place, "it is not the value that was committed to")
        elif self.named.whole and (by, process) != self.named.given[commitment]:
            self.told.found(place, "it was not given by that person in that process")


def _media(file: Path, claimed: str) -> str | None:
    """The kind of file by its contents; of a text, what it claims, if its contents allow it."""
    try:
        return media_of(file, f"file{SUFFIXES[claimed]}", made=True)
    except (EtappiError, KeyError):
        return None
