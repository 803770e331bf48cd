"""The JSON schema of definitions, for editors that check YAML while it is written (config/schema/process.schema.json).

It comes from the shape itself; the comment beside a field in the source is its description, so that it is said once.
"""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from models.definitions import definition
from models.definitions import parts as definition_parts
from models.definitions.definition import CHECKS, Definition


def json_schema() -> dict[str, Any]:
    """The JSON schema of a whole definition, with `from` by the name the YAML uses."""
    schema = Definition.model_json_schema(by_alias=True)
    schema["$defs"]["Criterion"]["properties"]["computed"]["enum"] = [*CHECKS, None]
    comments = {name: dict(_comments(model)) for name, model in _models().items()}
    for name, part in {**schema["$defs"], "Definition": schema}.items():
        for field, described in part.get("properties", {}).items():
            described.pop("title", None)
            if field in comments.get(name, {}):
                described["description"] = comments[name][field]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Process definition",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def schema_text() -> str:
    """The schema as it stands in config/schema/process.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _models() -> dict[str, type[BaseModel]]:
    parts = [*vars(definition).values(), *vars(definition_parts).values()]
    return {part.__name__: part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)}


def _comments(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The field's name in the YAML and the comment on its line, or alone on the line above."""
    lines = inspect.getsource(model).splitlines()
    body = ast.parse("\n".join(lines)).body[0]
    for node in body.body if isinstance(body, ast.ClassDef) else []:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            beside = re.search(r"  # (.+)$", lines[node.lineno - 1])
            above = re.fullmatch(r"\s*# (.+)", lines[node.lineno - 2])
            found = beside or above
            if found:
                yield model.model_fields[node.target.id].alias or node.target.id, found[1]
