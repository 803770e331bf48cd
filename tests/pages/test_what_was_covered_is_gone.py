"""What has been covered (peitä tieto) is on no page any more, and every page that held it still opens and says so."""

from io import BytesIO

import pytest
from visiting import Pages

from models.commands import Redact, Revise
from models.personal import Private
from models.storage import reading, store
from models.storage.drafts import Attachment, Contents
from models.storage.file_rows import take_in

TOWN, KEY, PHASE, OUTPUT = "kemijarvi", "kemijarvi-2030", "tuottamistapa", "vaihtoehtojen-vertailu"
WORD = "Tunnistettavuus"
AT = f"/prosessi/{KEY}"


def written(pages: Pages) -> tuple[str, str, tuple[str, str]]:
    """A version with a document and an attachment that hold the word; the one before it, this one, and its files."""
    there, engine = pages.installation, pages.installation.engine
    files = [
        take_in(there.database, there.files, TOWN, BytesIO(text.encode()), name, engine.clock()).sha256
        for text, name in ((f"# Vertailu\n\n{WORD} tekstissä.\n", "vertailu.md"), (f"{WORD} liitteessä", "liite.txt"))
    ]
    before = newest(pages)
    contents = Contents(document=files[0], attachments=(Attachment(sha256=files[1], name="liite.txt"),))
    revision = engine.drafts.read(TOWN, KEY, PHASE)[OUTPUT].revision
    engine.drafts.save(TOWN, KEY, PHASE, OUTPUT, contents, "talouspaallikko", revision=revision)
    revise = Revise(phase=PHASE, output=OUTPUT, reason=Private("Tarkennettu."))
    engine.handle(TOWN, revise, "talouspaallikko", process=KEY)
    return before, newest(pages), (files[0], files[1])


def newest(pages: Pages) -> str:
    with pages.installation.database.reading() as session:
        scope, _, _ = store.find_process(session, TOWN, KEY)
        return reading.versions_of(session, scope.id, PHASE, OUTPUT)[0].sha256


@pytest.mark.parametrize("covered", ["document", "attachment", "both"])
def test_every_page_that_held_it_opens_without_it(pages: Pages, covered: str) -> None:
    before, version, files = written(pages)
    rehtori, owner = pages.as_("rehtori"), pages.as_("talouspaallikko")
    draft = f"{AT}/vaihe/{PHASE}/tuotos/{OUTPUT}"
    looked_at = [
        (rehtori, f"{AT}/asiakirja/{version}"),
        (rehtori, f"{AT}/asiakirja/{version}/muutokset/{before}"),
        (rehtori, f"{AT}/tarkistuspiste/{PHASE}"),
        (rehtori, f"{AT}/vaihe/{PHASE}"),
        (owner, draft),
        (rehtori, f"/haku?q={WORD}"),
    ]
    assert WORD in rehtori.get(f"{AT}/asiakirja/{version}").text
    for who, page in looked_at:
        assert who.get(page).status_code == 200, page
    for file in files:
        assert WORD in rehtori.get(f"{AT}/asiakirja/{version}/tiedosto/{file}").text
    gone = {"document": files[:1], "attachment": files[1:], "both": files}[covered]

    redact = Redact(files=gone, ground="Tietosuoja-asetus 17 artikla")
    pages.installation.engine.handle(TOWN, redact, "tietosuojavastaava", process=KEY)

    for who, page in looked_at:
        shown = who.get(page)
        assert shown.status_code == 200, page
        if covered != "attachment" and not page.startswith("/haku"):
            assert WORD not in shown.text, page
    for file in gone:
        for page in (f"{AT}/asiakirja/{version}/tiedosto/{file}", f"{draft}/tiedosto/{file}"):
            assert owner.get(page).status_code == 404
    rehtori.get(f"{AT}/asiakirja/{version}")
    assert ("Asiakirja on peitetty" in rehtori.text) == (covered != "attachment")
