"""The two-page front of a handover package: nine questions, each answered in a few lines, with where the rest stands.

What is proposed, who disagreed and what was waived stand on the first page, whatever else there is to say.
"""

from models.papers.bodies import (
    alternative_cells,
    alternative_headings,
    cooperation_lines,
    lead,
    next_lines,
    sum_headings,
    sums_with_total,
    why_without,
)
from models.papers.front import CELL, LINE, NAME, rows
from models.papers.material import Output, PackageMaterial
from models.papers.paper import Front, FrontPart
from models.papers.saying import Saying
from models.papers.shortening import one_line


def package_front(material: PackageMaterial, say: Saying) -> Front:
    """The front of the package."""
    parts = (
        _proposed(material, say),
        _disagreed(material, say),
        _waived(material, say),
        _changes(material, say),
        _money(material, say),
        _staff(material, say),
        _alternatives(material, say),
        _conditions(material, say),
        _next(material, say),
    )
    return Front(pages=2, parts=parts, closing=say("binds_nobody"))


def _proposed(material: PackageMaterial, say: Saying) -> FrontPart:
    lines = [(line,) for line in proposed_lines(material, say)]
    return FrontPart(key="outputs", heading=say("proposed"), of=len(lines), rows=rows(lines, (LINE,)), theirs=True)


def proposed_lines(material: PackageMaterial, say: Saying) -> list[str]:
    """Each output with what it says first."""
    return [f"{one_line(output.name)}: {_what(output, say)}" for output in material.outputs]


def _what(output: Output, say: Saying) -> str:
    if output.without is not None:
        return why_without(output, say)
    return (lead(output.document) if output.document else "") or say("see_outputs")


def _disagreed(material: PackageMaterial, say: Saying) -> FrontPart:
    groups = material.body["groups"]
    met = sum(bool(group["met"]) for group in groups)
    dissents = material.body["dissents"]
    lines = [dissent_line(material, one, say) for one in dissents.values()]
    lines += [_remark(material, one, say) for one in material.body["remarks"]]
    at = [f"dissent-{key}" for key in dissents] + ["remarks"] * len(material.body["remarks"])
    return FrontPart(
        key="dissents",
        heading=say("disagreed"),
        headings=(say("group"), say("signers"), say("in_one_line"), say("page")) if lines else (),
        numbers=(1, 3),
        of=len(lines),
        rows=rows(lines, (NAME, 12, CELL), at),
        say=say("groups_met", met=met, all=len(groups)),
        closing="" if lines else say("nobody"),
        theirs=True,
    )


def dissent_line(material: PackageMaterial, one: dict[str, object], say: Saying) -> tuple[str, str, str]:
    """A dissent's group, how many signed it, and what it says."""
    late = f" ({say('late')})" if one["late"] else ""
    return material.setting.group(str(one["group"])) + late, str(one["count"]), say.theirs(str(one["text"]))


def _remark(material: PackageMaterial, one: dict[str, object], say: Saying) -> tuple[str, str, str]:
    reason = say.theirs(str(one["reason"])) if one["reason"] else ""
    told = say("remark", stance=say.among("stance", one["kind"]), reason=reason)
    return material.setting.group(str(one["group"])), "1", told


def waived_lines(material: PackageMaterial, say: Saying) -> list[tuple[str, str]]:
    """What was waived and the reason."""
    named = {c.id: c.text.in_(say.language) for c in material.setting.plan(material.phase).checkpoint.criteria}
    return [
        (named.get(key) or say("waived_group", group=material.setting.group(key)), say.theirs(reason))
        for key, reason in material.body["waived"].items()
    ]


def _waived(material: PackageMaterial, say: Saying) -> FrontPart:
    lines = [(f"{what}: {why}",) for what, why in waived_lines(material, say)]
    closing = "" if lines else say("nothing_waived")
    return FrontPart(
        key="criteria", heading=say("waived"), of=len(lines), rows=rows(lines, (LINE,)), closing=closing, theirs=True
    )


def _changes(material: PackageMaterial, say: Saying) -> FrontPart:
    lines = [(one.where, one.service, one.what) for one in material.substance.changes]
    return FrontPart(
        key="changes",
        heading=say("changes"),
        headings=(say("where"), say("service"), say("what_changes")) if lines else (),
        of=len(lines),
        rows=rows(lines, (NAME, NAME, CELL)),
        closing="" if lines else not_given(material, "no_changes", say),
        theirs=True,
    )


def not_given(material: PackageMaterial, key: str, say: Saying) -> str:
    """Why the paper has nothing to show: it was not given so, or this edition leaves out what tells of it."""
    return say("left_out" if material.withheld else key)


def from_phase(material: PackageMaterial, phase: str, say: Saying) -> str:
    """Which earlier phase something comes from; nothing where it is of this one."""
    return say("from_phase", phase=material.setting.plan(phase).name.in_(say.language)) if phase else ""


def money_closing(material: PackageMaterial, say: Saying) -> str:
    """What the figures do not say."""
    if not material.substance.sums:
        return not_given(material, "no_money", say)
    missing = material.substance.without_figures
    return say("some_without", count=missing) if missing else ""


def _money(material: PackageMaterial, say: Saying) -> FrontPart:
    lines = sums_with_total(material.substance, say)
    return FrontPart(
        key="money",
        heading=say("money"),
        page=2,
        headings=sum_headings(say) if lines else (),
        numbers=(1, 2, 3, 4, 5, 6),
        of=len(lines),
        rows=rows(lines, (NAME, 14, 14, 14, 10, 10, 10)),
        say=from_phase(material, material.substance.sums_from, say),
        closing=money_closing(material, say),
        theirs=True,
    )


def _staff(material: PackageMaterial, say: Saying) -> FrontPart:
    lines = [(line,) for line in (*cooperation_lines(material.then, say), *material.substance.staff)]
    return FrontPart(key="staff", heading=say("staff"), page=2, of=len(lines), rows=rows(lines, (LINE,)), theirs=True)


def _alternatives(material: PackageMaterial, say: Saying) -> FrontPart:
    ranked = sorted(material.substance.alternatives, key=lambda one: not (one.chosen or one.as_now))
    lines = [alternative_cells(one, say) for one in ranked]
    doing_nothing = any(one.as_now for one in material.substance.alternatives)
    return FrontPart(
        key="alternatives",
        heading=say("alternatives"),
        page=2,
        headings=alternative_headings(say) if lines else (),
        numbers=(2, 3),
        of=len(lines),
        rows=rows(lines, (24, NAME, 14, 10, 8, 60)),
        say=from_phase(material, material.substance.alternatives_from, say),
        closing=not_given(material, "no_alternatives", say) if not lines else "" if doing_nothing else say("no_as_now"),
        theirs=True,
    )


def condition_line(one: dict[str, object], say: Saying) -> str:
    """A condition with its day. Who owes it is in the record, not in a paper."""
    return say("condition_due", text=say.theirs(str(one["text"])), day=say.day(str(one["due"])))


def _conditions(material: PackageMaterial, say: Saying) -> FrontPart:
    lines = [(condition_line(one, say),) for one in material.body["conditions"].values()]
    closing = "" if lines else say("no_conditions")
    return FrontPart(
        key="conditions",
        heading=say("conditions"),
        page=2,
        of=len(lines),
        rows=rows(lines, (LINE,)),
        closing=closing,
        theirs=True,
    )


def _next(material: PackageMaterial, say: Saying) -> FrontPart:
    lines = next_lines(material.then, material.ready, material.phase, material.setting, say)
    return FrontPart(
        key="next", heading=say("next"), page=2, of=len(lines), rows=rows([(line,) for line in lines], (LINE * 2,))
    )
