"""Verbs that move a phase: open, submit, revise, retract, pass, return."""

from typing import Annotated

import typer

from app.cli.acts import acts
from app.cli.desk import Desk
from app.cli.params import Insist, Phase, Reason, Seat, pairs, words
from models.commands import Command, OpenPhase, Pass, Retract, Return, Revise, Submit
from models.errors import NotValid


@acts
def open_phase(desk: Desk, phase: Phase) -> Command:
    """Open a phase that is ready. The packages it builds on are verified first.

    Examples:

        etappi open kemijarvi-2030 tulevaisuuskuva --as coordinator
        etappi open kemijarvi-2030 2 --as coordinator
    """
    return OpenPhase(phase=desk.phase(phase))


@acts
def submit(desk: Desk, phase: Phase) -> Command:
    """Bring the phase's drafts to its checkpoint as exact versions. A round opens, and every seat is asked.

    Example:

        etappi submit kemijarvi-2030 tulevaisuuskuva --as owner
    """
    return Submit(phase=desk.phase(phase))


@acts
def revise(
    desk: Desk,
    phase: Phase,
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="The output whose draft replaces its version.")],
    reason: Reason,
    technical: Annotated[
        bool, typer.Option("--technical", help="Only a correction of writing: stances stand, all may withdraw.")
    ] = False,
) -> Command:
    """Replace one output's version in the open round by its draft.

    The stances that cover it become stale, unless the correction is technical.

    Examples:

        etappi revise kemijarvi-2030 2 tarverekisteri \\
            --reason "Kaksi tarvetta lisätty" --as owner
        etappi revise kemijarvi-2030 2 tarverekisteri --technical \\
            --reason "Pilkku" --as owner
    """
    return Revise(phase=desk.phase(phase), output=output, reason=reason, technical=technical)


@acts
def retract(
    desk: Desk,
    phase: Phase,
    opening: Annotated[bool, typer.Option("--opening", help="An opening that has no version yet.")] = False,
    submission: Annotated[bool, typer.Option("--submission", help="A submission that has no stance yet.")] = False,
    stance: Annotated[bool, typer.Option("--stance", help="Your own stance, while the round is open.")] = False,
    seat: Seat = None,
) -> Command:
    """Take back an opening, a submission or your own stance, where nothing has been built on it.

    Examples:

        etappi retract kemijarvi-2030 2 --submission --as owner
        etappi retract kemijarvi-2030 2 --stance --as teacher
    """
    chosen = [name for name, given in (("opening", opening), ("submission", submission), ("stance", stance)) if given]
    if len(chosen) != 1:
        raise NotValid("Say what is taken back: --opening, --submission or --stance.")
    key = desk.phase(phase)
    return Retract.model_validate(
        {"what": chosen[0], "phase": key, "seat": desk.seat(key, seat) if chosen[0] == "stance" else None}
    )


@acts
def pass_phase(
    desk: Desk,
    phase: Phase,
    waive: Annotated[
        list[str] | None,
        typer.Option("--waive", metavar="ITEM=REASON", help="A criterion that does not hold, and why it is waived."),
    ] = None,
    seen: Insist = None,
) -> Command:
    """State that the phase passes: its package is locked and the next phase becomes ready.

    This is preparation, not a decision. ITEM is a must criterion, a condition or a group with nobody left.

    Examples:

        etappi pass kemijarvi-2030 2 --as preparer
        etappi pass kemijarvi-2030 2 --waive kuultu="Kuuleminen on 3.3." \\
            --as preparer
        etappi pass kemijarvi-2030 2 --seen 3f2a9c81d04e --as preparer
    """
    key = desk.phase(phase)
    waived = {item: words(why) for item, why in pairs(waive, "ITEM=REASON").items()}
    return Pass(phase=key, seen=desk.seen(key, seen, passing=True), waive=waived)


@acts
def return_work(
    desk: Desk,
    phase: Phase,
    reason: Reason,
    to: Annotated[
        str | None, typer.Option("--to", metavar="PHASE", help="The phase that reopens; by default the phase itself.")
    ] = None,
    handling: Annotated[
        str | None,
        typer.Option(
            "--handling", metavar="ID", help="After the last checkpoint: what sent it back, or the annulled decision."
        ),
    ] = None,
    seen: Insist = None,
) -> Command:
    """Return the work to preparation, in this phase or an earlier one. What builds on it is suspended.

    Examples:

        etappi return kemijarvi-2030 3 --reason "Nolla puuttuu" --as preparer
        etappi return kemijarvi-2030 3 --to 2 --reason "Tarpeet puuttuvat" \\
            --as preparer
        etappi return kemijarvi-2030 5 --to 4 --handling h2 \\
            --reason "KH palautti" --as coordinator
    """
    key = desk.phase(phase)
    relied = desk.seen(key, seen) if key in desk.process.rounds and not handling else None
    return Return(phase=key, to=desk.phase(to) if to else key, reason=reason, seen=relied, handling=handling)
