"""A process in memory under a clock of its own: acts are decided and time passes by the engine's own rules.

It keeps what the engine would write: the state, the reminders planned, and what is to be told to whom. Nothing is
stored.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from models.canonical import sha256
from models.commands import Command, Pass, Seen
from models.criteria import inputs_of
from models.days.calendar import Calendar, local_date
from models.decide import decide
from models.definitions.definition import Definition
from models.duties.duty import Duty
from models.duties.owed import OwedByKind
from models.duties.planning import PlannedDuty, PlannedStep, plan_difference
from models.effects import effects
from models.events import Actor, Event, Recorded, RemindersFellDue
from models.evolve import evolve
from models.municipality.directory import Directory
from models.outputs.checks import TYPED, Finding
from models.personal import sealed
from models.process import Process
from models.rehearsal.post import Post, Told
from models.rounds import digest
from models.telling.telling import tellings
from models.words import Role
from models.world import DraftFacts, Facts, TypedFacts, World

CLOCK = Actor(person="clock", channel="clock")


class Owing(NamedTuple):
    """A duty from when it arose, and when it was done."""

    duty: Duty
    since: dt.date
    done: dt.datetime | None = None


class Town:
    """One process, its people and the time. `record`, `post` and `owing` grow as things happen."""

    def __init__(
        self, definition: Definition, directory: Directory, calendar: Calendar, now: dt.datetime, post: Post
    ) -> None:
        self.definition = definition
        self.directory = directory
        self.calendar = calendar
        self.now = now
        self.process: Process | None = None
        self.record: list[Recorded] = []
        self.planned: dict[str, PlannedDuty] = {}
        self.fallen: set[tuple[str, str]] = set()
        self.post = post
        self.owing: dict[str, Owing] = {}
        self._salts = 0

    # --- what stands ----------------------------------------------------------------------------------------------

    @property
    def state(self) -> Process:
        """The process as it stands."""
        assert self.process is not None, "the process has been created"
        return self.process

    @property
    def today(self) -> dt.date:
        """The date in Helsinki."""
        return local_date(self.now)

    def world(self, facts: Facts | None = None) -> World:
        """What a decision relies on now."""
        return World(self.definition, self.directory, self.calendar, self.now, facts or self._facts())

    def _facts(self) -> Facts:
        """Every package is as it was locked: nothing here is stored, so nothing can change."""
        phases = self.process.phases.values() if self.process else ()
        return Facts(intact=frozenset(phase.package for phase in phases if phase.package))

    def _well_written(self, phase: str) -> Facts:
        """The outputs of a rehearsal hold all that is asked of their rows."""
        inputs = inputs_of(self.state, self.definition, phase)
        return Facts(typed=TypedFacts(inputs, dict.fromkeys(TYPED, Finding(True))))

    def seen(self, phase: str, *, whole: bool = False) -> Seen:
        """What somebody has looked at who acts in the phase's round."""
        round_ = self.state.rounds[phase]
        shown = digest(self.state, phase) if whole else None
        return Seen(round=round_.no, manifest=round_.manifest, digest=shown)

    @property
    def coordinator(self) -> str:
        """Who coordinates the process."""
        return self.state.coordinator

    @property
    def registrar(self) -> str:
        """Who records what bodies do; the coordinator where nobody is the registrar."""
        people = self.directory.people
        registrars = (one for one in people if self.directory.has_role(one, Role.REGISTRAR, self.today))
        return next(registrars, self.coordinator)

    def goes_on(self, process: Process) -> None:
        """A process that runs goes on from how it stands: what has been reminded of is not reminded of again."""
        self.process = process
        self._plan(None)
        self.fallen.update((key, step.key) for key, step in self._waiting() if step.at <= self.now)

    # --- acts -----------------------------------------------------------------------------------------------------

    def act(
        self,
        person: str,
        command: Command,
        *,
        seat: str | None = None,
        for_whom: str | None = None,
        drafts: Iterable[str] = (),
    ) -> tuple[Recorded, ...]:
        """Somebody acts; the events. Raises what the rule refuses with, and then nothing has changed."""
        by = Actor(person=person, seat=seat, for_whom=for_whom, channel="rehearsal")
        written = {output: DraftFacts(sha256=sha256(output), by=person) for output in drafts}
        facts = Facts(drafts=written) if written else None
        if isinstance(command, Pass):
            facts = self._well_written(command.phase)
        asked, _ = sealed(command, self._salt)
        return self._recorded(decide(self.process, asked, by, self.world(facts)), by)

    def _salt(self) -> str:
        self._salts += 1
        return f"{self._salts:032x}"

    def _recorded(self, events: Iterable[Event], by: Actor) -> tuple[Recorded, ...]:
        """The events have happened: the state, the plan and what is told follow from them."""
        before, recorded, owing = self.process, list[Recorded](), list[tuple[Recorded, Process]]()
        for event in events:
            one = Recorded(sequence=len(self.record) + 1, at=self.now, by=by, event=event)
            self.process = evolve(self.process, one)
            self.record.append(one)
            recorded.append(one)
            if any(owed.kind == "notify" for owed in effects(self.state.id, one)):
                owing.append((one, self.state))
        if recorded:
            self._plan(before)
        for one, state in owing:
            told, unreached = tellings(one, state, self.world())
            self.post.put(Told(self.now, tuple(told), tuple(unreached)))
        return tuple(recorded)

    def _plan(self, before: Process | None) -> None:
        difference = plan_difference(before, self.state, self.definition, self.calendar, self.now)
        today = self.today
        for key in difference.removed:
            if key in self.owing:
                self.owing[key] = self.owing[key]._replace(done=self.now)
        for key, planned in difference.changed.items():
            owed = Duty(*planned[:-1])
            since = self.owing[key].since if key in self.owing else max(today, owed.since or today)
            self.owing[key] = Owing(owed, since)
        for key in difference.removed:
            self.planned.pop(key, None)
        void = set(difference.void)
        for key, duty in difference.changed.items():
            kept = self.planned[key].steps if key in self.planned else ()
            steps = {step.key: step for step in kept if (key, step.key) not in void}
            steps |= {step.key: step for step in duty.steps}
            self.planned[key] = duty._replace(steps=tuple(steps.values()))

    # --- time -----------------------------------------------------------------------------------------------------

    def go_to(self, instant: dt.datetime) -> None:
        """Time passes up to the instant; what falls due on the way is told when it does."""
        while (due := min(filter(None, (self._next_due(), self.post.next())), default=instant)) < instant:
            self.now = max(self.now, due)
            if due == self.post.next():
                self.post.leave(due, self.state, OwedByKind(self.state, self.definition, self.calendar))
            else:
                self._fall_due()
        self.now = max(self.now, instant)

    def _next_due(self) -> dt.datetime | None:
        return min((step.at for _, step in self._waiting()), default=None)

    def _waiting(self) -> list[tuple[str, PlannedStep]]:
        return [
            (key, step)
            for key, duty in self.planned.items()
            for step in duty.steps
            if (key, step.key) not in self.fallen
        ]

    def _fall_due(self) -> None:
        due = sorted((step.at, key, step.key) for key, step in self._waiting() if step.at <= self.now)
        self.fallen.update((key, step) for _, key, step in due)
        self._recorded([RemindersFellDue(reminders=tuple(f"{key}/{step}" for _, key, step in due), late=())], CLOCK)
