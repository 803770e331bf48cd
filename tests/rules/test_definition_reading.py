"""A definition's file is read whole, whatever it holds, and all its mistakes are told at once."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.definitions.file import read_definition
from models.definitions.rules import warnings_of
from models.errors import DefinitionError

GOOD = (Path(__file__).parent / "small_definition.yaml").read_text(encoding="utf-8")


def problems(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(DefinitionError) as caught:
        read_definition(text, "pieni.yaml")
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


def test_the_small_definition_the_broken_ones_are_made_of_is_good() -> None:
    assert warnings_of(read_definition(GOOD, "pieni.yaml")) == []


def test_mistakes_of_every_kind_are_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace("id: pieni\n", "id: pieni\nid: toinen\n").replace("receives:", "recieves:")
    text = text.replace("{group: laajennettu-jory}", "{group: jory}").replace("kind: council}", "kind: councill}")
    text = text.replace("months: 0", "months: -1").replace("body: nuoret, ", "body: nuoret, least_days: 90, ")
    found = problems(text)
    assert [line for line, _ in found] == [3, 20, 54, 63, 68, 77]
    assert 'no working group "jory"' in found[3][1]


@pytest.mark.parametrize(
    ("stands", "instead", "line"),
    [
        ("{when: 3 working days before, to: holder}", "{when: 3 weeks before, to: holder}", 27),
        ("{when: 3 working days before, to: holder}", "{when: 3 working days before, to: everybody}", 27),
        ("{when: 3 working days before, to: holder}", "3 working days before", 27),
        ("duty: stance", "duty: something-else", 25),
    ],
)
def test_a_wrong_ladder_hides_no_other_mistake(stands: str, instead: str, line: int) -> None:
    text = GOOD.replace(stands, instead).replace("{group: laajennettu-jory}", "{group: jory}")
    found = problems(text)
    assert [at for at, _ in found] == [line, 62]
    assert 'no working group "jory"' in found[1][1]


def test_what_cannot_be_mended_safely_hides_the_cross_references_but_not_the_mistake() -> None:
    found = problems(GOOD.replace("- id: malli\n", "- {}\n  - id: malli\n").replace("[strategia]", "[ohjelma]"))
    assert {line for line, _ in found} == {50}
    assert [said for _, said in found if 'lacks "checkpoint"' in said]


def test_an_error_lists_file_line_column_and_sentence() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(GOOD.replace("format: 1", "format: 2"), "pieni.yaml")
    assert str(caught.value) == (
        'The process definition has mistakes (1):\npieni.yaml:1:9: "format" is "2", but it must be 1.'
    )
    assert caught.value.problems[0].path == "format"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "The file is empty."),
        ("# only a comment\n", 1, "The file is empty."),
        ("~\n", 1, "A definition is a mapping that begins with format, id, version and name."),
        ("- format\n", 1, "A definition is a mapping that begins with format, id, version and name."),
        ("pelkkää tekstiä", 1, "A definition is a mapping that begins with format, id, version and name."),
        (b"format: 1\nid: j\xe4rvi\n", 2, "The file is not UTF-8 here."),
        ("format: 1\nid: a\x07b\n", 2, "a character here that YAML does not allow"),
        ("format: 1\nname: 'Kemij\u00e4rvi\n", 3, "The quotes opened on line 2 are never closed."),
        ("format: 1\nname: a: b\n", 2, "A colon is not expected here"),
        ("x: " + "[" * 5000, 1, "Too many things stand inside each other here."),
        ("x: " + "y" * 1_000_000, 1, "a definition has at most 1000000."),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 3, '"*b" is not allowed here'),
        ("? [a, b]\n: c\n", 1, "A key is a single word here"),
    ],
)
def test_a_file_that_is_no_definition_at_all_is_refused(text: str | bytes, line: int, sentence: str) -> None:
    assert [where for where, said in problems(text) if sentence in said][:1] == [line]


@settings(deadline=None)
@given(
    st.integers(0, len(GOOD)),
    st.integers(0, 40),
    st.sampled_from(["", "null", "[]", "{}", "0", "99", "'", "\n", ": ", "  "]),
)
def test_damage_to_a_file_is_told_as_mistakes_and_nothing_else(start: int, length: int, instead: str) -> None:
    with suppress(DefinitionError):
        read_definition(GOOD[:start] + instead + GOOD[start + length :], "pieni.yaml")


def test_bytes_with_a_byte_order_mark_read_like_text() -> None:
    assert read_definition(GOOD.encode("utf-8-sig"), "bytes") == read_definition(GOOD, "text")


def test_words_that_yaml_could_take_for_something_else_stay_texts() -> None:
    text = GOOD.replace("{fi: Pieni prosessi}", "{fi: no}").replace('version: "1"', "version: 1.0")
    definition = read_definition(text, "norja.yaml")
    assert (definition.name.fi, definition.version) == ("no", "1.0")


def test_a_council_may_decide_without_the_executive_where_the_ground_is_written() -> None:
    text = GOOD.replace("after: [ehdotus], ", "")
    text = text.replace(
        "decision:\n", "decision:\n  without_executive_because: {fi: Tarkastuslautakunta valmistelee}\n"
    )
    read_definition(text, "poikkeus.yaml")


def test_a_window_in_july_and_missing_staff_cooperation_are_warnings_only() -> None:
    text = GOOD.replace("{month: 2, year: 1}, to: {month: 3, year: 1}", "{month: 7, year: 1}, to: {month: 7, year: 1}")
    text = text.replace("kind: future_image", "kind: production_method").replace(
        "kind: general", "kind: operational_model"
    )
    paths = [path for path, _ in warnings_of(read_definition(text, "heinakuu.yaml"))]
    assert paths == [
        ("decision", "window", 0),
        ("phases", 0, "checkpoint", "criteria"),
        ("phases", 1, "checkpoint", "criteria"),
    ]


def test_choices_that_can_be_settled_in_too_many_ways_are_refused() -> None:
    readings = "[" + ", ".join(f"{{id: r{i}, name: {{fi: Lukema}}}}" for i in range(20)) + "]"
    more = "".join(f"  - {{id: c{i}, question: {{fi: Kumpi}}, proposed: r0, readings: {readings}}}\n" for i in range(3))
    assert problems(GOOD.replace("roles:\n", more + "roles:\n"))[0][1].startswith("The choices can be settled in more")
