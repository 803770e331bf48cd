"""What members of working groups do in a browser, on a real server and database."""

import datetime as dt
import re
from pathlib import Path

import pytest
from browsing import CHECKPOINT, DRAFT, PROCESS, Browsing
from playwright.sync_api import Page, expect
from visiting import Pages

from models.municipality.commands import NoteAbsence
from models.signing_in.sessions import IDLE
from tasks.installation import within
from tasks.papers.making import make

PAPER = re.compile(r'href="(/prosessi/[^"]+/paperi/\w+/(\w+)/([^"]+))"')


def take(page: Page, kind: str, reason: str | None = None) -> None:
    """The form of the stance is filled in and sent."""
    page.click(f'label[for="{"kind" if kind == "accept" else f"kind-{kind}"}"]')
    if reason:
        page.fill("#reason", reason)
    page.get_by_role("button", name="Ota kantaa").click()


def test_a_member_goes_from_the_inbox_to_a_stance_and_is_thanked(browsing: Browsing):
    page = browsing.as_("nuorisotyontekija")
    page.get_by_role("button", name="Suomi").click()
    page.get_by_role("link", name="Ota kantaa").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tarkistuspiste 3")
    page.get_by_role("link", name="Ota kantaa").click()
    expect(page.locator(".shown-to")).to_contain_text("Työryhmäsi ja koordinaattori näkevät nimesi")
    take(page, "accept")

    expect(page.get_by_role("status")).to_contain_text("Kantasi on kirjattu")
    expect(page.locator(".yours")).to_contain_text("Kantasi: Kannatan")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Mikään ei odota sinua juuri nyt")


def test_an_objection_without_reasons_is_asked_for_them_and_nothing_is_lost(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    page.goto(f"{CHECKPOINT}/kanta/e5")
    take(page, "object")

    expect(page.get_by_role("alert")).to_contain_text("Kirjoita perustelusi")
    expect(page.locator("#kind-object")).to_be_checked()
    page.fill("#reason", "Kuljetusten kustannus on arvioitu liian pieneksi.")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator("#o5")).to_contain_text("Kuljetusten kustannus")


def test_who_spoke_before_the_text_changed_sees_the_change_in_place_and_keeps_the_stance(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    yours = page.locator(".yours")
    expect(yours).to_contain_text("Asiakirja on muuttunut kannanottosi jälkeen")
    yours.get_by_text("Katso muutokset").click()
    expect(yours.locator("ins").first).to_be_visible()
    expect(yours.locator(".difference")).to_contain_text("T11")
    expect(yours.locator(".is-row").first.locator("li")).to_have_count(8)
    expect(yours.locator(".is-row").first).not_to_contain_text("|")
    page.get_by_role("button", name="Pidän kantani").click()

    expect(page.locator(".yours")).to_contain_text("Kantasi: Kannatan")


def test_the_counts_of_a_group_tell_of_objections_to_the_former_text(pages: Pages):
    visit = pages.as_("valmistelujohtaja")
    visit.get(CHECKPOINT)
    assert "5 kantaa puuttuu 2 vastusti vanhaa tekstiä eikä ole vastannut uuteen" in visit.text
    assert "4 kantaa puuttuu 1 ehdotti edellytystä vanhaan tekstiin eikä ole vastannut uuteen" in visit.text
    assert "Ei kannata vanhaan tekstiin 2 jäsentä" in visit.text
    visit.get(PROCESS)
    assert "Ei kannata vanhaan tekstiin" in visit.text


def test_who_sits_in_two_groups_sees_first_what_waits_and_in_which_group_each_thing_is_done(pages: Pages):
    visit = pages.as_("sivistysjohtaja")
    shown = visit.get(CHECKPOINT).text
    first = shown.partition('id="kanta"')[2].partition("</section>")[0]
    assert "Laajennettu johtoryhmä" in first
    assert "Asiakirja on muuttunut kannanottosi jälkeen" in first
    for group in ("Laajennettu johtoryhmä", "Hyvinvoinnin ja palvelujen työryhmä"):
        assert f"Yhdyn tähän: {group}" in visit.text


def test_a_returned_round_shows_what_changed_and_asks_everybody_again(browsing: Browsing):
    preparer = browsing.as_("valmistelujohtaja")
    preparer.goto(f"{CHECKPOINT}/tulos")
    preparer.click('label[for="outcome-return"]')
    preparer.click('label[for="to-tuottamistapa"]')
    preparer.fill("#reason", "Kuljetukset lasketaan uudelleen.")
    preparer.get_by_role("button", name="Totea tulos").click()
    owner = browsing.as_("talouspaallikko")
    owner.goto(DRAFT)
    owner.locator("#text").fill(
        owner.locator("#text").input_value() + "\n\nKuljetusten kustannus on laskettu kylittäin.\n"
    )
    owner.get_by_role("button", name="Tallenna").click()
    owner.goto(f"{PROCESS}/vaihe/tuottamistapa")
    owner.get_by_role("button", name="Toimita uudelleen tarkistuspisteeseen").click()

    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    expect(page.locator(".page-head")).to_contain_text("Käsittelykerta 2")
    expect(page.locator(".yours")).to_contain_text("Työryhmäsi kantaa pyydetään")
    changed = page.get_by_role("link", name="Muuttunut edellisestä käsittelykerrasta")
    expect(changed).to_have_count(1)
    changed.click()
    expect(page.locator(".passage ins").first).to_contain_text("Kuljetusten kustannus on laskettu kylittäin.")
    page.goto(CHECKPOINT)
    page.get_by_role("link", name="Ota kantaa").click()
    take(page, "accept")
    expect(page.locator(".yours")).to_contain_text("Kantasi: Kannatan")


def test_a_deputy_speaks_for_a_member_who_is_away(browsing: Browsing):
    page = browsing.as_("lastenhoitaja")
    page.get_by_role("link", name="Ota kantaa").click()
    expect(page.locator(".yours")).to_contain_text("jonka haltija on Varhaiskasvatuksen opettaja")
    page.get_by_role("link", name="Ota kantaa").click()
    expect(page.locator("#kind-disqualified")).to_have_count(0)
    take(page, "accept")
    coordinator = browsing.as_("koordinaattori")
    coordinator.goto(CHECKPOINT)
    coordinator.get_by_text("Jäsenten kannat").first.click()
    expect(coordinator.locator(".members").first).to_contain_text("(varajäsen Lastenhoitaja)")


def test_a_disqualified_member_is_not_asked_and_another_can_say_so(browsing: Browsing):
    out = browsing.as_("palveluyrittaja")
    expect(out.locator("main")).to_contain_text("Mikään ei odota sinua juuri nyt")
    out.goto(CHECKPOINT)
    expect(out.locator(".yours")).to_contain_text("Kantasi: Esteellinen")
    page = browsing.as_("matkailuyrittaja")
    page.goto(f"{CHECKPOINT}/kanta/e4")
    page.click('label[for="kind-disqualified"]')
    page.fill("#ground", "Hallintolaki 28 § 1 mom. 3 kohta")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator(".yours")).to_contain_text("Kantasi: Esteellinen")


def test_a_member_joins_an_objection_and_a_dissent_is_signed_by_name_only_by_choice(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    page.locator("#o3").get_by_text("Yhdyn tähän").first.click()
    expect(page.locator("#o3 .shown-to")).to_contain_text("on sen jälkeen: En kannata. Työryhmäsi ja koordinaattori")
    page.locator("#o3").get_by_role("button", name="Yhdyn tähän").click()
    expect(page.locator("#o3")).to_contain_text("Rehtori")
    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")
    page.get_by_text("Liitä eriävä mielipide").first.click()
    page.fill('textarea[name="text"]', "Kouluverkon vaikutus puuttuu.")
    page.locator("details[open]").get_by_role("button", name="Liitä eriävä mielipide").click()
    dissent = page.locator("#d1")
    expect(dissent).to_contain_text("Kouluverkon vaikutus puuttuu.")
    expect(dissent).not_to_contain_text("Rehtori")


def test_names_are_for_the_own_group_and_the_coordinator(browsing: Browsing):
    other = browsing.as_("maaseutuasiamies")
    other.goto(CHECKPOINT)
    expect(other.locator("#o3")).not_to_contain_text("Kyläyhdistyksen edustaja")
    own = browsing.as_("sivistysjohtaja")
    own.goto(CHECKPOINT)
    expect(own.locator("#o3")).to_contain_text("Kyläyhdistyksen edustaja")


def test_who_is_late_is_for_the_coordinator_and_the_groups_chair(browsing: Browsing):
    for person, seen in (("koordinaattori", True), ("elinkeinopaallikko", True), ("maaseutuasiamies", False)):
        page = browsing.as_(person)
        page.goto(PROCESS)
        expect(page.get_by_role("heading", name="Myöhässä")).to_have_count(int(seen))


def test_the_vice_chair_leads_the_group_while_the_chair_is_away(pages: Pages):
    visit, phase = pages.as_("varhaiskasvatuksen-opettaja"), f"{PROCESS}/vaihe/tuottamistapa"
    visit.get(phase)
    assert "Sovi kokous" not in visit.text
    day = dt.date(2027, 4, 1)
    away = NoteAbsence(person="sivistysjohtaja", first=day, last=day + dt.timedelta(days=5))
    pages.installation.engine.handle_municipality("kemijarvi", away, "sivistysjohtaja")
    assert "Myöhässä" in visit.get(PROCESS).text
    visit.get(phase)
    fields = {"name": "Ryhmän kokous", "day": "2027-04-20", "time": "13.00", "group": "hyvinvointiryhma"}
    assert "Ryhmän kokous" in visit.post(f"{phase}/kokous", **fields).text
    visit.get(phase)
    assert visit.post(f"{phase}/kokous", **{**fields, "group": "elinvoimaryhma"}).status_code == 403


def test_a_technical_correction_is_shown_to_whoever_spoke_before_it(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    page.goto(f"{CHECKPOINT}/kanta/e5")
    take(page, "accept")
    owner = browsing.as_("talouspaallikko")
    owner.goto(DRAFT)
    owner.locator("#text").fill(
        owner.locator("#text").input_value().replace("Luvut on keksitty", "Luvut ovat keksittyjä")
    )
    owner.get_by_role("button", name="Tallenna").click()
    owner.goto(f"{PROCESS}/vaihe/tuottamistapa")
    owner.get_by_text("Korvaa tarkistuspisteessä oleva versio").click()
    owner.get_by_label("Mitä muutettiin ja miksi?").fill("Kieliasu.")
    owner.get_by_label("Tekninen korjaus").check()
    owner.get_by_role("button", name="Korvaa versio").click()
    page.goto(CHECKPOINT)
    yours = page.locator(".yours")
    expect(yours).to_contain_text("Tekstiin tehtiin tekninen korjaus, ja kantasi on voimassa")
    yours.get_by_text("Katso muutokset").click()
    expect(yours.locator(".passage ins").first).to_contain_text("ovat")
    page.get_by_role("button", name="Vahvistan").click()
    expect(page.locator(".yours")).to_contain_text("Kantasi: Kannatan")


@pytest.mark.parametrize("how", [{"java_script_enabled": False}, {"viewport": {"width": 360, "height": 700}}])
def test_a_stance_is_taken_without_scripts_and_on_a_phone(browsing: Browsing, how: dict):
    page = browsing.as_("rehtori", **how)
    page.goto(CHECKPOINT)
    page.get_by_role("link", name="Muutan kantaani").click()
    page.click('label[for="kind-object"]')
    page.fill("#reason", "Matkat pitenevät liikaa.")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")


def test_a_stance_is_taken_by_the_keyboard_alone(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(f"{CHECKPOINT}/kanta/h3")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "kind":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#kind-object")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.type("Matkat pitenevät.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")


def test_a_session_that_ends_in_mid_form_loses_nothing(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    page.goto(f"{CHECKPOINT}/kanta/e5")
    page.click('label[for="kind-object"]')
    page.fill("#reason", "Pitkään mietitty perustelu.")
    with browsing.pages.installation.database.transaction() as session:
        session.run("delete from session")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator("h1")).to_have_text("Lähetä uudelleen")
    expect(page.locator("main")).to_contain_text("Istuntosi päättyi")
    again = page.context.new_page()
    again.goto("/kokeilu")
    again.click('button[value="maaseutuasiamies"]')
    page.get_by_role("button", name="Lähetä uudelleen").click()
    expect(page.locator("textarea")).to_have_value("Pitkään mietitty perustelu.")
    page.get_by_role("button", name="Lähetä uudelleen").click()

    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")
    assert dt.timedelta(minutes=30) <= IDLE


def test_a_text_that_changes_while_a_stance_is_written_is_shown_and_the_words_stay(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies", java_script_enabled=False)
    page.goto(f"{CHECKPOINT}/kanta/e5")
    browsing.revises()
    take(page, "object", "Pitkään mietitty perustelu.")
    expect(page.get_by_role("alert")).to_contain_text("Asiakirja muuttui, kun täytit lomaketta")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Katso muutokset: Vaihtoehtojen vertailu").click()
    expect(opened.value.locator("ins").last).to_contain_text("Lisätty kappale.")
    expect(page.locator("#kind-object")).to_be_checked()
    expect(page.locator("#reason")).to_have_value("Pitkään mietitty perustelu.")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")
    page.get_by_role("link", name="Muutan kantaani").click()
    expect(page.locator("#kind-object")).to_be_checked()
    expect(page.locator("#reason")).to_have_value("Pitkään mietitty perustelu.")


def test_who_is_disqualified_of_something_goes_on_from_what_they_said(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    page.goto(f"{CHECKPOINT}/kanta/e5")
    page.click('label[for="kind-disqualified"]')
    page.click('label[for="output-vaihtoehtojen-vertailu"]')
    page.fill("#ground", "Hallintolaki 28 § 1 mom. 3 kohta")
    page.get_by_role("button", name="Ota kantaa").click()
    page.goto(f"{CHECKPOINT}/kanta/e5")
    expect(page.locator("#kind-disqualified")).to_be_checked()
    expect(page.locator("#output-vaihtoehtojen-vertailu")).to_be_checked()
    expect(page.locator("#output-tuottamistapakuva")).not_to_be_checked()
    expect(page.locator("#ground")).to_have_value("Hallintolaki 28 § 1 mom. 3 kohta")


def test_a_stance_sent_where_there_is_no_connection_keeps_its_words_for_its_writer_alone(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    page.goto(f"{CHECKPOINT}/kanta/e5")
    page.context.set_offline(True)
    take(page, "object", "Tunnelissa kirjoitettu.")
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(f"{CHECKPOINT}/kanta/e5")
    expect(page.locator(".when-restored")).to_be_visible()
    expect(page.locator("#kind-object")).to_be_checked()
    expect(page.locator("#reason")).to_have_value("Tunnelissa kirjoitettu.")
    page.goto("/kokeilu")
    page.click('button[value="koordinaattori"]')
    page.goto("/kokeilu")
    page.click('button[value="maaseutuasiamies"]')
    page.goto(f"{CHECKPOINT}/kanta/e5")
    assert page.locator("#reason").input_value() == ""
    take(page, "object", "Uusi perustelu.")
    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('#'))") == []  # the server has it


def disqualifies(page: Page) -> None:
    page.goto(f"{CHECKPOINT}/kanta/e5")
    page.click('label[for="kind-disqualified"]')
    page.get_by_label("Vaihtoehtojen vertailu").check()
    page.fill("#ground", "Hallintolaki 28 §")


def disqualification_is_given_back(page: Page) -> None:
    expect(page.locator("#kind-disqualified")).to_be_checked()
    expect(page.get_by_label("Vaihtoehtojen vertailu")).to_be_checked()
    expect(page.get_by_label("Tuottamistapakuva")).not_to_be_checked()
    expect(page.locator("#ground")).to_have_value("Hallintolaki 28 §")


def test_whatever_was_chosen_of_a_stance_is_given_back_and_can_be_thrown_away(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    disqualifies(page)
    page.reload()
    disqualification_is_given_back(page)
    page.get_by_role("button", name="Hylkää se ja näytä tallennettu").click()
    expect(page.locator("#kind-disqualified")).not_to_be_checked()
    disqualifies(page)
    page.get_by_role("link", name="Palaa ottamatta kantaa").click()
    page.goto(f"{CHECKPOINT}/kanta/e5")
    expect(page.locator(".when-restored")).to_be_hidden()


def test_a_session_that_ends_while_a_stance_is_taken_loses_no_choice(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    disqualifies(page)
    with browsing.pages.installation.database.transaction() as session:
        session.run("delete from session")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator("h1")).to_have_text("Lähetä uudelleen")
    again = page.context.new_page()
    again.goto("/kokeilu")
    again.click('button[value="maaseutuasiamies"]')
    page.goto(f"{CHECKPOINT}/kanta/e5")
    disqualification_is_given_back(page)


def test_a_stance_given_back_is_of_the_text_that_it_was_written_over(browsing: Browsing):
    page = browsing.as_("maaseutuasiamies")
    page.goto(f"{CHECKPOINT}/kanta/e5")
    page.click('label[for="kind-object"]')
    page.fill("#reason", "Vanhasta tekstistä.")
    browsing.revises()
    page.reload()
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.get_by_role("alert")).to_contain_text("Asiakirja muuttui, kun täytit lomaketta")
    expect(page.locator("#kind-object")).to_be_checked()
    expect(page.locator("#reason")).to_have_value("Vanhasta tekstistä.")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_stance_sent_with_a_mistake_is_still_of_the_text_that_it_was_written_over(browsing: Browsing, scripts: bool):
    page = browsing.as_("maaseutuasiamies", java_script_enabled=scripts)
    page.goto(f"{CHECKPOINT}/kanta/e5")
    page.click('label[for="kind-object"]')
    browsing.revises()
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.get_by_role("alert")).to_contain_text("Kirjoita perustelusi")
    page.fill("#reason", "Vanhasta tekstistä.")
    if scripts:  # what is given back in the browser is of the old text too
        page.goto(f"{CHECKPOINT}/kanta/e5")
        expect(page.locator("#reason")).to_have_value("Vanhasta tekstistä.")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.get_by_role("alert")).to_contain_text("Asiakirja muuttui, kun täytit lomaketta")
    page.get_by_role("button", name="Ota kantaa").click()
    expect(page.locator(".yours")).to_contain_text("Kantasi: En kannata")


@pytest.mark.parametrize("holds", [{}, {"holds": "ehkä"}])
def test_an_assessment_that_says_neither_is_asked_about(pages: Pages, holds: dict[str, str]):
    visit = pages.as_("arviointisuunnittelija")
    visit.get(CHECKPOINT)
    assert visit.post(f"{CHECKPOINT}/arvioi/nykytila-mukana", round="1", manifest="0" * 64, **holds).status_code == 422
    assert "Valitse, täyttyykö asia." in visit.text


def test_an_answer_that_is_being_written_stays_in_its_own_field(browsing: Browsing):
    page = browsing.as_("valmistelujohtaja")
    page.goto(CHECKPOINT)
    page.locator("#o3").get_by_text("Vastaa uudelleen").click()
    page.fill("#answer-o3", "Vastaus kuljetuksista.")
    page.reload()
    values = page.locator("textarea").evaluate_all("all => all.map(one => one.value).filter(Boolean)")
    assert values == ["Vastaus kuljetuksista."]


def test_a_press_that_is_refused_leads_back_to_its_page_and_shows_what_was_written(browsing: Browsing):
    preparer, other = browsing.as_("valmistelujohtaja"), browsing.as_("koordinaattori")
    preparer.goto(CHECKPOINT)
    preparer.locator("#o3").get_by_text("Kirjaa eriäväksi mielipiteeksi").first.click()
    preparer.fill("#why-o3", "Kuljetus on jo vertailussa.")
    other.goto(f"{CHECKPOINT}/tulos")
    other.click('label[for="outcome-return"]')
    other.click('label[for="to-tuottamistapa"]')
    other.fill("#reason", "Kuljetukset lasketaan uudelleen.")
    other.get_by_role("button", name="Totea tulos").click()
    preparer.locator("#o3").get_by_role("button", name="Kirjaa eriäväksi mielipiteeksi").click()
    expect(preparer.get_by_label("Kirjoittamasi teksti, jota ei tallennettu")).to_have_value(
        "Kuljetus on jo vertailussa."
    )
    preparer.get_by_role("button", name="Svenska").click()
    preparer.goto(CHECKPOINT)
    expect(preparer.locator("h1")).to_contain_text("Kontrollpunkt 3")


def test_the_document_is_read_and_fetched(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    page.locator(".front").get_by_role("link", name="Vaihtoehtojen vertailu").click()
    expect(page.locator(".stamp")).to_contain_text("ei päätös")
    expect(page.locator("table").first).to_contain_text("Nykytila jatkuu")
    with page.expect_download() as fetched:
        page.locator(".files a").first.click()
    assert fetched.value.suggested_filename == "vaihtoehtojen-vertailu-2.md"


def test_the_papers_for_the_meeting_are_fetched(browsing: Browsing):
    installation = browsing.pages.installation
    with installation.database.reading() as session:
        made = session.one("select max(seq) from event where type = 'OutputRevised'")
    with within(installation):
        make("kemijarvi", "kemijarvi-2030", made[0])
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    with page.expect_download() as fetched:
        page.locator(".papers a").first.click()
    assert Path(fetched.value.path()).read_bytes()[:5] in (b"%PDF-", b"<!doc")


def test_the_process_page_leads_to_every_phase_and_checkpoint(pages: Pages):
    visit = pages.as_("rehtori")
    shown = visit.get(PROCESS).text
    picture = shown.partition('class="timeline"')[2].partition("</svg>")[0]
    for phase in ("tulevaisuuskuva", "tuottamistapa", "operatiivinen-malli"):
        assert f'href="{PROCESS}/vaihe/{phase}"' in picture
        assert f'href="{PROCESS}/tarkistuspiste/{phase}"' in shown
    coming = shown.partition('id="next"')[2].partition("</section>")[0]
    assert f'href="{PROCESS}/vaihe/tuottamistapa"' in coming
    assert f'href="{PROCESS}/vaihe/tuottamistapa"' in visit.get(f"{PROCESS}/tarkistuspiste/tuottamistapa").text


def test_a_locked_package_leads_to_its_papers_or_says_that_they_are_coming(browsing: Browsing):
    installation = browsing.pages.installation
    with installation.database.reading() as session:
        passed = session.one("select max(seq) from event where type = 'CheckpointPassed'")
    page = browsing.as_("rehtori")
    page.goto(f"{PROCESS}/tarkistuspiste/tuottamistarve")
    expect(page.locator(".outcome")).to_contain_text("Kooste ja muut paperit tulevat tälle sivulle")
    with within(installation):
        make("kemijarvi", "kemijarvi-2030", passed[0])
    page.reload()
    page.get_by_role("link", name="Lataa kooste ja muut paperit").click()
    expect(page.locator("#papers")).to_be_in_viewport()
    page.goto(PROCESS)
    page.locator('section[aria-labelledby="packages"]').get_by_role("link", name="Tuottamistarve").click()
    expect(page.locator("#papers")).to_be_in_viewport()


def test_a_paper_is_saved_under_a_name_in_words_of_its_language(pages: Pages):
    installation = pages.installation
    with installation.database.reading() as session:
        passed = session.one("select max(seq) from event where type = 'CheckpointPassed'")
    with within(installation):
        make("kemijarvi", "kemijarvi-2030", passed[0])
    visit = pages.as_("rehtori")
    papers = PAPER.findall(visit.get(f"{PROCESS}/tarkistuspiste/tuottamistarve").text)
    saved = {(language, form): visit.get(address).headers["content-disposition"] for address, language, form in papers}
    assert saved["fi", "package.pdf"] == (
        'attachment; filename="kemijarvi-2030-tuottamistarve-vaiheen-kooste.pdf"; '
        "filename*=UTF-8''kemijarvi-2030-tuottamistarve-vaiheen-kooste.pdf"
    )
    assert "kemijarvi-2030-tuottamistarve-vaiheen-kooste-julkinen-versio.pdf" in saved["fi", "package.public.pdf"]
    assert saved["fi", "interim-report.pdf"] == (
        'attachment; filename="kemijarvi-2030-tuottamistarve-valiraportti.pdf"; '
        "filename*=UTF-8''kemijarvi-2030-tuottamistarve-v%C3%A4liraportti.pdf"
    )
