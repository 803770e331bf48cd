"""A zip that is there whole or not at all: written beside its place, flushed to the disk, moved there in one step."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import NoRoom, Refused
from models.storage.files import FULL


@contextmanager
def whole_zip(place: Path) -> Iterator[zipfile.ZipFile]:
    """A zip to be written, which is at the place afterwards; after an error nothing is.

    Raises Refused where something is there already or the folder is not, NoRoom.
    """
    if place.exists():
        raise Refused("{place} is there already; name another file.", place=place)
    if not place.parent.is_dir():
        raise Refused("There is no folder {folder}; make it, or name another one.", folder=place.parent)
    beside = place.with_name(place.name + ".part")
    try:
        with beside.open("wb") as opened:
            with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
                yield archive
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(place)
    except PermissionError as error:
        raise Refused("{place} cannot be used: {why}.", place=error.filename or place, why=error.strerror) from error
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom(where=str(place.parent)) from error
        raise
    finally:
        beside.unlink(missing_ok=True)
