"""What stands open in a running process as it is rehearsed, and what is assumed to become of it.

An objection that nobody has answered is answered, and that suffices; so does an answer of which its makers have yet to
say whether it does. One that a maker keeps, or can say nothing of any more, the preparer records as dissent.
"""

import datetime as dt
from collections.abc import Mapping

from models.duties.duty import Duty
from models.process import Objection, Process, Round
from models.rehearsal.result import Assumed, OpenObjection
from models.rounds import current
from models.words import GroupRule, ObjectionStatus


def is_unsettled(objection: Objection, round_: Round) -> bool:
    """Whether it was answered, and not all its makers will still say whether that suffices."""
    answered = objection.status is ObjectionStatus.OPEN and objection.answered is not None
    return answered and not all(_speaks(seat, objection, round_) for seat in objection.makers)


def _speaks(seat: str, objection: Objection, round_: Round) -> bool:
    """Whether the maker is asked about the answer, or for a stance anew, which says it too."""
    return not round_.seats[seat].left and (seat in objection.asked or current(round_, seat) is None)


def open_objections(process: Process, owed: Mapping[str, Duty]) -> tuple[OpenObjection, ...]:
    """The objections of open rounds, with what is assumed of each. `owed` are the process's duties."""
    return tuple(
        _open(key, objection, process.rounds[objection.phase], owed)
        for key, objection in process.objections.items()
        if objection.status is ObjectionStatus.OPEN and objection.phase in process.rounds
    )


def _open(key: str, objection: Objection, round_: Round, owed: Mapping[str, Duty]) -> OpenObjection:
    makers = {maker.group for maker in objection.makers.values()}
    assumed, due = _assumed(key, objection, round_, owed)
    return OpenObjection(
        objection=key,
        phase=objection.phase,
        group=objection.group,
        offer=objection.offer,
        blocks=any(group.group in makers and group.rule is GroupRule.CONSENT for group in round_.groups),
        assumed=assumed,
        due=due,
    )


def _assumed(key: str, objection: Objection, round_: Round, owed: Mapping[str, Duty]) -> tuple[Assumed, dt.date]:
    if f"answer:{key}" in owed:
        return Assumed.ANSWERED, owed[f"answer:{key}"].due
    if is_unsettled(objection, round_):
        return Assumed.RECORDED, owed[f"outcome:{objection.phase}:{round_.no}"].due
    replies = [duty.due for name, duty in owed.items() if name.startswith(f"reply:{key}:")]
    return Assumed.SUFFICES, max(replies, default=round_.due)
