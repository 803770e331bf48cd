"""Dissents: recorded by the preparer or filed by members, co-signed, late, withdrawn, and carried to the council."""

import json

from rulebook import OFFER, OUT, Story, at_round
from small_town import DIAMOND, deputy, group

from models.commands import Amend, CoSign, FileDissent, Hold, RecordDissent, Withdraw
from models.errors import NotAuthorised, NotFound, Refused
from models.events import DissentRecorded
from models.words import ObjectionStatus


def dissent(seat: str, phase: str = "image", name: str | None = None) -> FileDissent:
    return FileDissent(phase=phase, seat=seat, text="The old bridge should have been kept.", name=name)


def recorded(objection: str) -> RecordDissent:
    return RecordDissent(objection=objection, reason="Heard, answered, not agreed; the work goes on.")


def with_dissent() -> Story:
    """A round that the teachers accept, with the objection of one recorded as the dissent "d1"."""
    story = Story()
    story.comes_to_checkpoint("image")
    objection = story.objects("t3")
    story.accept("t1", "t2", "n1", "n2")
    story.does("preparer", recorded(objection))
    return story


def first_page(story: Story, phase: str) -> dict[str, dict[str, object]]:
    package = story.process.phases[phase].package
    assert package is not None
    return json.loads(story.packages[package])["dissents"]


# --- recorded by the preparer -------------------------------------------------------------------------------------


def test_a_recorded_dissent_no_longer_blocks():
    story = with_dissent()
    assert story.process.objections["o1"].status is ObjectionStatus.DISSENT
    story.passes("image")


def test_a_recorded_dissent_stands_in_every_later_package():
    story = with_dissent()
    story.passes("image")
    story.goes_through("need", "method")
    for phase in ("image", "need", "method"):
        assert first_page(story, phase)["d1"]["count"] == 1
        assert first_page(story, phase)["d1"]["group"] == "teachers"


def test_recording_a_dissent_keeps_the_words_of_the_objection_and_the_reason():
    story = with_dissent()
    event = story.record[-1].event
    assert isinstance(event, DissentRecorded)
    assert event.text == story.process.objections["o1"].text
    assert event.reason is not None
    assert event.reason.startswith("c1:")


def test_only_the_preparer_records_a_dissent():
    story = at_round()
    objection = story.objects("t1")
    for by in ("coordinator", "owner", "teacher-1", "teacher-2", "outsider", "clock"):
        story.refused(NotAuthorised, by, recorded(objection))


def test_only_an_open_objection_is_recorded_as_dissent():
    story = at_round()
    objection = story.objects("t1")
    story.accept("t1")
    story.refused(Refused, "preparer", recorded(objection))
    story.refused(NotFound, "preparer", recorded("o9"))


def test_a_dissent_carries_all_co_signers_of_the_objection():
    story = at_round(group("teachers"), group("builders"))
    objection = story.objects("t1")
    story.does("builder-1", CoSign(item=objection, seat="b1"))
    story.does("preparer", recorded(objection))
    signers = story.process.dissents["d1"].signers
    assert {seat: signer.group for seat, signer in signers.items()} == {"t1": "teachers", "b1": "builders"}


def test_members_names_are_not_in_a_dissent_but_by_their_own_choice():
    story = with_dissent()
    assert first_page_names(story) == []
    story.does("teacher-3", CoSign(item="d1", seat="t3", name="a teacher of the north"))
    assert len(first_page_names(story)) == 1


def first_page_names(story: Story) -> list[str]:
    return [signer.name for signer in story.process.dissents["d1"].signers.values() if signer.name]


# --- filed by members ---------------------------------------------------------------------------------------------


def test_a_member_attaches_a_dissent_in_the_round():
    story = at_round()
    story.accept("t1", "t2")
    story.does("teacher-2", dissent("t2"))
    assert not story.process.dissents["d1"].late
    assert story.stands("teachers").met  # it blocks nothing


def test_late_dissent_is_kept_and_stands_in_later_packages():
    story = Story()
    story.goes_through("image")
    package = story.process.phases["image"].package
    story.does("teacher-1", dissent("t1"))
    assert story.process.dissents["d1"].late
    assert story.process.phases["image"].package == package
    assert first_page(story, "image") == {}
    story.goes_through("need")
    assert first_page(story, "need")["d1"]["late"] is True


def test_a_dissent_is_attached_at_the_checkpoint_or_after_it():
    story = Story()
    story.refused(Refused, "teacher-1", dissent("t1"))
    story.opens("image")
    story.refused(Refused, "teacher-1", dissent("t1"))


def test_a_dissent_may_be_filed_while_the_process_is_on_hold():
    story = Story()
    story.goes_through("image")
    story.does("coordinator", Hold(reason="We wait for the state's money."))
    story.does("teacher-1", dissent("t1"))
    assert "d1" in story.process.dissents


def test_nobody_files_or_signs_a_dissent_for_a_seat_that_is_not_theirs():
    story = with_dissent()
    for by in ("teacher-1", "neighbour-1"):
        story.refused(NotAuthorised, by, dissent("t2"))
        story.refused(NotAuthorised, by, CoSign(item="d1", seat="t2"))
    for by in ("coordinator", "preparer", "outsider"):
        story.refused(NotAuthorised, by, dissent("t2"))


def test_a_deputy_signs_dissents_only_while_the_holder_is_away_or_disqualified():
    story = with_dissent()
    story.refused(Refused, deputy("t2"), dissent("t2"))
    story.refused(Refused, deputy("t2"), CoSign(item="d1", seat="t2"))
    story.says("t2", OUT)
    story.does(deputy("t2"), CoSign(item="d1", seat="t2"))
    story.is_away("teacher-1")
    story.does(deputy("t1"), dissent("t1"))
    assert story.process.dissents["d2"].signers["t1"].person == deputy("t1")


def test_after_the_phase_has_passed_too_a_deputy_signs_only_for_a_holder_who_is_away():
    story = Story()
    story.goes_through("image")
    story.refused(Refused, deputy("t1"), dissent("t1"))
    story.is_away("teacher-1")
    story.does(deputy("t1"), dissent("t1"))


def test_a_disqualified_member_files_no_dissent():
    story = at_round()
    story.says("t1", OUT)
    story.refused(Refused, "teacher-1", dissent("t1"))


# --- co-signing and withdrawing -----------------------------------------------------------------------------------


def test_others_co_sign_a_standing_dissent_also_from_another_group_and_later():
    story = with_dissent()
    story.does("neighbour-1", CoSign(item="d1", seat="n1"))
    story.passes("image")
    story.does("teacher-1", CoSign(item="d1", seat="t1"))
    assert set(story.process.dissents["d1"].signers) == {"t3", "n1", "t1"}


def test_a_deputy_does_not_take_over_the_signature_of_the_holder():
    story = with_dissent()
    story.is_away("teacher-3")
    story.refused(NotAuthorised, deputy("t3"), CoSign(item="d1", seat="t3"))
    story.refused(NotAuthorised, deputy("t3"), Withdraw(item="d1", seat="t3"))
    assert story.process.dissents["d1"].signers["t3"].person == "teacher-3"


def test_a_withdrawn_dissent_leaves_later_first_pages():
    story = with_dissent()
    story.passes("image")
    story.does("teacher-3", Withdraw(item="d1", seat="t3"))
    story.goes_through("need")
    assert "d1" in first_page(story, "image")
    assert "d1" not in first_page(story, "need")


def test_a_dissent_stands_until_its_last_signer_has_withdrawn():
    story = with_dissent()
    story.does("teacher-1", CoSign(item="d1", seat="t1"))
    story.does("teacher-3", Withdraw(item="d1", seat="t3"))
    assert set(story.process.dissents["d1"].signers) == {"t1"}
    story.does("teacher-1", Withdraw(item="d1", seat="t1"))
    assert story.process.dissents == {}


def test_nobody_else_withdraws_a_dissent():
    story = with_dissent()
    for by in ("teacher-1", deputy("t3"), "preparer", "coordinator", "administrator", "outsider"):
        story.refused(NotAuthorised, by, Withdraw(item="d1", seat="t3"))


def test_a_maker_whose_seat_has_ended_may_still_withdraw_a_dissent():
    story = with_dissent()
    story.passes("image")
    story.changes(seats={key: seat for key, seat in story.directory.seats.items() if key != "t3"})
    story.does("teacher-3", Withdraw(item="d1", seat="t3"))
    assert story.process.dissents == {}


# --- what touches it not ------------------------------------------------------------------------------------------


def test_a_dissent_survives_returning_revising_and_a_group_that_is_removed():
    story = with_dissent()
    story.returns("image")
    story.does(
        "coordinator", Amend(change={"change": "remove_group", "phase": "image", "group": "teachers"}, reason="Fewer.")
    )
    story.submits("image")
    story.revises("image", vision="other words")
    story.accept("n1", "n2")
    story.passes("image")
    assert first_page(story, "image")["d1"]["group"] == "teachers"


def test_accepting_later_does_not_take_a_dissent_away():
    story = with_dissent()
    story.accept("t3")
    assert "d1" in story.process.dissents


def test_a_dissent_of_one_side_stands_where_phases_join():
    story = Story(DIAMOND)
    story.goes_through("image")
    story.comes_to_checkpoint("school")
    story.accept("t1", "t2")
    offer = story.says("t3", OFFER)
    story.does("preparer", recorded(offer))
    story.passes("school")
    story.goes_through("streets", "whole")
    assert "d1" in first_page(story, "streets")
    assert "d1" in first_page(story, "whole")
