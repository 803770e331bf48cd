"""An output's draft as a workbook: fetched, filled in elsewhere, taken in whole or not at all; rows handed over."""

from io import BytesIO
from typing import NamedTuple

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.drafts import check_may_draft, save, stored, with_read, with_typed
from app.web.forms import Mistakes, Posted
from app.web.pages.drafting import Shown, draft_page
from app.web.place import At, Place
from app.web.rendering import go
from app.web.saving import saved_as
from app.web.views.drafting import Drafting, drafting
from models.errors import NotTakenIn, NotValid
from models.exchange.taking import Around, take_in_output
from models.exchange.workbook import workbook
from models.outputs.carrying import with_offered
from models.outputs.rows import Output
from models.storage.agreeing import kept
from models.storage.file_kinds import OFFICE
from models.storage.typed import TypedContent

router = APIRouter()
AT = "/prosessi/{process}/vaihe/{phase}/tuotos/{output}"
WORKBOOK = OFFICE["xl/workbook.xml"]


class Stand(NamedTuple):
    """The draft, and the outputs of the phases around it."""

    draft: Drafting
    others: list[tuple[str, Output]]


def _stand(place: Place, phase: str, output: str) -> Stand:
    with place.visitor.reading() as session:
        found = drafting(place, session, phase, output)
        content = TypedContent(session, place.visitor.installation.files, place.visitor.municipality, place.scope.id)
        others = [one for one in content.as_it_stands(place.secrecy) if one[0] != phase]
    return Stand(found, others)


@router.get(AT + "/pohja")
def template(place: At, phase: str, output: str) -> Response:
    """A workbook to fill in: the draft as it stands, and the rows handed over."""
    stand = _stand(place, phase, output)
    filled = with_offered(stand.draft.typed, stand.draft.left)
    content = workbook(filled, place.visitor.language, place.name("output", output), stand.others)
    return Response(content, media_type=WORKBOOK, headers=saved_as(f"{output}.xlsx"))


@router.post(AT + "/taytetty")
def take_in(place: At, phase: str, output: str, form: Posted) -> Response:
    """What the file says is in the draft, with its text; with any mistake nothing is, and each is told in its place."""
    check_may_draft(place, phase)
    stand, file = _stand(place, phase, output), form.file("file")
    if file is None:
        raise NotValid("Choose a file first.")
    around = Around(stand.others, stand.draft.typed)
    limit = place.visitor.installation.files.limit
    content = file.file.read(limit + 1)
    if len(content) > limit:
        raise NotValid("The file {name} is larger than {mb} MB.", name=file.filename, mb=f"{limit / 1_000_000:g}")
    try:
        taken = take_in_output(content, file.filename or "", stand.draft.kind, around, place.visitor.language)
    except NotTakenIn as refused:
        mistakes = Mistakes()
        for at, one in enumerate(refused.mistakes):
            mistakes.add("filled" if at == 0 else f"filled-{at}", one.in_(place.visitor.language))
        return draft_page(place, stand.draft, Shown(stand.draft.text or "", mistakes), 422)
    after = kept(stand.draft.typed, taken.output)
    if taken.document is None:
        _keep(place, stand.draft, after)
    else:
        document = stored(place, BytesIO(content), file.filename or "")
        save(place, stand.draft, with_read(place, stand.draft, document, after), stand.draft.revision)
    if taken.remarks:
        told = tuple(one.sentence(place.visitor.language) for one in taken.remarks)
        found = _stand(place, phase, output).draft
        return draft_page(place, found, Shown(found.text or "", Mistakes(), remarks=told))
    return _back(place, phase, output, place.visitor.say("Tiedoston rivit ovat nyt luonnoksessa."))


@router.post(AT + "/perityt")
def inherit(place: At, phase: str, output: str) -> Response:
    """The rows that the phases before handed over stand after the draft's own, each with where it came from."""
    check_may_draft(place, phase)
    stand = _stand(place, phase, output)
    count = stand.draft.offered
    if count:
        _keep(place, stand.draft, with_offered(stand.draft.typed, stand.draft.left))
    said = place.visitor.say_counted(
        "Yksi rivi tuli edellisistä vaiheista.", "%(num)s riviä tuli edellisistä vaiheista.", count
    )
    return _back(place, phase, output, said)


def _keep(place: Place, found: Drafting, output: Output) -> None:
    save(place, found, with_typed(place, found, output), found.revision)


def _back(place: Place, phase: str, output: str, said: str) -> Response:
    return go(place.visitor, addresses.draft(place.key, phase, output) + "#tables", said)
