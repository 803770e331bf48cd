"""Verbs that set an installation up: `etappi init`, `etappi load` and `etappi calendar`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from app.cli.asking import wanted
from app.cli.calendar_file import read_calendar
from app.cli.desk import Desk
from app.cli.exits import invalid
from app.cli.params import As, Json, Municipality
from app.cli.screen import count, print_json, say
from app.cli.shapes import CalendarInUse, Installed, Loaded, LoadedDefinition
from app.history.sentences import tarkiste
from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.definitions.shipped import read_shipped
from models.migrations import check, migrate, version_of
from models.municipality.commands import SetUpMunicipality
from models.storage.reading import municipalities

ADMINISTRATOR = "administrator"


def init(
    municipality: Annotated[
        str | None, typer.Option("--municipality", metavar="ID", help="Its id: small letters, digits, hyphens.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What it is called.")] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="fi|sv|en", help="Its languages, the first one first; repeatable."),
    ] = None,
    administrator: Annotated[
        str | None, typer.Option("--administrator", metavar="ID", help="The first administrator's id.")
    ] = None,
    administrator_name: Annotated[
        str | None, typer.Option("--administrator-name", metavar="NAME", help="What that person is called.")
    ] = None,
    administrator_email: Annotated[
        str | None, typer.Option("--administrator-email", metavar="ADDRESS", help="That person's address.")
    ] = None,
    json_: Json = False,
) -> None:
    """Make the data folder, the database, the municipality and its first administrator.

    The shipped process definitions are loaded. In an installation that is there already another municipality is set up,
    with --municipality; one of an older release is upgraded first (etappi upgrade). What is not given is asked at a
    terminal.

    Examples:

        etappi init
        etappi init --municipality kemijarvi --name "Kemijärven kaupunki" \\
            --administrator secretary --administrator-name "Hallintosihteeri" \\
            --administrator-email hallinto@kemijarvi.fi
    """
    desk = Desk()
    if version_of(desk.database) is None:
        migrate(desk.database)
    check(desk.database)
    desk.files.probe()
    with desk.reading() as session:
        there = municipalities(session)
    if there and municipality is None:
        say(f"The database is of this release. Municipalities: {', '.join(there)}.")
        return
    languages = tuple(language or ("fi",))
    asked: dict[str, Any] = {
        "municipality": wanted(
            municipality, "--municipality", "The municipality's id (small letters, digits, hyphens)"
        ),
        "name": wanted(name, "--name", "What the municipality is called"),
        "languages": languages,
        "administrator": wanted(administrator, "--administrator", "The first administrator's id", ADMINISTRATOR),
        "administrator_name": wanted(administrator_name, "--administrator-name", "The administrator's name"),
        "administrator_email": administrator_email,
        "administrator_language": languages[0],
    }
    _set_up(desk, asked, as_json=json_)


def _set_up(desk: Desk, asked: dict[str, Any], *, as_json: bool) -> None:
    """The municipality is there, with its administrator and the shipped definitions."""
    try:
        command = SetUpMunicipality.model_validate(asked)
    except ValidationError as error:
        raise invalid(error.errors()) from None
    key, person = command.municipality, command.administrator
    read = read_shipped()
    hashes = desk.engine.set_up(command, read)
    loaded = tuple(LoadedDefinition(one.id, one.version, sha) for (one, _), sha in zip(read, hashes, strict=True))
    if as_json:
        print_json(Installed(1, key, person, str(desk.settings.data_dir.absolute()), loaded))
        return
    say(f"{command.name} ({key}) was set up; {command.administrator_name} ({person}) administers it.")
    for one in loaded:
        say(f"Definition {one.definition}, version {one.version}: in use.")
    say(f"Data: {desk.settings.data_dir.absolute()}.")
    say(f"In a browser: etappi up, and etappi sign-in {person} prints the link that lets you in.")
    say(f"Next: export ETAPPI_AS={person}, then etappi person add, group add and seat give; then etappi create.")


def _read(file: Path) -> tuple[Definition, str]:
    """The definition in the file, and the file's text. Raises DefinitionError."""
    content = file.read_bytes()
    return read_definition(content, str(file)), content.decode("utf-8-sig")


def load(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A process definition in YAML.", exists=True, dir_okay=False)
    ],
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Take a process definition into use. A running process keeps the version it started with.

    Example:

        etappi load oma-malli.yaml --as administrator
    """
    desk = Desk(municipality, as_)
    definition, source = _read(file)
    hash_ = desk.engine.load_definition(desk.municipality, definition, source, desk.person)
    loaded = LoadedDefinition(definition.id, definition.version, hash_)
    if json_:
        print_json(Loaded(1, desk.municipality, loaded))
    else:
        say(f"{loaded.definition}, version {loaded.version}, is in use. Tarkiste {tarkiste(loaded.hash)}.")


def calendar(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Own days off and meeting dates.", exists=True, dir_okay=False)
    ],
    as_: As = None,
    municipality: Municipality = None,
    json_: Json = False,
) -> None:
    """Take the municipality's own days off and its bodies' meeting dates into use. The country's are known.

    The file is YAML: own_days with a name for each date, and meetings with a list of dates for each body, under the id
    that it has in the definitions:

        own_days:
          2026-12-31: Uudenvuodenaatto
        meetings:
          valtuusto: [2027-06-14, 2027-08-30]

    Example:

        etappi calendar kalenteri.yaml --as administrator
    """
    desk = Desk(municipality, as_)
    own_days, meetings = read_calendar(file)
    hash_ = desk.engine.set_calendar(desk.municipality, own_days, meetings, desk.person)
    if json_:
        print_json(CalendarInUse(1, desk.municipality, hash_))
        return
    days, held = count(len(own_days), "own day", "own days"), sum(map(len, meetings.values()))
    say(f"In use: {days} off and {count(held, 'meeting')}. Tarkiste {tarkiste(hash_)}.")
