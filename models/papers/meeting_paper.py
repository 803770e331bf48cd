"""The meeting document: exactly what a working group reads in a round, under the hash of the meeting manifest."""

from models.days.calendar import local_date
from models.papers.bodies import output_blocks
from models.papers.frame import framed, round_fact, setting_facts
from models.papers.material import Gathering, MeetingMaterial, Output
from models.papers.paper import Block, Facts, Grid, Paper, PaperKind, Part, Points, Text
from models.papers.saying import SHORT_HASH, Saying
from models.papers.shortening import clean
from models.papers.texts_others import MEETING


def meeting_paper(material: MeetingMaterial) -> Paper:
    """The paper."""
    setting = material.setting
    say = Saying(MEETING, setting.language, setting.words, public=setting.public)
    plan = setting.plan(material.phase)
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("asked", _asked(material, say)),
        ("returned", _returned(material, say)),
        ("differences", _differences(material, say)),
        ("read", _read(material, say)),
        ("tested", [Points(points=tuple((clean(one), 0) for one in material.criteria))] if material.criteria else []),
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
        ),
        tarkiste=material.sha256,
        parts=tuple(Part(key=key, heading=say(key), blocks=tuple(blocks)) for key, blocks in parts if blocks),
    )


def _asked(material: MeetingMaterial, say: Saying) -> list[Block]:
    blocks: list[Block] = [Text(text=say("asked_say", due=say.day(material.due))), Text(text=say("ways"))]
    if material.revised:
        named = next((one.name for one in material.outputs if one.key == material.revised), material.revised)
        reason = say.theirs(material.reason)
        blocks.append(Text(text=say("revised", output=clean(named), reason=reason), theirs=True))
        if material.technical:
            blocks.append(Text(text=say("technical")))
    if material.open_objections:
        blocks.append(Text(text=say("open_objections", count=material.open_objections)))
    groups = ", ".join(material.setting.group(group) for group in material.groups)
    facts = ((say("groups"), groups), *((say("meeting"), _meeting(one, material, say)) for one in material.meetings))
    return [*blocks, Facts(facts=facts), Text(text=say("not_cooperation"))]


def _meeting(one: Gathering, material: MeetingMaterial, say: Saying) -> str:
    group = material.setting.group(one.group) if one.group else ""
    return ", ".join(filter(None, (group, say.at(one.at), clean(one.place))))


def _returned(material: MeetingMaterial, say: Saying) -> list[Block]:
    """Why there is another round: why the work came back, what was objected and answered, what is open."""
    if material.round == 1:
        return []
    blocks: list[Block] = []
    if material.returned:
        blocks.append(Text(text=say("returned_why", reason=say.theirs(material.returned)), theirs=True))
    for one in material.answered:
        answer = say.theirs(one.answer) if one.answer else say("no_answer")
        blocks.append(Facts(facts=((say("objection"), say.theirs(one.text)), (say("answer"), answer))))
    conditions = [
        say("condition", text=say.theirs(one.text), day=say.day(one.due)) for one in material.then.conditions.values()
    ]
    if conditions:
        blocks.append(Text(text=say("open_conditions")))
        blocks.append(Points(points=tuple((clean(one), 0) for one in conditions), theirs=True))
    return blocks


def _differences(material: MeetingMaterial, say: Saying) -> list[Block]:
    """What differs from the round before, row by row."""
    if not material.differences:
        return []
    headings = tuple(map(say, ("where", "what", "fate", "how")))
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
