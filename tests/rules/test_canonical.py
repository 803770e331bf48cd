"""Equal values have equal canonical bytes; what has no single form is refused."""

import datetime as dt
import json
import unicodedata
from decimal import Decimal
from enum import IntEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from models.canonical import Written, canonical, sha256
from models.errors import NotValid
from models.frozen import Frozen
from models.words import PhaseKind

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = texts.map(lambda text: unicodedata.normalize("NFC", text))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


class Window(Frozen):
    from_: dt.date | None = Field(default=None, alias="from")
    to: dt.date
    kind: PhaseKind = PhaseKind.GENERAL
    hidden: str = Field(default="x", exclude=True)


class Step(IntEnum):
    FIRST = 1


def reversed_keys(value: object) -> object:
    if isinstance(value, dict):
        return {key: reversed_keys(value[key]) for key in reversed(value)}
    return [reversed_keys(item) for item in value] if isinstance(value, list) else value


@settings(deadline=None)
@given(plain)
def test_equal_values_have_equal_bytes_whatever_the_order_of_keys(value: object) -> None:
    assert canonical(value) == canonical(reversed_keys(value))


@settings(deadline=None)
@given(plain)
def test_the_text_is_json_that_reads_back_to_the_same_text(value: object) -> None:
    text = canonical(value)
    assert canonical(json.loads(text)) == text


@settings(deadline=None)
@given(plain)
def test_the_text_is_what_the_standard_library_writes_for_composed_strings(value: object) -> None:
    read = json.loads(canonical(value))
    assert canonical(value) == json.dumps(read, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@settings(deadline=None)
@given(plain, plain)
def test_values_that_differ_after_composition_have_different_bytes(one: object, other: object) -> None:
    same = json.dumps(json.loads(canonical(one)), sort_keys=True) == json.dumps(
        json.loads(canonical(other)), sort_keys=True
    )
    assert (canonical(one) == canonical(other)) is same


def test_strings_and_keys_are_composed() -> None:
    apart = unicodedata.normalize("NFD", "Kemijärvi – Sodankylä")
    assert canonical({apart: apart}) == '{"Kemijärvi – Sodankylä":"Kemijärvi – Sodankylä"}'


@settings(deadline=None)
@given(plain)
def test_a_part_that_was_written_by_itself_stands_in_the_text_as_it_is(value: object) -> None:
    assert canonical({"part": Written(canonical(value))}) == canonical({"part": value})


def test_a_part_written_by_itself_is_composed_with_the_rest() -> None:
    apart = unicodedata.normalize("NFD", "ä")
    assert canonical({apart: Written(f'["{apart}"]')}) == '{"ä":["ä"]}'


def test_two_keys_that_compose_to_the_same_text_are_refused() -> None:
    with pytest.raises(NotValid, match="Two keys"):
        canonical({"ä": 1, unicodedata.normalize("NFD", "ä"): 2})


def test_keys_are_sorted_as_texts_and_nothing_is_padded() -> None:
    assert canonical({"a!": 1, "a": [True, None], "B": {"z": "", "y": "\n"}}) == (
        '{"B":{"y":"\\n","z":""},"a":[true,null],"a!":1}'
    )


def test_instants_are_utc_with_microseconds() -> None:
    helsinki = dt.timezone(dt.timedelta(hours=2))
    assert canonical(dt.datetime(2027, 1, 31, 1, 0, tzinfo=helsinki)) == '"2027-01-30T23:00:00.000000Z"'
    assert canonical(dt.date(2027, 1, 31)) == '"2027-01-31"'


def test_a_model_is_written_whole_by_alias_with_values_of_enumerations() -> None:
    window = Window(to=dt.date(2027, 1, 31))
    assert canonical((window, Step.FIRST, {PhaseKind.GENERAL: 1})) == (
        '[{"from":null,"hidden":"x","kind":"general","to":"2027-01-31"},1,{"general":1}]'
    )


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (1.0, "float"),
        ({"share": [0.5]}, "float"),
        (float("nan"), "float"),
        (Decimal(1), "Decimal"),
        ({"a", "b"}, "set"),
        (b"bytes", "bytes"),
        (object(), "object"),
        (dt.datetime(2027, 1, 31, 12, 0), "no time zone"),
        (dt.datetime.min.replace(tzinfo=dt.timezone(dt.timedelta(hours=2))), "outside the calendar"),
        ({1: "one"}, "not all texts"),
        ("\ud83d", "half of a character"),
    ],
)
def test_what_has_no_single_form_is_refused(value: object, sentence: str) -> None:
    with pytest.raises(NotValid, match=sentence):
        canonical(value)


def test_the_hash_of_a_text_is_the_hash_of_its_bytes() -> None:
    assert sha256("Kemijärvi") == sha256("Kemijärvi".encode())
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
