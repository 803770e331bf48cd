"""Verbs that change a running process: `etappi amend …`. People and ladders at once, rules from the next round."""

from typing import Annotated

import typer

from app.cli.acts import acts
from app.cli.desk import Desk
from app.cli.params import Phase, Reason, one_of, pairs, text, word
from models.commands import (
    Amend,
    AssignRole,
    ChangeCriterion,
    ChangeGroup,
    ChangeLadder,
    Command,
    RemoveCriterion,
    RemoveGroup,
)
from models.definitions.definition import Criterion, GroupAtCheckpoint, Ladder, LadderStep
from models.definitions.parts import Text
from models.errors import NotValid
from models.words import Audience, DutyKind, GroupRule

Group = Annotated[str, typer.Argument(metavar="GROUP", help="The group, as the definition names it.")]
CriterionKey = Annotated[str, typer.Argument(metavar="CRITERION", help="The criterion's id.")]


@acts
def role(
    desk: Desk,
    slot: Annotated[str, typer.Argument(metavar="ROLE", help="The role slot, as status lists it: preparer.")],
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who takes it.")],
    reason: Reason,
) -> Command:
    """Let somebody else take a role of the process, at once. The coordinator's part is handed over instead.

    Example:

        etappi amend role kemijarvi-2030 preparer secretary \\
            --reason "Virkavapaa" --as coordinator
    """
    return Amend(change=AssignRole(role=slot, person=desk.person_named(person)), reason=reason)


@acts
def ladder(
    desk: Desk,
    duty: Annotated[
        DutyKind, typer.Argument(metavar="DUTY", parser=one_of(DutyKind), help="The kind of duty: stance, output …")
    ],
    reason: Reason,
    step: Annotated[
        list[str] | None,
        typer.Option(
            "--step", metavar="WHEN=WHO", help='"3 working days before=holder"; repeatable; none: no reminders.'
        ),
    ] = None,
) -> Command:
    """Let the reminders of one kind of duty follow another ladder, at once.

    WHO is holder, chair, coordinator, preparer or line-manager (never about a stance).

    Example:

        etappi amend ladder kemijarvi-2030 stance \\
            --step "2 working days before=holder" --step "1 day after=chair" \\
            --reason "Muistutuksia toivottiin vähemmän" --as coordinator
    """
    audience = one_of(Audience)
    steps = tuple(LadderStep(when=when, to=audience(who)) for when, who in pairs(step, "WHEN=WHO").items())
    return Amend(change=ChangeLadder(ladder=Ladder(duty=duty, steps=steps)), reason=reason)


@acts
def group(
    desk: Desk,
    phase: Phase,
    key: Group,
    reason: Reason,
    rule: Annotated[GroupRule | None, word("--rule", GroupRule, "How the group accepts.")] = None,
    quorum: Annotated[
        str | None, typer.Option("--quorum", metavar="SHARE", help='A share such as "1/2", or a number of seats.')
    ] = None,
    covers: Annotated[
        list[str] | None,
        typer.Option("--covers", metavar="OUTPUT", help="What it is asked about; repeatable; none: all."),
    ] = None,
    of: Annotated[
        str | None, typer.Option("--of", metavar="GROUP", help="The municipality's group, for one that joins.")
    ] = None,
) -> Command:
    """Let a group join a checkpoint, or change its rule, quorum or what it covers, from the next round.

    Example:

        etappi amend group kemijarvi-2030 3 yrittajat --of yrittajat \\
            --rule consent --reason "Yrittäjät pyysivät mukaan" --as coordinator
    """
    at = desk.phase(phase)
    now = next((one for one in desk.checkpoint(at).groups if one.group == key), GroupAtCheckpoint(group=key))
    given = {"rule": rule, "quorum": quorum, "covers": None if covers is None else tuple(covers)}
    changed = GroupAtCheckpoint.model_validate(
        {**now.model_dump(), **{name: value for name, value in given.items() if value is not None}}
    )
    return Amend(change=ChangeGroup(phase=at, group=changed, of=of), reason=reason)


@acts
def remove_group(desk: Desk, phase: Phase, key: Group, reason: Reason) -> Command:
    """Let a group leave a checkpoint from the next round. Its dissents and conditions stay.

    Example:

        etappi amend remove-group kemijarvi-2030 3 yrittajat \\
            --reason "Ryhmä lakkautettiin" --as coordinator
    """
    return Amend(change=RemoveGroup(phase=desk.phase(phase), group=key), reason=reason)


@acts
def criterion(
    desk: Desk,
    phase: Phase,
    key: CriterionKey,
    reason: Reason,
    says: Annotated[str | None, text("--text", "The statement to be tested, in the municipality's language.")] = None,
    computed: Annotated[
        str | None, typer.Option("--computed", metavar="CHECK", help="The check that computes it: groups-answered …")
    ] = None,
    assessed_by: Annotated[
        str | None, typer.Option("--assessed-by", metavar="ROLE", help="The role slot that assesses it.")
    ] = None,
    must: Annotated[bool, typer.Option("--must/--should", help="Whether the phase cannot pass without it.")] = True,
) -> Command:
    """Add a criterion to a checkpoint, or change one, from the next round.

    Example:

        etappi amend criterion kemijarvi-2030 3 nolla-vaihtoehto \\
            --text "Vaihtoehto 0 on tutkittu" --assessed-by assessor --should \\
            --reason "Valtuuston toive" --as coordinator
    """
    at = desk.phase(phase)
    now = next((one for one in desk.checkpoint(at).criteria if one.id == key), None)
    if now is None and says is None:
        raise NotValid("A new criterion needs its --text.")
    changed = Criterion(
        id=key,
        text=Text(fi=says) if says else now.text if now else Text(fi=key),
        must=must,
        computed=computed,
        assessed_by=assessed_by,
    )
    return Amend(change=ChangeCriterion(phase=at, criterion=changed), reason=reason)


@acts
def remove_criterion(desk: Desk, phase: Phase, key: CriterionKey, reason: Reason) -> Command:
    """Test a criterion no longer, from the next round.

    Example:

        etappi amend remove-criterion kemijarvi-2030 3 nolla-vaihtoehto \\
            --reason "Ei koske tätä" --as coordinator
    """
    return Amend(change=RemoveCriterion(phase=desk.phase(phase), criterion=key), reason=reason)
