"""Who is told when something has happened or fallen due: each person with one thing said. Pure.

Whom a reminder tells is found out now, not when it was planned: who owes the duty still, who stands in for whom. Nobody
is told of their own act.
"""

from dataclasses import replace

from models.days.calendar import at_local
from models.definitions.definition import Definition, MeetingPlan
from models.duties.around import lacks, vacant_part
from models.duties.duty import Duty
from models.duties.owed import OwedByKind
from models.duties.phases import stances
from models.duties.recipients import Around, Nobody, Recipients, around, recipients
from models.events import Recorded, RemindersFellDue
from models.process import Process
from models.rounds import AWAITING_ANSWER
from models.telling.events import EVENTS_TOLD
from models.telling.notices import reminder_kind
from models.telling.said import Said, Scene, Telling, Told, Unreached
from models.words import Audience, DutyKind, ProcessStatus
from models.world import World

AUDIENCES = {audience.value: audience for audience in Audience}
COUNTED = "stances:"
"""What the reminders that tell how many stances of a group are missing begin with."""


def tellings(recorded: Recorded, process: Process, world: World) -> tuple[list[Telling], list[Unreached]]:
    """Everybody the event is told to, each thing once, and those who cannot be reached, with the reason."""
    scene = Scene(recorded, process, world)
    told_of = _reminded if isinstance(recorded.event, RemindersFellDue) else EVENTS_TOLD[type(recorded.event)]
    told: dict[tuple[str, str], Telling] = {}
    unreached: dict[tuple[str, str], Unreached] = {}
    for wanted, reached, item, said in told_of(scene):
        if reached.reason is not None:
            unreached[wanted, item] = Unreached(wanted, item, reached.reason)
        for person in reached.people:
            if person != recorded.by.person:
                told.setdefault((person, item), Telling(person, item, said))
    return list(told.values()), list(unreached.values())


def in_place_of(person: str, recorded: Recorded, process: Process, world: World) -> list[tuple[str, Recipients]]:
    """What the event tells somebody who is away now, by item, with who is told in their place or why nobody is."""
    told_of = EVENTS_TOLD[type(recorded.event)]
    pairs = zip(
        told_of(Scene(recorded, process, _as_if_present(person, world))),
        told_of(Scene(recorded, process, world)),
        strict=True,
    )
    return [(item, now) for (_, then, item, _), (_, now, _, _) in pairs if person in then.people]


def _as_if_present(person: str, world: World) -> World:
    absences = {key: one for key, one in world.directory.absences.items() if one.person != person}
    return replace(world, directory=world.directory.model_copy(update={"absences": absences}))


def _reminded(s: Scene) -> Told:
    """The steps that fell due, of duties that are still owed; several steps of one duty are one thing told."""
    owed = OwedByKind(s.process, s.world.definition, s.world.calendar)
    event: RemindersFellDue = s.event
    by_phase: dict[str | None, Around] = {}
    for name in event.reminders:
        key, _, step = name.rpartition("/")
        duty, audience = owed.get(key), AUDIENCES[step.split(":")[1]]
        if duty is None:
            kind = reminder_kind(DutyKind(key.partition(":")[0]), audience)
            running = s.process.status is ProcessStatus.RUNNING
            reason = Nobody.DONE if running else Nobody.NOT_RUNNING
            yield key, Recipients((), reason), f"{s.process.id}:{key}:{audience.value}", Said(kind=kind)
            continue
        if duty.phase not in by_phase:
            by_phase[duty.phase] = around(s.process, s.world.definition, duty.phase)
        yield _told(s.process, s.world, key, duty, audience, by_phase[duty.phase])


def reminded(
    process: Process, world: World, key: str, duty: Duty, audience: Audience
) -> tuple[str, Recipients, str, Said]:
    """Whom a reminder of the duty tells today, and what; whose own duty it is hears of it as its holder."""
    return _told(process, world, key, duty, audience, around(process, world.definition, duty.phase))


def _told(
    process: Process, world: World, key: str, duty: Duty, audience: Audience, about: Around
) -> tuple[str, Recipients, str, Said]:
    reached = recipients(duty, audience, about, world.directory, world.today)
    if audience is not Audience.HOLDER and not _is_counted(duty, audience):
        holder = recipients(duty, Audience.HOLDER, about, world.directory, world.today)
        audience = Audience.HOLDER if reached.people and reached.people == holder.people else audience
    whom = duty.person or about.group(duty) or duty.group or key
    said = reminder(process, world.definition, key, duty, audience)
    return whom, reached, reminder_item(process.id, key, duty, audience), said


def reminder_item(process: str, key: str, duty: Duty, audience: Audience) -> str:
    """What a reminder is once in a message. Missing stances are told to others by group, as a count."""
    if _is_counted(duty, audience):
        return f"{process}:{COUNTED}{duty.phase}:{duty.round}:{duty.group}:{audience.value}"
    return f"{process}:{key}:{audience.value}"


def _is_counted(duty: Duty, audience: Audience) -> bool:
    """Whether what is missing is told as a count: others never hear whose stance it is."""
    return audience is not Audience.HOLDER and duty.kind is DutyKind.STANCE


def reminder(process: Process, definition: Definition, key: str, duty: Duty, audience: Audience) -> Said:
    """What a reminder of the duty says."""
    return Said(
        kind=reminder_kind(duty.kind, audience),
        phase=duty.phase,
        about=about_duty(duty),
        due=duty.due,
        facts=_facts(process, definition, duty),
        duty=key,
        round=duty.round if _is_counted(duty, audience) else None,
    )


ABOUT: dict[DutyKind, str] = {
    DutyKind.OUTPUT: "output",
    DutyKind.ASSESSMENT: "criterion",
    DutyKind.MEMO: "meeting",
    DutyKind.ASK_STATEMENT: "statement",
    DutyKind.STATEMENT: "statement",
    DutyKind.OPEN_HEARING: "hearing",
    DutyKind.HEARING: "hearing",
    DutyKind.HANDLING: "handling",
    DutyKind.INVITATION: "meeting",
    DutyKind.DECISION_MEETING: "handling",
}
"""What kind of thing a duty's item is."""


def about_duty(duty: Duty) -> str | None:
    """What the duty is about, as a reference; None where it is about the process as a whole."""
    if duty.kind is DutyKind.VACANCY:
        return vacant_part(duty.item or "", duty.group is not None)
    if duty.kind in ABOUT:
        return f"{ABOUT[duty.kind]}:{duty.item}"
    return f"checkpoint:{duty.phase}" if duty.phase else None


def _facts(process: Process, definition: Definition, duty: Duty) -> dict[str, str | int]:
    if duty.kind in (DutyKind.STANCE, DutyKind.ANSWER, DutyKind.REPLY):
        return {"group": f"group:{duty.group}"}
    if duty.kind is DutyKind.VACANCY:
        part = process.vacant[duty.item or ""].part
        return {"missing": lacks(part.slot, part.missing)}
    if duty.kind is DutyKind.STATEMENT:
        return {"body": f"body:{process.statements[duty.item or ''].body}"}
    if duty.kind is DutyKind.OUTCOME:
        return _missing(process, duty.phase or "")
    if duty.kind is DutyKind.ASK_STATEMENT:
        asked = next(plan for plan in definition.statements if plan.id == duty.item)
        return {"body": f"body:{asked.body}", "days": asked.least_days}
    if duty.kind is DutyKind.OPEN_HEARING:
        return {"days": next(plan.least_days for plan in definition.hearings if plan.id == duty.item)}
    if duty.kind in (DutyKind.HANDLING, DutyKind.DECISION_MEETING):
        plan = next(plan for plan in definition.decision.chain if plan.id == duty.item)
        facts: dict[str, str | int] = {"body": f"body:{plan.body}"}
        if duty.kind is DutyKind.DECISION_MEETING:
            facts |= {side: process.dates[f"window:{side}"].isoformat() for side in ("first", "last")}
        return facts
    if duty.kind is DutyKind.STAFF_COOPERATION:
        return {"judged": int(bool(process.cooperation.needed))}
    if duty.kind is DutyKind.INVITATION:
        plan_ = next(plan for plan in definition.meetings if plan.id == duty.item)
        return {"at": _planned_at(process, plan_)}
    return {}


def _missing(process: Process, phase: str) -> dict[str, str | int]:
    """How many stances and answers the round of the phase still waits for."""
    round_ = process.rounds[phase]
    objections = [one for one in process.objections.values() if one.phase == phase and one.status in AWAITING_ANSWER]
    return {
        "silent": len(list(stances(phase, round_, round_.seats))),
        "unanswered": sum(one.result is None for one in objections),
    }


def _planned_at(process: Process, plan: MeetingPlan) -> str:
    """When the meeting is planned to begin; without a time of day, when its day begins."""
    hour, _, minute = (plan.time or "0.00").replace("–", "-").split("-")[0].partition(".")
    return at_local(process.dates[f"meeting:{plan.id}"], int(hour), int(minute)).isoformat()
