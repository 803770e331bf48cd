"""What a rule may look at besides the process: frozen pictures taken before anything is decided.

Nothing here reads a clock or a disk: the engine fills it, under the lock where it must be fresh.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from models.days.calendar import Calendar, local_date
from models.definitions.definition import CheckpointPlan, Definition, PhasePlan
from models.errors import NotFound
from models.events import NewEdition
from models.municipality.directory import Directory
from models.outputs.checks import Finding
from models.process import Process
from models.words import Publicity


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A draft as it would become a version: the hash of its version manifest, and whose work it is."""

    sha256: str
    by: str
    publicity: Publicity = Publicity.IN_PREPARATION


class Inputs(NamedTuple):
    """The immutable versions that typed checks look at, by their hashes."""

    own: tuple[tuple[str, str], ...]  # output and version, of the round
    packages: tuple[tuple[str, str], ...]  # phase and package, of all phases before
    former: str | None = None  # the phase's package that was set aside
    earlier: tuple[tuple[str, str], ...] = ()  # else the versions of its round before


@dataclass(frozen=True, slots=True)
class TypedFacts:
    """What the typed checks found in exactly those versions."""

    inputs: Inputs
    findings: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class Covering:
    """What a redaction would cover: what the process's record names, what it has covered before, what goes with it."""

    named: frozenset[str] = frozenset()  # values and files
    before: frozenset[str] = frozenset()
    with_it: tuple[str, ...] = ()  # files that are covered with it: made from it, or the same elsewhere
    editions: tuple[NewEdition, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Slow things, computed before the lock from stored bytes."""

    drafts: dict[str, DraftFacts] = field(default_factory=dict)  # of the phase the command is about
    intact: frozenset[str] = frozenset()  # packages whose stored bytes still hash to their names
    files: frozenset[str] = frozenset()  # files that are there
    rendered: bool = False  # the very document is in the record already
    edition: int = 0  # the number of the last event after which documents are made anew
    editions: tuple[NewEdition, ...] = ()  # papers with a public edition that the phase's outputs are in
    typed: TypedFacts | None = None  # of the phase the command is about
    covering: Covering = Covering()
    kept_until: Mapping[str, dt.date] = field(default_factory=dict)  # by the kind of data that is destroyed then


@dataclass(frozen=True, slots=True)
class World:
    """Everything a decision may rely on."""

    definition: Definition
    directory: Directory
    calendar: Calendar
    now: dt.datetime
    facts: Facts = Facts()
    today: dt.date = field(init=False)  # the calendar date in Helsinki

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", local_date(self.now))

    def phase(self, key: str) -> PhasePlan:
        """The definition's phase. Raises NotFound."""
        plan = self.definition.phase(key)
        if plan is None:
            raise NotFound(what="phase", name=key)
        return plan


def checkpoint_of(process: Process, world: World, phase: str) -> CheckpointPlan:
    """The phase's checkpoint as it stands: the amended one where there is one. Raises NotFound."""
    return process.amended.get(phase) or world.phase(phase).checkpoint
