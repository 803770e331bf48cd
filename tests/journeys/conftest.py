"""The command line in a town of its own: real files, a real database, people who act by verbs only.

The town is made once, by verbs, and copied for each test; so is the town with a process, and with that at a checkpoint.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from command_line import PROCESS, CommandLine, set_up


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with people, groups and seats, and the definition of village schools in use."""
    folder = tmp_path_factory.mktemp("town")
    set_up(CommandLine(folder))
    return folder


@pytest.fixture(scope="session")
def process_folder(town_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town with a process that has just been created."""
    town = CommandLine(Path(shutil.copytree(town_folder, tmp_path_factory.mktemp("process") / "town")))
    roles = ["--role", "preparer=preparer", "--role", "owner=owner"]
    town("create", PROCESS, "--start", "2026", *roles, as_="coordinator")
    return town.folder


@pytest.fixture(scope="session")
def checkpoint_folder(process_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town with the process at its first checkpoint."""
    town = CommandLine(Path(shutil.copytree(process_folder, tmp_path_factory.mktemp("checkpoint") / "town")))
    document = written(town.folder.parent, "Matka kestää tunnin.")
    town("open", PROCESS, "1", as_="coordinator")
    town("draft", "save", PROCESS, "1", "koulumatkaselvitys", document, as_="owner")
    town("submit", PROCESS, "1", as_="owner")
    return town.folder


def written(folder: Path, text: str, name: str = "selvitys.md") -> str:
    """A document in the folder; its place."""
    file = folder / name
    file.write_text(f"# Selvitys\n\n{text}\n", encoding="utf-8")
    return str(file)


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
def process(town: CommandLine, process_folder: Path) -> str:
    """The key of a process in the town, just created."""
    goes_on(town, process_folder)
    return PROCESS


@pytest.fixture
def at_checkpoint(town: CommandLine, process: str, checkpoint_folder: Path) -> str:
    """The process with its first phase at its checkpoint, round 1."""
    goes_on(town, checkpoint_folder)
    return process


def goes_on(town: CommandLine, folder: Path) -> None:
    """The town has come as far as that folder's."""
    shutil.rmtree(town.folder)
    shutil.copytree(folder, town.folder)


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., str]:
    """Writes a document and gives its place."""
    return partial(written, tmp_path)
