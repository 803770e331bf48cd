import re
from decimal import Decimal

import pytest
from pydantic import ValidationError

from models.errors import Broken
from models.outputs.choices import Way
from models.outputs.forms import BY_NAME, FORMS, merged, output_text, read_output
from models.outputs.operational_model import OperationalModel, Unit
from models.outputs.production_method import Alternative, ProductionMethod
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.told import LONGEST, Choices, Kind, columns, registers
from models.words import PhaseKind

ALL = [(form, register) for form in FORMS.values() for register in registers(form)]


def test_every_kind_of_phase_has_a_form_with_a_name_of_its_own() -> None:
    assert FORMS.keys() == set(PhaseKind)
    assert {name: form.model_fields["form"].default for name, form in BY_NAME.items()} == {n: n for n in BY_NAME}


@pytest.mark.parametrize(("form", "register"), ALL)
def test_every_field_says_what_it_is_in_three_languages_and_which_source_asks_for_it(form, register) -> None:
    for column in (*columns(form), *register.columns):
        assert column.told.source, column.name
        for language in ("fi", "sv", "en"):
            assert column.told.label.model_dump()[language], column.name
        assert column.told.help is None or all(column.told.help.model_dump().values())


@pytest.mark.parametrize(("form", "register"), ALL)
def test_headings_of_a_table_differ_in_each_language_and_are_known_again(form, register) -> None:
    for language in ("fi", "sv", "en"):
        labels = [column.label(language).casefold() for column in register.columns]
        assert len(set(labels)) == len(labels), (register.name, language)
    for column in register.columns:
        if column.told.known:
            assert re.match(column.told.known, column.label("fi"), re.IGNORECASE), (register.name, column.name)


def test_prefixes_of_identifiers_tell_the_registers_apart() -> None:
    prefixes = {register.name: register.told.prefix for _, register in ALL}
    assert len(set(prefixes.values())) == len(prefixes)


@pytest.mark.parametrize(("form", "register"), ALL)
def test_every_reference_points_to_registers_that_exist(form, register) -> None:
    names = {one.name for _, one in ALL}
    for column in register.columns:
        if column.kind in (Kind.REFERENCE, Kind.REFERENCES):
            assert set(column.told.to) <= names
        if column.kind is Kind.CHOICE:
            assert issubclass(column.choices, Choices)
            assert all(choice.words.sv and choice.words.en for choice in column.choices)


def test_equal_content_has_one_text_and_reads_back_as_it_was() -> None:
    row = {"id": "T1.own", "need": "T1", "way": "own", "how": "Yhteinen piste", "euros": "285000.00", "years": "5.50"}
    one = ProductionMethod.model_validate({"alternatives": [row]})
    other = ProductionMethod(
        alternatives=(
            Alternative(
                id="T1.own", need=" T1 ", way=Way.OWN, how="Yhteinen piste", euros=Decimal(285000), years=Decimal("5.5")
            ),
        )
    )

    assert output_text(one) == output_text(other)
    assert read_output(output_text(one)) == one


def test_what_is_stored_and_of_no_known_form_is_told_to_be_broken() -> None:
    for text in ("", "[]", '{"form":"other"}', '{"form":"general","version":2}', '{"form":"general","strange":1}'):
        with pytest.raises(Broken):
            read_output(text)


@pytest.mark.parametrize("text", ["nuoli\x1b[31m", "takaperin \u202eabc", "tyhjä\x00"])
def test_characters_that_cannot_be_seen_are_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="cannot be seen"):
        Need(id="T1", need=text)


def test_words_of_any_script_are_taken_and_composed() -> None:
    need = Need(id="T1", need="  حاجة 🙂 a\u0308\r\nb ")
    assert need.need == "حاجة 🙂 ä\nb"


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(ValidationError, match="100000 characters"):
        Need(id="T1", need="a" * 100_000)
    assert Need(id="T1", need="a" * LONGEST)


@pytest.mark.parametrize("id_", ["", " ", "T 1", "T1;T2", "-", "x" * 41])
def test_what_is_no_identifier_is_refused(id_: str) -> None:
    with pytest.raises(ValidationError):
        Need(id=id_)


def test_parts_of_a_phase_are_one_and_what_one_leaves_empty_the_other_fills() -> None:
    structure = OperationalModel(units=(Unit(id="YK1", unit="Asukaspalvelut", years_now=Decimal(20)),))
    assessment = OperationalModel(
        in_force="1.1.2028",
        units=(Unit(id="yk1", unit="asukaspalvelut", people=21), Unit(id="YK2", unit="Koulut", more={"Oma": "x"})),
    )

    one = merged((structure, assessment), OperationalModel)

    assert one.in_force == "1.1.2028"
    assert [(u.id, u.unit, u.years_now, u.people) for u in one.units] == [
        ("YK1", "Asukaspalvelut", Decimal(20), 21),
        ("YK2", "Koulut", None, None),
    ]
    assert one.units[1].more == {"Oma": "x"}


def test_two_rows_with_one_identifier_and_other_names_both_stand() -> None:
    one = ProductionNeed(needs=(Need(id="T1", need="Neuvo"),))
    other = ProductionNeed(needs=(Need(id="t1", need="Kyyti"),))
    assert [need.need for need in merged((one, other), ProductionNeed).needs] == ["Neuvo", "Kyyti"]


def test_a_need_without_anything_is_a_valid_draft() -> None:
    assert read_output(output_text(ProductionNeed(needs=(Need(id="T1"),)))).needs == (Need(id="T1"),)
