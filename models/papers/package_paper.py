"""The paper of a locked package (vaiheen kooste): its front, and after it everything in full.

It gives groups' stances and counts, never members' names; a name stands under a dissent whose signer chose to show it.
"""

from collections.abc import Iterator
from typing import Any

from models.days.calendar import local_date
from models.papers import substance_blocks
from models.papers.bodies import dissent_blocks, output_blocks, stances_blocks
from models.papers.frame import framed, round_fact, setting_facts
from models.papers.material import PackageMaterial
from models.papers.package_front import condition_lines, package_front, waived_lines
from models.papers.paper import Block, Facts, Grid, Paper, PaperKind, Part, Points, Quote, Text, Under
from models.papers.saying import Saying
from models.papers.shortening import clean
from models.papers.texts_package import TEXTS
from models.words import Publicity


def package_paper(material: PackageMaterial) -> Paper:
    """The paper."""
    setting = material.setting
    say = Saying(TEXTS, setting.language, setting.words, public=setting.public)
    parts = (
        ("changes", substance_blocks.changes(material, say)),
        ("money", substance_blocks.money(material, say)),
        ("alternatives", substance_blocks.alternatives(material, say)),
        ("stances", _stances(material, say)),
        ("dissents", _dissents(material, say)),
        ("objections", _objections(material, say)),
        ("conditions", _conditions(material, say)),
        ("criteria", _criteria(material, say)),
        ("heard", _heard(material, say)),
        ("staff", substance_blocks.staff(material.then, material.substance, say)),
        ("next", substance_blocks.what_comes(material.then, material.ready, material.phase, setting, say)),
        ("outputs", [block for output in material.outputs for block in output_blocks(output, say)]),
        ("files", _files(material, say)),
    )
    return framed(
        PaperKind.PACKAGE,
        setting,
        say,
        title=setting.plan(material.phase).name.in_(say.language),
        subtitle=setting.title,
        kicker=say("kicker"),
        draft=any(output.publicity is not Publicity.PUBLIC for output in material.outputs),
        date=local_date(material.at),
        facts=_facts(material, say),
        tarkiste=material.sha256,
        front=package_front(material, say),
        parts=tuple(Part(key=key, heading=say(key), blocks=tuple(blocks)) for key, blocks in parts if blocks),
    )


def _facts(material: PackageMaterial, say: Saying) -> tuple[tuple[str, str], ...]:
    return (
        *setting_facts(material.setting, say),
        round_fact(material.setting, material.phase, material.body["round"], say),
        (say("outcome"), say.among("outcome", material.body["outcome"])),
        (say("locked"), say.at(material.at)),
    )


# --- what was said ------------------------------------------------------------------------------------------------


def _stances(material: PackageMaterial, say: Saying) -> list[Block]:
    told = stances_blocks(material.body, material.setting, say)
    return [*told, Text(text=say("counts_only")), Text(text=say("binds_nobody"))]


def _dissents(material: PackageMaterial, say: Saying) -> list[Block]:
    blocks = [*_dissent_blocks(material, say), *_remarks(material, say)]
    return blocks or [Text(text=say("nobody"))]


def _dissent_blocks(material: PackageMaterial, say: Saying) -> Iterator[Block]:
    for number, (key, one) in enumerate(material.body["dissents"].items(), 1):
        yield from dissent_blocks(material.setting, number, f"dissent-{key}", one, say)


def _remarks(material: PackageMaterial, say: Saying) -> Iterator[Block]:
    for number, one in enumerate(material.body["remarks"]):
        group, stance = material.setting.group(one["group"]), say.among("stance", one["kind"])
        yield Under(heading=f"{group}, {say('late')}", key="" if number else "remarks")
        yield Text(text=say("remark", stance=stance, reason=say.theirs(one["reason"])), theirs=True)


def _objections(material: PackageMaterial, say: Saying) -> list[Block]:
    blocks: list[Block] = []
    for number, one in enumerate(material.body["objections"].values(), 1):
        count = say.count("makers", one["makers"])
        blocks.append(
            Under(heading=say("objection_of", number=number, group=material.setting.group(one["group"]), count=count))
        )
        blocks.append(Quote(text=say.theirs(one["text"])))
        facts = [(say("offer"), say("yes"))] if one["offer"] else []
        if one["answer"]:
            facts.append((say("answer"), f"{say.theirs(one['answer'])} ({say.among('result', one['result'])})"))
        facts.append((say("objection_status"), say.among("status", one["status"])))
        blocks.append(Facts(facts=tuple(facts)))
    return blocks


def _conditions(material: PackageMaterial, say: Saying) -> list[Block]:
    lines = condition_lines(material.setting, material.then, material.body["conditions"], say)
    points = tuple((line, 0) for line in lines)
    return [Points(points=points, theirs=True)] if points else [Text(text=say("no_conditions"))]


def _criteria(material: PackageMaterial, say: Saying) -> list[Block]:
    tested: dict[str, bool | None] = material.body["criteria"]
    named = {one.id: one for one in material.setting.plan(material.phase).checkpoint.criteria}
    told = {True: say("yes"), False: say("no"), None: say("unknown")}
    rows = tuple(
        (
            named[key].text.in_(say.language) if key in named else key,
            say("yes") if key in named and named[key].must else say("no"),
            told[holds],
        )
        for key, holds in tested.items()
    )
    blocks: list[Block] = [Grid(headings=(say("criterion"), say("must"), say("holds")), rows=rows)] if rows else []
    waived = waived_lines(material.setting, material.body, say)
    if waived:
        blocks += [Under(heading=say("waiver")), Facts(facts=tuple(waived))]
    else:
        blocks.append(Text(text=say("nothing_waived")))
    return blocks


def _heard(material: PackageMaterial, say: Saying) -> list[Block]:
    blocks: list[Block] = []
    plan = material.setting.plan(material.phase)
    named = {group.id: group.name.in_(say.language) for group in plan.affected}
    rows = tuple(_affected(named.get(key, key), one, say) for key, one in material.body["affected"].items())
    if rows:
        blocks.append(
            Grid(headings=tuple(map(say, ("affected", "opportunity", "was_heard", "effect"))), rows=rows, theirs=True)
        )
    facts = tuple(_statements_and_hearings(material, say))
    return [*blocks, Facts(facts=facts)] if facts else blocks


def _affected(name: str, one: dict[str, Any], say: Saying) -> tuple[str, ...]:
    return name, say.day(one["on"]), say("yes") if one["heard"] else say("no"), say.theirs(one["effect"])


def _statements_and_hearings(material: PackageMaterial, say: Saying) -> Iterator[tuple[str, str]]:
    for one in material.then.statements.values():
        if one.phase == material.phase:
            days = {"asked": say.day(one.asked), "due": say.day(one.due), "given": say.day(one.given or one.due)}
            told = say("statement_given" if one.given else "statement_not_given", **days)
            yield say("statement_from", body=material.setting.body(one.body)), told
    for hearing in material.then.hearings.values():
        if hearing.phase == material.phase:
            named = say("hearing_from", days=say.span(hearing.first, hearing.last))
            yield named, say("contributions", count=hearing.contributions) if hearing.closed else say("hearing_open")


# --- files --------------------------------------------------------------------------------------------------------


def _files(material: PackageMaterial, say: Saying) -> list[Block]:
    rows = []
    for output in material.outputs:
        named = f"{output.name}, {say('version').lower()} {output.no}"
        rows.append((clean(named), say.among("publicity", output.publicity), output.sha256))
        for one in output.attached:
            hidden = material.setting.public and one.publicity is not Publicity.PUBLIC
            name = say("words_not_public") if hidden else clean(one.name)
            rows.append((f"{name} ({say('attachment')})", say.among("publicity", one.publicity), one.sha256))
    body = material.body
    facts = [(say("this_package"), material.sha256), (say("manifest"), body["manifest"])]
    facts += [(say(key), body[key]) for key in ("previous", "supersedes") if body[key]]
    facts += [
        (say("received", phase=material.setting.plan(phase).name.in_(say.language)), package)
        for phase, package in body["received"].items()
    ]
    headings = (say("file"), say("publicity"), say("tarkiste"))
    return [
        Text(text=say("files_say")),
        Facts(facts=tuple(facts)),
        Grid(headings=headings, rows=tuple(rows), theirs=True),
    ]
