"""What one may read is found by its words, and nothing else."""

import re
import uuid
from io import BytesIO

import pytest
from browsing import CHECKPOINT
from visiting import Pages, Visit

from models.commands import Revise, Seen, TakeStance
from models.municipality.commands import AddPerson
from models.outputs.choices import Way
from models.outputs.forms import output_text
from models.outputs.production_method import Alternative, ProductionMethod
from models.personal import Private
from models.secrecy import Secrecy
from models.storage import reading, store
from models.storage.file_rows import take_in
from models.storage.searching import MOST_VERSIONS, Searched, around, hits
from models.words import StanceKind

TOWN, KEY, PHASE, OUTPUT = "kemijarvi", "kemijarvi-2030", "tuottamistapa", "vaihtoehtojen-vertailu"
NAME = "Vaihtoehtojen vertailu, myös nykytilan jatkaminen"  # of the output


@pytest.fixture(params=["sqlite", "postgresql"])
def pages(request: pytest.FixtureRequest) -> Pages:
    """A town on a database of each kind."""
    found: Pages = request.getfixturevalue(f"{request.param}_pages")
    return found


def test_outputs_objections_and_handlings_are_found_by_their_words(pages: Pages):
    visit = pages.as_("rehtori")
    for wanted in ("vertailu", "asiointikuljetus", "kaupunginhallitus 1.3.2027", "KJ/412"):
        visit.get(f"/haku?q={wanted}")
        assert "Ei löytynyt" not in visit.text, wanted
    assert "Ei löytynyt" in visit.get("/haku?q=zzzz").text


def test_what_was_objected_in_a_phase_that_has_passed_is_found_with_its_answer_where_its_papers_are(pages: Pages):
    visit = pages.as_("rehtori")
    papers = f"/prosessi/{KEY}/tarkistuspiste/tulevaisuuskuva#papers"
    for words, kind in (
        ("kylien arki puuttuu", "Vastustus tai ehdotettu edellytys"),
        ("lisäsimme luvun kylien arjesta", "Vastaus"),
    ):
        visit.get(f"/haku?q={words}")
        assert kind in visit.text and f'href="{papers}"' in shown(visit), words


def test_people_are_not_found_by_their_names_and_the_page_says_so(pages: Pages):
    visit = pages.as_("koordinaattori")
    with pages.installation.database.reading() as session:
        names = [name for key, name, _, _ in reading.people(session, TOWN) if key == "rehtori"]
    visit.get(f"/haku?q={names[0]}")
    assert "Ei löytynyt" in visit.text and "Ihmisten nimistä se ei etsi." in visit.text


def shown(visit: Visit) -> str:
    assert visit.shown is not None
    return visit.shown.text


def test_documents_are_found_by_what_they_say_with_the_words_around_it(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get("/haku?q=kuljetusten seuranta")
    assert "Asiakirjan teksti" in visit.text
    assert visit.shown and "<mark>Kuljetusten</mark> seuranta" in visit.shown.text
    assert "Löytyi yksi" in visit.text


def test_a_document_is_headed_by_the_outputs_name_and_its_own_headings_stand_below(pages: Pages):
    for written, headings in (("Visio", ["Visio"]), (NAME, [])):
        revised_with_a_row(pages, f"# {written}\n\nSäännöllisesti kiertävä neuvola.\n")
        visit = pages.as_("rehtori")
        visit.get("/haku?q=kiertävä neuvola")
        (found,) = set(re.findall(r'href="(/prosessi/[^"]+/asiakirja/[^"#]+)"', shown(visit)))
        visit.get(found)
        page = shown(visit)
        article = page[page.index('<article class="reading">') : page.index("</article>")]
        assert re.findall("<h1>(.+?)</h1>", page) == [NAME]
        assert re.findall("<h2>(.+?)</h2>", article) == headings


def test_one_process_is_searched_alone(pages: Pages):
    visit = pages.as_("rehtori")
    assert "Kuljetusten seuranta" in visit.get(f"/haku?prosessi={KEY}&q=kuljetusten seuranta").text.replace(
        "<mark>", ""
    ).replace("</mark>", "")
    assert "Ei löytynyt" in visit.get("/haku?prosessi=muu&q=kuljetus").text


def revised_with_a_row(pages: Pages, document: str = "", how: str = "Kiertävä neuvoja bussissa") -> str:
    """The output holds a row, and the document where one is given; the stored file of its rows."""
    there, engine = pages.installation, pages.installation.engine
    row = Alternative.model_validate({"id": "T1.oma", "need": "T1", "how": how, "way": Way.MIXED})
    rows = output_text(ProductionMethod(alternatives=(row,)))

    def stored(content: str, name: str) -> str:
        return take_in(there.database, there.files, TOWN, BytesIO(content.encode()), name, engine.clock()).sha256

    draft, typed = engine.drafts.read(TOWN, KEY, PHASE)[OUTPUT], stored(rows, "rivit.json")
    contents = draft.contents.model_copy(update={"typed": typed})
    if document:
        contents = contents.model_copy(update={"document": stored(document, "vertailu.md")})
    engine.drafts.save(TOWN, KEY, PHASE, OUTPUT, contents, "talouspaallikko", revision=draft.revision)
    engine.handle(TOWN, Revise(phase=PHASE, output=OUTPUT, reason=Private("Rivit.")), "talouspaallikko", process=KEY)
    return typed


def test_rows_are_found_by_what_they_say(pages: Pages):
    revised_with_a_row(pages)
    visit = pages.as_("rehtori")
    visit.get("/haku?q=neuvoja bussissa")
    assert "Rivi: Vaihtoehdot" in visit.text and "T1.oma Kiertävä neuvoja bussissa" in visit.text
    assert visit.get(CHECKPOINT).status_code == 200


def test_a_row_is_shown_in_the_words_of_its_reader(pages: Pages):
    revised_with_a_row(pages)
    visit = pages.as_("rehtori")
    for language, words, label in (("fi", Way.MIXED.words.fi, "Vaihtoehto"), ("sv", Way.MIXED.words.sv, "Alternativ")):
        visit.client.cookies.set("etappi_language", language)
        visit.get(f"/haku?q={words} bussissa")
        assert "T1.oma Kiertävä neuvoja bussissa" in visit.text
        assert f"{label}: {words}" in visit.text
    visit.get(f"/haku?q={Way.MIXED.value} bussissa")
    assert "Kiertävä neuvoja" not in visit.text


def test_a_row_that_its_document_has_too_is_shown_once(pages: Pages):
    document = "# Vertailu\n\n| Tunnus | Miten |\n| --- | --- |\n| T1.oma | Kiertävä neuvoja bussissa |\n"
    revised_with_a_row(pages, document)
    visit = pages.as_("rehtori")
    visit.get("/haku?q=neuvoja bussissa")
    assert "Löytyi yksi" in visit.text
    assert visit.text.count("Kiertävä neuvoja bussissa") == 1


def test_a_search_goes_on_where_a_stored_file_is_lost(pages: Pages):
    nowhere_else = uuid.uuid4().hex
    typed = revised_with_a_row(pages, how=f"Lukematta jäänyt {nowhere_else}")
    files = pages.installation.files
    held = files.path(typed).read_bytes()
    files.remove(typed)
    visit = pages.as_("rehtori")
    assert visit.get("/haku?q=lukematta jäänyt").status_code == 200
    assert "Ei löytynyt" in visit.text
    assert "Kuljetusten seuranta" in visit.get("/haku?q=kuljetusten seuranta").text.replace("<mark>", "").replace(
        "</mark>", ""
    )
    files.save(BytesIO(held), "rivit.json")


def test_a_search_looks_for_ten_words_and_says_so(pages: Pages):
    visit = pages.as_("rehtori")
    words = "k u l j e t s a n i"
    visit.get(f"/haku?q={words}")
    assert "Haku käytti vain" not in visit.text
    visit.get(f"/haku?q={words} zzzz")
    assert "Haku käytti vain 10 ensimmäistä sanaa." in visit.text and "Ei löytynyt" not in visit.text


def test_what_is_long_is_shown_around_what_was_found_alone(pages: Pages):
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, TOWN, KEY)
        round_ = engine.worlds.process(session, scope, head).rounds[PHASE]
    reason = Private("Alku on tässä. " * 100 + "Erikoinen perustelu. " + "Loppu on tässä. " * 100)
    seen = Seen(round=round_.no, manifest=round_.manifest)
    objecting = TakeStance(phase=PHASE, seat="h3", kind=StanceKind.OBJECT, seen=seen, reason=reason)
    engine.handle(TOWN, objecting, round_.seats["h3"].person, process=KEY, seat="h3")
    visit = pages.as_("rehtori")
    visit.get("/haku?q=erikoinen perustelu")
    assert visit.shown and "<mark>Erikoinen</mark> perustelu" in visit.shown.text
    assert visit.text.count("tässä") < 40


def test_a_search_reads_so_many_documents_with_two_statements(pages: Pages):
    there = pages.installation
    with there.database.reading() as session:
        scope, head, length = store.find_process(session, TOWN, KEY)
        worlds = there.engine.worlds
        process = worlds.process(session, scope, head)
        directory = worlds.directory(session, TOWN, length)
        secrecy = Secrecy(
            process, worlds.world(session, directory, process.definition, there.engine.clock()), "rehtori"
        )
        output, version = next(iter(process.phases["tulevaisuuskuva"].versions.items()))
        searched = [Searched(version.sha256, "tulevaisuuskuva", output, secrecy)] * (MOST_VERSIONS + 1)
        told: list[str] = []
        there.database.watch = told.append
        found = list(hits(session, there.files, TOWN, searched, ["a"], "fi"))
        there.database.watch = None
    assert [one.at for one in found] == list(range(MOST_VERSIONS))
    assert len(told) == 2


def test_what_is_found_is_shown_with_a_few_words_around_it():
    text = "Alku. " * 40 + "Tässä on KULJETUS mukana. " + "Loppu. " * 40
    shown = around(text, "kuljetus")
    assert shown.found == "KULJETUS"
    assert shown.before.startswith("… Alku.") and shown.after.endswith(" …")
    assert len(shown.before) < 100 and len(shown.after) < 100


def test_an_outsider_finds_nothing(pages: Pages):
    add = AddPerson(person="ulkopuolinen", name=Private("Ulkopuolinen"))
    pages.installation.engine.handle_municipality("kemijarvi", add, "paakayttaja")
    for wanted in ("tuottamis", "kuljetus"):
        assert "Ei löytynyt" in pages.as_("ulkopuolinen").get(f"/haku?q={wanted}").text
