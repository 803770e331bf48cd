"""What a tool is: its words, the fields of its form, and the command that they make."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from app.web.forms import Form, Mistakes
from app.web.place import Place
from models.amounts import count_in, day_in
from models.commands import Command
from models.errors import NotAuthorised, NotValid

EMAIL = "-email"  # the field beside a choice of people, for somebody who is not among them


class Kind(StrEnum):
    """How something is asked."""

    AREA = "area"  # several lines of words
    TEXT = "text"
    DAY = "day"
    CHOICES = "choices"  # one of several, each with what it means
    SELECT = "select"
    CHECKS = "checks"  # any of several
    CHECK = "check"
    NUMBER = "number"
    PERSON = "person"  # one of those at hand, or anybody by their address


class Option(NamedTuple):
    """One thing that can be chosen."""

    value: str
    text: str
    hint: str | None = None


class Field(NamedTuple):
    """One thing that is asked."""

    kind: Kind
    name: str
    label: str
    hint: str | None = None
    options: tuple[Option, ...] = ()
    value: str | tuple[str, ...] = ""
    missing: str | None = None  # what is said where nothing was given; None: it may be left out


class Tool(NamedTuple):
    """One tool at one thing."""

    title: str
    lead: str
    button: str
    said: str  # once it is done
    fields: tuple[Field, ...]
    command: Callable[[Form], Command]
    back: str  # where one came from
    between: tuple[tuple[str, str], ...] = ()  # pages between the tools and this one: address in the process, name
    grave: bool = False
    root: tuple[str, str] | None = None  # the page it stands under; None: the tools


class Link(NamedTuple):
    """A tool in a list: what it does, and where it is."""

    name: str
    address: str
    hint: str | None = None


def check_entitled(place: Place, command: Command, who: str = "the coordinator of the process") -> None:
    """Raises NotAuthorised for one to whom the command does not belong."""
    if place.possible.entitled(command) is None:
        raise NotAuthorised(who=who)


def mistakes_in(place: Place, tool: Tool, form: Form) -> Mistakes:
    """What is missing or not understood."""
    found = Mistakes()
    for field in tool.fields:
        given = form.text(field.name) or (form.text(field.name + EMAIL) if field.kind is Kind.PERSON else "")
        if not given and field.missing:
            found.add(field.name, field.missing)
        elif field.kind is Kind.DAY and given and not _is(day_in, given):
            found.add(field.name, place.visitor.say("Anna päivä."))
        elif field.kind is Kind.NUMBER and given and not _is(count_in, given):
            found.add(field.name, place.visitor.say("Kirjoita luku numeroin."))
    return found


def _is(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (ValueError, NotValid):
        return False
    return True
