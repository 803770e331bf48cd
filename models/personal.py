"""Personal values stand in the record only as commitments: the hash of a salt and the value.

A command's fields of type `Private` are replaced by commitments before anything is decided (`sealed`), so the rules and
the record never hold a name or a person's own words. Salt and value lie in a side table; *peitä tieto* deletes them,
and the chain still holds. Every text of a command is composed (Unicode NFC) on the same way, so that what is stored of
it and what is hashed are the same characters.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from models.errors import NotValid
from models.frozen import Frozen

Model = TypeVar("Model", bound=BaseModel)

PLAIN = (int, bool, type(None))  # what holds no text
_BREAKS = re.compile("[\x0b\x0c\x85]")  # ends of lines and pages as word processors and slides have them
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # control characters, but for tabs and ends of lines
NEAR = 20  # characters told of what stands before one

MAX_WORDS = 100_000  # characters of one free text

Commitment = Annotated[str, StringConstraints(pattern=r"^c1:[0-9a-f]{64}$")]


class Private(str):
    """A name or a person's own words, on their way in. It is never written as it is."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        words = core_schema.str_schema(strip_whitespace=True, min_length=1, max_length=MAX_WORDS)
        return core_schema.no_info_after_validator_function(cls, words)


class Kept(Frozen):
    """What the side table keeps of one commitment."""

    commitment: str
    salt: str
    value: str


def commitment_of(salt: str, value: str) -> str:
    """The commitment to a value: format 1, SHA-256 over the salt, a colon and the value in NFC."""
    return "c1:" + hashlib.sha256(f"{salt}:{unicodedata.normalize('NFC', value)}".encode()).hexdigest()


def written(text: str) -> str:
    """The text as it is stored: composed, with lines that end alike. Raises NotValid for other control characters."""
    if text.isascii() and text.isprintable():
        return text
    text = _BREAKS.sub("\n", text)
    unseen = _UNSEEN.search(text)
    if unseen is not None:
        before = text[max(0, unseen.start() - NEAR) : unseen.start()]
        raise NotValid(
            'The text holds a character that nobody sees and that cannot be stored (U+{code}), after "{before}". '
            "Write that place again.",
            code=f"{ord(unseen[0]):04X}",
            before=before,
        )
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def sealed(command: Model, salt: Callable[[], str]) -> tuple[Model, list[Kept]]:
    """The command with its texts composed and every private value replaced by its commitment, and what is to be kept
    beside the record. Raises NotValid for a text with control characters."""
    kept: list[Kept] = []
    return _sealed(command, salt, kept), kept


def _sealed(value: Any, salt: Callable[[], str], kept: list[Kept]) -> Any:
    if type(value) in PLAIN:
        return value
    if isinstance(value, Private):
        one, words = salt(), written(str(value))
        kept.append(Kept(commitment=commitment_of(one, words), salt=one, value=words))
        return kept[-1].commitment
    if type(value) is str:
        return written(value)
    if isinstance(value, BaseModel):
        held = ((name, was) for name, was in value.__dict__.items() if type(was) not in PLAIN)
        changed = {name: after for name, was in held if (after := _sealed(was, salt, kept)) is not was}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, tuple):
        items = tuple(_sealed(item, salt, kept) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        pairs = {key: _sealed(item, salt, kept) for key, item in value.items()}
        return pairs if any(pairs[key] is not value[key] for key in pairs) else value
    return value
