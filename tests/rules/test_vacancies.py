"""Who is missing in a process: told until the part is filled, or nobody is to play it any more."""

import pytest
from rulebook import Story
from small_town import SMALL, group, one_round

from models.commands import Amend, Hold, Stop, Submit
from models.errors import Refused
from models.vacancies import Missing, Vacancy, vacancies


def missing(story: Story) -> set[Vacancy]:
    return set(vacancies(story.process, story.world()))


def leaves(story: Story, person: str) -> None:
    """As `RemovePerson` does: the person and their seats are out of use."""
    people = story.directory.people
    story.changes(
        people={**people, person: people[person].model_copy(update={"active": False})},
        seats={key: seat for key, seat in story.directory.seats.items() if seat.person != person},
    )


def test_a_role_slot_is_vacant_from_the_day_its_person_leaves_until_another_takes_it():
    story = Story(SMALL)
    assert missing(story) == set()
    leaves(story, "preparer")
    assert missing(story) == {Vacancy("preparer", Missing.PERSON)}
    story.does(
        "coordinator", Amend(change={"change": "role", "role": "preparer", "person": "outsider"}, reason="Left.")
    )
    assert missing(story) == set()


def test_a_group_without_a_chair_and_one_without_anybody():
    story = Story(one_round(group("teachers"), group("builders")))
    leaves(story, "teacher-1")
    for number in (1, 2, 3):
        leaves(story, f"builder-{number}")
    assert missing(story) == {Vacancy("teachers", Missing.CHAIR), Vacancy("builders", Missing.MEMBERS)}


def test_nobody_is_missing_in_groups_of_phases_that_have_passed_nor_in_a_process_that_was_stopped():
    story = Story(one_round(group("teachers")))
    story.goes_through("image")
    leaves(story, "teacher-1")
    assert missing(story) == set()
    leaves(story, "preparer")
    story.does("coordinator", Hold(reason="A pause."))
    assert missing(story) == {Vacancy("preparer", Missing.PERSON)}
    story.does("coordinator", Stop(reason="The towns are merging."))
    assert missing(story) == set()


@pytest.mark.parametrize(("rule", "gone", "refused"), [("chair", 2, True), ("chair", 1, False), ("consent", 2, False)])
def test_nothing_is_submitted_to_a_group_that_decides_by_its_chair_and_has_none(rule, gone, refused):
    story = Story(one_round(group("teachers", rule)))
    for number in range(1, gone + 1):
        leaves(story, f"teacher-{number}")
    story.opens("image")
    story.writes("image")
    if refused:
        assert "chair" in str(story.refused(Refused, "owner", Submit(phase="image")))
    else:
        story.submits("image")
