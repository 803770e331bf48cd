"""`etappi status`: where the processes stand, or one of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated

import typer

from app.cli.desk import Desk
from app.cli.params import As, Json, Municipality
from app.cli.screen import count, date_of, fact, heading, instant, item, plain, print_json, say, table
from app.cli.shapes_status import GroupLine, PhaseLine, RoundLine, Status, Statuses, Trouble
from app.cli.standing import (
    condition_lines,
    dissent_lines,
    handling_lines,
    late_lines,
    next_checkpoint,
    objection_lines,
    person,
    phase_lines,
    process_line,
    round_lines,
    stands,
    trouble,
    vacancy_lines,
)
from app.history.sentences import decided_by, tarkiste
from models.days.formats import date_span, finnish_date
from models.errors import NotAuthorised
from models.machine_clock import clock_of_the_machine
from models.outgoing.heartbeat import beats, unmade_backup
from models.rights import READING, Thing
from models.storage import reading

QUIET = dt.timedelta(minutes=30)
"""A clock that has not run for so long is told of."""


def status(
    process: Annotated[
        str | None, typer.Argument(metavar="[PROCESS]", help="By default all that you may read.")
    ] = None,
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Where the processes stand, or one of them: phases, groups, what is open, and what is in trouble.

    Who is late is told to the coordinator, and to a chair of the chair's own group.

    Examples:

        etappi status
        etappi status kemijarvi-2030
        etappi status kemijarvi-2030 --json --as coordinator
    """
    desk = Desk(municipality, as_, None, process)
    if process is None:
        _all(desk, as_json=json_)
        return
    check_may_read(desk, Thing.PROCESS)
    found = one(desk)
    if json_:
        print_json(found)
    else:
        _show(desk, found)


def check_may_read(desk: Desk, thing: Thing) -> None:
    """Raises NotAuthorised unless the one who looks may read that of the process."""
    if not desk.may_read(thing):
        raise NotAuthorised(who=", or ".join(READING[thing]))


# --- all ----------------------------------------------------------------------------------------------------------


def _all(desk: Desk, *, as_json: bool) -> None:
    with desk.reading() as session:
        listed = reading.processes(session, desk.municipality)
        owing = trouble(reading.owing(session, desk.municipality), desk.now)
        ran = reading.clock_ran(session)
        unmade = unmade_backup(beats(session), desk.now)
    if unmade is not None:
        owing = (*owing, Trouble("failed", "backup", 1, unmade.at, None))
    lines = []
    for one_ in listed:
        there = desk.at(one_.key)
        if there.may_read(Thing.PROCESS):
            lines.append(process_line(there, one_))
    if as_json:
        print_json(Statuses(1, desk.municipality, tuple(lines), owing, ran))
        return
    if not lines:
        say("There is no process here that you may read.")
    for line in lines:
        rehearsal = "  rehearsal (harjoitus)" if line.rehearsal else ""
        say(f"{line.process}: {line.title}{rehearsal}")
        say(line.stands, indent=2)
    _show_trouble(owing, ran)


# --- one ----------------------------------------------------------------------------------------------------------


def one(desk: Desk) -> Status:
    """Everything there is to say of the process."""
    process = desk.process
    with desk.reading() as session:
        listed = next(row for row in reading.processes(session, desk.municipality) if row.key == desk.key)
        decision = reading.setting_up(session, listed.id)
        owing = reading.owing(session, desk.municipality, listed.id)
        ran = reading.clock_ran(session)
    key, day = next_checkpoint(process)
    return Status(
        format=1,
        municipality=desk.municipality,
        process=listed.key,
        title=listed.title,
        stands=stands(desk),
        status=process.status.value,
        rehearsal=process.rehearsal,
        matter_number=listed.matter_number,
        setting_up=decided_by(decision, desk.names) if decision else None,
        definition=process.definition,
        roles={slot: person(desk, who) for slot, who in process.roles.items()},
        next_date=key,
        next_day=day,
        phases=phase_lines(desk),
        rounds=round_lines(desk),
        objections=objection_lines(desk),
        conditions=condition_lines(desk),
        dissents=dissent_lines(desk),
        handlings=handling_lines(desk),
        vacancies=vacancy_lines(desk),
        late=late_lines(desk),
        dates=dict(process.dates),
        trouble=trouble(owing, desk.now),
        clock_ran=ran,
    )


def _show(desk: Desk, found: Status) -> None:
    heading(f"{found.title} ({found.process})")
    say(found.stands)
    rests = found.setting_up or "no setting-up decision: a rehearsal (harjoitus)"
    fact("Rests on", rests + (f", matter {found.matter_number}" if found.matter_number else ""))
    coordinator = found.roles["coordinator"]
    fact("Coordinator", coordinator.name or coordinator.person)
    if found.next_day:
        fact("Next", f"{desk.names.date(found.next_date or '')}, {date_of(found.next_day)}")
    _show_phases(found.phases)
    for round_ in found.rounds:
        show_round(desk, round_)
    _show_open(desk, found)
    _show_vacancies(found)
    _show_late(found)
    _show_trouble(found.trouble, found.clock_ran)


def _show_phases(phases: Iterable[PhaseLine]) -> None:
    print()
    rows: list[tuple[str, ...]] = [
        (
            str(line.number),
            line.name,
            plain(line.status),
            date_span(line.first, line.last),
            date_of(line.checkpoint),
            tarkiste(line.package) if line.package else "",
        )
        for line in phases
    ]
    columns = ["", "Phase", "Stands", "Work", "Checkpoint", "Package"]
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    table(columns, rows, right=("",))


def show_round(desk: Desk, round_: RoundLine) -> None:
    """An open round and how its groups stand."""
    heading(f"At the checkpoint of {desk.names.phase(round_.phase)}, round {round_.round}")
    say(f"Stances are due {date_of(round_.due)}.")
    fact("Tarkiste", f"{tarkiste(round_.tarkiste)}, with all that was said {tarkiste(round_.digest)}")
    if round_.contestable_until:
        say(f"What was recorded may be contested until {instant(round_.contestable_until)}.")
    for line in round_.groups:
        show_group(line)


def show_group(line: GroupLine) -> None:
    """How one group stands, in counts."""
    item("-", f"{line.name}: {_stands_so(line)} ({line.rule}, quorum {line.quorum})")
    said = [("for", line.accept), ("against", line.object), ("abstain", line.abstain), ("not read", line.not_read)]
    rest = [("silent", line.silent), ("disqualified", line.disqualified), ("left", line.left)]
    counts = ", ".join(f"{number} {what}" for what, number in [*said, *rest] if number)
    say(f"{count(line.seats, 'seat')}: {counts}" if counts else "no seat is left", indent=6)
    stale = [("objected", line.object_stale), ("offered a condition", line.offer_stale)]
    if any(number for _, number in stale):
        told = " and ".join(f"{number} {what}" for what, number in stale if number)
        say(f"of the silent, {told} before the text changed", indent=6)


def _stands_so(line: GroupLine) -> str:
    if line.accepts:
        return "accepts"
    if line.settled:
        return "does not accept, and no longer stands in the way"
    return "does not accept yet" if line.has_quorum else "no quorum yet"


def _show_open(desk: Desk, found: Status) -> None:
    if found.objections:
        heading("Open objections")
    for one_ in found.objections:
        what = "offers a condition" if one_.offer else "objects"
        answered = f"answered ({one_.result})" if one_.result else "not answered"
        former = ", to the text before it changed" if one_.to_former_text else ""
        by = f"{desk.names.group(one_.group)} {what}{former}, {one_.makers} behind it, {answered}"
        item(one_.objection, f"{by}: {one_.text or '[peitetty]'}")
    if found.conditions:
        heading("Conditions")
    for condition in found.conditions:
        owner = condition.owner.name or condition.owner.person
        by = f"{owner}, by {date_of(condition.due)}"
        item(condition.condition, f"{condition.text or '[peitetty]'} ({by})")
    if found.dissents:
        heading("Dissents that stand")
    for dissent in found.dissents:
        signed = f", signed by {', '.join(dissent.names)}" if dissent.names else ""
        text = dissent.text or "[peitetty]"
        item(dissent.dissent, f"{desk.names.group(dissent.group)}, {dissent.signers} behind it{signed}: {text}")
    if found.handlings:
        heading("Handlings")
    for handling in found.handlings:
        section = f" § {handling.section}" if handling.section else ""
        decides = ", the decision" if handling.decides else ""
        beside = f" Beside it stands: {', '.join(handling.defects)}." if handling.defects else ""
        when = f"{desk.names.body(handling.body)} {finnish_date(handling.date)}{section}"
        item(handling.handling, f"{when}: {plain(handling.kind)}, {plain(handling.outcome)}{decides}.{beside}")


def _show_vacancies(found: Status) -> None:
    if found.vacancies:
        heading("Nobody plays these parts")
    for line in found.vacancies:
        item("!", f"{line.name} {line.what_to_do}")


def _show_late(found: Status) -> None:
    if not found.late:
        return
    heading("Late")
    for line in found.late:
        who = f" ({line.person.name or line.person.person})" if line.person else ""
        item("!", f"{line.what}{who}, due {date_of(line.due)}")


def _show_trouble(owing: Iterable[Trouble], ran: dt.datetime | None) -> None:
    now = clock_of_the_machine()  # by which the clock shows that it runs, whatever time it shows
    found = [
        f"{one.count} of kind {one.kind}: {one.state} since {instant(one.oldest)}"
        + (f", {one.error}" if one.error else "")
        for one in owing
    ]
    if ran is None:
        found.append("The clock has never run: no reminders leave. etappi up runs it.")
    elif now - ran > QUIET:
        found.append(f"The clock last ran on {instant(ran)}: reminders wait. etappi up runs it.")
    else:
        say(f"The clock last ran {_ago(now - ran)} ago.")
    if found:
        heading("Trouble")
    for sentence in found:
        item("!", sentence)


def _ago(time: dt.timedelta) -> str:
    """20 s, 3 min: how long it is since."""
    seconds = max(0, int(time.total_seconds()))
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"
