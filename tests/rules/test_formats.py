"""Dates and times as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days.finnish_time import parse
from models.days.formats import date_span, date_text, finnish_date, long_date, moment, short_weekday, time_of, time_span
from models.errors import NotValid

D = dt.date
WINTER = dt.datetime(2023, 12, 4, 7, 15, tzinfo=dt.UTC)
SUMMER = dt.datetime(2024, 6, 30, 21, 5, tzinfo=dt.UTC)


def test_a_date_has_no_leading_zeros():
    assert finnish_date(D(2023, 12, 4)) == "4.12.2023"
    assert date_text(D(2023, 12, 4), "sv") == "4.12.2023"
    assert date_text(D(2023, 12, 4), "en") == "4 December 2023"


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("fi", "ma", "maanantai 4.12.2023"),
        ("sv", "må", "måndag 4.12.2023"),
        ("en", "Mon", "Monday 4 December 2023"),
    ],
)
def test_a_date_may_have_its_weekday(language, short, long):
    assert short_weekday(D(2023, 12, 4), language) == short
    assert long_date(D(2023, 12, 4), language) == long


def test_a_time_is_what_clocks_in_finland_show():
    assert [time_of(WINTER, language) for language in ("fi", "sv", "en")] == ["klo 9.15", "kl. 9.15", "9:15"]
    assert time_of(SUMMER) == "klo 0.05"
    assert moment(WINTER) == "4.12.2023 klo 9.15"
    assert moment(SUMMER) == "1.7.2024 klo 0.05"
    assert moment(WINTER, "en") == "4 December 2023 at 9:15"


def test_hours_of_one_day_say_the_word_for_clock_once():
    assert time_span(WINTER, WINTER + dt.timedelta(hours=3)) == "klo 9.15–12.15"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(NotValid, match="no time zone"):
        time_of(dt.datetime(2023, 12, 4, 9, 15))


@pytest.mark.parametrize(
    ("first", "last", "finnish", "english"),
    [
        (D(2013, 4, 17), D(2013, 4, 17), "17.4.2013", "17 April 2013"),
        (D(2013, 4, 22), D(2013, 4, 23), "22.–23.4.2013", "22–23 April 2013"),
        (D(2013, 2, 28), D(2013, 3, 3), "28.2.–3.3.2013", "28 February – 3 March 2013"),
        (D(2026, 12, 1), D(2027, 1, 31), "1.12.2026–31.1.2027", "1 December 2026 – 31 January 2027"),
        (D(2026, 4, 1), D(2027, 4, 2), "1.4.2026–2.4.2027", "1 April 2026 – 2 April 2027"),
    ],
)
def test_a_span_says_once_what_its_days_share(first, last, finnish, english):
    assert date_span(first, last) == finnish
    assert date_span(first, last, "sv") == finnish
    assert date_span(first, last, "en") == english


@given(*[st.dates(D(2000, 1, 1), D(2099, 12, 31))] * 2)
def test_a_span_that_is_written_reads_back_the_same(one, other):
    first, last = sorted([one, other])
    found = parse(date_span(first, last))
    assert (found.first, found.last) == (first, last)
