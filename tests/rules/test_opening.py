"""Creating a process and opening its phases."""

import datetime as dt

from rulebook import Story
from small_town import DIAMOND, ROLES, SMALL, START, definition, group, phase, text

from models.commands import CreateProcess, OpenPhase, Retract, Submit
from models.errors import NotAuthorised, NotFound, NotValid, PackageChanged, PhaseNotOpen, PhaseNotReady, Refused
from models.events import PhaseOpened, ProcessCreated
from models.words import PhaseStatus

CHOICE = {
    "id": "time-plan",
    "question": text("Kumpi aikataulu?"),
    "readings": [{"id": "boxes", "name": text("Laatikot")}, {"id": "texts", "name": text("Tekstit")}],
    "proposed": "boxes",
}
WITH_CHOICE = definition(phase("image", 2, ["vision"]), choices=[CHOICE])
SETTLED = {"time-plan": {"reading": "texts", "why": "The texts are newer."}}


# --- creating -----------------------------------------------------------------------------------------------------


def test_creating_names_the_setting_up_decision_groups_preparer_coordinator_and_start():
    story = Story()
    created = story.record[0].event
    assert isinstance(created, ProcessCreated)
    assert created.setting_up is not None
    assert (created.setting_up.body, created.setting_up.section) == ("executive", "§ 12")
    assert created.start == START
    assert story.process.roles == ROLES
    assert story.process.groups == {
        "teachers": "the-teachers",
        "neighbours": "the-neighbours",
        "builders": "the-builders",
    }
    assert not story.process.rehearsal


def test_a_process_without_a_setting_up_decision_is_a_rehearsal():
    assert Story(setting_up=None).process.rehearsal


def test_creating_settles_the_choices_the_sources_leave_with_who_and_why():
    story = Story(WITH_CHOICE, choices=SETTLED)
    created = story.record[0].event
    assert isinstance(created, ProcessCreated)
    assert created.choices["time-plan"].why.startswith("c1:")
    assert story.process.choices == {"time-plan": "texts"}


def test_a_process_is_not_created_while_something_it_needs_is_missing_or_unknown():
    story = Story(WITH_CHOICE, choices=SETTLED)
    story.state, story.record = None, []
    rows = [
        (NotValid, {}),  # the choice is left open
        (NotFound, {"choices": SETTLED | {"colour": {"reading": "red", "why": "It is bright."}}}),
        (NotFound, {"choices": {"time-plan": {"reading": "stars", "why": "It is bright."}}}),
        (NotValid, {"choices": SETTLED, "roles": {"coordinator": "coordinator"}}),  # nobody prepares
        (NotFound, {"choices": SETTLED, "roles": ROLES | {"mayor": "coordinator"}}),  # no such role
        (NotFound, {"choices": SETTLED, "roles": ROLES | {"owner": "a stranger"}}),  # nobody of the directory
        (NotValid, {"choices": SETTLED, "groups": {"teachers": "the-teachers"}}),  # two groups are not named
        (NotFound, {"choices": SETTLED, "groups": Story.creation().groups | {"teachers": "the-gardeners"}}),
        (NotFound, {"choices": SETTLED, "groups": Story.creation().groups | {"gardeners": "the-teachers"}}),
    ]
    for kind, fields in rows:
        story.refused(kind, "setter-up", story.creation(**fields))


def test_two_groups_of_a_process_are_not_one_group_of_the_municipality():
    story = Story()
    same = Story.creation().groups | {"builders": "the-teachers"}
    story.state, story.record = None, []
    assert "the-teachers" in str(story.refused(NotValid, "setter-up", story.creation(groups=same)))


def test_a_process_is_created_once():
    story = Story()
    story.refused(Refused, "setter-up", story.creation())


def test_coordinators_of_the_municipality_and_its_administrator_create_processes():
    story = Story()
    for by in ("coordinator", "registrar", "outsider"):
        story.state, story.record = None, []
        story.refused(NotAuthorised, by, story.creation())
    story.does("administrator", story.creation())


# --- ready --------------------------------------------------------------------------------------------------------


def test_phases_that_receive_from_none_are_ready_at_the_start():
    side_by_side = definition(
        phase("image", 2, ["vision"]),
        phase("study", 2, ["facts"], receives=[]),
        phase("whole", 3, ["model"], receives=["image", "study"]),
    )
    assert Story(side_by_side).status() == ["ready", "ready", "planned"]
    assert Story(SMALL).status() == ["ready", "planned", "planned"]


def test_a_phase_is_ready_when_all_it_receives_from_has_passed():
    story = Story(DIAMOND)
    story.goes_through("image")
    assert story.status() == ["passed", "ready", "ready", "planned"]
    story.goes_through("streets")
    assert story.status() == ["passed", "ready", "passed", "planned"]
    story.goes_through("school")
    assert story.status() == ["passed", "passed", "passed", "ready"]


# --- opening ------------------------------------------------------------------------------------------------------


def test_opening_is_the_coordinators_act():
    story = Story()
    for by in ("preparer", "owner", "teacher-1", "administrator", "outsider"):
        story.refused(NotAuthorised, by, OpenPhase(phase="image"))
    story.opens("image")
    assert story.status("image") == ["open"]


def test_the_clock_opens_nothing_and_passes_nothing():
    story = Story()
    for by in ("clock", "flow", "directory"):
        story.refused(NotAuthorised, by, OpenPhase(phase="image"))
    story.comes_to_checkpoint("image")
    story.accept(*story.round().seats)
    story.after(days=400)
    for by in ("clock", "flow", "directory"):
        story.refused(NotAuthorised, by, story.passing("image"))


def test_only_a_ready_phase_opens():
    story = Story()
    story.refused(PhaseNotReady, "coordinator", OpenPhase(phase="need"))
    story.opens("image")
    story.refused(PhaseNotReady, "coordinator", OpenPhase(phase="image"))
    story.refused(NotFound, "coordinator", OpenPhase(phase="garden"))


def test_opening_verifies_the_incoming_packages_and_names_them():
    story = Story(DIAMOND)
    story.goes_through("image", "school", "streets")
    event = story.opens("whole")[0]
    assert isinstance(event, PhaseOpened)
    assert event.received == {key: story.process.phases[key].package for key in ("school", "streets")}


def test_opening_is_refused_when_the_stored_package_has_other_bytes():
    story = Story()
    story.goes_through("image")
    (name,) = story.packages
    story.packages[name] += " "
    error = story.refused(PackageChanged, "coordinator", OpenPhase(phase="need"))
    assert "image" in str(error)


def test_opening_is_refused_when_the_stored_package_is_missing():
    story = Story()
    story.goes_through("image")
    story.packages.clear()
    story.refused(PackageChanged, "coordinator", OpenPhase(phase="need"))


def test_opening_is_refused_when_a_package_has_been_set_aside():
    story = Story(DIAMOND)
    story.goes_through("image", "school", "streets")
    phases = story.process.phases
    aside = phases["school"].model_copy(update={"package": None})  # as the state never says: the phase would wait
    story.state = story.process.model_copy(update={"phases": {**phases, "school": aside}})
    error = story.refused(PackageChanged, "coordinator", OpenPhase(phase="whole"))
    assert "set aside" in str(error)


def test_opening_is_not_refused_because_somewhere_a_newer_version_exists():
    story = Story()
    story.goes_through("image")
    story.writes("image", vision="newer words that nobody has submitted")
    story.opens("need")
    assert story.status("need") == ["open"]


def test_drafting_may_begin_before_a_phase_is_open_and_only_submitting_waits():
    story = Story()
    story.writes("need", register="an early draft")
    story.refused(PhaseNotOpen, "owner", Submit(phase="need"))
    story.goes_through("image")
    story.refused(PhaseNotOpen, "owner", Submit(phase="need"))
    story.opens("need")
    story.submits("need")
    assert story.status("need") == ["at_checkpoint"]


# --- taking an opening back ---------------------------------------------------------------------------------------


def test_an_opening_with_no_version_yet_is_taken_back():
    story = Story()
    story.opens("image")
    story.does("coordinator", Retract(what="opening", phase="image"))
    assert story.process.phases["image"].status is PhaseStatus.READY
    story.opens("image")


def test_an_opening_with_a_version_is_not_taken_back():
    story = Story()
    story.comes_to_checkpoint("image")
    story.refused(PhaseNotOpen, "coordinator", Retract(what="opening", phase="image"))
    story.returns("image")
    story.refused(Refused, "coordinator", Retract(what="opening", phase="image"))


def test_only_the_coordinator_takes_an_opening_back():
    story = Story()
    story.opens("image")
    for by in ("owner", "preparer", "teacher-1", "outsider"):
        story.refused(NotAuthorised, by, Retract(what="opening", phase="image"))


def test_the_creation_command_is_sealed_before_it_is_decided():
    command = CreateProcess.model_validate(Story.creation(choices=SETTLED).model_dump())
    assert command.choices["time-plan"].why == "The texts are newer."
    story = Story(WITH_CHOICE, choices=SETTLED)
    assert "newer" not in story.record[0].event.model_dump_json()


def test_a_phase_opens_late_or_early_as_the_coordinator_sees_fit():
    story = Story(definition(phase("image", 5, ["vision"], group("teachers"))), start=START)
    assert story.process.dates["phase:image:first"] == dt.date(2027, 5, 1)
    story.opens("image")
    assert story.status() == ["open"]
