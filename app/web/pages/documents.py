"""Versions of outputs: read on a page, compared with another version, fetched as files."""

from fastapi import APIRouter, Response

from app.web.language import known
from app.web.place import At
from app.web.rendering import page
from app.web.saving import stored_file
from app.web.views.documents import check_file, comparison_page, document_page, held
from app.web.views.papers import file_name
from models.errors import NotFound
from models.papers.forms import BY_NAME
from models.storage import reading
from models.storage.file_kinds import OFFICE

router = APIRouter()
MEDIA_OF = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "docx": OFFICE["word/document.xml"]}


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


@router.get("/prosessi/{process}/paperi/{of}/{language}/{form}")
def fetch_paper(place: At, of: str, language: str, form: str) -> Response:
    """A paper made of a round or a package, to be saved."""
    with place.visitor.reading() as session:
        made = reading.renditions(session, place.scope.id, of).get((language, form))
    spoken = known(language)
    if made is None or spoken is None or form not in BY_NAME:
        raise NotFound(what="paper", name=form)
    return stored_file(place.visitor, made, file_name(place, of, spoken, form), MEDIA_OF[BY_NAME[form].ending])


@router.get("/prosessi/{process}/asiakirja/{version}/tiedosto/{file}")
def fetch(place: At, version: str, file: str) -> Response:
    """One of the version's files, to be saved: never shown by the browser as a page of ours."""
    with place.visitor.reading() as session:
        whole = held(place, session, version)[version]
    found = whole.files.get(file)
    if found is None:
        raise NotFound(what="file", name=file)
    check_file(place, whole, file)
    return stored_file(place.visitor, found.sha256, found.name, found.media)
