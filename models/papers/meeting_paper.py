"""The meeting document: exactly what a working group reads in a round, under the hash of the meeting manifest."""

from models.days.calendar import local_date
from models.papers.bodies import output_blocks
from models.papers.frame import framed, setting_facts
from models.papers.material import MeetingMaterial, Output
from models.papers.paper import Block, Facts, Grid, Paper, PaperKind, Part, Points, Text
from models.papers.saying import Saying
from models.papers.shortening import clean
from models.papers.texts_others import MEETING


def meeting_paper(material: MeetingMaterial) -> Paper:
    """The paper."""
    setting = material.setting
    say = Saying(MEETING, setting.language, setting.words, public=setting.public)
    plan = setting.plan(material.phase)
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("asked", _asked(material, say)),
        ("read", _read(material, say)),
        ("tested", [Points(points=tuple((clean(one), 0) for one in material.criteria))] if material.criteria else []),
        ("outputs", [block for output in material.outputs for block in output_blocks(output, say)]),
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
            (say("checkpoint"), f"{plan.checkpoint.name.in_(say.language)}, {say('round').lower()} {material.round}"),
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
    return [*blocks, Facts(facts=((say("groups"), groups),)), Text(text=say("not_cooperation"))]


def _read(material: MeetingMaterial, say: Saying) -> list[Block]:
    headings = tuple(map(say, ("output", "version", "difference", "publicity", "tarkiste")))
    rows = tuple(
        (
            clean(one.name),
            str(one.no),
            say(_difference(material, one)),
            say.among("publicity", one.publicity),
            one.sha256,
        )
        for one in material.outputs
    )
    named = Facts(facts=((say("manifest"), material.sha256),))
    return [
        named,
        Grid(headings=headings, rows=rows, numbers=(1,), theirs=True),
        Text(text=say("files_say"), small=True),
    ]


def _difference(material: MeetingMaterial, output: Output) -> str:
    if material.revised is not None:
        return "changed" if output.key == material.revised else "unchanged"
    former = material.former.get(output.key)
    return "new" if former is None else "unchanged" if former == output.sha256 else "changed"
