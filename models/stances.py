"""What members say at a checkpoint and what becomes of it: stances, objections, conditions, dissents, assessments.

A stance is one seat's, over exact versions, in one round. Only its maker withdraws an objection; the preparer may
answer it, carry it as a condition with owner and date, or record it as dissent with a written reason.
"""

from collections.abc import Iterable

from models.commands import (
    Answer,
    Assess,
    CarryAsCondition,
    Confirm,
    FulfilCondition,
    LeaveRound,
    Seen,
    SpokenStance,
    TakeStance,
    Withdraw,
)
from models.errors import NotAuthorised, NotFound, NotValid, Overtaken, Refused
from models.events import (
    Actor,
    ConditionAdopted,
    ConditionFulfilled,
    CriterionAssessed,
    Event,
    ObjectionAnswered,
    ObjectionWithdrawn,
    SeatLeft,
    SignatureWithdrawn,
    StanceConfirmed,
    StanceTaken,
)
from models.lifecycle import the_phase, the_round
from models.process import Objection, Process, Round, Seat, Signature
from models.rounds import (
    AWAITING_ANSWER,
    DISAGREEING,
    awaiting_reply,
    covered,
    covers,
    current,
    is_disqualified,
    own_objections,
)
from models.words import ObjectionStatus, StanceKind, StanceWay
from models.world import World, checkpoint_of

AFTER_WITHDRAWING = (StanceKind.ACCEPT, StanceKind.ABSTAIN, StanceKind.NOT_READ)


# --- stances ------------------------------------------------------------------------------------------------------


def decide_take_stance(process: Process, command: TakeStance, by: Actor, world: World) -> list[Event]:
    """The seat's stance replaces its earlier one; an earlier open objection of the same person is thereby withdrawn."""
    round_ = same_round(process, command.phase, command.seen)
    the_seat(round_, command.seat)
    check_may_speak(round_, command.seat, by, world)
    return [stance(process, command.phase, command, by.person, StanceWay.OWN)]


def stance(
    process: Process, phase: str, said: TakeStance | SpokenStance, person: str, way: StanceWay, offset: int = 0
) -> StanceTaken:
    """The event of one seat's stance. `offset` numbers several objections of one act. Raises NotValid."""
    round_ = process.rounds[phase]
    if said.kind in DISAGREEING and said.reason is None:
        raise NotValid("An objection needs its reason, and a condition its words.")
    if said.kind is StanceKind.DISQUALIFIED and person != round_.seats[said.seat].person:
        raise NotValid("Only the holder of a seat can be disqualified in it; leave the matter to the next deputy.")
    unknown = set(said.outputs) - set(covers(round_, said.seat))
    if unknown:
        raise NotFound(what="output the seat covers", name=", ".join(sorted(unknown)))
    return StanceTaken(
        phase=phase,
        round=round_.no,
        seat=said.seat,
        group=round_.seats[said.seat].group,
        person=person,
        kind=said.kind,
        way=way,
        edition=round_.edition,
        manifest=round_.manifest,
        objection=numbered(process, "o", offset) if said.kind in DISAGREEING else None,
        reason=said.reason,
        withdrawn=own_objections(process, phase, said.seat, person),
        outputs=said.outputs,
        ground=said.ground,
    )


def decide_confirm(process: Process, command: Confirm, by: Actor, world: World) -> list[Event]:
    """A stale stance stands over the changed versions; or what was recorded of the seat is confirmed; or the seat keeps
    its objection though it was answered; or it says the same as in the round before, where every version it covers is
    byte-identical."""
    round_ = same_round(process, command.phase, command.seen)
    seat = the_seat(round_, command.seat)
    check_may_answer(round_, command.seat, by, world)
    awaited = any(command.seat in w.concerned and command.seat not in w.confirmed for w in round_.windows)
    awaited = awaited or bool(awaiting_reply(process, command.phase, command.seat, by.person))
    if command.seat in round_.stances and (awaited or current(round_, command.seat) is None):
        return [
            StanceConfirmed(
                phase=command.phase,
                round=round_.no,
                seat=command.seat,
                group=seat.group,
                edition=round_.edition,
                manifest=round_.manifest,
            )
        ]
    said = None if command.seat in round_.stances else _earlier(process, command, round_, by, world)
    if said is None:
        raise NotValid("There is nothing to confirm for this seat: take a stance.")
    return [stance(process, command.phase, said, by.person, StanceWay.CONFIRMED)]


def _earlier(process: Process, command: Confirm, round_: Round, by: Actor, world: World) -> TakeStance | None:
    """What the seat said in the round before, if it was there then and nothing it covers has changed."""
    phase, seat = command.phase, command.seat
    earlier = process.phases[phase].earlier
    if earlier is None or seat not in earlier.stances:
        return None
    if world.directory.seats[seat].first > earlier.opened:
        return None  # another one had the name then
    if any(earlier.versions.get(output) != round_.versions[output].sha256 for output in covered(round_, seat)):
        return None
    seen = Seen(round=round_.no, manifest=round_.manifest)
    kind = earlier.stances[seat]
    same = TakeStance(phase=phase, seat=seat, kind=kind, seen=seen)
    if kind not in DISAGREEING:
        return same
    settled = (ObjectionStatus.RETURNED, ObjectionStatus.CARRIED, ObjectionStatus.DISSENT)
    made = [o for o in process.objections.values() if o.phase == phase and o.status in settled]
    mine = [o for o in made if seat in o.makers and o.makers[seat].person == by.person]
    if not mine or mine[-1].status is not ObjectionStatus.RETURNED:
        return None  # it was carried or recorded: it is not raised a second time
    # model_copy: the words are a commitment already and must not be taken for new private words
    return same.model_copy(update={"reason": mine[-1].text})


def check_may_speak(round_: Round, seat_id: str, by: Actor, world: World) -> None:
    """The holder may speak; a deputy while the holder is away or disqualified. Raises Refused, NotAuthorised."""
    seat = round_.seats[seat_id]
    if seat.left:
        raise Refused("The seat {seat} ended while the round was open; it takes no stance.", seat=seat_id)
    check_sits(seat_id, seat, by, world, out=is_disqualified(round_, seat_id))


def check_may_answer(round_: Round, seat_id: str, by: Actor, world: World) -> None:
    """Who may say whether the seat's stance still holds: whoever gave it, or may speak for the seat now."""
    said = round_.stances.get(seat_id)
    if said is None or said.by != by.person or round_.seats[seat_id].left:
        check_may_speak(round_, seat_id, by, world)


def check_sits(seat_id: str, seat: Seat, by: Actor, world: World, out: bool) -> None:
    if by.person == seat.person:
        if out:
            raise Refused(
                "You have said that you are disqualified in this matter. Take that back first if it was a mistake."
            )
        return
    if by.person not in seat.deputies:
        raise NotAuthorised(who="the holder of the seat or its deputy")
    if not (out or world.directory.away(seat.person, world.today)):
        raise Refused(
            "The holder of the seat {seat} is present: a deputy acts only while the holder is away.", seat=seat_id
        )


# --- objections ---------------------------------------------------------------------------------------------------


def decide_withdraw(process: Process, command: Withdraw, by: Actor, world: World) -> list[Event]:
    """The maker takes an objection back, or a signature under a dissent. Nobody else can.

    The seat's stance becomes `then`, about the text that was seen, unless somebody else has spoken in the seat
    meanwhile. Raises Overtaken where the text seen is another by now.
    """
    if command.item in process.dissents:
        dissent = process.dissents[command.item]
        check_maker(dissent.signers, command.seat, by)
        ended = set(dissent.signers) == {command.seat}
        return [SignatureWithdrawn(dissent=command.item, seat=command.seat, ended=ended)]
    objection = open_objection(process, command.item)
    check_maker(objection.makers, command.seat, by)
    round_ = same_round(process, objection.phase, command.seen) if command.seen else the_round(process, objection.phase)
    said = None if command.seen else round_.stances.get(command.seat)
    if command.then not in AFTER_WITHDRAWING:
        raise NotValid("After withdrawing, the seat accepts, abstains or has not read; to object again, take a stance.")
    return [
        ObjectionWithdrawn(
            objection=command.item,
            phase=objection.phase,
            seat=command.seat,
            then=command.then,
            edition=said.edition if said else round_.edition,
            ended=set(objection.makers) == {command.seat},
        )
    ]


def check_maker(makers: dict[str, Signature], seat: str, by: Actor) -> None:
    if seat not in makers or makers[seat].person != by.person:
        raise NotAuthorised(who="its maker, and nobody else")


def decide_answer(process: Process, command: Answer, by: Actor, world: World) -> list[Event]:
    """The objection is answered: the proposal was changed, or not and why. It stays open."""
    objection = process.objections.get(command.objection)
    if objection is None:
        raise NotFound(what="objection", name=command.objection)
    if objection.status not in AWAITING_ANSWER:
        raise Refused(
            "The objection {item} is {status}: it awaits no answer.", item=command.objection, status=objection.status
        )
    return [
        ObjectionAnswered(objection=command.objection, phase=objection.phase, result=command.result, text=command.text)
    ]


def decide_carry(process: Process, command: CarryAsCondition, by: Actor, world: World) -> list[Event]:
    """The objection, or the offered condition, becomes a condition with owner and date and no longer blocks."""
    objection = open_objection(process, command.objection)
    the_round(process, objection.phase)
    if not world.directory.is_active(command.owner):
        raise NotFound(what="active person", name=command.owner)
    if command.due <= world.today:
        raise NotValid("The condition's date {due} has passed; give a day to come.", due=command.due)
    if command.checkpoint is not None:
        order = list(process.phases)
        the_phase(process, command.checkpoint)
        if order.index(command.checkpoint) <= order.index(objection.phase):
            raise NotValid("A condition carried from {phase} is due at a later checkpoint.", phase=objection.phase)
    return [
        ConditionAdopted(
            condition=numbered(process, "c"),
            objection=command.objection,
            phase=objection.phase,
            owner=command.owner,
            due=command.due,
            checkpoint=command.checkpoint,
            text=command.text or objection.text,
        )
    ]


def decide_fulfil(process: Process, command: FulfilCondition, by: Actor, world: World) -> list[Event]:
    """The condition is done."""
    if command.condition not in process.conditions:
        raise NotFound(what="open condition", name=command.condition)
    return [ConditionFulfilled(condition=command.condition, how=command.how)]


# --- assessments and seats that end -------------------------------------------------------------------------------


def decide_assess(process: Process, command: Assess, by: Actor, world: World) -> list[Event]:
    """The named person has said whether the criterion holds, over the versions seen."""
    round_ = same_round(process, command.phase, command.seen)
    plan = checkpoint_of(process, world, command.phase)
    criterion = next((c for c in plan.criteria if c.id == command.criterion), None)
    if criterion is None:
        raise NotFound(what="criterion of the checkpoint", name=command.criterion)
    if criterion.assessed_by is None:
        raise NotValid("{criterion} is computed from the record; nobody assesses it.", criterion=command.criterion)
    return [
        CriterionAssessed(
            phase=command.phase,
            round=round_.no,
            criterion=command.criterion,
            holds=command.holds,
            edition=round_.edition,
            note=command.note,
        )
    ]


def decide_leave_round(process: Process, command: LeaveRound, by: Actor, world: World) -> list[Event]:
    """A seat that ended leaves every open round it sits in, with the reason."""
    return [
        SeatLeft(phase=phase, round=round_.no, seat=command.seat, reason=command.reason)
        for phase, round_ in process.rounds.items()
        if command.seat in round_.seats and not round_.seats[command.seat].left
    ]


# --- finding things -----------------------------------------------------------------------------------------------


def numbered(process: Process, letter: str, offset: int = 0) -> str:
    """The next id of objections (o), conditions (c), dissents (d) or handlings (h)."""
    return f"{letter}{process.counters.get(letter, 0) + 1 + offset}"


def same_round(process: Process, phase: str, seen: Seen | None) -> Round:
    """The open round, if it is the one that was seen. Raises CheckpointNotOpen, Overtaken."""
    round_ = the_round(process, phase)
    if seen is None or (seen.round, seen.manifest) != (round_.no, round_.manifest):
        raise Overtaken(what="the outputs in the round are other versions now")
    return round_


def the_seat(round_: Round, seat: str) -> Seat:
    """The seat as it was frozen for the round. Raises NotFound."""
    if seat not in round_.seats:
        raise NotFound(what="seat in this round", name=seat)
    return round_.seats[seat]


def seat_of(process: Process, phase: str, seat: str, world: World) -> Seat:
    """The seat in the phase's open round, or after it in the directory. Raises NotFound."""
    if phase in process.rounds:
        return the_seat(process.rounds[phase], seat)
    held = world.directory.seats.get(seat)
    groups = [group for group, of in _groups_at(process, phase, world) if held and held.group == of]
    if held is None or not groups:
        raise NotFound(what="seat at this checkpoint", name=seat)
    return Seat(group=groups[0], person=held.person, part=held.part, deputies=held.deputies)


def _groups_at(process: Process, phase: str, world: World) -> Iterable[tuple[str, str]]:
    plan = checkpoint_of(process, world, phase)
    return ((at.group, process.groups[at.group]) for at in plan.groups)


def open_objection(process: Process, key: str) -> Objection:
    """The objection, if it is still open. Raises NotFound, Refused."""
    objection = process.objections.get(key)
    if objection is None:
        raise NotFound(what="objection", name=key)
    if objection.status is not ObjectionStatus.OPEN:
        raise Refused("The objection {item} is no longer open: it is {status}.", item=key, status=objection.status)
    return objection
