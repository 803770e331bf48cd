"""By which command each kind of duty is done, and by whom: the same commands that people give."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

from models import commands as c
from models.days.calendar import ONE_DAY, at_local
from models.definitions.definition import MeetingPlan
from models.duties.duty import Duty, player, standing_checkpoint
from models.duties.recipients import reach, reach_seat
from models.personal import Private
from models.rehearsal.town import Town
from models.words import AnswerResult, BodyKind, DutyKind, HandlingKind, HandlingOutcome, StanceKind

WORDS = Private("Harjoitus.")  # what people write here is never shown
AFTERNOON = "13.00"  # of a meeting whose time the definition does not give


class Deed(NamedTuple):
    """What somebody does."""

    person: str
    command: c.Command
    seat: str | None = None
    drafts: tuple[str, ...] = ()  # the outputs that have a draft


def _person(town: Town, duty: Duty) -> str:
    return duty.person or town.coordinator


def _open(town: Town, duty: Duty) -> Deed:
    return Deed(_person(town, duty), c.OpenPhase(phase=duty.phase or ""))


def _submit(town: Town, duty: Duty) -> Deed:
    plan = town.world().phase(duty.phase or "")
    return Deed(_person(town, duty), c.Submit(phase=plan.id), drafts=tuple(output.id for output in plan.outputs))


def _stance(town: Town, duty: Duty) -> Deed:
    seat, phase = duty.seat or "", duty.phase or ""
    command = c.TakeStance(phase=phase, seat=seat, kind=StanceKind.ACCEPT, seen=town.seen(phase))
    return Deed(_person(town, duty), command, seat=seat)


def _assess(town: Town, duty: Duty) -> Deed:
    phase, criterion = duty.phase or "", duty.item or ""
    return Deed(_person(town, duty), c.Assess(phase=phase, criterion=criterion, holds=True, seen=town.seen(phase)))


def _pass(town: Town, duty: Duty) -> Deed:
    phase = duty.phase or ""
    return Deed(_person(town, duty), c.Pass(phase=phase, seen=town.seen(phase, whole=True)))


def _answer(town: Town, duty: Duty) -> Deed:
    return Deed(_person(town, duty), c.Answer(objection=duty.item or "", result=AnswerResult.UNCHANGED, text=WORDS))


def _suffices(town: Town, duty: Duty) -> Deed:
    """Whoever objected is content with the answer."""
    return Deed(_person(town, duty), c.Withdraw(item=duty.item or "", seat=duty.seat or ""), seat=duty.seat)


def _fulfil(town: Town, duty: Duty) -> Deed:
    return Deed(_person(town, duty), c.FulfilCondition(condition=duty.item or "", how=WORDS))


def _ask(town: Town, duty: Duty) -> Deed:
    plan = next(plan for plan in town.definition.statements if plan.id == duty.item)
    due = max(town.state.dates[f"checkpoint:{plan.phase}"], town.today + ONE_DAY * plan.least_days)
    return Deed(_person(town, duty), c.AskStatement(statement=plan.id, body=plan.body, phase=plan.phase, due=due))


def _statement(town: Town, duty: Duty) -> Deed:
    return Deed(town.coordinator, c.RecordStatement(statement=duty.item or "", given=town.today, text=WORDS))


def _hear(town: Town, duty: Duty) -> Deed:
    plan = next(plan for plan in town.definition.hearings if plan.id == duty.item)
    last = town.today + ONE_DAY * (plan.least_days - 1)
    channels = tuple(channel.fi for channel in plan.channels) or ("Verkkosivut",)
    command = c.OpenHearing(hearing=plan.id, phase=plan.phase, first=town.today, last=last, channels=channels)
    return Deed(_person(town, duty), command)


def _close(town: Town, duty: Duty) -> Deed:
    return Deed(town.coordinator, c.CloseHearing(hearing=duty.item or "", contributions=0, summary=WORDS))


def _cooperate(town: Town, duty: Duty) -> Deed:
    if duty.item == "judge":
        return Deed(_person(town, duty), c.RecordCooperation(needed=True, why=WORDS))
    return Deed(_person(town, duty), c.RecordCooperation(proposed=town.today))


def _invite(town: Town, duty: Duty) -> Deed:
    plan = next(plan for plan in town.definition.meetings if plan.id == duty.item)
    return scheduled(town, plan, town.state.dates[f"meeting:{plan.id}"])


def _report(town: Town, duty: Duty) -> Deed:
    """The executive has noted the report; bodies that meet on other days are not rehearsed for it."""
    executive = next(body.id for body in town.definition.bodies if body.kind is BodyKind.EXECUTIVE)
    noted = {"kind": HandlingKind.FOR_INFORMATION, "outcome": HandlingOutcome.NOTED}
    return Deed(town.registrar, c.RecordHandling(body=executive, date=town.today, section="1", **noted))


DOES: Mapping[DutyKind, Callable[[Town, Duty], Deed]] = {
    DutyKind.OPEN_PHASE: _open,
    DutyKind.OUTPUT: _submit,
    DutyKind.STANCE: _stance,
    DutyKind.ANSWER: _answer,
    DutyKind.REPLY: _suffices,
    DutyKind.CONDITION: _fulfil,
    DutyKind.ASSESSMENT: _assess,
    DutyKind.OUTCOME: _pass,
    DutyKind.ASK_STATEMENT: _ask,
    DutyKind.STATEMENT: _statement,
    DutyKind.OPEN_HEARING: _hear,
    DutyKind.HEARING: _close,
    DutyKind.STAFF_COOPERATION: _cooperate,
    DutyKind.INVITATION: _invite,
    DutyKind.REPORT: _report,
}
"""The kinds that are done on their day. Handlings are done when the bodies meet; of memos none are owed, because no
meeting of one group is rehearsed; a meeting for the decision is found in the calendar or not at all."""


def recorded_as_dissent(town: Town, objection: str) -> Deed:
    """The preparer records the objection as dissent."""
    plan = standing_checkpoint(town.state, town.definition, town.state.objections[objection].phase)
    return Deed(player(town.state, plan.preparer), c.RecordDissent(objection=objection, reason=WORDS))


def scheduled(town: Town, plan: MeetingPlan, day: dt.date) -> Deed:
    """The planned meeting is put in the calendar on the day, which invites to it."""
    hour, _, minute = (plan.time or AFTERNOON).replace("–", "-").split("-")[0].partition(".")
    command = c.ScheduleMeeting(
        meeting=plan.id,
        at=at_local(day, int(hour), int(minute)),
        phase=plan.phase,
        name=plan.name.fi,
        place=plan.place.fi if plan.place else None,
    )
    return Deed(town.coordinator, command)


def handled(town: Town, duty: Duty, held: dt.date) -> Deed:
    """The body has handled the matter on the day."""
    plan = next(plan for plan in town.definition.decision.chain if plan.id == duty.item)
    noted = plan.kind is HandlingKind.FOR_INFORMATION
    command = c.RecordHandling(
        body=plan.body,
        plan=plan.id,
        kind=plan.kind,
        outcome=HandlingOutcome.NOTED if noted else HandlingOutcome.APPROVED,
        date=held,
        section=plan.section or "1",
    )
    return Deed(town.registrar, command)


def done_by(town: Town, deed: Deed) -> bool:
    """The deed is done, by who acts for the person today where they are away; whether it changed anything."""
    rounds = town.state.rounds.values()
    seat = next((found for one in rounds if (found := one.seats.get(deed.seat or ""))), None)
    if seat is not None and deed.seat:
        reached = reach_seat(deed.seat, seat.person, seat.deputies, town.directory, town.today)
    else:
        reached = reach(deed.person, town.directory, town.today)
    who = next(iter(reached.people), deed.person)
    for_whom = deed.person if who != deed.person else None
    return bool(town.act(who, deed.command, seat=deed.seat, for_whom=for_whom, drafts=deed.drafts))
