"""`etappi rehearse`: a definition played through under a clock of its own, touching no data."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli.calendar_file import read_calendar
from app.cli.ending import ENDING
from app.cli.params import Json, Municipality, pairs
from app.cli.rehearsal_json import shape
from app.cli.rehearsal_view import View
from app.cli.screen import print_json
from models.creating.proposing import newest_definitions, usual_start
from models.days.calendar import Calendar, local_date
from models.days.calendar_data import calendar_for
from models.days.formats import read_date
from models.days.schedule import parse_start, settled
from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.definitions.nearness import suggestion
from models.definitions.shipped import shipped
from models.errors import NotFound, NotValid
from models.machine_clock import clock_of
from models.migrations import is_set_up
from models.rehearsal.play import Asked
from models.rehearsal.play import rehearse as played
from models.rehearsal.result import Rehearsal
from models.settings import settings
from models.storage.database import Database

LANGUAGES = ("fi", "sv", "en")

Definition_ = Annotated[
    str, typer.Argument(metavar="DEFINITION", help="An id in use, an id that is shipped, or a YAML file.")
]
Start = Annotated[
    str | None, typer.Option("--start", metavar="WHEN", help="2026, 2026-12 or 2026-12-01; by default its usual one.")
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--choice", metavar="CHOICE=READING", help="What the sources leave open; repeatable."),
]
OwnCalendar = Annotated[
    Path | None,
    typer.Option("--calendar", metavar="FILE", help="Own days off and bodies' meetings.", exists=True, dir_okay=False),
]
Late = Annotated[
    list[str] | None,
    typer.Option("--late", metavar="WHO", help="A group, role or body that is silent when due; repeatable."),
]
AwayFor = Annotated[
    list[str] | None,
    typer.Option("--away", metavar="WHO=FIRST..LAST", help="Days a sample person is away; repeatable."),
]
Person = Annotated[
    str | None, typer.Option("--person", metavar="WHO", help="Only one role's, person's or group's weeks.")
]
Messages = Annotated[bool, typer.Option("--messages", help="Every message, one by one.")]
Full = Annotated[bool, typer.Option("--full", help="With --messages or --person: the whole text.")]
Tongue = Annotated[str, typer.Option("--language", metavar="fi|sv|en", help="In which language.")]


def rehearse(
    definition: Definition_,
    start: Start = None,
    choice: Choices = None,
    calendar: OwnCalendar = None,
    late: Late = None,
    away: AwayFor = None,
    person: Person = None,
    messages: Messages = False,
    full: Full = False,
    language: Tongue = "fi",
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Play a definition through with sample people, and count backwards from the meeting that decides.

    Nothing is stored and nobody is written to; no installation is needed. Shown are the meetings that can be reached
    and on what conditions, the time line, each one's weeks, and days that do not fit, with what to do.

    Examples:

        etappi rehearse kemijarvi-2030 --start 2026-12
        etappi rehearse kemijarvi-2030 --start 2026-12 \\
            --calendar kokoukset.yaml --language sv
        etappi rehearse kemijarvi-2030 --start 2026-12 --person preparer
        etappi rehearse kemijarvi-2030 --start 2026-12 --late hyvinvointiryhma
        etappi rehearse kemijarvi-2030 --start 2026-12 --messages --json
    """
    asked_language = language_of(language)
    made_from, days = _found(definition, municipality)
    if calendar is not None:
        own_days, meetings = read_calendar(calendar)
        days = calendar_for(own_days=own_days, meetings=meetings)
    choices = settled(made_from, pairs(choice, "CHOICE=READING"))
    today = local_date(clock_of(settings().clock_file)())
    begins = parse_start(start, made_from, choices) if start else usual_start(made_from, choices, today)
    asked = Asked(start=begins, choices=choices, late=tuple(late or ()), away=_away(away), language=asked_language)
    rehearsal = played(made_from, days, asked)
    _known(rehearsal, person)
    if json_:
        print_json(shape(rehearsal, messages=messages))
        return
    view = View(rehearsal)
    if person is not None:
        view.person(person, full=full)
    elif messages:
        view.messages(full=full)
    else:
        view.whole()
    view.console.print()


def language_of(text: str) -> Literal["fi", "sv", "en"]:
    """The language named. Raises NotValid."""
    if text not in LANGUAGES:
        raise NotValid('"{text}" is none of the languages: fi, sv, en.', text=text)
    return text  # type: ignore[return-value]


def _away(given: list[str] | None) -> dict[str, tuple[dt.date, dt.date]]:
    away = {}
    for who, days in pairs(given, "WHO=FIRST..LAST").items():
        first, dots, last = days.partition("..")
        if not dots:
            raise NotValid('"{days}" is no time away. Write FIRST..LAST: 2027-02-08..2027-02-19.', days=days)
        away[who] = (read_date(first), read_date(last))
        if away[who][1] < away[who][0]:
            raise NotValid("The last day, {last}, comes before the first, {first}.", first=first, last=last)
    return away


def _known(rehearsal: Rehearsal, person: str | None) -> None:
    groups = {player.group for player in rehearsal.people.values() if player.group}
    known = sorted({*groups, *(key for key, player in rehearsal.people.items() if player.deputy_of is None)})
    if person is not None and person not in known:
        raise NotFound("Nobody is called {name} in this definition{near}", name=person, near=suggestion(person, known))


# --- finding the definition -------------------------------------------------------------------------------------------


def _found(named: str, municipality: str | None) -> tuple[Definition, Calendar]:
    """The definition with the days it is rehearsed on: the installation's where it is in use there.

    Raises DefinitionError for a file with mistakes, NotFound.
    """
    file = Path(named)
    if file.suffix in (".yaml", ".yml") or file.is_file():
        try:
            return read_definition(file.read_bytes(), named), calendar_for()
        except OSError as error:
            raise NotValid("The file {file} cannot be read: {why}.", file=named, why=error.strerror) from None
    loaded = _loaded(named, municipality)
    if loaded is not None:
        return loaded
    known = {Path(name).stem: content for name, content in shipped().items()}
    if named not in known:
        near = suggestion(named, known)
        raise NotFound("There is no definition {name}, in use or shipped{near}", name=named, near=near)
    return read_definition(known[named], f"{named}.yaml"), calendar_for()


def _loaded(named: str, municipality: str | None) -> tuple[Definition, Calendar] | None:
    """The newest version in use here; None where there is no installation or it does not know the id."""
    database = Database(settings().database)
    ENDING.callback(database.close)
    if not is_set_up(database):
        return None
    from app.cli.office import Office  # here, because where there is no installation nobody waits for it

    office = Office(municipality)
    newest = newest_definitions(office.directory)
    return (office.definition_of(newest[named]), office.calendar) if named in newest else None
