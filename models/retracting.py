"""What is taken back: an opening, a submission, one's own stance. Nothing else that stands in the record is."""

from models.commands import Retract
from models.errors import NotAuthorised, NotFound, PhaseNotOpen, Refused, RoundHasStances
from models.events import Actor, Event, OpeningRetracted, StanceRetracted, SubmissionRetracted
from models.lifecycle import the_phase, the_round
from models.process import Process, Round
from models.rounds import open_objections, own_objections
from models.words import PhaseStatus
from models.world import World


def decide_retract(process: Process, command: Retract, by: Actor, world: World) -> list[Event]:
    """A submission without a stance, an opening without a version, or one's own stance is taken back."""
    phase = the_phase(process, command.phase)
    if command.what == "opening":
        if phase.status is not PhaseStatus.OPEN:
            raise PhaseNotOpen(phase=command.phase, status=phase.status)
        if phase.versions:
            raise Refused(
                "The phase {phase} already has versions; its opening cannot be taken back.", phase=command.phase
            )
        return [OpeningRetracted(phase=command.phase)]
    round_ = the_round(process, command.phase)
    if command.what == "submission":
        if round_.stances or round_.disqualified:
            raise RoundHasStances(count=len({*round_.stances, *round_.disqualified}))
        if any(open_objections(process, command.phase)):  # a deputy's outlives the stance that the holder takes back
            raise Refused("The submission cannot be taken back while an objection to it is open. Return it instead.")
        return [SubmissionRetracted(phase=command.phase, round=round_.no)]
    return _retract_stance(process, round_, command, by)


def _retract_stance(process: Process, round_: Round, command: Retract, by: Actor) -> list[Event]:
    """One's own stance, or one's disqualification, is taken back; a holder who may speak takes back a deputy's too."""
    seat = command.seat or by.seat or ""
    held, stance = round_.seats.get(seat), round_.stances.get(seat)
    if held is None:
        raise NotFound(what=f"seat in the round of {command.phase}", name=seat)
    if stance is None and seat not in round_.disqualified:
        raise NotFound(what="stance of the seat", name=seat)
    own = stance is not None and stance.by == by.person
    if by.person != held.person and not own:
        raise NotAuthorised(who="the one who took the stance")
    return [
        StanceRetracted(
            phase=command.phase,
            round=round_.no,
            seat=seat,
            withdrawn=own_objections(process, command.phase, seat, by.person),
            disqualification=seat in round_.disqualified and not own,
        )
    ]
