"""Meeting mode: attendance, the group's stance, each one's that differs, dissents and the memo, in one form."""

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response

from app.web import addresses
from app.web.forms import Form, Mistakes, Posted, Typed
from app.web.pages.checkpoint import a_day, seen_in, words
from app.web.place import At, Place
from app.web.rendering import go, page
from app.web.views.meeting import MeetingPage, meeting_page
from models.commands import CancelMeeting, CorrectMemo, RecordMeeting, ScheduleMeeting, SpokenDissent, SpokenStance
from models.errors import NotAuthorised, NotValid
from models.personal import Private
from models.words import StanceKind

router = APIRouter()
AT = "/prosessi/{process}/kokous/{meeting}"
HELSINKI = ZoneInfo("Europe/Helsinki")
WITH_REASON = (StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS)


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
    if mistakes:
        return _page(place, shown, mistakes, form.typed(), status=422)
    stance = StanceKind(form.text("stance")) if form.text("stance") in set(StanceKind) else None
    command = RecordMeeting(
        meeting=meeting,
        phase=shown.phase,
        group=shown.group,
        held_on=a_day(place, form.text("held_on")),
        present=parts.present,
        seen=seen_in(form) if shown.seen and (stance or parts.stances or parts.dissents) else None,
        group_stance=stance if shown.seen else None,
        stances=parts.stances if shown.seen else (),
        dissents=parts.dissents if shown.seen else (),
        memo=Private(form.text("memo")),
    )
    place.act(command)
    said = place.visitor.say("Muistio on kirjattu. Se lähtee paikalla olleille, ja he voivat korjata omaa kantaansa.")
    return go(place.visitor, addresses.meeting(place.key, meeting), said)


@router.post(AT + "/korjaa")
def correct(place: At, meeting: str, form: Posted) -> Response:
    """What the memo says of the visitor's own stance is corrected."""
    if form.text("kind") not in set(StanceKind):
        raise NotValid("Choose your stance.")
    kind, reason = StanceKind(form.text("kind")), form.text("reason")
    private = words(place, form, "reason") if kind in WITH_REASON else Private(reason) if reason else None
    place.act(CorrectMemo(meeting=meeting, seat=form.text("seat"), kind=kind, reason=private))
    return go(place.visitor, addresses.meeting(place.key, meeting), place.visitor.say("Korjaus on kirjattu."))


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
        day, time = dt.date.fromisoformat(form.text("day")), dt.time.fromisoformat(form.text("time").replace(".", ":"))
    except ValueError:
        raise NotValid("Give the day and the time of the meeting.") from None
    return dt.datetime.combine(day, time, HELSINKI)


def _parts(place: Place, form: Form, shown: MeetingPage, mistakes: Mistakes) -> Parts:
    present, stances, dissents = {}, [], []
    for seat in shown.seats:
        person = form.text(f"present-{seat.key}")
        if not person:
            continue
        present[seat.key] = person
        dissent = form.text(f"dissent-{seat.key}")
        if dissent:
            dissents.append(SpokenDissent(seat=seat.key, text=Private(dissent)))
        kind, reason = form.text(f"said-{seat.key}"), form.text(f"reason-{seat.key}")
        if kind not in set(StanceKind):
            continue
        out = kind == StanceKind.DISQUALIFIED
        if (kind in WITH_REASON or out) and not reason:
            name = dict(seat.people).get(person, "")
            mistakes.add(f"reason-{seat.key}", place.visitor.say("Kirjoita perustelu: %(name)s.", name=name))
        private = Private(reason) if reason and kind in WITH_REASON else None
        ground = reason if out and reason else None
        stances.append(SpokenStance(seat=seat.key, kind=StanceKind(kind), reason=private, ground=ground))
    return Parts(present, tuple(stances), tuple(dissents))


def _shown(place: Place, meeting: str, group: str | None, phase: str | None) -> MeetingPage:
    with place.visitor.reading() as session:
        return meeting_page(place, session, meeting, group, phase)


def _page(place: Place, shown: MeetingPage, mistakes: Mistakes, typed: Typed, *, status: int = 200) -> Response:
    return page(place.visitor, "meeting.html", status=status, place=place, m=shown, mistakes=mistakes, typed=typed)
