"""A meeting: who may be there and what is said, in one form; afterwards its memo, and what may be corrected of it."""

import datetime as dt
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from app.web.views.checkpoint import seen_at
from models.commands import CancelMeeting, CorrectMemo, RecordMeeting, Seen
from models.days.calendar import local_date
from models.errors import NotFound
from models.events import MeetingRecorded
from models.personal import Private
from models.process import Seat
from models.rounds import current, own_objections
from models.storage import reading
from models.storage.database import Session
from models.words import SeatPart, StanceKind, StanceWay

A_WORD = Private("…")


class SeatLine(NamedTuple):
    """One seat of the group, and who may have sat in it."""

    key: str
    part: SeatPart
    people: tuple[tuple[str, str], ...]  # the holder first, then deputies: person, name
    said: StanceKind | None  # what the seat has said
    stale: bool  # the texts have changed since
    own: bool  # what it said stands over whatever is recorded of it
    objects: bool  # the holder has an open objection, which the holder alone withdraws


class MemoView(NamedTuple):
    """A memo as it was recorded."""

    text: str | None
    held_on: dt.date
    group_stance: StanceKind | None
    present: tuple[str, ...] | None  # None for those who may not read names
    there: int
    window: dt.datetime | None
    late: bool  # the round it was about has ended
    correct: tuple[tuple[str, StanceKind | None], ...]  # the visitor's own seats, and what was recorded of them


class MeetingPage(NamedTuple):
    """Everything the page shows."""

    key: str
    name: str
    at: dt.datetime
    phase: str
    phase_name: str
    on: dt.date  # the day it was for, where that is not to come
    group: str | None
    group_name: str | None
    groups: tuple[tuple[str, str], ...]  # to choose from, where the meeting is nobody's own
    seats: tuple[SeatLine, ...]
    seen: Seen | None  # where stances can be recorded
    may_record: bool
    may_cancel: bool
    memo: MemoView | None
    cancelled: bool
    address: str


def meeting_page(place: Place, session: Session, key: str, group: str | None, phase: str | None) -> MeetingPage:
    """The page. Raises NotFound."""
    meeting = place.process.meetings.get(key)
    if meeting is None:
        raise NotFound(what="meeting", name=key)
    of_phase = meeting.phase or phase or _newest_phase(place)
    place.check_phase(of_phase)
    of_group = meeting.group or group
    if of_group is not None and of_group not in place.process.groups:
        raise NotFound(what="group", name=of_group)
    memo = next((one for one in reading.memos(session, place.scope.id) if one.meeting == key), None)
    seats = _seats(place, of_phase, of_group) if of_group else {}
    people = [person for seat in seats.values() for person in (seat.person, *seat.deputies)]
    place.fetch_people(session, [*people, *(memo.present.values() if memo else ())])
    place.fetch(session, [memo.memo] if memo else [])
    seen = seen_at(place, of_phase)
    awaited = memo is None and not meeting.cancelled
    recorded = [one for one in place.process.groups if awaited and _may_record(place, key, of_phase, one)]
    return MeetingPage(
        key=key,
        name=reading.meeting_names(session, place.scope.id).get(key) or place.name("meeting", key),
        at=meeting.at,
        phase=of_phase,
        phase_name=place.name("phase", of_phase),
        on=min(local_date(meeting.at), place.visitor.today),
        group=of_group,
        group_name=place.name("group", of_group) if of_group else None,
        groups=tuple((one, place.name("group", one)) for one in recorded),
        seats=tuple(_line(place, of_phase, seat, held) for seat, held in seats.items()),
        seen=seen if of_group and _counts(place, of_phase, of_group) else None,
        may_record=of_group in recorded if of_group else bool(recorded),
        may_cancel=place.possible.may(CancelMeeting(meeting=key)),
        memo=_memo(place, key, memo) if memo else None,
        cancelled=meeting.cancelled,
        address=addresses.meeting(place.key, key),
    )


def _newest_phase(place: Place) -> str:
    """The phase at its checkpoint, else the newest that has begun."""
    at_checkpoint = list(place.process.rounds)
    begun = [key for key, phase in place.process.phases.items() if phase.rounds or phase.received]
    return (at_checkpoint or begun or list(place.process.phases))[-1]


def _counts(place: Place, phase: str, group: str) -> bool:
    round_ = place.process.rounds.get(phase)
    return round_ is not None and group in {one.group for one in round_.groups}


def _seats(place: Place, phase: str, group: str) -> dict[str, Seat]:
    """The seats of the group: those frozen in the round, else those of today."""
    round_ = place.process.rounds.get(phase)
    if round_ and _counts(place, phase, group):
        return {key: seat for key, seat in round_.seats.items() if seat.group == group and not seat.left}
    found = place.directory.seats_of(place.process.groups[group], place.visitor.today)
    return {key: Seat(group=group, person=s.person, part=s.part, deputies=tuple(s.deputies)) for key, s in found}


def _line(place: Place, phase: str, key: str, seat: Seat) -> SeatLine:
    round_ = place.process.rounds.get(phase)
    said = round_.stances.get(key) if round_ else None
    valid = current(round_, key) if round_ else None
    return SeatLine(
        key=key,
        part=seat.part,
        people=tuple((person, place.person(person)) for person in (seat.person, *seat.deputies)),
        said=said.kind if said else None,
        stale=said is not None and valid is None,
        own=valid is not None and valid.way is not StanceWay.MEETING,
        objects=bool(own_objections(place.process, phase, key, seat.person)),
    )


def _may_record(place: Place, key: str, phase: str, group: str) -> bool:
    command = RecordMeeting(meeting=key, phase=phase, group=group, held_on=place.visitor.today, present={}, memo=A_WORD)
    return place.possible.entitled(command) is not None


def _memo(place: Place, key: str, memo: MeetingRecorded) -> MemoView:
    sees = place.sees_names(memo.group)
    own = [seat for seat in memo.present if _is_own(place, memo.phase, seat)]
    may = [one for one in own if place.possible.may(CorrectMemo(meeting=key, seat=one, kind=StanceKind.ABSTAIN))]
    round_ = place.process.rounds.get(memo.phase)
    stances = round_.stances if round_ else {}
    return MemoView(
        text=place.words(memo.memo) if sees else None,
        held_on=memo.held_on,
        group_stance=memo.group_stance,
        present=tuple(place.person(one) for one in memo.present.values()) if sees else None,
        there=len(memo.present),
        window=memo.window,
        late=round_ is None,
        correct=tuple((one, stances[one].kind if one in stances else None) for one in may),
    )


def _is_own(place: Place, phase: str, seat: str) -> bool:
    round_ = place.process.rounds.get(phase)
    held = (round_.seats.get(seat) if round_ else None) or place.directory.seats.get(seat)
    return held is not None and place.visitor.person in (held.person, *held.deputies)
