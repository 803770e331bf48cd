"""Figures as people write them in tables."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents.figures import difference, figure, unbroken, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("310 000", "310000"),
        ("1\u00a0240\u202f000 €", "1240000"),
        ("560 000 €/v", "560000"),
        ("12,5 htv", "12.5"),
        ("18.2", "18.2"),
        ("n. 1,2 milj. €", "1200000"),
        ("1,2 M€", "1200000"),
        ("3 t€", "3000"),
        ("−12 000", "-12000"),
        ("+5", "5"),
        ("1.200.000,50", "1200000.50"),
        ("68 årsverken", "68"),
        ("0", "0"),
    ],
)
def test_a_figure_is_read(text, value):
    assert figure(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "–",
        "ei tiedossa",
        "50 000–60 000",
        "1,200",
        "1.200",
        "12 0000",
        "1 2 3",
        "5 henkilöä",
        "4.12.2023",
        "1/3",
        "½",
    ],
)
def test_what_is_not_surely_one_figure_is_none(text):
    assert figure(text) is None


def test_a_cell_cannot_have_a_unit_of_its_own_beside_its_columns():
    assert figure("1,2 milj. €", "Euroa vuodessa") == Decimal(1_200_000)
    assert figure("1,2 milj. €", "Euroa vuodessa (1 000 €)") is None
    assert figure("1,2", "Milj. €") == Decimal("1.2")


def test_a_figure_is_written_as_in_the_language():
    assert written(Decimal("9044000")) == "9\u00a0044\u00a0000"
    assert written(Decimal("128.70"), "sv") == "128,7"
    assert written(Decimal("-1391000.5"), "en") == "−1,391,000.5"
    assert written(Decimal(5), signed=True) == "+5"
    assert difference(Decimal(10), Decimal(7)) == "−3"
    assert difference(None, Decimal(7)) == difference(Decimal(7), None) == "–"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9 044 000 € vuodessa", "9\u00a0044\u00a0000\u00a0€ vuodessa"),
        ("12,5 % niistä", "12,5\u00a0% niistä"),
        ("vuosina 2027 ja 2028", "vuosina 2027 ja 2028"),
        ("3 1234 5", "3 1234 5"),
    ],
)
def test_no_line_breaks_within_a_figure(text, shown):
    assert unbroken(text) == shown


@settings(deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_written_is_read_again(value):
    text = written(value)
    if len(text.partition(",")[2]) != 3:
        assert figure(text) == value
