"""One value, one text: the canonical JSON that events, definitions and packages are hashed as.

Keys are sorted, nothing is padded, strings are in Unicode NFC and not escaped beyond what JSON demands, instants are
UTC with microseconds and `Z`. What has no single text (floats, sets, instants without a zone) is refused. The text is
stored as it is and hashed as stored (`sha256`); it is never parsed and written anew to be compared.
"""

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Callable
from enum import Enum
from functools import cache, lru_cache
from json.encoder import encode_basestring  # the C version of what json.dumps itself writes strings with
from typing import Any

from pydantic import BaseModel

from models.errors import NotValid

Writer = Callable[..., str]

quoted: Callable[[str], str] = encode_basestring
"""A string as JSON."""


class Written(str):
    """A part of a larger value, as its canonical JSON: whoever has many alike writes them with less work."""


def canonical(value: object) -> str:
    """The canonical JSON of the value: equal values give equal texts, on every machine.

    Models are written with all their fields, by alias; enumerations by value; tuples as lists.

    Raises NotValid for what has no canonical form: floats, instants without a zone, keys that are not strings or that
    become equal under NFC, text that is not Unicode, and any other type.
    """
    text = _WRITERS[type(value)](value)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotValid("The text holds half of a character (a lone surrogate); write it again.") from None
    if unicodedata.is_normalized("NFC", text):  # then so is every string in it
        return text
    composed = _composed(value)
    return _WRITERS[type(composed)](composed)


def sha256(text: str | bytes) -> str:
    """The SHA-256 of the bytes, or of the text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def _mapping(value: dict[str, object]) -> str:
    return (
        "{" + ",".join([prefix + _WRITERS[type(item := value[key])](item) for prefix, key in _keys(tuple(value))]) + "}"
    )


@lru_cache(maxsize=1024)
def _keys(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """`"key":` and key, in the order in which they are written: most mappings have the keys of many others."""
    if not all(isinstance(key, str) for key in keys):
        raise NotValid("The keys {keys} are not all texts.", keys=repr(list(keys)))
    return [(f"{quoted(key)}:", key) for key in sorted(keys)]


def _composed(value: Any) -> Any:
    """The same with every string in NFC."""
    if isinstance(value, BaseModel):
        value = {field.alias or name: getattr(value, name) for name, field in type(value).model_fields.items()}
    if isinstance(value, dict):
        items = {unicodedata.normalize("NFC", key): _composed(item) for key, item in value.items()}
        if len(items) != len(value):
            raise NotValid("Two keys are the same text written with different characters (Unicode NFC).")
        return items
    if isinstance(value, (list, tuple)):
        return [_composed(item) for item in value]
    if isinstance(value, str):
        composed = unicodedata.normalize("NFC", value)
        return Written(composed) if isinstance(value, Written) else composed
    return value


def _sequence(value: list[object] | tuple[object, ...]) -> str:
    return "[" + ",".join([_WRITERS[type(item)](item) for item in value]) + "]"


def _instant(value: dt.datetime) -> str:
    offset = value.utcoffset()
    if offset is None:
        raise NotValid("The instant {value} has no time zone.", value=value.isoformat())
    try:
        utc = value.astimezone(dt.UTC) if offset else value
    except OverflowError:
        raise NotValid("The instant {value} is outside the calendar.", value=value.isoformat()) from None
    return f'"{utc.isoformat(timespec="microseconds")[:26]}Z"'


def _model(value: BaseModel) -> str:
    held = value.__dict__  # reading it straight saves a fifth of the time of an event
    return (
        "{" + ",".join([prefix + _WRITERS[type(held[name])](held[name]) for prefix, name in _fields(type(value))]) + "}"
    )


@cache
def _fields(kind: type[BaseModel]) -> list[tuple[str, str]]:
    """`"alias":` and attribute of each field, in the order in which they are written."""
    names = ((field.alias or name, name) for name, field in kind.model_fields.items())
    return [(f"{quoted(alias)}:", name) for alias, name in sorted(names)]


def _refused(value: object) -> str:
    raise NotValid(
        "A value of the type {kind} has no canonical form: {value}.", kind=type(value).__name__, value=repr(value)
    )


class _Writers(dict[type, Writer]):
    """How each type is written. A type met for the first time (a model, an enumeration) finds its own writer."""

    def __missing__(self, kind: type) -> Writer:
        self[kind] = writer = self._find(kind)
        return writer

    def _find(self, kind: type) -> Writer:
        if issubclass(kind, BaseModel):
            return _model
        if issubclass(kind, Enum) and not issubclass(kind, str):  # one of texts is written as the text it is
            return lambda member: self[type(member.value)](member.value)
        return next((self[parent] for parent in kind.__mro__ if parent in self), _refused)


_WRITERS = _Writers(
    {
        str: quoted,
        Written: str,
        int: int.__repr__,
        bool: {True: "true", False: "false"}.__getitem__,
        type(None): {None: "null"}.__getitem__,
        dict: _mapping,
        list: _sequence,
        tuple: _sequence,
        dt.datetime: _instant,
        dt.date: lambda value: f'"{value.isoformat()}"',
    }
)
