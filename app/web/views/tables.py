"""The tables of typed outputs as forms, made from what `models/outputs` says of each field: labels, help, choices."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from app.web.forms import Mistakes, Typed
from app.web.place import Place
from app.web.session import Visitor
from app.web.views.drafting import Drafting
from models.canonical import canonical, sha256
from models.definitions.parts import Text
from models.errors import NotFound
from models.exchange.cells import cleaned, shown, value_of
from models.exchange.checking import astray, leading_nowhere
from models.exchange.mistakes import Misread
from models.exchange.pasted import read_pasted
from models.exchange.taking import Around, names_of
from models.exchange.typed_rows import typed_row
from models.outputs.rows import Output, Row
from models.outputs.told import Column, Kind, Register

NOTHING_LOOSE: Mapping[str, str] = MappingProxyType({})


class FieldView(NamedTuple):
    """One field of a row, to be filled in."""

    name: str
    label: str
    help: str | None
    kind: Kind
    must: bool
    value: str
    options: tuple[tuple[str, str], ...]  # of a choice: what is sent, and its words
    rows: tuple[str, ...]  # of a reference: the rows that can be named
    loose: str | None = None  # what is said of a reference that names no row


class RowView(NamedTuple):
    """A row as it is shown in the table."""

    key: str
    cells: tuple[str, ...]
    origin: str
    wanting: tuple[str, ...]  # labels of the core that are empty
    loose: tuple[str, ...]  # what is said of references that name no row


class TableView(NamedTuple):
    """A whole table."""

    name: str
    label: str
    headings: tuple[str, ...]
    rows: tuple[RowView, ...]
    all_headings: tuple[str, ...]  # of every field, for pasting


def table_view(place: Place, drafting: Drafting, register: Register, others: Sequence[tuple[str, Output]]) -> TableView:
    """The table, with the columns of the core and those that somebody has filled in. `others` hold the rows that may be
    named besides the draft's."""
    language, loose = place.visitor.language, loose_in(place, drafting, register, others)
    rows: tuple[Row, ...] = getattr(drafting.typed, register.name)
    kept = [c for c in register.columns if c.must or any(getattr(row, c.name) not in ("", None, ()) for row in rows)]
    return TableView(
        register.name,
        register.label(language),
        tuple(column.label(language) for column in kept),
        tuple(
            RowView(
                row.id,
                tuple(shown(column, getattr(row, column.name), language) for column in kept),
                row.origin,
                tuple(c.label(language) for c in register.columns if c.must and getattr(row, c.name) in ("", None, ())),
                tuple(loose.get(row.id, {}).values()),
            )
            for row in rows
        ),
        tuple(column.label(language) for column in register.columns),
    )


def row_named(drafting: Drafting, register: Register, key: str) -> Row:
    """The row. Raises NotFound."""
    rows: tuple[Row, ...] = getattr(drafting.typed, register.name)
    found = next((row for row in rows if row.id.casefold() == key.casefold()), None)
    if found is None:
        raise NotFound(what="row", name=key)
    return found


def fingerprint(row: Row | None) -> str:
    """What stood in the row when the form was shown."""
    return sha256(canonical(row.model_dump(mode="json"))) if row is not None else ""


def next_id(drafting: Drafting, register: Register) -> str:
    """The next free number of the table: T12."""
    taken = {row.id.casefold() for row in getattr(drafting.typed, register.name)}
    number = len(taken) + 1
    while f"{register.told.prefix}{number}".casefold() in taken:
        number += 1
    return f"{register.told.prefix}{number}"


def fields_of(
    place: Place,
    columns: tuple[Column, ...],
    of: Any,
    typed: Typed | None,
    known: dict[str, tuple[str, ...]],
    loose: Mapping[str, str] = NOTHING_LOOSE,
) -> tuple[FieldView, ...]:
    """The fields as they stand, or as they were typed. `loose` says by column which references name no row."""
    language = place.visitor.language
    found = []
    for column in columns:
        value = getattr(of, column.name) if of is not None else None
        said = typed[f"f-{column.name}"] if typed is not None else _written(column, value)
        explained = column.told.help.in_(language) if column.told.help else None
        rows = tuple(name for register in column.told.to for name in known.get(register, ()))
        found.append(
            FieldView(
                f"f-{column.name}",
                column.label(language),
                explained,
                column.kind,
                column.must,
                said,
                _options(place.visitor, column),
                rows,
                loose.get(column.name),
            )
        )
    return tuple(found)


def _written(column: Column, value: Any) -> str:
    """The value as a form field holds it."""
    if value is None:
        return ""
    match column.kind:
        case Kind.CHOICE:
            return str(value.value)
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.DAY:
            return str(value.isoformat())
        case _:
            return shown(column, value, "fi")


def _options(visitor: Visitor, column: Column) -> tuple[tuple[str, str], ...]:
    if column.kind is Kind.YES_NO:
        return (("yes", visitor.say("Kyllä")), ("no", visitor.say("Ei")))
    if column.choices is None:
        return ()
    return tuple((one.value, one.words.in_(visitor.language)) for one in column.choices)


def read_fields(
    place: Place,
    columns: tuple[Column, ...],
    typed: Typed,
    mistakes: Mistakes,
    known: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The values of the fields; what cannot be understood is told as a mistake. `known` rows may be named."""
    found: dict[str, Any] = {}
    for column in columns:
        name = f"f-{column.name}"
        if name not in typed:
            continue
        try:
            found[column.name] = value_of(column, typed[name], known=known)
        except Misread as what:
            mistakes.add(name, _told(place, column.told.label, what))
    return found


def read_own(place: Place, headings: Iterable[str], typed: Typed, mistakes: Mistakes) -> dict[str, str]:
    """What stands in the row's columns of people's own, by their headings."""
    found: dict[str, str] = {}
    for number, heading in enumerate(headings, 1):
        try:
            found[heading] = cleaned(typed.get(f"m-{heading}", ""))
        except Misread as what:
            mistakes.add(f"m-{number}", _told(place, heading, what))
    return {heading: words for heading, words in found.items() if words}


def _told(place: Place, label: Text | str, what: Misread) -> str:
    return what.at(label, None, "").in_(place.visitor.language)


def made(place: Place, register: Register, fields: Mapping[str, Any], mistakes: Mistakes) -> Row:
    """The row of the fields; what it cannot take is told as a mistake."""
    row, refused = typed_row(register, fields)
    for name, what in refused.items():
        label = next((one.told.label for one in register.columns if one.name == name), name)
        mistakes.add(f"f-{name}", _told(place, label, what))
    return row


def loose_in(
    place: Place, drafting: Drafting, register: Register, others: Sequence[tuple[str, Output]]
) -> dict[str, dict[str, str]]:
    """What is said of the table's references that name no row, by row and column."""
    around = [*others, *((drafting.phase, one) for one in drafting.others.values())]
    labels = {column.name: column.label(place.visitor.language) for column in register.columns}
    said: dict[str, dict[str, str]] = {}
    for one in leading_nowhere(drafting.typed, around):
        if one.source.register == register.name:
            sentence = place.visitor.say("%(field)s: riviä %(row)s ei ole", field=labels[one.field], row=one.to)
            said.setdefault(one.source.id, {})[one.field] = sentence
    return said


def leads_nowhere(
    place: Place, drafting: Drafting, register: Register, row: Row, others: Sequence[tuple[str, Output]]
) -> str:
    """What is said of the row's references that lead to no row; nothing where all lead somewhere."""
    alone = drafting.form.model_validate({register.name: (row,)})
    found = astray(alone, Around(others, drafting.typed).all, {})
    return " ".join(one.sentence(place.visitor.language) for one in found)


def pasted(
    place: Place,
    drafting: Drafting,
    register: Register,
    text: str,
    others: Sequence[tuple[str, Output]],
    mistakes: Mistakes,
) -> list[Row]:
    """The rows of a table copied from a spreadsheet, its headings in the first line; mistakes by line and column."""
    language = place.visitor.language
    around = Around(others, drafting.typed)
    try:
        read = read_pasted(text, drafting.form, names_of(drafting.form, around), register)
    except Misread as what:
        mistakes.add("pasted", what.at("", None, "").sentence(language))
        return []
    output, wrong = read.output, read.mistakes or list(astray(read.output, around.all, read.stood))
    if wrong:
        mistakes.add("pasted", " ".join(one.sentence(language) for one in wrong[:5]))
    rows: list[Row] = list(getattr(output, register.name))
    if not rows and not wrong:
        mistakes.add(
            "pasted", place.visitor.say("Otsikot ovat toisen taulukon: tästä ei löytynyt yhtään tämän taulukon riviä.")
        )
    return rows
