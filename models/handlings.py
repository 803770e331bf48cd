"""The chain of handlings up to the decision, and staff cooperation: facts with dates, recorded as they happened.

A handling that happened is always recorded. What was amiss with it stands beside it as a defect; it is never a reason
not to record it. Points of law are to be checked by the municipality's lawyer.
"""

from models.commands import (
    RecordCooperation,
    RecordDecidedText,
    RecordHandling,
    RecordLegalState,
    RecordMinutes,
)
from models.defects import as_planned, bare_section, decides, defects_of, the_body
from models.errors import NotFound, NotValid, Refused
from models.events import (
    Actor,
    CooperationRecorded,
    DecidedTextRecorded,
    Event,
    HandlingRecorded,
    LegalStateRecorded,
    MinutesRecorded,
)
from models.participation import not_to_come, since_the_beginning
from models.process import Cooperation, Handling, Process
from models.stances import numbered
from models.words import HandlingKind, LegalState
from models.world import World

# --- handlings ----------------------------------------------------------------------------------------------------


def decide_record_handling(process: Process, command: RecordHandling, by: Actor, world: World) -> list[Event]:
    """The handling stands in the record, with its defects. It is the decision where it is the planned body's own."""
    not_to_come(command.date, world)
    since_the_beginning(process, command.date)
    body = the_body(world, command.body)
    handling = Handling(
        plan=command.plan,
        body=command.body,
        body_kind=body.kind,
        kind=command.kind,
        outcome=command.outcome,
        date=command.date,
        section=bare_section(command.section),
        decided=command.decided,
    )
    as_planned(handling, world)
    _files_exist(command.decided, world)
    ground = command.ground or body.ground
    return [
        HandlingRecorded(
            handling=numbered(process, "h"),
            plan=command.plan,
            body=command.body,
            body_kind=body.kind,
            kind=command.kind,
            outcome=command.outcome,
            date=command.date,
            section=handling.section,
            ground=ground,
            vote=command.vote,
            dissents=command.dissents,
            minutes=command.minutes,
            summary=command.summary,
            decided=command.decided,
            defects=defects_of(process, handling, world, grounded=bool(ground)),
            decides=decides(process, handling, world),
        )
    ]


def decide_decided_text(process: Process, command: RecordDecidedText, by: Actor, world: World) -> list[Event]:
    """The text as decided stands with the handling, to be compared with the package."""
    _handling(process, command.handling)
    _files_exist(command.decided, world)
    return [DecidedTextRecorded(handling=command.handling, decided=command.decided)]


def decide_record_minutes(process: Process, command: RecordMinutes, by: Actor, world: World) -> list[Event]:
    """The days the minutes were inspected and published stand with the handling (Kuntalaki 140 §)."""
    handling = _handling(process, command.handling)
    for day in (command.inspected, command.published):
        if day is not None:
            not_to_come(day, world)
    given = {"inspected": command.inspected, "published": command.published}
    minutes_in_order(handling.model_copy(update={name: day for name, day in given.items() if day}))
    return [MinutesRecorded(handling=command.handling, inspected=command.inspected, published=command.published)]


def minutes_in_order(handling: Handling) -> None:
    """Raises NotValid unless the minutes were inspected and published after the handling, in that order."""
    for day in (handling.inspected, handling.published):
        if day is not None and day < handling.date:
            raise NotValid("{day} is before the handling itself, {date}.", day=day, date=handling.date)
    if handling.published and handling.inspected and handling.published < handling.inspected:
        raise NotValid("Minutes are published after they are inspected, not before.")


def decide_legal_state(process: Process, command: RecordLegalState, by: Actor, world: World) -> list[Event]:
    """Whether the decision is final, appealed or annulled."""
    handling = _handling(process, command.handling)
    if handling.kind is not HandlingKind.DECISION:
        raise NotValid("Only a decision becomes final; {handling} is none.", handling=command.handling)
    not_to_come(command.on, world)
    if command.on < handling.date:
        raise NotValid("{day} is before the decision itself, {date}.", day=command.on, date=handling.date)
    _legal_order(process, command, handling)
    return [LegalStateRecorded(handling=command.handling, legal=command.legal, on=command.on)]


BECOMES = {
    LegalState.PENDING: (LegalState.FINAL, LegalState.APPEALED, LegalState.ANNULLED),
    LegalState.APPEALED: (LegalState.PENDING, LegalState.FINAL, LegalState.ANNULLED),
    LegalState.FINAL: (LegalState.PENDING, LegalState.ANNULLED),
    LegalState.ANNULLED: (LegalState.PENDING,),
}
"""What a decision's state in law may become; back to pending is how a mistake is taken back."""


def _legal_order(process: Process, command: RecordLegalState, handling: Handling) -> None:
    """Raises Refused for a state that does not follow, NotValid for a day before the one it follows."""
    now = handling.legal or LegalState.PENDING
    if command.legal not in BECOMES[now] or (now is LegalState.ANNULLED and process.decision != command.handling):
        raise Refused(
            "The decision is {now} and cannot become {then}. If that was a mistake, record it as pending first.",
            now=now.value,
            then=command.legal.value,
        )
    if command.legal is LegalState.FINAL and handling.published is None:
        raise Refused(
            "Record first when the minutes were published: the time to appeal runs from then (Kuntalaki 140 §)."
        )
    before = [day for day in (handling.published, handling.legal_on) if day is not None]
    if command.legal in (LegalState.FINAL, LegalState.ANNULLED) and before and command.on < max(before):
        raise NotValid("{day} is before what it follows, {before}.", day=command.on, before=max(before))


# --- staff cooperation --------------------------------------------------------------------------------------------


def decide_cooperation(process: Process, command: RecordCooperation, by: Actor, world: World) -> list[Event]:
    """The facts given stand; those not given stay as they were (449/2007)."""
    now = process.cooperation
    if command.needed is not None and command.why is None:
        raise NotValid("Say why staff cooperation is needed, or why not.")
    if command == RecordCooperation():
        raise NotValid("Give at least one fact.")
    dates = (command.proposed, command.meeting, command.ended)
    for day in dates:
        if day is not None:
            not_to_come(day, world)
    if any(dates) and not (now.needed or command.needed):
        raise Refused("Staff cooperation has not been judged to be needed; judge it first.")
    meetings = (*now.meetings, command.meeting) if command.meeting else now.meetings
    given = {"proposed": command.proposed or now.proposed, "ended": command.ended or now.ended}
    cooperation_in_order(now.model_copy(update={**given, "meetings": meetings}))
    return [
        CooperationRecorded(
            needed=command.needed,
            judged_by=by.person if command.needed is not None else None,
            why=command.why,
            proposed=command.proposed,
            meeting=command.meeting,
            ended=command.ended,
            outcome=command.outcome,
        )
    ]


def cooperation_in_order(facts: Cooperation) -> None:
    """Raises NotValid unless staff cooperation begins with its proposal and ends after its meetings."""
    later = [day for day in (*facts.meetings, facts.ended) if day is not None]
    if later and (facts.proposed is None or min(later) < facts.proposed):
        raise NotValid("Staff cooperation begins with its proposal; give its date first.")
    if facts.ended is not None and max(later) > facts.ended:
        raise NotValid("Staff cooperation ends after its last meeting, {day}.", day=max(later))


# --- finding things -----------------------------------------------------------------------------------------------


def _handling(process: Process, key: str) -> Handling:
    if key not in process.handlings:
        raise NotFound(what="handling", name=key)
    return process.handlings[key]


def _files_exist(decided: dict[str, str], world: World) -> None:
    missing = [output for output, file in decided.items() if file not in world.facts.files]
    if missing:
        raise NotFound(what="file of the text as decided", name=", ".join(missing))
