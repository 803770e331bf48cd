"""Amending a running process: people and ladders at once; groups, rules and criteria from the next round."""

import pytest
from rulebook import ACCEPT, Story, at_round
from small_town import BOTH, definition, group, phase

from models.commands import Amend
from models.errors import CriteriaUnmet, NotAuthorised, NotFound, NotValid, Refused
from models.words import DutyKind


def amendment(change: str, **fields: object) -> Amend:
    return Amend.model_validate({"change": {"change": change, **fields}, "reason": "The town has changed its mind."})


def group_change(rule: str = "majority", key: str = "teachers", at: str = "image", **more: object) -> Amend:
    of = {"of": more.pop("of")} if "of" in more else {}
    return amendment("group", phase=at, group=group(key, rule, **more), **of)


def criterion_change(at: str = "image", **fields: object) -> Amend:
    criterion = {"id": "clear", "text": {"fi": "Selkeä"}, **fields}
    return amendment("criterion", phase=at, criterion=criterion)


ROLE = amendment("role", role="preparer", person="stand-in")
STEPS = [{"when": "on the day", "to": "holder"}]


def ladder(duty: str = "output", *steps: dict[str, str]) -> Amend:
    return amendment("ladder", ladder={"duty": duty, "steps": list(steps or STEPS)})


# --- at any time --------------------------------------------------------------------------------------------------


def test_a_preparer_is_changed_at_any_time_also_in_an_open_round():
    story = at_round()
    story.accept("t1", "t2")
    story.does("coordinator", ROLE)
    story.refused(NotAuthorised, "preparer", story.passing("image"))
    story.does("stand-in", story.passing("image"))


def test_a_role_goes_to_an_active_person_and_the_coordinators_is_handed_over():
    story = Story()
    story.refused(NotFound, "coordinator", amendment("role", role="mayor", person="stand-in"))
    story.refused(NotFound, "coordinator", amendment("role", role="owner", person="a stranger"))
    story.refused(NotValid, "coordinator", amendment("role", role="coordinator", person="stand-in"))


def test_reminders_of_a_duty_follow_another_ladder_at_once():
    story = at_round()
    story.does("coordinator", ladder())
    assert story.process.ladders[DutyKind.OUTPUT].steps[0].when == "on the day"


def test_no_amendment_tells_a_line_manager_about_a_stance():
    story = Story()
    told = {"when": "1 day after", "to": "line_manager"}
    story.refused(NotValid, "coordinator", ladder("stance", *STEPS, told))
    story.does("coordinator", ladder("output", told))
    story.does("coordinator", ladder("stance"))


# --- from the next round ------------------------------------------------------------------------------------------

NOT_IN_A_ROUND = [
    group_change(),
    group_change(key="builders"),
    amendment("remove_group", phase="image", group="neighbours"),
    criterion_change(assessed_by="assessor"),
    amendment("remove_criterion", phase="image", criterion="there"),
]


def with_criterion() -> Story:
    criteria = [{"id": "there", "text": {"fi": "On"}, "computed": "output-submitted"}]
    story = Story(definition(phase("image", 2, ["vision"], *BOTH, criteria=criteria), phase("need", 3, ["register"])))
    story.comes_to_checkpoint("image")
    return story


@pytest.mark.parametrize("amend", NOT_IN_A_ROUND)
def test_groups_rules_and_criteria_of_an_open_round_are_not_changed_but_returned_first(amend):
    story = with_criterion()
    assert "return it first" in str(story.refused(Refused, "coordinator", amend))
    story.returns("image")
    story.does("coordinator", amend)
    story.submits("image")


@pytest.mark.parametrize("amend", NOT_IN_A_ROUND)
def test_a_passed_checkpoint_is_not_changed(amend):
    story = with_criterion()
    story.accept(*story.round().seats)
    story.passes("image")
    story.refused(Refused, "coordinator", amend)


def test_an_amended_rule_holds_from_the_next_round():
    story = at_round()
    story.returns("image")
    story.does("coordinator", group_change("majority"))
    story.submits("image")
    story.accept("t1", "t2")
    story.objects("t3")
    story.passes("image")


def test_a_group_joins_a_checkpoint_and_the_process():
    story = Story()
    story.does("coordinator", group_change("chair", "builders"))
    story.comes_to_checkpoint("image")
    assert {seat.group for seat in story.round().seats.values()} == {"teachers", "neighbours", "builders"}


def test_a_group_new_to_the_process_is_one_of_the_municipality_and_not_there_under_another_name():
    story = Story()
    story.refused(NotFound, "coordinator", group_change(key="pupils"))
    story.refused(NotFound, "coordinator", group_change(key="pupils", of="the-pupils"))
    story.refused(NotValid, "coordinator", group_change(key="pupils", of="the-teachers"))
    dissolved = story.directory.groups["the-builders"].model_copy(update={"active": False})
    story.changes(groups={**story.directory.groups, "the-pupils": dissolved})
    story.refused(NotFound, "coordinator", group_change(key="pupils", of="the-pupils"))


def test_a_group_of_the_process_need_not_be_named_again_and_may_be_another_one_from_now_on():
    story = Story()
    (event,) = story.does("coordinator", group_change("all"))
    assert (event.groups, story.process.groups["teachers"]) == ({}, "the-teachers")
    pupils = story.directory.groups["the-builders"].model_copy(update={"name": "Oppilaat"})
    story.changes(groups={**story.directory.groups, "the-pupils": pupils})
    (event,) = story.does("coordinator", group_change("all", of="the-pupils"))
    assert (event.groups, story.process.groups["teachers"]) == ({"teachers": "the-pupils"}, "the-pupils")


def test_a_removed_group_is_not_asked_from_the_next_round_on():
    story = Story()
    story.does("coordinator", amendment("remove_group", phase="image", group="neighbours"))
    story.comes_to_checkpoint("image")
    assert {seat.group for seat in story.round().seats.values()} == {"teachers"}
    story.returns("image")
    story.refused(NotFound, "coordinator", amendment("remove_group", phase="image", group="neighbours"))
    story.refused(NotValid, "coordinator", amendment("remove_group", phase="image", group="teachers"))


def test_a_criterion_is_added_beside_the_others_or_takes_the_place_of_its_own():
    story = Story()
    story.does("coordinator", criterion_change(assessed_by="assessor"))
    story.does("coordinator", criterion_change(id="there", computed="output-submitted"))
    story.does("coordinator", criterion_change(assessed_by="owner"))
    found = {one.id: one.assessed_by for one in story.process.amended["image"].criteria}
    assert found == {"there": None, "clear": "owner"}


def test_an_amended_criterion_is_tested_from_the_next_round_on():
    story = Story()
    story.does("coordinator", criterion_change(assessed_by="assessor"))
    story.comes_to_checkpoint("image")
    story.accept(*story.round().seats)
    story.refused(CriteriaUnmet, "preparer", story.passing("image"))
    story.returns("image")
    story.does("coordinator", amendment("remove_criterion", phase="image", criterion="clear"))
    story.refused(NotFound, "coordinator", amendment("remove_criterion", phase="image", criterion="clear"))
    story.submits("image")
    story.accept(*story.round().seats)
    story.passes("image")


@pytest.mark.parametrize(
    "amend",
    [
        group_change(quorum="3/2"),  # more than all
        group_change(covers=["register"]),  # an output the checkpoint does not carry
        criterion_change(),  # neither computed nor assessed
        criterion_change(computed="output-submitted", assessed_by="assessor"),  # both
        criterion_change(computed="weather-good"),  # no such check
        criterion_change(assessed_by="mayor"),  # nobody could assess it
        criterion_change(computed="affected-heard"),  # the phase names no affected groups
    ],
)
def test_an_amended_checkpoint_is_one_that_a_definition_could_have(amend):
    story = Story()
    story.refused(NotValid, "coordinator", amend)


def test_a_checkpoint_keeps_as_many_groups_as_it_asks_for():
    story = Story(definition(phase("image", 2, ["vision"], *BOTH, at_least=2)))
    error = story.refused(NotValid, "coordinator", amendment("remove_group", phase="image", group="neighbours"))
    assert str(error) == "The checkpoint asks for 2 groups and would have 1."
    story.does("coordinator", group_change("all"))  # as many as it asks for are enough


def test_amending_one_phase_changes_no_other():
    story = Story()
    story.does("coordinator", group_change("all", at="need"))
    story.comes_to_checkpoint("image")
    assert story.round().groups[0].rule == "consent"


def test_only_the_coordinator_amends():
    story = Story()
    for by in ("preparer", "owner", "administrator", "teacher-1", "outsider"):
        for amend in (ROLE, ladder(), group_change()):
            story.refused(NotAuthorised, by, amend)


def test_a_change_of_seats_holds_from_the_next_round():
    story = at_round()
    story.accept("t1", "t2")
    story.changes(seats={key: seat for key, seat in story.directory.seats.items() if key != "t3"})
    assert story.stands("teachers").seats == 3
    story.returns("image")
    story.submits("image")
    story.says("t1", ACCEPT)
    assert story.stands("teachers").seats == 2
