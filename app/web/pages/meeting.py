"""Meeting mode: attendance, the group's stance, each one's that differs, dissents and the memo, in one form."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.pages.checkpoint import a_day, seen_in, words
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.meeting import MeetingPage, SeatLine, meeting_page
from models.amounts import day_in
from models.commands import CancelMeeting, CorrectMemo, RecordMeeting, ScheduleMeeting, SpokenDissent, SpokenStance
from models.days.calendar import at_local
from models.errors import CheckpointNotOpen, NotAuthorised, NotValid, Overtaken
from models.events import MemoCorrected
from models.meetings import speaks_itself
from models.personal import Private
from models.words import StanceKind

router = APIRouter()
AT = "/prosessi/{process}/kokous/{meeting}"
NEEDS_REASON = (StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS, StanceKind.DISQUALIFIED)


class Spoken(NamedTuple):
    """What was said in one seat."""

    kind: StanceKind | None  # None: what the group said
    reason: str


class Parts(NamedTuple):
    """What the form says of seats."""

    present: dict[str, str]
    stances: tuple[SpokenStance, ...]
    dissents: tuple[SpokenDissent, ...]


@router.get(AT)
def one_meeting(place: At, meeting: str, tyoryhma: str | None = None, vaihe: str | None = None) -> Response:
    """The meeting: the form for whoever records it, the memo for all who may read it."""
    return _page(place, _shown(place, meeting, tyoryhma, vaihe), Mistakes(), Typed())


@router.post(AT)
def record(place: At, meeting: str, form: Posted) -> Response:
    """The memo stands in the record, with the stances given in the meeting."""
    shown = _shown(place, meeting, form.text("group") or None, form.text("phase") or None)
    if shown.group is None or not shown.may_record:
        raise NotAuthorised(who="the chair of the group, or the coordinator of the process")
    mistakes = Mistakes()
    parts = _parts(place, form, shown, mistakes)
    if not parts.present:
        mistakes.add("present", place.visitor.say("Merkitse, ketkä olivat paikalla."))
    if not form.text("memo"):
        mistakes.add("memo", place.visitor.say("Kirjoita muistio: mistä puhuttiin ja mitä sovittiin."))
    if mistakes:  # the form goes on from what it was filled in over
        shown = shown._replace(seen=seen_in(form) if form.text("round") else None)
        return _page(place, shown, mistakes, form.typed(), status=422)
    stance = StanceKind(form.text("stance")) if form.text("stance") in set(StanceKind) else None
    spoken = bool(stance or parts.stances or parts.dissents)
    if spoken and not shown.seen:  # the round has ended while the form was filled in
        raise CheckpointNotOpen(phase=shown.phase, status=place.process.phases[shown.phase].status)
    command = RecordMeeting(
        meeting=meeting,
        phase=shown.phase,
        group=shown.group,
        held_on=a_day(place, form.text("held_on")),
        present=parts.present,
        seen=seen_in(form) if spoken else None,
        group_stance=stance,
        stances=parts.stances,
        dissents=parts.dissents,
        memo=Private(form.text("memo")),
    )
    try:
        place.act(command)
    except Overtaken:
        return _page(place, shown, mistakes, form.typed(), status=409)
    said = place.visitor.say("Muistio on kirjattu. Se lähtee paikalla olleille, ja he voivat korjata omaa kantaansa.")
    return go(place.visitor, addresses.meeting(place.key, meeting), said)


@router.post(AT + "/korjaa")
def correct(place: At, meeting: str, form: Posted) -> Response:
    """What the memo says of the visitor's own stance is corrected."""
    if form.text("kind") not in set(StanceKind):
        raise NotValid("Choose your stance.")
    kind, reason = StanceKind(form.text("kind")), form.text("reason")
    private = words(place, form, "reason") if kind in NEEDS_REASON else Private(reason) if reason else None
    receipt = place.act(CorrectMemo(meeting=meeting, seat=form.text("seat"), kind=kind, reason=private))
    said = place.visitor.say("Korjaus on kirjattu.")
    if any(isinstance(one.event, MemoCorrected) and one.event.late for one in receipt.events):
        said = place.visitor.say("Korjaus on kirjattu muistion viereen. Tulos ei muutu.")
    return go(place.visitor, addresses.meeting(place.key, meeting), said)


@router.post(AT + "/peruuta")
def cancel(place: At, meeting: str, form: Posted) -> Response:
    """The meeting is off."""
    reason = form.text("reason")
    place.act(CancelMeeting(meeting=meeting, reason=Private(reason) if reason else None))
    return go(place.visitor, addresses.meeting(place.key, meeting), place.visitor.say("Kokous on peruttu."))


@router.post("/prosessi/{process}/vaihe/{phase}/kokous")
def schedule(place: At, phase: str, form: Posted) -> Response:
    """A meeting of the phase is in the calendar."""
    place.check_phase(phase)
    number = sum(key.startswith(f"{phase}-kokous") for key in place.process.meetings) + 1
    key = f"{phase}-kokous-{number}"
    command = ScheduleMeeting(
        meeting=key,
        at=_moment(form),
        place=form.text("place") or None,
        phase=phase,
        group=form.text("group") or None,
        name=form.text("name") or None,
    )
    place.act(command)
    return go(place.visitor, addresses.phase(place.key, phase) + "#meetings", place.visitor.say("Kokous on sovittu."))


def _moment(form: Form) -> dt.datetime:
    """The day and time in Helsinki. Raises NotValid."""
    try:
        day, time = day_in(form.text("day")), dt.time.fromisoformat(form.text("time").replace(".", ":"))
    except ValueError:
        raise NotValid("Give the day and the time of the meeting.") from None
    return at_local(day, time.hour, time.minute)


def _parts(place: Place, form: Form, shown: MeetingPage, mistakes: Mistakes) -> Parts:
    """What the form says of each seat. Whatever was typed is recorded or told as a mistake."""
    present, stances, dissents = {}, [], []
    for seat in shown.seats:
        person, dissent = form.text(f"present-{seat.key}"), form.text(f"dissent-{seat.key}")
        spoken = _spoken(form, seat.key)
        for name, sentence in _mistakes(place, shown, seat, person, dissent, spoken):
            mistakes.add(f"{name}-{seat.key}", sentence)
        if not person:
            continue
        present[seat.key] = person
        if dissent:
            dissents.append(SpokenDissent(seat=seat.key, text=Private(dissent)))
        if spoken.kind:
            why, out = Private(spoken.reason) if spoken.reason else None, spoken.kind is StanceKind.DISQUALIFIED
            reason, ground = (None, why) if out else (why, None)
            stances.append(SpokenStance(seat=seat.key, kind=spoken.kind, reason=reason, ground=ground))
    return Parts(present, tuple(stances), tuple(dissents))


def _spoken(form: Form, seat: str) -> Spoken:
    kind = form.text(f"said-{seat}")
    return Spoken(StanceKind(kind) if kind in set(StanceKind) else None, form.text(f"reason-{seat}"))


def _mistakes(
    place: Place, shown: MeetingPage, seat: SeatLine, person: str, dissent: str, spoken: Spoken
) -> Iterator[tuple[str, str]]:
    """What of a seat cannot be recorded as it was typed, by the field's name."""
    _, name = place.visitor.say, dict(seat.people).get(person, seat.people[0][1])
    if not person:
        if spoken.kind or spoken.reason or dissent:
            yield (
                "present",
                _("Merkitse läsnäolo: %(name)s. Kanta ja eriävä mielipide kirjataan läsnä olleelle.", name=name),
            )
        return
    if spoken.kind is None:
        if spoken.reason:
            yield "said", _("Valitse kanta, jonka perustelu tämä on: %(name)s.", name=name)
    elif shown.seen and speaks_itself(place.process, shown.phase, seat.key, person):
        yield (
            "said",
            _("%(name)s on jo itse ottanut kantaa, ja vain hän itse muuttaa sitä. Jätä kanta valitsematta.", name=name),
        )
    elif spoken.kind in NEEDS_REASON and not spoken.reason:
        yield "reason", _("Kirjoita perustelu: %(name)s.", name=name)
    elif spoken.kind not in NEEDS_REASON and spoken.reason:
        yield "reason", _("Tähän kantaan ei kirjata perustelua: %(name)s. Kirjoita se muistioon.", name=name)


def _shown(place: Place, meeting: str, group: str | None, phase: str | None) -> MeetingPage:
    with place.visitor.reading() as session:
        return meeting_page(place, session, meeting, group, phase)


def _page(place: Place, shown: MeetingPage, mistakes: Mistakes, typed: Typed, *, status: int = 200) -> Response:
    values = {"m": shown, "mistakes": mistakes, "typed": typed, "overtaken": status == 409}
    return page(place.visitor, "meeting.html", status=status, place=place, **values)
