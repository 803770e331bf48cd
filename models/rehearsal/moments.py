"""The dated time line of a rehearsal, from what happened in it and from the way to the meeting that decided."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from models import events as e
from models.days.backwards import Backwards, StepKind
from models.days.calendar import ONE_DAY, local_date
from models.definitions.definition import Definition
from models.events import Event, Recorded
from models.rehearsal.result import Moment, MomentKind
from models.rehearsal.town import Town
from models.telling.wording import Wording

PUBLISHED_DAYS = 10  # calendar days from a meeting until its minutes are on the web (Kuntalaki 140 §): usual, no law
KNOWN_DAYS = 7  # the decision is deemed to be known so many days after that (Kuntalaki 140 §)
APPEAL_DAYS = 30  # and may be appealed for so many more (Kuntalaki 143 §)

STEPS = {
    StepKind.MATERIAL: MomentKind.MATERIAL,
    StepKind.LIST: MomentKind.LIST,
    StepKind.CONVENING: MomentKind.CONVENING,
}
"""What bodies send before they meet."""


def moments(town: Town, way: Backwards | None, wording: Wording) -> tuple[Moment, ...]:
    """Everything on the time line, by day."""
    dates = town.state.dates
    title = wording.title
    first, last = dates["window:first"], dates["window:last"]
    found = [
        Moment(day=first, kind=MomentKind.WINDOW, name=title, until=last),
        Moment(day=last, kind=MomentKind.WINDOW_ENDS, name=title),
        *(moment for recorded in town.record for moment in _of(recorded, town, wording)),
        *_steps(way, wording),
    ]
    if town.state.decision is not None:
        decision = town.state.handlings[town.state.decision]
        found.append(Moment(day=_final(decision.date, town), kind=MomentKind.FINAL, name=title, proposed=True))
    return tuple(sorted(found, key=lambda moment: moment.day))


def under_way(wording: Wording) -> Iterator[Moment]:
    """The ends of what has begun in the wording's process: when stances are due, and the meetings agreed on."""
    for phase, round_ in wording.process.rounds.items():
        name = wording.name(f"checkpoint:{phase}")
        yield Moment(day=round_.due, kind=MomentKind.STANCES_DUE, name=name, phase=phase)
    for key, meeting in wording.process.meetings.items():
        if not (meeting.held or meeting.cancelled):
            name = wording.name(f"meeting:{key}")
            day = local_date(meeting.at)
            yield Moment(day=day, kind=MomentKind.MEETING, name=name, phase=meeting.phase, at=meeting.at)


def _steps(way: Backwards | None, wording: Wording) -> Iterator[Moment]:
    for step in way.steps if way else ():
        if step.kind in STEPS and step.about:
            body = wording.name(f"body:{step.body}")
            kind, name = STEPS[step.kind], wording.name(step.about)
            yield Moment(day=step.latest, kind=kind, name=name, body=body, proposed=True)


def _final(decided: dt.date, town: Town) -> dt.date:
    """The working day after the appeal time would end; the body's own notice of appeal is what counts."""
    days = PUBLISHED_DAYS + KNOWN_DAYS + APPEAL_DAYS
    last = town.calendar.next_working_day(decided + ONE_DAY * days)
    return town.calendar.next_working_day(last + ONE_DAY)


def _of(recorded: Recorded, town: Town, wording: Wording) -> Iterable[Moment]:
    tell = TELLS.get(type(recorded.event))
    return tell(local_date(recorded.at), recorded.event, town.definition, wording) if tell else ()


Tell = Callable[[dt.date, Any, Definition, Wording], Iterable[Moment]]


def _created(day: dt.date, event: e.ProcessCreated, _: Definition, w: Wording) -> Iterator[Moment]:
    yield Moment(day=day, kind=MomentKind.CREATED, name=w.title)


def _opened(day: dt.date, event: e.PhaseOpened, _: Definition, w: Wording) -> Iterator[Moment]:
    until = w.process.dates[f"checkpoint:{event.phase}"]
    name = w.name(f"phase:{event.phase}")
    yield Moment(day=day, kind=MomentKind.OPENED, name=name, phase=event.phase, until=until)


def _submitted(day: dt.date, event: e.OutputsSubmitted, _: Definition, w: Wording) -> Iterator[Moment]:
    name = w.name(f"checkpoint:{event.phase}")
    yield Moment(day=day, kind=MomentKind.SUBMITTED, name=name, phase=event.phase, until=event.due)
    yield Moment(day=event.due, kind=MomentKind.STANCES_DUE, name=name, phase=event.phase)


def _passed(day: dt.date, event: e.CheckpointPassed, _: Definition, w: Wording) -> Iterator[Moment]:
    yield Moment(day=day, kind=MomentKind.PASSED, name=w.name(f"checkpoint:{event.phase}"), phase=event.phase)


def _asked(day: dt.date, event: e.StatementAsked, _: Definition, w: Wording) -> Iterator[Moment]:
    name = w.name(f"statement:{event.statement}")
    body = w.name(f"body:{event.body}")
    yield Moment(day=day, kind=MomentKind.ASKED, name=name, phase=event.phase, body=body, until=event.due)


def _given(day: dt.date, event: e.StatementGiven, _: Definition, w: Wording) -> Iterator[Moment]:
    body = w.name(f"body:{w.process.statements[event.statement].body}")
    yield Moment(day=day, kind=MomentKind.GIVEN, name=w.name(f"statement:{event.statement}"), body=body)


def _hearing(day: dt.date, event: e.HearingOpened, _: Definition, w: Wording) -> Iterator[Moment]:
    name = w.name(f"hearing:{event.hearing}")
    yield Moment(day=event.first, kind=MomentKind.HEARING_OPENED, name=name, phase=event.phase, until=event.last)


def _closed(day: dt.date, event: e.HearingClosed, _: Definition, w: Wording) -> Iterator[Moment]:
    yield Moment(day=day, kind=MomentKind.HEARING_CLOSED, name=w.name(f"hearing:{event.hearing}"))


def _scheduled(day: dt.date, event: e.MeetingScheduled, definition: Definition, w: Wording) -> Iterator[Moment]:
    name = w.name(f"meeting:{event.meeting}", event.name)
    held = local_date(event.at)
    plan = next(plan for plan in definition.meetings if plan.id == event.meeting)
    until = w.process.dates.get(f"meeting:{event.meeting}:last")
    proposed = plan.on is None
    yield Moment(day=day, kind=MomentKind.INVITED, name=name, phase=event.phase, until=held, proposed=proposed)
    yield Moment(
        day=held, kind=MomentKind.MEETING, name=name, phase=event.phase, until=until, at=event.at, proposed=proposed
    )


def _cooperation(day: dt.date, event: e.CooperationRecorded, _: Definition, w: Wording) -> Iterator[Moment]:
    for happened, kind in (
        (event.needed is not None, MomentKind.JUDGED),
        (event.proposed is not None, MomentKind.PROPOSED),
        (event.ended is not None, MomentKind.ENDED),
    ):
        if happened:
            yield Moment(day=day, kind=kind, name=w.title)


def _handled(day: dt.date, event: e.HandlingRecorded, _: Definition, w: Wording) -> Iterator[Moment]:
    name = w.name(f"handling:{event.plan}" if event.plan else f"body:{event.body}")
    yield Moment(day=event.date, kind=MomentKind.HANDLED, name=name)


TELLS: dict[type[Event], Tell] = {
    e.ProcessCreated: _created,
    e.PhaseOpened: _opened,
    e.OutputsSubmitted: _submitted,
    e.CheckpointPassed: _passed,
    e.StatementAsked: _asked,
    e.StatementGiven: _given,
    e.HearingOpened: _hearing,
    e.HearingClosed: _closed,
    e.MeetingScheduled: _scheduled,
    e.CooperationRecorded: _cooperation,
    e.HandlingRecorded: _handled,
}
"""What each kind of event puts on the time line."""
