"""Dissents: recorded by the preparer or filed by a member, co-signed, and carried on the first page up to the council.

A dissent blocks nothing and is never lost but by its signers, who withdraw it themselves (`stances.decide_withdraw`).
"""

from models.commands import CoSign, FileDissent, RecordDissent, Seen, TakeStance
from models.errors import NotFound, Refused
from models.events import Actor, DissentRecorded, Event, Signed
from models.lifecycle import the_phase, the_round
from models.process import Dissent, Objection, Process, Seat, Signature
from models.stances import (
    check_maker,
    check_may_answer,
    check_may_speak,
    check_sits,
    numbered,
    open_objection,
    seat_of,
    stance,
    the_seat,
)
from models.words import PhaseStatus, StanceKind, StanceWay
from models.world import World


def decide_record_dissent(process: Process, command: RecordDissent, by: Actor, world: World) -> list[Event]:
    """The objection stands as dissent, with its makers, on the first page of every later package."""
    objection = open_objection(process, command.objection)
    the_round(process, objection.phase)
    return [
        DissentRecorded(
            dissent=numbered(process, "d"),
            objection=command.objection,
            phase=objection.phase,
            round=objection.round,
            group=objection.group,
            text=objection.text,
            reason=command.reason,
            late=False,
            signers=objection.makers,
        )
    ]


def decide_file_dissent(process: Process, command: FileDissent, by: Actor, world: World) -> list[Event]:
    """A member attaches a dissent of their own; after the phase has passed it is late, and kept all the same."""
    phase = the_phase(process, command.phase)
    if phase.status not in (PhaseStatus.AT_CHECKPOINT, PhaseStatus.PASSED):
        raise Refused("A dissent is attached at the phase's checkpoint or after it.")
    seat = _check_may_sign(process, command.phase, command.seat, by, world)
    return [
        DissentRecorded(
            dissent=numbered(process, "d"),
            objection=None,
            phase=command.phase,
            round=phase.rounds,
            group=seat.group,
            text=command.text,
            reason=None,
            late=phase.status is PhaseStatus.PASSED,
            signers={command.seat: Signature(group=seat.group, person=by.person, name=command.name)},
        )
    ]


def decide_co_sign(process: Process, command: CoSign, by: Actor, world: World) -> list[Event]:
    """The seat joins an objection or a dissent, or its maker signs by name.

    Joining an open objection is a stance of the seat's own: it objects, or offers the same condition.
    """
    item: Objection | Dissent | None = process.objections.get(command.item) or process.dissents.get(command.item)
    if item is None:
        raise NotFound(what="objection or dissent", name=command.item)
    signed = item.signers if isinstance(item, Dissent) else open_objection(process, command.item).makers
    if command.seat in signed:
        check_maker(signed, command.seat, by)
        return [_signed(command, signed[command.seat].group, by)]
    if isinstance(item, Dissent):
        return [_signed(command, _check_may_sign(process, item.phase, command.seat, by, world).group, by)]
    round_ = the_round(process, item.phase)
    seat = the_seat(round_, command.seat)
    check_may_speak(round_, command.seat, by, world)
    seen = Seen(round=round_.no, manifest=round_.manifest)
    kind = StanceKind.ACCEPT_WITH_CONDITIONS if item.offer else StanceKind.OBJECT
    joining = TakeStance(phase=item.phase, seat=command.seat, kind=kind, seen=seen)
    taken = stance(process, item.phase, joining.model_copy(update={"reason": item.text}), by.person, StanceWay.OWN)
    events: list[Event] = [taken.model_copy(update={"objection": command.item})]
    return [*events, _signed(command, seat.group, by)] if command.name else events


def _check_may_sign(process: Process, phase: str, seat_id: str, by: Actor, world: World) -> Seat:
    """The seat, if the actor may dissent in it: in the round whoever gave its stance or may speak for it, after the
    round its holder, or a deputy while the holder is away."""
    seat = seat_of(process, phase, seat_id, world)
    if phase in process.rounds:
        check_may_answer(process.rounds[phase], seat_id, by, world)
    else:
        check_sits(seat_id, seat, by, world, out=False)
    return seat


def _signed(command: CoSign, group: str, by: Actor) -> Signed:
    signature = Signature(group=group, person=by.person, name=command.name)
    return Signed(item=command.item, seat=command.seat, signature=signature)
