"""The verb that plays a whole process through, and shows what came of it."""

import datetime as dt
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.table import Table

from app.cli.exits import REFUSED
from app.cli.params import Json
from app.cli.screen import print_json
from models.days.formats import finnish_date

Keep = Annotated[
    Path | None,
    typer.Option("--keep", metavar="DIR", help="Leave the installation in this folder; it must be empty or new."),
]
WORDS = {"approved": "hyväksytty", "amended": "hyväksytty muutettuna", "partly": "osittain hyväksytty"}


def demo(keep: Keep = None, json_: Json = False) -> None:
    """Play Kemijärvi 2030 through, from its setting up to the council's decision, under a simulated clock.

    It runs on a real database and a real Prefect engine, in a folder of its own, and ends with what came of it.

    Examples:

        etappi demo
        etappi demo --keep demo-data
        ETAPPI_DATA_DIR=demo-data etappi status --as koordinaattori
        etappi demo --json > figures.json
    """
    from app.demo.play import play  # takes seconds to import: it brings Prefect with it

    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="etappi-demo-"))) / "data"
        figures = play(folder.absolute(), _teller(sys.stderr if json_ else sys.stdout))
    if json_:
        print_json(figures)
    else:
        _summary(figures, keep)
    if not figures["verified"] or figures["duplicates"]:
        raise typer.Exit(REFUSED)


def _teller(place: TextIO) -> Any:
    """What shows the story line by line, as it happens."""
    console = Console(file=place, highlight=False)

    def tell(mark: str, words: str) -> None:
        if mark == "#":
            console.print(f"\n[bold]{words}[/bold]")
        else:
            table = Table.grid(padding=(0, 2, 0, 2))
            table.add_column(width=10)
            table.add_column(ratio=1)
            table.add_row(mark, words)
            console.print(table)

    return tell


def _summary(figures: dict[str, Any], keep: Path | None) -> None:
    console = Console(highlight=False)
    decision = figures["decision"]
    table = Table.grid(padding=(0, 3, 0, 2))
    table.add_column()
    table.add_column(justify="right")
    for words, names in LINES:
        table.add_row(words, " + ".join(str(figures[name]) for name in names))
    console.print("\n[bold]Mitä tapahtui[/bold]")
    console.print(table)
    day = finnish_date(dt.date.fromisoformat(decision["date"]))
    outcome = WORDS.get(decision["outcome"], decision["outcome"])
    console.print(f"\nValtuuston päätös {day} § {decision['section']}: {outcome}.")
    holds = "Kaikki tallennettu pitää paikkansa" if figures["verified"] else "TALLENNETTU EI PIDÄ PAIKKAANSA"
    console.print(
        f"{holds} ({figures['packages_verified']} koostetta tarkistettu). Aikaa kului {figures['seconds']} s."
    )
    if keep is None:
        console.print("\nJätä tulos talteen ja katso sitä:  etappi demo --keep demo-data")
        return
    console.print("\n[bold]Mistä katsoa[/bold]")
    process = figures["process"]
    for command in ("status --as koordinaattori", f"record {process} --as koordinaattori", "verify"):
        console.print(f"  ETAPPI_DATA_DIR={keep} etappi {command}")
    console.print(f"  Viestit: {keep / 'messages'}    Koosteet: {keep / 'archive'}")


LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Vaiheita edennyt", ("phases_passed",)),
    ("Tarkistuspisteitä + päätösvalmius", ("checkpoints_passed", "readiness_passed")),
    ("Käsittelykertoja", ("rounds",)),
    ("Koosteita lukittu (korvattukin mukana)", ("packages_sealed",)),
    ("Vastustuksia, joihin vastattiin", ("objections_answered",)),
    ("Eriäviä mielipiteitä kirjattu", ("dissents_recorded",)),
    ("Edellytyksiä siirretty eteenpäin + täytetty", ("conditions_carried", "conditions_closed")),
    ("Varajäsenen kantoja", ("deputy_stances",)),
    ("Esteellisiä", ("disqualified",)),
    ("Kokouksessa annettuja kantoja", ("stances_in_meetings",)),
    ("Teknisiä korjauksia", ("corrections",)),
    ("Viestejä + niissä muistutuksia", ("messages_sent", "reminders_sent")),
    ("Kahdesti lähetettyjä", ("duplicates",)),
    ("Prefect-ajoja valmistunut", ("flow_runs_completed",)),
)
