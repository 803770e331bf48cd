"""Asking the one who types, and never anybody else: without a terminal nothing asks."""

import sys
from collections.abc import Iterable

import typer

from models.errors import NotValid


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def agreed(what: str, lines: Iterable[str], *, yes: bool) -> None:
    """What is about to happen is shown and agreed to. Raises NotValid where nobody can be asked, Abort for a no."""
    print(what)
    for line in lines:
        print(f"  {line}")
    if yes:
        return
    if not at_terminal():
        raise NotValid("Nothing was done. Look at this and say --yes to do it.")
    confirmed("Do it?")


def confirmed(question: str) -> None:
    """The one at the terminal says yes. Raises Abort for a no."""
    if not typer.confirm(question, default=False):
        raise typer.Abort


def wanted(given: str | None, option: str, question: str, proposed: str | None = None) -> str:
    """What was given, or the answer to the question; what is proposed stands where nobody can be asked.

    Raises NotValid where there is none of these.
    """
    if given:
        return given
    if at_terminal():
        return str(typer.prompt(question, default=proposed, show_default=proposed is not None)).strip()
    if proposed is None:
        raise NotValid("{option} is missing: {question}.", option=option, question=question)
    return proposed
