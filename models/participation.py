"""Being heard: affected groups' opportunities, statements and hearings. They inform and never block by themselves."""

import datetime as dt

from models.commands import AnswerStatement, AskStatement, CloseHearing, GiveOpportunity, OpenHearing, RecordStatement
from models.definitions.definition import HearingPlan, StatementPlan
from models.errors import NotFound, NotValid, Refused
from models.events import (
    Actor,
    Event,
    HearingClosed,
    HearingOpened,
    OpportunityGiven,
    StatementAnswered,
    StatementAsked,
    StatementGiven,
)
from models.lifecycle import the_phase
from models.process import Process
from models.words import SECRET, Publicity
from models.world import World


def decide_give_opportunity(process: Process, command: GiveOpportunity, by: Actor, world: World) -> list[Event]:
    """The affected group was given an opportunity on that day (000:53); told again, the later word holds."""
    the_phase(process, command.phase)
    if command.affected not in {group.id for group in world.phase(command.phase).affected}:
        raise NotFound(what=f"affected group of {command.phase}", name=command.affected)
    not_to_come(command.on, world)
    since_the_beginning(process, command.on)
    return [OpportunityGiven(**command.model_dump())]


def decide_ask_statement(process: Process, command: AskStatement, by: Actor, world: World) -> list[Event]:
    """The body was asked today, with at least the least number of days the definition gives."""
    the_phase(process, command.phase)
    if command.statement in process.statements:
        raise Refused("The statement {statement} was asked already.", statement=command.statement)
    asked_of(command.statement, command.body, command.phase, world)
    asked_in_time(command.statement, world.today, command.due, world)
    return [
        StatementAsked(statement=command.statement, body=command.body, phase=command.phase, due=command.due),
    ]


def asked_of(statement: str, body: str, phase: str, world: World) -> None:
    """Raises NotFound for an unknown body, NotValid where the definition plans another body or phase."""
    if body not in {one.id for one in world.definition.bodies}:
        raise NotFound(what="body of the definition", name=body)
    plan = _planned(statement, world)
    if plan and (plan.body, plan.phase) != (body, phase):
        raise NotValid(
            "The statement {statement} is asked of {body} in {phase}, as the definition says.",
            statement=statement,
            body=plan.body,
            phase=plan.phase,
        )


def asked_in_time(statement: str, asked: dt.date, due: dt.date, world: World) -> None:
    """Raises NotValid unless there is the least time to answer from the day it was asked."""
    plan = _planned(statement, world)
    least = asked + dt.timedelta(days=plan.least_days if plan else 7)
    if due < least:
        raise NotValid("A reasonable time runs to {least} at the earliest.", least=least)


def _planned(statement: str, world: World) -> StatementPlan | None:
    return next((plan for plan in world.definition.statements if plan.id == statement), None)


def decide_record_statement(process: Process, command: RecordStatement, by: Actor, world: World) -> list[Event]:
    """The statement came. It is public on arrival unless secret, with the paragraph (julkisuuslaki 7, 24 §)."""
    statement = process.statements.get(command.statement)
    if statement is None:
        raise NotFound(what="statement that was asked", name=command.statement)
    if statement.given is not None:
        raise Refused("The statement {statement} has been recorded already.", statement=command.statement)
    not_to_come(command.given, world)
    if command.given < statement.asked:
        raise NotValid("The statement was asked on {asked}; it cannot have come before.", asked=statement.asked)
    if command.publicity in SECRET and not command.paragraph:
        raise NotValid("A secret statement needs the paragraph of its secrecy.")
    if command.publicity not in (*SECRET, Publicity.PUBLIC):
        raise NotValid("A statement that has arrived is public, or secret by a paragraph (julkisuuslaki 7 §).")
    return [StatementGiven(**command.model_dump())]


def decide_answer_statement(process: Process, command: AnswerStatement, by: Actor, world: World) -> list[Event]:
    """What the statement led to stands beside it."""
    statement = process.statements.get(command.statement)
    if statement is None or statement.given is None:
        raise NotFound(what="statement that has come", name=command.statement)
    return [StatementAnswered(statement=command.statement, text=command.text)]


def decide_open_hearing(process: Process, command: OpenHearing, by: Actor, world: World) -> list[Event]:
    """The hearing runs between its days, both included, at least as long as the definition says."""
    the_phase(process, command.phase)
    if command.hearing in process.hearings:
        raise Refused("The hearing {hearing} was opened already.", hearing=command.hearing)
    plan = _hearing_plan(command.hearing, world)
    if plan and plan.phase != command.phase:
        raise NotValid(
            "The hearing {hearing} is held in {phase}, as the definition says.", hearing=plan.id, phase=plan.phase
        )
    long_enough(command.hearing, command.first, command.last, world)
    if command.first < world.today:
        raise NotValid("The hearing cannot have begun before today, {today}.", today=world.today)
    return [HearingOpened(**command.model_dump())]


def long_enough(hearing: str, first: dt.date, last: dt.date, world: World) -> None:
    """Raises NotValid unless the hearing is open for its least length, both days included."""
    plan = _hearing_plan(hearing, world)
    least = plan.least_days if plan else 1
    if (last - first).days + 1 < least:
        raise NotValid("The hearing is open for at least {days} days.", days=least)


def _hearing_plan(hearing: str, world: World) -> HearingPlan | None:
    return next((plan for plan in world.definition.hearings if plan.id == hearing), None)


def decide_close_hearing(process: Process, command: CloseHearing, by: Actor, world: World) -> list[Event]:
    """The hearing is over, with what came in. Refused before its window has run."""
    hearing = process.hearings.get(command.hearing)
    if hearing is None or hearing.closed is not None:
        raise NotFound(what="open hearing", name=command.hearing)
    if world.today <= hearing.last:
        raise Refused("The hearing is open until {last}; it is not closed earlier.", last=hearing.last)
    return [HearingClosed(**command.model_dump())]


def not_to_come(day: dt.date, world: World) -> None:
    """Raises NotValid for a day that is still to come: what happened is recorded after it."""
    if day > world.today:
        raise NotValid("{day} is still to come: what happened is recorded after it.", day=day)


def since_the_beginning(process: Process, day: dt.date) -> None:
    """Raises NotValid for a day before the process began: nothing can have happened in it then."""
    if process.began is not None and day < process.began:
        raise NotValid("{day} is before the process began, {began}. Look at the year.", day=day, began=process.began)
