"""What is written for people reads back as it was: Excel, Word, YAML, JSON, Markdown, over generated outputs."""

import json
import os

import pytest
from generated_outputs import outputs  # type: ignore[import-not-found]
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.exchange.from_document import from_document
from models.exchange.plain import read_plain, yaml_of
from models.exchange.word import read_word
from models.exchange.word_writing import word_document
from models.exchange.workbook import workbook
from models.exchange.workbook_reading import read_workbook
from models.outputs.forms import FORMS, output_text, read_output
from models.outputs.future_image import FutureImage
from models.outputs.production_method import ProductionMethod
from models.outputs.production_need import ProductionNeed
from models.outputs.rows import Affected, Output
from models.words import PhaseKind

EXAMPLES = 400 if os.environ.get("ETAPPI_SOAK") else 40
LANGUAGES = st.sampled_from(["fi", "sv", "en"])
KINDS = {form: kind for kind, form in FORMS.items()}

PROFILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failing workbook smaller takes minutes
)


@PROFILE
@given(outputs())
def test_canonical_text_loses_nothing(output: Output) -> None:
    assert read_output(output_text(output)) == output


@PROFILE
@given(outputs(), LANGUAGES)
def test_an_excel_workbook_loses_nothing(output: Output, language: str) -> None:
    read = read_workbook(workbook(output, language, "Tuotos"), type(output))
    assert [mistake.in_("en") for mistake in read.mistakes if mistake.key != "nothing"] == []
    assert read.output == output


def test_a_column_of_ones_own_keeps_the_star_in_its_heading() -> None:
    output = FutureImage(affected=(Affected(id="U1", group="Kylät", more={"Muuta*": "linja-auto"}),))
    assert read_workbook(workbook(output, "fi", "Tuotos"), FutureImage).output == output


@PROFILE
@given(outputs(), LANGUAGES)
def test_a_word_document_loses_nothing(output: Output, language: str) -> None:
    read = read_word(word_document(output, language, "Tuotos"))
    taken = from_document(read.document, KINDS[type(output)])
    assert taken.remarks == ()
    assert taken.output == output


@pytest.mark.parametrize("words", ["a\n\n\n\nb", "a\n\n\nb", "a\n\n b", "a \n\nb", "a\n\nb\n\nc"])
def test_empty_lines_in_a_text_survive_word(words: str) -> None:
    output = ProductionNeed(learnt=words)
    read = read_word(word_document(output, "fi", "Tuotos"))
    assert from_document(read.document, PhaseKind.PRODUCTION_NEED).output == output


def test_an_identifier_with_a_full_stop_after_it_is_the_same_in_every_file() -> None:
    output = ProductionMethod.model_validate({"methods": [{"id": "TT1.", "need": "T1."}]})
    assert [(one.id, one.need) for one in output.methods] == [("TT1", "T1")]
    assert read_workbook(workbook(output, "fi", "Tuotos"), ProductionMethod).output == output
    assert read_plain(yaml_of(output, "fi").encode(), ProductionMethod)[0] == output


@PROFILE
@given(outputs(), LANGUAGES)
def test_yaml_loses_nothing(output: Output, language: str) -> None:
    read, mistakes, _ = read_plain(yaml_of(output, language).encode(), type(output))
    assert [mistake.in_("en") for mistake in mistakes] == []
    assert read == output


@PROFILE
@given(outputs())
def test_json_loses_nothing(output: Output) -> None:
    read, mistakes, _ = read_plain(output_text(output).encode(), type(output), as_json=True)
    assert [mistake.in_("en") for mistake in mistakes] == []
    assert read == output
    assert json.loads(output_text(read)) == json.loads(output_text(output))
