"""Verbs that need no installation: `etappi validate` and `etappi schema`."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import shapes, shapes_looking, shapes_messages, shapes_outputs, shapes_rehearsal, shapes_status
from app.cli.exits import DONE, WRONG_INPUT
from app.cli.params import Json
from app.cli.screen import print_json
from app.cli.shapes import Mistake, Validated, Validation
from app.cli.verbs import VERBS
from app.history.sentences import tarkiste
from models.definitions.file import definition_hash, read_definition
from models.definitions.nearness import suggestion
from models.errors import DefinitionError, NotValid

SHAPES: dict[str, type[Any]] = {
    "act": shapes.Acted,
    "validate": shapes.Validation,
    "init": shapes.Installed,
    "load": shapes.Loaded,
    "calendar": shapes.CalendarInUse,
    "plan": shapes.Plan,
    "rehearse": shapes_rehearsal.Rehearsed,
    "reach": shapes_rehearsal.Reached,
    "statuses": shapes_status.Statuses,
    "status": shapes_status.Status,
    "show": shapes_looking.Show,
    "papers": shapes_looking.Papers,
    "appearance": shapes.AppearanceInUse,
    "draft save": shapes.DraftLine,
    "draft show": shapes.DraftsLine,
    "inbox": shapes_looking.Inbox,
    "record": shapes_looking.Recorded,
    "verify": shapes_looking.Verification,
    "retention": shapes_looking.Keeping,
    "person list": shapes_looking.People,
    "group list": shapes_looking.Groups,
    "trace": shapes_outputs.ThreadTold,
    "read": shapes_outputs.ReadTold,
    "compare": shapes_outputs.ComparedTold,
    "draft inherit": shapes_outputs.ReadTold,
    "messages": shapes_messages.Messages,
    "preview": shapes_messages.Preview,
    "my-messages": shapes_messages.Wishes,
    "snooze": shapes_messages.Snoozed,
    "nudge": shapes_messages.Nudges,
}
"""What is printed with --json, by verb. "act" is what every verb prints that does something, "plan" what
`create --plan` does, "statuses" what `status` does without a process."""


def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Process definitions in YAML.", exists=True, dir_okay=False)
    ],
    json_: Json = False,
) -> None:
    """Tell every mistake in a process definition's file, each with its line and column.

    Exit code 2 when there is one.

    Examples:

        etappi validate config/processes/kemijarvi-2030.yaml
        etappi validate oma-malli.yaml --json
    """
    found = [_validated(file) for file in files]
    if json_:
        print_json(Validation(1, tuple(found)))
    for one in () if json_ else found:
        for mistake in one.mistakes:
            print(f"{mistake.file}:{mistake.line}:{mistake.column}: {mistake.sentence}")
        if one.holds:
            print(f"{one.file}: {one.definition}, version {one.version}, holds. Tarkiste {tarkiste(one.hash)}.")
    raise typer.Exit(DONE if all(one.holds for one in found) else WRONG_INPUT)


def _validated(file: Path) -> Validated:
    try:
        definition = read_definition(file.read_bytes(), str(file))
    except DefinitionError as error:
        mistakes = tuple(Mistake(p.file, p.line, p.column, p.path, p.sentence) for p in error.problems)
        return Validated(file=str(file), holds=False, mistakes=mistakes)
    return Validated(
        file=str(file),
        holds=True,
        definition=definition.id,
        version=definition.version,
        hash=definition_hash(definition),
    )


def schema(
    of: Annotated[
        str, typer.Argument(metavar="[OF]", help='"definition", or a verb: the shape of what it prints with --json.')
    ] = "definition",
) -> None:
    """Print the JSON schema of process definitions, or of what a verb prints with --json.

    Examples:

        etappi schema > process.schema.json
        etappi schema status
    """
    if of == "definition":
        from models.definitions.schema import schema_text

        print(schema_text(), end="")
        return
    if of in VERBS.values() and of not in SHAPES:
        of = "act"
    if of not in SHAPES:
        raise NotValid("There is no schema of {name}{near}", name=of, near=suggestion(of, ["definition", *SHAPES]))
    print(json.dumps(shape_schema(SHAPES[of]), ensure_ascii=False, indent=2))


def shape_schema(shape: type[Any]) -> dict[str, Any]:
    """The JSON schema of a shape; the comment beside each field is its description."""
    from pydantic import TypeAdapter

    made = TypeAdapter(shape).json_schema(mode="serialization")
    parts = {shape.__name__: made, **made.get("$defs", {})}
    for name, kind in _dataclasses():
        comments = dict(_comments(kind)) if name in parts else {}
        for field, described in parts.get(name, {}).get("properties", {}).items():
            if field in comments:
                described["description"] = comments[field]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _dataclasses() -> Iterator[tuple[str, Any]]:
    for module in (shapes, shapes_status, shapes_looking, shapes_outputs):
        yield from inspect.getmembers(module, is_dataclass)


def _comments(kind: Any) -> Iterator[tuple[str, str]]:
    lines = inspect.getsource(kind).splitlines()
    body = ast.parse("\n".join(lines)).body[0]
    for node in body.body if isinstance(body, ast.ClassDef) else ():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            beside = re.search(r"  # (.+)$", lines[node.lineno - 1])
            if beside:
                yield node.target.id, beside[1]
