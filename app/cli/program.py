"""The `etappi` program: its verbs, and the one place where what goes wrong becomes a sentence and an exit code."""

import os
import platform
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer

import app
from app.cli.ending import ENDING
from app.cli.exits import DONE, FAULT, REFUSED, exit_code, told
from app.cli.lazy import LazyGroup, grouped
from app.cli.verbs import SECTIONS
from models.errors import EtappiError
from models.release import RELEASE

WHAT_IT_IS = """Etappi runs a municipality's phased strategy process: phases of work, a checkpoint after each, and the
way to the council's decision. A checkpoint is preparation, never a decision.

Every verb tells more, with examples: etappi VERB --help. Who acts is said by --as PERSON, or by ETAPPI_AS in the
environment. Exit codes: 0 done, 1 refused or not holding, 2 wrong input, 3 a fault in Etappi itself."""


class Program(LazyGroup):
    """The whole command line."""

    sections = SECTIONS

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command and leaves with its exit code. What goes wrong is one sentence on standard error."""
        try:
            done = super().main(*args, **{**kwargs, "standalone_mode": False, "prog_name": "etappi"})
            code = done if isinstance(done, int) else DONE
        except EtappiError as error:
            print(told(error), file=sys.stderr)
            code = exit_code(error)
        except typer.TyperException as error:
            print(error.format_message(), file=sys.stderr)
            code = error.exit_code
        except typer.Abort:
            print("Nothing was done.", file=sys.stderr)
            code = REFUSED
        except Exception as error:  # the outermost loop: nobody who types a command is shown a traceback
            if os.environ.get("ETAPPI_TRACEBACK"):
                traceback.print_exc()
            print(f"A fault in Etappi {RELEASE} itself: {type(error).__name__}: {error}.", file=sys.stderr)
            print("Set ETAPPI_TRACEBACK=1 and try again to see where, and report it.", file=sys.stderr)
            code = FAULT
        finally:
            ENDING.close()
        sys.exit(code)


def _version(asked: bool) -> None:
    """The release has been told, where it was asked for. No database is asked: perhaps it is what does not answer."""
    if asked:
        print(f"Etappi {RELEASE}, Python {platform.python_version()}, in {Path(app.__file__).parents[1]}")
        raise typer.Exit


def _first(
    *,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Tell the release, its Python and its folder."
        ),
    ] = False,
) -> None:
    """What the program itself does before its verbs: nothing."""


program = grouped("etappi", Program, WHAT_IT_IS, _first)


def main() -> None:
    """What the `etappi` command runs."""
    program()
