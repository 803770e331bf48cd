"""The table of contents of the command line: every command has its verb, and every verb its help with examples."""

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from app.cli.checking import SHAPES
from app.cli.duties import HOW, WHAT
from app.cli.lazy import Verb
from app.cli.program import program
from app.cli.telling_municipality import SENTENCES as MUNICIPALITY_SENTENCES
from app.cli.verbs import BY_ETAPPI, SECTIONS, VERBS
from app.cli.why import REASONS
from app.history.sentences import SENTENCES
from models.commands import Command
from models.definitions.definition import CHECKS
from models.events import EVENTS
from models.municipality import commands as municipality_commands
from models.municipality.events import MUNICIPALITY_EVENTS
from models.outputs.checks import TYPED
from models.words import DutyKind

assert municipality_commands  # its commands are commands too
ROOT = Path(__file__).parents[2]
ETAPPI = (sys.executable, "-c", "from app.cli import main; main()")
TELLING_WHAT_IS_IMPORTED = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from app.cli import main
main()
"""
FILES = (".md", ".yaml", ".zip", ".pdf", ".docx", ".txt", ".xlsx")


def kinds(of: type[Command]) -> Iterator[type[Command]]:
    """The commands that can be asked: those from which no others are derived."""
    for kind in of.__subclasses__():
        yield from kinds(kind)
        if not kind.__subclasses__():
            yield kind


def verbs(among: tuple[Verb, ...], before: str = "") -> Iterator[tuple[str, Verb]]:
    for verb in among:
        yield from verbs(verb.verbs, f"{before}{verb.name} ") if verb.verbs else [(before + verb.name, verb)]


ALL = dict(verbs(tuple(verb for _, section in SECTIONS for verb in section)))
"""Every verb by the words one types."""


def test_every_command_that_can_be_asked_has_a_verb() -> None:
    asked = {kind.__name__ for kind in kinds(Command)}
    assert asked == set(VERBS) | set(BY_ETAPPI)
    assert not set(VERBS) & set(BY_ETAPPI)
    assert all(BY_ETAPPI.values())


def test_every_verb_named_for_a_command_is_there() -> None:
    groups = {verb.name for _, section in SECTIONS for verb in section if verb.verbs}
    assert {verb for verb in VERBS.values() if verb not in ALL and verb not in groups} == set()


def test_every_event_has_a_sentence() -> None:
    assert set(SENTENCES) == set(EVENTS.values())
    assert set(MUNICIPALITY_SENTENCES) == set(MUNICIPALITY_EVENTS.values())


def test_every_duty_is_told_with_the_command_that_does_it() -> None:
    assert set(WHAT) == set(HOW) == set(DutyKind)
    told = [" ".join(how.split()[:2]) for how in HOW.values()]
    assert [how for how in told if how not in ALL and how.split()[0] not in ALL] == []


def test_every_check_tells_why() -> None:
    assert set(REASONS) | set(TYPED) == set(CHECKS)


@pytest.mark.parametrize("words", ALL)
def test_help_tells_what_a_verb_does_with_examples_that_can_be_typed(
    words: str, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    help_ = ALL[words].load().help.replace("\\\n", " ")
    examples = [line for line in help_.splitlines() if re.match(r"\s+(\S+=\S+ )?etappi ", line)]
    typed = [shlex.split(example.partition(" > ")[0].partition("etappi ")[2]) for example in examples]
    assert [one for one in typed if one[: len(words.split())] == words.split()], "no example"
    for one in typed:
        write_files_named_in(one)
        verb = next(verb for verb in ALL if one[: len(verb.split())] == verb.split())
        ALL[verb].load().make_context(verb, one[len(verb.split()) :])


def write_files_named_in(typed: list[str]) -> None:
    for word in typed:
        name = word.removeprefix("@").partition("=")[2] or word.removeprefix("@")
        if name.endswith(FILES):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text("x")


@pytest.mark.parametrize("words", ALL)
def test_help_fits_a_terminal(words: str) -> None:
    command = ALL[words].load()
    with command.make_context(words, [], resilient_parsing=True) as context:
        told = command.get_help(context)
    assert [line for line in told.splitlines() if len(line) > 80] == []


def test_the_shapes_are_those_of_verbs() -> None:
    others = {"act", "plan", "statuses"}
    assert {shape for shape in SHAPES if shape not in ALL} == others


def test_the_program_tells_its_release_wherever_it_is_asked(tmp_path: Path) -> None:
    told = subprocess.run([*ETAPPI, "--version"], capture_output=True, text=True, cwd=tmp_path)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    python = ".".join(map(str, sys.version_info[:3]))
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"Etappi {project['version']}, Python {python}, in {ROOT}\n"


def test_help_is_there_before_anything_of_the_models_is_read() -> None:
    heavy = {"pydantic", "rich", "sqlalchemy", "prefect", "models.commands", "holidays"}
    assert imported("--help") & heavy == set()


def test_help_lists_every_verb() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "--help"], capture_output=True, text=True
    )
    assert told.returncode == 0
    assert [verb.name for _, section in SECTIONS for verb in section if f"\n  {verb.name} " not in told.stdout] == []


def test_a_verb_that_is_not_there_is_met_with_what_was_probably_meant() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", "stanse"], capture_output=True, text=True
    )
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == 'There is no command "stanse". Did you mean stance or status or answer?\n'


def test_the_program_is_what_the_entry_point_runs() -> None:
    assert get_command(program).name == "etappi"


def imported(*words: str) -> set[str]:
    """The modules that a command imports."""
    script = [sys.executable, "-c", TELLING_WHAT_IS_IMPORTED, *words]
    ran = subprocess.run(script, capture_output=True, text=True, check=True)
    return set(ran.stderr.split())
