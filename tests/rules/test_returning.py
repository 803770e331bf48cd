"""Returning work to this phase or an earlier one, also with parallel phases and after the last checkpoint."""

import json

import pytest
from rulebook import Story, at_round
from small_town import DIAMOND, SMALL, definition, phase

from models.commands import (
    CarryAsCondition,
    Confirm,
    FileDissent,
    OpenPhase,
    RecordHandling,
    RecordLegalState,
    Return,
    Submit,
)
from models.errors import (
    CheckpointNotOpen,
    NotAuthorised,
    NotFound,
    NotValid,
    Overtaken,
    PhaseNotOpen,
    PhaseNotReady,
    Refused,
)
from models.events import WorkReturned
from models.words import ObjectionStatus


def all_packages(story: Story) -> dict[str, bool]:
    """Which phases' packages stand."""
    return {key: one.package is not None for key, one in story.process.phases.items()}


def handling(story: Story, outcome: str = "returned") -> str:
    story.does(
        "registrar",
        RecordHandling(body="executive", kind="proposal", outcome=outcome, date=story.world().today, section="§ 99"),
    )
    return f"h{story.process.counters['h']}"


# --- to this phase ------------------------------------------------------------------------------------------------


def test_a_round_is_returned_to_its_own_phase_which_reopens_on_its_drafts():
    story = at_round()
    story.accept("t1")
    event = story.returns("image")[0]
    assert isinstance(event, WorkReturned)
    assert (event.round, event.to, event.suspended, event.superseded, event.set_aside) == (1, "image", (), (), ())
    assert (story.status(), story.process.rounds) == (["open"], {})
    story.submits("image")


def test_a_returned_checkpoint_needs_every_stance_again():
    story = at_round()
    story.accept("t1", "t2", "t3")
    story.returns("image")
    story.submits("image")
    assert story.stands("teachers").silent == 3


def test_open_objections_go_back_with_their_round():
    story = at_round()
    objection = story.objects("t1")
    story.returns("image")
    assert story.process.objections[objection].status is ObjectionStatus.RETURNED


def test_the_preparer_and_the_coordinator_return_and_nobody_else():
    story = at_round()
    for by in ("owner", "assessor", "teacher-1", "administrator", "outsider", "clock"):
        story.refused(NotAuthorised, by, Return(phase="image", to="image", reason="More work."))
    story.returns("image", by="coordinator")


def test_returning_on_versions_that_have_changed_is_overtaken():
    story = at_round()
    seen = story.seen("image")
    story.revises("image", vision="other words")
    story.refused(Overtaken, "preparer", Return(phase="image", to="image", reason="More work.", seen=seen))
    story.returns("image", seen=story.seen("image"))


def test_without_an_open_round_nothing_is_returned():
    story = Story()
    back = Return(phase="image", to="image", reason="More work.")
    story.refused(CheckpointNotOpen, "preparer", back)
    story.opens("image")
    story.refused(CheckpointNotOpen, "preparer", back)
    story.writes("image")
    story.submits("image")
    story.accept(*story.round().seats)
    story.passes("image")
    story.refused(CheckpointNotOpen, "preparer", back)


# --- to an earlier phase ------------------------------------------------------------------------------------------


def test_a_checkpoint_returns_work_to_an_earlier_phase_and_the_later_ones_are_suspended():
    story = Story()
    story.goes_through("image", "need")
    story.comes_to_checkpoint("method")
    event = story.returns("method", to="image")[0]
    assert isinstance(event, WorkReturned)
    assert (event.suspended, event.set_aside) == (("need", "method"), ("image", "need"))
    assert story.status() == ["open", "suspended", "suspended"]
    assert not any(all_packages(story).values())


def test_work_goes_back_only_to_the_same_phase_or_an_earlier_one():
    story = Story()
    story.comes_to_checkpoint("image")
    story.refused(NotValid, "preparer", Return(phase="image", to="need", reason="Forward."))
    story.refused(NotFound, "preparer", Return(phase="image", to="garden", reason="Nowhere."))


def test_work_goes_back_to_no_phase_that_is_not_built_on():
    story = Story(DIAMOND)
    story.goes_through("image", "school")
    story.comes_to_checkpoint("streets")
    story.refused(NotValid, "preparer", Return(phase="streets", to="school", reason="The school is too small."))
    story.returns("streets", to="image")


def test_a_suspended_phase_is_neither_opened_nor_submitted():
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    story.returns("need", to="image")
    assert story.status() == ["open", "suspended", "planned"]
    story.refused(PhaseNotReady, "coordinator", OpenPhase(phase="need"))
    story.refused(PhaseNotOpen, "owner", Submit(phase="need"))


def test_a_suspended_phase_becomes_ready_when_all_it_receives_has_passed_anew():
    story = Story()
    story.goes_through("image", "need")
    story.comes_to_checkpoint("method")
    story.returns("method", to="image")
    story.comes_to_checkpoint("image", vision="other words")
    story.accept(*story.round().seats)
    assert story.passes("image").ready == ("need",)
    assert story.status() == ["passed", "ready", "suspended"]
    story.goes_through("need", "method")
    assert story.status() == ["passed"] * 3


def test_a_package_passed_anew_supersedes_the_former_and_goes_on_in_the_chain():
    story = Story()
    story.goes_through("image", "need")
    first = {key: story.process.phases[key].package for key in ("image", "need")}
    story.comes_to_checkpoint("method")
    story.returns("method", to="image")
    story.comes_to_checkpoint("image", vision="other words")
    story.accept(*story.round().seats)
    event = story.passes("image")
    assert (event.supersedes, event.previous) == (first["image"], first["need"])
    story.goes_through("need")
    body = json.loads(story.packages[story.process.phases["need"].package or ""])
    assert (body["supersedes"], body["previous"]) == (first["need"], event.package)
    assert body["received"] == {"image": event.package}


def test_a_phase_returned_twice_supersedes_the_last_package_that_was_locked():
    story = Story()
    story.goes_through("image")
    first = story.process.phases["image"].package
    for words in ("second words", "third words"):
        story.comes_to_checkpoint("need")
        story.returns("need", to="image")
        story.comes_to_checkpoint("image", vision=words)
        story.returns("image")
        story.comes_to_checkpoint("image", vision=words + ", mended")
        story.accept(*story.round().seats)
        event = story.passes("image")
        assert event.supersedes == first
        first = event.package


def test_a_phase_that_was_only_planned_stays_planned():
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    story.returns("need", to="image")
    assert story.status("method") == ["planned"]


def test_a_ready_and_an_open_phase_are_suspended_too():
    for prepare in (lambda _: None, lambda story: story.opens("streets")):
        story = Story(DIAMOND)
        story.goes_through("image")
        prepare(story)
        story.comes_to_checkpoint("school")
        story.returns("school", to="image")
        assert story.status() == ["open", "suspended", "suspended", "planned"]


# --- parallel phases ----------------------------------------------------------------------------------------------


def test_open_rounds_of_phases_that_build_on_it_end_as_superseded():
    story = Story(DIAMOND)
    story.goes_through("image")
    story.comes_to_checkpoint("school")
    story.comes_to_checkpoint("streets")
    objection = story.objects("t1", at="streets")
    event = story.returns("school", to="image")[0]
    assert isinstance(event, WorkReturned)
    assert event.superseded == ("streets",)
    assert story.process.rounds == {}
    assert story.process.objections[objection].status is ObjectionStatus.RETURNED


def test_parallel_phases_are_not_suspended():
    story = Story(DIAMOND)
    story.goes_through("image", "school", "streets")
    story.comes_to_checkpoint("whole")
    story.returns("whole", to="school")
    assert story.status() == ["passed", "open", "passed", "suspended"]
    assert all_packages(story) == {"image": True, "school": False, "streets": True, "whole": False}


def test_a_joining_phase_waits_for_the_one_that_was_returned():
    story = Story(DIAMOND)
    story.goes_through("image", "school", "streets")
    story.comes_to_checkpoint("whole")
    story.returns("whole", to="school")
    story.comes_to_checkpoint("school", lessons="other lessons")
    story.accept("t1", "t2")
    assert story.passes("school").ready == ("whole",)
    story.goes_through("whole")


def test_a_parallel_round_goes_on_while_the_other_phase_returns_to_itself():
    story = Story(DIAMOND)
    story.goes_through("image")
    story.comes_to_checkpoint("school")
    story.comes_to_checkpoint("streets")
    story.returns("school")
    assert story.status() == ["passed", "open", "at_checkpoint", "planned"]


def test_phases_that_build_on_it_through_others_are_suspended_too():
    long = definition(
        phase("image", 2, ["vision"]),
        phase("aside", 2, ["facts"], receives=[]),
        phase("need", 3, ["register"], receives=["image"]),
        phase("method", 4, ["comparison"], receives=["need"]),
        phase("whole", 5, ["model"], receives=["method", "aside"]),
    )
    story = Story(long)
    story.goes_through("image", "aside", "need", "method")
    story.comes_to_checkpoint("whole")
    story.returns("whole", to="image")
    assert story.status() == ["open", "passed", "suspended", "suspended", "suspended"]
    assert all_packages(story)["aside"]


def test_what_the_later_phases_had_written_stays_and_is_confirmed_over_the_same_bytes():
    story = Story(DIAMOND)
    story.goes_through("image")
    story.comes_to_checkpoint("streets")
    story.accept("t1", at="streets")
    story.comes_to_checkpoint("school")
    story.returns("school", to="image")
    story.comes_to_checkpoint("image", vision="other words")
    story.accept("t1", "t2")
    story.passes("image")
    story.comes_to_checkpoint("streets")
    assert story.round("streets").no == 2
    story.does("teacher-1", Confirm(phase="streets", seat="t1", seen=story.seen("streets")))
    assert story.stands("teachers").accept == 1


def test_what_stood_in_passed_rounds_is_confirmed_over_the_same_bytes_when_a_body_sends_the_matter_back():
    story = Story()
    story.goes_through("image", "need", "method")
    story.returns("method", to="need", handling=handling(story))
    story.comes_to_checkpoint("need")
    seat = next(iter(story.round("need").seats))
    confirm = Confirm(phase="need", seat=seat, seen=story.seen("need"))
    story.does(story.round("need").seats[seat].person, confirm)
    assert story.round("need").stances[seat].kind == "accept"
    story.accept(*story.round("need").seats)
    story.passes("need")
    story.comes_to_checkpoint("method", comparison="another comparison")  # and the phase behind it, on other bytes
    seat = next(iter(story.round("method").seats))
    confirm = Confirm(phase="method", seat=seat, seen=story.seen("method"))
    story.refused(NotValid, story.round("method").seats[seat].person, confirm)


def test_drafts_conditions_and_dissents_stay():
    story = Story()
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    story.does("teacher-1", FileDissent(phase="need", seat="t1", text="The bridge should stay."))
    june = story.world().today.replace(month=6)
    story.does("preparer", CarryAsCondition(objection=story.objects("t2"), owner="owner", due=june))
    story.returns("need", to="image")
    assert (set(story.process.dissents), set(story.process.conditions)) == ({"d1"}, {"c1"})


# --- after the last checkpoint ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "status"), [("method", ["passed", "passed", "open"]), ("need", ["passed", "open", "suspended"])]
)
def test_after_the_last_checkpoint_a_body_sends_the_matter_back(to, status):
    story = Story()
    story.goes_through("image", "need", "method")
    event = story.returns("method", to=to, handling=handling(story))[0]
    assert isinstance(event, WorkReturned)
    assert (event.round, event.handling) == (None, "h1")
    assert story.status() == status


def test_after_the_last_checkpoint_nothing_goes_back_without_a_handling_that_returned_it():
    story = Story()
    story.goes_through("image", "need", "method")
    story.refused(Refused, "preparer", Return(phase="method", to="need", reason="A feeling."))
    story.refused(NotFound, "preparer", Return(phase="method", to="need", reason="A feeling.", handling="h9"))
    approved = handling(story, "approved")
    story.refused(NotValid, "preparer", Return(phase="method", to="need", reason="A feeling.", handling=approved))


def test_only_the_last_phase_is_sent_back_by_a_body_once_it_has_passed():
    story = Story()
    story.goes_through("image", "need", "method")
    back = Return(phase="need", to="image", reason="Sent back.", handling=handling(story))
    story.refused(CheckpointNotOpen, "preparer", back)


def test_a_matter_sent_back_passes_anew_and_its_package_supersedes_the_former():
    story = Story(SMALL)
    story.goes_through("image", "need", "method")
    first = story.process.phases["method"].package
    story.returns("method", handling=handling(story))
    story.comes_to_checkpoint("method", comparison="another comparison")
    story.accept(*story.round().seats)
    assert story.passes("method").supersedes == first


def test_a_handling_sends_the_matter_back_once():
    story = Story(SMALL)
    story.goes_through("image", "need", "method")
    former, used = handling(story), handling(story)
    story.returns("method", handling=used)
    story.goes_through("method")
    for key in (former, used):
        story.refused(Refused, "preparer", Return(phase="method", to="method", reason="Once more.", handling=key))
    story.returns("method", handling=handling(story))


def decided(story: Story, outcome: str = "approved") -> str:
    day, section = story.world().today, "§ 110"
    story.does("registrar", RecordHandling(body="council", kind="decision", outcome=outcome, date=day, section=section))
    return f"h{story.process.counters['h']}"


def test_a_decided_matter_goes_back_only_when_the_decision_is_annulled():
    story = Story(SMALL)
    story.goes_through("image", "need", "method")
    older, decision = handling(story), decided(story)
    for key in (older, decision):
        kind = Refused if key == older else NotValid
        story.refused(kind, "preparer", Return(phase="method", to="need", reason="Anew.", handling=key))
    annulled = RecordLegalState(handling=decision, legal="annulled", on=story.world().today)
    story.does("registrar", annulled)
    story.returns("method", to="need", handling=decision)
    assert (story.process.decision, story.status()) == (None, ["passed", "open", "suspended"])


def test_what_bodies_did_before_the_matter_went_back_counts_for_nothing_after_it():
    story = Story(SMALL)
    story.goes_through("image", "need", "method")
    proposal = RecordHandling(
        body="executive", kind="proposal", outcome="approved", date=story.world().today, plan="proposal"
    )
    story.does("registrar", proposal)
    story.returns("method", handling=handling(story))
    story.goes_through("method")
    decision = decided(story)
    assert "executive-missing" in story.process.handlings[decision].defects
    assert all(one.set_aside for key, one in story.process.handlings.items() if key != "h3")
