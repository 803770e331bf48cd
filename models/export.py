"""One process as one zip that can be read and verified without Etappi: definition, record, packages, versions, files.

The public edition leaves out files that are not public and all personal values; the record holds their hashes, so it
verifies all the same.
"""

import datetime as dt
import json
import zipfile
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from models import store
from models.database import Database, Session
from models.drafts import Contents, version_contents
from models.errors import NotFound, Refused
from models.files import FileStore
from models.named import COMMITMENT
from models.record import Head, instant_text
from models.store import Scope
from models.words import Publicity

BODIES = "select body from event where process_id = :process order by seq"
PACKAGES = "select sha256, body from package where process_id = :process"
MANIFESTS = "select sha256, body from manifest where process_id = :process"
VERSIONS = """
    select distinct t.sha256, t.body from output_version v
    join stored_text t on t.municipality_id = v.municipality_id and t.sha256 = v.sha256
    where v.process_id = :process order by t.sha256"""
DEFINITION = """
    select d.sha256, d.source from process p
    join definition d on d.municipality_id = p.municipality_id and d.sha256 = p.definition
    where p.process_id = :process"""
PERSONAL = "select commitment, salt, value from personal where municipality_id = :municipality"
KEEP_ANCHOR = """
    insert into anchor (municipality_id, process_id, seq, hash, place, at)
    values (:municipality, :process, :seq, :hash, 'export', :at)"""

README = """# {process}

The preparation history of one process, exported from Etappi on {at} ({edition} edition). It is preparation
(valmistelua, ei päätös); decisions are those of the bodies, with their dates and sections.

- `record.jsonl`: every event, one canonical text a line. Each names the hash (SHA-256) of the line before it.
- `definition.yaml`: the process definition it runs by, {definition}.
- `packages/`, `manifests/`, `versions/`: canonical texts, each named by its hash.
- `files/`: documents and attachments, each named by its hash; `versions/` say what they are called.
- `personal.json`: names and people's own words, by the commitment that stands for them in the record.
- `verify_record.py`: checks all of it with Python alone: `python3 verify_record.py`

The record's anchor is `{anchor}`. Keep it apart from this file: the check proves that nothing has changed since the
anchor was made, and nothing more. It is no electronic signature.
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
    """A zip of the process at `place` (or in it, if it is a folder); where it is. Its head is kept as an anchor.

    Raises NotFound, and Refused where the file is there already.
    """
    edition = "public" if public else "full"
    if place.is_dir():
        place = place / f"{process}-{edition}.zip"
    if place.exists():
        raise Refused("{place} is there already; name another file.", place=place)
    beside = place.with_name(place.name + ".part")
    try:
        with database.reading() as session, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            scope, head, _ = store.find_process(session, municipality, process)
            _Edition(session, files, archive, scope, public=public).write(head, edition, now)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
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

    def write(self, head: Head, edition: str, now: dt.datetime) -> None:
        bodies = [row[0] for row in self._rows(BODIES)]
        definition = self.session.one(DEFINITION, {"process": self.scope.id})
        if definition is None:
            raise NotFound(what="process definition of", name=self.scope.key)
        anchor = f"{self.scope.key}:{head.sequence}:{head.hash}"
        about = {
            "process": self.scope.key,
            "municipality": self.scope.municipality,
            "edition": edition,
            "exported_at": instant_text(now),
            "events": head.sequence,
            "head": head.hash,
            "definition": definition[0],
        }
        named = {"process": self.scope.key, "at": f"{now:%d.%m.%Y}", "edition": edition}
        self._text("README.md", README.format(**named, definition=definition[0], anchor=anchor))
        self._text("about.json", json.dumps(about, indent=1, ensure_ascii=False))
        self._text("record.jsonl", "\n".join(bodies) + "\n")
        self._text("definition.yaml", definition[1])
        self._text("verify_record.py", resources("config").joinpath("export/verify_record.py").read_text("utf-8"))
        for folder, statement in (("packages", PACKAGES), ("manifests", MANIFESTS)):
            for sha, body in self._rows(statement):
                self._text(f"{folder}/{sha}.json", body)
        self._versions()
        self._personal(bodies)

    def _rows(self, statement: str) -> list[Any]:
        return list(self.session.all(statement, {"process": self.scope.id}))

    def _text(self, name: str, text: str) -> None:
        self.archive.writestr(name, text.encode())

    def _versions(self) -> None:
        wanted: set[str] = set()
        for sha, body in self._rows(VERSIONS):
            self._text(f"versions/{sha}.json", body)
            wanted |= set(self._open_files(version_contents(body)))
        for sha in sorted(wanted):
            if self.files.has(sha):
                self.archive.write(self.files.path(sha), f"files/{sha}")

    def _open_files(self, contents: Contents) -> list[str]:
        """The files that belong to this edition."""
        if not self.public:
            return list(contents.files)
        attached = [a.sha256 for a in contents.attachments if a.publicity is Publicity.PUBLIC]
        return [contents.document, *attached] if contents.publicity is Publicity.PUBLIC else []

    def _personal(self, bodies: list[str]) -> None:
        kept: dict[str, tuple[str, str]] = {}
        if not self.public:
            named = {commitment for body in bodies for commitment in COMMITMENT.findall(body)}
            rows = self.session.all(PERSONAL, {"municipality": self.scope.municipality})
            kept = {row[0]: (row[1], row[2]) for row in rows if row[0] in named}
        self._text("personal.json", json.dumps(kept, indent=1, ensure_ascii=False))
