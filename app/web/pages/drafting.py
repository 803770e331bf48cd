"""An output's draft as a document: written, seen beforehand, compared, with its attachments. Nothing typed is lost."""

import re
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response

from app.web import addresses
from app.web.drafts import check_may_draft, save, stored, with_document, with_file
from app.web.forms import Form, Mistakes, Posted
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.saving import stored_file
from app.web.views.documents import read, readable
from app.web.views.drafting import (
    Drafting,
    changes,
    draft_before,
    drafting,
    file_of,
    has_texts,
    may_draft,
    saved_before,
    somebody_else_writes,
    tables_of,
    text_of,
    versions_of,
)
from models.amounts import count_in
from models.bounded import Count
from models.documents.document_comparison import Passage
from models.documents.parts import Document
from models.documents.reading import read_document
from models.errors import NotFound, NotValid, Overtaken
from models.storage import reading
from models.storage.drafts import Attachment, Contents
from models.words import SECRET, Publicity

router = APIRouter()
TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
AT = "/prosessi/{process}/vaihe/{phase}/tuotos/{output}"


class Shown(NamedTuple):
    """What the editor shows besides the draft."""

    text: str
    mistakes: Mistakes
    preview: Document | None = None
    remarks: tuple[str, ...] = ()  # what of a file that was taken in is not in the draft as it was written
    conflict: tuple[Passage, ...] | None = None  # what somebody else's text has that mine has not, and the other way


@router.get(AT)
def write(place: At, phase: str, output: str) -> Response:
    """The draft, to be written, or read by those who do not write it."""
    found = _found(place, phase, output)
    return draft_page(place, found, Shown(found.text or "", Mistakes()))


@router.post(AT)
def keep(request: Request, place: At, phase: str, output: str, form: Posted) -> Response:
    """The text is saved as the draft, or only shown as it will look."""
    check_may_draft(place, phase)
    found, text = _found(place, phase, output), form.text("text")
    of_itself = request.headers.get("HX-Request") == "true"
    if form.text("do") == "preview":
        return draft_page(place, found, Shown(text, Mistakes(), preview=read_document(text.encode(), "document.md")))
    mistakes = _mistakes(place, form)
    if mistakes:
        return _saved(place, found, "empty", 200) if of_itself else draft_page(place, found, Shown(text, mistakes), 422)
    try:
        save(place, found, _contents(place, found, form), _revision(form))
    except Overtaken:
        found = _found(place, phase, output)
        if of_itself:
            return _saved(place, found, "conflict", 200)
        both = changes(found.text or "", text)
        return draft_page(place, found, Shown(text, Mistakes(), conflict=both), 409)
    if of_itself:
        return _saved(place, _found(place, phase, output), "saved", 200)
    return go(place.visitor, addresses.draft(place.key, phase, output), place.visitor.say("Luonnos on tallennettu."))


@router.get(AT + "/kirjoittaja")
def writer(place: At, phase: str, output: str) -> Response:
    """Who else is writing just now, for the page that has come before one's eyes again."""
    check_may_draft(place, phase)
    with place.visitor.reading() as session:
        found = drafting(place, session, phase, output)
    return page(place.visitor, "draft_writer.html", draft=found, other_writes=somebody_else_writes(place, found))


@router.get(AT + "/muutokset")
def compare(place: At, phase: str, output: str) -> Response:
    """What the draft changes in the newest version. Raises NotFound where there is no version."""
    with place.visitor.reading() as session:
        found = drafting(place, session, phase, output)
        versions = versions_of(place, session, found)
        if not versions:
            raise NotFound(what="version", name=output)
        before = readable(place, session, versions[0].sha256)[versions[0].sha256]
    old = text_of(place, before.main)
    passages = None if old is None or found.text is None else changes(old, found.text)
    values: dict[str, Any] = {"passages": passages, "version": versions[0], "name": place.name("output", output)}
    return page(place.visitor, "draft_changes.html", place=place, draft=found, **values)


# --- what it was before -------------------------------------------------------------------------------------------


@router.get(AT + "/aiempi/{revision}")
def before(place: At, phase: str, output: str, revision: int) -> Response:
    """What the draft was before, and what going back to it would change."""
    check_may_draft(place, phase)
    with place.visitor.reading() as session:
        found = drafting(place, session, phase, output)
        then = draft_before(place, session, found, revision)
        place.fetch_people(session, [then.updated_by])
        media = reading.media(session, place.visitor.municipality, [then.contents.document])
    old = text_of(place, file_of(media, then.contents.document, output)) if media else ""
    passages = None if old is None or found.text is None else changes(found.text, old)
    values: dict[str, Any] = {"passages": passages, "then": then, "by": place.person(then.updated_by)}
    return page(
        place.visitor, "draft_before.html", place=place, draft=found, name=place.name("output", output), **values
    )


@router.post(AT + "/aiempi/{revision}")
def go_back(place: At, phase: str, output: str, revision: Count, form: Posted) -> Response:
    """The draft is what it was; what it was until now is kept in its turn."""
    check_may_draft(place, phase)
    with place.visitor.reading() as session:
        found = drafting(place, session, phase, output)
        then = draft_before(place, session, found, revision)
    save(place, found, then.contents, _revision(form))
    said = place.visitor.say("Luonnos on palautettu. Äskeinen on aiempien tallennusten joukossa.")
    return go(place.visitor, addresses.draft(place.key, phase, output), said)


# --- files --------------------------------------------------------------------------------------------------------


@router.post(AT + "/liite")
def attach(place: At, phase: str, output: str, form: Posted) -> Response:
    """A file goes with the draft."""
    check_may_draft(place, phase)
    found, file = _found(place, phase, output), form.file("file")
    if file is None:
        raise NotValid("Choose a file first.")
    if found.contents is None:
        raise NotValid("Save the draft before you attach files to it.")
    kept = stored(place, file.file, file.filename or "")
    others = tuple(one for one in found.contents.attachments if one.sha256 != kept.sha256)
    attached = Attachment(
        sha256=kept.sha256, name=kept.name, publicity=found.contents.publicity, paragraph=found.contents.paragraph
    )
    save(place, found, found.contents.model_copy(update={"attachments": (*others, attached)}), found.revision)
    return _files(place, phase, output, place.visitor.say("Liite on lisätty."))


@router.post(AT + "/liite/{file}/poista")
def detach(place: At, phase: str, output: str, file: str) -> Response:
    """The file does not go with the draft any more."""
    check_may_draft(place, phase)
    found = _found(place, phase, output)
    attached = found.contents.attachments if found.contents else ()
    others = tuple(one for one in attached if one.sha256 != file)
    if found.contents is None or len(others) == len(attached):
        raise NotFound(what="attachment", name=file)
    save(place, found, found.contents.model_copy(update={"attachments": others}), found.revision)
    return _files(place, phase, output, place.visitor.say("Liite on poistettu luonnoksesta."))


@router.post(AT + "/tiedosto")
def upload(place: At, phase: str, output: str, form: Posted) -> Response:
    """A file is the draft's document from now on. Text can then be written on here; other kinds are replaced only."""
    check_may_draft(place, phase)
    found, file = _found(place, phase, output), form.file("file")
    if file is None:
        raise NotValid("Choose a file first.")
    kept = stored(place, file.file, file.filename or "")
    save(place, found, with_file(place, found, kept), _revision(form))
    return _files(place, phase, output, place.visitor.say("Tiedosto on nyt luonnoksena."))


@router.get(AT + "/tiedosto/{file}")
def fetch(place: At, phase: str, output: str, file: str) -> Response:
    """One of the draft's files, to be saved: never shown by the browser as a page of ours."""
    found = _found(place, phase, output)
    files = [one for one in (found.main, *found.attachments) if one is not None and one.sha256 == file]
    if not files:
        raise NotFound(what="file", name=file)
    return stored_file(place.visitor, file, files[0].name, files[0].media)


# --- what the routes share ----------------------------------------------------------------------------------------


def _found(place: Place, phase: str, output: str) -> Drafting:
    with place.visitor.reading() as session:
        return drafting(place, session, phase, output)


def _revision(form: Form) -> int:
    if not form.text("revision"):
        raise NotValid("The form does not say what was seen.")
    return count_in(form.text("revision"))


def _mistakes(place: Place, form: Form) -> Mistakes:
    _, mistakes = place.visitor.say, Mistakes()
    if not form.text("text"):
        mistakes.add("text", _("Kirjoita jotain: tyhjää luonnosta ei tallenneta."))
    if form.text("publicity") in SECRET and not form.text("paragraph"):
        mistakes.add("paragraph", _("Kirjoita salassapidon peruste, esimerkiksi JulkL 24 § 1 mom. 17 kohta."))
    return mistakes


def _contents(place: Place, found: Drafting, form: Form) -> Contents:
    contents = with_document(place, found, form.text("text") + "\n")
    if form.text("publicity") not in set(Publicity):
        return contents
    publicity = Publicity(form.text("publicity"))
    paragraph = form.text("paragraph") if publicity in SECRET else None
    return contents.model_copy(update={"publicity": publicity, "paragraph": paragraph})


def draft_page(place: Place, found: Drafting, shown: Shown, status: int = 200) -> Response:
    """The editor with what is shown in it."""
    with place.visitor.reading() as session:
        versions = versions_of(place, session, found)
        earlier = saved_before(place, session, found) if may_draft(place, found.phase) else ()
    preview = shown.preview
    if not may_draft(place, found.phase) and found.main is not None:
        preview = read(place, found.main)
    values: dict[str, Any] = {"shown": shown, "preview": preview, "versions": versions, "earlier": earlier, "typed": {}}
    values |= {"may_write": may_draft(place, found.phase), "name": place.name("output", found.plan.id)}
    tables = tables_of(place, found)
    values |= {
        "has_texts": has_texts(found),
        "has_tables": TABLE_ROW.search(shown.text or "") is not None,
        "other_writes": somebody_else_writes(place, found),
        "shared": len(place.world.phase(found.phase).outputs) > 1,
        "limit_mb": place.visitor.installation.settings.file_limit_mb,
    }
    return page(
        place.visitor,
        "draft.html",
        status=status,
        place=place,
        draft=found,
        here_at=addresses.draft(place.key, found.phase, found.plan.id),
        tables=tables,
        **values,
    )


def _saved(place: Place, found: Drafting, state: str, status: int) -> Response:
    return page(place.visitor, "draft_saved.html", status=status, draft=found, state=state)


def _files(place: Place, phase: str, output: str, said: str) -> Response:
    return go(place.visitor, addresses.draft(place.key, phase, output) + "#files", said)
