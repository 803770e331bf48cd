"""Hae: what the visitor may read, found by its words."""

from fastapi import APIRouter, Response

from app.web.place import SignedInVisitor
from app.web.rendering import page
from app.web.views.search import MOST, MOST_WORDS, search

router = APIRouter()


@router.get("/haku")
def find(visitor: SignedInVisitor, q: str = "", prosessi: str = "") -> Response:
    """What holds all the words, in all processes or in one."""
    with visitor.reading() as session:
        results = search(visitor, session, q[:200], prosessi or None)
    return page(visitor, "search.html", results=results, q=q[:200], most=MOST, most_words=MOST_WORDS, within=prosessi)
