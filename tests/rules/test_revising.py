"""Revising an output in an open round, technical corrections and their days, and what a new round asks."""

import datetime as dt

import pytest
from rulebook import ABSTAIN, ACCEPT, OBJECT, OFFER, Story, at_round
from small_town import DIAMOND, deputy, group, holder, phase
from small_town import definition as defined

from models.canonical import sha256
from models.commands import (
    Assess,
    CarryAsCondition,
    Confirm,
    CoSign,
    FileDissent,
    LeaveRound,
    RecordDissent,
    Retract,
    Revise,
)
from models.criteria import evaluate
from models.errors import CheckpointNotOpen, NotAuthorised, NotFound, NotValid, Overtaken, Refused, WindowRuns
from models.events import OutputRevised, OutputsSubmitted
from models.package import manifest_body
from models.rounds import current
from models.words import StanceKind, StanceWay

TWO = ("vision", "figures")
COVERING = (group("teachers", covers=["vision"]), group("builders", covers=["figures"]), group("neighbours"))


def current_seats(story: Story) -> set[str]:
    return {seat for seat in story.round().seats if current(story.round(), seat)}


def confirmation(story: Story, seat: str) -> Confirm:
    return Confirm(phase=story.at, seat=seat, seen=story.seen(story.at))


# --- revisions ----------------------------------------------------------------------------------------------------


def test_during_a_round_only_revise_changes_the_set():
    story = at_round()
    story.writes("image", vision="other words")
    assert story.round().versions["vision"].sha256 == sha256("first words")
    before = story.process
    event = story.revises("image", vision="third words")[0]
    assert isinstance(event, OutputRevised)
    assert story.round().versions["vision"].sha256 == sha256("third words")
    assert story.round().versions["vision"].no == 2
    assert sha256(manifest_body(before, event)) == story.round().manifest


def test_a_revision_makes_stale_only_the_stances_that_covered_it():
    story = at_round(*COVERING, outputs=TWO)
    story.accept("t1", "b1", "n1")
    story.revises("image", figures="other figures")
    assert current_seats(story) == {"t1"}
    story.revises("image", vision="other words")
    assert current_seats(story) == set()


def test_what_an_earlier_phase_revised_in_its_own_round_makes_nothing_stale_later():
    story = Story(
        defined(
            phase("image", 2, ["vision"]),
            phase(
                "need",
                3,
                ["register"],
                group("teachers", covers=["vision"]),
                group("builders"),
                carries=["image", "need"],
            ),
        )
    )
    story.comes_to_checkpoint("image")
    story.revises("image", vision="second words")
    story.revises("image", vision="third words")
    story.accept("t1", "t2")
    story.passes("image")
    story.comes_to_checkpoint("need")
    story.accept("t1", "b1")
    story.revises("need", register="other needs")
    assert current_seats(story) == {"t1"}


def test_an_assessment_at_a_checkpoint_that_carries_a_revised_output_holds():
    criteria = [{"id": "clear", "text": {"fi": "Selkeä"}, "assessed_by": "assessor"}]
    phases = [one.model_dump(by_alias=True) for one in DIAMOND.phases]
    phases[-1]["checkpoint"]["criteria"] = criteria
    story = Story(defined(*phases))
    story.comes_to_checkpoint("image")
    story.revises("image", vision="second words")
    story.accept("t1", "t2")
    story.passes("image")
    story.goes_through("school", "streets")
    story.comes_to_checkpoint("whole")
    story.accept("t1", "t2")
    story.does("assessor", Assess(phase="whole", criterion="clear", holds=True, seen=story.seen("whole")))
    assert story.passes("whole").criteria == {"clear": True}


def test_a_group_may_cover_an_optional_output_that_was_left_out():
    story = at_round(group("teachers", covers=["figures"]), group("builders"), outputs=("vision", "figures?"))
    story.accept("t1", "t2", "b1", "b2")
    story.revises("image", vision="other words")
    assert current_seats(story) == {"t1", "t2"}


def test_a_stance_is_kept_over_changed_versions_by_confirming_it():
    story = at_round()
    story.accept("t1")
    story.revises("image", vision="other words")
    story.does("teacher-1", confirmation(story, "t1"))
    assert current_seats(story) == {"t1"}
    assert story.round().stances["t1"].way is StanceWay.CONFIRMED


def test_confirming_what_has_changed_again_is_overtaken():
    story = at_round()
    story.accept("t1")
    story.revises("image", vision="other words")
    earlier = confirmation(story, "t1")
    story.revises("image", vision="third words")
    story.refused(Overtaken, "teacher-1", earlier)


def test_there_is_nothing_to_confirm_without_a_stance_or_with_a_current_one():
    story = at_round()
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))
    story.accept("t1")
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))


def test_a_window_asks_those_whom_it_concerns_and_each_once():
    """design.md, 4: those concerned may take a stance back for some days, unless they have confirmed."""
    story = at_round()
    story.accept("t1")
    story.revises("image", vision="first words,", technical=True)
    story.accept("t2")
    story.refused(NotValid, "teacher-2", confirmation(story, "t2"))  # accepted over the corrected words
    story.does("teacher-1", confirmation(story, "t1"))
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))


def test_nobody_confirms_for_another():
    story = at_round()
    story.accept("t1")
    story.revises("image", vision="other words")
    story.refused(NotAuthorised, "teacher-2", confirmation(story, "t1"))
    story.refused(Refused, deputy("t1"), confirmation(story, "t1"))


def test_a_deputy_who_confirms_speaks_in_the_holders_place():
    story = at_round()
    story.accept("t1")
    story.revises("image", vision="other words")
    story.is_away("teacher-1")
    story.does(deputy("t1"), confirmation(story, "t1"))
    assert story.round().stances["t1"].by == deputy("t1")


def test_revising_needs_a_round_an_output_of_the_phase_and_a_change():
    story = at_round()
    revise = Revise(phase="image", output="vision", reason="A slip.")
    story.refused(NotValid, "owner", revise)
    story.drafts.clear()
    story.refused(NotValid, "owner", revise)
    story.refused(NotFound, "owner", revise.model_copy(update={"output": "garden"}))
    story.returns("image")
    story.refused(CheckpointNotOpen, "owner", revise)


def test_a_carried_output_of_an_earlier_phase_is_not_revised_here():
    story = Story(DIAMOND)
    story.goes_through("image", "school", "streets")
    story.comes_to_checkpoint("whole")
    story.refused(NotFound, "owner", Revise(phase="whole", output="vision", reason="A slip."))


# --- technical corrections ----------------------------------------------------------------------------------------


def test_a_technical_correction_carries_stances_and_dissents_over_to_the_new_hash():
    story = at_round(group("teachers", "majority"))
    story.accept("t1", "t2")
    objection = story.objects("t3")
    story.does("preparer", RecordDissent(objection=objection, reason="Heard and answered."))
    dissents, stances = story.process.dissents, story.round().stances
    story.revises("image", vision="first words,", technical=True)
    assert current_seats(story) == {"t1", "t2", "t3"}
    assert (story.process.dissents, story.round().stances) == (dissents, stances)
    assert story.round().versions["vision"].sha256 == sha256("first words,")


def test_after_a_technical_correction_everybody_concerned_may_withdraw_for_some_days():
    story = at_round()
    story.accept("t1", "t2")
    story.revises("image", vision="first words,", technical=True)
    error = story.refused(WindowRuns, "preparer", story.passing("image"))
    assert error.facts["until"] == dt.datetime(2027, 2, 4, 22, 0, tzinfo=dt.UTC)  # three days, to midnight in Helsinki
    story.does("teacher-1", Retract(what="stance", phase="image", seat="t1"))
    assert current_seats(story) == {"t2"}


def test_passing_waits_for_the_days_of_a_correction_and_not_longer():
    story = at_round()
    story.accept("t1", "t2")
    story.revises("image", vision="first words,", technical=True)
    story.now = dt.datetime(2027, 2, 4, 21, 59, 59, tzinfo=dt.UTC)
    story.refused(WindowRuns, "preparer", story.passing("image"))
    story.now = dt.datetime(2027, 2, 4, 22, 0, tzinfo=dt.UTC)
    story.passes("image")


def test_passing_need_not_wait_when_all_concerned_have_confirmed():
    story = at_round()
    story.accept("t1", "t2")
    story.revises("image", vision="first words,", technical=True)
    story.does("teacher-1", confirmation(story, "t1"))
    story.refused(WindowRuns, "preparer", story.passing("image"))
    story.accept("t2")  # an act of one's own over the corrected words says as much
    story.passes("image")


def test_a_correction_before_any_stance_concerns_nobody():
    story = at_round()
    story.revises("image", vision="first words,", technical=True)
    story.accept("t1", "t2")
    story.passes("image")


def test_a_seat_that_left_is_not_waited_for():
    story = at_round()
    story.accept("t1", "t2")
    story.revises("image", vision="first words,", technical=True)
    story.does("teacher-1", confirmation(story, "t1"))
    story.does("directory", LeaveRound(seat="t2", reason="the term ended"))
    story.passes("image")


def test_a_correction_concerns_only_those_who_cover_the_output():
    story = at_round(*COVERING, outputs=TWO)
    story.accept("t1", "b1", "n1")
    story.revises("image", figures="first figures,", technical=True)
    assert story.round().windows[0].concerned == ("b1", "n1")


def test_a_technical_correction_does_not_freshen_a_stale_stance():
    story = at_round()
    story.accept("t1")
    story.revises("image", vision="other words")
    story.revises("image", vision="other words,", technical=True)
    assert current_seats(story) == set()


def test_an_assessment_stands_over_a_correction_and_lapses_when_any_output_changes():
    clear = {"id": "clear", "text": {"fi": "Selkeä"}, "assessed_by": "assessor"}
    story = at_round(group("teachers"), outputs=TWO, criteria=[clear])
    story.does("assessor", Assess(phase="image", criterion="clear", holds=True, seen=story.seen("image")))

    def holds() -> bool | None:
        return evaluate(story.process, story.world(), "image", story.definition.phases[0].checkpoint)["clear"]

    story.revises("image", vision="first words,", technical=True)
    assert holds() is True
    story.revises("image", figures="other figures")
    assert holds() is None


def test_the_package_holds_the_corrected_words():
    story = at_round()
    story.accept("t1", "t2")
    story.revises("image", vision="first words,", technical=True)
    story.after(days=5)
    event = story.passes("image")
    assert sha256("first words,") in story.packages[event.package]
    assert sha256("first words") not in story.packages[event.package]


# --- a new round --------------------------------------------------------------------------------------------------


def again(*groups: dict[str, object], kind: StanceKind = ACCEPT) -> Story:
    """The first round, in which one teacher has spoken, went back; the same bytes come again."""
    story = at_round(*groups)
    story.says("t1", kind)
    story.returns("image")
    story.submits("image")
    return story


def test_in_a_new_round_every_seat_is_asked_and_nothing_carries_over():
    story = again()
    assert current_seats(story) == set()
    assert story.round().no == 2


@pytest.mark.parametrize("kind", [ACCEPT, ABSTAIN, StanceKind.NOT_READ])
def test_a_seat_whose_versions_are_byte_identical_confirms_in_one_act(kind):
    story = again(kind=kind)
    story.does("teacher-1", confirmation(story, "t1"))
    assert story.round().stances["t1"].kind is kind
    story.refused(NotValid, "teacher-2", confirmation(story, "t2"))  # said nothing before


@pytest.mark.parametrize("kind", [OBJECT, OFFER])
def test_an_objection_is_confirmed_over_the_same_bytes_with_its_own_words(kind):
    story = again(kind=kind)
    story.does("teacher-1", confirmation(story, "t1"))
    first, second = story.process.objections["o1"], story.process.objections["o2"]
    assert (second.text, second.offer, second.round) == (first.text, kind is OFFER, 2)
    assert story.stands("teachers").open_objections == ("o2",)


def test_who_has_spoken_in_the_new_round_has_nothing_to_confirm_of_the_former():
    story = again()
    story.says("t1", ABSTAIN)
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))
    assert story.round().stances["t1"].kind is ABSTAIN


def test_one_changed_output_of_several_is_enough_to_be_asked_anew():
    """design.md, 4: only a seat whose versions are byte-identical confirms in one act."""
    story = at_round(group("teachers"), outputs=TWO)
    story.accept("t1")
    story.returns("image")
    story.writes("image", figures="other figures")
    story.submits("image")
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))


def test_each_confirms_the_objection_of_their_own():
    story = at_round()
    own = {seat: story.objects(seat) for seat in ("t1", "t2")}
    story.returns("image")
    story.submits("image")
    for seat, raised in (("t1", "o3"), ("t2", "o4")):
        story.does(holder(seat), confirmation(story, seat))
        assert story.process.objections[raised].text == story.process.objections[own[seat]].text


def test_of_several_objections_of_ones_own_the_last_that_went_back_is_confirmed():
    carried = CarryAsCondition(objection="o1", owner="owner", due=dt.date(2027, 6, 1))
    story = at_round()
    story.objects("t1", "It is too hasty.")
    story.does("preparer", carried)
    story.objects("t1", "It is too dear.")
    story.returns("image")
    story.submits("image")
    story.does("teacher-1", confirmation(story, "t1"))
    assert story.process.objections["o3"].text == story.process.objections["o2"].text


def test_who_joined_anothers_objection_confirms_that_one_and_not_the_own_it_took_the_place_of():
    story = at_round()
    joined = story.objects("t2", "It is too hasty.")
    story.objects("t1", "It is too dear.")
    story.does("teacher-1", CoSign(item=joined, seat="t1"))
    story.returns("image")
    story.submits("image")
    story.does("teacher-1", confirmation(story, "t1"))
    assert story.process.objections["o3"].text == story.process.objections[joined].text


def test_the_words_confirmed_are_those_of_the_objection_that_stood():
    story = at_round()
    story.objects("t1", "It is too hasty.")
    second = story.objects("t1", "It is too dear.")
    story.returns("image")
    story.submits("image")
    story.does("teacher-1", confirmation(story, "t1"))
    assert story.process.objections["o3"].text == story.process.objections[second].text


def test_what_was_carried_or_recorded_in_the_round_before_is_not_raised_again_by_confirming():
    for settle in (
        RecordDissent(objection="o1", reason="Heard and answered."),
        CarryAsCondition(objection="o1", owner="owner", due=dt.date(2027, 6, 1)),
    ):
        story = at_round()
        story.objects("t1")
        story.does("preparer", settle)
        story.returns("image")
        story.submits("image")
        story.refused(NotValid, "teacher-1", confirmation(story, "t1"))


def test_an_objection_is_confirmed_also_when_a_submission_was_taken_back_between():
    story = again(kind=OBJECT)
    story.does("owner", Retract(what="submission", phase="image"))
    story.submits("image")
    assert story.round().no == 3
    story.does("teacher-1", confirmation(story, "t1"))
    assert story.stands("teachers").open_objections == ("o2",)


def test_what_a_deputy_objected_in_the_round_before_is_not_confirmed_by_the_holder():
    story = at_round()
    story.is_away("teacher-1")
    story.says("t1", OBJECT, by=deputy("t1"))
    story.returns("image")
    story.is_back("teacher-1")
    story.submits("image")
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))
    story.is_away("teacher-1")
    story.does(deputy("t1"), confirmation(story, "t1"))


def test_who_got_a_seats_name_since_confirms_nothing_that_was_said_in_it_before():
    story = at_round()
    story.accept("t1")
    story.returns("image")
    story.after(days=1)
    given = story.directory.seats["t1"].model_copy(update={"first": story.world().today})
    story.changes(seats={**story.directory.seats, "t1": given})
    story.submits("image")
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))


def test_over_other_bytes_a_stance_of_the_round_before_is_not_confirmed():
    story = at_round()
    story.accept("t1")
    story.returns("image")
    story.comes_to_checkpoint("image", vision="other words")
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))


def test_a_stance_that_was_stale_when_its_round_ended_is_not_confirmed_in_the_next():
    story = at_round()
    story.accept("t1")
    story.revises("image", vision="other words")
    story.returns("image")
    story.submits("image")
    story.refused(NotValid, "teacher-1", confirmation(story, "t1"))


def test_only_the_versions_the_seat_covers_must_be_the_same():
    story = at_round(*COVERING, outputs=TWO)
    story.accept("t1", "b1")
    story.returns("image")
    story.comes_to_checkpoint("image", figures="other figures")
    story.does("teacher-1", confirmation(story, "t1"))
    story.refused(NotValid, holder("b1"), confirmation(story, "b1"))


def test_a_dissent_stays_over_a_revision():
    story = at_round()
    story.does("teacher-1", FileDissent(phase="image", seat="t1", text="The bridge should stay."))
    story.revises("image", vision="other words")
    assert "d1" in story.process.dissents


def test_the_manifest_of_a_submission_is_named_in_its_event():
    story = at_round()
    event = story.record[-1].event
    assert isinstance(event, OutputsSubmitted)
    assert event.manifest == story.round().manifest
