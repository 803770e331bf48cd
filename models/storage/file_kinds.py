"""What kinds of files are taken in, known by their contents and not by what their name claims; and clean names.

Documents with macros are refused: nobody needs them here, and somebody opens them later.
"""

import re
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

from models.errors import NotValid

PLAIN = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
}
MADE = {".html": "text/html"}
"""What Etappi makes itself and takes in from nobody: a page that somebody else wrote could do things when opened."""
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
ODT = "application/vnd.oasis.opendocument.text"
BEGINNINGS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
SUFFIXES = {
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/pdf": ".pdf",
    **dict(zip(OFFICE.values(), (".docx", ".xlsx", ".pptx"), strict=True)),
    ODT: ".odt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/html": ".html",
}
"""Every kind that is stored, and the ending its name gets."""

ENDINGS = {suffix: media for media, suffix in SUFFIXES.items()} | PLAIN | {".jpeg": "image/jpeg"}

LONGEST_NAME = 150  # characters
WITHOUT_A_PLACE = re.compile(r'[<>:"|?*]')  # what some file systems cannot write
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

_REFUSAL = (
    "The file {name} is not of a kind that is taken in. Save it as Markdown, text, CSV, PDF, Word (docx), "
    "Excel (xlsx), PowerPoint (pptx), OpenDocument text (odt), PNG or JPEG."
)


def media_of(file: Path, name: str, *, made: bool = False) -> str:
    """The media type of a file, from its contents; a text's from the ending of its name. Raises NotValid for others.

    `made` are files that Etappi has made itself.
    """
    with file.open("rb") as opened:
        start = opened.read(8)
    for beginning, media in BEGINNINGS.items():
        if start.startswith(beginning):
            return media
    found = (
        _zipped(file, name) if start.startswith(b"PK\x03\x04") else _plain(file, name, PLAIN | MADE if made else PLAIN)
    )
    if found is None:
        raise NotValid(_REFUSAL, name=clean_name(name))
    return found


def _zipped(file: Path, name: str) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = set(archive.namelist())
            if any(member.endswith("vbaProject.bin") for member in members):
                raise NotValid("The file {name} holds macros; save it without them.", name=clean_name(name))
            if "content.xml" in members and "mimetype" in members:
                with archive.open("mimetype") as opened:
                    return ODT if opened.read(len(ODT) + 1) == ODT.encode() else None
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in members:
        return None
    return next((media for member, media in OFFICE.items() if member in members), None)


def _plain(file: Path, name: str, kinds: dict[str, str]) -> str | None:
    media = kinds.get(PurePosixPath(name.lower()).suffix)
    if media is None:
        return None
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            for line in opened:
                if any(letter < " " and letter not in "\t\r\n\f" for letter in line):
                    return None
    except UnicodeDecodeError:
        raise NotValid("The text in {name} is not in UTF-8; save it so.", name=clean_name(name)) from None
    return media


def clean_name(name: str, media: str | None = None) -> str:
    """The name as it may be shown and saved anywhere: no path, nothing invisible, and the ending of the file's kind."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if letter.isspace() else letter for letter in last if _is_visible(letter))
    words = " ".join(WITHOUT_A_PLACE.sub(" ", visible).split()).strip(" .")
    if RESERVED.fullmatch(words):
        words = f"_{words}"
    stem, suffix = _parted(words)
    right = suffix
    if media and ENDINGS.get(suffix.lower()) != media:
        stem, right = stem if suffix.lower() in ENDINGS else words, SUFFIXES[media]
    return (stem[: LONGEST_NAME - len(right)].rstrip(" .") or "file") + right


def _is_visible(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")


def _parted(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    return (name[: -len(suffix)], suffix) if 0 < len(suffix) <= 9 else (name, "")
