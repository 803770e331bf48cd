"""Papers made of nothing but values: a package of Kemijärvi's definition with whatever a test puts into it."""

import base64
import datetime as dt
import struct
import zlib
from decimal import Decimal
from functools import cache
from importlib.resources import files as resources
from typing import Any

from models.days.calendar_data import calendar_for
from models.days.schedule import schedule
from models.definitions.definition import Definition, GroupAtCheckpoint
from models.definitions.file import read_definition
from models.documents.parts import Document
from models.documents.reading import read_document
from models.papers.agenda_item import agenda_item
from models.papers.interim_report import interim_report
from models.papers.material import (
    Alternative,
    Attached,
    Change,
    MeetingMaterial,
    MemoMaterial,
    Output,
    PackageMaterial,
    Said,
    Setting,
    Substance,
    Sum,
    Without,
)
from models.papers.meeting_paper import meeting_paper
from models.papers.memo_paper import memo_paper
from models.papers.package_paper import package_paper
from models.papers.paper import Look, Paper
from models.process import Phase, Process, Round
from models.words import PhaseStatus, Publicity

PHASE = "tuottamistapa"
LOCKED = dt.datetime(2027, 4, 14, 6, 0, tzinfo=dt.UTC)
HASH = "ab" * 32


@cache
def definition() -> Definition:
    source = resources("config").joinpath("processes/kemijarvi-2030.yaml").read_text("utf-8")
    return read_definition(source, "kemijarvi-2030.yaml")


def emblem() -> bytes:
    """A small picture in PNG."""
    side = 16
    rows = b"".join(b"\0" + bytes((31, 78, 121)) * side for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def setting(language: str = "fi", words: dict[str, str] | None = None, **more: Any) -> Setting:
    told = {"look": Look(name="Kemijärvi"), "title": "Kemijärvi kohti vuotta 2030", "theirs": "fi", **more}
    return Setting(
        language=language,
        municipality="Kemijärvi",
        process="kemijarvi-2030",
        matter_number="KJ/412/00.01.02/2026",
        setting_up={"body": "Kaupunginhallitus", "date": dt.date(2026, 10, 19), "section": "210"},
        definition=definition(),
        words=words or {},
        **told,
    )


def process(**more: Any) -> Process:
    plan = definition()
    choices = {choice.id: choice.proposed for choice in plan.choices}
    return Process(
        id="kemijarvi-2030",
        municipality="kemijarvi",
        definition=HASH,
        roles={"coordinator": "coordinator"},
        groups={group.id: group.id for group in plan.groups},
        choices=choices,
        dates=schedule(plan, dt.date(2026, 12, 1), choices, calendar_for()).dates,
        phases={phase.id: Phase(status=PhaseStatus.PASSED) for phase in plan.phases},
        **more,
    )


def document(text: str = "# Kuva\n\nKunta tekee itse sen, mikä vaatii läsnäoloa.\n") -> Document:
    return read_document(text, "tuotos.md")


def output(name: str = "Tuottamistapakuva", text: str | None = None, **more: Any) -> Output:
    told = {"publicity": Publicity.IN_PREPARATION, "document": document(text) if text else document(), **more}
    return Output(key=name.lower().replace(" ", "-"), name=name, no=1, sha256="cd" * 32, **told)


def attached(name: str, publicity: Publicity = Publicity.IN_PREPARATION) -> Attached:
    return Attached(name=name, sha256="ef" * 32, publicity=publicity)


GROUP = {
    "group": "hyvinvointiryhma",
    "rule": "consent",
    "quorum": "1/2",
    "seats": 6,
    "accept": 4,
    "object": 1,
    "abstain": 0,
    "not_read": 0,
    "silent": 1,
    "disqualified": 0,
    "left": 0,
    "met": True,
}


def dissent(text: str, **more: Any) -> dict[str, Any]:
    told = {"phase": PHASE, "round": 1, "group": "hyvinvointiryhma", "count": 2, "names": [], "reason": None}
    return {**told, "late": False, "text": text, **more}


def objection(text: str, **more: Any) -> dict[str, Any]:
    told = {"round": 1, "group": "elinvoimaryhma", "makers": 1, "offer": False, "status": "withdrawn", "answer": None}
    return {**told, "result": None, "text": text, **more}


def condition(text: str) -> dict[str, Any]:
    return {"phase": PHASE, "objection": None, "text": text, "due": "2027-05-01", "checkpoint": None}


def body(**more: Any) -> dict[str, Any]:
    return {
        "phase": PHASE,
        "round": 1,
        "outcome": "passed",
        "stated_by": "stated",
        "manifest": "12" * 32,
        "received": {},
        "previous": None,
        "supersedes": None,
        "groups": [GROUP],
        "objections": {},
        "dissents": {},
        "conditions": {},
        "criteria": {},
        "waived": {},
        "remarks": [],
        "affected": {},
        **more,
    }


def package(
    language: str = "fi",
    *,
    words: dict[str, str] | None = None,
    outputs: tuple[Output, ...] = (),
    substance: Substance | None = None,
    of_setting: dict[str, Any] | None = None,
    **of_body: Any,
) -> PackageMaterial:
    named = {"stated": "Hallintojohtaja", **(words or {})}
    return PackageMaterial(
        setting=setting(language, named, **(of_setting or {})),
        sha256=HASH,
        body=body(**of_body),
        at=LOCKED,
        then=process(),
        ready=("hallintomalli",),
        outputs=outputs or (output(),),
        substance=substance or Substance(),
    )


def meeting(language: str = "fi", outputs: tuple[Output, ...] = (), **more: Any) -> MeetingMaterial:
    return MeetingMaterial(
        setting=setting(language),
        sha256=HASH,
        phase=PHASE,
        round=2,
        at=LOCKED,
        due=dt.date(2027, 4, 20),
        groups=("hyvinvointiryhma", "elinvoimaryhma"),
        criteria=("Jokaisen ryhmän kanta on saatu",),
        then=process(rounds={PHASE: round_()}),
        outputs=outputs or (output(),),
        **more,
    )


def round_(**more: Any) -> Round:
    """A round that two groups are asked in."""
    groups = tuple(GroupAtCheckpoint(group=key) for key in ("hyvinvointiryhma", "elinvoimaryhma"))
    told = {"no": 2, "opened_at": LOCKED, "due": dt.date(2027, 4, 20), "submitted_by": (), "manifest": HASH}
    return Round.model_validate({**told, "versions": {}, "groups": groups, "seats": {}, **more})


def memo(language: str = "fi", words: dict[str, str] | None = None) -> MemoMaterial:
    said = (Said(kind="accept"), Said(kind="accept"), Said(kind="object", reason="why"))
    told = {"memo": "Ryhmä kävi vaihtoehdot läpi.", "why": "Palvelu heikkenee.", **(words or {})}
    return MemoMaterial(
        setting=setting(language, told),
        sha256=HASH,
        phase=PHASE,
        round=2,
        group="hyvinvointiryhma",
        held_on=dt.date(2027, 4, 8),
        recorded_at=LOCKED,
        present=3,
        seats=6,
        group_stance="accept",
        said=said,
        memo="memo",
        until=LOCKED,
        manifest="34" * 32,
    )


EMBLEM = base64.b64encode(emblem()).decode()
STRUCTURED = "# Kuva\n\n## Luku\n\n- yksi\n  - kaksi\n\n1. a\n2. b\n\n| Tarve | Euroa |\n|---|---:|\n| T1 | 5 |\n"
MONEY = (Decimal(310000), Decimal(285000))
YEARS = (Decimal("6.0"), Decimal("5.5"))
LONG = "Saavutettavuus ja jatkuvuus kylissä on turvattava kaikissa oloissa. " * 12
FRONTS = {
    "nothing": {},
    "a little": {"dissents": {"d1": dissent("why")}, "words": {"why": "En kannata."}},
    "with a table": {
        "substance": Substance(sums=tuple(Sum(what=f"Tarve {n}", euros=MONEY, years=YEARS) for n in range(6))),
    },
    "a page and a half": {
        "substance": Substance(
            changes=tuple(Change(where=f"Kylä {n}", service="Koulu", what="Lakkaa") for n in range(20)),
            sums=tuple(Sum(what=f"Tarve {n}", euros=MONEY, years=YEARS) for n in range(16)),
        ),
    },
    "very much": {
        "dissents": {f"d{n}": dissent("long") for n in range(30)},
        "conditions": {f"c{n}": condition("long") for n in range(30)},
        "waived": {"omistus": "long", **{f"x{n}": "long" for n in range(30)}},
        "remarks": [{"phase": PHASE, "group": "elinvoimaryhma", "kind": "object", "reason": "long"}] * 9,
        "words": {"long": LONG},
        "outputs": tuple(output(f"Tuotos {n}", f"# T\n\n{LONG}") for n in range(3)),
        "substance": Substance(
            changes=tuple(Change(where=f"Kylä {n}", service=LONG[:900], what=LONG[:700]) for n in range(60)),
            sums=tuple(Sum(what=LONG[:300], euros=MONEY, years=YEARS) for _ in range(60)),
            total=Sum(what="", euros=MONEY, years=YEARS),
            alternatives=tuple(
                Alternative(about=f"T{n}", name=LONG[:200], euros=Decimal(n), why=LONG[:500]) for n in range(60)
            ),
            staff=(LONG[:800],) * 20,
        ),
    },
    "words without end": {
        "dissents": {"d1": dissent("long")},
        "words": {"long": "Ä" * 100_000},
        "outputs": (output("W" * 3000, f"# {'W' * 400}\n\n{'M' * 20_000}\n"),),
    },
    "other scripts": {
        "dissents": {f"d{n}": dissent("rtl") for n in range(20)},
        "words": {"rtl": "אני מתנגד 😀👩‍👩‍👧 ﷽﷽﷽ 日本語日本語 " * 300},
        "outputs": (output("مرحبا " * 200, "# م\n\nمرحبا بالعالم 123 (abc)\n"),),
    },
}


def every_paper(language: str) -> dict[str, Paper]:
    words = {"why": "Palvelu heikkenee.", "answer": "Ei muutettu.", "done": "Selvitys tehdään."}
    made_from = package(
        language,
        words=words,
        dissents={"d1": dissent("why", reason="answer")},
        objections={"o1": objection("why", answer="answer", result="unchanged")},
        conditions={"c1": condition("done")},
        affected={"henkilosto": {"on": "2027-03-16", "heard": True, "effect": "answer"}},
        of_setting={"look": Look(name="Kemijärvi", logo=EMBLEM)},
        outputs=(
            output(text=STRUCTURED),
            output("Salainen", document=None, without=Without.SECRET, publicity=Publicity.SECRET),
        ),
    )
    return {
        "package": package_paper(made_from),
        "agenda-item": agenda_item(made_from),
        "interim-report": interim_report(made_from),
        "meeting": meeting_paper(meeting(language)),
        "memo": memo_paper(memo(language)),
    }
