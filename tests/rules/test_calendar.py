"""Working days and the step between a date in Finland and an instant."""

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days.calendar import Calendar, DayOff, at_local, due_instant, local_date, named_days
from models.days.calendar_data import calendar_for, finnish_days_off
from models.errors import NotValid

D = dt.date
FINLAND = calendar_for()
TOWN = calendar_for(
    range(2024, 2031),
    own_days={D(2026, 12, 7): "Kaupungin oma vapaa"},
    meetings={"council": [D(2027, 6, 14), D(2027, 2, 1), D(2027, 2, 1), D(2027, 8, 30)]},
)
DAYS = st.dates(D(1995, 1, 1), D(2065, 12, 31))
COUNTS = st.integers(-900, 900)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (D(2024, 1, 1), "Uudenvuodenpäivä"),
        (D(2026, 1, 6), "Loppiainen"),
        (D(2024, 3, 29), "Pitkäperjantai"),
        (D(2025, 4, 18), "Pitkäperjantai"),
        (D(2026, 4, 3), "Pitkäperjantai"),
        (D(2027, 3, 26), "Pitkäperjantai"),
        (D(2028, 4, 14), "Pitkäperjantai"),
        (D(2029, 3, 30), "Pitkäperjantai"),
        (D(2030, 4, 19), "Pitkäperjantai"),
        (D(2027, 3, 29), "Toinen pääsiäispäivä"),
        (D(2030, 4, 22), "Toinen pääsiäispäivä"),
        (D(2025, 5, 1), "Vappu"),
        (D(2024, 5, 9), "Helatorstai"),
        (D(2025, 5, 29), "Helatorstai"),
        (D(2027, 5, 6), "Helatorstai"),
        (D(2030, 5, 30), "Helatorstai"),
        (D(2024, 6, 21), "Juhannusaatto"),
        (D(2025, 6, 20), "Juhannusaatto"),
        (D(2026, 6, 19), "Juhannusaatto"),
        (D(2027, 6, 25), "Juhannusaatto"),
        (D(2028, 6, 23), "Juhannusaatto"),
        (D(2029, 6, 22), "Juhannusaatto"),
        (D(2030, 6, 21), "Juhannusaatto"),
        (D(2027, 11, 6), "Pyhäinpäivä"),
        (D(2024, 12, 6), "Itsenäisyyspäivä"),
        (D(2026, 12, 24), "Jouluaatto"),
        (D(2028, 12, 25), "Joulupäivä"),
        (D(2030, 12, 26), "Tapaninpäivä"),
    ],
)
def test_a_finnish_day_off_is_known_by_name_and_not_worked(day, name):
    assert FINLAND.day_off_name(day) == name
    assert not FINLAND.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        D(2027, 12, 31),  # New Year's Eve
        D(2027, 2, 5),  # Runeberg's day, a flag day
        D(2027, 3, 25),  # Maundy Thursday
        D(2026, 4, 30),  # the eve of May Day
        D(2027, 6, 4),  # the flag day of the Defence Forces
        D(2027, 6, 24),  # 24 June where Midsummer is a day later
        D(2026, 12, 7),  # the Monday after Independence Day on a Sunday: not moved in Finland
    ],
)
def test_flag_days_and_ordinary_eves_are_worked(day):
    assert FINLAND.is_working_day(day)


def test_a_year_has_fifteen_named_days_off():
    assert len(finnish_days_off(2027, 2027)) == 15
    assert {day.date.year for day in finnish_days_off(2026, 2028)} == {2026, 2027, 2028}


def test_the_towns_own_day_is_off_beside_the_countrys():
    assert FINLAND.add_working_days(D(2026, 12, 4), 1) == D(2026, 12, 7)
    assert TOWN.add_working_days(D(2026, 12, 4), 1) == D(2026, 12, 8)
    assert TOWN.day_off_name(D(2026, 12, 7)) == "Kaupungin oma vapaa"


@pytest.mark.parametrize(
    ("day", "n", "to"),
    [
        (D(2027, 6, 24), 1, D(2027, 6, 28)),  # over Midsummer
        (D(2027, 6, 28), -1, D(2027, 6, 24)),
        (D(2027, 6, 26), 1, D(2027, 6, 28)),  # from Midsummer Day forwards
        (D(2027, 6, 26), -1, D(2027, 6, 24)),  # and backwards
        (D(2027, 6, 26), 0, D(2027, 6, 28)),  # a day off moves on
        (D(2027, 6, 24), 0, D(2027, 6, 24)),
        (D(2026, 12, 23), 1, D(2026, 12, 28)),
        (D(2026, 12, 31), 3, D(2027, 1, 7)),  # over New Year, a weekend and Epiphany
        (D(2027, 3, 25), 1, D(2027, 3, 30)),  # over Easter
    ],
)
def test_working_days_pass_over_days_off(day, n, to):
    assert FINLAND.add_working_days(day, n) == to


def test_working_days_of_a_whole_year_are_counted():
    assert FINLAND.working_days_between(D(2026, 12, 31), D(2027, 12, 31)) == 253
    assert FINLAND.working_days_between(D(2027, 12, 31), D(2026, 12, 31)) == -253


def slow_steps(calendar, day, n):
    step = dt.timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= calendar.is_working_day(day)
    return day


@given(DAYS, st.integers(-300, 300).filter(bool))
def test_the_quick_count_agrees_with_walking_day_by_day(day, n):
    assert TOWN.add_working_days(day, n) == slow_steps(TOWN, day, n)


@given(DAYS, COUNTS)
def test_adding_never_lands_on_a_day_off(day, n):
    assert TOWN.is_working_day(TOWN.add_working_days(day, n))


@given(DAYS, COUNTS)
def test_what_is_added_can_be_taken_off_again(day, n):
    day = FINLAND.next_working_day(day)
    assert FINLAND.add_working_days(FINLAND.add_working_days(day, n), -n) == day


@given(DAYS, DAYS)
def test_the_days_between_lead_from_one_day_to_the_other(first, last):
    last = FINLAND.previous_working_day(last)
    between = FINLAND.working_days_between(first, last)
    assert FINLAND.add_working_days(first, between) == last


@given(DAYS, DAYS, COUNTS)
def test_what_ends_before_another_begins_still_does_when_both_are_shifted(end, begin, n):
    end, begin = sorted([end, begin])
    if end < begin:
        assert FINLAND.shift(end, n) < FINLAND.shift(begin, n, beginning=True)


def test_a_day_shifted_by_nothing_stays_also_on_a_day_off():
    assert FINLAND.shift(D(2027, 6, 26), 0) == D(2027, 6, 26)


def test_an_end_on_a_saturday_counts_as_the_friday_and_a_beginning_as_the_monday():
    assert FINLAND.shift(D(2025, 5, 31), 1) == D(2025, 6, 2)
    assert FINLAND.shift(D(2025, 6, 1), 1, beginning=True) == D(2025, 6, 3)


def test_a_body_meets_next_on_its_first_day_not_before_the_one_asked():
    assert TOWN.meetings["council"] == (D(2027, 2, 1), D(2027, 6, 14), D(2027, 8, 30))
    assert TOWN.next_meeting("council", D(2027, 6, 14)) == D(2027, 6, 14)
    assert TOWN.next_meeting("council", D(2027, 6, 15)) == D(2027, 8, 30)
    assert TOWN.next_meeting("council", D(2027, 9, 1)) is None
    assert TOWN.next_meeting("executive", D(2027, 1, 1)) is None
    assert TOWN.meetings_between("council", D(2027, 6, 1), D(2027, 8, 31)) == (D(2027, 6, 14), D(2027, 8, 30))


def test_a_calendar_says_which_years_it_knows():
    ends = [D(2023, 12, 31), D(2024, 1, 1), D(2030, 12, 31), D(2031, 1, 1)]
    assert [TOWN.knows(day) for day in ends] == [False, True, True, False]
    assert not Calendar().knows(D(2027, 1, 1))


def test_calendars_of_the_same_days_are_equal_and_can_be_keys():
    one, other = (Calendar(own_days=named_days({D(2027, 1, 4): "Vapaa"})) for _ in range(2))
    assert len({one, other}) == 1
    assert one.own_days == {DayOff(D(2027, 1, 4), "Vapaa")}


def test_counting_past_the_end_of_the_calendar_is_refused():
    with pytest.raises(NotValid, match="outside the calendar"):
        FINLAND.add_working_days(D(2027, 1, 1), 3_000_000)


UTC = dt.UTC


@pytest.mark.parametrize(
    ("day", "gone_by"),
    [
        (D(2027, 1, 15), dt.datetime(2027, 1, 15, 22, tzinfo=UTC)),  # winter, two hours before UTC
        (D(2027, 7, 15), dt.datetime(2027, 7, 15, 21, tzinfo=UTC)),  # summer, three
        (D(2027, 3, 27), dt.datetime(2027, 3, 27, 22, tzinfo=UTC)),  # the eve of the change in March
        (D(2027, 3, 28), dt.datetime(2027, 3, 28, 21, tzinfo=UTC)),  # a day of 23 hours
        (D(2027, 10, 30), dt.datetime(2027, 10, 30, 21, tzinfo=UTC)),
        (D(2027, 10, 31), dt.datetime(2027, 10, 31, 22, tzinfo=UTC)),  # a day of 25 hours
        (D(2027, 12, 31), dt.datetime(2027, 12, 31, 22, tzinfo=UTC)),
    ],
)
def test_a_due_date_is_kept_until_the_next_midnight_in_finland(day, gone_by):
    assert due_instant(day) == gone_by
    assert due_instant(day).utcoffset() == dt.timedelta(0)
    assert local_date(gone_by - dt.timedelta(microseconds=1)) == day
    assert local_date(gone_by) == day + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        (D(2027, 1, 15), (9, 0), dt.datetime(2027, 1, 15, 7, 0, tzinfo=UTC)),
        (D(2027, 7, 15), (9, 15), dt.datetime(2027, 7, 15, 6, 15, tzinfo=UTC)),
        (D(2027, 3, 28), (2, 59), dt.datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (D(2027, 3, 28), (3, 30), dt.datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # skipped: shown as 4.30
        (D(2027, 3, 28), (4, 0), dt.datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (D(2027, 10, 31), (3, 30), dt.datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # comes twice: the first
        (D(2027, 10, 31), (4, 0), dt.datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_in_finland_is_an_instant_also_when_clocks_change(day, clock, instant):
    assert at_local(day, *clock) == instant


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2060, 1, 1), timezones=st.just(UTC)))
def test_every_instant_is_before_the_end_of_its_own_date_and_not_of_the_one_before(instant):
    day = local_date(instant)
    assert due_instant(day - dt.timedelta(days=1)) <= instant < due_instant(day)


def test_an_instant_without_a_time_zone_is_refused():
    with pytest.raises(NotValid, match="no time zone"):
        local_date(dt.datetime(2027, 1, 1))


def test_finnish_days_off_are_made_once_and_only_finland_is_read():
    assert finnish_days_off(2024, 2030) is finnish_days_off(2024, 2030)
    script = (
        "import sys; import models.days.calendar_data as data; assert 'holidays' not in sys.modules;"
        "data.calendar_for(); assert 'holidays.countries' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
