"""The keys that sign links: of the settings, or made once for the installation into its data folder.

Whoever has a key can make links, so the file is its owner's alone and no backup holds it. Machines that share a
database need the same key: set it (ETAPPI_LINK_KEY) on each of them.
"""

import os
import secrets
from pathlib import Path

from models.settings import Settings

FILE = "link-keys"  # one key on each line, the newest first


def link_keys(settings: Settings) -> tuple[str, ...]:
    """The keys, newest first; the first time, one is made. A lost key makes old links open nothing, and no more."""
    if settings.link_key:
        return tuple(settings.link_key.split())
    file = settings.data_dir.absolute() / FILE
    if not file.exists():
        _make(file)
    return tuple(file.read_text(encoding="ascii").split())


def _make(file: Path) -> None:
    """A file with a new key is there, whole, whoever else makes one at the same time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(32) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        os.link(beside, file)
    except FileExistsError:  # somebody else was quicker, and theirs stands
        pass
    finally:
        beside.unlink()
