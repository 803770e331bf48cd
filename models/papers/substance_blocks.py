"""What the front tells of in a few lines, in full: changes, euros and person-years, alternatives, staff, what comes
next."""

from collections.abc import Sequence

from models.papers.bodies import (
    alternative_cells,
    alternative_headings,
    cooperation_lines,
    next_lines,
    sum_headings,
    sums_with_total,
)
from models.papers.material import OutputsMaterial, Setting, Substance
from models.papers.package_front import from_phase, money_closing
from models.papers.paper import Block, Grid, Points, Text
from models.papers.saying import Saying
from models.papers.shortening import clean
from models.process import Process


def changes(material: OutputsMaterial, say: Saying) -> list[Block]:
    rows = tuple((one.where, one.service, one.what) for one in material.substance.changes)
    return [Grid(headings=(say("where"), say("service"), say("what_changes")), rows=rows, theirs=True)] if rows else []


def money(material: OutputsMaterial, say: Saying) -> list[Block]:
    rows = tuple(sums_with_total(material.substance, say))
    grid = Grid(headings=sum_headings(say), rows=rows, numbers=(1, 2, 3, 4, 5, 6), theirs=True)
    closing = money_closing(material, say)
    return [*_from(material, material.substance.sums_from, say), grid, *_said(closing)] if rows else []


def alternatives(material: OutputsMaterial, say: Saying) -> list[Block]:
    rows = tuple(alternative_cells(one, say) for one in material.substance.alternatives)
    grid = Grid(headings=alternative_headings(say), rows=rows, numbers=(2, 3), theirs=True)
    return [*_from(material, material.substance.alternatives_from, say), grid] if rows else []


def _from(material: OutputsMaterial, phase: str, say: Saying) -> list[Text]:
    """Which earlier phase it comes from, where it does."""
    return _said(from_phase(material, phase, say))


def _said(words: str) -> list[Text]:
    return [Text(text=words)] if words else []


def staff(then: Process, substance: Substance, say: Saying) -> list[Block]:
    lines = (*cooperation_lines(then, say), *substance.staff)
    return [Points(points=tuple((clean(line), 0) for line in lines))]


def what_comes(then: Process, ready: Sequence[str], phase: str, setting: Setting, say: Saying) -> list[Block]:
    lines = next_lines(then, ready, phase, setting, say)
    return [Points(points=tuple((line, 0) for line in lines))]
