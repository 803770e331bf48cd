"""The papers that have been made of a round or a package, to be fetched: what each is, in which language and form."""

import re
from collections.abc import Callable
from typing import NamedTuple

from app.web import addresses
from app.web.language import texts
from app.web.place import Place
from models.days.formats import Language
from models.papers.forms import BY_NAME
from models.papers.paper import PaperKind
from models.storage import reading
from models.storage.database import Session

WORD = re.compile(r"[^\W_]+")


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
            name=_name(BY_NAME[form].kind, place.visitor.say),
            language=language,
            ending=BY_NAME[form].ending,
            public=BY_NAME[form].public,
            address=addresses.paper(place.key, of, language, form),
        )
        for language, form in known
    )


def file_name(place: Place, of: str, language: Language, form: str) -> str:
    """What the paper is saved as, in words of its own language: the process, the phase, what it is."""
    found, _ = BY_NAME[form], texts(language).gettext
    wording = place.wording._replace(language=language)
    words = [place.key, *(wording.name(f"phase:{phase}") for phase in _phases_of(place, of)), _name(found.kind, _)]
    words += [_("julkinen versio")] if found.public else []
    parts = [part for one in words for part in WORD.findall(one.lower())]
    return f"{'-'.join(parts)}.{found.ending}"


def _phases_of(place: Place, of: str) -> list[str]:
    """The phase of the manifest or package, where it is the newest of one."""
    packages = [key for key, one in place.process.phases.items() if of in (one.package, one.former)]
    return packages or [key for key, one in place.process.rounds.items() if one.manifest == of]


def _name(kind: PaperKind, _: Callable[[str], str]) -> str:
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
