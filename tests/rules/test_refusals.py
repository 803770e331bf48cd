"""A refusal says which kind of no it is, in one plain sentence; and everything that can happen is told and folded."""

import re
from collections.abc import Callable

import pytest
from rulebook import ACCEPT, Story, at_round
from small_town import BOTH, definition, group, phase

from models import commands as c
from models import errors as e
from models.events import EVENTS, ProcessCreated, RemindersFellDue
from models.evolve import FOLDS, UNCHANGING

OF_THE_OUTSIDE = {e.Busy, e.LinkExpired, e.NoRoom, e.Unreachable}
"""Refusals of the store and of links, not of the rules."""


def leaves(kind: type[e.EtappiError]) -> set[type[e.EtappiError]]:
    return {kind} | {leaf for child in kind.__subclasses__() for leaf in leaves(child)}


# --- the tree -----------------------------------------------------------------------------------------------------


def test_a_refusal_says_which_it_is():
    assert {kind.kind for kind in leaves(e.Refused)} == {"not_now"}
    assert [k.kind for k in (e.NotAuthorised, e.Overtaken, e.NotValid, e.NotFound)] == [
        "not_you",
        "overtaken",
        "not_valid",
        "not_found",
    ]


@pytest.mark.parametrize("kind", sorted(leaves(e.EtappiError) - {e.DefinitionError}, key=lambda k: k.__name__))
def test_every_refusal_has_a_sentence_and_keeps_its_facts(kind):
    names = re.findall(r"{(\w+)}", kind.__doc__ or "")
    error = kind(**{name: f"<{name}>" for name in names})
    assert all(f"<{name}>" in str(error) for name in names)
    assert str(error).rstrip(")").endswith((".", "!")), error
    assert error.facts.keys() == set(names)


# --- each refusal of the rules happens ----------------------------------------------------------------------------


def held(story: Story) -> None:
    story.does("coordinator", c.Hold(reason="The money is late."))
    story.refused(e.ProcessNotRunning, "coordinator", c.OpenPhase(phase="need"))


def not_ready(story: Story) -> None:
    story.refused(e.PhaseNotReady, "coordinator", c.OpenPhase(phase="method"))


def not_open(story: Story) -> None:
    story.refused(e.PhaseNotOpen, "owner", c.Submit(phase="need"))


def no_round(story: Story) -> None:
    story.refused(e.CheckpointNotOpen, "preparer", c.Return(phase="need", to="need", reason="More work."))


def has_stances(story: Story) -> None:
    story.accept("t1")
    story.refused(e.RoundHasStances, "owner", c.Retract(what="submission", phase="image"))


def package_changed(story: Story) -> None:
    story.accept(*story.round().seats)
    story.passes("image")
    story.packages.clear()
    story.refused(e.PackageChanged, "coordinator", c.OpenPhase(phase="need"))


def four_eyes(story: Story) -> None:
    story.accept(*story.round().seats)
    amend = c.Amend(change={"change": "role", "role": "preparer", "person": "owner"}, reason="A new post.")
    story.does("coordinator", amend)
    story.refused(e.FourEyes, "owner", story.passing("image"))


def window_runs(story: Story) -> None:
    story.accept(*story.round().seats)
    story.revises("image", vision="first words,", technical=True)
    story.refused(e.WindowRuns, "preparer", story.passing("image"))


def criteria_unmet(story: Story) -> None:
    story.accept("t1", "t2", "n1", "n2")
    due = story.world().today.replace(day=20)
    story.does("preparer", c.CarryAsCondition(objection=story.objects("t3"), owner="owner", due=due))
    story.after(days=30)
    story.refused(e.CriteriaUnmet, "preparer", story.passing("image"))


def groups_unmet(story: Story) -> None:
    story.refused(e.GroupsUnmet, "preparer", story.passing("image"))


def objections_open(story: Story) -> None:
    story.objects("t1")
    story.refused(e.ObjectionsOpen, "preparer", story.passing("image"))


def just_refused(story: Story) -> None:
    story.refused(e.Refused, "coordinator", c.Resume())


EACH: dict[type[e.EtappiError], Callable[[Story], None]] = {
    e.Refused: just_refused,
    e.ProcessNotRunning: held,
    e.PhaseNotReady: not_ready,
    e.PhaseNotOpen: not_open,
    e.CheckpointNotOpen: no_round,
    e.RoundHasStances: has_stances,
    e.PackageChanged: package_changed,
    e.FourEyes: four_eyes,
    e.WindowRuns: window_runs,
    e.CriteriaUnmet: criteria_unmet,
    e.GroupsUnmet: groups_unmet,
    e.ObjectionsOpen: objections_open,
}


@pytest.mark.parametrize("kind", EACH, ids=lambda kind: kind.__name__)
def test_each_refusal_of_the_rules_happens(kind):
    story = Story()
    story.comes_to_checkpoint("image")
    EACH[kind](story)


def test_no_refusal_of_the_rules_is_without_its_example():
    assert set(EACH) == leaves(e.Refused) - OF_THE_OUTSIDE


def test_a_refusal_names_what_stands_in_the_way():
    story = at_round(group("teachers"), group("builders"))
    story.accept("t1", "t2")
    error = story.refused(e.GroupsUnmet, "preparer", story.passing("image"))
    assert (str(error), error.facts) == (
        "These groups have not accepted: builders. Their members take their stances first, or the work is returned.",
        {"groups": "builders"},
    )


# --- everything that can happen -----------------------------------------------------------------------------------


def test_every_event_is_folded_or_known_to_change_nothing():
    assert set(EVENTS.values()) == {*FOLDS, *UNCHANGING, ProcessCreated}
    assert not set(FOLDS) & set(UNCHANGING)


def first_phase(story: Story) -> None:
    today = story.world().today
    later = today.replace(month=6)
    story.opens("image")
    story.does("coordinator", c.Retract(what="opening", phase="image"))
    story.comes_to_checkpoint("image")
    story.does("owner", c.Retract(what="submission", phase="image"))
    story.submits("image")
    story.accept("t1", "t2")
    story.does("teacher-2", c.Retract(what="stance", phase="image", seat="t2"))
    story.revises("image", vision="other words")
    story.does("teacher-1", c.Confirm(phase="image", seat="t1", seen=story.seen("image")))
    offer = story.says("t3", "accept_with_conditions")
    story.does("preparer", c.Answer(objection=offer or "", result="unchanged", text="It costs too much."))
    story.does("preparer", c.CarryAsCondition(objection=offer or "", owner="owner", due=later))
    story.does("owner", c.FulfilCondition(condition="c1", how="It was built."))
    story.does("neighbour-1", c.Withdraw(item=story.objects("n1"), seat="n1"))
    story.does("preparer", c.RecordDissent(objection=story.objects("n2"), reason="Heard and answered."))
    story.does("neighbour-3", c.CoSign(item="d1", seat="n3"))
    story.does("neighbour-2", c.Withdraw(item="d1", seat="n2"))
    story.accept("n2")
    story.does("assessor", c.Assess(phase="image", criterion="clear", holds=True, seen=story.seen("image")))
    story.does("directory", c.LeaveRound(seat="n3", reason="the term ended"))
    people = story.directory.people
    story.changes(people={**people, "assessor": people["assessor"].model_copy(update={"active": False})})
    story.does("directory", c.NoteVacancies(about=("assessor",)))
    story.changes(people=people)
    story.does("directory", c.FollowCalendar(former=None, hash="a" * 64))
    records_meeting(story)
    story.passes("image")


def records_meeting(story: Story) -> None:
    for name in ("spring", "autumn"):
        story.does("coordinator", c.ScheduleMeeting(meeting=name, at=story.now, phase="image", group="teachers"))
    story.does("teacher-1", c.CancelMeeting(meeting="autumn"))
    memo = c.RecordMeeting(
        meeting="spring",
        phase="image",
        group="teachers",
        held_on=story.world().today,
        present={"t2": "teacher-2"},
        group_stance=ACCEPT,
        seen=story.seen("image"),
        memo="We met at the school.",
    )
    story.does("teacher-1", memo)
    story.does("teacher-2", c.CorrectMemo(meeting="spring", seat="t2", kind=ACCEPT))


def around_it(story: Story) -> None:
    today = story.world().today
    later = today.replace(month=6)
    setting_up = c.SettingUp(body="executive", date=today, section="§ 41")
    story.does("coordinator", c.GiveOpportunity(phase="image", affected="village", on=today, how="At the school."))
    story.does("registrar", c.AskStatement(statement="youth", body="youth-council", phase="image", due=later))
    story.does("registrar", c.RecordStatement(statement="youth", given=today, text="We want a park."))
    story.does("coordinator", c.AnswerStatement(statement="youth", text="There will be one."))
    story.does("coordinator", c.OpenHearing(hearing="doors", phase="image", first=today, last=today, channels=("web",)))
    story.after(days=1)
    story.does("coordinator", c.CloseHearing(hearing="doors", contributions=3, summary="They want a park."))
    story.does("coordinator", c.Extend(date="checkpoint:image", to=later, reason="The spring was late."))
    story.does("coordinator", c.Hold(reason="The money is late."))
    story.does("coordinator", c.Resume())
    story.does("coordinator", c.Stop(reason="The towns are merged."))
    story.does("coordinator", c.Reopen(setting_up=setting_up))
    criterion = {"id": "clear", "text": {"fi": "Selkeä"}, "assessed_by": "assessor"}
    story.amends(change="criterion", phase="image", criterion=criterion)


def to_the_end(story: Story) -> None:
    today = story.world().today
    story.does("coordinator", c.RecordCooperation(needed=False, why="Nobody's work changes."))
    story.files.add("f" * 64)
    story.does("registrar", c.RecordHandling(body="council", kind="decision", outcome="amended", date=today))
    story.does("registrar", c.RecordDecidedText(handling="h1", decided={"vision": "f" * 64}))
    story.does("registrar", c.CorrectEntry(item="h1", field="section", to="§ 110", reason="It was left out."))
    story.does("registrar", c.RecordMinutes(handling="h1", inspected=today, published=today))
    story.does("registrar", c.RecordLegalState(handling="h1", legal="final", on=today))
    story.files.add("b" * 64)
    story.does("flow", c.RecordRendition(of="a" * 64, language="fi", format="pdf", sha256="b" * 64, renderer="typst"))
    story.does("protection", c.Redact(files=("f" * 64,), ground="GDPR 17"))
    story.comes_to_checkpoint("image")
    story.accept(*story.round().seats)
    story.passes("image", clear="Its words are plain.")
    story.goes_through("need")
    story.does("registrar", c.MakePublic(phase="image", ground="decided"))
    story.does("coordinator", c.HandOver(to="stand-in"))
    story.does("stand-in", c.Close())
    story.kept_until = {"drafts": story.world().today}
    story.does("registrar", c.Destroy(data=("drafts",)))


def test_everything_that_can_happen_happens_in_one_story_and_folds():
    story = Story(
        definition(
            phase("image", 2, ["vision"], *BOTH, affected=[{"id": "village", "name": {"fi": "Kylä"}}]),
            phase("need", 3, ["register"]),
        )
    )
    around_it(story)
    first_phase(story)
    story.comes_to_checkpoint("need")
    story.returns("need", to="image")
    to_the_end(story)
    assert {type(one.event) for one in story.record} == set(EVENTS.values()) - {RemindersFellDue}
