"""Which meeting a running process can reach: what has been done counts, and what should have been done is missed."""

import datetime as dt
from typing import Any

from shipped import KEMIJARVI, shipped, usual_calendar

from models.commands import AskStatement, OpenHearing, RecordCooperation
from models.days.backwards import StepKind
from models.days.calendar import at_local
from models.days.schedule import schedule
from models.personal import Private
from models.process import Process
from models.rehearsal.cast import cast
from models.rehearsal.outlook import done_of, outlook_of
from models.rehearsal.parts_done import Deed, done_by
from models.rehearsal.play import creating
from models.rehearsal.post import Post
from models.rehearsal.result import Outlook
from models.rehearsal.town import Town
from models.telling.wording import Wording

AUGUST = dt.date(2027, 8, 30)
METHOD = "tuottamistapa"


def begun() -> Town:
    """Kemijärvi 2030, created in November 2026."""
    definition, calendar, created = shipped(KEMIJARVI), usual_calendar(), dt.date(2026, 11, 3)
    people = cast(definition, created, "fi", {})
    post = Post(definition, people.directory, calendar, "fi")
    town = Town(definition, people.directory, calendar, at_local(created, 10), post)
    planned = schedule(definition, dt.date(2026, 12, 1), {}, calendar)
    town.act("coordinator", creating(definition, people, planned, created))
    return town


def seen(town: Town, today: dt.date, **changed: Any) -> Outlook:
    process: Process = town.state.model_copy(update=changed)
    wording = Wording("Kemijärvi", process, town.definition, town.directory, "fi")
    return outlook_of(wording, town.calendar, today)


def test_from_its_beginning_a_process_reaches_the_council_of_august() -> None:
    found = seen(begun(), dt.date(2026, 12, 1))
    assert [(way.meeting, way.reached) for way in found.ways] == [(dt.date(2027, 6, 14), False), (AUGUST, True)]


def test_staff_cooperation_not_begun_in_time_moves_the_decision_to_the_autumn() -> None:
    found = seen(begun(), dt.date(2027, 5, 20))
    august = next(way for way in found.ways if way.meeting == AUGUST)
    assert [step.kind for step in august.missed] == [StepKind.COOPERATION]
    assert found.ways[-1].reached
    assert not found.ways[-1].in_window


def test_what_has_been_done_is_marked_and_no_longer_missed() -> None:
    town = begun()
    for command in (
        RecordCooperation(needed=True, why=Private("Tehtävät muuttuvat.")),
        RecordCooperation(proposed=town.today),
    ):
        assert done_by(town, Deed("coordinator", command))
    found = seen(town, dt.date(2027, 5, 20))
    august = next(way for way in found.ways if way.meeting == AUGUST)
    assert august.reached
    assert august.cooperation is not None
    assert august.cooperation.done


def test_statements_and_hearings_count_from_when_they_were_asked_and_opened() -> None:
    town = begun()
    due = town.today + dt.timedelta(days=30)
    one = AskStatement(statement="nuorisovaltuusto-tuottamistavasta", body="nuorisovaltuusto", phase=METHOD, due=due)
    other = OpenHearing(
        hearing="kuuleminen-tuottamistavasta", phase=METHOD, first=town.today, last=due, channels=("Verkkosivut",)
    )
    for command in (one, other):
        assert done_by(town, Deed("coordinator", command))
    assert done_of(town.state, town.definition) == {
        (StepKind.STATEMENT, "statement:nuorisovaltuusto-tuottamistavasta"),
        (StepKind.HEARING, "hearing:kuuleminen-tuottamistavasta"),
    }
