"""When what was in preparation becomes public: by a registrar's or coordinator's act, on a ground that holds."""

import pytest
from rulebook import Story
from small_town import SMALL, definition, phase

from models.commands import Close, MakePublic, RecordHandling, RecordLegalState, RecordMinutes, Stop
from models.errors import NotAuthorised, NotFound, NotValid, Refused
from models.events import OutputsMadePublic
from models.words import Publicity
from models.world import DraftFacts


def make(phase: str = "image", ground: str = "study", *outputs: str, **more: str) -> MakePublic:
    return MakePublic.model_validate({"phase": phase, "outputs": outputs, "ground": ground, **more})


def passed(**publicity: Publicity) -> Story:
    """The image has passed; its outputs have that publicity, or are in preparation."""
    story = Story(SMALL)
    story.opens("image")
    story.writes("image")
    drafts = story.drafts["image"]
    story.drafts["image"] = {
        key: DraftFacts(one.sha256, one.by, publicity.get(key, Publicity.IN_PREPARATION)) for key, one in drafts.items()
    }
    story.submits("image")
    story.accept(*story.round("image").seats, at="image")
    story.passes("image")
    return story


def publicity(story: Story, phase: str = "image") -> dict[str, str]:
    return {key: version.publicity.value for key, version in story.process.phases[phase].versions.items()}


def decided(story: Story) -> str:
    day = story.world().today
    command = RecordHandling(body="council", kind="decision", outcome="approved", date=day, section="110")
    (event,) = story.does("registrar", command)
    return event.handling


def test_what_has_passed_may_be_made_public_as_an_independent_account():
    story = passed()
    (event,) = story.does("coordinator", make())
    assert isinstance(event, OutputsMadePublic)
    assert event.versions == {key: one.sha256 for key, one in story.process.phases["image"].versions.items()}
    assert set(publicity(story).values()) == {"public"}
    story.refused(NotValid, "coordinator", make())  # it is by now


def test_only_the_registrar_and_the_coordinator_say_so():
    story = passed()
    for by in ("owner", "preparer", "teacher-1", "auditor", "outsider"):
        story.refused(NotAuthorised, by, make())
    story.does("registrar", make())


@pytest.mark.parametrize("kind", [Publicity.SECRET, Publicity.PARTLY_SECRET, Publicity.INTERNAL])
def test_what_is_secret_or_internal_is_never_made_public(kind):
    story = passed(vision=kind)
    refusal = NotValid if kind is Publicity.INTERNAL else Refused
    story.refused(refusal, "registrar", make("image", "study", "vision"))
    story.refused(NotValid, "registrar", make("image", "study"))
    assert publicity(story)["vision"] == kind.value


def test_of_several_that_are_named_one_that_is_internal_is_refused_and_not_passed_over():
    story = Story(definition(phase("image", 2, ["vision", "plan"])))
    story.opens("image")
    story.writes("image")
    drafts = story.drafts["image"]
    drafts["vision"] = DraftFacts(drafts["vision"].sha256, "owner", Publicity.INTERNAL)
    story.submits("image")
    story.accept("t1", "t2", "t3")
    story.passes("image")
    story.refused(NotValid, "registrar", make("image", "study", "vision", "plan"))
    (event,) = story.does("registrar", make("image", "study"))
    assert set(event.versions) == {"plan"}


def test_by_discretion_only_with_a_reason():
    story = passed()
    story.refused(NotValid, "registrar", make(ground="discretion"))
    story.does("registrar", make(ground="discretion", reason="For the residents' evening."))


def test_nothing_is_public_as_decided_before_the_decisions_minutes_are_inspected():
    story = passed()
    story.refused(Refused, "registrar", make(ground="decided"))
    key = decided(story)
    story.refused(Refused, "registrar", make(ground="decided"))
    story.does("registrar", RecordMinutes(handling=key, inspected=story.world().today))
    story.does("registrar", make(ground="decided"))


def test_what_was_submitted_becomes_public_when_its_handling_has_ended():
    story = Story(SMALL)
    story.comes_to_checkpoint("image")
    for ground in ("study", "discretion", "finished"):
        story.refused(Refused, "registrar", make(ground=ground, reason="Now."))  # it has not been approved
    story.does("coordinator", Stop(reason="The towns are merging."))
    story.does("registrar", make(ground="finished"))
    assert publicity(story) == {"vision": "public"}


def test_outputs_and_phases_that_are_not_there():
    story = passed()
    story.refused(NotFound, "registrar", make("nowhere"))
    story.refused(NotFound, "registrar", make("image", "study", "comparison"))
    story.refused(NotValid, "registrar", make("method"))


def test_a_version_that_stands_again_stays_public_and_a_new_one_does_not():
    story = passed()
    story.does("registrar", make())
    story.comes_to_checkpoint("need")
    story.returns("need", to="image")
    story.submits("image")
    assert set(publicity(story).values()) == {"public"}
    story.revises("image", vision="other words")
    assert publicity(story)["vision"] == "in_preparation"


def test_after_closing_it_is_still_said():
    story = Story(SMALL)
    story.goes_through("image", "need", "method")
    key = decided(story)
    day = story.world().today
    story.does("registrar", RecordMinutes(handling=key, inspected=day, published=day))
    story.does("registrar", RecordLegalState(handling=key, legal="final", on=day))
    story.does("coordinator", Close())
    story.does("registrar", make("method", "finished"))
    assert publicity(story, "method") == {"comparison": "public"}
