"""A running process played on, from every state that it can be in: it comes to its decision, and touches nothing."""

import datetime as dt
from collections.abc import Callable

import pytest
from rulebook import ABSTAIN, ACCEPT, CALENDAR, NOT_READ, OBJECT, OFFER, OUT, Story
from small_town import DIAMOND, deputy, group, holder, one_round, town

from models.commands import (
    Answer,
    CarryAsCondition,
    Confirm,
    CoSign,
    Hold,
    LeaveRound,
    RecordDissent,
    RecordHandling,
    Retract,
    Stop,
)
from models.days.calendar import at_local
from models.errors import ProcessNotRunning
from models.rehearsal.result import Assumed, MomentKind, Rehearsal, WorryKind
from models.rehearsal.running import playing, rehearse_on
from models.telling.wording import Wording
from models.words import AnswerResult, DutyKind, HandlingKind, HandlingOutcome


def played_on(story: Story) -> Rehearsal:
    wording = Wording("Tulevaisuuden kunta", story.process, story.definition, story.directory, "fi")
    before = story.process.model_dump_json()
    found = rehearse_on(wording, CALENDAR, story.now, {})
    assert story.process.model_dump_json() == before
    return found


def at_image(*says: tuple[str, object]) -> Story:
    """The first phase is at its checkpoint, and these seats have said something."""
    story = Story()
    story.comes_to_checkpoint("image")
    for seat, kind in says:
        story.says(seat, kind)
    return story


def answered(story: Story, *objections: str) -> Story:
    for one in objections:
        story.does("preparer", Answer(objection=one, result=AnswerResult.UNCHANGED, text="It was weighed."))
    return story


def kept() -> Story:
    story = answered(at_image(("t1", OBJECT)), "o1")
    story.does(holder("t1"), Confirm(phase="image", seat="t1", seen=story.seen("image")))
    return story


def carried() -> Story:
    story = at_image(("t1", OFFER))
    due = story.world().today + dt.timedelta(days=20)
    story.does("preparer", CarryAsCondition(objection="o1", owner="owner", due=due, checkpoint="need"))
    return story


def recorded() -> Story:
    story = answered(at_image(("t1", OBJECT)), "o1")
    story.does("preparer", RecordDissent(objection="o1", reason="Both are right."))
    return story


def left() -> Story:
    story = answered(at_image(("t2", OBJECT)), "o1")
    story.does("directory", LeaveRound(seat="t2", reason="Moved away."))
    return story


def by_a_deputy() -> Story:
    """A deputy has objected, and the holder has said something else since."""
    story = at_image()
    story.is_away(holder("t1"))
    story.says("t1", OBJECT, by=deputy("t1"))
    story.is_back(holder("t1"))
    story.says("t1", ACCEPT)
    return story


def joined_late() -> Story:
    """A member has joined the objection after it was answered, and is not asked."""
    story = answered(at_image(("t1", OBJECT)), "o1")
    story.does(holder("t2"), CoSign(item="o1", seat="t2"))
    return story


def kept_and_stale() -> Story:
    """What was kept is of a former text: the seat says again whether it objects."""
    story = kept()
    story.revises("image", vision="other words")
    return story


def revised(technical: bool = False) -> Story:
    story = at_image(("t1", OBJECT), ("n1", ACCEPT))
    story.revises("image", vision="other words", technical=technical)
    return story


def returned(to_first: bool = False) -> Story:
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    story.objects("t1", at="need")
    story.returns("need", to="image" if to_first else "need")
    return story


def again() -> Story:
    """A second round, with the first one's objection unanswered."""
    story = returned()
    story.submits("need")
    return story


def joined() -> Story:
    story = Story(DIAMOND)
    story.goes_through("image")
    story.comes_to_checkpoint("school")
    story.objects("t1", at="school")
    return story


def handled(outcome: HandlingOutcome, plan: str = "proposal", body: str = "executive") -> Story:
    story = Story()
    story.goes_through("image", "need", "method")
    kind = HandlingKind.DECISION if plan == "decision" else HandlingKind.PROPOSAL
    day = story.world().today
    command = RecordHandling(body=body, plan=plan, kind=kind, outcome=outcome, date=day, section="1")
    story.does("registrar", command)
    return story


STATES: dict[str, Callable[[], Story]] = {
    "ready": Story,
    "open": lambda: opened(),
    "opening taken back": lambda: taken_back(),
    "at the checkpoint": at_image,
    **{f"a seat says {kind}": lambda kind=kind: at_image(("t1", kind)) for kind in (ACCEPT, OBJECT, OFFER)},
    **{f"a seat says {kind}": lambda kind=kind: at_image(("t1", kind)) for kind in (ABSTAIN, NOT_READ, OUT)},
    "a majority objects": lambda: at_image(("n1", OBJECT), ("n2", OBJECT)),
    "answered": lambda: answered(at_image(("t1", OBJECT), ("n1", OFFER)), "o1", "o2"),
    "kept though answered": kept,
    "carried": carried,
    "recorded as dissent": recorded,
    "its maker has left": left,
    "by a deputy": by_a_deputy,
    "joined though answered": joined_late,
    "kept, and the text is another": kept_and_stale,
    "revised": revised,
    "corrected": lambda: revised(technical=True),
    "returned": returned,
    "returned to an earlier phase": lambda: returned(to_first=True),
    "a second round": again,
    "beside another phase": joined,
    "proposed": lambda: handled(HandlingOutcome.APPROVED),
    "sent back": lambda: handled(HandlingOutcome.RETURNED),
    "tabled": lambda: handled(HandlingOutcome.TABLED),
    "decided": lambda: handled(HandlingOutcome.APPROVED, "decision", "council"),
}


def opened() -> Story:
    story = Story()
    story.opens("image")
    return story


def taken_back() -> Story:
    story = opened()
    story.does("coordinator", Retract(what="opening", phase="image"))
    return story


@pytest.mark.parametrize("state", STATES)
def test_from_wherever_it_stands_it_comes_to_its_decision(state: str) -> None:
    found = played_on(STATES[state]())
    assert [worry.refused for worry in found.worries if worry.kind is WorryKind.STUCK] == []
    assert found.decided is not None


def test_an_open_objection_is_told_with_who_answers_it_and_that_the_answer_is_assumed_to_suffice() -> None:
    found = played_on(at_image(("t1", OBJECT), ("n1", OFFER)))
    assert [(one.group, one.offer, one.blocks, one.assumed) for one in found.objections] == [
        ("teachers", False, True, Assumed.ANSWERED),
        ("neighbours", True, False, Assumed.ANSWERED),  # they go by majority
    ]
    answers = [line for line in found.duties if line.kind is DutyKind.ANSWER]
    assert [(line.person, line.due) for line in answers] == [("preparer", one.due) for one in found.objections]
    assert {line.person for line in found.duties if line.kind is DutyKind.REPLY} == {holder("t1"), holder("n1")}


def test_what_was_answered_waits_for_its_maker_and_what_is_kept_becomes_a_dissent() -> None:
    (waits,) = played_on(answered(at_image(("t1", OBJECT)), "o1")).objections
    assert waits.assumed is Assumed.SUFFICES
    (stands,), (late,), (again,) = (played_on(one()).objections for one in (kept, joined_late, kept_and_stale))
    assert (stands.assumed, late.assumed, again.assumed) == (Assumed.RECORDED, Assumed.RECORDED, Assumed.SUFFICES)
    assert played_on(recorded()).objections == played_on(carried()).objections == ()


def test_where_nobody_could_settle_it_the_rehearsal_says_what_the_rules_refuse() -> None:
    story = Story(one_round(group("teachers", "all")))
    story.comes_to_checkpoint("image")
    story.says("t1", ABSTAIN)
    found = played_on(story)
    assert found.decided is None
    (stuck,) = (worry for worry in found.worries if worry.kind is WorryKind.STUCK)
    assert [(one.facts) for one in stuck.refused] == [{"groups": "teachers"}]


def test_a_stance_at_another_checkpoint_keeps_no_objection() -> None:
    found = played_on(joined())
    assert [line.kind for line in found.duties if line.key == "reply:o1:t1"] == [DutyKind.REPLY]
    assert {one.assumed for one in found.objections} == {Assumed.ANSWERED}


@pytest.mark.parametrize("act", [Hold(reason="Wait."), Stop(reason="No more.")])
def test_what_does_not_run_is_not_played_on(act: Hold | Stop) -> None:
    story = at_image(("t1", OBJECT))
    story.does("coordinator", act)
    with pytest.raises(ProcessNotRunning):
        played_on(story)


def test_a_stance_is_the_groups_whose_seat_owes_it_whatever_else_its_holder_sits_in() -> None:
    directory = town()
    both = directory.seats["n1"].model_copy(update={"person": holder("t1")})
    story = Story(directory=directory.model_copy(update={"seats": {**directory.seats, "n1": both}}))
    story.comes_to_checkpoint("image")
    mine = [line for line in played_on(story).duties if line.kind is DutyKind.STANCE and line.person == holder("t1")]
    groups = {line.key.rpartition(":")[2]: line.group for line in mine if ":image:" in line.key}
    assert groups == {"t1": "teachers", "n1": "neighbours"}


@pytest.mark.parametrize("days", [0, 9, 10, 11, 12, 30])
def test_weeks_and_time_line_tell_of_the_same_days_none_of_them_past(days: int) -> None:
    story = at_image(("t1", OBJECT))
    story.after(days=days)
    found, today = played_on(story), story.world().today
    passed = {one.phase: one.day for one in found.moments if one.kind is MomentKind.PASSED}
    outcomes = {line.key.split(":")[1]: line.day for line in found.duties if line.kind is DutyKind.OUTCOME}
    assert outcomes == passed
    assert min(line.day for line in found.duties) >= today
    for line in found.duties:
        if line.due < today:
            assert line.day > today, line


def test_when_stances_are_due_in_an_open_round_stands_on_the_time_line() -> None:
    story = at_image()
    due = story.process.rounds["image"].due
    told = [one.day for one in played_on(story).moments if one.kind is MomentKind.STANCES_DUE and one.phase == "image"]
    assert told == [due]


def test_what_is_due_today_is_done_today() -> None:
    story = at_image()
    story.now = at_local(story.process.rounds["image"].due, 9)
    days = {line.day for line in played_on(story).duties if line.kind is DutyKind.STANCE and ":image:" in line.key}
    assert days == {story.world().today}


def test_those_with_a_role_and_deputies_play_too() -> None:
    parts = playing(Story().process, Story().directory, Story().world().today)
    assert parts["preparer"] is None
    assert (parts[holder("t1")], parts[deputy("t1")]) == ("teachers", "teachers")
