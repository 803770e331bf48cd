"""Static files."""

from fastapi import APIRouter, Request, Response

from app.web.rendering import YEAR_IN_CACHE, static_files
from models.errors import NotFound

router = APIRouter()


@router.get("/static/{name}")
def static_file(request: Request, name: str) -> Response:
    """A file, kept by browsers for good: another content has another name."""
    found = next((file for file in static_files().values() if file.address == f"/static/{name}"), None)
    if found is None:
        raise NotFound(what="file", name=name)
    headers = {"Cache-Control": YEAR_IN_CACHE, "Vary": "Accept-Encoding"}
    if found.compressed and "gzip" in request.headers.get("Accept-Encoding", ""):
        return Response(found.compressed, media_type=found.media, headers={**headers, "Content-Encoding": "gzip"})
    return Response(found.content, media_type=found.media, headers=headers)
