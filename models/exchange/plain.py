"""YAML and JSON files of typed outputs: fields by their names or by their labels in any language.

form: production_need
needs:
  - id: T1
    need: Arjen neuvo yhdestä paikasta
    urgency: kiireellinen
"""

import io
import json
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from models.days.formats import Language
from models.definitions.nearness import nearest
from models.definitions.yaml_places import LARGEST, Tree, read_tree
from models.errors import Broken
from models.exchange.cells import cleaned, shown, value_of
from models.exchange.mistakes import Misread, Mistake
from models.exchange.tables import Names, own_id
from models.outputs.forms import BY_NAME, is_empty, read_output
from models.outputs.rows import Output, Row
from models.outputs.told import Column, Kind, Register, columns, registers

LANGUAGES = ("fi", "sv", "en")
BESIDE = ("form", "version")


def read_plain(
    content: bytes, form: type[Output], names: dict[str, Names] | None = None, *, as_json: bool = False
) -> tuple[Output, list[Mistake]]:
    """The output that a YAML or JSON text says, and every mistake in it by its line. Raises Misread for no text."""
    if as_json:
        with suppress(Broken):  # what Etappi itself wrote is exact
            output = read_output(content)
            if isinstance(output, form):
                return output, []
    tree = _json_tree(content) if as_json else _yaml_tree(content)
    reading = _Reading(form, names or {}, tree)
    return reading.output()


def _yaml_tree(content: bytes) -> Tree:
    if len(content) > LARGEST:
        raise Misread("no_yaml", why=f"{len(content)} > {LARGEST}; JSON, Excel")
    return read_tree(content)


def _json_tree(content: bytes) -> Tree:
    """A JSON text, its scalars as texts; where things stand is told by their path alone."""
    try:
        return Tree(data=_texts(json.loads(content.decode("utf-8-sig"), parse_float=Decimal)))
    except UnicodeDecodeError:
        raise Misread("no_text") from None
    except (ValueError, RecursionError) as error:
        raise Misread("no_yaml", why=str(error)) from None


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


class _Reading:
    """One reading of one tree."""

    def __init__(self, form: type[Output], names: dict[str, Names], tree: Tree) -> None:
        self.form = form
        self.names = names
        self.tree = tree
        self.mistakes = [Mistake("no_yaml", {"why": said}, "", place.line) for place, _, said in tree.mistakes]

    def output(self) -> tuple[Output, list[Mistake]]:
        data = self.tree.data
        if not self.mistakes and not isinstance(data, dict):
            self.mistakes.append(Mistake("nothing"))
        if self.mistakes:
            return self.form(), self.mistakes
        self._form_is_right(data)
        fields: dict[str, Any] = {}
        for key, value in data.items():
            if key in BESIDE:
                continue
            register = next((one for one in registers(self.form) if _is_called(one, key)), None)
            column = next((one for one in columns(self.form) if _is_called(one, key)), None)
            if register is not None:
                fields[register.name] = self._rows(register, value, (key,))
            elif column is not None:
                fields[column.name] = self._value(column, value, (key,), key)
            else:
                self._unknown(key, [*registers(self.form), *columns(self.form)], (key,))
        return (self.form() if self.mistakes else self.form.model_validate(fields)), self.mistakes

    def _form_is_right(self, data: dict[str, Any]) -> None:
        wanted = str(self.form.model_fields["form"].default)
        found = data.get("form", wanted)
        if found != wanted:
            self._wrong("other_form", ("form",), found=found, wanted=wanted)

    def _rows(self, register: Register, value: Any, path: tuple[Any, ...]) -> tuple[Row, ...]:
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self._wrong("not_a_table", path)
            return ()
        names = self.names.get(register.name, Names(numbered=True))
        read = [self._row(register, one, (*path, at)) for at, one in enumerate(value)]
        taken = {str(fields["id"]).casefold() for fields in read if fields.get("id")}
        rows = list[Row]()
        for fields in read:
            if not fields.get("id"):
                fields["id"] = own_id(register, fields, taken, names)
                taken.add(fields["id"].casefold())
            rows.append(register.row.model_validate(fields))  # type: ignore[arg-type]
        return tuple(rows)

    def _row(self, register: Register, value: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, one in value.items():
            column = next((c for c in register.columns if _is_called(c, key)), None)
            if column is not None:
                fields[column.name] = self._value(column, one, (*path, key), register.name)
            elif key == "origin" and isinstance(one, str):
                fields["origin"] = self._words(one, (*path, key))
            elif key == "more" and isinstance(one, dict):
                fields["more"] = {str(h): self._words(str(w or ""), (*path, key, h)) for h, w in one.items()}
            else:
                self._unknown(key, register.columns, (*path, key))
        return fields

    def _value(self, column: Column, value: Any, path: tuple[Any, ...], sheet: str) -> Any:
        if isinstance(value, list) and column.kind in (Kind.REFERENCES, Kind.TEXT):
            value = ("\n" if column.kind is Kind.TEXT else ", ").join(str(one) for one in value if one is not None)
        if isinstance(value, (dict, list)):
            self._wrong("not_so", path, text=value, why=column.kind.value)
            return None
        try:
            return value_of(column, value)
        except Misread as what:
            place = self.tree.place(path)
            self.mistakes.append(what.at(sheet, place.line if self.tree.values else None, _told(path)))
            return None

    def _words(self, words: str, path: tuple[Any, ...]) -> str:
        try:
            return cleaned(words)
        except Misread as what:
            self.mistakes.append(what.at("", self.tree.place(path).line if self.tree.values else None, _told(path)))
            return ""

    def _wrong(self, key: str, path: tuple[Any, ...], **facts: Any) -> None:
        line = self.tree.place(path, key=True).line if self.tree.keys else None
        self.mistakes.append(Mistake(key, facts, "", line, _told(path)))

    def _unknown(self, name: str, among: Iterable[Any], path: tuple[Any, ...]) -> None:
        near = nearest(name, [one.name for one in among])
        self._wrong("unknown_field", path, name=name, near=f" ({near}?)" if near else "")


def _is_called(one: Column | Register, name: str) -> bool:
    return name == one.name or name.casefold() in {one.label(language).casefold() for language in LANGUAGES}


def _told(path: tuple[Any, ...]) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


# --- writing ------------------------------------------------------------------------------------------------------


def yaml_of(output: Output, language: Language = "fi") -> str:
    """The output as YAML that reads back as it was: fields by their names, choices in the language's words."""
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_plain(output, language), stream)
    return stream.getvalue()


def _plain(output: Output, language: Language) -> dict[str, Any]:
    form = type(output)
    told: dict[str, Any] = {"form": next(name for name, one in BY_NAME.items() if one is form)}
    for column in columns(form):
        if not is_empty(output, column.name):
            told[column.name] = _scalar(shown(column, getattr(output, column.name), language))
    for register in registers(form):
        if rows := getattr(output, register.name):
            told[register.name] = [_row_of(register, row, language) for row in rows]
    return told


def _row_of(register: Register, row: Row, language: Language) -> dict[str, Any]:
    told = {
        column.name: _scalar(shown(column, getattr(row, column.name), language))
        for column in register.columns
        if not is_empty(row, column.name)
    }
    return told | ({"origin": row.origin} if row.origin else {}) | ({"more": dict(row.more)} if row.more else {})


def _scalar(words: str) -> str:
    lines = "\n" in words and all(line == line.strip() and line for line in words.split("\n"))
    return LiteralScalarString(words) if lines and words.isprintable() is not None and "\t" not in words else words
