"""`etappi create`: a process from a definition. What is not given is proposed, and asked where somebody can be."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from app.cli.acts import show
from app.cli.asking import at_terminal, confirmed, wanted
from app.cli.desk import Desk
from app.cli.exits import invalid
from app.cli.params import As, For, Json, Municipality, Yes, pairs, setting_up, words
from app.cli.plan import show_plan
from app.cli.screen import heading, say
from models.commands import CreateProcess, Settled
from models.creating.proposing import (
    AS_PROPOSED,
    newest_definitions,
    open_groups,
    open_roles,
    proposed_choices,
    proposed_groups,
    proposed_roles,
)
from models.days.schedule import Schedule, parse_start, schedule, settled
from models.definitions.definition import Definition
from models.definitions.nearness import suggestion
from models.errors import NotFound, NotValid

Start = Annotated[str | None, typer.Option("--start", metavar="WHEN", help="2026, 2026-12 or 2026-12-01.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="By default the definition's name.")]
Rests = Annotated[
    str | None,
    typer.Option("--setting-up", metavar="DECISION", help='"KH 19.10.2026 § 210"; without it a rehearsal.'),
]
Document = Annotated[
    Path | None,
    typer.Option("--document", metavar="FILE", help="The setting-up decision.", exists=True, dir_okay=False),
]
Matter = Annotated[str | None, typer.Option("--matter", metavar="NUMBER", help="The matter number (asianumero).")]
Choices = Annotated[
    list[str] | None,
    typer.Option("--choice", metavar="CHOICE=READING[:WHY]", help="What the sources leave open; repeatable."),
]
Why = Annotated[
    str | None, typer.Option("--why", metavar="TEXT", help="Why, for choices without a reason of their own.")
]
Roles = Annotated[list[str] | None, typer.Option("--role", metavar="ROLE=PERSON", help="Who plays a role; repeatable.")]
Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="GROUP=GROUP", help="The definition's group and yours; repeatable."),
]


def create(
    definition: Annotated[
        str | None, typer.Argument(metavar="[DEFINITION]", help="Its id; needed only where several are in use.")
    ] = None,
    start: Start = None,
    title: Title = None,
    rests_on: Rests = None,
    document: Document = None,
    matter: Matter = None,
    choice: Choices = None,
    why: Why = None,
    role: Roles = None,
    group: Groups = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only show the planned dates; create nothing.")] = False,
    yes: Yes = False,
    as_: As = None,
    for_: For = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Set a process up from a definition. Its planned dates are shown before it is created.

    Choices that are not given are settled as the definition proposes; groups of the same id are taken; the coordinator
    is the one who acts. At a terminal all this is asked.

    Examples:

        etappi create kemijarvi-2030 --start 2026 --plan --as coordinator
        etappi create kemijarvi-2030 --start 2026 \\
            --setting-up "KH 19.10.2026 § 210" \\
            --choice "aikataulu=laatikot:Laatikot ovat tuoreemmat" \\
            --role preparer=secretary --role owner=planner \\
            --group tyoryhma=elinvoima --as coordinator
    """
    desk = Desk(municipality, as_, for_)
    hash_, made_from = _definition(desk, definition)
    reason = why or (AS_PROPOSED if plan else None)  # a plan that is only shown records none
    readings = _choices(made_from, choice, reason, desk.language)
    chosen = settled(made_from, {key: one.reading for key, one in readings.items()})
    begins = parse_start(wanted(start, "--start", "When it starts: a year, a month or a day"), made_from, chosen)
    planned = schedule(made_from, begins, chosen, desk.calendar)
    if plan or not json_:
        show_plan(made_from, planned, desk.calendar, desk.language, as_json=json_)
    if plan:
        return
    roles, groups = pairs(role, "ROLE=PERSON"), pairs(group, "GROUP=GROUP")
    if not at_terminal():
        _all_said(desk, made_from, roles, groups)
    asked: dict[str, Any] = {
        "definition": hash_,
        "title": wanted(title, "--title", "Its title", made_from.name.in_(desk.language)),
        "matter_number": matter,
        "setting_up": _rests_on(desk, rests_on, document),
        "start": begins,
        "choices": readings,
        "roles": _roles(desk, made_from, roles),
        "groups": _groups(desk, made_from, groups),
    }
    if at_terminal() and not yes:
        confirmed("Create it?")
    _create(desk, asked, planned, as_json=json_)


def _create(desk: Desk, asked: dict[str, Any], planned: Schedule, *, as_json: bool) -> None:
    try:
        command = CreateProcess.model_validate(asked)
    except ValidationError as error:
        raise invalid(error.errors()) from None
    receipt = desk.engine.handle(desk.municipality, command, desk.person, process=None, for_whom=desk.for_whom)
    desk.key = receipt.process
    look_at = tuple(one.sentence for one in planned.warnings) if as_json else ()  # else they were shown with the plan
    show(desk, receipt.process, receipt.events, as_json=as_json, look_at=look_at)
    if not as_json:
        say(f"It is called {receipt.process}: etappi status {receipt.process}")


def _rests_on(desk: Desk, decision: str | None, document: Path | None) -> dict[str, Any] | None:
    """The setting-up decision with its document. Raises NotValid for a document without a decision."""
    if decision is None:
        if document is not None:
            raise NotValid("--document belongs to a decision: give --setting-up too.")
        return None
    return {**setting_up(decision), "document": desk.take_in(document) if document else None}


def _definition(desk: Desk, named: str | None) -> tuple[str, Definition]:
    """The newest version of the definition named, or of the only one. Raises NotFound, NotValid."""
    newest = newest_definitions(desk.directory)
    if named is None and len(newest) > 1:
        named = wanted(None, "DEFINITION", f"Which definition ({', '.join(newest)})")
    if named is None and newest:
        named = next(iter(newest))
    if named not in newest:
        raise NotFound(
            "There is no definition {name} in use{near}", name=named or "", near=suggestion(named or "", newest)
        )
    return newest[named], desk.definition_of(newest[named])


# --- choices, roles, groups -------------------------------------------------------------------------------------------


def _choices(definition: Definition, given: list[str] | None, why: str | None, language: str) -> dict[str, Settled]:
    """A reading of each choice, with its reason."""
    settled_so: dict[str, Settled] = {}
    usual = {choice.id: choice.proposed for choice in definition.choices}
    for key, said in pairs(given, "CHOICE=READING[:WHY]").items():
        reading, _, reason = (part.strip() for part in said.partition(":"))
        settled_so[key] = _settled(reading, words(reason or _why(why, key, reading, usual.get(key, reading))))
    proposed = proposed_choices(definition, settled_so)
    for choice in definition.choices:
        if choice.id in settled_so:
            continue
        if at_terminal():
            _show_choice(choice.question.in_(language), [(r.id, r.name.in_(language)) for r in choice.readings])
        reading = wanted(None, "--choice", "Which reading", choice.proposed)
        proposed[choice.id] = _settled(reading, _why(why, choice.id, reading, choice.proposed))
    return proposed


def _why(given: str | None, choice: str, reading: str, proposed: str) -> str:
    """Why it is read so. Raises NotValid where it is read otherwise than proposed without a reason."""
    if reading == proposed:
        return wanted(given, "--why", "Why", AS_PROPOSED)
    return wanted(given, f"--choice {choice}={reading}:WHY", "Why it is read otherwise than proposed")


def _settled(reading: str, why: str) -> Settled:
    try:
        return Settled.model_validate({"reading": reading, "why": why})
    except ValidationError as error:
        raise invalid(error.errors()) from None


def _show_choice(question: str, readings: Iterable[tuple[str, str]]) -> None:
    heading(question)
    for key, name in readings:
        say(f"{key}: {name}", indent=2)


def _all_said(desk: Desk, definition: Definition, roles: dict[str, str], groups: dict[str, str]) -> None:
    """Raises NotValid that names every role nobody plays and every group that is none of the municipality's."""
    nobody = open_roles(definition, _known_roles(desk, definition, roles))
    unknown = open_groups(definition, proposed_groups(definition, desk.directory, groups))
    roles_said = " ".join(f"--role {one.id}=PERSON" for one in nobody)
    groups_said = " ".join(f"--group {one.id}=GROUP" for one in unknown)
    if nobody and unknown:
        raise NotValid(
            "Say who plays these roles: {roles}. Say which of your groups these are, or set them up first: {groups}.",
            roles=roles_said,
            groups=groups_said,
        )
    if nobody:
        raise NotValid("Say who plays these roles: {roles}.", roles=roles_said)
    if unknown:
        raise NotValid("Say which of your groups these are, or set them up first: {groups}.", groups=groups_said)


def _known_roles(desk: Desk, definition: Definition, given: dict[str, str]) -> dict[str, str]:
    named = {slot: desk.person_named(person) for slot, person in given.items()}
    return proposed_roles(definition, desk.directory, desk.for_whom or desk.person, desk.today, named)


def _roles(desk: Desk, definition: Definition, given: dict[str, str]) -> dict[str, str]:
    """Who plays each role. The coordinator is the one who acts, if that is their standing role."""
    found = _known_roles(desk, definition, given)
    missing = open_roles(definition, found)
    asked = ((slot.id, wanted(None, "--role", f"Who is {slot.name.in_(desk.language)}")) for slot in missing)
    return {**found, **{slot: desk.person_named(person) for slot, person in asked}}


def _groups(desk: Desk, definition: Definition, given: dict[str, str]) -> dict[str, str]:
    """Which of the municipality's groups each of the definition's is: the one given, or the one of the same id."""
    found = proposed_groups(definition, desk.directory, given)
    missing = open_groups(definition, found)
    asked = ((one.id, wanted(None, "--group", f"Which group is {one.name.in_(desk.language)}")) for one in missing)
    return {**found, **dict(asked)}
