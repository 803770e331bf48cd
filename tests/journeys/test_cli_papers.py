"""Papers by the command line: listed, made, got, and made to look like the town's own."""

import shutil
from pathlib import Path

import docx
import pytest
from paper_samples import emblem
from pydantic import TypeAdapter

from app.cli.checking import SHAPES

TEMPLATE = Path(__file__).parents[2] / "config" / "templates" / "papers" / "word" / "agenda-item.docx"


def matches(shape: str, told: object) -> bool:
    adapter = TypeAdapter(SHAPES[shape])
    return bool(adapter.dump_python(adapter.validate_python(told), mode="json") == told)


def test_a_phase_before_its_round_has_no_papers(town, process) -> None:
    assert "no papers yet" in town("papers", process, "1", as_="coordinator").text


def test_papers_of_a_round_are_listed_made_and_written(town, at_checkpoint, tmp_path: Path) -> None:
    listed = town("papers", at_checkpoint, "1", "--json", as_="teacher").json
    assert matches("papers", listed)
    assert [(one["kind"], one["ending"], one["made"]) for one in listed["papers"]] == [
        ("meeting", "pdf", None),
        ("meeting", "html", None),
    ]

    out = tmp_path / "kokous"
    told = town("papers", at_checkpoint, "1", "--out", str(out), "--json", as_="teacher").json

    assert matches("papers", told)
    assert [Path(one["file"]).name for one in told["papers"]] == [
        "kylakoulut-1-meeting-fi.pdf".replace("-1-", f"-{told['phase']}-"),
        f"kylakoulut-{told['phase']}-meeting-fi.html",
    ]
    assert (out / Path(told["papers"][0]["file"]).name).read_bytes().startswith(b"%PDF-1.7")
    again = town("papers", at_checkpoint, "1", "--out", str(out), "--json", as_="teacher").json
    assert [one["tarkiste"] for one in again["papers"]] == [one["tarkiste"] for one in told["papers"]]
    assert "A document (meeting.pdf, fi) was made" in town("record", at_checkpoint, as_="auditor").text
    assert town("verify", as_="administrator").code == 0


def test_only_what_is_asked_for_is_shown_and_the_reader_needs_a_part(town, at_checkpoint) -> None:
    only = town("papers", at_checkpoint, "1", "--kind", "memo", "--json", as_="teacher").json
    assert only["papers"] == []
    refused = town("papers", at_checkpoint, "1", "--language", "sv", as_="teacher", code=2)
    assert 'Papers are not made in "sv"; the languages are fi.' in refused.err
    town("person", "add", "outsider", "--name", "Ulkopuolinen", as_="administrator")
    assert "part in the process" in town("papers", at_checkpoint, "1", as_="outsider", code=1).err


def test_the_town_chooses_colours_emblem_and_templates(town, at_checkpoint, tmp_path: Path) -> None:
    picture, own = tmp_path / "vaakuna.png", tmp_path / "oma.docx"
    picture.write_bytes(emblem())
    changed = docx.Document(str(TEMPLATE))
    changed.add_paragraph("Kylän kunta, Kunnantie 1")
    changed.save(str(own))

    look = ["--colour", "#00573f", "--logo", str(picture), "--agenda-item", str(own)]
    told = town("appearance", *look, "--json", as_="administrator").json

    assert matches("appearance", told)
    assert (told["colour"], told["logo"], told["templates"]) == ("#00573f", True, ["agenda-item"])
    assert town("appearance", "--json", as_="administrator").json == told, "shown without options"
    out = tmp_path / "kokous"
    town("papers", at_checkpoint, "1", "--out", str(out), as_="teacher")
    assert "#1f4e79" in next(out.glob("*.html")).read_text("utf-8"), "its round opened before the look was chosen"
    plain = town("appearance", "--plain", "--json", as_="administrator").json
    assert (plain["colour"], plain["logo"], plain["templates"]) == ("#1f4e79", False, [])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--colour", "vihreä"], "a colour is written as #1f4e79"),
        (["--logo", "{folder}/picture.txt"], "is no PNG or JPEG picture"),
        (["--logo", "{folder}/broken.png"], "The emblem cannot be printed"),
        (["--logo", "{folder}/missing.png"], "cannot be read"),
        (["--package", "{folder}/picture.txt"], "is no Word file"),
        (["--agenda-item", "{folder}/tags.docx"], "cannot be filled in"),
    ],
)
def test_a_look_that_no_paper_can_have_is_refused_in_words(town, tmp_path: Path, options, says) -> None:
    (tmp_path / "picture.txt").write_text("kuva")
    (tmp_path / "broken.png").write_bytes(emblem()[:40])
    shutil.copy(TEMPLATE, tmp_path / "tags.docx")
    broken = docx.Document(str(tmp_path / "tags.docx"))
    broken.add_paragraph("{{ unknown_word }} {% if %}")
    broken.save(str(tmp_path / "tags.docx"))

    refused = town("appearance", *(one.format(folder=tmp_path) for one in options), as_="administrator", code=2)

    assert says in " ".join(refused.err.split())
    assert town("appearance", "--json", as_="administrator").json["hash"] == ""


def test_only_the_administrator_chooses_how_papers_look(town) -> None:
    assert "administrator" in town("appearance", "--colour", "#00573f", as_="coordinator", code=1).err
