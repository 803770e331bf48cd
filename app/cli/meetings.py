"""Verbs about meetings: `etappi meeting schedule|cancel|record|correct`."""

import datetime as dt
from typing import Annotated, Any

import typer

from app.cli.acts import acts
from app.cli.desk import Desk
from app.cli.params import Insist, MaybeReason, Seat, clock_time, on, one_of, pair, text, word, words
from models.commands import (
    CancelMeeting,
    Command,
    CorrectMemo,
    RecordMeeting,
    ScheduleMeeting,
    SpokenDissent,
    SpokenStance,
)
from models.days.calendar import at_local
from models.words import StanceKind

Meeting = Annotated[str, typer.Argument(metavar="MEETING", help="The meeting's id: yours to choose for a new one.")]
SPOKEN_TOGETHER = (StanceKind.ACCEPT, StanceKind.ABSTAIN, StanceKind.NOT_READ)


@acts
def schedule(
    desk: Desk,
    meeting: Meeting,
    at: Annotated[str, typer.Option("--at", metavar="TIME", help='Finnish time: "19.2.2027 9.00".')],
    place: Annotated[str | None, typer.Option("--place", metavar="TEXT")] = None,
    phase: Annotated[str | None, typer.Option("--phase", metavar="PHASE", help="The phase it serves.")] = None,
    group: Annotated[str | None, typer.Option("--group", metavar="GROUP", help="The group that meets.")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help="What it is called.")] = None,
) -> Command:
    """Put a meeting in the calendar, or move it.

    Example:

        etappi meeting schedule kemijarvi-2030 kokous-2 --at "19.2.2027 9.00" \\
            --place Kaupungintalo --phase 2 --group elinvoima --as coordinator
    """
    when = at_local(*clock_time(at))
    of = desk.phase(phase) if phase else None
    return ScheduleMeeting(meeting=meeting, at=when, place=place, phase=of, group=group, name=name)


@acts
def cancel(desk: Desk, meeting: Meeting, reason: MaybeReason = None) -> Command:
    """Cancel a meeting. Its invitations are taken back.

    Example:

        etappi meeting cancel kemijarvi-2030 kokous-2 --reason "Lumimyrsky" \\
            --as coordinator
    """
    return CancelMeeting(meeting=meeting, reason=reason)


@acts
def record(
    desk: Desk,
    meeting: Meeting,
    phase: Annotated[str, typer.Option("--phase", metavar="PHASE", help="The phase that was spoken of.")],
    group: Annotated[str, typer.Option("--group", metavar="GROUP", help="The group that met.")],
    present: Annotated[
        list[str], typer.Option("--present", metavar="SEAT[=PERSON]", help="A seat that was there; repeatable.")
    ],
    memo: Annotated[str, text("--memo", "The memo (@FILE reads a file).")],
    held: Annotated[dt.date | None, on("--held", "The day it was held; by default today.")] = None,
    stance: Annotated[
        StanceKind | None,
        word(
            "--stance", StanceKind, "The group's stance: that of each present seat that said no other.", SPOKEN_TOGETHER
        ),
    ] = None,
    said: Annotated[
        list[str] | None,
        typer.Option("--said", metavar="SEAT=STANCE[:WORDS]", help="What one seat said instead; repeatable."),
    ] = None,
    dissent: Annotated[
        list[str] | None,
        typer.Option("--dissent", metavar="SEAT=WORDS", help="A dissent that one seat attached; repeatable."),
    ] = None,
    seen: Insist = None,
) -> Command:
    """Record a meeting: who was there, what the group and single seats said, dissents, and the memo.

    Those recorded may correct it for some days. A seat's own act stands over what is recorded of it.

    Example:

        etappi meeting record kemijarvi-2030 kokous-2 --phase 2 \\
            --group elinvoima --held 19.2.2027 --present elinvoima-1 \\
            --present elinvoima-2=deputy --stance accept \\
            --said "elinvoima-2=object:Kuljetukset puuttuvat" \\
            --memo @muistio.txt --as chair
    """
    key = desk.phase(phase)
    spoken = tuple(_spoken(one) for one in said or ())
    return RecordMeeting(
        meeting=meeting,
        phase=key,
        group=group,
        held_on=held or desk.today,
        present=dict(_seated(desk, key, one) for one in present),
        seen=desk.seen(key, seen) if stance or spoken or dissent else None,
        group_stance=stance,
        stances=spoken,
        dissents=tuple(_dissent(one) for one in dissent or ()),
        memo=memo,
    )


def _seated(desk: Desk, phase: str, text: str) -> tuple[str, str]:
    seat, _, person = text.partition("=")
    return seat, desk.person_named(person) if person else desk.holder(phase, seat)


def _spoken(text: str) -> SpokenStance:
    seat, said = pair(text, "SEAT=STANCE[:WORDS]")
    kind, _, reason = said.partition(":")
    return SpokenStance(seat=seat, kind=one_of(StanceKind)(kind.strip()), reason=_or_none(reason))


def _dissent(text: str) -> SpokenDissent:
    seat, said = pair(text, "SEAT=WORDS")
    return SpokenDissent(seat=seat, text=words(said.strip()))


def _or_none(reason: str) -> Any:
    return words(reason.strip()) or None


@acts
def correct(
    desk: Desk,
    meeting: Meeting,
    stance: Annotated[StanceKind, word("--stance", StanceKind, "What your seat said.")],
    reason: MaybeReason = None,
    seat: Seat = None,
) -> Command:
    """Correct what a memo says of your own stance. After passing it is recorded beside the package.

    Example:

        etappi meeting correct kemijarvi-2030 kokous-2 --stance abstain \\
            --as teacher
    """
    held = desk.process.meetings.get(meeting)
    mine = desk.seat(held.phase, seat) if held and held.phase else seat or ""
    return CorrectMemo(meeting=meeting, seat=mine, kind=stance, reason=reason)
