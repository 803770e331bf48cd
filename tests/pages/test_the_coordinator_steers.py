"""The coordinator's tools: each shows first what it leads to and who is told, and does it by the second button."""

import datetime as dt
import re

import pytest
from browsing import CHECKPOINT, PROCESS, Browsing
from playwright.sync_api import expect
from visiting import Pages, Visit

from models.commands import HandOver
from models.days.calendar import local_date
from models.municipality.commands import AddPerson, NoteAbsence, RemovePerson
from models.personal import Private
from models.process import Process
from models.storage import store
from models.words import ProcessStatus

TOWN, KEY = "kemijarvi", "kemijarvi-2030"
TOOLS = f"{PROCESS}/ohjaus"
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


def state(pages: Pages) -> Process:
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, TOWN, KEY)
        return engine.worlds.process(session, scope, head)


def waiting(pages: Pages) -> dict[str, list[str]]:
    """What waits to be told, by person."""
    found: dict[str, list[str]] = {}
    with pages.installation.database.reading() as session:
        for person, item in session.all(
            "select m.person, i.item from message m join message_item i on i.message_id = m.id order by 1, 2"
        ):
            found.setdefault(person, []).append(item)
    return found


def steer(visit: Visit, path: str, **fields: str) -> Visit:
    """The tool's form is filled in, looked at, and sent by the second button."""
    visit.get(path)
    answer = visit.post(path, **fields)
    assert answer.status_code == 200, visit.text
    seen = SEEN.search(answer.text)
    assert seen, visit.text
    assert visit.post(path, seen=seen[1], **fields).status_code == 200
    return visit


# --- looking before doing -----------------------------------------------------------------------------------------


def test_nothing_happens_before_the_second_button(pages: Pages):
    visit, before = pages.as_("koordinaattori"), state(pages)
    for tool, fields in {
        "odota": {"reason": "Valtuusto siirsi asian"},
        "keskeyta": {"reason": "Asia raukesi"},
        "koordinaattori": {"to": "valmistelujohtaja"},
        "paiva/checkpoint:hallintomalli": {"to": "2027-05-10", "reason": "Lausunnot", "shift": "yes"},
        "rooli/preparer": {"person": "rehtori", "reason": "Virkavapaa"},
    }.items():
        visit.get(f"{TOOLS}/{tool}")
        assert visit.post(f"{TOOLS}/{tool}", **fields).status_code == 200
        assert "Näin käy" in visit.text, tool
        assert "Kenelle kerrotaan" in visit.text, tool
    assert state(pages) == before


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{TOOLS}/paiva/checkpoint:hallintomalli"
    visit.get(path)
    answer = visit.post(path, to="2027-05-10", reason="")
    assert answer.status_code == 422
    assert "Kirjoita syy." in visit.text
    assert 'value="2027-05-10"' in answer.text
    answer = visit.post(path, to="2026-05-10", reason="Kiire")
    assert answer.status_code == 422
    assert "on mennyt" in visit.text
    assert "Kiire" in answer.text


def test_what_somebody_else_changed_meanwhile_is_told_instead_of_done(pages: Pages):
    visit, other = pages.as_("koordinaattori"), pages.as_("koordinaattori")
    path = f"{TOOLS}/paiva/checkpoint:hallintomalli"
    fields = {"to": "2027-05-12", "reason": "Lausunnot", "shift": "yes"}
    visit.get(path)
    seen = SEEN.search(visit.post(path, **fields).text)
    assert seen
    steer(other, f"{TOOLS}/paiva/window:last", to="2027-09-15", reason="Kokous siirtyi")
    assert visit.post(path, seen=seen[1], **fields).status_code == 409
    assert "Sivu ehti muuttua" in visit.text


# --- dates --------------------------------------------------------------------------------------------------------


def test_moving_a_date_shows_all_that_moves_and_what_is_missed_then(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{TOOLS}/paiva/checkpoint:hallintomalli"
    visit.get(path)
    visit.post(path, to="2027-07-05", reason="Lausunnot viipyvät", shift="yes")
    for told in (
        "Kokoukseen 30.8.2027 ei enää ehditä.",
        "Ensimmäinen kokous, johon ehditään: 27.9.2027.",
        "Päätösvalmius 31.5.2027 2.8.2027",
        "heinäkuussa, jolloin harva on töissä",
        "henkilöä saa viestin",
    ):
        assert told in visit.text, told


def test_a_day_off_is_warned_of(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{TOOLS}/paiva/checkpoint:hallintomalli"
    visit.get(path)
    visit.post(path, to="2027-05-06", reason="Kiire")  # Ascension day
    assert "6.5.2027" in visit.text.partition("Huomaa")[2].partition("Kenelle")[0], visit.text


def test_a_checkpoint_moved_before_the_work_of_its_phase_is_warned_of(pages: Pages):
    visit = pages.as_("koordinaattori")
    last = list(state(pages).phases)[-1]
    first = state(pages).dates[f"phase:{last}:first"]
    path = f"{TOOLS}/paiva/checkpoint:{last}"
    visit.get(path)
    visit.post(path, to=(first - dt.timedelta(days=5)).isoformat(), reason="Kiire")
    assert "on ennen vaiheen työtä, joka on suunniteltu ajalle" in visit.text


def test_a_phase_that_has_begun_says_when_and_another_when_it_is_to(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(f"{PROCESS}/vaihe/tuottamistapa")
    assert re.search(r"Aloitettu \d+\.\d+\.2027", visit.text)
    assert "Työ alkaa" not in visit.text
    visit.get(f"{PROCESS}/vaihe/{list(state(pages).phases)[-1]}")
    assert "Työ alkaa" in visit.text


def test_conditions_are_told_apart_by_what_they_ask(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(f"{TOOLS}/paivat")
    assert visit.shown is not None
    names = re.findall(r'paiva/condition:[^"]*">([^<]*)<', visit.shown.text)
    assert names
    assert "Edellytys: Tulevaisuuskuva" not in names
    assert len(set(names)) == len(names)


def test_a_checkpoint_moved_past_the_next_phases_beginning_is_warned_of(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{TOOLS}/paiva/checkpoint:hallintomalli"
    visit.get(path)
    visit.post(path, to="2027-05-10", reason="Lausunnot viipyvät")
    assert "jonka varaan se rakentuu, päättyy vasta 10.5.2027" in visit.text


def test_a_moved_date_has_moved_and_everybody_is_told(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{TOOLS}/paiva/checkpoint:hallintomalli"
    steer(visit, path, to="2027-05-10", reason="Lausunnot viipyvät")
    assert "Päivä on siirretty" in visit.text
    assert state(pages).dates["checkpoint:hallintomalli"].isoformat() == "2027-05-10"


# --- the whole ----------------------------------------------------------------------------------------------------


def test_a_process_is_held_resumed_stopped_and_reopened(pages: Pages):
    visit = pages.as_("koordinaattori")
    steer(visit, f"{TOOLS}/odota", reason="Valtuusto siirsi asian")
    shown = visit.get(PROCESS).text
    assert "<blockquote>Valtuusto siirsi asian</blockquote>" in shown and "Kukaan ei ole myöhässä" not in shown
    assert state(pages).status is ProcessStatus.HELD
    assert "Jatka prosessia" in visit.get(TOOLS).text
    steer(visit, f"{TOOLS}/jatka")
    assert state(pages).status is ProcessStatus.RUNNING
    steer(visit, f"{TOOLS}/keskeyta", reason="Asia raukesi")
    assert state(pages).status is ProcessStatus.STOPPED
    steer(visit, f"{TOOLS}/avaa", body="KH", date="2027-03-29", section="88")
    assert state(pages).status is ProcessStatus.RUNNING


def test_what_waits_leads_to_the_page_where_it_is_done(pages: Pages):
    visit = pages.as_("koordinaattori")
    inbox = visit.get("/").text
    for where in (f"{PROCESS}/kasittelyt", f"{PROCESS}/ohjaus/kokoukset"):
        assert f'href="{where}"' in inbox
        assert visit.get(where).status_code == 200


def test_all_open_duties_go_with_the_coordinators_part(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{TOOLS}/koordinaattori"
    visit.get(path)
    visit.post(path, to="valmistelujohtaja")
    counted = re.search(r"(\d+) avointa tehtävää siirtyy", visit.text)
    assert counted and int(counted[1]) > 0
    assert "Strategiakoordinaattori voi lukea prosessia ja sen valmisteluhistoriaa vielä 1.5.2027 asti." in visit.text
    steer(visit, path, to="valmistelujohtaja")
    assert state(pages).coordinator == "valmistelujohtaja"
    assert "sen koordinaattori on Hallintojohtaja. Voit lukea" in visit.text  # where one lands
    assert visit.get(f"{PROCESS}/historia").status_code == 200
    assert visit.get(f"{TOOLS}/paivat").status_code == 403
    assert visit.get(f"{PROCESS}/muistuta").status_code == 403
    assert pages.as_("valmistelujohtaja").get(TOOLS).status_code == 200


def test_a_coordinator_whose_part_the_administrator_gave_away_reads_nothing_any_more(pages: Pages):
    visit, path = pages.as_("paakayttaja"), f"{TOOLS}/koordinaattori"
    visit.get(path)
    visit.post(path, to="valmistelujohtaja")
    assert "Strategiakoordinaattori ei enää ohjaa eikä näe prosessia" in visit.text
    steer(visit, path, to="valmistelujohtaja")
    former = pages.as_("koordinaattori").get(PROCESS)
    assert former.status_code == 403
    assert "Prosessia ohjaa Hallintojohtaja" in former.text and "Tarkistuspiste" not in former.text.split("<footer")[0]


def test_that_the_coordinator_has_left_is_shown_to_all_and_filled_by_who_may(pages: Pages):
    remove = RemovePerson(person="koordinaattori", reason=Private("Muutti pois"))
    pages.installation.engine.handle_municipality(TOWN, remove, "paakayttaja")
    preparer = pages.as_("valmistelujohtaja")
    assert "<li>Koordinaattori: henkilö ei ole enää käytössä, pääkäyttäjä nimeää" in preparer.get(PROCESS).text
    preparer.get("/")
    assert "Koordinaattori on lähtenyt. Uuden nimeää pääkäyttäjä" in preparer.text
    administrator = pages.as_("paakayttaja")
    assert f'<a href="{TOOLS}">Koordinaattori</a>: henkilö' in administrator.get(PROCESS).text


def test_a_stand_in_without_another_part_does_what_waits_for_who_is_away(pages: Pages):
    engine = pages.installation.engine
    today = local_date(engine.clock())
    add = AddPerson(person="sijainen", name=Private("Sijainen"), email=Private("sijainen@kemijarvi.example"))
    away = NoteAbsence(person="koordinaattori", first=today, last=today, stand_in="sijainen")
    for command in (add, away):
        engine.handle_municipality(TOWN, command, "paakayttaja")
    visit = pages.as_("sijainen")
    assert "Kemijärvi" in visit.get("/prosessit").text
    steer(visit, f"{TOOLS}/odota", reason="Valtuusto siirsi asian")
    assert state(pages).status is ProcessStatus.HELD
    assert "(puolesta: Strategiakoordinaattori)" in visit.get(f"{PROCESS}/historia?laji=ohjaus").text


def test_somebody_who_is_not_near_is_chosen_by_their_address(pages: Pages):
    add = AddPerson(person="suunnittelija", name=Private("Suunnittelija"), email=Private("uusi@kemijarvi.example"))
    pages.installation.engine.handle_municipality(TOWN, add, "paakayttaja")
    visit = pages.as_("koordinaattori")
    fields = {"to": "", "to-email": "UUSI@kemijarvi.example"}
    steer(visit, f"{TOOLS}/koordinaattori", **fields)
    assert state(pages).coordinator == "suunnittelija"


def test_an_address_that_nobody_has_is_said(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{TOOLS}/rooli/preparer"
    visit.get(path)
    answer = visit.post(path, reason="Virkavapaa", **{"person-email": "ei@kukaan.example"})
    assert answer.status_code == 422
    assert "ei@kukaan.example" in visit.text


# --- the plan -----------------------------------------------------------------------------------------------------


def test_a_rule_changes_from_the_next_round_and_the_difference_is_shown(pages: Pages):
    visit = pages.as_("koordinaattori")
    group = state(pages)
    key = next(iter(group.groups))
    path = f"{TOOLS}/ryhma/hallintomalli:{key}"
    visit.get(path)
    fields = {"rule": "majority", "quorum": "2/3", "reason": "Suuri ryhmä"}
    visit.post(path, **fields)
    assert "voimassa seuraavasta käsittelykerrasta" in visit.text
    assert "Ryhmä puoltaa, kun useampi kannattaa kuin vastustaa." in visit.text
    steer(visit, path, **fields)
    at = next(one for one in state(pages).amended["hallintomalli"].groups if one.group == key)
    assert (at.rule.value, at.quorum) == ("majority", "2/3")


def test_matters_are_added_changed_and_left_out(pages: Pages):
    visit = pages.as_("koordinaattori")
    added = {"text": "Vaihtoehto 0 on tutkittu", "by": "arvioija", "reason": "Valtuuston toive"}
    steer(visit, f"{TOOLS}/uusi-asia/hallintomalli", **added)
    at = f"{TOOLS}/asia/hallintomalli:lisatty-1"
    steer(visit, at, **{**added, "text": "Vaihtoehto 0 on kuvattu", "must": "yes"})
    one = state(pages).amended["hallintomalli"].criteria[-1]
    assert (one.id, one.text.fi) == ("lisatty-1", "Vaihtoehto 0 on kuvattu")
    assert (one.must, one.assessed_by) == (True, "arvioija")
    steer(visit, f"{TOOLS}/asia-pois/hallintomalli:lisatty-1", reason="Ei tarpeen")
    assert "lisatty-1" not in {one.id for one in state(pages).amended["hallintomalli"].criteria}


def test_reminders_follow_another_ladder_at_once(pages: Pages):
    visit = pages.as_("koordinaattori")
    steps = {"step-0": "2 working days before|holder", "step-1": "1 working day after|chair", "reason": "Vähemmän"}
    path = f"{TOOLS}/muistutukset/stance"
    visit.get(path)
    visit.post(path, **steps)
    assert "2 työpäivää ennen: henkilölle itselleen" in visit.text
    steer(visit, path, **steps)
    assert [(one.when, one.to.value) for one in state(pages).ladders["stance"].steps] == [
        ("2 working days before", "holder"),
        ("1 working day after", "chair"),
    ]


def test_a_group_that_is_asked_already_waits_for_the_round_to_end(pages: Pages):
    visit = pages.as_("koordinaattori")
    key = next(iter(state(pages).groups))
    path = f"{TOOLS}/ryhma/tuottamistapa:{key}"
    visit.get(path)
    answer = visit.post(path, rule="majority", quorum="1/2", reason="Nyt heti")
    assert answer.status_code == 422
    assert "Palauta" in visit.text or "palauta" in visit.text


# --- reminding ----------------------------------------------------------------------------------------------------


def test_only_who_was_chosen_is_reminded_within_hours_and_once(pages: Pages):
    visit = pages.as_("koordinaattori")
    path = f"{PROCESS}/muistuta?vaihe=tuottamistapa"
    answer = visit.get(path)
    key = next(one for one in re.findall(r'name="duty" value="([^"]+)"', answer.text) if one.endswith(":h3"))
    assert "Nämä lähtevät" not in visit.text
    visit.post(path, duty=key)
    assert "Rehtori 1.4.2027 klo" in visit.text
    before = waiting(pages)
    visit.post(path, duty=key, shown="yes")
    assert "Yksi henkilö saa muistutusviestin." in visit.text
    visit.get(path)
    visit.post(path, duty=key, shown="yes")  # twice is once
    after = waiting(pages)
    new = [item for item in after["rehtori"] if item not in before.get("rehtori", [])]
    assert len([item for item in after["rehtori"] if ":stance:" in item]) == 1
    assert len(new) <= 1
    assert {one: items for one, items in after.items() if one != "rehtori"} == {
        one: items for one, items in before.items() if one != "rehtori"
    }


def test_a_chair_reminds_the_own_group_and_a_member_nobody(pages: Pages):
    chair = pages.as_("sivistysjohtaja")
    keys = re.findall(r'name="duty" value="([^"]+)"', chair.get(f"{PROCESS}/muistuta").text)
    assert keys
    assert all(key.rpartition(":")[2].startswith("h") for key in keys), keys
    assert pages.as_("rehtori").get(f"{PROCESS}/muistuta").status_code == 403
    other = next(seat for seat in state(pages).rounds["tuottamistapa"].seats if seat.startswith("e"))
    chair.post(f"{PROCESS}/muistuta", duty=f"stance:tuottamistapa:1:{other}", shown="yes")
    assert "Valitse, ketä muistutetaan." in chair.text


def test_choosing_nobody_is_said(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(f"{PROCESS}/muistuta")
    assert visit.post(f"{PROCESS}/muistuta").status_code == 422
    assert "Valitse, ketä muistutetaan." in visit.text


# --- who may, and how ---------------------------------------------------------------------------------------------


def test_what_an_amended_checkpoint_lacks_is_said_in_the_readers_language(pages: Pages):
    visit, path = pages.as_("koordinaattori"), f"{TOOLS}/ryhma/hallintomalli:hyvinvointiryhma"
    visit.get(path)
    answer = visit.post(path, rule="consent", quorum="3/2", reason="Kokeilu")
    assert answer.status_code == 422
    assert "Riittävä osallistuminen 3/2 on enemmän kuin kaikki jäsenet" in visit.text


@pytest.mark.parametrize("person", ["rehtori", "sivistysjohtaja", "talouspaallikko", "tietosuojavastaava"])
@pytest.mark.parametrize("tool", ["odota", "keskeyta", "koordinaattori", "paivat", "muutokset", "rooli/preparer"])
def test_the_tools_belong_to_the_coordinator(pages: Pages, person: str, tool: str):
    visit = pages.as_(person)
    assert visit.get(f"{TOOLS}/{tool}").status_code == 403
    assert ("Ohjaa prosessia" in visit.get(PROCESS).text) is (person == "sivistysjohtaja")  # a chair reminds


def test_a_tool_that_is_not_there_is_not_found(pages: Pages):
    visit = pages.as_("koordinaattori")
    for path in ("loihdi", "rooli/ei-ole", "ryhma/hallintomalli:ei-ole", "paiva/ei:ole", "odota/turha", "asia/x:y"):
        assert visit.get(f"{TOOLS}/{path}").status_code == 404, path


def test_a_date_is_moved_without_scripts_and_by_keyboard(browsing: Browsing):
    page = browsing.as_("koordinaattori", java_script_enabled=False)
    page.goto(PROCESS)
    page.get_by_role("link", name="Ohjaa prosessia").press("Enter")
    page.get_by_role("link", name="Siirrä päiviä").press("Enter")
    page.get_by_role("link", name="Tarkistuspiste 4").press("Enter")
    page.get_by_label("Uusi päivä").fill("2027-05-12")
    page.get_by_label("Miksi päivä siirtyy?").fill("Lausunnot viipyvät")
    page.get_by_role("button", name="Näytä, mitä tapahtuu").press("Enter")
    expect(page.get_by_role("heading", name="Näin käy")).to_be_visible()
    page.get_by_role("button", name="Siirrä päivä", exact=True).press("Enter")
    expect(page.locator("main")).to_contain_text("12.5.2027")


# --- the bodies' meetings -----------------------------------------------------------------------------------------

BODIES = f"{TOOLS}/kokoukset"
COUNCIL = re.compile(r'name="days-valtuusto"[^>]*>([^<]*)<')


def council(pages: Pages) -> list[str]:
    """The council's meetings to come, as the calendar has them."""
    found = COUNCIL.search(pages.as_("hallintosihteeri").get(BODIES).text)
    assert found
    return found[1].split()


def test_another_meeting_is_in_the_calendar_once_what_it_leads_to_was_seen(pages: Pages):
    visit, before = pages.as_("hallintosihteeri"), council(pages)
    visit.get(BODIES)
    days = {"days-valtuusto": "\n".join([*before, "2027-07-12"]), "days-kaupunginhallitus": "7.6.2027"}
    answer = visit.post(BODIES, **days)
    assert "Lisätään ma 12.7.2027" in visit.text
    assert council(pages) == before
    seen = SEEN.search(answer.text)
    assert seen
    assert visit.post(BODIES, seen=seen[1], **days).status_code == 200
    assert "12.7.2027" in council(pages)


def test_removing_the_meeting_that_was_reached_is_told(pages: Pages):
    visit, days = pages.as_("koordinaattori"), {"days-valtuusto": "30.8.2027\n27.9.2027"}
    visit.get(BODIES)
    seen = SEEN.search(visit.post(BODIES, **days).text)
    assert seen
    visit.post(BODIES, seen=seen[1], **days)
    visit.get(BODIES)
    visit.post(BODIES, **{"days-valtuusto": "27.9.2027"})
    assert "Poistetaan ma 30.8.2027" in visit.text
    assert "Kokoukseen 30.8.2027 ei enää ehditä." in visit.text


def test_what_is_no_date_or_has_gone_by_is_said_and_stays_typed(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(BODIES)
    answer = visit.post(BODIES, **{"days-valtuusto": "30.8.2027\njuhannuksena"})
    assert answer.status_code == 422
    assert "”juhannuksena” ei ole päivä." in visit.text
    assert "juhannuksena</textarea>" in answer.text
    assert visit.post(BODIES, **{"days-valtuusto": "1.1.2020"}).status_code == 422
    assert "Anna vain tulevia kokouspäiviä." in visit.text


def test_the_calendar_is_not_everybodys_to_change(pages: Pages):
    for person in ("rehtori", "talouspaallikko", "tietosuojavastaava"):
        assert pages.as_(person).get(BODIES).status_code == 403


def test_who_was_replaced_is_told_who_has_taken_over_and_nothing_else(pages: Pages):
    engine = pages.installation.engine
    engine.handle(TOWN, HandOver(to="hallintosihteeri"), "paakayttaja", process=KEY)
    visit = pages.as_("koordinaattori")
    for page in (PROCESS, CHECKPOINT, f"{PROCESS}/muistuta"):
        assert visit.get(page).status_code == 403
        assert "Prosessia ohjaa Hallintosihteeri 1.4.2027 alkaen." in visit.text
        assert "Kemijärvi kohti vuotta 2030" not in visit.text
    add = AddPerson(person="ulkopuolinen", name=Private("Ulkopuolinen"))
    engine.handle_municipality(TOWN, add, "paakayttaja")
    outsider = pages.as_("ulkopuolinen")
    assert outsider.get(PROCESS).status_code == 404
    assert "ohjaa" not in outsider.text
    assert visit.get(f"{PROCESS}-2").status_code == 404
