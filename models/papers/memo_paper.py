"""The memo (muistio) of one group's meeting at a checkpoint: what was recorded, in counts and reasons, no names."""

from collections import Counter

from models.days.formats import last_day
from models.papers.frame import framed, round_fact, setting_facts
from models.papers.material import MemoMaterial
from models.papers.paper import Block, Facts, Grid, Paper, PaperKind, Part, Quote, Text
from models.papers.saying import SHORT_HASH, Saying
from models.papers.shortening import clean
from models.papers.texts_others import MEMO


def memo_paper(material: MemoMaterial) -> Paper:
    """The paper."""
    setting = material.setting
    say = Saying(MEMO, setting.language, setting.words, public=setting.public)
    plan, group = setting.plan(material.phase), setting.group(material.group)
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("setting", [Facts(facts=_setting_of(material, say))]),
        ("group_stance", [Text(text=_group_stance(material, say))]),
        ("counts", _counts(material, say)),
        ("reasons", [Quote(text=say.theirs(one.reason)) for one in material.said if one.reason]),
        ("memo", [Text(text=say.theirs(material.memo), theirs=True)]),
        ("correcting", _correcting(material, say)),
        ("approval", [Facts(facts=((say("approved"), say("approved_line")),))]),
    )
    return framed(
        PaperKind.MEMO,
        setting,
        say,
        title=say("title", group=group),
        subtitle=f"{setting.title}: {plan.name.in_(say.language)}",
        kicker=say("kicker"),
        draft=True,
        date=material.held_on,
        facts=(
            *setting_facts(setting, say),
            round_fact(setting, material.phase, material.round, say),
            (say("held"), say.day(material.held_on)),
            (say("about"), say("seal", hash=material.manifest[:SHORT_HASH])),
        ),
        tarkiste=material.sha256,
        parts=tuple(Part(key=key, heading=say(key), blocks=tuple(blocks)) for key, blocks in parts if blocks),
    )


def _setting_of(material: MemoMaterial, say: Saying) -> tuple[tuple[str, str], ...]:
    """Where and when, and how many were there; what nobody told Etappi is left to the secretary."""
    called = material.called
    counted = {"present": material.present, "seats": material.seats, "deputies": material.deputies}
    absent = max(0, material.seats - material.present)
    facts = [
        (say("begins"), say.at(called.at)) if called else (say("begins"), say("to_fill")),
        (say("ended"), say("to_fill")),
        (say("place"), clean(called.place) if called and called.place else say("to_fill")),
        (say("chair"), say("to_fill")),
        (say("present"), say("present_count", absent=absent, **counted)),
    ]
    return (*facts, *([(say("disqualified"), str(material.disqualified))] if material.disqualified else []))


def _group_stance(material: MemoMaterial, say: Saying) -> str:
    return say.among("group", material.group_stance) if material.group_stance else say("no_group_stance")


def _counts(material: MemoMaterial, say: Saying) -> list[Block]:
    counted = Counter(one.kind for one in material.said)
    rows = tuple((say.among("stance", kind), str(count)) for kind, count in counted.items())
    grid = Grid(headings=(say("stance"), say("how_many")), rows=rows, numbers=(1,))
    return [grid, Text(text=say("later"), small=True)] if rows else []


def _correcting(material: MemoMaterial, say: Saying) -> list[Block]:
    until = [Text(text=say("until", until=say.day(last_day(material.until))))] if material.until else []
    return [*until, Text(text=say("no_names")), Text(text=say("binds_nobody"))]
