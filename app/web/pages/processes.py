"""The processes that the visitor may read."""

from fastapi import APIRouter, Response

from app.web.place import SignedInVisitor
from app.web.rendering import page
from app.web.views.processes import process_list

router = APIRouter()


@router.get("/prosessit")
def all_processes(visitor: SignedInVisitor) -> Response:
    """Where each stands, in a sentence."""
    with visitor.reading() as session:
        found = process_list(visitor, session)
    return page(visitor, "processes.html", processes=found)
