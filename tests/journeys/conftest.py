"""The command line in a town of its own: real files, a real database, people who act by verbs only.

The town is made once, by verbs, and copied for each test. People are called by their parts.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from app.cli.program import program
from models.settings import settings

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


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with people, groups and seats, and the definition of village schools in use."""
    folder = tmp_path_factory.mktemp("town")
    etappi = CommandLine(folder)
    set_up(etappi)
    return folder


@pytest.fixture
def etappi(tmp_path: Path) -> CommandLine:
    """The command line where nothing has been set up."""
    return CommandLine(tmp_path / "data")


@pytest.fixture
def town(town_folder: Path, tmp_path: Path) -> Iterator[CommandLine]:
    """The command line of a town of one's own."""
    yield CommandLine(Path(shutil.copytree(town_folder, tmp_path / "town")))


@pytest.fixture
def postgresql_town(postgresql_url: str, tmp_path: Path) -> CommandLine:
    """The command line of the same town, on PostgreSQL."""
    etappi = CommandLine(tmp_path / "town", postgresql_url)
    set_up(etappi)
    return etappi


@pytest.fixture
def process(town: CommandLine) -> str:
    """The key of a process in the town, just created."""
    roles = ["--role", "preparer=preparer", "--role", "owner=owner"]
    town("create", PROCESS, "--start", "2026", *roles, as_="coordinator")
    return PROCESS


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., str]:
    """Writes a document and gives its place."""

    def write(text: str, name: str = "selvitys.md") -> str:
        file = tmp_path / name
        file.write_text(f"# Selvitys\n\n{text}\n", encoding="utf-8")
        return str(file)

    return write


@pytest.fixture
def at_checkpoint(town: CommandLine, process: str, document: Callable[..., str]) -> str:
    """The process with its first phase at its checkpoint, round 1."""
    town("open", process, "1", as_="coordinator")
    town("draft", "save", process, "1", "koulumatkaselvitys", document("Matka kestää tunnin."), as_="owner")
    town("submit", process, "1", as_="owner")
    return process
