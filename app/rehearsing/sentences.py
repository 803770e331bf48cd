"""What a rehearsal says in words: whether a meeting is reached and on what conditions, what is odd, who owes what."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from app.rehearsing.words import Words
from models.days.backwards import Backwards, Step, StepKind
from models.days.formats import date_span
from models.rehearsal.result import DutyLine, Moment, MomentKind, Outlook, Refusal, Worry, WorryKind
from models.words import BodyKind

WORKING = (StepKind.SUBMISSION, StepKind.MATERIAL)
"""Steps whose least time is counted in working days."""

OF_BODIES = (StepKind.STATEMENT, StepKind.MATERIAL, StepKind.LIST, StepKind.CONVENING)
"""Steps that are named after the body."""

MOVED = (StepKind.STATEMENT, StepKind.HEARING, StepKind.SUBMISSION, StepKind.READINESS)
"""What is asked of the process itself, in its order."""


class Verdict(NamedTuple):
    """Whether a meeting is reached: the sentence, its conditions or reasons, and what would help."""

    reached: bool
    sentence: str
    points: tuple[str, ...]
    help: tuple[str, ...] = ()


class Said(NamedTuple):
    """Something odd, and what to do."""

    sentence: str
    advice: str


class Alike(NamedTuple):
    """Something odd, and what is odd in the same way."""

    first: Said
    others: tuple[Said, ...]


def _in_english(refusal: Refusal) -> str:
    return refusal.sentence.format(**refusal.facts)


class Sentences:
    """The sentences about meetings, days and duties. `refused` says what the rules said no to."""

    def __init__(
        self, outlook: Outlook, *, on_page: bool = False, refused: Callable[[Refusal], str] = _in_english
    ) -> None:
        self.outlook = outlook
        self.words = Words(outlook.language, on_page=on_page)
        self.refused = refused

    # --- meetings -------------------------------------------------------------------------------------------------

    def verdicts(self) -> list[Verdict]:
        """Of every meeting that could decide, the first one first."""
        return [self.verdict(way) for way in self.outlook.ways]

    def verdict(self, way: Backwards) -> Verdict:
        """Of one meeting."""
        kind = "council" if way.body_kind is BodyKind.COUNCIL else "other"
        month = self.words.month(way.meeting)
        facts = {"meeting": self.day(way.meeting, way.proposed), "body": self.name(f"body:{way.body}")}
        facts["month"] = month.capitalize() if self.outlook.language == "fi" else month
        sentence = self.words(f"way.{'yes' if way.reached else 'no'}.{kind}", **facts)
        if way.reached:
            return Verdict(True, sentence, tuple(self._conditions(way)))
        return Verdict(False, sentence, tuple(self._reasons(way)), tuple(self._help(way)))

    def _conditions(self, way: Backwards) -> Iterator[str]:
        cooperation = way.cooperation
        if cooperation is not None and not cooperation.done:
            yield self.words("if.cooperation", **_begins(cooperation))
        for kind in MOVED:
            step = next((step for step in way.steps if step.kind is kind), None)
            if step is not None and not step.done:
                yield self.words(f"if.{kind.value}", latest=step.latest, planned=step.planned or step.latest)
        for step in way.steps:
            if (
                step.kind is StepKind.HANDLING
                and not (step.alongside or step.done)
                and step.about != f"handling:{way.handling}"
            ):
                latest = self.day(step.latest, step.proposed)
                yield self.words("if.handling", name=self.name(step.about), latest=latest)

    def _reasons(self, way: Backwards) -> Iterator[str]:
        stated = way.readiness
        if way.late:
            yield self.words("why.late", latest=stated.latest, planned=stated.planned, days=way.late)
        first = self.outlook.dates[f"phase:{way.phase}:first"]
        cooperation = way.cooperation
        if cooperation is not None and not cooperation.done and (facts := _begins(cooperation))["begins"] < first:
            yield self.words("why.cooperation", **facts, phase=self.name(f"phase:{way.phase}"), first=first)
        for step in way.missed:
            yield self.words("why.missed", step=self.step(step), latest=step.latest)

    def _help(self, way: Backwards) -> Iterator[str]:
        if way.late:
            yield self.words("help.earlier", closes=way.closes, due=way.due, days=way.late)
        yield self.words(f"help.shortest.{'yes' if self.outlook.shortest[way.meeting] else 'no'}")
        other = next((one for one in self.outlook.ways if one.reached), None)
        if other is not None:
            yield self.words("help.other", meeting=self.day(other.meeting, other.proposed))

    def step(self, step: Step, *others: Step) -> str:
        """What is done at a step, and at others alike."""
        named = [self.name(f"body:{one.body}" if step.kind in OF_BODIES else one.about) for one in (step, *others)]
        return self.words(f"step.{step.kind.value}", name=", ".join(named))

    def least(self, step: Step) -> str:
        """How much time it leaves."""
        if step.least is None:
            return ""
        return self.words("working_days" if step.kind in WORKING else "days", n=step.least)

    # --- the rest ---------------------------------------------------------------------------------------------------

    def worry(self, worry: Worry) -> Said:
        """What is odd, with what to do."""
        facts: dict[str, object] = {"day": worry.day, **worry.facts}
        first, last = worry.facts.get("first"), worry.facts.get("last")
        if isinstance(first, dt.date) and isinstance(last, dt.date):
            facts["span"] = date_span(min(first, last), max(first, last), self.outlook.language)
        facts["named"] = f" ({facts['why']})" if facts.get("why") else ""
        if worry.refused:
            facts["why"] = " ".join(dict.fromkeys(map(self.refused, worry.refused)))
        return Said(*self.words.worry(worry.kind.value, **facts))

    def worries(self, worries: Iterable[Worry]) -> Iterator[Alike]:
        """What is odd, each kind once, in the order in which the kinds come."""
        alike: dict[WorryKind, list[Said]] = {}
        for one in worries:
            alike.setdefault(one.kind, []).append(self.worry(one))
        yield from (Alike(first, tuple(others)) for first, *others in alike.values())

    def moment(self, moment: Moment, *others: Moment) -> str:
        """A moment of the time line, and others of its kind and day."""
        until = moment.until or moment.day
        name = ", ".join(one.body or one.name for one in (moment, *others))
        text = self.words(f"moment.{moment.kind.value}", name=name, until=until)
        return f"{text} *" if moment.proposed and moment.kind is MomentKind.MEETING else text

    def duty(self, line: DutyLine) -> str:
        """What somebody owes."""
        return self.words(f"duty.{line.kind.value}", about=line.about)

    def name(self, reference: str | None) -> str:
        """What a reference names."""
        return self.outlook.names.get(reference or "", reference or "")

    def day(self, day: dt.date, proposed: bool) -> str:
        """A date, with a star where no calendar knows it."""
        return f"{self.words.date(day)}{'*' if proposed else ''}"


def _begins(step: Step) -> dict[str, dt.date]:
    """When staff cooperation begins, for its proposal comes some days ahead."""
    begins = step.begins or step.latest
    return {"latest": step.latest, "begins": begins, "shortest": step.shortest or begins}
