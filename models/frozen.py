"""The base of every value in the pure part: immutable, closed to unknown fields."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value. A change makes a new one (`model_copy(update=…)`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def changed_fields(before: Frozen, after: Frozen) -> frozenset[str]:
    """The fields that are not the same object: a changed value shares with the one before it all that is left alone."""
    was = before.__dict__
    return frozenset([name for name, value in after.__dict__.items() if was[name] is not value])
