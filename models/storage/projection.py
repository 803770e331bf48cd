"""The tables about a process, made from its events: which rows an event puts, changes and removes. Pure.

The engine writes these rows in the event's own transaction, `rebuild` writes them anew and `verify` compares them:
there is no other way into these tables. What is unchanged in the state is the same object before and after, so an act
costs what it changes. Rows do not name their process and municipality; the store adds both.
"""

from collections.abc import Callable, Iterator
from typing import Any

from models import events as e
from models.canonical import canonical
from models.events import Recorded
from models.frozen import changed_fields
from models.package import manifest_body, package_body
from models.process import Objection, Process, Round, Signature
from models.record import instant_text
from models.storage.projection_row import Write, change, gone, put
from models.storage.state_text import phase_text, round_text, state_text
from models.words import Publicity, StanceKind

Writes = Iterator[Write]


def rows(before: Process | None, recorded: Recorded, after: Process) -> list[Write]:
    """What one event does to the tables of its process, except its state (`state_row`)."""
    found: list[Write] = []
    if before is not None and before.rounds is not after.rounds:
        found += _rounds(before, recorded, after)
    if before is None or before.phases is not after.phases:
        found += _phases(before, after)  # first, so that the pages a shorter text leaves are filled anew
    found += _of_event(before, recorded, after)
    if before is None:
        return found
    if not changed_fields(before, after).isdisjoint(LISTED):
        found.append(change("process", {}, _listed(after)))
    if before.objections is not after.objections:
        found += [_objection(key, o) for key, o in after.objections.items() if o is not before.objections.get(key)]
    if before.conditions is not after.conditions:
        found += _conditions(before, after)
    if before.dissents is not after.dissents:
        found += _dissents(before, after)
    if before.handlings is not after.handlings:
        found += _handlings(before, after)
    return found


def state_row(process: Process) -> Write:
    """What of the working set is stored as the process's own text."""
    return change("process", {}, {"state": state_text(process)})


# --- what the state alone does not tell ---------------------------------------------------------------------------


def _of_event(before: Process | None, recorded: Recorded, after: Process) -> Writes:
    event = recorded.event
    if isinstance(event, e.ProcessCreated):
        yield _created(event, recorded, after)
    elif before is not None:
        special = SPECIAL.get(type(event))
        if special is not None:
            yield from special(before, event, recorded)


def _created(event: e.ProcessCreated, recorded: Recorded, after: Process) -> Write:
    columns = {
        "key": event.process,
        "title": event.title,
        "matter_number": event.matter_number,
        "definition": event.definition,
        "start": event.start.isoformat(),
        "created_at": instant_text(recorded.at),
    }
    return put("process", {}, columns | _listed(after) | state_row(after).values)


LISTED = frozenset(("status", "rehearsal", "roles"))
"""The fields of the state that lists of processes show something of."""


def _listed(process: Process) -> dict[str, Any]:
    """What lists of processes show of the state."""
    return {"status": process.status.value, "rehearsal": process.rehearsal, "coordinator": process.coordinator}


def _submitted(before: Process, event: e.OutputsSubmitted, recorded: Recorded) -> Writes:
    yield _manifest(before, event)
    for output, version in event.versions.items():
        former = before.phases[event.phase].versions.get(output)
        if version.phase == event.phase and (former is None or former.no != version.no):
            yield _version(event.phase, event.round, output, version, recorded)
    for seat in event.seats:
        yield put("round_seat", {"phase": event.phase, "seat": seat}, {})


def _revised(before: Process, event: e.OutputRevised, recorded: Recorded) -> Writes:
    yield _manifest(before, event)
    yield _version(event.phase, event.round, event.output, event.version, recorded)


def _manifest(before: Process, event: e.OutputsSubmitted | e.OutputRevised) -> Write:
    columns = {"phase": event.phase, "round": event.round, "body": manifest_body(before, event)}
    return put("manifest", {"sha256": event.manifest}, columns)


def _version(phase: str, round_: int, output: str, version: Any, recorded: Recorded) -> Write:
    columns = {
        "round": round_,
        "sha256": version.sha256,
        "person": version.by,
        "publicity": version.publicity.value,
        "at": instant_text(recorded.at),
    }
    return put("output_version", {"phase": phase, "output": output, "version": version.no}, columns)


def _passed(before: Process, event: e.CheckpointPassed, recorded: Recorded) -> Writes:
    columns = {
        "phase": event.phase,
        "round": event.round,
        "seq": recorded.sequence,
        "previous": event.previous,
        "supersedes": event.supersedes,
        "set_aside": None,
        "locked_at": instant_text(recorded.at),
        "body": package_body(before, event, recorded.by, recorded.at),
    }
    yield put("package", {"sha256": event.package}, columns)


def _returned(before: Process, event: e.WorkReturned, recorded: Recorded) -> Writes:
    for phase in event.set_aside:
        yield change("package", {"sha256": before.phases[phase].package}, {"set_aside": recorded.sequence})


def _made_public(before: Process, event: e.OutputsMadePublic, recorded: Recorded) -> Writes:
    for output in event.versions:
        key = {"phase": event.phase, "output": output, "version": before.phases[event.phase].versions[output].no}
        yield change("output_version", key, {"publicity": Publicity.PUBLIC.value})


def _fulfilled(before: Process, event: e.ConditionFulfilled, recorded: Recorded) -> Writes:
    yield change("condition", {"condition": event.condition}, {"fulfilled": event.how})


def _rendered(before: Process, event: e.RenditionRecorded, recorded: Recorded) -> Writes:
    key = {"made_from": event.of, "language": event.language, "format": event.format, "sha256": event.sha256}
    yield put("rendition", key, {"renderer": event.renderer, "at": instant_text(recorded.at)})


SPECIAL: dict[type[e.Event], Callable[[Process, Any, Recorded], Writes]] = {
    e.OutputsSubmitted: _submitted,
    e.OutputRevised: _revised,
    e.CheckpointPassed: _passed,
    e.WorkReturned: _returned,
    e.OutputsMadePublic: _made_public,
    e.ConditionFulfilled: _fulfilled,
    e.RenditionRecorded: _rendered,
}

# --- what the state tells -----------------------------------------------------------------------------------------


def _phases(before: Process | None, after: Process) -> Writes:
    for position, (key, phase) in enumerate(after.phases.items()):
        if before is None or before.phases.get(key) is not phase:
            columns = {
                "position": position,
                "status": phase.status.value,
                "rounds": phase.rounds,
                "state": phase_text(phase),
            }
            yield put("phase", {"phase": key}, columns)


def _rounds(before: Process, recorded: Recorded, after: Process) -> Writes:
    for phase, round_ in after.rounds.items():
        former = before.rounds.get(phase)
        if former is not round_:
            if former is None or not changed_fields(former, round_) <= {"stances"}:
                yield put("last_round", {"phase": phase}, {"state": round_text(round_)})
            if former is not None:
                yield from _stance(phase, former, round_, recorded)


def _stance(phase: str, before: Round, after: Round, recorded: Recorded) -> Writes:
    """The row of the seat that the event is about, if it has said something or is disqualified."""
    seat = getattr(recorded.event, "seat", None)
    if seat is None or (before.stances is after.stances and before.disqualified is after.disqualified):
        return
    key = {"phase": phase, "round": after.no, "seat": seat}
    stance, out = after.stances.get(seat), after.disqualified.get(seat)
    if stance is None and out is None:
        yield gone("stance", key)
        return
    columns = {
        "working_group": after.seats[seat].group,
        "kind": (stance.kind if stance else StanceKind.DISQUALIFIED).value,
        "way": stance.way.value if stance else None,
        "person": stance.by if stance else None,
        "edition": stance.edition if stance else None,
        "objection": stance.objection if stance else None,
        "disqualified": None if out is None else canonical(out),
        "at": instant_text(recorded.at),
    }
    yield put("stance", key, columns)


def _objection(key: str, objection: Objection) -> Write:
    columns = {
        "phase": objection.phase,
        "round": objection.round,
        "working_group": objection.group,
        "offer": objection.offer,
        "status": objection.status.value,
        "text": objection.text,
        "makers": _signatures(objection.makers),
        "answer": objection.answer,
        "result": objection.result.value if objection.result else None,
    }
    return put("objection", {"objection": key}, columns)


def _conditions(before: Process, after: Process) -> Writes:
    for key, condition in after.conditions.items():
        if condition is not before.conditions.get(key):
            columns = {
                "phase": condition.phase,
                "objection": condition.objection,
                "text": condition.text,
                "owner": condition.owner,
                "due": condition.due.isoformat(),
                "checkpoint": condition.checkpoint,
                "fulfilled": None,
            }
            yield put("condition", {"condition": key}, columns)


def _dissents(before: Process, after: Process) -> Writes:
    for key, dissent in after.dissents.items():
        if dissent is not before.dissents.get(key):
            columns = {
                "phase": dissent.phase,
                "round": dissent.round,
                "working_group": dissent.group,
                "text": dissent.text,
                "reason": dissent.reason,
                "late": dissent.late,
                "standing": True,
                "signers": _signatures(dissent.signers),
            }
            yield put("dissent", {"dissent": key}, columns)
    for key in before.dissents.keys() - after.dissents.keys():
        yield change("dissent", {"dissent": key}, {"standing": False})


def _signatures(signatures: dict[str, Signature]) -> str:
    return canonical(signatures)


def _handlings(before: Process, after: Process) -> Writes:
    for key, handling in after.handlings.items():
        if handling is not before.handlings.get(key):
            columns = {
                "plan": handling.plan,
                "body": handling.body,
                "kind": handling.kind.value,
                "outcome": handling.outcome.value,
                "date": handling.date.isoformat(),
                "section": handling.section,
                "inspected": handling.inspected.isoformat() if handling.inspected else None,
                "published": handling.published.isoformat() if handling.published else None,
                "legal": handling.legal.value if handling.legal else None,
            }
            yield put("handling", {"handling": key}, columns)
