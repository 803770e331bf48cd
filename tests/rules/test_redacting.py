"""What may be covered, and what is covered with it; what is kept no longer."""

from rulebook import Story

from models.commands import Close, Destroy, Hold, RecordRendition, Redact, Stop
from models.days.calendar import ONE_DAY
from models.errors import NotFound, NotValid, Overtaken, ProcessNotRunning, Refused
from models.events import DataDestroyed, NewEdition, Redacted
from models.world import Covering

VALUE, FILE = "c1:" + "1" * 64, "2" * 64
MADE, EARLIER = "3" * 64, "4" * 64
AGAIN = NewEdition(phase="image", moment="round", sequence=3)


def story_of(**covering: object) -> Story:
    story = Story()
    story.covering = Covering(**{"named": frozenset({VALUE, FILE}), **covering})
    return story


def redact(*items: str) -> Redact:
    values = tuple(item for item in items if item.startswith("c1:"))
    return Redact(commitments=values, files=tuple(set(items) - set(values)), ground="GDPR 17")


def test_what_was_made_of_it_is_covered_with_it_and_made_again() -> None:
    story = story_of(with_it=(MADE, EARLIER), before=frozenset({EARLIER}), editions=(AGAIN,))

    (event,) = story.does("protection", redact(VALUE, FILE))

    assert event == Redacted(commitments=(VALUE,), files=(FILE, MADE), ground="GDPR 17", editions=(AGAIN,))


def test_what_is_said_twice_is_covered_once() -> None:
    (event,) = story_of().does("protection", Redact(commitments=(VALUE, VALUE), files=(FILE, FILE), ground="GDPR 17"))

    assert isinstance(event, Redacted)
    assert (event.commitments, event.files) == ((VALUE,), (FILE,))


def test_what_no_record_names_or_has_covered_before_is_refused() -> None:
    story = story_of(before=frozenset({VALUE}))
    story.refused(Refused, "protection", redact(VALUE))
    story.refused(NotFound, "protection", redact("5" * 64))
    story.refused(NotFound, "protection", redact(FILE, "c1:" + "5" * 64))
    story.refused(NotValid, "protection", Redact(ground="GDPR 17"))


def test_what_somebody_is_called_now_is_refused_until_they_are_called_otherwise() -> None:
    story = story_of()
    person = story.directory.people["owner"]
    for field in ("name", "email"):
        called = {**story.directory.people, "owner": person.model_copy(update={field: VALUE})}
        story.directory = story.directory.model_copy(update={"people": called})
        story.refused(Refused, "protection", redact(VALUE))
    gone = {**story.directory.people, "owner": person.model_copy(update={"name": VALUE, "active": False})}
    story.directory = story.directory.model_copy(update={"people": gone})
    story.does("protection", redact(VALUE))


def test_a_document_that_was_read_before_something_was_covered_or_made_public_is_not_recorded() -> None:
    story = story_of()
    story.files.add(MADE)
    about = {"of": "a" * 64, "language": "fi", "format": "markdown", "sha256": MADE, "renderer": "test 1"}
    story.edition = 7
    for seen in (0, 6, 8):
        story.refused(Overtaken, "flow", RecordRendition.model_validate({**about, "edition": seen}))
    story.does("flow", RecordRendition.model_validate({**about, "edition": 7}))


def test_a_document_whose_file_is_not_there_is_not_recorded() -> None:
    about = {"of": "a" * 64, "language": "fi", "format": "markdown", "sha256": MADE, "renderer": "test 1"}
    story_of().refused(NotFound, "flow", RecordRendition.model_validate(about))


# --- what is kept no longer ---------------------------------------------------------------------------------------


def test_what_is_over_is_destroyed_and_said_and_nothing_else() -> None:
    story = Story()
    story.does("coordinator", Stop(reason="The towns are merging."))
    story.does("coordinator", Close())
    today = story.world().today
    both = Destroy(data=("drafts", "messages", "drafts"))
    for until in ({}, {"drafts": today + ONE_DAY}):  # nothing stands, or its time is not over
        story.kept_until = until
        story.refused(Refused, "registrar", both)
    story.kept_until = {"drafts": today, "messages": today + ONE_DAY}
    assert story.does("registrar", both) == [DataDestroyed(data=("drafts",))]
    story.refused(Refused, "registrar", Destroy(data=("messages",)))


def test_of_a_process_that_is_held_or_stopped_nothing_is_destroyed() -> None:
    story = Story()
    for command in (Hold(reason="A pause."), Stop(reason="The towns are merging.")):
        story.does("coordinator", command)
        story.kept_until = {"drafts": story.world().today}
        story.refused(ProcessNotRunning, "registrar", Destroy(data=("drafts",)))
