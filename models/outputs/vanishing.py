"""Nothing handed over, and nothing said when a phase last passed, vanishes silently.

Each form builds on what the one before handed over: needs on challenges and parts of the image, methods on needs,
bodies on methods, units on bodies. Goals are carried by the challenges that they answer.
"""

from collections.abc import Iterator

from models.outputs.forms import says
from models.outputs.held import Held
from models.outputs.left_out import is_worded
from models.outputs.production_method import Method
from models.outputs.thread import Node, Thread
from models.outputs.told import registers

KEPT = ("challenges", "parts", "goals", "needs", "methods", "bodies", "units")
"""The registers whose rows never vanish silently from one version of a phase to the next."""
TAKEN_UP = {
    "production_need": ("challenges", "parts"),
    "production_method": ("needs",),
    "governance_model": ("needs", "methods"),
    "operational_model": ("needs", "methods", "bodies"),
}
"""What a phase of each form has to take up of what was handed over."""


def vanished(held: Held) -> Iterator[str]:
    """What was handed over, or said when this phase last passed, and is neither taken up nor left out with a reason."""
    taken = _taken_up(held)
    for register in TAKEN_UP.get(getattr(held.own, "form", ""), ()):
        for node in held.handed_over.of(register):
            if node not in taken and not held.leaves_out(node) and not _is_excused(held.handed_over, node, taken):
                yield str(node)
    yield from _dropped(held)


def _taken_up(held: Held) -> set[Node]:
    """What this phase points to. A method takes its need up with it, and a need its methods."""
    taken = {link.target for link in held.thread.links if link.source.phase == held.phase}
    pairs = [(link.source, link.target) for link in held.handed_over.links if _is_for(link.source, link.field)]
    needs = {need for method, need in pairs if method in taken}
    return taken | needs | {method for method, need in pairs if need in taken}


def _is_for(source: Node, field: str) -> bool:
    return source.register == "methods" and field == "need"


def _is_excused(thread: Thread, node: Node, taken: set[Node]) -> bool:
    """A need that is not met for a reason; a method of such, or of a need that is told itself; a body that governs
    nothing."""
    if node.register == "needs":
        return is_unmet(thread, node)
    if node.register == "bodies":
        return not any(thread.pointed_from(node, register) for register in ("methods", "needs"))
    if node.register == "methods":
        row = thread.rows[node]
        assert isinstance(row, Method)
        need = thread.find(row.need, ("needs",))
        return goes_without(row) or (need is not None and need not in taken)
    return False


def _dropped(held: Held) -> Iterator[str]:
    """The rows of this phase as it last passed that it no longer has."""
    for register in registers(type(held.own)) if held.former is not None else ():
        if register.name in KEPT:
            now = {row.id.casefold() for row in getattr(held.own, register.name)}
            for row in getattr(held.former, register.name):
                if row.id.casefold() not in now and not held.leaves_out(row):
                    yield f"{row.id} {row.name}".strip()


def methods_for(thread: Thread, need: Node) -> list[Method]:
    """The methods for a need; those that only rest on it are not for it."""
    rows = [thread.rows[node] for node in thread.pointing_to(need, "methods")]
    return [row for row in rows if isinstance(row, Method) and thread.find(row.need, ("needs",)) == need]


def is_unmet(thread: Thread, need: Node) -> bool:
    """Whether it was decided, for a reason, not to meet the need."""
    methods = methods_for(thread, need)
    return bool(methods) and all(map(goes_without, methods))


def goes_without(method: Method) -> bool:
    """Whether the row says why its need gets no method, and names none."""
    return is_worded(method.without) and not says(method.how)
