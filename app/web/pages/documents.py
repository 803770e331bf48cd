"""Versions of outputs: read on a page, compared with another version, fetched as files."""

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from app.web.place import At
from app.web.rendering import page
from app.web.views.documents import comparison_page, document_page, held
from models.errors import NotFound

router = APIRouter()


@router.get("/prosessi/{process}/asiakirja/{version}")
def document(place: At, version: str) -> Response:
    """One version, to be read."""
    with place.visitor.reading() as session:
        found = document_page(place, session, version)
    return page(place.visitor, "document.html", place=place, found=found)


@router.get("/prosessi/{process}/asiakirja/{version}/muutokset/{before}")
def comparison(place: At, version: str, before: str) -> Response:
    """What changed from another version."""
    with place.visitor.reading() as session:
        found = comparison_page(place, session, before, version)
    return page(place.visitor, "comparison.html", place=place, found=found)


@router.get("/prosessi/{process}/asiakirja/{version}/tiedosto/{file}")
def fetch(place: At, version: str, file: str) -> Response:
    """One of the version's files, to be saved: never shown by the browser as a page of ours."""
    with place.visitor.reading() as session:
        found = held(place, session, version)[version].files.get(file)
    if found is None:
        raise NotFound(what="file", name=file)
    place.visitor.installation.files.open(found.sha256).close()  # raises Broken where it is missing
    path = place.visitor.installation.files.path(found.sha256)
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    return FileResponse(path, media_type=found.media, filename=found.name, headers=headers)
