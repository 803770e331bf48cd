"""Verbs that steer a process as a whole: hold, resume, stop, reopen, close, extend, hand over, redact."""

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Annotated

import typer

from app.cli.acts import acts
from app.cli.asking import agreed
from app.cli.desk import Desk
from app.cli.params import MaybeReason, Reason, Yes, on, setting_up
from app.cli.screen import count, date_of
from models.commands import Close, Command, Extend, HandOver, Hold, Redact, Reopen, Resume, SettingUp, Stop
from models.days.schedule_warnings import warnings_of_move
from models.events import DatesMoved, Recorded


@acts
def hold(desk: Desk, reason: Reason) -> Command:
    """Put the process on hold: its duties stay, its reminders are void until it is resumed.

    Example:

        etappi hold kemijarvi-2030 --reason "Valtuusto siirsi asian syksyyn" \\
            --as coordinator
    """
    return Hold(reason=reason)


@acts
def resume(desk: Desk) -> Command:
    """Let a held process go on. Its reminders are planned anew.

    Example:

        etappi resume kemijarvi-2030 --as coordinator
    """
    return Resume()


@acts
def stop(desk: Desk, reason: Reason) -> Command:
    """End the process before its decision. Only a new setting-up decision reopens it.

    Example:

        etappi stop kemijarvi-2030 \\
            --reason "KH 12.1.2027 § 8 lopetti valmistelun" --as coordinator
    """
    return Stop(reason=reason)


@acts
def reopen(
    desk: Desk,
    setting_up_decision: Annotated[
        str,
        typer.Option("--setting-up", metavar="DECISION", help='The new decision: "KH 19.10.2026 § 210".'),
    ],
) -> Command:
    """Let a stopped process go on by a new setting-up decision.

    Example:

        etappi reopen kemijarvi-2030 --setting-up "KH 7.6.2027 § 140" \\
            --as coordinator
    """
    return Reopen(setting_up=SettingUp(**setting_up(setting_up_decision)))


@acts
def close(desk: Desk, reason: MaybeReason = None) -> Command:
    """Close a process whose decision is final, or which was stopped. With a reason, phases under way end unfinished.

    Examples:

        etappi close kemijarvi-2030 --as registrar
        etappi close kemijarvi-2030 \\
            --reason "Valtuusto päätti ennen viimeistä vaihetta" --as registrar
    """
    return Close(reason=reason)


def _odd_now(desk: Desk, events: Iterable[Recorded]) -> Iterator[str]:
    """What is odd in the dates that were moved, as the page would have said before the button."""
    dates = desk.process.dates
    for moved in (one.event for one in events if isinstance(one.event, DatesMoved)):
        before = {**dates, **{key: day for key, day in moved.before.items() if key in dates}}
        after = {**before, **{key: day for key, day in moved.dates.items() if key in dates}}
        yield from (one.sentence for one in warnings_of_move(desk.definition, before, after, desk.calendar))


@partial(acts, then=_odd_now)
def extend(
    desk: Desk,
    date: Annotated[
        str, typer.Argument(metavar="DATE-KEY", help='Which date: "checkpoint:hallintomalli", "condition:c1".')
    ],
    to: Annotated[dt.date, on("--to", "The new day.")],
    reason: Reason,
    shift: Annotated[
        bool, typer.Option("--shift", help="Move all later planned dates by as many working days.")
    ] = False,
    yes: Yes = False,
) -> Command:
    """Move one date. With --shift all later planned dates move too, after you have seen them and agreed.

    The keys are those of etappi status PROCESS --json: phase:ID:first, phase:ID:last, checkpoint:ID, window:last …
    statement:ID and hearing:ID give those who were asked more time, never less.

    Examples:

        etappi extend kemijarvi-2030 checkpoint:hallintomalli --to 16.4.2027 \\
            --reason "Pääsiäinen" --as coordinator
        etappi extend kemijarvi-2030 phase:hallintomalli:last --to 16.4.2027 \\
            --shift --reason "…" --as coordinator
    """
    command = Extend(date=date, to=to, reason=reason, shift=shift)
    if shift:
        moved = next(event for event in desk.would(command) if isinstance(event, DatesMoved))
        lines = [
            f"{desk.names.date(key)}: {date_of(moved.before[key])} -> {date_of(new)}"
            for key, new in sorted(moved.dates.items(), key=lambda one: one[1])
        ]
        agreed(f"{count(len(lines), 'date')} would move:", lines, yes=yes)
    return command


@acts
def hand_over(
    desk: Desk,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="Who coordinates from now on.")],
    reason: MaybeReason = None,
) -> Command:
    """Give the coordinator's part, with all its open duties, to somebody else.

    Example:

        etappi hand-over kemijarvi-2030 --to planner \\
            --reason "Työtehtävä vaihtuu" --as coordinator
    """
    return HandOver(to=desk.person_named(to), reason=reason)


@acts
def redact(
    desk: Desk,
    ground: Annotated[str, typer.Option("--ground", metavar="TEXT", help="On what ground: a paragraph.")],
    value: Annotated[
        list[str] | None,
        typer.Option("--value", metavar="COMMITMENT", help="A personal value, as record --json names it; repeatable."),
    ] = None,
    file: Annotated[list[str] | None, typer.Option("--file", metavar="HASH", help="A stored file; repeatable.")] = None,
    yes: Yes = False,
) -> Command:
    """Cover personal values and files for good (peitä tieto). Who, when and on what ground stays in the record.

    It cannot be undone, so it asks first.

    Example:

        etappi redact kemijarvi-2030 --value c1:9d0c… \\
            --ground "tietosuoja-asetus 17 art." --as protection
    """
    values = tuple(desk.commitment(one) for one in value or ())
    lines = [f"{one[:15]}…: {desk.private(one) or 'covered already'}" for one in values]
    agreed("These would be covered for good:", [*lines, *(file or ())], yes=yes)
    return Redact(commitments=values, files=tuple(file or ()), ground=ground)
