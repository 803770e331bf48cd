"""The life of a phase: how it opens, comes to its checkpoint, passes, or goes back. Pure: no clock, no I/O.

    planned -> ready           all it receives from has passed
            -> open            the coordinator has opened it, on the packages it receives
            -> at checkpoint   its drafts were submitted as exact versions, and a round is open over them
            -> passed          the preparer has stated it: the round has ended, the package is locked, and the
                               phases that now have all they receive are ready

    Returned work reopens this phase, or one it builds on, on its drafts. What builds on that and is no
    longer only planned is suspended, and its open rounds end; the packages of all of them are set aside at once. A
    suspended phase becomes ready when all it receives from has passed anew. The first phase receives from none, and is
    ready from the beginning.

Who may do what is settled before anything here is asked (`rights.py`). Who may say what in a round is in `stances.py`;
how a group's stances add up is in `rounds.py`; what is taken back, in `retracting.py`; what an event changes, in
`evolve.py`. Nothing opens or passes by itself, and a checkpoint prepares; only bodies decide.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from models.commands import OpenPhase, Pass, Return, Revise, Seen, Submit
from models.criteria import due_conditions, evaluate, lacking
from models.days.calendar import due_instant
from models.defects import standing_decision
from models.definitions.definition import CheckpointPlan, Criterion
from models.errors import (
    CheckpointNotOpen,
    CriteriaUnmet,
    FourEyes,
    GroupsUnmet,
    NotFound,
    NotValid,
    ObjectionsOpen,
    Overtaken,
    PackageChanged,
    PhaseNotOpen,
    PhaseNotReady,
    Refused,
    WindowRuns,
)
from models.events import Actor, CheckpointPassed, Event, OutputRevised, OutputsSubmitted, PhaseOpened, WorkReturned
from models.four_eyes import another, check_four_eyes
from models.package import PACKAGE_FORMAT, manifest_hash, package_hash
from models.process import Phase, Process, Round, RoundVersion, Seat
from models.rounds import Standing, covered, digest, standing, window_until
from models.words import GroupRule, HandlingOutcome, LegalState, PhaseStatus, RoundEnding, SeatPart
from models.world import World, checkpoint_of

LEAST_DAYS = 3  # working days from submitting to the due day; were there fewer, the groups get their full time anew


# --- opening ------------------------------------------------------------------------------------------------------


def decide_open(process: Process, command: OpenPhase, by: Actor, world: World) -> list[Event]:
    """A ready phase opens on the packages it receives, once their bytes have been verified."""
    phase = the_phase(process, command.phase)
    if phase.status is not PhaseStatus.READY:
        raise PhaseNotReady(phase=command.phase, status=phase.status)
    received = {source: process.phases[source].package for source in world.definition.receives(command.phase)}
    for source, package in received.items():
        if package is None:
            raise PackageChanged(phase=command.phase, why=f"the package of {source} has been set aside")
        if package not in world.facts.intact:
            raise PackageChanged(
                phase=command.phase, why=f"the stored package of {source} has other bytes than were locked"
            )
    return [PhaseOpened(phase=command.phase, received={s: p for s, p in received.items() if p})]


# --- coming to the checkpoint -------------------------------------------------------------------------------------


def decide_submit(process: Process, command: Submit, by: Actor, world: World) -> list[Event]:
    """The drafts become exact versions and a round opens over them; seats, deputies and rules are frozen for it.

    Refuses when a required output has no draft, a group has no members or lacks the chair it decides by, nobody could
    state the outcome, or four eyes would leave no acceptor.
    """
    key = command.phase
    phase = the_phase(process, key)
    if phase.status is not PhaseStatus.OPEN:
        raise PhaseNotOpen(phase=key, status=phase.status)
    plan = checkpoint_of(process, world, key)
    _preparer_there(process, plan, world)
    versions = _versions(process, plan, key, world)
    seats = _frozen_seats(process, plan, world)
    check_four_eyes(process, plan, seats, {by.person}, world)
    former = phase.earlier.versions if phase.earlier else {o: version.sha256 for o, version in phase.versions.items()}
    event = OutputsSubmitted(
        phase=key,
        round=phase.rounds + 1,
        due=_due(process, plan, key, world),
        manifest="",
        versions=versions,
        groups=plan.groups,
        seats=seats,
        criteria=tuple(criterion.id for criterion in plan.criteria),
        former=dict(former),
    )
    return [event.model_copy(update={"manifest": manifest_hash(process, event)})]


def _preparer_there(process: Process, plan: CheckpointPlan, world: World) -> None:
    """Raises Refused where nobody could state the outcome."""
    preparer = process.roles.get(plan.preparer)
    if preparer is None or not world.directory.is_active(preparer):
        raise Refused(
            "Nobody could state the outcome: {role} is no longer in the directory. Name another by an amendment first.",
            role=plan.preparer,
        )


def _versions(process: Process, plan: CheckpointPlan, key: str, world: World) -> dict[str, RoundVersion]:
    """The versions the round is over: this phase's drafts, and what the checkpoint carries of earlier phases."""
    missing = [o.name.fi for o in world.phase(key).outputs if o.required and o.id not in world.facts.drafts]
    if missing:
        raise Refused("These required outputs have no draft yet: {outputs}.", outputs=", ".join(missing))
    versions: dict[str, RoundVersion] = {}
    for source in plan.carries:
        if source != key:  # what was revised in its own round is as it is from the beginning of this round on
            carried = process.phases[source].versions.items()
            versions |= {output: version.model_copy(update={"changed": 1}) for output, version in carried}
    for output, draft in world.facts.drafts.items():
        before = process.phases[key].versions.get(output)
        same = before is not None and before.sha256 == draft.sha256
        no = 1 if before is None else before.no if same else before.no + 1
        publicity = before.publicity if before and same else draft.publicity  # it may have been made public
        versions[output] = RoundVersion(phase=key, no=no, sha256=draft.sha256, by=draft.by, publicity=publicity)
    return versions


def _frozen_seats(process: Process, plan: CheckpointPlan, world: World) -> dict[str, Seat]:
    seats: dict[str, Seat] = {}
    for at in plan.groups:
        mine = {
            key: Seat(group=at.group, person=seat.person, part=seat.part, deputies=seat.deputies)
            for key, seat in world.directory.seats_of(process.groups[at.group], world.today)
        }
        if not mine:
            raise Refused("The group {group} has no members today; give it seats before submitting.", group=at.group)
        if at.rule is GroupRule.CHAIR and all(seat.part is SeatPart.MEMBER for seat in mine.values()):
            raise Refused("The group {group} decides by its chair and has none; name one first.", group=at.group)
        seats |= mine
    return seats


def _due(process: Process, plan: CheckpointPlan, key: str, world: World) -> dt.date:
    """The planned day of the checkpoint, unless it leaves less than LEAST_DAYS: then the plan's days from now."""
    planned = process.dates[f"checkpoint:{key}"]
    if planned >= world.calendar.add_working_days(world.today, LEAST_DAYS):
        return planned
    return world.calendar.add_working_days(world.today, plan.stance_days)


def decide_revise(process: Process, command: Revise, by: Actor, world: World) -> list[Event]:
    """The draft replaces one output's version in the round; stances that cover it become stale.

    A technical correction makes none stale: those concerned see the difference and may take their stance back
    for the plan's `correction_days`.
    """
    round_ = the_round(process, command.phase)
    plan = checkpoint_of(process, world, command.phase)
    before = round_.versions.get(command.output)
    if before is None or before.phase != command.phase:
        raise NotFound(what=f"output of the phase {command.phase} in the round", name=command.output)
    draft = world.facts.drafts.get(command.output)
    if draft is None or draft.sha256 == before.sha256:
        raise NotValid(
            "The draft of {output} is the same as the version in the round: change it first.", output=command.output
        )
    check_four_eyes(process, plan, round_.seats, {*round_.submitted_by, by.person}, world)
    version = RoundVersion(
        phase=command.phase,
        no=before.no + 1,
        sha256=draft.sha256,
        by=draft.by,
        publicity=draft.publicity,
        changed=before.changed if command.technical else round_.edition + 1,
    )
    concerned = tuple(s for s in round_.seats if s in round_.stances and command.output in covered(round_, s))
    until = due_instant(world.today + dt.timedelta(days=plan.correction_days))
    event = OutputRevised(
        phase=command.phase,
        round=round_.no,
        output=command.output,
        version=version,
        before=before.sha256,
        manifest="",
        technical=command.technical,
        reason=command.reason,
        window=until if command.technical and concerned else None,
        concerned=concerned,
    )
    return [event.model_copy(update={"manifest": manifest_hash(process, event)})]


# --- passing ------------------------------------------------------------------------------------------------------


def decide_pass(process: Process, command: Pass, by: Actor, world: World) -> list[Event]:
    """The preparer states that the phase passes: the round ends, the package is locked, and the phases that now have
    all they receive are ready.

    Overtaken when anything the preparer relies on has changed since they looked. Refused to who submitted or revised
    (four eyes); while a window runs, of a memo or of a technical correction; while an objection under consent is open;
    when fewer of the groups that are still asked accept than the checkpoint needs; when a must, or a condition due by
    now, fails or cannot be evaluated and is not waived with a written reason. What holds cannot be waived. The round's
    due day only reminds: nothing passes or fails by it.
    """
    key = command.phase
    round_ = the_round(process, key)
    plan = checkpoint_of(process, world, key)
    _not_overtaken(process, key, round_, command.seen)
    if plan.four_eyes and by.person in round_.submitted_by:
        raise FourEyes(why="who submitted the outputs does not state the outcome of the same round")
    until = window_until(round_, world.now)
    if until is not None:
        raise WindowRuns(until=until)
    waived: dict[str, str] = dict(command.waive)
    _groups_accept(process, plan, key, waived)
    criteria = evaluate(process, world, key, plan)
    conditions = due_conditions(process, world, key)
    _musts_hold(plan, criteria, conditions, waived, lambda one: lacking(process, world, key, one))
    if waived:
        raise NotValid("There is nothing to waive in {names}: it holds or is no must.", names=", ".join(waived))
    adopted = any(condition.phase == key for condition in process.conditions.values())
    phase = process.phases[key]
    event = CheckpointPassed(
        phase=key,
        round=round_.no,
        outcome=RoundEnding.PASSED_WITH_CONDITIONS if adopted else RoundEnding.PASSED,
        format=PACKAGE_FORMAT,
        package="",
        previous=process.last_package,
        supersedes=phase.former,
        waived=dict(command.waive),
        criteria=criteria,
        ready=becoming_ready(process, key, world),
    )
    return [event.model_copy(update={"package": package_hash(process, event, by, world.now)})]


def _not_overtaken(process: Process, key: str, round_: Round, seen: Seen) -> None:
    if (seen.round, seen.manifest) != (round_.no, round_.manifest):
        raise Overtaken(what="the outputs in the round are other versions now")
    if seen.digest != digest(process, key):
        raise Overtaken(what="stances, objections or conditions have changed")


class _Tally(NamedTuple):
    """How the groups at a checkpoint add up. A group whose objections were carried or recorded is no longer asked."""

    needed: int  # how many are to accept
    accepting: int
    settled: int  # they do not accept, and do not stand in the way either
    unmet: list[Standing]

    def enough(self, gone: int = 0) -> bool:
        """Whether as many accept as are needed of those asked, and it is not that nobody is left to say anything."""
        asked = self.accepting + len(self.unmet) - gone
        return self.accepting >= min(self.needed, asked) and self.accepting + self.settled > 0


def _groups_accept(process: Process, plan: CheckpointPlan, key: str, waived: dict[str, str]) -> None:
    """Every group that is still asked accepts, or n of them; no objection under consent is open.

    A group with nobody left may be waived, and is then not asked.
    """
    standings = _standings(process, key)
    blocking = [o for s in standings if s.rule is GroupRule.CONSENT for o in s.open_objections]
    if blocking:
        raise ObjectionsOpen(objections=", ".join(sorted(set(blocking))))
    tally = _tally(process, plan, key, standings)
    if tally.enough():
        return
    gone = [s.group for s in tally.unmet if s.seats == 0 and s.group in waived]
    if not tally.enough(gone=len(gone)):
        unmet = [s.group for s in tally.unmet]
        raise GroupsUnmet(groups=", ".join([group for group in unmet if group not in gone] or unmet))
    for group in gone:
        del waived[group]


def groups_to_waive(process: Process, plan: CheckpointPlan, phase: str) -> tuple[str, ...]:
    """The groups with nobody left, where fewer accept than the checkpoint asks: each may be waived like a must."""
    tally = _tally(process, plan, phase, _standings(process, phase))
    return () if tally.enough() else tuple(s.group for s in tally.unmet if s.seats == 0)


def _tally(process: Process, plan: CheckpointPlan, phase: str, standings: list[Standing]) -> _Tally:
    """By two pairs of eyes: what the submitters alone say makes no group accept, nor settles it."""
    accepting, settled, unmet = 0, 0, []
    for s in standings:
        if s.met and another(process, plan, phase, s.acceptors):
            accepting += 1
        elif another(process, plan, phase, s.settled_makers):
            settled += 1
        else:
            unmet.append(s)
    return _Tally(plan.at_least or accepting + settled + len(unmet), accepting, settled, unmet)


def _standings(process: Process, phase: str) -> list[Standing]:
    return [standing(process, phase, at) for at in process.rounds[phase].groups]


def _musts_hold(
    plan: CheckpointPlan,
    criteria: dict[str, bool | None],
    conditions: list[str],
    waived: dict[str, str],
    lacks: Callable[[Criterion], tuple[str, ...]],
) -> None:
    failing = {one.id: one for one in plan.criteria if one.must and criteria[one.id] is not True}
    unmet = [item for item in (*failing, *conditions) if waived.pop(item, None) is None]
    if unmet:
        items = {key: lacks(failing[key]) for key in unmet if key in failing}
        told = [f"{key} ({'; '.join(items[key])})" if items.get(key) else key for key in unmet]
        raise CriteriaUnmet(criteria=", ".join(told), items={key: found for key, found in items.items() if found})


def becoming_ready(process: Process, passing: str, world: World) -> tuple[str, ...]:
    """The phases that could be opened once that one has passed."""

    def passed(key: str) -> bool:
        return key == passing or process.phases[key].status is PhaseStatus.PASSED

    waiting = (PhaseStatus.PLANNED, PhaseStatus.SUSPENDED)
    return tuple(
        key
        for key, phase in process.phases.items()
        if phase.status in waiting
        and key != passing
        and all(passed(source) for source in world.definition.receives(key))
    )


# --- returning ----------------------------------------------------------------------------------------------------


def decide_return(process: Process, command: Return, by: Actor, world: World) -> list[Event]:
    """The work goes back to this phase or to one it builds on, with reasons; what builds on that is suspended.

    It goes back from an open round; after the last checkpoint, because a body's handling sent the matter back or its
    decision was annulled. Parallel phases are left alone.
    """
    phase = the_phase(process, command.phase)
    the_phase(process, command.to)
    dependent = _building_on(process, command.to, world)
    touched = (command.to, *dependent)
    if command.phase not in touched:
        raise NotValid(
            "{phase} does not build on {to}; work goes back to the phase itself or to one it builds on.",
            phase=command.phase,
            to=command.to,
        )
    round_ = process.rounds.get(command.phase)
    all_passed = phase.status is PhaseStatus.PASSED and command.phase == list(process.phases)[-1]
    if all_passed and not command.handling:
        raise Refused("All phases have passed: name the handling that sent the matter back, or that was annulled.")
    if round_ is None and not all_passed:
        raise CheckpointNotOpen(phase=command.phase, status=phase.status)
    if round_ and command.seen and (command.seen.round, command.seen.manifest) != (round_.no, round_.manifest):
        raise Overtaken(what="the outputs in the round are other versions now")
    if command.handling is not None:
        _sent_back(process, command.handling)
    return [
        WorkReturned(
            phase=command.phase,
            round=round_.no if round_ else None,
            to=command.to,
            suspended=tuple(key for key in dependent if process.phases[key].status is not PhaseStatus.PLANNED),
            superseded=tuple(key for key in dependent if key in process.rounds and key != command.phase),
            set_aside=tuple(key for key in touched if process.phases[key].package),
            handling=command.handling,
            reason=command.reason,
        )
    ]


def _sent_back(process: Process, key: str) -> None:
    """Raises NotFound, NotValid or Refused unless the handling sent the matter back, or is the decision annulled."""
    if key not in process.handlings:
        raise NotFound(what="handling", name=key)
    handling = process.handlings[key]
    if handling.outcome is not HandlingOutcome.RETURNED and handling.legal is not LegalState.ANNULLED:
        raise NotValid("The handling {handling} did not send the matter back.", handling=key)
    if handling.set_aside:
        raise Refused("The matter has gone back since the handling {handling}: name a later one.", handling=key)
    if standing_decision(process):
        raise Refused("The matter has been decided: it goes back only if the decision is annulled.")


def _building_on(process: Process, source: str, world: World) -> tuple[str, ...]:
    """The phases that receive from one, directly or through others, in order."""
    found = {source}
    for key in process.phases:
        if found & set(world.definition.receives(key)):
            found.add(key)
    return tuple(key for key in process.phases if key in found and key != source)


# --- finding things -----------------------------------------------------------------------------------------------


def the_phase(process: Process, key: str) -> Phase:
    """The phase. Raises NotFound."""
    if key not in process.phases:
        raise NotFound(what="phase", name=key)
    return process.phases[key]


def the_round(process: Process, key: str) -> Round:
    """The open round at the phase's checkpoint. Raises CheckpointNotOpen."""
    phase = the_phase(process, key)
    if key not in process.rounds:
        raise CheckpointNotOpen(phase=key, status=phase.status)
    return process.rounds[key]
