"""Messages: every kind of notice in every language, combined, and as the bytes of an e-mail."""

import datetime as dt
import email
import re
from email import policy

import pytest
from pydantic import ValidationError

from models.errors import NotValid
from models.telling.notices import (
    ETAPPI_NEEDS,
    EVENT_KINDS,
    EVENT_NEEDS,
    NEEDS,
    REMINDER_NEEDS,
    Contact,
    Notice,
    reminder_kind,
)
from models.words import Audience, DutyKind, HandlingKind, HandlingOutcome
from tasks.mail_bytes import Sender, to_eml
from tasks.messages import WIDTH, Message, Ways, compose

LANGUAGES = ("fi", "sv", "en")
TITLE = "Kemijärvi kohti vuotta 2030"
COORDINATOR = Contact(name="Koordinaattori", phone="040 000 0000", email="koordinaattori@kunta.example")
CONTACTS = {TITLE: COORDINATOR, None: COORDINATOR}
TODAY = dt.date(2027, 1, 26)
DUE = dt.date(2027, 1, 29)
AT = dt.datetime(2027, 1, 26, 7, 0, tzinfo=dt.UTC)
SENDER = Sender(name="Kemijärven kaupunki", address="etappi@kunta.example")

VALUES = {
    str: "Elinvoimaryhmä",
    int: 1,
    dt.date: dt.date(2027, 1, 12),
    dt.datetime: dt.datetime(2027, 2, 1, 7, tzinfo=dt.UTC),
}
NAMED = {
    "outcome": {"CheckpointPassed": ["passed", "passed_with_conditions"], "HandlingRecorded": list(HandlingOutcome)},
    "handling": {"HandlingRecorded": list(HandlingKind)},
    "change": {"ProcessAmended": ["role", "ladder", "group", "remove_group", "criterion", "remove_criterion"]},
    "result": {"ObjectionAnswered": ["changed", "unchanged"]},
    "next": {"CheckpointPassed": ["Tuottamistarve", ""]},
    "place": {"MeetingScheduled": ["Valtuustosali", ""]},
    "section": {"HandlingRecorded": ["12", ""]},
    "missing": dict.fromkeys(
        ("VacanciesNoted", "vacancy:holder", "vacancy:chair", "vacancy:coordinator", "vacancy:preparer"),
        ("person", "members", "chair", "coordinator"),
    ),
}


def notice(kind: str, **changes: object) -> Notice:
    """A notice of the kind with sample values; `changes` are fields or facts."""
    needs = NEEDS[kind]
    facts = {
        name: NAMED[name][kind][0] if kind in NAMED.get(name, {}) else VALUES[of] for name, of in needs.facts.items()
    }
    given = {"phase": "Tulevaisuuskuva", "about": "Tarkistuspiste 1", "due": DUE}
    fields = {
        "process": None if kind in ETAPPI_NEEDS else TITLE,
        **{name: given[name] for name in needs.fields.split()},
    }
    for name, value in changes.items():
        (facts if name in needs.facts else fields)[name] = value
    return Notice(kind=kind, facts=facts, **fields)


def sent(*notices: Notice, language: str = "fi", **changes: object) -> Message:
    given = {
        "key": "k",
        "municipality": "Kemijärven kaupunki",
        "contacts": CONTACTS,
        "on": TODAY,
        "domain": "kunta.example",
    }
    return compose(notices, language=language, **given | changes)


def flat(message: Message) -> str:
    return " ".join(message.text.split())


def variants(kind: str) -> list[Notice]:
    """The kind with every value its text may fork on."""
    found = [notice(kind)]
    for name, of in NEEDS[kind].facts.items():
        values = NAMED.get(name, {}).get(kind, [0, 1, 5] if of is int else [])
        found += [notice(kind, **{name: value}) for value in values]
    if "due" in NEEDS[kind].fields.split():
        found += [notice(kind, due=TODAY), notice(kind, due=dt.date(2027, 1, 20))]
    return found


# --- every kind ---------------------------------------------------------------------------------------------------


def test_every_event_somebody_is_told_about_has_a_notice():
    assert set(EVENT_NEEDS) == EVENT_KINDS


def test_every_duty_has_a_reminder_for_every_audience_but_no_line_manager_hears_of_a_stance():
    expected = {reminder_kind(duty, audience) for duty in DutyKind for audience in Audience}
    assert set(REMINDER_NEEDS) == expected - {"stance:line_manager", "reply:line_manager"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NEEDS)
def test_every_kind_is_told_in_every_language(kind, language):
    for one in variants(kind):
        message = sent(one, language=language, ways=Ways(address="https://etappi.kunta.example"))
        assert message.subject == " ".join(message.subject.split())
        assert TITLE in message.subject or one.process is None
        assert not re.search(r"[{}]|None|undefined|  +\S", message.subject + message.text.replace("\n  ", "\n"))
        assert all(len(line) <= WIDTH for line in message.text.splitlines())
        assert len(message.text.split()) > 40
        for shown in ("Kemijärven kaupunki", "040 000 0000", "https://etappi.kunta.example"):
            assert shown in flat(message)


@pytest.mark.parametrize("kind", NEEDS)
def test_the_languages_differ(kind):
    messages = [sent(notice(kind), language=language) for language in LANGUAGES]
    assert len({message.subject for message in messages}) == 3
    assert len({message.text for message in messages}) == 3


@pytest.mark.parametrize("kind", [kind for kind in NEEDS if "due" in NEEDS[kind].fields.split()])
def test_what_is_asked_by_a_day_says_the_day_in_its_subject(kind):
    if notice(kind).asks:
        assert "29.1.2027" in sent(notice(kind)).subject
        assert "29 January 2027" in sent(notice(kind), language="en").subject


@pytest.mark.parametrize("kind", NEEDS)
def test_a_reminder_is_never_called_by_the_name_of_a_statutory_objection(kind):
    for one in variants(kind):
        message = sent(one)
        assert not re.search(r"muistutu(?!sviest)", f"{message.subject} {message.text}", re.IGNORECASE)
        assert not re.search(r"vastalause|hyväksyntä|sinetti|siirtopaketti", flat(message), re.IGNORECASE)


@pytest.mark.parametrize("audience", ["chair", "coordinator", "preparer", "line_manager"])
def test_others_than_the_holder_are_told_why_they_are_told(audience):
    texts = {flat(sent(notice(f"output:{audience}"), language=language)) for language in LANGUAGES}
    words = {"chair": "puheenjohtajana", "coordinator": "koordinaattorina", "preparer": "vastuuvalmistelijana"}
    assert any(words.get(audience, "esihenkilönä") in text for text in texts)


# --- what the texts say -------------------------------------------------------------------------------------------


def test_who_is_asked_for_a_stance_is_told_what_becomes_of_it():
    message = sent(notice("OutputsSubmitted"))
    assert message.subject == f"Työryhmäsi kantaa pyydetään: Tarkistuspiste 1 ({TITLE}), viimeistään 29.1.2027"
    for said in (
        "Kantasi on osa valmistelua. Se ei ole päätös eikä yhteistoimintamenettely. "
        "Nimesi näkevät työryhmäsi ja koordinaattori.",
        "Kannatan, kun seuraava otetaan huomioon",
        "En ehtinyt perehtyä",
        "Ilmoitan esteellisyydestä",
        "ilman jäsenten nimiä",
        "Määräaika: perjantai 29.1.2027",
    ):
        assert said in flat(message)


@pytest.mark.parametrize("kind", ["CheckpointPassed", "WorkReturned", "StanceTaken", "outcome:holder"])
def test_a_checkpoint_is_spoken_of_as_preparation(kind):
    said = {"fi": "valmistelua, ei päätös", "sv": "beredning, inte ett beslut", "en": "preparation, not a decision"}
    for language in LANGUAGES:
        assert said[language] in flat(sent(notice(kind), language=language))


def test_a_passed_checkpoint_names_the_tarkiste_and_what_comes_next():
    message = sent(notice("CheckpointPassed", package="ab" * 32, readiness=0, dissents=2))
    assert "ab" * 32 in message.text
    assert "eriäviä mielipiteitä on 2" in flat(message)
    assert "Seuraavaksi voidaan avata: Tuottamistarve." in flat(message)
    assert "rinnakkaiset vaiheet" in flat(sent(notice("CheckpointPassed", readiness=0, next="")))


def test_only_a_deciding_handling_is_called_a_decision():
    assert sent(notice("HandlingRecorded", decides=1, body="Valtuusto")).subject.startswith(
        "Toimielimen päätös: Valtuusto"
    )
    assert sent(notice("HandlingRecorded", decides=0)).subject.startswith("Asia on käsitelty")


@pytest.mark.parametrize(
    ("language", "who", "where", "wrong"),
    [
        ("fi", "pääkäyttäjä", "Vaihda koordinaattori", ("Nimeä tilalle", "nimeää koordinaattori")),
        ("sv", "administratören", "Byt koordinator", ("Utse någon annan", "Koordinatorn utser")),
        ("en", "administrator", "Change the coordinator", ("Name somebody else", "The coordinator names")),
    ],
)
def test_that_the_coordinator_has_left_is_told_with_who_names_another_and_how(language, who, where, wrong):
    for kind in ("VacanciesNoted", "vacancy:holder", "vacancy:preparer"):
        coordinator, other = (
            sent(notice(kind, missing=missing, about="Koordinaattori"), language=language)
            for missing in ("coordinator", "person")
        )
        assert who in flat(coordinator) and where in flat(coordinator)
        assert not any(words in flat(coordinator) for words in wrong)
        assert who not in flat(other) and any(words in flat(other) for words in wrong)


@pytest.mark.parametrize(
    ("language", "asks", "coordinators"),
    [
        ("fi", "Kysy lisää:", "koordinaattor"),
        ("sv", "Fråga mer:", "koordinator"),
        ("en", "Ask for more:", "coordinator"),
    ],
)
def test_who_administers_etappi_is_not_called_the_coordinator(language, asks, coordinators):
    administrator = Contact(name="Hallinnoija", email="hallinto@kunta.example", coordinates=False)
    told = flat(sent(notice("output:holder"), language=language, contacts={TITLE: administrator}))
    assert f"{asks} - Hallinnoija, hallinto@kunta.example" in told and coordinators not in told.lower()


def test_a_rehearsal_says_that_it_is_one():
    message = sent(notice("PhaseOpened", rehearsal=True))
    assert message.subject.startswith("[Harjoitus] ")
    assert "ei ole asettamispäätöstä" in flat(message)
    assert "[Harjoitus]" not in sent(notice("PhaseOpened")).subject


def test_a_meeting_without_a_time_of_day_is_told_with_its_day():
    midnight = dt.datetime(2027, 2, 1, 22, tzinfo=dt.UTC)
    assert sent(notice("MeetingScheduled", at=midnight, again=0)).subject.startswith("Kokous 2.2.2027: ")
    assert sent(notice("MeetingScheduled", again=0)).subject.startswith("Kokous 1.2.2027 klo 9.00: ")


def test_a_meeting_that_moves_is_told_from_a_new_one():
    moved, new = sent(notice("MeetingScheduled", again=1)), sent(notice("MeetingScheduled", again=0))
    assert moved.subject.startswith("Kokouksen uusi aika tai paikka 1.2.2027 klo 9.00: ")
    assert "on muuttunut" in flat(moved)
    assert "Tervetuloa kokoukseen" in flat(new)


@pytest.mark.parametrize("audience", ["holder", "preparer"])
def test_a_handling_is_prepared_before_its_meeting_and_recorded_after_it(audience: str):
    told = notice(f"handling:{audience}", body="Kaupunginhallitus")
    before, after = (sent(told, on=DUE + dt.timedelta(days=days)) for days in (-20, 3))

    assert ": käsittely lähestyy: Kaupunginhallitus (" in before.subject
    assert ("esityslistalle" in flat(before)) or ("esityslista" in flat(before))
    assert "ole kirjattu" not in flat(before)
    assert before.subject.endswith(", viimeistään 29.1.2027")
    assert ("kirjaa käsittely: " in after.subject) or ("käsittely on kirjaamatta: " in after.subject)
    assert "eikä käsittelyä ole kirjattu" in flat(after)


# --- several notices in one message -------------------------------------------------------------------------------


def test_several_matters_make_one_message_with_the_most_urgent_first():
    later = notice("stance:holder", due=dt.date(2027, 2, 5))
    message = sent(notice("ProcessHeld"), later, notice("output:holder"))
    assert message.subject == "Odottaa sinua: 2 asiaa, ensimmäinen viimeistään 29.1.2027"
    tomorrow, on_the_day, after = (
        sent(notice("output:holder"), later, on=DUE + dt.timedelta(days=days)).subject for days in (-1, 0, 1)
    )
    assert tomorrow == message.subject
    assert on_the_day == "Odottaa sinua: 2 asiaa, ensimmäinen viimeistään tänään 29.1.2027"
    assert after == "Odottaa sinua: 2 asiaa, ensimmäisen määräaika oli 29.1.2027"
    firsts = re.findall(r"^\d\) (\S+ \S+)", message.text, re.MULTILINE)
    assert firsts == ["Muistutusviesti: tuotosta", "Muistutusviesti: työryhmäsi", "Prosessi odottaa:"]


def test_one_matter_that_asks_gives_the_subject():
    assert sent(notice("ProcessHeld"), notice("OutputsSubmitted")).subject.startswith("Työryhmäsi kantaa pyydetään")
    assert sent(notice("ProcessHeld"), notice("ProcessResumed")).subject == "Tiedoksi: 2 asiaa"
    assert sent(notice("CoordinatorChanged", yours=1), notice("condition:holder")).subject.endswith("29.1.2027")


def test_the_coordinators_of_all_processes_are_named_once_each():
    other = Contact(name="Toinen koordinaattori", email="toinen@kunta.example")
    message = sent(
        *(notice(kind, process=title) for kind in ("ProcessHeld", "ProcessResumed") for title in (TITLE, "Toinen")),
        contacts=CONTACTS | {"Toinen": other},
    )
    assert message.text.count("koordinaattori@kunta.example") == 1
    assert message.text.count("toinen@kunta.example") == 1
    with pytest.raises(NotValid, match="no coordinator to ask: \\['Kolmas'\\]"):
        sent(notice("ProcessHeld", process="Kolmas"))
    with pytest.raises(NotValid, match="at least one notice"):
        sent()


@pytest.mark.parametrize(("language", "asks"), [("fi", "Kysy lisää"), ("sv", "Fråga"), ("en", "Ask")])
def test_a_coordinator_is_not_told_to_ask_themselves(language, asks):
    one = notice("ProcessHeld")
    own, others = (sent(one, language=language, contacts={TITLE: who}) for who in (None, COORDINATOR))
    other = Contact(name="Toinen koordinaattori")
    both = sent(one, notice("ProcessHeld", process="Toinen"), contacts={TITLE: None, "Toinen": other})

    assert COORDINATOR.email not in own.text + own.html
    assert (asks in own.text, asks in others.text) == (False, True)
    assert ("Toinen koordinaattori" in both.text, COORDINATOR.email in both.text) == (True, False)


@pytest.mark.parametrize(
    ("language", "silent", "unanswered"),
    [
        ("fi", "työryhmien kantoja: 3", "vastauksia perusteluihin: 2"),
        ("sv", "ståndpunkter från arbetsgrupperna: 3", "svar på motiveringar: 2"),
        ("en", "stances of the working groups: 3", "answers to reasons: 2"),
    ],
)
def test_a_reminder_to_state_the_outcome_says_what_is_missing(language, silent, unanswered):
    def told(*numbers):
        values = dict(zip(("silent", "unanswered"), numbers, strict=True))
        text = flat(sent(notice("outcome:holder", **values), language=language))
        return silent in text, unanswered in text

    assert [told(3, 2), told(3, 0), told(0, 2), told(0, 0)] == [
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_deciding_meeting_is_missing_the_remedy_is_named(language):
    assert "etappi calendar" in flat(sent(notice("decision_meeting:holder"), language=language))


# --- hostile and odd values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Sote " * 60, "x" * 300, "{{ 7 * 7 }} {% for a in b %}", "Etappi\nBcc: joku@muu.fi"])
def test_a_title_is_a_value_whatever_stands_in_it(title):
    for kind in NEEDS:
        one = notice(kind, process=title)
        message = sent(one, contacts={one.process: Contact(name="Koordinaattori")})
        assert len(message.subject) < 250
        assert "\n" not in message.subject
        assert " ".join(title.split()) in flat(message)
        assert "49" not in message.subject
        assert all(len(line) <= WIDTH or "x" * 300 in line for line in message.text.splitlines())


def test_a_long_title_leaves_the_day_to_be_seen_in_the_subject():
    one = notice("OutputsSubmitted", process="Sote " * 60, about="y" * 300)
    assert sent(one, contacts={one.process: CONTACTS[TITLE]}).subject.endswith("viimeistään 29.1.2027")


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("Unheard", {}),
        ("stance:line_manager", {}),
        ("OutputsSubmitted", {"due": None}),
        ("OutputsSubmitted", {"facts": {"group": "a"}}),
        ("OutputsSubmitted", {"facts": {"group": "a", "outputs": "kolme"}}),
        ("OutputsSubmitted", {"facts": {"group": "a", "outputs": 3, "name": "Joku"}}),
        ("ProcessHeld", {"process": "x" * 301}),
    ],
)
def test_a_notice_without_what_its_text_needs_is_refused(kind, changes):
    whole = {"process": TITLE, "phase": "a", "about": "b", "due": DUE, "facts": {"group": "a", "outputs": 3}}
    with pytest.raises(ValidationError):
        Notice(kind=kind, **whole | changes)


# --- e-mail -------------------------------------------------------------------------------------------------------


def said_in(content: bytes) -> str:
    """The plain text of an e-mail."""
    return read(content).get_body(("plain",)).get_content()


def read(content: bytes):
    return email.message_from_bytes(content, policy=policy.default)


def test_an_e_mail_holds_the_message_and_says_that_it_is_automatic():
    message = sent(notice("OutputsSubmitted"), language="sv")
    mail = read(to_eml(message, SENDER, "jasen@kunta.example", AT))
    assert mail["From"] == "Kemijärven kaupunki <etappi@kunta.example>"
    assert mail["To"] == "jasen@kunta.example"
    assert mail["Subject"] == message.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "sv"
    assert mail["Date"].datetime == AT
    assert mail["Message-ID"] == message.message_id
    text, page = mail.iter_parts()
    assert mail.get_content_type() == "multipart/alternative"
    assert text.get_content().replace("\r\n", "\n") == message.text
    assert page.get_content().replace("\r\n", "\n") == message.html


def test_the_same_message_has_the_same_bytes_and_a_name_from_its_key():
    one, same = (sent(notice("ProcessHeld"), key="jasen/2027-01-26/mail") for _ in range(2))
    assert to_eml(one, SENDER, "a@b.fi", AT) == to_eml(same, SENDER, "a@b.fi", AT)
    assert one.message_id == same.message_id != sent(notice("ProcessHeld"), key="muu").message_id
    assert re.fullmatch(r"<[0-9a-f]{40}@kunta\.example>", one.message_id)


def test_every_line_of_an_e_mail_is_short_enough_for_any_server():
    one = notice("OutputsSubmitted", process="ö" * 300, about="ä" * 300)
    content = to_eml(sent(one, contacts={one.process: Contact(name="Å" * 300)}), SENDER, "a@b.fi", AT)
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.isascii()
    assert "ö" * 300 in said_in(content)


@pytest.mark.parametrize(
    "to", ["", "a", "a@b", "a@b.fi\r\nBcc: c@d.fi", "a@b.fi, c@d.fi", "A <a@b.fi>", "ä b@c.fi", "a@b.fi\n"]
)
def test_an_address_that_is_none_is_refused(to):
    message = sent(notice("ProcessHeld"))
    with pytest.raises(NotValid, match="no e-mail address"):
        to_eml(message, SENDER, to, AT)
    with pytest.raises(NotValid, match="no e-mail address"):
        to_eml(message, SENDER.model_copy(update={"address": to}), "a@b.fi", AT)


@pytest.mark.parametrize("field", ["subject", "message_id", "headers"])
def test_nothing_can_add_a_header(field):
    evil = "hei\r\nBcc: c@d.fi"
    message = sent(notice("ProcessHeld"))
    changed = message.model_copy(update={field: {"X-A": evil} if field == "headers" else evil})
    with pytest.raises(NotValid, match="header"):
        to_eml(changed, SENDER, "a@b.fi", AT)
    names = Sender(name="Kunta\r\nBcc: c@d.fi", address="etappi@kunta.example")
    assert read(to_eml(message, names, "a@b.fi", AT))["Bcc"] is None
