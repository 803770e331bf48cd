"""Bringing drafts to a checkpoint: versions, the frozen round, its manifest, and taking a submission back."""

import datetime as dt

from rulebook import ABSTAIN, OUT, Story, at_round
from small_town import DIAMOND, SMALL, deputy, group, holder, one_round

from models.canonical import sha256
from models.commands import Amend, LeaveRound, Retract, Submit
from models.errors import NotAuthorised, PhaseNotOpen, Refused, RoundHasStances
from models.events import OutputsSubmitted
from models.municipality.directory import SeatOf
from models.package import manifest_body


def submitted(story: Story) -> OutputsSubmitted:
    event = story.record[-1].event
    assert isinstance(event, OutputsSubmitted)
    return event


# --- versions -----------------------------------------------------------------------------------------------------


def test_submitting_makes_versions_of_the_drafts():
    story = Story()
    story.comes_to_checkpoint("image", vision="the words as submitted")
    version = story.round().versions["vision"]
    assert (version.no, version.sha256, version.phase) == (1, sha256("the words as submitted"), "image")
    story.writes("image", vision="a later draft")
    assert story.round().versions["vision"] == version


def test_only_an_open_phase_is_submitted():
    story = Story()
    story.refused(PhaseNotOpen, "owner", Submit(phase="image"))
    story.comes_to_checkpoint("image")
    story.refused(PhaseNotOpen, "owner", Submit(phase="image"))


def test_submitting_is_refused_while_a_required_output_has_no_draft():
    story = Story()
    story.opens("image")
    assert "vision" in str(story.refused(Refused, "owner", Submit(phase="image")))


def test_an_optional_output_may_be_left_out():
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need", register="needs")
    assert set(story.round().versions) == {"register"}
    story.returns("need")
    story.comes_to_checkpoint("need", register="needs", survey="answers")
    assert set(story.round().versions) == {"register", "survey"}


def test_those_who_answer_for_outputs_and_the_coordinator_submit():
    story = Story()
    story.opens("image")
    story.writes("image")
    for by in ("preparer", "assessor", "teacher-1", "outsider"):
        story.refused(NotAuthorised, by, Submit(phase="image"))
    story.submits("image", by="coordinator")


def test_checkpoint_four_carries_the_outputs_of_all_four_phases():
    story = Story(DIAMOND)
    story.goes_through("image", "school", "streets")
    story.comes_to_checkpoint("whole")
    assert set(story.round().versions) == {"vision", "lessons", "plans", "model"}
    story.accept("t1", "t2", "t3")
    assert set(story.round().versions) == {"vision", "lessons", "plans", "model"}


def test_unchanged_bytes_keep_their_version_number_and_changed_ones_get_the_next():
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need", register="needs", survey="answers")
    story.returns("need")
    story.comes_to_checkpoint("need", register="needs", survey="more answers")
    assert {key: version.no for key, version in story.round().versions.items()} == {"register": 1, "survey": 2}


# --- the round ----------------------------------------------------------------------------------------------------


def test_submitting_freezes_the_seats_and_deputies_of_the_round():
    story = at_round()
    seats = dict(story.directory.seats)
    seats["t4"] = SeatOf(group="the-teachers", person="outsider", first=dt.date(2027, 2, 1))
    seats["t1"] = seats["t1"].model_copy(update={"deputies": ("outsider",)})
    story.changes(seats=seats)
    assert set(story.round().seats) == {"t1", "t2", "t3"}
    assert story.round().seats["t1"].deputies == (deputy("t1"),)
    story.returns("image")
    story.submits("image")
    assert set(story.round().seats) == {"t1", "t2", "t3", "t4"}
    assert story.round().seats["t1"].deputies == ("outsider",)


def test_submitting_freezes_rules_and_quorum_for_the_round():
    story = Story()
    change = {"change": "group", "phase": "image", "group": group("teachers", "all", "1/1")}
    story.does("coordinator", Amend(change=change, reason="All must agree."))
    story.comes_to_checkpoint("image")
    assert (story.round().groups[0].rule, story.round().groups[0].quorum) == ("all", "1/1")
    story.refused(Refused, "coordinator", Amend(change=change, reason="Half is enough."))


def test_submitting_is_refused_when_a_group_has_no_members():
    story = Story()
    story.changes(seats={key: seat for key, seat in story.directory.seats.items() if seat.group != "the-neighbours"})
    story.opens("image")
    story.writes("image")
    assert "neighbours" in str(story.refused(Refused, "owner", Submit(phase="image")))


def test_only_seats_that_hold_that_day_are_in_the_round():
    story = Story(one_round())
    seats = dict(story.directory.seats)
    seats["t3"] = seats["t3"].model_copy(update={"last": dt.date(2027, 1, 31)})
    seats["t2"] = seats["t2"].model_copy(update={"first": dt.date(2027, 2, 2)})
    story.changes(seats=seats)
    story.comes_to_checkpoint("image")
    assert set(story.round().seats) == {"t1"}


def test_a_round_is_due_on_the_planned_day_unless_that_leaves_too_little_time():
    story = Story(SMALL)
    story.comes_to_checkpoint("image")
    assert story.round().due == dt.date(2027, 2, 26)
    story.returns("image")
    story.after(days=23)  # Wednesday the 24th: two working days are left
    story.submits("image")
    assert story.round().due == dt.date(2027, 3, 10)  # ten working days


# --- the manifest -------------------------------------------------------------------------------------------------


def test_the_manifest_names_versions_criteria_and_what_they_replace():
    criteria = [{"id": "clear", "text": {"fi": "Selkeä"}, "assessed_by": "assessor"}]
    story = Story(one_round(criteria=criteria))
    story.comes_to_checkpoint("image", vision="first")
    first = submitted(story)
    assert (first.criteria, first.former) == (("clear",), {})
    story.returns("image")
    before = story.process
    story.writes("image", vision="second")
    story.submits("image")
    second = submitted(story)
    assert second.former == {"vision": sha256("first")}
    assert sha256(manifest_body(before, second)) == second.manifest == story.round().manifest
    assert first.manifest != second.manifest


def test_what_a_passed_phase_is_compared_with_when_it_comes_again_is_what_had_passed():
    story = Story()
    story.writes("image", vision="as first passed")
    story.goes_through("image", "need")
    story.comes_to_checkpoint("method")
    story.returns("method", to="image")
    story.comes_to_checkpoint("image", vision="as changed")
    assert submitted(story).former == {"vision": sha256("as first passed")}


def test_what_was_returned_is_compared_with_and_not_what_was_submitted_by_mistake_since():
    story = Story(DIAMOND)
    story.goes_through("image", "school", "streets")
    story.comes_to_checkpoint("whole", model="as returned")
    story.returns("whole")
    story.comes_to_checkpoint("whole", model="by mistake")
    story.does("owner", Retract(what="submission", phase="whole"))
    story.comes_to_checkpoint("whole", model="as changed")
    words = {"vision": "first words", "lessons": "first words", "plans": "first words", "model": "as returned"}
    assert submitted(story).former == {output: sha256(said) for output, said in words.items()}


# --- taking a submission back -------------------------------------------------------------------------------------


def test_a_submission_with_no_stance_yet_is_taken_back():
    story = at_round()
    story.does("owner", Retract(what="submission", phase="image"))
    assert (story.status(), story.process.rounds) == (["open"], {})
    story.submits("image")
    assert story.round().no == 2


def test_a_submission_with_a_stance_is_not_taken_back():
    for kind in (ABSTAIN, OUT):
        story = at_round()
        story.says("t1", kind)
        story.refused(RoundHasStances, "owner", Retract(what="submission", phase="image"))


def test_a_submission_whose_stances_were_all_retracted_is_taken_back():
    story = at_round()
    story.accept("t1")
    story.does(holder("t1"), Retract(what="stance", phase="image", seat="t1"))
    story.does("owner", Retract(what="submission", phase="image"))
    assert story.status() == ["open"]


def test_a_submission_is_taken_back_by_those_who_may_submit_and_nobody_else():
    story = at_round()
    for by in ("teacher-1", "preparer", "outsider"):
        story.refused(NotAuthorised, by, Retract(what="submission", phase="image"))
    story.does("coordinator", Retract(what="submission", phase="image"))


# --- seats that end -----------------------------------------------------------------------------------------------


def test_a_seat_that_ends_in_mid_round_leaves_with_the_reason():
    story = at_round()
    story.accept("t1")
    story.does("directory", LeaveRound(seat="t1", reason="the term ended"))
    assert story.round().seats["t1"].left
    standing = story.stands("teachers")
    assert (standing.seats, standing.left, standing.accept) == (2, 1, 0)
    story.refused(Refused, holder("t1"), story.stance("t1", ABSTAIN))


def test_only_the_directory_lets_a_seat_leave():
    story = at_round()
    for by in ("coordinator", "teacher-1", "administrator"):
        story.refused(NotAuthorised, by, LeaveRound(seat="t1", reason="a quarrel"))


def test_nothing_is_submitted_where_the_preparer_has_left():
    story = Story()
    story.opens("image")
    story.writes("image")
    people = dict(story.directory.people)
    gone = people["preparer"].model_copy(update={"active": False})
    story.changes(people={**people, "preparer": gone})
    assert "preparer" in str(story.refused(Refused, "owner", Submit(phase="image")))
    story.amends(change="role", role="preparer", person="stand-in")
    story.submits("image")
