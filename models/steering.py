"""Steering the process as a whole: creating it, its dates, its people, holding, stopping, amending.

A running process keeps the definition it started with; `Amend` is the way to change it, told to those concerned.
"""

import datetime as dt
from collections.abc import Mapping

from models.commands import (
    Amend,
    AssignRole,
    ChangeCriterion,
    ChangeGroup,
    ChangeLadder,
    Close,
    CreateProcess,
    Extend,
    FollowCalendar,
    HandOver,
    Hold,
    RemoveCriterion,
    RemoveGroup,
    Reopen,
    Resume,
    Stop,
)
from models.days.schedule import schedule, shift_dates_to
from models.defects import standing_decision
from models.definitions.definition import CheckpointPlan
from models.definitions.rules_checkpoints import checkpoint_problems
from models.errors import NotFound, NotValid, Refused
from models.events import (
    Actor,
    CalendarFollowed,
    CoordinatorChanged,
    DatesMoved,
    Event,
    ProcessAmended,
    ProcessClosed,
    ProcessCreated,
    ProcessHeld,
    ProcessReopened,
    ProcessResumed,
    ProcessStopped,
    SettledChoice,
)
from models.lifecycle import the_phase
from models.participation import not_to_come
from models.process import COORDINATOR, Hearing, Process
from models.words import OF_STANCES, Audience, LegalState, PhaseStatus, ProcessStatus
from models.world import World, checkpoint_of

UNDER_WAY = (PhaseStatus.OPEN, PhaseStatus.AT_CHECKPOINT, PhaseStatus.SUSPENDED)


# --- creating -----------------------------------------------------------------------------------------------------


def decide_create(process: Process | None, command: CreateProcess, by: Actor, world: World) -> list[Event]:
    """The process stands, its dates planned; phases that receive from none are ready.

    Raises NotValid when a choice is not settled, or a role or group is missing, NotFound when one or a date is unknown.
    """
    if process is not None:
        raise Refused("The process {id} is there already.", id=process.id)
    if command.setting_up is not None:
        not_to_come(command.setting_up.date, world)
    definition = world.definition
    _choices_settled(command, world)
    _roles_filled(command, world)
    missing = [group.id for group in definition.groups if group.id not in command.groups]
    if missing:
        raise NotValid("Say which groups these are: {groups}.", groups=", ".join(missing))
    for group, of in command.groups.items():
        if group not in {g.id for g in definition.groups}:
            raise NotFound(what="group in the definition", name=group)
        if of not in world.directory.groups or not world.directory.groups[of].active:
            raise NotFound(what="group in the municipality", name=of)
    _groups_differ(command.groups)
    choices = {key: settled.reading for key, settled in command.choices.items()}
    planned = schedule(definition, command.start, choices, world.calendar, command.dates)
    phases = tuple(phase.id for phase in definition.phases)
    return [
        ProcessCreated(
            process="",  # named by the engine
            municipality=world.directory.municipality,
            definition=command.definition,
            title=command.title,
            matter_number=command.matter_number,
            setting_up=command.setting_up,
            start=command.start,
            choices={k: SettledChoice(reading=s.reading, why=s.why) for k, s in command.choices.items()},
            roles=command.roles,
            groups=command.groups,
            dates=dict(planned.dates),
            phases=phases,
            ready=tuple(key for key in phases if not definition.receives(key)),
        )
    ]


def _groups_differ(groups: Mapping[str, str]) -> None:
    """A seat is in one group of a round: two groups of the process are not the same people's."""
    same = sorted({of for of in groups.values() if list(groups.values()).count(of) > 1})
    if same:
        raise NotValid(
            "Each group of the process is another group of the municipality: {groups}.", groups=", ".join(same)
        )


def _choices_settled(command: CreateProcess, world: World) -> None:
    choices = {choice.id: {reading.id for reading in choice.readings} for choice in world.definition.choices}
    open_ones = sorted(set(choices) - set(command.choices))
    if open_ones:
        raise NotValid(
            "The sources leave these open; settle each with a reason: {choices}.", choices=", ".join(open_ones)
        )
    for key, settled in command.choices.items():
        if key not in choices:
            raise NotFound(what="choice in the definition", name=key)
        if settled.reading not in choices[key]:
            raise NotFound(what=f"reading of {key}", name=settled.reading)


def _roles_filled(command: CreateProcess, world: World) -> None:
    slots = {slot.id: slot.required for slot in world.definition.roles}
    missing = [slot for slot, required in slots.items() if required and slot not in command.roles]
    if missing:
        raise NotValid("Name somebody for these roles: {roles}.", roles=", ".join(missing))
    for slot, person in command.roles.items():
        if slot not in slots:
            raise NotFound(what="role in the definition", name=slot)
        if not world.directory.is_active(person):
            raise NotFound(what="active person", name=person)


# --- holding, stopping, closing -----------------------------------------------------------------------------------


def decide_hold(process: Process, command: Hold, by: Actor, world: World) -> list[Event]:
    """The process waits; reminders are void."""
    return [ProcessHeld(reason=command.reason)]


def decide_resume(process: Process, command: Resume, by: Actor, world: World) -> list[Event]:
    """The process goes on; reminders are planned anew."""
    if process.status is not ProcessStatus.HELD:
        raise Refused("The process is {status}, not on hold.", status=process.status)
    return [ProcessResumed()]


def decide_stop(process: Process, command: Stop, by: Actor, world: World) -> list[Event]:
    """The process has ended before its decision."""
    if standing_decision(process):
        raise Refused("The matter has been decided: close the process when the decision is final.")
    return [ProcessStopped(reason=command.reason)]


def decide_reopen(process: Process, command: Reopen, by: Actor, world: World) -> list[Event]:
    """A stopped process goes on by a new setting-up decision."""
    if process.status is not ProcessStatus.STOPPED:
        raise Refused("The process is {status}, not stopped.", status=process.status)
    not_to_come(command.setting_up.date, world)
    return [ProcessReopened(setting_up=command.setting_up)]


def decide_close(process: Process, command: Close, by: Actor, world: World) -> list[Event]:
    """The process is closed; retention may run. What was under way when the matter was decided ends unfinished."""
    phases = tuple(key for key, phase in process.phases.items() if phase.status in UNDER_WAY)
    if process.status is ProcessStatus.STOPPED:
        return [ProcessClosed(unfinished=phases, reason=command.reason)]
    final = process.decision and process.handlings[process.decision].legal is LegalState.FINAL
    if not final:
        raise Refused("A process is closed when its decision is final, or when it was stopped.")
    if phases and command.reason is None:
        raise Refused(
            "These phases are under way: {phases}. Pass them first, or say why they are left unfinished.",
            phases=", ".join(phases),
        )
    hearings = [key for key, hearing in process.hearings.items() if hearing.closed is None]
    if hearings:
        raise Refused("These hearings are open: {hearings}. Close them first.", hearings=", ".join(hearings))
    return [ProcessClosed(unfinished=phases, reason=command.reason)]


# --- dates and people ---------------------------------------------------------------------------------------------


def decide_extend(process: Process, command: Extend, by: Actor, world: World) -> list[Event]:
    """One date has moved; with a shift all later planned ones by as many working days."""
    kind, _, key = command.date.partition(":")
    if kind == "condition" and key in process.conditions:
        before = process.conditions[key].due
    elif kind == "statement" and key in process.statements:
        before = process.statements[key].due
        _not_shorter(before, command.to)
    elif kind == "hearing" and key in process.hearings:
        before = _open_hearing(process, key).last
        _not_shorter(before, command.to)
    elif command.date in process.dates:
        before = process.dates[command.date]
        if kind == "checkpoint" and key in process.rounds:
            _not_shorter(process.rounds[key].due, command.to)
    else:
        raise NotFound(what="date of the process", name=command.date)
    if command.to == before:
        raise NotValid("The date is {date} already.", date=before)
    if command.to < world.today:
        raise NotValid("{date} has passed; give a day to come.", date=command.to)
    moved = {command.date: command.to}
    if command.shift and command.date in process.dates and not (kind == "hearing" and key in process.hearings):
        # their time to answer is no longer planned
        asked = {f"statement:{key}" for key in process.statements} | {f"hearing:{key}" for key in process.hearings}
        planned = {name: day for name, day in process.dates.items() if name not in asked}
        moved = {move.key: move.new for move in shift_dates_to(planned, command.date, command.to, world.calendar)}
    known = {**process.dates, command.date: before}
    return [DatesMoved(dates=moved, before={key: known[key] for key in moved}, reason=command.reason)]


def _open_hearing(process: Process, key: str) -> Hearing:
    hearing = process.hearings[key]
    if hearing.closed is not None:
        raise Refused("The hearing {hearing} has been closed; open another one.", hearing=key)
    return hearing


def _not_shorter(before: dt.date, to: dt.date) -> None:
    """The time people were given to say something is not taken from them."""
    if to < before:
        raise NotValid("Those asked have been given time until {date}; it can only be made longer.", date=before)


def decide_follow_calendar(process: Process, command: FollowCalendar, by: Actor, world: World) -> list[Event]:
    return [CalendarFollowed(former=command.former, hash=command.hash)]


def decide_hand_over(process: Process, command: HandOver, by: Actor, world: World) -> list[Event]:
    """Somebody else coordinates, with all open duties."""
    if not world.directory.is_active(command.to):
        raise NotFound(what="active person", name=command.to)
    if command.to == process.coordinator:
        raise NotValid("{person} coordinates the process already.", person=command.to)
    return [CoordinatorChanged(to=command.to, before=process.coordinator, reason=command.reason)]


# --- amending -----------------------------------------------------------------------------------------------------


def decide_amend(process: Process, command: Amend, by: Actor, world: World) -> list[Event]:
    """The change holds: people and ladders at once; groups, rules and criteria from the phase's next round."""
    change = command.change
    if isinstance(change, AssignRole):
        return [_assigned(process, change, command.reason, world)]
    if isinstance(change, ChangeLadder):
        if change.ladder.duty in OF_STANCES and Audience.LINE_MANAGER in {step.to for step in change.ladder.steps}:
            raise NotValid("A line manager is never told about a stance.")
        return [ProcessAmended(change=change, reason=command.reason)]
    phase = the_phase(process, change.phase)
    if phase.status is PhaseStatus.AT_CHECKPOINT:
        raise Refused(
            "A round is open at {phase}: return it first, then change what holds from the next one.", phase=change.phase
        )
    if phase.status is PhaseStatus.PASSED:
        raise Refused("{phase} has passed; it has no next round unless it is returned.", phase=change.phase)
    plan = _changed(checkpoint_of(process, world, change.phase), change)
    _check_plan(plan, change.phase, world)
    joined = _joined(process, change, world) if isinstance(change, ChangeGroup) else {}
    return [ProcessAmended(change=change, reason=command.reason, checkpoint=plan, phase=change.phase, groups=joined)]


def _assigned(process: Process, change: AssignRole, reason: str, world: World) -> ProcessAmended:
    if change.role == COORDINATOR:
        raise NotValid("The coordinator's part is handed over, so that its duties move too.")
    if change.role not in {slot.id for slot in world.definition.roles}:
        raise NotFound(what="role in the definition", name=change.role)
    if not world.directory.is_active(change.person):
        raise NotFound(what="active person", name=change.person)
    return ProcessAmended(change=change, reason=reason)


def _changed(
    plan: CheckpointPlan, change: ChangeGroup | RemoveGroup | ChangeCriterion | RemoveCriterion
) -> CheckpointPlan:
    if isinstance(change, ChangeGroup):
        groups = tuple(change.group if g.group == change.group.group else g for g in plan.groups)
        known = any(g.group == change.group.group for g in plan.groups)
        return plan.model_copy(update={"groups": groups if known else (*groups, change.group)})
    if isinstance(change, RemoveGroup):
        left = tuple(g for g in plan.groups if g.group != change.group)
        if len(left) == len(plan.groups):
            raise NotFound(what="group at the checkpoint", name=change.group)
        if not left:
            raise NotValid("The checkpoint would have no group left.")
        return plan.model_copy(update={"groups": left})
    if isinstance(change, ChangeCriterion):
        others = tuple(c for c in plan.criteria if c.id != change.criterion.id)
        return plan.model_copy(update={"criteria": (*others, change.criterion)})
    kept = tuple(c for c in plan.criteria if c.id != change.criterion)
    if len(kept) == len(plan.criteria):
        raise NotFound(what="criterion of the checkpoint", name=change.criterion)
    return plan.model_copy(update={"criteria": kept})


def _check_plan(plan: CheckpointPlan, phase: str, world: World) -> None:
    """The amended checkpoint is one a definition could have. Raises NotValid with what is wrong."""
    if plan.at_least is not None and plan.at_least > len(plan.groups):
        raise NotValid(
            "The checkpoint asks for {asked} groups and would have {there}.",
            asked=plan.at_least,
            there=len(plan.groups),
        )
    for group in plan.groups:  # said here too, because the page's reader is told in a language of theirs
        share, _, whole = group.quorum.partition("/")
        if whole and int(share) > int(whole):
            raise NotValid("The quorum {quorum} is more than all seats; a share is at most 1/1.", quorum=group.quorum)
    phases = [p.model_copy(update={"checkpoint": plan}) if p.id == phase else p for p in world.definition.phases]
    amended = world.definition.model_copy(update={"phases": tuple(phases)})
    wrong = [sentence for _, sentence in checkpoint_problems(amended)]
    roles = {slot.id for slot in world.definition.roles}
    unknown = [c.assessed_by for c in plan.criteria if c.assessed_by is not None and c.assessed_by not in roles]
    wrong += [f'There is no role "{role}".' for role in unknown]
    if wrong:
        raise NotValid("{wrong}", wrong=" ".join(wrong))


def _joined(process: Process, change: ChangeGroup, world: World) -> dict[str, str]:
    known = process.groups.get(change.group.group)
    of = change.of or known
    if of is None or of not in world.directory.groups or not world.directory.groups[of].active:
        raise NotFound(what="group in the municipality", name=of or change.group.group)
    _groups_differ({**process.groups, change.group.group: of})
    return {} if of == known else {change.group.group: of}


# --- renditions and redaction -------------------------------------------------------------------------------------
