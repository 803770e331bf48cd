"""Takes away what has been covered: the stored files, and their copies in the folders of the archive.

The record and the database have it no more since the act itself; this is what is left on the disk. It may be done any
number of times. A folder of the archive stays whole: its list of contents says first that a file has been covered.
"""

import json
import os
import shutil
from collections.abc import Collection
from pathlib import Path

from models.storage.database import Database
from models.storage.file_rows import remove_unheld
from models.storage.files import FileStore

CONTENTS = "contents.json"


def take_away(
    database: Database, files: FileStore, archive: Path | None, municipality: str, hashes: Collection[str]
) -> None:
    """The files are nowhere on the disk any more, and what was deleted is in none of the database's own files."""
    remove_unheld(database, files, hashes)
    if archive is not None:
        for folder in (archive / municipality).glob("*/*"):
            if folder.name.startswith("."):  # on its way into the archive, or left behind: it is copied once more
                shutil.rmtree(folder, ignore_errors=True)
            else:
                cover_in(folder, hashes)
    database.scrub()


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
