"""How a group's stances add up: consent, majority, chair, all; quorum; and over groups all or n of m."""

import json
from typing import Any

import pytest
from rulebook import ABSTAIN, ACCEPT, NOT_READ, OBJECT, OFFER, OUT, Story, at_round
from small_town import deputy, group, holder, one_round

from models.canonical import canonical
from models.commands import CarryAsCondition, Confirm, CoSign, LeaveRound, RecordDissent, Withdraw
from models.errors import GroupsUnmet, NotValid, ObjectionsOpen
from models.events import Actor, read_event
from models.lifecycle import groups_to_waive
from models.package import package_body, standing_in
from models.papers.group_words import stale_then, verdict_then
from models.rounds import Standing, to_former_text
from models.world import checkpoint_of

SHORT = {"+": ACCEPT, "-": OBJECT, "?": OFFER, "0": ABSTAIN, "n": NOT_READ, "x": OUT}

TABLE = [
    # rule, quorum, stances of three seats ("." says nothing), met, and why
    ("consent", "1/2", "...", False),  # nobody has said anything
    ("consent", "1/2", "+..", False),  # one of three is less than half
    ("consent", "1/2", "+0.", True),  # abstentions count for the quorum
    ("consent", "1/2", "+n.", True),  # and those who have not read
    ("consent", "1/2", "00.", False),  # somebody must accept
    ("consent", "1/2", "++-", False),  # an objection is open
    ("consent", "1/2", "++?", False),  # an offered condition is an objection until it is adopted
    ("consent", "1/2", "+x.", True),  # one of the two that count is half
    ("consent", "1/2", "xxx", False),  # nobody is left
    ("consent", "1/1", "++.", False),  # all must have answered
    ("consent", "1/1", "+0n", True),
    ("consent", "1/1", "++x", True),  # the disqualified leaves the denominator
    ("consent", "2/3", "++.", True),  # exactly two thirds
    ("consent", "2", "+0.", True),  # a number of seats
    ("consent", "2", "+..", False),
    ("majority", "1/2", "++-", True),  # accepts over objections
    ("majority", "1/2", "+-.", False),  # a tie fails
    ("majority", "1/2", "+-0", False),  # abstaining does not break it
    ("majority", "1/2", "+-?", False),  # an offer not adopted stands against
    ("majority", "1/2", "+0n", True),
    ("majority", "1/2", "00n", False),  # none against none is a tie
    ("majority", "1/2", "+..", False),  # no quorum
    ("majority", "1/2", "+xx", True),  # one of one
    ("all", "1/2", "+++", True),
    ("all", "1/2", "++.", False),  # silence is no acceptance
    ("all", "1/2", "++0", False),  # nor is abstaining
    ("all", "1/2", "++-", False),
    ("all", "1/2", "++x", True),  # every seat that counts
    ("all", "1/2", "xxx", False),  # of nobody, nobody accepts
    ("chair", "1/2", "+--", True),  # the chair decides alone
    ("chair", "1/2", "-++", False),
    ("chair", "1/2", ".++", True),  # the vice-chair where the chair says nothing
    ("chair", "1/2", "x+.", True),  # and where the chair is disqualified
    ("chair", "1/2", "x-+", False),
    ("chair", "1/2", "..+", False),  # a member does not decide
    ("chair", "1/2", "xx+", False),
    ("chair", "1/2", "0+.", False),  # the chair has spoken: abstaining is no acceptance
]


@pytest.mark.parametrize(("rule", "quorum", "stances", "met"), TABLE)
def test_a_group_accepts_by_its_rule_and_quorum(rule, quorum, stances, met):
    story = at_round(group("teachers", rule, quorum))
    for seat, short in zip(("t1", "t2", "t3"), stances, strict=True):
        if short in SHORT:
            story.says(seat, SHORT[short])
    assert story.stands("teachers").met is met
    if met:
        story.passes("image")
    else:
        blocked = rule == "consent" and {"-", "?"} & set(stances)
        story.refused(ObjectionsOpen if blocked else GroupsUnmet, "preparer", story.passing("image"))


def test_a_quorum_counts_deputies_who_act_for_the_disqualified():
    story = at_round(group("teachers", "consent", "1/1"))
    story.accept("t1", "t2")
    story.says("t3", OUT)
    assert story.stands("teachers").quorum
    story.says("t3", ABSTAIN, by=deputy("t3"))
    standing = story.stands("teachers")
    assert (standing.seats, standing.quorum, standing.met) == (3, True, True)


def test_a_seat_that_left_counts_in_nothing():
    story = at_round(group("teachers", "all"))
    story.accept("t1", "t2")
    story.says("t3", ABSTAIN)
    assert not story.stands("teachers").met
    story.does("directory", LeaveRound(seat="t3", reason="the term ended"))
    standing = story.stands("teachers")
    assert (standing.seats, standing.abstain, standing.met) == (2, 0, True)


# --- the chair ----------------------------------------------------------------------------------------------------


def test_where_the_chair_decides_the_vice_chair_comes_before_the_chairs_deputy():
    story = at_round(group("teachers", "chair"))
    story.is_away("teacher-1")
    story.says("t1", ACCEPT, by=deputy("t1"))
    assert story.stands("teachers").met
    story.objects("t2")
    assert not story.stands("teachers").met
    story.is_back("teacher-1")
    story.accept("t1")
    assert story.stands("teachers").met


def test_where_the_chair_and_the_vice_chair_are_out_the_chairs_deputy_decides():
    story = at_round(group("teachers", "chair"))
    story.says("t1", OUT)
    story.says("t2", OUT)
    assert not story.stands("teachers").met
    story.says("t1", ACCEPT, by=deputy("t1"))
    assert story.stands("teachers").met


def test_where_the_chair_left_the_vice_chair_decides():
    story = at_round(group("teachers", "chair"))
    story.objects("t1")
    story.accept("t2")
    assert not story.stands("teachers").met
    story.does("directory", LeaveRound(seat="t1", reason="the term ended"))
    assert story.stands("teachers").met


# --- objections and rules -----------------------------------------------------------------------------------------


def test_a_stale_stance_counts_for_nothing_until_it_is_kept_or_given_anew():
    """design.md, 4: quorum are the seats with a current stance; a revision makes those stale that covered it."""
    story = at_round(group("teachers"))
    story.accept("t1", "t2", "t3")
    story.revises("image", vision="other words")
    stands = story.stands("teachers")
    assert (stands.accept, stands.silent, stands.quorum, stands.met) == (0, 3, False, False)
    story.refused(GroupsUnmet, "preparer", story.passing("image"))
    story.does(holder("t1"), Confirm(phase="image", seat="t1", seen=story.seen("image")))
    story.accept("t2")
    stands = story.stands("teachers")
    assert (stands.accept, stands.silent, stands.met) == (2, 1, True)


def test_who_objected_to_the_former_text_is_told_among_the_silent_while_the_objection_is_open():
    story = at_round(group("teachers"))
    story.accept("t1")
    objection = story.objects("t2")
    offer = story.says("t3", OFFER)
    assert not to_former_text(story.process, objection)
    story.revises("image", vision="other words")
    stands = story.stands("teachers")
    assert (stands.silent, stands.object, stands.object_stale, stands.offer_stale) == (3, 0, 1, 1)
    assert to_former_text(story.process, objection)
    story.does(holder("t2"), Confirm(phase="image", seat="t2", seen=story.seen("image")))
    story.does(holder("t3"), Withdraw(item=offer or "", seat="t3"))
    stands = story.stands("teachers")
    assert (stands.object, stands.object_stale, stands.offer_stale) == (1, 0, 0)
    assert not to_former_text(story.process, objection)


def test_a_stance_counts_on_when_only_what_its_group_does_not_cover_has_changed():
    story = at_round(group("teachers", covers=["vision"]), group("builders"), outputs=["vision", "figures"])
    story.accept("t1", "t2", "b1", "b2")
    story.revises("image", figures="other figures")
    assert (story.stands("teachers").accept, story.stands("builders").accept) == (2, 0)


def test_only_who_is_out_of_everything_the_group_covers_leaves_the_denominator():
    story = at_round(group("teachers"), outputs=["vision", "figures"])
    story.says("t1", OUT, outputs=("figures",))
    assert (story.stands("teachers").seats, story.stands("teachers").disqualified) == (3, 0)
    story.says("t1", OUT)
    assert (story.stands("teachers").seats, story.stands("teachers").disqualified) == (2, 1)


def test_all_of_one_is_that_one():
    story = Story(one_round(group("teachers", "all")))
    story.changes(seats={"t1": story.directory.seats["t1"]})
    story.comes_to_checkpoint("image")
    assert not story.stands("teachers").met
    story.accept("t1")
    assert story.stands("teachers").met


def test_where_the_chair_decides_there_is_a_quorum_when_the_chair_has_spoken():
    story = at_round(group("teachers", "chair"))
    story.accept("t3")
    assert not story.stands("teachers").quorum
    story.says("t1", ABSTAIN)
    assert (story.stands("teachers").quorum, story.stands("teachers").met) == (True, False)


def test_an_adopted_offer_stands_no_more_against_and_no_objection_is_settled_beside_an_open_one():
    story = at_round(group("teachers", quorum="1"))
    offer = story.says("t1", OFFER)
    later = story.world().today.replace(month=6)
    story.does("preparer", CarryAsCondition(objection=offer or "", owner="owner", due=later))
    assert (story.stands("teachers").accept, story.stands("teachers").object) == (1, 0)
    recorded, _ = story.objects("t2"), story.objects("t3")
    story.does("preparer", RecordDissent(objection=recorded, reason="Heard, not agreed."))
    assert story.stands("teachers").settled == ()


def test_an_adopted_condition_makes_the_offer_an_acceptance():
    story = at_round(group("teachers", "all"))
    story.accept("t1", "t2")
    offer = story.says("t3", OFFER)
    assert not story.stands("teachers").met
    due = story.world().today.replace(month=6)
    story.does("preparer", CarryAsCondition(objection=offer, owner="owner", due=due))
    assert story.stands("teachers").met


@pytest.mark.parametrize("rule", ["all", "majority"])
def test_an_offer_recorded_as_dissent_was_not_adopted_and_is_no_acceptance(rule):
    story = at_round(group("teachers", rule))
    story.accept("t1")
    offer = story.says("t2", OFFER)
    story.does("preparer", RecordDissent(objection=offer, reason="The money is not there."))
    standing = story.stands("teachers")
    assert (standing.accept, standing.object, standing.met) == (1, 1, False)


def test_under_majority_an_open_objection_does_not_block():
    story = at_round(group("teachers", "majority"))
    story.accept("t1", "t2")
    story.objects("t3")
    story.passes("image")


def test_under_consent_a_stale_objection_still_blocks():
    story = at_round(group("teachers"))
    objection = story.objects("t3")
    story.revises("image", vision="other words")
    story.accept("t1", "t2")
    story.refused(ObjectionsOpen, "preparer", story.passing("image"))
    story.does("teacher-3", Withdraw(item=objection, seat="t3"))
    story.passes("image")


# --- objections that were settled ---------------------------------------------------------------------------------


def settles(story: Story, objection: str, carried: bool) -> None:
    due = story.world().today.replace(month=6)
    carry = CarryAsCondition(objection=objection, owner="owner", due=due)
    story.does("preparer", carry if carried else RecordDissent(objection=objection, reason="Heard, not agreed."))


@pytest.mark.parametrize("carried", [True, False])
def test_a_group_whose_only_objection_was_settled_no_longer_blocks_though_it_does_not_accept(carried):
    story = at_round(group("teachers", quorum="1"), group("neighbours"))
    story.accept("n1", "n2")
    settles(story, story.objects("t1"), carried)
    assert not story.stands("teachers").met
    story.passes("image")
    told = json.loads(story.packages[story.process.phases["image"].package])["groups"]
    assert {one["group"]: one["met"] for one in told} == {"teachers": False, "neighbours": True}


def test_where_one_group_alone_is_asked_its_recorded_dissent_does_not_block_either():
    story = at_round(group("teachers", quorum="1"))
    settles(story, story.objects("t1"), carried=False)
    story.passes("image")


@pytest.mark.parametrize(("quorum", "also"), [("1/2", ()), ("1", ("t2",))])
def test_a_settled_objection_makes_no_quorum_and_leaves_others_open(quorum, also):
    story = at_round(group("teachers", quorum=quorum))
    settles(story, story.objects("t1"), carried=False)
    for seat in also:
        story.objects(seat)
    story.refused(ObjectionsOpen if also else GroupsUnmet, "preparer", story.passing("image"))


@pytest.mark.parametrize("rule", ["majority", "all", "chair"])
def test_only_under_consent_is_a_settled_objection_enough(rule):
    story = at_round(group("teachers", rule, "1"), group("neighbours"))
    story.accept("n1", "n2")
    settles(story, story.objects("t1"), carried=False)
    story.refused(GroupsUnmet, "preparer", story.passing("image"))


def test_a_group_that_no_longer_blocks_is_not_counted_among_those_that_accept():
    story = at_round(group("teachers", quorum="1"), *THREE[1:], at_least=2)
    settles(story, story.objects("t1"), carried=False)
    story.accept("n1", "n2")
    error = story.refused(GroupsUnmet, "preparer", story.passing("image"))
    assert error.facts["groups"] == "builders"
    story.accept("b1")
    story.passes("image")


@pytest.mark.parametrize("carried", [True, False])
@pytest.mark.parametrize("accepting", [(), ("t2",)])
def test_a_package_tells_how_a_group_stood_as_the_round_did(carried, accepting):
    story = at_round(group("teachers", quorum="1"), group("neighbours", "majority", "1"))
    story.accept("n1", "n2", *accepting)
    settles(story, story.objects("t1"), carried)
    before = {key: story.stands(key) for key in ("teachers", "neighbours")}
    assert before["teachers"].settled and not before["neighbours"].settled
    story.passes("image")
    package = json.loads(story.packages[story.process.phases["image"].package])
    for told in package["groups"]:
        stood, was = standing_in(package, told), before[told["group"]]
        assert stood._replace(settled_makers=was.settled_makers, acceptors=was.acceptors) == was


def format_1(package: dict[str, Any]) -> dict[str, Any]:
    """The package as releases before wrote it."""
    kept = [{key: one[key] for key in one if key not in ("settled", "silent_objections")} for one in package["groups"]]
    return package | {"format": 1, "groups": kept}


def told_of(story: Story, package: dict[str, Any] | None = None) -> dict[str, Standing]:
    package = package or json.loads(story.packages[story.process.phases["image"].package])
    return {told["group"]: standing_in(package, told) for told in package["groups"]}


@pytest.mark.parametrize("carried", [True, False])
def test_a_package_tells_of_an_objection_joined_from_another_group(carried):
    story = at_round(group("teachers", quorum="1"), group("builders", quorum="1"), group("neighbours"))
    story.accept("n1", "n2")
    objection = story.objects("t1")
    story.does("builder-1", CoSign(item=objection, seat="b1"))
    settles(story, objection, carried)
    was = story.stands("builders")
    assert was.settled == (objection,) and not was.met
    story.passes("image")
    assert told_of(story)["builders"].settled == (objection,)
    assert verdict_then(told_of(story)["builders"]).en == "Was not in favour, but no longer in the way"


def test_a_package_tells_of_no_objection_of_somebody_who_has_left():
    story = at_round(group("teachers", quorum="1"), group("neighbours"), at_least=1)
    story.accept("n1", "n2")
    settles(story, story.objects("t1"), carried=False)
    story.says("t2", ABSTAIN)
    story.does("clock", LeaveRound(seat="t1", reason="Moved away."))
    assert story.stands("teachers").settled == ()
    story.passes("image")
    package = json.loads(story.packages[story.process.phases["image"].package])
    assert told_of(story)["teachers"].settled == ()
    assert told_of(story, format_1(package))["teachers"].settled, "a former package could not tell"


def test_a_package_tells_what_the_silent_objected_to_a_former_text():
    story = at_round(group("teachers", quorum="1"), group("neighbours"))
    objection = story.objects("t3")
    story.revises("image", vision="other words")
    settles(story, objection, carried=False)
    story.accept("n1", "n2", "t1")
    assert story.stands("teachers").object_stale == 0
    story.passes("image")
    told = told_of(story)["teachers"]
    assert (told.silent, told.object, told.silent_objections) == (2, 0, (objection,))
    package = json.loads(story.packages[story.process.phases["image"].package])
    assert stale_then(package, told, "en") == [
        (1, "objected to the former text, with no answer to the new one: recorded as dissent")
    ]
    assert stale_then(format_1(package), told_of(story, format_1(package))["teachers"], "en") == []


def test_a_package_of_a_former_release_is_built_as_it_was():
    story = at_round(group("teachers", quorum="1"))
    settles(story, story.objects("t1"), carried=False)
    before, by = story.process, Actor(person="preparer")
    event = story.passes("image")
    fields = json.loads(canonical(event))
    del fields["format"]
    former = read_event("CheckpointPassed", 1, fields)
    now = json.loads(package_body(before, event, by, story.now))
    assert json.loads(package_body(before, former.model_copy(update={"package": ""}), by, story.now)) == format_1(now)


# --- over groups --------------------------------------------------------------------------------------------------

THREE = (group("teachers"), group("neighbours", "majority"), group("builders", "chair"))
FIRST = {"teachers": ("t1", "t2"), "neighbours": ("n1", "n2"), "builders": ("b1",)}


@pytest.mark.parametrize(
    ("at_least", "accepting", "passes"),
    [
        (None, ("teachers", "neighbours", "builders"), True),
        (None, ("teachers", "neighbours"), False),  # all by default
        (2, ("teachers", "neighbours"), True),
        (2, ("builders", "neighbours"), True),
        (2, ("teachers",), False),
        (1, ("builders",), True),
        (1, (), False),
    ],
)
def test_over_groups_all_or_n_of_m_accept(at_least, accepting, passes):
    story = at_round(*THREE, at_least=at_least)
    for key in accepting:
        story.accept(*FIRST[key])
    if passes:
        story.passes("image")
    else:
        error = story.refused(GroupsUnmet, "preparer", story.passing("image"))
        assert error.facts["groups"] == ", ".join(key for key in FIRST if key not in accepting)


def test_an_open_objection_under_consent_blocks_even_where_fewer_groups_are_asked_for():
    story = at_round(*THREE, at_least=1)
    story.accept("b1", "t1", "t2")
    story.objects("t3")
    story.refused(ObjectionsOpen, "preparer", story.passing("image"))


# --- groups with nobody left --------------------------------------------------------------------------------------


def emptied(story: Story, *seats: str) -> None:
    for seat in seats:
        story.does("directory", LeaveRound(seat=seat, reason="the group was dissolved"))


def to_waive(story: Story) -> tuple[str, ...]:
    return groups_to_waive(story.process, checkpoint_of(story.process, story.world(), "image"), "image")


def test_a_group_with_nobody_left_is_unmet_and_may_be_waived_like_a_must():
    story = at_round(group("teachers"), group("builders"))
    story.accept("t1", "t2")
    emptied(story, "b1", "b2", "b3")
    story.refused(GroupsUnmet, "preparer", story.passing("image"))
    event = story.passes("image", builders="The builders were dissolved.")
    assert event.waived["builders"].startswith("c1:")


def test_a_group_with_somebody_left_is_not_waived():
    story = at_round(group("teachers"), group("builders"))
    story.accept("t1", "t2")
    emptied(story, "b1", "b2")
    story.refused(GroupsUnmet, "preparer", story.passing("image", builders="They are slow."))


def test_a_group_that_accepts_is_not_waived():
    story = at_round(group("teachers"), group("builders"))
    story.accept("t1", "t2", "b1", "b2")
    story.refused(NotValid, "preparer", story.passing("image", builders="To be sure."))


def test_a_waived_group_leaves_the_count_and_does_not_add_to_it():
    story = at_round(*THREE, at_least=2)
    story.accept("t1", "t2")
    emptied(story, "b1", "b2", "b3")
    waive = {"builders": "The builders were dissolved."}
    story.refused(GroupsUnmet, "preparer", story.passing("image", **waive))  # the neighbours are still asked
    assert to_waive(story) == ("builders",)
    story.accept("n1", "n2")
    assert to_waive(story) == ()
    story.refused(NotValid, "preparer", story.passing("image", **waive))
    story.passes("image")  # for then there are two, with nothing to waive


def test_nothing_passes_that_nobody_accepts_though_all_groups_be_gone():
    story = at_round(group("teachers"), group("builders"))
    emptied(story, "t1", "t2", "t3", "b1", "b2", "b3")
    why = "Everybody left."
    error = story.refused(GroupsUnmet, "preparer", story.passing("image", teachers=why, builders=why))
    assert error.facts["groups"] == "teachers, builders"


def test_where_only_one_group_has_anybody_left_it_alone_is_asked():
    story = at_round(*THREE, at_least=2)
    emptied(story, "b1", "b2", "b3", "n1", "n2", "n3")
    waive = {"builders": "The builders were dissolved.", "neighbours": "So were the neighbours."}
    story.refused(GroupsUnmet, "preparer", story.passing("image", **waive))
    story.accept("t1", "t2")
    story.passes("image", **waive)
