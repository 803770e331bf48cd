"""Mistakes of writing in what is recorded: the right value stands, the old one is kept in the record.

Only a value that is there is mended, and to one that could have been: days in their possible order, a body that the
definition has, a count. A § that was left out is such a mistake too. Never a version, stance or package.
"""

import datetime as dt
from typing import Any

from models.amounts import count_in, day_in
from models.commands import CorrectEntry
from models.defects import as_planned, bare_section, decides, defects_of, the_body
from models.errors import NotFound, NotValid, Refused
from models.events import Actor, EntryCorrected, Event
from models.handlings import cooperation_in_order, minutes_in_order
from models.participation import asked_in_time, asked_of, long_enough, not_to_come, since_the_beginning
from models.process import Cooperation, Handling, Hearing, Process, Statement
from models.words import HandlingKind, HandlingOutcome, LegalState
from models.world import World

Entry = Handling | Statement | Hearing | Cooperation

DECISIVE = ("body", "date", "section", "kind", "outcome")
"""The fields of a handling that its defects hang on."""

WORDS: dict[str, type[HandlingKind | HandlingOutcome]] = {"kind": HandlingKind, "outcome": HandlingOutcome}
"""The fields that are one word of several. What followed from it stays: see `_settled_since`."""

AHEAD = ("first", "last", "due")
"""Days that may be to come."""


def decide_correct_entry(process: Process, command: CorrectEntry, by: Actor, world: World) -> list[Event]:
    """The right value stands, and what hangs on it: a handling's defects, and whether it is the decision."""
    entry = _entry(process, command.item)
    if command.field not in type(entry).model_fields:
        raise NotFound(what=f"field of {command.item}", name=command.field)
    before = getattr(entry, command.field)
    if before is None and command.field != "section":
        raise NotValid("There is nothing to mend yet: record the fact itself first.")
    to = _value(command, world)
    if to == before:
        raise NotValid("It stands so already: give the right value.")
    mended = entry.model_copy(update={command.field: to})
    hangs: dict[str, Any] = {}
    match mended:
        case Handling():
            hangs = _handling(process, command, entry, mended, world)
        case Statement():
            _statement(process, command.item, mended, world)
        case Hearing():
            _hearing(command.item, entry, mended, world)
        case Cooperation():
            cooperation_in_order(mended)
    return [
        EntryCorrected(
            item=command.item,
            field=command.field,
            before=None if before is None else str(before),
            to=str(to),
            reason=command.reason,
            **hangs,
        )
    ]


def _entry(process: Process, item: str) -> Entry:
    if item == "cooperation":
        return process.cooperation
    for entries in (process.handlings, process.statements, process.hearings):
        if item in entries:
            return entries[item]
    raise NotFound(what="handling, statement or other recorded fact", name=item)


def _value(command: CorrectEntry, world: World) -> str | int | dt.date:
    """The right value. Raises NotFound for an unknown body, NotValid for an empty §, for what is no day or count and
    for a word that is none of the known."""
    if command.field in WORDS:
        known = [word.value for word in WORDS[command.field]]
        if command.to not in known:
            raise NotValid('"{value}" is none of these: {known}.', value=command.to, known=", ".join(known))
        return WORDS[command.field](command.to)
    if command.field == "body":
        return the_body(world, command.to).id
    if command.field == "section":
        section = bare_section(command.to)
        if section is None:
            raise NotValid("Write the number of the section, such as 55.")
        return section
    if command.field == "contributions":
        return count_in(command.to)
    try:
        day = day_in(command.to)
    except ValueError:
        raise NotValid("{value} is no date; write it as 2027-06-14.", value=command.to) from None
    if command.field not in AHEAD:
        not_to_come(day, world)
    return day


def _handling(
    process: Process, command: CorrectEntry, entry: Entry, mended: Handling, world: World
) -> dict[str, object]:
    """What hangs on the handling's mended field."""
    assert isinstance(entry, Handling)
    since_the_beginning(process, mended.date)
    minutes_in_order(mended)
    if command.field in WORDS:
        _settled_since(command.item, entry)
    body = the_body(world, mended.body)
    mended = mended.model_copy(update={"body_kind": body.kind})
    as_planned(mended, world)
    hangs: dict[str, object] = {"body_kind": body.kind} if command.field == "body" else {}
    if command.field not in DECISIVE or entry.set_aside:
        return hangs
    own_ground = "no-ground" not in entry.defects and not the_body(world, entry.body).ground
    grounded = bool(body.ground) or own_ground
    defects = defects_of(process, mended, world, grounded, command.item)
    return hangs | {"defects": defects, "decides": decides(process, mended, world, command.item)}


def _settled_since(key: str, entry: Handling) -> None:
    """Raises Refused where something has followed from the handling's kind and outcome as they were recorded."""
    if entry.set_aside:
        raise Refused(
            "The matter has gone back since the handling {handling}: what it was stays recorded.", handling=key
        )
    if entry.legal not in (None, LegalState.PENDING):
        raise Refused("The decision is {now} in law: record it as pending first.", now=entry.legal)


def _statement(process: Process, key: str, mended: Statement, world: World) -> None:
    since_the_beginning(process, mended.asked)
    asked_of(key, mended.body, mended.phase, world)
    asked_in_time(key, mended.asked, mended.due, world)
    if mended.given is not None and mended.given < mended.asked:
        raise NotValid("The statement was asked on {asked}; it cannot have come before.", asked=mended.asked)


def _hearing(key: str, entry: Entry, mended: Hearing, world: World) -> None:
    assert isinstance(entry, Hearing)
    if mended.closed is None and mended.contributions != entry.contributions:
        raise NotValid("There is nothing to mend yet: record the fact itself first.")
    long_enough(key, mended.first, mended.last, world)
    if mended.closed is None and mended.last < entry.last:
        raise Refused("The hearing is open until {last}; it is not closed earlier.", last=entry.last)
    if mended.closed is not None and mended.last >= mended.closed:
        raise NotValid("The hearing was closed on {closed}, after its last day.", closed=mended.closed)
