"""Fields as a row of a register: whatever the row's own rules refuse is told by its field, never raised."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from models.exchange.cells import cleaned
from models.exchange.mistakes import Misread
from models.outputs.rows import Row
from models.outputs.told import Register

BOUNDS = {"greater_than_equal": ("too_small", "ge"), "less_than_equal": ("too_big", "le")}


def typed_row(register: Register, fields: Mapping[str, Any]) -> tuple[Row, dict[str, Misread]]:
    """The row, and by field what it could not take: those fields are empty in it."""
    try:
        return _made(register, fields), {}
    except ValidationError as error:
        refused = {str(one["loc"][0]): misread(one) for one in error.errors(include_url=False)}
    kept = {name: value for name, value in fields.items() if name not in refused}
    return _made(register, {"id": register.told.prefix, **kept}), refused


def _made(register: Register, fields: Mapping[str, Any]) -> Row:
    return register.row.model_validate(fields)  # type: ignore[return-value]


def misread(error: Any) -> Misread:
    """What was wrong with one value, as a sentence."""
    if isinstance(error["input"], str):
        try:
            cleaned(error["input"])
        except Misread as what:
            return what
    key, bound = BOUNDS.get(error["type"], ("will_not_do", ""))
    return Misread(key, text=error["input"], bound=error.get("ctx", {}).get(bound, ""))
