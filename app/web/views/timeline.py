"""The time line of a process: what was planned, what happened, where today is. As values, and as a picture's shapes.

The picture is drawn by a template from these shapes, and the same values stand in a table beside it. Nothing in it is
told by colour alone.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.web import addresses
from app.web.place import Place
from models import events as e
from models.days.calendar import local_date
from models.events import Recorded
from models.process import Process
from models.words import HandlingOutcome, PhaseStatus

WIDTH, LEFT, RIGHT = 1080, 14, 22
HEAD, ROW, FOOT = 40, 58, 8
BAR = 14
LETTER = 8.2  # about how wide a letter of a label is
MONTHS = ("1/", "2/", "3/", "4/", "5/", "6/", "7/", "8/", "9/", "10/", "11/", "12/")


class Stretch(NamedTuple):
    """From a day to a day."""

    first: dt.date
    last: dt.date


class PhaseOnLine(NamedTuple):
    """A phase: what was planned and what happened."""

    key: str
    number: int
    name: str
    checkpoint: str
    status: PhaseStatus
    planned: Stretch
    planned_checkpoint: dt.date
    worked: Stretch | None  # from its first opening to its passing, or to today
    passed_on: dt.date | None
    returned: int  # how often work came back to it
    address: str
    checkpoint_address: str

    @property
    def days_late(self) -> int:
        """How many days after its planned day the checkpoint was passed; 0 where it was not late."""
        return max(0, (self.passed_on - self.planned_checkpoint).days) if self.passed_on else 0


class HandlingOnLine(NamedTuple):
    """A body's handling that happened."""

    name: str
    date: dt.date
    outcome: HandlingOutcome
    section: str | None
    decides: bool


class Line(NamedTuple):
    """The whole of it."""

    phases: tuple[PhaseOnLine, ...]
    handlings: tuple[HandlingOnLine, ...]
    window: Stretch
    today: dt.date


def line_of(place: Place, milestones: Iterable[Recorded]) -> Line:
    """The process's time line."""
    process, dates = place.process, place.process.dates
    opened, passed, returned = happened(milestones)
    phases = []
    for number, (key, phase) in enumerate(process.phases.items(), 1):
        done = passed.get(key) if phase.status is PhaseStatus.PASSED else None
        begun = opened.get(key)
        phases.append(
            PhaseOnLine(
                key=key,
                number=number,
                name=place.name("phase", key),
                checkpoint=place.name("checkpoint", key),
                status=phase.status,
                planned=Stretch(dates[f"phase:{key}:first"], dates[f"phase:{key}:last"]),
                planned_checkpoint=dates[f"checkpoint:{key}"],
                worked=Stretch(begun, done or place.visitor.today) if begun else None,
                passed_on=done,
                returned=returned.get(key, 0),
                address=addresses.phase(place.key, key),
                checkpoint_address=addresses.checkpoint(place.key, key),
            )
        )
    window = Stretch(dates["window:first"], dates["window:last"])
    return Line(tuple(phases), tuple(_handlings(place, process)), window, place.visitor.today)


def _handlings(place: Place, process: Process) -> Iterator[HandlingOnLine]:
    for key, one in process.handlings.items():
        body = place.name("body", one.body)
        yield HandlingOnLine(body, one.date, one.outcome, one.section, key == process.decision)


def happened(milestones: Iterable[Recorded]) -> tuple[dict[str, dt.date], dict[str, dt.date], dict[str, int]]:
    """When each phase was opened first and passed last, and how often work came back to it."""
    opened: dict[str, dt.date] = {}
    passed: dict[str, dt.date] = {}
    returned: dict[str, int] = {}
    for recorded in milestones:
        event, day = recorded.event, local_date(recorded.at)
        if isinstance(event, e.PhaseOpened):
            opened.setdefault(event.phase, day)
        elif isinstance(event, e.OpeningRetracted):
            opened.pop(event.phase, None)
        elif isinstance(event, e.CheckpointPassed):
            passed[event.phase] = day
        elif isinstance(event, e.WorkReturned):
            returned[event.to] = returned.get(event.to, 0) + 1
    return opened, passed, returned


# --- the picture --------------------------------------------------------------------------------------------------


class Month(NamedTuple):
    """A line at the first day of a month, with its label."""

    x: float
    label: str


class Label(NamedTuple):
    """Words in the picture, and on which side of their place they stand."""

    x: float
    y: float
    text: str
    anchor: str  # "start" or "end"


class Bar(NamedTuple):
    """A stretch of days."""

    x: float
    y: float
    width: float
    height: float
    kind: str  # "planned", "worked", "passed" or "window"


class Mark(NamedTuple):
    """A checkpoint or a handling: a diamond with what it tells."""

    x: float
    y: float
    kind: str  # "planned", "passed", "now", "handling" or "decision"
    told: str


class Row(NamedTuple):
    """One line of the picture."""

    label: Label
    status: PhaseStatus | None
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    address: str | None


class Picture(NamedTuple):
    """Everything the picture is made of."""

    width: int
    height: int
    months: tuple[Month, ...]
    rows: tuple[Row, ...]
    today: float | None
    today_label: Label | None

    @property
    def linked(self) -> bool:
        """Whether its lines lead to pages."""
        return any(row.address for row in self.rows)


class Scale(NamedTuple):
    """Days to the right."""

    first: dt.date
    days: int

    def x(self, day: dt.date) -> float:
        """Where the day is."""
        share = (day - self.first).days / self.days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def picture_of(line: Line, decision: str, today: str) -> Picture:
    """The time line drawn. `decision` and `today` are the words for them."""
    scale = _scale(line)
    rows = [_phase_row(one, at, scale) for at, one in enumerate(line.phases)]
    rows.append(_decision_row(line, decision, len(rows), scale))
    height = HEAD + len(rows) * ROW + FOOT
    x = scale.x(line.today) if 0 <= (line.today - scale.first).days <= scale.days else None
    label = Label(x, 30, today, "end" if x > WIDTH * 0.9 else "start") if x is not None else None
    return Picture(WIDTH, height, tuple(months_of(scale)), tuple(rows), x, label)


def _scale(line: Line) -> Scale:
    days = [line.window.first, line.window.last, *(one.date for one in line.handlings)]
    for phase in line.phases:
        days += [*phase.planned, phase.planned_checkpoint, *(phase.worked or ())]
    return scale_of(days)


def scale_of(days: Iterable[dt.date]) -> Scale:
    """A scale on which all the days stand."""
    known = list(days)
    first = min(known).replace(day=1)
    last = max(known) + dt.timedelta(days=10)
    return Scale(first, max((last - first).days, 28))


def months_of(scale: Scale) -> Iterator[Month]:
    """The months of the picture; of many only some."""
    day, last = scale.first, scale.first + dt.timedelta(days=scale.days)
    every = 1 if scale.days <= 500 else 3
    while day <= last:
        year = f"{day.year}" if day.month == 1 or day == scale.first else ""
        if (day.month - 1) % every == 0:
            yield Month(scale.x(day), f"{day.month}{'/' + year if year else '.'}")
        day = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def label_of(text: str, first: float, last: float, y: float) -> Label:
    """Above the bar from where it begins; for one far to the right up to where it ends."""
    if first + len(text) * LETTER > WIDTH - RIGHT:
        return Label(last, y, text, "end")
    return Label(first, y, text, "start")


def _phase_row(one: PhaseOnLine, at: int, scale: Scale) -> Row:
    top = HEAD + at * ROW
    first, last = scale.x(one.planned.first), scale.x(one.planned_checkpoint)
    bars = [Bar(first, top + 24, max(last - first, 4), BAR, "planned")]
    marks = [Mark(last, top + 24 + BAR / 2, "planned", one.checkpoint)]
    if one.worked:
        begun, until = scale.x(one.worked.first), scale.x(one.worked.last)
        kind = "passed" if one.passed_on else "worked"
        bars.append(Bar(begun, top + 24 + BAR / 2 - 3, max(until - begun, 4), 6, kind))
        first, last = min(first, begun), max(last, until)
    if one.passed_on:
        marks.append(Mark(scale.x(one.passed_on), top + 24 + BAR / 2, "passed", one.checkpoint))
    elif one.status is PhaseStatus.AT_CHECKPOINT:
        marks = [marks[0]._replace(kind="now")]
    return Row(
        label_of(f"{one.number}  {one.name}", first, last, top + 17), one.status, tuple(bars), tuple(marks), one.address
    )


def _decision_row(line: Line, decision: str, at: int, scale: Scale) -> Row:
    top = HEAD + at * ROW
    first, last = scale.x(line.window.first), scale.x(line.window.last)
    bars = (Bar(first, top + 24, max(last - first, 4), BAR, "window"),)
    marks = tuple(
        Mark(scale.x(one.date), top + 24 + BAR / 2, "decision" if one.decides else "handling", one.name)
        for one in line.handlings
    )
    return Row(label_of(decision, first, last, top + 17), None, bars, marks, None)
