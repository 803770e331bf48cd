"""The way to the decision: what followed a handling, statements, hearings and staff cooperation are recorded."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Response
from pydantic import ValidationError

from app.web import addresses
from app.web.drafts import stored
from app.web.forms import Form, Posted
from app.web.pages.checkpoint import a_day, words
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.documents import readable
from app.web.views.drafting import changes, text_of
from app.web.views.handlings import handlings_page, newest_versions
from models.commands import (
    AnswerStatement,
    AskStatement,
    CloseHearing,
    Command,
    MakePublic,
    OpenHearing,
    RecordCooperation,
    RecordDecidedText,
    RecordLegalState,
    RecordMinutes,
    RecordStatement,
)
from models.errors import NotAuthorised, NotFound, NotValid
from models.personal import Private
from models.storage import reading
from models.storage.typed import READABLE

router = APIRouter()
AT = "/prosessi/{process}/kasittelyt"


@router.get(AT)
def all_handlings(place: At) -> Response:
    """The way to the decision, as the visitor may see it."""
    with place.visitor.reading() as session:
        found = handlings_page(place, session)
    return page(place.visitor, "handlings.html", h=found)


@router.post(AT + "/{handling}/teksti")
def decided_text(place: At, handling: str, form: Posted) -> Response:
    """The text as decided stands with the handling."""
    file, output = form.file("file"), form.text("output")
    if output not in newest_versions(place):
        raise NotFound(what="output", name=output)
    command = RecordDecidedText(handling=handling, decided={output: "0" * 64})
    _check_right(place, command)
    if file is None:
        raise NotValid("Choose a file first.")
    kept = stored(place, file.file, file.filename or "")
    command = RecordDecidedText(handling=handling, decided={output: kept.sha256})
    return _done(place, command, place.visitor.say("Päätetty teksti on liitetty."), handling)


@router.get(AT + "/{handling}/teksti/{output}")
def compare(place: At, handling: str, output: str) -> Response:
    """What the body changed in the proposal, word by word. Raises NotFound."""
    found = place.process.handlings.get(handling)
    version = newest_versions(place).get(output)
    if found is None or version is None or output not in found.decided:
        raise NotFound(what="text as decided", name=output)
    file = found.decided[output]
    with place.visitor.reading() as session:
        before = readable(place, session, version.sha256)[version.sha256]
        media = reading.media(session, place.visitor.municipality, [file])[file][0]
    old = text_of(place, before.main)
    passages = None
    if old is not None and media in READABLE:
        with place.visitor.installation.files.open(file) as opened:
            passages = changes(old, opened.read().decode("utf-8", errors="replace"))
    values: dict[str, Any] = {
        "passages": passages,
        "name": place.name("output", output),
        "body": place.name("body", found.body),
    }
    return page(place.visitor, "decided.html", place=place, handling=found, **values)


@router.post(AT + "/{handling}/poytakirja")
def minutes(place: At, handling: str, form: Posted) -> Response:
    """When the minutes were inspected and published."""
    inspected, published = _maybe(place, form, "inspected"), _maybe(place, form, "published")
    command = RecordMinutes(handling=handling, inspected=inspected, published=published)
    return _done(place, command, place.visitor.say("Pöytäkirjan päivät on kirjattu."), handling)


@router.post(AT + "/{handling}/lainvoima")
def legal(place: At, handling: str, form: Posted) -> Response:
    """How the decision stands in law."""
    asked = {"handling": handling, "legal": form.text("legal"), "on": a_day(place, form.text("on"))}
    return _done(
        place, _command(RecordLegalState, asked), place.visitor.say("Oikeudellinen tila on kirjattu."), handling
    )


@router.post(AT + "/lausunto/{statement}/pyyda")
def ask_statement(place: At, statement: str, form: Posted) -> Response:
    """A body has been asked for a statement."""
    asked = {"statement": statement, "body": form.text("body"), "phase": form.text("phase")}
    command = _command(AskStatement, {**asked, "due": a_day(place, form.text("due"))})
    return _done(place, command, place.visitor.say("Lausuntopyyntö on kirjattu."), "statements")


@router.post(AT + "/lausunto/{statement}/saapui")
def record_statement(place: At, statement: str, form: Posted) -> Response:
    """A statement has come."""
    paragraph = form.text("paragraph") or None
    asked: dict[str, Any] = {"statement": statement, "given": a_day(place, form.text("given")), "paragraph": paragraph}
    asked |= {"text": words(place, form, "text"), "publicity": form.text("publicity") or "public"}
    return _done(place, _command(RecordStatement, asked), place.visitor.say("Lausunto on kirjattu."), "statements")


@router.post(AT + "/lausunto/{statement}/vastaa")
def answer_statement(place: At, statement: str, form: Posted) -> Response:
    """What the statement led to."""
    command = AnswerStatement(statement=statement, text=words(place, form, "text"))
    return _done(place, command, place.visitor.say("Vastaus on kirjattu."), "statements")


@router.post(AT + "/kuuleminen/{hearing}/avaa")
def open_hearing(place: At, hearing: str, form: Posted) -> Response:
    """A hearing is open between its days."""
    channels = tuple(line.strip() for line in form.text("channels").split("\n") if line.strip())
    asked: dict[str, Any] = {"hearing": hearing, "phase": form.text("phase"), "channels": channels}
    asked |= {"first": a_day(place, form.text("first")), "last": a_day(place, form.text("last"))}
    return _done(place, _command(OpenHearing, asked), place.visitor.say("Kuuleminen on avattu."), "hearings")


@router.post(AT + "/kuuleminen/{hearing}/paata")
def close_hearing(place: At, hearing: str, form: Posted) -> Response:
    """The hearing is over: how much came, and what became of it."""
    asked = {"hearing": hearing, "contributions": form.text("contributions"), "summary": words(place, form, "summary")}
    return _done(place, _command(CloseHearing, asked), place.visitor.say("Kuuleminen on päätetty."), "hearings")


@router.post(AT + "/yhteistoiminta")
def cooperation(place: At, form: Posted) -> Response:
    """Facts of staff cooperation; what is not given stays as it was."""
    needed = {"yes": True, "no": False}.get(form.text("needed"))
    why, outcome = form.text("why"), form.text("outcome")
    command = RecordCooperation(
        needed=needed,
        why=Private(why) if why else None,
        proposed=_maybe(place, form, "proposed"),
        meeting=_maybe(place, form, "meeting"),
        ended=_maybe(place, form, "ended"),
        outcome=Private(outcome) if outcome else None,
    )
    return _done(place, command, place.visitor.say("Yhteistoiminnan tiedot on kirjattu."), "cooperation")


@router.post(AT + "/julkista/{phase}")
def publish(place: At, phase: str, form: Posted) -> Response:
    """The phase's outputs that were in preparation are public."""
    reason = form.text("reason")
    asked = {"phase": phase, "ground": form.text("ground"), "reason": Private(reason) if reason else None}
    return _done(place, _command(MakePublic, asked), place.visitor.say("Asiakirjat on merkitty julkisiksi."), "public")


# --- what the routes share ----------------------------------------------------------------------------------------


def _command(kind: type[Command], asked: Mapping[str, object]) -> Command:
    """The command. Raises NotValid where the form does not fill it."""
    try:
        return kind.model_validate(asked)
    except ValidationError as error:
        fields = ", ".join(str(one["loc"][0]) for one in error.errors() if one["loc"])
        raise NotValid("These are missing or not understood: {fields}.", fields=fields) from None


def _check_right(place: Place, command: Command) -> None:
    """Raises NotAuthorised before anything is taken in."""
    if place.possible.entitled(command) is None:
        raise NotAuthorised(who="the registrar, or the coordinator of the process")


def _maybe(place: Place, form: Form, name: str) -> dt.date | None:
    return a_day(place, form.text(name)) if form.text(name) else None


def _done(place: Place, command: Command, said: str, anchor: str = "") -> Response:
    place.act(command)
    return go(place.visitor, addresses.handlings(place.key) + (f"#{anchor}" if anchor else ""), said)
