"""A document and its rows say the same: rows are written into it, and all that people wrote round them stays."""

import io
import os

import docx
from generated_outputs import outputs  # type: ignore[import-not-found]
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.documents.reading import read_document
from models.exchange.from_document import form_kind, from_document
from models.exchange.markdown import markdown_of
from models.exchange.to_document import disagreeing, with_output
from models.exchange.to_word import word_with_output
from models.exchange.word import read_word
from models.exchange.word_writing import word_document
from models.outputs.future_image import FutureImage, Goal
from models.outputs.governance_model import GovernanceModel
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.rows import Output
from models.outputs.told import registers
from models.storage.outputs_shown import with_its_rows

EXAMPLES = 300 if os.environ.get("ETAPPI_SOAK") else 30
LANGUAGES = st.sampled_from(["fi", "sv", "en"])
PROFILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
BEFORE, BETWEEN, AFTER = "Johdannoksi kerrotaan.", "Tämä selitetään väliin.", "Lopuksi kiitetään."
DOCUMENT = f"""# Tarpeet

{BEFORE}

## Palvelutarpeet

| Tunnus | Tarve | Peruste |
|---|---|---|
| T1 | Koulu | Ennuste |
| T2 | Kirjasto | Tilasto |

{BETWEEN}

## Muuta

{AFTER}
"""
ROWS = ProductionNeed(needs=(Need(id="T1", need="Lähikoulu"), Need(id="T3", need="Kyyti")))


def tables(output: Output) -> list[object]:
    return [getattr(output, register.name) for register in registers(type(output))]


def said(text: str, form: type[Output]) -> Output:
    return from_document(read_document(text, "asiakirja.md"), form_kind(form)).output


@PROFILE
@given(outputs(), LANGUAGES, LANGUAGES)
def test_rows_written_into_a_markdown_document_are_read_again(output: Output, before: str, language: str) -> None:
    first = f"{BEFORE}\n\n{markdown_of(type(output)(), before, 'Tuotos')}\n{AFTER}\n"

    text = with_output(first, output, language)

    document = read_document(text, "asiakirja.md")
    names = {register.name for register in registers(type(output))}
    assert not disagreeing(document, output) & names
    assert BEFORE in text and AFTER in text


@PROFILE
@given(outputs(), outputs(), LANGUAGES)
def test_rows_written_over_those_of_a_word_document_are_read_again(one: Output, other: Output, language: str) -> None:
    after = one if type(one) is type(other) else type(other)()
    opened = docx.Document(io.BytesIO(word_document(other, "fi", "Tuotos", BEFORE)))
    opened.add_heading("Muuta", level=2)
    opened.add_paragraph(AFTER)
    stream = io.BytesIO()
    opened.save(stream)

    read = read_word(word_with_output(stream.getvalue(), after, language)).document

    assert tables(from_document(read, form_kind(type(after))).output) == tables(after)
    said = " ".join(block.text for _, block in read.blocks() if hasattr(block, "text"))
    assert BEFORE in said and AFTER in said


def test_a_table_is_replaced_in_its_place_and_what_was_written_round_it_stays() -> None:
    text = with_output(DOCUMENT, ROWS, "fi")

    assert said(text, ProductionNeed) == ROWS
    assert "Kirjasto" not in text
    lines = [line for line in text.split("\n") if line]
    assert [lines.index(one) for one in (BEFORE, BETWEEN, AFTER)] == sorted(map(lines.index, (BEFORE, BETWEEN, AFTER)))
    assert lines.index("## Palvelutarpeet") < text.index("Lähikoulu")
    assert text.index("Lähikoulu") < text.index(BETWEEN)


LINED = FutureImage(goals=(Goal(id="P1", goal="Elinvoima", sentences="Kaupunki on vihreä.\nAsunnot ovat erilaisia."),))


def test_one_thing_per_line_is_read_again_as_it_was_written() -> None:
    text = markdown_of(LINED, "fi", "Tulevaisuuskuva")

    assert "Kaupunki on vihreä.<br>Asunnot ovat erilaisia." in text
    assert said(text, FutureImage) == LINED
    assert with_output(text, LINED, "fi") == text


def test_words_that_look_like_the_end_of_a_line_stay_words() -> None:
    goal = Goal(id="P1", goal="Elinvoima", sentences="Merkki <br> on sana.")

    assert said(markdown_of(FutureImage(goals=(goal,)), "fi", "Kuva"), FutureImage).goals == (goal,)


def test_a_document_of_a_former_release_says_the_same_though_its_lines_ran_together() -> None:
    former = read_document(markdown_of(LINED, "fi", "Kuva").replace("<br>", " "), "kuva.md")

    assert with_its_rows(former, LINED, "fi", "Kuva") == former
    assert "<br>" in with_output(markdown_of(LINED, "fi", "Kuva").replace("<br>", " "), LINED, "fi")


def test_a_document_that_says_the_same_is_left_alone() -> None:
    output = said(DOCUMENT, ProductionNeed)

    assert with_output(DOCUMENT, output, "sv") == DOCUMENT
    word = word_document(output, "fi", "Tarpeet")
    assert word_with_output(word, output, "sv") is word


def test_a_table_that_is_missing_comes_under_the_heading_that_waits_for_it() -> None:
    text = with_output(f"# Tarpeet\n\n## Tarpeet ja perustelut\n\n{BEFORE}\n\n## Muuta\n\n{AFTER}\n", ROWS, "fi")

    assert said(text, ProductionNeed) == ROWS
    assert text.index(BEFORE) < text.index("Lähikoulu") < text.index("## Muuta")


def test_a_document_without_any_heading_takes_rows_too() -> None:
    text = with_output(BEFORE, ROWS, "fi")

    assert said(text, ProductionNeed) == ROWS
    assert text.startswith(BEFORE)


def test_a_list_that_stood_for_rows_becomes_their_table() -> None:
    listed = f"# Kuva\n\n## Muutoshaasteet\n\n### H1 Väestö vähenee\n\n- Lapsia on vähemmän\n\n## Muuta\n\n{AFTER}\n"
    before = said(listed, FutureImage)
    assert isinstance(before, FutureImage)
    after = before.model_copy(update={"challenges": (before.challenges[0].model_copy(update={"means": "Muuta"}),)})

    text = with_output(listed, after, "fi")

    assert said(text, FutureImage) == after
    assert "Lapsia" not in text and AFTER in text


def test_a_matrix_of_powers_is_one_table_with_the_rows() -> None:
    matrix = "# Malli\n\n| Asia | Valtuusto | Hallitus |\n|---|---|---|\n| Talousarvio | päättää | esittää |\n"
    before = said(matrix, GovernanceModel)
    assert isinstance(before, GovernanceModel)
    after = before.model_copy(update={"powers": (before.powers[0].model_copy(update={"ground": "Kuntalaki 14 §"}),)})

    text = with_output(matrix, after, "fi")

    assert said(text, GovernanceModel) == after
    assert len(read_document(text, "malli.md").tables) == 1


def test_a_paper_tells_the_rows_that_count_where_an_older_document_says_otherwise() -> None:
    document = read_document(DOCUMENT, "tarpeet.md")

    papers = with_its_rows(document, ROWS, "fi", "Tarpeet")

    assert papers.sections[: len(document.sections)] == document.sections
    last = papers.sections[-1].blocks[-1]
    assert "Lähikoulu" in str(last)
    assert any("ratkaisevat" in str(section) for section in papers.sections)
    assert with_its_rows(document, said(DOCUMENT, ProductionNeed), "fi", "Tarpeet") is document


def test_a_text_under_the_same_heading_twice_stands_under_the_first_afterwards() -> None:
    twice = "# Tarpeet\n\n## Mitä opimme\n\nEnsin.\n\n## Muuta\n\nx\n\n## Mitä opimme\n\nSitten.\n"
    after = with_output(twice, ProductionNeed(learnt="Uusi."), "fi")
    assert said(after, ProductionNeed).learnt == "Uusi."  # type: ignore[attr-defined]
    assert "x" in after
    word = docx.Document()
    for heading, words in (("Mitä opimme", "Ensin."), ("Muuta", "x"), ("Mitä opimme", "Sitten.")):
        word.add_heading(heading, level=2)
        word.add_paragraph(words)
    stream = io.BytesIO()
    word.save(stream)
    read = read_word(word_with_output(stream.getvalue(), ProductionNeed(learnt="Uusi.\n\n\nMyös."), "fi")).document
    assert from_document(read, form_kind(ProductionNeed)).output.learnt == "Uusi.\n\n\nMyös."  # type: ignore[attr-defined]
    assert [section.blocks[0].text for section in read.sections if section.blocks][1:] == ["x"]  # type: ignore[union-attr]
