"""The thread as an answer: for all needs or for one row, with where it breaks, in words, a matrix and a picture."""

import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from test_thread import outputs, rows, without  # type: ignore[import-not-found]

from models.outputs.picture import thread_picture, told
from models.outputs.tracing import Break, Trace, matrix, trace


def traced(item: str | None = None, **changes: dict) -> Trace:
    found = trace(outputs(**changes), item)
    assert found is not None
    return found


def test_the_whole_thread_holds_every_need_and_link() -> None:
    found = traced()
    assert [one.need.id for one in found.needs] == ["T1", "T2"]
    assert found.broken == ()


@pytest.mark.parametrize(
    ("item", "needs"),
    [
        ("T1", ["T1"]),
        ("t1", ["T1"]),
        ("TT2", ["T2"]),
        ("YK1", ["T1", "T2"]),
        ("E1", ["T1", "T2"]),
        ("TY1", ["T1"]),
        ("K1", ["T1"]),
        ("V4", ["T2"]),
        ("Asukaspalvelut", ["T1", "T2"]),
    ],
)
def test_from_any_row_the_thread_leads_to_its_needs(item: str, needs: list[str]) -> None:
    found = traced(item)
    assert [one.need.id for one in found.needs] == needs
    assert found.links
    assert found.broken == ()


def test_an_item_that_is_nowhere_is_told_so() -> None:
    assert trace(outputs(), "T99") is None


def test_a_break_is_told_with_its_phase_its_check_and_its_row() -> None:
    change = {"production_method": {"methods": without("production_method", "methods", "TT2")}}
    change["governance_model"] = {"bodies": rows("governance_model", "bodies", 0, governs=["TT1", "T2"])}
    change["operational_model"] = {"units": rows("operational_model", "units", 0, needs=["T1"])}

    assert traced(**change).broken == (
        Break("production_method", "needs-have-methods", "T2 Hoito"),
        Break("operational_model", "nothing-vanished", "T2 Hoito"),
        Break("operational_model", "needs-reach-units", "T2 Hoito"),
    )
    assert traced("T1", **change).broken == ()
    assert len(traced("T2", **change).broken) == 3


def test_the_matrix_shows_a_gap_as_an_empty_cell() -> None:
    change = {"production_method": {"methods": without("production_method", "methods", "TT2")}}
    first, second = matrix(traced(**change).needs)
    assert first == (
        *("T1 Neuvo", "H1 Väestörakenne", "TY1 Väestö ikääntyy", "K1 Apua kotiin"),
        *("TT1 Yhteinen palvelupiste", "E1 Asukaslautakunta", "YK1 Asukaspalvelut"),
    )
    assert second[4] == ""


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_picture_says_in_words_what_it_draws(language: str) -> None:
    found = traced()
    tree = ElementTree.fromstring(thread_picture(found, language))
    words = "".join(tree.itertext())
    assert tree.get("role") == "img"
    assert told(found, language) in words
    assert all(node.name in words for one in found.needs for node in one.nodes)


def test_the_picture_escapes_what_people_wrote_and_marks_what_nothing_meets() -> None:
    change = {"production_need": {"needs": [{"id": "T1", "need": "<script>alert(1)</script> & \"'"}]}}
    change["production_method"] = {"methods": [], "alternatives": []}
    svg = thread_picture(traced(**change), "fi")
    assert "<script" not in svg
    assert "ei vielä vastausta" in svg
    ElementTree.fromstring(svg)


def test_equal_outputs_give_an_equal_picture() -> None:
    assert thread_picture(traced()) == thread_picture(traced())


def test_the_pictures_boxes_stand_apart_and_beside_their_needs() -> None:
    found = traced()
    tree = ElementTree.fromstring(thread_picture(found))
    edges = [
        {name: int(box.get(name, "")) for name in ("x", "y", "width", "height")}
        for box in tree.iter("{http://www.w3.org/2000/svg}rect")
        if box.get("rx")
    ]
    bottom = int(tree.get("height", ""))
    assert len(edges) == len({node for one in found.needs for node in one.nodes})
    for column in {one["x"] for one in edges}:
        stack = sorted((one["y"], one["y"] + one["height"]) for one in edges if one["x"] == column)
        assert all(above < below for (_, above), (below, _) in pairwise([*stack, (bottom, bottom)]))
