"""Carries out a handover: the locked package, verified byte for byte, stands with all its files in the archive folder.

    archive/<municipality>/<process>/<phase>-<the tarkiste's beginning>/
        package.json, manifest.json     the canonical texts, as they were hashed
        versions/<output>.json          what each output's version consists of
        outputs/<output>/…              its document and attachments
        contents.json                   every file with its SHA-256; what has been covered since says so

A folder stands there whole or not at all, and is never changed but by a redaction (`covering.py`).
"""

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from prefect import task
from prefect.cache_policies import NO_CACHE

from models.canonical import sha256
from models.errors import Broken, NoRoom
from models.storage import store, stored_texts
from models.storage.covered_files import CONTENTS, cover_in
from models.storage.database import Session
from models.storage.drafts import Contents, version_contents
from models.storage.file_kinds import SUFFIXES, clean_name
from models.storage.files import FULL, FileStore
from tasks.effect import Effect, carried_out, is_done
from tasks.installation import here
from tasks.threads import to_its_end

PACKAGE = "select body from package where process_id = :process and sha256 = :sha256"
MANIFEST = "select body from manifest where process_id = :process and sha256 = :sha256"
MEDIA = "select media from file where municipality_id = :municipality and sha256 = :sha256"


class Copied(NamedTuple):
    """A stored file and where it goes in the folder; without a media type it has been covered."""

    place: str
    sha256: str
    media: str | None


class Handover(NamedTuple):
    """Everything a handover's folder holds."""

    folder: Path  # in the archive
    texts: dict[str, str]
    files: tuple[Copied, ...]


@task(name="hand-over", cache_policy=NO_CACHE, persist_result=False)
async def hand_over(row: int, key: str, municipality: str, process: str, package: str) -> dict[str, int]:
    """The handover's folder is in the archive; how many outputs and files it holds, and how many have been covered."""
    return await to_its_end(_hand_over, Effect(row, key), municipality, process, package)


def _hand_over(effect: Effect, municipality: str, process: str, package: str) -> dict[str, int]:
    if is_done(effect):
        return {}
    with carried_out(effect):
        with here().database.reading() as session:
            handover = gathered(session, municipality, process, package)
        place = here().archive / handover.folder
        _clear_beside(place)
        if not place.exists():
            put_in_archive(handover, place, here().files)
        with here().database.reading() as session:  # what was covered while it was copied
            handover = gathered(session, municipality, process, package)
        covered = cover_in(place, {copied.sha256 for copied in handover.files if copied.media is None})
        return {
            "outputs": sum(name.startswith("versions/") for name in handover.texts),
            "files": len(handover.files) - covered,
            "covered": covered,
        }
    return {}


def gathered(session: Session, municipality: str, process: str, package: str) -> Handover:
    """What the handover holds. Raises Broken where a stored text is not the one that was hashed."""
    scope, _, _ = store.find_process(session, municipality, process)
    body = _text(session, PACKAGE, scope.id, package)
    told = json.loads(body)
    texts = {"package.json": body, "manifest.json": _text(session, MANIFEST, scope.id, told["manifest"])}
    files: list[Copied] = []
    for output, version in told["versions"].items():
        text = stored_texts.text(session, municipality, version["sha256"])
        texts[f"versions/{output}.json"] = text
        files += _files(session, municipality, output, version["no"], version_contents(text))
    name = f"{told['phase']}-{package[:12]}"
    return Handover(Path(municipality, process, name), texts, tuple(files))


def _text(session: Session, sql: str, process: int, hash_: str) -> str:
    row = session.one(sql, {"process": process, "sha256": hash_})
    if row is None or sha256(row[0]) != hash_:
        raise Broken(what=f"the stored text {hash_} is not the one that was locked")
    return str(row[0])


def _files(session: Session, municipality: str, output: str, no: int, contents: Contents) -> Iterator[Copied]:
    def media(hash_: str) -> str | None:
        row = session.one(MEDIA, {"municipality": municipality, "sha256": hash_})
        return str(row[0]) if row else None

    kind = media(contents.document)
    yield Copied(f"outputs/{output}/{output}-{no}{SUFFIXES.get(kind or '', '')}", contents.document, kind)
    if contents.typed:
        yield Copied(f"outputs/{output}/{output}-{no}.typed.json", contents.typed, media(contents.typed))
    for number, attachment in enumerate(contents.attachments, 1):
        name = clean_name(attachment.name)
        yield Copied(f"outputs/{output}/{number}-{name}", attachment.sha256, media(attachment.sha256))


def put_in_archive(handover: Handover, place: Path, files: FileStore) -> None:
    """The folder stands in its place, whole. Raises Broken where a file is missing or changed, NoRoom."""
    beside = place.parent / f".{place.name}-{uuid.uuid4().hex}"
    try:
        for name, text in handover.texts.items():
            _write(beside / name, text.encode())
        for copied in handover.files:
            if copied.media is not None:
                _copy(files, copied.sha256, beside / copied.place)
        _write(beside / CONTENTS, _listed(handover).encode())
        _flush(beside)
        try:
            beside.rename(place)
        except OSError:
            if not place.exists():  # another attempt may have been faster
                raise
        _flush(place.parent)
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom(where=str(place.parent)) from error
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _clear_beside(place: Path) -> None:
    """Nothing lies beside the place of an attempt that died half-way; one still alive fails, and is not missed."""
    for left in place.parent.glob(f".{place.name}-*"):
        shutil.rmtree(left, ignore_errors=True)


def _listed(handover: Handover) -> str:
    listed: list[dict[str, Any]] = [
        {"file": name, "sha256": sha256(text)} for name, text in sorted(handover.texts.items())
    ]
    for copied in handover.files:
        one: dict[str, Any] = {"file": copied.place, "sha256": copied.sha256}
        listed.append(one if copied.media is not None else one | {"covered": True})
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _copy(files: FileStore, hash_: str, to: Path) -> None:
    if not files.holds(hash_):
        raise Broken(what=f"the stored file {hash_} is missing or is not the one that was locked")
    with files.open(hash_) as content:
        _write(to, content.read())


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _flush(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
