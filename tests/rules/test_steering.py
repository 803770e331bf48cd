"""Steering a process as a whole: its dates, holding, stopping, reopening, closing, and who coordinates it."""

import datetime as dt

import pytest
from rulebook import ACCEPT, Story, at_round
from small_town import DIAMOND, SMALL, START, definition, group, phase

from models.commands import (
    AskStatement,
    Close,
    CorrectEntry,
    Extend,
    HandOver,
    Hold,
    LeaveRound,
    OpenHearing,
    OpenPhase,
    RecordHandling,
    RecordLegalState,
    RecordMinutes,
    RecordRendition,
    Redact,
    Reopen,
    Resume,
    SettingUp,
    Stop,
)
from models.errors import NotAuthorised, NotFound, NotValid, ProcessNotRunning, Refused, WindowRuns
from models.events import DatesMoved
from models.words import ProcessStatus

HOLD, STOP = Hold(reason="The state's money is late."), Stop(reason="The towns are merged.")
DAY = dt.timedelta(days=1)


def extends(story: Story, date: str, to: dt.date, shift: bool = False) -> DatesMoved:
    event = story.does("coordinator", Extend(date=date, to=to, reason="The spring was late.", shift=shift))[0]
    assert isinstance(event, DatesMoved)
    return event


# --- holding and resuming -----------------------------------------------------------------------------------------


def test_a_held_process_waits_and_goes_on_when_it_is_resumed():
    story = Story()
    story.does("coordinator", HOLD)
    assert story.process.status is ProcessStatus.HELD
    error = story.refused(ProcessNotRunning, "coordinator", OpenPhase(phase="image"))
    assert "held" in str(error)
    story.refused(ProcessNotRunning, "coordinator", HOLD)
    story.does("coordinator", Resume())
    story.opens("image")


def test_only_a_held_process_is_resumed():
    story = Story()
    story.refused(Refused, "coordinator", Resume())


def test_while_a_process_is_held_nobody_takes_a_stance_and_nothing_passes():
    story = at_round()
    story.accept("t1", "t2")
    passing, stance = story.passing("image"), story.stance("t3", ACCEPT)
    story.does("coordinator", HOLD)
    story.refused(ProcessNotRunning, "teacher-3", stance)
    story.refused(ProcessNotRunning, "preparer", passing)


@pytest.mark.parametrize(
    ("waits", "goes_on"),
    [(HOLD, Resume()), (STOP, Reopen(setting_up=SettingUp(body="executive", date=START, section="§ 40")))],
)
def test_waiting_takes_no_correction_days_away(waits, goes_on):
    story = at_round()
    story.accept("t1", "t2")
    story.revises("image", vision="first words,", technical=True)
    (window,) = story.round().windows
    story.does("coordinator", waits)
    story.after(days=10)
    story.does("coordinator", goes_on)
    (moved,) = story.round().windows
    assert moved.until == window.until + 10 * DAY
    story.refused(WindowRuns, "preparer", story.passing("image"))
    story.after(days=4)  # all have had their days
    story.does("coordinator", HOLD)
    story.after(days=10)
    story.does("coordinator", Resume())
    assert story.round().windows == (moved,)
    story.passes("image")


def test_what_happens_outside_is_recorded_while_a_process_is_held():
    story = at_round()
    story.does("coordinator", HOLD)
    today = story.world().today
    story.does("registrar", RecordHandling(body="executive", kind="for_information", outcome="noted", date=today))
    story.does("registrar", CorrectEntry(item="h1", field="section", to="§ 7", reason="It was left out."))
    story.does("directory", LeaveRound(seat="t1", reason="the term ended"))
    story.does("protection", Redact(commitments=("c1:" + "0" * 64,), ground="GDPR 17"))
    story.files.add("b" * 64)
    story.does("flow", RecordRendition(of="a" * 64, language="fi", format="pdf", sha256="b" * 64, renderer="typst"))
    extends(story, "checkpoint:image", dt.date(2027, 3, 12))
    story.does("coordinator", HandOver(to="stand-in"))


# --- stopping, reopening, closing ---------------------------------------------------------------------------------


def test_a_stopped_process_goes_on_only_by_a_new_setting_up_decision():
    story = Story(setting_up=None)
    story.does("coordinator", STOP)
    story.refused(ProcessNotRunning, "coordinator", OpenPhase(phase="image"))
    story.refused(ProcessNotRunning, "coordinator", Resume())
    reopen = Reopen(setting_up=SettingUp(body="executive", date=START, section="§ 40"))
    story.does("administrator", reopen)
    assert (story.process.status, story.process.rehearsal) == (ProcessStatus.RUNNING, False)
    story.refused(Refused, "coordinator", reopen)


def test_a_setting_up_decision_has_been_made():
    ahead = SettingUp(body="executive", date=START + DAY, section="§ 40")
    with pytest.raises(NotValid):
        Story(setting_up=ahead)
    story = Story(setting_up=None)
    story.does("coordinator", STOP)
    story.refused(NotValid, "administrator", Reopen(setting_up=ahead))


def test_a_handling_that_happened_is_recorded_of_a_stopped_process_too():
    story = Story()
    story.does("coordinator", STOP)
    today = story.world().today
    story.does("registrar", RecordHandling(body="council", kind="decision", outcome="rejected", date=today))
    story.does("registrar", RecordMinutes(handling="h1", inspected=today, published=today))
    story.does("registrar", RecordLegalState(handling="h1", legal="final", on=today))


def test_a_held_process_may_be_stopped_and_a_stopped_one_closed():
    story = Story()
    story.does("coordinator", HOLD)
    story.does("coordinator", STOP)
    story.does("coordinator", Close())
    assert story.process.status is ProcessStatus.CLOSED
    for command in (Resume(), STOP, Close(), HOLD, OpenPhase(phase="image")):
        story.refused(ProcessNotRunning, "coordinator", command)


def test_a_running_process_is_not_closed_before_its_decision_is_final():
    story = Story()
    story.refused(Refused, "coordinator", Close())


def test_only_the_coordinator_holds_resumes_and_stops():
    story = Story()
    for command in (HOLD, Resume(), STOP):
        for by in ("preparer", "owner", "administrator", "teacher-1", "outsider", "clock"):
            story.refused(NotAuthorised, by, command)


# --- dates --------------------------------------------------------------------------------------------------------


def test_extending_moves_one_date_and_keeps_the_old():
    story = Story()
    before = dict(story.process.dates)
    event = extends(story, "checkpoint:image", dt.date(2027, 3, 12))
    assert event.before == {"checkpoint:image": dt.date(2027, 2, 26)}
    assert story.process.dates == {**before, "checkpoint:image": dt.date(2027, 3, 12)}


def test_a_shift_moves_all_later_planned_dates_by_as_many_working_days():
    story = Story()
    event = extends(story, "checkpoint:image", dt.date(2027, 3, 5), shift=True)  # five working days
    assert "phase:image:first" not in event.dates
    assert event.dates["checkpoint:need"] == dt.date(2027, 4, 7)  # Easter lies between
    assert set(event.dates) == set(story.process.dates) - {"phase:image:first"}


def test_a_date_is_moved_to_another_day_to_come():
    story = Story()
    rows = [
        (NotFound, "checkpoint:garden", dt.date(2027, 3, 12)),
        (NotFound, "condition:c1", dt.date(2027, 3, 12)),
        (NotValid, "checkpoint:image", dt.date(2027, 2, 26)),  # the day it is already
        (NotValid, "checkpoint:image", story.world().today - DAY),
    ]
    for kind, date, to in rows:
        story.refused(kind, "coordinator", Extend(date=date, to=to, reason="The spring was late."))
    assert extends(story, "checkpoint:image", story.world().today).dates == {"checkpoint:image": story.world().today}


def test_a_date_is_of_the_thing_it_names_and_of_no_other_with_that_name():
    story = Story(definition(phase("image", 2, ["vision"], group("teachers")), phase("need", 3, ["register"])))
    day = story.world().today
    story.does("registrar", AskStatement(statement="park", body="board", phase="image", due=day + 7 * DAY))
    story.does("coordinator", OpenHearing(hearing="doors", phase="image", first=day, last=day, channels=("here",)))
    for date in ("hearing:park", "statement:doors", "condition:park", "checkpoint:park", "checkpoint:doors"):
        story.refused(NotFound, "coordinator", Extend(date=date, to=day + 9 * DAY, reason="The spring was late."))
    assert extends(story, "statement:park", day + 9 * DAY).before == {"statement:park": day + 7 * DAY}
    assert extends(story, "hearing:doors", day + 9 * DAY, shift=True).dates == {"hearing:doors": day + 9 * DAY}


def test_extending_a_checkpoint_gives_its_open_round_more_time():
    story = at_round()
    extends(story, "checkpoint:image", dt.date(2027, 3, 12))
    assert story.round().due == dt.date(2027, 3, 12)


def test_the_time_of_an_open_round_is_not_made_shorter():
    story = Story(definition(phase("image", 2, ["vision"])))
    story.now += dt.timedelta(days=24)  # the planned day is tomorrow: the round gets ten working days
    story.comes_to_checkpoint("image")
    due = story.round().due
    assert due == dt.date(2027, 3, 11)
    extend = Extend(date="checkpoint:image", to=dt.date(2027, 3, 5), reason="We are in a hurry.")
    story.refused(NotValid, "coordinator", extend)
    extends(story, "phase:image:last", dt.date(2027, 3, 7))
    extends(story, "checkpoint:image", due + DAY)
    assert story.round().due == due + DAY


def test_a_shift_does_not_make_an_open_round_shorter():
    story = Story(DIAMOND)
    story.now += dt.timedelta(days=24)
    story.comes_to_checkpoint("image")
    due = story.round().due
    extends(story, "phase:image:last", dt.date(2027, 3, 3), shift=True)
    assert story.process.dates["checkpoint:image"] == dt.date(2027, 3, 3)
    assert story.round().due == due


def test_a_shift_leaves_alone_the_day_by_which_a_body_was_asked_to_answer():
    ask = {"id": "youth", "name": {"fi": "Nuoret"}, "body": "youth-council", "phase": "image", "least_days": 14}
    story = Story(definition(phase("image", 2, ["vision"]), statements=[ask]))
    due = dt.date(2027, 2, 26)
    story.does("coordinator", AskStatement(statement="youth", body="youth-council", phase="image", due=due))
    assert story.process.dates["statement:youth"] == dt.date(2027, 2, 12)
    extends(story, "phase:image:first", dt.date(2027, 2, 3), shift=True)
    assert story.process.statements["youth"].due == due


def test_only_the_coordinator_moves_dates():
    story = Story()
    for by in ("preparer", "owner", "registrar", "administrator", "teacher-1", "outsider"):
        extend = Extend(date="checkpoint:image", to=dt.date(2027, 3, 12), reason="The spring was late.")
        story.refused(NotAuthorised, by, extend)


# --- handing over -------------------------------------------------------------------------------------------------


def test_handing_over_the_coordinators_part_moves_it_at_once():
    story = Story()
    story.does("coordinator", HandOver(to="stand-in", reason="A new post elsewhere."))
    assert story.process.coordinator == "stand-in"
    story.refused(NotAuthorised, "coordinator", OpenPhase(phase="image"))
    story.does("stand-in", OpenPhase(phase="image"))


def test_an_administrator_hands_over_where_the_coordinator_is_gone():
    story = Story()
    story.does("administrator", HandOver(to="stand-in"))
    assert story.process.coordinator == "stand-in"


def test_the_part_is_handed_to_somebody_else_who_is_there():
    story = Story()
    story.refused(NotFound, "coordinator", HandOver(to="a stranger"))
    story.refused(NotValid, "coordinator", HandOver(to="coordinator"))
    for by in ("preparer", "teacher-1", "outsider"):
        story.refused(NotAuthorised, by, HandOver(to=by))


# --- documents and redaction --------------------------------------------------------------------------------------


def test_a_document_is_recorded_by_etappi_itself_and_by_nobody_else():
    story = Story()
    rendition = RecordRendition(of="a" * 64, language="fi", format="pdf", sha256="b" * 64, renderer="typst")
    story.files.add("b" * 64)
    story.does("flow", rendition)
    for by in ("coordinator", "administrator", "outsider"):
        story.refused(NotAuthorised, by, rendition)


def test_only_the_data_protection_officer_redacts_and_says_what():
    story = Story()
    redact = Redact(commitments=("c1:" + "0" * 64,), ground="GDPR 17")
    for by in ("coordinator", "administrator", "registrar", "outsider", "clock"):
        story.refused(NotAuthorised, by, redact)
    story.does("protection", redact)
    story.refused(NotValid, "protection", Redact(ground="GDPR 17"))


@pytest.mark.parametrize("status", ["running", "held", "stopped", "closed"])
def test_redacting_is_possible_whatever_the_process_is(status):
    story = Story(SMALL)
    for command in {"running": [], "held": [HOLD], "stopped": [STOP], "closed": [STOP, Close()]}[status]:
        story.does("coordinator", command)
    story.does("protection", Redact(files=("f" * 64,), ground="GDPR 17"))
