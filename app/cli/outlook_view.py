"""Which meetings can be reached, on the screen: in colours, which never stand alone; in a file or a pipe plain text."""

import datetime as dt
import sys
from itertools import groupby
from typing import Any, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from app.cli.screen import width
from app.rehearsing.sentences import Sentences
from models.days.backwards import Backwards, StepKind
from models.days.formats import short_weekday
from models.laws import laws_in
from models.rehearsal.result import Outlook

REACHED, MISSED = ("✓", "green"), ("✗", "red")
WIDE = 76  # columns from which a table has room for a wide last column


class _Trimmed:
    """A file whose lines have nothing after their last letter."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.rest = ""

    def write(self, text: str) -> None:
        *lines, self.rest = (self.rest + text).split("\n")
        self.file.writelines(f"{line.rstrip()}\n" for line in lines)

    def flush(self) -> None:
        self.file.flush()


class OutlookView:
    """Draws the meetings, and the way back from one of them."""

    def __init__(self, outlook: Outlook, console: Console | None = None) -> None:
        self.outlook = outlook
        self.sentences = Sentences(outlook)
        self.words = self.sentences.words
        place: Any = sys.stdout if sys.stdout.isatty() else _Trimmed(sys.stdout)
        self.console = console or Console(file=place, width=width(), highlight=False)

    def ways(self) -> None:
        self._section("section.ways")
        for number, verdict in enumerate(self.sentences.verdicts()):
            if number:
                self.console.print()
            mark, colour = REACHED if verdict.reached else MISSED
            self._item(mark, Text(verdict.sentence, style="bold"), colour)
            for point in verdict.points:
                self._item("-", Text(point), "", indent=5)
            for advice in verdict.help:
                self._item("→", Text(advice), "yellow", indent=5)
        if any(way.proposed for way in self.outlook.ways):
            self._note("note.proposed")

    def back(self) -> None:
        ways = self.outlook.ways
        way = next((way for way in ways if way.reached), ways[0] if ways else None)
        if way is None:
            return
        meeting = self.sentences.day(way.meeting, way.proposed)
        self._section("section.back", meeting=meeting)
        self.console.print(self._steps(way))
        if any(step.before for step in way.steps):
            self._note("note.moved")
        self._note("note.days")
        self._note("note.law")

    def _steps(self, way: Backwards) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        table.add_column(self.words("column.latest"), no_wrap=True)
        table.add_column(self.words("column.step"), ratio=1, overflow="fold")
        table.add_column(self.words("column.least"), justify="right", no_wrap=True)
        table.add_column(self.words("column.ground"), max_width=24 if self.console.width >= WIDE else 13)
        for _, alike in groupby(way.steps, key=lambda step: (step.latest, step.kind, step.body and step.kind)):
            step, *others = alike
            star, moved = "*" if step.proposed else "", " ✓" if step.done else " ‹" if step.before else ""
            style = (
                "bold magenta" if step.kind is StepKind.HANDLING else "bold" if step.kind is StepKind.READINESS else ""
            )
            day = Text(f"{self._day(step.latest)}{star}{moved}", style=style)
            said = Text(self.sentences.step(step, *others), style=style)
            ground = laws_in((one.ground for one in (step, *others)), self.outlook.language)
            table.add_row(day, said, self.sentences.least(step), Text(ground, style="dim"))
        return table

    # --- parts of parts ---------------------------------------------------------------------------------------------

    def _section(self, key: str, **facts: object) -> None:
        self.console.print()
        self.console.print(Text(self.words(key, **facts), style="bold"))
        self.console.print(Rule(style="dim"))

    def _item(self, sign: str, text: Text, colour: str, indent: int = 1, mark: int = 2) -> None:
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(width=mark, no_wrap=True)
        table.add_column(ratio=1)
        table.add_row(Text(sign, style=colour), text)
        self.console.print(Padding(table, (0, 0, 0, indent)))

    def _note(self, key: str) -> None:
        self.console.print(Text(self.words(key), style="dim"))

    def _day(self, day: dt.date) -> str:
        """ti 1.12.2026."""
        return f"{short_weekday(day, self.outlook.language)} {self.words.date(day)}"
