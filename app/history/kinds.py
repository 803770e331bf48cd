"""What kinds of things happen in a process, so that people find what they look for."""

from enum import StrEnum

from models import events as e
from models.events import Event


class Sort(StrEnum):
    """Events that belong together for who looks for one."""

    STEERING = "ohjaus"
    PHASES = "vaiheet"
    STANCES = "kannat"
    MEETINGS = "kokoukset"
    HEARD = "kuuleminen"
    HANDLINGS = "kasittelyt"
    ETAPPI = "etappi"  # what Etappi does of itself


SORTS: dict[Sort, tuple[type[Event], ...]] = {
    Sort.STEERING: (
        *(e.ProcessCreated, e.ProcessHeld, e.ProcessResumed, e.ProcessStopped, e.ProcessReopened, e.ProcessClosed),
        *(e.DatesMoved, e.CoordinatorChanged, e.ProcessAmended, e.Redacted, e.DataDestroyed),
    ),
    Sort.PHASES: (
        *(e.PhaseOpened, e.OutputsSubmitted, e.OutputRevised, e.SubmissionRetracted, e.OpeningRetracted),
        *(e.CriterionAssessed, e.CheckpointPassed, e.WorkReturned),
    ),
    Sort.STANCES: (
        *(e.StanceTaken, e.StanceConfirmed, e.StanceRetracted, e.SeatLeft, e.ObjectionWithdrawn, e.ObjectionAnswered),
        *(e.ConditionAdopted, e.ConditionFulfilled, e.DissentRecorded, e.Signed, e.SignatureWithdrawn),
    ),
    Sort.MEETINGS: (e.MeetingScheduled, e.MeetingCancelled, e.MeetingRecorded, e.MemoCorrected),
    Sort.HEARD: (
        *(e.OpportunityGiven, e.StatementAsked, e.StatementGiven, e.StatementAnswered),
        *(e.HearingOpened, e.HearingClosed, e.CooperationRecorded),
    ),
    Sort.HANDLINGS: (
        *(e.HandlingRecorded, e.DecidedTextRecorded, e.MinutesRecorded, e.LegalStateRecorded, e.EntryCorrected),
        e.OutputsMadePublic,
    ),
    Sort.ETAPPI: (e.RemindersFellDue, e.RenditionRecorded, e.CalendarFollowed, e.VacanciesNoted),
}
"""Every event of a process belongs to one; a test compares."""

SORT_OF: dict[type[Event], Sort] = {event: sort for sort, events in SORTS.items() for event in events}
