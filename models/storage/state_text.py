"""The working set of a process as JSON text, made anew only where it changed.

Most acts are stances: they change the stances of one open round, a small part of what a process holds. The text of the
rest is kept and joined to it. What an act did not change is the same object before and after, so that is quickly seen.
`Process.model_validate_json` reads the whole back; what stands as by default is left out.
"""

import json
from typing import Any

from pydantic import BaseModel, TypeAdapter

from models.process import Process, Round, Stance
from models.recent import Recent

_STANCES = TypeAdapter(dict[str, Stance])

ROOM = 4096
"""The text is a whole number of these long, filled up with spaces. SQLite then writes it over the former one, and to
the disk only the pages that differ: the last ones, for what changes most stands last."""

_rests: Recent[tuple[str, ...], tuple[dict[str, Any], str]] = Recent(1024)
"""By what it is of: the fields, and their text."""


def state_text(process: Process) -> str:
    """The process as it is stored."""
    name = (process.municipality, process.id)
    rounds = ",".join(
        f"{json.dumps(phase)}:{_round((*name, phase), round_)}" for phase, round_ in process.rounds.items()
    )
    text = f'{_rest(name, process, "rounds")},"rounds":{{{rounds}}}}}'
    return text + " " * (-len(text) % ROOM)


def _round(name: tuple[str, ...], round_: Round) -> str:
    stances = _STANCES.dump_json(round_.stances, exclude_defaults=True).decode()
    return f'{_rest(name, round_, "stances")},"stances":{stances}}}'


def _rest(name: tuple[str, ...], model: BaseModel, without: str) -> str:
    """The model's text up to its last field, without one of them. There is always another."""
    fields = {**model.__dict__, without: None}
    known = _rests.get(name)
    if known is not None and known[0] == fields:
        return known[1]
    text = model.model_dump_json(exclude={without}, exclude_defaults=True)[:-1]
    _rests.put(name, (fields, text))
    return text
