"""What in the answers speaks against itself: dates moved out of what a choice says, and a preparer who would submit.
Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from models.days.calendar import Calendar
from models.days.schedule import schedule
from models.definitions.definition import Definition, PhasePlan
from models.inviting.verdicts import Who
from models.process import COORDINATOR

# --- dates against a choice ---------------------------------------------------------------------------------------


class Contradicted(NamedTuple):
    """A choice, and the dates that lie in other months than its reading gives."""

    choice: str
    dates: tuple[str, ...]


def contradicted(
    definition: Definition, start: date, readings: Mapping[str, str], moved: Mapping[str, date], calendar: Calendar
) -> tuple[Contradicted, ...]:
    """The choices that moved dates speak against: first and last days of what hangs on the choice, moved to months
    before or after what it gives."""
    planned = schedule(definition, start, readings, calendar).dates
    outside = [key for key, day in moved.items() if _is_outside(planned, key, day)]
    found = []
    for choice in definition.choices if outside else ():
        others = ({**readings, choice.id: one.id} for one in choice.readings if one.id != readings[choice.id])
        other_dates = [schedule(definition, start, other, calendar).dates for other in others]
        hang_on_it = [key for key in outside if any(_span(dates, key) != _span(planned, key) for dates in other_dates)]
        if hang_on_it:
            found.append(Contradicted(choice.id, tuple(hang_on_it)))
    return tuple(found)


def _is_outside(planned: Mapping[str, date], key: str, day: date) -> bool:
    """Whether the first or last day of something lies in other months than the whole of it was planned for."""
    first, last = _span(planned, key)
    return first is not None and last is not None and not first.replace(day=1) <= day.replace(day=1) <= last


def _span(dates: Mapping[str, date], key: str) -> tuple[date | None, date | None]:
    """The first and the last day of what the date is an end of."""
    of, _, end = key.rpartition(":")
    return (dates.get(f"{of}:first"), dates.get(f"{of}:last")) if end in ("first", "last") else (None, None)


# --- two pairs of eyes --------------------------------------------------------------------------------------------


class Doubled(NamedTuple):
    """A phase whose outcome is stated by somebody who could submit it, which one person may not do."""

    phase: str
    preparer: str  # the role slot
    others: tuple[Who, ...]  # who may submit instead; nobody: the phase cannot be submitted at all


def doubled(definition: Definition, roles: Mapping[str, Who]) -> tuple[Doubled, ...]:
    """The phases whose preparer answers for an output of them, or is the only one who could submit."""
    return tuple(found for phase in definition.phases if (found := _doubled(phase, roles)))


def _doubled(phase: PhasePlan, roles: Mapping[str, Who]) -> Doubled | None:
    plan = phase.checkpoint
    preparer = roles.get(plan.preparer)
    if preparer is None or not plan.four_eyes:
        return None
    owners = {who.same: who for who in _playing(roles, *(output.owner for output in phase.outputs))}
    submit = owners | {who.same: who for who in _playing(roles, COORDINATOR)}
    others = tuple(who for same, who in submit.items() if same != preparer.same)
    return Doubled(phase.id, plan.preparer, others) if preparer.same in owners or not others else None


def _playing(roles: Mapping[str, Who], *slots: str | None) -> Iterator[Who]:
    return (roles[slot] for slot in slots if slot is not None and slot in roles)
