"""A process is created by a guided form, one thing to a page; nothing is recorded before the last button."""

import datetime as dt
import re

import pytest
from begun import TOWN, begin
from browsing import Browsing
from playwright.sync_api import Page, expect
from visiting import Pages, Visit

from models.creating.answers import Answers
from models.process import Process
from models.storage import new_processes, reading, store

NEW = "/prosessit/uusi"
LAST = "phase:tulevaisuuskuva:last"


def keys(pages: Pages) -> list[str]:
    with pages.installation.database.reading() as session:
        return [one.key for one in reading.processes(session, TOWN)]


def state(pages: Pages, key: str) -> Process:
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, TOWN, key)
        return engine.worlds.process(session, scope, head)


def begun(pages: Pages) -> Visit:
    begin(pages, "koordinaattori")
    return pages.as_("koordinaattori")


def next_one(page: Page, button: str = "Jatka") -> None:
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.parametrize("how", [{"java_script_enabled": False}, {"viewport": {"width": 360, "height": 740}}])
def test_the_guided_form_goes_from_the_definition_to_the_process(browsing: Browsing, how: dict):
    page = browsing.as_("koordinaattori", **how)
    page.goto("/prosessit")
    page.get_by_role("link", name="Luo prosessi").click()
    page.get_by_role("link", name="Aloita").click()
    next_one(page)
    expect(page.get_by_role("alert")).to_contain_text("Valitse prosessimalli")
    page.get_by_text("Kemin kaupunkistrategia 2023").click()
    next_one(page)
    expect(page.locator("#title")).to_have_value("Kemin kaupunkistrategia 2023")
    page.fill("#title", "Kaupunkistrategia")
    next_one(page)
    while "/valinta/" in page.url:
        next_one(page)
    next_one(page)  # the start, as the definition has it
    expect(page.locator("h1")).to_have_text("Ehdotetut päivät")
    page.go_back()
    expect(page.locator("#year")).to_have_value("2028")
    page.go_forward()
    next_one(page, "Päivät ovat hyvät, jatka")
    page.locator('label[for="rests-rehearsal"]').click()
    next_one(page)
    page.fill("#role-preparer", "Hallintojohtaja")
    page.check("#rest")
    next_one(page)
    while "/ryhma/" in page.url:
        page.locator('label[for="group-new"]').click()
        page.fill("#pasted", "Rehtori\nUusi Jäsen <uusi@kemijarvi.example>")
        next_one(page)
        next_one(page)
    expect(page.locator("h1")).to_have_text("Tarkista vastaukset")
    assert keys(browsing.pages) == ["kemijarvi-2030"]  # nothing is there yet
    next_one(page, "Luo prosessi")
    expect(page.locator("h1")).to_have_text("Kaupunkistrategia")
    expect(page.locator(".page-head")).to_contain_text("Harjoitus")
    assert len(keys(browsing.pages)) == 2


def test_an_answer_can_be_changed_from_the_last_page_and_the_rest_stays(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/nimi")
    visit.post(f"{NEW}/nimi", title="Toinen nimi", matter_number="KMJ/9")
    assert visit.shown is not None
    assert visit.shown.url.path == f"{NEW}/tarkista"
    assert "Toinen nimi" in visit.text
    assert "KMJ/9" in visit.text
    assert "Uusi hyvinvointiryhmä" in visit.text


def test_mistakes_are_told_at_their_fields_and_nothing_typed_is_lost(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/paatos")
    answer = visit.post(f"{NEW}/paatos", rests="decision", body="", date="2099-01-01", section="")
    assert answer.status_code == 422
    for said in ("mikä toimielin", "ei voi olla tulevaisuudessa", "Anna päätöksen pykälä"):
        assert said in visit.text
    assert 'value="2099-01-01"' in answer.text

    visit.get(f"{NEW}/vastuut")
    answer = visit.post(f"{NEW}/vastuut", **{"role-preparer": "Kuka Lie", "role-arvioija": "Rehtori"})
    assert answer.status_code == 422
    assert "Kuka Lie: Nimeä ei ole hakemistossa" in visit.text
    assert "Nimeä henkilö: Koordinaattori" in visit.text
    assert 'value="Kuka Lie"' in answer.text


def test_every_page_says_which_step_it_is(pages: Pages):
    visit = begun(pages)
    for step, at in (
        ("nimi", 2),
        ("valinta/aikataulu", 3),
        ("ajat", 7),
        ("ajat/" + LAST, 7),
        ("ryhma/hyvinvointiryhma", 11),
    ):
        visit.get(f"{NEW}/{step}")
        assert f"Kohta {at}/13" in visit.text, step
    assert "Kohta 13/13" in (visit.get(f"{NEW}/tarkista") and visit.text)


def test_a_choice_of_the_sources_names_the_source_and_quotes_each_of_its_words_once(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/valinta/aikataulu")
    assert "Lainaukset ovat sen omia sanoja: Uusi vetovoimainen ja pitovoimainen Kemijärvi" in visit.text
    assert "192" not in visit.text  # where in the source, which nobody here has
    visit.get(f"{NEW}/valinta/ohjelmat")
    assert visit.text.count("Elinvoimaohjelma Hyvinvointiohjelma Elinkeino-ohjelma") == 1


def answers(pages: Pages) -> Answers:
    with pages.installation.database.reading() as session:
        found = new_processes.read(session, TOWN, "koordinaattori")
    assert found is not None
    return found


def test_the_first_step_has_its_number_too(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(f"{NEW}/malli")
    assert "Kohta 1 " in visit.text  # how many there are, the definition says
    begin(pages, "koordinaattori")
    visit.get(f"{NEW}/malli")
    assert "Kohta 1/13" in visit.text


@pytest.mark.parametrize("why", ["", "Prosessimallin ehdotus."])
def test_another_reading_than_the_one_proposed_wants_a_reason_of_its_own(pages: Pages, why: str):
    visit = begun(pages)
    visit.get(f"{NEW}/valinta/paatosikkuna")
    answer = visit.post(f"{NEW}/valinta/paatosikkuna", reading="elokuu", why=why)
    assert answer.status_code == 422
    assert "Valitsit muun kuin mallin ehdotuksen. Kirjoita, miksi" in visit.text
    visit.post(f"{NEW}/valinta/paatosikkuna", reading="elokuu", why="Valtuusto on lomalla kesän.")
    assert answers(pages).choices["paatosikkuna"].why == "Valtuusto on lomalla kesän."


def test_the_reading_proposed_needs_no_reason_and_its_own_is_not_offered_for_another_one(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/valinta/paatosikkuna")
    visit.post(f"{NEW}/valinta/paatosikkuna", reading="kesa-elokuu", why="")
    assert answers(pages).choices["paatosikkuna"].why == "Prosessimallin ehdotus."
    answer = visit.get(f"{NEW}/valinta/paatosikkuna")
    assert "Prosessimallin ehdotus." not in answer.text


# --- two pairs of eyes --------------------------------------------------------------------------------------------

EVERYBODY = ("coordinator", "preparer", "arvioija", "henkilostojohto", "hallintomallin-vastaava")
OWNERS = ("tulevaisuuskuvan-vastaava", "tarpeen-vastaava", "tuottamistavan-vastaava", "organisaation-vastaava")


def roles(**others: str) -> dict[str, str]:
    """The form of the roles, the coordinator in all but those given."""
    played = dict.fromkeys((*EVERYBODY, *OWNERS), "Strategiakoordinaattori") | others
    return {f"role-{one}": name for one, name in played.items()}


def test_a_preparer_who_alone_could_submit_is_refused(pages: Pages):
    visit = begun(pages)
    before = answers(pages).roles
    visit.get(f"{NEW}/vastuut")
    answer = visit.post(f"{NEW}/vastuut", **roles(), both="yes")
    assert answer.status_code == 422
    assert "Strategiakoordinaattori olisi ainoa, joka voi toimittaa tuotokset" in visit.text
    assert answers(pages).roles == before


def test_a_preparer_who_answers_for_outputs_is_told_of_and_kept_only_when_that_is_meant(pages: Pages):
    visit = begun(pages)
    both = roles(preparer="Hallintojohtaja") | {"role-tuottamistavan-vastaava": "Hallintojohtaja"}
    told = "toteaisi tuloksen vaiheissa, joiden tuotoksista hän vastaa itse: Tuottamistapa"
    visit.get(f"{NEW}/vastuut")
    assert visit.post(f"{NEW}/vastuut", **both).status_code == 422
    assert told in visit.text
    assert "sen tekee joku muu: Strategiakoordinaattori" in visit.text
    visit.post(f"{NEW}/vastuut", **both, both="yes")
    assert visit.shown is not None
    assert visit.shown.url.path == f"{NEW}/tarkista"
    assert told in visit.text
    visit.get(f"{NEW}/vastuut")
    assert told in visit.text
    assert "checked" in (visit.shown.text.partition('id="both"')[2].partition(">")[0])


# --- dates --------------------------------------------------------------------------------------------------------


def test_a_date_moved_away_from_a_choice_is_told_before_and_after_and_in_the_check(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/valinta/paatosikkuna")
    visit.post(f"{NEW}/valinta/paatosikkuna", reading="elokuu", why="Valtuusto on lomalla kesän.")
    told = "Vastaus on ”Kesällä, elokuussa”, mutta päiviä on siirretty sen ulkopuolelle: Päätösikkuna alkaa 9.6.2028."
    at = f"{NEW}/ajat/window:first"
    visit.get(f"{at}?day=2028-06-09&how=")
    assert told in visit.text
    visit.post(at, day="2028-06-09", how="")
    assert told in visit.text
    visit.post(f"{NEW}/ajat")
    assert visit.shown is not None
    assert visit.shown.url.path == f"{NEW}/tarkista"
    assert told in visit.text
    assert "Tarkista, että vastauksen perustelu kertoo" in visit.text  # a reason has been given
    assert "kerro vastauksen perustelussa" not in visit.text
    visit.get(f"{NEW}/ajat")
    visit.post(f"{NEW}/ajat", as_proposed="yes")
    assert "Päivät ja vastaus eroavat" not in visit.text


def test_what_follows_is_shown_before_a_date_is_moved(pages: Pages):
    visit = begun(pages)
    answer = visit.get(f"{NEW}/ajat/{LAST}?day=2028-02-18&how=")
    shown = re.findall(r'<tr><th scope="row">(.*?)</th>', answer.text)
    assert set(shown) == {"Tulevaisuuskuva päättyy", "Tarkistuspiste 1"}
    with pages.installation.database.reading() as session:
        kept = new_processes.read(session, TOWN, "koordinaattori")
    assert kept is not None
    assert kept.dates == {LAST: dt.date(2028, 2, 5)}  # looking changes nothing

    visit.post(f"{NEW}/ajat/{LAST}", day="2028-02-18", how="")
    assert "pe 18.2.2028" in visit.text


def test_dates_gone_by_are_told_and_not_refused(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/alku")
    visit.post(f"{NEW}/alku", month="12", year="2026")
    visit.get(f"{NEW}/ajat")
    assert "Jo mennyt: Tulevaisuuskuva alkaa 1.12.2026" in visit.text
    visit.post(f"{NEW}/ajat")
    assert "Jo mennyt: Tulevaisuuskuva alkaa 1.12.2026" in visit.text  # in the check


def test_a_checkpoint_that_would_be_past_and_before_its_work_is_told_before_it_is_moved(pages: Pages):
    visit = begun(pages)
    at = f"{NEW}/ajat/checkpoint:tulevaisuuskuva"
    visit.get(f"{at}?day=2027-03-01&how=")
    assert "Jo mennyt: Tarkistuspiste 1 1.3.2027" in visit.text
    assert "päivä 1.3.2027 on ennen vaiheen työtä" in visit.text
    visit.get(f"{at}?day=2028-02-10&how=")
    assert "Jo mennyt" not in visit.text
    assert "on ennen vaiheen työtä" not in visit.text


def test_a_group_without_a_chair_and_a_name_that_exists_are_told_and_not_refused(pages: Pages):
    answers, engine = begin(pages, "koordinaattori"), pages.installation.engine
    visit = pages.as_("koordinaattori")
    visit.get(f"{NEW}/tarkista")
    assert "Ryhmällä ei ole puheenjohtajaa" not in visit.text
    assert "Samanniminen ryhmä" not in visit.text
    new = answers.groups["hyvinvointiryhma"]
    new = new.model_copy(update={"name": "laajennettu johtoryhmä", "sitting": new.sitting[1:]})
    answers = answers.model_copy(update={"groups": {**answers.groups, "hyvinvointiryhma": new}})
    with engine.database.transaction() as session:
        new_processes.put(session, TOWN, "koordinaattori", answers, engine.clock())
    visit.get(f"{NEW}/tarkista")
    assert "Ryhmällä ei ole puheenjohtajaa. Samanniminen ryhmä on jo olemassa." in visit.text
    assert "Luo prosessi" in visit.text


def test_all_later_dates_move_along_where_asked(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/ajat")
    visit.post(f"{NEW}/ajat", as_proposed="yes")
    visit.get(f"{NEW}/ajat/{LAST}")
    visit.post(f"{NEW}/ajat/{LAST}", day="2028-02-07", how="later")  # five working days later
    with pages.installation.database.reading() as session:
        kept = new_processes.read(session, TOWN, "koordinaattori")
    assert kept is not None
    assert kept.dates["window:last"] == dt.date(2028, 9, 7)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-11-30", "Tulevaisuuskuva päättyisi ennen kuin se alkaa"),
        ("2099-01-01", "yli viiden vuoden päässä"),
        ("pian", "Anna päivä"),
    ],
)
def test_a_date_that_makes_no_sense_is_not_moved(pages: Pages, day: str, said: str):
    visit = begun(pages)
    visit.get(f"{NEW}/ajat/{LAST}")
    assert visit.post(f"{NEW}/ajat/{LAST}", day=day, how="").status_code == 422
    assert said in visit.text


def test_a_model_of_a_year_gone_by_is_warned_of_once_and_moved_to_the_start(pages: Pages):
    visit = pages.as_("koordinaattori")
    shown = visit.get(f"{NEW}/malli").text
    (model,) = re.findall(r'value="([0-9a-f]{64})"[^>]*><label[^>]*>Rauman Tarina', shown)
    visit.post(f"{NEW}/malli", model=model)
    visit.get(f"{NEW}/alku")
    visit.post(f"{NEW}/alku", month="5", year="2027")
    visit.get(f"{NEW}/ajat")
    assert "olisi alkanut jo" in visit.text
    worries = visit.text.partition("Katso näitä päiviä")[2].partition("Vaiheet")[0]
    assert re.search(r"piti päättyä jo .* Samoin 5 muuta", worries)
    visit.post(f"{NEW}/ajat", from_start="yes")
    assert "piti päättyä jo" not in visit.text
    assert "Käynnistys alkaa ma 3.5.2027" in visit.text  # the first of May is a day off
    assert visit.text.count("aika päättyy 27.7.2027") == 1


def test_dates_that_begin_at_another_time_than_the_work_are_told_in_the_check(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/alku")
    visit.post(f"{NEW}/alku", month="4", year="2028")
    visit.post(f"{NEW}/ajat")
    assert "Työn aluksi on valittu 1.4.2028, mutta ensimmäinen vaihe alkaa 1.12.2028." in visit.text
    visit.get(f"{NEW}/ajat")
    visit.post(f"{NEW}/ajat", from_start="yes")
    visit.post(f"{NEW}/ajat")
    assert visit.shown is not None
    assert visit.shown.url.path == f"{NEW}/tarkista"
    assert "Työn aluksi on valittu" not in visit.text


def test_days_off_and_the_meetings_that_are_reached_stand_with_the_dates(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/ajat")
    assert "la 5.2.2028 viikonloppu muutettu" in visit.text
    assert "Itsenäisyyspäivä" in visit.text
    assert "Kesäkuun valtuustoon (12.6.2028*) ei ehditä" in visit.text


# --- the last button ----------------------------------------------------------------------------------------------


def test_the_last_button_makes_everything_at_once_and_invites_who_is_new(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/tarkista")
    visit.post(f"{NEW}/tarkista", invite="yes")
    key = keys(pages)[-1]
    assert "Prosessi on luotu. Yksi kutsu lähtee 10 minuutin kuluttua" in visit.text
    process = state(pages, key)
    assert process.dates[LAST] == dt.date(2028, 2, 5)
    assert process.groups["hyvinvointiryhma"] == "hyvinvointiryhma-2"
    assert not process.rehearsal
    with pages.installation.database.reading() as session:
        assert new_processes.read(session, TOWN, "koordinaattori") is None
    visit.get(f"/prosessi/{key}/ryhmat/hyvinvointiryhma")
    assert "Uusi Jäsen Puheenjohtaja" in visit.text
    assert "Kutsut, jotka eivät ole vielä lähteneet" in visit.text


def test_two_presses_make_one_process(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/tarkista")
    form = visit.shown
    visit.post(f"{NEW}/tarkista")
    visit.shown = form
    visit.post(f"{NEW}/tarkista")
    assert len(keys(pages)) == 2
    assert visit.shown is not None
    assert visit.shown.url.path == NEW


def test_what_was_begun_can_be_given_up(pages: Pages):
    visit = begun(pages)
    visit.get(NEW)
    assert "Sinulla on keskeneräinen: Kemijärvi kohti vuotta 2030" in visit.text
    visit.post(f"{NEW}/hylkaa")
    assert "Mitään ei luotu" in visit.text
    assert keys(pages) == ["kemijarvi-2030"]


# --- the list, and the first page ---------------------------------------------------------------------------------


def test_the_list_of_processes_has_pages(pages: Pages):
    for _ in range(26):
        visit = begun(pages)
        visit.get(f"{NEW}/tarkista")
        visit.post(f"{NEW}/tarkista")
    visit.get("/prosessit")
    assert visit.shown is not None
    assert visit.shown.text.count('<a href="/prosessi/') == 25
    visit.get("/prosessit?sivu=2")
    assert visit.shown.text.count('<a href="/prosessi/') == 2
    assert '"/prosessi/kemijarvi-2030"' in visit.shown.text  # the oldest one


def test_invitations_are_taken_back_where_the_page_says_so_and_roles_stay(pages: Pages):
    visit = begun(pages)
    visit.get(f"{NEW}/vastuut")
    visit.post(
        f"{NEW}/vastuut", **roles(arvioija="Uusi Arvioija <arvioija@kemijarvi.example>", preparer="Hallintojohtaja")
    )
    visit.get(f"{NEW}/tarkista")
    visit.post(f"{NEW}/tarkista", invite="yes")
    assert "2 kutsua lähtee 10 minuutin kuluttua; Työryhmät-sivulla voit perua ne." in visit.text
    (key,) = set(keys(pages)) - {"kemijarvi-2030"}
    assessor, groups = state(pages, key).roles["arvioija"], f"/prosessi/{key}/ryhmat"
    answer = visit.get(groups)
    assert "Uusi Jäsen Uusi hyvinvointiryhmä" in visit.text
    assert "Uusi Arvioija Vaikutusten arvioija" in visit.text
    numbers = re.findall(r'name="invitation" value="([0-9]+)"', answer.text)
    visit.post(f"{groups}/kutsut/peru", invitation=numbers)
    assert "2 kutsua on peruttu." in visit.text
    assert "Kutsut, jotka eivät ole vielä lähteneet" not in visit.text
    assert "Uusi hyvinvointiryhmä Yksi jäsen" in visit.text  # the one who was in the directory
    assert state(pages, key).roles["arvioija"] == assessor
