"""Who is told of each kind of event, and what. Pure.

Of a stance nothing is told but its group; of an absence nothing at all.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from models import events as e
from models.days.formats import last_day
from models.duties.around import finds, lacks, vacant_part
from models.duties.duty import standing_checkpoint
from models.duties.phases import submission
from models.duties.recipients import reach, reach_seat
from models.events import Event
from models.telling.said import Company, Said, Scene, Told, to
from models.words import CheckpointKind, HandlingKind, StanceKind


def _said(scene: Scene, **more: Any) -> Said:
    return Said(kind=type(scene.event).__name__, **more)


PAUSE = "pause"
"""The thread of holding and resuming."""


# --- phases and rounds --------------------------------------------------------------------------------------------


def _opened(s: Scene) -> Told:
    phase = s.event.phase
    outputs = len(s.world.phase(phase).outputs)
    days = standing_checkpoint(s.process, s.world.definition, phase).stance_days
    due = submission(s.process.dates, phase, days, s.world.calendar)
    said = _said(s, phase=phase, due=due, facts={"outputs": outputs})
    yield from to(s, [*s.owners(phase), s.preparer(phase)], said)


def _submitted(s: Scene) -> Told:
    event: e.OutputsSubmitted = s.event
    said = _said(s, phase=event.phase, about=f"checkpoint:{event.phase}", due=event.due)
    for key, seat in event.seats.items():
        facts: dict[str, str | int] = {"group": f"group:{seat.group}", "outputs": len(event.versions)}
        reached = reach_seat(key, seat.person, seat.deputies, s.world.directory, s.world.today)
        mine = {"facts": facts, "thread": f"round:{event.phase}:{seat.group}"}
        yield seat.person, reached, f"{s.item}:{seat.group}", said.model_copy(update=mine)


def _revised(s: Scene) -> Told:
    event: e.OutputRevised = s.event
    round_ = s.process.rounds.get(event.phase)
    if round_ is None:
        return
    due = last_day(event.window) if event.technical and event.window else round_.due
    facts: dict[str, str | int] = {"technical": int(event.technical)}
    about = f"output:{event.output}"
    said = _said(s, phase=event.phase, about=about, due=due, facts=facts, thread=f"{about}:{int(event.technical)}")
    for key in event.concerned:
        seat = round_.seats[key]
        reached = reach_seat(key, seat.person, seat.deputies, s.world.directory, s.world.today)
        yield seat.person, reached, s.item, said


def _returned(s: Scene) -> Told:
    event: e.WorkReturned = s.event
    said = _said(s, phase=event.phase, facts={"to": f"phase:{event.to}", "suspended": len(event.suspended)})
    working = [*s.owners(event.to), s.preparer(event.to), s.preparer(event.phase), s.coordinator]
    yield from to(s, [*working, *s.signers(event.phase)], said)


def _passed(s: Scene) -> Told:
    event: e.CheckpointPassed = s.event
    checkpoint = standing_checkpoint(s.process, s.world.definition, event.phase)
    facts: dict[str, str | int] = {
        "outcome": event.outcome.value,
        "next": ",".join(f"phase:{phase}" for phase in event.ready),
        "readiness": int(checkpoint.kind is CheckpointKind.READINESS),
        "package": event.package,
        "dissents": len(s.process.dissents),
    }
    said = _said(s, phase=event.phase, about=f"checkpoint:{event.phase}", facts=facts)
    coming = [person for phase in event.ready for person in (*s.owners(phase), s.preparer(phase))]
    yield from to(s, [s.coordinator, *s.owners(event.phase), *s.signers(event.phase), *coming], said)


# --- stances, objections, conditions, dissents --------------------------------------------------------------------


def _objected(s: Scene) -> Told:
    event: e.StanceTaken = s.event
    facts: dict[str, str | int] = {
        "group": f"group:{event.group}",
        "offer": int(event.kind is StanceKind.ACCEPT_WITH_CONDITIONS),
    }
    thread = f"objection:{event.objection}"
    said = _said(s, phase=event.phase, about=f"checkpoint:{event.phase}", facts=facts, thread=thread)
    yield from to(s, [s.preparer(event.phase), s.coordinator], said)


def _makers(s: Scene, objection: str | None) -> list[str]:
    there = s.process.objections.get(objection or "")
    return [maker.person for maker in there.makers.values()] if there else []


def _answered(s: Scene) -> Told:
    event: e.ObjectionAnswered = s.event
    said = _said(s, phase=event.phase, facts={"result": event.result.value})
    yield from to(s, _makers(s, event.objection), said)


def _withdrawn(s: Scene) -> Told:
    event: e.ObjectionWithdrawn = s.event
    there = s.process.objections.get(event.objection)
    if there is not None:
        facts = {"group": f"group:{there.group}"}
        said = _said(s, phase=event.phase, facts=facts, thread=f"objection:{event.objection}")
        yield from to(s, [s.preparer(event.phase), s.coordinator], said)


def _adopted(s: Scene) -> Told:
    event: e.ConditionAdopted = s.event
    yield from to(s, [event.owner], _said(s, phase=event.phase, due=event.due, facts={"yours": 1}))
    makers = [maker for maker in _makers(s, event.objection) if maker != event.owner]
    yield from to(s, makers, _said(s, phase=event.phase, due=event.due, facts={"yours": 0}))


def _dissented(s: Scene) -> Told:
    event: e.DissentRecorded = s.event
    facts: dict[str, str | int] = {
        "group": f"group:{event.group}",
        "signers": len(event.signers),
        "late": int(event.late),
    }
    leading = [s.preparer(event.phase), s.coordinator]
    yield from to(s, [*leading, *s.members([event.group])], _said(s, phase=event.phase, facts=facts))


# --- meetings -----------------------------------------------------------------------------------------------------


def invited(company: Company, phase: str | None, group: str | None) -> Iterable[str]:
    """Those who are invited to a meeting: the group; or all who accept in the phase, bring its outputs or state its
    outcome; or all with a part in the process."""
    if group:
        return company.members([group])
    if phase is None:
        return company.everybody()
    return [*company.signers(phase), *company.owners(phase), company.preparer(phase), company.coordinator]


def _scheduled(s: Scene) -> Told:
    event: e.MeetingScheduled = s.event
    about, again = f"meeting:{event.meeting}", int(s.process.meetings[event.meeting].sequence > 0)
    facts: dict[str, str | int] = {"at": event.at.isoformat(), "place": event.place or "", "again": again}
    said = _said(s, about=about, called=event.name, facts=facts, thread=about)
    yield from to(s, invited(s.company, event.phase, event.group), said)


def _cancelled(s: Scene) -> Told:
    meeting = s.process.meetings[s.event.meeting]
    about = f"meeting:{s.event.meeting}"
    said = _said(s, about=about, facts={"at": meeting.at.isoformat()}, thread=about)
    yield from to(s, invited(s.company, meeting.phase, meeting.group), said)


def _memo(s: Scene) -> Told:
    event: e.MeetingRecorded = s.event
    due = last_day(event.window) if event.window else event.held_on
    about, held = f"meeting:{event.meeting}", event.held_on.isoformat()
    theirs = {person for seat, person in event.present.items() if seat in event.concerned}
    for yours in (1, 0):
        facts: dict[str, str | int] = {"held_on": held, "yours": yours}
        people = [person for person in event.present.values() if (person in theirs) is bool(yours)]
        yield from to(s, people, _said(s, about=about, due=due, facts=facts))


# --- the process as a whole ---------------------------------------------------------------------------------------


def _moved(s: Scene) -> Told:
    """The earliest of the dates that moved stands for them."""
    event: e.DatesMoved = s.event
    first = min(event.dates, key=lambda key: (event.before.get(key, dt.date.max), key))
    facts: dict[str, str | int] = {
        "before": event.before.get(first, event.dates[first]).isoformat(),
        "others": len(event.dates) - 1,
    }
    about = f"date:{first}"
    yield from to(s, s.everybody(), _said(s, about=about, due=event.dates[first], facts=facts, thread=about))


def _handed_over(s: Scene) -> Told:
    """Whose the part is now (1), whose it is no more (-1), and everybody else (0)."""
    now, before = s.event.to, s.event.before
    yield from to(s, [now], _said(s, facts={"yours": 1}))
    yield from to(s, [before], _said(s, facts={"yours": -1}))
    others = [person for person in s.everybody() if person not in (now, before)]
    yield from to(s, others, _said(s, facts={"yours": 0}))


def _amended(s: Scene) -> Told:
    yield from to(s, s.everybody(), _said(s, facts={"change": s.event.change.change}))


def _simply(s: Scene) -> Told:
    yield from to(s, s.everybody(), _said(s))


def _paused(s: Scene) -> Told:
    yield from to(s, s.everybody(), _said(s, thread=PAUSE))


def _handled(s: Scene) -> Told:
    """A proposal or a decision is told to everybody; what a body has noted or stated, to those who prepare."""
    event: e.HandlingRecorded = s.event
    facts: dict[str, str | int] = {
        "body": f"body:{event.body}",
        "handling": event.kind.value,
        "outcome": event.outcome.value,
        "on": event.date.isoformat(),
        "section": event.section or "",
        "decides": int(event.decides),
    }
    prepares = event.kind in (HandlingKind.PROPOSAL, HandlingKind.DECISION)
    last = next(reversed(s.process.phases))
    yield from to(s, s.everybody() if prepares else [s.coordinator, s.preparer(last)], _said(s, facts=facts))


def _left(s: Scene) -> Told:
    """A seat that ended while the round was open: its group is told with how many seats it has now, nobody's name."""
    event: e.SeatLeft = s.event
    round_ = s.process.rounds.get(event.phase)
    if round_ is None:
        return
    group = round_.seats[event.seat].group
    seats = sum(not seat.left for seat in round_.seats.values() if seat.group == group)
    facts: dict[str, str | int] = {"group": f"group:{group}", "seats": seats}
    thread = f"left:{event.phase}:{event.round}:{group}"
    said = _said(s, phase=event.phase, about=f"checkpoint:{event.phase}", facts=facts, thread=thread)
    yield from to(s, [s.coordinator], said)


def _vacant(s: Scene) -> Told:
    """Who is missing is told to the coordinator; that the coordinator is, to who states the next outcome."""
    event: e.VacanciesNoted = s.event
    for one in event.vacant:
        if one.slot in event.new:
            about, missing = vacant_part(one.slot, one.person is None), lacks(one.slot, one.missing)
            said = _said(s, about=about, facts={"missing": missing}, thread=f"vacancy:{one.slot}")
            whom = finds(s.process, s.world.definition, one.slot)
            yield whom, reach(whom, s.world.directory, s.world.today), f"{s.item}:{one.slot}", said


EVENTS_TOLD: dict[type[Event], Callable[[Scene], Told]] = {
    e.PhaseOpened: _opened,
    e.OutputsSubmitted: _submitted,
    e.OutputRevised: _revised,
    e.WorkReturned: _returned,
    e.CheckpointPassed: _passed,
    e.StanceTaken: _objected,
    e.ObjectionAnswered: _answered,
    e.ObjectionWithdrawn: _withdrawn,
    e.ConditionAdopted: _adopted,
    e.DissentRecorded: _dissented,
    e.MeetingScheduled: _scheduled,
    e.MeetingCancelled: _cancelled,
    e.MeetingRecorded: _memo,
    e.DatesMoved: _moved,
    e.CoordinatorChanged: _handed_over,
    e.ProcessAmended: _amended,
    e.ProcessHeld: _paused,
    e.ProcessResumed: _paused,
    e.ProcessStopped: _simply,
    e.HandlingRecorded: _handled,
    e.SeatLeft: _left,
    e.VacanciesNoted: _vacant,
}
"""How each kind of event is told. Reminders are in `telling.py`."""
