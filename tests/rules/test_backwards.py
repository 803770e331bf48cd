"""Counting backwards from the meeting that decides: the latest day of each step, and whether the meeting is reached."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import KEMI, KEMIJARVI, RAUMA, YEARS, shipped, usual_calendar

from models.days.backwards import SHORTEST, USUAL, Backwards, Pace, Step, StepKind, backwards, deciding
from models.days.calendar import Calendar
from models.days.calendar_data import calendar_for
from models.days.council_meetings import Sitting, last_sitting, sittings
from models.days.schedule import parse_start, schedule

FIRST_OF_DECEMBER = dt.date(2026, 12, 1)
JUNE, AUGUST = dt.date(2027, 6, 14), dt.date(2027, 8, 30)


def way(meeting: dt.date, pace: Pace = USUAL, calendar: Calendar | None = None, **more: object) -> Backwards:
    """The way to a council of Kemijärvi 2030, begun in December 2026."""
    days = calendar or usual_calendar()
    definition = shipped(KEMIJARVI)
    dates = schedule(definition, FIRST_OF_DECEMBER, {}, days).dates
    today = more.pop("today", FIRST_OF_DECEMBER)
    return backwards(definition, dates, days, Sitting(meeting, proposed=True), today, pace, **more)  # type: ignore[arg-type]


def latest(found: Backwards, kind: StepKind, about: str | None = None) -> dt.date:
    return next(step.latest for step in found.steps if step.kind is kind and about in (None, step.about))


def test_the_sources_own_calendar_does_not_reach_the_council_of_june() -> None:
    found = way(JUNE)
    assert not found.reached
    assert (found.readiness.latest, found.readiness.planned) == (dt.date(2027, 5, 11), dt.date(2027, 6, 1))
    assert found.late == 15
    assert not way(JUNE, SHORTEST).reached


def test_the_council_of_august_is_reached_if_staff_cooperation_begins_in_may() -> None:
    found = way(AUGUST)
    assert found.reached
    assert found.cooperation is not None
    assert found.cooperation.latest == dt.date(2027, 5, 14)
    assert found.cooperation.begins == dt.date(2027, 5, 19)
    assert found.cooperation.shortest == dt.date(2027, 6, 16)
    assert found.readiness.latest == dt.date(2027, 6, 30)


def test_each_step_of_the_chain_has_its_day() -> None:
    found = way(JUNE)
    proposal, statement = "handling:hallituksen-ehdotus", "handling:lautakunnan-lausunto"
    days = {
        "convening": latest(found, StepKind.CONVENING),
        "executive": latest(found, StepKind.HANDLING, proposal),
        "its list": latest(found, StepKind.LIST, proposal),
        "its material": latest(found, StepKind.MATERIAL, proposal),
        "board": latest(found, StepKind.HANDLING, statement),
    }
    assert {name: f"{day:%d.%m.}" for name, day in days.items()} == {
        "convening": "07.06.",
        "executive": "31.05.",
        "its list": "26.05.",
        "its material": "24.05.",
        "board": "18.05.",
    }


def test_staff_cooperation_begins_before_a_friday_no_sooner_than_its_time_asks() -> None:
    found = way(dt.date(2028, 8, 28))
    assert found.readiness.latest == dt.date(2028, 6, 30), "a Friday"
    assert found.cooperation is not None
    assert found.cooperation.latest == dt.date(2028, 5, 12), "five days before fall on a Sunday"
    assert found.cooperation.begins == dt.date(2028, 5, 19)
    assert found.cooperation.shortest == dt.date(2028, 6, 16)


def test_law_stands_beside_each_step_that_has_one() -> None:
    grounds = {step.kind: step.ground for step in way(AUGUST).steps if step.kind is not StepKind.HANDLING}
    assert grounds[StepKind.CONVENING] == "Kuntalaki 94 §"
    assert grounds[StepKind.COOPERATION] == "Laki 449/2007 7–8 §"
    assert grounds[StepKind.STATEMENT] == "Kuntalaki 28 §"


def test_what_was_done_is_not_missed_and_what_was_not_is() -> None:
    late = way(AUGUST, today=dt.date(2027, 6, 10))
    assert {step.kind for step in late.missed} == {StepKind.COOPERATION, StepKind.STATEMENT}
    done = frozenset((step.kind, step.about) for step in late.missed)
    assert way(AUGUST, today=dt.date(2027, 6, 10), done=done).reached


def test_a_readiness_that_was_stated_is_in_time_whatever_was_planned() -> None:
    stated = frozenset({(StepKind.READINESS, "checkpoint:operatiivinen-malli")})
    assert way(JUNE, done=stated).late == 0


def test_bodies_meet_when_their_calendar_says() -> None:
    meetings = {"valtuusto": [AUGUST], "kaupunginhallitus": [dt.date(2027, 8, 9)], "lautakunta": [dt.date(2027, 6, 1)]}
    found = way(AUGUST, calendar=calendar_for(YEARS, meetings=meetings))
    handlings = {step.about: (step.latest, step.proposed) for step in found.steps if step.kind is StepKind.HANDLING}
    assert handlings["handling:hallituksen-ehdotus"] == (dt.date(2027, 8, 9), False)
    assert handlings["handling:lautakunnan-lausunto"] == (dt.date(2027, 6, 1), False)
    assert not found.reached, "the board of 1 June wants its material in May, with readiness stated"


def test_what_is_handled_while_the_phases_run_does_not_wait_for_readiness() -> None:
    definition, days = shipped(KEMI), usual_calendar()
    dates = schedule(definition, dt.date(2023, 3, 1), {}, days).dates
    found = backwards(definition, dates, days, Sitting(dt.date(2023, 12, 4), proposed=False), dt.date(2023, 3, 1))
    assert latest(found, StepKind.HANDLING, "handling:iltakoulu") == dt.date(2023, 10, 24)
    assert found.readiness.latest == dt.date(2023, 11, 13), "the material of the executive"


@given(st.dates(dt.date(2024, 1, 1), dt.date(2040, 12, 31)))
def test_nobody_is_proposed_to_meet_in_july_or_on_a_day_off(limit: dt.date) -> None:
    for body in shipped(KEMIJARVI).bodies:
        sitting = last_sitting(body, limit, usual_calendar())
        assert sitting.day <= limit
        assert sitting.day.month != 7
        assert usual_calendar().is_working_day(sitting.day)


def test_proposed_councils_are_before_midsummer_and_at_the_end_of_august() -> None:
    body = next(body for body in shipped(KEMIJARVI).bodies if body.id == deciding(shipped(KEMIJARVI)).body)
    found = sittings(body, dt.date(2027, 6, 1), dt.date(2027, 8, 31), usual_calendar())
    assert found == (Sitting(JUNE, proposed=True), Sitting(AUGUST, proposed=True))
    assert sittings(body, dt.date(2027, 7, 1), dt.date(2027, 7, 31), usual_calendar()) == ()


@pytest.mark.parametrize("key", [KEMIJARVI, KEMI, RAUMA])
@settings(max_examples=40, deadline=None)
@given(months=st.integers(0, 14), pace=st.sampled_from([USUAL, SHORTEST]))
def test_every_step_leaves_the_time_it_promises(key: str, months: int, pace: Pace) -> None:
    definition, days = shipped(key), usual_calendar()
    start = parse_start({KEMIJARVI: "2026-12", KEMI: "2023", RAUMA: "2013"}[key], definition, {})
    dates = schedule(definition, start, {}, days).dates
    body = next(body for body in definition.bodies if body.id == deciding(definition).body)
    held = last_sitting(body, dates["window:first"] + dt.timedelta(days=30 * months), days)
    found = backwards(definition, dates, days, held, start, pace)
    for step in found.steps:
        if step.planned is None and not step.alongside:
            assert days.is_working_day(step.latest), step
        _promised(step, found, days, pace)


def _promised(step: Step, found: Backwards, days: Calendar, pace: Pace) -> None:
    """What comes after the step comes no sooner than it says."""
    if step.kind is StepKind.CONVENING:
        assert (found.meeting - step.latest).days >= max(4, pace.convening)
    if step.kind in (StepKind.LIST, StepKind.MATERIAL) and step.about:
        assert step.latest < latest(found, StepKind.HANDLING, step.about)
    if step.kind in (StepKind.STATEMENT, StepKind.HEARING):
        assert (found.closes - step.latest).days >= (step.least or 0)
    if step.kind is StepKind.SUBMISSION:
        assert days.working_days_between(step.latest, found.closes) >= (step.least or 0)
    if step.kind is StepKind.COOPERATION:
        assert step.begins is not None
        assert (step.begins - step.latest).days >= pace.notice
        assert (found.readiness.latest - step.begins).days >= pace.negotiation
        later = days.next_working_day(step.begins + dt.timedelta(days=1))
        assert (found.readiness.latest - later).days < pace.negotiation or later.month == 7, "no later day would do"
    if step.kind is StepKind.READINESS:
        after = [one.latest for one in found.steps if one.kind is StepKind.HANDLING and not one.alongside]
        assert step.latest < min(after)
        assert step.latest.month != 7
