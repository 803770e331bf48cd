"""What is owed around the phases: memos and invitations, statements, hearings, staff cooperation, vacant parts."""

import datetime as dt
from collections.abc import Collection

from models.days.calendar import ONE_DAY, local_date
from models.definitions.definition import Definition
from models.duties.duty import Duty, Owed, View, player, standing_checkpoint
from models.process import COORDINATOR, Process
from models.words import DutyKind, Missing, PhaseStatus

MEMO_DAYS = 3  # calendar days to the memo of a meeting that belongs to no phase
COOPERATION_DAYS = 5 + 42  # a proposal five days ahead and six weeks of negotiation, the longest (449/2007, 7-8 §)
VACANCY_DAYS = 5  # working days in which a vacant part is filled
AT_WORK = (PhaseStatus.OPEN, PhaseStatus.AT_CHECKPOINT)
JUDGED, ENDED = "staff-cooperation-judged", "staff-cooperation-done"  # the checks that ask for it


def memos(view: View) -> Owed:
    """Meetings of a group without a memo: its chair's, some days after the meeting and never before it."""
    for key, meeting in view.process.meetings.items():
        if meeting.group is None or meeting.memo or meeting.cancelled:
            continue
        day = local_date(meeting.at)
        days = view.checkpoint(meeting.phase).correction_days if meeting.phase else MEMO_DAYS
        due = day + dt.timedelta(days=days)
        duty = Duty(DutyKind.MEMO, due, key, meeting.phase, group=meeting.group, since=day + ONE_DAY)
        yield f"memo:{key}", duty


def invitations(view: View) -> Owed:
    """Planned meetings not yet in the calendar: the coordinator's, by the day invitations leave.

    Scheduling one invites, and an owner need not have the right to it.
    """
    process = view.process
    for plan in view.definition.meetings:
        day = process.dates.get(f"invitations:{plan.id}")
        if day is not None and plan.id not in process.meetings:
            duty = Duty(DutyKind.INVITATION, day, plan.id, plan.phase, person=process.coordinator)
            yield f"invitation:{plan.id}", duty


def asking(view: View) -> Owed:
    """Planned statements that nobody has asked for, while their phase is worked on: in time for their least time."""
    process = view.process
    for plan in view.definition.statements:
        if plan.id not in process.statements and process.phases[plan.phase].status in AT_WORK:
            due = process.dates[f"statement:{plan.id}"]
            duty = Duty(DutyKind.ASK_STATEMENT, due, plan.id, plan.phase, person=process.coordinator)
            yield f"ask_statement:{plan.id}", duty


def statements(view: View) -> Owed:
    """Statements asked and not given, until their phase has passed: they inform and never block."""
    process = view.process
    for key, statement in process.statements.items():
        if statement.given is None and process.phases[statement.phase].status is not PhaseStatus.PASSED:
            duty = Duty(DutyKind.STATEMENT, statement.due, key, statement.phase, person=process.coordinator)
            yield f"statement:{key}", duty


def opening(view: View) -> Owed:
    """Planned hearings that nobody has opened, while their phase is worked on: in time for their least time."""
    process = view.process
    for plan in view.definition.hearings:
        if plan.id not in process.hearings and process.phases[plan.phase].status in AT_WORK:
            due = process.dates[f"hearing:{plan.id}"]
            duty = Duty(DutyKind.OPEN_HEARING, due, plan.id, plan.phase, person=process.coordinator)
            yield f"open_hearing:{plan.id}", duty


def hearings(view: View) -> Owed:
    """Open hearings: to be closed on the first working day after their last."""
    for key, hearing in view.process.hearings.items():
        if hearing.closed is None:
            due = view.calendar.next_working_day(hearing.last + ONE_DAY)
            duty = Duty(DutyKind.HEARING, due, key, hearing.phase, person=view.process.coordinator)
            yield f"hearing:{key}", duty


def cooperation(view: View) -> Owed:
    """Staff cooperation (449/2007): judged by the first checkpoint that asks, and begun early enough for the one that
    asks whether it has ended. When to begin is a help, to be checked by the municipality's lawyer."""
    facts = view.process.cooperation
    if facts.needed is None:
        phase = _asking(view, (JUDGED, ENDED), AT_WORK)
        step, ahead = "judge", 0
    elif facts.needed and facts.proposed is None and facts.ended is None:
        phase = _asking(view, (ENDED,), [status for status in PhaseStatus if status is not PhaseStatus.PASSED])
        step, ahead = "begin", COOPERATION_DAYS
    else:
        return
    if phase is not None:
        day = view.process.dates[f"checkpoint:{phase}"] - dt.timedelta(days=ahead)
        due = view.calendar.previous_working_day(day)
        duty = Duty(DutyKind.STAFF_COOPERATION, due, step, phase, person=view.process.coordinator)
        yield f"staff_cooperation:{step}", duty


def vacant(view: View) -> Owed:
    """Parts that nobody plays: to be filled within a week. A role slot until somebody else has it, a group while a
    checkpoint to come asks it."""
    process = view.process
    ahead = [key for key, phase in process.phases.items() if phase.status is not PhaseStatus.PASSED]
    asked = {at.group for key in ahead for at in view.checkpoint(key).groups} if process.vacant else set()
    for slot, noted in process.vacant.items():
        person, group = noted.part.person, slot if noted.part.person is None else None
        if slot in asked if group else process.roles.get(slot) == person:
            due, who = view.calendar.add_working_days(noted.since, VACANCY_DAYS), finds(process, view.definition, slot)
            yield f"vacancy:{slot}", Duty(DutyKind.VACANCY, due, slot, group=group, person=who)


def finds(process: Process, definition: Definition, slot: str) -> str:
    """Who finds somebody for a vacant part: the coordinator, and for that part whoever states the next outcome."""
    if slot != COORDINATOR:
        return process.coordinator
    ahead = (key for key, phase in process.phases.items() if phase.status is not PhaseStatus.PASSED)
    phase = next(ahead, next(reversed(process.phases)))
    return player(process, standing_checkpoint(process, definition, phase).preparer)


def vacant_part(slot: str, of_group: bool) -> str:
    """The role or group, as a reference."""
    return f"{'group' if of_group else 'role'}:{slot}"


def lacks(slot: str, missing: Missing) -> str:
    """What is missing of a part, as it is told: only an administrator names another coordinator, so that is a word of
    its own."""
    return COORDINATOR if (slot, missing) == (COORDINATOR, Missing.PERSON) else missing.value


def _asking(view: View, checks: Collection[str], statuses: Collection[PhaseStatus]) -> str | None:
    """The first phase of these statuses whose checkpoint computes one of the checks."""
    for key, phase in view.process.phases.items():
        if phase.status in statuses and any(c.computed in checks for c in view.checkpoint(key).criteria):
            return key
    return None
