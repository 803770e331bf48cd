"""Ota kantaa: one seat's stance, one thing on the page, with what will be shown to whom before the button."""

from collections.abc import Sequence
from typing import NamedTuple

from fastapi import APIRouter, Response
from pydantic import ValidationError

from app.web import addresses
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.pages.checkpoint import seen_in
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.checkpoint import seen_at
from models.commands import Seen, TakeStance
from models.errors import CheckpointNotOpen, NotFound, Overtaken
from models.personal import Private
from models.process import RoundVersion
from models.rounds import covers
from models.storage import reading
from models.storage.database import Session
from models.words import StanceKind

router = APIRouter()
AT = "/prosessi/{process}/tarkistuspiste/{phase}/kanta/{seat}"
WITH_REASON = (StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS)


class StancePage(NamedTuple):
    """What the form shows."""

    seat: str
    group: str
    holder: str | None
    own: bool
    checkpoint: str
    phase: str
    outputs: tuple[tuple[str, str], ...]
    seen: Seen  # of a form that was sent with a mistake what it was filled in over, until the change is told
    address: str
    before: StanceKind | None
    chosen: tuple[str, ...]  # the outputs that somebody said to be disqualified of
    changed: (
        tuple[tuple[str, str], ...] | None
    )  # where the form was overtaken: what the round changed, and where that is shown


@router.get(AT)
def ask(place: At, phase: str, seat: str) -> Response:
    """The form."""
    return _form(place, phase, seat, Mistakes(), None)


@router.post(AT)
def take(place: At, phase: str, seat: str, form: Posted) -> Response:
    """The stance is taken."""
    mistakes = _mistakes(place, form)
    if mistakes:
        return _form(place, phase, seat, mistakes, form, status=422)
    try:
        place.act(_command(phase, seat, form))
    except Overtaken:
        return _form(place, phase, seat, mistakes, form, status=409)
    kept = place.visitor.say("Kiitos. Kantasi on kirjattu.")
    return go(place.visitor, addresses.checkpoint(place.key, phase), kept)


def _mistakes(place: Place, form: Form) -> Mistakes:
    _, mistakes, kind = place.visitor.say, Mistakes(), form.text("kind")
    if kind not in set(StanceKind):
        mistakes.add("kind", _("Valitse kantasi."))
    elif kind == StanceKind.OBJECT and not form.text("reason"):
        mistakes.add("reason", _("Kirjoita perustelusi. Niihin vastataan kirjallisesti."))
    elif kind == StanceKind.ACCEPT_WITH_CONDITIONS and not form.text("reason"):
        mistakes.add("reason", _("Kirjoita, mitä pitää ottaa huomioon."))
    elif kind == StanceKind.DISQUALIFIED and not form.text("ground"):
        mistakes.add("ground", _("Kirjoita esteellisyyden peruste, esimerkiksi Hallintolaki 28 §."))
    return mistakes


def _command(phase: str, seat: str, form: Form) -> TakeStance:
    kind, reason = StanceKind(form.text("kind")), form.text("reason")
    out = kind is StanceKind.DISQUALIFIED
    try:
        return TakeStance(
            phase=phase,
            seat=seat,
            kind=kind,
            seen=seen_in(form),
            reason=Private(reason) if kind in WITH_REASON else None,
            outputs=tuple(form.all("outputs")) if out else (),
            ground=form.text("ground") if out else None,
        )
    except ValidationError:
        raise NotFound(what="output", name=", ".join(form.all("outputs"))) from None


def _form(place: Place, phase: str, seat: str, mistakes: Mistakes, form: Form | None, *, status: int = 200) -> Response:
    place.check_phase(phase)
    round_, seen = place.process.rounds.get(phase), seen_at(place, phase)
    if round_ is None or seen is None:
        raise CheckpointNotOpen(phase=place.name("phase", phase), status=place.process.phases[phase].status)
    if seat not in set(place.possible.seats(phase)):
        raise NotFound(what="seat", name=seat)
    refused = place.possible.refusal(TakeStance(phase=phase, seat=seat, kind=StanceKind.ACCEPT, seen=seen))
    if refused is not None:
        raise refused
    held, said = round_.seats[seat], round_.stances.get(seat)
    with place.visitor.reading() as session:
        place.fetch_people(session, [held.person])
        typed, chosen = (form.typed(), form.all("outputs")) if form else _as_said(place, session, phase, seat)
        changed = _changed(place, session, phase) if status == 409 else None
    own = held.person == place.visitor.person
    shown = StancePage(
        seat=seat,
        group=place.name("group", held.group),
        holder=None if own else place.person(held.person),
        own=own,
        checkpoint=place.name("checkpoint", phase),
        phase=place.name("phase", phase),
        outputs=tuple((output, place.name("output", output)) for output in covers(round_, seat)),
        seen=seen_in(form) if form and status == 422 else seen,
        address=addresses.checkpoint(place.key, phase),
        before=StanceKind.DISQUALIFIED if typed["kind"] == StanceKind.DISQUALIFIED else said.kind if said else None,
        chosen=tuple(chosen),
        changed=changed,
    )
    return page(
        place.visitor,
        "stance.html",
        status=status,
        stance=shown,
        mistakes=mistakes,
        typed=typed,
        place=place,
        phase=phase,
    )


def _as_said(place: Place, session: Session, phase: str, seat: str) -> tuple[Typed, Sequence[str]]:
    """What the visitor said before, to go on from, with the outputs of which they are disqualified."""
    round_ = place.process.rounds[phase]
    said, out = round_.stances.get(seat), round_.disqualified.get(seat)
    if out is not None and round_.seats[seat].person == place.visitor.person and said is None:
        told = reading.disqualification(session, place.scope.id, phase, round_.no, seat)
        place.fetch(session, [told.ground if told else None])
        ground = place.words(told.ground) if told else None
        return Typed({"kind": StanceKind.DISQUALIFIED, "ground": ground or ""}), out
    if said is None or said.by != place.visitor.person:
        return Typed(), ()
    carried = place.process.objections.get(said.objection or "")
    place.fetch(session, [carried.text if carried else None])
    reason = place.words(carried.text) if carried else None
    return Typed({"kind": said.kind, "reason": reason or ""}), ()


def _changed(place: Place, session: Session, phase: str) -> tuple[tuple[str, str], ...]:
    """What was revised in the round, with where all that it changed is shown."""
    no, first, last = place.process.rounds[phase].no, dict[str, str](), dict[str, RoundVersion]()
    for one in reading.revisions(session, place.scope.id):
        if (one.phase, one.round) == (phase, no):
            first.setdefault(one.output, one.before)
            last[one.output] = one.version
    return tuple(
        (place.name("output", output), addresses.comparison(place.key, first[output], version.sha256))
        for output, version in last.items()
        if place.secrecy.allows(version.publicity, version.phase, output)
    )
