"""What the records of one municipality name that is kept beside them: texts, files and personal values."""

import json
import re
from dataclasses import dataclass, field

from models.events import OutputRevised, OutputsSubmitted, Recorded, Redacted
from models.municipality.events import AppearanceSet, CalendarSet, DefinitionLoaded
from models.storage.database import Session
from models.storage.drafts import version_contents
from models.storage.file_rows import files_named
from models.storage.store import Scope

COMMITMENT = re.compile(r"c1:[0-9a-f]{64}")

VERSIONS = "select sha256, body from stored_text where municipality_id = :municipality and kind = 'version'"
DRAFTS = """
    select head.key, draft.phase, draft.output, draft.document, draft.attachments, draft.typed,
        draft.process_id
    from draft join process_head head on head.id = draft.process_id
    where draft.municipality_id = :municipality"""
DRAFTS_BEFORE = DRAFTS.replace("from draft", "from draft_before draft")
HOLDING = (DRAFTS, DRAFTS_BEFORE)

Uses = dict[tuple[str, str], int | None]
"""By file and where it is used: in which process."""


@dataclass(slots=True)
class Named:
    """What is named, gathered event by event."""

    whole: bool = True  # no record is broken; else some of what it names is not here
    given: dict[str, tuple[str, int | None]] = field(default_factory=dict)  # commitment -> by whom, in which process
    covered: set[str] = field(default_factory=set)  # commitments and files that a redaction names
    definitions: dict[str, DefinitionLoaded] = field(default_factory=dict)  # by hash
    texts: dict[str, str] = field(default_factory=dict)  # hash -> what the municipality took into use: a calendar, …
    versions: dict[str, set[Scope]] = field(default_factory=dict)  # hash -> the processes it is a version in
    files: Uses = field(default_factory=dict)  # files that events name themselves

    def add(self, body: str, recorded: Recorded, scope: Scope | None) -> None:
        """What one event names."""
        event, process = recorded.event, scope.id if scope else None
        for commitment in COMMITMENT.findall(body):
            self.given.setdefault(commitment, (recorded.by.person, process))
        if isinstance(event, Redacted):
            self.covered |= {*event.commitments, *event.files}
        elif isinstance(event, DefinitionLoaded):
            self.definitions[event.hash] = event
        elif isinstance(event, (CalendarSet, AppearanceSet)):
            self.texts[event.hash] = "calendar" if isinstance(event, CalendarSet) else "appearance"
        elif isinstance(event, (OutputsSubmitted, OutputRevised)) and scope:
            for version in event.versions.values() if isinstance(event, OutputsSubmitted) else (event.version,):
                self.versions.setdefault(version.sha256, set()).add(scope)
        elif scope:
            place = f"record/{scope.key}/{recorded.sequence}"
            self.files |= dict.fromkeys(((file, place) for file in files_named(event)), process)

    def uses(self, session: Session, municipality: str) -> Uses:
        """Every file the municipality uses: in records, versions and drafts. What was redacted is used nowhere.

        Raises ValueError, KeyError or TypeError for a stored text that cannot be read.
        """
        found = dict(self.files)
        for sha, body in session.all(VERSIONS, {"municipality": municipality}):
            files = version_contents(body).files if sha in self.versions else ()
            for scope in self.versions.get(sha, ()):
                found |= dict.fromkeys(((file, f"version/{scope.key}/{sha}") for file in files), scope.id)
        drafts = (row for sql in HOLDING for row in session.all(sql, {"municipality": municipality}))
        for key, phase, output, document, attachments, typed, process in drafts:
            attached = (attachment["sha256"] for attachment in json.loads(attachments))
            files = (document, *attached, *((typed,) if typed else ()))
            found |= dict.fromkeys(((file, f"draft/{key}/{phase}/{output}") for file in files), process)
        return {use: process for use, process in found.items() if use[0] not in self.covered}
