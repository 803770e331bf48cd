"""A village in a real installation of its own: people with names and addresses, one process, and what is done in it.

Names are of nobody and occur nowhere else, so that a test can look for them.
"""

import datetime as dt
import io
import shutil
import uuid
from pathlib import Path
from typing import Any

from models.commands import (
    Amend,
    AssignRole,
    Command,
    CreateProcess,
    Hold,
    OpenPhase,
    Pass,
    Resume,
    Seen,
    Submit,
    TakeStance,
)
from models.definitions.definition import Definition
from models.municipality.commands import (
    AddPerson,
    ChangePerson,
    GiveRole,
    GiveSeat,
    MunicipalityCommand,
    SetUpGroup,
    SetUpMunicipality,
)
from models.personal import Private
from models.process import Process
from models.receipts import Receipt
from models.rounds import digest
from models.settings import Settings
from models.storage import store
from models.storage.drafts import Contents
from models.storage.file_rows import take_in
from models.words import PhaseKind, Role, StanceKind
from tasks.installation import Installation, installed

START = dt.date(2027, 2, 1)
MORNING = dt.datetime(2027, 2, 1, 7, 3, tzinfo=dt.UTC)
KINDS = tuple(PhaseKind)
SEATS = ("teacher-1", "teacher-2")
NAMES = {
    "coordinator": "Quirina Koordovaara",
    "preparer": "Xaver Valmistelius",
    "owner": "Zoltina Omistavuo",
    "teacher-1": "Wolmar Opettavirta",
    "teacher-2": "Yxette Kasvattela",
}

DRAFT = f"""# Tuotos

Laatinut {NAMES["owner"]}.

| Haaste | Vaikutus |
|---|---|
| Väki vähenee | suuri |
"""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: dt.datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


def text(words: str) -> dict[str, str]:
    return {"fi": words}


def definition(kinds: tuple[PhaseKind, ...] = KINDS) -> Definition:
    """A definition with one phase of each kind, one after another, with an output each."""
    phases: list[dict[str, Any]] = [
        {
            "id": kind.replace("_", "-"),
            "kind": kind,
            "name": text(f"Vaihe {n}"),
            "dates": [{"from": {"month": 1 + n}, "to": {"month": 1 + n}}],
            "outputs": [{"id": f"{kind.replace('_', '-')}-output", "name": text(f"Tuotos {n}"), "owner": "owner"}],
            "checkpoint": {
                "id": f"checkpoint-{n}",
                "name": text(f"Tarkistuspiste {n}"),
                "kind": "readiness" if n == len(kinds) else "transfer",
                "groups": [{"group": "teachers", "rule": "majority"}],
            },
        }
        for n, kind in enumerate(kinds, 1)
    ]
    return Definition.model_validate(
        {
            "format": 1,
            "id": "village",
            "version": "1",
            "name": text("Kylän suunnitelma"),
            "roles": [{"id": role, "name": text(role)} for role in ("coordinator", "preparer", "owner")],
            "groups": [{"id": "teachers", "name": text("Opettajat"), "kind": "working_group"}],
            "bodies": [{"id": "council", "name": text("Valtuusto"), "kind": "council"}],
            "ladders": [
                {
                    "duty": "stance",
                    "steps": [
                        {"when": "3 working days before", "to": "holder"},
                        {"when": "1 working day before", "to": "coordinator"},
                    ],
                }
            ],
            "phases": phases,
            "decision": {
                "window": [{"to": {"month": 12}}],
                "chain": [{"id": "decides", "name": text("Päätös"), "body": "council", "kind": "decision"}],
                "without_executive_because": text("Kokeilu"),
            },
        }
    )


class Village:
    """One municipality with one process, in an installation of its own."""

    def __init__(self, folder: Path, clock: Any = None, name: str | None = None, **settings: Any) -> None:
        self.clock = clock or Clock()
        self.name = name or f"kyla-{uuid.uuid4().hex[:8]}"  # Prefect knows the villages of all tests
        self.settings = Settings(data_dir=folder, **settings)
        self.installation: Installation = installed(self.settings, self.clock)
        self.engine = self.installation.engine
        self.database = self.installation.database
        self.process = ""

    @classmethod
    def founded(cls, folder: Path, migrated: Path, kinds: tuple[PhaseKind, ...] = KINDS, **how: Any) -> "Village":
        """A village with its people, its definition and its process, on a copy of a migrated database file."""
        folder.mkdir(parents=True, exist_ok=True)
        if "database_url" not in how:
            shutil.copy(migrated, folder / "etappi.sqlite3")
        village = cls(folder, **how)
        village.settle(kinds)
        return village

    def settle(self, kinds: tuple[PhaseKind, ...]) -> None:
        """People, groups, definition and process are there."""
        set_up = SetUpMunicipality(
            municipality=self.name,
            name="Kylä",
            administrator="administrator",
            administrator_name=Private("Hallinnoija"),
        )
        for command in (
            set_up,
            GiveRole(person="administrator", role=Role.COORDINATOR, first=START),
            *(AddPerson(person=p, name=Private(n), email=Private(f"{p}@kyla.example")) for p, n in NAMES.items()),
            SetUpGroup(group="the-teachers", name="Opettajat"),
            *(GiveSeat(seat=seat, group="the-teachers", person=seat, first=START) for seat in SEATS),
        ):
            self.municipal(command)
        loaded = self.engine.load_definition(self.name, definition(kinds), "yaml", "administrator")
        create = CreateProcess(
            definition=loaded,
            title="Kylän suunnitelma 2030",
            start=START,
            roles={role: role for role in ("coordinator", "preparer", "owner")},
            groups={"teachers": "the-teachers"},
        )
        self.process = self.engine.handle(self.name, create, "administrator", process=None).process

    # --- acts -----------------------------------------------------------------------------------------------------

    def act(self, command: Command, person: str, **how: Any) -> Receipt:
        return self.engine.handle(self.name, command, person, process=self.process, **how)

    def open(self, phase: str = "future-image") -> Receipt:
        return self.act(OpenPhase(phase=phase), "coordinator")

    def submit(self, phase: str = "future-image", text: str = DRAFT) -> Receipt:
        """The phase's drafts, with the writer's name in them, come to its checkpoint."""
        for output in self.outputs(phase):
            held = self.engine.drafts.read(self.name, self.process, phase).get(output)
            content = io.BytesIO(text.encode())
            file = take_in(self.database, self.engine.files, self.name, content, "luonnos.md", self.clock()).sha256
            revision = held.revision if held else 0
            self.engine.drafts.save(
                self.name, self.process, phase, output, Contents(document=file), "owner", revision=revision
            )
        return self.act(Submit(phase=phase), "owner")

    def outputs(self, phase: str) -> list[str]:
        return [one.id for plan in definition().phases if plan.id == phase for one in plan.outputs]

    def say(self, seat: str, kind: StanceKind = StanceKind.ACCEPT, reason: str | None = None) -> Receipt:
        phase, round_ = next(iter(self.state.rounds.items()))
        seen = Seen(round=round_.no, manifest=round_.manifest)
        words = Private(reason) if reason else None
        return self.act(TakeStance(phase=phase, seat=seat, kind=kind, seen=seen, reason=words), seat)

    def passing(self) -> Receipt:
        """Everybody accepts, and the phase at its checkpoint passes."""
        for seat in SEATS:
            self.say(seat)
        phase, round_ = next(iter(self.state.rounds.items()))
        seen = Seen(round=round_.no, manifest=round_.manifest, digest=digest(self.state, phase))
        return self.act(Pass(phase=phase, seen=seen), "preparer")

    def through(self, phase: str = "future-image") -> Receipt:
        """The phase is opened, submitted and passed."""
        self.open(phase)
        self.submit(phase)
        return self.passing()

    def pause(self) -> None:
        """Something that everybody is told of, twice."""
        self.act(Hold(reason=Private("Odotetaan")), "coordinator")
        self.act(Resume(), "coordinator")

    def municipal(self, command: MunicipalityCommand) -> None:
        self.engine.handle_municipality(self.name, command, "administrator")

    def break_address(self, person: str) -> None:
        """Somebody's address is one that no message can be sent to."""
        self.municipal(ChangePerson(person=person, email=Private("Peräkylän(väki@kyla.example")))

    def give_part(self, role: str, person: str) -> None:
        """Somebody else plays a part in the process, which everybody is told."""
        change = AssignRole(role=role, person=person)
        self.act(Amend(change=change, reason=Private("Tehtävät vaihtuivat")), "coordinator")

    # --- looking --------------------------------------------------------------------------------------------------

    @property
    def state(self) -> Process:
        with self.database.reading() as session:
            (scope,) = session.all("select process_id from process")
            return store.state_of(session, scope[0])

    def one(self, sql: str, **values: Any) -> Any:
        row = self.all(sql, **values)[0]
        return row[0]

    def all(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.database.reading() as session:
            return session.all(sql, values)

    def effects(self, kind: str) -> list[tuple[str, int]]:
        """The states and attempts of the effects of a kind."""
        return [
            (row[0], row[1])
            for row in self.all("select state, attempt from outbox where kind = :k order by id", k=kind)
        ]

    def mails(self) -> list[Path]:
        return sorted((self.settings.data_dir / "messages").glob("*/*.eml"))

    def archived(self) -> list[Path]:
        return sorted((self.settings.data_dir / "archive").glob("*/*/*"))
