"""When the reminders of a due date leave."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days.calendar_data import calendar_for
from models.duties.ladder import Step, due_on, fall_due_at, parse_step
from models.errors import NotValid

D = dt.date
FINLAND = calendar_for()
MIDSUMMER_EVE = D(2027, 6, 25)  # a Friday


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("3 working days before", Step(-3, working=True)),
        ("1 working day after", Step(1, working=True)),
        ("on the day", Step(0, working=False)),
        ("2 days after", Step(2, working=False)),
        ("14 days before", Step(-14, working=False)),
    ],
)
def test_the_words_of_a_definition_are_steps(words, step):
    assert parse_step(words) == step


@pytest.mark.parametrize(
    "words", ["", "soon", "3 working days", "3 weeks before", "-1 days after", "On the day", "100 days after"]
)
def test_other_words_are_refused_with_examples(words):
    with pytest.raises(NotValid, match="3 working days before"):
        parse_step(words)


@pytest.mark.parametrize(
    ("words", "due", "day"),
    [
        ("on the day", D(2027, 6, 24), D(2027, 6, 24)),
        ("3 working days before", D(2027, 6, 29), D(2027, 6, 23)),  # over Midsummer
        ("1 working day after", D(2027, 6, 24), D(2027, 6, 28)),
        ("1 day after", D(2027, 6, 24), D(2027, 6, 28)),  # Midsummer Eve moves on
        ("3 days before", D(2027, 6, 28), D(2027, 6, 24)),  # Midsummer Eve moves back
        ("on the day", MIDSUMMER_EVE, D(2027, 6, 24)),  # while there is still time
        ("1 working day before", MIDSUMMER_EVE, D(2027, 6, 24)),
        ("1 working day after", MIDSUMMER_EVE, D(2027, 6, 28)),
        ("0 working days before", MIDSUMMER_EVE, D(2027, 6, 24)),
        ("2 days before", D(2027, 1, 7), D(2027, 1, 5)),
        ("1 day before", D(2027, 1, 7), D(2027, 1, 5)),  # Epiphany
        ("1 day after", D(2026, 12, 23), D(2026, 12, 28)),  # Christmas
    ],
)
def test_a_step_on_a_day_off_moves_back_before_the_due_date_and_on_after_it(words, due, day):
    assert due_on(parse_step(words), due, FINLAND) == day


@pytest.mark.parametrize(
    ("due", "instant"),
    [
        (D(2027, 1, 15), dt.datetime(2027, 1, 15, 7, tzinfo=dt.UTC)),
        (D(2027, 6, 24), dt.datetime(2027, 6, 24, 6, tzinfo=dt.UTC)),
        (D(2027, 3, 29), dt.datetime(2027, 3, 25, 7, tzinfo=dt.UTC)),  # Easter Monday, before the change of clocks
        (D(2027, 3, 30), dt.datetime(2027, 3, 30, 6, tzinfo=dt.UTC)),
    ],
)
def test_a_reminder_leaves_at_nine_in_finland(due, instant):
    assert fall_due_at(parse_step("on the day"), due, FINLAND) == instant


def test_another_hour_may_be_asked_for():
    at = fall_due_at(parse_step("on the day"), D(2027, 1, 15), FINLAND, hour=13)
    assert at == dt.datetime(2027, 1, 15, 11, tzinfo=dt.UTC)


STEPS = st.builds(Step, st.integers(-99, 99), st.booleans())


@given(STEPS, st.dates(D(2001, 1, 1), D(2059, 1, 1)))
def test_no_reminder_leaves_on_a_day_off_nor_on_the_wrong_side_of_the_due_date(step, due):
    day = due_on(step, due, FINLAND)
    assert FINLAND.is_working_day(day)
    assert day > due if step.offset > 0 else day <= due
