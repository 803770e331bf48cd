"""The working set of a process as it is stored: in rows of what changes together, so that an act writes what it moves.

Stances are rows, each phase and each open round is a JSON text beside what lists show of it, the newest package is the
one locked last, and all the rest is one JSON text. What stands as by default is left out of the texts. A round's text
stays when the round has ended (it is open while its phase is at the checkpoint), but is read only where work goes back.
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
    union all select phase.process_id, 'round', 0, phase.phase, last_round.state from phase
        join last_round on last_round.process_id = phase.process_id and last_round.phase = phase.phase
        where phase.process_id = :process and status = 'at_checkpoint'
    order by process_id, part, position"""
"""The process's own text with its newest package, its phases in the definition's order, and its open rounds."""

STANCES = """
    select stance.process_id, stance.phase, seat, kind, person, edition, way, objection from stance
    join phase on phase.process_id = stance.process_id and phase.phase = stance.phase and phase.rounds = stance.round
    where stance.process_id = :process and status = 'at_checkpoint' and person is not null
    order by stance.process_id, stance.phase, seat"""
"""What the seats say in the open rounds; a seat whose holder is only disqualified says nothing."""

ENDED_ROUNDS = """
    select phase.phase, last_round.state from phase
    join last_round on last_round.process_id = phase.process_id and last_round.phase = phase.phase
    where phase.process_id = :process and status = 'passed'"""
ENDED_STANCES = STANCES.replace("at_checkpoint", "passed")
"""The rounds in which phases have passed, and what the seats said in them."""


def state_text(process: Process) -> str:
    """The process's own text."""
    return process.model_dump_json(exclude=APART, exclude_defaults=True)


def same_text(before: Process | None, after: Process) -> bool:
    """Whether both have the same text, because an act changed nothing that stands in it."""
    return before is not None and changed_fields(before, after) <= APART


def phase_text(phase: Phase) -> str:
    """The phase as it is stored; the round in which it passed is a row."""
    return phase.model_dump_json(exclude={"ended"}, exclude_defaults=True)


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
    rounds = _with_stances(process.rounds, stances)
    return process.model_copy(update={"rounds": rounds, "last_package": package})


def with_ended_rounds(process: Process, texts: Iterable[Sequence[Any]], stances: Iterable[Sequence[Any]]) -> Process:
    """The process with the rounds in which its phases passed, which the rows of `ENDED_ROUNDS` and of `ENDED_STANCES`
    tell."""
    ended = _with_stances({phase: Round.model_validate_json(text) for phase, text in texts}, stances)
    phases = {phase: process.phases[phase].model_copy(update={"ended": round_}) for phase, round_ in ended.items()}
    return process.model_copy(update={"phases": {**process.phases, **phases}})


def _with_stances(rounds: dict[str, Round], stances: Iterable[Sequence[Any]]) -> dict[str, Round]:
    said: dict[str, dict[str, Stance]] = defaultdict(dict)
    for _, phase, seat, kind, by, edition, way, objection in stances:
        said[phase][seat] = Stance(kind=kind, by=by, edition=edition, way=way, objection=objection)
    return {phase: round_.model_copy(update={"stances": said[phase]}) for phase, round_ in rounds.items()}


def _object(texts: dict[str, str]) -> str:
    return "{" + ",".join(f"{json.dumps(key)}:{text}" for key, text in texts.items()) + "}"
