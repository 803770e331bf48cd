"""The working set of a process as it is stored: in rows of what changes together, so that an act writes what it moves.

Stances are rows, each phase and each open round is a JSON text beside what lists show of it, the newest package is the
one locked last, and all the rest is one JSON text. What stands as by default is left out of the texts.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from models.frozen import changed_fields
from models.process import Phase, Process, Round, Stance

APART = {"phases", "rounds", "last_package"}
"""The fields of a process that its own text is without."""

PROCESSES, PHASES, ROUNDS = "process", "phase", "round"

PARTS = """
    select process_id, 'process' as part, 0 as position,
        (select sha256 from package where package.process_id = process.process_id order by seq desc limit 1), state
    from process where process_id = :process
    union all select process_id, 'phase', position, phase, state from phase where process_id = :process
    union all select process_id, 'round', 0, phase, state from open_round where process_id = :process
    order by process_id, part, position"""
"""The process's own text with its newest package, its phases in the definition's order, and its open rounds."""

STANCES = """
    select stance.process_id, stance.phase, seat, kind, person, stance.edition, way, objection from stance
    join round on round.process_id = stance.process_id and round.phase = stance.phase and round.round = stance.round
    where stance.process_id = :process and ending is null and person is not null
    order by stance.process_id, stance.phase, seat"""
"""What the seats say in the open rounds; a seat whose holder is only disqualified says nothing."""


def state_text(process: Process) -> str:
    """The process's own text."""
    return process.model_dump_json(exclude=APART, exclude_defaults=True)


def same_text(before: Process | None, after: Process) -> bool:
    """Whether both have the same text, because an act changed nothing that stands in it."""
    return before is not None and changed_fields(before, after) <= APART


def phase_text(phase: Phase) -> str:
    """The phase as it is stored."""
    return phase.model_dump_json(exclude_defaults=True)


def round_text(round_: Round) -> str:
    """The round as it is stored; its stances are rows."""
    return round_.model_dump_json(exclude={"stances"}, exclude_defaults=True)


def read_state(parts: Iterable[Sequence[Any]], stances: Iterable[Sequence[Any]]) -> Process:
    """The process that the rows of `PARTS` and of `STANCES` tell."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for _, part, _, key, text in parts:
        texts[part][key] = text
    ((package, own),) = texts[PROCESSES].items()
    together = f'{own[:-1]},"phases":{_object(texts[PHASES])},"rounds":{_object(texts[ROUNDS])}}}'
    process = Process.model_validate_json(together)
    said: dict[str, dict[str, Stance]] = defaultdict(dict)
    for _, phase, seat, kind, by, edition, way, objection in stances:
        said[phase][seat] = Stance(kind=kind, by=by, edition=edition, way=way, objection=objection)
    rounds = {phase: round_.model_copy(update={"stances": said[phase]}) for phase, round_ in process.rounds.items()}
    return process.model_copy(update={"rounds": rounds, "last_package": package})


def _object(texts: dict[str, str]) -> str:
    return "{" + ",".join(f"{json.dumps(key)}:{text}" for key, text in texts.items()) + "}"
