"""The front of a checkpoint: what matters, before the documents, as it stands now, and read in a minute."""

import re
from html import unescape

from browsing import CHECKPOINT
from visiting import Pages, Visit

from models.commands import Withdraw
from models.storage import store

TOWN, KEY, PHASE = "kemijarvi", "kemijarvi-2030", "tuottamistapa"
BREAKS = re.compile(r"\d (?:\d{3}(?!\d)|€)")
DOCUMENT = re.compile(r"/prosessi/kemijarvi-2030/asiakirja/\w{64}")
FRONT, DOCUMENTS = "Asia lyhyesti", "Asiakirjat"


def front(visit: Visit, page: str = CHECKPOINT) -> str:
    """What the front says, what is behind "more" included."""
    visit.get(page)
    return visit.text.partition(FRONT)[2].partition(DOCUMENTS)[0]


def objections_are_withdrawn(pages: Pages) -> None:
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, TOWN, KEY)
        process = engine.worlds.process(session, scope, head)
    for item in ("o3", "o4"):
        for seat, maker in process.objections[item].makers.items():
            engine.handle(TOWN, Withdraw(item=item, seat=seat), maker.person, process=KEY, seat=seat)


def test_the_front_tells_what_is_proposed_who_disagrees_and_what_it_costs(pages: Pages):
    said = front(pages.as_("rehtori"))
    told = ["Tuottamistapakuva", "Työryhmistä 0/3", "(2): Tarverekisteristä", "Ehdotettu edellytys:", "9 435 000"]
    for one in told:
        assert one in said, one
    assert [said.index(one) for one in told] == sorted(said.index(one) for one in told)


def test_no_figure_breaks_over_lines_and_what_is_left_is_told_with_its_noun(pages: Pages):
    visit = pages.as_("rehtori")
    told = unescape(visit.get(CHECKPOINT).text).partition('id="front"')[2].partition('id="proposed"')[0]
    assert "9\u00a0435\u00a0000" in told
    assert "4\u00a0690\u00a0000\u00a0€ vuodessa" in told
    assert BREAKS.findall(told) == []
    for said in ("Vielä 8 muutosta", "Vielä 11 riviä", "Vielä 40 vaihtoehtoa"):
        assert said in visit.text
    version = DOCUMENT.search(visit.get(CHECKPOINT).text.partition("Vaihtoehtojen vertailu")[2])
    assert version
    assert BREAKS.findall(visit.get(version[0]).text) == []


def test_the_front_follows_what_is_said(pages: Pages):
    visit = pages.as_("rehtori")
    assert "Kukaan ei ole tähän mennessä vastustanut" not in front(visit)
    objections_are_withdrawn(pages)
    assert "Kukaan ei ole tähän mennessä vastustanut esitystä." in front(visit)


def test_a_passed_checkpoint_has_its_packages_front_and_one_to_come_none(pages: Pages):
    visit = pages.as_("rehtori")
    assert "Mistä on poikettu" in front(visit, CHECKPOINT.replace(PHASE, "tuottamistarve"))
    coming = CHECKPOINT.replace(PHASE, "hallintomalli")
    assert front(visit, coming) == ""
    assert "tässä lukee ensin lyhyesti, mitä esitetään" in visit.text


def test_an_output_is_linked_by_its_whole_name_also_where_there_is_a_colon_in_it(pages: Pages):
    answer = pages.as_("rehtori").get(CHECKPOINT.replace(PHASE, "tuottamistarve"))
    before, _, after = answer.text.partition(">Tarverekisteri: tarve, kenen se on, näyttö ja ohjelma</a>: ")
    assert before.rpartition("<a ")[2].startswith(f'href="/prosessi/{KEY}/asiakirja/')
    assert after.lstrip().startswith("Kiireellisyys")


def test_the_front_is_read_in_the_visitors_language(pages: Pages):
    visit = pages.as_("nuorisotyontekija")
    visit.get(CHECKPOINT)
    for said in ("Ärendet i korthet", "Vem är av annan mening", "Alternativen, även att fortsätta som nu"):
        assert said in visit.text
