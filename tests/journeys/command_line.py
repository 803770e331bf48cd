"""The command line of one installation, and a town set up by it. People are called by their parts."""

import datetime as dt
import json
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from app.cli.program import program
from models.machine_clock import ClockOfFile
from models.settings import settings

BEGINS = dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
"""When every story on the command line begins. Its clock goes on from there, far from any midnight."""

HERE = Path(__file__).parent
PEOPLE = {
    "coordinator": "Strategiakoordinaattori",
    "preparer": "Sivistysjohtaja",
    "owner": "Suunnittelija",
    "registrar": "Kunnansihteeri",
    "protection": "Tietosuojavastaava",
    "auditor": "Tarkastaja",
    "parent": "Huoltaja",
    "villager": "Kyläyhdistyksen puheenjohtaja",
    "teacher": "Luokanopettaja",
    "specialist": "Erityisopettaja",
    "deputy": "Tuntiopettaja",
}

LONG_NAME = "Huoltajien ja kyläyhdistysten yhteistyöryhmä"
PROCESS = "kylakoulut"


class Done(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def text(self) -> str:
        """What was printed, on one line."""
        return " ".join(self.out.split())


class CommandLine:
    """The command line of one installation, in this process."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.database = database
        self.clock = ClockOfFile(folder / "clock")
        if not self.clock.file.exists():
            self.clock.set(BEGINS)

    def __call__(self, *words: str, as_: str | None = None, code: int | None = 0) -> Done:
        """Runs one command, for that person. It must end with that code; None: with any."""
        settings.cache_clear()
        environment = {**self.environment, **({"ETAPPI_AS": as_} if as_ else {})}
        result = CliRunner().invoke(program, list(words), env=environment)
        settings.cache_clear()
        done = Done(result.exit_code, result.stdout, result.stderr)
        assert code is None or done.code == code, f"etappi {' '.join(words)}: {done.out}{done.err}"
        assert "Traceback" not in done.err
        return done

    @property
    def environment(self) -> dict[str, str]:
        """What says where the installation is, also to a process of its own."""
        return {
            "ETAPPI_DATA_DIR": str(self.folder),
            "ETAPPI_AS": "",
            "ETAPPI_DATABASE_URL": self.database,
            "ETAPPI_CLOCK_FILE": str(self.clock.file),
            "COLUMNS": "80",
        }


def set_up(etappi: CommandLine) -> None:
    """A town with people, groups and seats, and the definition of village schools in use."""
    named = ["--municipality", "kyla", "--name", "Kylän kunta", "--administrator-name", "Hallintojohtaja"]
    etappi("init", *named, "--administrator", "administrator")
    etappi("load", str(HERE / "kylakoulut.yaml"), as_="administrator")
    for person, name in PEOPLE.items():
        etappi("person", "add", person, "--name", name, "--email", f"{person}@kyla.fi", as_="administrator")
    for role in ("coordinator", "registrar", "protection", "auditor"):
        etappi("role", "give", role, role, as_="administrator")
    etappi("group", "add", "vanhemmat", "--name", LONG_NAME, as_="coordinator")
    etappi("group", "add", "opettajat", "--name", "Opettajat", as_="coordinator")
    etappi("seat", "give", "vanhemmat", "parent", "--part", "chair", as_="coordinator")
    etappi("seat", "give", "vanhemmat", "villager", as_="coordinator")
    etappi("seat", "give", "opettajat", "teacher", "--part", "chair", as_="coordinator")
    etappi("seat", "give", "opettajat", "specialist", "--deputy", "deputy", as_="coordinator")
