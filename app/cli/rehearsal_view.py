"""A rehearsal on the screen: for a terminal in colours, which never stand alone; in a file or a pipe plain text."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.cli.outlook_view import OutlookView
from app.cli.rehearsal_picture import BODY, OUTCOME, RUNS, STANCES, WORK, Picture
from app.rehearsing.letters import Letter, letters
from models.days.calendar import local_date
from models.days.formats import date_span, moment, short_weekday
from models.rehearsal.result import DutyLine, MomentKind, Rehearsal

LABEL = 24  # columns of the picture's labels
REACHED, MISSED = ("✓", "green"), ("✗", "red")
COLOURS = {WORK: "cyan", STANCES: "bright_blue", OUTCOME: "bold green", RUNS: "yellow", BODY: "bold magenta"}
MARKS: dict[MomentKind, tuple[str, str]] = {
    MomentKind.OPENED: ("▶", "cyan"),
    MomentKind.SUBMITTED: ("▒", "bright_blue"),
    MomentKind.STANCES_DUE: ("!", "bright_blue"),
    MomentKind.PASSED: ("◆", "green"),
    MomentKind.MEETING: ("○", ""),
    MomentKind.HANDLED: ("●", "magenta"),
    MomentKind.FINAL: ("●", "magenta"),
    MomentKind.PROPOSED: ("─", "yellow"),
    MomentKind.ENDED: ("─", "yellow"),
    MomentKind.WINDOW: ("─", "yellow"),
    MomentKind.WINDOW_ENDS: ("─", "yellow"),
}


class View(OutlookView):
    """Draws one rehearsal."""

    def __init__(self, rehearsal: Rehearsal, console: Console | None = None) -> None:
        super().__init__(rehearsal.outlook, console)
        self.rehearsal = rehearsal

    def whole(self) -> None:
        """Everything but the messages one by one."""
        self.head()
        self.ways()
        self.picture()
        self.back()
        self.worries()
        self.line()
        self.duties()
        self.counts()

    # --- parts ------------------------------------------------------------------------------------------------------

    def head(self) -> None:
        rehearsal = self.rehearsal
        self.console.print()
        self.console.print(Text(self.words("heading", title=rehearsal.title), style="bold"))
        decided = rehearsal.decided
        proposed = any(way.meeting == decided and way.proposed for way in rehearsal.outlook.ways)
        day = f"{self._day(decided)}{'*' if proposed else ''}" if decided else ""
        key = "decided" if decided else "undecided"
        self.console.print(self.words(key, start=self._day(rehearsal.start), decided=day))

    def picture(self) -> None:
        self._section("section.picture")
        picture = Picture(self.rehearsal, self.words, self.console.width - LABEL - 1)
        self.console.print(" " * LABEL + picture.months(), style="dim", no_wrap=True, crop=True)
        for row in picture.rows():
            text = Text(f"{_short(row.label, LABEL - 1):<{LABEL}}")
            for sign, cells in groupby(row.cells):
                text.append("".join(cells), style=COLOURS.get(sign, ""))
            self.console.print(text, no_wrap=True)
        self._note("legend")

    def worries(self) -> None:
        if not self.rehearsal.worries:
            return
        self._section("section.worries")
        for one in map(self.sentences.worry, self.rehearsal.worries):
            self._item("!", Text(one.sentence), "bold yellow")
            self._item("→", Text(one.advice), "yellow", indent=5)

    def line(self) -> None:
        self._section("section.line")
        moments = sorted(self.rehearsal.moments, key=lambda one: one.day)
        for month, in_month in groupby(moments, key=lambda one: one.day.replace(day=1)):
            self._month(month)
            table = Table.grid(padding=(0, 1, 0, 0))
            table.add_column(width=10, justify="right")
            table.add_column(width=1)
            table.add_column(ratio=1)
            for _, alike in groupby(in_month, key=lambda one: (one.day, one.kind, one.until)):
                one, *others = alike
                mark, colour = MARKS.get(one.kind, ("·", "dim"))
                said = Text(self.sentences.moment(one, *others), style=colour if one.kind in MARKS else "")
                table.add_row(self._short_day(one.day), Text(mark, style=colour), said)
            self.console.print(table)

    def duties(self) -> None:
        self._section("section.duties")
        self._weeks(self.rehearsal.duties)

    def person(self, who: str, *, full: bool) -> None:
        """One person's, role's or group's weeks, and what they are told."""
        people = self.rehearsal.people
        mine = {key for key, player in people.items() if who in (key, player.group) and player.deputy_of is None}
        named = people[who].name if who in people else self.sentences.name(f"group:{who}")
        self._section("section.person", person=named)
        self._weeks([line for line in self.rehearsal.duties if who in (line.person, line.group)], whose=False)
        self._section("section.messages")
        self._letters([letter for letter in letters(self.rehearsal) if letter.to in mine], full=full)

    def counts(self) -> None:
        self._section("section.messages")
        told = self.rehearsal.messages
        mails = Counter(dict.fromkeys((message.mail, message.to) for message in told))
        most, count = Counter(to for _, to in mails).most_common(1)[0]
        name = self.rehearsal.people[most].name
        self.console.print(self.words("messages.count", mails=len(mails), items=len(told), most=count, name=name))
        self.console.print(self.words("messages.more", person="coordinator"), style="dim")

    def messages(self, *, full: bool) -> None:
        """Every message: when, to whom and what about; with `full` the whole text."""
        self._section("section.messages")
        self._letters(list(letters(self.rehearsal)), full=full)

    # --- parts of parts ---------------------------------------------------------------------------------------------

    def _weeks(self, lines: Iterable[DutyLine], *, whose: bool = True) -> None:
        """Duties by the week they are done in; the same thing owed by several is one line."""
        lines = sorted(lines, key=lambda line: (line.day, line.kind, line.about))
        if not lines:
            self.console.print(self.words("nothing_due"))
        for (_, week), in_week in groupby(lines, key=lambda line: line.day.isocalendar()[:2]):
            due = list(in_week)
            monday = due[0].day - dt.timedelta(days=due[0].day.weekday())
            span = date_span(monday, monday + dt.timedelta(days=6), self.rehearsal.language)
            self.console.print(Text(f"{self.words('week', week=week)}  {span}", style="bold"))
            table = Table.grid(padding=(0, 1, 0, 0))
            table.add_column(width=10, justify="right")
            table.add_column(ratio=3)
            table.add_column(ratio=2)
            for (day, _, _), same in groupby(due, key=lambda line: (line.day, line.kind, line.about)):
                alike = list(same)
                who = Text(", ".join(self._holders(alike)) if whose else "", style="dim")
                table.add_row(self._short_day(day), self.sentences.duty(alike[0]), who)
            self.console.print(table)

    def _holders(self, lines: Sequence[DutyLine]) -> list[str]:
        people = self.rehearsal.people
        names = (
            self.sentences.name(f"group:{line.group}") if line.group else people[line.person].name
            for line in lines
            if line.person in people
        )
        return list(dict.fromkeys(names))

    def _letters(self, told: Sequence[Letter], *, full: bool) -> None:
        """Messages by their time; those that say the same to several people are one."""
        alike = dict[tuple[dt.datetime, str, str], list[Letter]]()
        for letter in told:
            alike.setdefault((letter.told[0].at, letter.subject, letter.text if full else ""), []).append(letter)
        day = None
        for (at, subject, text), same in alike.items():
            if local_date(at) != day:
                day = local_date(at)
                self.console.print(Text(self._day(day), style="bold"))
            clock = moment(at, self.rehearsal.language).split(" ")[-1]
            to = "; ".join(self._receivers([letter.to for letter in same]))
            self._item(clock, Text(subject), "", indent=2, mark=6)
            self._item("→", Text(to, style="dim"), "dim", indent=8)
            if full:
                self.console.print(Padding(Text(text), (1, 0, 1, 10)))

    def _receivers(self, told: Sequence[str]) -> list[str]:
        """Their names; where a whole group is told, the group's and how many they are."""
        people = self.rehearsal.people
        sizes = Counter(player.group for player in people.values() if player.group and player.deputy_of is None)
        here = Counter(people[one].group for one in told)
        named = []
        for one in told:
            group = people[one].group
            whole = group is not None and here[group] == sizes[group]
            named.append(f"{self.sentences.name(f'group:{group}')} ({here[group]})" if whole else people[one].name)
        return list(dict.fromkeys(named))

    def _month(self, month: dt.date) -> None:
        self.console.print(Text(f"{self.words.month(month)} {month.year}", style="bold"))

    def _short_day(self, day: dt.date) -> str:
        """ti 1.12.: the year stands above."""
        language = self.rehearsal.language
        said = self.words.date(day).removesuffix(str(day.year)).strip()
        if language == "en":
            said = f"{day.day} {self.words.month(day)[:3]}"
        return f"{short_weekday(day, language)} {said}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
