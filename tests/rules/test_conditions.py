"""Conditions: what an owner must do by a date, carried from an objection or an offer, due at a checkpoint."""

import datetime as dt
import json

import pytest
from rulebook import OFFER, Story, at_round
from small_town import SMALL

from models.commands import Amend, CarryAsCondition, Extend, FulfilCondition
from models.errors import CriteriaUnmet, NotAuthorised, NotFound, NotValid, Refused
from models.words import ObjectionStatus, RoundEnding

JUNE = dt.date(2027, 6, 1)


def carried(objection: str, due: dt.date = JUNE, **more: object) -> CarryAsCondition:
    return CarryAsCondition.model_validate({"objection": objection, "owner": "assessor", "due": due, **more})


def with_condition(**more: object) -> Story:
    """The first round, accepted by all; one teacher's objection is carried as the condition "c1"."""
    story = Story(SMALL)
    story.comes_to_checkpoint("image")
    story.accept("t1", "t2", "n1", "n2")
    story.does("preparer", carried(story.objects("t3"), **more))
    return story


DONE = FulfilCondition(condition="c1", how="The timetable was published.")


# --- adopting -----------------------------------------------------------------------------------------------------


def test_an_objection_carried_as_a_condition_with_owner_and_date_no_longer_blocks():
    story = with_condition()
    assert story.process.objections["o1"].status is ObjectionStatus.CARRIED
    condition = story.process.conditions["c1"]
    assert (condition.owner, condition.due, condition.phase) == ("assessor", JUNE, "image")
    story.passes("image")


def test_a_condition_offered_with_an_acceptance_is_an_objection_until_the_preparer_adopts_it():
    story = at_round()
    offer = story.says("t1", OFFER, "The library keeps its evening hours.")
    assert story.stands("teachers").open_objections == (offer,)
    story.does("preparer", carried(offer))
    assert story.stands("teachers").open_objections == ()
    assert story.stands("teachers").accept == 1


def test_a_condition_keeps_the_objections_words_unless_it_has_its_own():
    story = with_condition()
    assert story.process.conditions["c1"].text == story.process.objections["o1"].text
    story.does("preparer", carried(story.objects("n3"), text="The school bus runs at seven."))
    assert story.process.conditions["c2"].text != story.process.objections["o2"].text


def test_only_the_preparer_carries_an_objection():
    story = at_round()
    objection = story.objects("t1")
    for by in ("coordinator", "owner", "teacher-1", "outsider", "clock"):
        story.refused(NotAuthorised, by, carried(objection))


def test_a_condition_has_an_active_owner_and_a_date_to_come():
    story = at_round()
    objection = story.objects("t1")
    story.refused(NotFound, "preparer", carried(objection, owner="a stranger"))
    story.refused(NotValid, "preparer", carried(objection, due=story.world().today))


@pytest.mark.parametrize("checkpoint", ["image", "need"])
def test_a_condition_is_due_at_a_later_checkpoint(checkpoint):
    story = Story(SMALL)
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    objection = story.objects("t1")
    story.refused(NotValid, "preparer", carried(objection, checkpoint=checkpoint))
    story.refused(NotFound, "preparer", carried(objection, checkpoint="garden"))
    story.does("preparer", carried(objection, checkpoint="method"))


def test_a_settled_objection_is_not_carried():
    story = with_condition()
    story.refused(Refused, "preparer", carried("o1"))


# --- passing with conditions --------------------------------------------------------------------------------------


def test_a_phase_passes_with_conditions_where_one_was_adopted():
    assert with_condition().passes("image").outcome is RoundEnding.PASSED_WITH_CONDITIONS


def test_a_phase_simply_passes_where_none_was_adopted_or_it_is_done():
    story = Story(SMALL)
    story.comes_to_checkpoint("image")
    story.accept("t1", "t2", "n1", "n2")
    assert story.passes("image").outcome is RoundEnding.PASSED
    story = with_condition()
    story.does("assessor", DONE)
    assert story.passes("image").outcome is RoundEnding.PASSED


def test_open_conditions_follow_into_later_packages_and_the_implementation():
    story = with_condition()
    story.passes("image")
    story.goes_through("need", "method")
    package = story.process.phases["method"].package
    assert "c1" in json.loads(story.packages[package])["conditions"]
    assert "c1" in story.process.conditions


# --- due at a checkpoint ------------------------------------------------------------------------------------------


def at_need(**condition: object) -> Story:
    """The condition was adopted at the first checkpoint; the second round is accepted by all."""
    story = with_condition(**condition)
    story.passes("image")
    story.comes_to_checkpoint("need")
    story.accept("t1", "t2", "n1", "n2")
    return story


def test_an_open_condition_due_by_a_checkpoint_is_a_must_there():
    story = at_need(checkpoint="need")
    assert "c1" in str(story.refused(CriteriaUnmet, "preparer", story.passing("need")))
    story.does("assessor", DONE)
    story.passes("need")


def test_a_condition_due_at_a_later_checkpoint_waits_for_it():
    story = at_need(checkpoint="method")
    story.passes("need")
    story.comes_to_checkpoint("method")
    story.accept("t1", "t2", "n1", "n2")
    story.refused(CriteriaUnmet, "preparer", story.passing("method"))


def test_a_condition_whose_day_has_come_is_a_must_at_the_next_checkpoint():
    story = at_need(due=dt.date(2027, 2, 10))
    story.passes("need")
    story = at_need(due=dt.date(2027, 2, 10))
    story.now = dt.datetime(2027, 2, 9, 22, 30, tzinfo=dt.UTC)  # half past midnight in Helsinki, on the 10th
    story.refused(CriteriaUnmet, "preparer", story.passing("need"))


def test_the_preparer_may_waive_a_condition_that_is_due_with_a_written_reason():
    story = at_need(checkpoint="need")
    event = story.passes("need", c1="The land was sold meanwhile.")
    assert event.waived["c1"].startswith("c1:")
    assert "c1" in story.process.conditions  # it is still to be done


def test_a_condition_that_is_not_due_is_not_waived():
    story = at_need(checkpoint="method")
    story.refused(NotValid, "preparer", story.passing("need", c1="To be sure."))


# --- doing it -----------------------------------------------------------------------------------------------------


def test_its_owner_or_the_coordinator_states_that_a_condition_is_done():
    for by in ("assessor", "coordinator"):
        story = with_condition()
        story.does(by, DONE)
        assert story.process.conditions == {}
        story.refused(NotFound, "coordinator", DONE)
    story = with_condition()
    for by in ("preparer", "owner", "teacher-3", "outsider"):
        story.refused(NotAuthorised, by, DONE)


def test_a_conditions_date_is_moved_like_any_other():
    story = with_condition()
    later = JUNE + dt.timedelta(days=14)
    story.does("coordinator", Extend(date="condition:c1", to=later, reason="The budget came late."))
    assert story.process.conditions["c1"].due == later


def test_conditions_survive_returning_and_the_removal_of_their_group():
    story = with_condition(checkpoint="need")
    story.returns("image")
    change = {"change": "remove_group", "phase": "image", "group": "teachers"}
    story.does("coordinator", Amend(change=change, reason="The group is no more."))
    assert "c1" in story.process.conditions
    story.submits("image")
    story.accept("n1", "n2")
    assert story.passes("image").outcome is RoundEnding.PASSED_WITH_CONDITIONS
