"""The thread through the outputs of all phases: from a need to the unit that answers it, and back.

    environment <- challenge <- need -> part of the image        a need is met by a method, which a body governs,
                                 ^                               and units under the body answer the need
                    method, alternative -> need
                    body, steering -> method or need
                    unit -> need or method, under a body

A reference names a row by its identifier, whatever its case, or by its whole name. Nothing here judges; `checks.py`
does.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from models.outputs.rows import Output, Row
from models.outputs.told import Kind, columns, registers

LONGEST_SLUG = 36
MARK = 8  # characters that tell names apart of which a slug has only the beginning


class Node(NamedTuple):
    """A row, and where it stands."""

    phase: str
    register: str
    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.id} {self.name}".strip()


class Link(NamedTuple):
    """One row points to another by a field."""

    source: Node
    field: str
    target: Node


class Loose(NamedTuple):
    """A reference that leads nowhere."""

    source: Node
    field: str
    to: str


class Twice(NamedTuple):
    """Two rows of one register have the same identifier."""

    first: Node
    other: Node


def slug(words: str) -> str:
    """Words as an identifier: for rows that were given none, and for references by name.

    Of a long name it is the beginning with a mark made from the whole, so that no other name has the same.
    """
    parts = re.findall(r"[^\W_]+", words)
    whole = "-".join(parts)
    if len(whole) <= LONGEST_SLUG:
        return whole
    mark = hashlib.sha256(folded(words).encode()).hexdigest()[:MARK]
    room = LONGEST_SLUG - len(mark) - 1
    beginning = whole[: room + 1].rpartition("-")[0] or whole[:room]
    return f"{beginning}.{mark}"


def folded(words: str) -> str:
    """A name without its case, spaces and punctuation marks: what is the same when the whole name is the same."""
    return "-".join(re.findall(r"[^\W_]+", words.casefold()))


class Thread:
    """All rows of the outputs, and what points to what. `outputs` are by phase, in the order of the phases."""

    def __init__(self, outputs: Iterable[tuple[str, Output]]) -> None:
        self.outputs = tuple(outputs)
        self.rows: dict[Node, Row] = {}
        self.twice: list[Twice] = []
        self._by_id: dict[str, dict[str, Node]] = {}
        for phase, output in self.outputs:
            for register in registers(type(output)):
                self._add(phase, register.name, getattr(output, register.name))

    def _add(self, phase: str, register: str, rows: Iterable[Row]) -> None:
        ids = self._by_id.setdefault(register, {})
        for row in rows:
            node = Node(phase, register, row.id, row.name)
            before = ids.setdefault(row.id.casefold(), node)
            if before is not node and before.phase == phase:
                self.twice.append(Twice(before, node))
            self.rows.setdefault(node, row)

    def of(self, register: str) -> list[Node]:
        """The rows of a register, in order."""
        return list(self._by_id.get(register, {}).values())

    def find(self, reference: str, among: Iterable[str]) -> Node | None:
        """The row that a reference names in one of the registers: by its identifier, else by its whole name."""
        among = tuple(among)
        key = reference.casefold()
        for register in among:
            node = self._by_id.get(register, {}).get(key)
            if node is not None:
                return node
        names = dict.fromkeys((key, slug(key)))  # a reference holds a name as its slug, or as it was written
        rows = (self._by_name.get(register, {}).get(name) for register in among for name in names if name)
        return next((node for node in rows if node), None)

    @cached_property
    def _by_name(self) -> Mapping[str, Mapping[str, Node]]:
        """The rows by their whole names, as slugs; not asked for where identifiers do."""
        found: dict[str, dict[str, Node]] = {}
        for node in self.rows:
            found.setdefault(node.register, {}).setdefault(slug(node.name).casefold(), node)
        return found

    def named(self, item: str) -> list[Node]:
        """Every row with that identifier, in any register."""
        return [node for ids in self._by_id.values() if (node := ids.get(item.casefold()))]

    @cached_property
    def _pointed(self) -> tuple[list[Link], list[Loose]]:
        links, loose = list[Link](), list[Loose]()
        for node, row in self.rows.items():
            for name, among in _references(type(row)):
                value = getattr(row, name)
                for to in (value,) if isinstance(value, str) else value:
                    target = self.find(to, among) if to else None
                    if target:
                        links.append(Link(node, name, target))
                    elif to:
                        loose.append(Loose(node, name, to))
        return links, loose

    @property
    def links(self) -> list[Link]:
        """Every reference that leads somewhere."""
        return self._pointed[0]

    @property
    def loose(self) -> list[Loose]:
        """Every reference that leads nowhere."""
        return self._pointed[1]

    @cached_property
    def _to(self) -> Mapping[Node, list[Link]]:
        found: dict[Node, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.target, []).append(link)
        return found

    @cached_property
    def _from(self) -> Mapping[Node, list[Link]]:
        found: dict[Node, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.source, []).append(link)
        return found

    def pointing_to(self, node: Node, register: str) -> list[Node]:
        """The rows of a register that point to the row, each once."""
        return list(dict.fromkeys(link.source for link in self._to.get(node, ()) if link.source.register == register))

    def pointed_from(self, node: Node, register: str) -> list[Node]:
        """The rows of a register that the row points to, each once."""
        return list(dict.fromkeys(link.target for link in self._from.get(node, ()) if link.target.register == register))


@cache
def _references(row: type[Row]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of a row that point to others, and to which registers."""
    kinds = (Kind.REFERENCE, Kind.REFERENCES)
    return tuple((column.name, column.told.to) for column in columns(row) if column.kind in kinds)


class Strand(NamedTuple):
    """The thread of one need: what it rises from, how it is met, who governs that, and which units answer it."""

    need: Node
    challenges: tuple[Node, ...]
    environment: tuple[Node, ...]
    parts: tuple[Node, ...]
    methods: tuple[Node, ...]
    bodies: tuple[Node, ...]
    units: tuple[Node, ...]

    @property
    def nodes(self) -> Iterator[Node]:
        """Everything on the strand."""
        yield self.need
        for nodes in self[1:]:
            yield from nodes


def strand(thread: Thread, need: Node) -> Strand:
    """The thread of one need."""
    methods = [m for m in thread.pointing_to(need, "methods") if need in _met(thread, m)]
    challenges = thread.pointed_from(need, "challenges")
    governed = [need, *methods]
    return Strand(
        need=need,
        challenges=tuple(challenges),
        environment=_each(thread.pointed_from(one, "environment") for one in challenges),
        parts=tuple(thread.pointed_from(need, "parts")),
        methods=tuple(methods),
        bodies=_each(thread.pointing_to(one, "bodies") for one in governed),
        units=_each(thread.pointing_to(one, "units") for one in governed),
    )


def strands(thread: Thread) -> list[Strand]:
    """The thread of every need."""
    return [strand(thread, need) for need in thread.of("needs")]


def _met(thread: Thread, method: Node) -> list[Node]:
    """The need that a method is for, not those it rests on."""
    found = thread.find(getattr(thread.rows[method], "need", ""), ("needs",))
    return [found] if found else []


def _each(groups: Iterable[Iterable[Node]]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(node for group in groups for node in group))
