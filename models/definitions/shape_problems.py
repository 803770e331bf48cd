"""What pydantic found wrong with the shape of a definition, as sentences an officer understands.

Each says what is wrong and what is allowed there; the allowed is read from the shape itself (`definition.py`), so
it cannot fall behind it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.definitions.definition import Day, Definition, Span, Text
from models.definitions.nearness import nearest, suggestion

Location = tuple[int | str, ...]

PATTERNS = {
    "a-z0-9-": "an id: small letters a-z, digits and hyphens, at most 60",
    "on the day": '"on the day" or for example "3 working days before" or "2 days after"',
    "[1-9]": 'a share such as "1/2" or a number of seats such as "5"',
    r"\.\d{2}": 'a time of day such as "9.00" or "9.00-15.00"',
}
EXAMPLES: dict[type, str] = {
    Text: "texts such as {fi: …, sv: …, en: …}",
    Day: "a day such as {month: 6, day: 30} or {date: 2027-06-30}",
    Span: "days such as {from: {month: 2}, to: {month: 3}}",
    str: "a text",
    bool: "true or false",
    dt.date: "a date such as 2027-06-30",
}
THINGS = {"GroupAtCheckpoint": "group of a checkpoint", "InputProgramme": "programme", "RoleSlot": "role"}


class Mistake(NamedTuple):
    """Something of the wrong shape: where in the data, the sentence, and whether the key itself is meant."""

    location: Location
    sentence: str
    of_key: bool


class Spot(NamedTuple):
    """The part of the shape an error is about."""

    model: type[BaseModel] | None  # the model whose field it is
    field: str
    annotation: Any
    metadata: tuple[Any, ...]


def shape_mistakes(errors: Iterable[ErrorDetails]) -> list[Mistake]:
    """A mistake for each error; what two errors say alike, or what a misspelled key says already, is said once."""
    told = list(errors)
    misspelled = {meant for error in told if error["type"] == "extra_forbidden" and (meant := _meant(error["loc"]))}
    found: dict[Mistake, None] = {}
    for error in told:
        if error["type"] == "missing" and error["loc"] in misspelled:
            continue
        spot = spot_at(error["loc"])
        of_key = error["type"] == "extra_forbidden"
        found[Mistake(_data_location(error["loc"], spot), _sentence(error, spot), of_key)] = None
    return list(found)


def _meant(location: Location) -> Location | None:
    """Where an unknown key would be right: with the name it was probably meant to have."""
    model = spot_at(location).model
    near = nearest(str(location[-1]), keys_of(model)) if model else None
    return (*location[:-1], near) if near else None


def own_errors(error: ValidationError) -> list[ErrorDetails]:
    """The errors without those that only follow from another: a list that seems short because its items are wrong."""
    errors = error.errors(include_url=False)
    return [one for one in errors if one["type"] != "too_short" or len(one["input"]) < one["ctx"]["min_length"]]


def spot_at(location: Location) -> Spot:
    """The part of the shape a location leads to; as far as it can be followed."""
    spot = Spot(None, "definition", Definition, ())
    for part in location:
        inner, metadata = _bare(spot.annotation, spot.metadata)
        args = get_args(inner)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            field = next((one for name, one in inner.model_fields.items() if part in {name, one.alias}), None)
            if field is None:
                return Spot(inner, str(part), None, ())
            spot = Spot(inner, str(part), field.annotation, tuple(field.metadata))
        elif get_origin(inner) is tuple and isinstance(part, int):
            spot = Spot(spot.model, spot.field, args[0], ())
        elif get_origin(inner) is dict and part != "[key]":
            spot = Spot(spot.model, spot.field, args[1], ())
        else:
            return Spot(spot.model, spot.field, inner, metadata)
    inner, metadata = _bare(spot.annotation, spot.metadata)
    return spot._replace(annotation=inner, metadata=metadata)


def words_of(annotation: Any) -> list[str]:
    """The words allowed where there is a closed list of them."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    return [str(word) for word in get_args(annotation)] if get_origin(annotation) is Literal else []


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys a mapping of that shape can have."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _bare(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The annotation without `Annotated` and `| None`."""
    if get_origin(annotation) is Annotated:
        base, *more = get_args(annotation)
        return _bare(base, (*metadata, *more))
    if get_origin(annotation) in {Union, UnionType}:
        rest = [one for one in get_args(annotation) if one is not type(None)]
        if len(rest) == 1:
            return _bare(rest[0], metadata)
    return annotation, metadata


def _data_location(location: Location, spot: Spot) -> Location:
    """The location without what pydantic adds for keys and unions."""
    if location[-1:] == ("[key]",):
        return location[:-1]
    return location[:-1] if spot.field == "day" and location[-1] != "day" else location


def _sentence(error: ErrorDetails, spot: Spot) -> str:
    kind, given = error["type"], error["input"]
    if not error["loc"]:
        return "A definition is a mapping that begins with format, id, version and name."
    if kind == "extra_forbidden" and spot.model is not None:
        return (
            f'{_a(thing(spot.model)).capitalize()} has no "{spot.field}"{suggestion(spot.field, keys_of(spot.model))}'
        )
    if kind == "missing" and spot.model is not None:
        return f'This {thing(spot.model)} lacks "{spot.field}": add {_wanted(spot.annotation, spot.metadata)}.'
    if error["loc"][-1] == "[key]":
        return f'"{given}" cannot name a choice; it must be {PATTERNS["a-z0-9-"]}.'
    wanted = _wanted(spot.annotation, spot.metadata)
    return f'"{spot.field}" is {_shown(given)}, but it must be {wanted}{_near(given, spot.annotation)}'


def thing(model: type[BaseModel]) -> str:
    """What an officer calls a value of that shape: `CheckpointPlan` is a checkpoint."""
    words = re.findall(r"[A-Z][a-z]+", model.__name__.removesuffix("Plan"))
    return THINGS.get(model.__name__, " ".join(words).lower())


def _a(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _shown(given: Any) -> str:
    if given is None:
        return "empty"
    if isinstance(given, Mapping):
        return "a mapping"
    if isinstance(given, list):
        return f"a list of {len(given)}"
    text = str(given)
    return f'"{text if len(text) <= 60 else text[:60] + "…"}"'


def _near(given: Any, annotation: Any) -> str:
    """The end of the sentence: what was probably meant."""
    if annotation is dt.date and (finnish := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", str(given))):
        day, month, year = map(int, finnish.groups())
        return f"; did you mean {year}-{month:02}-{day:02}?"
    near = nearest(str(given), words_of(annotation))
    return f'; did you mean "{near}"?' if near else "."


def _wanted(annotation: Any, metadata: tuple[Any, ...]) -> str:
    annotation, metadata = _bare(annotation, metadata)
    bounds = {name: getattr(one, name) for one in metadata for name in ("ge", "le", "min_length") if hasattr(one, name)}
    pattern = next((one.pattern for one in metadata if getattr(one, "pattern", None)), None)
    if pattern:
        return next(said for part, said in PATTERNS.items() if part in pattern)
    if words_of(annotation):
        return f"{'one of ' if len(words_of(annotation)) > 1 else ''}{', '.join(words_of(annotation))}"
    if annotation is int:
        return (
            "a whole number"
            + (f" from {bounds['ge']}" if "ge" in bounds else "")
            + (f" to {bounds['le']}" if "le" in bounds else "")
        )
    if get_origin(annotation) is tuple:
        least = f" with at least {bounds['min_length']}" if bounds.get("min_length") else ""
        return f"a list{least} (each: {_wanted(get_args(annotation)[0], ())})"
    if get_origin(annotation) is dict:
        return "settled choices such as {schedule: boxes}"
    if get_origin(annotation) in {Union, UnionType}:
        return "a number from 1 to 31, or last"
    if annotation in EXAMPLES:
        return EXAMPLES[annotation]
    required = [field.alias or name for name, field in annotation.model_fields.items() if field.is_required()]
    return f"{_a(thing(annotation))} with {', '.join(required)}"
