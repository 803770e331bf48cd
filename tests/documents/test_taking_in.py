"""Files that people fill in: every mistake is told in its place, and nothing is half-read."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.comments import Comment
from openpyxl.styles import Font

from models.errors import NotTakenIn, NotValid
from models.exchange.pasted import read_pasted
from models.exchange.taking import Around, take_in_output
from models.exchange.word_writing import word_document
from models.exchange.workbook import workbook
from models.outputs.choices import Urgency
from models.outputs.future_image import Challenge, FutureImage
from models.outputs.production_method import ProductionMethod
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.rows import Affected, Output
from models.outputs.told import registers
from models.storage.agreeing import kept
from models.words import PhaseKind as Kind

IMAGE = ("tulevaisuuskuva", FutureImage(challenges=(Challenge(id="H1", challenge="Väestö vähenee"),)))
NEEDS = ProductionNeed(
    needs=(
        Need(id="T1", need="Neuvo", holder="Kaikki", evidence="Kysely", urgency=Urgency.URGENT, challenges=("H1",)),
        Need(id="T2", need="Hoito", holder="Perheet", evidence="Jono", urgency=Urgency.AT_ONCE),
    )
)


def book(change: Callable[[Any], None], output: Output = NEEDS) -> bytes:
    """The workbook after somebody changed it."""
    opened = openpyxl.load_workbook(io.BytesIO(workbook(output, "fi", "Tarpeet", [IMAGE])))
    change(opened)
    return saved(opened)


def saved(opened: Any) -> bytes:
    stream = io.BytesIO()
    opened.save(stream)
    return stream.getvalue()


def taken(content: bytes, name: str = "tarpeet.xlsx", draft: Output | None = None, kind: Kind = Kind.PRODUCTION_NEED):
    return take_in_output(content, name, kind, Around([IMAGE], draft), "fi").output


def mistakes(content: bytes, name: str = "tarpeet.xlsx", language: str = "fi") -> list[str]:
    with pytest.raises(NotTakenIn) as refused:
        take_in_output(content, name, Kind.PRODUCTION_NEED, Around([IMAGE]), "fi")
    assert "Nothing was taken in" in str(refused.value)
    return [mistake.in_(language) for mistake in refused.value.mistakes]


def test_a_filled_in_workbook_is_taken_in_as_it_was_filled_in() -> None:
    def filled(opened: Any) -> None:
        opened["Tarpeet"].append([None, "Kyyti kylästä", "Kylät", None, "Selvitys", "voi odottaa", "kasvaa", "H1"])

    output = taken(book(filled), draft=NEEDS)
    assert [(one.id, one.need, one.urgency) for one in output.needs[2:]] == [("T3", "Kyyti kylästä", Urgency.CAN_WAIT)]


def test_columns_may_be_moved_and_peoples_own_are_kept() -> None:
    def moved(opened: Any) -> None:
        sheet = opened["Tarpeet"]
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"] = "Kuka selvittää", "Palvelupäällikkö"
        sheet.insert_rows(1)
        sheet["A1"] = "Tarpeet, luonnos"

    output = taken(book(moved))
    assert output.needs[0].more == {"Kuka selvittää": "Palvelupäällikkö"}
    assert output.needs[1] == NEEDS.needs[1]


def test_a_new_row_with_the_words_of_a_former_one_keeps_its_identifier() -> None:
    def without_ids(opened: Any) -> None:
        for row in (2, 3):
            opened["Tarpeet"].cell(row, 1).value = None

    assert [one.id for one in taken(book(without_ids), draft=NEEDS).needs] == ["T1", "T2"]


def cell(place: str, value: Any) -> Callable[[Any], None]:
    def change(opened: Any) -> None:
        opened["Tarpeet"][place] = value

    return change


def merge(opened: Any) -> None:
    opened["Tarpeet"].merge_cells("B2:B3")


def no_headings(opened: Any) -> None:
    opened["Tarpeet"].delete_rows(1)


def another_sheet(opened: Any) -> None:
    opened.create_sheet("Muistiinpanot")["A1"] = "Muista soittaa"


def twice(opened: Any) -> None:
    opened["Tarpeet"]["A3"] = "t1"


def two_headings(opened: Any) -> None:
    opened["Tarpeet"]["L1"] = "Tarve"


def no_column(opened: Any) -> None:
    opened["Tarpeet"].delete_cols(3)


def text_beside(opened: Any) -> None:
    opened["Tarpeet"]["P2"] = "huomautus"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (cell("F2", "ehkä"), 'Tarpeet, rivi 2, sarake F: "ehkä" ei ole vaihtoehdoissa.'),
        (cell("H2", "H9"), 'Tarpeet, rivi 2, sarake H: "H9" ei ole minkään rivin tunnus'),
        (cell("A2", "T 1!"), 'Tarpeet, rivi 2, sarake A: "T 1!" ei kelpaa tunnukseksi.'),
        (cell("B2", "=SUM(A1:A9)"), "Tarpeet, rivi 2, sarake B: solussa on kaava."),
        (cell("B2", "x" * 20_000), "Tarpeet, rivi 2, sarake B: tekstissä on 20000 merkkiä"),
        (cell("B2", "takaperin \u202eabc"), "Tarpeet, rivi 2, sarake B: tekstissä on merkki, jota ei näe (U+202E)"),
        (merge, "Tarpeet, rivi 2, sarake B: solut B2:B3 on yhdistetty."),
        (no_headings, "Tarpeet: otsikkoriviä ei löydy."),
        (another_sheet, "Muistiinpanot: välilehti ei ole mikään lomakkeen taulukoista"),
        (twice, "Tarpeet, rivi 3, sarake A: tunnus T1 on myös rivillä 2."),
        (two_headings, 'Tarpeet, rivi 1, sarake L: otsikko "Tarve" on kahdessa sarakkeessa.'),
        (no_column, 'Tarpeet, rivi 1: sarake "Kenellä tarve on" puuttuu.'),
        (text_beside, 'Tarpeet, rivi 2, sarake P: solussa on teksti "huomautus", mutta sarakkeella ei ole otsikkoa.'),
    ],
)
def test_a_mistake_is_told_with_its_sheet_row_and_column(change: Callable[[Any], None], told: str) -> None:
    found = mistakes(book(change))
    assert len(found) == 1
    assert found[0].startswith(told)


def test_a_table_of_one_column_is_known_where_it_is_pasted_into_its_own_page() -> None:
    parts = next(one for one in registers(FutureImage) if one.name == "parts")
    read, wrong, _ = read_pasted("Mitä kuva lupaa\nPalvelut lähellä", FutureImage, register=parts)
    assert not wrong
    assert isinstance(read, FutureImage)
    assert [one.part for one in read.parts] == ["Palvelut lähellä"]


def test_all_mistakes_are_told_at_once_in_the_readers_language() -> None:
    def three(opened: Any) -> None:
        opened["Tarpeet"]["F2"] = "ehkä"
        opened["Tarpeet"]["F3"] = "joskus"
        opened["Tarpeet"]["A3"] = "*"

    assert [one.split(":")[0] for one in mistakes(book(three), language="sv")] == [
        "Tarpeet, rad 2, kolumn F",
        "Tarpeet, rad 3, kolumn A",
        "Tarpeet, rad 3, kolumn F",
    ]


def test_words_that_look_like_formulas_and_words_of_any_script_are_taken_as_words() -> None:
    needs = (
        Need(id="T1", need='=HYPERLINK("x")', holder="🙂", evidence="حاجة", urgency=Urgency.SOON),
        Need(id="T2", need="-", holder="+358", evidence="@", urgency=Urgency.SOON),
    )
    output = ProductionNeed(needs=needs)
    assert taken(workbook(output, "fi", "x")) == output


def test_five_thousand_needs_are_taken_in() -> None:
    needs = tuple(Need(id=f"T{n}", need=f"Tarve {n}", holder="K", evidence="N", urgency="soon") for n in range(5000))
    output = ProductionNeed(needs=needs)
    assert taken(workbook(output, "fi", "x")) == output


# --- what was cleared, and what stands beside -----------------------------------------------------------------------

DRAFT = NEEDS.model_copy(update={"learnt": "Jotain", "affected": (Affected(id="R1", group="Kylät"),)})


def without_rows(opened: Any) -> None:
    opened["Tarpeet"].delete_rows(2, 10)


def without_anything(opened: Any) -> None:
    opened["Tarpeet"].delete_rows(1, 10)


def without_text(opened: Any) -> None:
    opened["Tekstit"]["B2"] = None


def without_sheets(opened: Any) -> None:
    for title in ("Tarpeet", "Tekstit"):
        opened.remove(opened[title])


@pytest.mark.parametrize(
    ("change", "needs", "learnt"),
    [
        (without_rows, (), "Jotain"),
        (without_anything, (), "Jotain"),
        (without_text, NEEDS.needs, ""),
        (without_sheets, NEEDS.needs, "Jotain"),
    ],
)
def test_what_was_cleared_in_the_file_is_cleared_and_what_the_file_does_not_hold_stays(
    change: Callable[[Any], None], needs: Any, learnt: str
) -> None:
    read = take_in_output(book(change, DRAFT), "t.xlsx", Kind.PRODUCTION_NEED, Around([IMAGE], DRAFT), "fi")
    after = kept(DRAFT, read.output)
    assert (after.needs, after.learnt, after.affected) == (needs, learnt, DRAFT.affected)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["t.yaml", "t.json", "t.tsv"])
def test_a_text_file_clears_only_what_it_names(name: str) -> None:
    json_text = '{"form": "production_need", "version": 1, "needs": []}'
    text = {"t.yaml": "needs: []\n", "t.json": json_text, "t.tsv": "Tarve\tKenellä\tNäyttö\n"}[name]
    read = take_in_output(text.encode(), name, Kind.PRODUCTION_NEED, Around([IMAGE], DRAFT), "fi")
    assert kept(DRAFT, read.output) == DRAFT.model_copy(update={"needs": ()})


def remarks(change: Callable[[Any], None], language: str = "fi") -> list[str]:
    read = take_in_output(book(change), "t.xlsx", Kind.PRODUCTION_NEED, Around([IMAGE]), "fi")
    assert read.output == NEEDS
    return [one.sentence(language) for one in read.remarks]


def above(opened: Any) -> None:
    opened["Tarpeet"].insert_rows(1)
    opened["Tarpeet"]["B1"] = "Luonnos, ei vielä valmis"


def far_right(opened: Any) -> None:
    opened["Tarpeet"].cell(3, 201).value = "kaukana"


def comment(opened: Any) -> None:
    opened["Tarpeet"]["B2"].comment = Comment("Tarkista", "A")


def guide(opened: Any) -> None:
    opened["Ohje"]["G3"] = "Kysy Liisalta"


def beside_text(opened: Any) -> None:
    opened["Tekstit"]["C2"] = "huomautus"


def sum_row(opened: Any) -> None:
    opened["Tarpeet"]["B4"], opened["Tarpeet"]["D4"] = "Yhteensä", 560


LEFT = "Lomakkeella ei ole sille paikkaa tässä."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (above, f'Tarpeet, rivi 1, sarake B: solun tekstiä ei otettu: "Luonnos, ei vielä valmis". {LEFT}'),
        (far_right, "Tarpeet, rivi 3, sarake GS: sarakkeita luetaan enintään 200. Tätä ja sen jälkeisiä ei otettu."),
        (comment, 'Tarpeet, rivi 2, sarake B: kommenttia ei otettu: "Tarkista".'),
        (guide, f'Ohje, rivi 3, sarake G: solun tekstiä ei otettu: "Kysy Liisalta". {LEFT}'),
        (beside_text, f'Tekstit, rivi 2, sarake C: solun tekstiä ei otettu: "huomautus". {LEFT}'),
        (sum_row, 'Tarpeet, rivi 4: rivi "Yhteensä" on yhteenlasku. Se jäi pois; Etappi laskee summat itse.'),
        (lambda _: None, None),
    ],
)
def test_what_the_form_has_no_room_for_is_told_with_its_place(change: Callable[[Any], None], told: str | None) -> None:
    assert remarks(change) == ([told] if told else [])


def test_a_sheet_is_read_as_far_as_it_is_filled_however_far_its_last_cell_stands() -> None:
    def far(opened: Any) -> None:
        opened.create_sheet("Tyhjä").cell(1_048_576, 16_384).font = Font(bold=True)
        opened["Ohje"].cell(1_048_576, 16_384).font = Font(bold=True)
        for title in ("Tarpeet", "Tekstit"):
            opened[title].cell(1_048_576, 16_384).font = Font(bold=True)

    assert remarks(far) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_guidance_itself_is_no_remark_in_any_language(language: Any) -> None:
    content = workbook(NEEDS, language, "Tarpeet", [IMAGE])
    assert take_in_output(content, "t.xlsx", Kind.PRODUCTION_NEED, Around([IMAGE]), "fi").remarks == ()


# --- files as a whole ---------------------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, part)
    return stream.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\n1 0 obj <</Type /XObject /Subtype /Image>> endobj\n%%EOF"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"not a zip at all", "tarpeet.xlsx", "tiedosto ei ole Excel-työkirja"),
        (b"", "tarpeet.xlsx", "tiedosto ei ole Excel-työkirja"),
        (PDF, "tarpeet.xlsx", "tiedosto ei ole Excel-työkirja"),
        (PDF, "tarpeet.pdf", "tätä tiedostoa ei osata lukea"),
        (PDF, "tarpeet.docx", "tiedosto ei ole Word-asiakirja"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "tarpeet.xlsx", "tiedosto ei ole Excel-työkirja"),
        (zipped({"xl/workbook.xml": ENTITIES}), "tarpeet.xlsx", "tiedosto ei ole Excel-työkirja"),
        (zipped({"word/document.xml": b"<x/>"}), "tarpeet.docx", "tiedosto ei ole Word-asiakirja"),
        (with_part(workbook(NEEDS, "fi", "x"), "xl/vbaProject.bin", b"x"), "tarpeet.xlsm", "tiedostossa on makroja"),
        (with_part(workbook(NEEDS, "fi", "x"), "xl/x.xml", b" " * 150_000_000), "tarpeet.xlsx", "tiedosto purkautuisi"),
        (zipped({f"{n}.txt": b"" for n in range(5001)}), "tarpeet.xlsx", "tiedosto koostuu 5001 osasta, enintään 5000"),
        (workbook(ProductionNeed(), "fi", "x"), "tarpeet.xlsx", None),
        (b"\xff\xfe\x00", "tarpeet.tsv", "tiedosto ei ole tekstiä"),
        (b"vain tekstia", "tarpeet.txt", "tätä tiedostoa ei osata lukea"),
        (b"- a\n- b\n", "tarpeet.yaml", "tiedostossa ei ole mitään"),
        (b"needs: [\n", "tarpeet.yaml", "rivi 2: tiedostoa ei voi lukea YAML- tai JSON-muodossa"),
        (b"{", "tarpeet.json", "tiedostoa ei voi lukea YAML- tai JSON-muodossa"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_in_a_sentence(content: bytes, name: str, told: str | None) -> None:
    if told is None:
        assert taken(content, name) == ProductionNeed()
    else:
        found = mistakes(content, name)
        assert len(found) == 1
        assert found[0].startswith(told)


# --- Word ---------------------------------------------------------------------------------------------------------


def word(change: Callable[[Any], None]) -> bytes:
    opened = docx.Document(io.BytesIO(word_document(NEEDS, "fi", "Tarpeet")))
    change(opened)
    return saved(opened)


def test_a_word_document_is_taken_in_with_its_headings_and_tables() -> None:
    def added(opened: Any) -> None:
        opened.add_heading("Mitä opimme", level=2)
        opened.add_paragraph("Ihmiset kysyvät vastausta.")
        opened.add_paragraph("Ei organisaatiota.", style="List Bullet")

    read = take_in_output(word(added), "tarpeet.docx", Kind.PRODUCTION_NEED, Around([IMAGE]), "fi")
    assert read.output.needs == NEEDS.needs  # type: ignore[attr-defined]
    assert read.output.learnt == "Ihmiset kysyvät vastausta.\n\nEi organisaatiota."  # type: ignore[attr-defined]
    assert read.document is not None
    assert [section.heading for section in read.document.sections] == ["Tarpeet", "Tarpeet", "Mitä opimme"]


def test_tracked_changes_are_refused_with_the_first_of_them() -> None:
    def tracked(opened: Any) -> None:
        paragraph = opened.add_paragraph()
        inserted = OxmlElement("w:ins")
        inserted.append(paragraph.add_run("uusi kohta")._r)
        paragraph._p.append(inserted)

    assert mistakes(word(tracked), "tarpeet.docx")[0].startswith(
        "asiakirjassa on hyväksymättömiä muutoksia (1), ensimmäinen: uusi kohta."
    )


def test_merged_cells_in_a_known_table_of_a_word_document_are_refused() -> None:
    def merged(opened: Any) -> None:
        table = opened.tables[0]
        table.cell(1, 1).merge(table.cell(2, 1))

    assert "on yhdistetty" in mistakes(word(merged), "tarpeet.docx")[0]


def test_what_stands_in_boxes_and_controls_is_not_lost() -> None:
    def boxed(opened: Any) -> None:
        control, inside = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        inside.append(opened.add_paragraph("ohjaimessa")._p)
        control.append(inside)
        opened.element.body.insert(0, control)
        box = OxmlElement("w:txbxContent")
        box.append(opened.add_paragraph("laatikossa")._p)
        opened.add_paragraph().add_run()._r.append(box)

    read = take_in_output(word(boxed), "tarpeet.docx", Kind.PRODUCTION_NEED, Around([IMAGE]), "fi")
    words = repr(read.document)
    assert "ohjaimessa" in words
    assert "laatikossa" in words


def test_a_document_with_nothing_but_a_picture_is_told_to_be_one() -> None:
    opened = docx.Document()
    opened.add_paragraph().add_run()._r.append(OxmlElement("w:drawing"))
    assert opened.element.body.find(qn("w:p")) is not None
    assert mistakes(saved(opened), "kuva.docx")[0].startswith("tiedostossa ei ole tekstiä, vain kuva")


# --- texts --------------------------------------------------------------------------------------------------------


def test_a_table_pasted_from_a_spreadsheet_is_taken_in() -> None:
    pasted = 'Tarve\tKenellä\tNäyttö\tKiireellisyys\n"Neuvo\nmyös puhelimella"\tKaikki\tKysely\theti\n'
    need = taken(pasted.encode(), "leikepoyta.tsv").needs[0]
    assert (need.id, need.need, need.urgency) == ("T1", "Neuvo\nmyös puhelimella", Urgency.AT_ONCE)


def test_a_sum_in_a_pasted_table_is_told() -> None:
    pasted = "Tarve\tKenellä\tNäyttö\nNeuvo\tKaikki\tKysely\nSumma:\t\t560\n"
    assert mistakes(pasted.encode(), "leikepoyta.tsv") == [
        'rivi 3: rivi "Summa:" on yhteenlasku. Jätä se liittämättä; Etappi laskee summat itse.'
    ]


def test_a_mistake_in_a_pasted_table_is_told_by_its_line_and_column() -> None:
    pasted = (
        "Tarve\tKenellä\tNäyttö\tKiireellisyys\nNeuvo\tKaikki\tKysely\tehkä\nHoito\tPerheet\tJono\theti\tylimääräinen\n"
    )
    assert [one.split(":")[0] for one in mistakes(pasted.encode(), "leikepoyta.tsv")] == [
        "rivi 3, sarake 5",
        "rivi 2, sarake Kiireellisyys",
    ]


def test_yaml_is_read_with_names_or_labels_and_mistakes_have_lines() -> None:
    good = "form: production_need\nTarpeet:\n  - Tarve: Neuvo\n    holder: Kaikki\n    urgency: heti\n"
    assert [(one.id, one.need, one.urgency) for one in taken(good.encode(), "t.yaml").needs] == [
        ("T1", "Neuvo", Urgency.AT_ONCE)
    ]
    bad = "needs:\n  - id: T1\n    urgensy: heti\n  - id: T2\n    urgency: ehkä\n"
    assert [one.split(": ")[0] for one in mistakes(bad.encode(), "t.yaml")] == [
        "rivi 3, sarake needs[1].urgensy",
        "needs, rivi 5, sarake needs[2].urgency",
    ]
    assert "(urgency?)" in mistakes(bad.encode(), "t.yaml")[0]


def test_a_file_of_another_form_is_refused() -> None:
    other = json.dumps({"form": "general", "points": []}).encode()
    assert "production_need" in mistakes(other, "t.json")[0]


def test_a_markdown_document_is_taken_in_with_what_was_not_understood_told() -> None:
    text = "# T\n\n| Tarve | Kenellä | Näyttö | Kiireellisyys |\n| --- | --- | --- | --- |\n| N | K | Ky | ehkä |\n"
    read = take_in_output(text.encode(), "t.md", Kind.PRODUCTION_NEED, Around(), "fi")
    assert len(read.remarks) == 1
    with pytest.raises(NotValid):
        take_in_output(b"", "t.md", Kind.PRODUCTION_NEED, Around(), "fi")


def test_a_reference_chosen_from_a_list_is_its_identifier_alone() -> None:
    opened = openpyxl.load_workbook(io.BytesIO(workbook(ProductionMethod(), "fi", "x", [("tarve", NEEDS)])))
    sheet = opened["Tuottamistavat"]
    lists = opened["Valinnat"]
    picked = next(cell.value for row in lists.iter_rows() for cell in row if str(cell.value).startswith("T1 "))
    sheet["B2"], sheet["D2"] = picked, "Itse"
    output = take_in_output(saved(opened), "x.xlsx", Kind.PRODUCTION_METHOD, Around([("tarve", NEEDS)]), "fi").output
    assert [(one.id, one.need, one.more) for one in output.methods] == [("TT1", "T1", {})]  # type: ignore[attr-defined]
