"""Taking a stance: whose, over which versions, by whom, and disqualification."""

import pytest
from rulebook import ABSTAIN, ACCEPT, NOT_READ, OBJECT, OFFER, OUT, Story, at_round
from small_town import deputy, group, holder, one_round

from models.commands import Confirm, CoSign, LeaveRound, Retract
from models.errors import CheckpointNotOpen, NotAuthorised, NotFound, NotValid, Overtaken, Refused
from models.events import Actor, StanceTaken
from models.rounds import counts, current
from models.words import ObjectionStatus, StanceWay

TWO_OUTPUTS = ("vision", "figures")


def current_kind(story: Story, seat: str) -> str | None:
    stance = current(story.round(), seat)
    return stance.kind.value if stance else None


# --- taking one ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ACCEPT, OFFER, OBJECT, ABSTAIN, NOT_READ])
def test_a_stance_is_what_one_seat_says_in_a_round(kind):
    story = at_round()
    story.says("t1", kind)
    assert current_kind(story, "t1") == kind
    assert story.round().stances["t1"].way is StanceWay.OWN


def test_a_stance_is_taken_only_while_a_round_is_open():
    story = at_round()
    command = story.stance("t1", ACCEPT)
    story.returns("image")
    story.refused(CheckpointNotOpen, "teacher-1", command)


def test_a_later_stance_replaces_the_earlier_one():
    story = at_round()
    story.says("t1", ABSTAIN)
    story.accept("t1")
    assert current_kind(story, "t1") == "accept"


def test_an_objection_needs_its_reason_and_an_offered_condition_its_words():
    story = at_round()
    for kind in (OBJECT, OFFER):
        story.refused(NotValid, "teacher-1", story.stance("t1", kind).model_copy(update={"reason": None}))


def test_a_stance_on_versions_that_have_changed_since_is_overtaken():
    story = at_round()
    before = story.stance("t1", ACCEPT)
    story.revises("image", vision="other words")
    assert "versions" in str(story.refused(Overtaken, "teacher-1", before))
    story.returns("image")
    story.submits("image")
    story.refused(Overtaken, "teacher-1", before)


def test_stances_of_others_overtake_nobody():
    story = at_round()
    commands = {seat: story.stance(seat, ACCEPT) for seat in story.round().seats}
    for seat, command in commands.items():
        story.does(holder(seat), command)
    assert story.stands("teachers").accept == 3


# --- whose --------------------------------------------------------------------------------------------------------


def test_nobody_speaks_for_a_seat_that_is_not_theirs():
    story = at_round(group("teachers"), group("neighbours"))
    for by in ("teacher-2", "neighbour-1", deputy("t2"), deputy("n1")):
        story.refused(NotAuthorised, by, story.stance("t1", ACCEPT))
    for by in ("coordinator", "preparer", "owner", "administrator", "outsider", "clock"):
        story.refused(NotAuthorised, by, story.stance("t1", ACCEPT))


def test_a_seat_that_is_not_in_the_round_takes_no_stance():
    story = at_round(group("teachers"))
    command = story.stance("t1", ACCEPT).model_copy(update={"seat": "n1"})
    story.refused(NotFound, "neighbour-1", command)


def test_a_deputy_acts_when_the_holder_is_away_and_not_before():
    story = at_round()
    story.refused(Refused, deputy("t1"), story.stance("t1", ACCEPT))
    story.is_away("teacher-1")
    story.says("t1", ACCEPT, by=deputy("t1"))
    assert story.round().stances["t1"].by == deputy("t1")
    story.is_back("teacher-1")
    story.refused(Refused, deputy("t1"), story.stance("t1", ABSTAIN))


def test_the_holder_who_is_back_may_replace_what_the_deputy_said():
    story = at_round()
    story.is_away("teacher-1")
    story.says("t1", ABSTAIN, by=deputy("t1"))
    story.is_back("teacher-1")
    story.accept("t1")
    assert story.round().stances["t1"].by == "teacher-1"


def test_a_person_with_several_seats_speaks_for_each_on_its_own():
    story = Story()
    seats = dict(story.directory.seats)
    seats["n1"] = seats["n1"].model_copy(update={"person": "teacher-1"})
    story.changes(seats=seats)
    story.comes_to_checkpoint("image")
    story.says("t1", ACCEPT, by="teacher-1")
    assert story.round().stances.keys() == {"t1"}
    story.says("n1", OBJECT, by="teacher-1")
    assert (story.stands("teachers").accept, story.stands("neighbours").object) == (1, 1)


def test_a_stand_in_for_an_employee_does_not_speak_for_the_employees_seat():
    story = at_round()
    story.is_away("teacher-1", stand_in="stand-in")
    story.refused(NotAuthorised, "stand-in", story.stance("t1", ACCEPT))


# --- disqualification ---------------------------------------------------------------------------------------------


def test_nobody_in_a_round_says_that_they_act_for_somebody_whom_they_do_not_stand_in_for():
    """What the record says of who acted for whom is true (models/rights.py)."""
    story = at_round()
    story.refused(NotAuthorised, Actor(person="teacher-1", for_whom="owner"), story.stance("t1", ACCEPT))


def test_whoever_has_two_seats_acts_in_one_of_them_for_that_one():
    """The record says in which seat somebody acted (models/rights.py)."""
    story = Story(one_round(group("teachers"), group("builders")))
    both = story.directory.seats["b1"].model_copy(update={"person": "teacher-1"})
    story.changes(seats={**story.directory.seats, "b1": both})
    story.comes_to_checkpoint("image")
    story.refused(NotAuthorised, Actor(person="teacher-1", seat="t1"), story.stance("b1", ACCEPT))
    story.does(Actor(person="teacher-1", seat="b1"), story.stance("b1", ACCEPT))


def test_a_seat_that_is_waited_for_is_one_of_the_denominators():
    """design.md, 4: a disqualified holder's seat counts if its deputy takes a stance; one that ended leaves."""
    story = at_round(group("teachers"))

    def in_both() -> set[str]:
        found = {seat for seat in story.round().seats if counts(story.round(), seat)}
        assert len(found) == story.stands("teachers").seats
        return found

    assert in_both() == {"t1", "t2", "t3"}
    story.says("t1", OUT)
    assert in_both() == {"t2", "t3"}
    story.says("t1", ACCEPT, by=deputy("t1"))
    assert in_both() == {"t1", "t2", "t3"}
    story.does("directory", LeaveRound(seat="t2", reason="the term ended"))
    assert in_both() == {"t1", "t3"}


def test_a_seat_that_ends_leaves_where_it_sits_and_once():
    """design.md, 4: a seat that ends in mid-round leaves, with the reason."""
    story = at_round(group("teachers"))
    assert story.does("directory", LeaveRound(seat="b1", reason="the term ended")) == []
    assert len(story.does("directory", LeaveRound(seat="t1", reason="the term ended"))) == 1
    assert story.does("directory", LeaveRound(seat="t1", reason="the term ended")) == []
    assert [seat for seat, held in story.round().seats.items() if held.left] == ["t1"]


def test_the_ground_of_a_disqualification_is_the_holders_own_words():
    story = at_round()
    story.says("t1", OUT, ground="Hallintolaki 28 §: my sister is the headmistress")
    taken = story.record[-1].event
    assert isinstance(taken, StanceTaken)
    assert taken.ground and taken.ground.startswith("c1:")


def test_a_disqualified_seat_leaves_every_denominator():
    story = at_round()
    story.says("t1", OUT, ground="Hallintolaki 28 § 1 mom. 5 kohta")
    standing = story.stands("teachers")
    assert (standing.seats, standing.silent, standing.disqualified) == (2, 2, 1)


def test_only_the_holder_says_that_they_are_disqualified():
    story = at_round()
    story.is_away("teacher-1")
    story.refused(NotValid, deputy("t1"), story.stance("t1", OUT))


def test_a_disqualified_holders_seat_counts_if_its_deputy_takes_a_stance():
    story = at_round()
    story.says("t1", OUT)
    story.says("t1", ACCEPT, by=deputy("t1"))
    standing = story.stands("teachers")
    assert (standing.seats, standing.accept) == (3, 1)


def test_a_disqualified_holder_takes_no_part_in_any_way():
    story = at_round(group("teachers"))
    story.accept("t1", "t3")
    objection = story.objects("t2")
    story.returns("image")
    story.submits("image")
    objection = story.objects("t2")
    story.says("t1", OUT)
    story.refused(Refused, "teacher-1", story.stance("t1", ACCEPT))
    story.refused(Refused, "teacher-1", Confirm(phase="image", seat="t1", seen=story.seen("image")))
    story.refused(Refused, "teacher-1", CoSign(item=objection, seat="t1"))


def test_a_disqualified_holder_does_not_take_back_what_the_deputy_said():
    story = at_round()
    story.says("t1", OUT)
    story.says("t1", ACCEPT, by=deputy("t1"))
    story.does("teacher-1", Retract(what="stance", phase="image", seat="t1"))
    assert "t1" not in story.round().disqualified  # the disqualification was a mistake and is taken back
    assert story.round().stances["t1"].by == deputy("t1")


def test_a_disqualification_leaves_standing_what_the_deputy_had_said():
    story = at_round()
    story.is_away("teacher-1")
    story.says("t1", ACCEPT, by=deputy("t1"))
    story.is_back("teacher-1")
    story.says("t1", OUT)
    assert current_kind(story, "t1") == "accept"


def test_what_a_disqualified_holder_had_said_lapses():
    story = at_round()
    objection = story.objects("t1")
    story.says("t1", OUT)
    assert story.process.objections[objection].status is ObjectionStatus.LAPSED
    assert current_kind(story, "t1") is None


def test_a_disqualification_by_mistake_is_taken_back():
    story = at_round()
    story.says("t1", OUT)
    story.does("teacher-1", Retract(what="stance", phase="image", seat="t1"))
    story.accept("t1")
    assert story.stands("teachers").seats == 3


def test_a_disqualification_for_one_output_leaves_the_seat_its_stance_on_the_others():
    story = at_round(group("teachers"), outputs=TWO_OUTPUTS)
    story.says("t1", OUT, outputs=("figures",))
    story.accept("t1")
    story.refused(Refused, deputy("t1"), story.stance("t1", ACCEPT))  # the holder is there and speaks
    story.revises("image", figures="other figures")
    assert current_kind(story, "t1") == "accept"
    story.revises("image", vision="other words")
    assert current_kind(story, "t1") is None


def test_disqualifications_for_outputs_add_up():
    story = at_round(group("teachers"), outputs=TWO_OUTPUTS)
    story.accept("t1")
    story.says("t1", OUT, outputs=("figures",))
    assert current_kind(story, "t1") == "accept"
    story.says("t1", OUT, outputs=("vision",))
    assert current_kind(story, "t1") is None
    assert story.stands("teachers").seats == 2
    story.refused(Refused, "teacher-1", story.stance("t1", ACCEPT))


def test_a_deputys_stance_covers_also_what_the_holder_is_disqualified_for():
    story = at_round(group("teachers"), outputs=TWO_OUTPUTS)
    story.says("t1", OUT, outputs=("figures",))
    story.is_away("teacher-1")
    story.says("t1", ACCEPT, by=deputy("t1"))
    story.revises("image", figures="other figures")
    assert current_kind(story, "t1") is None


def test_a_deputy_of_a_holder_who_is_out_of_everything_covers_everything():
    story = at_round(group("teachers"), outputs=TWO_OUTPUTS)
    story.says("t1", OUT, outputs=TWO_OUTPUTS)
    story.says("t1", ACCEPT, by=deputy("t1"))
    story.revises("image", figures="other figures")
    assert current_kind(story, "t1") is None


def test_an_objection_goes_with_the_stance_when_its_maker_is_disqualified_for_an_output():
    story = at_round(group("teachers"), outputs=TWO_OUTPUTS)
    objection = story.objects("t1", "The figures would close my brother's firm.")
    story.says("t1", OUT, outputs=("figures",))
    assert story.process.objections[objection].status is ObjectionStatus.LAPSED
    assert current_kind(story, "t1") is None  # and is asked anew about the rest


def test_nobody_is_disqualified_for_an_output_the_seat_does_not_cover():
    story = at_round(group("teachers", covers=["vision"]), group("builders"), outputs=TWO_OUTPUTS)
    story.refused(NotFound, "teacher-1", story.stance("t1", OUT, outputs=("figures",)))


# --- taking back --------------------------------------------------------------------------------------------------


def test_a_stance_is_taken_back_while_the_round_is_open():
    story = at_round()
    objection = story.objects("t1")
    story.does("teacher-1", Retract(what="stance", phase="image", seat="t1"))
    assert current_kind(story, "t1") is None
    assert story.process.objections[objection].status is ObjectionStatus.WITHDRAWN
    story.refused(NotFound, "teacher-1", Retract(what="stance", phase="image", seat="t1"))


def test_nobody_takes_back_the_stance_of_another():
    story = at_round()
    story.accept("t1")
    for by in ("teacher-2", deputy("t1"), "coordinator", "owner", "preparer", "outsider"):
        story.refused(NotAuthorised, by, Retract(what="stance", phase="image", seat="t1"))


def test_a_deputy_takes_back_what_the_deputy_said_and_the_holder_may_too():
    for by in (deputy("t1"), "teacher-1"):
        story = at_round()
        story.is_away("teacher-1")
        story.says("t1", ABSTAIN, by=deputy("t1"))
        story.does(by, Retract(what="stance", phase="image", seat="t1"))
        assert current_kind(story, "t1") is None


def test_the_seat_that_one_acts_from_is_meant_where_none_is_named():
    story = at_round()
    story.accept("t1")
    story.does(Actor(person="teacher-1", seat="t1"), Retract(what="stance", phase="image"))
    assert current_kind(story, "t1") is None
    error = story.refused(NotFound, "teacher-1", Retract(what="stance", phase="image"))
    assert "seat in the round" in str(error)


def test_after_the_round_no_stance_is_taken_back():
    story = at_round()
    story.accept("t1", "t2")
    story.passes("image")
    story.refused(CheckpointNotOpen, "teacher-1", Retract(what="stance", phase="image", seat="t1"))
