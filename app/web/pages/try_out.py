"""The try-out: one click signs in as any sample role. Nowhere else are there routes that do so."""

from fastapi import APIRouter, Response

from app.web.forms import Posted
from app.web.place import Anyone
from app.web.rendering import go, page
from app.web.session import Visitor
from app.web.views.try_out import groups_of_people
from models.errors import NotFound
from models.signing_in.sessions import Way
from models.storage import reading

router = APIRouter()


def roles_page(visitor: Visitor, *, status: int = 200) -> Response:
    """Everybody of the sample town, to be signed in as."""
    with visitor.reading() as session:
        town = reading.municipalities(session)[0]
        people = groups_of_people(session, visitor.engine.worlds, town, visitor)
    return page(visitor, "try_out.html", status=status, groups=people)


@router.post("/kokeilu")
def sign_in_as(visitor: Anyone, form: Posted) -> Response:
    """The visitor is signed in as the person chosen. Raises NotFound where this is no try-out, or nobody was."""
    if not visitor.try_out:
        raise NotFound(what="page", name="kokeilu")
    with visitor.installation.database.transaction() as session:
        town = reading.municipalities(session)[0]
        directory = visitor.directory_of(session, town)
        if not directory.is_active(form.text("person")):
            raise NotFound(what="person", name=form.text("person"))
        visitor.sign_in(session, town, form.text("person"), Way.TRY_OUT)
    return go(visitor, "/")


@router.get("/kokeilu")
def choose_role(visitor: Anyone) -> Response:
    """Everybody of the sample town. Raises NotFound where this is no try-out."""
    if not visitor.try_out:
        raise NotFound(what="page", name="kokeilu")
    return roles_page(visitor)
