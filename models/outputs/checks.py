"""What a checkpoint computes from typed outputs. A check is pure: equal outputs give an equal finding.

A check's name is its meaning for good: definitions name it and never change, so from the first release on a check that
would judge otherwise is another name ("units-answer-needs/2"). Each finding names exactly the rows that do not hold.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from models.outputs.choices import StaffEffect, StrategyMatter, Way
from models.outputs.forms import FORMS, is_blank, is_empty, says
from models.outputs.general import General
from models.outputs.governance_model import Power
from models.outputs.held import Held
from models.outputs.left_out import is_worded
from models.outputs.operational_model import Unit
from models.outputs.production_method import Alternative, Method
from models.outputs.rows import Row
from models.outputs.thread import Thread, folded
from models.outputs.told import Column, columns, registers
from models.outputs.vanishing import goes_without, is_unmet, methods_for, vanished

LANGUAGE = "fi"  # of the names of fields in a finding


class Finding(NamedTuple):
    """Whether a check holds, and the rows on account of which it does not. None: there is nothing to judge by."""

    holds: bool | None
    items: tuple[str, ...] = ()
    still: tuple[str, ...] = ()  # those on account of which it would not hold either, had staff cooperation begun


Check = Callable[[Held], Iterator[str]]
"""What does not hold, item by item."""


def find(name: str, held: Held) -> Finding:
    """The finding of a check. There is nothing to judge by where the phase's outputs hold no row at all, and where no
    output so far is of a form with the rows that the check speaks of."""
    if held.is_empty() or not all(map(held.knows, ABOUT.get(name, ()))):
        return Finding(None)
    lacking = tuple(_lacks_rows(name, held))
    items = tuple(dict.fromkeys((*lacking, *TYPED[name](held))))
    return Finding(not items, items, (*lacking, *_staff_not_assessed(held)) if name == COOPERATION else ())


COOPERATION = "staff-cooperation-begun"
"""Finds for whom staff cooperation must have begun; whether it has is in the record (`criteria.py`)."""
ABOUT = {
    "challenges-answered": ("challenges",),
    "needs-grounded": ("needs",),
    "needs-have-methods": ("needs",),
    "alternatives-compared": ("needs", "methods"),
    "methods-governed": ("methods",),
    "units-answer-needs": ("units",),
    "needs-reach-units": ("needs",),
    "powers-grounded": ("powers",),
    "impact-assessed": ("units",),
    COOPERATION: ("methods",),
}
"""The registers that a check speaks of: of every row of an empty one nothing holds."""
LABELS = {one.name: one.label(LANGUAGE) for form in FORMS.values() for one in registers(form)}


def _lacks_rows(name: str, held: Held) -> Iterator[str]:
    return (LABELS[register] for register in ABOUT.get(name, ()) if not held.thread.of(register))


# --- the outputs themselves ---------------------------------------------------------------------------------------


def _core_filled(held: Held) -> Iterator[str]:
    """The short core is there: the texts and registers that must be, and in their rows the fields that must."""
    for column in columns(type(held.own)):
        if column.must and is_blank(held.own, column.name):
            yield column.label(LANGUAGE)
    for register in registers(type(held.own)):
        rows: tuple[Row, ...] = getattr(held.own, register.name)
        if register.told.must and not rows:
            yield register.label(LANGUAGE)
        musts = [column for column in register.columns if column.must and column.name != "id"]
        for row in rows:
            for column in musts:
                if is_blank(row, column.name) and not _excused(row, column):
                    yield f"{_said(row)}: {column.label(LANGUAGE)}"


def _excused(row: Row, column: Column) -> bool:
    """A method that says why the need gets none needs no way of producing."""
    return isinstance(row, Method) and column.name == "how" and is_worded(row.without)


def _links_hold(held: Held) -> Iterator[str]:
    """No reference of this phase leads nowhere, and no identifier stands twice."""
    for loose in held.thread.loose:
        if loose.source.phase == held.phase:
            yield f"{loose.source} → {loose.to}"
    for twice in held.thread.twice:
        if twice.other.phase == held.phase:
            yield f"{twice.first.id}: {twice.first.name} / {twice.other.name}"


# --- the thread ---------------------------------------------------------------------------------------------------


def _challenges_answered(held: Held) -> Iterator[str]:
    """Every challenge gives rise to a need, or is left out with a reason."""
    for challenge in held.thread.of("challenges"):
        if not held.thread.pointing_to(challenge, "needs") and not held.leaves_out(challenge):
            yield str(challenge)


def _needs_grounded(held: Held) -> Iterator[str]:
    """Every need says whose it is and how it is known."""
    for node in held.thread.of("needs"):
        need = held.thread.rows[node]
        if is_blank(need, "holder") or is_blank(need, "evidence"):
            yield str(node)


def _needs_have_methods(held: Held) -> Iterator[str]:
    """Every need has a method, or a reason why it has none."""
    for need in held.thread.of("needs"):
        if not held.leaves_out(need) and not any(
            says(method.how) or method.way or is_worded(method.without) for method in methods_for(held.thread, need)
        ):
            yield str(need)


def _alternatives_compared(held: Held) -> Iterator[str]:
    """Every need with a method has alternatives: going on as now, another, and exactly one that is proposed."""
    for need in held.thread.of("needs"):
        if is_unmet(held.thread, need) or not methods_for(held.thread, need):
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
        if not answered and not held.leaves_out(need) and not is_unmet(held.thread, need):
            yield str(need)


def _powers_grounded(held: Held) -> Iterator[str]:
    """Every matter has exactly one who decides, and a ground."""
    for node in held.thread.of("powers"):
        power = held.thread.rows[node]
        assert isinstance(power, Power)
        if is_blank(power, "ground") or not _is_one_body(held.thread, power.decides):
            yield str(node)


def _is_one_body(thread: Thread, words: str) -> bool:
    """A body there is, whatever its name holds ("Asukas- ja sivistyslautakunta"), or words that name one alone."""
    return thread.find(words, ("bodies",)) is not None or (says(words) and not SEVERAL.search(words))


SEVERAL = re.compile(
    r"[,;/&+\n]|(?<![-–])\s(?:ja|sekä|tai|och|samt|eller|and|or)\s", re.IGNORECASE
)  # not the "ja" after a hyphen, which stands within one name


# --- people -------------------------------------------------------------------------------------------------------


def _affected_answered(held: Held) -> Iterator[str]:
    """Of every group the phase affects it is told how it was heard and what changed because of it; and there are
    groups."""
    if not held.own.affected and not held.affected:
        yield LABELS["affected"]
    told = {folded(row.group) for row in held.own.affected}
    for group in held.affected:
        if told.isdisjoint(folded(name) for name in (group.fi, group.sv, group.en) if name):
            yield group.in_(LANGUAGE)
    for row in held.own.affected:
        if not is_worded(row.how) or not is_worded(row.effect):
            yield _said(row)


def _impact_assessed(held: Held) -> Iterator[str]:
    """Of every unit it is told how many people it concerns, what changes in their work, and that they were heard."""
    for node in held.thread.of("units"):
        unit = held.thread.rows[node]
        assert isinstance(unit, Unit)
        if unit.people is None or is_blank(unit, "changes") or is_blank(unit, "heard"):
            yield str(node)


def _staff_effects(held: Held) -> Iterator[str]:
    """The methods that mean staff cooperation or a transfer of business, and those of which it is not assessed."""
    yield from _staff_not_assessed(held)
    for node in held.thread.of("methods"):
        if getattr(held.thread.rows[node], "staff", None) in (StaffEffect.COOPERATION, StaffEffect.TRANSFER):
            yield str(node)


def _staff_not_assessed(held: Held) -> Iterator[str]:
    """An empty cell is no assessment. Where the need gets no method there is nothing to assess."""
    for node in held.thread.of("methods"):
        method = held.thread.rows[node]
        if isinstance(method, Method) and method.staff is None and not goes_without(method):
            yield f"{node}: {STAFF}"


STAFF = next(one for one in columns(Method) if one.name == "staff").label(LANGUAGE)


def _totals_computed(held: Held) -> Iterator[str]:
    """Every proposed alternative, the present one beside it, and every unit has figures that can be summed."""
    for register, names in (("alternatives", ("euros", "years")), ("units", PAIRS)):
        if getattr(held.own, register, None) == ():
            yield LABELS[register]
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
    said = {row.matter for row in matters if not is_blank(row, "says")}
    for matter in StrategyMatter:
        if matter not in said:
            yield matter.words.in_(LANGUAGE)


def _said(row: Row) -> str:
    return f"{row.id} {row.name}".strip()


TYPED: dict[str, Check] = {
    "core-filled": _core_filled,
    "links-hold": _links_hold,
    "nothing-vanished": vanished,
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
    COOPERATION: _staff_effects,
    "totals-computed": _totals_computed,
    "strategy-matters": _strategy_matters,
}
"""The checks of typed outputs."""
