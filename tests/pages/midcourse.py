"""States that a process comes to in mid-course, made by the real engine from the town as its story left it."""

import datetime as dt
from io import BytesIO
from pathlib import Path

from visiting import Pages

from app import try_out
from app.demo import play
from app.demo.clock import SimulatedClock
from models import commands as c
from models.machine_clock import ClockOfFile
from models.migrations import migrate
from models.municipality import commands as m
from models.personal import Private
from models.process import Process, Round
from models.settings import Settings
from models.storage import store
from models.storage.drafts import Contents
from models.storage.file_rows import take_in
from models.words import AnswerResult, StanceKind
from tasks.installation import installed

TOWN, KEY, NEED, METHOD = "kemijarvi", "kemijarvi-2030", "tuottamistarve", "tuottamistapa"
PREPARER, COORDINATOR, OWNER, CHAIR = "valmistelujohtaja", "koordinaattori", "talouspaallikko", "sivistysjohtaja"
COMPARISON = "vaihtoehtojen-vertailu"
WHY = Private("Koulu lähtee kylältä, ja matkat pitenevät.")


class Course:
    """The process under way."""

    def __init__(self, pages: Pages) -> None:
        self.there, self.engine = pages.installation, pages.installation.engine

    @property
    def now(self) -> Process:
        with self.engine.database.reading() as session:
            scope, head, _ = store.find_process(session, TOWN, KEY)
            return self.engine.worlds.process(session, scope, head)

    @property
    def round(self) -> Round:
        return self.now.rounds[METHOD]

    @property
    def seen(self) -> c.Seen:
        return c.Seen(round=self.round.no, manifest=self.round.manifest)

    def act(self, person: str, command: c.Command, seat: str | None = None) -> Process:
        return self.engine.handle(TOWN, command, person, process=KEY, seat=seat).state

    def act_in_town(self, command: m.MunicipalityCommand) -> None:
        self.engine.handle_municipality(TOWN, command, "paakayttaja")

    def says(self, seat: str, kind: StanceKind, **more: object) -> str:
        """The seat's holder says so; the objection that it raises, if it does."""
        reason = WHY if kind in (StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS) else None
        taking = c.TakeStance(phase=METHOD, seat=seat, kind=kind, seen=self.seen, reason=reason, **more)
        return list(self.act(self.round.seats[seat].person, taking, seat).objections)[-1]

    def answers(self, objection: str) -> None:
        self.act(PREPARER, c.Answer(objection=objection, result=AnswerResult.UNCHANGED, text=WHY))


def disputed(course: Course) -> None:
    """Objections and conditions of every kind stand, a member is out of one output, a correction and a memo run their
    days, a seat has ended, and nobody plays a role any more."""
    kept = course.says("h3", StanceKind.OBJECT)
    course.answers(kept)
    course.act("rehtori", c.Confirm(phase=METHOD, seat="h3", seen=course.seen), "h3")
    carried = course.says("e2", StanceKind.ACCEPT_WITH_CONDITIONS)
    due = dt.date(2027, 6, 1)
    course.act(
        PREPARER, c.CarryAsCondition(objection=carried, owner="palvelupaallikko", due=due, checkpoint="hallintomalli")
    )
    recorded = course.says("e1", StanceKind.OBJECT)
    course.act(PREPARER, c.RecordDissent(objection=recorded, reason=WHY))
    course.says("e5", StanceKind.DISQUALIFIED, outputs=(COMPARISON,), ground="Hallintolaki 28 §")
    covered = course.says("j3", StanceKind.OBJECT)
    course.act("tietosuojavastaava", c.Redact(commitments=(course.now.objections[covered].text,), ground="Peitetään"))
    _corrected(course)
    _met(course)
    course.act_in_town(m.EndSeat(seat="e4", last=dt.date(2027, 3, 31), reason=WHY))
    course.act_in_town(m.RemovePerson(person="henkilostopaallikko", reason=WHY))
    course.says("h5", StanceKind.ACCEPT_WITH_CONDITIONS)


def _corrected(course: Course) -> None:
    there, text = course.there, b"# Vertailu\n\nPilkku on korjattu.\n"
    file = take_in(there.database, there.files, TOWN, BytesIO(text), "vertailu.md", course.engine.clock()).sha256
    revision = course.engine.drafts.read(TOWN, KEY, METHOD)[COMPARISON].revision
    course.engine.drafts.save(TOWN, KEY, METHOD, COMPARISON, Contents(document=file), OWNER, revision=revision)
    course.act(OWNER, c.Revise(phase=METHOD, output=COMPARISON, reason=WHY, technical=True))


def _met(course: Course) -> None:
    present = {"h1": CHAIR, "h2": "varhaiskasvatuksen-opettaja"}
    group, on = "hyvinvointiryhma", dt.date(2027, 4, 1)
    meeting = c.RecordMeeting(
        meeting="kohtaaminen-3", phase=METHOD, group=group, held_on=on, present=present, seen=course.seen, memo=WHY
    )
    course.act(CHAIR, meeting)


def returned(course: Course) -> None:
    """The work has gone back to the phase before, with objections unanswered."""
    course.says("h3", StanceKind.OBJECT)
    course.act(PREPARER, c.Return(phase=METHOD, to=NEED, reason=WHY, seen=course.seen))


def held(course: Course) -> None:
    course.says("h3", StanceKind.OBJECT)
    course.act(COORDINATOR, c.Hold(reason=WHY))


def stopped(course: Course) -> None:
    course.says("h3", StanceKind.OBJECT)
    course.act(COORDINATOR, c.Stop(reason=WHY))


def decided(course: Course) -> None:
    """The whole story has been played: the decision is final."""
    assert course.now.decision


def closed(course: Course) -> None:
    course.act(COORDINATOR, c.Close())


def played_to_its_end(folder: Path) -> Path:
    """The folder of a try-out in which the process has come to its final decision."""
    there, clock = try_out.settings_of(Settings(data_dir=folder)), SimulatedClock(play.SET_UP)
    there.data_dir.mkdir(parents=True)
    installation = installed(there, clock)
    migrate(installation.database)
    play.played(installation, clock, lambda *_: None, lambda _: None)
    installation.database.close()
    ClockOfFile(there.data_dir / try_out.CLOCK).set(clock())
    return there.data_dir
