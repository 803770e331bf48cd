"""One duty: one thing that one seat or person owes by a date. And what duties are made from."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from models.days.calendar import Calendar
from models.definitions.definition import CheckpointPlan, Definition
from models.process import Phase, Process
from models.words import DutyKind


class Duty(NamedTuple):
    """One thing owed. Who owes it is `person`; where that is None, the chair of `group`."""

    kind: DutyKind
    due: dt.date
    item: str | None = (
        None  # the output, seat, criterion, objection, condition, meeting, statement, hearing or handling
    )
    phase: str | None = None
    round: int | None = None
    seat: str | None = None
    group: str | None = None  # the definition's group
    person: str | None = None
    since: dt.date | None = None  # the first day it waits for anybody; None: from the start


class View(NamedTuple):
    """What duties are made from."""

    process: Process
    definition: Definition
    calendar: Calendar
    moved: frozenset[str] | None = None  # the phases that are looked at one by one; None: all
    passed: frozenset[str] | None = None  # those of them of which it differs whether they have passed; None: all

    def phases(self) -> Iterator[tuple[str, Phase]]:
        """The phases for duties that arise from one phase alone."""
        return ((key, phase) for key, phase in self.process.phases.items() if self.moved is None or key in self.moved)

    def looks_at_passing(self, phase: str) -> bool:
        """Whether what arises from that phase's having passed is asked for."""
        return self.passed is None or phase in self.passed

    def who(self, role: str | None) -> str:
        return player(self.process, role)

    def checkpoint(self, phase: str) -> CheckpointPlan:
        return standing_checkpoint(self.process, self.definition, phase)


def player(process: Process, role: str | None) -> str:
    """The person who plays a role slot. What nobody plays falls to the coordinator."""
    return process.roles.get(role or "") or process.coordinator


def standing_checkpoint(process: Process, definition: Definition, phase: str) -> CheckpointPlan:
    """The phase's checkpoint as it stands: the amended one where there is one."""
    amended = process.amended.get(phase)
    if amended is not None:
        return amended
    plan = definition.phase(phase)
    assert plan is not None, "a process has its definition's phases"
    return plan.checkpoint


Owed = Iterator[tuple[str, Duty]]
"""Duties by their keys."""


class Part(NamedTuple):
    """Duties that arise from the same fields of the process."""

    owed: Callable[[View], Owed]
    kinds: frozenset[DutyKind]  # of the duties it finds: no other part finds them
    reads: frozenset[str]  # the fields of the process
    of_round: frozenset[str] = frozenset()  # and of each open round
    arises_from: str | None = None  # the field of the process, nothing being in which nothing is owed

    def may_owe(self, process: Process) -> bool:
        """Whether there is anything in the process that such a duty arises from."""
        return self.arises_from is None or bool(getattr(process, self.arises_from))
