"""Counted words of rehearsals and records: one thing and several, in each language."""

import pytest

from app.rehearsing.words import Words


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("fi", 1, "1 työpäivän liian myöhään"),
        ("fi", 3, "3 työpäivää liian myöhään"),
        ("sv", 1, "1 arbetsdag för sent"),
        ("sv", 3, "3 arbetsdagar för sent"),
        ("en", 1, "1 working day too late"),
        ("en", 3, "3 working days too late"),
    ],
)
def test_one_day_is_told_as_one(language, days, said):
    assert said in Words(language)("why.late", latest="1.6.", planned="3.6.", days=days)


def test_of_what_else_moved_one_is_told_as_one():
    assert Words("fi", "record")("more", n=1) == " ja 1 muu"
    assert Words("fi", "record")("more", n=2) == " ja 2 muuta"
