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
