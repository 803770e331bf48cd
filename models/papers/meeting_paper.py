"""The meeting document: exactly what a working group reads in a round, under the hash of the meeting manifest.

It begins with the front that the checkpoint page has, as it stood when the manifest was made.
"""

from collections.abc import Iterator

from models.days.calendar import local_date
from models.package import dissent_told
from models.papers import substance_blocks
from models.papers.bodies import dissent_blocks, output_blocks
from models.papers.frame import framed, round_fact, setting_facts
from models.papers.material import Gathering, MeetingMaterial, Output
from models.papers.package_front import condition_lines, told_by
from models.papers.paper import Block, Facts, Grid, Paper, PaperKind, Part, Points, Quote, Text, Under
from models.papers.round_front import round_front
from models.papers.saying import SHORT_HASH, Saying
from models.papers.shortening import clean
from models.papers.texts_others import MEETING
from models.process import Objection, Process
from models.rounds import SETTLED
from models.words import ObjectionStatus

HEADINGS = {"dissents": "disagree"}
"""What a part is headed with, where it is not with the phrase of its key."""


def meeting_paper(material: MeetingMaterial) -> Paper:
    """The paper."""
    setting = material.setting
    say = Saying(MEETING, setting.language, setting.words, public=setting.public)
    plan = setting.plan(material.phase)
    phase, then = material.phase, material.then
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("asked", _asked(material, say)),
        ("returned", _returned(material, say)),
        ("differences", _differences(material, say)),
        ("read", _read(material, say)),
        ("tested", [Points(points=tuple((clean(one), 0) for one in material.criteria))] if material.criteria else []),
        ("changes", substance_blocks.changes(material, say)),
        ("money", substance_blocks.money(material, say)),
        ("alternatives", substance_blocks.alternatives(material, say)),
        ("dissents", list(_disagreeing(material, say))),
        ("conditions", _conditions(material, say)),
        ("staff", substance_blocks.staff(then, material.substance, say)),
        ("next", substance_blocks.what_comes(then, material.ready, phase, setting, say)),
        ("codes", [Text(text=say("codes_say")), Facts(facts=material.codes)] if material.codes else []),
        ("outputs", [block for output in material.outputs for block in output_blocks(output, say)]),
        ("seals", _seals(material, say)),
    )
    return framed(
        PaperKind.MEETING,
        setting,
        say,
        title=plan.name.in_(say.language),
        subtitle=setting.title,
        kicker=say("kicker"),
        draft=True,
        date=local_date(material.at),
        facts=(
            *setting_facts(setting, say),
            round_fact(setting, material.phase, material.round, say),
            (say("due"), say.day(material.due)),
            (say("sent"), say.at(material.at)),
            (say("as_of"), say("as_of_say", at=say.at(material.at))),
        ),
        tarkiste=material.sha256,
        front=round_front(told_by(material, say), setting, then, phase, material.failing, material.ready, say),
        parts=tuple(
            Part(key=key, heading=say(HEADINGS.get(key, key)), blocks=tuple(blocks)) for key, blocks in parts if blocks
        ),
    )


def _asked(material: MeetingMaterial, say: Saying) -> list[Block]:
    blocks: list[Block] = [Text(text=say("asked_say", due=say.day(material.due))), Text(text=say("ways"))]
    if material.revised:
        named = next((one.name for one in material.outputs if one.key == material.revised), material.revised)
        reason = say.theirs(material.reason)
        blocks.append(Text(text=say("revised", output=clean(named), reason=reason), theirs=True))
        if material.technical:
            blocks.append(Text(text=say("technical")))
    groups = ", ".join(material.setting.group(group) for group in material.groups)
    facts = ((say("groups"), groups), *((say("meeting"), _meeting(one, material, say)) for one in material.meetings))
    return [*blocks, Facts(facts=facts), Text(text=say("not_cooperation"))]


def _meeting(one: Gathering, material: MeetingMaterial, say: Saying) -> str:
    group = material.setting.group(one.group) if one.group else ""
    return ", ".join(filter(None, (group, say.at(one.at), clean(one.place))))


def _returned(material: MeetingMaterial, say: Saying) -> list[Block]:
    """Why there is another round: why the work came back, what was objected and answered."""
    if material.round == 1:
        return []
    blocks: list[Block] = []
    if material.returned:
        blocks.append(Text(text=say("returned_why", reason=say.theirs(material.returned)), theirs=True))
    for one in material.answered:
        answer = say.theirs(one.answer) if one.answer else say("no_answer")
        blocks.append(Facts(facts=((say("objection"), say.theirs(one.text)), (say("answer"), answer))))
    return blocks


def objections_told(then: Process, phase: str) -> Iterator[tuple[str, Objection]]:
    """What is open in the phase's round, and what was answered in it and has been settled since."""
    round_ = then.rounds[phase].no
    for key, one in then.objections.items():
        settled = one.status in SETTLED and one.round == round_ and one.answer
        if one.phase == phase and (settled or one.status is ObjectionStatus.OPEN):
            yield key, one


def _disagreeing(material: MeetingMaterial, say: Saying) -> Iterator[Block]:
    """What is objected and offered in the round, and the dissents that stand."""
    then, number = material.then, 0
    for number, (key, one) in enumerate(objections_told(then, material.phase), 1):
        count, group = say.count("makers", len(one.makers)), material.setting.group(one.group)
        yield Under(heading=say("objection_of", number=number, group=group, count=count), key=key)
        yield Quote(text=say("offered", text=say.theirs(one.text)) if one.offer else say.theirs(one.text))
        facts = [(say("answer"), f"{say.theirs(one.answer)} ({say.among('result', one.result)})")] if one.answer else []
        if one.status is not ObjectionStatus.OPEN:
            facts.append((say("objection_status"), say.among("status", one.status)))
        if facts:
            yield Facts(facts=tuple(facts))
    for no, (key, dissent) in enumerate(then.dissents.items(), number + 1):
        yield from dissent_blocks(material.setting, no, key, dissent_told(dissent), say)


def _conditions(material: MeetingMaterial, say: Saying) -> list[Block]:
    """The conditions that are open."""
    told = {key: one.model_dump(include={"text", "due"}) for key, one in material.then.conditions.items()}
    points = tuple((line, 0) for line in condition_lines(material.setting, material.then, told, say))
    return [Points(points=points, theirs=True)] if points else []


def _differences(material: MeetingMaterial, say: Saying) -> list[Block]:
    """What differs from the round before, row by row."""
    if not material.differences:
        return []
    headings = tuple(map(say, ("in_table", "what", "fate", "how")))
    rows = tuple(
        (clean(one.where), clean(one.what), say.among("fate", one.fate), clean(one.how)) for one in material.differences
    )
    return [Text(text=say("marks"), small=True), Grid(headings=headings, rows=rows, theirs=True)]


def _read(material: MeetingMaterial, say: Saying) -> list[Block]:
    headings = tuple(map(say, ("output", "version", "difference", "publicity", "tarkiste")))
    rows = tuple(
        (
            clean(one.name),
            str(one.no),
            say(_difference(material, one)),
            say.among("publicity", one.publicity),
            one.sha256[:SHORT_HASH],
        )
        for one in material.outputs
    )
    return [Grid(headings=headings, rows=rows, numbers=(1,), theirs=True)]


def _seals(material: MeetingMaterial, say: Saying) -> list[Block]:
    """Every hash in full."""
    rows = ((say("manifest"), material.sha256), *((clean(one.name), one.sha256) for one in material.outputs))
    return [Grid(headings=(say("output"), say("tarkiste")), rows=rows), Text(text=say("files_say"), small=True)]


def _difference(material: MeetingMaterial, output: Output) -> str:
    if material.revised is not None:
        return "changed" if output.key == material.revised else "unchanged"
    former = material.former.get(output.key)
    return "new" if former is None else "unchanged" if former == output.sha256 else "changed"
