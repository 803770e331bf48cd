"""Outputs filled in row by row: a workbook goes out, comes back filled in, and the thread is followed."""

import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement

HERE = Path(__file__).parent
KEY = "tarpeet"


@pytest.fixture
def process(town: Any, tmp_path: Path) -> str:
    """A process whose phases are a production need and the ways to meet it."""
    text = (HERE / "kylakoulut.yaml").read_text(encoding="utf-8").replace("id: kylakoulut", f"id: {KEY}", 1)
    text = text.replace("kind: general", "kind: production_need", 1).replace("kind: general", "kind: production_method")
    checks = "- {id: tavat, text: {fi: Jokaisella tarpeella on tapa}, computed: needs-have-methods}"
    needed = "- {id: perustein, text: {fi: Tarpeet on perusteltu}, computed: needs-grounded}"
    text = text.replace("criteria:\n", f"criteria:\n        {needed}\n", 1)
    text = text.replace(
        "      groups: [{group: opettajat", f"      criteria: \n        {checks}\n      groups: [{{group: opettajat"
    )
    file = tmp_path / "tarpeet.yaml"
    file.write_text(text, encoding="utf-8")
    town("load", str(file), as_="administrator")
    roles = ["--role", "preparer=preparer", "--role", "owner=owner"]
    town("create", KEY, "--start", "2026", *roles, as_="coordinator")
    town("open", KEY, "1", as_="coordinator")
    return KEY


@pytest.fixture
def filled(town: Any, process: str, tmp_path: Path) -> str:
    """The workbook of the first phase, filled in with two needs."""
    file = str(tmp_path / "tarpeet.xlsx")
    town("template", process, "1", "koulumatkaselvitys", "--out", file, as_="owner")
    book = openpyxl.load_workbook(file)
    book["Tarpeet"].append([None, "Koulu lähellä", "Oppilaat", "560", "Ennuste", "kiireellinen"])
    book["Tarpeet"].append([None, "Kyyti kouluun", "Kylät", "45", "Selvitys", "heti"])
    book.save(file)
    return file


def test_a_workbook_goes_out_and_comes_back_and_becomes_rows_with_identifiers(
    town: Any, process: str, filled: str
) -> None:
    checked = town("read", process, "1", "koulumatkaselvitys", filled, "--check", "--json", as_="owner").json
    assert checked["revision"] is None

    read = town("read", process, "1", "koulumatkaselvitys", filled, "--json", as_="owner").json

    assert [(one["id"], one["fate"]) for one in read["changes"]] == [("T1", "added"), ("T2", "added")]
    assert read["revision"] == 1
    document = town("draft", "show", process, "1", "koulumatkaselvitys", "--json", as_="owner").json["drafts"][0]
    assert document["document"]
    thread = town("trace", process, "--json", as_="owner").json
    assert [one["id"] for one in thread["needs"]] == ["T1", "T2"]
    assert thread["broken"] == []


def test_a_mistake_leaves_the_draft_as_it_was(town: Any, process: str, filled: str) -> None:
    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")
    book = openpyxl.load_workbook(filled)
    book["Tarpeet"]["F2"] = "ehkä"
    book.save(filled)

    refused = town("read", process, "1", "koulumatkaselvitys", filled, as_="owner", code=2)

    assert 'Tarpeet, rivi 2, sarake F: "ehkä" ei ole vaihtoehdoissa' in refused.err
    shown = town("draft", "show", process, "1", "koulumatkaselvitys", "--json", as_="owner").json
    assert [one["revision"] for one in shown["drafts"]] == [1]


def test_what_was_handed_over_begins_the_next_phase_and_the_thread_tells_what_is_missing(
    town: Any, process: str, filled: str, tmp_path: Path
) -> None:
    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")
    town("submit", process, "1", as_="owner")
    for person in ("parent", "teacher", "specialist"):
        town("stance", process, "1", "--accept", as_=person)
    town("opportunity", process, "1", "oppilaat", "--on", "2026-02-02", "--how", "Kyläilta", as_="coordinator")
    town("assess", process, "1", "selkea", "--holds", as_="coordinator")
    town("pass", process, "1", as_="preparer")
    town("open", process, "2", as_="coordinator")

    begun = town("draft", "inherit", process, "2", "kouluverkkoehdotus", "--json", as_="owner").json
    assert [one["id"] for one in begun["changes"]] == ["V1", "V2", "TT1", "TT2"]
    refused = town("draft", "inherit", process, "2", "kouluverkkoehdotus", as_="owner", code=1)
    assert "never replaced" in refused.err

    file = str(tmp_path / "tavat.xlsx")
    town("template", process, "2", "kouluverkkoehdotus", "--out", file, as_="owner")
    book = openpyxl.load_workbook(file)
    sheet = book["Tuottamistavat"]
    assert sheet["B2"].value == "T1"
    sheet["D2"] = "Yhtenäiskoulu"
    book.save(file)
    town("read", process, "2", "kouluverkkoehdotus", file, as_="owner")
    thread = town("trace", process, "T2", "--json", as_="owner", code=1).json
    assert [(one["check"], one["item"]) for one in thread["broken"]] == [("needs-have-methods", "T2 Kyyti kouluun")]
    whole = town("trace", process, "T1", "--json", as_="owner").json
    assert [one["id"] for one in whole["needs"][0]["methods"]] == ["TT1"]


def test_a_picture_of_the_thread_is_written_and_an_unknown_row_is_told(
    town: Any, process: str, filled: str, tmp_path: Path
) -> None:
    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")
    picture = tmp_path / "lanka.svg"
    town("trace", process, "--svg", str(picture), as_="owner")
    assert "Koulu lähellä" in picture.read_text(encoding="utf-8")
    assert "No output has a row T9" in town("trace", process, "T9", as_="owner", code=2).err


def test_two_versions_are_compared_row_by_row(town: Any, process: str, filled: str) -> None:
    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")
    town("submit", process, "1", as_="owner")
    book = openpyxl.load_workbook(filled)
    book["Tarpeet"]["B2"] = "Koulu aivan lähellä"
    book["Tarpeet"]["A2"], book["Tarpeet"]["A3"] = "T1", "T2"
    book.save(filled)
    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")
    assert "Koulu {+aivan +}lähellä" in town("draft", "compare", process, "1", "koulumatkaselvitys", as_="owner").text
    town("revise", process, "1", "koulumatkaselvitys", "--reason", "Tarkennus", as_="coordinator")

    changes = town("compare", process, "1", "koulumatkaselvitys", "--json", as_="owner").json["changes"]

    assert [(one["id"], one["fate"]) for one in changes] == [("T1", "changed")]
    assert changes[0]["fields"] == [{"label": "Tarve", "words": "Koulu {+aivan +}lähellä"}]
    assert (
        "There is no version 7"
        in town("compare", process, "1", "koulumatkaselvitys", "--from", "7", as_="owner", code=2).err
    )


def test_a_word_document_is_a_draft_whose_tables_are_rows_and_tracked_changes_are_refused(
    town: Any, process: str, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_heading("Tarpeet", level=1)
    table = document.add_table(rows=2, cols=4)
    for cell, words in zip(table.rows[0].cells, ("Tarve", "Kenellä", "Näyttö", "Kiireellisyys"), strict=True):
        cell.text = words
    for cell, words in zip(table.rows[1].cells, ("Koulu lähellä", "Oppilaat", "Ennuste", "heti"), strict=True):
        cell.text = words
    file = tmp_path / "tarpeet.docx"
    document.save(str(file))
    town("draft", "save", process, "1", "koulumatkaselvitys", str(file), as_="owner")
    assert [one["name"] for one in town("trace", process, "--json", as_="owner").json["needs"]] == ["Koulu lähellä"]

    paragraph = document.add_paragraph()
    inserted = OxmlElement("w:ins")
    inserted.append(paragraph.add_run("uusi kohta")._r)
    paragraph._p.append(inserted)
    document.save(str(file))
    refused = town("draft", "save", process, "1", "koulumatkaselvitys", str(file), as_="owner", code=2)
    assert "hyväksymättömiä muutoksia (1), ensimmäinen: uusi kohta" in refused.err


def document_of(town: Any, process: str, file: Path) -> bytes:
    """What the draft's document is by now."""
    town("draft", "show", process, "1", "koulumatkaselvitys", "--out", str(file), as_="owner")
    return file.read_bytes()


def test_rows_that_are_read_later_stand_in_the_document_too(
    town: Any, process: str, filled: str, tmp_path: Path
) -> None:
    written = tmp_path / "tarpeet.md"
    written.write_text("# Tarpeet\n\nAlku kerrotaan.\n\n| Tarve | Kenellä |\n|---|---|\n| Vanha | Kylät |\n", "utf-8")
    town("draft", "save", process, "1", "koulumatkaselvitys", str(written), as_="owner")

    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")

    text = document_of(town, process, tmp_path / "nyt").decode()
    assert "Alku kerrotaan." in text
    assert "| T1 | Koulu lähellä |" in text
    assert "Vanha" not in text

    town("draft", "save", process, "1", "koulumatkaselvitys", str(written), as_="owner")
    assert [one["name"] for one in town("trace", process, "--json", as_="owner").json["needs"]] == ["Vanha"]


def test_rows_that_are_read_over_a_word_document_stand_in_it_too(
    town: Any, process: str, filled: str, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_heading("Tarpeet", level=1)
    document.add_paragraph("Alku kerrotaan.")
    table = document.add_table(rows=2, cols=2)
    for at, row in enumerate((("Tarve", "Kenellä"), ("Vanha", "Kylät"))):
        for cell, words in zip(table.rows[at].cells, row, strict=True):
            cell.text = words
    file = tmp_path / "tarpeet.docx"
    document.save(str(file))
    town("draft", "save", process, "1", "koulumatkaselvitys", str(file), as_="owner")

    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")

    read = docx.Document(io.BytesIO(document_of(town, process, tmp_path / "nyt")))
    assert [p.text for p in read.paragraphs if p.text] == ["Tarpeet", "Alku kerrotaan."]
    assert [[cell.text for cell in row.cells[:2]] for row in read.tables[0].rows[1:]] == [
        ["T1", "Koulu lähellä"],
        ["T2", "Kyyti kouluun"],
    ]


def test_what_a_word_document_holds_besides_is_told_and_a_table_without_rows_is_cleared(
    town: Any, process: str, filled: str, tmp_path: Path
) -> None:
    town("read", process, "1", "koulumatkaselvitys", filled, as_="owner")
    document = docx.Document()
    document.add_heading("Palaute", level=1)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((*table.rows[0].cells, *table.rows[1].cells), ("Kuka", "Mitä", "a", "b"), strict=True):
        cell.text = words
    file = tmp_path / "palaute.docx"
    document.save(str(file))

    told = town("read", process, "1", "koulumatkaselvitys", str(file), "--check", as_="owner").text
    assert "No row or text changes." in told
    assert "Palaute: taulukko ei ole mikään lomakkeen taulukoista" in told
    read = town("read", process, "1", "koulumatkaselvitys", str(file), "--check", "--json", as_="owner").json
    assert [(one["table"], one["line"], one["heading"]) for one in read["remarks"]] == [("Palaute", None, "")]

    book = openpyxl.load_workbook(filled)
    book["Tarpeet"].delete_rows(2, 10)
    book.save(filled)
    read = town("read", process, "1", "koulumatkaselvitys", filled, "--json", as_="owner").json
    assert [(one["id"], one["fate"]) for one in read["changes"]] == [("T1", "removed"), ("T2", "removed")]


def test_an_attachment_is_called_what_can_be_seen_of_its_name(town, process, document) -> None:
    turned = document("# Liite\n", "\u202egpj.md")  # a mark that lets the rest be read backwards
    about = ["draft", "save", process, "selvitys", "koulumatkaselvitys", document("# Luonnos\n"), "--attach", turned]
    town(*about, as_="owner")
    (draft,) = town("draft", "show", process, "selvitys", "--json", as_="owner").json["drafts"]
    assert [one["name"] for one in draft["attachments"]] == ["gpj.md"]
