"""What all papers have in common: whose they are, what they rest on, their stamp, and the phrases of the renderings."""

import datetime as dt

from models.days.calendar import local_date
from models.papers.material import Setting
from models.papers.paper import Front, Paper, PaperKind, Part
from models.papers.saying import SHORT_HASH, Saying
from models.papers.shortening import clean

NOTES = ("page", "goes_on", "goes_on_in", "in_package", "more", "not_shown", "contents")


def framed(
    kind: PaperKind,
    setting: Setting,
    say: Saying,
    *,
    title: str,
    subtitle: str = "",
    kicker: str,
    draft: bool,
    date: dt.date,
    facts: tuple[tuple[str, str], ...] = (),
    tarkiste: str = "",
    front: Front | None = None,
    parts: tuple[Part, ...] = (),
) -> Paper:
    """The paper, with the municipality's look and the stamp it must carry."""
    stamps = [say("draft")] if draft and not setting.public else []
    stamps += [] if setting.setting_up else [say("rehearsal")]
    said = [kicker, *([say("public_edition")] if setting.public else [])]
    no = len(setting.editions) + 1
    if setting.editions:
        said.append(say("edition", no=no, day=say.day(local_date(setting.editions[-1]))))
    if setting.made_public:
        said.append(say("made_public", day=say.day(local_date(setting.made_public.at))))
    return Paper(
        kind=kind,
        language=setting.language,
        theirs=setting.theirs,
        title=clean(title) or "–",
        subtitle=clean(subtitle),
        kicker=" · ".join(said),
        edition=no,
        since=setting.made_public.sequence if setting.made_public else 0,
        look=setting.look.model_copy(update={"name": clean(setting.look.name) or "–"}),
        stamp=" · ".join(stamps),
        reminder=say("preparation"),
        date=date,
        date_text=say.day(date),
        facts=tuple((name, clean(value)) for name, value in facts),
        tarkiste=tarkiste,
        seal=say("seal", hash=tarkiste[:SHORT_HASH]) if tarkiste else "",
        front=front,
        parts=parts,
        notes={
            **{key: str(say.texts[key].in_(say.language)) for key in NOTES},
            "logo": say("logo", name=setting.look.name),
        },
    )


def round_fact(setting: Setting, phase: str, round_: object, say: Saying) -> tuple[str, str]:
    """Which round of which checkpoint."""
    checkpoint = setting.plan(phase).checkpoint.name.in_(say.language)
    return say("round"), say("round_of", round=round_, checkpoint=checkpoint)


def setting_facts(setting: Setting, say: Saying) -> tuple[tuple[str, str], ...]:
    """What the matter is and what it rests on."""
    facts = [(say("matter"), setting.matter_number)] if setting.matter_number else []
    if setting.setting_up:
        told = setting.setting_up
        facts.append((say("setting_up"), f"{told.body} {say.day(told.date)} § {told.section}"))
    return tuple(facts)
