"""Meeting mode, and the way to the decision, on a real server and database."""

import re

from browsing import CHECKPOINT, PROCESS, Browsing
from playwright.sync_api import expect
from visiting import Pages

WAY = f"{PROCESS}/kasittelyt"


def test_a_meeting_is_agreed_recorded_round_the_table_and_corrected_by_a_member(browsing: Browsing):
    page = browsing.as_("elinkeinopaallikko")  # the chair
    page.goto(f"{PROCESS}/vaihe/tuottamistapa")
    page.get_by_text("Sovi kokous").first.click()
    page.fill("#meeting-name", "Elinvoimaryhmän kokous")
    page.select_option("#meeting-group", "elinvoimaryhma")
    page.fill("#meeting-day", "2027-04-01")
    page.fill("#meeting-time", "08:00")
    page.get_by_role("button", name="Sovi kokous").click()
    page.get_by_role("link", name="Elinvoimaryhmän kokous").click()
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
    page.goto(CHECKPOINT)
    expect(page.locator("main")).to_contain_text("Kuljetukset puuttuvat.")
    expect(page.locator("#d1")).to_contain_text("Kylien kuljetus ensin.")

    member = browsing.as_("maaseutuasiamies")
    member.goto(page.url.replace("tarkistuspiste/tuottamistapa", "kokous/tuottamistapa-kokous-1"))
    expect(member.locator("main")).to_contain_text("Korjaa, mitä kannastasi kirjattiin")
    member.select_option("#kind-e5", "abstain")
    member.get_by_role("button", name="Korjaa").click()
    expect(member.get_by_role("status")).to_contain_text("Korjaus on kirjattu")

    other = browsing.as_("rehtori")
    other.goto(f"{PROCESS}/kokous/tuottamistapa-kokous-1")
    expect(other.locator("main")).not_to_contain_text("Keskusteltiin kuljetuksista.")


def test_a_handling_is_recorded_with_what_was_amiss_and_the_text_as_decided_is_compared(pages: Pages):
    visit = pages.as_("hallintosihteeri")
    visit.get(WAY)
    handling = {"body": "valtuusto", "kind": "decision", "outcome": "amended", "date": "2027-03-31", "section": "12"}
    visit.post(WAY, **handling)
    assert "Käsittely on kirjattu" in visit.text
    assert "Päätetty teksti puuttuu." in visit.text
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', visit.shown.text)  # type: ignore[union-attr]
    assert token
    sent = {"file": ("paatetty.md", "# Vaihtoehtojen vertailu\n\nPäätettiin toisin.\n".encode())}
    data = {"form_token": token[1], "output": "vaihtoehtojen-vertailu"}
    assert visit.client.post(f"{WAY}/h2/teksti", data=data, files=sent).status_code == 200
    visit.get(f"{WAY}/h2/teksti/vaihtoehtojen-vertailu")
    assert "Päätettiin toisin." in visit.text
    visit.post(f"{WAY}/h2/poytakirja", inspected="2027-04-01", published="2027-04-01")
    assert "Valitusaika päättyy arviolta 10.5.2027" in visit.text  # 8.5. is a Saturday


def test_a_mistake_of_writing_is_mended_and_a_day_to_come_is_refused(pages: Pages):
    visit = pages.as_("hallintosihteeri")
    visit.get(WAY)
    visit.post(f"{WAY}/korjaa", item="h1", field="section", to="77", reason="Väärä pykälä")
    assert "§ 77" in visit.text
    assert visit.post(f"{WAY}/h1/poytakirja", inspected="2030-01-01").status_code == 422


def test_a_statement_that_came_is_answered(pages: Pages):
    visit = pages.as_("valmistelujohtaja")
    visit.get(WAY)
    visit.post(f"{WAY}/lausunto/nuorisovaltuusto-tuottamistavasta/vastaa", text="Illat otettiin mukaan.")
    assert "Illat otettiin mukaan." in visit.text
