"""The dates of the shipped definition kemijarvi-2030, by both readings of its source (requirements 12, test 2)."""

import datetime as dt
from pathlib import Path

import pytest

from models.days.calendar_data import calendar_for
from models.days.formats import date_span
from models.days.schedule import parse_start, schedule
from models.days.schedule_warnings import WarningCode
from models.definitions.file import read_definition

D = dt.date
CALENDAR = calendar_for(meetings={"valtuusto": [D(2025, 6, 16)]})


def span(dates, key):
    return date_span(dates[f"{key}:first"], dates[f"{key}:last"])


def real():
    file = Path(__file__).parents[2] / "config" / "processes" / "kemijarvi-2030.yaml"
    return read_definition(file.read_bytes(), file.name)


@pytest.mark.parametrize(
    ("chosen", "start", "spans"),
    [
        (
            "laatikot",
            D(2024, 12, 1),
            ["1.12.2024–31.1.2025", "1.–28.2.2025", "1.–31.3.2025", "1.–30.4.2025", "1.–31.5.2025"],
        ),
        (
            "tekstit",
            D(2024, 10, 1),
            ["1.10.–30.11.2024", "1.12.2024–31.1.2025", "1.–28.2.2025", "1.–31.3.2025", "1.–31.5.2025"],
        ),
    ],
)
def test_kemijarvi_started_in_2024_has_the_dates_of_the_reading_chosen(chosen, start, spans):
    definition, choices = real(), {"aikataulu": chosen}
    plan = schedule(definition, parse_start("2024", definition, choices), choices, CALENDAR)
    assert plan.start == start
    assert [span(plan.dates, f"phase:{phase.id}") for phase in definition.phases] == spans
    assert span(plan.dates, "window") == "1.6.–31.8.2025"
    assert plan.warnings == ()


def test_kemijarvi_by_the_texts_cannot_begin_in_december():
    plan = schedule(real(), D(2024, 12, 1), {"aikataulu": "tekstit"}, CALENDAR)
    assert plan.warnings[0].code is WarningCode.STARTED_LATE
