"""A Word document is read wherever in it the words stand; what is no text is told with its place."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from models.documents.parts import Paragraph
from models.errors import NotTakenIn
from models.exchange.taking import Around, TakenIn, take_in_output
from models.outputs.production_need import ProductionNeed
from models.outputs.rows import Output
from models.storage.agreeing import kept
from models.words import PhaseKind as Kind

HEADINGS = ("Tunnus", "Tarve", "Kenellä tarve on", "Mistä tiedämme")
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
EQUATION = f"<m:oMath {MATH}><m:r><m:t>a+b</m:t></m:r></m:oMath>"
DESCRIBED = f'<wp:inline {nsdecls("wp")}><wp:docPr id="1" name="Kuva 1" descr="Kartta"/></wp:inline>'
PICTURE = f"<w:drawing {nsdecls('w')}>{DESCRIBED}</w:drawing>"


def taken(change: Callable[[Any], None], draft: Output | None = None) -> TakenIn:
    """What is taken from a document of two needs after somebody changed it."""
    document = docx.Document()
    document.add_heading("Tarpeet", level=2)
    table = document.add_table(rows=0, cols=4)
    for line in (HEADINGS, ("T1", "Neuvo", "Kaikki", "Kysely"), ("T2", "Hoito", "Perheet", "Jono")):
        for cell, words in zip(table.add_row().cells, line, strict=True):
            cell.text = words
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return take_in_output(stream.getvalue(), "tarpeet.docx", Kind.PRODUCTION_NEED, Around(draft=draft), "fi")


def rows(read: TakenIn) -> list[tuple[str, ...]]:
    return [(one.id, one.need, one.holder, one.evidence) for one in read.output.needs]  # type: ignore[attr-defined]


def remarks(read: TakenIn, language: str = "fi") -> list[str]:
    return [one.sentence(language) for one in read.remarks]


def refused(change: Callable[[Any], None]) -> str:
    with pytest.raises(NotTakenIn) as caught:
        taken(change)
    return str(caught.value.mistakes[0].sentence("fi"))


def wrapped(element: Any, *names: str) -> None:
    """The element stands inside others of these names."""
    for name in names:
        around = OxmlElement(name)
        element.getparent().replace(element, around)
        around.append(element)
        element = around


def control(element: Any) -> None:
    wrapped(element, "w:sdtContent", "w:sdt")


def as_it_was(read: TakenIn) -> bool:
    return rows(read) == [("T1", "Neuvo", "Kaikki", "Kysely"), ("T2", "Hoito", "Perheet", "Jono")]


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda document: control(document.tables[0].cell(1, 1)._tc),
        lambda document: control(document.tables[0].rows[1]._tr),
        lambda document: control(document.tables[0]._tbl),
        lambda document: control(document.tables[0].cell(1, 1).paragraphs[0].runs[0]._r),
        lambda document: wrapped(document.tables[0].cell(1, 1).paragraphs[0].runs[0]._r, "w:smartTag"),
        lambda document: wrapped(document.tables[0].cell(1, 1).paragraphs[0].runs[0]._r, "w:fldSimple"),
        lambda document: wrapped(document.tables[0].cell(1, 1).paragraphs[0].runs[0]._r, "w:hyperlink"),
    ],
    ids=["cell", "row", "table", "words", "smart tag", "field", "link"],
)
def test_words_inside_controls_and_fields_are_read_in_their_place(change: Callable[[Any], None]) -> None:
    read = taken(change)
    assert as_it_was(read)
    assert read.remarks == ()


def test_a_row_that_begins_later_than_the_others_keeps_its_columns() -> None:
    def later(document: Any) -> None:
        row = document.tables[0].rows[2]._tr
        row.remove(row.tc_lst[0])
        skipped = OxmlElement("w:gridBefore")
        skipped.set(qn("w:val"), "1")
        row.get_or_add_trPr().append(skipped)

    assert rows(taken(later))[1][1:] == ("Hoito", "Perheet", "Jono")


def test_a_text_box_that_word_wrote_twice_is_read_once() -> None:
    def boxed(document: Any) -> None:
        box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>laatikossa</w:t></w:r></w:p></w:txbxContent>"
        compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        document.add_paragraph().add_run()._r.append(
            parse_xml(f"<mc:AlternateContent {compatible}>{both}</mc:AlternateContent>")
        )

    read = taken(boxed)
    assert read.document is not None
    words = [block.text for _, block in read.document.blocks() if isinstance(block, Paragraph)]
    assert words == ["laatikossa"]
    assert read.remarks == ()


# --- remarks ------------------------------------------------------------------------------------------------------


def in_cell(change: Callable[[Any], None]) -> Callable[[Any], None]:
    return lambda document: change(document.tables[0].cell(1, 1))


def nested(cell: Any) -> None:
    cell.add_table(rows=1, cols=1).cell(0, 0).text = "sisällä"


def commented(document: Any) -> None:
    run = document.tables[0].cell(1, 1).paragraphs[0].runs[0]
    document.add_comment(run, "Tarkista tämä", author="A", initials="A")


def headed(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "Salainen luonnos"
    document.sections[0].footer.paragraphs[0].text = "1 / 3"


def hidden(cell: Any) -> None:
    cell.paragraphs[0].runs[0].font.hidden = True


def struck(cell: Any) -> None:
    for word in (" vain", " arkisin"):
        cell.paragraphs[0].add_run(word).font.strike = True


def not_struck(cell: Any) -> None:
    cell.paragraphs[0].runs[0].font.strike = False


PLACE = "Tarpeet, rivi 2, sarake Tarve: "


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (in_cell(lambda cell: cell.paragraphs[0]._p.append(parse_xml(EQUATION))), f'{PLACE}kaavaa ei otettu: "a+b".'),
        (in_cell(nested), f'{PLACE}taulukkoa solun sisällä ei otettu: "sisällä".'),
        (commented, f'{PLACE}kommenttia ei otettu: "Tarkista tämä".'),
        (headed, 'Ylä- tai alatunnistetta ei otettu: "Salainen luonnos".'),
        (
            in_cell(lambda cell: cell.paragraphs[0].add_run()._r.append(parse_xml(PICTURE))),
            f"{PLACE}kuvaa ei otettu (Kartta).",
        ),
        (in_cell(hidden), f'{PLACE}teksti on piilotettu Wordissa, mutta se luettiin: "Neuvo".'),
        (in_cell(struck), f'{PLACE}teksti on yliviivattu, mutta se luettiin: "vain arkisin".'),
        (in_cell(not_struck), None),
    ],
    ids=["equation", "nested table", "comment", "header", "picture", "hidden", "struck", "not struck"],
)
def test_what_is_no_ordinary_text_is_told_with_its_place(change: Callable[[Any], None], told: str | None) -> None:
    found = remarks(taken(change))
    assert len(found) == (1 if told else 0)
    assert not told or found[0].startswith(told)


def test_a_picture_in_running_text_is_told_under_its_heading_in_the_readers_language() -> None:
    def pictured(document: Any) -> None:
        document.add_heading("Tausta", level=2)
        document.add_paragraph("Alue ").add_run()._r.append(parse_xml(PICTURE))

    assert remarks(taken(pictured), "sv")[0].startswith("Tausta: bilden togs inte med (Kartta).")


def test_a_table_that_the_form_does_not_know_is_told() -> None:
    def another(document: Any) -> None:
        document.add_heading("Palaute", level=2)
        table = document.add_table(rows=2, cols=2)
        for cell, words in zip((*table.rows[0].cells, *table.rows[1].cells), ("Kuka", "Mitä", "a", "b"), strict=True):
            cell.text = words

    read = taken(another)
    assert as_it_was(read)
    assert remarks(read)[0].startswith("Palaute: taulukko ei ole mikään lomakkeen taulukoista")
    assert remarks(read)[0].endswith("Otsikot: Kuka, Mitä.")


# --- refusals -----------------------------------------------------------------------------------------------------


def row_deleted(document: Any) -> None:
    document.tables[0].rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:del"))


def mark_deleted(document: Any) -> None:
    properties = document.add_paragraph("Kaksi kappaletta")._p.get_or_add_pPr()
    marks = OxmlElement("w:rPr")
    marks.append(OxmlElement("w:del"))
    properties.append(marks)


@pytest.mark.parametrize(
    ("change", "words"), [(row_deleted, "T2 Hoito Perheet Jono"), (mark_deleted, "Kaksi kappaletta")]
)
def test_a_row_or_a_paragraph_end_that_was_deleted_with_changes_tracked_is_noticed(
    change: Callable[[Any], None], words: str
) -> None:
    assert f"hyväksymättömiä muutoksia (1), ensimmäinen: {words}." in refused(change)


def test_a_cell_that_cannot_be_read_is_told_with_its_place() -> None:
    def long(cell: Any) -> None:
        cell.text = "x" * 20_000

    def backwards(document: Any) -> None:
        document.add_paragraph("takaperin \u202eabc")

    assert refused(in_cell(long)).startswith(f"{PLACE}tekstissä on 20000 merkkiä")
    assert refused(backwards).startswith("Tarpeet: tekstissä on merkki, jota ei näe (U+202E)")


def test_a_merged_cell_and_an_identifier_that_stands_twice_are_told_in_words() -> None:
    def merged(document: Any) -> None:
        document.tables[0].cell(1, 2).merge(document.tables[0].cell(2, 2))

    def twice(document: Any) -> None:
        document.tables[0].cell(2, 0).text = "T1"

    assert refused(merged).startswith("Tarpeet, rivi 3, sarake Kenellä tarve on: solu on yhdistetty toiseen.")
    assert refused(twice) == "Tarpeet T1, sarake Tunnus: tunnus T1 on kahdella rivillä. Anna toiselle oma tunnus."


# --- what was cleared ---------------------------------------------------------------------------------------------


def test_a_table_without_rows_and_a_heading_without_text_are_empty_afterwards() -> None:
    def emptied(document: Any) -> None:
        for row in document.tables[0].rows[1:]:
            document.tables[0]._tbl.remove(row._tr)
        document.add_heading("Mitä opimme", level=2)

    draft = ProductionNeed.model_validate(
        {"needs": [{"id": "T1", "need": "Neuvo"}], "learnt": "Jotain", "affected": [{"id": "R1", "group": "Kylät"}]}
    )
    read = taken(emptied, draft)
    after = kept(draft, read.output)
    assert (after.needs, after.learnt, after.affected) == ((), "", draft.affected)  # type: ignore[attr-defined]
