"""Verbs about being heard: `etappi opportunity`, `etappi statement …` and `etappi hearing …`."""

import datetime as dt
from typing import Annotated

import typer

from app.cli.acts import acts
from app.cli.desk import Desk
from app.cli.params import Phase, on, text, word
from models.commands import (
    AnswerStatement,
    AskStatement,
    CloseHearing,
    Command,
    GiveOpportunity,
    OpenHearing,
    RecordStatement,
)
from models.words import Publicity

Statement = Annotated[str, typer.Argument(metavar="STATEMENT", help="The statement's id, as the definition names it.")]
Hearing = Annotated[str, typer.Argument(metavar="HEARING", help="The hearing's id, as the definition names it.")]


@acts
def opportunity(
    desk: Desk,
    phase: Phase,
    affected: Annotated[
        str, typer.Argument(metavar="AFFECTED", help="The affected group, as the definition names it.")
    ],
    how: Annotated[str, text("--how", "How the opportunity was given.")],
    given: Annotated[dt.date | None, on("--on", "When; by default today.")] = None,
    heard: Annotated[bool, typer.Option("--heard", help="They used it.")] = False,
    effect: Annotated[str | None, text("--effect", "What changed because of it.")] = None,
) -> Command:
    """Record that an affected group was given an opportunity to be heard, whether it used it, and what changed.

    Example:

        etappi opportunity kemijarvi-2030 3 henkilosto --on 12.3.2027 --heard \\
            --how "Henkilöstöinfo kaupungintalolla" \\
            --effect "Aikataulu pidentyi" --as coordinator
    """
    return GiveOpportunity(
        phase=desk.phase(phase), affected=affected, on=given or desk.today, how=how, heard=heard, effect=effect
    )


@acts
def ask(
    desk: Desk,
    statement: Statement,
    body: Annotated[str, typer.Option("--body", metavar="BODY", help="The body that is asked.")],
    phase: Annotated[str, typer.Option("--phase", metavar="PHASE", help="The phase it serves.")],
    due: Annotated[dt.date, on("--due", "The last day of its time.")],
) -> Command:
    """Ask a body for a statement, with a reasonable time.

    Example:

        etappi statement ask kemijarvi-2030 nuorisovaltuusto \\
            --body nuorisovaltuusto --phase 3 --due 26.3.2027 --as registrar
    """
    return AskStatement(statement=statement, body=body, phase=desk.phase(phase), due=due)


@acts
def record(
    desk: Desk,
    statement: Statement,
    words: Annotated[str, text("--text", "What it says (@FILE reads a file).")],
    given: Annotated[dt.date | None, on("--given", "When it came; by default today.")] = None,
    publicity: Annotated[
        Publicity,
        word(
            "--publicity",
            Publicity,
            "A statement that has arrived is public, or secret by a paragraph.",
            (Publicity.PUBLIC, Publicity.PARTLY_SECRET, Publicity.SECRET),
        ),
    ] = Publicity.PUBLIC,
    paragraph: Annotated[
        str | None, typer.Option("--paragraph", metavar="PARAGRAPH", help="The ground of its secrecy.")
    ] = None,
) -> Command:
    """Record a statement that came.

    Example:

        etappi statement record kemijarvi-2030 nuorisovaltuusto \\
            --text @lausunto.txt --given 24.3.2027 --as registrar
    """
    return RecordStatement(
        statement=statement, given=given or desk.today, text=words, publicity=publicity, paragraph=paragraph
    )


@acts
def answer(
    desk: Desk, statement: Statement, words: Annotated[str, text("--text", "What the statement led to.")]
) -> Command:
    """Say what a statement led to.

    Example:

        etappi statement answer kemijarvi-2030 nuorisovaltuusto \\
            --text "Nuorisotila lisättiin" --as coordinator
    """
    return AnswerStatement(statement=statement, text=words)


@acts
def open_hearing(
    desk: Desk,
    hearing: Hearing,
    phase: Annotated[str, typer.Option("--phase", metavar="PHASE", help="The phase it serves.")],
    last: Annotated[dt.date, on("--last", "Its last day.")],
    channel: Annotated[
        list[str], typer.Option("--channel", metavar="TEXT", help="How people can say something; repeatable.")
    ],
    first: Annotated[dt.date | None, on("--first", "Its first day; by default today.")] = None,
) -> Command:
    """Open a hearing for people to say something. It cannot be closed before its last day.

    Example:

        etappi hearing open kemijarvi-2030 kuuleminen-3 --phase 3 \\
            --first 1.3.2027 --last 19.3.2027 --channel kemijarvi.fi/2030 \\
            --channel "Kirjaston palautelaatikko" --as coordinator
    """
    begins = first or desk.today
    return OpenHearing(hearing=hearing, phase=desk.phase(phase), first=begins, last=last, channels=tuple(channel))


@acts
def close_hearing(
    desk: Desk,
    hearing: Hearing,
    contributions: Annotated[int, typer.Option("--contributions", metavar="COUNT", min=0, help="How many came in.")],
    summary: Annotated[str, text("--summary", "What came in and what became of it.")],
) -> Command:
    """Close a hearing whose days have run: how much came in, and what became of it.

    Example:

        etappi hearing close kemijarvi-2030 kuuleminen-3 --contributions 41 \\
            --summary @kooste.txt --as coordinator
    """
    return CloseHearing(hearing=hearing, contributions=contributions, summary=summary)
