"""The papers that have been made of a round or a package, to be fetched: what each is, in which language and form."""

from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from models.papers.forms import BY_NAME
from models.papers.paper import PaperKind
from models.storage import reading
from models.storage.database import Session


class Paper(NamedTuple):
    """One paper in one form."""

    name: str
    language: str
    ending: str
    public: bool
    address: str


def papers_of(place: Place, session: Session, of: str | None) -> tuple[Paper, ...]:
    """The papers made of the manifest or package, those in the visitor's language first."""
    if of is None:
        return ()
    made = reading.renditions(session, place.scope.id, of)
    known = [(language, form) for language, form in made if form in BY_NAME]
    known.sort(key=lambda one: one[0] != place.visitor.language)
    return tuple(
        Paper(
            name=_name(place, BY_NAME[form].kind),
            language=language,
            ending=BY_NAME[form].ending,
            public=BY_NAME[form].public,
            address=addresses.paper(place.key, of, language, form),
        )
        for language, form in known
    )


def _name(place: Place, kind: PaperKind) -> str:
    _ = place.visitor.say
    match kind:
        case PaperKind.MEETING:
            return _("Kokouspaperi")
        case PaperKind.PACKAGE:
            return _("Vaiheen kooste")
        case PaperKind.AGENDA_ITEM:
            return _("Kokousasian pohja")
        case PaperKind.INTERIM_REPORT:
            return _("Väliraportti")
        case PaperKind.MEMO:
            return _("Muistio")
