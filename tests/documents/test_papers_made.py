"""Papers are made from a real record: once, from what was true then, with what may be shown."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from paper_looking import html_page
from paper_samples import emblem
from village import NAMES, Village

from models.commands import MakePublic, Redact, Return, Revise, Submit
from models.errors import Overtaken
from models.municipality.commands import ChangeMunicipality, GiveRole
from models.outputs.forms import output_text
from models.outputs.general import General, Point
from models.papers.appearance import Appearance
from models.papers.forms import OF_A_PACKAGE, OF_A_ROUND
from models.personal import Private
from models.proof.verify import verify
from models.storage.drafts import Contents
from models.storage.file_rows import take_in
from models.words import PhaseKind, Publicity, Role, StanceKind
from tasks.installation import within
from tasks.papers.making import make, record_paper, rendered

SOURCES = """
    select seq from event
    where type in ('OutputsSubmitted', 'OutputRevised', 'MeetingRecorded', 'CheckpointPassed') order by seq"""


@pytest.fixture
def village(migrated_file: Path, tmp_path: Path) -> Village:
    return Village.founded(tmp_path / "village", migrated_file, (PhaseKind.GENERAL,))


def made(village: Village) -> int:
    with within(village.installation):
        return sum(make(village.name, village.process, row[0]) for row in village.all(SOURCES))


def stored(village: Village, sha256: str) -> bytes:
    with village.engine.files.open(sha256) as opened:
        return opened.read()


def pages_of(village: Village, form: str) -> list[str]:
    rows = village.all("select sha256 from rendition where format = :form", form=form)
    return [" ".join(html_page(stored(village, row[0])).parts) for row in rows]


def test_a_language_taken_into_use_later_has_the_papers_too_and_a_dropped_one_keeps_its_own(village: Village) -> None:
    village.municipal(ChangeMunicipality(languages=("fi", "en")))
    village.through("general")
    assert made(village) == 2 * (len(OF_A_ROUND) + len(OF_A_PACKAGE))
    village.clock.now += dt.timedelta(days=1)

    village.municipal(ChangeMunicipality(languages=("fi", "sv")))

    assert made(village) == len(OF_A_ROUND) + len(OF_A_PACKAGE)
    assert {row[0] for row in village.all("select distinct language from rendition")} == {"fi", "sv", "en"}


def test_a_round_and_a_passing_have_their_papers_once_in_each_language(village: Village) -> None:
    village.municipal(ChangeMunicipality(languages=("fi", "sv", "en")))
    village.through("general")

    assert made(village) == 3 * (len(OF_A_ROUND) + len(OF_A_PACKAGE))
    assert made(village) == 0

    names = {row[0] for row in village.all("select distinct format from rendition")}
    assert names == {form.name for form in (*OF_A_ROUND, *OF_A_PACKAGE)}
    assert {row[0] for row in village.all("select distinct language from rendition")} == {"fi", "sv", "en"}
    assert verify(village.database, village.engine.files).holds


def test_what_happens_later_changes_no_paper_that_is_made_again(village: Village) -> None:
    village.through("general")
    made(village)
    before = {(row[0], row[1]): row[2] for row in village.all("select made_from, format, sha256 from rendition")}
    village.clock.forward(days=40)
    village.municipal(ChangeMunicipality(name="Toinen kunta"))
    village.engine.set_appearance(village.name, Appearance(colour="#aa0000"), "administrator")

    with within(village.installation):
        again = [
            one for row in village.all(SOURCES) for one in rendered(village.name, village.process, row[0], again=True)
        ]

    assert len(again) == len(before)
    for one in again:
        assert one.content == stored(village, before[one.of, one.form.name]), one.form.name


def test_no_paper_names_a_member_though_it_gives_the_reasons(village: Village) -> None:
    village.open("general")
    village.submit("general")
    village.say("teacher-1", StanceKind.OBJECT, "Matkat pitenevät.")
    village.say("teacher-2")
    made(village)

    for page in (*pages_of(village, "meeting.html"), *pages_of(village, "package.html")):
        assert NAMES["teacher-1"] not in page
        assert NAMES["teacher-2"] not in page
        assert NAMES["coordinator"] not in page


def test_what_lies_before_the_groups_begins_with_the_front_as_it_stood_then(village: Village) -> None:
    village.open("general")
    village.submit("general")
    village.say("teacher-1", StanceKind.OBJECT, "Matkat pitenevät.")
    held = village.engine.drafts.read(village.name, village.process, "general")["general-output"]
    content = io.BytesIO(b"# Toinen\n")
    file = take_in(village.database, village.engine.files, village.name, content, "a.md", village.clock()).sha256
    village.engine.drafts.save(
        *(village.name, village.process, "general", "general-output", Contents(document=file), "owner"),
        revision=held.revision,
    )
    village.act(Revise(phase="general", output="general-output", reason=Private("Tarkennettu.")), "owner")
    made(village)

    first, second = sorted(pages_of(village, "meeting.html"), key=lambda page: "Matkat pitenevät" in page)
    assert "Kukaan ei ole tähän mennessä vastustanut esitystä." in first
    for page in (first, second):
        told = ["Mitä esitetään", "Kuka on eri mieltä", "Mikä ei vielä täyty", "Mitä työryhmältä pyydetään"]
        assert [page.index(one) for one in told] == sorted(page.index(one) for one in told)
    assert "Kukaan ei ole tähän mennessä vastustanut esitystä." not in second
    assert second.count("Matkat pitenevät") == 2, "on the front in a line, and in full after it"


def test_a_reason_that_is_covered_is_in_no_later_meeting_document_either(village: Village) -> None:
    village.open("general")
    village.submit("general")
    objecting = village.say("teacher-1", StanceKind.OBJECT, "Matkat pitenevät.")
    village.act(Return(phase="general", to="general", reason=Private("Täydennetään.")), "preparer")
    village.act(Submit(phase="general"), "owner")
    made(village)
    assert sorted("Matkat pitenevät" in page for page in pages_of(village, "meeting.html")) == [False, True]
    files = [row[0] for row in village.all("select sha256 from rendition where format like 'meeting%'")]

    reason = str(objecting.events[0].event.reason)
    village.municipal(GiveRole(person="administrator", role=Role.PROTECTION, first=village.clock().date()))
    village.act(Redact(commitments=(reason,), ground="Tietosuoja-asetus 17 artikla"), "administrator")

    left = [stored(village, file) for file in files if village.engine.files.has(file)]
    assert left and not any("Matkat pitenevät".encode() in content for content in left)
    assert made(village) == len(OF_A_ROUND)
    assert not any("Matkat pitenevät" in page for page in pages_of_those_there(village, "meeting.html"))
    assert verify(village.database, village.engine.files).findings == []


def pages_of_those_there(village: Village, form: str) -> list[str]:
    rows = village.all("select sha256 from rendition where format = :form", form=form)
    there = [row[0] for row in rows if village.engine.files.has(row[0])]
    return [" ".join(html_page(stored(village, one)).parts) for one in there]


def submitted(village: Village, text: str, publicity: Publicity, paragraph: str | None = None) -> None:
    village.open("general")
    content = io.BytesIO(text.encode())
    file = take_in(village.database, village.engine.files, village.name, content, "a.md", village.clock()).sha256
    contents = Contents(document=file, publicity=publicity, paragraph=paragraph)
    village.engine.drafts.save(
        village.name, village.process, "general", "general-output", contents, "owner", revision=0
    )
    village.act(Submit(phase="general"), "owner")
    village.passing()
    made(village)


def test_a_secret_output_is_in_no_paper_and_its_paragraph_in_all(village: Village) -> None:
    submitted(village, "# S\n\nSalattua sisältöä.\n", Publicity.SECRET, "julkisuuslaki 24 § 1 mom. 20 kohta")

    for form in ("package.html", "package.public.html", "meeting.html"):
        (page,) = pages_of(village, form)
        assert "Salattua" not in page
        assert "24 § 1 mom. 20 kohta" in page


def test_the_public_edition_holds_what_is_public_and_says_what_is_not(village: Village) -> None:
    submitted(village, "# L\n\nKeskeneräistä sisältöä.\n", Publicity.IN_PREPARATION)

    (working,), (public,) = pages_of(village, "package.html"), pages_of(village, "package.public.html")

    assert "Keskeneräistä sisältöä" in working
    assert "Keskeneräistä" not in public
    assert "Ei vielä julkinen" in public
    assert "LUONNOS" in working
    assert "LUONNOS" not in public


def test_public_editions_alone_are_made_again_when_something_in_them_becomes_public(village: Village) -> None:
    submitted(village, "# L\n\nKeskeneräistä sisältöä.\n", Publicity.IN_PREPARATION)
    village.municipal(GiveRole(person="administrator", role=Role.REGISTRAR, first=village.clock().date()))
    passing = int(village.one("select max(seq) from event where type = 'CheckpointPassed'"))
    with within(village.installation):
        late = next(rendered(village.name, village.process, passing, again=True))

    village.act(MakePublic(phase="general", ground="study"), "administrator")

    with within(village.installation), pytest.raises(Overtaken, match="made public since"):
        record_paper(late)
    owed = village.all("select payload from outbox where key like :key", key=f"{village.process}:%:papers:{passing}")
    assert [json.loads(row[0])["sequence"] for row in owed] == [passing]
    assert made(village) == sum(form.public for form in OF_A_PACKAGE)
    assert made(village) == 0
    before, now = pages_of(village, "package.public.html")
    if "Ei vielä julkinen" not in before:
        before, now = now, before
    assert "Keskeneräistä sisältöä" in now
    assert "julkinen" in now and "ei vielä julkinen" not in now.lower()
    assert f"mukana {village.clock():%-d.%-m.%Y} mennessä julkiseksi tullut" in now
    assert "mennessä julkiseksi tullut" not in before
    (working,) = pages_of(village, "package.html")
    assert "luonnos, ei vielä julkinen" in working
    assert verify(village.database, village.engine.files).findings == []


def test_an_output_whose_document_is_no_text_is_shown_by_its_rows(village: Village) -> None:
    rows = General(points=(Point(id="KO1", point="Kyydit", text="Kyyti kerran viikossa jokaisesta kylästä."),))
    village.open("general")
    stored_files = [
        take_in(village.database, village.engine.files, village.name, io.BytesIO(content), name, village.clock()).sha256
        for content, name in ((emblem(), "kuva.png"), (output_text(rows).encode(), "rivit.json"))
    ]
    contents = Contents(document=stored_files[0], typed=stored_files[1])
    village.engine.drafts.save(
        village.name, village.process, "general", "general-output", contents, "owner", revision=0
    )
    village.act(Submit(phase="general"), "owner")
    made(village)

    (page,) = pages_of(village, "meeting.html")
    assert "Kyyti kerran viikossa jokaisesta kylästä." in page
