"""Choosing the language: the page stays the same."""

from fastapi import APIRouter, Response

from app.web.forms import Posted
from app.web.language import known
from app.web.place import Anyone
from app.web.rendering import go
from app.web.security import own_page

router = APIRouter()


@router.post("/kieli")
def choose_language(visitor: Anyone, form: Posted) -> Response:
    """This browser is spoken to in the language."""
    language = known(form.text("language"))
    if language:
        visitor.choose(language)
    return go(visitor, own_page(form.text("to")))
