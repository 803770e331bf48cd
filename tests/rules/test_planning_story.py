"""Duties along a whole story of a process: after every recorded event the kept plan is the plan of the state."""

import datetime as dt

from rulebook import CALENDAR, OFFER, OUT, Story
from small_town import BOTH, definition, holder, phase

from models.commands import (
    Answer,
    AskStatement,
    CarryAsCondition,
    Extend,
    FulfilCondition,
    HandOver,
    Hold,
    OpenHearing,
    RecordDissent,
    RecordMeeting,
    Resume,
    ScheduleMeeting,
)
from models.duties.planning import PlannedDuty, plan, plan_difference
from models.evolve import evolve
from models.words import StanceKind

LADDERS = [
    {"duty": duty, "steps": [{"when": "2 working days before", "to": "holder"}, {"when": "1 day after", "to": "chair"}]}
    for duty in ("open_phase", "output", "stance", "answer", "condition", "outcome", "memo", "statement", "hearing")
]
TOWN = definition(phase("image", 2, ["vision"], *BOTH), phase("need", 3, ["register"], *BOTH), ladders=LADDERS)
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def told() -> Story:
    """From creation into the second phase: objections and what becomes of them, a return, a meeting, a hold."""
    story = Story(TOWN)
    story.comes_to_checkpoint("image")
    story.objects("t1")
    story.says("t2", OFFER)
    story.says("t3", OUT)
    story.does("preparer", Answer(objection="o1", result="unchanged", text="The school stays."))
    story.revises("image", vision="other words")
    story.returns("image")
    story.submits("image")
    story.does("coordinator", ScheduleMeeting(meeting="m1", at=story.now, phase="image", group="neighbours"))
    seats = {seat: holder(seat) for seat in ("n1", "n2", "n3")}
    memo = {"meeting": "m1", "phase": "image", "group": "neighbours", "held_on": story.now.date(), "present": seats}
    story.does(
        "coordinator",
        RecordMeeting(**memo, seen=story.seen("image"), group_stance=StanceKind.ACCEPT, memo="All were there."),
    )
    story.accept("t1")
    carried, recorded = story.objects("t2"), story.objects("t3")
    due = story.now.date() + dt.timedelta(days=40)
    story.does("preparer", CarryAsCondition(objection=carried, owner="owner", due=due))
    story.does("preparer", RecordDissent(objection=recorded, reason="It was heard."))
    story.after(days=5)
    story.passes("image")
    story.opens("need")
    story.does("coordinator", Extend(date="checkpoint:need", to=dt.date(2027, 4, 9), reason="Easter.", shift=True))
    story.does("coordinator", AskStatement(statement="s1", body="board", phase="need", due=dt.date(2027, 3, 12)))
    days = {"first": dt.date(2027, 2, 10), "last": dt.date(2027, 3, 10)}
    story.does("coordinator", OpenHearing(hearing="h1", phase="need", **days, channels=("web",)))
    story.does("coordinator", HandOver(to="assessor"))
    story.does("assessor", Hold(reason="Elections."))
    story.does("assessor", Resume())
    story.does("owner", FulfilCondition(condition="c1", how="It is done."))
    return story


def test_after_every_event_of_a_story_the_kept_plan_is_that_of_the_state() -> None:
    story, kept, state = told(), dict[str, PlannedDuty](), None

    for recorded in story.record:
        before, state = state, evolve(state, recorded)
        difference = plan_difference(before, state, TOWN, CALENDAR, LONG_AGO)
        kept = {key: duty for key, duty in kept.items() if key not in difference.removed} | difference.changed
        assert kept == plan(state, TOWN, CALENDAR), recorded.event

    assert {key: duty.person for key, duty in kept.items()} == {
        "output:need:1:register": "owner",
        "statement:s1": "assessor",
        "hearing:h1": "assessor",
        "handling:proposal": "assessor",
        "decision_meeting:decision": "assessor",
        "report:image": "assessor",
    }


def test_an_objection_asks_the_preparer_and_a_disqualified_seat_its_deputy() -> None:
    story = Story(TOWN)
    story.comes_to_checkpoint("image")
    story.objects("t1")
    story.says("t2", OUT)

    found = {key: duty.person for key, duty in plan(story.process, TOWN, CALENDAR).items()}

    assert found["answer:o1"] == "preparer"
    assert "stance:image:1:t1" not in found
    assert found["stance:image:1:t2"] == "teacher-2-deputy"


def test_handing_over_moves_all_the_coordinators_duties_and_no_reminder() -> None:
    story = Story(TOWN)
    before = story.process
    story.does("coordinator", HandOver(to="assessor"))

    found = plan_difference(before, story.process, TOWN, CALENDAR, LONG_AGO)

    assert {key: duty.person for key, duty in found.changed.items()} == {
        "open_phase:image:1": "assessor",
        "handling:proposal": "assessor",
        "decision_meeting:decision": "assessor",
    }
    assert (found.removed, found.void) == ((), ())


def test_a_ladder_changed_on_the_way_reminds_by_its_new_steps() -> None:
    story = Story(TOWN)
    before = story.process
    ladder = {"duty": "open_phase", "steps": [{"when": "on the day", "to": "preparer"}]}
    story.amends(change="ladder", ladder=ladder)

    found = plan_difference(before, story.process, TOWN, CALENDAR, LONG_AGO)

    assert [step.key for step in found.changed["open_phase:image:1"].steps] == ["0d:preparer:2027-02-01"]
    assert len(found.void) == 2
    assert list(found.changed) == ["open_phase:image:1"]
