"""Valmisteluhistoria on pages: read by those who may, searched, as of a day, verified, and covered where it must be."""

import re

import pytest
from browsing import PROCESS, Browsing
from playwright.sync_api import expect
from visiting import Pages, Visit

from app.history.kinds import SORTS
from models.commands import AskStatement, RecordStatement
from models.events import Event
from models.personal import Private
from models.storage import history, store
from models.storage.history import Told
from models.words import Publicity

TOWN, KEY = "kemijarvi", "kemijarvi-2030"
RECORD = f"{PROCESS}/historia"
OBJECTION = "Tarverekisteristä puuttuu kylien asiointikuljetus"
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def told(pages: Pages) -> list[Told]:
    with pages.installation.database.reading() as session:
        return history.of_process(session, store.find_process(session, TOWN, KEY)[0].id)


def number_of(pages: Pages, kind: str) -> int:
    """The number of the last entry of that kind."""
    return next(one.recorded.sequence for one in reversed(told(pages)) if type(one.recorded.event).__name__ == kind)


def read(visit: Visit, **wanted: str) -> str:
    visit.get(RECORD + "?" + "&".join(f"{name}={value}" for name, value in wanted.items()))
    return visit.text


# --- reading ------------------------------------------------------------------------------------------------------


def test_every_kind_of_event_is_found_under_one_heading():
    every = {event for event in Event.__subclasses__() if event.__module__ == Event.__module__}
    listed = [event for events in SORTS.values() for event in events]
    assert set(listed) == every
    assert len(listed) == len(every)


def test_it_tells_in_plain_words_who_did_what_and_when(pages: Pages):
    text = read(pages.as_("koordinaattori"))
    assert OBJECTION in text
    assert "Kyläyhdistyksen edustaja" in text
    assert "muistutusviestiä erääntyi" not in text  # what Etappi does of itself is asked for
    assert "erääntyi" in read(pages.as_("koordinaattori"), laji="etappi")


def test_it_names_groups_and_handlings_instead_of_numbers_and_ends_a_sentence_once(pages: Pages):
    visit = pages.as_("koordinaattori")
    text = read(visit, laji="kannat") + read(visit, laji="kannat", sivu="2") + read(visit, laji="kasittelyt")
    assert "Hyvinvoinnin ja palvelujen työryhmä: perusteluihin vastattiin (esitystä muutettiin)" in text
    assert "perusteluista kirjattiin edellytys" in text
    assert "Kaupunginhallitus 1.3.2027 § 48: tiedoksi" in text
    assert not re.search(r"\b[ocdh]\d\b", text)
    assert not re.search(r"[.!?]”\.", text)


@pytest.mark.parametrize(
    ("person", "reads"),
    [("koordinaattori", True), ("rehtori", True), ("yrittajajarjeston-edustaja", False), ("hallintosihteeri", False)],
)
def test_which_member_said_it_is_read_in_the_group_and_by_the_coordinator_alone(pages: Pages, person: str, reads: bool):
    text = read(pages.as_(person), q="asiointikuljetus", laji="kannat")
    assert OBJECTION in text
    assert ("Kyläyhdistyksen edustaja" in text.partition("Etsi")[2]) is reads
    if not reads:
        assert "Työryhmän jäsen (" in text


def test_nobody_is_found_by_a_name_that_may_not_be_read(pages: Pages):
    page = pages.as_("hallintosihteeri").get(f"{RECORD}?laji=kannat&henkilo=kylayhdistyksen-edustaja")
    assert OBJECTION not in page.text
    assert 'value="kylayhdistyksen-edustaja"' not in page.text


def test_the_administrator_does_not_read_it_and_an_outsider_finds_nothing(pages: Pages):
    assert pages.as_("paakayttaja").get(RECORD).status_code == 403
    assert "Valmisteluhistoria" not in pages.as_("paakayttaja").get(PROCESS).text
    assert "Valmisteluhistoria" in pages.as_("rehtori").get(PROCESS).text


def test_it_is_narrowed_by_kind_phase_person_days_and_words(pages: Pages):
    visit = pages.as_("koordinaattori")
    assert "tuli tarkistuspisteeseen" in read(visit, laji="vaiheet", vaihe="tulevaisuuskuva")
    assert "Tuottamistapa tuli" not in read(visit, laji="vaiheet", vaihe="tulevaisuuskuva")
    found = read(visit, q="asiointikuljetus ilman kuljetusta", laji="kannat")
    assert OBJECTION in found
    assert "Vastustukseen o3 vastattiin" not in found
    assert "Yksikään kirjaus ei vastaa hakua." in read(visit, q="zzz")
    assert "Yksikään kirjaus ei vastaa hakua." in read(visit, alkaen="2027-04-02")
    early = read(visit, paattyen="2026-12-31")
    assert "asetettiin" in early
    assert OBJECTION not in early
    assert "Valmistelujohtaja" not in read(visit, henkilo="talouspaallikko").partition("kirjaus")[2]


def test_a_day_that_is_none_is_said(pages: Pages):
    visit = pages.as_("koordinaattori")
    assert visit.get(f"{RECORD}?alkaen=eilen").status_code == 422
    assert "Anna päivä." in visit.text
    assert visit.get(f"{RECORD}?tilanne=2020-01-01").status_code == 422
    assert "Prosessia ei vielä ollut sinä päivänä." in visit.text


def test_a_long_record_comes_page_by_page_and_nothing_twice(pages: Pages):
    visit = pages.as_("koordinaattori")
    numbers: list[str] = []
    path: str | None = f"{RECORD}?laji="
    while path:
        answer = visit.get(path)
        numbers += re.findall(r'<li id="k(\d+)"', answer.text)
        onward = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path = RECORD + onward[1].replace("&amp;", "&") if onward else None
    assert len(numbers) == len(set(numbers)) > 50
    assert numbers == sorted(numbers, key=int, reverse=True)
    assert visit.get(f"{RECORD}?sivu=999").status_code == 200


def test_it_is_read_as_it_stood_on_a_day(pages: Pages):
    text = read(pages.as_("koordinaattori"), tilanne="2027-01-10")
    assert "Tilanne 10.1.2027" in text
    assert OBJECTION not in text
    now = read(pages.as_("koordinaattori"), tilanne="2027-04-01")
    assert "Tuottamistapa Tarkistuspisteessä" in now


def test_what_is_secret_of_a_statement_is_told_to_those_who_work_upon_it(pages: Pages):
    engine = pages.installation.engine
    statement = "nuorisovaltuuston-oma"
    asked = AskStatement(
        statement=statement, body="nuorisovaltuusto", phase="tuottamistapa", due=engine.clock().date().replace(month=6)
    )
    engine.handle(TOWN, asked, "koordinaattori", process=KEY)
    came = RecordStatement(
        statement=statement,
        given=engine.clock().date(),
        text=Private("Salainen kohta"),
        publicity=Publicity.SECRET,
        paragraph="JulkL 24 §",
    )
    engine.handle(TOWN, came, "koordinaattori", process=KEY)
    assert "Salainen kohta" in read(pages.as_("koordinaattori"), laji="kuuleminen")
    assert "Salainen kohta" in read(pages.as_("rehtori"), laji="kuuleminen")
    other = read(pages.as_("tietosuojavastaava"), laji="kuuleminen")
    assert "Salainen kohta" not in other
    assert "[salassa pidettävä]" in other
    assert "Yksikään kirjaus" in read(pages.as_("tietosuojavastaava"), q="salainen")


def test_swedish_readers_read_it_in_swedish(pages: Pages):
    text = read(pages.as_("nuorisotyontekija"))
    assert "kom till kontrollpunkten" in text
    assert "tuli tarkistuspisteeseen" not in text


# --- verifying ----------------------------------------------------------------------------------------------------


def test_it_is_verified_with_an_anchor_and_what_it_leaves_out_is_said(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get(f"{RECORD}/tarkistus")
    assert "Mitä tarkistus ei kerro" in visit.text
    visit.post(f"{RECORD}/tarkistus")
    assert "Kaikki on ennallaan" in visit.text
    anchor = re.search(rf"{KEY}:\d+:[0-9a-f]{{64}}", visit.text)
    assert anchor
    visit.post(f"{RECORD}/tarkistus", anchor=anchor[0])
    assert "Verratut ankkurit 1" in visit.text
    assert "Kaikki on ennallaan" in visit.text
    visit.post(f"{RECORD}/tarkistus", anchor=anchor[0][:-12] + "0" * 12)
    assert "Kaikki ei ole ennallaan" in visit.text


def test_who_verifies_again_and_again_is_asked_to_wait_in_words_of_its_own(pages: Pages):
    visit = pages.as_("koordinaattori")
    at = f"{PROCESS}/historia/tarkistus"
    visit.get(at)
    codes = [visit.post(at).status_code for _ in range(7)]
    assert codes == [200] * 6 + [503]
    assert "Olet tarkistanut monta kertaa peräkkäin" in visit.text


def test_what_was_changed_behind_its_back_is_found(pages: Pages):
    with pages.installation.database.transaction() as session:
        session.run("update process set title = 'Toinen nimi' where key = :key", {"key": KEY})
    visit = pages.as_("rehtori")
    visit.get(f"{RECORD}/tarkistus")
    visit.post(f"{RECORD}/tarkistus")
    assert "Kaikki ei ole ennallaan" in visit.text
    assert f"{KEY}, process" in visit.text


# --- covering -----------------------------------------------------------------------------------------------------


def test_words_are_covered_for_good_after_what_disappears_was_shown(pages: Pages):
    number = number_of(pages, "ObjectionAnswered")
    visit = pages.as_("tietosuojavastaava")
    path = f"{RECORD}/{number}/peita"
    assert "Peitä tieto" in read(visit, laji="kannat")
    answer = visit.get(path)
    key = re.search(r'name="what" value="(c1:[0-9a-f]{64})"(?! disabled)', answer.text)
    assert key
    assert visit.post(path, ground="").status_code == 422
    assert "Valitse, mitä peitetään." in visit.text
    answer = visit.post(path, what=key[1], ground="tietosuoja-asetus 17 art.")
    assert "Tätä ei voi perua." in visit.text
    seen = SEEN.search(answer.text)
    assert seen
    visit.post(path, what=key[1], ground="tietosuoja-asetus 17 art.", seen=seen[1])
    assert "peitetty pysyvästi" in visit.text
    assert "[peitetty]" in read(visit, laji="kannat")
    visit.get(f"{RECORD}/tarkistus")
    visit.post(f"{RECORD}/tarkistus")
    assert "Kaikki on ennallaan" in visit.text


def test_a_file_is_covered_and_every_page_that_showed_it_still_opens(pages: Pages):
    number = number_of(pages, "OutputRevised")
    visit = pages.as_("tietosuojavastaava")
    path = f"{RECORD}/{number}/peita"
    answer = visit.get(path)
    file = re.search(r'id="file-1" name="what" value="([0-9a-f]{64})"', answer.text)
    assert file
    answer = visit.post(path, what=file[1], ground="tietosuoja-asetus 17 art.")
    seen = SEEN.search(answer.text)
    assert seen
    visit.post(path, what=file[1], ground="tietosuoja-asetus 17 art.", seen=seen[1])
    assert "peitetty pysyvästi" in visit.text
    reader = pages.as_("koordinaattori")
    newest = re.search(rf'"({PROCESS}/asiakirja/[0-9a-f]+)"', reader.get(f"{PROCESS}/vaihe/tuottamistapa").text)
    assert newest
    draft = f"{PROCESS}/vaihe/tuottamistapa/tuotos/vaihtoehtojen-vertailu"
    at = (f"{PROCESS}/tarkistuspiste/tuottamistapa", f"{PROCESS}/vaihe/tuottamistapa", newest[1], draft)
    for page in (PROCESS, RECORD, *at):
        assert reader.get(page).status_code == 200, page
    assert visit.get(path).status_code == 200


def test_what_somebody_is_called_now_is_not_covered(pages: Pages):
    visit = pages.as_("tietosuojavastaava")
    answer = visit.get(f"{RECORD}/{number_of(pages, 'ObjectionAnswered')}/peita")
    named = re.search(r'value="(c1:[0-9a-f]{64})" disabled', answer.text)
    assert named
    assert "Hakemistossa nyt käytössä" in visit.text
    path = str(answer.url.path)
    assert visit.post(path, what=named[1], ground="tietosuoja-asetus 17 art.").status_code == 422


@pytest.mark.parametrize("person", ["koordinaattori", "rehtori", "hallintosihteeri", "paakayttaja"])
def test_nobody_but_the_data_protection_officer_covers_anything(pages: Pages, person: str):
    visit = pages.as_(person)
    path = f"{RECORD}/{number_of(pages, 'ObjectionAnswered')}/peita"
    assert visit.get(path).status_code == 403
    visit.get("/omat")
    assert visit.post(path, what="c1:" + "0" * 64, ground="tietosuoja").status_code == 403


def test_a_mistake_of_writing_is_mended_from_the_record(pages: Pages):
    visit = pages.as_("hallintosihteeri")
    assert "Korjaa kirjaus" in read(visit, laji="kasittelyt")
    assert f'href="{PROCESS}/kasittelyt/oikaise#h1"' in visit.shown.text  # type: ignore[union-attr]
    at = f"{PROCESS}/kasittelyt/oikaise/h1/section"
    visit.get(at)
    visit.post(at, to="77", reason="Väärä pykälä")
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', visit.shown.text)  # type: ignore[union-attr]
    assert seen
    visit.post(at, to="77", reason="Väärä pykälä", seen=seen[1])
    text = read(visit, laji="kasittelyt")
    assert "Kirjaus oikaistiin: Kaupunginhallitus 1.3.2027 § 48, pykälä 48 → 77" in text


def test_it_is_searched_by_keyboard_without_scripts(browsing: Browsing):
    page = browsing.as_("rehtori", java_script_enabled=False)
    page.goto(PROCESS)
    page.get_by_role("link", name="Valmisteluhistoria").press("Enter")
    page.get_by_label("Sanat").fill("asiointikuljetus")
    page.get_by_label("Sanat").press("Enter")
    expect(page.locator(".entries")).to_contain_text(OBJECTION)


def test_groups_are_called_as_in_the_readers_language(pages: Pages):
    visit = pages.as_("nuorisotyontekija")  # who reads in Swedish
    visit.get(f"{RECORD}?laji=kannat")
    assert "Utvidgade ledningsgruppen" in visit.text
    assert "Laajennettu johtoryhmä" not in visit.text


def test_where_nothing_can_be_covered_yet_nothing_is_asked(pages: Pages):
    visit = pages.as_("tietosuojavastaava")
    visit.get(f"{RECORD}/108/peita")
    assert "Hakemistossa nyt käytössä: muuta se siellä ensin." in visit.text
    assert "Millä perusteella?" not in visit.text
