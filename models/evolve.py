"""How each event changes the state of a process. `evolve` never refuses and looks at nothing but its arguments: folding
the record from its first event gives the state again (`fold`).
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from models import events as e
from models.commands import AssignRole, ChangeLadder
from models.days.calendar import ONE_DAY, due_instant, local_date
from models.events import Recorded
from models.fold_rounds import ROUNDS
from models.process import (
    COORDINATOR,
    Cooperation,
    Handling,
    Hearing,
    Meeting,
    NotedVacancy,
    Opportunity,
    Phase,
    Predecessor,
    Process,
    Round,
    Statement,
)
from models.words import LegalState, PhaseStatus, ProcessStatus, Publicity

Fold = Callable[[Process, Any, Recorded], dict[str, Any]]
"""From the process, the event and its envelope to the fields that change."""

READS_ON = dt.timedelta(days=30)
"""For how long a coordinator who handed the part over may still read the process."""


def evolve(process: Process | None, recorded: Recorded) -> Process:
    """The process after the event."""
    event = recorded.event
    if isinstance(event, e.ProcessCreated):
        return _created(event, recorded)
    assert process is not None, "a record begins with its creation"
    fold = FOLDS.get(type(event))
    return process.model_copy(update=fold(process, event, recorded)) if fold else process


def fold(record: Iterable[Recorded]) -> Process | None:
    """The process that a whole record tells."""
    process: Process | None = None
    for recorded in record:
        process = evolve(process, recorded)
    return process


# --- the process as a whole ---------------------------------------------------------------------------------------


def _created(event: e.ProcessCreated, recorded: Recorded) -> Process:
    began = [event.start, local_date(recorded.at), *([event.setting_up.date] if event.setting_up else [])]
    return Process(
        id=event.process,
        municipality=event.municipality,
        definition=event.definition,
        began=min(began),
        rehearsal=event.setting_up is None,
        roles=event.roles,
        groups=event.groups,
        choices={key: settled.reading for key, settled in event.choices.items()},
        dates=event.dates,
        phases={
            key: Phase(status=PhaseStatus.READY if key in event.ready else PhaseStatus.PLANNED) for key in event.phases
        },
    )


def _held(process: Process, event: e.ProcessHeld, recorded: Recorded) -> dict[str, Any]:
    return {"status": ProcessStatus.HELD, "waits": recorded.at}


def _resumed(process: Process, event: e.ProcessResumed, recorded: Recorded) -> dict[str, Any]:
    return _goes_on(process, recorded)


def _goes_on(process: Process, recorded: Recorded) -> dict[str, Any]:
    """The process runs; who may still correct something has as many days left as when it came to wait."""
    rounds = {key: _with_days_left(round_, process.waits, recorded.at) for key, round_ in process.rounds.items()}
    return {"status": ProcessStatus.RUNNING, "waits": None, "rounds": rounds}


def _with_days_left(round_: Round, since: dt.datetime | None, now: dt.datetime) -> Round:
    if since is None or not any(window.until > since for window in round_.windows):
        return round_
    days = local_date(now) - local_date(since) - ONE_DAY  # `until` is the midnight that ends a day
    moved = (
        window.model_copy(update={"until": due_instant(local_date(window.until) + days)})
        if window.until > since
        else window
        for window in round_.windows
    )
    return round_.model_copy(update={"windows": tuple(moved)})


def _stopped(process: Process, event: e.ProcessStopped, recorded: Recorded) -> dict[str, Any]:
    return {"status": ProcessStatus.STOPPED, "waits": process.waits or recorded.at}


def _reopened(process: Process, event: e.ProcessReopened, recorded: Recorded) -> dict[str, Any]:
    return {**_goes_on(process, recorded), "rehearsal": False}


def _closed(process: Process, event: e.ProcessClosed, _: Recorded) -> dict[str, Any]:
    return {"status": ProcessStatus.CLOSED}


def _dates_moved(process: Process, event: e.DatesMoved, _: Recorded) -> dict[str, Any]:
    dates, conditions = dict(process.dates), dict(process.conditions)
    statements, hearings, rounds = dict(process.statements), dict(process.hearings), dict(process.rounds)
    for name, day in event.dates.items():
        kind, _sep, key = name.partition(":")
        if kind == "condition":
            conditions[key] = conditions[key].model_copy(update={"due": day})
        elif kind == "hearing" and key in hearings:
            hearings[key] = hearings[key].model_copy(update={"last": day})
        elif kind == "statement" and key in statements:
            statements[key] = statements[key].model_copy(update={"due": day})
        else:
            dates[name] = day
        if kind == "checkpoint" and key in rounds:  # an open round may have been given more time than was planned
            rounds[key] = rounds[key].model_copy(update={"due": max(day, rounds[key].due)})
    return {"dates": dates, "conditions": conditions, "statements": statements, "hearings": hearings, "rounds": rounds}


def _coordinator_changed(process: Process, event: e.CoordinatorChanged, recorded: Recorded) -> dict[str, Any]:
    by = recorded.by.for_whom or recorded.by.person
    until = local_date(recorded.at) + READS_ON
    predecessor = Predecessor(person=by, until=until) if by == event.before else None
    return {"roles": {**process.roles, COORDINATOR: event.to}, "predecessor": predecessor}


def _amended(process: Process, event: e.ProcessAmended, _: Recorded) -> dict[str, Any]:
    if isinstance(event.change, AssignRole):
        return {"roles": {**process.roles, event.change.role: event.change.person}}
    if isinstance(event.change, ChangeLadder):
        return {"ladders": {**process.ladders, event.change.ladder.duty: event.change.ladder}}
    changed: dict[str, Any] = {"groups": {**process.groups, **event.groups}}
    if event.phase and event.checkpoint:
        changed["amended"] = {**process.amended, event.phase: event.checkpoint}
    return changed


# --- meetings and participation -----------------------------------------------------------------------------------


def _meeting_scheduled(process: Process, event: e.MeetingScheduled, _: Recorded) -> dict[str, Any]:
    before = process.meetings.get(event.meeting)
    meeting = Meeting(phase=event.phase, group=event.group, at=event.at, sequence=before.sequence + 1 if before else 0)
    return {"meetings": {**process.meetings, event.meeting: meeting}}


def _meeting_cancelled(process: Process, event: e.MeetingCancelled, _: Recorded) -> dict[str, Any]:
    before = process.meetings[event.meeting]
    meeting = before.model_copy(update={"cancelled": True, "sequence": before.sequence + 1})
    return {"meetings": {**process.meetings, event.meeting: meeting}}


def _opportunity_given(process: Process, event: e.OpportunityGiven, _: Recorded) -> dict[str, Any]:
    given = Opportunity(on=event.on, heard=event.heard, effect=event.effect)
    return {"opportunities": {**process.opportunities, f"{event.phase}/{event.affected}": given}}


def _statement_asked(process: Process, event: e.StatementAsked, recorded: Recorded) -> dict[str, Any]:
    asked = recorded.occurred_on or local_date(recorded.at)
    statement = Statement(body=event.body, phase=event.phase, asked=asked, due=event.due)
    return {"statements": {**process.statements, event.statement: statement}}


def _statement_given(process: Process, event: e.StatementGiven, _: Recorded) -> dict[str, Any]:
    return _statement(process, event.statement, given=event.given)


def _statement_answered(process: Process, event: e.StatementAnswered, _: Recorded) -> dict[str, Any]:
    return _statement(process, event.statement, answer=event.text)


def _statement(process: Process, key: str, **changed: Any) -> dict[str, Any]:
    return {"statements": {**process.statements, key: process.statements[key].model_copy(update=changed)}}


def _hearing_opened(process: Process, event: e.HearingOpened, _: Recorded) -> dict[str, Any]:
    hearing = Hearing(phase=event.phase, first=event.first, last=event.last)
    return {"hearings": {**process.hearings, event.hearing: hearing}}


def _hearing_closed(process: Process, event: e.HearingClosed, recorded: Recorded) -> dict[str, Any]:
    closed = process.hearings[event.hearing].model_copy(
        update={"closed": recorded.occurred_on or local_date(recorded.at), "contributions": event.contributions}
    )
    return {"hearings": {**process.hearings, event.hearing: closed}}


# --- the chain of handlings ---------------------------------------------------------------------------------------


def _handling_recorded(process: Process, event: e.HandlingRecorded, _: Recorded) -> dict[str, Any]:
    handling = Handling(
        plan=event.plan,
        body=event.body,
        body_kind=event.body_kind,
        kind=event.kind,
        outcome=event.outcome,
        date=event.date,
        section=event.section,
        defects=event.defects,
        decided=event.decided,
        legal=LegalState.PENDING if event.decides else None,
    )
    changed: dict[str, Any] = {
        "handlings": {**process.handlings, event.handling: handling},
        "counters": {**process.counters, "h": process.counters.get("h", 0) + 1},
    }
    return changed | ({"decision": event.handling} if event.decides else {})


def _handling(process: Process, key: str, **changed: Any) -> dict[str, Any]:
    return {"handlings": {**process.handlings, key: process.handlings[key].model_copy(update=changed)}}


def _decided_text(process: Process, event: e.DecidedTextRecorded, _: Recorded) -> dict[str, Any]:
    before = process.handlings[event.handling]
    defects = tuple(defect for defect in before.defects if defect != "decided-text-missing")
    return _handling(process, event.handling, decided={**before.decided, **event.decided}, defects=defects)


def _minutes(process: Process, event: e.MinutesRecorded, _: Recorded) -> dict[str, Any]:
    before = process.handlings[event.handling]
    return _handling(
        process,
        event.handling,
        inspected=event.inspected or before.inspected,
        published=event.published or before.published,
    )


def _legal_state(process: Process, event: e.LegalStateRecorded, _: Recorded) -> dict[str, Any]:
    since = None if event.legal is LegalState.PENDING else event.on
    return _handling(process, event.handling, legal=event.legal, legal_on=since)


def _vacancies_noted(process: Process, event: e.VacanciesNoted, recorded: Recorded) -> dict[str, Any]:
    day, before = local_date(recorded.at), process.vacant
    now = {
        one.slot: before[one.slot] if one.slot not in event.new else NotedVacancy(part=one, since=day)
        for one in event.vacant
    }
    return {"vacant": now}


def _made_public(process: Process, event: e.OutputsMadePublic, _: Recorded) -> dict[str, Any]:
    phase = process.phases[event.phase]
    public = {key: phase.versions[key].model_copy(update={"publicity": Publicity.PUBLIC}) for key in event.versions}
    changed = phase.model_copy(update={"versions": {**phase.versions, **public}})
    return {"phases": {**process.phases, event.phase: changed}}


def _cooperation(process: Process, event: e.CooperationRecorded, recorded: Recorded) -> dict[str, Any]:
    now = process.cooperation
    judged = event.needed is not None
    return {
        "cooperation": Cooperation(
            needed=event.needed if judged else now.needed,
            judged_by=event.judged_by if judged else now.judged_by,
            judged_on=local_date(recorded.at) if judged else now.judged_on,
            proposed=event.proposed or now.proposed,
            meetings=(*now.meetings, event.meeting) if event.meeting else now.meetings,
            ended=event.ended or now.ended,
        )
    }


def _entry_corrected(process: Process, event: e.EntryCorrected, _: Recorded) -> dict[str, Any]:
    if event.item == "cooperation":
        return {"cooperation": _mended(process.cooperation, {event.field: event.to})}
    if event.item in process.handlings:
        return _handling_corrected(process, event)
    where = "statements" if event.item in process.statements else "hearings"
    entries = getattr(process, where)
    return {where: {**entries, event.item: _mended(entries[event.item], {event.field: event.to})}}


def _handling_corrected(process: Process, event: e.EntryCorrected) -> dict[str, Any]:
    before, decision = process.handlings[event.item], process.decision
    field: dict[str, Any] = {event.field: event.to}
    if event.body_kind is not None:
        field["body_kind"] = event.body_kind
    if event.defects is not None:
        field["defects"] = event.defects
    if event.decides is True:
        decision, field["legal"] = event.item, before.legal or LegalState.PENDING
    elif event.decides is False and decision == event.item:
        decision, field["legal"] = None, None
        field["legal_on"] = None
    return {"handlings": {**process.handlings, event.item: _mended(before, field)}, "decision": decision}


def _mended(entry: Any, field: dict[str, Any]) -> Any:
    return type(entry).model_validate({**entry.model_dump(), **field})


FOLDS: dict[type[e.Event], Fold] = {
    **ROUNDS,
    e.ProcessHeld: _held,
    e.ProcessResumed: _resumed,
    e.ProcessStopped: _stopped,
    e.ProcessReopened: _reopened,
    e.ProcessClosed: _closed,
    e.DatesMoved: _dates_moved,
    e.CoordinatorChanged: _coordinator_changed,
    e.ProcessAmended: _amended,
    e.MeetingScheduled: _meeting_scheduled,
    e.MeetingCancelled: _meeting_cancelled,
    e.OpportunityGiven: _opportunity_given,
    e.StatementAsked: _statement_asked,
    e.StatementGiven: _statement_given,
    e.StatementAnswered: _statement_answered,
    e.HearingOpened: _hearing_opened,
    e.HearingClosed: _hearing_closed,
    e.HandlingRecorded: _handling_recorded,
    e.DecidedTextRecorded: _decided_text,
    e.MinutesRecorded: _minutes,
    e.LegalStateRecorded: _legal_state,
    e.OutputsMadePublic: _made_public,
    e.VacanciesNoted: _vacancies_noted,
    e.CooperationRecorded: _cooperation,
    e.EntryCorrected: _entry_corrected,
}

UNCHANGING: tuple[type[e.Event], ...] = (
    e.RemindersFellDue,
    e.RenditionRecorded,
    e.Redacted,
    e.DataDestroyed,
    e.CalendarFollowed,
)
"""Events that leave the working set as it is. A test holds that every event is in one of the two lists."""
