"""The planned dates of a process to be, with the days off and what is odd in them."""

import datetime as dt

from app.cli.screen import date_of, heading, item, print_json, say, table
from app.cli.shapes import Plan, PlannedPhase
from models.days.calendar import Calendar
from models.days.formats import date_span, finnish_date
from models.days.off import days_off
from models.days.schedule import Schedule
from models.definitions.definition import Definition


def show_plan(definition: Definition, planned: Schedule, calendar: Calendar, language: str, *, as_json: bool) -> None:
    """The dates are on the screen, or one JSON object."""
    dates = planned.dates
    phases = tuple(
        PlannedPhase(
            phase=phase.id,
            name=phase.name.in_(language),
            first=dates[f"phase:{phase.id}:first"],
            last=dates[f"phase:{phase.id}:last"],
            checkpoint=dates[f"checkpoint:{phase.id}"],
            days_off=_off(calendar, dates[f"phase:{phase.id}:first"], dates[f"phase:{phase.id}:last"]),
        )
        for phase in definition.phases
    )
    warnings = tuple(warning.sentence for warning in planned.warnings)
    if as_json:
        print_json(Plan(1, definition.id, planned.start, planned.choices, dates, phases, warnings))
        return
    heading(f"{definition.name.in_(language)}: starts {date_of(planned.start)}")
    rows = [
        (str(number), one.name, date_span(one.first, one.last), date_of(one.checkpoint))
        for number, one in enumerate(phases, 1)
    ]
    table(("", "Phase", "Work", "Checkpoint"), rows, right=("",))
    say(f"Decision's window: {date_span(dates['window:first'], dates['window:last'])}.")
    off = {day: name for one in phases for day, name in one.days_off.items()}
    if off:
        named = (f"{finnish_date(dt.date.fromisoformat(day))} {name}" for day, name in sorted(off.items()))
        say(f"Days off: {', '.join(named)}.")
    if warnings:
        heading("Look at these")
    for sentence in warnings:
        item("!", sentence)
    print()


def _off(calendar: Calendar, first: dt.date, last: dt.date) -> dict[str, str]:
    return {day.isoformat(): name for day, name in days_off(calendar, first, last).items()}
