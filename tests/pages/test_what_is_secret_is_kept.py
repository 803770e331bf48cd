"""What is secret is read by those who work upon it, by whatever door; others meet a refusal and none of its words."""

from io import BytesIO
from typing import NamedTuple

import pytest
from visiting import Pages

from models.commands import Revise
from models.personal import Private
from models.storage import store
from models.storage.drafts import Attachment, Contents
from models.storage.file_rows import take_in
from models.words import Publicity

TOWN, KEY, PHASE, OUTPUT = "kemijarvi", "kemijarvi-2030", "tuottamistapa", "vaihtoehtojen-vertailu"
GROUND = "JulkL 24 § 1 mom. 20 kohta"
WORD = "Liikesalaisuus"
TEXT = f"""# Vaihtoehtojen vertailu

{WORD}: tarjoajan hinta on tarkasti tämä.

| Tunnus | Tarve | Vaihtoehto | Miten tuotetaan |
|---|---|---|---|
| T1.oma | T1 | {WORD}vaihtoehto | Itse |
"""
AT = f"/prosessi/{KEY}"
WORKS_UPON_IT = ("rehtori", "talouspaallikko", "valmistelujohtaja", "koordinaattori", "hallintosihteeri")
OTHERS = ("paakayttaja", "tietosuojavastaava")


class Hidden(NamedTuple):
    version: str
    before: str
    file: str
    attachment: str


def hide(pages: Pages) -> Hidden:
    """The comparison's version in the round, and its draft, are secret; an attachment goes with it."""
    there, engine = pages.installation, pages.installation.engine
    files = [
        take_in(there.database, there.files, TOWN, BytesIO(text.encode()), name, engine.clock()).sha256
        for text, name in ((TEXT, "vertailu.md"), (f"{WORD} liitteessä", "tarjous.txt"))
    ]
    attached = Attachment(sha256=files[1], name=f"{WORD}.txt", publicity=Publicity.SECRET, paragraph=GROUND)
    contents = Contents(
        document=files[0], attachments=(attached,), publicity=Publicity.SECRET, paragraph=GROUND, typed=None
    )
    draft = engine.drafts.read(TOWN, KEY, PHASE)[OUTPUT]
    engine.drafts.save(TOWN, KEY, PHASE, OUTPUT, contents, "talouspaallikko", revision=draft.revision)
    revise = Revise(phase=PHASE, output=OUTPUT, reason=Private("Tarkennettu."))
    before = _newest(pages)
    engine.handle(TOWN, revise, "talouspaallikko", process=KEY)
    return Hidden(_newest(pages), before, *files)


def _newest(pages: Pages) -> str:
    engine = pages.installation.engine
    with engine.database.reading() as session:
        scope, head, _ = store.find_process(session, TOWN, KEY)
        return engine.worlds.process(session, scope, head).rounds[PHASE].versions[OUTPUT].sha256


def doors(hidden: Hidden) -> list[str]:
    """Every address that shows what the version or the draft says."""
    version, draft = f"{AT}/asiakirja/{hidden.version}", f"{AT}/vaihe/{PHASE}/tuotos/{OUTPUT}"
    return [
        version,
        f"{version}/muutokset/{hidden.before}",
        f"{AT}/asiakirja/{hidden.before}/muutokset/{hidden.version}",
        f"{version}/tiedosto/{hidden.file}",
        f"{version}/tiedosto/{hidden.attachment}",
        draft,
        f"{draft}/muutokset",
        f"{draft}/pohja",
        f"{draft}/tiedosto/{hidden.file}",
        f"{draft}/tiedosto/{hidden.attachment}",
        f"{draft}/taulukko/alternatives",
    ]


BESIDE = [f"{AT}/tarkistuspiste/{PHASE}", f"{AT}/vaihe/{PHASE}", AT, f"{AT}/kasittelyt"]
"""Pages that are about it and must not say what it says."""


@pytest.mark.parametrize("person", OTHERS)
def test_no_door_opens_what_is_secret_to_others(pages: Pages, person: str):
    hidden, visit = hide(pages), pages.as_(person)
    for address in doors(hidden):
        answer = visit.get(address)
        assert answer.status_code == 403, address
        assert WORD not in answer.text, address
    assert "salassa pidettävä (JulkL 24" in visit.get(doors(hidden)[0]).text
    for address in BESIDE:
        answer = visit.get(address)
        assert answer.status_code == 200, address
        assert WORD not in answer.text, address
    visit.get(BESIDE[0])
    assert "Sisältö on salassa pidettävä" in visit.text
    for wanted in (WORD, f"{WORD}vaihtoehto", f"{WORD} liitteessä"):
        assert "Ei löytynyt" in visit.get(f"/haku?q={wanted}").text, wanted
    visit.get("/haku?q=vertailu")
    assert "Vaihtoehtojen vertailu" not in visit.text


@pytest.mark.parametrize("person", WORKS_UPON_IT)
def test_whoever_works_upon_it_reads_it_by_every_door(pages: Pages, person: str):
    hidden, visit = hide(pages), pages.as_(person)
    for address in doors(hidden):
        assert visit.get(address).status_code == 200, address
    assert WORD in visit.get(doors(hidden)[0]).text
    for wanted in (WORD, f"{WORD}vaihtoehto", f"{WORD} liitteessä"):
        assert "Ei löytynyt" not in visit.get(f"/haku?q={wanted}").text, wanted
    visit.get("/haku?q=vertailu")
    assert "Vaihtoehtojen vertailu" in visit.text


def test_a_secret_attachment_of_an_open_document_is_hidden_alone(pages: Pages):
    there, engine = pages.installation, pages.installation.engine
    draft = engine.drafts.read(TOWN, KEY, PHASE)[OUTPUT]
    file = take_in(there.database, there.files, TOWN, BytesIO(WORD.encode()), "tarjous.txt", engine.clock()).sha256
    attached = Attachment(sha256=file, name=f"{WORD}.txt", publicity=Publicity.PARTLY_SECRET, paragraph=GROUND)
    contents = draft.contents.model_copy(update={"attachments": (attached,)})
    engine.drafts.save(TOWN, KEY, PHASE, OUTPUT, contents, "talouspaallikko", revision=draft.revision)
    engine.handle(TOWN, Revise(phase=PHASE, output=OUTPUT, reason=Private("Liite.")), "talouspaallikko", process=KEY)
    page = f"{AT}/asiakirja/{_newest(pages)}"
    for person, names, status in (("paakayttaja", False, 403), ("rehtori", True, 200)):
        visit = pages.as_(person)
        assert (WORD in visit.get(page).text) is names
        assert visit.get(f"{page}/tiedosto/{file}").status_code == status
        draft_page = f"{AT}/vaihe/{PHASE}/tuotos/{OUTPUT}"
        assert (WORD in visit.get(draft_page).text) is names
        assert visit.get(f"{draft_page}/tiedosto/{file}").status_code == (200 if names else 404)
