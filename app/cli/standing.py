"""Where a process stands, as values that are printed or made into JSON. What the reader may not read is left out."""

import datetime as dt
from collections.abc import Iterator

from app.cli.desk import Desk
from app.cli.duties import told_duty
from app.cli.shapes import Person
from app.cli.shapes_status import (
    ConditionLine,
    DissentLine,
    GroupLine,
    HandlingLine,
    LateLine,
    ObjectionLine,
    PhaseLine,
    ProcessLine,
    RoundLine,
    Trouble,
    VacancyLine,
)
from models.days.formats import finnish_date
from models.definitions.definition import GroupAtCheckpoint
from models.process import COORDINATOR, Process
from models.rights import Thing
from models.rounds import digest, standing, to_former_text, window_until
from models.storage.reading import Listed, OpenDuty, Owing, open_duties
from models.vacancies import Vacancy, vacancies
from models.words import Missing, ObjectionStatus, PhaseStatus, ProcessStatus


def person(desk: Desk, key: str) -> Person:
    known = desk.directory.people.get(key)
    return Person(key, desk.private(known.name) if known else None)


# --- in a sentence ----------------------------------------------------------------------------------------------------


def stands(desk: Desk) -> str:
    """Where the process stands."""
    process = desk.process
    match process.status:
        case ProcessStatus.CLOSED:
            return "It is closed."
        case ProcessStatus.STOPPED:
            return "It was stopped before its decision; only a new setting-up decision reopens it."
        case ProcessStatus.HELD:
            return f"It is on hold. {_phases_stand(desk)}"
        case ProcessStatus.RUNNING:
            return _phases_stand(desk)


def _phases_stand(desk: Desk) -> str:
    process = desk.process
    if process.decision:
        handling = process.handlings[process.decision]
        section = f" § {handling.section}" if handling.section else ""
        legal = f"; it is {handling.legal.value}" if handling.legal else ""
        return f"{desk.names.body(handling.body)} decided on {finnish_date(handling.date)}{section}{legal}."
    under_way = [sentence for key in process.phases for sentence in _phase_stands(desk, key)]
    return " ".join(under_way) or "All phases have passed; the matter is on its way to the decision."


def _phase_stands(desk: Desk, key: str) -> Iterator[str]:
    process, name = desk.process, desk.names.phase(key)
    match process.phases[key].status:
        case PhaseStatus.AT_CHECKPOINT:
            round_ = process.rounds[key]
            yield f"{name} is at its checkpoint, round {round_.no}; stances are due {finnish_date(round_.due)}."
        case PhaseStatus.OPEN:
            yield f"{name} is being worked on until {finnish_date(process.dates[f'checkpoint:{key}'])}."
        case PhaseStatus.READY:
            yield f"{name} is ready to be opened."


def next_checkpoint(process: Process) -> tuple[str | None, dt.date | None]:
    """The key and the day of the checkpoint that comes next."""
    ahead = [key for key, phase in process.phases.items() if phase.status is not PhaseStatus.PASSED]
    days = {
        f"checkpoint:{key}": process.rounds[key].due if key in process.rounds else process.dates[f"checkpoint:{key}"]
        for key in ahead
    }
    if not days or process.status in (ProcessStatus.STOPPED, ProcessStatus.CLOSED):
        return None, None
    key = min(days, key=lambda one: days[one])
    return key, days[key]


def process_line(desk: Desk, listed: Listed) -> ProcessLine:
    key, day = next_checkpoint(desk.process)
    return ProcessLine(listed.key, listed.title, stands(desk), listed.status, listed.rehearsal, key, day)


# --- phases and rounds ------------------------------------------------------------------------------------------------


def phase_lines(desk: Desk) -> tuple[PhaseLine, ...]:
    dates = desk.process.dates
    return tuple(
        PhaseLine(
            number=number,
            phase=key,
            name=desk.names.phase(key),
            status=phase.status.value,
            first=dates[f"phase:{key}:first"],
            last=dates[f"phase:{key}:last"],
            checkpoint=dates[f"checkpoint:{key}"],
            rounds=phase.rounds,
            package=phase.package,
        )
        for number, (key, phase) in enumerate(desk.process.phases.items(), 1)
    )


def round_lines(desk: Desk) -> tuple[RoundLine, ...]:
    return tuple(
        RoundLine(
            phase=key,
            round=round_.no,
            due=round_.due,
            tarkiste=round_.manifest,
            digest=digest(desk.process, key),
            contestable_until=window_until(round_, desk.now),
            groups=tuple(group_line(desk, key, at) for at in round_.groups),
        )
        for key, round_ in desk.process.rounds.items()
    )


def group_line(desk: Desk, phase: str, at: GroupAtCheckpoint) -> GroupLine:
    counted = standing(desk.process, phase, at)
    return GroupLine(
        group=at.group,
        name=desk.names.group(at.group),
        rule=at.rule.value,
        quorum=at.quorum,
        seats=counted.seats,
        accept=counted.accept,
        object=counted.object,
        abstain=counted.abstain,
        not_read=counted.not_read,
        silent=counted.silent,
        disqualified=counted.disqualified,
        left=counted.left,
        has_quorum=counted.quorum,
        accepts=counted.met,
        object_stale=counted.object_stale,
        offer_stale=counted.offer_stale,
        settled=bool(counted.settled),
    )


def vacancy_lines(desk: Desk) -> tuple[VacancyLine, ...]:
    """The parts that nobody plays any more, each with what fills it."""
    return tuple(
        VacancyLine(one.slot, _named(desk, one), one.missing.value, _fills(desk, one))
        for one in vacancies(desk.process, desk.world())
    )


def _named(desk: Desk, one: Vacancy) -> str:
    return desk.names.role(one.slot) if one.missing is Missing.PERSON else desk.names.group(one.slot)


def _fills(desk: Desk, one: Vacancy) -> str:
    if one.missing is Missing.PERSON:
        if one.slot == COORDINATOR:
            return f"has left: an administrator names another, with etappi hand-over {desk.key} --to PERSON"
        return f"has left: etappi amend role {desk.key} {one.slot} PERSON"
    group = desk.process.groups[one.slot]
    if one.missing is Missing.MEMBERS:
        return f"has no members: etappi seat give {group} PERSON"
    return f"has no chair: etappi seat part SEAT chair, or etappi seat give {group} PERSON --part chair"


# --- what is open -----------------------------------------------------------------------------------------------------


def objection_lines(desk: Desk, phase: str | None = None) -> tuple[ObjectionLine, ...]:
    return tuple(
        ObjectionLine(
            objection=key,
            phase=one.phase,
            group=one.group,
            offer=one.offer,
            makers=len(one.makers),
            to_former_text=to_former_text(desk.process, key),
            text=desk.private(one.text),
            answer=desk.private(one.answer) if one.answer else None,
            result=one.result.value if one.result else None,
        )
        for key, one in desk.process.objections.items()
        if one.status is ObjectionStatus.OPEN and phase in (None, one.phase)
    )


def condition_lines(desk: Desk) -> tuple[ConditionLine, ...]:
    return tuple(
        ConditionLine(key, one.phase, person(desk, one.owner), one.due, one.checkpoint, desk.private(one.text))
        for key, one in desk.process.conditions.items()
    )


def dissent_lines(desk: Desk) -> tuple[DissentLine, ...]:
    lines = []
    for key, one in desk.process.dissents.items():
        signed = (desk.private(signature.name) for signature in one.signers.values() if signature.name)
        names = tuple(name for name in signed if name is not None)
        lines.append(DissentLine(key, one.phase, one.group, len(one.signers), names, desk.private(one.text)))
    return tuple(lines)


def handling_lines(desk: Desk) -> tuple[HandlingLine, ...]:
    return tuple(
        HandlingLine(
            handling=key,
            body=one.body,
            kind=one.kind.value,
            outcome=one.outcome.value,
            date=one.date,
            section=one.section,
            legal=one.legal.value if one.legal else None,
            decides=key == desk.process.decision,
            defects=one.defects,
        )
        for key, one in desk.process.handlings.items()
    )


# --- who is late, what is in trouble ----------------------------------------------------------------------------------


def late_lines(desk: Desk) -> tuple[LateLine, ...] | None:
    """The duties whose day has gone by: all for the coordinator, its group's stances for a chair; None for others."""
    everything = desk.may_read(Thing.EVERYTHING)
    chaired = {group for group in desk.process.groups if desk.may_read(Thing.LATE, group)}
    if not everything and not chaired:
        return None
    with desk.reading() as session:
        duties = open_duties(session, desk.municipality, desk.key)
    late = [duty for duty in duties if duty.late(desk.today) and (everything or duty.group in chaired)]
    return tuple(_late(desk, duty) for duty in late)


def _late(desk: Desk, duty: OpenDuty) -> LateLine:
    who = person(desk, duty.person) if duty.person else None
    return LateLine(duty.key, told_duty(duty, desk.names), who, duty.seat, duty.due)


def trouble(owing: list[Owing], now: dt.datetime) -> tuple[Trouble, ...]:
    """What failed, and what has waited for longer than a quarter of an hour."""
    patience = dt.timedelta(minutes=15)
    return tuple(
        Trouble(one.state, one.kind, one.count, one.oldest, one.error)
        for one in owing
        if one.state == "failed" or now - one.oldest > patience
    )
