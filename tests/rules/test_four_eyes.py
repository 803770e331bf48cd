"""Two pairs of eyes: who submitted is not the only one who accepts, nor the one who states the outcome."""

from rulebook import OUT, Story
from small_town import ROLES, deputy, group, one_round

from models.commands import Amend, RecordDissent, Revise, Submit
from models.errors import FourEyes, GroupsUnmet
from models.events import Actor


def story_of(*groups: dict[str, object], roles: dict[str, str] | None = None, **checkpoint: object) -> Story:
    """The one phase is open and written; the groups have only the seats named in `seats`."""
    seats = checkpoint.pop("seats", None)
    story = Story(one_round(*groups, **checkpoint), roles=ROLES | (roles or {}))
    if seats is not None:
        story.changes(seats={key: seat for key, seat in story.directory.seats.items() if key in seats})
    story.opens("image")
    story.writes("image")
    return story


OWNER_SITS = {"owner": "teacher-1"}
SUBMIT = Submit(phase="image")


def test_who_submitted_may_take_a_stance_in_their_seat():
    story = story_of(roles=OWNER_SITS)
    story.submits("image", by="teacher-1")
    story.accept("t1", "t2")
    story.passes("image")


def test_who_submitted_is_not_the_only_acceptor_of_a_group():
    story = story_of(group("teachers", quorum="1"), roles=OWNER_SITS)
    story.submits("image", by="teacher-1")
    story.accept("t1")
    story.refused(GroupsUnmet, "preparer", story.passing("image"))
    story.accept("t2")
    story.passes("image")


def test_a_settled_objection_of_the_submitter_alone_settles_no_group():
    story = story_of(group("teachers", quorum="1"), roles=OWNER_SITS)
    story.submits("image", by="teacher-1")
    record = {"reason": "Heard, not agreed."}
    story.does("preparer", RecordDissent(objection=story.objects("t1"), **record))
    story.refused(GroupsUnmet, "preparer", story.passing("image"))
    story.does("preparer", RecordDissent(objection=story.objects("t2"), **record))
    story.passes("image")


def test_submitting_is_refused_when_it_would_leave_no_acceptor():
    story = story_of(roles=OWNER_SITS, seats={"t1"})
    story.changes(seats={"t1": story.directory.seats["t1"].model_copy(update={"deputies": ()})})
    error = story.refused(FourEyes, "teacher-1", SUBMIT)
    assert "teachers" in str(error)
    story.submits("image", by="coordinator")


def test_each_group_has_an_acceptor_of_its_own_besides_who_submitted():
    story = story_of(group("teachers"), group("builders"), roles={"owner": "builder-1"}, seats={"t1", "t2", "b1"})
    story.changes(seats={key: seat.model_copy(update={"deputies": ()}) for key, seat in story.directory.seats.items()})
    assert "builders" in str(story.refused(FourEyes, "builder-1", SUBMIT))


def test_a_deputy_who_could_not_act_is_no_other_acceptor():
    story = story_of(roles=OWNER_SITS, seats={"t1"})
    story.refused(FourEyes, "teacher-1", SUBMIT)
    story.is_away("teacher-1")
    story.submits("image", by="teacher-1")
    story.says("t1", "accept", by=deputy("t1"))
    story.passes("image")


def test_a_person_in_two_seats_is_one_pair_of_eyes():
    story = story_of(roles=OWNER_SITS, seats={"t1", "t2"})
    seats = {
        key: seat.model_copy(update={"person": "teacher-1", "deputies": ()})
        for key, seat in story.directory.seats.items()
    }
    story.changes(seats=seats)
    story.refused(FourEyes, "teacher-1", SUBMIT)


def test_where_the_chair_decides_a_member_is_no_other_acceptor():
    story = story_of(group("teachers", "chair"), roles=OWNER_SITS, seats={"t1", "t3"})
    story.refused(FourEyes, "teacher-1", SUBMIT)
    story = story_of(group("teachers", "chair"), roles=OWNER_SITS, seats={"t1", "t2", "t3"})
    story.submits("image", by="teacher-1")


def test_a_chair_who_submitted_may_accept_where_the_vice_chair_does_too():
    story = story_of(group("teachers", "chair"), roles=OWNER_SITS)
    story.submits("image", by="teacher-1")
    story.accept("t1", "t3")
    story.refused(GroupsUnmet, "preparer", story.passing("image"))
    story.accept("t2")
    story.passes("image")


def test_submitting_is_refused_when_it_would_leave_no_preparer():
    story = story_of(roles={"owner": "preparer"})
    story.refused(FourEyes, "preparer", SUBMIT)
    story.submits("image", by="coordinator")


def test_who_revises_is_one_of_those_who_submitted():
    story = story_of(roles={"owner": "preparer"})
    story.submits("image", by="coordinator")
    story.writes("image", vision="other words")
    revise = Revise(phase="image", output="vision", reason="A slip.")
    story.refused(FourEyes, "preparer", revise)
    story.does("coordinator", revise)


def test_who_submitted_does_not_pass_the_round_by_becoming_its_preparer():
    story = story_of()
    story.submits("image")
    story.accept("t1", "t2")
    change = {"change": "role", "role": "preparer", "person": "owner"}
    story.does("coordinator", Amend(change=change, reason="The preparer has left."))
    story.refused(FourEyes, "owner", story.passing("image"))


def test_who_submitted_does_not_pass_the_round_as_a_stand_in():
    story = story_of()
    story.submits("image")
    story.accept("t1", "t2")
    story.is_away("preparer", stand_in="owner")
    story.refused(FourEyes, Actor(person="owner", for_whom="preparer"), story.passing("image"))
    story.is_away("preparer", stand_in="stand-in")
    story.does(Actor(person="stand-in", for_whom="preparer"), story.passing("image"))


def test_a_stand_in_who_submits_is_the_one_who_submitted():
    story = story_of()
    story.is_away("owner", stand_in="stand-in")
    story.does(Actor(person="stand-in", for_whom="owner"), SUBMIT)
    assert story.round().submitted_by == ("stand-in",)


def test_a_disqualified_submitters_deputy_is_another_pair_of_eyes():
    story = story_of(group("teachers", quorum="1"), roles=OWNER_SITS)
    story.submits("image", by="teacher-1")
    story.says("t1", OUT)
    story.says("t1", "accept", by=deputy("t1"))
    story.passes("image")


def test_a_definition_may_say_that_one_pair_is_enough():
    story = story_of(group("teachers", quorum="1"), roles={"owner": "preparer"}, four_eyes=False)
    story.submits("image", by="preparer")
    story.accept("t1")
    story.passes("image")


def test_where_one_pair_is_enough_the_submitter_alone_may_accept_for_a_group():
    story = story_of(group("teachers", quorum="1"), roles=OWNER_SITS, four_eyes=False)
    story.submits("image", by="teacher-1")
    story.accept("t1")
    story.passes("image")


def test_four_eyes_look_at_each_round_anew():
    story = story_of(roles=OWNER_SITS)
    story.submits("image", by="teacher-1")
    story.returns("image")
    story.submits("image", by="coordinator")
    assert story.round().submitted_by == ("coordinator",)
