"""When somebody may be written to: never at night, at a weekend or on a day off, in their own hours and rhythm."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.days.calendar import HELSINKI, ONE_DAY, Calendar, DayOff, at_local, local_date
from models.telling.hours import Choices, leaves_at, may_leave
from models.words import Rhythm

EASTER = frozenset({DayOff(dt.date(2027, 3, 26), "pitkäperjantai"), DayOff(dt.date(2027, 3, 29), "2. pääsiäispäivä")})
CALENDAR = Calendar(days_off=EASTER)
USUAL = Choices()
SHIFT = Choices(first=dt.time(7), last=dt.time(15))
DAILY = Choices(rhythm=Rhythm.DAILY)
WEEKLY = Choices(rhythm=Rhythm.WEEKLY, weekday=0)


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> dt.datetime:
    return at_local(dt.date(2027, month, day), hour, minute)


@pytest.mark.parametrize(
    ("asked", "choices", "leaves"),
    [
        (at(22, 9), USUAL, at(22, 9)),
        (at(22, 6, 59), USUAL, at(22, 7)),
        (at(22, 18), USUAL, at(23, 7)),
        (at(22, 23, 30), USUAL, at(23, 7)),
        (at(22, 16), SHIFT, at(23, 7)),  # the kindergarten teacher works from 7 to 15
        (at(20, 12), USUAL, at(22, 7)),  # a Saturday
        (at(25, 18), USUAL, at(30, 7)),  # Thursday evening before Easter: the Tuesday after it
        (at(22, 9), DAILY, at(23, 7)),
        (at(22, 6), DAILY, at(22, 7)),
        (at(22, 7), DAILY, at(22, 7)),
        (at(25, 9), DAILY, at(30, 7)),
        (at(23, 9), WEEKLY, at(30, 7)),  # Monday is Easter Monday, so Tuesday
        (at(22, 7), WEEKLY, at(22, 7)),
        (at(30, 8), WEEKLY, at(5, 7, month=4)),
    ],
)
def test_a_message_leaves_in_the_hours_and_on_the_days_of_its_reader(
    asked: dt.datetime, choices: Choices, leaves: dt.datetime
) -> None:
    assert leaves_at(asked, choices, CALENDAR) == leaves


@pytest.mark.parametrize(
    ("due", "leaves"),
    [(dt.date(2027, 3, 24), at(23, 9)), (dt.date(2027, 3, 30), at(23, 9)), (dt.date(2027, 3, 31), at(30, 7))],
)
def test_a_weekly_digest_makes_nobody_late(due: dt.date, leaves: dt.datetime) -> None:
    assert leaves_at(at(23, 9), WEEKLY, CALENDAR, due) == leaves


def test_hours_are_those_of_clocks_in_finland_on_both_sides_of_the_change() -> None:
    before, after = dt.date(2027, 3, 25), dt.date(2027, 3, 30)  # summer time begins on 28.3.
    assert leaves_at(at_local(before, 18), USUAL, CALENDAR).hour == 4  # 7.00 in summer time is 4.00 UTC
    assert leaves_at(at_local(before, 1), USUAL, CALENDAR).hour == 5
    assert leaves_at(at_local(after, 3), USUAL, CALENDAR).hour == 4
    october = dt.date(2027, 10, 31)  # a Sunday
    assert leaves_at(at_local(october, 3, 30), USUAL, CALENDAR) == at_local(october + ONE_DAY, 7)


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValidationError):
        Choices(first=dt.time(15), last=dt.time(7))


INSTANTS = st.datetimes(dt.datetime(2027, 1, 1), dt.datetime(2028, 12, 1)).map(lambda one: one.replace(tzinfo=dt.UTC))
HOURS = st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1])
DAYS = st.dates(dt.date(2027, 1, 1), dt.date(2028, 12, 31))


@st.composite
def choices(draw: st.DrawFn) -> Choices:
    first, last = draw(HOURS)
    first = first.replace(second=0, microsecond=0)
    return Choices(
        first=first,
        last=max(last, first.replace(second=1)),
        rhythm=draw(st.sampled_from(Rhythm)),
        weekday=draw(st.integers(0, 6)),
    )


@given(asked=INSTANTS, wanted=choices(), off=st.frozensets(DAYS, max_size=60), due=st.none() | DAYS)
def test_nothing_ever_leaves_early_at_night_or_on_a_day_off_and_everything_leaves(
    asked: dt.datetime, wanted: Choices, off: frozenset[dt.date], due: dt.date | None
) -> None:
    calendar = Calendar(days_off=frozenset(DayOff(day, "vapaa") for day in off))

    found = leaves_at(asked, wanted, calendar, due)

    assert found >= asked
    assert calendar.is_working_day(local_date(found))
    assert wanted.first <= found.astimezone(HELSINKI).time() < wanted.last
    if wanted.rhythm is Rhythm.AT_ONCE:
        assert not may_leave(asked, wanted, calendar) or found == asked
        assert calendar.working_days_between(local_date(asked), local_date(found)) <= 1
    assert leaves_at(found, wanted, calendar, due) == found or wanted.rhythm is not Rhythm.AT_ONCE
