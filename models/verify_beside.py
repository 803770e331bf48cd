"""Whether what lies beside the records is what they name: definitions, texts, files and personal values."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.canonical import sha256
from models.database import Session
from models.drafts import version_contents
from models.errors import EtappiError
from models.events import OutputRevised, OutputsSubmitted, Recorded, Redacted
from models.file_kinds import SUFFIXES, media_of
from models.file_rows import files_named
from models.files import FileStore
from models.municipality_events import CalendarSet, DefinitionLoaded
from models.personal import commitment_of
from models.store import Scope
from models.verified import Verified
from models.verify_process import compare

COMMITMENT = re.compile(r"c1:[0-9a-f]{64}")
FILE_HASH = re.compile(r"[0-9a-f]{64}")

DEFINITIONS = (
    "select sha256, definition, version, canonical, source from definition where municipality_id = :municipality"
)
TEXTS = "select sha256, kind, body from stored_text where municipality_id = :municipality"
FILES = "select sha256, size, media from file where municipality_id = :municipality"
USES = "select sha256, used_in, process_id from file_use where municipality_id = :municipality"
DRAFTS = """
    select head.key, draft.phase, draft.output, draft.document, draft.attachments, draft.process_id
    from draft join process_head head on head.id = draft.process_id where draft.municipality_id = :municipality"""
PERSONAL = """
    select commitment, salt, value, given_by, process_id from personal where municipality_id = :municipality"""

Use = tuple[str, str, int | None]
"""A file, where it is used, and in which process."""


@dataclass(slots=True)
class Named:
    """What the records of one municipality name."""

    whole: bool = True  # no record is broken; else some of what it names is not here
    given: dict[str, tuple[str, int | None]] = field(default_factory=dict)  # commitment -> by whom, in which process
    covered: set[str] = field(default_factory=set)  # commitments and files that a redaction names
    texts: dict[str, str] = field(default_factory=dict)  # hash -> kind
    versions: dict[str, set[Scope]] = field(default_factory=dict)  # hash -> the processes it is a version in
    definitions: dict[str, DefinitionLoaded] = field(default_factory=dict)  # by hash
    uses: set[Use] = field(default_factory=set)

    def add(self, body: str, recorded: Recorded, scope: Scope | None) -> None:
        """What one event names."""
        event, process = recorded.event, scope.id if scope else None
        for commitment in COMMITMENT.findall(body):
            self.given.setdefault(commitment, (recorded.by.person, process))
        if isinstance(event, Redacted):
            self.covered |= {*event.commitments, *event.files}
        elif isinstance(event, DefinitionLoaded):
            self.definitions[event.hash] = event
        elif isinstance(event, CalendarSet):
            self.texts[event.hash] = "calendar"
        elif isinstance(event, (OutputsSubmitted, OutputRevised)) and scope:
            versions = event.versions.values() if isinstance(event, OutputsSubmitted) else (event.version,)
            for version in versions:
                self.versions.setdefault(version.sha256, set()).add(scope)
                self.texts[version.sha256] = "version"
        elif scope:
            place = f"record/{scope.key}/{recorded.sequence}"
            self.uses |= {(file, place, process) for file in files_named(event)}


class Beside:
    """The check of what lies beside one municipality's records."""

    def __init__(self, session: Session, files: FileStore, told: Verified, municipality: str, named: Named) -> None:
        self.session, self.files, self.told, self.named = session, files, told, named
        self.of = {"municipality": municipality}

    def check(self) -> None:
        """Everything the records name is there and as it was named, and nothing else is."""
        self._definitions()
        self._texts()
        self._draft_uses()
        rows = {row[0]: (row[1], row[2]) for row in self.session.all(FILES, self.of)}
        self._uses(rows)
        for sha in sorted({sha for sha, *_ in self.named.uses} | set(rows)):
            self._file(sha, rows.get(sha))
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
        missing = dict(self.named.texts)
        for sha, kind, body in self.session.all(TEXTS, self.of):
            place = f"stored text {sha[:12]}"
            if sha256(body) != sha:
                self.told.found(place, f"the text of this {kind} is not the one that was hashed")
            elif self.named.whole and missing.get(sha) != kind:
                self.told.found(place, f"no record names it as a {kind}")
            elif sha in self.named.versions:
                held = version_contents(body).files
                places = [(f"version/{scope.key}/{sha}", scope.id) for scope in self.named.versions[sha]]
                self.named.uses |= {(file, *place) for file in held for place in places}
            missing.pop(sha, None)
        for sha, kind in missing.items():
            self.told.found(f"stored text {sha[:12]}", f"this {kind} is missing")

    # --- files ----------------------------------------------------------------------------------------------------

    def _draft_uses(self) -> None:
        for key, phase, output, document, attachments, process in self.session.all(DRAFTS, self.of):
            place = f"draft/{key}/{phase}/{output}"
            try:
                held = {document, *(attachment["sha256"] for attachment in json.loads(attachments))}
            except (ValueError, TypeError, KeyError):
                self.told.found(place, "the list of its attachments cannot be read")
                continue
            self.named.uses |= {(file, place, process) for file in held}

    def _uses(self, rows: dict[str, Any]) -> None:
        """Where files are used, so that none in use is swept away. What was redacted is used nowhere."""
        covered = self.named.covered
        expected = {use[:2]: use[2] for use in self.named.uses if use[0] not in covered}
        stored = {(row[0], row[1]): row[2] for row in self.session.all(USES, self.of) if row[0] not in covered}
        if not self.named.whole:
            stored = {use: process for use, process in stored.items() if use in expected}
        compare(self.told, "file_use", expected, stored)
        for sha in sorted({sha for sha, _ in expected} - set(rows)):
            self.told.found(f"file {sha[:12]}", "the municipality's list of files lacks it")

    def _file(self, sha: str, row: tuple[int, str] | None) -> None:
        place = f"file {sha[:12]}"
        if not FILE_HASH.fullmatch(sha):
            self.told.found(place, "this is not the hash of a file")
            return
        if sha in self.named.covered:
            self.told.redacted += 1
            self.told.redacted_files += 1
            if row is not None or self.files.has(sha):
                self.told.found(place, "it was redacted and is there, or is there again; redact it")
            return
        self.told.files += 1
        if not self.files.holds(sha):
            self.told.found(place, "it is missing, or its bytes are not those that were stored")
        elif row is not None and row != (self.files.path(sha).stat().st_size, _media(self.files.path(sha), row[1])):
            self.told.found(place, "it is not of the size and kind that the municipality's list of files says")

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
        return media_of(file, f"file{SUFFIXES[claimed]}")
    except (EtappiError, KeyError):
        return None
