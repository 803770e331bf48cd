"""The shapes of --json about typed outputs."""

from dataclasses import dataclass

from app.cli.shapes import Format


@dataclass(frozen=True)
class RowName:
    """A row of an output."""

    id: str
    name: str
    register: str
    phase: str


@dataclass(frozen=True)
class NeedThread:
    """A need, and what its thread leads through."""

    id: str
    name: str
    phase: str
    challenges: tuple[RowName, ...]
    environment: tuple[RowName, ...]
    parts: tuple[RowName, ...]  # of the future image
    methods: tuple[RowName, ...]
    bodies: tuple[RowName, ...]
    units: tuple[RowName, ...]


@dataclass(frozen=True)
class LinkLine:
    """One row points to another."""

    source: RowName
    target: RowName
    field: str  # of the source's register


@dataclass(frozen=True)
class BreakLine:
    """Where the thread breaks."""

    phase: str
    check: str
    item: str


@dataclass(frozen=True)
class ThreadTold:
    """What `trace --json` prints."""

    format: Format
    municipality: str
    process: str
    item: str | None  # the row that was asked for
    needs: tuple[NeedThread, ...]
    links: tuple[LinkLine, ...]
    broken: tuple[BreakLine, ...]


@dataclass(frozen=True)
class ItemLine:
    """A row or a text, and what became of it."""

    register: str  # its label; empty for a text
    id: str
    name: str
    fate: str  # added, removed or changed


@dataclass(frozen=True)
class RemarkLine:
    """Something in a file that was not taken, or was kept as it was written, and where it stands."""

    table: str  # the table, sheet or heading; empty where there is none
    line: int | None
    heading: str  # of the column, or its letter
    sentence: str


@dataclass(frozen=True)
class ReadTold:
    """What `read --json` and `draft inherit --json` print."""

    format: Format
    municipality: str
    process: str
    phase: str
    output: str
    revision: int | None  # null with --check
    changes: tuple[ItemLine, ...]
    remarks: tuple[RemarkLine, ...]


@dataclass(frozen=True)
class FieldLine:
    """A field that changed: [-what went-] and {+what came+} in its words."""

    label: str
    words: str


@dataclass(frozen=True)
class ItemCompared:
    """A row or a text, what became of it, and its fields that changed."""

    register: str  # its label; empty for a text
    id: str
    name: str
    fate: str  # added, removed or changed
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True)
class ComparedTold:
    """What `compare --json` prints."""

    format: Format
    municipality: str
    process: str
    phase: str
    output: str
    before: str  # a version's number
    after: str  # a version's number, or "decided"
    changes: tuple[ItemCompared, ...]
