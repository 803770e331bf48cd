"""What verbs take: arguments and options that mean the same everywhere, and how dates, texts and words are read.

Reading raises NotValid with a sentence that says what is allowed.
"""

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from models.days.formats import read_date
from models.definitions.nearness import suggestion
from models.errors import NotValid

Word = TypeVar("Word", bound=StrEnum)

_TIME = re.compile(r"(?P<day>\S+)[ T](?P<hour>\d{1,2})[.:](?P<minute>\d\d)")
_SETTING_UP = re.compile(r"(?P<body>.+?)\s+(?P<date>\S+)\s+§\s*(?P<section>\S+)")


# --- reading what was typed -------------------------------------------------------------------------------------------


def clock_time(text: str) -> tuple[dt.date, int, int]:
    """A day and what clocks show on it: "19.10.2026 9.15"."""
    found = _TIME.fullmatch(text.strip())
    if not found or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise NotValid('"{text}" is no time. Write for example "19.10.2026 9.15".', text=text)
    return read_date(found["day"]), int(found["hour"]), int(found["minute"])


def words(text: str) -> str:
    """The text itself, or what the file holds that is named after an @; @- reads standard input."""
    if not text.startswith("@"):
        return text
    if text == "@-":
        return sys.stdin.read()
    try:
        return Path(text[1:]).read_text(encoding="utf-8")
    except OSError as error:
        raise NotValid("The file {file} cannot be read: {why}.", file=text[1:], why=error.strerror) from None
    except UnicodeDecodeError:
        raise NotValid("The file {file} is no text in UTF-8.", file=text[1:]) from None


def one_of(kind: type[Word], among: Iterable[Word] | None = None) -> Callable[[str], Word]:
    """Reads one word of an enumeration; a hyphen stands for an underscore."""
    allowed = {word.value.replace("_", "-"): word for word in among or kind}

    def read(text: str) -> Word:
        found = allowed.get(str(text).replace("_", "-"))
        if found is None:
            raise NotValid('"{text}" will not do here{near}', text=text, near=suggestion(text, allowed))
        return found

    return read


def listed(kind: type[StrEnum], among: Iterable[StrEnum] | None = None) -> str:
    """The words of an enumeration as help shows them."""
    return "|".join(word.value.replace("_", "-") for word in among or kind)


def pair(text: str, what: str = "KEY=VALUE") -> tuple[str, str]:
    """The two sides of an equals sign."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip() or not value.strip():
        raise NotValid('"{text}" is not of the form {what}.', text=text, what=what)
    return key.strip(), value.strip()


def pairs(texts: Iterable[str] | None, what: str = "KEY=VALUE") -> dict[str, str]:
    """Several of them; each key once."""
    found: dict[str, str] = {}
    for text in texts or ():
        key, value = pair(text, what)
        if key in found:
            raise NotValid('"{key}" is given twice.', key=key)
        found[key] = value
    return found


def setting_up(text: str) -> dict[str, Any]:
    """A setting-up decision as people cite it: "KH 19.10.2026 § 210"."""
    found = _SETTING_UP.fullmatch(text.strip())
    if found is None:
        raise NotValid('"{text}" names no decision. Write body, date and §: "KH 19.10.2026 § 210".', text=text)
    return {"body": found["body"], "date": read_date(found["date"]), "section": found["section"]}


# --- arguments and options --------------------------------------------------------------------------------------------

As = Annotated[
    str | None,
    typer.Option("--as", metavar="PERSON", envvar="ETAPPI_AS", help="Who acts: an id or an e-mail address."),
]
For = Annotated[
    str | None,
    typer.Option("--for", metavar="PERSON", help="An absent employee for whom the one who acts stands in."),
]
Municipality = Annotated[
    str | None,
    typer.Option(
        "--municipality",
        metavar="ID",
        envvar="ETAPPI_MUNICIPALITY",
        help="Needed only where there are several.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object (its shape: etappi schema VERB).")]
ProcessKey = Annotated[str, typer.Argument(metavar="PROCESS", help="The process, as etappi status lists it.")]
Phase = Annotated[str, typer.Argument(metavar="PHASE", help="The phase: its id or its number.")]
Reason = Annotated[str, typer.Option("--reason", parser=words, metavar="TEXT", help="Why (@FILE reads a file).")]
MaybeReason = Annotated[
    str | None, typer.Option("--reason", parser=words, metavar="TEXT", help="Why (@FILE reads a file).")
]
Seat = Annotated[
    str | None, typer.Option("--seat", metavar="SEAT", help="Your seat; needed only where you have several.")
]
Insist = Annotated[
    str | None,
    typer.Option("--seen", metavar="TARKISTE", help="The tarkiste you read; refused when it is another by now."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


def on(name: str, tells: str) -> Any:
    """An option that takes a date."""
    return typer.Option(name, parser=read_date, metavar="DATE", help=tells)


def text(name: str, tells: str) -> Any:
    """An option that takes a person's words, or @FILE."""
    return typer.Option(name, parser=words, metavar="TEXT", help=tells)


def word(name: str, kind: type[StrEnum], tells: str, among: Iterable[StrEnum] | None = None) -> Any:
    """An option that takes one word of an enumeration."""
    chosen = None if among is None else tuple(among)
    return typer.Option(name, parser=one_of(kind, chosen), metavar=listed(kind, chosen), help=tells)
