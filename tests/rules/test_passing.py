"""Passing a checkpoint: who states it, on what, what is locked and what becomes ready."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rulebook import ABSTAIN, OUT, Story, at_round
from small_town import DIAMOND, SMALL, definition, group, holder, phase

from models.canonical import canonical, sha256
from models.commands import (
    Answer,
    AskStatement,
    Assess,
    CarryAsCondition,
    CoSign,
    FileDissent,
    FulfilCondition,
    GiveOpportunity,
    Pass,
    RecordCooperation,
    RecordDissent,
    RecordStatement,
)
from models.criteria import COMPUTED, evaluate, inputs_of, lacking
from models.definitions.definition import CHECKS
from models.errors import CheckpointNotOpen, CriteriaUnmet, NotAuthorised, NotValid, Overtaken
from models.events import Actor
from models.outputs.checks import TYPED, Finding
from models.package import package_body
from models.process import Condition, Cooperation, Dissent, Objection, Opportunity, Process, Statement
from models.rounds import digest
from models.words import AnswerResult, RoundEnding
from models.world import Facts, TypedFacts


def criterion(key: str, must: bool = True, **more: str) -> dict[str, object]:
    return {"id": key, "text": {"fi": key}, "must": must, **more}


def accepted(**checkpoint: object) -> Story:
    story = at_round(**checkpoint)
    story.accept("t1", "t2", "t3")
    return story


def package(story: Story, key: str = "image") -> dict[str, object]:
    name = story.process.phases[key].package
    assert name is not None
    return json.loads(story.packages[name])


# --- a named person's own act -------------------------------------------------------------------------------------


def test_passing_is_always_the_named_preparers_own_act():
    story = accepted()
    for by in ("coordinator", "owner", "assessor", "teacher-1", "administrator", "setter-up", "outsider"):
        story.refused(NotAuthorised, by, story.passing("image"))
    story.passes("image")


def test_a_stance_that_completes_the_rule_passes_nothing():
    story = accepted()
    assert story.stands("teachers").met
    assert story.status() == ["at_checkpoint"]


def test_only_an_open_round_is_passed():
    story = accepted()
    command = story.passing("image")
    story.passes("image")
    story.refused(CheckpointNotOpen, "preparer", command)


# --- what it does -------------------------------------------------------------------------------------------------


def test_passing_locks_the_package_and_makes_the_next_phase_ready_at_once():
    story = Story()
    story.comes_to_checkpoint("image")
    story.accept(*story.round().seats)
    event = story.passes("image")
    assert event.ready == ("need",)
    assert story.status() == ["passed", "ready", "planned"]
    assert story.process.phases["image"].package == event.package == sha256(story.packages[event.package])
    assert story.process.rounds == {}


def test_a_package_holds_versions_counts_objections_answers_dissents_conditions_and_criteria():
    story = at_round(group("teachers", "majority"), criteria=[criterion("there", computed="output-submitted")])
    story.accept("t1", "t2")
    objection = story.objects("t3")
    story.does("preparer", Answer(objection=objection, result=AnswerResult.UNCHANGED, text="The bus still runs."))
    story.does("teacher-2", FileDissent(phase="image", seat="t2", text="The bridge should stay."))
    story.passes("image")
    body = package(story)
    assert body["versions"]["vision"]["sha256"] == sha256("first words")
    assert body["groups"][0] | {"accept": 2, "object": 1, "silent": 0, "met": True} == body["groups"][0]
    assert body["objections"][objection]["result"] == "unchanged"
    assert body["dissents"]["d1"]["count"] == 1
    assert body["criteria"] == {"there": True}


def test_a_package_is_the_canonical_text_of_what_it_says():
    story = accepted()
    body = story.packages[story.passes("image").package]
    assert body == canonical(json.loads(body))


def test_no_members_name_is_in_a_package():
    story = at_round()
    story.accept("t1", "t2")
    story.says("t3", ABSTAIN)
    story.does("teacher-2", FileDissent(phase="image", seat="t2", text="The bridge should stay."))
    event = story.passes("image")
    for seat in ("t1", "t2", "t3"):
        assert holder(seat) not in story.packages[event.package]
        assert story.directory.people[holder(seat)].name not in story.packages[event.package]


def test_silence_is_shown_as_a_count():
    story = at_round()
    story.accept("t1", "t2")
    story.passes("image")
    assert package(story)["groups"][0]["silent"] == 1


def test_packages_are_chained_in_the_order_of_locking():
    story = Story(DIAMOND)
    story.goes_through("image", "streets", "school", "whole")
    chain = [package(story, key) for key in ("image", "streets", "school", "whole")]
    names = [story.process.phases[key].package for key in ("image", "streets", "school", "whole")]
    assert [one["previous"] for one in chain] == [None, *names[:-1]]
    assert story.process.last_package == names[-1]


def test_after_the_last_checkpoint_nothing_becomes_ready():
    story = Story(SMALL)
    story.goes_through("image", "need")
    story.comes_to_checkpoint("method")
    story.accept(*story.round().seats)
    assert story.passes("method").ready == ()
    assert story.status() == ["passed"] * 3


# --- what the preparer saw ----------------------------------------------------------------------------------------


def test_passing_is_overtaken_when_versions_stances_objections_or_conditions_changed():
    story = at_round(group("teachers", "majority"), group("builders"))
    story.accept("t1", "t2", "b1", "b2")
    objection = story.objects("t3")
    changes = [
        lambda: story.accept("b3"),
        lambda: story.says("b3", OUT),
        lambda: story.does("preparer", Answer(objection=objection, result=AnswerResult.UNCHANGED, text="No.")),
        lambda: story.does("teacher-1", FileDissent(phase="image", seat="t1", text="The bridge should stay.")),
        lambda: story.does(
            "preparer",
            CarryAsCondition(objection=objection, owner="owner", due=story.world().today.replace(month=6)),
        ),
        lambda: story.does("owner", FulfilCondition(condition="c1", how="It was built.")),
        lambda: story.revises("image", vision="other words"),
    ]
    for change in changes:
        before = story.passing("image")
        change()
        error = story.refused(Overtaken, "preparer", before)
        assert ("other versions" in str(error)) == (change is changes[-1])


def test_in_which_order_the_signatures_came_changes_neither_the_digest_nor_the_package():
    story = at_round()
    objection = story.objects("t3")
    story.does("teacher-1", CoSign(item=objection, seat="t1", name="a teacher of the south"))
    story.does("teacher-3", CoSign(item=objection, seat="t3", name="a teacher of the north"))
    story.does("preparer", RecordDissent(objection=objection, reason="Heard and answered."))
    story.accept("t2")
    live = story.process
    rebuilt = Process.model_validate_json(json.dumps(json.loads(live.model_dump_json(by_alias=True)), sort_keys=True))
    live = live.model_copy(update={"dissents": {"d1": turned_round(live.dissents["d1"])}})
    assert list(live.dissents["d1"].signers) != list(rebuilt.dissents["d1"].signers)
    assert digest(live, "image") == digest(rebuilt, "image")
    event, by = story.passes("image"), Actor(person="preparer")
    assert package_body(live, event, by, story.now) == package_body(rebuilt, event, by, story.now)


def turned_round(dissent: Dissent) -> Dissent:
    return dissent.model_copy(update={"signers": dict(reversed(dissent.signers.items()))})


def test_passing_says_what_it_saw():
    story = accepted()
    command = story.passing("image")
    seen = command.seen.model_copy(update={"digest": None})
    story.refused(Overtaken, "preparer", command.model_copy(update={"seen": seen}))


# --- criteria -----------------------------------------------------------------------------------------------------


def test_a_must_that_fails_or_cannot_be_evaluated_refuses():
    story = accepted(criteria=[criterion("clear", assessed_by="assessor")])
    assert "clear" in str(story.refused(CriteriaUnmet, "preparer", story.passing("image")))
    assess = Assess(phase="image", criterion="clear", holds=False, seen=story.seen("image"))
    story.does("assessor", assess)
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))
    story.does("assessor", assess.model_copy(update={"holds": True}))
    assert story.passes("image").criteria == {"clear": True}


def test_the_preparer_waives_a_must_with_a_written_reason_that_stands_in_the_package():
    story = accepted(criteria=[criterion("clear", assessed_by="assessor")])
    event = story.passes("image", clear="The assessor is ill.")
    assert event.waived["clear"].startswith("c1:")
    assert package(story)["waived"] == event.waived
    assert event.criteria == {"clear": None}
    assert event.outcome is RoundEnding.PASSED


def test_a_waiver_needs_words():
    story = accepted(criteria=[criterion("clear", assessed_by="assessor")])
    with pytest.raises(ValueError, match="at least 1 character"):
        Pass(phase="image", seen=story.seen("image"), waive={"clear": "  "})


def test_what_holds_or_is_no_must_is_not_waived():
    story = accepted(
        criteria=[criterion("there", computed="output-submitted"), criterion("nice", False, assessed_by="assessor")]
    )
    for key in ("there", "nice", "nothing"):
        story.refused(NotValid, "preparer", story.passing("image", **{key: "To be sure."}))


def test_a_should_that_fails_is_shown_and_refuses_nothing():
    story = accepted(criteria=[criterion("nice", False, assessed_by="assessor")])
    assert story.passes("image").criteria == {"nice": None}


def test_an_assessment_is_made_anew_when_the_versions_change():
    story = accepted(criteria=[criterion("clear", assessed_by="assessor")])
    story.does("assessor", Assess(phase="image", criterion="clear", holds=True, seen=story.seen("image")))
    old = Assess(phase="image", criterion="clear", holds=True, seen=story.seen("image"))
    story.revises("image", vision="other words")
    story.accept("t1", "t2")
    story.refused(Overtaken, "assessor", old)
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))


def test_a_criterion_is_assessed_by_the_named_person_alone():
    story = accepted(
        criteria=[criterion("clear", assessed_by="assessor"), criterion("there", computed="output-submitted")]
    )
    command = Assess(phase="image", criterion="clear", holds=True, seen=story.seen("image"))
    for by in ("preparer", "coordinator", "owner", "teacher-1", "outsider"):
        story.refused(NotAuthorised, by, command)
    for key in ("there", "nothing"):
        story.refused(NotAuthorised, "assessor", command.model_copy(update={"criterion": key}))


# --- computed criteria, each failing and then holding --------------------------------------------------------------

AFFECTED = [{"id": "village", "name": {"fi": "Kylä"}}]
STATEMENTS = [{"id": "youth", "name": {"fi": "Nuoret"}, "body": "youth-council", "phase": "image", "least_days": 14}]


def computed(check: str) -> Story:
    """A round all have accepted, where only the one check is tested."""
    plan = definition(
        phase("image", 2, ["vision"], criteria=[criterion("checked", computed=check)], affected=AFFECTED),
        statements=STATEMENTS,
    )
    story = Story(plan)
    story.comes_to_checkpoint("image")
    story.accept("t1", "t2")
    return story


def heard(story: Story) -> None:
    opportunity = GiveOpportunity(phase="image", affected="village", on=story.world().today, how="At the school.")
    story.does("coordinator", opportunity)


def objection_answered(story: Story) -> None:
    story.does("preparer", Answer(objection="o1", result=AnswerResult.CHANGED, text="The bus runs earlier."))


def statement_given(story: Story) -> None:
    due = story.world().today.replace(day=20)
    story.does("registrar", AskStatement(statement="youth", body="youth-council", phase="image", due=due))
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))
    story.does("registrar", RecordStatement(statement="youth", given=story.world().today, text="We agree."))


def statement_time_run(story: Story) -> None:
    due = story.world().today.replace(day=20)
    story.does("registrar", AskStatement(statement="youth", body="youth-council", phase="image", due=due))
    story.after(days=19)
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))  # the last day is theirs
    story.after(days=1)


def judged(story: Story) -> None:
    story.does("coordinator", RecordCooperation(needed=True, why="Services move between units."))


def not_needed(story: Story) -> None:
    story.does("coordinator", RecordCooperation(needed=False, why="Nobody's work changes."))


def ended(story: Story) -> None:
    judged(story)
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))
    today = story.world().today
    story.does("coordinator", RecordCooperation(proposed=today, ended=today))


def all_answered(story: Story) -> None:
    story.says("t3", ABSTAIN)


def only_those_who_can(story: Story) -> None:
    story.says("t3", OUT)


@pytest.mark.parametrize(
    ("check", "done"),
    [
        ("groups-answered", all_answered),
        ("groups-answered", only_those_who_can),
        ("affected-heard", heard),
        ("statements-asked", statement_given),
        ("statements-asked", statement_time_run),
        ("staff-cooperation-judged", judged),
        ("staff-cooperation-judged", not_needed),
        ("staff-cooperation-done", not_needed),
        ("staff-cooperation-done", ended),
    ],
)
def test_a_computed_must_refuses_until_what_it_asks_has_been_done(check, done):
    story = computed(check)
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))
    done(story)
    assert story.passes("image").criteria == {"checked": True}


def test_objections_answered_asks_for_an_answer_to_each_that_was_not_withdrawn():
    plan = definition(
        phase(
            "image",
            2,
            ["vision"],
            group("teachers", "majority"),
            criteria=[criterion("checked", computed="objections-answered")],
        )
    )
    story = Story(plan)
    story.comes_to_checkpoint("image")
    story.accept("t1", "t2")
    story.objects("t3")
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))
    objection_answered(story)
    story.passes("image")


@pytest.mark.parametrize("check", ["output-submitted", "objections-answered", "conditions-done", "groups-answered"])
def test_a_computed_must_that_holds_from_the_start_refuses_nothing(check):
    story = computed(check)
    story.says("t3", ABSTAIN)
    assert story.passes("image").criteria == {"checked": True}


def test_every_check_a_definition_may_name_is_computed():
    assert set(COMPUTED) == set(CHECKS)


def test_a_checkpoint_with_an_unheard_affected_group_passes_only_with_a_written_reason():
    story = computed("affected-heard")
    event = story.passes("image", checked="The village was flooded; it is heard in April.")
    assert event.waived["checked"].startswith("c1:")


# --- every check of the record, failing with what it names, and holding --------------------------------------------


def changed(process: Process, **fields: Any) -> Process:
    return process.model_copy(update=fields)


def round_with(process: Process, **fields: Any) -> Process:
    return changed(process, rounds={"image": process.rounds["image"].model_copy(update=fields)})


def objected(process: Process, result: AnswerResult | None = None) -> Process:
    one = Objection(phase="image", round=1, group="teachers", text="c1", makers={}, result=result)
    return changed(process, objections={"o1": one})


def promised(process: Process, due: dt.date) -> Process:
    one = Condition(phase="image", objection=None, text="c1", owner="owner", due=due)
    return changed(process, conditions={"c1": one})


def all_said(process: Process) -> Process:
    stances = process.rounds["image"].stances
    return round_with(process, stances=stances | {"t3": stances["t1"]})


def asked_long_ago(process: Process) -> Process:
    one = Statement(body="youth-council", phase="image", asked=LONG_AGO, due=LONG_AGO)
    return changed(process, statements={"youth": one})


def given_a_say(process: Process) -> Process:
    one = Opportunity(on=LONG_AGO, heard=True)
    return changed(process, opportunities={"image/village": one})


LONG_AGO, LATER = dt.date(2000, 1, 3), dt.date(2100, 1, 4)
RECORD: dict[str, tuple[Callable[[Process], Process], tuple[str, ...], Callable[[Process], Process]]] = {
    "output-submitted": (lambda p: round_with(p, versions={}), ("vision",), lambda p: p),
    "groups-answered": (lambda p: p, ("teachers: 1",), all_said),
    "affected-heard": (lambda p: p, ("Kylä",), given_a_say),
    "objections-answered": (objected, ("o1",), lambda p: objected(p, AnswerResult.CHANGED)),
    "conditions-done": (lambda p: promised(p, LONG_AGO), ("c1",), lambda p: promised(p, LATER)),
    "statements-asked": (lambda p: p, ("Nuoret",), asked_long_ago),
    "staff-cooperation-judged": (lambda p: p, (), lambda p: changed(p, cooperation=Cooperation(needed=True))),
    "staff-cooperation-done": (
        lambda p: changed(p, cooperation=Cooperation(needed=True)),
        (),
        lambda p: changed(p, cooperation=Cooperation(needed=True, ended=LONG_AGO)),
    ),
}
"""By check: a process in which it fails, what it then names, and one in which it holds."""


def test_every_check_of_the_record_is_in_the_table():
    assert set(RECORD) | set(TYPED) == set(CHECKS)


@pytest.mark.parametrize("check", RECORD)
def test_a_check_of_the_record_fails_naming_its_items_and_holds(check):
    story = computed(check)
    fails, named, holds = RECORD[check]
    plan = story.world().phase("image").checkpoint
    (one,) = plan.criteria

    failing, holding = fails(story.process), holds(story.process)

    assert evaluate(failing, story.world(), "image", plan) == {"checked": False}
    assert lacking(failing, story.world(), "image", one) == named
    assert evaluate(holding, story.world(), "image", plan) == {"checked": True}
    assert lacking(holding, story.world(), "image", one) == ()


def test_what_is_not_assessed_stays_undone_when_staff_cooperation_has_begun():
    story = computed("staff-cooperation-begun")
    world, (one,) = story.world(), story.world().phase("image").checkpoint.criteria

    def found(process: Process, *still: str) -> tuple[bool | None, tuple[str, ...]]:
        finding = Finding(False, ("TT1 Seteli", *still), still)
        typed = TypedFacts(inputs_of(process, world.definition, "image"), {one.computed: finding})
        at = replace(world, facts=Facts(typed=typed))
        plan = world.phase("image").checkpoint
        return evaluate(process, at, "image", plan)["checked"], lacking(process, at, "image", one)

    begun = changed(story.process, cooperation=Cooperation(needed=True, proposed=LONG_AGO))
    assert found(story.process) == (False, ("TT1 Seteli",))
    assert found(begun) == (True, ())
    assert found(begun, "TT2 Kyyti") == (False, ("TT2 Kyyti",))


def test_an_output_that_is_not_required_need_not_be_submitted():
    there = [criterion("there", computed="output-submitted")]
    story = Story(definition(phase("image", 2, ["vision", "survey?"], criteria=there)))
    story.comes_to_checkpoint("image")
    story.accept("t1", "t2", "t3")
    story.passes("image")


def test_an_objection_of_a_later_phase_that_went_back_is_not_this_checkpoints_to_answer():
    answered = [criterion("answered", computed="objections-answered")]
    story = Story(definition(phase("image", 2, ["vision"], criteria=answered), phase("need", 3, ["register"])))
    story.goes_through("image")
    story.comes_to_checkpoint("need")
    story.objects("t1")
    story.returns("need", to="image")
    story.submits("image")
    story.accept("t1", "t2", "t3")
    story.passes("image")
