"""Outputs are written on pages, as documents and row by row; whatever happens meanwhile, nothing typed is lost."""

import io
import re

import docx
import pytest
from browsing import DRAFT, PROCESS, Browsing
from playwright.sync_api import Page, expect
from visiting import Pages, Visit

OWNER = "talouspaallikko"
TABLE = f"{DRAFT}/taulukko/alternatives"
ROW = f"{TABLE}/T1.oma"
NEXT = f"{PROCESS}/vaihe/hallintomalli/tuotos/hallintomallirakenne"
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*? name="((?:f|m)-[^"]+|was)"[^>]*?(?: value="([^"]*)")?[^>]*>')


def text_of(visit: Visit) -> str:
    assert visit.shown is not None
    found = re.search(r"<textarea id=\"text\".*?>(.*?)</textarea>", visit.shown.text, re.DOTALL)
    assert found
    return found[1]


def was_in(visit: Visit) -> str:
    assert visit.shown is not None
    found = re.search(r'name="was" value="([0-9a-f]*)"', visit.shown.text)
    assert found
    return found[1]


def write_end(page: Page, text: str) -> None:
    """The text is written at the end of the draft."""
    page.locator("#text").press("Control+End")
    page.locator("#text").press_sequentially(text)


def write_without_connection(page: Page) -> None:
    """The draft is open, and its last sentence has not reached the server; the connection is there again."""
    page.goto(DRAFT)
    page.route("**/tuotos/**", lambda route: route.abort())
    write_end(page, "Junassa kirjoitettu.")
    expect(page.locator(".when-offline")).to_be_visible()
    page.unroute("**/tuotos/**")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_draft_is_written_seen_beforehand_and_saved(browsing: Browsing, scripts: bool):
    page = browsing.as_(OWNER, java_script_enabled=scripts)
    page.goto(DRAFT)
    expect(page.locator("form.writing")).to_contain_text("Taulukot näkyvät tekstissä pystyviivoin.")
    expect(page.get_by_role("link", name="Muuta taulukoita rivi kerrallaan")).to_have_attribute("href", "#tables")
    page.fill("#text", "# Vertailu\n\nUusi johdanto.\n\n| Tarve | Vaihtoehto |\n| --- | --- |\n| T1 | Oma tuotanto |")
    page.get_by_role("button", name="Esikatsele").click()
    expect(page.locator(".reading table")).to_contain_text("Oma tuotanto")
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_role("status").first).to_contain_text("Luonnos on tallennettu")
    page.get_by_role("link", name="Vertaa luonnosta uusimpaan versioon").click()
    expect(page.locator("ins").first).to_be_visible()


def test_a_draft_is_saved_of_itself_and_says_so(browsing: Browsing):
    page = browsing.as_(OWNER)
    page.goto(DRAFT)
    write_end(page, "Lisätty lause.")
    expect(page.locator("#saved.is-saved")).to_be_visible()
    write_end(page, " Ja toinen.")
    expect(page.locator("#revision")).to_have_value("4")  # saved twice, the second time over the first
    other = browsing.as_("koordinaattori")
    other.goto(DRAFT)
    expect(other.locator("#text")).to_have_value(re.compile(r"Lisätty lause\. Ja toinen\.\s*$"))


def test_who_else_is_writing_is_told_before_one_begins(browsing: Browsing):
    mine, theirs = browsing.as_(OWNER), browsing.as_("koordinaattori")
    mine.goto(DRAFT)
    expect(mine.locator("#writer")).to_be_empty()
    theirs.goto(DRAFT)
    write_end(theirs, "Toisen lause.")
    expect(theirs.locator("#saved.is-saved")).to_be_visible()
    mine.evaluate("window.dispatchEvent(new Event('focus'))")  # the page comes before one's eyes again
    expect(mine.locator("#writer")).to_contain_text("Strategiakoordinaattori on tallentanut tätä luonnosta")
    theirs.reload()
    expect(theirs.locator("#writer")).to_be_empty()


def test_two_people_at_once_see_both_texts_and_neither_is_lost(browsing: Browsing):
    mine, theirs = browsing.as_(OWNER), browsing.as_("koordinaattori")
    mine.goto(DRAFT)
    theirs.goto(DRAFT)
    write_end(theirs, "Toisen lause.")
    theirs.get_by_role("button", name="Tallenna").click()
    write_end(mine, "Oma lause.")
    expect(mine.locator("#saved.is-conflict")).to_contain_text("Strategiakoordinaattori")
    mine.get_by_role("button", name="Tallenna").click()
    expect(mine.get_by_role("alert")).to_contain_text("Joku muu on tallentanut tämän sillä välin")
    expect(mine.locator(".difference ins")).to_have_text("Oma")
    expect(mine.locator(".difference del")).to_have_text("Toisen")
    expect(mine.locator("#text")).to_have_value(re.compile(r"Oma lause\.\s*$"))
    write_end(mine, " Toisen lause.")
    mine.get_by_role("button", name="Tallenna").click()
    expect(mine.get_by_role("status").first).to_contain_text("Luonnos on tallennettu")


def test_a_lost_connection_while_saving_loses_nothing(browsing: Browsing):
    page = browsing.as_(OWNER)
    write_without_connection(page)
    page.reload()
    expect(page.locator("#text")).to_have_value(re.compile(r"Junassa kirjoitettu\.\s*$"))
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_role("status").first).to_contain_text("Luonnos on tallennettu")
    browsing.complaints = [one for one in browsing.complaints if not re.search("ERR_FAILED|htmx|Failed", one)]


def fill_row(page: Page) -> None:
    """Fields of each kind are filled in."""
    page.goto(ROW)
    page.fill("#f-how", "Kunta ja naapurit")
    page.select_option("#f-way", index=2)
    page.fill("#f-euros", "277")
    page.fill("#f-risks", "Junassa kirjoitettu riski.")


def row_is_given_back(page: Page) -> None:
    expect(page.locator("#f-how")).to_have_value("Kunta ja naapurit")
    expect(page.locator("#f-euros")).to_have_value("277")
    expect(page.locator("#f-risks")).to_have_value("Junassa kirjoitettu riski.")
    assert page.locator("#f-way").evaluate("one => one.selectedIndex") == 2


def test_a_row_sent_where_there_is_no_connection_keeps_every_field(browsing: Browsing):
    page = browsing.as_(OWNER)
    fill_row(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Tallenna rivi").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(ROW)
    expect(page.locator(".when-restored")).to_be_visible()
    row_is_given_back(page)
    page.get_by_role("button", name="Hylkää se ja näytä tallennettu").click()
    expect(page.locator(".when-restored")).to_be_hidden()
    expect(page.locator("#f-risks")).not_to_have_value("Junassa kirjoitettu riski.")
    fill_row(page)
    other = browsing.as_("koordinaattori")
    other.goto(ROW)
    other.fill("#f-how", "Joku toinen")
    other.get_by_role("button", name="Tallenna rivi").click()
    page.goto(ROW)
    row_is_given_back(page)
    page.get_by_role("button", name="Tallenna rivi").click()
    expect(page.get_by_role("alert")).to_contain_text("Joku toinen")
    page.get_by_role("button", name="Tallenna rivi").click()
    expect(page.get_by_role("status").first).to_contain_text("on tallennettu")
    page.goto(ROW)
    expect(page.locator(".when-restored")).to_be_hidden()
    row_is_given_back(page)


def test_a_session_that_ends_while_a_row_is_filled_in_loses_no_field(browsing: Browsing):
    page = browsing.as_(OWNER)
    fill_row(page)
    with browsing.pages.installation.database.transaction() as session:
        session.run("delete from session")
    page.get_by_role("button", name="Tallenna rivi").click()
    expect(page.locator("h1")).to_have_text("Lähetä uudelleen")
    again = page.context.new_page()
    again.goto("/kokeilu")
    again.click(f'button[value="{OWNER}"]')
    page.goto(ROW)
    row_is_given_back(page)
    page.get_by_role("button", name="Tallenna rivi").click()
    expect(page.get_by_role("status").first).to_contain_text("on tallennettu")


def test_what_was_held_over_a_lost_connection_never_replaces_what_another_saved(browsing: Browsing):
    page = browsing.as_(OWNER)
    write_without_connection(page)
    other = browsing.as_("koordinaattori")
    other.goto(DRAFT)
    write_end(other, "Toisen kappale.")
    other.get_by_role("button", name="Tallenna").click()
    page.reload()
    expect(page.locator(".when-restored")).to_be_visible()
    expect(page.locator("#text")).to_have_value(re.compile(r"Junassa kirjoitettu\.\s*$"))
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".difference del")).to_contain_text("Toisen kappale")
    page.goto(DRAFT)
    page.get_by_role("button", name="Hylkää se ja näytä tallennettu luonnos").click()
    expect(page.locator("#text")).to_have_value(re.compile(r"Toisen kappale\.\s*$"))
    browsing.complaints = [one for one in browsing.complaints if not re.search("ERR_FAILED|htmx|Failed", one)]


def test_a_session_that_ends_while_a_draft_is_written_loses_nothing(browsing: Browsing):
    page = browsing.as_(OWNER)
    page.goto(DRAFT)
    with browsing.pages.installation.database.transaction() as session:
        session.run("delete from session")
    write_end(page, "Pitkä kappale.")
    expect(page.locator(".when-refused")).to_be_visible()
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator("h1")).to_have_text("Lähetä uudelleen")
    again = page.context.new_page()
    again.goto("/kokeilu")
    again.click(f'button[value="{OWNER}"]')
    page.get_by_role("button", name="Lähetä uudelleen").click()
    page.get_by_role("button", name="Lähetä uudelleen").click()
    expect(page.locator("#text")).to_have_value(re.compile(r"Pitkä kappale\.\s*$"))
    browsing.complaints = [one for one in browsing.complaints if "Response Status Error" not in one]


def test_a_row_that_names_no_other_is_saved_and_says_so(pages: Pages):
    visit = pages.as_(OWNER)
    visit.get(ROW)
    visit.post(ROW, was=was_in(visit), **{"f-need": "T99", "f-way": "own"})
    assert "Rivi T1.oma on tallennettu." in visit.text
    assert '"T99" ei ole minkään rivin tunnus' in visit.text
    visit.get(TABLE)
    assert "T1.oma Tarve: riviä T99 ei ole" in visit.text  # at the row, as long as it is so
    assert "riviä viittaa riviin, jota ei ole: T1.oma" in visit.text
    answer = visit.get(ROW)
    assert "Tarve: riviä T99 ei ole" in visit.text
    assert 'class="error-summary"' not in answer.text
    visit.post(ROW, was=was_in(visit), **{"f-need": "T1", "f-way": "own"})
    assert "ei ole minkään rivin tunnus" not in visit.text
    assert "riviä T99 ei ole" not in visit.text


def test_a_slip_that_was_saved_of_itself_is_undone_and_so_is_the_undoing(browsing: Browsing):
    page = browsing.as_(OWNER)
    page.goto(DRAFT)
    page.fill("#text", "x")
    expect(page.locator("#saved.is-saved")).to_be_visible()
    page.reload()
    expect(page.locator("main")).to_contain_text("Vaihtoehdot 0 riviä")
    page.get_by_text("Luonnoksen aiemmat tallennukset").click()
    page.get_by_role("link", name="25.3.2027 klo 9.00").click()
    expect(page.locator("main")).to_contain_text("Talouspäällikkö")
    expect(page.locator(".changes ins").first).to_be_visible()
    page.get_by_role("button", name="Palauta luonnos tällaiseksi").click()
    expect(page.get_by_role("status").first).to_contain_text("Luonnos on palautettu")
    expect(page.locator("main")).to_contain_text("Vaihtoehdot 42 riviä")
    page.get_by_text("Luonnoksen aiemmat tallennukset").click()
    page.locator("details[open] li a").first.click()
    page.get_by_role("button", name="Palauta luonnos tällaiseksi").click()
    expect(page.locator("#text")).to_have_value(re.compile(r"^x\s*$"))


def test_a_row_is_filled_in_and_stands_in_the_text_too(browsing: Browsing):
    page = browsing.as_("hallintosihteeri")
    page.goto(NEXT)
    page.get_by_role("link", name="Toimielimet").click()
    page.get_by_role("link", name="Lisää rivi").click()
    expect(page.locator("#f-id")).to_have_value("E1")
    page.get_by_label("Toimielin (täytä ainakin tämä)").fill("Kaupunginhallitus")
    page.get_by_label("Laji").select_option("executive")
    page.get_by_label("Tehtävä (täytä ainakin tämä)").fill("Valmistelee | ja panee täytäntöön")
    page.get_by_role("button", name="Tallenna rivi").click()
    expect(page.get_by_role("status").first).to_contain_text("Rivi E1 on tallennettu")
    expect(page.locator("tbody")).to_contain_text("Kaupunginhallitus")
    page.goto(NEXT)
    expect(page.locator("#text")).to_have_value(re.compile(r"\| E1 \| Kaupunginhallitus \| Hallitus \|.*\\\| ja panee"))


def test_what_cannot_be_understood_is_told_at_its_field_and_stays_as_it_was_typed(pages: Pages):
    visit = pages.as_(OWNER)
    visit.get(ROW)
    answer = visit.post(ROW, was=was_in(visit), **{"f-need": "T1", "f-way": "own", "f-euros": "paljon"})
    assert answer.status_code == 422
    assert 'value="paljon"' in answer.text
    assert '"paljon" ei ole luku' in visit.text


def test_a_table_that_another_output_of_the_phase_holds_leads_there(pages: Pages):
    phase = f"{PROCESS}/vaihe/tulevaisuuskuva/tuotos"
    visit = pages.as_("kehittamispaallikko")
    visit.get(f"{phase}/tulevaisuuskuva-2030")
    assert re.search(r"Strategiset päämäärät \d+ riviä", visit.text)
    assert re.search(r"Voitettavat muutoshaasteet \d+ riviä: Toimintaympäristö ja haasteet", visit.text)
    assert "Täytä kukin vain yhteen tuotokseen." in visit.text
    elsewhere = visit.get(f"{phase}/toimintaymparisto-ja-haasteet/taulukko/challenges")
    assert elsewhere.status_code == 200
    assert "Voitettavat muutoshaasteet" in visit.text


def test_two_people_fill_in_two_rows_of_one_table_at_once(pages: Pages):
    mine, theirs = pages.as_(OWNER), pages.as_("koordinaattori")
    other = ROW.replace("T1.oma", "T1.digitaalinen")
    mine.get(ROW)
    theirs.get(other)
    assert theirs.post(other, was=was_in(theirs), **{"f-advantages": "Aina auki myös yöllä"}).status_code == 200
    assert mine.post(ROW, was=was_in(mine), **{"f-advantages": "Yksi ovi kaikkeen"}).status_code == 200
    assert "Aina auki myös yöllä" in mine.text
    assert "Yksi ovi kaikkeen" in mine.text


def test_two_people_in_one_row_see_both_and_the_second_decides(pages: Pages):
    mine, theirs = pages.as_(OWNER), pages.as_("koordinaattori")
    mine.get(ROW)
    theirs.get(ROW)
    theirs.post(ROW, was=was_in(theirs), **{"f-advantages": "Toisen etu"})
    answer = mine.post(ROW, was=was_in(mine), **{"f-advantages": "Oma etu"})
    assert answer.status_code == 409
    assert "Toisen etu" in mine.text
    assert "Oma etu" in mine.text
    assert mine.post(ROW, was=was_in(mine), **{"f-advantages": "Oma etu"}).status_code == 200
    assert "Oma etu" in mine.text


def test_texts_sent_with_a_mistake_are_still_written_over_what_was_seen(pages: Pages):
    mine, theirs, at = pages.as_(OWNER), pages.as_("koordinaattori"), f"{DRAFT}/tekstit"
    seen = dict(re.findall(r'name="(was-\w+)" value="([^"]*)"', theirs.get(at).text))
    name = next(iter(seen)).replace("was-", "f-")
    mine.get(at)
    theirs.post(at, **seen | {name: "Toisen teksti"})
    assert mine.post(at, **seen | {name: "Oma \u202eteksti"}).status_code == 422
    shown = dict(re.findall(r'name="(was-\w+)" value="([^"]*)"', mine.shown.text if mine.shown else ""))
    assert shown == seen
    assert mine.post(at, **shown | {name: "Oma teksti"}).status_code == 409
    assert "Toisen teksti" in mine.text


def test_rows_are_pasted_from_a_spreadsheet_or_refused_with_every_mistake(pages: Pages):
    visit, table = pages.as_(OWNER), f"{DRAFT}/taulukko/alternatives"
    visit.get(table)
    headings = "Tunnus\tTarve\tVaihtoehto\tMiten tuotetaan\tEuroa vuodessa"
    wrong = visit.post(table, pasted=f"{headings}\nT1.oma\tT1\tOma tuotanto\tPiste\tpaljon")
    assert wrong.status_code == 422
    assert "Rivi 2, sarake Euroa vuodessa" in visit.text
    assert "T1.oma\tT1" in wrong.text
    visit.post(table, pasted="vain yksi rivi")
    assert "Otsikkoriviä ei löydy." in visit.text
    rows = "T1.oma\tT1\tOma tuotanto\tUusi piste\t99 000\nT1.uusi\tT1\tOstopalvelu\tOstetaan\t1"
    assert visit.post(table, pasted=f"{headings}\n{rows}").status_code == 200
    assert "2 riviä on tallennettu" in visit.text
    assert "43 riviä" in visit.text
    assert "99 000" in visit.text.replace("\xa0", " ")
    visit.get(DRAFT)
    assert "| T1.uusi | T1 | Ostopalvelu | Ostetaan | 1 |" in text_of(visit)


def test_rows_written_over_a_word_document_stand_in_it_too(pages: Pages):
    visit, table = pages.as_(OWNER), f"{DRAFT}/taulukko/alternatives"
    visit.get(DRAFT)
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', visit.shown.text)  # type: ignore[union-attr]
    revision = re.search(r'name="revision" value="(\d+)"', visit.shown.text)  # type: ignore[union-attr]
    assert token and revision
    word, content = docx.Document(), io.BytesIO()
    word.add_paragraph("Alku kerrotaan.")
    word.save(content)
    sent = {"form_token": token[1], "revision": revision[1]}
    visit.client.post(f"{DRAFT}/tiedosto", data=sent, files={"file": ("tavat.docx", content.getvalue())})

    visit.get(table)
    visit.post(table, pasted="Tunnus\tTarve\tVaihtoehto\tMiten tuotetaan\nT1.uusi\tT1\tOstopalvelu\tOstetaan")

    shown = visit.get(DRAFT).text
    address = re.search(rf'href="({DRAFT}/tiedosto/[0-9a-f]{{64}})"', shown)
    assert address
    read = docx.Document(io.BytesIO(visit.client.get(address[1]).content))
    assert "Alku kerrotaan." in [paragraph.text for paragraph in read.paragraphs]
    assert any("T1.uusi" in [cell.text for cell in row.cells] for one in read.tables for row in one.rows)


def test_rows_pasted_may_not_contradict_each_other_nor_name_what_is_not_there(pages: Pages):
    visit, table = pages.as_(OWNER), f"{DRAFT}/taulukko/alternatives"
    headings = "Tunnus\tTarve\tVaihtoehto\tMiten tuotetaan"
    visit.get(table)
    wrong = visit.post(table, pasted=f"{headings}\nT1.a\tT1\tOstopalvelu\tEka\nT1.a\tT999\tOstopalvelu\tToka")
    assert wrong.status_code == 422
    assert "Rivi 3, sarake Tunnus: tunnus T1.a on myös rivillä 2." in visit.text
    assert 'Rivi 3, sarake Tarve: "T999" ei ole minkään rivin tunnus' in visit.text
    open_quote = visit.post(table, pasted=f'{headings}\nT1.a\tT1\tOstopalvelu\t"Eka\nT1.b\tT1\tOstopalvelu\tToka')
    assert open_quote.status_code == 422
    assert "Rivi 2: lainausmerkki jää sulkematta" in visit.text


def test_a_number_that_cannot_be_is_told_at_its_field(pages: Pages):
    visit = pages.as_("koordinaattori")
    units = f"{PROCESS}/vaihe/operatiivinen-malli/tuotos/organisaatiorakenne/taulukko/units/uusi"
    visit.get(units)
    answer = visit.post(units, was="", **{"f-id": "Y1", "f-unit": "Koti", "f-people": "-5"})
    assert answer.status_code == 422
    assert "Henkilöitä, joita koskee: luku -5 on liian pieni." in visit.text


def test_what_cannot_be_seen_is_told_at_the_column_of_ones_own(pages: Pages):
    visit, table = pages.as_(OWNER), f"{DRAFT}/taulukko/alternatives"
    visit.get(table)
    visit.post(table, pasted="Tunnus\tTarve\tVaihtoehto\tMiten tuotetaan\tOma\nT1.a\tT1\tOstopalvelu\tEka\tjotain")
    visit.get(f"{table}/T1.a")
    answer = visit.post(f"{table}/T1.a", **{"was": was_in(visit), "m-Oma": "taka\u202eperin"})
    assert answer.status_code == 422
    assert "Oma: tekstissä on merkki, jota ei näe (U+202E)" in visit.text


def test_rows_handed_over_begin_a_draft_and_a_workbook_brings_it_back(pages: Pages):
    visit = pages.as_("palvelupaallikko")
    draft = f"{PROCESS}/vaihe/tuottamistarve/tuotos/tarverekisteri"
    visit.get(draft)
    book = visit.client.get(f"{draft}/pohja")
    assert book.content[:2] == b"PK"
    assert "attachment" in book.headers["content-disposition"]
    visit.get(draft)
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', visit.shown.text)  # type: ignore[union-attr]
    assert token
    sent = {"file": ("tarpeet.xlsx", book.content)}
    answer = visit.client.post(f"{draft}/taytetty", data={"form_token": token[1]}, files=sent)
    assert "Tiedoston rivit ovat nyt luonnoksessa" in answer.text


def test_a_word_document_brings_its_text_with_its_rows_and_what_was_not_taken_is_told(pages: Pages):
    visit = pages.as_("palvelupaallikko")
    draft = f"{PROCESS}/vaihe/tuottamistarve/tuotos/tarverekisteri"
    document = docx.Document()
    document.add_heading("Johdanto", level=1)
    document.add_paragraph("Kylien palvelut muuttuvat.")
    table = document.add_table(rows=2, cols=4)
    for cell, words in zip(table.rows[0].cells, ("Tarve", "Kenellä", "Näyttö", "Kiireellisyys"), strict=True):
        cell.text = words
    for cell, words in zip(table.rows[1].cells, ("Kyyti", "Kylät", "Selvitys", "Suuri salaisuus"), strict=True):
        cell.text = words
    document.sections[0].header.paragraphs[0].text = "Kaupungin tunnus"
    stream = io.BytesIO()
    document.save(stream)
    visit.get(draft)
    token = re.search(r'name="form_token" value="([0-9a-f]{64})"', visit.shown.text)  # type: ignore[union-attr]
    assert token
    sent = {"file": ("tarpeet.docx", stream.getvalue())}
    answer = visit.client.post(f"{draft}/taytetty", data={"form_token": token[1]}, files=sent)
    assert answer.status_code == 200
    assert "Tiedosto on nyt luonnoksessa" in answer.text
    assert "Ylä- tai alatunnistetta ei otettu: &#34;Kaupungin tunnus&#34;." in answer.text
    kept = re.search(rf'href="({draft}/tiedosto/[0-9a-f]+)">tarverekisteri.docx', answer.text)
    assert kept
    fetched = docx.Document(io.BytesIO(visit.client.get(kept[1]).content))
    assert "Kylien palvelut muuttuvat." in [one.text for one in fetched.paragraphs]
    assert "Kyyti" in visit.get(f"{draft}/taulukko/needs").text


def test_an_attachment_is_known_by_its_contents_and_fetched_as_a_file(pages: Pages):
    visit = pages.as_(OWNER)
    visit.get(DRAFT)
    token = {"form_token": re.findall(r'name="form_token" value="([0-9a-f]{64})"', visit.shown.text)[0]}  # type: ignore[union-attr]
    bad = visit.client.post(f"{DRAFT}/liite", data=token, files={"file": ("kuva.png", b"<script>alert(1)</script>")})
    assert bad.status_code == 422
    good = visit.client.post(f"{DRAFT}/liite", data=token, files={"file": ("../kartta.png", b"\x89PNG\r\n\x1a\n....")})
    assert good.status_code == 200
    address = re.search(rf'href="({DRAFT}/tiedosto/[0-9a-f]+)">kartta.png', good.text)
    assert address
    fetched = visit.client.get(address[1])
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in fetched.headers["content-security-policy"]


def test_who_does_not_write_reads_the_draft_and_cannot_save_it(pages: Pages):
    visit = pages.as_("rehtori")
    assert "Luonnos nyt" in visit.get(DRAFT).text
    assert "Nykytila jatkuu" in visit.text
    assert visit.post(DRAFT, text="Muutettu", revision="2").status_code == 403
    assert visit.get(ROW).status_code == 403


def test_a_revised_output_asks_for_stances_anew_and_tells_why(pages: Pages):
    visit = pages.as_(OWNER)
    visit.get(DRAFT)
    text = text_of(visit)
    visit.post(DRAFT, text=text + "\n\nUusi kohta.", revision="2")
    phase = f"{PROCESS}/vaihe/tuottamistapa"
    assert "Korvaa tarkistuspisteessä oleva versio luonnoksella" in visit.get(phase).text
    visit.post(f"{phase}/korvaa/vaihtoehtojen-vertailu", reason="Kohta lisättiin")
    assert "Uusi versio on tarkistuspisteessä" in visit.text
    assert "Versio 3" in visit.text


def test_who_was_heard_is_recorded_on_the_phase_page(pages: Pages):
    visit = pages.as_("koordinaattori")
    phase = f"{PROCESS}/vaihe/tuottamistapa"
    visit.get(phase)
    visit.post(f"{phase}/kuultu/henkilosto", on="2027-03-30", how="Kahvikeskustelu", heard="yes", effect="Siirtymäaika")
    assert "Kuuleminen on kirjattu" in visit.text
    assert "30.3.2027" in visit.text
    assert "Siirtymäaika" in visit.text
