"""The thread as an answer: the needs and what meets them, what points to what, and where the thread breaks.

For the whole process, or for one row of any register: a need, a unit, a challenge, a body.
"""

from collections.abc import Iterable
from typing import NamedTuple

from models.outputs.checks import find
from models.outputs.held import Held
from models.outputs.rows import Output
from models.outputs.thread import Link, Node, Strand, Thread, strands

ALWAYS = ("links-hold", "nothing-vanished")
OF_FORM = {
    "production_need": ("challenges-answered",),
    "production_method": ("needs-have-methods",),
    "governance_model": ("methods-governed",),
    "operational_model": ("units-answer-needs", "needs-reach-units"),
}
"""The checks by which the thread is known to be whole, by the form of the phase that makes them."""

STRAND = ("challenges", "environment", "parts", "methods", "bodies", "units")
"""What a need's thread leads through, beside the need itself."""


class Break(NamedTuple):
    """Where the thread breaks: in which phase, by which check, on account of which row."""

    phase: str
    check: str
    item: str


class Trace(NamedTuple):
    """What is told of the thread."""

    needs: tuple[Strand, ...]
    links: tuple[Link, ...]
    broken: tuple[Break, ...]


def trace(outputs: Iterable[tuple[str, Output]], item: str | None = None) -> Trace | None:
    """The thread of all needs, or of those that the row with that identifier is on. None: there is no such row."""
    outputs = tuple(outputs)
    thread = Thread(outputs)
    broken = tuple(_breaks(outputs))
    if item is None:
        return Trace(tuple(strands(thread)), tuple(thread.links), broken)
    nodes = _meant(thread, item)
    if not nodes:
        return None
    near = {*nodes, *(one for link in thread.links for one in (link.source, link.target) if _touches(link, nodes))}
    found = [one for one in strands(thread) if nodes & set(one.nodes)]
    found = found or [one for one in strands(thread) if one.need in near]  # an alternative is on no thread itself
    on = {node for one in found for node in one.nodes} | nodes
    links = tuple(link for link in thread.links if {link.source, link.target} <= on or _touches(link, nodes))
    names = {str(node) for node in on}
    told = tuple(one for one in broken if any(one.item.startswith(name) for name in names))
    return Trace(tuple(found), links, told)


def _meant(thread: Thread, item: str) -> set[Node]:
    """The rows with that identifier, else those that are called so."""
    by_words = (thread.find(item, (register,)) for register in dict.fromkeys(node.register for node in thread.rows))
    return set(thread.named(item)) or {node for node in by_words if node}


def _touches(link: Link, nodes: set[Node]) -> bool:
    return link.source in nodes or link.target in nodes


def _breaks(outputs: tuple[tuple[str, Output], ...]) -> Iterable[Break]:
    for at, (phase, output) in enumerate(outputs):
        held = Held(phase, output, outputs[:at])
        for check in (*ALWAYS, *OF_FORM.get(str(getattr(output, "form", "")), ())):
            for item in find(check, held).items:
                yield Break(phase, check, item)


def matrix(needs: Iterable[Strand]) -> list[tuple[str, ...]]:
    """A line for each need, a cell for each thing on its thread; an empty cell is a gap."""
    return [(str(one.need), *("; ".join(map(str, getattr(one, name))) for name in STRAND)) for one in needs]
