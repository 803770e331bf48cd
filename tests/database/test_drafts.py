"""Drafts change and are outside the record; nobody writes over what somebody else has saved."""

import datetime as dt

import pytest
from town import Town

from models.canonical import sha256
from models.commands import Hold, Redact
from models.errors import NotAuthorised, NotFound, Overtaken
from models.events import ProcessHeld
from models.outputs.forms import output_text
from models.outputs.production_need import Need, ProductionNeed
from models.personal import Private
from models.proof.verify import verify
from models.storage import store
from models.storage.drafts import (
    KEPT_DAYS,
    Attachment,
    Contents,
    drafts_before,
    sweep_before,
    version_contents,
    version_text,
)
from models.storage.file_rows import sweep_files


@pytest.fixture
def process(town: Town) -> str:
    return town.create()


def save(town: Town, process: str, content: str, person: str = "owner", revision: int = 0, output: str = "need-0"):
    contents = Contents(document=town.file(content))
    return town.engine.drafts.save(town.name, process, "need", output, contents, person, revision=revision)


def test_a_draft_is_read_as_it_was_saved(town: Town, process: str) -> None:
    contents = Contents(
        document=town.file("# Luonnos"),
        attachments=(Attachment(sha256=town.file("liite", "liite.txt"), name="liite.txt"),),
    )

    saved = town.engine.drafts.save(town.name, process, "need", "need-0", contents, "owner", revision=0)

    assert town.engine.drafts.read(town.name, process, "need") == {"need-0": saved}
    assert (saved.contents, saved.revision, saved.updated_by) == (contents, 1, "owner")


def test_typed_content_goes_with_the_document_and_names_a_version_of_another_format(town: Town, process: str) -> None:
    typed = output_text(ProductionNeed(needs=(Need(id="T1", need="Neuvo"),)))
    plain = Contents(document=town.file("# Luonnos"))
    contents = plain.model_copy(update={"typed": town.file(typed, "typed.json")})

    town.engine.drafts.save(town.name, process, "need", "need-0", contents, "owner", revision=0)

    read = town.engine.drafts.read(town.name, process, "need")["need-0"].contents
    assert read == contents == version_contents(version_text(contents))
    assert read.typed in read.files
    assert '"format":2' in version_text(contents)
    assert version_text(plain) == version_text(contents).replace('"format":2', '"format":1').replace(
        f',"typed":"{contents.typed}"', ""
    )


def test_each_saving_is_a_revision(town: Town, process: str) -> None:
    assert save(town, process, "yksi").revision == 1
    assert save(town, process, "kaksi", revision=1).revision == 2


def before(town: Town, process: str) -> list[tuple[int, str]]:
    with town.engine.database.reading() as session:
        scope = store.find_process(session, town.name, process)[0]
        return [(one.revision, one.contents.document) for one in drafts_before(session, scope.id, "need", "need-0")]


def test_what_a_draft_held_before_is_kept_a_week_with_its_files(town: Town, process: str) -> None:
    save(town, process, "pitkä teksti")
    save(town, process, "x", revision=1)
    save(town, process, "kaksi", "coordinator", revision=2)
    assert before(town, process) == [(2, sha256("x")), (1, sha256("pitkä teksti"))]

    town.clock.forward(days=KEPT_DAYS - 1)
    sweep_before(town.engine.database, town.clock())
    sweep_files(town.engine.database, town.engine.files, town.clock() + dt.timedelta(days=KEPT_DAYS))
    assert town.engine.files.has(sha256("pitkä teksti"))
    assert verify(town.engine.database, town.engine.files).holds

    town.clock.forward(days=2)
    sweep_before(town.engine.database, town.clock())
    sweep_files(town.engine.database, town.engine.files, town.clock() + dt.timedelta(days=KEPT_DAYS))
    assert before(town, process) == []
    assert not town.engine.files.has(sha256("pitkä teksti"))
    assert town.engine.files.has(sha256("kaksi"))
    assert verify(town.engine.database, town.engine.files).holds


def test_a_redaction_forgets_what_drafts_held_before_it_and_not_what_they_hold(town: Town, process: str) -> None:
    """docs/decisions/0027: what is covered may stand in any of it."""
    other = town.create()
    for at in (process, other):
        save(town, at, f"{at}: Wolmar Opettavirta")
        save(town, at, f"{at}: yksi opettajista", revision=1)
    covered = sha256(f"{process}: Wolmar Opettavirta")
    held = town.act(process, Hold(reason=Private("Wolmar Opettavirta odottaa")), "coordinator").events[0].event
    assert isinstance(held, ProcessHeld)
    town.act(process, Redact(commitments=(held.reason,), ground="Tietosuoja-asetus 17 artikla"), "administrator")

    assert before(town, process) == []
    assert [revision for revision, _ in before(town, other)] == [1]
    assert not town.engine.files.has(covered), "no week later, as others that nobody uses"
    assert town.engine.files.has(sha256(f"{other}: Wolmar Opettavirta"))
    assert town.engine.files.has(sha256(f"{process}: yksi opettajista"))
    assert verify(town.engine.database, town.engine.files).holds


def test_saving_over_what_somebody_else_has_saved_is_refused_and_theirs_stands(town: Town, process: str) -> None:
    save(town, process, "yksi")
    theirs = save(town, process, "kaksi", "coordinator", revision=1)

    with pytest.raises(Overtaken, match="somebody else has saved"):
        save(town, process, "kolme", revision=1)

    assert town.engine.drafts.read(town.name, process, "need") == {"need-0": theirs}


def test_of_two_first_savings_one_stands(town: Town, process: str) -> None:
    first = save(town, process, "yksi")

    with pytest.raises(Overtaken):
        save(town, process, "kaksi", "coordinator")

    assert town.engine.drafts.read(town.name, process, "need") == {"need-0": first}


def test_of_many_savings_at_once_one_stands(town: Town, process: str) -> None:
    save(town, process, "alku")
    stood: list[str] = []

    def try_saving(content: str) -> None:
        try:
            save(town, process, content, revision=1)
            stood.append(content)
        except Overtaken:
            pass

    town.at_once([lambda n=n: try_saving(f"versio {n}") for n in range(5)])

    assert len(stood) == 1


def test_who_may_not_submit_may_not_save(town: Town, process: str) -> None:
    with pytest.raises(NotAuthorised):
        save(town, process, "yksi", "teachers-1")


def test_a_draft_is_of_an_output_of_the_phase(town: Town, process: str) -> None:
    with pytest.raises(NotFound, match="output of the phase need named way-0"):
        save(town, process, "yksi", output="way-0")


def test_a_draft_is_of_files_that_are_there(town: Town, process: str) -> None:
    with pytest.raises(NotFound, match="stored file"):
        town.engine.drafts.save(town.name, process, "need", "need-0", Contents(document="a" * 64), "owner", revision=0)


def test_a_later_phase_may_be_drafted_early(town: Town, process: str) -> None:
    contents = Contents(document=town.file("varhain"))

    town.engine.drafts.save(town.name, process, "way", "way-0", contents, "owner", revision=0)

    assert list(town.engine.drafts.read(town.name, process, "way")) == ["way-0"]


def test_equal_contents_are_the_same_version_whenever_they_were_saved(town: Town, process: str) -> None:
    first = town.to_checkpoint(process).rounds["need"].versions["need-0"]
    text = version_text(town.engine.drafts.read(town.name, process, "need")["need-0"].contents)

    assert version_contents(text).document in text
    assert version_text(version_contents(text)) == text
    assert first.no == 1
