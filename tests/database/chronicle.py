"""A municipality in a real database, and long stories told in it through the engine, for tests of the whole record.

Persons are called what they are: "coordinator", "preparer", "owner", "teachers-1", and "teachers-1-deputy". What people
are named and say is made of words that occur nowhere else, so that a test can look for them in bytes.
"""

import datetime as dt
import io
from functools import cache
from itertools import count
from pathlib import Path

from models import commands as c
from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.engine import Engine
from models.municipality import commands as m
from models.personal import Private
from models.process import Process
from models.receipts import Receipt
from models.rounds import digest
from models.storage import store
from models.storage.database import Database
from models.storage.drafts import Attachment, Contents
from models.storage.file_rows import take_in
from models.storage.files import FileStore
from models.words import Publicity, Role, SeatPart, StanceKind

SOURCE = Path(__file__).with_name("chronicle.yaml").read_text("utf-8")
TOWN = "testila"
MORNING = dt.datetime(2027, 2, 1, 7, tzinfo=dt.UTC)  # Monday, 9.00 in Helsinki
START = MORNING.date()
GROUPS = ("teachers", "neighbours")
SLOTS = ("coordinator", "preparer", "owner", "assessor")
OFFICES = {"registrar": Role.REGISTRAR, "protector": Role.PROTECTION, "coordinator": Role.COORDINATOR}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: dt.datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


class Chronicle:
    """One municipality and what is done in it."""

    def __init__(
        self, database: Database, files: FileStore, town: str = TOWN, seats: int = 3, clock: Clock | None = None
    ) -> None:
        self.database, self.files, self.town = database, files, town
        self.clock = clock or Clock()
        self.engine = Engine(database, files, self.clock)
        self.seats = {group: [f"{group}-{n + 1}" for n in range(seats)] for group in GROUPS}
        self.definition = ""
        self.words = count(1)

    @property
    def every_seat(self) -> list[str]:
        return [seat for seats in self.seats.values() for seat in seats]

    def later(self, **time: int) -> None:
        self.clock.now += dt.timedelta(**time)

    def said(self, about: str) -> Private:
        """A person's own words, which nobody else has said."""
        return Private(f"Salaista-{self.town}-{next(self.words)}: {about}, äö")

    # --- the municipality -----------------------------------------------------------------------------------------

    def rules(self, command: m.MunicipalityCommand, by: str = "administrator") -> None:
        self.engine.handle_municipality(self.town, command, by)

    def adds(self, *people: str) -> None:
        for person in people:
            email = Private(f"{person}@{self.town}.example.fi")
            self.rules(m.AddPerson(person=person, name=self.said(person), email=email))

    def settles(self) -> None:
        """The town has its people, groups and definition."""
        first = {"administrator": "administrator", "administrator_name": self.said("administrator")}
        self.rules(m.SetUpMunicipality(municipality=self.town, name="Testilä", languages=("fi",), **first))
        self.adds(*SLOTS, *(office for office in OFFICES if office not in SLOTS))
        for person, role in OFFICES.items():
            self.rules(m.GiveRole(person=person, role=role, first=START))
        for group, seats in self.seats.items():
            self.rules(m.SetUpGroup(group=f"the-{group}", name=group))
            self.adds(*seats, *(f"{seat}-deputy" for seat in seats[:3]))
            for number, seat in enumerate(seats):
                part = (SeatPart.CHAIR, SeatPart.VICE_CHAIR)[number] if number < 2 else SeatPart.MEMBER
                deputies = (f"{seat}-deputy",) if number < 3 else ()
                given = m.GiveSeat(
                    seat=seat, group=f"the-{group}", person=seat, part=part, deputies=deputies, first=START
                )
                self.rules(given)
        self.definition = self.engine.load_definition(self.town, read_plan(), SOURCE, "administrator")

    # --- a process ------------------------------------------------------------------------------------------------

    def does(self, process: str, by: str, command: c.Command, for_whom: str | None = None) -> Receipt:
        channel = by if by in ("clock", "flow") else "cli"
        return self.engine.handle(self.town, command, by, process=process, channel=channel, for_whom=for_whom)

    def creates(self, decision: bool = True) -> str:
        """A new process; its name."""
        setting_up = None
        if decision:
            document = self.file("The decision", "paatos.txt")
            setting_up = c.SettingUp(body="executive", date=START, section="§ 12", document=document)
        command = c.CreateProcess(
            definition=self.definition,
            title="Pitkä prosessi",
            matter_number="TST/1/2027",
            setting_up=setting_up,
            start=START,
            roles={slot: slot for slot in SLOTS},
            groups={group: f"the-{group}" for group in GROUPS},
        )
        return self.engine.handle(self.town, command, "coordinator", process=None).process

    def file(self, content: str, name: str = "luonnos.md") -> str:
        """A file that was taken in; its hash."""
        stream = io.BytesIO(content.encode())
        return take_in(self.database, self.files, self.town, stream, name, self.clock()).sha256

    def drafts(self, process: str, phase: str, said: str, attached: str | None = None) -> None:
        """The phase's drafts say so; with attachments, a public one and one that is not."""
        held = self.engine.drafts.read(self.town, process, phase)
        plan = read_plan().phase(phase)
        assert plan
        for output in plan.outputs:
            attachments = ()
            if attached:
                hidden = self.file(f"{attached} of {output.id}", "muistio.txt")
                shown = self.file("a,b\n1,2\n", "luvut.csv")
                attachments = (
                    Attachment(sha256=hidden, name="muistio.txt", publicity=Publicity.INTERNAL),
                    Attachment(sha256=shown, name="luvut.csv", publicity=Publicity.PUBLIC),
                )
            document = self.file(f"# {output.id}\n\n{said}\n")
            contents = Contents(document=document, attachments=attachments, publicity=output.publicity)
            revision = held[output.id].revision if output.id in held else 0
            self.engine.drafts.save(self.town, process, phase, output.id, contents, "owner", revision=revision)

    def state(self, process: str) -> Process:
        """The process as it is stored."""
        with self.database.reading() as session:
            return store.state_of(session, store.find_process(session, self.town, process)[0].id)

    def seen(self, process: str, phase: str, *, passing: bool = False) -> c.Seen:
        """What stands on the page of the phase's round."""
        state = self.state(process)
        round_ = state.rounds[phase]
        return c.Seen(round=round_.no, manifest=round_.manifest, digest=digest(state, phase) if passing else None)

    def comes_to_checkpoint(self, process: str, phase: str, said: str = "Ensimmäinen luonnos") -> None:
        self.does(process, "coordinator", c.OpenPhase(phase=phase))
        self.drafts(process, phase, said)
        self.does(process, "owner", c.Submit(phase=phase))

    def says(
        self, process: str, phase: str, seat: str, kind: StanceKind, why: str | None = None, by: str | None = None
    ) -> Receipt:
        reason = self.said(why) if why else None
        seen = self.seen(process, phase)
        stance = c.TakeStance(phase=phase, seat=seat, kind=kind, seen=seen, reason=reason)
        return self.does(process, by or seat, stance)

    def accepts(self, process: str, phase: str, *seats: str) -> None:
        for seat in seats or self.every_seat:
            self.says(process, phase, seat, StanceKind.ACCEPT)

    def passes(self, process: str, phase: str, **waive: str) -> Receipt:
        seen = self.seen(process, phase, passing=True)
        waived = {name: self.said(why) for name, why in waive.items()}
        return self.does(process, "preparer", c.Pass(phase=phase, seen=seen, waive=waived))

    def heads(self) -> list[str]:
        """The anchors of all records as they stand: "record:sequence:hash"."""
        with self.database.reading() as session:
            own = session.all("select id, seq, hash from municipality")
            processes = session.all("select key, seq, hash from process_head")
        return [f"{record}:{seq}:{hash_}" for record, seq, hash_ in (*own, *processes)]


@cache
def read_plan() -> Definition:
    """The definition that all chronicles run by."""
    return read_definition(SOURCE, "chronicle.yaml")
