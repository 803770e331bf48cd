"""Mends a definition of the wrong shape as far as it is safe, so that its cross references can be checked as well.

What comes out is never used: it only lets one reading tell of a misspelled key and of a missing group together. Nothing
is mended that could bring about or hide a reference; then only the shape's mistakes are told.
"""

import copy
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails, PydanticUndefined

from models.definitions.definition import Day, Text
from models.definitions.nearness import nearest
from models.definitions.shape_problems import keys_of, spot_at, words_of
from models.words import Audience, DutyKind

PLACEHOLDER = "?"


def mended(data: Any, errors: list[ErrorDetails]) -> Any | None:
    """A copy of the data without the mistakes, or None where one cannot be mended safely."""
    copied = copy.deepcopy(data)
    return copied if all(_mend(copied, error) or _mend_ladder(copied, error["loc"]) for error in errors) else None


def _mend_ladder(data: Any, location: tuple[int | str, ...]) -> bool:
    """Puts something of the right shape where a ladder or a step is wrong: nothing refers to them by name."""
    match location:
        case ("ladders", int(i), "steps", int(j), *_):
            steps = data["ladders"][i]["steps"]
            free = {"when": f"{99 - j % 90} days after", "to": Audience.HOLDER.value}
            if isinstance(steps[j], dict) and location[4:5] in (("when",), ("to",)):
                steps[j][location[4]] = free[str(location[4])]
            else:
                steps[j] = free
        case ("ladders", int(i), "duty"):
            used = {one.get("duty") for one in data["ladders"] if isinstance(one, dict)}
            data["ladders"][i]["duty"] = next(kind.value for kind in DutyKind if kind.value not in used)
        case _:
            return False
    return True


def _mend(data: Any, error: ErrorDetails) -> bool:
    location = error["loc"][:-1] if error["loc"][-1:] == ("int",) else error["loc"]
    holder = _inside(data, location[:-1])
    spot = spot_at(location)
    if not location or spot.model in (None, Day) or not isinstance(holder, dict):
        return False  # another day could put other days in the wrong order
    key = str(location[-1])
    if error["type"] == "extra_forbidden":
        return _rename(holder, key, spot.model)
    if error["type"] == "missing" or holder.get(key) in (None, ""):
        return _fill(holder, key, spot.annotation, plain=not spot.metadata)
    word = nearest(str(holder.get(key)), words_of(spot.annotation))
    if word is not None:
        holder[key] = word
        return True
    if spot.annotation is int:
        holder[key] = 1  # within every bound
        return True
    return _forget(holder, key, spot.model)


def _inside(data: Any, location: tuple[int | str, ...]) -> Any:
    for part in location:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
        else:
            return None
    return data


def _rename(holder: dict[str, Any], key: str, model: type[BaseModel]) -> bool:
    value = holder.pop(key, None)
    meant = nearest(key, [name for name in keys_of(model) if name not in holder])
    if meant is not None:
        holder[meant] = value
    return True


def _fill(holder: dict[str, Any], key: str, annotation: Any, *, plain: bool) -> bool:
    if annotation is Text:
        holder[key] = {"fi": PLACEHOLDER}
    elif annotation is str and (plain or key == "fi"):
        holder[key] = PLACEHOLDER
    else:
        return False
    return True


def _forget(holder: dict[str, Any], key: str, model: type[BaseModel]) -> bool:
    """Leaves a word out where the shape has its own; lists, days and references are not left out."""
    field = next((one for name, one in model.model_fields.items() if key in {name, one.alias}), None)
    if field is None or field.default is PydanticUndefined or not isinstance(field.default, bool | str):
        return False
    holder.pop(key, None)
    return True
