"""Objections under way: raised, joined, answered, withdrawn, and what becomes of them between rounds."""

import pytest
from rulebook import ABSTAIN, ACCEPT, OBJECT, OFFER, Story, at_round
from small_town import DIAMOND, deputy, group, holder

from models.commands import Answer, CarryAsCondition, Confirm, CoSign, LeaveRound, RecordDissent, Retract, Withdraw
from models.duties.duties import duties
from models.errors import NotAuthorised, NotFound, NotValid, ObjectionsOpen, Overtaken, Refused
from models.rounds import current
from models.words import AnswerResult, DutyKind, ObjectionStatus, StanceKind

TEACHERS_AND_BUILDERS = (group("teachers"), group("builders"))


def answer(objection: str, result: AnswerResult = AnswerResult.UNCHANGED) -> Answer:
    return Answer(objection=objection, result=result, text="The bus will still run.")


def status(story: Story, objection: str) -> ObjectionStatus:
    return story.process.objections[objection].status


# --- open until withdrawn, carried or recorded --------------------------------------------------------------------


def test_under_consent_an_objection_is_open_until_its_maker_withdraws_it():
    story = at_round()
    story.accept("t1", "t2")
    objection = story.objects("t3")
    error = story.refused(ObjectionsOpen, "preparer", story.passing("image"))
    assert objection in str(error)
    story.does("teacher-3", Withdraw(item=objection, seat="t3"))
    assert status(story, objection) is ObjectionStatus.WITHDRAWN
    story.passes("image")


def test_nobody_but_its_maker_withdraws_an_objection():
    story = at_round(*TEACHERS_AND_BUILDERS)
    objection = story.objects("t1")
    for by, seat in (("teacher-2", "t1"), ("teacher-2", "t2"), (deputy("t1"), "t1"), ("builder-1", "b1")):
        story.refused(NotAuthorised, by, Withdraw(item=objection, seat=seat))
    for by in ("preparer", "coordinator", "owner", "administrator", "outsider", "clock"):
        story.refused(NotAuthorised, by, Withdraw(item=objection, seat="t1"))
    assert status(story, objection) is ObjectionStatus.OPEN


def test_a_stance_of_ones_own_that_no_longer_objects_withdraws_ones_objection():
    story = at_round()
    objection = story.objects("t1")
    story.accept("t1")
    assert status(story, objection) is ObjectionStatus.WITHDRAWN


def test_a_deputys_stance_does_not_withdraw_the_holders_objection():
    story = at_round()
    objection = story.objects("t1")
    story.is_away("teacher-1")
    story.says("t1", ACCEPT, by=deputy("t1"))
    assert status(story, objection) is ObjectionStatus.OPEN
    story.refused(NotAuthorised, deputy("t1"), Withdraw(item=objection, seat="t1"))
    story.does("teacher-1", Withdraw(item=objection, seat="t1"))
    assert status(story, objection) is ObjectionStatus.WITHDRAWN


def test_a_holders_stance_does_not_withdraw_the_deputys_objection():
    story = at_round()
    story.is_away("teacher-1")
    objection = story.says("t1", OBJECT, by=deputy("t1"))
    story.is_back("teacher-1")
    story.accept("t1")
    assert status(story, objection) is ObjectionStatus.OPEN
    story.does(deputy("t1"), Withdraw(item=objection, seat="t1", then=ABSTAIN))
    assert status(story, objection) is ObjectionStatus.WITHDRAWN
    assert story.round().stances["t1"].kind is ACCEPT  # the holder's own word stands


def test_taking_a_stance_back_does_not_withdraw_what_somebody_else_had_raised():
    story = at_round()
    story.is_away("teacher-1")
    objection = story.says("t1", OBJECT, by=deputy("t1"))
    story.does("teacher-1", Retract(what="stance", phase="image", seat="t1"))
    assert status(story, objection) is ObjectionStatus.OPEN
    story.does(deputy("t1"), Withdraw(item=objection, seat="t1"))
    assert status(story, objection) is ObjectionStatus.WITHDRAWN
    assert "t1" not in story.round().stances


def test_a_submission_with_an_open_objection_is_not_taken_back():
    story = at_round()
    story.is_away("teacher-1")
    story.says("t1", OBJECT, by=deputy("t1"))
    story.does("teacher-1", Retract(what="stance", phase="image", seat="t1"))
    story.refused(Refused, "owner", Retract(what="submission", phase="image"))


@pytest.mark.parametrize("then", [ACCEPT, ABSTAIN, StanceKind.NOT_READ])
def test_whoever_withdraws_says_what_stands_thereafter(then):
    story = at_round()
    objection = story.objects("t1")
    story.does("teacher-1", Withdraw(item=objection, seat="t1", then=then))
    assert story.round().stances["t1"].kind is then


def test_withdrawing_is_no_way_to_object_anew():
    story = at_round()
    objection = story.objects("t1")
    for then in (OBJECT, OFFER, StanceKind.DISQUALIFIED):
        story.refused(NotValid, "teacher-1", Withdraw(item=objection, seat="t1", then=then))


def test_who_withdraws_over_what_the_page_shows_accepts_that_and_is_asked_no_more():
    story = at_round()
    objection = story.objects("t1")
    before = story.seen("image")
    story.revises("image", vision="The school stays.")
    story.refused(Overtaken, "teacher-1", Withdraw(item=objection, seat="t1", seen=before))
    assert status(story, objection) is ObjectionStatus.OPEN
    story.does("teacher-1", Withdraw(item=objection, seat="t1", seen=story.seen("image")))
    accepted = current(story.round(), "t1")
    assert accepted is not None and accepted.kind is ACCEPT


def test_withdrawing_over_versions_that_have_changed_does_not_accept_them_unread():
    story = at_round()
    objection = story.objects("t1")
    story.revises("image", vision="other words")
    story.does("teacher-1", Withdraw(item=objection, seat="t1"))
    assert current(story.round(), "t1") is None


def test_a_withdrawn_objection_is_not_withdrawn_again():
    story = at_round()
    objection = story.objects("t1")
    story.does("teacher-1", Withdraw(item=objection, seat="t1"))
    story.refused(Refused, "teacher-1", Withdraw(item=objection, seat="t1"))
    story.refused(NotFound, "teacher-1", Withdraw(item="o99", seat="t1"))


def test_the_objection_of_a_seat_that_left_stays_open_and_its_maker_may_still_withdraw_it():
    story = at_round()
    objection = story.objects("t3")
    story.accept("t1", "t2")
    story.does("directory", LeaveRound(seat="t3", reason="the term ended"))
    story.refused(ObjectionsOpen, "preparer", story.passing("image"))
    story.does("teacher-3", Withdraw(item=objection, seat="t3"))
    story.passes("image")


# --- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", list(AnswerResult))
def test_an_answered_objection_stays_open(result):
    story = at_round()
    objection = story.objects("t1")
    story.does("preparer", answer(objection, result))
    assert status(story, objection) is ObjectionStatus.OPEN
    assert story.process.objections[objection].result is result


def keeps(story: Story, seat: str) -> Confirm:
    return Confirm(phase="image", seat=seat, seen=story.seen("image"))


def asked(story: Story) -> set[str]:
    found = duties(story.process, story.definition, story.world().calendar)
    return {str(duty.seat) for duty in found.values() if duty.kind is DutyKind.REPLY}


def test_who_objected_is_asked_whether_the_answer_suffices_and_may_keep_the_objection():
    story = at_round()
    objection = story.objects("t1")
    story.does("teacher-2", CoSign(item=objection, seat="t2"))
    assert asked(story) == set()
    story.refused(NotValid, "teacher-1", keeps(story, "t1"))
    story.does("preparer", answer(objection))
    assert asked(story) == {"t1", "t2"}
    story.does("teacher-1", keeps(story, "t1"))
    assert asked(story) == {"t2"}
    assert status(story, objection) is ObjectionStatus.OPEN
    story.refused(NotValid, "teacher-1", keeps(story, "t1"))
    story.does("teacher-2", Withdraw(item=objection, seat="t2"))
    assert asked(story) == set()
    story.does("preparer", answer(objection))
    assert asked(story) == {"t1"}  # another answer is asked about anew


def test_nobody_is_asked_who_has_said_something_else_since_or_joined_after_the_answer():
    story = at_round()
    objection = story.objects("t1")
    story.does("preparer", answer(objection))
    story.does("teacher-2", CoSign(item=objection, seat="t2"))
    assert asked(story) == {"t1"}
    story.is_away("teacher-1")
    story.says("t1", ACCEPT, by=deputy("t1"))
    assert asked(story) == set()
    story.does("preparer", answer(objection))
    assert asked(story) == {"t2"}  # in the other seat the deputy has spoken


def test_a_stance_at_another_checkpoint_says_nothing_of_the_answer():
    story = Story(DIAMOND)
    story.goes_through("image")
    for phase in ("school", "streets"):
        story.comes_to_checkpoint(phase)
    raised = story.objects("t1", at="school")
    story.does("preparer", answer(raised))
    story.accept("t1", at="streets")
    assert asked(story) == {"t1"}
    story.accept("t1", at="school")
    assert asked(story) == set()


def test_what_is_carried_or_recorded_is_not_asked_about():
    story = at_round()
    first, second = story.objects("t1"), story.objects("t2")
    for objection in (first, second):
        story.does("preparer", answer(objection))
    story.does("preparer", RecordDissent(objection=first, reason="Both cannot be."))
    assert asked(story) == {"t2"}


def test_preparer_owner_and_coordinator_answer_and_members_do_not():
    story = at_round()
    objection = story.objects("t1")
    for by in ("preparer", "owner", "coordinator"):
        story.does(by, answer(objection))
    for by in ("teacher-1", "teacher-2", "assessor", "outsider"):
        story.refused(NotAuthorised, by, answer(objection))


def test_a_withdrawn_objection_needs_no_answer():
    story = at_round()
    objection = story.objects("t1")
    story.accept("t1")
    story.refused(Refused, "preparer", answer(objection))


ANSWERED = [{"id": "answered", "text": {"fi": "Vastattu"}, "computed": "objections-answered"}]


def test_an_objection_that_went_back_with_its_round_can_still_be_answered():
    story = at_round(criteria=ANSWERED)
    objection = story.objects("t1")
    story.returns("image")
    assert status(story, objection) is ObjectionStatus.RETURNED
    story.does("preparer", answer(objection, AnswerResult.CHANGED))
    story.submits("image")
    story.accept("t1", "t2", "t3")
    assert story.passes("image").criteria == {"answered": True}


def test_an_objection_recorded_as_dissent_has_its_answer_in_the_written_reason():
    story = at_round(criteria=ANSWERED)
    objection = story.objects("t3")
    story.accept("t1", "t2")
    story.does("preparer", RecordDissent(objection=objection, reason="The vote was clear."))
    story.refused(Refused, "preparer", answer(objection))
    story.passes("image")


# --- joining ------------------------------------------------------------------------------------------------------


def test_others_join_an_objection_with_their_own_objecting_stance():
    story = at_round()
    objection = story.objects("t1")
    (taken,) = story.does("teacher-2", CoSign(item=objection, seat="t2"))  # and no signature by name
    assert (taken.kind, taken.objection) == (OBJECT, objection)
    assert story.stands("teachers").object == 2
    assert set(story.process.objections[objection].makers) == {"t1", "t2"}
    assert len(story.process.objections) == 1


def test_a_joined_objection_is_open_until_all_its_makers_have_withdrawn():
    story = at_round()
    objection = story.objects("t1")
    story.does("teacher-2", CoSign(item=objection, seat="t2"))
    story.accept("t1")
    assert status(story, objection) is ObjectionStatus.OPEN
    story.does("teacher-2", Withdraw(item=objection, seat="t2"))
    assert status(story, objection) is ObjectionStatus.WITHDRAWN


def test_a_joined_objection_ends_with_the_last_of_its_makers():
    story = at_round()
    objection = story.objects("t1")
    story.does("teacher-2", CoSign(item=objection, seat="t2"))
    ended = [story.does(holder(s), Withdraw(item=objection, seat=s))[0].ended for s in ("t1", "t2")]
    assert ended == [False, True]


def test_a_co_signer_of_another_group_blocks_in_that_group_too():
    story = at_round(*TEACHERS_AND_BUILDERS)
    objection = story.objects("t1")
    story.does("builder-1", CoSign(item=objection, seat="b1"))
    assert story.stands("builders").open_objections == (objection,)
    story.accept("t1", "t2")
    assert story.stands("teachers").open_objections == ()
    story.accept("b2")
    story.refused(ObjectionsOpen, "preparer", story.passing("image"))


def test_whoever_joins_an_offered_condition_offers_it_too():
    story = at_round(group("teachers", "all"))
    offer = story.says("t1", OFFER)
    story.does("teacher-2", CoSign(item=offer, seat="t2"))
    story.accept("t3")
    assert story.stands("teachers").accept == 1
    due = story.world().today.replace(month=6)
    story.does("preparer", CarryAsCondition(objection=offer, owner="owner", due=due))
    assert story.stands("teachers").met


def test_joining_takes_the_place_of_an_objection_of_ones_own():
    story = at_round()
    own = story.objects("t2", "I have another reason.")
    objection = story.objects("t1")
    story.does("teacher-2", CoSign(item=objection, seat="t2"))
    assert status(story, own) is ObjectionStatus.WITHDRAWN
    assert set(story.process.objections[objection].makers) == {"t1", "t2"}


def test_a_maker_signs_by_name_and_is_not_replaced_by_a_deputy():
    story = at_round()
    objection = story.objects("t1")
    story.does("teacher-1", CoSign(item=objection, seat="t1", name="the teacher of the north"))
    assert story.process.objections[objection].makers["t1"].name.startswith("c1:")
    story.is_away("teacher-1")
    story.refused(NotAuthorised, deputy("t1"), CoSign(item=objection, seat="t1", name="the deputy"))
    assert story.process.objections[objection].makers["t1"].person == "teacher-1"


def test_only_an_open_objection_is_joined():
    story = at_round()
    objection = story.objects("t1")
    story.accept("t1")
    story.refused(Refused, "teacher-2", CoSign(item=objection, seat="t2"))
    story.refused(NotFound, "teacher-2", CoSign(item="o99", seat="t2"))


def test_nobody_joins_for_a_seat_that_is_not_theirs():
    story = at_round(*TEACHERS_AND_BUILDERS)
    objection = story.objects("t1")
    story.refused(NotAuthorised, "teacher-2", CoSign(item=objection, seat="t3"))
    story.refused(Refused, deputy("t2"), CoSign(item=objection, seat="t2"))
    story.refused(NotAuthorised, "builder-1", CoSign(item=objection, seat="t2"))


# --- across revisions and rounds ----------------------------------------------------------------------------------


def test_an_objection_stays_open_over_a_revision():
    story = at_round()
    objection = story.objects("t1")
    story.revises("image", vision="other words")
    assert status(story, objection) is ObjectionStatus.OPEN


def test_objecting_anew_takes_the_place_of_the_earlier_objection():
    story = at_round()
    first = story.objects("t1", "It is too hasty.")
    second = story.objects("t1", "It is too dear.")
    assert first != second
    assert (status(story, first), status(story, second)) == (ObjectionStatus.WITHDRAWN, ObjectionStatus.OPEN)


def test_in_a_new_round_an_old_objection_blocks_nothing_by_itself():
    story = at_round()
    objection = story.objects("t1")
    story.returns("image")
    story.submits("image")
    story.refused(Refused, "teacher-1", Withdraw(item=objection, seat="t1"))
    story.accept(*story.round().seats)
    story.passes("image")


def test_objections_are_numbered_on_through_the_whole_process():
    story = Story()
    story.comes_to_checkpoint("image")
    first = story.objects("n3")
    story.accept("t1", "t2", "n1", "n2")
    story.passes("image")
    story.comes_to_checkpoint("need")
    assert (first, story.objects("n3")) == ("o1", "o2")


def test_a_passed_phase_keeps_its_objections_in_the_package_alone():
    story = Story()
    story.comes_to_checkpoint("image")
    objection = story.objects("n3")
    story.accept("t1", "t2", "n1", "n2")
    event = story.passes("image")
    assert story.process.objections == {}
    assert f'"{objection}":' in story.packages[event.package]
    assert holder("n3") not in story.packages[event.package]
