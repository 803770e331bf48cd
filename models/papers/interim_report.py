"""The interim report (väliraportti): one page for the executive and the council after each checkpoint."""

from models.days.calendar import local_date
from models.package import standing_in
from models.papers.bodies import next_lines, sum_line, sums_with_total
from models.papers.frame import framed, setting_facts
from models.papers.front import LINE, rows
from models.papers.group_words import stale_then, verdict_then
from models.papers.material import PackageMaterial, Setting
from models.papers.package_front import condition_lines, dissent_line, not_given, proposed_lines, proposed_rows
from models.papers.paper import Front, FrontPart, Paper, PaperKind
from models.papers.saying import SHORT_HASH, Saying
from models.papers.texts_others import INTERIM
from models.rounds import Standing
from models.words import BodyKind, PhaseStatus, Publicity

TOLD = (BodyKind.EXECUTIVE, BodyKind.COUNCIL)


def interim_report(material: PackageMaterial) -> Paper:
    """The paper: one page, whatever there is to tell; all of it is in the package."""
    setting = material.setting
    say = Saying(INTERIM, setting.language, setting.words, public=setting.public)
    plan = setting.plan(material.phase)
    return framed(
        PaperKind.INTERIM_REPORT,
        setting,
        say,
        title=plan.name.in_(say.language),
        subtitle=setting.title,
        kicker=say("kicker"),
        draft=any(output.publicity is not Publicity.PUBLIC for output in material.outputs),
        date=local_date(material.at),
        facts=(*setting_facts(setting, say), _to(setting, say)),
        tarkiste=material.sha256,
        front=Front(pages=1, parts=_parts(material, say), closing=say("binds_nobody")),
    )


def _to(setting: Setting, say: Saying) -> tuple[str, str]:
    bodies = [body.name.in_(say.language) for body in setting.definition.bodies if body.kind in TOLD]
    return say("to"), ", ".join(bodies)


def _parts(material: PackageMaterial, say: Saying) -> tuple[FrontPart, ...]:
    told = {
        "done": [],
        "proposed": proposed_lines(material, say),
        "money": [sum_line(cells, say) for cells in sums_with_total(material.substance, say)[:1]],
        "stances": _stances(material, say),
        "disagreed": [f"{group} ({count}): {said}" for group, count, said in _dissents(material, say)],
        "conditions": condition_lines(material.setting, material.then, material.body["conditions"], say),
        "next": next_lines(material.then, material.ready, material.phase, material.setting, say),
    }
    without = {
        "disagreed": say("nobody"),
        "conditions": say("no_conditions"),
        "money": not_given(material, "no_money", say),
    }
    return tuple(
        FrontPart(
            key="",
            heading=say(key),
            of=len(lines),
            rows=proposed_rows(material, say) if key == "proposed" else rows([(line,) for line in lines], (LINE,)),
            say=_done(material, say) if key == "done" else "",
            closing="" if lines else without.get(key, ""),
            theirs=True,
        )
        for key, lines in told.items()
    )


def _done(material: PackageMaterial, say: Saying) -> str:
    phases = material.then.phases.values()
    return " ".join(
        (
            say(
                "done_say",
                phase=material.setting.plan(material.phase).name.in_(say.language),
                day=say.day(local_date(material.at)),
                outcome=say.among("outcome", material.body["outcome"]),
                passed=sum(phase.status is PhaseStatus.PASSED for phase in phases),
                all=len(phases),
            ),
            say("all_of_it", hash=material.sha256[:SHORT_HASH]),
        )
    )


def _stances(material: PackageMaterial, say: Saying) -> list[str]:
    return [_stance(standing_in(material.body, one), material, say) for one in material.body["groups"]]


def _stance(stood: Standing, material: PackageMaterial, say: Saying) -> str:
    told = verdict_then(stood).in_(say.language)
    counts = {key: getattr(stood, key) for key in ("accept", "object", "abstain", "silent")}
    group = material.setting.group(stood.group)
    stale = [f" {one.seats} {one.words}." for one in stale_then(material.body, stood, say.language)]
    return say("stances_say", group=group, verdict=told[0].lower() + told[1:], **counts) + "".join(stale)


def _dissents(material: PackageMaterial, say: Saying) -> list[tuple[str, str, str]]:
    return [dissent_line(material.setting, one, say) for one in material.body["dissents"].values()]
