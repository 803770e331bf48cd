"""A rehearsal's year as rows of characters: a bar for each phase, and lines for what runs beside them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from app.rehearsing.words import Words
from models.days.calendar import ONE_DAY
from models.rehearsal.result import Moment, MomentKind, Rehearsal

WORK, STANCES, OUTCOME, RUNS, BODY, EMPTY = "█", "▒", "◆", "─", "●", " "
LETTERS = 3  # of a month's name above its first column
MOST_DAYS = 7  # days in a column that still leave room for letters


class Row(NamedTuple):
    """One line of the picture."""

    label: str
    cells: str


class Picture:
    """The rows for a width in columns."""

    def __init__(self, rehearsal: Rehearsal, words: Words, columns: int) -> None:
        self.rehearsal, self.words = rehearsal, words
        self.first = min(rehearsal.start, *(moment.day for moment in self._of(MomentKind.OPENED)))
        ends = [rehearsal.last, rehearsal.outlook.dates["window:last"]]
        self.last = max(ends)
        self.step = max(1, -(-((self.last - self.first).days + 1) // columns))
        self.columns = self._at(self.last) + 1

    def _of(self, *kinds: MomentKind) -> list[Moment]:
        return [moment for moment in self.rehearsal.moments if moment.kind in kinds]

    def _at(self, day: dt.date) -> int:
        return max(0, (day - self.first).days // self.step)

    def months(self) -> str:
        """The months over their first columns: letters where there is room, else numbers."""
        cells = [EMPTY] * (self.columns + LETTERS)
        day = self.first
        while day <= self.last:
            name = self.words.month(day)[:LETTERS] if self.step <= MOST_DAYS else str(day.month)
            at = self._at(day)
            if "".join(cells[max(0, at - 1) : at]).strip() == "":
                cells[at : at + len(name)] = name
            day = (day.replace(day=1) + ONE_DAY * 31).replace(day=1)
        return "".join(cells[: self.columns + LETTERS]).rstrip()

    def rows(self) -> list[Row]:
        """The phases in their order, then what runs beside them."""
        rows = [Row(f"{number} {moment.name}", self._phase(moment)) for number, moment in enumerate(self._opened(), 1)]
        rows += self._spans("row.statements", (MomentKind.ASKED,))
        rows += self._spans("row.hearings", (MomentKind.HEARING_OPENED,))
        rows += self._cooperation()
        rows += self._spans("row.window", (MomentKind.WINDOW,))
        bodies = [EMPTY] * self.columns
        for moment in self._of(MomentKind.HANDLED):
            if self.first <= moment.day:
                bodies[self._at(moment.day)] = BODY
        return [*rows, Row(self.words("row.bodies"), "".join(bodies))]

    def _opened(self) -> list[Moment]:
        return self._of(MomentKind.OPENED)

    def _phase(self, opened: Moment) -> str:
        cells = [EMPTY] * self.columns
        mine = [moment for moment in self.rehearsal.moments if moment.phase == opened.phase]
        submitted = next((moment.day for moment in mine if moment.kind is MomentKind.SUBMITTED), self.last)
        passed = next((moment.day for moment in mine if moment.kind is MomentKind.PASSED), self.last)
        self._fill(cells, opened.day, passed, STANCES)
        self._fill(cells, opened.day, submitted - ONE_DAY, WORK)
        if passed is not self.last:
            cells[self._at(passed)] = OUTCOME
        return "".join(cells)

    def _fill(self, cells: list[str], first: dt.date, last: dt.date, with_: str) -> None:
        for at in range(self._at(first), self._at(max(first, last)) + 1):
            cells[at] = with_

    def _spans(self, label: str, kinds: Iterable[MomentKind]) -> list[Row]:
        cells, moments = [EMPTY] * self.columns, self._of(*kinds)
        for moment in moments:
            self._fill(cells, moment.day, moment.until or moment.day, RUNS)
        return [Row(self.words(label), "".join(cells))] if moments else []

    def _cooperation(self) -> list[Row]:
        first = next((moment.day for moment in self._of(MomentKind.PROPOSED)), None)
        last = next((moment.day for moment in self._of(MomentKind.ENDED)), None)
        if first is None or last is None:
            return []
        cells = [EMPTY] * self.columns
        self._fill(cells, first, last, RUNS)
        return [Row(self.words("row.cooperation"), "".join(cells))]
