"""Who may what: one table for acting and one for reading. Pages, API and CLI add nothing to it.

A right belongs to a *part* somebody plays towards a process that day. Whoever stands in for an employee who is away
(`Actor.for_whom`) plays that employee's parts; both are recorded. A seat's deputies are judged in `stances.py`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from models import commands as c
from models.commands import Command
from models.errors import NotAuthorised, NotFound
from models.events import Actor
from models.municipality.directory import Directory
from models.process import Process
from models.words import Role, SeatPart
from models.world import World, checkpoint_of


class Part(StrEnum):
    COORDINATOR = "the coordinator of the process"
    PREDECESSOR = "who coordinated the process until lately"
    PREPARER = "the preparer named for the checkpoint"
    OWNER = "the one who answers for the outputs"
    ASSESSOR = "the one named to assess the criterion"
    CHAIR = "the chair of the group"
    SEAT = "the holder of the seat or its deputy"
    CONDITION_OWNER = "the owner of the condition"
    ANY_ROLE = "somebody with a part in the process"
    ADMINISTRATOR = "the administrator of the municipality"
    SETTER_UP = "a coordinator of the municipality"
    REGISTRAR = "the registrar"
    PROTECTION = "the data-protection officer"
    AUDITOR = "the auditor"
    SYSTEM = "Etappi itself"


SYSTEM_ACTORS = ("clock", "flow", "directory")

PART_OF: dict[Role, Part] = {
    Role.ADMINISTRATOR: Part.ADMINISTRATOR,
    Role.COORDINATOR: Part.SETTER_UP,
    Role.REGISTRAR: Part.REGISTRAR,
    Role.PROTECTION: Part.PROTECTION,
    Role.AUDITOR: Part.AUDITOR,
}
"""The part that each of the municipality's standing roles plays towards every process."""

RIGHTS: dict[type[Command], tuple[Part, ...]] = {
    c.CreateProcess: (Part.SETTER_UP, Part.ADMINISTRATOR),
    c.Hold: (Part.COORDINATOR,),
    c.Resume: (Part.COORDINATOR,),
    c.Stop: (Part.COORDINATOR,),
    c.Reopen: (Part.COORDINATOR, Part.ADMINISTRATOR),
    c.Close: (Part.COORDINATOR, Part.REGISTRAR),
    c.Extend: (Part.COORDINATOR,),
    c.HandOver: (Part.COORDINATOR, Part.ADMINISTRATOR),
    c.Amend: (Part.COORDINATOR,),
    c.OpenPhase: (Part.COORDINATOR,),
    c.Submit: (Part.OWNER, Part.COORDINATOR),
    c.Revise: (Part.OWNER, Part.COORDINATOR),
    c.Retract: (Part.OWNER, Part.COORDINATOR, Part.SEAT),
    c.Pass: (Part.PREPARER,),
    c.Return: (Part.PREPARER, Part.COORDINATOR),
    c.TakeStance: (Part.SEAT,),
    c.Confirm: (Part.SEAT,),
    c.Withdraw: (Part.SEAT,),
    c.Answer: (Part.PREPARER, Part.OWNER, Part.COORDINATOR),
    c.CarryAsCondition: (Part.PREPARER,),
    c.RecordDissent: (Part.PREPARER,),
    c.FileDissent: (Part.SEAT,),
    c.CoSign: (Part.SEAT,),
    c.FulfilCondition: (Part.CONDITION_OWNER, Part.COORDINATOR),
    c.Assess: (Part.ASSESSOR,),
    c.ScheduleMeeting: (Part.COORDINATOR, Part.CHAIR),
    c.CancelMeeting: (Part.COORDINATOR, Part.CHAIR),
    c.RecordMeeting: (Part.CHAIR, Part.COORDINATOR),
    c.CorrectMemo: (Part.SEAT,),
    c.GiveOpportunity: (Part.COORDINATOR, Part.OWNER),
    c.AskStatement: (Part.COORDINATOR, Part.REGISTRAR),
    c.RecordStatement: (Part.COORDINATOR, Part.REGISTRAR),
    c.AnswerStatement: (Part.COORDINATOR, Part.PREPARER),
    c.OpenHearing: (Part.COORDINATOR,),
    c.CloseHearing: (Part.COORDINATOR,),
    c.RecordHandling: (Part.REGISTRAR, Part.COORDINATOR),
    c.RecordDecidedText: (Part.REGISTRAR, Part.COORDINATOR),
    c.RecordMinutes: (Part.REGISTRAR, Part.COORDINATOR),
    c.RecordLegalState: (Part.REGISTRAR, Part.COORDINATOR),
    c.MakePublic: (Part.REGISTRAR, Part.COORDINATOR),
    c.RecordCooperation: (Part.COORDINATOR, Part.REGISTRAR),
    c.CorrectEntry: (Part.REGISTRAR, Part.COORDINATOR),
    c.LeaveRound: (Part.SYSTEM,),
    c.NoteVacancies: (Part.SYSTEM,),
    c.FollowCalendar: (Part.SYSTEM,),
    c.RecordRendition: (Part.SYSTEM,),
    c.Destroy: (Part.REGISTRAR, Part.PROTECTION, Part.ADMINISTRATOR, Part.SYSTEM),
    c.Redact: (Part.PROTECTION,),
}


IN_GROUPS = {Part.CHAIR, Part.SEAT}
"""Parts that are looked for among all seats of a process's groups: only where a command belongs to one of them."""

RETRACTING: dict[str, tuple[Part, ...]] = {
    "opening": (Part.COORDINATOR,),
    "submission": (Part.OWNER, Part.COORDINATOR),
    "stance": (Part.SEAT,),
}
"""What may be taken back by whom: by those who may do it."""


class Thing(StrEnum):
    """What may be read."""

    PROCESS = "process"  # where it stands, counts, groups' stances, outputs in preparation
    NAMES = "names"  # which member said what, in the reader's own group
    LATE = "late"  # who has not answered, in the reader's own group
    RECORD = "record"  # the preparation history
    EVERYTHING = "everything"  # names and late ones of every group


READING: dict[Thing, tuple[Part, ...]] = {
    Thing.PROCESS: (Part.ANY_ROLE, Part.PREDECESSOR, Part.ADMINISTRATOR, Part.REGISTRAR, Part.AUDITOR, Part.PROTECTION),
    Thing.NAMES: (Part.SEAT, Part.COORDINATOR),
    Thing.LATE: (Part.CHAIR, Part.COORDINATOR),
    Thing.RECORD: (Part.ANY_ROLE, Part.PREDECESSOR, Part.REGISTRAR, Part.AUDITOR, Part.PROTECTION),
    Thing.EVERYTHING: (Part.COORDINATOR,),
}

READING_SECRETS = (Part.SEAT, Part.OWNER, Part.ASSESSOR, Part.PREPARER, Part.COORDINATOR, Part.REGISTRAR)
"""Who reads what is secret, wholly or in part: judged towards each phase that it lies in (`secrecy.py`)."""


def check_right(process: Process | None, command: Command, by: Actor, world: World) -> None:
    """Raises NotAuthorised unless the actor plays one of the parts the command belongs to."""
    allowed = RETRACTING[command.what] if isinstance(command, c.Retract) else RIGHTS[type(command)]
    if by.person in SYSTEM_ACTORS:
        played = {Part.SYSTEM}
    else:
        if not world.directory.is_active(by.person):
            raise NotAuthorised(who="people of the directory")
        _check_seat(process, command, by, world)
        if process and Part.SEAT in allowed and by.for_whom is None and _in_a_round(process, by.person):
            return  # most acts are stances: a large directory need not be searched for them
        played = _parts_for(process, command, by, world) if process else set()
        if not played.isdisjoint(allowed):
            return
        if process and not IN_GROUPS.isdisjoint(allowed):
            played |= _parts_in_groups(process, command, by, world)
        played |= standing_parts(by, world)
    if played.isdisjoint(allowed):
        raise NotAuthorised(who=", or ".join(allowed))


def may_read(process: Process, thing: Thing, person: str, world: World, group: str | None = None) -> bool:
    """Whether the person may read that of the process today; `group` narrows names and late ones to one group.

    Whoever stands in for an employee reads what that employee may: else they could not do what waits.
    """
    if not world.directory.is_active(person):
        return False
    played: set[Part] = set()
    for whom in played_by(person, world):
        by = Actor(person=whom)
        played |= standing_parts(by, world) | process_parts(process, by, world)
    seats = _seats(process, person, world)  # those of others are their deputies' alone
    if seats:
        played.add(Part.ANY_ROLE)
    mine = [part for in_group, part in seats if group is None or in_group == group]
    if mine:
        played.add(Part.SEAT)
    if any(group in (None, led) for led in _led(process, person, seats, world)):
        played.add(Part.CHAIR)
    return bool(played & set(READING[thing]))


def reads_until(process: Process, person: str, world: World) -> dt.date | None:
    """The last day on which somebody who coordinated before may read the process; None where another part lets them."""
    before = process.predecessor
    if before is None or not may_read(process, Thing.PROCESS, person, world):
        return None
    without = process.model_copy(update={"predecessor": None})
    return None if may_read(without, Thing.PROCESS, person, world) else before.until


def may_create(directory: Directory, person: str, day: dt.date) -> bool:
    """Whether the person may create processes on the day."""
    played = {PART_OF[role] for role in directory.roles_of(person, day)}
    return directory.is_active(person) and not played.isdisjoint(RIGHTS[c.CreateProcess])


def played_by(person: str, world: World) -> tuple[str, ...]:
    """The person, and those for whom the person stands in today."""
    return (person, *world.directory.stood_in_for(person, world.today))


def acting_for(by: Actor, world: World) -> str:
    """Whose parts the actor plays: an absent employee's, as the stand-in, or the actor's own. Raises NotAuthorised."""
    if by.for_whom is None or by.for_whom == by.person:
        return by.person
    if not world.directory.stands_in(by.person, by.for_whom, world.today):
        raise NotAuthorised("You do not stand in for {person} today.", person=by.for_whom)
    return by.for_whom


def _check_seat(process: Process | None, command: Command, by: Actor, world: World) -> None:
    """What the record will say is true: the seat is the one spoken for, whoever acts in it sits there or is its deputy,
    and acts for nobody else than its holder."""
    if by.seat is None:
        return
    rounds = process.rounds.values() if process else ()
    found = (*(round_.seats.get(by.seat) for round_ in rounds), world.directory.seats.get(by.seat))
    held = [s for s in found if s and by.person in (s.person, *s.deputies)]
    if getattr(command, "seat", None) not in (None, by.seat) or not held:
        raise NotAuthorised("You do not act in the seat {seat}.", seat=by.seat)
    if by.for_whom not in (None, by.person, *(s.person for s in held)):
        raise NotAuthorised("You are no deputy of {person} in the seat {seat}.", person=by.for_whom, seat=by.seat)


def standing_parts(by: Actor, world: World) -> set[Part]:
    """The parts of the municipality's standing roles."""
    person = acting_for(by, world) if by.seat is None else by.person
    return {PART_OF[role] for role in world.directory.roles_of(person, world.today)}


def process_parts(process: Process, by: Actor, world: World) -> set[Part]:
    """The parts of the process's own role slots."""
    person = acting_for(by, world) if by.seat is None else by.person
    played = {Part.ANY_ROLE} if person in process.roles.values() else set()
    if process.coordinator == person:
        played.add(Part.COORDINATOR)
    before = process.predecessor
    if before and before.person == person and world.today <= before.until:
        played.add(Part.PREDECESSOR)
    return played


def _parts_for(process: Process, command: Command, by: Actor, world: World) -> set[Part]:
    """The parts that depend on what the command is about."""
    played = process_parts(process, by, world)
    person = acting_for(by, world) if by.seat is None else by.person
    phase = _phase_of(process, command)
    if phase and world.definition.phase(phase):
        plan = checkpoint_of(process, world, phase)
        if process.roles.get(plan.preparer) == person:
            played.add(Part.PREPARER)
        if person in {process.roles.get(output.owner) for output in world.phase(phase).outputs}:
            played.add(Part.OWNER)
        if isinstance(command, c.Assess):
            named = {criterion.id: criterion.assessed_by for criterion in plan.criteria}
            if process.roles.get(named.get(command.criterion) or "") == person:
                played.add(Part.ASSESSOR)
    if isinstance(command, c.FulfilCondition):
        condition = process.conditions.get(command.condition)
        if condition and condition.owner == person:
            played.add(Part.CONDITION_OWNER)
    return played


def _parts_in_groups(process: Process, command: Command, by: Actor, world: World) -> set[Part]:
    """The parts of those who sit in the process's groups, or spoke in them."""
    groups, seats = _groups_of(process, command), _seats(process, by.person, world)
    played = set()
    if any(groups <= {led} for led in _led(process, by.person, seats, world)):
        played.add(Part.CHAIR)
    if seats or _in_a_round(process, by.person) or _signed(process, command, by.person):
        played.add(Part.SEAT)
    return played


def _in_a_round(process: Process, person: str) -> bool:
    """Whether the person holds, or is deputy of, a seat in an open round."""
    return any(person == s.person or person in s.deputies for r in process.rounds.values() for s in r.seats.values())


def _signed(process: Process, command: Command, person: str) -> bool:
    """Whether the command is about a dissent the person has signed: it stays theirs when their seat has ended."""
    dissent = process.dissents.get(command.item) if isinstance(command, c.Withdraw) else None
    return dissent is not None and person in {signer.person for signer in dissent.signers.values()}


def _groups_of(process: Process, command: Command) -> set[str]:
    """The groups whose chair the command belongs to: the one it names, and the one whose meeting it is about."""
    meeting = process.meetings.get(getattr(command, "meeting", ""))
    named = (getattr(command, "group", None), meeting.group if meeting else None)
    return {group for group in named if group is not None}


def _phase_of(process: Process, command: Command) -> str | None:
    """The phase a command is about: named in it, or that of the objection or statement it names. Raises NotFound."""
    phase = getattr(command, "phase", None)
    if phase is not None:
        return str(phase)
    if isinstance(command, (c.Answer, c.CarryAsCondition, c.RecordDissent)):
        if command.objection not in process.objections:
            raise NotFound(what="objection", name=command.objection)
        return process.objections[command.objection].phase
    if isinstance(command, c.AnswerStatement):
        if command.statement not in process.statements:
            raise NotFound(what="statement", name=command.statement)
        return process.statements[command.statement].phase
    return None


def _led(process: Process, person: str, seats: Iterable[tuple[str, SeatPart]], world: World) -> Iterator[str]:
    """The groups that the person leads: as the chair, or as the vice-chair while the group has no chair present.

    As duties are told (`duties/recipients.py`): whoever is told to do it may do it.
    """
    directory, today = world.directory, world.today
    for group, part in seats:
        if part is SeatPart.CHAIR:
            yield group
        elif part is SeatPart.VICE_CHAIR:
            held = (seat for _, seat in directory.seats_of(process.groups[group], today))
            chairs = [seat.person for seat in held if seat.part is SeatPart.CHAIR]
            if not any(directory.is_active(one) and not directory.away(one, today) for one in chairs):
                yield group


def _seats(process: Process, person: str, world: World) -> list[tuple[str, SeatPart]]:
    """The groups of the process the person sits in today, as holder or deputy, and the part of the seat."""
    found: list[tuple[str, SeatPart]] = []
    for group, of in process.groups.items():
        for _, seat in world.directory.seats_of(of, world.today):
            if person == seat.person:
                found.append((group, seat.part))
            elif person in seat.deputies:
                found.append((group, SeatPart.MEMBER))
    return found
