"""What several papers hold: outputs in full, groups' stances, sums, alternatives, and what happens next."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from models.documents.figures import difference, figure, written
from models.documents.parts import Block as Written
from models.documents.parts import Document, Items, Paragraph, Table
from models.package import standing_in
from models.papers.group_words import rule_told, stale_then, verdict_then
from models.papers.material import Alternative, Output, Setting, Substance, Sum, Without
from models.papers.paper import Block, Grid, Points, Quote, Text, Under
from models.papers.saying import SHORT_HASH, Saying
from models.papers.shortening import clean
from models.process import Process
from models.rounds import COUNTS, Standing

DEEPEST = 3  # levels of headings below a part


# --- outputs ------------------------------------------------------------------------------------------------------


def output_blocks(output: Output, say: Saying) -> Iterator[Block]:
    """The output with its version, and all that its document holds."""
    yield Under(heading=clean(output.name), theirs=True)
    named = say("seal", hash=output.sha256[:SHORT_HASH])
    state = say.among("publicity", output.publicity)
    yield Text(text=f"{say('version')} {output.no} · {named} · {state}", small=True)
    if output.without is not None:
        yield Text(text=why_without(output, say))
    if output.document is not None:
        yield from document_blocks(output.document, output.name)


def why_without(output: Output, say: Saying) -> str:
    """Why the output's contents are not here."""
    assert output.without is not None, "asked of an output without its document"
    paragraph = output.paragraph or say("no_paragraph")
    return say(f"without_{output.without}", **({"paragraph": paragraph} if output.without is Without.SECRET else {}))


def document_blocks(document: Document, name: str) -> Iterator[Block]:
    """All that people wrote in the document of that name, with its headings two levels below the part."""
    for depth, section in document.below(name):
        if depth:
            yield Under(heading=clean(section.heading), level=min(DEEPEST, 1 + depth), theirs=True)
        yield from filter(None, map(_block, section.blocks))


def _block(block: Written) -> Block | None:
    if isinstance(block, Paragraph):
        return Text(text=clean(block.text), theirs=True) if clean(block.text) else None
    if isinstance(block, Items):
        points = tuple((clean(item.text), item.depth) for item in block.items)
        return Points(points=points, ordered=block.ordered, theirs=True)
    return grid_of(block)


def grid_of(table: Table) -> Grid:
    """A table that people wrote; the columns in which most cells are figures are known as such."""
    rows = tuple(tuple(map(clean, row)) for row in table.rows)
    numbers = tuple(at for at, heading in enumerate(table.headings) if _is_number([row[at] for row in rows], heading))
    return Grid(
        headings=tuple(map(clean, table.headings)), rows=rows, numbers=numbers, theirs=True, theirs_headings=True
    )


def _is_number(cells: Sequence[str], heading: str) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(figure(cell, heading) is not None for cell in filled) > 0.7 * len(filled)


ASIDE = (
    *("esimerkki", "luonnos", "taulukossa", "taulukko ", "alla olevassa taulukossa", "oheisessa taulukossa"),
    *("i tabellen", "tabellen ", "the table ", "in the table"),
)
"""How a paragraph begins that says nothing of what is proposed."""


def lead(document: Document) -> str:
    """What the document says first in running text: below the heading of what is proposed, where it has one."""
    said = [(section, block.text) for section, block in document.blocks() if isinstance(block, Paragraph)]
    said = [(section, words) for section, words in said if not words.casefold().startswith(ASIDE)]
    proposing = [words for section, words in said if _proposes(section.heading)]
    return clean((proposing or [words for _, words in said] or [""])[0])


def _proposes(heading: str) -> bool:
    return heading.casefold().startswith(
        ("mitä esitetään", "esitys", "ehdotus", "vad som föreslås", "what is proposed")
    )


# --- stances ------------------------------------------------------------------------------------------------------

ALWAYS = ("seats", "accept", "object", "silent")
"""The counts that are told also where there are none."""


def stances_blocks(package: Mapping[str, Any], setting: Setting, say: Saying) -> Iterator[Block]:
    """How the groups stood, in numbers; by which rule each is in favour; and why what was objected did not stand in the
    way."""
    stood = [(group, standing_in(package, group)) for group in package["groups"]]
    counts = [key for key in COUNTS if key in ALWAYS or any(getattr(s, key) for _, s in stood)]
    rows = tuple(
        (setting.group(s.group), *(str(getattr(s, key)) for key in counts), _stood(package, s, say)) for _, s in stood
    )
    headings = (say("group"), *map(say, counts), say("verdict"))
    yield Grid(headings=headings, rows=rows, numbers=tuple(range(1, len(counts) + 1)))
    by_rule: dict[str, list[str]] = {}
    for group, s in stood:
        by_rule.setdefault(rule_told(s.rule, group["quorum"], say.language), []).append(setting.group(s.group))
    lines = [f"{', '.join(names)}: {rule}" for rule, names in by_rule.items()]
    lines += [_why_settled(package, s, setting, say) for _, s in stood if s.object and s.settled]
    yield Points(points=tuple((clean(line), 0) for line in lines))


def _stood(package: Mapping[str, Any], stands: Standing, say: Saying) -> str:
    """How the group stood, and what those who did not answer had said to a former text."""
    stale = [f"{one.seats} {one.words}" for one in stale_then(package, stands, say.language)]
    return ". ".join([verdict_then(stands).in_(say.language), *stale])


def _why_settled(package: Mapping[str, Any], stands: Standing, setting: Setting, say: Saying) -> str:
    """How it came that objections of the group did not stand in the way."""
    ended = [
        f"{say.among('status', one['status'])} ({say.count('makers', one['makers'])})"
        for key, one in package["objections"].items()
        if key in stands.settled
    ]
    return say("settled", group=setting.group(stands.group), count=stands.object, how=", ".join(ended))


def dissent_blocks(setting: Setting, number: int, key: str, one: Mapping[str, Any], say: Saying) -> Iterator[Block]:
    """A dissent with its words, who signed it, and the preparer's reason."""
    phase = setting.plan(one["phase"]).name.in_(say.language)
    yield Under(heading=say("dissent_of", number=number, group=setting.group(one["group"]), phase=phase), key=key)
    yield Quote(text=say.theirs(one["text"]))
    names = ", ".join(map(say.theirs, one["names"]))
    yield Text(text=say("signed_by" if names else "signed", count=one["count"], names=names))
    if one["reason"]:
        yield Text(text=f"{say('preparers_reason')}: {say.theirs(one['reason'])}", theirs=True)


# --- figures ------------------------------------------------------------------------------------------------------


def number(value: Decimal | None, say: Saying) -> str:
    return "–" if value is None else written(value, say.language)


def sum_cells(one: Sum, say: Saying) -> tuple[str, ...]:
    """Now, as proposed, and the difference: in euros, then in person-years."""
    cells = [one.what]
    for was, becomes in (one.euros, one.years):
        cells += [number(was, say), number(becomes, say), difference(was, becomes, say.language)]
    return tuple(cells)


def sums_with_total(substance: Substance, say: Saying) -> list[tuple[str, ...]]:
    """The total first, then what it is made of."""
    total = [sum_cells(substance.total.model_copy(update={"what": say("total")}), say)] if substance.total else []
    return [*total, *(sum_cells(one, say) for one in substance.sums)]


def sum_line(cells: tuple[str, ...], say: Saying) -> str:
    """A sum in a sentence."""
    keys = ("what", "euros_now", "euros_then", "euros_change", "years_now", "years_then", "years_change")
    return say("sum_line", **dict(zip(keys, cells, strict=True)))


def sum_headings(say: Saying) -> tuple[str, ...]:
    keys = ("a_year", "euros_now", "euros_then", "euros_change", "years_now", "years_then", "years_change")
    return tuple(map(say, keys))


def alternative_cells(one: Alternative, say: Saying) -> tuple[str, ...]:
    name = f"{one.name} ({say('as_now')})" if one.as_now and say("as_now") not in one.name.casefold() else one.name
    chosen = say("yes") if one.chosen else ""
    return (one.about, name, number(one.euros, say), number(one.years, say), chosen, one.why)


def alternative_headings(say: Saying) -> tuple[str, ...]:
    return tuple(map(say, ("need", "alternative", "euros", "years", "chosen", "why")))


# --- staff, and what comes next -----------------------------------------------------------------------------------


def cooperation_lines(process: Process, say: Saying) -> list[str]:
    """How staff cooperation stands, in sentences."""
    facts = process.cooperation
    if facts.needed is None or facts.judged_on is None:
        return [say("cooperation_unjudged")]
    if not facts.needed:
        return [say("cooperation_not_needed", day=say.day(facts.judged_on))]
    lines = [say("cooperation_needed", day=say.day(facts.judged_on))]
    if facts.proposed:
        lines.append(say("cooperation_proposed", day=say.day(facts.proposed)))
    if facts.meetings:
        lines.append(say("cooperation_meetings", days=", ".join(map(say.day, facts.meetings))))
    elif facts.ended is None:
        lines.append(say("cooperation_not_begun"))
    if facts.ended:
        lines.append(say("cooperation_ended", day=say.day(facts.ended)))
    return lines


def next_lines(then: Process, ready: Sequence[str], phase: str, setting: Setting, say: Saying) -> list[str]:
    """What happens after this phase has passed."""
    lines: list[str] = []
    for key in ready:
        days = say.span(then.dates[f"phase:{key}:first"], then.dates[f"phase:{key}:last"])
        named = setting.plan(key).name.in_(say.language)
        lines.append(say("next_phase", phase=named, due=say.day(then.dates[f"checkpoint:{key}"]), days=days))
    if not ready:
        last = [plan.id for plan in setting.definition.phases][-1] == phase
        lines += _to_the_bodies(then, setting, say) if last else [say("next_other")]
    return [*lines, say("next_preparation")]


def _to_the_bodies(then: Process, setting: Setting, say: Saying) -> list[str]:
    handled = {handling.plan for handling in then.handlings.values()}
    coming = [plan for plan in setting.definition.decision.chain if plan.id not in handled]
    chain = " → ".join(f"{setting.body(plan.body)}" for plan in coming)
    window = say.span(then.dates["window:first"], then.dates["window:last"])
    return [*([say("next_bodies", chain=chain)] if chain else []), say("next_window", days=window)]
