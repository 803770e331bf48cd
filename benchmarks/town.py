"""The municipality of the bench and what is done in it, all through the engine: 3 groups of 8 seats, and a process that
is driven into its fourth phase with one returned round behind it.
"""

import datetime as dt
import io

from benchmarks.plan import FOURTH
from models.commands import (
    Assess,
    Command,
    CreateProcess,
    GiveOpportunity,
    OpenPhase,
    Pass,
    Return,
    Seen,
    SettingUp,
    Settled,
    Submit,
    TakeStance,
)
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
from models.receipts import Receipt
from models.rounds import digest
from models.storage import store
from models.storage.database import Database
from models.storage.drafts import Contents
from models.storage.file_rows import take_in
from models.storage.files import FileStore
from models.words import Role, StanceKind

START = dt.date(2026, 12, 1)
MORNING = dt.datetime(2026, 12, 1, 7, 0, tzinfo=dt.UTC)
TOWN = "kemijarvi"
ADMINISTRATOR = "administrator"


class Clock:
    """A clock on which every look is a millisecond later, so that times differ as they do at work."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(milliseconds=1)
        return self.now


class Town:
    """One municipality, and short words for what is done in it. People are called what they are."""

    def __init__(
        self, database: Database, files: FileStore, definition: Definition, seats: int, *, addresses: bool = False
    ) -> None:
        self.engine = Engine(database, files, Clock())
        self.definition = definition
        self.seats = {group.id: [f"{group.id}-{n + 1}" for n in range(seats)] for group in definition.groups}
        self.addresses = addresses  # whether people can be written to
        self.version = self._settle()

    def _settle(self) -> str:
        """The people, the groups and the definition are in the database; the definition's hash."""
        self._municipal(
            SetUpMunicipality(
                municipality=TOWN, name="Kemijärvi", administrator=ADMINISTRATOR, administrator_name=Private("Hallinto")
            )
        )
        roles = [slot.id for slot in self.definition.roles]
        for person in (*roles, *(seat for seats in self.seats.values() for seat in seats)):
            email = Private(f"{person}@kunta.example") if self.addresses else None
            self._municipal(AddPerson(person=person, name=Private(person), email=email))
        self._municipal(GiveRole(person="coordinator", role=Role.COORDINATOR, first=START))
        for group, seats in self.seats.items():
            self._municipal(SetUpGroup(group=f"the-{group}", name=group))
            for seat in seats:
                self._municipal(GiveSeat(seat=seat, group=f"the-{group}", person=seat, first=START))
        return self.engine.load_definition(TOWN, self.definition, "bench", ADMINISTRATOR)

    def _municipal(self, command: MunicipalityCommand) -> None:
        self.engine.handle_municipality(TOWN, command, ADMINISTRATOR)

    def crowd(self, people: int) -> None:
        """So many more people are in the directory, each with a seat in some group of ten that has no process."""
        for number in range(people):
            person, group = f"resident-{number}", f"club-{number // 10}"
            self._municipal(AddPerson(person=person, name=Private(person)))
            if number % 10 == 0:
                self._municipal(SetUpGroup(group=group, name=group))
            self._municipal(GiveSeat(seat=person, group=group, person=person, first=START))

    # --- acts -----------------------------------------------------------------------------------------------------

    def create(self) -> str:
        """A new process; its name."""
        command = CreateProcess(
            definition=self.version,
            title="Kemijärvi kohti vuotta 2030",
            setting_up=SettingUp(body="kaupunginhallitus", date=START, section="§ 1"),
            start=START,
            choices={c.id: Settled(reading=c.readings[0].id, why=Private("Sovittu")) for c in self.definition.choices},
            roles={slot.id: slot.id for slot in self.definition.roles},
            groups={group: f"the-{group}" for group in self.seats},
        )
        return self.engine.handle(TOWN, command, "coordinator", process=None).process

    def act(self, process: str, command: Command, person: str) -> Receipt:
        return self.engine.handle(TOWN, command, person, process=process)

    def state(self, process: str) -> Process:
        """The process as it stands."""
        with self.engine.database.reading() as session:
            return store.state_of(session, store.find_process(session, TOWN, process)[0].id)

    def length(self, process: str) -> int:
        """How many events the process's record has."""
        with self.engine.database.reading() as session:
            return store.find_process(session, TOWN, process)[1].sequence

    def draft(self, process: str, phase: str, content: str) -> None:
        """Drafts of all the phase's outputs are saved, by their owners."""
        drafts = self.engine.drafts
        held = drafts.read(TOWN, process, phase)
        for output in self._outputs(phase):
            text = io.BytesIO(f"# {output}\n\n{content}\n".encode())
            stored = take_in(self.engine.database, self.engine.files, TOWN, text, "luonnos.md", self.engine.clock())
            revision = held[output].revision if output in held else 0
            contents = Contents(document=stored.sha256)
            drafts.save(TOWN, process, phase, output, contents, self.owner(phase), revision=revision)

    def owner(self, phase: str) -> str:
        """Who answers for the phase's outputs."""
        return next(plan.outputs[0].owner for plan in self.definition.phases if plan.id == phase)

    def _outputs(self, phase: str) -> list[str]:
        return [output.id for plan in self.definition.phases if plan.id == phase for output in plan.outputs]

    def to_checkpoint(self, process: str, phase: str, content: str = "Luonnos") -> Process:
        """The phase, which is open, is at its checkpoint."""
        self.draft(process, phase, content)
        return self.act(process, Submit(phase=phase), self.owner(phase)).state

    def opened(self, process: str, phase: str) -> None:
        """The phase is open, and its affected groups have had their opportunity."""
        self.act(process, OpenPhase(phase=phase), "coordinator")
        plan = self.definition.phase(phase)
        for group in plan.affected if plan else ():
            given = GiveOpportunity(phase=phase, affected=group.id, on=START, how=Private("Tilaisuus"), heard=True)
            self.act(process, given, "coordinator")

    def assess(self, process: str, phase: str, state: Process) -> Process:
        """Every criterion that somebody is named for holds."""
        plan = self.definition.phase(phase)
        for criterion in plan.checkpoint.criteria if plan else ():
            if criterion.assessed_by:
                word = Assess(phase=phase, criterion=criterion.id, holds=True, seen=seen(state, phase))
                state = self.act(process, word, criterion.assessed_by).state
        return state

    def through(self, process: str, phase: str) -> None:
        """The phase has passed, accepted by all."""
        self.opened(process, phase)
        state = self.to_checkpoint(process, phase)
        for seat in state.rounds[phase].seats:
            self.act(process, stance(state, phase, seat), seat)
        self.act(process, passing(self.assess(process, phase, state), phase), "preparer")

    # --- the process that is measured -----------------------------------------------------------------------------

    def to_fourth_round(self) -> str:
        """A process at its fourth checkpoint, which the work came back from once; its name."""
        process = self.create()
        for phase in self.definition.phases:
            if phase.id == FOURTH:
                break
            self.through(process, phase.id)
        self.opened(process, FOURTH)
        state = self.to_checkpoint(process, FOURTH)
        for seat in state.rounds[FOURTH].seats:
            self.act(process, stance(state, FOURTH, seat), seat)
        why = Private("Ryhmät pyysivät vaihtoehtojen vertailua.")
        self.act(process, Return(phase=FOURTH, to=FOURTH, reason=why, seen=seen(state, FOURTH)), "preparer")
        self.assess(process, FOURTH, self.to_checkpoint(process, FOURTH, "Toinen luonnos"))
        return process

    def to_first_round(self) -> str:
        """A process at its first checkpoint, nobody having said anything; its name."""
        process, first = self.create(), self.definition.phases[0].id
        self.opened(process, first)
        self.to_checkpoint(process, first)
        return process


def seen(state: Process, phase: str) -> Seen:
    """What stood on the page of one who takes a stance."""
    round_ = state.rounds[phase]
    return Seen(round=round_.no, manifest=round_.manifest)


def stance(state: Process, phase: str, seat: str, kind: StanceKind = StanceKind.ACCEPT) -> TakeStance:
    """The command of one seat."""
    return TakeStance(phase=phase, seat=seat, kind=kind, seen=seen(state, phase))


def passing(state: Process, phase: str) -> Pass:
    """The preparer's command, as the page would send it now."""
    return Pass(phase=phase, seen=seen(state, phase).model_copy(update={"digest": digest(state, phase)}))
