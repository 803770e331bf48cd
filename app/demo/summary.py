"""What the demo amounted to, counted from the record and from what left the house."""

from collections.abc import Sequence
from typing import Any

from models import events as e
from models.definitions.definition import Definition
from models.events import Recorded
from models.process import Process
from models.words import CheckpointKind, PhaseStatus, StanceKind, StanceWay


def counted(record: Sequence[Recorded], process: Process, definition: Definition) -> dict[str, Any]:
    """The figures of the process; every package locked counts, superseded ones too."""
    events = [recorded.event for recorded in record]
    kinds = {phase.id: phase.checkpoint.kind for phase in definition.phases}
    passed = [key for key, phase in process.phases.items() if phase.status is PhaseStatus.PASSED]
    decided = process.handlings[process.decision] if process.decision else None
    return {
        "phases_passed": len(passed),
        "checkpoints_passed": sum(kinds[key] is CheckpointKind.TRANSFER for key in passed),
        "readiness_passed": sum(kinds[key] is CheckpointKind.READINESS for key in passed),
        "rounds": _count(events, e.OutputsSubmitted),
        "packages_sealed": _count(events, e.CheckpointPassed),
        "objections_answered": _count(events, e.ObjectionAnswered),
        "dissents_recorded": _count(events, e.DissentRecorded),
        "conditions_carried": _count(events, e.ConditionAdopted),
        "conditions_closed": _count(events, e.ConditionFulfilled),
        "deputy_stances": _deputies(events),
        "disqualified": len(_disqualified(events)),
        "stances_in_meetings": sum(
            isinstance(event, e.StanceTaken) and event.way is StanceWay.MEETING for event in events
        ),
        "corrections": sum(isinstance(event, e.OutputRevised) and event.technical for event in events),
        "made_public": sum(len(event.versions) for event in events if isinstance(event, e.OutputsMadePublic)),
        "reminders_due": sum(len(event.reminders) for event in events if isinstance(event, e.RemindersFellDue)),
        "decision": {
            "body": decided.body,
            "date": decided.date.isoformat(),
            "section": decided.section,
            "outcome": decided.outcome.value,
        }
        if decided
        else None,
    }


def _count(events: Sequence[e.Event], kind: type[e.Event]) -> int:
    return sum(isinstance(event, kind) for event in events)


def _deputies(events: Sequence[e.Event]) -> int:
    """Stances given by somebody else than the holder whose seat was frozen for the round."""
    holders: dict[tuple[str, int, str], str] = {}
    found = 0
    for event in events:
        if isinstance(event, e.OutputsSubmitted):
            holders |= {(event.phase, event.round, key): seat.person for key, seat in event.seats.items()}
        elif isinstance(event, e.StanceTaken):
            found += holders[event.phase, event.round, event.seat] != event.person
    return found


def _disqualified(events: Sequence[e.Event]) -> set[str]:
    return {
        event.seat for event in events if isinstance(event, e.StanceTaken) and event.kind is StanceKind.DISQUALIFIED
    }
