"""Meeting mode, and the way to the decision, on a real server and database."""

import re

import pytest
from browsing import CHECKPOINT, PROCESS, Browsing
from playwright.sync_api import Page, expect
from visiting import Pages

from models.commands import Return
from models.personal import Private

WAY = f"{PROCESS}/kasittelyt"
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def test_a_meeting_is_agreed_recorded_round_the_table_and_corrected_by_a_member(browsing: Browsing):
    page = browsing.as_("elinkeinopaallikko")  # the chair
    agrees(page)
    page.select_option("#stance", "accept")
    page.select_option("#present-e4", "matkailuyrittaja")
    page.select_option("#present-e5", "maaseutuasiamies")
    page.select_option("#said-e5", "object")
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("alert")).to_contain_text("Kirjoita perustelu: Maaseutuasiamies.")
    expect(page.get_by_role("alert")).to_contain_text("Kirjoita muistio")
    expect(page.locator("#present-e4")).to_have_value("matkailuyrittaja")
    page.fill("#reason-e5", "Kuljetukset puuttuvat.")
    page.locator(".table-dissent").nth(4).locator("summary").click()
    page.fill("#dissent-e5", "Kylien kuljetus ensin.")
    page.fill("#memo", "Keskusteltiin kuljetuksista.")
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("status")).to_contain_text("Muistio on kirjattu")
    expect(page.locator("main")).to_contain_text("Keskusteltiin kuljetuksista.")
    page.get_by_role("link", name="Siirry tarkistuspisteeseen").click()
    expect(page.locator("main")).to_contain_text("Kuljetukset puuttuvat.")
    expect(page.locator("#d1")).to_contain_text("Kylien kuljetus ensin.")

    member = browsing.as_("maaseutuasiamies")
    member.goto(page.url.replace("tarkistuspiste/tuottamistapa", "kokous/tuottamistapa-kokous-1"))
    expect(member.locator("main")).to_contain_text("Korjaa, mitä kannastasi kirjattiin")
    expect(member.locator("#kind-e5")).to_have_value("object")
    member.select_option("#kind-e5", "abstain")
    member.get_by_role("button", name="Korjaa").click()
    expect(member.get_by_role("status")).to_contain_text("Korjaus on kirjattu")

    other = browsing.as_("rehtori")
    other.goto(f"{PROCESS}/kokous/tuottamistapa-kokous-1")
    expect(other.locator("main")).not_to_contain_text("Keskusteltiin kuljetuksista.")


def test_a_chair_agrees_on_meetings_of_the_own_group_alone(browsing: Browsing):
    page = browsing.as_("sivistysjohtaja", viewport={"width": 360, "height": 700})
    page.goto(f"{PROCESS}/vaihe/tuottamistapa")
    page.get_by_text("Sovi kokous tai lisää pidetty kokous").click()
    expect(page.locator("#meeting-group option")).to_have_text(["Hyvinvoinnin ja palvelujen työryhmä"])
    page.fill("#meeting-name", "Ryhmän kokous")
    page.fill("#meeting-day", "2027-03-31")
    page.fill("#meeting-time", "14:00")
    page.get_by_role("button", name="Sovi kokous").click()
    page.get_by_role("link", name="Ryhmän kokous").click()
    expect(page.get_by_role("button", name="Kirjaa kokous")).to_be_visible()


def agrees(page: Page) -> None:
    page.goto(f"{PROCESS}/vaihe/tuottamistapa")
    page.get_by_text("Sovi kokous").first.click()
    page.fill("#meeting-name", "Elinvoimaryhmän kokous")
    page.select_option("#meeting-group", "elinvoimaryhma")
    page.fill("#meeting-day", "2027-04-01")
    page.fill("#meeting-time", "08:00")
    page.get_by_role("button", name="Sovi kokous").click()
    page.get_by_role("link", name="Elinvoimaryhmän kokous").click()


def fill_in(page: Page) -> None:
    """What is chosen and typed of a meeting."""
    page.select_option("#stance", "accept")
    page.select_option("#present-e4", "matkailuyrittaja")
    page.select_option("#present-e5", "maaseutuasiamies")
    page.select_option("#said-e5", "object")
    page.fill("#reason-e5", "Kuljetukset puuttuvat.")
    page.locator(".table-dissent").nth(4).locator("summary").click()
    page.fill("#dissent-e5", "Kylien kuljetus ensin.")
    page.fill("#memo", "Keskusteltiin kuljetuksista.")


def given_back(page: Page) -> None:
    expect(page.locator("#stance")).to_have_value("accept")
    expect(page.locator("#present-e4")).to_have_value("matkailuyrittaja")
    expect(page.locator("#said-e5")).to_have_value("object")
    expect(page.locator("#reason-e5")).to_have_value("Kuljetukset puuttuvat.")
    expect(page.locator("#dissent-e5")).to_be_visible()
    expect(page.locator("#dissent-e5")).to_have_value("Kylien kuljetus ensin.")
    expect(page.locator("#memo")).to_have_value("Keskusteltiin kuljetuksista.")


def test_a_meeting_recorded_where_there_is_no_connection_keeps_what_was_chosen_and_typed(browsing: Browsing):
    page = browsing.as_("elinkeinopaallikko")
    agrees(page)
    at = page.url
    fill_in(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirjaa kokous").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(at)
    given_back(page)
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("status")).to_contain_text("Muistio on kirjattu")
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('#'))") == []  # the server has it


def test_a_text_that_changes_while_a_meeting_is_recorded_is_told_and_nothing_is_lost(browsing: Browsing):
    page = browsing.as_("elinkeinopaallikko")
    agrees(page)
    fill_in(page)
    browsing.revises()
    page.reload()
    given_back(page)
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("alert")).to_contain_text("Asiakirja muuttui, kun täytit lomaketta")
    given_back(page)
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("status")).to_contain_text("Muistio on kirjattu")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_meeting_sent_with_a_mistake_is_still_of_the_text_that_was_talked_about(browsing: Browsing, scripts: bool):
    page = browsing.as_("elinkeinopaallikko", java_script_enabled=scripts)
    agrees(page)
    at = page.url
    fill_in(page)
    page.fill("#memo", "")
    browsing.revises()
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("alert")).to_contain_text("Kirjoita muistio")
    page.fill("#memo", "Keskusteltiin kuljetuksista.")
    if scripts:  # what is given back in the browser is of the old text too
        page.goto(at)
        given_back(page)
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("alert")).to_contain_text("Asiakirja muuttui, kun täytit lomaketta")
    given_back(page)
    page.get_by_role("button", name="Kirjaa kokous").click()
    expect(page.get_by_role("status")).to_contain_text("Muistio on kirjattu")


def test_stances_of_a_meeting_whose_round_has_ended_are_not_dropped_without_a_word(pages: Pages):
    visit = pages.as_("sivistysjohtaja")
    visit.get(f"{PROCESS}/vaihe/tuottamistapa")
    asked = {"name": "Ryhmän kokous", "group": "hyvinvointiryhma", "day": "2027-03-30", "time": "14.00"}
    visit.post(f"{PROCESS}/vaihe/tuottamistapa/kokous", **asked)
    at = f"{PROCESS}/kokous/tuottamistapa-kokous-1"
    visit.get(at)
    back = Return(phase="tuottamistapa", to="tuottamistapa", reason=Private("Palautetaan."))
    pages.installation.engine.handle("kemijarvi", back, "valmistelujohtaja", process="kemijarvi-2030")
    spoken = {"stance": "accept", "present-h3": "rehtori", "memo": "Puhuttiin pitkään kuljetuksista."}
    answer = visit.post(at, held_on="2027-03-30", **spoken)
    assert answer.status_code == 409
    assert "Puhuttiin pitkään kuljetuksista." in visit.text


def test_whatever_is_typed_into_a_meetings_form_is_recorded_or_asked_about(pages: Pages):
    visit = pages.as_("sivistysjohtaja")  # the chair, who has taken a stance
    visit.get(f"{PROCESS}/vaihe/tuottamistapa")
    asked = {"name": "Ryhmän kokous", "group": "hyvinvointiryhma", "day": "2027-03-30", "time": "14.00"}
    visit.post(f"{PROCESS}/vaihe/tuottamistapa/kokous", **asked)
    visit.get(CHECKPOINT)
    assert "Ryhmän kokous · Hyvinvoinnin" in visit.text
    at = f"{PROCESS}/kokous/tuottamistapa-kokous-1"
    visit.get(at)
    assert 'value="2027-03-30"' in visit.shown.text  # type: ignore[union-attr]
    assert "said-h1" not in visit.shown.text  # type: ignore[union-attr]
    there = {
        "present-h1": "sivistysjohtaja",
        "present-h4": "kylayhdistyksen-edustaja",
        "present-h5": "vanhusneuvoston-edustaja",
    }
    typed = {"dissent-h6": "Bussi ensin.", "said-h4": "accept", "reason-h5": "Ei riitä.", "memo": "Puhuttiin."}
    seen = dict(re.findall(r'name="(round|manifest|group|phase)" value="([^"]+)"', visit.shown.text))  # type: ignore[union-attr]
    whole = {"held_on": "2027-03-30", "stance": "accept", **seen}
    assert visit.post(at, **whole, **there, **typed).status_code == 422
    assert "Merkitse läsnäolo: Nuorisotyöntekijä." in visit.text
    assert "Kyläyhdistyksen edustaja on jo itse ottanut kantaa" in visit.text
    assert "Valitse kanta, jonka perustelu tämä on: Vanhusneuvoston edustaja." in visit.text
    assert "Bussi ensin." in visit.text
    visit.post(
        at, **whole, **there, **{"present-h6": "nuorisotyontekija"}, **{"dissent-h6": "Bussi ensin."}, memo="Puhuttiin."
    )
    assert "Muistio on kirjattu" in visit.text
    assert "korjata omaa kantaansa 4.4.2027 asti" in visit.text
    visit.get(CHECKPOINT)
    assert "Bussi ensin." in visit.text


def test_a_handling_is_shown_before_it_is_recorded_and_the_text_as_decided_is_compared(pages: Pages):
    visit = pages.as_("hallintosihteeri")
    visit.get(WAY)
    assert "Palvelujen on oltava saavutettavissa ilman autoa" in visit.text  # what the statement says
    assert "Asukastyöpajat" in visit.text  # where the hearing was
    visit.get(f"{WAY}/kirjaa/valtuuston-paatos")
    handling = {"outcome": "amended", "date": "2027-03-31", "section": "12", "vote_for": "21", "vote_against": "kuusi"}
    assert visit.post(f"{WAY}/kirjaa/valtuuston-paatos", **handling).status_code == 422
    assert "Kirjoita luku numeroin." in visit.text
    endless = {**handling, "vote_against": "9" * 5000, "date": "9999-12-31"}
    assert visit.post(f"{WAY}/kirjaa/valtuuston-paatos", **endless).status_code == 422
    assert "Kirjoita luku numeroin." in visit.text and "Anna päivä." in visit.text
    handling |= {
        "vote_against": "6",
        "dissents": "2",
        "minutes": "https://kemijarvi.example/12",
        "summary": "Kylät mukaan.",
    }
    visit.post(f"{WAY}/kirjaa/valtuuston-paatos", **handling)
    assert "Kirjataan: Kaupunginvaltuusto 31.3.2027 § 12, päätös: hyväksytty muutettuna." in visit.text
    assert "Äänestys: 21 puolesta, 6 vastaan, 0 tyhjää." in visit.text
    assert "Tämä on prosessin päätös." in visit.text
    assert "Päätetty teksti puuttuu." in visit.text
    seen = SEEN.search(visit.shown.text)  # type: ignore[union-attr]
    assert seen
    visit.get(WAY)
    assert "Käsitelty" not in visit.text  # shown is not recorded
    visit.get(f"{WAY}/kirjaa/valtuuston-paatos")
    visit.post(f"{WAY}/kirjaa/valtuuston-paatos", **handling, seen=seen[1])
    assert "Käsittely on kirjattu" in visit.text
    for told in ("Käsitelty", "21 puolesta", "Pöytäkirjassa 2 eriävää", "Pöytäkirja verkossa", "Kylät mukaan."):
        assert told in visit.text
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', visit.shown.text)  # type: ignore[union-attr]
    assert token
    sent = {"file": ("paatetty.md", "# Vaihtoehtojen vertailu\n\nPäätettiin toisin.\n".encode())}
    data = {"form_token": token[1], "output": "vaihtoehtojen-vertailu"}
    assert visit.client.post(f"{WAY}/h2/teksti", data=data, files=sent).status_code == 200
    visit.get(f"{WAY}/h2/teksti/vaihtoehtojen-vertailu")
    assert "Päätettiin toisin." in visit.text
    visit.get(WAY)
    visit.post(f"{WAY}/h2/poytakirja", inspected="2027-04-01", published="2027-04-01")
    assert "Valitusaika päättyy arviolta 10.5.2027" in visit.text  # 8.5. is a Saturday


def test_a_body_sends_the_matter_back_and_the_coordinator_returns_the_work(browsing: Browsing):
    registrar = browsing.as_("hallintosihteeri")
    registrar.goto(WAY)
    registrar.get_by_role("link", name=re.compile("Kirjaa käsittely.*ehdotus valtuustolle")).click()
    registrar.fill("#date", "2027-03-31")
    registrar.select_option("#outcome", "returned")
    registrar.fill("#summary", "Vaikutukset lapsiin puuttuvat.")
    registrar.get_by_role("button", name="Näytä, mitä tapahtuu").click()
    expect(registrar.locator("#preview")).to_contain_text("palautettu valmisteluun")
    registrar.get_by_role("button", name="Kirjaa käsittely").click()
    expect(registrar.get_by_role("status")).to_contain_text("Käsittely on kirjattu")
    expect(registrar.locator("#expected + ol li").nth(1)).to_contain_text("Kesken")
    expect(registrar.get_by_role("link", name="Palauta valmisteluun")).to_have_count(0)

    page = browsing.as_("koordinaattori")
    page.goto(WAY)
    page.get_by_role("link", name="Palauta valmisteluun").click()
    page.locator("#to-tuottamistarve").check()
    page.get_by_role("button", name="Näytä, mitä tapahtuu").click()
    expect(page.get_by_role("alert")).to_contain_text("Kirjoita, miksi työ palautetaan.")
    page.fill("#reason", "Vaikutukset lapsiin arvioidaan.")
    page.get_by_role("button", name="Näytä, mitä tapahtuu").click()
    expect(page.locator("#preview")).to_contain_text("Työ jatkuu vaiheesta ”Tuottamistarve”.")
    page.get_by_role("button", name="Palauta valmisteluun").click()
    expect(page.get_by_role("status")).to_contain_text("Työ on palautettu valmisteluun")
    page.goto(WAY)
    expect(page.get_by_role("link", name="Palauta valmisteluun")).to_have_count(0)  # once for each


def test_a_mistake_of_writing_is_mended_and_a_day_to_come_is_refused(pages: Pages):
    visit = pages.as_("hallintosihteeri")
    visit.get(f"{WAY}/oikaise")
    assert "Kaupunginhallitus 1.3.2027 § 48" in visit.text
    assert "Kuntalaisten kuuleminen tuottamistavasta" in visit.text
    at = f"{WAY}/oikaise/h1/section"
    visit.get(at)
    visit.post(at, to="77", reason="Väärä pykälä")
    assert "Entinen arvo jää valmisteluhistoriaan." in visit.text
    seen = SEEN.search(visit.shown.text)  # type: ignore[union-attr]
    assert seen
    visit.post(at, to="77", reason="Väärä pykälä", seen=seen[1])
    assert "§ 77" in visit.text
    assert visit.post(f"{WAY}/oikaise/h1/date", to="2030-01-01", reason="Väärä päivä").status_code == 422
    assert "Tarkista vielä" in visit.text
    assert visit.get(f"{WAY}/oikaise/h1/given").status_code == 404
    assert visit.get(WAY).status_code == 200
    assert visit.post(f"{WAY}/h1/poytakirja", inspected="2030-01-01").status_code == 422


def test_a_wrong_kind_outcome_or_count_is_mended_where_nothing_has_followed(pages: Pages):
    visit = pages.as_("hallintosihteeri")
    visit.get(f"{WAY}/oikaise")
    assert "Tulos merkitty tiedoksi · Oikaise" in visit.text
    assert "Kannanottojen määrä 143 · Oikaise" in visit.text
    for field, to, before, after in (
        ("h1/outcome", "tabled", "merkitty tiedoksi", "pantu pöydälle"),
        ("h1/kind", "proposal", "tiedoksi", "ehdotus"),
        ("kuuleminen-tuottamistavasta/contributions", "134", "143", "134"),
    ):
        at = f"{WAY}/oikaise/{field}"
        assert f'<option value="{to}"' in visit.get(at).text or "contributions" in field
        assert visit.post(at, to=to, reason="").status_code == 422
        visit.post(at, to=to, reason="Näppäilyvirhe")
        assert f"{before} {after}" in visit.text
        seen = SEEN.search(visit.shown.text)  # type: ignore[union-attr]
        assert seen
        assert visit.post(at, to=to, reason="Näppäilyvirhe", seen=seen[1]).status_code == 200
    assert "ehdotus: pantu pöydälle" in visit.text
    visit.get(f"{PROCESS}/historia")
    assert "tulos merkitty tiedoksi → pantu pöydälle" in visit.text
    assert visit.get(f"{WAY}/oikaise/h1/outcome").text.count('<option value="tabled"') == 0
    assert "Tarkista vielä" in (visit.post(f"{WAY}/oikaise/h1/outcome", to="adopted", reason="x"), visit.text)[1]


def test_a_statement_that_came_is_answered(pages: Pages):
    visit = pages.as_("valmistelujohtaja")
    visit.get(WAY)
    visit.post(f"{WAY}/lausunto/nuorisovaltuusto-tuottamistavasta/vastaa", text="Illat otettiin mukaan.")
    assert "Illat otettiin mukaan." in visit.text


def test_the_coordinator_is_told_who_states_the_outcome_and_the_preparer_what_is_missing(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(CHECKPOINT)
    assert "Tuloksen toteaa Hallintojohtaja" in visit.text
    assert "odottaa toteamista" not in visit.text
    visit = pages.as_("valmistelujohtaja")
    visit.get(CHECKPOINT)
    assert "Tarkistuspisteen tulos odottaa toteamista" in visit.text
    visit.get(f"{CHECKPOINT}/tulos")
    assert f'href="{CHECKPOINT}#o3"' in visit.shown.text  # type: ignore[union-attr]
    assert "Jokainen viittaus johtaa riville, joka on olemassa : Puuttuu: T11" in visit.text
