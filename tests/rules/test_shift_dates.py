"""How planned dates move, one or with all later ones, by working days."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days.calendar_data import calendar_for
from models.days.schedule import shift_dates, shift_dates_to
from models.errors import NotFound

D = dt.date
FINLAND = calendar_for()
PLAN = {
    "phase:image:first": D(2024, 12, 1),  # a Sunday
    "phase:image:last": D(2025, 1, 31),
    "checkpoint:image": D(2025, 1, 31),
    "phase:need:first": D(2025, 2, 1),  # a Saturday
    "phase:need:last": D(2025, 2, 28),
    "checkpoint:need": D(2025, 2, 28),
    "phase:method:first": D(2025, 3, 1),
    "phase:method:last": D(2025, 3, 31),
    "checkpoint:method": D(2025, 3, 31),
    "window:first": D(2025, 6, 1),
    "window:last": D(2025, 8, 31),
    "meeting:seminar": D(2025, 2, 15),  # a weekend
    "meeting:seminar:last": D(2025, 2, 16),
}


def span(dates, key):
    return dates[f"{key}:first"], dates[f"{key}:last"]


def moved(moves):
    return PLAN | {move.key: move.new for move in moves}


def test_a_shift_moves_one_date_and_all_later_ones_by_as_many_working_days():
    moves = shift_dates(PLAN, "phase:need:last", 5, FINLAND)
    assert [(move.key, move.old, move.new) for move in moves] == [
        ("phase:need:last", D(2025, 2, 28), D(2025, 3, 7)),
        ("checkpoint:need", D(2025, 2, 28), D(2025, 3, 7)),
        ("phase:method:first", D(2025, 3, 1), D(2025, 3, 10)),  # a Saturday: work began on Monday the 3rd
        ("phase:method:last", D(2025, 3, 31), D(2025, 4, 7)),
        ("checkpoint:method", D(2025, 3, 31), D(2025, 4, 7)),
        ("window:first", D(2025, 6, 1), D(2025, 6, 9)),
        ("window:last", D(2025, 8, 31), D(2025, 9, 5)),
    ]
    assert PLAN["phase:need:last"] == D(2025, 2, 28)  # only a preview


def test_a_phase_that_ends_on_a_saturday_takes_its_checkpoint_on_the_friday_along():
    dates = {"checkpoint:one": D(2025, 5, 30), "phase:one:last": D(2025, 5, 31), "phase:two:first": D(2025, 6, 1)}
    moves = shift_dates(dates, "phase:one:last", 1, FINLAND)
    assert {move.key: move.new for move in moves} == {
        "checkpoint:one": D(2025, 6, 2),
        "phase:one:last": D(2025, 6, 2),
        "phase:two:first": D(2025, 6, 3),
    }


def test_a_date_moved_to_a_day_takes_the_later_ones_along_by_the_working_days_between():
    moves = {move.key: move.new for move in shift_dates_to(PLAN, "checkpoint:need", D(2025, 3, 8), FINLAND)}
    assert moves["checkpoint:need"] == D(2025, 3, 8)  # exactly as asked, though a Saturday
    assert moves["phase:need:last"] == D(2025, 3, 7)
    assert moves["phase:method:first"] == D(2025, 3, 10)
    assert "phase:image:last" not in moves


def test_a_beginning_moved_within_its_weekend_moves_nothing_else():
    moves = shift_dates_to(PLAN, "phase:need:first", D(2025, 2, 3), FINLAND)
    assert [(move.key, move.new) for move in moves] == [("phase:need:first", D(2025, 2, 3))]
    assert shift_dates_to(PLAN, "phase:need:first", D(2025, 2, 1), FINLAND) == ()


def test_a_weekend_meeting_moves_from_the_monday_after_it_and_never_ends_before_it_begins():
    moves = {move.key: move.new for move in shift_dates(PLAN, "phase:need:first", 1, FINLAND)}
    assert (moves["meeting:seminar"], moves["meeting:seminar:last"]) == (D(2025, 2, 18), D(2025, 2, 18))


def test_a_shift_by_nothing_moves_nothing():
    assert shift_dates(PLAN, "phase:image:last", 0, FINLAND) == ()


def test_a_key_without_a_date_is_not_found():
    with pytest.raises(NotFound, match="phase:nothing:last"):
        shift_dates(PLAN, "phase:nothing:last", 1, FINLAND)


@given(st.sampled_from(sorted(PLAN)), st.integers(1, 200))
def test_a_later_schedule_keeps_its_order_and_lands_on_working_days(key, days):
    moves = shift_dates(PLAN, key, days, FINLAND)
    dates = moved(moves)
    assert all(FINLAND.is_working_day(move.new) for move in moves)
    assert all(move.new > move.old for move in moves)
    order = [span(dates, name) for name in ("phase:image", "phase:need", "phase:method", "window")]
    assert all(before[1] < after[0] for before, after in pairwise(order))
    assert all(first <= last for first, last in order)


@given(st.sampled_from(sorted(PLAN)), st.integers(1, 200))
def test_a_shift_and_its_opposite_lead_back_to_the_same_working_days(key, days):
    there = moved(shift_dates(PLAN, key, days, FINLAND))
    back = there | {move.key: move.new for move in shift_dates(there, key, -days, FINLAND)}
    for name, day in back.items():
        assert day in {PLAN[name], FINLAND.next_working_day(PLAN[name]), FINLAND.previous_working_day(PLAN[name])}
