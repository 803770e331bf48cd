"""The base of every value in the pure part: immutable, closed to unknown fields."""

from itertools import compress
from operator import is_not
from typing import Self

from pydantic import BaseModel, ConfigDict

_set = object.__setattr__  # past the freezing


class Frozen(BaseModel):
    """An immutable value. A change makes a new one (`model_copy(update=…)`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    def __copy__(self) -> Self:
        """What `model_copy` begins with: as pydantic's own, without looking for what no value here has (other fields
        than its own, private ones). An act makes a dozen copies."""
        copied = self.__class__.__new__(self.__class__)
        _set(copied, "__dict__", self.__dict__.copy())
        _set(copied, "__pydantic_fields_set__", self.__pydantic_fields_set__.copy())
        _set(copied, "__pydantic_extra__", None)
        _set(copied, "__pydantic_private__", None)
        return copied


def changed_fields(before: Frozen, after: Frozen) -> frozenset[str]:
    """The fields that are not the same object: a changed value shares with the one before it all that is left alone.

    Both hold their fields in the order in which their class names them."""
    was, held = before.__dict__, after.__dict__
    return frozenset(compress(held, map(is_not, was.values(), held.values())))
