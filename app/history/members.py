"""Which events tell what one member of a group said: who that was is told to those alone who may read it."""

from collections.abc import Mapping

from models.events import Event
from models.municipality.directory import Directory

TELLS_OF_MEMBERS = ("seat", "signature", "signers", "present")
"""Fields of events that tell which member of a group said what."""


def whose(event: Event, directory: Directory, groups: Mapping[str, str]) -> str | None:
    """The group whose member the event tells of, as the definition names it; None where it tells of nobody's words.

    `groups` are the municipality's by the definition's. Where the group is not known any more it is the empty text,
    of which nobody may read names.
    """
    if not any(hasattr(event, field) for field in TELLS_OF_MEMBERS):
        return None
    named = getattr(event, "group", None) or getattr(getattr(event, "signature", None), "group", None)
    if named is not None:
        return str(named)
    held = directory.seats.get(getattr(event, "seat", ""))
    return next((group for group, of in groups.items() if held and held.group == of), "")
