"""The processes that the visitor may read."""

from fastapi import APIRouter, Response

from app.web.place import SignedInVisitor
from app.web.rendering import page
from app.web.views.processes import process_list
from models.bounded import Count

router = APIRouter()


@router.get("/prosessit")
def all_processes(visitor: SignedInVisitor, sivu: Count = 1) -> Response:
    """Where each stands, in a sentence; some on a page."""
    with visitor.reading() as session:
        found = process_list(visitor, session, sivu)
    return page(visitor, "processes.html", list=found)
