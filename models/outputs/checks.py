"""What a checkpoint computes from typed outputs. A check is pure: equal outputs give an equal finding.

A check's name is its meaning for good: definitions name it and never change, so a check that would judge otherwise is
another name ("units-answer-needs/2"). Each finding names exactly the rows that do not hold.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from models.outputs.choices import StaffEffect, StrategyMatter, Way
from models.outputs.forms import is_empty
from models.outputs.general import General
from models.outputs.governance_model import Power
from models.outputs.operational_model import Unit
from models.outputs.production_method import Alternative, Method
from models.outputs.rows import Output, Row
from models.outputs.thread import Node, Thread
from models.outputs.told import Column, registers

LANGUAGE = "fi"  # of the names of fields in a finding


class Finding(NamedTuple):
    """Whether a check holds, and the rows on account of which it does not. None: there is nothing to judge by."""

    holds: bool | None
    items: tuple[str, ...] = ()


class Held:
    """What a phase's checks look at: its own outputs as one, those of all phases before, and its own as last passed."""

    def __init__(
        self, phase: str, own: Output, received: Iterable[tuple[str, Output]] = (), former: Output | None = None
    ) -> None:
        self.phase = phase
        self.own = own
        self.received = tuple(received)
        self.former = former

    @cached_property
    def thread(self) -> Thread:
        """The thread up to this phase."""
        return Thread((*self.received, (self.phase, self.own)))

    @cached_property
    def handed_over(self) -> Thread:
        """The thread as it was handed over to this phase."""
        return Thread(self.received)

    @cached_property
    def left_out(self) -> frozenset[str]:
        """The identifiers that some phase left out with a reason."""
        outputs = [output for _, output in (*self.received, (self.phase, self.own))]
        return frozenset(
            row.what.split()[0].casefold().rstrip(",;:.")
            for o in outputs
            for row in o.left_out
            if row.what and row.reason
        )

    def is_empty(self) -> bool:
        """Whether the phase has no row of its own."""
        return not any(getattr(self.own, register.name) for register in registers(type(self.own)))


Check = Callable[[Held], Iterator[str]]
"""What does not hold, item by item."""


def find(name: str, held: Held) -> Finding:
    """The finding of a check. Where the phase's outputs hold no row at all there is nothing to judge by."""
    if held.is_empty():
        return Finding(None, ())
    items = tuple(dict.fromkeys(TYPED[name](held)))
    return Finding(not items, items)


# --- the outputs themselves ---------------------------------------------------------------------------------------


def _core_filled(held: Held) -> Iterator[str]:
    """The short core is there: registers that must have rows have them, and their rows the fields they must."""
    for register in registers(type(held.own)):
        rows: tuple[Row, ...] = getattr(held.own, register.name)
        if register.told.must and not rows:
            yield register.label(LANGUAGE)
        musts = [column for column in register.columns if column.must and column.name != "id"]
        for row in rows:
            for column in musts:
                if is_empty(row, column.name) and not _excused(row, column):
                    yield f"{_said(row)}: {column.label(LANGUAGE)}"


def _excused(row: Row, column: Column) -> bool:
    """A method that says why the need gets none needs no way of producing."""
    return isinstance(row, Method) and column.name == "how" and bool(row.without)


def _links_hold(held: Held) -> Iterator[str]:
    """No reference of this phase leads nowhere, and no identifier stands twice."""
    for loose in held.thread.loose:
        if loose.source.phase == held.phase:
            yield f"{loose.source} → {loose.to}"
    for twice in held.thread.twice:
        if twice.other.phase == held.phase:
            yield f"{twice.first.id}: {twice.first.name} / {twice.other.name}"


def _nothing_vanished(held: Held) -> Iterator[str]:
    """What was handed over, and what this phase said when it last passed, is taken up or left out with a reason."""
    taken = {link.target for link in held.thread.links if link.source.phase == held.phase}
    methods = {node for node in taken if node.register == "methods"}  # who takes up a method takes up its need
    through = {link.target for link in held.thread.links if link.source in methods and link.field == "need"}
    for node in _to_be_taken_up(held):
        if node not in taken and node not in through and node.id.casefold() not in held.left_out:
            yield str(node)
    if held.former is not None:
        for register in registers(type(held.own)):
            now = {row.id.casefold() for row in getattr(held.own, register.name)}
            for row in getattr(held.former, register.name):
                if row.id.casefold() not in now | held.left_out and register.name in KEPT:
                    yield _said(row)


KEPT = ("needs", "methods", "bodies", "units")
"""The registers whose rows never vanish silently from one version of a phase to the next."""
TAKEN_UP = {
    "production_need": "challenges",
    "production_method": "needs",
    "governance_model": "needs",
    "operational_model": "needs",
}
"""What a phase of each form has to take up of what was handed over."""


def _to_be_taken_up(held: Held) -> list[Node]:
    """Needs that an earlier phase decided not to meet are taken up by that."""
    register = TAKEN_UP.get(getattr(held.own, "form", ""))
    nodes = held.handed_over.of(register) if register else []
    return [node for node in nodes if not _unmet_with_reason(held.handed_over, node)]


# --- the thread ---------------------------------------------------------------------------------------------------


def _challenges_answered(held: Held) -> Iterator[str]:
    """Every challenge gives rise to a need, or is left out with a reason."""
    for challenge in held.thread.of("challenges"):
        if not held.thread.pointing_to(challenge, "needs") and challenge.id.casefold() not in held.left_out:
            yield str(challenge)


def _needs_grounded(held: Held) -> Iterator[str]:
    """Every need says whose it is and how it is known."""
    for node in held.thread.of("needs"):
        need = held.thread.rows[node]
        if is_empty(need, "holder") or is_empty(need, "evidence"):
            yield str(node)


def _needs_have_methods(held: Held) -> Iterator[str]:
    """Every need has a method, or a reason why it has none."""
    for need in held.thread.of("needs"):
        if need.id.casefold() not in held.left_out and not any(
            method.how or method.way or method.without for method in _methods(held.thread, need)
        ):
            yield str(need)


def _methods(thread: Thread, need: Node) -> list[Method]:
    """The methods for a need; those that only rest on it are not for it."""
    rows = [thread.rows[node] for node in thread.pointing_to(need, "methods")]
    return [row for row in rows if isinstance(row, Method) and thread.find(row.need, ("needs",)) == need]


def _unmet_with_reason(thread: Thread, need: Node) -> bool:
    methods = _methods(thread, need) if need.register == "needs" else []
    return bool(methods) and all(method.without and not method.how for method in methods)


def _alternatives_compared(held: Held) -> Iterator[str]:
    """Every need with a method has alternatives: going on as now, another, and exactly one that is proposed."""
    for need in held.thread.of("needs"):
        if _unmet_with_reason(held.thread, need) or not _methods(held.thread, need):
            continue
        rows = [held.thread.rows[node] for node in held.thread.pointing_to(need, "alternatives")]
        found = [row for row in rows if isinstance(row, Alternative)]
        proposed = sum(bool(row.proposed) for row in found)
        if len(found) < 2 or proposed != 1 or not any(row.way is Way.AS_NOW for row in found):
            yield str(need)


def _methods_governed(held: Held) -> Iterator[str]:
    """Every method, or the need it is for, is governed by a body or by the steering of a partner."""
    for node in held.thread.of("methods"):
        method = held.thread.rows[node]
        assert isinstance(method, Method)
        need = held.thread.find(method.need, ("needs",))
        named = [node, *([need] if need else [])]
        if (method.how or method.way) and not any(
            held.thread.pointing_to(one, register) for one in named for register in ("bodies", "steering")
        ):
            yield str(node)


def _units_answer_needs(held: Held) -> Iterator[str]:
    """Every unit answers a need that there is."""
    for node in held.thread.of("units"):
        if not held.thread.pointed_from(node, "needs") and not held.thread.pointed_from(node, "methods"):
            yield str(node)


def _needs_reach_units(held: Held) -> Iterator[str]:
    """Every need that is to be met is answered by a unit."""
    for need in held.thread.of("needs"):
        methods = held.thread.pointing_to(need, "methods")
        answered = any(held.thread.pointing_to(one, "units") for one in (need, *methods))
        if not answered and need.id.casefold() not in held.left_out and not _unmet_with_reason(held.thread, need):
            yield str(need)


def _powers_grounded(held: Held) -> Iterator[str]:
    """Every matter has exactly one who decides, and a ground."""
    for node in held.thread.of("powers"):
        power = held.thread.rows[node]
        assert isinstance(power, Power)
        if not power.ground or len([one for one in power.decides.split(",") if one.strip()]) != 1:
            yield str(node)


# --- people -------------------------------------------------------------------------------------------------------


def _affected_answered(held: Held) -> Iterator[str]:
    """Of every affected group it is told how it was heard and what changed because of it; and there are groups."""
    if not held.own.affected:
        yield type(held.own).model_fields["affected"].metadata[0].label.in_(LANGUAGE)
    for row in held.own.affected:
        if not row.how or not row.effect:
            yield _said(row)


def _impact_assessed(held: Held) -> Iterator[str]:
    """Of every unit it is told how many people it concerns, what changes in their work, and that they were heard."""
    for node in held.thread.of("units"):
        unit = held.thread.rows[node]
        assert isinstance(unit, Unit)
        if unit.people is None or not unit.changes or not unit.heard:
            yield str(node)


def _staff_effects(held: Held) -> Iterator[str]:
    """The methods that mean staff cooperation or a transfer of business; the rest is in the record (`criteria.py`)."""
    for node in held.thread.of("methods"):
        method = held.thread.rows[node]
        if isinstance(method, Method) and method.staff in (StaffEffect.COOPERATION, StaffEffect.TRANSFER):
            yield str(node)


def _totals_computed(held: Held) -> Iterator[str]:
    """Every proposed alternative, the present one beside it, and every unit has figures that can be summed."""
    for register, names in (("alternatives", ("euros", "years")), ("units", PAIRS)):
        for node in held.thread.of(register):
            row = held.thread.rows[node]
            if node.phase == held.phase and _counts(row) and any(is_empty(row, name) for name in names):
                yield str(node)


PAIRS = ("years_now", "years_then", "euros_now", "euros_then")


def _counts(row: Row) -> bool:
    return not isinstance(row, Alternative) or bool(row.proposed) or row.way is Way.AS_NOW


def _strategy_matters(held: Held) -> Iterator[str]:
    """The strategy takes up every matter of Kuntalaki 37 §."""
    matters = held.own.matters if isinstance(held.own, General) else ()
    said = {row.matter for row in matters if row.says}
    for matter in StrategyMatter:
        if matter not in said:
            yield matter.words.in_(LANGUAGE)


def _said(row: Row) -> str:
    return f"{row.id} {row.name}".strip()


TYPED: dict[str, Check] = {
    "core-filled": _core_filled,
    "links-hold": _links_hold,
    "nothing-vanished": _nothing_vanished,
    "challenges-answered": _challenges_answered,
    "needs-grounded": _needs_grounded,
    "needs-have-methods": _needs_have_methods,
    "alternatives-compared": _alternatives_compared,
    "methods-governed": _methods_governed,
    "units-answer-needs": _units_answer_needs,
    "needs-reach-units": _needs_reach_units,
    "powers-grounded": _powers_grounded,
    "affected-answered": _affected_answered,
    "impact-assessed": _impact_assessed,
    "staff-cooperation-begun": _staff_effects,
    "totals-computed": _totals_computed,
    "strategy-matters": _strategy_matters,
}
"""The checks of typed outputs. `staff-cooperation-begun` finds for whom it must have begun."""
