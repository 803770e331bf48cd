"""Files that a browser saves: never shown as a page of ours, under a name in words that every system can hold."""

import unicodedata
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import FileResponse

from app.web.session import Visitor


def saved_as(name: str) -> dict[str, str]:
    """The header that gives the file its name (RFC 6266): as it is, and in plain letters for those who need it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join("_" if letter in '"\\' else letter for letter in plain)
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}


def stored_file(visitor: Visitor, sha256: str, name: str, media: str) -> Response:
    """A stored file, to be saved. Raises Broken where it is missing."""
    files = visitor.installation.files
    files.open(sha256).close()
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'", **saved_as(name)}
    return FileResponse(files.path(sha256), media_type=media, headers=headers)
