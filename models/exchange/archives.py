"""What comes as a zip (Excel, Word) is looked at before anything unpacks it: its size, its macros, its entities."""

import io
import zipfile

from models.exchange.mistakes import Misread

MOST_UNPACKED = 100  # megabytes
MOST_PARTS = 5_000


def check_archive(content: bytes, part: str, otherwise: str) -> None:
    """Nothing, where the content is a zip that holds the part and may be read. Raises Misread.

    `otherwise` is the mistake of a file of another kind.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            size = sum(info.file_size for info in infos) // 1_000_000
            if len(infos) > MOST_PARTS:
                raise Misread("many_parts", count=len(infos), most=MOST_PARTS)
            if size > MOST_UNPACKED:
                raise Misread("bomb", size=size, most=MOST_UNPACKED)
            if part not in names:
                raise Misread(otherwise)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Misread("macros")
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    _check_part(archive, info, otherwise)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Misread(otherwise) from None


def _check_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, otherwise: str) -> None:
    """A part unpacks to no more than it says, and declares nothing that would grow when it is read."""
    read = 0
    with archive.open(info) as opened:
        while chunk := opened.read(1 << 20):
            if read == 0 and b"<!DOCTYPE" in chunk[:4096]:
                raise Misread(otherwise)
            read += len(chunk)
            if read > info.file_size:
                raise Misread("bomb", size=read // 1_000_000 + 1, most=MOST_UNPACKED)
