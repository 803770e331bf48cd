"""Verbs of members and of the preparer at a checkpoint: stances, objections, conditions, dissents, assessments."""

import datetime as dt
from typing import Annotated, Any

import typer

from app.cli.acts import acts
from app.cli.desk import Desk
from app.cli.params import Insist, Phase, Reason, Seat, on, text, word
from models.commands import (
    Answer,
    Assess,
    CarryAsCondition,
    Command,
    Confirm,
    CoSign,
    FileDissent,
    FulfilCondition,
    RecordDissent,
    TakeStance,
    Withdraw,
)
from models.errors import NotValid
from models.stances import AFTER_WITHDRAWING
from models.words import AnswerResult, StanceKind

Item = Annotated[str, typer.Argument(metavar="ITEM", help="An objection (o1) or a dissent (d1), as status lists them.")]
Objection = Annotated[str, typer.Argument(metavar="OBJECTION", help="The objection, as status lists it: o1.")]
ByName = Annotated[
    bool, typer.Option("--by-name", help="Put your name under it: it is then read by the council and the public.")
]


@acts
def stance(
    desk: Desk,
    phase: Phase,
    accept: Annotated[bool, typer.Option("--accept", help="I support it (kannatan).")] = False,
    condition: Annotated[
        str | None, text("--condition", "I support it when this is taken into account (kannatan, kun …).")
    ] = None,
    object_: Annotated[str | None, text("--object", "I do not support it, and why (en kannata).")] = None,
    abstain: Annotated[bool, typer.Option("--abstain", help="I take no stance (en ota kantaa).")] = False,
    not_read: Annotated[bool, typer.Option("--not-read", help="I had no time to read it (en ehtinyt).")] = False,
    disqualified: Annotated[bool, typer.Option("--disqualified", help="I am disqualified (esteellinen).")] = False,
    ground: Annotated[
        str | None, typer.Option("--ground", metavar="PARAGRAPH", help="Of a disqualification: Hallintolaki 28 §.")
    ] = None,
    output: Annotated[
        list[str] | None, typer.Option("--output", metavar="OUTPUT", help="Disqualified only for this; repeatable.")
    ] = None,
    seat: Seat = None,
    seen: Insist = None,
) -> Command:
    """Say what your seat says of the versions at the checkpoint. A later stance replaces the earlier one.

    Your stance is part of the preparation: no decision, and no staff cooperation procedure. Your group and the
    coordinator see your name; the council's papers carry the group's stance and reasons without names.

    Examples:

        etappi stance kemijarvi-2030 2 --accept --as teacher
        etappi stance kemijarvi-2030 2 --object "Koulukuljetukset puuttuvat" \\
            --as teacher
        etappi stance kemijarvi-2030 2 --condition "Kuljetukset lasketaan" \\
            --seat elinvoima-2 --as teacher
        etappi stance kemijarvi-2030 3 --disqualified \\
            --ground "Hallintolaki 28 §" --as teacher
    """
    chosen: dict[StanceKind, Any] = {
        StanceKind.ACCEPT: accept,
        StanceKind.ACCEPT_WITH_CONDITIONS: condition,
        StanceKind.OBJECT: object_,
        StanceKind.ABSTAIN: abstain,
        StanceKind.NOT_READ: not_read,
        StanceKind.DISQUALIFIED: disqualified,
    }
    said = [kind for kind, given in chosen.items() if given not in (None, False)]
    if len(said) != 1:
        raise NotValid("Say one: --accept, --condition, --object, --abstain, --not-read or --disqualified.")
    if said[0] is not StanceKind.DISQUALIFIED and (ground or output):
        raise NotValid("--ground and --output belong to --disqualified.")
    key = desk.phase(phase)
    return TakeStance(
        phase=key,
        seat=desk.seat(key, seat),
        kind=said[0],
        seen=desk.seen(key, seen),
        reason=condition if condition is not None else object_,
        outputs=tuple(output or ()),
        ground=ground,
    )


@acts
def confirm(desk: Desk, phase: Phase, seat: Seat = None, seen: Insist = None) -> Command:
    """Keep your stance over versions that changed, or confirm what a memo or a correction says of you.

    Example:

        etappi confirm kemijarvi-2030 2 --as teacher
    """
    key = desk.phase(phase)
    return Confirm(phase=key, seat=desk.seat(key, seat), seen=desk.seen(key, seen))


@acts
def withdraw(
    desk: Desk,
    item: Item,
    then: Annotated[
        StanceKind, word("--then", StanceKind, "The stance that stands thereafter.", AFTER_WITHDRAWING)
    ] = StanceKind.ACCEPT,
    seat: Seat = None,
    seen: Insist = None,
) -> Command:
    """Take back your objection, or your signature under a dissent. Only its maker can.

    Examples:

        etappi withdraw kemijarvi-2030 o1 --as teacher
        etappi withdraw kemijarvi-2030 o1 --then abstain --as teacher
    """
    objection = desk.process.objections.get(item)
    relied = desk.seen(objection.phase, seen) if objection else None
    return Withdraw(item=item, seat=desk.seat_under(item, seat), then=then, seen=relied)


@acts
def answer(
    desk: Desk,
    objection: Objection,
    changed: Annotated[str | None, text("--changed", "The proposal was changed: how.")] = None,
    unchanged: Annotated[str | None, text("--unchanged", "It was not changed: why.")] = None,
) -> Command:
    """Answer an objection. It stays open until it is withdrawn, carried or recorded as dissent.

    Examples:

        etappi answer kemijarvi-2030 o1 --changed "Kuljetukset lisätty lukuun 3" \\
            --as preparer
        etappi answer kemijarvi-2030 o1 --unchanged "Kuuluu vaiheeseen 5" \\
            --as preparer
    """
    if (changed is None) == (unchanged is None):
        raise NotValid("Say one: --changed how, or --unchanged why.")
    result = AnswerResult.CHANGED if unchanged is None else AnswerResult.UNCHANGED
    return Answer(objection=objection, result=result, text=changed if unchanged is None else unchanged)


@acts
def carry(
    desk: Desk,
    objection: Objection,
    owner: Annotated[str, typer.Option("--owner", metavar="PERSON", help="Who does it.")],
    due: Annotated[dt.date, on("--due", "By when.")],
    checkpoint: Annotated[
        str | None, typer.Option("--checkpoint", metavar="PHASE", help="The phase at whose checkpoint it must be done.")
    ] = None,
    words: Annotated[str | None, text("--text", "The condition; by default the objection's own words.")] = None,
) -> Command:
    """Carry an objection, or adopt a condition offered with an acceptance, as a condition with owner and date.

    Example:

        etappi carry kemijarvi-2030 o1 --owner owner --due 26.2.2027 \\
            --checkpoint 3 --as preparer
    """
    at = desk.phase(checkpoint) if checkpoint else None
    return CarryAsCondition(objection=objection, owner=desk.person_named(owner), due=due, checkpoint=at, text=words)


@acts
def dissent(desk: Desk, objection: Objection, reason: Reason) -> Command:
    """Record an objection as dissent: it no longer blocks, and stands on the first page of every later package.

    Example:

        etappi dissent kemijarvi-2030 o1 \\
            --reason "Kuultu ja vastattu, ei yksimielisyyttä" --as preparer
    """
    return RecordDissent(objection=objection, reason=reason)


@acts
def file_dissent(
    desk: Desk,
    phase: Phase,
    words: Annotated[str, text("--text", "The dissent, in your own words.")],
    by_name: ByName = False,
    seat: Seat = None,
) -> Command:
    """Attach a dissent of your own, in the round or after the phase has passed.

    Example:

        etappi file-dissent kemijarvi-2030 2 --text @eriava-mielipide.txt \\
            --as teacher
    """
    key = desk.phase(phase)
    return FileDissent(phase=key, seat=desk.seat(key, seat), text=words, name=desk.own_name() if by_name else None)


@acts
def co_sign(desk: Desk, item: Item, by_name: ByName = False, seat: Seat = None) -> Command:
    """Join an objection or a dissent, or put your name under your own.

    Examples:

        etappi co-sign kemijarvi-2030 d1 --as nurse
        etappi co-sign kemijarvi-2030 d1 --by-name --as teacher
    """
    return CoSign(item=item, seat=desk.seat_for(item, seat), name=desk.own_name() if by_name else None)


@acts
def fulfil(
    desk: Desk,
    condition: Annotated[str, typer.Argument(metavar="CONDITION", help="The condition, as status lists it: c1.")],
    how: Annotated[str, text("--how", "What shows that it is done.")],
) -> Command:
    """State that a condition is done, with what shows it.

    Example:

        etappi fulfil kemijarvi-2030 c1 --how "Laskelma on liitteenä 4" --as owner
    """
    return FulfilCondition(condition=condition, how=how)


@acts
def assess(
    desk: Desk,
    phase: Phase,
    criterion: Annotated[str, typer.Argument(metavar="CRITERION", help="The criterion, as show lists it.")],
    holds: Annotated[bool, typer.Option("--holds/--fails", help="Whether it holds.")],
    note: Annotated[str | None, text("--note", "Why you say so.")] = None,
    seen: Insist = None,
) -> Command:
    """Say, as the person named for it, whether a criterion holds for the versions at the checkpoint.

    Examples:

        etappi assess kemijarvi-2030 2 tarpeet-perusteltu --holds --as assessor
        etappi assess kemijarvi-2030 2 tarpeet-perusteltu --fails \\
            --note "Kolme on auki" --as assessor
    """
    key = desk.phase(phase)
    return Assess(phase=key, criterion=criterion, holds=holds, seen=desk.seen(key, seen), note=note)
