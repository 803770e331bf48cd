"""Who is missing in a process: told until the part is filled, or nobody is to play it any more."""

import datetime as dt

import pytest
from rulebook import Story
from small_town import SMALL, group, one_round

from models.commands import Amend, HandOver, Hold, NoteVacancies, Resume, Stop, Submit
from models.duties.duties import duties
from models.duties.owed import OwedByKind
from models.errors import NotAuthorised, ProcessNotRunning, Refused
from models.events import Actor, Event
from models.telling.leaving import Moment, Thing, leaving
from models.telling.telling import tellings
from models.vacancies import Vacancy, vacancies
from models.words import DutyKind, Missing

WEEK_LATER = dt.date(2027, 2, 8)


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


# --- noted and told -----------------------------------------------------------------------------------------------


def notes(story: Story, *about: str) -> list[Event]:
    return story.does(Actor(person="directory", channel="directory"), NoteVacancies(about=about))


def waiting(story: Story) -> dict[str, str | None]:
    """The vacant parts that wait, and for whom."""
    found = duties(story.process, story.definition, story.world().calendar)
    return {key: one.person for key, one in found.items() if one.kind is DutyKind.VACANCY}


def told(story: Story) -> dict[str, tuple[str | None, object]]:
    """Whom the last event tells what; each is told one thing."""
    found, _ = tellings(story.record[-1], story.process, story.world())
    return {one.person: (one.said.about, one.said.facts["missing"]) for one in found}


def test_who_leaves_is_noted_once_and_waits_for_the_coordinator_until_somebody_else_has_the_part():
    story = Story(SMALL)
    assert notes(story) == []
    leaves(story, "preparer")
    assert notes(story, "owner") == []  # they are there
    (event,) = notes(story, "preparer")
    assert (event.new, told(story)) == (("preparer",), {"coordinator": ("role:preparer", "person")})
    assert waiting(story) == {"vacancy:preparer": "coordinator"}
    assert duties(story.process, story.definition, story.world().calendar)["vacancy:preparer"].due == WEEK_LATER
    assert notes(story, "preparer") == []
    story.after(days=3)
    leaves(story, "owner")
    (event,) = notes(story, "owner")
    assert (event.new, told(story)) == (("owner",), {"coordinator": ("role:owner", "person")})
    assert story.process.vacant["preparer"].since < story.process.vacant["owner"].since
    story.does(
        "coordinator", Amend(change={"change": "role", "role": "preparer", "person": "outsider"}, reason="Left.")
    )
    assert waiting(story) == {"vacancy:owner": "coordinator"}
    (event,) = notes(story)
    assert ([one.slot for one in event.vacant], event.new, told(story)) == (["owner"], (), {})


def test_a_successor_who_leaves_too_is_told_anew():
    story = Story(SMALL)
    leaves(story, "preparer")
    notes(story, "preparer")
    story.does(
        "coordinator", Amend(change={"change": "role", "role": "preparer", "person": "outsider"}, reason="Left.")
    )
    leaves(story, "outsider")
    (event,) = notes(story, "outsider")
    assert event.new == ("preparer",)
    assert waiting(story) == {"vacancy:preparer": "coordinator"}


def test_that_the_coordinator_has_left_waits_for_who_states_the_next_outcome():
    story = Story(SMALL)
    leaves(story, "coordinator")
    notes(story, "coordinator")
    assert told(story) == {"preparer": ("role:coordinator", "coordinator")}
    assert waiting(story) == {"vacancy:coordinator": "preparer"}
    story.does("administrator", HandOver(to="setter-up"))
    assert waiting(story) == {}


@pytest.mark.parametrize("called", ["coordinator", "person"])
def test_a_message_of_the_coordinators_leaving_leaves_also_where_a_former_release_put_it(called):
    story = Story(SMALL)
    leaves(story, "coordinator")
    notes(story, "coordinator")
    ((one, *_), _) = tellings(story.record[-1], story.process, story.world())
    said = one.said.model_copy(update={"facts": {"missing": called}})

    def told_of() -> bool:
        owed = OwedByKind(story.process, story.definition, story.world().calendar)
        return bool(leaving([Thing(one.item, said)], one.person, Moment(story.process, story.world(), owed)).told)

    assert told_of()
    story.does("administrator", HandOver(to="setter-up"))
    assert not told_of()


def test_a_group_without_a_chair_waits_until_it_has_one_or_is_asked_no_more():
    story = Story(one_round(group("teachers"), group("builders")))
    seats = story.directory.seats
    leaves(story, "teacher-1")
    assert notes(story, "the-builders") == []  # those have a chair
    notes(story, "the-teachers")
    assert told(story) == {"coordinator": ("group:teachers", "chair")}
    assert waiting(story) == {"vacancy:teachers": "coordinator"}
    for number in (2, 3):
        leaves(story, f"teacher-{number}")
    notes(story, "the-teachers")
    assert told(story) == {"coordinator": ("group:teachers", "members")}
    story.changes(seats=seats)
    (event,) = notes(story)
    assert (event.vacant, waiting(story)) == ((), {})


def test_a_group_that_had_nobody_and_gets_members_still_waits_for_a_chair():
    story = Story(one_round(group("teachers")))
    seats = story.directory.seats
    for number in (1, 2, 3):
        leaves(story, f"teacher-{number}")
    notes(story, "the-teachers")
    story.after(days=2)
    story.changes(seats={key: seat for key, seat in seats.items() if seat.person != "teacher-1"})
    people = story.directory.people
    story.changes(people={key: one.model_copy(update={"active": True}) for key, one in people.items()})
    (event,) = notes(story)  # somebody came: nobody left
    assert (event.new, told(story)) == (("teachers",), {"coordinator": ("group:teachers", "chair")})
    assert waiting(story) == {"vacancy:teachers": "coordinator"}
    story.changes(seats=seats)
    notes(story)
    assert waiting(story) == {}


def test_nobody_but_the_directory_notes_it_and_a_pause_tells_it_when_the_work_goes_on():
    story = Story(SMALL)
    leaves(story, "preparer")
    for by in ("coordinator", "administrator", "registrar"):
        story.refused(NotAuthorised, by, NoteVacancies())
    story.does("coordinator", Hold(reason="A pause."))
    notes(story, "preparer")
    assert waiting(story) == {}
    story.does("coordinator", Resume())
    assert waiting(story) == {"vacancy:preparer": "coordinator"}
    story.does("coordinator", Stop(reason="The towns are merging."))
    assert waiting(story) == {}
    story.refused(ProcessNotRunning, Actor(person="directory", channel="directory"), NoteVacancies())
