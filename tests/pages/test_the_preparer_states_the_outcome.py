"""What the preparer does at a checkpoint: answers, adopts, records, and states the outcome having seen what it does."""

from itertools import cycle

import pytest
from browsing import CHECKPOINT, PROCESS, Browsing
from playwright.sync_api import Page, expect
from test_pages_ask_little import asked
from visiting import Pages, tell

from app.web.addresses import address_of
from app.web.views import stating
from models.commands import Command, Confirm, FulfilCondition, LeaveRound, Seen, TakeStance, Withdraw
from models.municipality.commands import AddPerson
from models.personal import Private
from models.possible import Possible
from models.process import Process
from models.rounds import current, digest
from models.storage import store
from models.telling.foretelling import Foretold
from models.telling.said import Unreached
from models.words import StanceKind

WAIVERS = 'textarea[name^="waive-"]'
TOWN, KEY, PHASE = "kemijarvi", "kemijarvi-2030", "tuottamistapa"


def state(pages: Pages) -> Process:
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, TOWN, KEY)
        return engine.worlds.process(session, scope, head)


def seen(pages: Pages) -> Seen:
    round_ = state(pages).rounds[PHASE]
    return Seen(round=round_.no, manifest=round_.manifest, digest=digest(state(pages), PHASE))


def objections_are_withdrawn(pages: Pages) -> None:
    """Whoever objected accepts."""
    engine = pages.installation.engine
    for item in ("o3", "o4"):
        for seat, maker in list(state(pages).objections[item].makers.items()):
            command = Withdraw(item=item, seat=seat)
            engine.handle(TOWN, command, maker.person, process=KEY, seat=seat)


def everybody_accepts(pages: Pages, *, fulfilled: bool = True) -> None:
    """Objections are withdrawn, every seat accepts, and what else was missing is done."""
    engine = pages.installation.engine
    objections_are_withdrawn(pages)
    round_ = state(pages).rounds[PHASE]
    for seat, held in round_.seats.items():
        if current(state(pages).rounds[PHASE], seat):
            continue
        person, whom = held.person, None
        if seat in ("e3", "h2"):  # out, and away
            person, whom = held.deputies[0], held.person
        command = (
            Confirm(phase=PHASE, seat=seat, seen=seen(pages))
            if seat in round_.stances
            else TakeStance(phase=PHASE, seat=seat, kind=StanceKind.ACCEPT, seen=seen(pages))
        )
        engine.handle(TOWN, command, person, process=KEY, seat=seat, for_whom=whom)
    if fulfilled:
        done = FulfilCondition(condition="c1", how=Private("Selvitys on tehty."))
        engine.handle(TOWN, done, "palvelupaallikko", process=KEY)


def waive_all(page: Page) -> None:
    """What does not hold in the try-out's texts is waived, with a reason."""
    for one in page.locator(WAIVERS).all():
        one.fill("Selvitys valmistuu ennen hallintomallia.")


def answer(page: Page, item: str, result: str, text: str) -> None:
    """The objection or offered condition is answered: with the proposal changed, or unchanged."""
    page.goto(CHECKPOINT)
    offer = page.locator(f"#{item}")
    offer.get_by_text("Vastaa perusteluihin", exact=True).click()
    offer.locator(f'label[for="{result}-{item}"]').click()
    offer.locator(f"#answer-{item}").fill(text)
    offer.get_by_role("button", name="Kirjaa vastaus").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_waits_to_be_answered_opens_the_very_form(browsing: Browsing, scripts: bool):
    page = browsing.as_("valmistelujohtaja", java_script_enabled=scripts, viewport={"width": 360, "height": 700})
    page.get_by_role("link", name="Vastaa perusteluihin").click()
    expect(page.locator("#changed-o4")).to_be_in_viewport()
    expect(page.locator("#changed-o4")).to_be_focused()
    expect(page.locator("#answer-o4")).to_be_visible()
    expect(page.locator("#changed-o3")).not_to_be_visible()


def test_each_link_of_a_message_leads_to_where_its_thing_is_done(pages: Pages):
    preparer, maker, owner = (pages.as_(one) for one in ("valmistelujohtaja", "rehtori", "palvelupaallikko"))
    for visit, about, where in (
        (preparer, "answer:o4", f"{CHECKPOINT}?avaa=o4#changed-o4"),
        (maker, "reply:o3:h3", f"{CHECKPOINT}#o3"),
        (owner, "condition:c1", f"{CHECKPOINT}?avaa=c1#c1"),
        (maker, "assessment:tuottamistapa:1:nykytila-mukana", f"{CHECKPOINT}#asia-nykytila-mukana"),
        (maker, "stance:tuottamistapa:1:h3", CHECKPOINT),
    ):
        at = address_of(KEY, about)
        if "avaa" in where or about.startswith("reply"):
            at = visit.client.get(at, follow_redirects=False).headers["location"]
        assert at == where
        shown = visit.get(at)
        assert shown.status_code == 200
        assert f'id="{where.partition("#")[2]}"' in shown.text or "#" not in where
    assert preparer.get(address_of(KEY, "answer:o99")).status_code == 404


def test_an_objection_is_answered_carried_or_recorded(browsing: Browsing):
    page = browsing.as_("valmistelujohtaja")
    answer(page, "o4", "changed", "Kilpailutus jaetaan pieniin osiin.")
    expect(page.locator("#o4")).to_contain_text("Kilpailutus jaetaan pieniin osiin.")
    offer = page.locator("#o4")
    offer.get_by_text("Ota mukaan edellytykseksi", exact=True).click()
    offer.locator("select[name=owner]").select_option(label="Elinkeinopäällikkö")
    offer.locator("input[type=date]").fill("2027-05-14")
    offer.get_by_role("button", name="Kirjaa edellytys").click()
    expect(page.locator("#conditions + ul")).to_contain_text("Elinkeinopäällikkö")
    objection = page.locator("#o3")
    objection.get_by_text("Kirjaa eriäväksi mielipiteeksi").first.click()
    objection.locator("textarea[name=reason]").fill("Vertailu puoltaa esitystä.")
    objection.get_by_role("button", name="Kirjaa eriäväksi mielipiteeksi").click()
    expect(page.locator("#d1")).to_contain_text("Vertailu puoltaa esitystä.")


def test_who_offered_a_condition_is_asked_whether_the_answer_suffices(browsing: Browsing):
    maker = browsing.as_("yrittajajarjeston-edustaja")
    maker.goto(CHECKPOINT)
    maker.get_by_role("button", name="Pidän kantani").click()  # the document had changed
    preparer = browsing.as_("valmistelujohtaja")
    answer(preparer, "o4", "unchanged", "Hankintalaki määrää tästä.")

    maker.goto("/")
    maker.get_by_role("link", name="Lue vastaus ja kerro, riittääkö se: Tarkistuspiste 3").click()
    expect(maker.locator(".yours")).to_contain_text("Perusteluihisi on vastattu")
    maker.get_by_role("button", name="Vastaus ei riitä: pidän kantani").click()
    expect(maker.locator(".yours")).to_contain_text("Kantasi: Kannatan, kun seuraava otetaan huomioon")
    maker.goto("/")
    expect(maker.locator("main")).not_to_contain_text("riittääkö se")
    preparer.goto(CHECKPOINT)
    expect(preparer.locator("#o4")).to_contain_text("Vastaus ei riittänyt: kanta pysyy.")


def test_what_keeps_a_phase_from_passing_is_told_by_the_groups_names(browsing: Browsing):
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    hindered = page.locator('label[for="outcome"]')
    expect(hindered).to_contain_text("Hyvinvoinnin ja palvelujen työryhmä")
    expect(hindered).not_to_contain_text("o3")
    objections_are_withdrawn(browsing.pages)
    page.reload()
    expect(hindered).to_contain_text("Nämä työryhmät eivät puolla vielä")
    expect(hindered).to_contain_text("Elinvoiman ja elinkeinojen työryhmä")
    expect(hindered).not_to_contain_text("elinvoimaryhma")


def test_all_that_stands_in_the_way_is_seen_at_once_and_reasons_can_be_written_meanwhile(browsing: Browsing):
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    expect(page.locator("#outcome")).to_be_disabled()
    expect(page.locator(".panel").first).to_contain_text("Vastustus: Hyvinvoinnin ja palvelujen työryhmä")
    fields = page.locator(WAIVERS)
    expect(fields).to_have_count(4)
    fields.first.fill("Viite korjataan hallintomallissa.")
    page.click('label[for="outcome-return"]')
    expect(fields.first).to_be_hidden()
    everybody_accepts(browsing.pages)
    page.goto(f"{CHECKPOINT}/tulos")
    page.click('label[for="outcome"]')
    expect(fields.first).to_have_value("Viite korjataan hallintomallissa.")


def told(pages: Pages) -> set[tuple[str, str]]:
    """Who has been told what, once all that is owed has been put into messages."""
    tell(pages.installation)
    with pages.installation.database.reading() as session:
        rows = session.all("select m.person, i.item from message_item i join message m on m.id = i.message_id", {})
    return {(row[0], row[1]) for row in rows}


def test_who_would_be_told_is_who_is_told(browsing: Browsing):
    everybody_accepts(browsing.pages)
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    page.click('label[for="outcome"]')
    foretold = page.locator('section[aria-labelledby="told-pass"]')
    expect(foretold).to_contain_text("Koordinaattori")
    expect(foretold).to_contain_text("Hyvinvoinnin ja palvelujen työryhmä (5)")
    expect(foretold).to_contain_text("1.4.2027 klo")
    said = page.locator('label[for="outcome"]').inner_text()
    waive_all(page)
    before = told(browsing.pages)
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.get_by_role("status")).to_contain_text("Kooste on lukittu")
    people = {person for person, _ in told(browsing.pages) - before}
    assert f"{len(people)} henkilöä saa viestin." in said
    assert "valmistelujohtaja" not in people


def test_a_phase_passes_when_groups_accept_and_says_first_what_it_will_do(browsing: Browsing):
    everybody_accepts(browsing.pages)
    page = browsing.as_("valmistelujohtaja")
    page.get_by_role("link", name="Totea tarkistuspisteen tulos").click()
    page.get_by_role("link", name="Totea tulos").click()
    expect(page.locator('label[for="outcome"]')).to_contain_text("Aloitettavaksi tulee: Hallintomalli")
    page.click('label[for="outcome"]')
    waive_all(page)
    page.get_by_role("button", name="Totea tulos").click()

    expect(page.get_by_role("status")).to_contain_text("Kooste on lukittu")
    expect(page.locator("main")).to_contain_text("Hallintomalli on valmis aloitettavaksi")
    expect(page.locator("#papers")).to_contain_text("Kooste ja muut paperit tulevat tälle sivulle")
    page.goto(CHECKPOINT)
    expect(page.locator("#outcome")).to_contain_text("etenee")


def test_a_must_that_fails_is_waived_only_with_a_written_reason(browsing: Browsing):
    everybody_accepts(browsing.pages, fulfilled=False)
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    page.click('label[for="outcome"]')
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.get_by_role("alert")).to_contain_text("miksi tästä poiketaan")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator(WAIVERS).first).to_be_focused()
    waive_all(page)
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.get_by_role("status")).to_contain_text("Kooste on lukittu")
    page.goto(CHECKPOINT)
    expect(page.locator(".tested")).to_contain_text("Selvitys valmistuu ennen hallintomallia.")


def test_a_group_that_has_nobody_left_is_waived_with_a_written_reason(browsing: Browsing):
    everybody_accepts(browsing.pages)
    engine = browsing.pages.installation.engine
    for seat, held in state(browsing.pages).rounds[PHASE].seats.items():
        if held.group == "elinvoimaryhma":
            left = LeaveRound(seat=seat, reason=Private("Ryhmä lopetettiin."))
            engine.handle(TOWN, left, "directory", process=KEY, channel="directory")
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    page.click('label[for="outcome"]')
    expect(page.locator("main form")).to_contain_text("Elinvoiman ja elinkeinojen työryhmä")
    waive_all(page)
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.get_by_role("status")).to_contain_text("Kooste on lukittu")


def test_who_states_what_has_changed_meanwhile_is_told_and_nothing_passes(browsing: Browsing):
    everybody_accepts(browsing.pages)
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    objecting = TakeStance(
        phase=PHASE, seat="j2", kind=StanceKind.OBJECT, seen=seen(browsing.pages), reason=Private("Ei käy.")
    )
    browsing.pages.installation.engine.handle(TOWN, objecting, "tekninen-johtaja", process=KEY, seat="j2")
    page.click('label[for="outcome"]')
    waive_all(page)
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.locator("h1")).to_have_text("Sivu ehti muuttua")
    assert PHASE in state(browsing.pages).rounds


def test_a_passing_sent_with_a_mistake_is_still_of_what_was_seen(browsing: Browsing):
    everybody_accepts(browsing.pages)
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    page.click('label[for="outcome"]')
    abstaining = TakeStance(phase=PHASE, seat="j2", kind=StanceKind.ABSTAIN, seen=seen(browsing.pages))
    browsing.pages.installation.engine.handle(TOWN, abstaining, "tekninen-johtaja", process=KEY, seat="j2")
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.get_by_role("alert")).to_contain_text("miksi tästä poiketaan")
    waive_all(page)
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.locator("h1")).to_have_text("Sivu ehti muuttua")
    assert PHASE in state(browsing.pages).rounds


def test_a_return_sent_with_a_mistake_is_still_of_the_texts_that_were_seen(browsing: Browsing):
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    page.click('label[for="outcome-return"]')
    browsing.revises()
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.get_by_role("alert")).to_contain_text("Kirjoita, miksi työ palautetaan.")
    page.fill("#reason", "Tarve puuttuu rekisteristä.")
    page.get_by_role("button", name="Totea tulos").click()
    expect(page.locator("h1")).to_have_text("Sivu ehti muuttua")
    assert PHASE in state(browsing.pages).rounds


def test_work_is_returned_with_a_reason_and_what_follows_is_told_before(browsing: Browsing):
    page = browsing.as_("valmistelujohtaja")
    page.goto(f"{CHECKPOINT}/tulos")
    expect(page.locator("#outcome")).to_be_disabled()
    page.click('label[for="outcome-return"]')
    need = page.locator('label[for="to-tuottamistarve"]')
    expect(need).to_contain_text("Syrjään siirretään koosteet: Tuottamistarve")
    told_of = page.locator('section[aria-labelledby="told-return"]')
    expect(told_of).to_contain_text("Palautettu valmisteluun: Tuottamistapa")
    expect(told_of).to_contain_text("Tarveselvityksen vastuuhenkilö")
    need.click()
    page.fill("#reason", "Tarve puuttuu rekisteristä.")
    page.get_by_role("button", name="Totea tulos").click()
    expect(page).to_have_url(f"{browsing.pages.address}{PROCESS}")
    expect(page.locator("main")).to_contain_text("Tuottamistarve on työn alla")


def test_whom_a_message_does_not_reach_is_named_to_the_coordinator_and_when_it_leaves_is_said(pages: Pages):
    preparer, coordinator = pages.as_("valmistelujohtaja"), pages.as_("koordinaattori")
    preparer.get(f"{CHECKPOINT}/tulos")
    assert "Viesti ei tavoita näitä. Kerro heille muulla tavalla. Koordinaattori näkee heidän nimensä." in preparer.text
    assert "Hyvinvoinnin ja palvelujen työryhmä (1)" in preparer.text
    assert "Varhaiskasvatuksen opettaja" not in preparer.text
    assert "Saajat: Koordinaattori, Tuottamistavan vastuuhenkilö" in preparer.text
    assert "Viesti lähtee 1.4.2027 klo 9." in preparer.text
    coordinator.get(f"{CHECKPOINT}/tulos")
    assert "Varhaiskasvatuksen opettaja: Henkilö on poissa, eikä kukaan paikalla oleva toimi" in coordinator.text


def test_whoever_is_not_in_the_directory_is_told_of_to_the_coordinator_too_and_names_are_read_once(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
):
    everybody_accepts(pages)
    people, visit, at = [f"uusi-{n}" for n in range(9)], pages.as_("koordinaattori"), f"{CHECKPOINT}/tulos"
    for one in people:
        pages.installation.engine.handle_municipality(TOWN, AddPerson(person=one, name=Private(one)), "paakayttaja")
    foretold = stating._foretold

    def missing(*whom: str) -> int:
        """How much the page asks where these people are not reached, each by another act."""
        acts = cycle(whom)

        def unreached(possible: Possible, command: Command) -> Foretold:
            return foretold(possible, command)._replace(unreached=(Unreached(next(acts), "1", "left"),))

        monkeypatch.setattr(stating, "_foretold", unreached)
        return asked(pages, visit, at)

    assert missing(*people) == missing(people[0])
    missing("paikka-9")
    assert "Kerro heille muulla tavalla. yksi muu" in visit.text
    assert "Koordinaattori näkee heidän nimensä." not in visit.text


def test_nobody_else_finds_the_page(browsing: Browsing):
    page = browsing.as_("rehtori")
    page.goto(CHECKPOINT)
    expect(page.get_by_role("link", name="Totea tulos")).to_have_count(0)
    page.goto(f"{CHECKPOINT}/tulos")
    expect(page.locator("h1")).to_have_text("Tämä ei kuulu sinulle")
