"""Kuivaharjoitus on a page: what the command says of a definition, with the dates and choices of a start."""

import datetime as dt
import re

import pytest
from begun import begin
from browsing import PROCESS, Browsing
from playwright.sync_api import expect
from visiting import Pages

from app.rehearsing.sentences import Sentences
from models.commands import Amend, Answer, ChangeGroup, Confirm, Hold, Return, Seen, Submit, TakeStance
from models.creating.proposing import usual_start
from models.days.calendar_data import calendar_for
from models.definitions.definition import GroupAtCheckpoint
from models.definitions.shipped import read_shipped
from models.personal import Private
from models.process import Round
from models.rehearsal.play import Asked, rehearse
from models.rehearsal.result import Worry, WorryKind
from models.storage import store
from models.words import AnswerResult, StanceKind

METHOD, OBJECT, OFFER = "tuottamistapa", StanceKind.OBJECT, StanceKind.ACCEPT_WITH_CONDITIONS


def test_which_council_is_reached_and_on_what_conditions(browsing: Browsing):
    page = browsing.as_("koordinaattori")
    page.goto("/harjoitus")
    page.select_option("#month", "12")
    page.fill("#year", "2027")
    page.get_by_role("button", name="Pelaa läpi").click()
    ways = page.locator(".verdicts > li")
    expect(ways.nth(0)).to_contain_text("Kesäkuun valtuustoon (12.6.2028*) ei ehditä")
    expect(ways.nth(1)).to_contain_text("Elokuun valtuustoon (28.8.2028*) ehditään, jos")
    expect(page.get_by_role("img", name="Aikajana")).to_be_visible()
    expect(page.locator("table")).to_contain_text("Kokouskutsu lähtee: Kaupunginvaltuusto")


def test_ones_own_weeks_are_looked_at_alone(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get("/harjoitus?who=preparer")
    weeks = visit.text.partition("Kuka tekee mitäkin viikoittain")[2].partition("Aikajana")[0]
    assert "Totea tulos: Tarkistuspiste 1" in weeks
    assert "Ota kantaa" not in weeks.partition("Näytä")[2]


@pytest.mark.parametrize("query", ["?month=13&year=2027", "?month=x&year=2027", "?month=5&year=27"])
def test_a_start_that_makes_no_sense_is_told(pages: Pages, query: str):
    visit = pages.as_("koordinaattori")
    assert visit.get(f"/harjoitus{query}").status_code == 422


def test_what_is_being_created_is_played_with_its_own_dates(pages: Pages):
    begin(pages, "koordinaattori")
    visit = pages.as_("koordinaattori")
    visit.get("/prosessit/uusi/katso")
    assert "Vaihe ”Tuottamistarve” alkaa 1.2.2028, mutta ”Tulevaisuuskuva”" in visit.text


def test_in_swedish_the_page_speaks_swedish(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get("/harjoitus")
    visit.post("/kieli", language="sv", to="/harjoitus")
    assert "Till vilket sammanträde hinner man?" in visit.text
    assert "--calendar" not in visit.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_worry_can_be_said(language: str):
    """Each kind has its sentence for the facts it comes with; those that a shipped definition raises are said whole."""
    planned = dt.date(2027, 2, 26)
    opened = Worry(
        kind=WorryKind.OPENED_LATE, day=dt.date(2027, 3, 1), facts={"phase": "A", "planned": planned, "days": 3}
    )
    for definition, _ in read_shipped():
        start = usual_start(definition, {one.id: one.proposed for one in definition.choices}, dt.date(2026, 11, 2))
        first = f"phase:{definition.phases[0].id}:last"
        late = {first: start + dt.timedelta(days=120)}
        for dates in ({}, late):
            asked = Asked(start=start, dates=dates, language=language)
            rehearsal = rehearse(definition, calendar_for(), asked)
            for sentences in (Sentences(rehearsal.outlook, on_page=on_page) for on_page in (True, False)):
                for worry in (*rehearsal.worries, opened):
                    said = sentences.worry(worry)
                    assert said.sentence and "{" not in f"{said.sentence}{said.advice}"


RUNNING = f"{PROCESS}/harjoitus"
ROWS = "select (select count(*) from event), (select count(*) from message_item), (select count(*) from outbox)"


def rows(pages: Pages) -> object:
    """How much there is of the record, of messages and of what is owed."""
    with pages.installation.database.reading() as session:
        return session.one(ROWS, {})


def test_a_running_process_is_played_on_from_how_it_stands_and_nothing_is_touched(pages: Pages):
    before = rows(pages)
    visit = pages.as_("koordinaattori")
    visit.get(f"{PROCESS}/ohjaus")
    assert "Kuivaharjoitus tästä eteenpäin" in visit.text
    visit.get(RUNNING)
    for said in (
        "Jos kaikki menee näin, päätös tehdään 30.8.2027*",
        "Kesäkuun valtuustoon (14.6.2027*) ei ehditä",  # too little time is told
        "Tulos todetaan: Tarkistuspiste 3",
        "Vaihe etenee: Tuottamistapa",
        "Elinvoiman ja elinkeinojen työryhmä (5)",
    ):
        assert said in visit.text, said
    assert "Tulevaisuuskuva" not in visit.text.partition("Aikajana")[2]  # it has passed
    assert rows(pages) == before


def test_a_group_that_is_late_moves_what_follows(pages: Pages):
    visit = pages.as_("koordinaattori")
    passing = []
    for late in ("", "hyvinvointiryhma"):
        visit.get(f"{RUNNING}?late={late}")
        found = re.search(r"(\d+)\.(\d+)\.2027 Tulos todetaan: Tarkistuspiste 3", visit.text.partition("Aikajana")[2])
        assert found
        passing.append((int(found[2]), int(found[1])))
    assert passing[0] == (4, 2)
    assert passing[1] > passing[0]


def test_weeks_of_a_running_process_tell_the_played_days_and_what_is_late(pages: Pages):
    visit = pages.as_("koordinaattori")
    visit.get(RUNNING)
    weeks, _, line = visit.text.partition("Kuka tekee mitäkin viikoittain")[2].partition("Aikajana")
    outcome = re.search(r"(\d+\.\d+\.2027) Tulos todetaan: Tarkistuspiste 3", line)
    assert outcome
    assert f"{outcome[1]} Totea tulos: Tarkistuspiste 3" in weeks
    stances = re.search(r"(\d+)\.4\.2027 Ota kantaa: Tarkistuspiste 3 myöhässä: määräpäivä oli 31\.3\.2027", weeks)
    assert stances  # they were due yesterday
    assert "Ota kantaa: Tarkistuspiste 3" not in weeks.replace(stances[0], "")


def takes(pages: Pages, seat: str, person: str, kind: StanceKind) -> None:
    """The seat says so of what its round is over now."""
    round_ = round_of(pages)
    seen = Seen(round=round_.no, manifest=round_.manifest)
    taking = TakeStance(phase=METHOD, seat=seat, kind=kind, seen=seen, reason=Private("Koulu lähtee kylältä."))
    pages.installation.engine.handle("kemijarvi", taking, person, process="kemijarvi-2030", seat=seat)


def round_of(pages: Pages) -> Round:
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, "kemijarvi", "kemijarvi-2030")
        return engine.worlds.process(session, scope, head).rounds[METHOD]


OPEN = "Mikä on nyt auki"


@pytest.mark.parametrize(("kind", "called"), [(OBJECT, "Perusteltu vastustus"), (OFFER, "Ehdotettu edellytys")])
def test_an_open_objection_is_told_first_with_what_the_playing_assumes_of_it(
    pages: Pages, kind: StanceKind, called: str
):
    takes(pages, "h3", "rehtori", kind)
    visit = pages.as_("koordinaattori")
    assert visit.get(RUNNING).status_code == 200
    told = visit.text.partition(OPEN)[2].partition("Mihin kokoukseen ehditään?")[0]
    assert f"{called}: Hyvinvoinnin ja palvelujen työryhmä estää etenemisen" in told
    assert "Vastuuvalmistelija vastaa siihen." in told
    assert "Oletus: vastaus riittää, ja tekijä kannattaa esitystä." in told
    assert "Kerro, riittääkö vastaus: Tarkistuspiste 3" in visit.text
    assert "päätös tehdään" in visit.text


def test_an_objection_that_is_kept_though_answered_is_assumed_to_become_a_dissent(pages: Pages):
    engine = pages.installation.engine
    takes(pages, "h3", "rehtori", OBJECT)
    answer = Answer(objection="o5", result=AnswerResult.UNCHANGED, text=Private("Vuoroja on yhä kaksi."))
    engine.handle("kemijarvi", answer, "valmistelujohtaja", process="kemijarvi-2030")
    round_ = round_of(pages)
    keeps = Confirm(phase=METHOD, seat="h3", seen=Seen(round=round_.no, manifest=round_.manifest))
    engine.handle("kemijarvi", keeps, "rehtori", process="kemijarvi-2030", seat="h3")
    visit = pages.as_("koordinaattori")
    visit.get(RUNNING)
    assert "Oletus: vastuuvalmistelija kirjaa sen eriäväksi mielipiteeksi." in visit.text
    assert "päätös tehdään" in visit.text


def test_what_the_rules_refuse_to_the_end_is_told_in_the_readers_language(pages: Pages):
    change = ChangeGroup(phase=METHOD, group=GroupAtCheckpoint(group="laajennettu-jory", rule="all", quorum="1/2"))
    engine = pages.installation.engine
    for command, person in (
        (Return(phase=METHOD, to=METHOD, reason=Private("Uusi käsittely.")), "valmistelujohtaja"),
        (Amend(change=change, reason=Private("Kaikkien kanta.")), "koordinaattori"),
        (Submit(phase=METHOD), "talouspaallikko"),
    ):
        engine.handle("kemijarvi", command, person, process="kemijarvi-2030")
    takes(pages, "j2", "tekninen-johtaja", StanceKind.ABSTAIN)
    visit = pages.as_("koordinaattori")
    visit.get(RUNNING)
    assert "Näin päätökseen ei päästä." in visit.text
    stuck = visit.text.partition("Kuivaharjoitus ei päässyt päätökseen:")[2].partition("Katso, kenen osa")[0]
    assert "Laajennettu johtoryhmä" in stuck
    assert "groups" not in stuck


def test_what_comes_is_for_who_sees_what_everybody_owes_and_of_a_process_that_runs(pages: Pages):
    assert pages.as_("rehtori").get(RUNNING).status_code == 403
    held = Hold(reason=Private("Odotetaan."))
    pages.installation.engine.handle("kemijarvi", held, "koordinaattori", process="kemijarvi-2030")
    assert pages.as_("koordinaattori").get(RUNNING).status_code == 409
