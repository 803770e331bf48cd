"""Takes away what has been covered: the stored files, and their copies in the folders of the archive.

The record and the database have it no more since the act itself; this is what is left on the disk. It may be done any
number of times. A folder of the archive stays whole: its list of contents says first that a file has been covered.
"""

import json
import os
from collections.abc import Collection
from pathlib import Path

from models.events import Redacted
from models.outgoing import outbox
from models.outgoing.outbox import Leased
from models.record import read
from models.storage.file_rows import remove_unheld
from tasks.installation import Installation

CONTENTS = "contents.json"

EVENT = "select body from event where process_id = :process and seq = :sequence"


def take_away(there: Installation, one: Leased) -> None:
    """The files that a redaction names are nowhere on the disk, and the effect is done."""
    with there.database.reading() as session:
        row = session.one(EVENT, {"process": one.process_id, "sequence": one.payload["sequence"]})
    assert row is not None, "an effect is owed by an event"
    event = read(row[0]).event
    assert isinstance(event, Redacted), "only a redaction owes this"
    remove_unheld(there.database, there.files, event.files)
    for folder in (there.folder / "archive" / one.municipality).glob("*/*"):
        cover_in(folder, event.files)
    with there.database.transaction() as session:
        outbox.done(session, one.id)


def cover_in(folder: Path, hashes: Collection[str]) -> int:
    """None of the files is in the archive's folder any more, and its contents say so; how many there were."""
    contents = folder / CONTENTS
    if not contents.is_file():
        return 0
    listed = json.loads(contents.read_text("utf-8"))
    mine = [entry for entry in listed if entry["sha256"] in hashes]
    if not all(entry.get("covered") for entry in mine):
        for entry in mine:
            entry["covered"] = True
        write_whole(contents, (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode())
    for entry in mine:
        (folder / entry["file"]).unlink(missing_ok=True)
    return len(mine)


def write_whole(file: Path, content: bytes) -> None:
    """The file has the content, and never half of it."""
    beside = file.with_name(f".{file.name}")
    with beside.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)
