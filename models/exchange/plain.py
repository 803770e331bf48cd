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
from models.exchange.checking import Read, Stood
from models.exchange.mistakes import Misread, Mistake
from models.exchange.reasons import TOO_DEEP, TOO_LONG, json_reason, too_large, yaml_reason
from models.exchange.tables import Names, own_id
from models.exchange.typed_rows import typed_row
from models.outputs.forms import BY_NAME, is_empty, read_output
from models.outputs.rows import Output, Row
from models.outputs.told import Column, Kind, Register, columns, registers

LANGUAGES = ("fi", "sv", "en")
BESIDE = ("form", "version")
NONE = Names()


def read_plain(
    content: bytes, form: type[Output], names: dict[str, Names] | None = None, *, as_json: bool = False
) -> Read:
    """The output that a YAML or JSON text says, and every mistake in it by its line. Raises Misread for no text."""
    tree = _json_tree(content) if as_json else _yaml_tree(content)
    if as_json:
        with suppress(Broken):  # what Etappi itself wrote is exact
            output = read_output(content)
            if isinstance(output, form):
                return Read(output, [])
    return _Reading(form, names or {}, tree).output()


def _yaml_tree(content: bytes) -> Tree:
    if len(content) > LARGEST:
        raise Misread("no_yaml", why=too_large(len(content)))
    return read_tree(content)


def _json_tree(content: bytes) -> Tree:
    """A JSON text, its scalars as texts; where things stand is told by their path alone. Raises Misread."""
    try:
        return Tree(data=_texts(json.loads(content.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_once)))
    except UnicodeDecodeError:
        raise Misread("no_text") from None
    except json.JSONDecodeError as error:
        raise Misread("no_yaml", why=json_reason(error.lineno, error.colno)) from None
    except RecursionError:
        raise Misread("no_yaml", why=TOO_DEEP) from None
    except ValueError:  # a whole number of thousands of digits
        raise Misread("no_yaml", why=TOO_LONG) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Misread("field_twice", name=key)
        found[key] = value
    return found


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
        self.stood: dict[str, list[Stood]] = {}
        self.mistakes = [
            Mistake("no_yaml", {"why": yaml_reason(said)}, "", place.line) for place, _, said in tree.mistakes
        ]

    def output(self) -> Read:
        data = self.tree.data
        if not self.mistakes and not isinstance(data, dict):
            self.mistakes.append(Mistake("nothing"))
        if self.mistakes:
            return Read(self.form(), self.mistakes)
        self._form_is_right(data)
        fields: dict[str, Any] = {}
        for key, value in data.items():
            if key in BESIDE:
                continue
            register = next((one for one in registers(self.form) if _is_called(one, key)), None)
            column = next((one for one in columns(self.form) if _is_called(one, key)), None)
            known = register or column
            if known is None:
                self._unknown(key, [*registers(self.form), *columns(self.form)], (key,))
            elif known.name in fields:
                self._wrong("field_twice", (key,), name=key)
            elif register is not None:
                fields[register.name] = self._rows(register, value, (key,))
            elif column is not None:
                fields[column.name] = self._value(column, value, (key,), key)
        output = self.form() if self.mistakes else self.form.model_validate(fields)
        return Read(output, self.mistakes, self.stood)

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
        read = [self._row(register, one, (*path, at), names) for at, one in enumerate(value)]
        self.stood[register.name] = [self._stood(register, (*path, at)) for at in range(len(value))]
        taken = {str(fields["id"]).casefold() for fields in read if fields.get("id")}
        rows = list[Row]()
        for at, fields in enumerate(read):
            if not fields.get("id"):
                fields["id"] = own_id(register, fields, taken, names)
                taken.add(fields["id"].casefold())
            row, refused = typed_row(register, fields)
            rows.append(row)
            for name, what in refused.items():
                self._misread(what, (*path, at, name), register.name)
        return tuple(rows)

    def _stood(self, register: Register, path: tuple[Any, ...]) -> Stood:
        row = self.tree.place(path).line if self.tree.values else None
        return Stood("", row, {c.name: _told((*path, c.name)) for c in register.columns}, _told(path))

    def _row(self, register: Register, value: dict[str, Any], path: tuple[Any, ...], names: Names) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, one in value.items():
            column = next((c for c in register.columns if _is_called(c, key)), None)
            if column is not None and column.name in fields:
                self._wrong("field_twice", (*path, key), name=key)
            elif column is not None:
                fields[column.name] = self._value(column, one, (*path, key), register.name, names)
            elif key == "origin" and isinstance(one, str):
                fields["origin"] = self._words(one, (*path, key))
            elif key == "more" and isinstance(one, dict):
                fields["more"] = {str(h): self._words(str(w or ""), (*path, key, h)) for h, w in one.items()}
            else:
                self._unknown(key, register.columns, (*path, key))
        return fields

    def _value(self, column: Column, value: Any, path: tuple[Any, ...], sheet: str, names: Names = NONE) -> Any:
        if isinstance(value, list) and column.kind in (Kind.REFERENCES, Kind.TEXT):
            value = ("\n" if column.kind is Kind.TEXT else ", ").join(str(one) for one in value if one is not None)
        if isinstance(value, (dict, list)):
            self._wrong("many_values", path)
            return None
        try:
            return value_of(column, value, known=names.known)
        except Misread as what:
            self._misread(what, path, sheet)
            return None

    def _misread(self, what: Misread, path: tuple[Any, ...], sheet: str) -> None:
        line = self.tree.place(path).line if self.tree.values else None
        self.mistakes.append(what.at(sheet, line, _told(path)))

    def _words(self, words: str, path: tuple[Any, ...]) -> str:
        try:
            return cleaned(words)
        except Misread as what:
            self._misread(what, path, "")
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
