"""Meetings: in the calendar, held, and what was said in them.

A stance given in a meeting is recorded by the chair or the coordinator; its bearer may correct it for some days. A
seat's own act stands over what is recorded of it.
"""

import datetime as dt

from models.commands import CancelMeeting, CorrectMemo, RecordMeeting, ScheduleMeeting, SpokenStance
from models.days.calendar import due_instant
from models.errors import NotAuthorised, NotFound, NotValid, Refused
from models.events import (
    Actor,
    DissentRecorded,
    Event,
    MeetingCancelled,
    MeetingRecorded,
    MeetingScheduled,
    MemoCorrected,
    StanceTaken,
)
from models.lifecycle import the_phase
from models.process import Process, Round, Seat, Signature
from models.rounds import DISAGREEING, current, is_disqualified, own_objections
from models.stances import check_may_answer, numbered, same_round, seat_of, stance
from models.words import StanceKind, StanceWay
from models.world import World, checkpoint_of


def decide_schedule_meeting(process: Process, command: ScheduleMeeting, by: Actor, world: World) -> list[Event]:
    """The meeting is in the calendar at that time, or has moved there."""
    meeting = process.meetings.get(command.meeting)
    if meeting and meeting.held:
        raise Refused("The meeting {meeting} has been held; it does not move.", meeting=command.meeting)
    if command.at.utcoffset() is None:
        raise NotValid("The meeting's time has no time zone.")
    if command.phase is not None:
        the_phase(process, command.phase)
    if command.group is not None and command.group not in process.groups:
        raise NotFound(what="group of the process", name=command.group)
    return [MeetingScheduled(**command.model_dump())]


def decide_cancel_meeting(process: Process, command: CancelMeeting, by: Actor, world: World) -> list[Event]:
    """The meeting is off."""
    meeting = process.meetings.get(command.meeting)
    if meeting is None or meeting.cancelled:
        raise NotFound(what="coming meeting", name=command.meeting)
    if meeting.held:
        raise Refused("The meeting {meeting} has been held; it cannot be cancelled.", meeting=command.meeting)
    return [MeetingCancelled(meeting=command.meeting, reason=command.reason)]


def decide_record_meeting(process: Process, command: RecordMeeting, by: Actor, world: World) -> list[Event]:
    """The memo stands in the record, and the stances given in the meeting with it."""
    the_phase(process, command.phase)
    if command.held_on > world.today:
        raise NotValid("A meeting is recorded after it was held; {day} is to come.", day=command.held_on)
    known = process.meetings.get(command.meeting)
    if known and (known.memo or known.cancelled):
        raise Refused("The meeting {meeting} has its memo already, or was cancelled.", meeting=command.meeting)
    if known and known.group not in (None, command.group):
        raise NotValid("The meeting {meeting} is one of another group.", meeting=command.meeting)
    if command.group not in process.groups:
        raise NotFound(what="group of the process", name=command.group)
    for seat, person in command.present.items():
        _check_sits(seat_of(process, command.phase, seat, world), seat, person, command.group)
    spoken = _spoken(process, command, world)
    taken = _taken(process, command, spoken)
    window = due_instant(world.today + dt.timedelta(days=checkpoint_of(process, world, command.phase).correction_days))
    memo = MeetingRecorded(
        meeting=command.meeting,
        phase=command.phase,
        group=command.group,
        held_on=command.held_on,
        present=command.present,
        group_stance=command.group_stance,
        memo=command.memo,
        window=window if taken else None,
        concerned=tuple(event.seat for event in taken),
    )
    return [memo, *taken, *_dissents(process, command)]


def _check_sits(seat: Seat, key: str, person: str, group: str) -> None:
    if seat.group != group:
        raise NotFound(what=f"seat of the group {group}", name=key)
    if person != seat.person and person not in seat.deputies:
        raise NotValid("{person} is neither the holder of the seat {seat} nor its deputy.", person=person, seat=key)


def _spoken(process: Process, command: RecordMeeting, world: World) -> dict[str, SpokenStance]:
    """Each present seat's stance: what it said, or else what the group said. Own acts are left alone."""
    if command.group_stance is None and not command.stances:
        return {}
    same_round(process, command.phase, command.seen)
    if command.group_stance in (*DISAGREEING, StanceKind.DISQUALIFIED):
        raise NotValid("An objection, a condition or a disqualification is each seat's own: record it for the seat.")
    absent = {said.seat for said in command.stances} - set(command.present)
    if absent:
        raise NotValid("These seats were not present: {seats}.", seats=", ".join(sorted(absent)))
    said = {one.seat: one for one in command.stances}
    if command.group_stance is not None:
        said = {seat: SpokenStance(seat=seat, kind=command.group_stance) for seat in command.present} | said
    own = {seat for seat in said if speaks_itself(process, command.phase, seat, command.present[seat])}
    return {seat: one for seat, one in said.items() if seat not in own}


def speaks_itself(process: Process, phase: str, seat: str, person: str) -> bool:
    """Whether nothing is to be recorded: the seat has left, has acted itself, has an objection that only its maker
    withdraws, or its holder is disqualified."""
    round_ = process.rounds[phase]
    held, now = round_.seats[seat], current(round_, seat)
    if held.left or (now is not None and now.way is not StanceWay.MEETING):
        return True
    if own_objections(process, phase, seat, person):
        return True
    return is_disqualified(round_, seat) and person == held.person


def _taken(process: Process, command: RecordMeeting, spoken: dict[str, SpokenStance]) -> list[StanceTaken]:
    events: list[StanceTaken] = []
    raised = 0
    for seat, said in spoken.items():
        events.append(stance(process, command.phase, said, command.present[seat], StanceWay.MEETING, raised))
        raised += said.kind in DISAGREEING
    return events


def _dissents(process: Process, command: RecordMeeting) -> list[DissentRecorded]:
    """Each dissent that somebody present attached: it stands until its bearer withdraws it."""
    if not command.dissents:
        return []
    round_ = same_round(process, command.phase, command.seen)
    absent = {said.seat for said in command.dissents} - set(command.present)
    if absent:
        raise NotValid("These seats were not present: {seats}.", seats=", ".join(sorted(absent)))
    return [
        DissentRecorded(
            dissent=numbered(process, "d", number),
            objection=None,
            phase=command.phase,
            round=round_.no,
            group=command.group,
            text=said.text,
            reason=None,
            late=False,
            signers={said.seat: _signature(round_, said.seat, command)},
        )
        for number, said in enumerate(command.dissents)
    ]


def _signature(round_: Round, seat: str, command: RecordMeeting) -> Signature:
    """Whose dissent it is. Raises Refused for a holder who is disqualified, and for a seat that has left."""
    held, person = round_.seats[seat], command.present[seat]
    if held.left or (is_disqualified(round_, seat) and person == held.person):
        raise Refused("The seat {seat} is out of this round: it cannot dissent in it.", seat=seat)
    return Signature(group=command.group, person=person)


def decide_correct_memo(process: Process, command: CorrectMemo, by: Actor, world: World) -> list[Event]:
    """The seat's own word replaces what the memo says of it; after the round, it stands beside the package."""
    meeting = process.meetings.get(command.meeting)
    if meeting is None or not meeting.memo or meeting.phase is None:
        raise NotFound(what="memo of a meeting", name=command.meeting)
    seat = seat_of(process, meeting.phase, command.seat, world)
    if seat.group != meeting.group:
        raise NotFound(what="seat in this meeting", name=command.seat)
    round_ = process.rounds.get(meeting.phase)
    corrected = MemoCorrected(
        meeting=command.meeting,
        phase=meeting.phase,
        group=seat.group,
        seat=command.seat,
        kind=command.kind,
        reason=command.reason,
        late=round_ is None,
    )
    if command.seat not in meeting.concerned:
        raise NotFound(what="stance of the seat in this memo", name=command.seat)
    if round_ is None:
        if by.person not in (seat.person, *seat.deputies):
            raise NotAuthorised(who="the one the memo speaks of")
        return [corrected]
    check_may_answer(round_, command.seat, by, world)
    window = next((w for w in round_.windows if w.about == command.meeting), None)
    if window is None:  # the memo is one of an earlier round
        raise NotFound(what="stance of the seat in this memo", name=command.seat)
    if window.until <= world.now:
        raise Refused("The days for correcting this memo have run; take a stance of your own instead.")
    own = SpokenStance(seat=command.seat, kind=command.kind).model_copy(update={"reason": command.reason})
    return [corrected, stance(process, meeting.phase, own, by.person, StanceWay.OWN)]
