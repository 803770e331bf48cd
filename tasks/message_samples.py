"""A sample of every message in every language: what `etappi preview` shows, and what is looked at when texts change."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from models.days.formats import Language
from models.telling.notices import ETAPPI_NEEDS, NEEDS, Contact, Fact, Notice
from tasks.messages import Message, Ways, compose

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
TODAY = dt.date(2027, 1, 26)
DUE = dt.date(2027, 1, 29)
LATE = dt.date(2027, 1, 22)
ADDRESS = "https://etappi.kemijarvi.example"
DOMAIN = "kemijarvi.example"

NAMES: dict[str, dict[Language, str]] = {
    "municipality": {"fi": "Kemijärven kaupunki", "sv": "Kemijärvi stad", "en": "City of Kemijärvi"},
    "coordinator": {"fi": "Strategiakoordinaattori", "sv": "Strategikoordinatorn", "en": "Strategy coordinator"},
    "process": {
        "fi": "Kemijärvi kohti vuotta 2030",
        "sv": "Kemijärvi mot år 2030",
        "en": "Kemijärvi towards the year 2030",
    },
    "phase": {"fi": "Tuottamistarvekuva", "sv": "Bild av produktionsbehovet", "en": "The production need"},
    "checkpoint": {"fi": "Tarkistuspiste 2", "sv": "Kontrollpunkt 2", "en": "Checkpoint 2"},
    "output": {"fi": "Tarverekisteri", "sv": "Behovsregistret", "en": "The register of needs"},
    "criterion": {
        "fi": "Jokaiselle tarpeelle on nimetty, kenen tarve se on",
        "sv": "För varje behov har det angetts vems behov det är",
        "en": "Each need says whose need it is",
    },
    "meeting": {
        "fi": "Kylien ilta Isokylässä",
        "sv": "Byarnas kväll i Isokylä",
        "en": "The villages' evening in Isokylä",
    },
    "statement": {
        "fi": "Vanhusneuvoston lausunto palvelutarpeista",
        "sv": "Äldrerådets utlåtande om servicebehoven",
        "en": "The statement of the council of older people on the needs",
    },
    "hearing": {"fi": "Kysely kuntalaisille", "sv": "Enkät till kommuninvånarna", "en": "Questions to the residents"},
    "handling": {
        "fi": "Organisaation uudistaminen",
        "sv": "Förnyandet av organisationen",
        "en": "The reform of the organisation",
    },
    "date": {"fi": "Tarkistuspiste 3", "sv": "Kontrollpunkt 3", "en": "Checkpoint 3"},
    "group": {"fi": "Hyvinvointiryhmä", "sv": "Välfärdsgruppen", "en": "The wellbeing group"},
    "body": {"fi": "Kaupunginvaltuusto", "sv": "Stadsfullmäktige", "en": "City council"},
    "influence": {"fi": "Vanhusneuvosto", "sv": "Äldrerådet", "en": "Council of older people"},
    "to": {"fi": "Tulevaisuuskuva", "sv": "Framtidsbild", "en": "Future image"},
    "next": {"fi": "Tuottamistapakuva", "sv": "Bild av produktionssättet", "en": "The production method"},
    "place": {"fi": "Isokylän koulu, sali", "sv": "Isokylä skola, salen", "en": "Isokylä school, the hall"},
}

ABOUT: dict[str, str] = {
    "OutputRevised": "output",
    "MeetingScheduled": "meeting",
    "MeetingCancelled": "meeting",
    "MeetingRecorded": "meeting",
    "DatesMoved": "date",
    "output": "output",
    "assessment": "criterion",
    "memo": "meeting",
    "ask_statement": "statement",
    "statement": "statement",
    "open_hearing": "hearing",
    "hearing": "hearing",
    "handling": "handling",
    "invitation": "meeting",
    "decision_meeting": "handling",
    "VacanciesNoted": "group",
    "vacancy": "group",
}
"""What a kind is about, where it is not a checkpoint; of reminders by their duty."""

VALUES: dict[str, Fact] = {
    "outputs": 3,
    "technical": 0,
    "suspended": 1,
    "outcome": "passed",
    "readiness": 0,
    "package": "9d0c4e1f7a3b52c86d90e4f1a7b3c5d28e6f0a1b4c7d9e2f5a8b1c4d7e0f3a6b",
    "dissents": 1,
    "offer": 0,
    "result": "unchanged",
    "yours": 1,
    "signers": 2,
    "late": 0,
    "again": 0,
    "others": 4,
    "change": "role",
    "handling": "decision",
    "section": "45",
    "decides": 1,
    "waiting": 3,
    "minutes": 20,
    "days": 14,
    "silent": 2,
    "unanswered": 1,
    "seats": 4,
    "missing": "chair",
    "at": dt.datetime(2027, 2, 9, 15, 30, tzinfo=dt.UTC),
    "since": dt.datetime(2027, 1, 26, 4, 55, tzinfo=dt.UTC),
    "before": dt.date(2027, 1, 22),
    "held_on": dt.date(2027, 1, 25),
    "on": dt.date(2027, 8, 30),
    "first": dt.date(2027, 6, 1),
    "last": dt.date(2027, 8, 31),
}

OTHERWISE: dict[type, Fact] = {
    int: 1,
    str: "–",
    dt.date: DUE,
    dt.datetime: dt.datetime(2027, 2, 9, 15, 30, tzinfo=dt.UTC),
}
"""A value of each kind, for facts that have none of their own here."""

VARIANTS: dict[str, tuple[dict[str, Fact], ...]] = {
    "OutputRevised": ({"technical": 1},),
    "CheckpointPassed": ({"outcome": "passed_with_conditions", "readiness": 1, "next": ""},),
    "StanceTaken": ({"offer": 1},),
    "ConditionAdopted": ({"yours": 0},),
    "DissentRecorded": ({"late": 1, "signers": 1},),
    "MeetingScheduled": ({"again": 1},),
    "MeetingRecorded": ({"yours": 0},),
    "CoordinatorChanged": ({"yours": 0},),
    "SeatLeft": ({"seats": 0},),
    **dict.fromkeys(
        ("VacanciesNoted", "vacancy:holder", "vacancy:coordinator"),
        ({"missing": "person"}, {"missing": "members"}, {"missing": "coordinator"}),
    ),
    "HandlingRecorded": ({"decides": 0, "handling": "for_information", "outcome": "noted"},),
}
"""Where a kind's text forks, the other ways."""


class Sample(NamedTuple):
    """One message in one language."""

    name: str  # the kind, with a number where there are several
    language: Language
    message: Message


TOLD_LATE = (":holder", ":coordinator")
"""Whose reminders are shown as they are after their day, too: to who owes something, and to one of all others."""


def samples() -> Iterator[Sample]:
    """A sample of every kind in every language, what forks in each of its ways, and a message of several matters."""
    for kind in NEEDS:
        for number, changes in enumerate(({}, *VARIANTS.get(kind, ())), 1):
            name = kind if number == 1 else f"{kind}-{number}"
            for language in LANGUAGES:
                yield Sample(name, language, _composed([notice(kind, language, changes)], language))
        if kind.endswith(TOLD_LATE):
            for language in LANGUAGES:
                late = notice(kind, language).model_copy(update={"due": LATE})
                yield Sample(f"{kind}-late", language, _composed([late], language))
    for language in LANGUAGES:
        several = [notice(kind, language) for kind in ("stance:holder", "output:holder", "CheckpointPassed")]
        yield Sample("several", language, _composed(several, language))


def notice(kind: str, language: Language, changes: dict[str, Fact] | None = None) -> Notice:
    """A notice of the kind with sample values."""
    needs = NEEDS[kind]
    fields = needs.fields.split()
    about = ABOUT.get(kind.partition(":")[0], "checkpoint")
    return Notice(
        kind=kind,
        process=None if kind in ETAPPI_NEEDS else NAMES["process"][language],
        phase=NAMES["phase"][language] if "phase" in fields else None,
        about=NAMES[about][language] if "about" in fields else None,
        due=DUE if "due" in fields else None,
        facts={name: _value(kind, name, language) for name in needs.facts} | (changes or {}),
    )


def _value(kind: str, name: str, language: Language) -> Fact:
    if kind.startswith(("statement:", "ask_statement:")) and name == "body":
        return NAMES["influence"][language]
    if name == "outcome" and kind == "HandlingRecorded":
        return "amended"
    if name in NAMES and name != "handling":
        return NAMES[name][language]
    return VALUES[name] if name in VALUES else OTHERWISE[NEEDS[kind].facts[name]]


def _composed(notices: list[Notice], language: Language) -> Message:
    coordinator = Contact(
        name=NAMES["coordinator"][language], phone="040 000 0000", email="koordinaattori@kemijarvi.example"
    )
    titles = {one.process for one in notices}
    once = any(one.kind == "SignIn" for one in notices)
    return compose(
        notices,
        key=f"preview:{notices[0].kind}",
        language=language,
        municipality=NAMES["municipality"][language],
        contacts=dict.fromkeys(titles, coordinator),
        on=TODAY,
        domain=DOMAIN,
        ways=Ways(
            address=ADDRESS,
            links=tuple(f"{ADDRESS}/o/WyJrZW1pamFydmkiLCJvcGV0dGFqYSJd" for _ in notices),
            inbox="" if once else f"{ADDRESS}/o/WyJrZW1pamFydmkiXQ",
            code="" if once else "7K-Q2M9-X4TP",
        ),
    )
