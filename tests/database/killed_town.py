"""A town that is killed just before a given step: a program of its own, for the tests.

    killed_town.py FOLDER DATABASE_URL

It reads numbers, one a line. For each it forks a town that goes on with its story from where it is found, and is killed
with `kill -9` before it takes that many steps (`steps.py`); 0 lets it live. It answers "killed", or "done" and how many
steps there were.

Before each act the town notes which one it begins and how far the records were. When it goes on after it was killed it
looks, as anybody would, whether that act was done; if not it does it again.
"""

import datetime as dt
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from steps import Steps
from town import MORNING, ROLES, Clock, Town, definition

from models.commands import Answer, OpenPhase, RecordDissent, RecordRendition, Redact, Return, Revise, Submit
from models.engine import Engine
from models.migrations import migrate
from models.municipality.commands import AddPerson, EndSeat, GiveRole, GiveSeat, SetUpGroup, SetUpMunicipality
from models.personal import Private
from models.proof.backup import backup
from models.proof.export import export
from models.storage.database import Database
from models.storage.drafts import Contents
from models.storage.file_rows import sweep_files, take_in
from models.storage.files import FileStore
from models.words import AnswerResult, Role, StanceKind

PROCESS = "strategy"


class Story(Town):
    """What happens in the town, act by act."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.clock = Clock()
        self.database = Database(url)
        self.files = FileStore(folder / "files", 1_000_000)
        super().__init__(Engine(self.database, self.files, self.clock), self.clock)

    def acts(self) -> Iterator[Callable[[], object]]:
        """All of it, in order. Each does one thing that is done whole or not at all, or may be done again."""
        yield lambda: migrate(self.database)
        yield self.sets_up
        for command in self.settling():
            yield lambda command=command: self.municipal(command)
        yield lambda: self.engine.set_calendar(self.name, {dt.date(2027, 5, 3): "Testilän päivä"}, {}, "administrator")
        yield self.loads_anew
        yield lambda: self.engine.handle(self.name, self.creating(), "administrator", process=None)
        yield lambda: self.act(PROCESS, OpenPhase(phase="need"), "coordinator")
        yield lambda: self.saves("# Ensimmäinen luonnos\n")
        yield lambda: self.act(PROCESS, Submit(phase="need"), "owner")
        yield lambda: self.say(PROCESS, "teachers-1", StanceKind.OBJECT, "Koulutie on pitkä")
        yield lambda: self.say(PROCESS, "builders-1", StanceKind.OBJECT, "Liian kallis")
        yield lambda: self.answers("o1")
        yield lambda: self.answers("o2")
        yield lambda: self.saves("# Toinen luonnos\n")
        revise = Revise(phase="need", output="need-0", reason=Private("Tarkennus"))
        yield lambda: self.act(PROCESS, revise, "owner")
        yield lambda: self.act(PROCESS, Return(phase="need", to="need", reason=Private("Uudelleen")), "preparer")
        yield lambda: self.saves("# Kolmas luonnos\n")
        yield lambda: self.act(PROCESS, Submit(phase="need"), "owner")
        yield lambda: self.say(PROCESS, "teachers-2", StanceKind.OBJECT, "Edelleen pitkä")
        for seat in ("teachers-1", "teachers-3", "builders-1", "builders-2", "neighbours-1", "neighbours-2"):
            yield lambda seat=seat: self.say(PROCESS, seat)
        yield lambda: self.answers("o3")
        yield self.seat_ends
        yield lambda: self.act(PROCESS, RecordDissent(objection="o3", reason=Private("Kuultu")), "preparer")
        yield self.time_goes_by
        yield lambda: self.say(PROCESS, "teachers-1")
        yield lambda: self.passing(PROCESS)
        yield self.renders
        yield self.covers
        yield lambda: self.engine.tick()
        yield self.is_swept
        yield self.is_backed_up
        yield self.is_exported
        yield lambda: self.act(PROCESS, OpenPhase(phase="way"), "coordinator")

    def sets_up(self) -> None:
        set_up = SetUpMunicipality(
            municipality=self.name,
            name="Testilä",
            administrator="administrator",
            administrator_name=Private("Hallinnoija"),
        )
        self.definition = self.engine.set_up(set_up, [(plan(), "yaml")])[0]

    def settling(self) -> Iterator[Any]:
        """The commands by which the people and groups come."""
        yield GiveRole(person="administrator", role=Role.COORDINATOR, first=MORNING.date())
        yield GiveRole(person="administrator", role=Role.PROTECTION, first=MORNING.date())
        for person in (*ROLES, *(seat for seats in self.seats.values() for seat in seats)):
            yield AddPerson(person=person, name=Private(person.title()))
        for group, seats in self.seats.items():
            yield SetUpGroup(group=f"the-{group}", name=group)
            for seat in seats:
                yield GiveSeat(seat=seat, group=f"the-{group}", person=seat, first=MORNING.date())

    def loads_anew(self) -> None:
        """Another version of the definition comes into use, by which the process is made."""
        newer = plan().model_copy(update={"version": "2"})
        self.definition = self.engine.load_definition(self.name, newer, "newer yaml", "administrator")

    def saves(self, content: str) -> None:
        """One draft is saved, with an attachment."""
        held = self.engine.drafts.read(self.name, PROCESS, "need").get("need-0")
        contents = Contents.model_validate(
            {
                "document": self.file(content),
                "attachments": [{"sha256": self.file(f"Liite: {content}", "liite.txt"), "name": "liite.txt"}],
            }
        )
        revision = held.revision if held else 0
        self.engine.drafts.save(self.name, PROCESS, "need", "need-0", contents, "owner", revision=revision)

    def answers(self, objection: str) -> None:
        answer = Answer(objection=objection, result=AnswerResult.UNCHANGED, text=Private("Kyyti järjestyy"))
        self.act(PROCESS, answer, "preparer")

    def seat_ends(self) -> None:
        """The municipality's act takes the seat out of the process's round, in the same transaction."""
        last = self.clock().date() - dt.timedelta(days=1)
        self.municipal(EndSeat(seat="neighbours-2", last=last, reason=Private("Muutti")))

    def time_goes_by(self) -> None:
        """Reminders fall due."""
        self.engine.tick()

    def renders(self) -> None:
        content = io.BytesIO(b"# Kooste\n")
        sha = take_in(self.database, self.files, self.name, content, "kooste.md", self.clock()).sha256
        package = self.state(PROCESS).phases["need"].package or ""
        command = RecordRendition(of=package, language="fi", format="markdown", sha256=sha, renderer="test 1")
        self.engine.handle(self.name, command, "flow", process=PROCESS, channel="flow")

    def covers(self) -> None:
        """A reason and a file are covered; the file leaves the disk after the commit."""
        reason = self.state(PROCESS).dissents["d1"].text
        file = self.file("Liite: # Ensimmäinen luonnos\n", "liite.txt")
        command = Redact(commitments=(reason,), files=(file,), ground="Tietosuoja-asetus 17 artikla")
        self.act(PROCESS, command, "administrator")

    def is_swept(self) -> None:
        """Nothing that nobody uses is left, neither from an act that was killed."""
        for left in self.files.incoming.glob("*"):
            os.utime(left, (0, 0))  # as if it had been there for long
        sweep_files(self.database, self.files, dt.datetime.now(dt.UTC) + dt.timedelta(days=8))

    def is_backed_up(self) -> None:
        place = self.folder / "backup.zip"
        if not place.exists():
            backup(self.database, self.files, place, self.clock())

    def is_exported(self) -> None:
        place = self.folder / "export.zip"
        if not place.exists():
            export(self.database, self.files, self.name, PROCESS, place, self.clock())

    # --- going on -------------------------------------------------------------------------------------------------

    def goes_on(self) -> None:
        """Everything that is left to do of the story is done."""
        notes = self.folder.parent / f"{self.folder.name}.notes"
        begun, before = -1, ""
        if notes.exists():
            number, before = notes.read_text().rstrip("\n").split("\n")[-1].split(" ", 1)
            begun = int(number)
        self.definition = self.in_use()
        for number, act in enumerate(self.acts()):
            self.clock.now = MORNING + dt.timedelta(days=number // 3)
            now = self.far()
            if number < begun or (number == begun and now != before):
                continue
            with notes.open("a") as opened:
                opened.write(f"{number} {now}\n")
            act()

    def far(self) -> str:
        """How far the records, the drafts and the rest have come."""
        counts = ("select count(*) from event", "select coalesce(sum(revision), 0) from draft")
        try:
            with self.database.reading() as session:
                return " ".join(str(session.all(sql)[0][0]) for sql in counts)
        except self.database.driver.errors:  # there are no tables yet
            return "nothing"

    def in_use(self) -> str:
        """The definition that came into use last."""
        try:
            with self.database.reading() as session:
                rows = session.all("select sha256 from definition order by version desc limit 1")
                return str(rows[0][0]) if rows else ""
        except self.database.driver.errors:
            return ""


def plan() -> Any:
    return definition(outputs=1)


def main() -> None:
    folder, url = Path(sys.argv[1]), sys.argv[2]
    for module in ("models.migrations.running", "models.storage.tables", "models.storage.driver_postgresql"):
        import_module(module)  # once, for all that are forked
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                os.write(writing, str(life(folder, url, int(line))).encode())
            except BaseException:
                traceback.print_exc()
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as steps:
            told = steps.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        ended = "killed" if killed else f"done {told}" if status == 0 else f"ended with {status}"
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()


def life(folder: Path, url: str, last: int) -> int:
    """The town's whole life, unless it is killed before that many steps; how many steps there were."""
    story = Story(folder, url)
    steps = Steps(last, folder)
    story.database.watch = steps.told
    story.goes_on()
    return steps.taken


if __name__ == "__main__":
    main()
