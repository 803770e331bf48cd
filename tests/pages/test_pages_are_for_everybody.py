"""Every page in both themes, on a phone and a wall: nothing for axe-core to find, nothing wider than the screen."""

import datetime as dt
from collections.abc import Iterator

from accessibility import findings
from begun import begin
from browsing import CHECKPOINT, DRAFT, PROCESS, Browsing
from playwright.sync_api import Page, expect

from models.commands import ScheduleMeeting

MEETING = f"{PROCESS}/kokous/ryhman-kokous"
GROUP_PAGE = f"{PROCESS}/ryhmat/hyvinvointiryhma"
CREATING = (
    *("", "/malli", "/nimi", "/valinta/aikataulu", "/alku", "/ajat", "/paatos", "/vastuut", "/tarkista", "/katso"),
    *("/ajat/phase:tulevaisuuskuva:last?day=2028-03-20&how=later", "/ajat/window:last?day=2099-01-01"),
    *("/ryhma/hyvinvointiryhma", "/ryhma/elinvoimaryhma", "/ryhma/hyvinvointiryhma/jasenet"),
)
VISITS = [
    ("nuorisotyontekija", "/"),
    ("paakayttaja", "/"),  # nothing waits
    ("rehtori", "/prosessit"),
    ("rehtori", "/kokeilu"),
    ("rehtori", "/nowhere"),
    ("koordinaattori", PROCESS),
    ("rehtori", CHECKPOINT),
    ("valmistelujohtaja", CHECKPOINT),
    ("arviointisuunnittelija", CHECKPOINT),
    ("rehtori", f"{PROCESS}/tarkistuspiste/tuottamistarve"),
    ("rehtori", f"{PROCESS}/tarkistuspiste/hallintomalli"),
    ("rehtori", f"{CHECKPOINT}/kanta/h3"),
    ("valmistelujohtaja", f"{CHECKPOINT}/tulos"),
    ("koordinaattori", f"{PROCESS}/vaihe/tuottamistapa"),
    ("rehtori", f"{PROCESS}/vaihe/hallintomalli"),
    ("talouspaallikko", DRAFT),
    ("rehtori", DRAFT),
    ("talouspaallikko", f"{DRAFT}/taulukko/alternatives"),
    ("talouspaallikko", f"{DRAFT}/taulukko/alternatives/T1.oma"),
    ("talouspaallikko", f"{DRAFT}/tekstit"),
    ("koordinaattori", f"{PROCESS}/kasittelyt"),
    ("hallintosihteeri", f"{PROCESS}/kasittelyt/kirjaa/valtuuston-paatos"),
    ("hallintosihteeri", f"{PROCESS}/kasittelyt/oikaise"),
    ("rehtori", "/haku?q=tuottamis"),
    ("rehtori", f"{PROCESS}/kasittelyt"),
    ("koordinaattori", f"{PROCESS}/historia"),
    ("rehtori", f"{PROCESS}/historia?q=kuljetus&tilanne=2027-03-29"),
    ("rehtori", f"{PROCESS}/historia/tarkistus"),
    ("tietosuojavastaava", f"{PROCESS}/historia?laji=kannat"),
    ("tietosuojavastaava", f"{PROCESS}/historia/106/peita"),
    ("rehtori", "/omat"),
    ("koordinaattori", "/omat"),
    ("rehtori", "/omat/muistutus/kemijarvi-2030/stance:tuottamistapa:1:h3"),
    ("koordinaattori", f"{PROCESS}/ohjaus"),
    ("koordinaattori", f"{PROCESS}/ohjaus/paivat"),
    ("koordinaattori", f"{PROCESS}/ohjaus/kokoukset"),
    ("koordinaattori", f"{PROCESS}/ohjaus/muutokset"),
    ("koordinaattori", f"{PROCESS}/ohjaus/paiva/checkpoint:hallintomalli"),
    ("koordinaattori", f"{PROCESS}/ohjaus/koordinaattori"),
    ("koordinaattori", f"{PROCESS}/ohjaus/avaa"),
    ("koordinaattori", f"{PROCESS}/ohjaus/muistutukset/stance"),
    ("koordinaattori", f"{PROCESS}/ohjaus/uusi-ryhma/hallintomalli"),
    ("koordinaattori", f"{PROCESS}/ohjaus/uusi-asia/hallintomalli"),
    ("koordinaattori", f"{PROCESS}/muistuta"),
    ("koordinaattori", f"{PROCESS}/harjoitus"),
    ("koordinaattori", f"{PROCESS}/viestit"),
    ("koordinaattori", MEETING),
    ("rehtori", MEETING),
    ("koordinaattori", f"{PROCESS}/ryhmat"),
    ("koordinaattori", GROUP_PAGE),
    ("rehtori", GROUP_PAGE),
    ("koordinaattori", f"{GROUP_PAGE}/kutsu"),
    ("koordinaattori", f"{GROUP_PAGE}/paikka/h1"),
    ("koordinaattori", "/harjoitus"),
    ("koordinaattori", "/prosessit"),
    *(("koordinaattori", f"/prosessit/uusi{step}") for step in CREATING),
]
MEETING_KEY, GROUP, PHASE = "ryhman-kokous", "hyvinvointiryhma", "tuottamistapa"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
A_MINUTE = 300  # words and figures of the front


def each_page(browsing: Browsing) -> Iterator[tuple[Page, str]]:
    """Every page, shown to who visits it, with a meeting in the calendar and a process that is being created."""
    at = dt.datetime(2027, 4, 12, 10, tzinfo=dt.UTC)
    planned = ScheduleMeeting(meeting=MEETING_KEY, at=at, phase=PHASE, group=GROUP)
    browsing.pages.installation.engine.handle("kemijarvi", planned, "koordinaattori", process="kemijarvi-2030")
    begin(browsing.pages, "koordinaattori")
    for person in dict.fromkeys(who for who, _ in VISITS):
        page = browsing.as_(person, reduced_motion="reduce")  # colours change at once
        for path in (path for who, path in VISITS if who == person):
            page.goto(path)
            yield page, f"{person} {path}"


def test_axe_finds_nothing(browsing: Browsing):
    """In the light theme by every rule; in the dark one, which differs in its colours alone, by those of colours."""
    wrong = []
    for page, visit in each_page(browsing):
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        for theme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme)
            wrong += [f"{visit} {theme}: {found}" for found in findings(page, runOnly=rules)]
    assert wrong == []


def test_no_page_is_wider_than_the_screen(browsing: Browsing):
    wide = []
    for page, visit in each_page(browsing):
        for width in (320, 768, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(f"{visit} at {width}")
    assert wide == []


def test_a_page_weighs_little(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT, wait_until="networkidle")
    sizes = page.evaluate("performance.getEntries().map((one) => one.encodedBodySize || 0)")
    assert 0 < sum(sizes) < 150_000


def test_the_checkpoint_page_reads_in_its_order(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    told = page.locator("main h1, main h2").all_inner_texts()
    assert told == [
        "Tarkistuspiste 3: Tuottamistapa",
        "Asiakirja on muuttunut kannanottosi jälkeen",
        "Asia lyhyesti",
        "Asiakirjat",
        "Työryhmien kannat",
        "Tarkistettavat asiat",
        "Vastustukset ja ehdotetut edellytykset",
        "Edellytykset jatkovalmistelulle",
        "Eriävät mielipiteet",
    ]
    assert page.locator(".front dt").all_inner_texts() == [
        "Mitä esitetään",
        "Kuka on eri mieltä",
        "Mikä ei vielä täyty",
        "Mikä muuttuu asukkaille",
        "Eurot ja henkilötyövuodet",
        "Henkilöstö ja yhteistoiminta",
        "Vaihtoehdot, myös nykytilan jatkaminen",
        "Edellytykset jatkovalmistelulle",
        "Mitä seuraavaksi tapahtuu",
    ]
    assert len(page.locator(".front").inner_text().split()) < A_MINUTE
    assert page.evaluate("document.querySelector('h1').innerText && document.querySelectorAll('h1').length") == 1


def test_a_checkpoint_is_printed_without_what_is_for_the_screen(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    page.emulate_media(media="print")
    for gone in (".top", ".foot", ".try-out-bar", "form", "summary"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone
    for kept in (".front", "#proposed"):
        expect(page.locator(kept)).to_be_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_the_time_line_stands_in_a_table_too(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(PROCESS)
    expect(page.get_by_role("group", name="Aikajana")).to_be_visible()
    page.get_by_text("Aikajana taulukkona").click()
    expect(page.locator("table")).to_contain_text("2.2.2027")


def test_in_swedish_nothing_is_left_in_finnish_of_what_the_pages_say(browsing: Browsing):
    page = browsing.as_("nuorisotyontekija")
    page.goto(CHECKPOINT)
    text = page.locator("main").inner_text()
    for swedish in ("Arbetsgruppernas ståndpunkter", "Beredning, inte beslut.", "Kontrollfrågor"):
        assert swedish in text
    for finnish in ("Työryhmien kannat", "Valmistelua", "Täyttyy"):
        assert finnish not in text
