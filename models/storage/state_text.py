"""The working set of a process as it is stored: JSON without the stances, which are rows of their own.

Most acts are stances, and they leave this text as it is. What stands as by default is left out of it. The rest of a
stance's row is for lists; `STANCES` is what the state needs of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from models.frozen import changed_fields
from models.process import Process, Stance

NO_STANCES = {"rounds": {"__all__": {"stances"}}}

STANCES = """
    select stance.process_id, stance.phase, seat, kind, person, stance.edition, way, objection from stance
    join round on round.process_id = stance.process_id and round.phase = stance.phase and round.round = stance.round
    where stance.process_id = :process and ending is null and person is not null
    order by stance.process_id, stance.phase, seat"""
"""What the seats say in the open rounds; a seat whose holder is only disqualified says nothing."""


def state_text(process: Process) -> str:
    """The process as it is stored, but for its stances."""
    return process.model_dump_json(exclude=NO_STANCES, exclude_defaults=True)


def same_text(before: Process | None, after: Process) -> bool:
    """Whether both have the same text, because an act changed nothing but stances in open rounds."""
    if before is None or changed_fields(before, after) - {"rounds"} or before.rounds.keys() != after.rounds.keys():
        return False
    return all(changed_fields(before.rounds[phase], round_) <= {"stances"} for phase, round_ in after.rounds.items())


def read_state(text: str, stances: Iterable[Sequence[Any]]) -> Process:
    """The process that the text and the rows of `STANCES` tell."""
    process = Process.model_validate_json(text)
    said: dict[str, dict[str, Stance]] = defaultdict(dict)
    for _, phase, seat, kind, by, edition, way, objection in stances:
        said[phase][seat] = Stance(kind=kind, by=by, edition=edition, way=way, objection=objection)
    rounds = {phase: round_.model_copy(update={"stances": said[phase]}) for phase, round_ in process.rounds.items()}
    return process.model_copy(update={"rounds": rounds})
