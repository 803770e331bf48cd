"""The papers people take to their meetings: what stands in them, and that they can be printed, read and kept."""

import base64
import datetime as dt
import io
import re
import zipfile
from itertools import pairwise

import paper_samples as samples
import pikepdf
import pytest
from paper_looking import html_page, pages, squeezed, tags, word_text

from models.package import standing_in
from models.papers.agenda_item import agenda_item
from models.papers.group_words import rule_told, verdict_then
from models.papers.interim_report import interim_report
from models.papers.material import Alternative, Answered, Change, Difference, Gathering, Substance, Sum, Without
from models.papers.meeting_paper import meeting_paper
from models.papers.memo_paper import memo_paper
from models.papers.package_paper import package_paper
from models.papers.paper import Facts, Paper, Text, Under
from models.process import Condition, Objection, Signature
from models.words import GroupRule, ObjectionStatus, Publicity
from tasks.papers.html import as_html
from tasks.papers.pdf import as_pdf
from tasks.papers.word import as_word

LANGUAGES = ("fi", "sv", "en")


ONE_PAGE = ("nothing", "a little", "with a table", "words without end")


@pytest.mark.parametrize(
    ("content", "language"),
    [*((content, "fi") for content in samples.FRONTS), ("a little", "sv"), ("other scripts", "en")],
)
def test_the_front_of_a_package_is_two_pages_at_most_whatever_it_holds(content: str, language: str) -> None:
    paper = package_paper(samples.package(language, **samples.FRONTS[content]))

    found = pages(as_pdf(paper))

    many = 1 if content in ONE_PAGE else 2
    assert next(at for at, page in enumerate(found, 1) if squeezed(paper.front.closing) in squeezed(page)) == many
    for part in paper.front.parts:
        on = [squeezed(part.heading) in squeezed(page) for page in found[:many]]
        assert on[0] if part.leads else any(on)
    after = found[many] if squeezed(paper.notes["contents"]) in squeezed(found[many]) else found[many - 1]
    assert squeezed(paper.notes["contents"]) in squeezed(after)
    assert squeezed(f"1{paper.parts[0].heading}") in squeezed(found[many])


def test_a_front_of_two_pages_is_filled() -> None:
    """Little more than one page of it: all of it is shown, and the first page has no room for the next question."""
    paper = package_paper(samples.package(**samples.FRONTS["a page and a half"]))

    first, second = pages(as_pdf(paper))[:2]

    assert "Jatkuu kokonaan" not in first + second
    assert len(first.splitlines()) > 45
    shown = [squeezed(part.heading) in squeezed(first) for part in paper.front.parts]
    assert shown == sorted(shown, reverse=True)
    assert 5 <= sum(shown) < len(shown)


def test_what_does_not_fit_on_the_front_goes_on_in_full_on_a_page_that_is_named() -> None:
    paper = package_paper(samples.package(**samples.FRONTS["very much"]))

    found = pages(as_pdf(paper))

    named = [int(page) for page in re.findall(r"Jatkuu kokonaan sivulla (\d+) \(vielä \d+\)", found[0] + found[1])]
    assert len(named) >= 7
    for page in named:
        assert 2 < page <= len(found)
    assert sum(text.count("oloissa") for text in found) > 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_interim_report_is_one_page_whatever_it_holds(language: str) -> None:
    for content in samples.FRONTS.values():
        paper = interim_report(samples.package(language, **content))
        assert len(pages(as_pdf(paper))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["package", "interim-report", "meeting", "memo"])
def test_a_pdf_is_accessible_and_archivable(name: str, language: str) -> None:
    paper = samples.every_paper(language)[name]

    made = as_pdf(paper)

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith(language)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert len(pdf.Root.OutputIntents) == 1
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith(paper.title)
        assert all("/StructParents" in page for page in pdf.pages)
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


@pytest.mark.parametrize("name", ["package", "interim-report", "meeting", "memo"])
def test_a_pdf_is_read_in_order_with_no_level_of_heading_left_out(name: str) -> None:
    found = tags(as_pdf(samples.every_paper("fi")[name]))

    kinds = [one.kind for one in found]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for at, kind in enumerate(kinds):
        if kind == "/Table":
            assert kinds[at + 1 : at + 4].count("/THead") == 1 or "/TH" not in kinds[at : at + 4]
        if kind == "/Figure":
            assert "Kemijärvi" in found[at].alt


def test_the_emblem_is_told_in_words() -> None:
    made = as_html(samples.every_paper("fi")["package"]).decode()

    assert f'<img src="data:image/png;base64,{samples.EMBLEM}" alt="Kemijärvi, tunnus">' in made
    assert base64.b64decode(samples.EMBLEM) in _parts(as_word(samples.every_paper("fi")["package"]))


def _parts(word: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(word)) as opened:
        return [opened.read(name) for name in opened.namelist()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_made_again_are_the_same_bytes(language: str) -> None:
    for name, paper in samples.every_paper(language).items():
        if name in ("package", "agenda-item"):
            assert as_word(paper) == as_word(paper)
        if name != "agenda-item":
            assert as_pdf(paper) == as_pdf(paper)
            assert as_html(paper) == as_html(paper)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_says_that_it_is_preparation(language: str) -> None:
    reminder = {"fi": "Valmistelua, ei päätös", "sv": "Beredning, inte ett beslut", "en": "Preparation, not a decision"}
    stamp = {"fi": "LUONNOS", "sv": "UTKAST", "en": "DRAFT"}
    for paper in samples.every_paper(language).values():
        assert paper.reminder == reminder[language]
        assert paper.stamp.startswith(stamp[language])
        if paper.kind != "agenda-item":
            assert squeezed(paper.reminder) in squeezed(pages(as_pdf(paper))[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_in_favour_over_an_objection_tells_by_which_rule_and_why(language: str) -> None:
    objected = samples.objection("why", group="hyvinvointiryhma", status="dissent")
    paper = package_paper(samples.package(language, objections={"o1": objected}))
    (part,) = [part for part in paper.parts if part.key == "stances"]

    told = squeezed(part.model_dump_json())

    assert squeezed(verdict_then(standing_in(samples.body(), samples.GROUP)).in_(language)) in told
    assert squeezed(rule_told(GroupRule.CONSENT, "1/2", language)) in told
    why = {
        "fi": "1 ei kannattanut, mutta yksikään vastustus ei ollut enää auki: "
        "kirjattu eriäväksi mielipiteeksi (1 jäsen)",
        "sv": "1 understödde inte, men ingen invändning var längre öppen: antecknad som avvikande mening (1 medlem)",
        "en": "1 did not accept, but no objection was open any more: recorded as dissent (1 member)",
    }
    assert squeezed(why[language]) in told
    assert "yksimielisyys" not in told


def test_a_group_that_was_not_in_favour_and_in_nobodys_way_is_told_so() -> None:
    objected = samples.objection("why", group="hyvinvointiryhma", status="carried")
    group = {**samples.GROUP, "accept": 0, "met": False}

    paper = package_paper(samples.package(groups=[group], objections={"o1": objected}))

    (part,) = [part for part in paper.parts if part.key == "stances"]
    assert "Ei puoltanut, mutta ei ollut enää esteenä" in part.model_dump_json()


def test_the_table_tells_whose_dissent_stands_though_they_did_not_answer() -> None:
    objected = samples.objection("why", group="hyvinvointiryhma", status="dissent")
    group = {**samples.GROUP, "object": 0, "settled": [], "silent_objections": ["o1"]}
    material = samples.package(groups=[group], objections={"o1": objected})

    told = "1 vastusti vanhaa tekstiä eikä ole vastannut uuteen: kirjattu eriäväksi mielipiteeksi"
    (part,) = [part for part in package_paper(material).parts if part.key == "stances"]
    assert f"Puolsi. {told}" in part.model_dump_json()
    assert told in interim_report(material).model_dump_json()


def test_a_condition_is_told_with_the_part_its_owner_plays_and_without_a_name() -> None:
    due = dt.date(2027, 5, 1)
    held = Condition(phase=samples.PHASE, objection=None, text="done", owner="coordinator", due=due)
    stands = samples.package(
        words={"done": "Selvitys tehdään."},
        conditions={"c1": samples.condition("done"), "c2": samples.condition("done")},
    )
    conditions = {"c1": held, "c2": held.model_copy(update={"owner": "somebody-else"})}
    material = stands.model_copy(update={"then": samples.process(conditions=conditions)})
    by_coordinator = "Selvitys tehdään. (viimeistään 1.5.2027, vastuussa: Koordinaattori)"
    for paper in (package_paper(material), interim_report(material), agenda_item(material)):
        told = paper.model_dump_json()
        assert by_coordinator in told and "Selvitys tehdään. (viimeistään 1.5.2027)" in told
        assert "somebody" not in told


def test_a_meeting_document_says_as_of_when_it_is_and_has_what_was_answered_by_then() -> None:
    maker = {"s1": Signature(group="elinvoimaryhma", person="somebody")}
    told = {"phase": samples.PHASE, "round": 2, "group": "elinvoimaryhma", "makers": maker, "result": "unchanged"}
    objections = {
        "o1": Objection(text="what", answer="so", **told),
        "o2": Objection(text="else", answer="so", status=ObjectionStatus.DISSENT, **told),
        "o3": Objection(text="gone", answer="so", status=ObjectionStatus.WITHDRAWN, **told),
    }
    words = {
        "what": "Palvelu heikkenee.",
        "else": "Kyliä ei kuultu.",
        "gone": "Peruttu.",
        "so": "Määräaika on liikkumaton.",
    }
    then = samples.process(rounds={samples.PHASE: samples.round_()}, objections=objections)
    paper = meeting_paper(samples.meeting().model_copy(update={"then": then, "setting": samples.setting("fi", words)}))

    now = "Tilanteen nyt kertoo tarkistuspisteen sivu."
    assert paper.facts[-1] == ("Tilanne", f"14.4.2027 klo 9.00. {now}")
    (part,) = [part for part in paper.parts if part.key == "dissents"]
    told_there = [fact for block in part.blocks if isinstance(block, Facts) for fact in block.facts]
    answer = ("Vastaus", "Määräaika on liikkumaton. (esitystä ei muutettu)")
    assert told_there == [answer, answer, ("Miten päättyi", "kirjattu eriäväksi mielipiteeksi")]
    assert "Peruttu." not in paper.model_dump_json()


def test_a_documents_first_heading_stands_below_the_outputs_name_in_papers_unless_it_says_the_same() -> None:
    text = "# Visio\n\nKunta on avoin.\n\n## Arvot\n\nRohkeus.\n"
    for made in (
        package_paper(samples.package(outputs=(samples.output("Tulevaisuuskuva", text),))),
        meeting_paper(samples.meeting(outputs=(samples.output("Tulevaisuuskuva", text),))),
    ):
        assert _headings(made) == [("Tulevaisuuskuva", 1), ("Visio", 2), ("Arvot", 3)]
    same = package_paper(samples.package(outputs=(samples.output("Visio", text),)))
    assert _headings(same) == [("Visio", 1), ("Arvot", 2)]


def _headings(paper: Paper) -> list[tuple[str, int]]:
    (part,) = [part for part in paper.parts if part.key == "outputs"]
    return [(block.heading, block.level) for block in part.blocks if isinstance(block, Under)]


def test_a_page_of_html_is_whole_and_runs_nothing() -> None:
    for paper in samples.every_paper("fi").values():
        page = html_page(as_html(paper))
        assert not page.unclosed
        assert not {"script", "iframe", "object", "form"} & set(page.names)
        assert page.names.count("h1") == 1


def test_lines_of_a_cell_are_points_of_a_list_in_every_form() -> None:
    table = "| Tunnus | Mitä se tarkoittaa |\n|---|---|\n| P1 | Kaupunki on vihreä.<br>Asunnot ovat erilaisia. |\n"
    paper, together = (
        package_paper(samples.package(outputs=(samples.output(text=f"# Kuva\n\n{text}"),)))
        for text in (table, table.replace("<br>", " "))
    )

    assert "<ul><li>Kaupunki on vihreä.</li><li>Asunnot ovat erilaisia.</li></ul>" in as_html(paper).decode()
    text = word_text(as_word(paper))
    assert "• Kaupunki on vihreä." in text and "• Asunnot ovat erilaisia." in text
    points, fewer = ([one.kind for one in tags(as_pdf(one))].count("/LI") for one in (paper, together))
    assert points == fewer + 2


def test_no_member_is_named_and_only_a_signer_who_chose_it_is() -> None:
    words = {"why": "Palvelu heikkenee.", "name": "Vanhusneuvoston edustaja"}
    material = samples.package(words=words, dissents={"d1": samples.dissent("why", names=["name"])})

    text = html_page(as_html(package_paper(material))).parts

    assert any("Allekirjoittajia 2, heistä nimensä näyttävät: Vanhusneuvoston edustaja." in part for part in text)


def test_the_public_edition_leaves_out_words_drafts_and_names() -> None:
    words = {"why": "Palvelu heikkenee.", "name": "Vanhusneuvoston edustaja"}
    material = samples.package(
        words=words,
        dissents={"d1": samples.dissent("why", names=["name"])},
        outputs=(
            samples.output("Julkinen", "# J\n\nJulkinen teksti.\n", publicity=Publicity.PUBLIC),
            samples.output(
                "Luonnos", document=None, without=Without.NOT_PUBLIC, attached=(samples.attached("salaisuus.pdf"),)
            ),
        ),
        of_setting={"public": True},
    )

    text = " ".join(html_page(as_html(package_paper(material))).parts)

    assert "Julkinen teksti." in text
    assert "Julkinen versio" in text
    assert "Tuotokset, jotka kertovat tästä, on jätetty pois tästä versiosta." in text
    assert "ei ole annettu" not in text, "it may have been given in what is left out"
    assert "[ei julkisessa versiossa]" in text
    for hidden in ("Palvelu heikkenee", "Vanhusneuvoston", "salaisuus.pdf", "LUONNOS"):
        assert hidden not in text


def test_what_was_covered_says_so() -> None:
    material = samples.package(dissents={"d1": samples.dissent("gone")}, words={})

    assert "[peitetty]" in as_html(package_paper(material)).decode()


def test_the_agenda_item_has_the_fixed_headings_and_leaves_the_proposal_to_the_presenting_officer() -> None:
    outputs = (samples.output(attached=(samples.attached("kysely.pdf"),)),)
    text = word_text(as_word(agenda_item(samples.package(outputs=outputs))))

    headings = (
        *("Asianumero", "Aikaisempi käsittely", "Valmistelija", "Selostus", "Vaikutusten arviointi", "Esittelijä"),
        *("Päätösehdotus", "Liitteet", "Oheismateriaali", "Tiedoksi", "Muutoksenhaku"),
    )
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "[Esittelijä kirjoittaa päätösehdotuksen. Etappi ei ehdota päätöstä.]" in text
    assert "Liite 1: Tuottamistapakuva, versio 1" in text
    assert "Oheismateriaali: kysely.pdf" in text
    assert "Oheismateriaali: vaiheen kooste" in text


def test_the_agenda_item_tells_effects_under_headings_in_sentences_with_names() -> None:
    changes = (
        Change(where="Kaksi kylää", service="", what="Koulu → Auto", now="Koulu", then="Auto"),
        Change(where="Kylät", service="Arjen neuvo", what="Kiertävä", then="Kiertävä", who="Kunta", starts="1/2028"),
    )
    text = word_text(as_word(agenda_item(samples.package(substance=Substance(changes=changes)))))

    assert "Vaikutukset talouteen: " in text
    assert "Vaikutukset palveluihin ja asukkaisiin: Kaksi kylää. Nyt: Koulu. Esitys: Auto." in text
    assert "Kylät, Arjen neuvo. Esitys: Kiertävä. Tekijä: Kunta. Alkaen: 1/2028." in text
    assert "Esitys muuttaa seuraavia: Kaksi kylää, Arjen neuvo." in text


def test_the_agenda_item_tells_of_the_appeal_where_a_body_settles_the_matter() -> None:
    prepared = samples.package()
    last = prepared.model_copy(
        update={"body": {**prepared.body, "phase": samples.definition().phases[-1].id}, "ready": ()}
    )

    assert "kuntalaki 135 §" not in word_text(as_word(agenda_item(prepared)))
    text = word_text(as_word(agenda_item(last)))
    assert "Kun Kaupunginvaltuusto ratkaisee asian, sen päätökseen haetaan muutosta kunnallisvalituksella" in text


def test_a_second_round_tells_why_it_is_and_what_differs() -> None:
    at = dt.datetime(2027, 4, 15, 10, 0, tzinfo=dt.UTC)
    words = {"why": "Kylät unohtuivat.", "what": "Matka pitenee.", "answer": "Kyyti lisättiin."}
    material = samples.meeting(
        returned="why",
        answered=(Answered(text="what", answer="answer"),),
        differences=(Difference(where="Tarpeet", what="Koulu (T1)", fate="changed", how="Peruste: {+Ennuste+}"),),
        meetings=(Gathering(at=at, place="Kylätalo", group="hyvinvointiryhma"),),
        codes=(("T4", "Arjen apu kylissä"),),
    )
    material = material.model_copy(update={"setting": samples.setting(words=words)})

    text = " ".join(html_page(as_html(meeting_paper(material))).parts)

    assert "Aineisto palautettiin valmisteluun: Kylät unohtuivat." in text
    assert "Matka pitenee." in text and "Kyyti lisättiin." in text
    assert "T4 Arjen apu kylissä" in " ".join(text.split())
    assert "Koulu (T1)" in text and "{+Ennuste+}" in text
    assert "15.4.2027 klo 13" in text and "Kylätalo" in text
    assert "Tarkistuspiste Tarkistuspiste" not in text
    assert text.index("Tarkisteet kokonaan") < text.index(samples.HASH)


def test_the_memo_has_a_place_for_what_a_minute_must_have() -> None:
    called = Gathering(at=dt.datetime(2027, 4, 8, 10, 0, tzinfo=dt.UTC), place="Kylätalo")
    material = samples.memo().model_copy(update={"called": called, "deputies": 1, "disqualified": 2})

    text = " ".join(html_page(as_html(memo_paper(material))).parts)

    assert "Kylätalo" in text
    assert "3 / 6 paikasta, heistä varajäseniä 1; poissa 3" in text
    assert "Kannan voi antaa tai muuttaa vielä kokouksen jälkeen" in text
    assert "Muistion hyväksyminen" in text
    assert "[sihteeri täyttää]" in text


def test_what_comes_from_an_earlier_phase_says_so_on_the_front_and_in_full() -> None:
    found = Substance(
        sums=(Sum(what="T1", euros=samples.MONEY, years=samples.YEARS),),
        alternatives=(Alternative(about="T1", name="Oma tuotanto"),),
        sums_from="tuottamistarve",
        alternatives_from="tuottamistarve",
    )

    paper = package_paper(samples.package(substance=found))

    said = {part.key: part.say for part in paper.front.parts}
    for key in ("money", "alternatives"):
        (part,) = [one for one in paper.parts if one.key == key]
        assert part.blocks[0] == Text(text="Vaiheesta Tuottamistarve.")
        assert said[key] == "Vaiheesta Tuottamistarve."


def test_without_figures_the_front_says_so() -> None:
    text = " ".join(html_page(as_html(package_paper(samples.package()))).parts)

    assert "Euroja ja henkilötyövuosia ei ole annettu lukuina" in text
    assert "Vaihtoehtoja ei ole annettu taulukkona" in text
