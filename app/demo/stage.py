"""The stage of the story: an installation of its own, people who act in it, and time that passes with all it brings."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from importlib.resources import files as resources
from typing import Any

from app.demo.clock import SimulatedClock
from models.commands import Command, Seen, TakeStance
from models.definitions.definition import Definition
from models.engine import Engine
from models.outputs.checks import TYPED
from models.process import Process, Round
from models.receipts import Receipt
from models.rounds import digest
from models.storage.drafts import Contents
from models.storage.file_rows import take_in
from models.storage.store import find_process
from models.storage.typed import TypedContent
from models.words import StanceKind

TOWN = "kemijarvi"
DOCUMENTS = resources("config").joinpath("demo")

Tell = Callable[[str], None]
Deliver = Callable[[], None]


class Stage:
    """One process on its way. `tell` shows what happens; `deliver` carries out what is owed to the outside world."""

    def __init__(
        self, engine: Engine, clock: SimulatedClock, definition: Definition, tell: Tell, deliver: Deliver
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.definition = definition
        self.tell = tell
        self.deliver = deliver
        self.process = ""
        self.state: Process | None = None

    # --- time -----------------------------------------------------------------------------------------------------

    def go_to(self, day: str, hour: int = 9) -> None:
        """The days pass: on each the clock ticks at nine, and what fell due is delivered. `day` as 2027-01-29."""
        goal = dt.date.fromisoformat(day)
        today = self.clock().date()
        while today < goal:
            today += dt.timedelta(days=1)
            self.clock.go_to(today)
            if self.engine.tick().reminders:
                self.deliver()
        self.clock.go_to(goal, hour)

    # --- acts -----------------------------------------------------------------------------------------------------

    def act(self, person: str, command: Command, **how: Any) -> Receipt:
        """Somebody acts in the process."""
        receipt = self.engine.handle(TOWN, command, person, process=self.process or None, channel="demo", **how)
        self.process, self.state = receipt.process, receipt.state
        return receipt

    @property
    def now(self) -> Process:
        """The process as it stands."""
        assert self.state is not None, "the process has been created"
        return self.state

    def round(self, phase: str) -> Round:
        """The open round of a phase."""
        return self.now.rounds[phase]

    def seen(self, phase: str, *, whole: bool = False) -> Seen:
        """What an actor has just looked at; whole for the one who states the outcome."""
        round_ = self.round(phase)
        shown = digest(self.now, phase) if whole else None
        return Seen(round=round_.no, manifest=round_.manifest, digest=shown)

    def lacking(self, phase: str) -> list[str]:
        """The computed criteria of typed outputs that do not hold in the round, with the rows on account of which."""
        with self.engine.database.reading() as session:
            scope, _, _ = find_process(session, TOWN, self.process)
            content = TypedContent(session, self.engine.files, TOWN, scope.id)
            facts = content.facts(self.now, self.definition, phase)
        plan = self.definition.phase(phase)
        assert plan is not None
        assert facts is not None
        typed = [one for one in plan.checkpoint.criteria if one.computed in TYPED]
        found = ((one.text.fi, facts.findings[one.computed or ""]) for one in typed)
        return [f"{text} ({'; '.join(finding.items)})" for text, finding in found if not finding.holds]

    def waiting(self, phase: str, group: str) -> Iterable[tuple[str, str]]:
        """The seats of a group that have said nothing in the round, with their holders."""
        round_ = self.round(phase)
        for key, seat in round_.seats.items():
            if seat.group == group and key not in round_.stances and key not in round_.disqualified:
                yield key, seat.person

    def all_take(self, phase: str, group: str, kind: StanceKind, but: Iterable[str] = ()) -> None:
        """Every seat of the group that has said nothing takes the stance, except some."""
        for seat, person in list(self.waiting(phase, group)):
            if seat not in but:
                self.act(person, TakeStance(phase=phase, seat=seat, kind=kind, seen=self.seen(phase)), seat=seat)

    # --- documents ------------------------------------------------------------------------------------------------

    def draft(self, phase: str, output: str, person: str, edition: str = "") -> None:
        """Somebody saves the draft of an output from the demo's documents."""
        file = self.file(f"{output}{edition}.md")
        before = self.engine.drafts.read(TOWN, self.process, phase).get(output)
        contents = Contents(document=file)
        revision = before.revision if before else 0
        self.engine.drafts.save(TOWN, self.process, phase, output, contents, person, revision=revision)

    def file(self, name: str) -> str:
        """The hash of one of the demo's documents, taken in."""
        content = io.BytesIO(DOCUMENTS.joinpath(name).read_bytes())
        return take_in(self.engine.database, self.engine.files, TOWN, content, name, self.clock()).sha256
