"""The agenda item (kokousasian pohja): the fixed headings of a body's matter, filled in from a package, on two pages.

What only an office-holder may write (the presenting officer, the proposed decision) is left to them. Every file is
marked: an output is an appendix (liite), part of what is decided; the package and what goes with outputs are
supplementary material (oheismateriaali).
"""

from collections.abc import Iterator

from models.days.calendar import local_date
from models.papers.bodies import cooperation_lines, sum_line, sums_with_total
from models.papers.frame import framed
from models.papers.front import LINE, rows
from models.papers.material import PackageMaterial
from models.papers.package_front import condition_line, dissent_line, not_given, proposed_lines, waived_lines
from models.papers.paper import Front, FrontPart, Paper, PaperKind
from models.papers.saying import SHORT_HASH, Saying
from models.papers.shortening import one_line
from models.papers.texts_agenda import AGENDA
from models.words import SECRET, Publicity


def agenda_item(material: PackageMaterial) -> Paper:
    """The paper."""
    setting = material.setting
    say = Saying(AGENDA, setting.language, setting.words, public=setting.public)
    told = {
        "earlier": list(_earlier(material, say)) or [say("nothing_earlier")],
        "preparer": [say.theirs(material.body["stated_by"])],
        "account": list(_account(material, say)),
        "impact": list(_impact(material, say)),
        "presenter": [say("presenter_say")],
        "proposal": [say("proposal_say")],
        "appendices": list(_appendices(material, say)),
        "material": list(_supplementary(material, say)),
        "informed": [say("informed_say", groups=", ".join(_groups(material)))],
        "appeal": [say("appeal_say")],
    }
    return framed(
        PaperKind.AGENDA_ITEM,
        setting,
        say,
        title=f"{setting.title}: {setting.plan(material.phase).name.in_(say.language)}",
        kicker=say("kicker"),
        draft=any(output.publicity is not Publicity.PUBLIC for output in material.outputs),
        date=local_date(material.at),
        facts=((say("matter"), setting.matter_number or "–"),),
        tarkiste=material.sha256,
        front=Front(
            pages=2,
            parts=tuple(
                FrontPart(
                    key=key, heading=say(key), of=len(lines), rows=rows([(line,) for line in lines], (LINE * 1.3,))
                )
                for key, lines in told.items()
            ),
        ),
    )


def _groups(material: PackageMaterial) -> list[str]:
    return [material.setting.group(group["group"]) for group in material.body["groups"]]


def _earlier(material: PackageMaterial, say: Saying) -> Iterator[str]:
    setting = material.setting
    if setting.setting_up:
        told = setting.setting_up
        yield say("earlier_set_up", body=told.body, day=say.day(told.date), section=told.section)
    for one in material.then.handlings.values():
        section = f" § {one.section}" if one.section else ""
        outcome = say.among("handling", one.outcome)
        yield say(
            "earlier_handling", body=setting.body(one.body), day=say.day(one.date), section=section, outcome=outcome
        )


def _account(material: PackageMaterial, say: Saying) -> Iterator[str]:
    groups = material.body["groups"]
    yield say(
        "account_say",
        phase=material.setting.plan(material.phase).name.in_(say.language),
        day=say.day(local_date(material.at)),
        outcome=say.among("outcome", material.body["outcome"]),
        met=sum(bool(group["met"]) for group in groups),
        all=len(groups),
    )
    yield from proposed_lines(material, say)
    for one in material.body["dissents"].values():
        group, count, words = dissent_line(material, one, say)
        yield say("dissent_line", group=group, count=count, text=words)
    for one in material.body["conditions"].values():
        yield say("condition_line", text=condition_line(one, say))
    for what, why in waived_lines(material, say):
        yield say("waived_line", text=f"{what}: {why}")


def _impact(material: PackageMaterial, say: Saying) -> Iterator[str]:
    sums = sums_with_total(material.substance, say)
    yield sum_line(sums[0], say) if sums else not_given(material, "no_money", say)
    yield from cooperation_lines(material.then, say)
    yield from material.substance.staff
    for change in material.substance.changes:
        yield say("change_line", where=change.where, service=change.service, what=change.what)
    named = {group.id: group.name.in_(say.language) for group in material.setting.plan(material.phase).affected}
    for key, one in material.body["affected"].items():
        effect = say.theirs(one["effect"])
        yield say("heard_line", group=named.get(key, key), day=say.day(one["on"]), effect=effect).strip()


def _appendices(material: PackageMaterial, say: Saying) -> Iterator[str]:
    for number, one in enumerate(material.outputs, 1):
        named = {"number": number, "name": one_line(one.name), "no": one.no}
        if one.publicity in SECRET:
            yield say("secret_appendix", paragraph=one.paragraph or say("no_paragraph"), **named)
        else:
            yield say("appendix", hash=one.sha256[:SHORT_HASH], **named)


def _supplementary(material: PackageMaterial, say: Saying) -> Iterator[str]:
    phase = material.setting.plan(material.phase).name.in_(say.language)
    yield say("the_package", phase=phase, hash=material.sha256[:SHORT_HASH])
    for output in material.outputs:
        for one in output.attached:
            if one.publicity in SECRET:
                yield say("secret_file", paragraph=one.paragraph or say("no_paragraph"))
            else:
                yield say("material_file", name=one_line(one.name), hash=one.sha256[:SHORT_HASH])
