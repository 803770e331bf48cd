"""The forms of typed outputs, by the kind of phase; their canonical text; and how the parts of a phase become one."""

import json
import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from models.canonical import canonical
from models.errors import Broken
from models.outputs.future_image import FutureImage
from models.outputs.general import General
from models.outputs.governance_model import GovernanceModel
from models.outputs.operational_model import OperationalModel
from models.outputs.production_method import ProductionMethod
from models.outputs.production_need import ProductionNeed
from models.outputs.rows import Output, Row
from models.outputs.told import columns, registers
from models.words import PhaseKind

FORMS: dict[PhaseKind, type[Output]] = {
    PhaseKind.FUTURE_IMAGE: FutureImage,
    PhaseKind.PRODUCTION_NEED: ProductionNeed,
    PhaseKind.PRODUCTION_METHOD: ProductionMethod,
    PhaseKind.GOVERNANCE_MODEL: GovernanceModel,
    PhaseKind.OPERATIONAL_MODEL: OperationalModel,
    PhaseKind.GENERAL: General,
}
BY_NAME: dict[str, type[Output]] = {str(form.model_fields["form"].default): form for form in FORMS.values()}

SAYS = re.compile(r"[^\W_]")

Form = TypeVar("Form", bound=Output)


def output_text(output: Output) -> str:
    """The output's canonical text, by whose hash a version holds it. What was left empty is not written."""
    return canonical(output.model_dump(mode="json", exclude_defaults=True) | _form(output))


def read_output(text: str | bytes) -> Output:
    """The output that a canonical text holds. Raises Broken where it is not of a form that this release knows."""
    try:
        told: Any = json.loads(text)
        form = BY_NAME[told["form"]]
        return form.model_validate_json(text)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise Broken(what=f"the stored content of an output cannot be read ({type(error).__name__})") from None


def _form(output: Output) -> dict[str, Any]:
    return {name: getattr(output, name) for name in ("form", "version")}


def merged(parts: Iterable[Form], form: type[Form]) -> Form:
    """What several outputs of one phase hold together: the first text that says something, and all rows.

    A row that stands in several (a unit in the structure and in the assessment) is one row: what the first leaves
    empty, the later fill in. Where they are called by other names, both stand, and `links-hold` tells.
    """
    parts = tuple(parts)
    if len(parts) == 1:
        return parts[0]
    fields: dict[str, Any] = {}
    for column in columns(form):
        fields[column.name] = next((v for part in parts if (v := getattr(part, column.name))), "")
    for register in registers(form):
        fields[register.name] = joined(getattr(part, register.name) for part in parts)
    return form.model_validate(fields)


def joined(tables: Iterable[Iterable[Row]]) -> tuple[Row, ...]:
    """The rows of several tables of one register: a row of a later table fills in the same row of an earlier one."""
    rows: list[Row] = []
    places: dict[str, int] = {}
    for table in tables:
        new: dict[str, int] = {}
        for row in table:
            key = row.id.casefold()
            at = places.get(key)
            if at is not None and _same(rows[at], row):
                rows[at] = filled(rows[at], row)
            else:
                new.setdefault(key, len(rows))
                rows.append(row)
        places = new | places
    return tuple(rows)


def _same(row: Row, other: Row) -> bool:
    return not row.name or not other.name or row.name.casefold() == other.name.casefold()


def filled(row: Row, other: Row) -> Row:
    """The row, with what it leaves empty filled in from another."""
    empty = {column.name: getattr(other, column.name) for column in columns(type(row)) if is_empty(row, column.name)}
    return row.model_copy(update={**empty, "more": {**other.more, **row.more}, "origin": row.origin or other.origin})


def is_empty(row: Row | Output, name: str) -> bool:
    """Whether nothing has been filled in there. A figure of 0 and a "no" are something."""
    return getattr(row, name) in ("", None, ())


def is_blank(row: Row | Output, name: str) -> bool:
    """Whether nothing is said there: a dash is written, and says nothing."""
    value = getattr(row, name)
    return not says(value) if isinstance(value, str) else is_empty(row, name)


def says(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return bool(SAYS.search(text))
