"""Verbs about the way to the decision: `etappi handling …`, `etappi cooperation` and `etappi correct-entry`."""

import datetime as dt
import re
from typing import Annotated, Any

import typer

from app.cli.acts import acts
from app.cli.desk import Desk
from app.cli.params import MaybeReason, Phase, Reason, on, pairs, text, word
from models.commands import (
    Command,
    CorrectEntry,
    MakePublic,
    RecordCooperation,
    RecordDecidedText,
    RecordHandling,
    RecordLegalState,
    RecordMinutes,
    Vote,
)
from models.errors import NotValid
from models.words import HandlingKind, HandlingOutcome, LegalState, PublicGround

Handling = Annotated[str, typer.Argument(metavar="HANDLING", help="The handling, as status lists it: h1.")]
Decided = Annotated[
    list[str] | None,
    typer.Option("--decided", metavar="OUTPUT=FILE", help="The text as decided, where it was changed; repeatable."),
]


@acts
def record(
    desk: Desk,
    body: Annotated[str, typer.Argument(metavar="BODY", help="The body or office-holder, as the definition names it.")],
    kind: Annotated[HandlingKind, word("--kind", HandlingKind, "What was handled.")],
    outcome: Annotated[HandlingOutcome, word("--outcome", HandlingOutcome, "How it ended.")],
    date: Annotated[dt.date, on("--date", "The day.")],
    section: Annotated[str | None, typer.Option("--section", metavar="§", help="Its §.")] = None,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="ID", help="The expected handling of the definition's chain.")
    ] = None,
    ground: Annotated[str | None, typer.Option("--ground", metavar="TEXT", help="The ground of the power.")] = None,
    vote: Annotated[
        str | None, typer.Option("--vote", metavar="FOR-AGAINST[-EMPTY]", help="A vote's figures: 21-6-0.")
    ] = None,
    dissents: Annotated[int, typer.Option("--dissents", metavar="COUNT", min=0, help="Dissents in the minutes.")] = 0,
    minutes: Annotated[str | None, typer.Option("--minutes", metavar="LINK", help="Where the minutes are.")] = None,
    summary: Annotated[str | None, text("--summary", "What was said or changed, in short.")] = None,
    decided: Decided = None,
) -> Command:
    """Record a handling that happened. What was amiss with it is shown beside it, and never a reason not to record it.

    Examples:

        etappi handling record kemijarvi-2030 kaupunginhallitus --kind proposal \\
            --outcome approved --date 7.6.2027 --section 214 --plan esitys \\
            --as registrar
        etappi handling record kemijarvi-2030 kaupunginvaltuusto --kind decision \\
            --outcome amended --date 14.6.2027 --section 55 --vote 21-6 \\
            --decided hallintosaanto=paatetty.docx --as registrar
    """
    return RecordHandling(
        body=body,
        kind=kind,
        outcome=outcome,
        date=date,
        section=section,
        plan=plan,
        ground=ground,
        vote=_vote(vote),
        dissents=dissents,
        minutes=minutes,
        summary=summary,
        decided=_stored(desk, decided),
    )


def _vote(text: str | None) -> Vote | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d+)[-–](\d+)(?:[-–](\d+))?", text)
    if found is None:
        raise NotValid('"{text}" is no vote. Write for and against, and empty votes: 21-6-0.', text=text)
    return Vote.model_validate({"for": int(found[1]), "against": int(found[2]), "empty": int(found[3] or 0)})


def _stored(desk: Desk, decided: list[str] | None) -> dict[str, str]:
    return {output: desk.take_in(file) for output, file in pairs(decided, "OUTPUT=FILE").items()}


@acts
def text_decided(
    desk: Desk,
    handling: Handling,
    decided: Annotated[
        list[str], typer.Option("--decided", metavar="OUTPUT=FILE", help="The text as decided; repeatable.")
    ],
) -> Command:
    """Attach the text as decided to a handling that changed the proposal.

    Example:

        etappi handling text kemijarvi-2030 h3 \\
            --decided hallintosaanto=paatetty.docx --as registrar
    """
    return RecordDecidedText(handling=handling, decided=_stored(desk, decided))


@acts
def minutes(
    desk: Desk,
    handling: Handling,
    inspected: Annotated[dt.date | None, on("--inspected", "The day they were inspected.")] = None,
    published: Annotated[dt.date | None, on("--published", "The day they were on the web (Kuntalaki 140 §).")] = None,
) -> Command:
    """Record when a handling's minutes were inspected and published.

    Example:

        etappi handling minutes kemijarvi-2030 h3 --inspected 16.6.2027 \\
            --published 17.6.2027 --as registrar
    """
    if inspected is None and published is None:
        raise NotValid("Give --inspected, --published or both.")
    return RecordMinutes(handling=handling, inspected=inspected, published=published)


@acts
def legal(
    desk: Desk,
    handling: Handling,
    state: Annotated[LegalState, word("--state", LegalState, "How it stands in law.")],
    since: Annotated[dt.date | None, on("--on", "Since when; by default today.")] = None,
) -> Command:
    """Record that a decision is pending, final (lainvoimainen), appealed or annulled.

    Example:

        etappi handling legal kemijarvi-2030 h3 --state final --on 27.7.2027 \\
            --as registrar
    """
    return RecordLegalState(handling=handling, legal=state, on=since or desk.today)


@acts
def cooperation(
    desk: Desk,
    needed: Annotated[bool | None, typer.Option("--needed/--not-needed", help="Whether 449/2007 applies.")] = None,
    why: Annotated[str | None, text("--why", "Why it is judged so.")] = None,
    proposed: Annotated[dt.date | None, on("--proposed", "The proposal for negotiations.")] = None,
    meeting: Annotated[dt.date | None, on("--meeting", "A negotiation was held.")] = None,
    ended: Annotated[dt.date | None, on("--ended", "The negotiations ended.")] = None,
    outcome: Annotated[str | None, text("--outcome", "How they ended.")] = None,
) -> Command:
    """Record facts of staff cooperation (449/2007). What is not given stays as it was.

    Examples:

        etappi cooperation kemijarvi-2030 --needed \\
            --why "Palvelurakenne muuttuu (4 §)" --as coordinator
        etappi cooperation kemijarvi-2030 --ended 14.5.2027 \\
            --outcome "Yksimielinen" --as coordinator
    """
    given: dict[str, Any] = {
        "needed": needed,
        "why": why,
        "proposed": proposed,
        "meeting": meeting,
        "ended": ended,
        "outcome": outcome,
    }
    if all(value is None for value in given.values()):
        raise NotValid("Say what is known: --needed or --not-needed, --proposed, --meeting, --ended or --outcome.")
    return RecordCooperation(**given)


@acts
def publish(
    desk: Desk,
    phase: Phase,
    ground: Annotated[PublicGround, word("--ground", PublicGround, "Why they are public now.")],
    outputs: Annotated[
        list[str] | None, typer.Argument(metavar="[OUTPUT]...", help="Default: all that are in preparation.")
    ] = None,
    reason: MaybeReason = None,
) -> Command:
    """Say that a phase's outputs have become public, once somebody has looked whether anything in them is secret.

    The grounds (julkisuuslaki 6 and 9 §, to be checked by the municipality's lawyer): decided, when the matter is
    decided and the minutes inspected; finished, when the process is closed or stopped; study, an independent account
    that is ready for its use; discretion, with a reason. The public edition of etappi export then has their files.

    Examples:

        etappi publish kemijarvi-2030 5 --ground decided --as registrar
        etappi publish kemijarvi-2030 3 vaihtoehtojen-vertailu --ground study \\
            --as coordinator
    """
    return MakePublic(phase=desk.phase(phase), outputs=tuple(outputs or ()), ground=ground, reason=reason)


@acts
def correct_entry(
    desk: Desk,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help='What was written wrong: h1, a statement, a hearing or "cooperation".')
    ],
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="date, section, body, kind, outcome, given, published, last …")
    ],
    to: Annotated[str, typer.Argument(metavar="VALUE", help="As it should be.")],
    reason: Reason,
) -> Command:
    """Mend a mistake of writing in a recorded fact. The old value is kept; versions, stances and packages never change.

    Example:

        etappi correct-entry kemijarvi-2030 h3 section 56 \\
            --reason "Näppäilyvirhe" --as registrar
    """
    return CorrectEntry.model_validate({"item": item, "field": field, "to": to, "reason": reason})
