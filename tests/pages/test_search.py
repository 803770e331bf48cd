"""What one may read is found by its words, and nothing else."""

from io import BytesIO

from browsing import CHECKPOINT
from visiting import Pages

from models.commands import Revise
from models.municipality.commands import AddPerson
from models.outputs.forms import output_text
from models.outputs.production_method import Alternative, ProductionMethod
from models.personal import Private
from models.secrecy import Secrecy
from models.storage import store
from models.storage.file_rows import take_in
from models.storage.searching import MOST_VERSIONS, Searched, around, hits

TOWN, KEY, PHASE, OUTPUT = "kemijarvi", "kemijarvi-2030", "tuottamistapa", "vaihtoehtojen-vertailu"


def test_outputs_objections_and_handlings_are_found_by_their_words(pages: Pages):
    visit = pages.as_("rehtori")
    for wanted in ("vertailu", "asiointikuljetus", "kaupunginhallitus 1.3.2027", "KJ/412"):
        visit.get(f"/haku?q={wanted}")
        assert "Ei löytynyt" not in visit.text, wanted
    assert "Ei löytynyt" in visit.get("/haku?q=zzzz").text


def test_documents_are_found_by_what_they_say_with_the_words_around_it(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get("/haku?q=kuljetusten seuranta")
    assert "Asiakirjan teksti" in visit.text
    assert visit.shown and "<mark>Kuljetusten</mark> seuranta" in visit.shown.text
    assert "Löytyi yksi" in visit.text


def test_one_process_is_searched_alone(pages: Pages):
    visit = pages.as_("rehtori")
    assert "Kuljetusten seuranta" in visit.get(f"/haku?prosessi={KEY}&q=kuljetusten seuranta").text.replace(
        "<mark>", ""
    ).replace("</mark>", "")
    assert "Ei löytynyt" in visit.get("/haku?prosessi=muu&q=kuljetus").text


def test_rows_are_found_by_what_they_say(pages: Pages):
    there, engine = pages.installation, pages.installation.engine
    row = Alternative.model_validate({"id": "T1.oma", "need": "T1", "how": "Kiertävä neuvoja bussissa"})
    rows = output_text(ProductionMethod(alternatives=(row,)))
    file = take_in(there.database, there.files, TOWN, BytesIO(rows.encode()), "rivit.json", engine.clock()).sha256
    draft = engine.drafts.read(TOWN, KEY, PHASE)[OUTPUT]
    contents = draft.contents.model_copy(update={"typed": file})
    engine.drafts.save(TOWN, KEY, PHASE, OUTPUT, contents, "talouspaallikko", revision=draft.revision)
    engine.handle(TOWN, Revise(phase=PHASE, output=OUTPUT, reason=Private("Rivit.")), "talouspaallikko", process=KEY)
    visit = pages.as_("rehtori")
    visit.get("/haku?q=neuvoja bussissa")
    assert "Rivi" in visit.text and "T1.oma Kiertävä neuvoja bussissa" in visit.text
    assert visit.get(CHECKPOINT).status_code == 200


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
        found = list(hits(session, there.files, TOWN, searched, ["a"]))
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
