"""What the engine is asked and what it answers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.commands import Command
from models.events import Recorded
from models.municipality.directory import Directory
from models.personal import Kept
from models.process import Process

Clock = Callable[[], dt.datetime]
"""What tells the time, in UTC."""

Wanted = TypeVar("Wanted", bound=Command)


@dataclass(frozen=True, slots=True)
class Asked(Generic[Wanted]):
    """A command, its private words sealed, with who asks it and by which way."""

    command: Wanted
    kept: tuple[Kept, ...]
    person: str
    seat: str | None = None
    for_whom: str | None = None
    channel: str = "cli"
    occurred_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """An act in a process: the events it led to (none where everything stood so already) and where that left it."""

    process: str
    events: tuple[Recorded, ...]
    state: Process


@dataclass(frozen=True, slots=True)
class MunicipalityReceipt:
    """An act in the municipality's own record, and what it led to in processes."""

    municipality: str
    events: tuple[Recorded, ...]
    directory: Directory
    processes: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """Several acts that were one: in the municipality's own record, and the process that was created, if one was."""

    municipality: tuple[MunicipalityReceipt, ...]
    process: Receipt | None = None


@dataclass(slots=True)
class TickReport:
    """What a tick did."""

    reminders: int = 0  # that fell due
    processes: int = 0  # in which they did
    busy: int = 0  # processes in use just then: the next tick looks at them again
    left: int = 0  # processes in which seats that had ended left their rounds
