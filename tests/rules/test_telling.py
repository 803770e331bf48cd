"""Who is told what when something has happened or fallen due."""

import datetime as dt
from dataclasses import replace
from typing import Any, get_args

import pytest
from rulebook import MORNING, OBJECT, OFFER, Story, at_round
from small_town import GROUPS, SEATS, START, deputy, group, holder, one_round

from models import commands as c
from models import events as e
from models.days.calendar import ONE_DAY, at_local, local_date
from models.days.formats import Language, last_day
from models.duties.duties import duties
from models.duties.owed import OwedByKind
from models.effects import TOLD
from models.events import Actor, Event, Recorded, RemindersFellDue
from models.evolve import fold
from models.municipality.directory import SeatOf
from models.telling.events import EVENTS_TOLD
from models.telling.leaving import Moment, Thing, leaving
from models.telling.notices import EVENT_KINDS
from models.telling.said import Said, Telling
from models.telling.telling import tellings
from models.telling.wording import Wording

Kind = type[Event]


def told(story: Story, kind: Kind) -> dict[str, Said]:
    """What the latest event of the kind tells, by person. Each is told one thing."""
    recorded = next(one for one in reversed(story.record) if isinstance(one.event, kind))
    return by_person(all_told(story, recorded))


def all_told(story: Story, recorded: Recorded) -> list[Telling]:
    process = fold(story.record[: recorded.sequence])
    assert process is not None
    found, _ = tellings(recorded, process, story.world())
    return found


def by_person(found: list[Telling]) -> dict[str, Said]:
    assert len({one.person for one in found}) == len(found)
    return {one.person: one.said for one in found}


def members(*groups: str) -> set[str]:
    return {person for _, person, _ in SEATS.values() if person.rpartition("-")[0] in {GROUPS[one] for one in groups}}


def test_every_event_that_is_told_has_its_audience() -> None:
    assert set(EVENTS_TOLD) == {*TOLD, e.StanceTaken} - {RemindersFellDue}
    assert {event.__name__ for event in EVENTS_TOLD} == EVENT_KINDS


# --- phases and rounds --------------------------------------------------------------------------------------------


def test_an_opened_phase_is_told_to_those_who_prepare_it_and_not_to_who_opened_it() -> None:
    story = Story()
    story.opens("image")

    said = told(story, e.PhaseOpened)

    assert set(said) == {"owner", "preparer"}
    assert (said["owner"].phase, said["owner"].facts) == ("image", {"outputs": 1})
    checkpoint = story.process.dates["checkpoint:image"]
    assert said["owner"].due == story.world().calendar.add_working_days(checkpoint, -10), "the groups have their time"


def test_each_seat_is_asked_for_its_stance_with_its_group_and_a_deputy_while_the_holder_is_away() -> None:
    story = Story(one_round(group("teachers"), group("neighbours")))
    story.is_away(holder("t2"))
    story.comes_to_checkpoint("image")

    said = told(story, e.OutputsSubmitted)

    assert set(said) == members("teachers", "neighbours") - {holder("t2")} | {deputy("t2")}
    assert said[holder("n1")].facts == {"group": "group:neighbours", "outputs": 1}
    assert said[deputy("t2")].due == story.round().due


def test_a_person_in_two_groups_is_asked_in_each() -> None:
    story = Story(one_round(group("teachers"), group("neighbours")))
    both = SeatOf(group="the-neighbours", person=holder("t1"), first=START)
    story.changes(seats={**story.directory.seats, "n9": both})
    story.comes_to_checkpoint("image")

    asked = [one for one in all_told(story, story.record[-1]) if one.person == holder("t1")]

    assert {one.said.facts["group"] for one in asked} == {"group:teachers", "group:neighbours"}
    assert len({one.item for one in asked}) == 2


def test_a_revision_is_told_to_the_seats_whose_stance_covers_it() -> None:
    story = at_round(group("teachers"), group("neighbours"))
    story.accept("t1", "n2")
    story.revises("image", vision="other words")

    said = told(story, e.OutputRevised)

    assert set(said) == {holder("t1"), holder("n2")}
    assert (said[holder("t1")].about, said[holder("t1")].facts) == ("output:vision", {"technical": 0})


def test_a_technical_correction_says_until_when_a_stance_may_be_taken_back() -> None:
    story = at_round()
    story.accept("t1")
    story.revises("image", technical=True, vision="other words")

    said = told(story, e.OutputRevised)[holder("t1")]

    assert said.facts == {"technical": 1}
    assert said.due == last_day(story.round().windows[0].until)


def test_returned_work_is_told_to_those_who_work_on_and_those_who_read_it() -> None:
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    story.returns("need", to="image")

    said = told(story, e.WorkReturned)

    assert set(said) == {"owner", "coordinator", *members("teachers", "neighbours")}
    assert said["owner"].facts == {"to": "phase:image", "suspended": 1}


def test_a_passed_checkpoint_tells_what_can_be_opened_next_and_the_tarkiste() -> None:
    story = Story()
    story.goes_through("image")

    said = told(story, e.CheckpointPassed)

    assert set(said) == {"coordinator", "owner", *members("teachers", "neighbours")}
    facts = said["owner"].facts
    assert (facts["next"], facts["readiness"], facts["dissents"]) == ("phase:need", 0, 0)
    assert facts["package"] == story.process.last_package


# --- stances and objections ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "offer"), [(OBJECT, 0), (OFFER, 1)])
def test_an_objection_is_told_by_its_group_alone(kind: Any, offer: int) -> None:
    story = at_round()
    story.says("t1", kind)

    said = told(story, e.StanceTaken)

    assert set(said) == {"preparer", "coordinator"}
    assert said["preparer"].facts == {"group": "group:teachers", "offer": offer}
    assert holder("t1") not in said["preparer"].model_dump_json()


def test_an_answer_goes_to_those_who_objected() -> None:
    story = at_round()
    raised = story.objects("t1")
    story.does("preparer", c.Answer(objection=raised, result="unchanged", text="No money."))

    assert {person: said.facts for person, said in told(story, e.ObjectionAnswered).items()} == {
        holder("t1"): {"result": "unchanged"}
    }


def test_a_withdrawn_objection_is_told_to_the_preparer() -> None:
    story = at_round()
    raised = story.objects("t1")
    story.does(holder("t1"), c.Withdraw(item=raised, seat="t1"))

    assert set(told(story, e.ObjectionWithdrawn)) == {"preparer", "coordinator"}


def test_a_condition_is_told_to_its_owner_as_theirs_and_to_its_makers() -> None:
    story = at_round()
    raised = story.says("t1", OFFER) or ""
    due = START + dt.timedelta(days=60)
    story.does("preparer", c.CarryAsCondition(objection=raised, owner="owner", due=due))

    said = told(story, e.ConditionAdopted)

    assert {person: one.facts["yours"] for person, one in said.items()} == {"owner": 1, holder("t1"): 0}


def test_a_dissent_is_told_to_its_group_which_may_join_it() -> None:
    story = at_round(group("teachers"), group("neighbours"))
    raised = story.objects("t1")
    story.does("preparer", c.RecordDissent(objection=raised, reason="It was weighed."))

    said = told(story, e.DissentRecorded)

    assert set(said) == {"coordinator", *members("teachers")}
    assert said["coordinator"].facts == {"group": "group:teachers", "signers": 1, "late": 0}


# --- meetings and the process as a whole --------------------------------------------------------------------------


def meeting(**more: Any) -> c.ScheduleMeeting:
    return c.ScheduleMeeting(meeting="evening", at=MORNING + dt.timedelta(days=9), name="Kyläilta", **more)


def test_a_meeting_is_told_to_its_group_or_else_to_everybody() -> None:
    story = at_round(group("teachers"), group("neighbours"))
    story.does("coordinator", meeting(phase="image", group="neighbours"))
    assert set(told(story, e.MeetingScheduled)) == members("neighbours")
    story.does("coordinator", meeting())
    assert set(told(story, e.MeetingScheduled)) == {"preparer", "owner", "assessor", *members(*GROUPS)}
    story.does("coordinator", c.CancelMeeting(meeting="evening"))
    assert told(story, e.MeetingCancelled)["owner"].facts == {"at": (MORNING + dt.timedelta(days=9)).isoformat()}


def test_what_stops_the_process_or_moves_it_is_told_to_everybody_but_who_did_it() -> None:
    story = Story()
    everybody = {"preparer", "owner", "assessor", *members(*GROUPS)}
    story.does("coordinator", c.Hold(reason="Elections."))
    assert set(told(story, e.ProcessHeld)) == everybody
    story.does("coordinator", c.Resume())
    assert set(told(story, e.ProcessResumed)) == everybody
    moved = story.process.dates["checkpoint:image"] + dt.timedelta(days=7)
    story.does("coordinator", c.Extend(date="checkpoint:image", to=moved, reason="Ice.", shift=True))
    said = told(story, e.DatesMoved)["owner"]
    assert (said.about, said.due) == ("date:checkpoint:image", moved)
    assert said.facts["others"] == len(story.record[-1].event.dates) - 1  # type: ignore[attr-defined]


def test_a_new_coordinator_is_told_that_it_is_theirs_now() -> None:
    story = Story()
    story.does("coordinator", c.HandOver(to="setter-up"))

    said = told(story, e.CoordinatorChanged)

    assert said["setter-up"].facts == {"yours": 1}
    assert said["owner"].facts == {"yours": 0}


def test_a_coordinator_whom_the_administrator_replaces_is_told_that_it_is_theirs_no_more() -> None:
    story = Story()
    story.does("administrator", c.HandOver(to="setter-up"))

    said = told(story, e.CoordinatorChanged)

    assert {person: said[person].facts["yours"] for person in ("setter-up", "coordinator", "owner")} == {
        "setter-up": 1,
        "coordinator": -1,
        "owner": 0,
    }


def test_a_handling_is_told_with_its_body_and_outcome() -> None:
    story = Story()
    handling = c.RecordHandling(body="council", kind="for_information", outcome="noted", date=START, section="§ 4")
    story.does("registrar", handling)

    facts = told(story, e.HandlingRecorded)["coordinator"].facts

    assert (facts["body"], facts["outcome"], facts["section"]) == ("body:council", "noted", "4")


@pytest.mark.parametrize(
    ("kind", "outcome", "hears"), [("for_information", "noted", False), ("decision", "approved", True)]
)
def test_what_a_body_only_notes_is_told_to_those_who_prepare_and_a_decision_to_everybody(
    kind: str, outcome: str, hears: bool
) -> None:
    story = Story()
    handling = c.RecordHandling(body="council", kind=kind, outcome=outcome, date=START, section="§ 4")
    story.does("registrar", handling)

    assert ("owner" in told(story, e.HandlingRecorded)) is hears


# --- reminders ----------------------------------------------------------------------------------------------------


def falls_due(story: Story, *reminders: str) -> list[Telling]:
    """What is told when these steps fall due just now."""
    event = RemindersFellDue(reminders=reminders)
    recorded = Recorded(len(story.record) + 1, story.now, Actor(person="clock"), event)
    found, _ = tellings(recorded, story.process, story.world())
    return found


def test_a_reminder_goes_to_who_owes_and_two_steps_at_once_are_one() -> None:
    story = at_round()

    found = falls_due(story, "stance:image:1:t1/-3w:holder:2027-02-26", "stance:image:1:t1/-1w:holder:2027-02-26")

    (one,) = found
    assert (one.person, one.said.kind, one.said.duty) == (holder("t1"), "stance:holder", "stance:image:1:t1")


def test_of_missing_stances_others_hear_once_and_never_whose() -> None:
    story = at_round()
    steps = [f"stance:image:1:{seat}/1w:coordinator:2027-02-26" for seat in ("t1", "t2", "t3")]

    (one,) = falls_due(story, *steps)

    assert one.person == "coordinator"
    assert (one.said.kind, one.said.phase, one.said.round) == ("stance:coordinator", "image", 1)
    assert one.item.endswith(":stances:image:1:teachers:coordinator")


def test_who_owes_a_duty_hears_of_it_as_its_holder_and_only_so() -> None:
    story = at_round()

    steps = (f"handling:proposal/{step}:2027-08-31" for step in ("-20w:coordinator", "-5w:holder", "-5w:preparer"))
    found = falls_due(story, *steps)

    kinds = [(one.person, one.said.kind) for one in found]
    assert kinds == [("coordinator", "handling:holder"), ("preparer", "handling:preparer")]


def test_a_holders_reminder_leaves_also_where_the_ladder_names_only_somebody_above() -> None:
    story = at_round()
    ladder = {"duty": "handling", "steps": [{"when": "on the day", "to": "coordinator"}]}
    story.does("coordinator", c.Amend(change=c.ChangeLadder(ladder=ladder), reason="Enough."))
    (found,) = falls_due(story, "handling:proposal/0d:coordinator:2027-08-31")
    world = story.world()
    owed = OwedByKind(story.process, story.definition, world.calendar)

    def leaves(now: dt.datetime) -> bool:
        moment = Moment(story.process, replace(world, now=now), owed)
        return bool(leaving([Thing(found.item, found.said)], found.person, moment).told)

    duty = owed.get("handling:proposal")
    assert duty is not None
    due = duty.due
    assert (leaves(at_local(due - ONE_DAY, 9)), leaves(at_local(due, 12))) == (False, True)


def still_told(story: Story, found: Telling) -> bool:
    """Whether it leaves where it has waited until now."""
    world = story.world()
    moment = Moment(story.process, world, OwedByKind(story.process, story.definition, world.calendar))
    return bool(leaving([Thing(found.item, found.said)], found.person, moment).told)


def test_whether_an_answer_is_enough_is_not_asked_of_who_has_withdrawn_meanwhile() -> None:
    story = at_round()
    key = story.objects("t1")
    story.does("preparer", c.Answer(objection=key, result="unchanged", text="It stays."))
    (asked,) = all_told(story, story.record[-1])
    assert still_told(story, asked)
    story.does("teacher-1", c.Withdraw(item=key, seat="t1"))
    assert not still_told(story, asked)


def test_nobody_is_invited_to_a_meeting_that_was_held_meanwhile() -> None:
    story = at_round()
    planned = {"meeting": "spring", "phase": "image", "group": "teachers"}
    story.does("teacher-1", c.ScheduleMeeting(**planned, at=at_local(local_date(story.now) + ONE_DAY, 12)))
    invited = all_told(story, story.record[-1])
    assert all(still_told(story, one) for one in invited)
    story.after(days=1)
    held = {"held_on": local_date(story.now), "present": {"t1": "teacher-1"}, "memo": "All agree."}
    story.does("teacher-1", c.RecordMeeting.model_validate({**planned, **held}))
    assert not any(still_told(story, one) for one in invited)


def test_who_states_the_outcome_is_told_what_is_missing() -> None:
    story = at_round()
    step = "outcome:image:1/0d:holder:2027-03-01"

    (before,) = falls_due(story, step)
    story.objects("t1")
    story.accept("t2")
    (after,) = falls_due(story, step)

    assert (before.person, before.said.facts["unanswered"], after.said.facts["unanswered"]) == ("preparer", 0, 1)
    assert int(before.said.facts["silent"]) - int(after.said.facts["silent"]) == 2


def test_what_has_been_done_meanwhile_is_told_to_nobody() -> None:
    story = at_round()
    story.accept("t1")

    assert falls_due(story, "stance:image:1:t1/-1w:holder:2027-02-26") == []


def test_where_nobody_can_be_told_there_is_a_reason_and_no_message() -> None:
    story = at_round()
    for person in (holder("t1"), deputy("t1")):
        story.is_away(person)
    event = RemindersFellDue(reminders=("stance:image:1:t1/-1w:holder:2027-02-26",))
    recorded = Recorded(len(story.record) + 1, story.now, Actor(person="clock"), event)

    found, unreached = tellings(recorded, story.process, story.world())

    assert found == []
    assert [(one.person, one.reason) for one in unreached] == [(holder("t1"), "away, and nobody present acts for them")]


# --- in words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", get_args(Language))
def test_everything_that_is_said_can_be_put_into_words(language: Language) -> None:
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    raised = story.objects("t1")
    story.does("preparer", c.Answer(objection=raised, result="unchanged", text="No money."))
    story.does("coordinator", meeting(phase="need"))
    story.does("coordinator", c.CancelMeeting(meeting="evening"))
    moved = story.process.dates["window:last"] + dt.timedelta(days=7)
    story.does("coordinator", c.Extend(date="window:last", to=moved, reason="Ice."))
    story.does("coordinator", c.Hold(reason="Elections."))
    story.does("coordinator", c.Resume())
    story.accept("n1")

    reminders = [
        f"{duty}/-1w:holder:2027-02-26" for duty in duties(story.process, story.definition, story.world().calendar)
    ]
    found = falls_due(story, *reminders)
    for recorded in story.record:
        if type(recorded.event) in EVENTS_TOLD and getattr(recorded.event, "objection", "") is not None:
            found += all_told(story, recorded)

    wording = Wording("Tulevaisuuden kunta", story.process, story.definition, story.directory, language)
    notices = [wording.notice(one.said, waiting=1) for one in found]
    assert {notice.kind for notice in notices} >= {
        "PhaseOpened",
        "OutputsSubmitted",
        "CheckpointPassed",
        "stance:holder",
    }
    assert all(reference not in str(notice) for notice in notices for reference in ("phase:", "group:", "checkpoint:"))


def test_a_meeting_without_a_name_in_the_definition_is_called_what_it_was_called() -> None:
    story = at_round()
    story.does("coordinator", meeting(phase="image"))
    said = told(story, e.MeetingScheduled)[holder("t1")]

    notice = Wording("t", story.process, story.definition, story.directory, "fi").notice(said)

    assert notice.about == "Kyläilta"
