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
from models.papers.material import Change, PackageMaterial
from models.papers.package_front import condition_lines, dissent_line, not_given, proposed_lines, waived_lines
from models.papers.paper import Front, FrontPart, Paper, PaperKind
from models.papers.saying import SHORT_HASH, Saying
from models.papers.shortening import one_line
from models.papers.texts_agenda import AGENDA
from models.words import SECRET, BodyKind, HandlingKind, Publicity

MOST_NAMED = 8


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
        "appeal": list(_appeal(material, say)),
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
    yield from _concerned(material, say)
    for one in material.body["dissents"].values():
        group, count, words = dissent_line(material.setting, one, say)
        yield say("dissent_line", group=group, count=count, text=words)
    for line in condition_lines(material.setting, material.then, material.body["conditions"], say):
        yield say("condition_line", text=line)
    for what, why in waived_lines(material.setting, material.body, say):
        yield say("waived_line", text=f"{what}: {why}")


def _concerned(material: PackageMaterial, say: Saying) -> Iterator[str]:
    """Which services or units the proposal changes, by name."""
    named = list(dict.fromkeys(one.service or one.where for one in material.substance.changes))
    if named:
        more = len(named) - MOST_NAMED
        first = ", ".join(named[:MOST_NAMED])
        yield say("concerned", named=f"{first} {say.count('and_more', more)}" if more > 0 else first)


def _impact(material: PackageMaterial, say: Saying) -> Iterator[str]:
    """What the proposal means, in sentences; each kind of effect begins with its heading."""
    sums = sums_with_total(material.substance, say)
    money = sum_line(sums[0], say) if sums else not_given(material, "no_money", say)
    heard = {group.id: group.name.in_(say.language) for group in material.setting.plan(material.phase).affected}
    told = {
        "of_money": [money],
        "of_staff": [*cooperation_lines(material.then, say), *map(_sentence, material.substance.staff)],
        "of_services": [change_sentences(change, say) for change in material.substance.changes],
        "of_heard": [
            say(
                "heard_line", group=heard.get(key, key), day=say.day(one["on"]), effect=say.theirs(one["effect"])
            ).strip()
            for key, one in material.body["affected"].items()
        ],
    }
    for key, lines in told.items():
        for at, line in enumerate(lines):
            yield say("headed", heading=say(key), line=line) if at == 0 else line


def change_sentences(change: Change, say: Saying) -> str:
    """Where and which service, then in sentences of their own: now, as proposed, by whom, from when."""
    parts = {"now": change.now, "then": change.then or change.what, "who": change.who, "starts": change.starts}
    told = [say(f"change_{key}", words=words.rstrip(". ")) for key, words in parts.items() if words]
    where = ", ".join(words.strip(" ,") for words in (change.where, change.service) if words)
    return " ".join([_sentence(where), *told]) if where else " ".join(told)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _appeal(material: PackageMaterial, say: Saying) -> Iterator[str]:
    """On what appeal lies: nothing while the matter is prepared; the decision of the body that settles it."""
    yield say("appeal_say")
    deciding = [one for one in material.setting.definition.decision.chain if one.kind is HandlingKind.DECISION]
    if material.ready or material.setting.definition.phases[-1].id != material.phase:
        return
    kinds = {body.id: body.kind for body in material.setting.definition.bodies}
    for one in deciding:
        key = "appeal_council" if kinds.get(one.body) is BodyKind.COUNCIL else "appeal_other"
        yield say(key, body=material.setting.body(one.body))


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
