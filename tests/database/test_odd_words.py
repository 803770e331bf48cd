"""Odd words, in every kind of text and on both databases: recorded as they were written, or refused in a sentence."""

import unicodedata
from collections.abc import Callable

import pytest
from pydantic import ValidationError
from town import Town

from models.commands import CreateProcess, Hold
from models.errors import NotValid
from models.municipality.commands import AddPerson, SetUpGroup
from models.personal import MAX_WORDS, Private
from models.proof.verify import verify
from models.storage.drafts import Contents
from models.words import StanceKind

WELL = {
    "right to left": "\u202eאני מתנגד\u202c אבל",
    "pictures": "👩\u200d👩\u200d👧 😀 1️⃣",
    "letter by letter": "e\u0301a\u0308 A\u030a ﬁ",
    "no characters at all": "\ufffe\uffff",
    "lines": "yksi\r\nkaksi\tkolme",
    "lines of a slide": "yksi\x0bkaksi\x85kolme",
    "quotes": """'; drop table event; -- {{ 7 * 7 }} <b>%s</b> \\0 \\u0000""",
    "long": "ä" * 199,
}
LINE_ENDS = str.maketrans("\x0b\x85", "\n\n")
UNSEEN = {"nothing": "ennen\x00jälkeen", "escape": "punai\x1b[31mnen", "bell": "kilin\x07"}


def told(town: Town, process: str, where: str, words: str) -> None:
    """The words come in somewhere."""
    creating = town.creating().model_copy(update={"title": words, "matter_number": words[:50]})
    ways: dict[str, Callable[[], object]] = {
        "reason": lambda: town.say(process, "teachers-1", StanceKind.OBJECT, words),
        "hold": lambda: town.act(process, Hold(reason=Private(words)), "coordinator"),
        "title": lambda: town.engine.handle(
            town.name, CreateProcess.model_validate(creating.model_dump()), "administrator", process=None
        ),
        "group": lambda: town.municipal(SetUpGroup(group="uusi", name=words)),
        "person": lambda: town.municipal(AddPerson(person="uusi", name=Private(words))),
        "paragraph": lambda: secret(town, process, words),
    }
    ways[where]()


def secret(town: Town, process: str, ground: str) -> None:
    drafts = town.engine.drafts
    held = drafts.read(town.name, process, "need")["need-0"]
    contents = Contents.model_validate({**held.contents.model_dump(), "publicity": "secret", "paragraph": ground})
    drafts.save(town.name, process, "need", "need-0", contents, "owner", revision=held.revision)


WHERE = ("reason", "hold", "title", "group", "person", "paragraph")


@pytest.mark.parametrize("where", WHERE)
def test_whatever_can_be_read_is_kept_as_it_was_written(town: Town, where: str) -> None:
    process = town.create()
    town.to_checkpoint(process)
    for name, words in WELL.items():
        if where in ("group", "person", "hold") and name != "letter by letter":
            continue  # these can be said once; the others are the same text on the same way
        told(town, process, where, words)
        found = verify(town.engine.database, town.engine.files).findings
        assert found == [], name
    if where in ("reason", "person", "hold"):
        with town.engine.database.reading() as session:
            kept = {row[0] for row in session.all("select value from personal")}
        said = WELL.values() if where == "reason" else [WELL["letter by letter"]]
        assert {unicodedata.normalize("NFC", words.translate(LINE_ENDS)) for words in said} <= kept


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_is_refused_and_said_where(town: Town, where: str, name: str) -> None:
    process = town.create()
    town.to_checkpoint(process)
    words = UNSEEN[name]
    code, before = next((f"{ord(one):04X}", words[:at]) for at, one in enumerate(words) if not one.isprintable())

    with pytest.raises(NotValid, match=rf"cannot be stored \(U\+{code}\), after \"{before}\". Write that place again."):
        told(town, process, where, words)

    assert verify(town.engine.database, town.engine.files).findings == []


@pytest.mark.parametrize("where", ["reason", "hold", "title", "group", "person"])
@pytest.mark.parametrize("words", ["puoli \ud83d merkkiä", "x" * 10_000_000], ids=["half a character", "ten million"])
def test_half_a_character_and_far_too_much_are_refused(town: Town, where: str, words: str) -> None:
    process = town.create()
    town.to_checkpoint(process)
    with pytest.raises(ValidationError, match=r"unicode string|at most"):
        told(town, process, where, words)


def test_the_longest_reason_is_kept(town: Town) -> None:
    process = town.create()
    town.to_checkpoint(process)
    told(town, process, "reason", "ö" * MAX_WORDS)
    assert verify(town.engine.database, town.engine.files).findings == []


def test_a_question_with_such_a_character_is_refused_by_a_server_in_words(town: Town) -> None:
    """Names are looked up as they come, from the address of a page too."""
    with town.engine.database.reading() as session:
        if town.engine.database.driver.name == "sqlite":
            assert session.all("select 1 from process_head where key = :key", {"key": "a\0b"}) == []
            return
    with pytest.raises(NotValid, match="cannot be stored"), town.engine.database.reading() as session:
        session.all("select 1 from process_head where key = :key", {"key": "a\0b"})
