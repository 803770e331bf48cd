"""One process: where it stands."""

from fastapi import APIRouter, Response

from app.web.place import At
from app.web.rendering import page
from app.web.views.process import process_page

router = APIRouter()


@router.get("/prosessi/{process}")
def one_process(place: At) -> Response:
    """The process, as the visitor may see it."""
    with place.visitor.reading() as session:
        found = process_page(place, session)
    return page(place.visitor, "process.html", process=found)
