"""A process carried from its setting up to a passed checkpoint and beyond, by verbs only."""

from typing import Any

import pytest

from models.words import PhaseStatus


def status(town: Any, process: str) -> Any:
    return town("status", process, "--json", as_="coordinator").json


def phase(town: Any, process: str, number: int) -> str:
    return str(status(town, process)["phases"][number - 1]["status"])


def everybody_accepts(town: Any, process: str) -> None:
    for person in ("parent", "villager", "teacher", "specialist"):
        town("stance", process, "1", "--accept", as_=person)


def all_is_tested(town: Any, process: str) -> None:
    town("opportunity", process, "1", "oppilaat", "--how", "Oppilaskunnan kokous", "--heard", as_="coordinator")
    town("assess", process, "1", "selkea", "--holds", as_="coordinator")


@pytest.fixture
def passed(town: Any, at_checkpoint: str) -> str:
    """The process with its first phase passed."""
    everybody_accepts(town, at_checkpoint)
    all_is_tested(town, at_checkpoint)
    town("pass", at_checkpoint, "1", as_="preparer")
    return at_checkpoint


# --- from init to a passed checkpoint -------------------------------------------------------------------------------


def test_a_town_is_set_up_with_the_shipped_definitions(etappi) -> None:
    named = ["--municipality", "kyla", "--name", "Kylän kunta", "--administrator-name", "Hallintojohtaja"]
    done = etappi("init", *named)
    assert "Kylän kunta (kyla) was set up; Hallintojohtaja (administrator) administers it." in done.text
    assert "Definition kemijarvi-2030, version 2: in use." in done.out
    assert "kyla" in etappi("init").out
    assert "set up already" in etappi("init", *named, code=1).err


def test_a_second_municipality_is_named_when_one_acts(town) -> None:
    named = ["--municipality", "kaupunki", "--name", "Kaupunki", "--administrator-name", "Johtaja"]
    town("init", *named, "--administrator", "boss")
    assert "say --municipality: kaupunki, kyla" in town("person", "list", as_="administrator", code=2).err
    listed = town("person", "list", "--municipality", "kaupunki", "--json", as_="boss").json
    assert [one["person"] for one in listed["people"]] == ["boss"]
    assert (
        town("person", "list", "--municipality", "x", as_="boss", code=2).err == "There is no municipality named x.\n"
    )


def test_everything_that_is_missing_is_said_at_once(town) -> None:
    town("group", "dissolve", "opettajat", "--reason", "Lakkautettu", as_="administrator")
    said = town("create", "kylakoulut", "--start", "2026", as_="coordinator", code=2).err
    for missing in ("--role preparer=PERSON", "--role owner=PERSON", "--group opettajat=GROUP"):
        assert missing in said.replace("\n", " ")
    assert town("status", "--json", as_="coordinator").json["processes"] == []


def test_reading_otherwise_than_proposed_wants_a_reason(town) -> None:
    create = ["create", "kylakoulut", "--start", "2026", "--role", "preparer=preparer", "--role", "owner=owner"]
    otherwise = ["--choice", "kyytien-laskenta=pysakilta"]
    assert "WHY is missing" in town(*create, *otherwise, as_="coordinator", code=2).err
    town(*create, *otherwise, "--plan", as_="coordinator")
    town(*create, "--choice", "kyytien-laskenta=pysakilta:Näin on tapana", as_="coordinator")


def test_planned_dates_are_shown_with_holidays_before_anything_is_created(town) -> None:
    plan = town("create", "kylakoulut", "--start", "2026", "--plan", as_="coordinator")
    assert "Thu 31.12.2026" in plan.out
    assert "24.12.2026 Jouluaatto" in plan.text
    assert 'When the body "valtuusto", which decides, meets is not in the calendar.' in plan.text
    assert town("status", "--json", as_="coordinator").json["processes"] == []


def test_a_process_is_carried_to_a_passed_checkpoint(town, at_checkpoint) -> None:
    everybody_accepts(town, at_checkpoint)
    refused = town("pass", at_checkpoint, "1", as_="preparer", code=1)
    must = "These must hold before the phase can pass: kuultu (Oppilaat), selkea."
    assert refused.err == f"{must} Do what is missing, or waive it with a reason.\n"
    all_is_tested(town, at_checkpoint)
    done = town("pass", at_checkpoint, "1", as_="preparer")
    assert "Selvitys passed. Its package is locked" in done.text
    assert "Ready: Ehdotus." in done.text
    told = status(town, at_checkpoint)
    assert [one["status"] for one in told["phases"]] == [PhaseStatus.PASSED, PhaseStatus.READY]
    assert told["stands"] == "Ehdotus is ready to be opened."
    assert "everything holds" in town("verify").text.lower()


def test_a_must_is_waived_with_a_reason(town, at_checkpoint) -> None:
    everybody_accepts(town, at_checkpoint)
    town("assess", at_checkpoint, "1", "selkea", "--holds", as_="coordinator")
    done = town("pass", at_checkpoint, "1", "--waive", "kuultu=Kuullaan syksyllä", as_="preparer")
    assert 'Waived: kuultu: "Kuullaan syksyllä".' in done.text


def test_an_objection_is_answered_carried_and_fulfilled(town, at_checkpoint) -> None:
    town("stance", at_checkpoint, "1", "--object", "Kyydit puuttuvat", as_="parent")
    assert "o1" in town("pass", at_checkpoint, "1", as_="preparer", code=1).err
    town("answer", at_checkpoint, "o1", "--unchanged", "Lasketaan seuraavaksi", as_="preparer")
    due = ["--owner", "owner", "--due", "1.3.2027", "--checkpoint", "2"]
    assert "Condition c1 was adopted from o1" in town("carry", at_checkpoint, "o1", *due, as_="preparer").text
    told = status(town, at_checkpoint)
    assert told["objections"] == []
    assert told["conditions"][0]["text"] == "Kyydit puuttuvat"
    assert told["conditions"][0]["owner"] == {"person": "owner", "name": "Suunnittelija"}
    town("fulfil", at_checkpoint, "c1", "--how", "Laskelma liitteenä", as_="owner")
    assert status(town, at_checkpoint)["conditions"] == []


def test_an_objection_becomes_a_dissent_that_others_sign(town, at_checkpoint) -> None:
    town("stance", at_checkpoint, "1", "--object", "Liian nopea aikataulu", as_="parent")
    town("co-sign", at_checkpoint, "o1", as_="villager")
    town("dissent", at_checkpoint, "o1", "--reason", "Kuultu, ei yksimielisyyttä", as_="preparer")
    town("co-sign", at_checkpoint, "d1", "--by-name", as_="parent")
    town("file-dissent", at_checkpoint, "1", "--text", "Oma mielipiteeni", as_="teacher")
    told = status(town, at_checkpoint)
    assert [(one["dissent"], one["signers"], one["names"]) for one in told["dissents"]] == [
        ("d1", 2, ["Huoltaja"]),
        ("d2", 1, []),
    ]
    town("withdraw", at_checkpoint, "d2", as_="teacher")
    assert len(status(town, at_checkpoint)["dissents"]) == 1


def test_only_its_maker_withdraws_an_objection(town, at_checkpoint) -> None:
    town("stance", at_checkpoint, "1", "--condition", "Kyydit lasketaan", as_="parent")
    assert town("withdraw", at_checkpoint, "o1", as_="preparer", code=1).err
    town("withdraw", at_checkpoint, "o1", "--then", "abstain", as_="parent")
    assert status(town, at_checkpoint)["objections"] == []


def test_a_revision_makes_stances_stale_until_they_are_confirmed(town, at_checkpoint, document) -> None:
    everybody_accepts(town, at_checkpoint)
    output = "koulumatkaselvitys"
    town("draft", "save", at_checkpoint, "1", output, document("Matka kestää 45 minuuttia."), as_="owner")
    compared = town("draft", "compare", at_checkpoint, "1", output, as_="owner").text
    assert "Matka kestää [-tunnin-]{+45 minuuttia+}." in compared
    town("revise", at_checkpoint, "1", output, "--reason", "Tarkennettu", as_="owner")
    assert status(town, at_checkpoint)["rounds"][0]["groups"][0]["silent"] == 2
    town("confirm", at_checkpoint, "1", as_="parent")
    assert status(town, at_checkpoint)["rounds"][0]["groups"][0]["silent"] == 1


def test_counts_tell_of_objections_to_the_text_before_it_changed(town, at_checkpoint, document) -> None:
    town("stance", at_checkpoint, "1", "--object", "Kyydit puuttuvat", as_="parent")
    town("draft", "save", at_checkpoint, "1", "koulumatkaselvitys", document("Toinen."), as_="owner")
    town("revise", at_checkpoint, "1", "koulumatkaselvitys", "--reason", "Tarkennettu", as_="owner")
    assert status(town, at_checkpoint)["rounds"][0]["groups"][0]["object_stale"] == 1
    shown = town("show", at_checkpoint, "1", as_="preparer").text
    assert "of the silent, 1 objected before the text changed" in shown
    assert "objects, to the text before it changed, 1 behind it" in shown


def test_a_technical_correction_leaves_stances_and_may_be_contested(town, at_checkpoint, document) -> None:
    everybody_accepts(town, at_checkpoint)
    output = "koulumatkaselvitys"
    town("draft", "save", at_checkpoint, "1", output, document("Matka kestää tunnin!"), as_="owner")
    town("revise", at_checkpoint, "1", output, "--technical", "--reason", "Välimerkki", as_="owner")
    told = status(town, at_checkpoint)["rounds"][0]
    assert told["groups"][0]["silent"] == 0
    assert told["contestable_until"] is not None


def test_work_is_returned_and_taken_back(town, at_checkpoint) -> None:
    town("retract", at_checkpoint, "1", "--submission", as_="owner")
    assert phase(town, at_checkpoint, 1) == PhaseStatus.OPEN
    town("submit", at_checkpoint, "1", as_="owner")
    town("stance", at_checkpoint, "1", "--accept", as_="teacher")
    town("retract", at_checkpoint, "1", "--stance", as_="teacher")
    town("return", at_checkpoint, "1", "--reason", "Kesken", as_="preparer")
    assert phase(town, at_checkpoint, 1) == PhaseStatus.OPEN


def test_a_passed_phase_is_reopened_from_a_later_one(town, passed, document) -> None:
    town("open", passed, "2", as_="coordinator")
    town("draft", "save", passed, "2", "kouluverkkoehdotus", document("Kolme koulua."), as_="owner")
    town("submit", passed, "2", as_="owner")
    town("return", passed, "2", "--to", "1", "--reason", "Luvut väärin", as_="preparer")
    assert [phase(town, passed, 1), phase(town, passed, 2)] == [PhaseStatus.OPEN, PhaseStatus.SUSPENDED]


# --- meetings, being heard, handlings -------------------------------------------------------------------------------


def test_stances_are_given_in_a_meeting_and_corrected(town, at_checkpoint) -> None:
    schedule = ["meeting", "schedule", at_checkpoint, "kokous", "--at", "1.12.2030 9.15", "--group", "opettajat"]
    assert "1.12.2030 9.15" in town(*schedule, "--phase", "1", "--place", "Koulu", as_="coordinator").text
    present = ["--present", "opettajat-1", "--present", "opettajat-2=deputy", "--memo", "Kaikki paikalla"]
    said = ["--stance", "accept", "--said", "opettajat-2=object:Liian vähän kyytejä"]
    record = ["meeting", "record", at_checkpoint, "toinen", "--phase", "1", "--group", "opettajat"]
    town(*record, *present, *said, as_="teacher")
    group = status(town, at_checkpoint)["rounds"][0]["groups"][1]
    assert (group["accept"], group["object"]) == (1, 1)
    town("meeting", "correct", at_checkpoint, "toinen", "--stance", "abstain", as_="teacher")
    assert status(town, at_checkpoint)["rounds"][0]["groups"][1]["accept"] == 0
    town("meeting", "cancel", at_checkpoint, "kokous", "--reason", "Lumimyrsky", as_="coordinator")


def test_statements_are_asked_recorded_and_answered(town, process) -> None:
    ask = ["statement", "ask", process, "lausunto", "--body", "hallitus", "--phase", "1", "--due", "1.12.2030"]
    town(*ask, as_="registrar")
    town("statement", "record", process, "lausunto", "--text", "Hallitus puoltaa", as_="registrar")
    done = town("statement", "answer", process, "lausunto", "--text", "Kirjattu", as_="coordinator")
    assert 'What statement lausunto led to: "Kirjattu".' in done.text


def test_a_hearing_is_not_closed_before_its_last_day(town, process) -> None:
    days = ["--last", "1.12.2030", "--channel", "kyla.fi/koulut"]
    town("hearing", "open", process, "kuuleminen", "--phase", "1", *days, as_="coordinator")
    close = ["hearing", "close", process, "kuuleminen", "--contributions", "3", "--summary", "x"]
    assert "open until 1.12.2030" in town(*close, as_="coordinator", code=1).err


def test_handlings_are_recorded_with_what_is_amiss_and_mended(town, process, document) -> None:
    record = ["handling", "record", process, "valtuusto", "--kind", "decision", "--outcome", "amended"]
    done = town(*record, "--date", "1.6.2026", "--vote", "21-6", "--section", "55", as_="registrar")
    assert "Kaupunginvaltuusto 1.6.2026 § 55 [h1]: decision, amended, 21–6. This is the decision." in done.text
    assert "decided-text-missing" in done.text
    decided = f"kouluverkkoehdotus={document('Neljä koulua.', 'paatetty.md')}"
    town("handling", "text", process, "h1", "--decided", decided, as_="registrar")
    days = ["--inspected", "3.6.2026", "--published", "4.6.2026"]
    town("handling", "minutes", process, "h1", *days, as_="registrar")
    town("correct-entry", process, "h1", "section", "56", "--reason", "Näppäilyvirhe", as_="registrar")
    town("handling", "legal", process, "h1", "--state", "final", "--on", "10.7.2026", as_="registrar")
    told = status(town, process)
    assert (told["handlings"][0]["section"], told["handlings"][0]["legal"]) == ("56", "final")
    assert told["stands"] == "Kaupunginvaltuusto decided on 1.6.2026 § 56; it is final."
    town("close", process, as_="registrar")
    assert status(town, process)["stands"] == "It is closed."


def test_staff_cooperation_is_judged(town, process) -> None:
    done = town("cooperation", process, "--not-needed", "--why", "Henkilöstö ei muutu", as_="coordinator")
    assert done.text == 'Staff cooperation: not needed: "Henkilöstö ei muutu".'
    assert "Say what is known" in town("cooperation", process, as_="coordinator", code=2).err


# --- steering -------------------------------------------------------------------------------------------------------


def test_all_later_dates_are_moved_after_they_were_seen(town, process) -> None:
    shift = ["extend", process, "phase:ehdotus:last", "--to", "14.6.2027", "--shift", "--reason", "Lomat"]
    shown = town(*shift, as_="coordinator", code=2).out
    assert "  the decision's window, first day: Tue 1.6.2027 -> Tue 15.6.2027\n" in shown
    assert status(town, process)["dates"]["window:first"] == "2027-06-01"
    town(*shift, "--yes", as_="coordinator")
    assert status(town, process)["dates"]["window:first"] == "2027-06-15"


def test_a_process_is_held_stopped_and_reopened(town, process) -> None:
    town("hold", process, "--reason", "Odotetaan", as_="coordinator")
    assert "It is on hold." in status(town, process)["stands"]
    assert "is held" in town("open", process, "1", as_="coordinator", code=1).err
    town("resume", process, as_="coordinator")
    town("stop", process, "--reason", "Ei jatketa", as_="coordinator")
    town("reopen", process, "--setting-up", "KH 7.6.2026 § 140", as_="coordinator")
    told = status(town, process)
    assert (told["setting_up"], told["rehearsal"]) == ("KH 7.6.2026 § 140", False)


def test_a_running_process_is_amended(town, process) -> None:
    why = ["--reason", "Sovittu"]
    town("amend", "role", process, "preparer", "registrar", *why, as_="coordinator")
    town("amend", "ladder", process, "stance", "--step", "on the day=chair", *why, as_="coordinator")
    town("amend", "group", process, "1", "opettajat", "--rule", "all", *why, as_="coordinator")
    words = ["--text", "Kustannukset on laskettu", "--assessed-by", "owner"]
    town("amend", "criterion", process, "1", "kustannukset", *words, *why, as_="coordinator")
    town("amend", "remove-criterion", process, "1", "vastattu", *why, as_="coordinator")
    town("amend", "remove-group", process, "1", "vanhemmat", *why, as_="coordinator")
    town("hand-over", process, "--to", "registrar", *why, as_="coordinator")
    told = town("status", process, "--json", as_="registrar").json
    assert told["roles"]["coordinator"]["person"] == told["roles"]["preparer"]["person"] == "registrar"
    shown = town("show", process, "1", "--json", as_="registrar").json
    assert [one["criterion"] for one in shown["criteria"]] == ["kuultu", "selkea", "kustannukset"]


def test_a_value_is_covered_for_good(town, at_checkpoint) -> None:
    town("stance", at_checkpoint, "1", "--object", "Salaista", as_="parent")
    events = town("record", at_checkpoint, "--json", as_="coordinator").json["happened"]
    value = next(one["data"]["reason"] for one in events if one["type"] == "StanceTaken")
    assert not any(one["values"] for one in events)
    events = town("record", at_checkpoint, "--json", as_="protection").json["happened"]
    assert [(one["data"], one["values"]) for one in events if one["type"] == "StanceTaken"] == [(None, [value])]
    redact = ["redact", at_checkpoint, "--value", value[:15], "--ground", "tietosuoja-asetus 17 art."]
    assert "Salaista" in town(*redact, as_="protection", code=2).out
    town(*redact, "--yes", as_="protection")
    assert "[peitetty]" in town("status", at_checkpoint, as_="coordinator").out
    town("verify")


# --- people ---------------------------------------------------------------------------------------------------------


def test_people_and_seats_come_change_and_go(town) -> None:
    town("municipality", "--name", "Kylän kaupunki", as_="administrator")
    town("person", "rename", "teacher", "--name", "Opettaja", as_="coordinator")
    town("person", "change", "teacher", "--email", "ope@kyla.fi", as_="administrator")
    town("group", "rename", "opettajat", "--name", "Opettajien ryhmä", as_="coordinator")
    town("seat", "part", "opettajat-2", "vice-chair", as_="coordinator")
    town("seat", "deputies", "opettajat-2", "--deputy", "owner", as_="coordinator")
    town("seat", "end", "opettajat-1", "--reason", "Muutti", as_="coordinator")
    town("role", "give", "owner", "registrar", as_="administrator")
    town("role", "end", "owner", "registrar", "--last", "1.1.2020", as_="administrator")
    town("person", "remove", "villager", "--reason", "Muutti", as_="administrator")
    groups = {one["group"]: one for one in town("group", "list", "--json", as_="coordinator").json["groups"]}
    assert groups["opettajat"]["name"] == "Opettajien ryhmä"
    assert groups["opettajat"]["seats"][-1]["deputies"] == [{"person": "owner", "name": "Suunnittelija"}]
    assert [seat["person"]["person"] for seat in groups["vanhemmat"]["seats"]] == ["parent"]
    town("group", "dissolve", "vanhemmat", "--reason", "Valmis", as_="administrator")
    people = {one["person"]: one for one in town("person", "list", "--json", as_="coordinator").json["people"]}
    assert (people["teacher"]["name"], people["teacher"]["email"]) == ("Opettaja", "ope@kyla.fi")
    assert people["villager"]["active"] is False


def test_own_days_off_move_what_is_planned(town, tmp_path) -> None:
    file = tmp_path / "kalenteri.yaml"
    file.write_text("own_days:\n  2026-12-31: Kunnan vapaa\nmeetings:\n  valtuusto: [2027-06-14]\n")
    assert "1 own day off and 1 meeting" in town("calendar", str(file), as_="administrator").text
    plan = town("create", "kylakoulut", "--start", "2026", "--plan", as_="coordinator")
    assert "Wed 30.12.2026" in plan.out
    assert "not in the calendar" not in plan.text
    file.write_text("holidays: {}\n")
    assert "A calendar has own_days" in town("calendar", str(file), as_="administrator", code=2).err
