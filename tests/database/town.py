"""A town in a real database: its people and groups, a process of two phases, and short words for what is done in it.

The people are called what they are: "administrator", "coordinator", "preparer", "owner"; a group's members are
"teachers-1" and so on, each in the seat of the same name.
"""

import datetime as dt
import io
import threading
from collections.abc import Callable, Iterable

from models.commands import Command, CreateProcess, OpenPhase, Pass, Seen, Submit, TakeStance
from models.definitions.definition import Definition
from models.engine import Engine
from models.municipality.commands import (
    AddPerson,
    GiveRole,
    GiveSeat,
    MunicipalityCommand,
    SetUpGroup,
    SetUpMunicipality,
)
from models.personal import Private
from models.process import Process
from models.receipts import MunicipalityReceipt, Receipt
from models.rounds import digest
from models.storage import store
from models.storage.database import Database
from models.storage.drafts import Contents
from models.storage.file_rows import take_in
from models.storage.files import FileStore
from models.words import Role, StanceKind

START = dt.date(2027, 2, 1)
MORNING = dt.datetime(2027, 2, 1, 7, 0, tzinfo=dt.UTC)
GROUPS = ("teachers", "builders", "neighbours")
PHASES = ("need", "way")
ROLES = ("coordinator", "preparer", "owner", "assessor")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: dt.datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **by: int) -> None:
        self.now += dt.timedelta(**by)


def text(words: str) -> dict[str, str]:
    return {"fi": words}


def definition(key: str = "strategy", outputs: int = 3, criteria: int = 0) -> Definition:
    """A definition of two phases with three groups and a ladder of three steps for stances."""
    checks = [
        {"id": "submitted", "text": text("Tuotokset on toimitettu"), "computed": "output-submitted"},
        {"id": "answered", "text": text("Vastustuksiin on vastattu"), "computed": "objections-answered"},
        {"id": "conditions", "text": text("Edellytykset on tehty"), "computed": "conditions-done"},
        *(
            {"id": f"seats-{n}", "text": text("Paikat"), "must": False, "computed": "groups-answered"}
            for n in range(max(0, criteria - 3))
        ),
    ]
    phases = [
        {
            "id": phase,
            "kind": "general",
            "name": text(phase),
            "dates": [{"from": {"month": 2 + n}, "to": {"month": 3 + n}}],
            "outputs": [{"id": f"{phase}-{i}", "name": text(f"{phase} {i}"), "owner": "owner"} for i in range(outputs)],
            "checkpoint": {
                "id": f"cp-{phase}",
                "name": text(f"Tarkistuspiste {n + 1}"),
                "kind": "transfer" if phase != PHASES[-1] else "readiness",
                "groups": [{"group": group, "rule": "majority"} for group in GROUPS],
                "criteria": checks,
            },
        }
        for n, phase in enumerate(PHASES)
    ]
    steps = [("3 working days before", "holder"), ("on the day", "holder"), ("1 working day after", "chair")]
    return Definition.model_validate(
        {
            "format": 1,
            "id": key,
            "version": "1",
            "name": text("Strategia"),
            "roles": [{"id": role, "name": text(role)} for role in ROLES],
            "groups": [{"id": group, "name": text(group), "kind": "working_group"} for group in GROUPS],
            "bodies": [{"id": "council", "name": text("Valtuusto"), "kind": "council"}],
            "ladders": [
                {"duty": duty, "steps": [{"when": w, "to": t} for w, t in steps]} for duty in ("stance", "outcome")
            ],
            "phases": phases,
            "decision": {
                "window": [{"to": {"month": 6}}],
                "chain": [{"id": "decides", "name": text("Päätös"), "body": "council", "kind": "decision"}],
                "without_executive_because": text("Kokeilu"),
            },
        }
    )


class Town:
    """One municipality and what is done in it."""

    def __init__(self, engine: Engine, clock: Clock, name: str = "testila", seats: int = 3) -> None:
        self.engine = engine
        self.clock = clock
        self.name = name
        self.seats = {group: [f"{group}-{n + 1}" for n in range(seats)] for group in GROUPS}
        self.definition = ""

    @classmethod
    def opened(
        cls,
        database: Database,
        files: FileStore,
        *,
        name: str = "testila",
        seats: int = 3,
        plan: Definition | None = None,
    ) -> "Town":
        """A town whose people, groups and definition are in the database."""
        clock = Clock()
        town = cls(Engine(database, files, clock), clock, name, seats)
        town.settle(plan or definition())
        return town

    def settle(self, plan: Definition) -> None:
        named = {"administrator": "administrator", "administrator_name": Private("Hallinnoija")}
        self.municipal(SetUpMunicipality(municipality=self.name, name="Testilä", **named))
        self.municipal(GiveRole(person="administrator", role=Role.COORDINATOR, first=START))
        for person in (*ROLES, *(seat for seats in self.seats.values() for seat in seats)):
            self.municipal(AddPerson(person=person, name=Private(person.title())))
        self.municipal(GiveRole(person="administrator", role=Role.PROTECTION, first=START))
        for group, seats in self.seats.items():
            self.municipal(SetUpGroup(group=f"the-{group}", name=group))
            for seat in seats:
                self.municipal(GiveSeat(seat=seat, group=f"the-{group}", person=seat, first=START))
        self.definition = self.engine.load_definition(self.name, plan, "yaml", "administrator")

    def municipal(self, command: MunicipalityCommand) -> MunicipalityReceipt:
        return self.engine.handle_municipality(self.name, command, "administrator")

    def creating(self) -> CreateProcess:
        """The command that sets a process up."""
        return CreateProcess(
            definition=self.definition,
            title="Strategia",
            start=START,
            roles={role: role for role in ROLES},
            groups={group: f"the-{group}" for group in GROUPS},
        )

    def create(self) -> str:
        """A new process; its name."""
        return self.engine.handle(self.name, self.creating(), "administrator", process=None).process

    def act(self, process: str, command: Command, person: str) -> Receipt:
        return self.engine.handle(self.name, command, person, process=process)

    def file(self, content: str = "# Luonnos\n", name: str = "luonnos.md") -> str:
        """A file that was taken in; its hash."""
        stored = take_in(
            self.engine.database, self.engine.files, self.name, io.BytesIO(content.encode()), name, self.clock()
        )
        return stored.sha256

    def draft(self, process: str, phase: str, content: str = "# Luonnos\n") -> None:
        """Drafts of all the phase's outputs are saved."""
        drafts = self.engine.drafts
        for output in (plan.id for p in definition_of(self).phases if p.id == phase for plan in p.outputs):
            held = drafts.read(self.name, process, phase).get(output)
            contents = Contents(document=self.file(f"{content}{output}\n"))
            drafts.save(self.name, process, phase, output, contents, "owner", revision=held.revision if held else 0)

    def to_checkpoint(self, process: str, phase: str = "need") -> Process:
        """The phase is at its checkpoint."""
        self.act(process, OpenPhase(phase=phase), "coordinator")
        self.draft(process, phase)
        return self.act(process, Submit(phase=phase), "owner").state

    def say(self, process: str, seat: str, kind: StanceKind = StanceKind.ACCEPT, reason: str | None = None) -> Receipt:
        """A seat takes a stance on what lies before it."""
        return self.act(process, self.speaking(process, seat, kind, reason), seat)

    def speaking(
        self, process: str, seat: str, kind: StanceKind = StanceKind.ACCEPT, reason: str | None = None
    ) -> TakeStance:
        """The command by which a seat takes a stance on what lies before it."""
        phase, round_ = next(iter(self.state(process).rounds.items()))
        seen = Seen(round=round_.no, manifest=round_.manifest)
        return TakeStance(phase=phase, seat=seat, kind=kind, seen=seen, reason=Private(reason) if reason else None)

    def all_accept(self, process: str, seats: Iterable[str] | None = None) -> None:
        for seat in seats or [seat for group in self.seats.values() for seat in group]:
            self.say(process, seat)

    def passing(self, process: str) -> Receipt:
        """The preparer states that the phase at its checkpoint passes."""
        return self.act(process, self.passing_of(self.state(process)), "preparer")

    @staticmethod
    def passing_of(state: Process) -> Pass:
        """The command by which the phase at its checkpoint passes."""
        phase, round_ = next(iter(state.rounds.items()))
        return Pass(phase=phase, seen=Seen(round=round_.no, manifest=round_.manifest, digest=digest(state, phase)))

    def state(self, process: str) -> Process:
        """The process as it is stored."""
        with self.engine.database.reading() as session:
            return store.state_of(session, store.find_process(session, self.name, process)[0].id)

    @staticmethod
    def at_once(acts: Iterable[Callable[[], object]]) -> None:
        """All in the same moment, each in a thread of its own; nothing that any of them raises is lost."""
        failed: list[BaseException] = []
        acts = list(acts)
        start = threading.Barrier(len(acts))

        def run(act: Callable[[], object]) -> None:
            start.wait()
            try:
                act()
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []


def definition_of(town: Town) -> Definition:
    with town.engine.database.reading() as session:
        return town.engine.worlds.definition(session, town.name, town.definition)
