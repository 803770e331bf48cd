"""A rehearsal on a page: which meetings are reached, the year as a picture, the way back from the meeting, the time
line, each one's weeks, and what is odd."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from app.rehearsing.sentences import Alike, Sentences, Verdict
from app.web.answers import Called, sentence
from app.web.session import Visitor
from app.web.views.timeline import BAR, FOOT, HEAD, ROW, WIDTH, Bar, Mark, Picture, Row, label_of, months_of, scale_of
from models.days.backwards import Backwards, Step, StepKind
from models.days.calendar import ONE_DAY
from models.days.formats import date_span
from models.errors import EtappiError
from models.laws import laws_in
from models.rehearsal.result import DutyLine, Moment, MomentKind, Refusal, Rehearsal

OUTCOMES = (MomentKind.PASSED,)
OF_BODIES = (MomentKind.HANDLED, MomentKind.FINAL)


class Backstep(NamedTuple):
    """One step on the way to the meeting, and the latest day for it."""

    latest: dt.date
    proposed: bool
    moved: bool  # it was counted to a day off, or to July
    what: str
    least: str
    ground: str
    kind: str  # "body", "outcome" or "step"


class LineItem(NamedTuple):
    """Something on the time line, or something somebody owes."""

    day: dt.date
    what: str
    who: tuple[str, ...]
    kind: str  # "body", "outcome" or "step"
    due: dt.date | None = None  # where it happens on another day

    @property
    def late(self) -> bool:
        """Whether it was due before it happens."""
        return self.due is not None and self.due < self.day


class Span(NamedTuple):
    """A month of the time line, or a week of duties."""

    title: str
    items: tuple[LineItem, ...]


class Someone(NamedTuple):
    """Whose weeks can be looked at alone."""

    key: str
    name: str


class RehearsalPage(NamedTuple):
    """Everything the page shows."""

    title: str
    start: dt.date
    decided: dt.date | None
    decided_proposed: bool
    verdicts: tuple[Verdict, ...]
    proposed: bool
    picture: Picture
    meeting: str | None  # from which the way is counted backwards
    steps: tuple[Backstep, ...]
    moved: bool
    worries: tuple[Alike, ...]
    months: tuple[Span, ...]
    people: tuple[Someone, ...]
    weeks: tuple[Span, ...]
    mails: int
    most_mails: int
    most_to: str


def rehearsal_page(visitor: Visitor, rehearsal: Rehearsal, who: str, called: Called | None = None) -> RehearsalPage:
    """The rehearsal; the weeks of one person, role or group, or of all. `called` names a running process's parts."""

    def refused(one: Refusal) -> str:
        error = EtappiError(one.sentence, **one.facts)
        return sentence(visitor, error, called) or str(error)

    sentences = Sentences(rehearsal.outlook, on_page=True, refused=refused)
    ways = rehearsal.outlook.ways
    way = next((one for one in ways if one.reached), ways[0] if ways else None)
    mails = Counter(dict.fromkeys((message.mail, message.to) for message in rehearsal.messages))
    most, count = next(iter(Counter(to for _, to in mails).most_common(1)), ("", 0))
    return RehearsalPage(
        title=rehearsal.title,
        start=rehearsal.start,
        decided=rehearsal.decided,
        decided_proposed=any(one.meeting == rehearsal.decided and one.proposed for one in ways),
        verdicts=tuple(sentences.verdicts()),
        proposed=any(one.proposed for one in ways),
        picture=_picture(rehearsal, visitor.say("Päätös")),
        meeting=sentences.day(way.meeting, way.proposed) if way else None,
        steps=tuple(_steps(way, sentences)) if way else (),
        moved=any(step.before for step in way.steps) if way else False,
        worries=tuple(sentences.worries(rehearsal.worries)),
        months=tuple(_months(rehearsal, sentences)),
        people=tuple(_people(rehearsal, sentences)),
        weeks=tuple(_weeks(rehearsal, sentences, who)),
        mails=len(mails),
        most_mails=count,
        most_to=rehearsal.people[most].name if most in rehearsal.people else "",
    )


# --- backwards ----------------------------------------------------------------------------------------------------


def _steps(way: Backwards, sentences: Sentences) -> Iterator[Backstep]:
    """The steps in their order; those of a kind on one day are one."""
    for _, alike in groupby(way.steps, key=lambda step: (step.latest, step.kind, step.body and step.kind)):
        step, *others = alike
        yield Backstep(
            latest=step.latest,
            proposed=step.proposed,
            moved=step.before is not None,
            what=sentences.step(step, *others),
            least=sentences.least(step),
            ground=laws_in((one.ground for one in (step, *others)), sentences.outlook.language),
            kind=_step_kind(step),
        )


def _step_kind(step: Step) -> str:
    if step.kind is StepKind.HANDLING:
        return "body"
    return "outcome" if step.kind is StepKind.READINESS else "step"


# --- forwards -----------------------------------------------------------------------------------------------------


def _months(rehearsal: Rehearsal, sentences: Sentences) -> Iterator[Span]:
    in_order = sorted(rehearsal.moments, key=lambda one: one.day)
    for month, in_month in groupby(in_order, key=lambda one: one.day.replace(day=1)):
        items = []
        for _, alike in groupby(in_month, key=lambda one: (one.day, one.kind, one.until)):
            one, *others = alike
            items.append(LineItem(one.day, sentences.moment(one, *others), (), _moment_kind(one)))
        yield Span(f"{sentences.words.month(month)} {month.year}", tuple(items))


def _moment_kind(moment: Moment) -> str:
    if moment.kind in OF_BODIES:
        return "body"
    return "outcome" if moment.kind in OUTCOMES else "step"


def _people(rehearsal: Rehearsal, sentences: Sentences) -> Iterator[Someone]:
    """The roles, then the groups: those too whose members all sit elsewhere first."""
    for key, player in rehearsal.people.items():
        if player.group is None and player.deputy_of is None:
            yield Someone(key, player.name)
    for reference, name in rehearsal.outlook.names.items():
        kind, _, group = reference.partition(":")
        if kind == "group":
            yield Someone(group, name)


def _weeks(rehearsal: Rehearsal, sentences: Sentences, who: str) -> Iterator[Span]:
    lines = [line for line in rehearsal.duties if who in ("", line.person, line.group)]
    lines.sort(key=_same)
    for (_, week), in_week in groupby(lines, key=lambda line: line.day.isocalendar()[:2]):
        due = list(in_week)
        monday = due[0].day - ONE_DAY * due[0].day.weekday()
        span = date_span(monday, monday + ONE_DAY * 6, rehearsal.language)
        items = tuple(_duties(due, rehearsal, sentences, whose=who not in rehearsal.people))
        yield Span(f"{sentences.words('week', week=week)} · {span}", items)


def _duties(
    lines: Sequence[DutyLine], rehearsal: Rehearsal, sentences: Sentences, *, whose: bool
) -> Iterator[LineItem]:
    """What is done in a week; the same thing owed by several is one."""
    for (day, _, _, due), same in groupby(lines, key=_same):
        alike = list(same)
        who = tuple(dict.fromkeys(_holder(line, rehearsal, sentences) for line in alike)) if whose else ()
        other_day = due if due != day else None
        yield LineItem(day, sentences.duty(alike[0]), tuple(filter(None, who)), "step", other_day)


def _same(line: DutyLine) -> tuple[dt.date, str, str, dt.date]:
    """By what lines are in order, and are one."""
    return line.day, line.kind, line.about, line.due


def _holder(line: DutyLine, rehearsal: Rehearsal, sentences: Sentences) -> str:
    if line.group:
        return sentences.name(f"group:{line.group}")
    player = rehearsal.people.get(line.person)
    return player.name if player else ""


# --- the picture --------------------------------------------------------------------------------------------------


def _picture(rehearsal: Rehearsal, decision: str) -> Picture:
    """A bar for the work of each phase, another for its stances, a diamond for its outcome; the bodies at the end."""
    dates = rehearsal.outlook.dates
    opened = [one for one in rehearsal.moments if one.kind is MomentKind.OPENED]
    handled = [one for one in rehearsal.moments if one.kind is MomentKind.HANDLED]
    days = [rehearsal.start, rehearsal.last, dates["window:first"], dates["window:last"]]
    scale = scale_of([*days, *(one.day for one in rehearsal.moments if one.kind is not MomentKind.FINAL)])
    rows = []
    for number, phase in enumerate(opened, 1):
        mine = [one for one in rehearsal.moments if one.phase == phase.phase]
        submitted = _first(mine, MomentKind.SUBMITTED) or rehearsal.last
        passed = _first(mine, MomentKind.PASSED)
        top = HEAD + (number - 1) * ROW
        begins, turns, ends = scale.x(phase.day), scale.x(submitted), scale.x(passed or rehearsal.last)
        bars = (
            Bar(begins, top + 24, max(turns - begins, 4), BAR, "work"),
            Bar(turns, top + 25, max(ends - turns, 4), BAR - 2, "stances"),
        )
        marks = (Mark(ends, top + 24 + BAR / 2, "passed", phase.name),) if passed else ()
        rows.append(Row(label_of(f"{number}  {phase.name}", begins, ends, top + 17), None, bars, marks, None))
    top = HEAD + len(rows) * ROW
    first, last = scale.x(dates["window:first"]), scale.x(dates["window:last"])
    bodies = tuple(Mark(scale.x(one.day), top + 24 + BAR / 2, _of_body(one, rehearsal), one.name) for one in handled)
    window = (Bar(first, top + 24, max(last - first, 4), BAR, "window"),)
    rows.append(Row(label_of(decision, first, last, top + 17), None, window, bodies, None))
    return Picture(WIDTH, HEAD + len(rows) * ROW + FOOT, tuple(months_of(scale)), tuple(rows), None, None)


def _first(moments: Iterable[Moment], kind: MomentKind) -> dt.date | None:
    return next((one.day for one in moments if one.kind is kind), None)


def _of_body(moment: Moment, rehearsal: Rehearsal) -> str:
    return "decision" if moment.day == rehearsal.decided else "handling"
