"""What an event owes the outside world: documents to compile, papers, a handover to carry out, people to tell, what was
covered to be taken away.

Each becomes an outbox row in the event's own transaction. A payload holds ids and counts only.
"""

from typing import NamedTuple

from models import events as e
from models.events import Recorded


class Owed(NamedTuple):
    """One effect owed: its kind, its key (unique for ever) and what names its subject."""

    kind: str  # "phase", "papers", "handover", "notify" or "cover"
    key: str  # begins with the process and the event's sequence: what one event owes lies together
    payload: dict[str, str | int]


MOMENTS: dict[type[e.Event], str] = {
    e.PhaseOpened: "opened",
    e.OutputsSubmitted: "round",
    e.CheckpointPassed: "passed",
}
"""The moments at which a phase's flow compiles what its people need."""

MOMENT_EVENTS = (e.PhaseOpened, e.OutputsSubmitted, e.CheckpointPassed)

WITH_PAPERS = (e.OutputsSubmitted, e.OutputRevised, e.CheckpointPassed, e.MeetingRecorded)
"""The events from which papers are made. They are an effect of their own: neither the handover nor the compiled
document waits for them, and what fails is tried again alone."""

TOLD: tuple[type[e.Event], ...] = (
    e.PhaseOpened,
    e.OutputsSubmitted,
    e.OutputRevised,
    e.WorkReturned,
    e.CheckpointPassed,
    e.ObjectionAnswered,
    e.ObjectionWithdrawn,
    e.ConditionAdopted,
    e.DissentRecorded,
    e.MeetingScheduled,
    e.MeetingCancelled,
    e.MeetingRecorded,
    e.DatesMoved,
    e.CoordinatorChanged,
    e.ProcessAmended,
    e.ProcessHeld,
    e.ProcessResumed,
    e.ProcessStopped,
    e.HandlingRecorded,
    e.VacanciesNoted,
    e.SeatLeft,
    e.RemindersFellDue,
)
"""Events that somebody is told about. A stance is told only when it raises an objection."""


def effects(process: str, recorded: Recorded) -> list[Owed]:
    """The effects one recorded event of a process owes."""
    event = recorded.event
    owed: list[Owed] = []
    about: dict[str, str | int] = {"process": process, "sequence": recorded.sequence}
    key = f"{process}:{recorded.sequence}"
    moment = MOMENTS.get(type(event))
    if moment is not None and isinstance(event, MOMENT_EVENTS):
        phase = str(event.phase)
        owed.append(Owed("phase", f"{key}:phase:{phase}:{moment}", {**about, "phase": phase, "moment": moment}))
    if isinstance(event, WITH_PAPERS):
        owed.append(Owed("papers", f"{key}:papers", about))
    if isinstance(event, e.CheckpointPassed):
        owed.append(Owed("handover", f"{key}:handover", {**about, "phase": event.phase, "package": event.package}))
    if isinstance(event, e.Redacted):
        owed.append(Owed("cover", f"{key}:cover", about))
    if isinstance(event, (e.Redacted, e.OutputsMadePublic)):
        owed += [_again(process, key, one) for one in event.editions]
    if type(event) in TOLD or (isinstance(event, e.StanceTaken) and event.objection):
        owed.append(Owed("notify", f"{key}:notify", about))
    return owed


def _again(process: str, because: str, one: e.NewEdition) -> Owed:
    """What was made at a moment is made again, because of the event whose effects have keys that begin so."""
    about: dict[str, str | int] = {"process": process, "sequence": one.sequence}
    if one.moment == "papers":
        return Owed("papers", f"{because}:papers:{one.sequence}", about)
    key = f"{because}:phase:{one.phase}:{one.moment}:{one.sequence}"
    return Owed("phase", key, {**about, "phase": one.phase, "moment": one.moment})
