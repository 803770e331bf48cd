"""The stored files: each under the hash of its contents, whole or not at all, never changed.

A file is written beside its place, flushed to the disk and moved there in one step. What it is called is kept where it
is used. In the scaled mode the folder is shared by all machines (`probe` tells whether it will do).
"""

import datetime as dt
import errno
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.errors import Broken, NoRoom, NotValid
from models.storage.file_kinds import clean_name, media_of

CHUNK = 1 << 20
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
LEFT_BEHIND = 24 * 3600  # seconds after which an unfinished file is nobody's


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was taken in: its name is the giver's, cleaned."""

    sha256: str
    size: int
    media: str
    name: str


class FileStore:
    """The folder of stored files."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self.limit = limit  # bytes

    def save(self, content: BinaryIO, name: str, *, made: bool = False) -> StoredFile:
        """The content is on the disk under its hash; if it was there already, that one is kept.

        Raises NotValid for an empty file, one over the limit, or one of a kind that is not taken in; NoRoom when the
        disk is full. Then nothing is left behind.
        """
        with self._beside() as beside:
            digest, size = self._copied(content, beside, name)
            media = media_of(beside, name, made=made)
            place = self.path(digest)
            if place.exists():
                os.utime(place)
            else:
                beside.chmod(0o440)
                _make(place.parent)
                beside.replace(place)
                _flush_folder(place.parent)
        return StoredFile(sha256=digest, size=size, media=media, name=clean_name(name, media))

    def open(self, sha256: str) -> BinaryIO:
        """The file, for reading. Raises Broken where it is missing."""
        try:
            return self.path(sha256).open("rb")
        except FileNotFoundError:
            raise Broken(what=f"the stored file {sha256} is missing") from None

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""
        return self.path(sha256).is_file()

    def holds(self, sha256: str) -> bool:
        """Whether the file is there and its bytes are those it was stored with."""
        if not self.has(sha256):
            return False
        with self.path(sha256).open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == sha256

    def remove(self, sha256: str) -> None:
        """The file is not there any more."""
        self.path(sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the file of that hash is or would be. Raises NotValid for what is no hash."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise NotValid("{name} is not the hash of a file.", name=repr(sha256))
        return self.folder / sha256[:2] / sha256

    def probe(self) -> None:
        """Nothing, where files can be written, moved and read here. Raises NoRoom, or Broken with what is wrong."""
        try:
            with self._beside() as beside:
                beside.write_bytes(b"probe")
                moved = beside.with_suffix(".moved")
                beside.replace(moved)
                moved.unlink()
        except OSError as error:
            raise Broken(
                "The folder of files {folder} cannot be used: {why}.", folder=self.folder, why=error
            ) from error

    def tidy(self, now: dt.datetime) -> int:
        """What was begun long ago and never finished is gone; how many files and folders.

        The disk knows the machine's time only: an installation whose clock is ahead of it makes no file older.
        """
        at = min(now.timestamp(), time.time())
        old = [file for file in self.incoming.glob("*") if at - file.stat().st_mtime > LEFT_BEHIND]
        for left in old:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)  # a backup that was being put back
            else:
                left.unlink(missing_ok=True)
        return len(old)

    def stored(self, before: dt.datetime | None = None) -> set[str]:
        """The hashes of the files that are there; of those taken in before the instant, where one is named."""
        places = (file for file in self.folder.glob("??/*"))
        return {file.name for file in places if before is None or file.stat().st_mtime < before.timestamp()}

    @property
    def incoming(self) -> Path:
        """Where files are written before they have their place."""
        return self.folder / "incoming"

    def _copied(self, content: BinaryIO, beside: Path, name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with beside.open("xb") as opened:
            while chunk := content.read(CHUNK):
                size += len(chunk)
                if size > self.limit:
                    largest = f"{self.limit / 1_000_000:g}"
                    raise NotValid("The file {name} is larger than {mb} MB.", name=clean_name(name), mb=largest)
                digest.update(chunk)
                opened.write(chunk)
            opened.flush()
            os.fsync(opened.fileno())
        if size == 0:
            raise NotValid("The file {name} is empty.", name=clean_name(name))
        return digest.hexdigest(), size

    @contextmanager
    def _beside(self) -> Iterator[Path]:
        """A file of nobody else's beside the others; what is left of it at the end is removed."""
        beside = self.incoming / uuid.uuid4().hex
        try:
            _make(self.incoming)
            yield beside
        except OSError as error:
            if error.errno in FULL:
                raise NoRoom(where=str(self.folder)) from error
            raise
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _make(folder: Path) -> None:
    """The folder is there, also after a power cut."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
