"""A document's tables, lists and texts as typed content: every output may begin as a plain document with a short table.

A table is known by its headings, a list or a text by the heading of its section. What is not known stays in the
document alone, and is told; nothing is guessed. A cell that is not understood is kept as it was written, and told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from models.documents.parts import Document, Items, Section, Table
from models.exchange.contradicting import contradictions
from models.exchange.document_texts import texts_of
from models.exchange.mistakes import Mistake, table_called
from models.exchange.powers import powers, says
from models.exchange.sums import sums
from models.exchange.tables import Places, known_register, places, rows_of
from models.outputs.choices import IN_HEADINGS, Side, Sort
from models.outputs.forms import FORMS, joined
from models.outputs.future_image import FutureImage
from models.outputs.governance_model import GovernanceModel
from models.outputs.rows import Output, Row
from models.outputs.thread import slug
from models.outputs.told import Register, registers
from models.words import PhaseKind

Form = TypeVar("Form", bound=Output)

NUMBERED = re.compile(r"([A-ZÅÄÖ]{1,3}\d{1,3})[.:)]?\s+")
CHALLENGE = r"(?:muutos)?haast|utmaning|challenge"
POWER_FIELDS = {"decides": "decides", "proposes": "proposes", "states": "states", "prepares": "prepares"}
POWER_FIELDS["is_told"] = "told_of"


KINDS = {form: kind for kind, form in FORMS.items()}


class Taken(NamedTuple):
    """What was taken from a document: of the output, the fields of which the document speaks are set."""

    output: Output
    remarks: tuple[Mistake, ...] = ()  # with the row of a Markdown file, or of the table in a Word document
    unknown: tuple[Table, ...] = ()  # tables that are no register of the form


def form_kind(form: type[Output]) -> PhaseKind:
    """The kind of the phases whose outputs have the form."""
    return KINDS[form]


def from_document(document: Document, kind: PhaseKind) -> Taken:
    """The typed content of a document written in a phase of the kind."""
    form = FORMS[kind]
    fields: dict[str, list[list[Row]]] = {}
    remarks, unknown = list[Mistake](), list[Table]()
    for number, table in enumerate(document.tables, 1):
        found = _matrix(table) if form is GovernanceModel else None
        if found is None:
            known = known_register(form, table.headings, table.under)
            if known is None:
                unknown.append(table)
                continue
            found = known.register.name, list(_rows(known, table, number, remarks))
        fields.setdefault(found[0], []).append(found[1])
    points: dict[str, dict[str, Row]] = {}
    for name, row in listed(document, form):
        ids = {one.id.casefold() for table in fields.get(name, ()) for one in table}
        if name not in fields or row.id.casefold() in ids:  # a list stands in for a table, or completes its rows
            points.setdefault(name, {}).setdefault(row.id.casefold(), row)
    for register in registers(form):
        remarks += contradictions(register, fields.get(register.name, ()))
    for name, rows_ in points.items():
        fields.setdefault(name, []).append(list(rows_.values()))
    rows_by_name = {name: joined(tables) for name, tables in fields.items()}
    output = form.model_validate({**texts_of(document, form, remarks), **rows_by_name})
    return Taken(output, tuple(remarks), tuple(unknown))


def _rows(known: Places, table: Table, number: int, remarks: list[Mistake]) -> list[Row]:
    """The table's rows; sums, and cells that were not understood, are told."""
    place, first = table_called(table.under, number), table.line + 2
    left = dict(sums(table.rows))
    remarks += [Mistake("sum_row", {"text": word}, place, first + at) for at, word in left.items()]
    cells = [() if at in left else row for at, row in enumerate(table.rows)]
    rows, troubles, _ = rows_of(known, cells, strict=False)
    for trouble in troubles:
        column = " ".join(table.headings[trouble.column].split())
        remarks.append(Mistake("kept", {"what": trouble.what.told()}, place, first + trouble.row, column))
    return rows


# --- a matrix of powers -------------------------------------------------------------------------------------------


def is_matrix(form: type[Output], headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the table has a line for each matter and a column for each body."""
    table = Table(headings=tuple(headings), rows=tuple(map(tuple, rows)))
    return form is GovernanceModel and _matrix(table) is not None


def _matrix(table: Table) -> tuple[str, list[Row]] | None:
    """A table with a line for each matter and a column for each body, as powers; None where it is none."""
    register = next(one for one in registers(GovernanceModel) if one.name == "powers")
    found = places(register, table.headings)
    at = {column.name: place for place, column in found.fields.items()}
    bodies = found.others
    cells = [row[place] for row in table.rows for place in bodies if row[place].strip("–- ")]
    if at.get("matter") != 0 or len(bodies) < 2 or 2 * sum(bool(powers(cell)) for cell in cells) <= len(cells):
        return None
    rows: list[Row] = []
    for row in table.rows:
        fields: dict[str, Any] = {"matter": row[0], "ground": row[at["ground"]] if "ground" in at else ""}
        who: dict[str, list[str]] = {}
        for place, body in bodies.items():
            for power in powers(row[place]):
                who.setdefault(POWER_FIELDS[power], []).append(body)
        fields |= {name: ", ".join(named) for name, named in who.items()}
        if any(row):
            fields["id"] = row[at["id"]] if "id" in at else _free(slug(row[0]) or register.told.prefix, rows)
            rows.append(register.row.model_validate(fields))  # type: ignore[arg-type]
    return register.name, rows


def _free(name: str, rows: Sequence[Row]) -> str:
    taken = {row.id.casefold() for row in rows}
    return next(one for n in range(len(rows) + 2) if (one := f"{name}.{n}" if n else name).casefold() not in taken)


# --- lists and texts ----------------------------------------------------------------------------------------------


def listed(document: Document, form: type[Output]) -> Iterator[tuple[str, Row]]:
    """Points of lists under headings that name a register, and the environment's four corners."""
    if form is FutureImage:
        yield from _environment(document.sections)
        yield from _challenges(document.sections)
    for section in document.sections:
        register = _called(section, form)
        if register is not None and not any(isinstance(block, Table) for block in section.blocks):
            for item in _points(section):
                yield register.name, _point(register, item)


def _called(section: Section, form: type[Output]) -> Register | None:
    heading = section.heading.casefold()
    for register in registers(form):
        labels = [register.label(language).casefold() for language in ("fi", "sv", "en")]
        if heading and any(heading.startswith(label) for label in labels):
            return register
    if form is FutureImage and says(r"tarpeet, joihin kuva|behov som bilden|needs the image", section.heading):
        return next(register for register in registers(form) if register.name == "parts")
    return None


def _point(register: Register, words: str) -> Row:
    named = str(getattr(register.row, "NAMED", ""))
    return register.row.model_validate({"id": slug(words) or register.told.prefix, named: words})  # type: ignore[return-value]


def _environment(sections: Iterable[Section]) -> Iterator[tuple[str, Row]]:
    register = next(one for one in registers(FutureImage) if one.name == "environment")
    for section in sections:
        side = [one for one in Side if says(IN_HEADINGS[one], section.heading)]
        sort = [one for one in Sort if says(IN_HEADINGS[one], section.heading)]
        if len(side) == len(sort) == 1:
            for words in _points(section):
                fields = {"id": slug(words) or register.told.prefix, "side": side[0], "sort": sort[0], "finding": words}
                yield register.name, register.row.model_validate(fields)  # type: ignore[misc]


def _challenges(sections: Sequence[Section]) -> Iterator[tuple[str, Row]]:
    """The headings under one that speaks of challenges, with the points of their lists."""
    register = next(one for one in registers(FutureImage) if one.name == "challenges")
    level: int | None = None
    for section in sections:
        if level is not None and section.level > level and _points(section):
            numbered = NUMBERED.match(section.heading)
            id_, name = (numbered[1], section.heading[numbered.end() :]) if numbered else ("", section.heading)
            fields = {"id": id_ or slug(name), "challenge": name, "means": "\n".join(_points(section))}
            yield register.name, register.row.model_validate(fields)  # type: ignore[misc]
        else:
            level = section.level if says(CHALLENGE, section.heading) else None


def _points(section: Section) -> list[str]:
    return [item.text for block in section.blocks if isinstance(block, Items) for item in block.items if item.text]
