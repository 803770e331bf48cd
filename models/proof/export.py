"""One process as one zip that can be read and verified without Etappi: definition, record, packages, versions, files.

The public edition leaves out all personal values, every file that is not public and what says how those are called, and
every event that tells which member of a group said or heard what: groups' stances stand in the packages. Hashes stand
for all of it, so it verifies all the same.
"""

import datetime as dt
import json
import re
import zipfile
from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from models.canonical import canonical, sha256
from models.errors import Broken, NotFound
from models.events import OutputsSubmitted, Recorded, Redacted
from models.proof.named import COMMITMENT
from models.proof.whole_zip import whole_zip
from models.record import Head, instant_text, read
from models.storage import store
from models.storage.database import Database, Session
from models.storage.drafts import Contents, version_contents
from models.storage.file_kinds import SUFFIXES
from models.storage.file_rows import files_named
from models.storage.files import FileStore
from models.storage.store import Scope
from models.words import Publicity

BODIES = "select body from event where process_id = :process order by seq"
TEXTS = {
    "packages": "select sha256, body from package where process_id = :process order by seq",
    "manifests": "select sha256, body from manifest where process_id = :process order by sha256",
}
VERSIONS = """
    select v.phase, v.output, v.version, v.publicity, t.sha256, t.body from output_version v
    join stored_text t on t.municipality_id = v.municipality_id and t.sha256 = v.sha256
    where v.process_id = :process order by v.phase, v.output, v.version"""
DEFINITION = """
    select d.sha256, d.source, d.canonical from process p
    join definition d on d.municipality_id = p.municipality_id and d.sha256 = p.definition
    where p.process_id = :process"""
NAMES = re.compile(r"[\w.-]+")
MEDIA = "select sha256, media from file where municipality_id = :municipality"
PERSONAL = "select commitment, salt, value from personal where municipality_id = :municipality"
KEEP_ANCHOR = """
    insert into anchor (municipality_id, process_id, seq, hash, place, at)
    select :municipality, :process, :seq, :hash, 'export', :at where not exists (
        select 1 from anchor where process_id = :process and seq = :seq and hash = :hash and place = 'export')"""

README = """# {process}

The preparation history of one process, exported from Etappi on {at} ({edition} edition). It is preparation
(valmistelua, ei päätös); decisions are those of the bodies, with their dates and sections.

- `record.jsonl`: every event, one canonical text a line. Each names the hash (SHA-256) of the line before it. The
  public edition has only the hash of an event that tells what one member of a group said.
- `definition.yaml`: the process definition it runs by, as it was written; `definition.json` is the text that its hash
  in the record is of.
- `packages/`, `manifests/`, `versions/`: canonical texts, each named by its hash.
- `files/`: documents and attachments, each named by its hash; `files.json` says what they are called.
- `personal.json`: names and people's own words, by the commitment that stands for them in the record.
- `verify_record.py`: checks all of it with Python alone: `python3 verify_record.py`

The record's anchor is `{anchor}`. Keep it apart from this file, and give it to the check:
`python3 verify_record.py {anchor}`. It proves that nothing has changed since the anchor was made, and nothing more. It
is no electronic signature.
"""


def export(
    database: Database,
    files: FileStore,
    municipality: str,
    process: str,
    place: Path,
    now: dt.datetime,
    *,
    public: bool = False,
) -> Path:
    """A zip of the process at `place` (or in it, if it is a folder); where it is.

    Its head is kept as an anchor, once: what it proves it proves since it first left.
    Raises NotFound, Refused where the file is there already, Broken where a stored file is missing, NoRoom.
    """
    edition = "public" if public else "full"
    if place.is_dir():
        place = place / f"{process}-{edition}.zip"
    with whole_zip(place) as archive:
        with database.reading() as session:
            scope, head, _ = store.find_process(session, municipality, process)
            _Edition(session, files, archive, scope, public=public).write(head, edition, now)
        with database.transaction() as session:
            anchor = {"municipality": municipality, "process": scope.id, "seq": head.sequence, "hash": head.hash}
            session.run(KEEP_ANCHOR, {**anchor, "at": instant_text(now)})
    return place


class _Edition:
    """One edition of one process, on its way into a zip."""

    def __init__(
        self, session: Session, files: FileStore, archive: zipfile.ZipFile, scope: Scope, *, public: bool
    ) -> None:
        self.session = session
        self.files = files
        self.archive = archive
        self.scope = scope
        self.public = public
        self.listed: dict[str, dict[str, Any]] = {}  # the files of this edition, by hash

    def write(self, head: Head, edition: str, now: dt.datetime) -> None:
        bodies = [row[0] for row in self._rows(BODIES)]
        definition = self.session.one(DEFINITION, {"process": self.scope.id})
        if definition is None:
            raise NotFound(what="process definition of", name=self.scope.key)
        about = {
            "process": self.scope.key,
            "municipality": self.scope.municipality,
            "edition": edition,
            "exported_at": instant_text(now),
            "events": head.sequence,
            "head": head.hash,
        }
        anchor = f"{self.scope.key}:{head.sequence}:{head.hash}"
        self._text(
            "README.md", README.format(process=self.scope.key, at=f"{now:%d.%m.%Y}", edition=edition, anchor=anchor)
        )
        self._json("about.json", about)
        self._text("record.jsonl", "".join(f"{line}\n" for line in self._lines(bodies)))
        self._text("definition.yaml", definition[1])
        self._text("definition.json", definition[2])
        self._text("verify_record.py", resources("config").joinpath("export/verify_record.py").read_text("utf-8"))
        for folder, statement in TEXTS.items():
            for sha, body in self._rows(statement):
                self._text(f"{folder}/{sha}.json", body)
        self._versions()
        self._files(bodies)
        self._personal(bodies)

    def _lines(self, bodies: list[str]) -> Iterator[str]:
        """The events of this edition; those that are not in it by their number and hash."""
        events = [read(body) for body in bodies]
        seats = {seat for one in events if isinstance(one.event, OutputsSubmitted) for seat in one.event.seats}
        for body, one in zip(bodies, events, strict=True):
            kept = not (self.public and _tells_of_members(one, body, seats))
            yield body if kept else canonical({"seq": one.sequence, "withheld": sha256(body)})

    def _rows(self, statement: str) -> list[Any]:
        return list(self.session.all(statement, {"process": self.scope.id}))

    def _text(self, name: str, text: str) -> None:
        self.archive.writestr(name, text.encode())

    def _json(self, name: str, value: Any) -> None:
        self._text(name, json.dumps(value, indent=1, ensure_ascii=False))

    # --- versions and files ---------------------------------------------------------------------------------------

    def _versions(self) -> None:
        written: set[str] = set()
        for phase, output, number, publicity, sha, body in self._rows(VERSIONS):
            contents = version_contents(body).as_it_is_now(Publicity(publicity))
            self._list(contents, {"phase": phase, "output": output, "version": number})
            if sha not in written and (not self.public or _is_public(contents)):
                self._text(f"versions/{sha}.json", body)
                written.add(sha)

    def _list(self, contents: Contents, of: dict[str, Any]) -> None:
        """The version's files that belong to this edition are to be written."""
        if self.public and contents.publicity is not Publicity.PUBLIC:
            return
        for own in filter(None, (contents.document, contents.typed)):
            self.listed.setdefault(own, {"sha256": own, "name": of["output"], **of})
        for attached in contents.attachments:
            if not self.public or attached.publicity is Publicity.PUBLIC:
                self.listed.setdefault(attached.sha256, {"sha256": attached.sha256, "name": attached.name, **of})

    def _files(self, bodies: list[str]) -> None:
        """The files of this edition with a list of them. A file that an event names itself has no publicity of its own:
        it is in the full edition."""
        covered: set[str] = set()
        for recorded in map(read, bodies):
            if isinstance(recorded.event, Redacted):
                covered |= set(recorded.event.files)
            for sha in () if self.public else files_named(recorded.event):
                self.listed.setdefault(sha, {"sha256": sha, "name": type(recorded.event).__name__})
        for sha in self.listed.keys() & covered:
            del self.listed[sha]
        kinds: dict[str, str] = dict(self.session.all(MEDIA, {"municipality": self.scope.municipality}))
        for sha, entry in self.listed.items():
            entry["media"] = kinds.get(sha)
            if "." not in entry["name"]:
                entry["name"] += SUFFIXES.get(kinds.get(sha, ""), "")
            try:
                self.archive.write(self.files.path(sha), f"files/{sha}")
            except FileNotFoundError as error:
                raise Broken(what=f"the stored file {sha} is missing; `etappi verify` tells more") from error
        self._json("files.json", list(self.listed.values()))

    # --- personal values ------------------------------------------------------------------------------------------

    def _personal(self, bodies: list[str]) -> None:
        kept: dict[str, tuple[str, str]] = {}
        if not self.public:
            named = {commitment for body in bodies for commitment in COMMITMENT.findall(body)}
            rows = self.session.all(PERSONAL, {"municipality": self.scope.municipality})
            kept = {row[0]: (row[1], row[2]) for row in rows if row[0] in named}
        self._json("personal.json", kept)


def _tells_of_members(recorded: Recorded, body: str, seats: set[str]) -> bool:
    """Whether the event was a member's act, or speaks of seats."""
    return recorded.by.seat is not None or not seats.isdisjoint(NAMES.findall(body))


def _is_public(contents: Contents) -> bool:
    """Whether all of a version is, so that even what its attachments are called may be told."""
    parts = (contents.publicity, *(attached.publicity for attached in contents.attachments))
    return all(part is Publicity.PUBLIC for part in parts)
