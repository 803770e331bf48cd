"""Who sits in a process's groups: invited by pasting, led, deputised and ended, with every mistake told."""

import re

import pytest
from browsing import PROCESS, Browsing
from playwright.sync_api import expect
from test_the_preparer_states_the_outcome import PHASE, state
from visiting import Pages, Visit

from models.municipality.commands import AddPerson
from models.municipality.directory import Directory
from models.personal import Private
from models.storage import store

GROUP, ANOTHER = f"{PROCESS}/ryhmat/hyvinvointiryhma", f"{PROCESS}/ryhmat/elinvoimaryhma"
LIST = "Nimi;Sähköposti\nUusi Jäsen;uusi@k.example\nVaralla;vara@k.example;varajäsen\nRehtori\nOutolintu"


def directory(pages: Pages) -> Directory:
    engine = pages.installation.engine
    with engine.database.reading() as session:
        head = store.municipality_head(session, "kemijarvi")
        assert head is not None
        return engine.worlds.directory(session, "kemijarvi", head.sequence)


def seated(pages: Pages, visit: Visit) -> None:
    visit.get(f"{GROUP}/kutsu")
    visit.post(f"{GROUP}/kutsu", pasted=LIST)
    choices = {"who-0": "new", "who-1": "new", "said-1": "deputy", "who-2": "skip", "who-3": "skip"}
    visit.post(f"{GROUP}/kutsu", pasted=LIST, seen="yes", invite="yes", **choices)


def seated_in_another(visit: Visit) -> None:
    """Who has a seat, and has taken a stance in it, is invited to one more in another group."""
    visit.get(f"{ANOTHER}/kutsu")
    choices = {"who-0": "rehtori", "said-0": "member"}
    visit.post(f"{ANOTHER}/kutsu", pasted="Rehtori", seen="yes", invite="yes", **choices)
    assert "Yksi jäsen on lisätty. Kutsut lähtevät" in visit.text


def seats_of(pages: Pages, person: str) -> set[str]:
    return {key for key, seat in directory(pages).seats.items() if seat.person == person}


def test_many_are_invited_by_pasting_and_each_line_says_what_it_is(browsing: Browsing):
    page = browsing.as_("koordinaattori")
    page.goto(GROUP)
    page.get_by_role("link", name="Kutsu jäseniä").click()
    page.fill("#pasted", LIST)
    page.get_by_role("button", name="Tarkista lista").click()
    rows = page.locator(".people-row")
    expect(rows.locator(".tag")).to_have_text(["Uusi", "Uusi", "Ohitetaan", "Tarkista"])
    page.get_by_role("button", name="Lisää ryhmään").click()
    expect(page.get_by_role("alert")).to_contain_text("Kirjoita osoite muodossa nimi@kunta.fi: Outolintu")
    page.fill("#email-3", "outo@k.example")
    page.get_by_role("button", name="Lisää ryhmään").click()

    expect(page.get_by_role("status")).to_contain_text("2 jäsentä on lisätty")
    expect(page.locator(".seats li", has_text="Uusi Jäsen")).to_contain_text("Varalla: Varalla")
    page.get_by_role("button", name="Peru valitut kutsut").click()
    expect(page.get_by_role("status")).to_contain_text("2 kutsua on peruttu")
    expect(page.locator(".seats")).not_to_contain_text("Uusi Jäsen")


def test_editing_the_list_again_loses_nothing(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(f"{GROUP}/kutsu")
    visit.post(f"{GROUP}/kutsu", pasted=LIST)
    answer = visit.post(f"{GROUP}/kutsu", pasted=LIST, seen="yes", edit="yes")
    assert "Outolintu</textarea>" in answer.text


def test_who_was_added_by_mistake_is_out_of_the_directory_again(pages: Pages):
    visit = pages.as_("koordinaattori")
    before = set(directory(pages).people)
    seated(pages, visit)
    new = set(directory(pages).people) - before
    assert len(new) == 2
    seats = re.findall(r'name="seat" value="([\w-]+)"', visit.shown.text if visit.shown else "")
    visit.post(f"{GROUP}/kutsu/peru", seat=seats)
    assert not any(directory(pages).is_active(person) for person in new)
    assert not set(seats) & set(directory(pages).seats)


def test_an_invitation_that_has_left_cannot_be_taken_back(pages: Pages):
    visit = pages.as_("koordinaattori")
    seated(pages, visit)
    with pages.installation.database.transaction() as session:
        session.run("update outbox set state = 'done' where kind = 'message'")
    visit.get(GROUP)
    assert "Kutsut, jotka eivät ole vielä lähteneet" not in visit.text
    assert visit.post(f"{GROUP}/kutsu/peru", seat="hyvinvointiryhma-1").status_code == 409
    assert "Nämä kutsut ovat jo lähteneet" in visit.text


@pytest.mark.parametrize("taken_back_at", [f"{PROCESS}/ryhmat", ANOTHER])
def test_taking_back_an_invitation_leaves_seats_and_stances_of_before(pages: Pages, taken_back_at: str):
    visit = pages.as_("koordinaattori")
    seated_in_another(visit)
    assert len(seats_of(pages, "rehtori")) == 2
    ((name, value),) = re.findall(r'name="(invitation|seat)" value="([\w-]+)" checked', visit.get(taken_back_at).text)
    visit.post(f"{taken_back_at}/{'kutsu' if name == 'seat' else 'kutsut'}/peru", **{name: value})
    assert "Kutsu on peruttu." in visit.text
    assert "Kutsut, jotka eivät ole vielä lähteneet" not in visit.text
    assert seats_of(pages, "rehtori") == {"h3"}
    round_ = state(pages).rounds[PHASE]
    assert (round_.seats["h3"].left, round_.stances["h3"].kind.value) == (False, "accept")


def test_a_seat_of_before_is_not_ended_with_an_invitation_to_another(pages: Pages):
    visit = pages.as_("koordinaattori")
    seated_in_another(visit)
    visit.get(GROUP)
    assert "Kutsut, jotka eivät ole vielä lähteneet" not in visit.text
    assert visit.post(f"{GROUP}/kutsu/peru", seat="h3").status_code == 409
    assert len(seats_of(pages, "rehtori")) == 2


def test_a_second_chair_is_not_invited_beside_the_first(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(f"{GROUP}/kutsu")
    fields = {"pasted": "Uusi <u@k.example> (pj)", "seen": "yes", "who-0": "new", "said-0": "chair"}
    assert visit.post(f"{GROUP}/kutsu", **fields).status_code == 422
    assert "Ryhmällä on jo puheenjohtaja, Sivistysjohtaja" in visit.text


def test_a_group_is_never_left_without_a_chair(pages: Pages):
    visit = pages.as_("koordinaattori")
    chair = f"{GROUP}/paikka/h1"
    visit.get(chair)
    assert visit.post(f"{chair}/tehtava", part="member").status_code == 422
    assert "Ryhmä jäisi ilman puheenjohtajaa" in visit.text
    assert visit.post(f"{chair}/paata", last="2027-04-30", reason="Siirtyy muualle").status_code == 422
    assert "Valitse samalla uusi puheenjohtaja" in visit.text
    visit.post(f"{chair}/paata", last="2027-04-30", reason="Siirtyy muualle", heir="h3")
    assert "Rehtori Puheenjohtaja" in visit.text
    assert "2.11.2026 – 30.4.2027" in visit.text


def test_another_chair_makes_the_former_one_a_member(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(f"{GROUP}/paikka/h4")
    visit.post(f"{GROUP}/paikka/h4/tehtava", part="chair")
    parts = {key: directory(pages).seats[key].part.value for key in ("h1", "h4")}
    assert parts == {"h1": "member", "h4": "chair"}


@pytest.mark.parametrize(("last", "said"), [("2026-10-01", "ennen paikan alkua"), ("", "Anna viimeinen päivä")])
def test_an_end_that_makes_no_sense_is_told(pages: Pages, last: str, said: str):
    visit = pages.as_("koordinaattori")
    visit.get(f"{GROUP}/paikka/h5")
    assert visit.post(f"{GROUP}/paikka/h5/paata", last=last, reason="Muutti").status_code == 422
    assert said in visit.text
    assert "Muutti</textarea>" in (visit.shown.text if visit.shown else "")


def test_deputies_are_named_in_their_order_and_one_may_be_new(pages: Pages):
    visit = pages.as_("koordinaattori")
    at = f"{GROUP}/paikka/h5"
    visit.get(at)
    assert visit.post(f"{at}/varajasenet", deputies="Vanhusneuvoston edustaja").status_code == 422
    assert "ei voi olla oma varajäsenensä" in visit.text
    visit.post(f"{at}/varajasenet", deputies="Rehtori\nUusi Vara <uusivara@k.example>")
    assert "Varalla: Rehtori, Uusi Vara" in visit.text
    visit.get(at)
    visit.post(f"{at}/varajasenet", deputies="")
    assert directory(pages).seats["h5"].deputies == ()


def test_a_deputy_who_has_a_namesake_stays_the_same_one(pages: Pages):
    visit = pages.as_("koordinaattori")
    at = f"{GROUP}/paikka/h5"
    visit.get(at)
    visit.post(f"{at}/varajasenet", deputies="Rehtori")
    namesake = AddPerson(person="toinen-rehtori", name=Private("Rehtori"))
    pages.installation.engine.handle_municipality("kemijarvi", namesake, "paakayttaja")
    visit.get(at)
    visit.post(f"{at}/varajasenet", deputies="Rehtori\nKaupunginjohtaja")
    assert directory(pages).seats["h5"].deputies == ("rehtori", "kaupunginjohtaja")
    visit.get(f"{GROUP}/paikka/h4")
    assert visit.post(f"{GROUP}/paikka/h4/varajasenet", deputies="Rehtori").status_code == 422
    assert "useita samannimisiä" in visit.text


def test_who_sits_in_a_group_is_for_its_own_people_and_who_looks_after_it(pages: Pages):
    other = pages.as_("maaseutuasiamies")
    other.get(f"{PROCESS}/ryhmat")
    assert "Sivistysjohtaja" not in other.text
    assert other.get(GROUP).status_code == 404
    assert pages.as_("rehtori").get(GROUP).status_code == 200
