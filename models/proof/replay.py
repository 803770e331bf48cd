"""A process told again from its record: its state, the rows made from its events, its duties and reminders. Pure.

`verify` compares the result with what is stored, `rebuild` writes it anew. Duties are planned after every event with
the calendar in force at its instant, or the one it names, as the engine did.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from models.days.calendar import Calendar
from models.definitions.definition import Definition
from models.duties.planning import PlannedDuty, plan_difference
from models.events import CalendarFollowed, Recorded, RemindersFellDue
from models.evolve import evolve
from models.process import Process
from models.storage.projection import rows, state_row
from models.storage.projection_row import Columns, Row, Write, folded, put
from models.words import Audience

PROJECTED = (
    "process",
    "phase",
    "last_round",
    "round_seat",
    "stance",
    "objection",
    "condition",
    "dissent",
    "output_version",
    "manifest",
    "package",
    "handling",
    "rendition",
)
"""The tables that are made from a process's events (`storage/projection.py`)."""


class Calendars(Protocol):
    """The calendars a municipality has had."""

    def at(self, instant: dt.datetime) -> Calendar: ...

    def named(self, hash_: str | None) -> Calendar: ...


class Reminded(NamedTuple):
    """A reminder as it stands: planned, or fallen due by the event of that sequence."""

    to: Audience
    at: dt.datetime
    fell_due: int | None = None


@dataclass(slots=True)
class Replay:
    """What the events so far amount to."""

    definition: Definition
    calendars: Calendars
    process: Process | None = None
    writes: list[Write] = field(default_factory=list)
    duties: dict[str, PlannedDuty] = field(default_factory=dict)
    reminders: dict[tuple[str, str], Reminded] = field(default_factory=dict)

    def add(self, recorded: Recorded) -> None:
        """The next event has been told."""
        before, after = self.process, evolve(self.process, recorded)
        self.writes += rows(before, recorded, after)
        self._plan(before, after, recorded)
        if isinstance(recorded.event, RemindersFellDue):
            for name in recorded.event.reminders:
                duty, _, step = name.rpartition("/")
                told = self.reminders[duty, step]
                self.reminders[duty, step] = told._replace(fell_due=recorded.sequence)
        self.process = after

    def _plan(self, before: Process | None, after: Process, recorded: Recorded) -> None:
        calendar, former = self.calendars.at(recorded.at), None
        if isinstance(recorded.event, CalendarFollowed):
            calendar, former = map(self.calendars.named, (recorded.event.hash, recorded.event.former))
        difference = plan_difference(before, after, self.definition, calendar, recorded.at, former)
        gone = {key for key in self.reminders if key[0] in difference.removed} | set(difference.void)
        self.reminders = {k: r for k, r in self.reminders.items() if k not in gone or r.fell_due is not None}
        self.duties = {key: duty for key, duty in self.duties.items() if key not in difference.removed}
        for key, duty in difference.changed.items():
            self.duties[key] = duty
            for step in duty.steps:
                known = self.reminders.get((key, step.key))
                if known is None or known.fell_due is None:
                    self.reminders[key, step.key] = Reminded(step.to, step.at)

    @property
    def rows(self) -> dict[Row, Columns]:
        """The rows as they stand after the last event."""
        assert self.process is not None, "a record begins with its creation"
        return folded([*self.writes, state_row(self.process)])

    def final_writes(self) -> list[Write]:
        """Every row as it stands after the last event, to be put."""
        return [put(table, dict(key), columns) for (table, key), columns in self.rows.items()]


def replay(definition: Definition, calendars: Calendars, record: Iterable[Recorded]) -> Replay:
    """The whole record told from its first event."""
    told = Replay(definition, calendars)
    for recorded in record:
        told.add(recorded)
    return told
