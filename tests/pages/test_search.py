"""What one may read is found by its words, and nothing else."""

from visiting import Pages

from models.municipality.commands import AddPerson
from models.personal import Private


def test_outputs_objections_and_handlings_are_found_by_their_words(pages: Pages):
    visit = pages.as_("rehtori")
    for wanted in ("vertailu", "asiointikuljetus", "kaupunginhallitus 1.3.2027", "KJ/412"):
        visit.get(f"/haku?q={wanted}")
        assert "Ei löytynyt" not in visit.text, wanted
    assert "Ei löytynyt" in visit.get("/haku?q=zzzz").text


def test_an_outsider_finds_nothing(pages: Pages):
    add = AddPerson(person="ulkopuolinen", name=Private("Ulkopuolinen"))
    pages.installation.engine.handle_municipality("kemijarvi", add, "paakayttaja")
    assert "Ei löytynyt" in pages.as_("ulkopuolinen").get("/haku?q=tuottamis").text
