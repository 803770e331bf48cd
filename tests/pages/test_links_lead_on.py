"""Where a message or a duty of the inbox leads there is a page, also once its thing is over."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from midcourse import (
    COORDINATOR,
    KEY,
    METHOD,
    TOWN,
    Course,
    closed,
    decided,
    disputed,
    held,
    played_to_its_end,
    returned,
    stopped,
)
from visiting import Pages, copied, served

from app import try_out
from app.web.addresses import address_of
from models.commands import CancelMeeting, Hold, Resume, ScheduleMeeting
from models.duties.duties import duties
from models.events import Recorded, RemindersFellDue
from models.evolve import evolve
from models.personal import Private
from models.process import Process
from models.storage import history, store
from models.telling.events import EVENTS_TOLD
from models.telling.notices import EVENT_KINDS
from models.telling.telling import tellings
from models.words import DutyKind

OTHERS = {
    ("CoordinatorChanged", None),
    ("DatesMoved", f"date:checkpoint:{METHOD}"),
    ("ProcessAmended", None),
    ("ProcessStopped", None),
    (DutyKind.INVITATION, "invitation:kylailta"),
    ("OutputRevised", "output:vaihtoehtojen-vertailu"),  # as mails of a former release have it
}
"""What these towns never come to."""


def busy(course: Course) -> None:
    """Meetings are agreed on and called off, the process has waited, and what was disputed goes back a phase."""
    at, group = course.engine.clock() + dt.timedelta(days=3), "hyvinvointiryhma"
    for meeting in ("kylailta", "peruttava"):
        course.act(COORDINATOR, ScheduleMeeting(meeting=meeting, at=at, phase=METHOD, group=group, name="Ilta"))
    course.act(COORDINATOR, CancelMeeting(meeting="peruttava"))
    disputed(course)
    course.act(COORDINATOR, Hold(reason=Private("Odotetaan.")))
    course.act(COORDINATOR, Resume())
    returned(course)


STATES = (disputed, busy, held, stopped, decided, closed)


@pytest.fixture(scope="session")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a town whose process has come to its final decision."""
    return played_to_its_end(tmp_path_factory.mktemp("ended"))


@pytest.fixture
def somewhere(request: pytest.FixtureRequest, town: Path, ended: Path, tmp_path: Path) -> Iterator[Pages]:
    begins = ended if request.param in (decided, closed) else town
    with served(copied(begins, tmp_path / try_out.FOLDER), try_out=True) as pages:
        request.param(Course(pages))
        yield pages


@pytest.mark.parametrize("somewhere", STATES, indirect=True, ids=lambda state: state.__name__)
def test_every_link_of_the_record_leads_to_a_page(somewhere: Pages):
    told = led_to(Course(somewhere)) | OTHERS
    addresses = {address_of(KEY, about) for _, about in told}
    for person, answers in ((COORDINATOR, {200}), ("rehtori", {200, 403})):  # the tools are not everybody's
        visit = somewhere.as_(person)
        answered = {at: visit.get(at).status_code for at in sorted(addresses)}
        assert {at: status for at, status in answered.items() if status not in answers} == {}, person


def test_every_kind_is_among_them(pages: Pages, ended: Path, tmp_path: Path):
    course = Course(pages)
    busy(course)
    after = Pages(copied(ended, tmp_path / "ended" / try_out.FOLDER), "")
    found = {kind for kind, _ in led_to(course) | led_to(Course(after)) | OTHERS}
    after.installation.database.close()
    assert {*EVENT_KINDS, *DutyKind} - found == set()


def test_what_is_told_of_a_meeting_leads_to_it(pages: Pages):
    course = Course(pages)
    busy(course)
    for kind, about in led_to(course):
        if kind in ("MeetingScheduled", "MeetingCancelled", "MeetingRecorded", DutyKind.MEMO):
            assert address_of(KEY, about) == f"/prosessi/{KEY}/kokous/{(about or '').partition(':')[2]}"


def led_to(course: Course) -> set[tuple[str, str | None]]:
    """The kind of everything that was told or owed since the process began, with where it leads."""
    worlds = course.engine.worlds
    found: set[tuple[str, str | None]] = set()
    with course.engine.database.reading() as session:
        scope, _, length = store.find_process(session, TOWN, KEY)
        directory = worlds.directory(session, TOWN, length)
        for recorded, process in stories(history.of_process(session, scope.id)):
            world = worlds.world(session, directory, process.definition, recorded.at)
            if type(recorded.event) in (*EVENTS_TOLD, RemindersFellDue):
                said, _ = tellings(recorded, process, world)
                found |= {(one.said.kind, one.said.leads_to) for one in said}
            owed = duties(process, world.definition, world.calendar)
            found |= {(duty.kind, key) for key, duty in owed.items()}
    return found


def stories(told: list[history.Told]) -> Iterator[tuple[Recorded, Process]]:
    """Each event with the process as it left it."""
    state: Process | None = None
    for one in told:
        state = evolve(state, one.recorded)
        assert state is not None
        yield one.recorded, state
