"""Command groups that know their commands by name and one line of help, and import a command only when it is called.

`etappi --help` thus reads no module of the models. Help is written in plain text: it looks the same in every terminal
and in a file.
"""

import difflib
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

VERBATIM = "    "  # what begins so in a docstring is an example, shown as it stands


@dataclass(frozen=True, slots=True)
class Verb:
    """One word of the command line: where its function is, and the line that tells what it does."""

    name: str
    line: str
    place: str = ""  # "app.cli.phases:open_phase"; empty for a group of verbs
    verbs: tuple["Verb", ...] = ()

    def load(self) -> Any:
        """The command, made from its function."""
        if self.verbs:
            return group(self.name, (("", self.verbs),), self.line)
        module, _, function = self.place.partition(":")
        maker = typer.Typer(add_completion=False, rich_markup_mode=None)
        maker.command(self.name, cls=PlainCommand)(getattr(import_module(module), function))
        return get_command(maker)


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _named(param: Any) -> str:
    return str(param.metavar or param.name)


Section = tuple[str, tuple[Verb, ...]]


class PlainCommand(TyperCommand):
    """A command whose help is short: its examples line by line, then its arguments and options."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*(_named(param) for param in self.get_params(ctx) if _is_argument(param)), "[OPTIONS]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        params = self.get_params(ctx)
        arguments = [
            (_named(param), str(getattr(param, "help", None) or "")) for param in params if _is_argument(param)
        ]
        options = [record for param in params if not _is_argument(param) and (record := param.get_help_record(ctx))]
        for title, rows in (("Arguments", arguments), ("Options", options)):
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)

    def format_help_text(self, _: Any, formatter: Any) -> None:
        for paragraph in inspect.cleandoc(self.help or "").split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                if paragraph.startswith(VERBATIM):
                    formatter.write("".join(f"  {line}\n" for line in paragraph.splitlines()))
                else:
                    formatter.write_text(" ".join(paragraph.split()))


class LazyGroup(TyperGroup):
    """A group of verbs in sections; a verb is imported when it is asked for."""

    sections: tuple[Section, ...] = ()

    @property
    def verbs(self) -> dict[str, Verb]:
        return {verb.name: verb for _, verbs in self.sections for verb in verbs}

    def list_commands(self, _: Any) -> list[str]:
        return list(self.verbs)

    def get_command(self, _: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands and cmd_name in self.verbs:
            self.commands[cmd_name] = self.verbs[cmd_name].load()
        return self.commands.get(cmd_name)

    def format_commands(self, _: Any, formatter: Any) -> None:
        longest = max(map(len, self.verbs))
        for title, verbs in self.sections:
            with formatter.section(title or "Commands"):
                formatter.write_dl([(verb.name.ljust(longest), verb.line) for verb in verbs])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As Typer, but what was probably meant is looked for among all names, not only those already imported."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.verbs)
            meant = f"Did you mean {' or '.join(near)}?" if near else f"{ctx.command_path} --help lists them."
            ctx.fail(f'There is no command "{args[0]}". {meant}')
        return super().resolve_command(ctx, args)


def group(name: str, sections: Sequence[Section], line: str, base: type[LazyGroup] = LazyGroup) -> Any:
    """A group of commands that loads them lazily."""
    lazy = type(base.__name__, (base,), {"sections": tuple(sections)})
    return get_command(grouped(name, lazy, line))


def nothing_first() -> None:
    """A group itself does nothing; Typer makes a group only of what has a callback."""


def grouped(name: str, kind: type[LazyGroup], line: str, first: Callable[..., None] = nothing_first) -> typer.Typer:
    """The Typer application of a group. Its own options are those of `first`."""
    maker = typer.Typer(
        name=name,
        cls=kind,
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        help=line,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    )
    maker.callback()(first)
    return maker
