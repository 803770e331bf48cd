"""The front of a handover package, two pages at most: nine questions, each answered in a few lines, with where the rest
stands.

What is proposed, who disagreed and what was waived stand on the first page, whatever else there is to say.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

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
from models.papers.material import Output, OutputsMaterial, PackageMaterial, Setting
from models.papers.paper import Front, FrontPart, FrontRow
from models.papers.saying import Saying
from models.papers.shortening import one_line
from models.process import Process


class Told(NamedTuple):
    """What the outputs themselves say: the same for as long as their files are there."""

    proposed: FrontPart
    changes: FrontPart
    money: FrontPart
    alternatives: FrontPart
    staff: tuple[str, ...]


def told_by(material: OutputsMaterial, say: Saying) -> Told:
    """The questions of a front that the outputs answer."""
    return Told(
        proposed=_proposed(material, say),
        changes=_changes(material, say),
        money=_money(material, say),
        alternatives=_alternatives(material, say),
        staff=material.substance.staff,
    )


def package_front(material: PackageMaterial, say: Saying) -> Front:
    """The front of the package."""
    told, setting = told_by(material, say), material.setting
    next_ = next_lines(material.then, material.ready, material.phase, setting, say)
    parts = (
        told.proposed,
        disagreed_part(setting, material.body, say, where=say("stances_where")),
        waived_part(setting, material.body, say),
        told.changes,
        told.money,
        staff_part((*cooperation_lines(material.then, say), *told.staff), say),
        told.alternatives,
        conditions_part(condition_lines(setting, material.then, material.body["conditions"], say), say),
        next_part(next_, say),
    )
    return Front(pages=2, parts=parts, closing=say("binds_nobody"))


def _proposed(material: OutputsMaterial, say: Saying) -> FrontPart:
    lines, found = proposed_lines(material, say), proposed_rows(material, say)
    return FrontPart(key="outputs", heading=say("proposed"), leads=True, of=len(lines), rows=found, theirs=True)


def proposed_rows(material: OutputsMaterial, say: Saying) -> tuple[FrontRow, ...]:
    """The outputs as rows of a front, each with its name."""
    lines, outputs = proposed_lines(material, say), _own(material)
    names = [*(one_line(output.name) for output in outputs), say("carried")]
    return rows([(line,) for line in lines], (LINE,), [output.key for output in outputs], names)


def proposed_lines(material: OutputsMaterial, say: Saying) -> list[str]:
    """Each output with what it says first; those that are carried along from earlier phases by their names."""
    own = _own(material)
    carried = ", ".join(one_line(output.name) for output in material.outputs if output not in own)
    lines = [f"{one_line(output.name)}: {_what(output, say)}" for output in own]
    return [*lines, *([f"{say('carried')}: {carried}."] if carried else [])]


def _own(material: OutputsMaterial) -> list[Output]:
    """The outputs of the phase itself, which come first."""
    return [output for output in material.outputs if output.phase == material.outputs[0].phase]


def _what(output: Output, say: Saying) -> str:
    if output.without is not None:
        return why_without(output, say)
    return (lead(output.document) if output.document else "") or say("see_outputs")


def disagreed_part(setting: Setting, body: Mapping[str, Any], say: Saying, *, where: str = "") -> FrontPart:
    """Who disagreed, as the package has it, and where all of it stands."""
    groups, dissents = body["groups"], body["dissents"]
    lines = [dissent_line(setting, one, say) for one in dissents.values()]
    lines += [_remark(setting, one, say) for one in body["remarks"]]
    at = [f"dissent-{key}" for key in dissents] + ["remarks"] * len(body["remarks"])
    met = sum(bool(group["met"]) for group in groups)
    how_many = f"{say('groups_met', met=met, all=len(groups))} {where}".strip()
    return disagreeing(say("disagreed"), lines, at, how_many, say("nobody"), say)


def disagreeing(
    heading: str, lines: Sequence[tuple[str, str, str]], at: Sequence[str], how_many: str, nobody: str, say: Saying
) -> FrontPart:
    """Who disagrees: each group, how many of it, and what they say in a line."""
    return FrontPart(
        key="dissents",
        heading=heading,
        leads=True,
        headings=(say("group"), say("signers"), say("in_one_line"), say("page")) if lines else (),
        numbers=(1, 3),
        of=len(lines),
        rows=rows(lines, (NAME, 12, CELL), at),
        say=how_many,
        closing="" if lines else nobody,
        theirs=True,
    )


def dissent_line(setting: Setting, one: Mapping[str, object], say: Saying) -> tuple[str, str, str]:
    """A dissent's group, how many signed it, and what it says."""
    late = f" ({say('late')})" if one["late"] else ""
    return setting.group(str(one["group"])) + late, str(one["count"]), say.theirs(str(one["text"]))


def _remark(setting: Setting, one: Mapping[str, object], say: Saying) -> tuple[str, str, str]:
    reason = say.theirs(str(one["reason"])) if one["reason"] else ""
    told = say("remark", stance=say.among("stance", one["kind"]), reason=reason)
    return setting.group(str(one["group"])), "1", told


def waived_lines(setting: Setting, body: Mapping[str, Any], say: Saying) -> list[tuple[str, str]]:
    """What was waived and the reason."""
    named = {c.id: c.text.in_(say.language) for c in setting.plan(str(body["phase"])).checkpoint.criteria}
    return [
        (named.get(key) or say("waived_group", group=setting.group(key)), say.theirs(reason))
        for key, reason in body["waived"].items()
    ]


def waived_part(setting: Setting, body: Mapping[str, Any], say: Saying) -> FrontPart:
    """What did not hold and was passed over, with the reasons."""
    lines = [f"{what}: {why}" for what, why in waived_lines(setting, body, say)]
    return list_part("criteria", say("waived"), lines, say("nothing_waived"), leads=True)


def list_part(key: str, heading: str, lines: Sequence[str], nothing: str = "", *, leads: bool = False) -> FrontPart:
    """A question that is answered in lines; `nothing` is said where there are none."""
    return FrontPart(
        key=key,
        heading=heading,
        leads=leads,
        of=len(lines),
        rows=rows([(line,) for line in lines], (LINE,)),
        closing="" if lines else nothing,
        theirs=True,
    )


def _changes(material: OutputsMaterial, say: Saying) -> FrontPart:
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


def not_given(material: OutputsMaterial, key: str, say: Saying) -> str:
    """Why the paper has nothing to show: it was not given so, or this edition leaves out what tells of it."""
    return say("left_out" if material.withheld else key)


def from_phase(material: OutputsMaterial, phase: str, say: Saying) -> str:
    """Which earlier phase something comes from; nothing where it is of this one."""
    return say("from_phase", phase=material.setting.plan(phase).name.in_(say.language)) if phase else ""


def money_closing(material: OutputsMaterial, say: Saying) -> str:
    """What the figures do not say."""
    if not material.substance.sums:
        return not_given(material, "no_money", say)
    missing = material.substance.without_figures
    return say("some_without", count=missing) if missing else ""


def _money(material: OutputsMaterial, say: Saying) -> FrontPart:
    lines = sums_with_total(material.substance, say)
    return FrontPart(
        key="money",
        heading=say("money"),
        headings=sum_headings(say) if lines else (),
        numbers=(1, 2, 3, 4, 5, 6),
        of=len(lines),
        rows=rows(lines, (NAME, 14, 14, 14, 10, 10, 10)),
        say=from_phase(material, material.substance.sums_from, say),
        closing=money_closing(material, say),
        theirs=True,
    )


def staff_part(lines: Sequence[str], say: Saying) -> FrontPart:
    """What it means for the staff, and how staff cooperation stands."""
    return list_part("staff", say("staff"), lines)


def _alternatives(material: OutputsMaterial, say: Saying) -> FrontPart:
    ranked = sorted(material.substance.alternatives, key=lambda one: not (one.chosen or one.as_now))
    lines = [alternative_cells(one, say) for one in ranked]
    doing_nothing = any(one.as_now for one in material.substance.alternatives)
    return FrontPart(
        key="alternatives",
        heading=say("alternatives"),
        headings=alternative_headings(say) if lines else (),
        numbers=(2, 3),
        of=len(lines),
        rows=rows(lines, (24, NAME, 14, 10, 8, 60)),
        say=from_phase(material, material.substance.alternatives_from, say),
        closing=not_given(material, "no_alternatives", say) if not lines else "" if doing_nothing else say("no_as_now"),
        theirs=True,
    )


def condition_lines(
    setting: Setting, process: Process, conditions: Mapping[str, Mapping[str, object]], say: Saying
) -> list[str]:
    """Each condition with its day and the part that its owner plays. Their name is in the record, not in a paper."""
    return [_condition(setting, process, key, one, say) for key, one in conditions.items()]


def _condition(setting: Setting, process: Process, key: str, one: Mapping[str, object], say: Saying) -> str:
    told = {"text": say.theirs(str(one["text"])), "day": say.day(str(one["due"]))}
    held = process.conditions.get(key)
    plays = [slot for slot in setting.definition.roles if held and process.roles.get(slot.id) == held.owner]
    if not plays:
        return say("condition_due", **told)
    return say("condition_owed", who=", ".join(slot.name.in_(say.language) for slot in plays), **told)


def conditions_part(lines: Sequence[str], say: Saying) -> FrontPart:
    """The open conditions."""
    return list_part("conditions", say("conditions"), lines, say("no_conditions"))


def next_part(lines: Sequence[str], say: Saying) -> FrontPart:
    """What happens next."""
    return FrontPart(
        key="next", heading=say("next"), of=len(lines), rows=rows([(line,) for line in lines], (LINE * 2,))
    )
