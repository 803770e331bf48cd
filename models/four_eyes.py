"""Two pairs of eyes: who submitted may take a stance in their seat, but is neither a group's only acceptor nor the one
who states the outcome of the same round, unless the definition says so.

It is checked at submitting and revising, so that a round does not lock up, and again at passing.
"""

from models.definitions.definition import CheckpointPlan, GroupAtCheckpoint
from models.errors import FourEyes
from models.process import Process, Seat
from models.words import GroupRule, SeatPart
from models.world import World


def check_four_eyes(
    process: Process, plan: CheckpointPlan, seats: dict[str, Seat], submitters: set[str], world: World
) -> None:
    """The round has a preparer and in each group somebody who could accept besides the submitters. Raises FourEyes."""
    if not plan.four_eyes:
        return
    if process.roles.get(plan.preparer) in submitters:
        raise FourEyes(why="who states the outcome may not be the one who submitted; let somebody else submit")
    for at in plan.groups:
        mine = [seat for seat in seats.values() if seat.group == at.group and _may_carry(at, seat)]
        if not any(_speakers(seat, world) - submitters for seat in mine):
            raise FourEyes(why=f"the submitter would be the only one in {at.group} who could accept")


def another(process: Process, plan: CheckpointPlan, phase: str, people: frozenset[str]) -> bool:
    """Whether somebody besides the submitters is among the people."""
    return bool(people.difference(process.rounds[phase].submitted_by) if plan.four_eyes else people)


def _may_carry(at: GroupAtCheckpoint, seat: Seat) -> bool:
    return at.rule is not GroupRule.CHAIR or seat.part is not SeatPart.MEMBER


def _speakers(seat: Seat, world: World) -> set[str]:
    """Who can be counted on to speak for the seat: a deputy only while the holder is away."""
    return {seat.person, *(seat.deputies if world.directory.away(seat.person, world.today) else ())}
