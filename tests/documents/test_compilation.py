"""The compiled documents: what people wrote, brought together by the kind of their phase."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.compiled.compilation import COMPILERS, Material, Source, compiled
from models.documents.parts import Table
from models.documents.reading import read_document
from models.words import PhaseKind

LANGUAGES = ("fi", "sv", "en")


def source(text: str, name: str = "Tuotos", sha256: str | None = None) -> Source:
    return Source(output="tuotos", name=name, document=read_document(text, "tuotos.md"), sha256=sha256)


def made(kind: PhaseKind, *texts: str, received: tuple[str, ...] = (), language: str = "fi", **changes: object) -> str:
    own = tuple(source(text) for text in texts)
    material = Material(
        process="Kemijärvi 2030", phase="Vaihe", own=own, received=tuple(map(source, received)), **changes
    )
    return compiled(kind, material, language)


def table(text: str, under: str) -> Table:
    """The compiled document's table under a heading."""
    return next(found for found in read_document(text, "kooste.md").tables if found.under == under)


def column(text: str, under: str, at: int = 0) -> list[str]:
    return [row[at] for row in table(text, under).rows]


def lacking(text: str, under: str = "Mitä vielä puuttuu") -> list[str]:
    sections = read_document(text, "kooste.md").sections
    blocks = [block for section in sections if section.heading == under for block in section.blocks]
    return [item.text for block in blocks if hasattr(block, "items") for item in block.items]


# --- every kind ---------------------------------------------------------------------------------------------------


def test_every_kind_of_phase_has_a_compiler():
    assert set(COMPILERS) == set(PhaseKind)


@pytest.mark.parametrize("kind", [kind for kind in PhaseKind if kind is not PhaseKind.GENERAL])
def test_documents_without_the_tables_say_so_and_what_is_looked_for(kind):
    said = {
        "fi": "Vaiheen asiakirjoissa ei ole tätä taulukkoa",
        "sv": "I fasens dokument finns inte den här tabellen",
        "en": "The documents of the phase do not hold this table",
    }
    for language in LANGUAGES:
        for texts in ((), ("# Muistio\n\nVain tekstiä.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",)):
            assert said[language] in made(kind, *texts, language=language)


@pytest.mark.parametrize("kind", PhaseKind)
def test_a_compiled_document_says_that_it_is_no_decision_and_what_it_is_made_of(kind):
    for language, stamp in (("fi", "LUONNOS – valmisteluaineistoa, ei päätös"), ("en", "not a decision")):
        assert stamp in made(kind, "# A\n\nteksti\n", language=language)
    locked = made(kind, "# A\n\nteksti\n", draft=False)
    assert "LUONNOS" not in locked
    assert "Valmistelua, ei päätös" in locked
    material = Material(process="P", phase="V", own=(source("# A", name="Nimi | jossa bar", sha256="ab" * 32),))
    assert "Nimi | jossa bar (tarkiste abababababab)" in lacking(compiled(kind, material), "Mistä tämä on koottu")[0]


# --- future image -------------------------------------------------------------------------------------------------

ENVIRONMENT = """# Toimintaympäristö

| Näkökulma | Vahvuus vai heikkous | Havainto |
| --- | --- | --- |
| Sisäinen | Vahvuus | Sitoutunut väki |
| Ulkoinen | uhka | Muuttotappio |
| Ulkoinen | Heikkous | Pitkät matkat |
| Molemmat | Vahvuus | Luonto |

| Nro | Muutoshaaste | Mitä se tarkoittaa | Suunta |
| --- | --- | --- | --- |
| H1 | Väki vähenee | Tilat jäävät tyhjiksi | kasvaa |
| H2 | Osaajista kilpaillaan | | kasvaa |
"""


def test_a_future_image_has_its_environment_in_four_and_its_challenges():
    text = made(PhaseKind.FUTURE_IMAGE, ENVIRONMENT)
    assert column(text, "Toimintaympäristö", 1) == ["1", "0", "0", "2"]
    assert lacking(text, "Ulkoiset heikkoudet ja uhat") == ["Muuttotappio", "Pitkät matkat"]
    assert column(text, "Voitettavat haasteet", 1) == ["Väki vähenee", "Osaajista kilpaillaan"]
    assert lacking(text) == [
        "Kirjaamatta: Sisäiset heikkoudet ja uhat",
        "Kirjaamatta: Ulkoiset vahvuudet ja mahdollisuudet",
        "Ei selvää, onko sisäinen vai ulkoinen, vahvuus vai heikkous: Luonto",
        "Haasteesta ei kerrota, mitä se tarkoittaa: Osaajista kilpaillaan",
    ]


def test_a_future_image_may_be_written_in_lists():
    listed = """# Strategia

## Sisäiset vahvuudet ja mahdollisuudet

- Edelläkävijyyttä
- Uudistushalua

## Ulkoiset heikkoudet ja uhat

- Ikärakenteen muutos

## Voitettavat muutoshaasteet

### 1. Väestön väheneminen

- infran vajaakäyttö
- verotulot vähenevät

### 2. Imagon kehittäminen

## Päämäärät

### Ei haaste
"""
    text = made(PhaseKind.FUTURE_IMAGE, listed)
    assert column(text, "Toimintaympäristö", 1) == ["2", "0", "0", "1"]
    assert table(text, "Voitettavat haasteet").rows == (
        ("1. Väestön väheneminen", "infran vajaakäyttö; verotulot vähenevät"),
        ("2. Imagon kehittäminen", ""),
    )


# --- production need ----------------------------------------------------------------------------------------------

REGISTER = """# Rekisteri

| Tunnus | Tarve | Kenen | Näyttö | Kiireellisyys | Haaste | Oma sarake |
| --- | --- | --- | --- | --- | --- | --- |
| T1 | Kirjat | Lapset | Tilasto | ei kiireellinen | H1 | a |
| T2 | Kuljetus | | Kysely | pian | H1 | b |
| T3 | Hoito | Perheet | – | Erittäin kiireellinen | H1 | c |
| T4 | Neuvo | Kaikki | Kysely | kiireellinen | H1 | d |
| T5 | Koulu | Oppilaat | Ennuste | 2 | H1 | e |
| T4 | Neuvo | Kaikki | Kysely | kiireellinen | H1 | d |
"""


def test_the_needs_come_by_urgency_and_unclear_ones_last():
    text = made(PhaseKind.PRODUCTION_NEED, REGISTER, received=(ENVIRONMENT,))
    assert column(text, "Tarpeet") == ["T3", "T4", "T2", "T1", "T5"]
    assert table(text, "Tarpeet").headings[-1] == "Oma sarake"
    counts = [("Heti", "1"), ("Kiireellinen", "1"), ("Pian", "1"), ("Voi odottaa", "1")]
    assert list(table(text, "Tarpeita kiireellisyyden mukaan").rows) == [
        *counts,
        ("Ei kerrottu tai epäselvä", "1"),
        ("Yhteensä", "5"),
    ]
    assert lacking(text) == [
        "Näyttö puuttuu: T3 Hoito",
        "Ei kerrota, kenen tarve on: T2 Kuljetus",
        "Kiireellisyys epäselvä: T5 Koulu",
        "Mikään tarve ei mainitse haastetta: H2 Osaajista kilpaillaan",
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "Behov | Vems behov | Angelägenhet",
        "Need | Whose need it is | Urgency",
        "Tarve | Kenellä tarve on | Kiireellisyys",
    ],
)
def test_a_register_is_known_in_three_languages(headings):
    rows = "| a | x | kan vänta |\n| b | x | at once |\n| c | x | kiireellinen |\n"
    text = made(PhaseKind.PRODUCTION_NEED, f"# R\n\n| {headings} |\n|---|---|---|\n{rows}")
    assert column(text, "Tarpeet") == ["b", "c", "a"]


# --- production method --------------------------------------------------------------------------------------------

ALTERNATIVES = """# Vertailu

| Tarve | Vaihtoehto | Euroa vuodessa | Henkilötyövuotta | Esitetään |
| --- | --- | --- | --- | --- |
| T1 | Nykytila jatkuu | 100 000 | 2,0 | ei |
| T1 | Oma tuotanto | 80 000 | 1,5 | kyllä |
| T2 | Nykytila jatkuu | 50 000 | 1 | |
| T2 | Ostopalvelu | 30 000–40 000 | 0,5 | kyllä |
| T4 | Oma tuotanto | 10 000 | 1 | ei |
"""


def test_what_is_proposed_is_compared_with_what_is_now():
    text = made(PhaseKind.PRODUCTION_METHOD, ALTERNATIVES, received=(REGISTER,))
    rows = table(text, "Nykytila ja esitys").rows
    assert rows[0] == ("T1 Kirjat", "100\u00a0000", "80\u00a0000", "−20\u00a0000", "2", "1,5", "−0,5")
    assert rows[1] == ("T2 Kuljetus", "50\u00a0000", "–", "–", "1", "0,5", "−0,5")
    assert rows[-1] == ("Yhteensä", "100\u00a0000", "80\u00a0000", "−20\u00a0000", "3", "2", "−1")
    assert "Summista puuttuvat tarpeet, joiden lukuja ei voi lukea." in text
    assert table(text, "Summat vaihtoehdoittain").rows == (
        ("Nykytila jatkuu", "2", "150\u00a0000", "3"),
        ("Oma tuotanto", "2", "90\u00a0000", "2,5"),
        ("Ostopalvelu", "1", "–", "0,5"),
    )
    assert lacking(text) == [
        "Tarpeelle ei ole vaihtoehtoja: T3 Hoito",
        "Tarpeelle ei ole vaihtoehtoja: T5 Koulu",
        "Lukua ei voi lukea (Euroa vuodessa): T2 Kuljetus, Ostopalvelu",
        "Nykytilan jatkaminen puuttuu vaihtoehdoista: T4 Neuvo",
        "Mitään ei esitetä: T4 Neuvo",
    ]


def test_alternatives_without_figures_are_shown_without_sums():
    text = made(
        PhaseKind.PRODUCTION_METHOD, "# V\n\n| Behov | Alternativ | Fördelar |\n|---|---|---|\n| B1 | Som nu | - |\n"
    )
    assert table(text, "B1").rows == (("Som nu", "-"),)
    assert "Summat vaihtoehdoittain" not in text
    assert lacking(text) == []


def test_figures_of_different_units_are_not_summed_together():
    thousands = ALTERNATIVES.replace("Euroa vuodessa", "Euroa vuodessa (1 000 €)").replace(" 000 |", " |")
    text = made(PhaseKind.PRODUCTION_METHOD, ALTERNATIVES, thousands)
    totals = [row for found in read_document(text, "a.md").tables for row in found.rows if row[0] == "Yhteensä"]
    assert [row[1] for row in totals] == ["100\u00a0000", "100"]


# --- governance model ---------------------------------------------------------------------------------------------

MATRIX = """# Toimivalta

| Asia | Valtuusto | Hallitus | Peruste |
| --- | --- | --- | --- |
| Strategia | päättää | ehdottaa | Kuntalaki 37 § |
| Avustukset | päättää | päättää | |
| Kouluverkko | saa tiedoksi | valmistelee | Kuntalaki 14 § |
| Tilat | ei päätä | joskus | Kuntalaki 14 § |

| Toimielin | Jäseniä | Tehtävä |
| --- | --- | --- |
| Valtuusto | 27 | Päättää |
"""


def test_the_powers_are_counted_and_every_matter_should_have_one_decider():
    text = made(PhaseKind.GOVERNANCE_MODEL, MATRIX)
    assert column(text, "Kuka tekee mitäkin") == ["Strategia", "Avustukset", "Kouluverkko", "Tilat"]
    assert table(text, "Asioita toimielimittäin").rows == (
        ("Valtuusto", "2", "0", "0", "0", "1"),
        ("Hallitus", "1", "1", "0", "1", "0"),
    )
    assert lacking(text) == [
        "Päättäjiä on useampi kuin yksi: Avustukset (Valtuusto, Hallitus)",
        "Peruste puuttuu: Avustukset",
        "Päättäjä puuttuu: Kouluverkko",
        "Päättäjä puuttuu: Tilat",
        "Toimivalta epäselvä: Tilat, Hallitus: joskus",
    ]


def test_a_list_of_powers_becomes_a_matrix():
    listed = """# Befogenheter

| Ärende | Organ | Befogenhet | Grund |
| --- | --- | --- | --- |
| Strategi | Fullmäktige | beslutar | 37 § |
| Strategi | Styrelsen | bereder | |
| Strategi | Styrelsen | föreslår | |
| Lokaler | Styrelsen | beslutar | 14 § |
"""
    text = made(PhaseKind.GOVERNANCE_MODEL, listed, language="sv")
    assert table(text, "Vem gör vad").headings == ("Ärende", "Fullmäktige", "Styrelsen", "Grund")
    assert table(text, "Vem gör vad").rows == (
        ("Strategi", "beslutar", "bereder, föreslår", "37 §"),
        ("Lokaler", "", "beslutar", "14 §"),
    )
    assert lacking(text, "Vad som ännu saknas") == []


# --- operational model --------------------------------------------------------------------------------------------

UNITS = """# Yksiköt

| Yksikkö | Henkilötyövuotta nyt | Henkilötyövuotta ehdotuksessa | Henkilöitä |
| --- | --- | --- | --- |
| Palvelut | 20,5 | 18 | 21 |
| Tilat | 16 | 14,5 | 17 |
"""
IMPACT = """# Vaikutukset

| Yksikkö | Henkilöitä | Mikä muuttuu | Euroa nyt | Euroa ehdotuksessa | Kuultu |
| --- | --- | --- | --- | --- | --- |
| palvelut | 22 | Yhteinen piste | 1 000 | 1 100 | 6.5.2027 |
| Tilat | 17 | | 500 | noin puolet | – |
"""
STEPS = """# Siirtymä

| Toimenpide | Yksikkö | Vastuu | Viimeistään |
| --- | --- | --- | --- |
| Seuranta | Kaikki | Johtaja | 6/2028 |
| Kilpailutus | Palvelut | | 31.1.2028 |
| Keskustelut | Kaikki | Esihenkilöt | syksyllä ehkä |
| Sääntö | Hallinto | Johtaja | 1.1.2028 |
"""


def test_what_is_said_of_a_unit_stands_on_one_line():
    text = made(PhaseKind.OPERATIONAL_MODEL, UNITS, IMPACT, STEPS)
    units = table(text, "Yksiköt, joita muutos koskee")
    assert units.rows == (
        ("Palvelut", "20,5", "18", "−2,5", "1 000", "1 100", "+100", "21", "Yhteinen piste", "6.5.2027"),
        ("Tilat", "16", "14,5", "−1,5", "500", "noin puolet", "–", "17", "", "–"),
        ("Yhteensä", "36,5", "32,5", "−4", "1\u00a0500", "", "–", "", "", ""),
    )
    assert column(text, "Siirtymä") == ["Sääntö", "Kilpailutus", "Seuranta", "Keskustelut"]
    assert lacking(text) == [
        "Asiakirjat kertovat eri tavoin (palvelut): 21 / 22",
        "Ei kerrota, mikä muuttuu: Tilat",
        "Kuulemista ei ole kirjattu: Tilat",
        "Lukua ei voi lukea (Euroa ehdotuksessa): Tilat",
        "Vastuu puuttuu: Kilpailutus",
        "Päivää ei voi lukea: Keskustelut",
    ]


# --- any other phase ----------------------------------------------------------------------------------------------


def test_any_other_phase_has_contents_and_its_tables():
    text = made(PhaseKind.GENERAL, "### Syvä\n\n# Ylin\n\n## Toinen\n\n| a |\n|---|\n| 1 |\n")
    assert [item.text for item in read_document(text, "a.md").sections[2].blocks[0].items] == ["Syvä", "Ylin", "Toinen"]
    assert table(text, "Tuotos: Toinen").rows == (("1",),)
    assert "Asiakirjoissa ei ole taulukoita." in made(PhaseKind.GENERAL, "# Vain otsikko\n")
    assert "Fasen har ännu inga dokument." in made(PhaseKind.GENERAL, language="sv")


@pytest.mark.parametrize("kind", PhaseKind)
def test_a_phase_that_begins_has_what_it_received(kind):
    text = made(kind, received=(REGISTER, "# Muistio\n"))
    assert read_document(text, "a.md").title == "Mistä vaihe alkaa: Vaihe"
    assert "Vaiheella ei ole vielä asiakirjoja." in text
    assert [row[0] for row in table(text, "Tuotos: Rekisteri").rows][:2] == ["T1", "T2"]


# --- hostile words ------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12)


def in_markdown(words: str) -> str:
    """Words as somebody writes them in Markdown who trusts none of its marks."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)


@settings(deadline=None)
@given(rows=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4))
@example(rows=[("a\\!", "\\", "#")])
@example(rows=[("&amp;", "<b>", "~~x~~")])
def test_words_that_people_wrote_stay_words(rows):
    written = "".join(f"| {' | '.join(map(in_markdown, row))} |\n" for row in rows)
    document = read_document(f"# R\n\n| Tarve | Kenen | Kiireellisyys |\n|---|---|---|\n{written}", "a.md")
    given_rows = set(document.tables[0].rows)
    text = compiled(
        PhaseKind.PRODUCTION_NEED,
        Material(process="P", phase="V", own=(Source(output="o", name="N", document=document),)),
    )
    again = read_document(text, "kooste.md")
    assert {row for found in again.tables if found.under == "Tarpeet" for row in found.rows} == {
        row for row in given_rows if any(row)
    }
    assert [section.heading for section in again.sections][-1] == "Mistä tämä on koottu"


def test_titles_cannot_become_headings_or_code():
    evil = "# <script>alert(1)</script> `koodi` [a](b)"
    material = Material(process=evil, phase=evil, own=(source("# A\n", name=evil),))
    for kind in PhaseKind:
        document = read_document(compiled(kind, material), "a.md")
        assert document.title.endswith(evil)
        assert len([section for section in document.sections if section.level == 1]) == 1
