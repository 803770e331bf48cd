"""Odottaa sinua: what waits for the visitor, over all processes."""

from fastapi import APIRouter, Response

from app.web.place import SignedInVisitor
from app.web.rendering import page
from app.web.views.inbox import inbox

router = APIRouter()


@router.get("/")
def what_waits(visitor: SignedInVisitor) -> Response:
    """The most urgent first."""
    with visitor.reading() as session:
        found = inbox(visitor, session)
    return page(visitor, "inbox.html", inbox=found)
