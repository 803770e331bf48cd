"""One checkpoint: what lies before the groups, and everything that is done there but stances and the outcome."""

import datetime as dt
from collections.abc import Callable

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import NO_MISTAKES, Form, Mistakes, Posted, Typed
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.checkpoint import checkpoint_page
from app.web.views.threads import A_WORD
from models.amounts import count_in, day_in
from models.commands import (
    Answer,
    Assess,
    CarryAsCondition,
    Command,
    Confirm,
    CoSign,
    FileDissent,
    FulfilCondition,
    RecordDissent,
    Retract,
    Seen,
    Withdraw,
)
from models.errors import NotFound, NotValid
from models.personal import Private
from models.rounds import awaiting_reply
from models.storage import reading
from models.storage.database import Session
from models.words import AnswerResult

router = APIRouter()
AT = "/prosessi/{process}/tarkistuspiste/{phase}"


@router.get(AT)
def one_checkpoint(place: At, phase: str) -> Response:
    """The checkpoint, as the visitor may see it."""
    return _page(place, phase)


@router.get("/prosessi/{process}/vastustus/{item}")
def one_objection(place: At, item: str) -> Response:
    """On to where the visitor answers the objection, or says whether the answer suffices; else to where it is told."""
    one = place.process.objections.get(item)
    if one is None:
        return _once(place, "objection", item, reading.phase_of_objection)
    at = addresses.checkpoint(place.key, one.phase)
    if place.possible.may(Answer(objection=item, result=AnswerResult.CHANGED, text=A_WORD)):
        return go(place.visitor, f"{at}?avaa={item}#changed-{item}")
    asked = any(item in awaiting_reply(place.process, one.phase, seat, place.visitor.person) for seat in one.asked)
    return go(place.visitor, f"{at}#kanta" if asked else f"{at}#{item}")


@router.get("/prosessi/{process}/edellytys/{item}")
def one_condition(place: At, item: str) -> Response:
    """On to where the condition is told to be done."""
    one = place.process.conditions.get(item)
    if one is None:
        return _once(place, "condition", item, reading.phase_of_condition)
    return go(place.visitor, f"{addresses.checkpoint(place.key, one.checkpoint or one.phase)}?avaa={item}#{item}")


def _once(place: Place, what: str, item: str, phase_of: Callable[[Session, int, str], str | None]) -> Response:
    """On to the checkpoint at which it was, of what is over. Raises NotFound where it never was."""
    with place.visitor.reading() as session:
        phase = phase_of(session, place.scope.id, item)
    if phase is None:
        raise NotFound(what=what, name=item)
    return go(place.visitor, addresses.checkpoint(place.key, phase))


# --- one's own stance ---------------------------------------------------------------------------------------------


@router.post(AT + "/pida")
def keep(place: At, phase: str, form: Posted) -> Response:
    """The seat's stance stands over what changed."""
    command = Confirm(phase=phase, seat=form.text("seat"), seen=seen_in(form))
    return _done(place, phase, command, place.visitor.say("Kantasi pysyy voimassa."))


@router.post(AT + "/peru")
def take_back(place: At, phase: str, form: Posted) -> Response:
    """The seat's stance is taken back."""
    command = Retract(what="stance", phase=phase, seat=form.text("seat"))
    return _done(place, phase, command, place.visitor.say("Kantasi on peruttu."))


@router.post(AT + "/eriava")
def file_dissent(place: At, phase: str, form: Posted) -> Response:
    """A dissent of the seat's own is attached, signed by name only where its bearer chose so."""
    signed = place.visitor.name if form.checked("by_name") else None
    command = FileDissent(
        phase=phase, seat=form.text("seat"), text=words(place, form, "text"), name=Private(signed) if signed else None
    )
    return _done(place, phase, command, place.visitor.say("Eriävä mielipide on liitetty."))


# --- objections ---------------------------------------------------------------------------------------------------


@router.post(AT + "/vastustus/{item}/vastaa")
def answer(place: At, phase: str, item: str, form: Posted) -> Response:
    """The objection is answered, and stays open until its maker withdraws it or it is settled."""
    result = AnswerResult.CHANGED if form.text("result") == "changed" else AnswerResult.UNCHANGED
    command = Answer(objection=item, result=result, text=words(place, form, "text"))
    return _done(place, phase, command, place.visitor.say("Vastaus on kirjattu."), item)


@router.post(AT + "/vastustus/{item}/edellytys")
def carry(place: At, phase: str, item: str, form: Posted) -> Response:
    """The objection is carried as a condition with owner and date."""
    mistakes, text = _mistakes_of_condition(place, form, item), form.text("text")
    if mistakes:
        return _page(place, phase, mistakes, form.typed(), status=422)
    command = CarryAsCondition(
        objection=item,
        owner=form.text("owner"),
        due=a_day(place, form.text("due")),
        checkpoint=form.text("checkpoint") or None,
        text=Private(text) if text else None,
    )
    return _done(place, phase, command, place.visitor.say("Edellytys on kirjattu jatkovalmisteluun."), item)


def _mistakes_of_condition(place: Place, form: Form, item: str) -> Mistakes:
    _, mistakes = place.visitor.say, Mistakes()
    if not form.text("owner"):
        mistakes.add(f"owner-{item}", _("Valitse, kuka vastaa edellytyksestä."))
    try:
        if day_in(form.text("due")) <= place.visitor.today:
            mistakes.add(f"due-{item}", _("Määräaika on mennyt. Valitse päivä, joka on vasta tulossa."))
    except ValueError:
        mistakes.add(f"due-{item}", _("Valitse määräaika."))
    return mistakes


@router.post(AT + "/vastustus/{item}/eriavaksi")
def record_dissent(place: At, phase: str, item: str, form: Posted) -> Response:
    """The objection is recorded as dissent, with a written reason."""
    command = RecordDissent(objection=item, reason=words(place, form, "reason"))
    return _done(place, phase, command, place.visitor.say("Vastustus on kirjattu eriäväksi mielipiteeksi."))


@router.post(AT + "/vastustus/{item}/peru")
def withdraw(place: At, phase: str, item: str, form: Posted) -> Response:
    """The visitor's own objection, or signature under a dissent, is taken back."""
    _, objected = place.visitor.say, item in place.process.objections
    command = Withdraw(item=item, seat=form.text("seat"), seen=seen_in(form) if objected else None)
    said = _("Peruttu. Kantasi on nyt: Kannatan.") if objected else _("Allekirjoituksesi on poistettu.")
    return _done(place, phase, command, said, item)


@router.post(AT + "/vastustus/{item}/yhdy")
def join(place: At, phase: str, item: str, form: Posted) -> Response:
    """The seat joins an objection or a dissent, or its bearer signs by name."""
    signed = place.visitor.name if form.checked("by_name") else None
    command = CoSign(item=item, seat=form.text("seat"), name=Private(signed) if signed else None)
    return _done(place, phase, command, place.visitor.say("Olet yhtynyt tähän."), item)


# --- conditions and criteria --------------------------------------------------------------------------------------


@router.post(AT + "/edellytys/{condition}/tehty")
def fulfil(place: At, phase: str, condition: str, form: Posted) -> Response:
    """The condition is done, with what shows it."""
    command = FulfilCondition(condition=condition, how=words(place, form, "how"))
    return _done(place, phase, command, place.visitor.say("Edellytys on täytetty."), "conditions")


@router.post(AT + "/arvioi/{criterion}")
def assess(place: At, phase: str, criterion: str, form: Posted) -> Response:
    """The named person says whether the matter holds."""
    holds, note = form.text("holds"), form.text("note")
    if holds not in ("yes", "no"):
        raise NotValid("Choose whether it holds.")
    command = Assess(
        phase=phase,
        criterion=criterion,
        holds=holds == "yes",
        seen=seen_in(form),
        note=Private(note) if note else None,
    )
    return _done(place, phase, command, place.visitor.say("Arvio on kirjattu."), "tested")


# --- what forms carry ---------------------------------------------------------------------------------------------


def seen_in(form: Form) -> Seen:
    """What stood on the page that the form was on. Raises NotValid."""
    if not form.text("round"):
        raise NotValid("The form does not say what was seen.")
    return Seen(round=count_in(form.text("round")), manifest=form.text("manifest"), digest=form.text("digest") or None)


def words(place: Place, form: Form, name: str) -> Private:
    """What somebody wrote. Raises NotValid where that is nothing."""
    text = form.text(name)
    if not text:
        raise NotValid("Write your reasons: the field is empty.")
    return Private(text)


def a_day(place: Place, text: str) -> dt.date:
    """A date as browsers send it. Raises NotValid."""
    try:
        return day_in(text)
    except ValueError:
        raise NotValid("Give a date.") from None


NOTHING_TYPED = Typed()


def _page(
    place: Place, phase: str, mistakes: Mistakes = NO_MISTAKES, typed: Typed = NOTHING_TYPED, *, status: int = 200
) -> Response:
    """The checkpoint, with what was typed where it was wrong."""
    with place.visitor.reading() as session:
        found = checkpoint_page(place, session, phase)
    return page(place.visitor, "checkpoint.html", status=status, checkpoint=found, mistakes=mistakes, typed=typed)


def _done(place: Place, phase: str, command: Command, said: str, anchor: str = "") -> Response:
    place.act(command)
    return go(place.visitor, addresses.checkpoint(place.key, phase) + (f"#{anchor}" if anchor else ""), said)
