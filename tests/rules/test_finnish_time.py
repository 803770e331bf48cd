"""The time words of the sources (requirements 8 and 12, test 13) and what they mean."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days.finnish_time import MonthDay, TimeKind, parse, resolve

D = dt.date
YEAR_2022 = (D(2022, 1, 1), D(2022, 12, 31))


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("4.12.2023", TimeKind.DAY, D(2023, 12, 4), D(2023, 12, 4)),
        ("04.12.2023", TimeKind.DAY, D(2023, 12, 4), D(2023, 12, 4)),
        ("31.1.22", TimeKind.DAY, D(2022, 1, 31), D(2022, 1, 31)),
        ("29.2.2024", TimeKind.DAY, D(2024, 2, 29), D(2024, 2, 29)),
        ("22.–23.4.2013", TimeKind.DAYS, D(2013, 4, 22), D(2013, 4, 23)),
        ("22. 23.4.2013", TimeKind.DAYS, D(2013, 4, 22), D(2013, 4, 23)),  # the dash was lost (002:220)
        ("22-23.4.2013", TimeKind.DAYS, D(2013, 4, 22), D(2013, 4, 23)),
        ("28.2.–3.3.2013", TimeKind.DAYS, D(2013, 2, 28), D(2013, 3, 3)),
        ("28.12.–3.1.2014", TimeKind.DAYS, D(2013, 12, 28), D(2014, 1, 3)),
        ("1.12.2026–31.1.2027", TimeKind.DAYS, D(2026, 12, 1), D(2027, 1, 31)),
        ("22.4.2013–23.4.", TimeKind.DAYS, D(2013, 4, 22), D(2013, 4, 23)),
        ("5/2022", TimeKind.MONTHS, D(2022, 5, 1), D(2022, 5, 31)),
        ("2/2024", TimeKind.MONTHS, D(2024, 2, 1), D(2024, 2, 29)),
        ("11-12/2022", TimeKind.MONTHS, D(2022, 11, 1), D(2022, 12, 31)),
        ("11/2022–2/2023", TimeKind.MONTHS, D(2022, 11, 1), D(2023, 2, 28)),
        ("11–2/2023", TimeKind.MONTHS, D(2022, 11, 1), D(2023, 2, 28)),
        ("syyskuussa 2023", TimeKind.MONTHS, D(2023, 9, 1), D(2023, 9, 30)),
        ("vuoden 2022 marraskuussa", TimeKind.MONTHS, D(2022, 11, 1), D(2022, 11, 30)),
        ("Elo syyskuu 2013", TimeKind.MONTHS, D(2013, 8, 1), D(2013, 9, 30)),
        ("joulu–tammikuu 2025", TimeKind.MONTHS, D(2024, 12, 1), D(2025, 1, 31)),  # the year of the end
        ("keväät 2022", TimeKind.SEASON, D(2022, 3, 1), D(2022, 5, 31)),
        ("keväällä 2023", TimeKind.SEASON, D(2023, 3, 1), D(2023, 5, 31)),
        ("SYKSY 2013", TimeKind.SEASON, D(2013, 9, 1), D(2013, 11, 30)),
        ("talvella 2022", TimeKind.SEASON, D(2022, 12, 1), D(2023, 2, 28)),
        ("kesän 2022 aikana", TimeKind.SEASON, D(2022, 6, 1), D(2022, 8, 31)),
        ("2022", TimeKind.YEARS, *YEAR_2022),
        ("vuoden 2022 aikana", TimeKind.YEARS, *YEAR_2022),
        ("vuonna 2022", TimeKind.YEARS, *YEAR_2022),
        ("2022-2023", TimeKind.YEARS, D(2022, 1, 1), D(2023, 12, 31)),
        ("2022–23", TimeKind.YEARS, D(2022, 1, 1), D(2023, 12, 31)),
        ("v.2021-2025", TimeKind.YEARS, D(2021, 1, 1), D(2025, 12, 31)),
        ("vv. 2021–2025", TimeKind.YEARS, D(2021, 1, 1), D(2025, 12, 31)),
        ("2021 - 2023", TimeKind.YEARS, D(2021, 1, 1), D(2023, 12, 31)),
        ("2021 - 2023.", TimeKind.YEARS, D(2021, 1, 1), D(2023, 12, 31)),
        ("2022 alkaen", TimeKind.FROM, D(2022, 1, 1), None),
        ("2022-", TimeKind.FROM, D(2022, 1, 1), None),
        ("2022 –", TimeKind.FROM, D(2022, 1, 1), None),
        ("vuodesta 2022 alkaen", TimeKind.FROM, D(2022, 1, 1), None),
        ("maaliskuusta 2022 alkaen", TimeKind.FROM, D(2022, 3, 1), None),
        ("7.5.2013 alkaen", TimeKind.FROM, D(2013, 5, 7), None),
        ("Vuoden 2022 loppuun mennessä", TimeKind.UNTIL, None, D(2022, 12, 31)),
        ("vuoden 2022 loppuun", TimeKind.UNTIL, None, D(2022, 12, 31)),
        ("marraskuun 2022 loppuun", TimeKind.UNTIL, None, D(2022, 11, 30)),
        ("30.11.2022 mennessä", TimeKind.UNTIL, None, D(2022, 11, 30)),
    ],
)
def test_words_with_a_year_have_their_dates(text, kind, first, last):
    found = parse(text)
    assert (found.kind, found.first, found.last) == (kind, first, last)
    assert found.text == text
    assert resolve(found, D(2030, 1, 1)) == found


@pytest.mark.parametrize(
    ("text", "kind", "start", "first", "last"),
    [
        ("Helmikuu", TimeKind.MONTHS, D(2024, 12, 1), D(2025, 2, 1), D(2025, 2, 28)),
        ("HELMIKUU", TimeKind.MONTHS, D(2024, 1, 1), D(2024, 2, 1), D(2024, 2, 29)),
        ("helmikuussa", TimeKind.MONTHS, D(2024, 2, 20), D(2024, 2, 1), D(2024, 2, 29)),  # the start's own month
        ("helmikuussa", TimeKind.MONTHS, D(2024, 3, 1), D(2025, 2, 1), D(2025, 2, 28)),
        ("Joulu–tammikuu", TimeKind.MONTHS, D(2024, 1, 1), D(2024, 12, 1), D(2025, 1, 31)),
        ("JOULU-TAMMIKUU", TimeKind.MONTHS, D(2024, 12, 1), D(2024, 12, 1), D(2025, 1, 31)),
        ("joulu-tammikuu", TimeKind.MONTHS, D(2024, 12, 31), D(2024, 12, 1), D(2025, 1, 31)),
        ("joulu — tammikuussa", TimeKind.MONTHS, D(2025, 1, 1), D(2025, 12, 1), D(2026, 1, 31)),
        ("joulukuusta tammikuuhun", TimeKind.MONTHS, D(2024, 12, 1), D(2024, 12, 1), D(2025, 1, 31)),
        ("kesäelokuussa", TimeKind.MONTHS, D(2024, 12, 1), D(2025, 6, 1), D(2025, 8, 31)),
        ("kesä–elokuussa", TimeKind.MONTHS, D(2024, 12, 1), D(2025, 6, 1), D(2025, 8, 31)),
        ("kesä elokuussa", TimeKind.MONTHS, D(2024, 12, 1), D(2025, 6, 1), D(2025, 8, 31)),
        ("helmi-/maaliskuu", TimeKind.MONTHS, D(2022, 1, 1), D(2022, 2, 1), D(2022, 3, 31)),
        ("helmi- ja maaliskuussa", TimeKind.MONTHS, D(2022, 1, 1), D(2022, 2, 1), D(2022, 3, 31)),
        ("toukokuun aikana", TimeKind.MONTHS, D(2022, 1, 1), D(2022, 5, 1), D(2022, 5, 31)),
        ("kevät", TimeKind.SEASON, D(2022, 6, 1), D(2023, 3, 1), D(2023, 5, 31)),
        ("talvi", TimeKind.SEASON, D(2022, 6, 1), D(2022, 12, 1), D(2023, 2, 28)),
        ("marraskuun loppuun", TimeKind.UNTIL, D(2024, 1, 1), None, D(2024, 11, 30)),
        ("marraskuun loppuun mennessä", TimeKind.UNTIL, D(2024, 11, 15), None, D(2024, 11, 30)),
        ("marraskuun loppuun", TimeKind.UNTIL, D(2024, 12, 1), None, D(2025, 11, 30)),
        ("maaliskuusta alkaen", TimeKind.FROM, D(2024, 12, 1), D(2025, 3, 1), None),
        ("26.2.", TimeKind.DAY, D(2013, 2, 25), D(2013, 2, 26), D(2013, 2, 26)),
        ("26.2.", TimeKind.DAY, D(2013, 2, 27), D(2014, 2, 26), D(2014, 2, 26)),
        ("22.–23.4.", TimeKind.DAYS, D(2013, 2, 25), D(2013, 4, 22), D(2013, 4, 23)),
        ("28.12.–3.1.", TimeKind.DAYS, D(2013, 2, 25), D(2013, 12, 28), D(2014, 1, 3)),
        ("29.2.", TimeKind.DAY, D(2025, 1, 1), D(2025, 2, 28), D(2025, 2, 28)),
    ],
)
def test_words_without_a_year_get_it_from_the_start(text, kind, start, first, last):
    found = parse(text)
    assert (found.kind, found.first, found.last) == (kind, None, None)
    settled = resolve(found, start)
    assert (settled.first, settled.last) == (first, last)
    assert settled.text == text
    assert resolve(settled, D(2040, 1, 1)) == settled


def test_a_month_stays_without_a_year_until_it_is_resolved():
    found = parse("Joulu–tammikuu")
    assert (found.begins, found.ends) == (MonthDay(12), MonthDay(1))


@pytest.mark.parametrize(
    ("text", "times", "per"),
    [
        ("puolivuosittain", 2, "year"),
        ("puolivuositain", 2, "year"),  # as 001:416 spells it
        ("1 krt/v", 1, "year"),
        ("4 krt / v", 4, "year"),
        ("2 kertaa vuodessa", 2, "year"),
        ("1 krt/kk", 1, "month"),
        ("2 krt/vko", 2, "week"),
        ("Vuosittain", 1, "year"),
        ("Vuositainen prosessi", 1, "year"),
        ("neljännesvuosittain", 4, "year"),
        ("kuukausittain", 1, "month"),
        ("viikottain", 1, "week"),
    ],
)
def test_a_rhythm_says_how_many_times_in_what(text, times, per):
    found = parse(text)
    assert (found.kind, found.times, found.per) == (TimeKind.RECURRING, times, per)


def test_a_yearly_rhythm_may_have_its_months():
    found = parse("Vuosittain marras-/joulukuussa")
    assert (found.kind, found.times, found.per) == (TimeKind.RECURRING, 1, "year")
    settled = resolve(found, D(2022, 2, 1))
    assert (settled.first, settled.last) == (D(2022, 11, 1), D(2022, 12, 31))


@pytest.mark.parametrize(
    "text", ["jatkuva", "Jatkuvaa toimintaa", "Jatkuvaa toimintaa.", "jatkuvaa", "Jatkuvan parantamisen malli"]
)
def test_standing_work_has_no_dates(text):
    found = parse(text)
    assert (found.kind, found.first, found.last) == (TimeKind.STANDING, None, None)


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("8.3.2013 klo 12–15", dt.time(12), dt.time(15)),
        ("8.3.2013 klo 12 15", dt.time(12), dt.time(15)),  # the dash was lost (002:218)
        ("8.3.2013 klo 8.00", dt.time(8), None),
        ("8.3.2013 klo 9.30–14.15", dt.time(9, 30), dt.time(14, 15)),
    ],
)
def test_a_day_may_have_its_hours(text, opens, closes):
    found = parse(text)
    assert (found.kind, found.first, found.last) == (TimeKind.DAY, D(2013, 3, 8), D(2013, 3, 8))
    assert (found.opens, found.closes) == (opens, closes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Perusturvajohtaja",
        "sopimuksen mukaan",
        "Ympäristöpäällikkö/jatkuva",  # an owner and a time: the cell is divided before it is read
        "31.2.2023",
        "29.2.2023",
        "29.2.–1.3.2023",
        "13/2022",
        "4.13.2023",
        "8.3.2013 klo 25",
        "2025-2021",
        "23.–22.4.2013",
        "23.5.2013–22.4.2013",
        "3500",
        "§ 110",
        "kuukuu",
        "joka vuosi 2022",
    ],
)
def test_what_is_not_understood_is_kept_and_marked(text):
    found = parse(text)
    assert found.kind is TimeKind.UNKNOWN
    assert found.text == text
    assert (found.first, found.last, found.begins, found.ends) == (None, None, None, None)


PIECES = st.sampled_from(
    [
        "joulu",
        "tammikuu",
        "kuussa",
        "-",
        "–",
        "/",
        " ",
        ".",
        "2022",
        "31",
        "2",
        "v",
        "klo",
        "alkaen",
        "loppuun",
        "krt",
        "0",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=8).map("".join), st.dates(D(2000, 1, 1), D(2060, 1, 1)))
def test_any_text_is_read_without_harm_and_never_runs_backwards(text, start):
    found = resolve(parse(text), start)
    assert found.text == text
    assert found.first is None or found.last is None or found.first <= found.last


@given(st.integers(1, 12), st.integers(1, 12), st.dates(D(2000, 1, 1), D(2060, 12, 31)))
def test_months_resolve_to_the_start_or_later_and_to_less_than_a_year(first, last, start):
    stems = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
    settled = resolve(parse(f"{stems[first - 1]}–{stems[last - 1]}kuu"), start)
    assert (settled.first.month, settled.last.month) == (first, last)
    assert start.replace(day=1) <= settled.first < D(start.year + 1, start.month, 1)
    assert settled.first < settled.last < settled.first + dt.timedelta(days=367)
