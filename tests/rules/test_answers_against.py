"""Answers about a process to be that speak against each other: dates against a choice, a preparer who would submit."""

import datetime as dt

import pytest
from shipped import KEMIJARVI, shipped, usual_calendar
from small_town import BOTH, SMALL, definition, phase

from models.creating.against import Contradicted, contradicted, doubled
from models.inviting.verdicts import Who

START = dt.date(2026, 12, 1)
BOXES, AUGUST = "laatikot", "elokuu"


def against(window: str, **moved: str) -> tuple[Contradicted, ...]:
    readings = {"aikataulu": BOXES, "paatosikkuna": window, "ohjelmat": "nelja"}
    dates = {key.replace("__", ":").replace("_", "-"): dt.date.fromisoformat(day) for key, day in moved.items()}
    return contradicted(shipped(KEMIJARVI), START, readings, dates, usual_calendar())


def test_a_window_moved_out_of_the_month_that_was_chosen_speaks_against_the_choice() -> None:
    assert against(AUGUST, window__first="2027-06-14") == (Contradicted("paatosikkuna", ("window:first",)),)
    assert against(AUGUST, window__last="2027-09-01") == (Contradicted("paatosikkuna", ("window:last",)),)


def test_within_the_months_chosen_dates_move_freely() -> None:
    assert against(AUGUST, window__first="2027-08-16") == ()
    assert against("kesa-elokuu", window__first="2027-08-02") == ()


def test_a_phase_moved_out_of_its_months_speaks_against_the_schedule_that_was_chosen() -> None:
    found = against(AUGUST, phase__tulevaisuuskuva__last="2027-02-12", phase__tulevaisuuskuva__first="2027-01-11")
    assert found == (Contradicted("aikataulu", ("phase:tulevaisuuskuva:last",)),)


def test_a_checkpoint_alone_follows_no_choice() -> None:
    assert against(AUGUST, checkpoint__tulevaisuuskuva="2027-03-12") == ()


COORDINATOR, PREPARER, OWNER = Who(person="coordinator"), Who(person="preparer"), Who(person="owner")
ALL = ("image", "need", "method")


@pytest.mark.parametrize(
    ("roles", "phases", "others"),
    [
        ({"coordinator": COORDINATOR, "preparer": PREPARER, "owner": OWNER}, (), ()),
        ({"coordinator": PREPARER, "preparer": PREPARER, "owner": OWNER}, (), ()),  # the owner submits
        ({"coordinator": COORDINATOR, "preparer": OWNER, "owner": OWNER}, ALL, (COORDINATOR,)),
        ({"coordinator": OWNER, "preparer": OWNER, "owner": OWNER}, ALL, ()),
        ({"coordinator": PREPARER, "preparer": PREPARER}, ALL, ()),  # nobody is the owner
        ({"coordinator": COORDINATOR, "owner": OWNER}, (), ()),
    ],
)
def test_a_preparer_who_would_submit_is_found(
    roles: dict[str, Who], phases: tuple[str, ...], others: tuple[Who, ...]
) -> None:
    found = doubled(SMALL, roles)
    assert tuple(one.phase for one in found) == phases
    assert {one.others for one in found} <= {others}


def test_who_is_new_is_known_by_the_address() -> None:
    new = Who(name="Uusi", email="uusi@kunta.fi")
    again = Who(name="Uusi Jäsen", email="UUSI@kunta.fi")
    (one, *_) = doubled(SMALL, {"coordinator": COORDINATOR, "preparer": new, "owner": again})
    assert one.others == (COORDINATOR,)


def test_without_four_eyes_one_person_may_do_both() -> None:
    alone = definition(phase("image", 2, ["vision"], *BOTH, four_eyes=False))
    assert doubled(alone, {"coordinator": OWNER, "preparer": OWNER, "owner": OWNER}) == ()
