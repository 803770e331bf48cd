"""Stances given in a meeting, the memo, and the days in which those present may correct it."""

import datetime as dt
import json

import pytest
from rulebook import ABSTAIN, ACCEPT, NOT_READ, OBJECT, OFFER, OUT, Story, at_round
from small_town import SMALL, deputy, group, holder

from models.commands import (
    CancelMeeting,
    Confirm,
    CorrectMemo,
    CoSign,
    LeaveRound,
    RecordMeeting,
    Retract,
    ScheduleMeeting,
    Withdraw,
)
from models.errors import NotAuthorised, NotFound, NotValid, Overtaken, Refused, WindowRuns
from models.events import MeetingRecorded
from models.rounds import current
from models.words import ObjectionStatus, StanceWay

MEMO = "We met at the school and went through the vision."


def meeting(story: Story, *present: str, stances: dict[str, object] | None = None, **more: object) -> RecordMeeting:
    """The chair's form after a meeting of the teachers; who sat in a seat is its holder unless `sat` says otherwise."""
    sat = more.pop("sat", {})
    spoken = [
        {"seat": seat, "kind": kind, "reason": "The village would suffer." if kind in (OBJECT, OFFER) else None}
        for seat, kind in (stances or {}).items()
    ]
    fields = {
        "meeting": "spring",
        "phase": "image",
        "group": "teachers",
        "held_on": story.world().today,
        "present": {seat: sat.get(seat, holder(seat)) for seat in present},
        "seen": story.seen("image") if "image" in story.process.rounds else None,
        "stances": spoken,
        "memo": MEMO,
        **more,
    }
    return RecordMeeting.model_validate(fields)


def records(story: Story, *present: str, by: str = "teacher-1", **more: object) -> MeetingRecorded:
    event = story.does(by, meeting(story, *present, **more))[0]
    assert isinstance(event, MeetingRecorded)
    return event


def kinds(story: Story) -> dict[str, str]:
    return {seat: stance.kind.value for seat, stance in story.round().stances.items() if current(story.round(), seat)}


def correction(seat: str, kind: str = "abstain", **more: object) -> CorrectMemo:
    return CorrectMemo.model_validate({"meeting": "spring", "seat": seat, "kind": kind, **more})


# --- dissents -----------------------------------------------------------------------------------------------------


def dissents(**said: str) -> list[dict[str, str]]:
    return [{"seat": seat, "text": text} for seat, text in said.items()]


def test_dissents_are_attached_in_the_same_form_without_names_and_block_nothing():
    story = at_round()
    said = dissents(t2="The school stays.", t3="So does the road.")
    records(story, "t1", "t2", "t3", group_stance=ACCEPT, dissents=said)
    found = story.process.dissents
    assert {key: list(one.signers) for key, one in found.items()} == {"d1": ["t2"], "d2": ["t3"]}
    assert all(signer.name is None for one in found.values() for signer in one.signers.values())
    assert not any(one.late for one in found.values())
    assert story.stands("teachers").met


def test_who_dissented_in_a_meeting_withdraws_it_or_signs_it_by_name():
    story = at_round()
    records(story, "t1", "t2", "t3", dissents=dissents(t2="The school stays.", t3="So does the road."))
    story.does(holder("t2"), Withdraw(item="d1", seat="t2"))
    story.does(holder("t3"), CoSign(item="d2", seat="t3", name="Teacher Three"))
    assert set(story.process.dissents) == {"d2"}
    assert story.process.dissents["d2"].signers["t3"].name is not None


def test_nobody_dissents_who_was_not_there_or_is_out():
    story = at_round()
    story.refused(NotValid, "teacher-1", meeting(story, "t1", dissents=dissents(t2="Not there.")))
    story.says("t2", OUT, ground="Hallintolaki 28 §")
    story.refused(Refused, "teacher-1", meeting(story, "t1", "t2", dissents=dissents(t2="Out.")))
    records(story, "t1", "t2", sat={"t2": deputy("t2")}, dissents=dissents(t2="The deputy's."))
    assert story.process.dissents["d1"].signers["t2"].person == deputy("t2")
    story.does("directory", LeaveRound(seat="t3", reason="the term ended"))
    story.refused(Refused, "teacher-1", meeting(story, "t1", "t3", dissents=dissents(t3="Ended."), meeting="autumn"))


def test_dissents_are_over_the_versions_that_were_seen():
    story = at_round()
    before = meeting(story, "t1", "t2", dissents=dissents(t2="The school stays."))
    story.revises("image", vision="other words")
    story.refused(Overtaken, "teacher-1", before)


# --- in one form --------------------------------------------------------------------------------------------------


def test_a_groups_stance_becomes_that_of_each_present_seat_that_said_nothing_else():
    story = at_round()
    records(story, "t1", "t2", "t3", group_stance=ACCEPT, stances={"t3": ABSTAIN})
    assert kinds(story) == {"t1": "accept", "t2": "accept", "t3": "abstain"}
    assert {stance.way for stance in story.round().stances.values()} == {StanceWay.MEETING}


def test_who_was_not_present_says_nothing():
    story = at_round()
    records(story, "t1", "t2", group_stance=ACCEPT)
    assert set(kinds(story)) == {"t1", "t2"}
    story.refused(NotValid, "teacher-1", meeting(story, "t1", stances={"t3": ACCEPT}, meeting="autumn"))


def test_each_seats_stance_may_be_recorded_without_a_groups():
    story = at_round()
    records(story, "t1", "t2", "t3", stances={"t2": OBJECT, "t3": OFFER})
    assert kinds(story) == {"t2": "object", "t3": "accept_with_conditions"}
    assert [one.makers.keys() for one in story.process.objections.values()] == [{"t2"}, {"t3"}]


def test_a_seats_own_act_stands_over_what_a_meeting_records():
    story = at_round()
    story.says("t2", ABSTAIN)
    event = records(story, "t1", "t2", group_stance=ACCEPT)
    assert kinds(story) == {"t1": "accept", "t2": "abstain"}
    assert event.concerned == ("t1",)


def test_a_seats_own_act_replaces_what_a_meeting_recorded():
    story = at_round()
    records(story, "t1", "t2", group_stance=ACCEPT)
    story.says("t2", ABSTAIN)
    assert story.round().stances["t2"].way is StanceWay.OWN


def test_no_meeting_withdraws_an_objection_for_its_maker():
    story = at_round()
    objection = story.objects("t2")
    story.revises("image", vision="other words")  # what the seat said is stale, the objection is open
    records(story, "t1", "t2", group_stance=ACCEPT)
    assert story.process.objections[objection].status is ObjectionStatus.OPEN
    assert kinds(story) == {"t1": "accept"}


def test_a_later_meeting_does_not_withdraw_what_an_earlier_one_recorded():
    story = at_round()
    records(story, "t1", "t2", stances={"t2": OBJECT})
    records(story, "t1", "t2", stances={"t2": ACCEPT}, meeting="autumn")
    assert story.process.objections["o1"].status is ObjectionStatus.OPEN
    assert kinds(story)["t2"] == "object"


def test_what_an_earlier_meeting_recorded_gives_way_to_a_later_one():
    """Only a seat's own act, and an objection that its maker withdraws, stand over a meeting (design.md, 4)."""
    story = at_round()
    records(story, "t1", "t2", stances={"t2": ABSTAIN})
    records(story, "t1", "t2", stances={"t2": ACCEPT}, meeting="autumn")
    assert kinds(story)["t2"] == "accept"


def test_an_objection_a_condition_or_a_disqualification_is_each_seats_own():
    story = at_round()
    for kind in (OBJECT, OFFER, OUT):
        story.refused(NotValid, "teacher-1", meeting(story, "t1", "t2", group_stance=kind))


def test_a_disqualification_said_in_a_meeting_is_recorded_of_its_holder():
    story = at_round()
    records(story, "t1", "t2", group_stance=ACCEPT, stances={"t2": OUT})
    assert kinds(story) == {"t1": "accept"}
    assert story.stands("teachers").disqualified == 1


def test_a_deputy_who_sat_in_the_seat_speaks_in_it():
    story = at_round()
    records(story, "t1", "t2", sat={"t2": deputy("t2")}, group_stance=ACCEPT)
    assert story.round().stances["t2"].by == deputy("t2")
    story.refused(NotValid, "teacher-1", meeting(story, "t1", "t3", sat={"t3": "outsider"}, meeting="autumn"))
    command = meeting(story, "t3", sat={"t3": deputy("t3")}, stances={"t3": OUT}, meeting="autumn")
    story.refused(NotValid, "teacher-1", command)


def test_a_disqualified_holder_who_is_present_is_given_no_stance():
    story = at_round()
    story.says("t2", OUT)
    records(story, "t1", "t2", group_stance=ACCEPT)
    assert kinds(story) == {"t1": "accept"}


def test_the_deputy_of_a_disqualified_holder_who_sat_there_is_given_the_groups_stance():
    story = at_round()
    story.says("t2", OUT)
    records(story, "t1", "t2", sat={"t2": deputy("t2")}, group_stance=ACCEPT)
    assert kinds(story) == {"t1": "accept", "t2": "accept"}


def test_a_seat_that_left_is_given_no_stance():
    story = at_round()
    story.does("directory", LeaveRound(seat="t2", reason="the term ended"))
    records(story, "t1", "t2", group_stance=ACCEPT)
    assert kinds(story) == {"t1": "accept"}


# --- the memo -----------------------------------------------------------------------------------------------------


def test_the_chair_of_the_group_or_the_coordinator_records_its_meeting():
    story = at_round(group("teachers"), group("builders"))
    for by in ("teacher-3", "builder-1", "preparer", "owner", "outsider"):
        story.refused(NotAuthorised, by, meeting(story, "t1", group_stance=ACCEPT))
    records(story, "t1", group_stance=ACCEPT)
    records(story, "t2", by="coordinator", group_stance=ACCEPT, meeting="autumn")


def test_a_memo_is_one_groups():
    story = at_round(group("teachers"), group("builders"))
    story.refused(NotFound, "teacher-1", meeting(story, "b1", group_stance=ACCEPT))
    story.refused(NotFound, "coordinator", meeting(story, "t1", group="gardeners"))


def test_a_memo_stands_once_and_after_the_meeting():
    story = at_round()
    records(story, "t1", group_stance=ACCEPT)
    story.refused(Refused, "teacher-1", meeting(story, "t2", group_stance=ACCEPT))
    tomorrow = story.world().today + dt.timedelta(days=1)
    story.refused(NotValid, "teacher-1", meeting(story, "t2", meeting="autumn", held_on=tomorrow))


def test_a_meeting_without_stances_needs_no_round_and_opens_no_days():
    story = Story()
    event = records(story, "t1", "t2")
    assert (event.window, event.concerned) == (None, ())
    assert story.process.meetings["spring"].memo


def test_stances_are_recorded_over_the_versions_that_were_seen():
    story = at_round()
    before = meeting(story, "t1", group_stance=ACCEPT)
    story.revises("image", vision="other words")
    story.refused(Overtaken, "teacher-1", before)
    story.refused(Overtaken, "teacher-1", before.model_copy(update={"seen": None}))


# --- the days for correcting it -----------------------------------------------------------------------------------


def with_memo(*own: str) -> Story:
    """All three were present and accept; those named have acted themselves before."""
    story = at_round()
    for seat in own:
        story.accept(seat)
    records(story, "t1", "t2", "t3", group_stance=ACCEPT)
    return story


def test_passing_waits_while_those_recorded_may_still_correct_it():
    story = with_memo()
    error = story.refused(WindowRuns, "preparer", story.passing("image"))
    assert error.facts["until"] == dt.datetime(2027, 2, 4, 22, 0, tzinfo=dt.UTC)
    story.now = error.facts["until"]
    story.passes("image")


def test_passing_need_not_wait_when_all_recorded_have_confirmed():
    story = with_memo()
    for seat in ("t1", "t2"):
        story.does(holder(seat), Confirm(phase="image", seat=seat, seen=story.seen("image")))
    story.refused(WindowRuns, "preparer", story.passing("image"))
    story.does("teacher-3", correction("t3"))
    story.passes("image")
    assert json.loads(next(iter(story.packages.values())))["groups"][0]["accept"] == 2


def test_those_who_had_acted_themselves_are_not_waited_for():
    with_memo("t1", "t2", "t3").passes("image")


def test_whoever_is_recorded_corrects_it_with_a_stance_of_their_own():
    story = with_memo()
    story.does("teacher-2", correction("t2", "object", reason="I said no."))
    assert kinds(story)["t2"] == "object"
    assert story.round().stances["t2"].way is StanceWay.OWN
    assert story.stands("teachers").open_objections == ("o1",)


def test_correcting_an_objection_wrongly_recorded_withdraws_it():
    story = at_round()
    records(story, "t1", "t2", stances={"t2": OBJECT})
    story.does("teacher-2", correction("t2", "accept"))
    assert story.process.objections["o1"].status is ObjectionStatus.WITHDRAWN


def test_nobody_corrects_what_was_recorded_of_another():
    story = with_memo()
    for by in ("teacher-1", "coordinator", "preparer", "outsider"):
        story.refused(NotAuthorised, by, correction("t2"))
    story.refused(Refused, deputy("t2"), correction("t2"))  # the holder sat there and is present


def test_the_deputy_who_sat_there_corrects_or_confirms_what_was_recorded():
    for act in (correction("t2"), None):
        story = at_round()
        records(story, "t1", "t2", sat={"t2": deputy("t2")}, group_stance=ACCEPT)
        story.does(deputy("t2"), act or Confirm(phase="image", seat="t2", seen=story.seen("image")))
        assert story.round().windows[0].confirmed == ("t2",)


def test_a_memo_that_said_nothing_of_a_seat_is_not_corrected_by_it():
    story = at_round()
    records(story, "t1", "t2", group_stance=ACCEPT)
    story.refused(NotFound, "teacher-3", correction("t3"))
    story.refused(NotFound, "teacher-3", correction("t3").model_copy(update={"meeting": "winter"}))


def test_a_memo_without_stances_has_nothing_to_correct_while_the_round_is_open():
    story = at_round()
    records(story, "t1", "t2")
    story.refused(NotFound, "teacher-1", correction("t1"))


def test_a_meeting_that_was_only_planned_has_no_memo_to_correct():
    story = at_round()
    story.does("teacher-1", planned(phase="image"))
    story.refused(NotFound, "teacher-1", correction("t1"))


def test_of_two_groups_meetings_each_memo_is_corrected_by_its_own():
    story = at_round(group("teachers"), group("builders"))
    records(story, "t1", "t2", group_stance=ACCEPT)
    records(story, "b1", "b2", by="builder-1", group="builders", group_stance=ACCEPT, meeting="autumn")
    story.refused(NotFound, "builder-2", correction("b2"))
    story.does("builder-2", correction("b2").model_copy(update={"meeting": "autumn"}))
    assert kinds(story)["b2"] == "abstain"


def test_a_memo_is_corrected_until_the_midnight_its_days_end_with():
    story = with_memo()
    until = story.round().windows[0].until
    story.now = until
    story.refused(Refused, "teacher-2", correction("t2"))
    story.now = until - dt.timedelta(microseconds=1)
    story.does("teacher-2", correction("t2"))


def test_after_its_days_a_memo_is_not_corrected_but_a_stance_is_taken():
    story = with_memo()
    story.after(days=4)
    story.refused(Refused, "teacher-2", correction("t2"))
    story.says("t2", ABSTAIN)


def test_a_corrected_objection_needs_its_reason():
    story = with_memo()
    story.refused(NotValid, "teacher-2", correction("t2", "object"))


def test_a_seat_that_left_or_whose_holder_is_disqualified_corrects_no_stance():
    story = with_memo()
    story.does("directory", LeaveRound(seat="t2", reason="the term ended"))
    story.refused(Refused, "teacher-2", correction("t2"))
    story.says("t3", OUT)
    story.refused(Refused, "teacher-3", correction("t3", "accept"))


def test_only_the_holder_is_recorded_as_disqualified_by_a_correction():
    story = at_round()
    records(story, "t1", "t2", sat={"t2": deputy("t2")}, group_stance=ACCEPT)
    story.refused(NotValid, deputy("t2"), correction("t2", "disqualified"))


def test_what_was_recorded_may_be_taken_back_by_its_bearer():
    story = with_memo()
    story.does("teacher-2", Retract(what="stance", phase="image", seat="t2"))
    assert set(kinds(story)) == {"t1", "t3"}


# --- late corrections ---------------------------------------------------------------------------------------------


def passed_with_memo() -> Story:
    story = Story(SMALL)
    story.comes_to_checkpoint("image")
    story.accept("n1", "n2")
    records(story, "t1", "t2", "t3", group_stance=ACCEPT)
    story.after(days=4)
    story.passes("image")
    return story


def test_what_comes_after_passing_is_recorded_beside_the_package_and_changes_no_outcome():
    story = passed_with_memo()
    package = story.process.phases["image"].package
    story.does("teacher-2", correction("t2", "object", reason="I had said no."))
    assert story.process.phases["image"].package == package
    assert [(one.group, one.kind) for one in story.process.remarks] == [("teachers", "object")]
    assert story.process.objections == {}


def test_a_late_correction_stands_on_the_next_first_page_and_only_there():
    story = passed_with_memo()
    story.does("teacher-2", correction("t2", "object", reason="I had said no."))
    story.goes_through("need", "method")
    bodies = {key: json.loads(story.packages[one.package or ""]) for key, one in story.process.phases.items()}
    assert [len(bodies[key]["remarks"]) for key in ("image", "need", "method")] == [0, 1, 0]
    assert "teacher-2" not in story.packages[story.process.phases["need"].package or ""]


def test_late_too_nobody_corrects_the_memo_of_another_group_or_seat():
    story = passed_with_memo()
    story.refused(NotFound, "neighbour-1", correction("n1"))
    story.refused(NotAuthorised, "teacher-1", correction("t2"))


def test_late_too_only_what_the_memo_tells_of_a_seat_is_corrected():
    story = Story(SMALL)
    story.comes_to_checkpoint("image")
    story.accept("n1", "n2", "t2")
    records(story, "t1", "t2", "t3", group_stance=ACCEPT)
    story.after(days=4)
    story.passes("image")
    story.refused(NotFound, "teacher-2", correction("t2"))
    story.does("teacher-3", correction("t3"))


# --- in the calendar ----------------------------------------------------------------------------------------------

NOON = dt.datetime(2027, 2, 10, 10, 0, tzinfo=dt.UTC)


def planned(group_key: str | None = "teachers", **more: object) -> ScheduleMeeting:
    return ScheduleMeeting.model_validate({"meeting": "spring", "at": NOON, "group": group_key, **more})


def test_a_meeting_is_put_in_the_calendar_moved_and_cancelled():
    story = at_round()
    story.does("teacher-1", planned())
    story.refused(NotFound, "coordinator", CancelMeeting(meeting="winter"))
    story.does("coordinator", planned(at=NOON + dt.timedelta(hours=2)))
    assert story.process.meetings["spring"].sequence == 1
    story.does("teacher-1", CancelMeeting(meeting="spring"))
    assert (story.process.meetings["spring"].cancelled, story.process.meetings["spring"].sequence) == (True, 2)
    story.refused(NotFound, "teacher-1", CancelMeeting(meeting="spring"))
    story.refused(Refused, "teacher-1", meeting(story, "t1", group_stance=ACCEPT))


def test_a_held_meeting_neither_moves_nor_is_cancelled():
    story = at_round()
    records(story, "t1", "t2", group_stance=ACCEPT)
    story.refused(Refused, "coordinator", planned())
    story.refused(Refused, "coordinator", CancelMeeting(meeting="spring"))


def test_a_chair_plans_moves_cancels_and_records_the_meetings_of_no_other_group():
    story = at_round(group("teachers"), group("builders"))
    story.does("teacher-1", planned())
    story.refused(NotAuthorised, "builder-1", planned())
    story.refused(NotAuthorised, "builder-1", planned("builders"))
    story.refused(NotAuthorised, "builder-1", CancelMeeting(meeting="spring"))
    stolen = meeting(story, "b1", group="builders", group_stance=ACCEPT)
    story.refused(NotAuthorised, "builder-1", stolen)
    story.refused(NotValid, "coordinator", stolen)


def test_a_meeting_has_a_time_zone_and_a_phase_and_group_that_exist():
    story = at_round()
    story.refused(NotValid, "coordinator", planned(at=NOON.replace(tzinfo=None)))
    story.refused(NotFound, "coordinator", planned("gardeners"))
    story.refused(NotFound, "coordinator", planned(phase="garden"))


@pytest.mark.parametrize("kind", [ACCEPT, ABSTAIN, NOT_READ])
def test_a_group_may_accept_abstain_or_not_have_read_in_a_meeting(kind):
    story = at_round()
    records(story, "t1", "t2", group_stance=kind)
    assert set(kinds(story).values()) == {kind.value}
