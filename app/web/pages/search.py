"""Hae: what the visitor may read, found by its words."""

from fastapi import APIRouter, Response

from app.web.place import SignedInVisitor
from app.web.rendering import page
from app.web.views.search import MOST, search

router = APIRouter()


@router.get("/haku")
def find(visitor: SignedInVisitor, q: str = "") -> Response:
    """What holds all the words."""
    with visitor.reading() as session:
        found = search(visitor, session, q[:200])
    return page(visitor, "search.html", found=found, q=q[:200], most=MOST)
