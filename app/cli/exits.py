"""How a refusal leaves the command line: an exit code by its class, and one plain sentence on standard error.

0: done. 1: refused, or something does not hold. 2: the input is wrong. 3: a fault in Etappi itself. The models know
nothing of exit codes.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from app.cli.screen import instant, plain
from models.days.formats import finnish_date
from models.errors import (
    Broken,
    DefinitionError,
    DeliveryFailed,
    EtappiError,
    NotAuthorised,
    NotFound,
    NotValid,
    Overtaken,
    Refused,
)

DONE, REFUSED, WRONG_INPUT, FAULT = 0, 1, 2, 3

EXIT_CODES: dict[type[EtappiError], int] = {
    DefinitionError: WRONG_INPUT,
    NotValid: WRONG_INPUT,
    NotFound: WRONG_INPUT,
    Refused: REFUSED,
    NotAuthorised: REFUSED,
    Overtaken: REFUSED,
    Broken: REFUSED,
    DeliveryFailed: REFUSED,
}
"""The exit code of each class and of those derived from it."""


def exit_code(error: EtappiError) -> int:
    """The code of the nearest class in the table."""
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def told(error: EtappiError) -> str:
    """The error as people read it: its sentence alone, with days and times as clocks in Finland show them and
    words of enumerations as people write them."""
    facts = {name: _as_read(fact) for name, fact in error.facts.items()}
    return (error.template.format(**facts) if facts else error.template).strip()


def _as_read(fact: object) -> object:
    if isinstance(fact, dt.datetime):
        return instant(fact)
    if isinstance(fact, StrEnum):
        return plain(fact)
    return finnish_date(fact) if isinstance(fact, dt.date) else fact


def invalid(errors: Iterable[Mapping[str, Any]]) -> NotValid:
    """What pydantic found wrong with a command, as a refusal: each field, what it got and what is allowed there."""
    sentences = [_sentence(one) for one in errors]
    return NotValid(" ".join(dict.fromkeys(sentences)))


def _sentence(error: Mapping[str, Any]) -> str:
    field = " ".join(str(part) for part in error["loc"] if not isinstance(part, int) and part != "[key]")
    name = (field if field.isupper() else field.replace("_", " ")).strip() or "The input"
    kind, given = error["type"], error.get("input")
    if kind == "missing":
        return f"{name} is missing."
    return f'{name}: "{_short(given)}" will not do; it must be {_allowed(kind, error)}.'


def _short(given: object) -> str:
    text = str(given)
    return text if len(text) <= 60 else text[:60] + "…"


def _allowed(kind: str, error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    match kind:
        case "string_pattern_mismatch":
            return _PATTERNS.get(str(context["pattern"]), f"of the form {context['pattern']}")
        case "enum" | "literal_error":
            return f"one of {context['expected']}".replace("'", "")
        case "string_too_short":
            return f"at least {context['min_length']} characters long" if context["min_length"] > 1 else "given"
        case "string_too_long":
            return f"at most {context['max_length']} characters long"
        case "too_short":
            return f"at least {context['min_length']} of them"
        case "greater_than_equal":
            return f"{context['ge']} or more"
        case "less_than_equal":
            return f"{context['le']} or less"
        case "value_error":
            return f"so that {context['error']}"
        case _:
            return str(error["msg"])[:1].lower() + str(error["msg"])[1:]


_PATTERNS = {
    r"^[a-z0-9][a-z0-9-]{0,59}$": "an id: small letters a-z, digits and hyphens, at most 60",
    r"^[0-9a-f]{64}$": "a hash: 64 digits and letters a-f",
    r"^([1-9]\d*/[1-9]\d*|[1-9]\d*)$": 'a share such as "1/2" or a number of seats such as "5"',
    r"^(on the day|\d{1,2} (working )?days? (before|after))$": (
        '"on the day" or for example "3 working days before" or "2 days after"'
    ),
}
