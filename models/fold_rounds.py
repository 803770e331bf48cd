"""How the events of phases, rounds, stances and what becomes of them change the state (part of `evolve.py`)."""

from collections.abc import Callable
from typing import Any

from models import events as e
from models.days.calendar import local_date
from models.events import Recorded
from models.process import (
    Assessment,
    Condition,
    Dissent,
    Earlier,
    Meeting,
    Objection,
    Phase,
    Process,
    Remark,
    Round,
    Signature,
    Stance,
    Window,
)
from models.rounds import current, is_disqualified
from models.words import ObjectionStatus, PhaseStatus, StanceKind, StanceWay

Changes = dict[str, Any]


def _phase(process: Process, key: str, **changed: Any) -> dict[str, Phase]:
    return {**process.phases, key: process.phases[key].model_copy(update=changed)}


def _round(process: Process, key: str, **changed: Any) -> dict[str, Round]:
    return {**process.rounds, key: process.rounds[key].model_copy(update=changed)}


def _without(items: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: item for key, item in items.items() if key not in keys}


def _counted(process: Process, letter: str) -> dict[str, int]:
    return {**process.counters, letter: process.counters.get(letter, 0) + 1}


# --- phases and rounds --------------------------------------------------------------------------------------------


def _opened(process: Process, event: e.PhaseOpened, _: Recorded) -> Changes:
    return {"phases": _phase(process, event.phase, status=PhaseStatus.OPEN, received=event.received)}


def _opening_retracted(process: Process, event: e.OpeningRetracted, _: Recorded) -> Changes:
    return {"phases": _phase(process, event.phase, status=PhaseStatus.READY, received={})}


def _submitted(process: Process, event: e.OutputsSubmitted, recorded: Recorded) -> Changes:
    round_ = Round(
        no=event.round,
        opened_at=recorded.at,
        due=event.due,
        submitted_by=(recorded.by.person,),
        manifest=event.manifest,
        versions=event.versions,
        groups=event.groups,
        seats=event.seats,
    )
    own = {key: version for key, version in event.versions.items() if version.phase == event.phase}
    phases = _phase(process, event.phase, status=PhaseStatus.AT_CHECKPOINT, rounds=event.round, versions=own)
    return {"phases": phases, "rounds": {**process.rounds, event.phase: round_}}


def _revised(process: Process, event: e.OutputRevised, recorded: Recorded) -> Changes:
    round_ = process.rounds[event.phase]
    submitted_by = tuple(dict.fromkeys((*round_.submitted_by, recorded.by.person)))
    changed: Changes = {
        "versions": {**round_.versions, event.output: event.version},
        "manifest": event.manifest,
        "submitted_by": submitted_by,
    }
    if not event.technical:
        changed["edition"] = round_.edition + 1
    elif event.window is not None:
        window = Window(about=event.output, until=event.window, concerned=event.concerned)
        changed["windows"] = (*round_.windows, window)
    versions = {**process.phases[event.phase].versions, event.output: event.version}
    return {
        "rounds": _round(process, event.phase, **changed),
        "phases": _phase(process, event.phase, versions=versions),
    }


def _submission_retracted(process: Process, event: e.SubmissionRetracted, _: Recorded) -> Changes:
    return {
        "rounds": _without(process.rounds, event.phase),
        "phases": _phase(process, event.phase, status=PhaseStatus.OPEN),
    }


def _passed(process: Process, event: e.CheckpointPassed, recorded: Recorded) -> Changes:
    now = {"status": PhaseStatus.PASSED, "passed": local_date(recorded.at), "package": event.package}
    phases = _phase(process, event.phase, **now, former=None, earlier=None, ended=process.rounds[event.phase])
    for key in event.ready:
        phases[key] = phases[key].model_copy(update={"status": PhaseStatus.READY})
    left = {key: o for key, o in process.objections.items() if o.phase != event.phase}
    return {
        "phases": phases,
        "rounds": _without(process.rounds, event.phase),
        "objections": left if len(left) < len(process.objections) else process.objections,
        "remarks": (),
        "last_package": event.package,
    }


def _returned(process: Process, event: e.WorkReturned, _: Recorded) -> Changes:
    ended = [key for key in (event.phase, *event.superseded) if key in process.rounds]
    phases = dict(process.phases)
    for key in ended:
        phases[key] = phases[key].model_copy(update={"earlier": _earlier(process.rounds[key])})
    for key in event.suspended:
        phases[key] = phases[key].model_copy(update={"status": PhaseStatus.SUSPENDED})
    for key in event.set_aside:
        phases[key] = _set_aside(phases[key])
    if event.phase in ended and event.phase not in event.suspended:
        phases[event.phase] = phases[event.phase].model_copy(update={"status": PhaseStatus.OPEN})
    phases[event.to] = phases[event.to].model_copy(update={"status": PhaseStatus.OPEN})
    objections = {
        key: o.model_copy(update={"status": ObjectionStatus.RETURNED})
        if o.phase in ended and o.status is ObjectionStatus.OPEN
        else o
        for key, o in process.objections.items()
    }
    changed: Changes = {"phases": phases, "rounds": _without(process.rounds, *ended), "objections": objections}
    return changed | (_sent_back(process) if event.handling else {})


def _sent_back(process: Process) -> Changes:
    """The bodies begin anew: nothing they did before counts any more, and nothing is decided."""
    before = {key: one.model_copy(update={"set_aside": True}) for key, one in process.handlings.items()}
    return {"handlings": before, "decision": None}


def _set_aside(phase: Phase) -> Phase:
    """The phase without its package: what was said in the round in which it passed is known in the next one."""
    said = {"earlier": _earlier(phase.ended), "ended": None} if phase.ended else {}
    return phase.model_copy(update={"former": phase.package, "package": None, **said})


def _earlier(round_: Round) -> Earlier:
    return Earlier(
        opened=local_date(round_.opened_at),
        versions={key: version.sha256 for key, version in round_.versions.items()},
        stances={seat: stance.kind for seat in round_.seats if (stance := current(round_, seat))},
    )


# --- stances ------------------------------------------------------------------------------------------------------


def _stance_taken(process: Process, event: e.StanceTaken, _: Recorded) -> Changes:
    round_ = process.rounds[event.phase]
    objections = _told(_left(process.objections, event.withdrawn, event.seat), event.phase, event.seat)
    changed: Changes = _settled(round_, event.seat) if event.way is not StanceWay.MEETING else {}
    if event.kind is StanceKind.DISQUALIFIED:
        objections = _lapsed(objections, process.objections, event)
        changed |= _out(round_, event)
    else:
        stance = Stance(
            kind=event.kind, by=event.person, edition=event.edition, way=event.way, objection=event.objection
        )
        changed["stances"] = {**round_.stances, event.seat: stance}
    result: Changes = {"rounds": _round(process, event.phase, **changed)}
    if event.objection:
        result["objections"] = _raised(objections, event)
        if event.objection not in process.objections:
            result["counters"] = _counted(process, "o")
    elif objections is not process.objections:
        result["objections"] = objections
    return result


def _out(round_: Round, event: e.StanceTaken) -> Changes:
    """The holder is out of one output more, or of the whole matter. A deputy's stance stands; the holder's own goes
    where nothing is left for it to be about, or where its objection lapses."""
    outputs = tuple(dict.fromkeys((*round_.disqualified.get(event.seat, ()), *event.outputs))) if event.outputs else ()
    disqualified = {**round_.disqualified, event.seat: outputs}
    said = round_.stances.get(event.seat)
    nothing_left = is_disqualified(round_.model_copy(update={"disqualified": disqualified}), event.seat)
    if said is None or said.by != event.person or not (nothing_left or event.withdrawn):
        return {"disqualified": disqualified}
    return {"disqualified": disqualified, "stances": _without(round_.stances, event.seat)}


def _raised(objections: dict[str, Objection], event: e.StanceTaken) -> dict[str, Objection]:
    """The seat raises an objection, or joins one that is there."""
    key, signature = event.objection or "", Signature(group=event.group, person=event.person)
    there = objections.get(key)
    if there is not None:
        joined = {**there.makers, event.seat: signature}
        status = ObjectionStatus.OPEN
        return {**objections, key: there.model_copy(update={"makers": joined, "status": status})}
    raised = Objection(
        phase=event.phase,
        round=event.round,
        group=event.group,
        text=event.reason or "",
        offer=event.kind is StanceKind.ACCEPT_WITH_CONDITIONS,
        makers={event.seat: signature},
    )
    return {**objections, key: raised}


def _left(objections: dict[str, Objection], keys: tuple[str, ...], seat: str) -> dict[str, Objection]:
    """The seat is no longer a maker of these; one without makers is withdrawn, its last maker kept."""
    if not keys:
        return objections
    changed = dict(objections)
    for key in keys:
        makers = _without(objections[key].makers, seat)
        update: Changes = {"makers": makers} if makers else {"status": ObjectionStatus.WITHDRAWN}
        changed[key] = objections[key].model_copy(update=update)
    return changed


def _lapsed(after: dict[str, Objection], before: dict[str, Objection], event: e.StanceTaken) -> dict[str, Objection]:
    """What a disqualified holder alone had raised lapses rather than being withdrawn."""
    alone = [key for key in event.withdrawn if set(before[key].makers) == {event.seat}]
    lapsed = {key: after[key].model_copy(update={"status": ObjectionStatus.LAPSED}) for key in alone}
    return {**after, **lapsed} if lapsed else after


def _stance_confirmed(process: Process, event: e.StanceConfirmed, recorded: Recorded) -> Changes:
    round_ = process.rounds[event.phase]
    confirmed = {"edition": event.edition, "way": StanceWay.CONFIRMED, "by": recorded.by.person}
    stance = round_.stances[event.seat].model_copy(update=confirmed)
    stances = {**round_.stances, event.seat: stance}
    after: Changes = {"rounds": _round(process, event.phase, stances=stances, **_settled(round_, event.seat))}
    objections = _told(process.objections, event.phase, event.seat)
    return {**after, "objections": objections} if objections is not process.objections else after


def _told(objections: dict[str, Objection], phase: str, seat: str) -> dict[str, Objection]:
    """The seat has said something in the phase's round since its objections there were answered: nobody asks any more
    whether that suffices."""
    asked = {key: one for key, one in objections.items() if one.phase == phase and seat in one.asked}
    if not asked:
        return objections
    told = {key: {"asked": tuple(other for other in one.asked if other != seat)} for key, one in asked.items()}
    return {**objections, **{key: asked[key].model_copy(update=update) for key, update in told.items()}}


def _settled(round_: Round, seat: str) -> Changes:
    """A seat's own act leaves nothing recorded of it to be awaited."""
    if not round_.windows:
        return {}
    return {"windows": tuple(_confirmed(window, seat) for window in round_.windows)}


def _confirmed(window: Window, seat: str) -> Window:
    if seat not in window.concerned or seat in window.confirmed:
        return window
    return window.model_copy(update={"confirmed": (*window.confirmed, seat)})


def _stance_retracted(process: Process, event: e.StanceRetracted, _: Recorded) -> Changes:
    round_ = process.rounds[event.phase]
    if event.disqualification:
        changed: Changes = {"disqualified": _without(round_.disqualified, event.seat)}
    else:
        changed = {"stances": _without(round_.stances, event.seat)}
    return {
        "rounds": _round(process, event.phase, **changed, **_settled(round_, event.seat)),
        "objections": _left(process.objections, event.withdrawn, event.seat),
    }


def _seat_left(process: Process, event: e.SeatLeft, _: Recorded) -> Changes:
    round_ = process.rounds[event.phase]
    seat = round_.seats[event.seat].model_copy(update={"left": True})
    return {"rounds": _round(process, event.phase, seats={**round_.seats, event.seat: seat})}


# --- objections, conditions, dissents -----------------------------------------------------------------------------


def _objection(process: Process, key: str, **changed: Any) -> dict[str, Objection]:
    return {**process.objections, key: process.objections[key].model_copy(update=changed)}


def _objection_withdrawn(process: Process, event: e.ObjectionWithdrawn, recorded: Recorded) -> Changes:
    round_ = process.rounds[event.phase]
    objections = _left(process.objections, (event.objection,), event.seat)
    said = round_.stances.get(event.seat)
    if said is None or said.objection != event.objection:  # somebody else has spoken in the seat since
        return {"objections": objections}
    stance = Stance(kind=event.then, by=recorded.by.person, edition=event.edition)
    stances = {**round_.stances, event.seat: stance}
    return {
        "objections": objections,
        "rounds": _round(process, event.phase, stances=stances, **_settled(round_, event.seat)),
    }


def _objection_answered(process: Process, event: e.ObjectionAnswered, recorded: Recorded) -> Changes:
    round_ = process.rounds.get(event.phase)
    said = round_.stances if round_ else {}
    makers = process.objections[event.objection].makers
    asked = tuple(seat for seat in makers if seat in said and said[seat].objection == event.objection)
    told = {"answer": event.text, "result": event.result, "answered": local_date(recorded.at), "asked": asked}
    return {"objections": _objection(process, event.objection, **told)}


def _condition_adopted(process: Process, event: e.ConditionAdopted, _: Recorded) -> Changes:
    condition = Condition(
        phase=event.phase,
        objection=event.objection,
        text=event.text,
        owner=event.owner,
        due=event.due,
        checkpoint=event.checkpoint,
    )
    return {
        "conditions": {**process.conditions, event.condition: condition},
        "objections": _objection(process, event.objection, status=ObjectionStatus.CARRIED),
        "counters": _counted(process, "c"),
    }


def _condition_fulfilled(process: Process, event: e.ConditionFulfilled, _: Recorded) -> Changes:
    return {"conditions": _without(process.conditions, event.condition)}


def _dissent_recorded(process: Process, event: e.DissentRecorded, _: Recorded) -> Changes:
    dissent = Dissent(
        phase=event.phase,
        round=event.round,
        group=event.group,
        text=event.text,
        reason=event.reason,
        late=event.late,
        signers=event.signers,
    )
    changed: Changes = {
        "dissents": {**process.dissents, event.dissent: dissent},
        "counters": _counted(process, "d"),
    }
    if event.objection:
        changed["objections"] = _objection(process, event.objection, status=ObjectionStatus.DISSENT)
    return changed


def _signed(process: Process, event: e.Signed, _: Recorded) -> Changes:
    if event.item in process.dissents:
        dissent = process.dissents[event.item]
        signed = dissent.model_copy(update={"signers": {**dissent.signers, event.seat: event.signature}})
        return {"dissents": {**process.dissents, event.item: signed}}
    makers = {**process.objections[event.item].makers, event.seat: event.signature}
    return {"objections": _objection(process, event.item, makers=makers)}


def _signature_withdrawn(process: Process, event: e.SignatureWithdrawn, _: Recorded) -> Changes:
    if event.ended:
        return {"dissents": _without(process.dissents, event.dissent)}
    dissent = process.dissents[event.dissent]
    left = dissent.model_copy(update={"signers": _without(dissent.signers, event.seat)})
    return {"dissents": {**process.dissents, event.dissent: left}}


def _assessed(process: Process, event: e.CriterionAssessed, recorded: Recorded) -> Changes:
    round_ = process.rounds[event.phase]
    assessment = Assessment(holds=event.holds, by=recorded.by.person, edition=event.edition)
    return {"rounds": _round(process, event.phase, assessed={**round_.assessed, event.criterion: assessment})}


# --- meetings in a round ------------------------------------------------------------------------------------------


def _meeting_recorded(process: Process, event: e.MeetingRecorded, recorded: Recorded) -> Changes:
    known = process.meetings.get(event.meeting)
    meeting = Meeting(
        phase=event.phase,
        group=event.group,
        at=known.at if known else recorded.at,
        held=True,
        memo=True,
        concerned=event.concerned,
        sequence=known.sequence if known else 0,
    )
    changed: Changes = {"meetings": {**process.meetings, event.meeting: meeting}}
    if event.window is not None:
        window = Window(about=event.meeting, until=event.window, concerned=event.concerned)
        changed["rounds"] = _round(process, event.phase, windows=(*process.rounds[event.phase].windows, window))
    return changed


def _memo_corrected(process: Process, event: e.MemoCorrected, _: Recorded) -> Changes:
    if event.late:
        remark = Remark(phase=event.phase, group=event.group, kind=event.kind, reason=event.reason)
        return {"remarks": (*process.remarks, remark)}
    windows = process.rounds[event.phase].windows
    mine = tuple(_confirmed(w, event.seat) if w.about == event.meeting else w for w in windows)
    return {"rounds": _round(process, event.phase, windows=mine)}


ROUNDS: dict[type[e.Event], Callable[[Process, Any, Recorded], Changes]] = {
    e.PhaseOpened: _opened,
    e.OpeningRetracted: _opening_retracted,
    e.OutputsSubmitted: _submitted,
    e.OutputRevised: _revised,
    e.SubmissionRetracted: _submission_retracted,
    e.CheckpointPassed: _passed,
    e.WorkReturned: _returned,
    e.StanceTaken: _stance_taken,
    e.StanceConfirmed: _stance_confirmed,
    e.StanceRetracted: _stance_retracted,
    e.SeatLeft: _seat_left,
    e.ObjectionWithdrawn: _objection_withdrawn,
    e.ObjectionAnswered: _objection_answered,
    e.ConditionAdopted: _condition_adopted,
    e.ConditionFulfilled: _condition_fulfilled,
    e.DissentRecorded: _dissent_recorded,
    e.Signed: _signed,
    e.SignatureWithdrawn: _signature_withdrawn,
    e.CriterionAssessed: _assessed,
    e.MeetingRecorded: _meeting_recorded,
    e.MemoCorrected: _memo_corrected,
}
