"""Omat asetukset: hours, digests, days away, postponed reminders, the calendar, open sessions, own details."""

import datetime as dt
import re

import pytest
from browsing import Browsing
from playwright.sync_api import expect
from visiting import Pages

from models.outgoing import readers
from models.telling.hours import Choices
from models.words import Rhythm

TOWN, KEY = "kemijarvi", "kemijarvi-2030"
FEED = re.compile(r'value="(http[^"]*\.ics)"')


def chosen(pages: Pages, person: str) -> Choices:
    with pages.installation.database.reading() as session:
        return readers.choices_of(session, TOWN, person)


def test_hours_and_digest_are_kept(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get("/omat")
    visit.post("/omat/viestit", first="07:00", last="15.30", rhythm="weekly", weekday="3")
    assert "Viestiasetukset on tallennettu." in visit.text
    assert chosen(pages, "rehtori") == Choices(first=dt.time(7), last=dt.time(15, 30), rhythm=Rhythm.WEEKLY, weekday=3)
    assert chosen(pages, "sivistysjohtaja") == Choices()


def test_hours_that_end_before_they_begin_are_said_and_stay_typed(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get("/omat")
    answer = visit.post("/omat/viestit", first="15:00", last="07:00", rhythm="daily")
    assert answer.status_code == 422
    assert "alku on ennen loppua" in visit.text
    assert 'value="15:00"' in answer.text
    assert chosen(pages, "rehtori") == Choices()


def test_a_reminder_is_postponed_and_taken_back_and_nothing_else_changes(pages: Pages):
    visit = pages.as_("rehtori")
    path = re.search(r'href="(/omat/muistutus/[^"]+)"', visit.get("/").text)
    assert path
    visit.get(path[1])
    answer = visit.post(path[1], until="2027-03-01")
    assert answer.status_code == 422
    assert "tulevaan päivään" in visit.text
    visit.get(path[1])
    visit.post(path[1], until="2027-04-06")
    assert "Määräaika ei muuttunut." in visit.text
    assert "Ota kantaa" in visit.text
    assert "seuraavan kerran 6.4.2027" in visit.get("/omat").text
    visit.post(f"{path[1]}/palauta")
    assert "seuraavan kerran" not in visit.get("/omat").text


def test_nobody_postpones_what_is_anothers(pages: Pages):
    mine = re.search(r'href="(/omat/muistutus/[^"]+)"', pages.as_("rehtori").get("/").text)
    assert mine
    other = pages.as_("sivistysjohtaja")
    assert other.get(mine[1]).status_code == 403
    other.get("/omat")
    assert other.post(mine[1], until="2027-04-06").status_code == 403


def test_days_away_are_noted_without_asking_why_and_ended(pages: Pages):
    visit = pages.as_("talouspaallikko")
    visit.get("/omat")
    fields = {"away_first": "2027-07-05", "away_last": "2027-07-30", "stand_in": "rehtori@kemijarvi.example"}
    visit.post("/omat/poissa", **fields)
    visit.get("/omat")
    assert "5.7.2027 – 30.7.2027 Sijainen: Rehtori" in visit.text
    answer = visit.post("/omat/poissa", **fields)
    assert answer.status_code == 422
    assert "jo merkitty poissaolo" in visit.text
    visit.post("/omat/takaisin", first="2027-07-05")
    assert "5.7.2027" not in visit.get("/omat").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"away_first": "", "away_last": "2027-07-30"}, "Anna päivä."),
        ({"away_first": "2027-07-30", "away_last": "2027-07-05"}, "5.7.2027"),
        (
            {"away_first": "2027-07-05", "away_last": "2027-07-30", "stand_in": "ei@ole.example"},
            "ei ole tätä osoitetta",
        ),
    ],
)
def test_days_that_make_no_sense_are_said_with_what_was_typed(pages: Pages, fields: dict[str, str], said: str):
    visit = pages.as_("talouspaallikko")
    visit.get("/omat")
    answer = visit.post("/omat/poissa", **fields)
    assert answer.status_code == 422
    assert said in visit.text
    assert f'value="{fields["away_last"]}"' in answer.text


def test_the_language_of_messages_and_the_telephone_are_ones_own_to_change(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get("/omat")
    visit.post("/omat/tiedot", own_language="sv", phone="040 123 4567")
    assert "Egna inställningar" in visit.text
    assert "040 123 4567" in visit.get("/omat").text
    assert visit.post("/omat/tiedot", own_language="sv", phone="soita").status_code == 422


def test_the_calendars_former_address_opens_nothing_once_renewed(pages: Pages):
    visit = pages.as_("rehtori")
    former = FEED.search(visit.get("/omat").text)
    assert former
    assert "BEGIN:VCALENDAR" in pages.anybody().get(former[1]).text
    visit.post("/omat/kalenteri")
    newest = FEED.search(visit.get("/omat").text)
    assert newest and newest[1] != former[1]
    assert "BEGIN:VCALENDAR" in pages.anybody().get(newest[1]).text
    refused = pages.anybody().get(former[1])
    assert refused.status_code == 409
    assert "BEGIN" not in refused.text


def test_other_browsers_are_signed_out_and_this_one_stays(pages: Pages):
    here, there, another = pages.as_("rehtori"), pages.as_("rehtori"), pages.as_("sivistysjohtaja")
    here.get("/omat")
    assert here.text.count("viimeksi") == 2
    here.post("/omat/istunnot")
    assert "vain tässä selaimessa" in here.text
    assert there.get("/omat").status_code == 401
    assert another.get("/omat").status_code == 200
    here.get("/omat")
    here.post("/kirjaudu-ulos", everywhere="yes")
    assert here.get("/omat").status_code == 401


def test_one_browser_is_signed_out_and_nobody_elses(pages: Pages):
    here, there, third, another = (pages.as_(one) for one in ("rehtori", "rehtori", "rehtori", "sivistysjohtaja"))
    here.get("/omat")
    ends = re.findall(r'action="(/omat/istunnot/[0-9a-f]{16})"', here.shown.text)
    assert len(ends) == 2  # not the one that asks
    another.get("/omat")
    another.post(ends[0])
    assert [one.get("/omat").status_code for one in (here, there, third)] == [200, 200, 200]
    here.post(ends[0])
    assert "Se selain on kirjattu ulos." in here.text
    assert sorted(one.get("/omat").status_code for one in (here, there, third, another)) == [200, 200, 200, 401]
    assert here.get("/omat").status_code == 200


def test_settings_work_by_keyboard_on_a_phone_without_scripts(browsing: Browsing):
    page = browsing.as_("rehtori", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.get_by_role("link", name="Asetukset").press("Enter")
    page.get_by_label("Koosteena kerran päivässä").press("Space")
    page.get_by_role("button", name="Tallenna viestiasetukset").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("tallennettu")
    expect(page.get_by_label("Koosteena kerran päivässä")).to_be_checked()
