"""What people write into cells is taken as it was meant, or told as a mistake: nothing is guessed or dropped."""

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from models.errors import NotTakenIn
from models.exchange.cells import value_of
from models.exchange.mistakes import Misread
from models.exchange.taking import Around, take_in_output
from models.outputs.choices import StaffEffect, Urgency, Way
from models.outputs.future_image import Challenge, FutureImage
from models.outputs.operational_model import Unit
from models.outputs.production_need import Need, ProductionNeed
from models.outputs.told import columns
from models.words import PhaseKind as Kind

OTHERS = [
    ("kuva", FutureImage(challenges=(Challenge(id="H1", challenge="Väestö"), Challenge(id="H4", challenge="Raha")))),
    ("tarve", ProductionNeed(needs=(Need(id="T1", need="Arjen neuvo, lähellä"), Need(id="T4", need="Kyyti")))),
]


def sheet(kind: Kind, headings: list[str], *rows: list[Any], formats: dict[str, str] | None = None) -> Any:
    """What is taken from an Excel sheet with the rows."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (headings, *rows):
        page.append(row)
    for place, shown in (formats or {}).items():
        page[place].number_format = shown
    page.title = {
        Kind.PRODUCTION_METHOD: "Vaihtoehdot" if "Vaihtoehto" in headings else "Tuottamistavat",
        Kind.OPERATIONAL_MODEL: "Yksiköt",
        Kind.PRODUCTION_NEED: "Tarpeet",
    }[kind]
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue(), "taulukko.xlsx", kind)


def read(content: bytes | str, name: str, kind: Kind = Kind.PRODUCTION_NEED) -> Any:
    content = content.encode() if isinstance(content, str) else content
    return take_in_output(content, name, kind, Around(OTHERS), "fi").output


def told(content: bytes | str, name: str, kind: Kind = Kind.PRODUCTION_NEED, language: str = "fi") -> list[str]:
    with pytest.raises(NotTakenIn) as refused:
        read(content, name, kind)
    return [one.in_(language) for one in refused.value.mistakes]


def alternative(heading: str, value: Any, shown: str = "General") -> Any:
    headings = ["Tarve", "Vaihtoehto", "Miten tuotetaan", heading]
    row = ["T1", "oma tuotanto", "Itse", value]
    return sheet(Kind.PRODUCTION_METHOD, headings, row, formats={"D2": shown}).alternatives[0]


def refusal(make: Any) -> str:
    with pytest.raises(NotTakenIn) as refused:
        make()
    assert len(refused.value.mistakes) == 1
    return str(refused.value.mistakes[0].in_("fi"))


# --- choices ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "heading", "words"),
    [
        ("staff", "Vaikutus henkilöstöön", "ei vielä arvioitu"),
        ("staff", "Vaikutus henkilöstöön", "Ei tiedossa"),
        ("staff", "Vaikutus henkilöstöön", "Ei liikkeen luovutus vaan yhteistoiminta"),
        ("staff", "Vaikutus henkilöstöön", "siirtyminen eläkkeelle"),
        ("way", "Tapa", "Ei muuta kuin ostopalvelu"),
        ("way", "Tapa", "Endast egen"),
    ],
)
def test_words_that_only_begin_like_a_choice_are_told_with_the_choices(field: str, heading: str, words: str) -> None:
    mistake = refusal(lambda: sheet(Kind.PRODUCTION_METHOD, ["Tarve", "Esitetty tapa", heading], ["T1", "Itse", words]))
    assert mistake.startswith(f'Tuottamistavat, rivi 2, sarake C: "{words}" ei ole vaihtoehdoissa. Valitse jokin')
    assert ("Liikkeen luovutus" if field == "staff" else "Nykytila jatkuu") in mistake


@pytest.mark.parametrize("words", ["Erittäin vähäinen", "hyvin pieni", "ei saa odottaa", "Heti kun rahaa on"])
def test_an_urgency_is_not_guessed_from_its_first_word(words: str) -> None:
    text = f"Tarve\tKenellä\tNäyttö\tKiireellisyys\nNeuvo\tKaikki\tKysely\t{words}\n"
    assert "ei ole vaihtoehdoissa" in told(text, "t.tsv")[0]


@pytest.mark.parametrize(
    ("words", "meant"), [("HETI.", Urgency.AT_ONCE), ("ei  kiireellinen", Urgency.CAN_WAIT), ("brådskande", "urgent")]
)
def test_a_choice_is_known_by_its_words_and_by_their_synonyms(words: str, meant: Urgency) -> None:
    text = f"Tarve\tKenellä\tNäyttö\tKiireellisyys\nNeuvo\tKaikki\tKysely\t{words}\n"
    assert read(text, "t.tsv").needs[0].urgency == meant


def test_known_synonyms_stand_for_one_choice_alone() -> None:
    for choices in (StaffEffect, Urgency, Way):
        words = [word for one in choices for word in {one.words.fi.casefold(), one.words.sv.casefold(), *one.known}]  # type: ignore[union-attr]
        assert len(words) == len(set(words))


@pytest.mark.parametrize("words", ["on selvitettävä", "kyllä, jos rahat riittävät", "kyllä/ei"])
def test_yes_is_not_guessed_from_its_beginning(words: str) -> None:
    assert "ei ole kyllä eikä ei" in refusal(lambda: alternative("Esitetään", words))


@pytest.mark.parametrize(("words", "meant"), [("Kyllä.", True), ("x", True), ("EI", False), (True, True)])
def test_yes_and_no_are_known(words: Any, meant: bool) -> None:
    assert alternative("Esitetään", words).proposed is meant


# --- references ---------------------------------------------------------------------------------------------------


def challenges(words: str) -> Any:
    headings = ["Tarve", "Kenellä tarve on", "Näyttö", "Kiireellisyys", "Haaste"]
    return sheet(Kind.PRODUCTION_NEED, headings, ["Neuvo", "Kaikki", "Kysely", "heti", words]).needs[0].challenges


@pytest.mark.parametrize("words", ["H1, H4", "H1;H4", "H1 H4", "H1 ja H4", "H1 och H4.", "H1 Väestö, H4 Raha"])
def test_identifiers_may_have_commas_spaces_or_and_between_them(words: str) -> None:
    assert challenges(words) == ("H1", "H4")


@pytest.mark.parametrize("words", ["H1 koska väestö vähenee", "H1, H4 jos voi", "H1 Väestö vähenee"])
def test_words_beside_an_identifier_are_told(words: str) -> None:
    mistake = refusal(lambda: challenges(words))
    assert mistake.startswith("Tarpeet, rivi 2, sarake E: solussa on tunnuksen H")
    assert "Kirjoita pelkät tunnukset" in mistake


def test_a_row_chosen_from_a_list_is_known_also_with_commas_in_its_words() -> None:
    row = ["T1 Arjen neuvo, lähellä", "Itse", "oma"]
    assert sheet(Kind.PRODUCTION_METHOD, ["Tarve", "Esitetty tapa", "Tapa"], row).methods[0].need == "T1"


# --- figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "value", "euros"),
    [
        ("Euroa vuodessa", 285, 285),
        ("Kustannus t€", 285, 285_000),
        ("Euroa (1000 €)", "285", 285_000),
        ("Kustannus, M€", "1,5", 1_500_000),
        ("Kustannus 2027 (arvio)", 285, 285),
    ],
)
def test_the_heading_decides_the_unit(heading: str, value: Any, euros: int) -> None:
    assert alternative(heading, value).euros == euros


@pytest.mark.parametrize(
    "heading",
    ["Euroa kuukaudessa", "Kustannus €/kk", "Kustannus %", "Euroa / asukas", "Hinta yli 1000 €", "Kustannus (1 000)"],
)
def test_another_unit_is_told_once_over_its_column(heading: str) -> None:
    headings = ["Tarve", "Vaihtoehto", "Miten tuotetaan", heading]
    rows = [["T1", "oma tuotanto", "Itse", 285], ["T4", "oma tuotanto", "Itse", 12]]
    mistake = refusal(lambda: sheet(Kind.PRODUCTION_METHOD, headings, *rows))
    assert mistake.startswith(f'Vaihtoehdot, rivi 1, sarake D: otsikon "{heading}" yksikkö ei ole')


@pytest.mark.parametrize(("heading", "cell"), [("Kustannus t€", "285 €"), ("Euroa vuodessa", "12 htv")])
def test_a_cell_with_another_unit_than_its_heading_is_no_figure(heading: str, cell: str) -> None:
    assert "ei ole luku" in refusal(lambda: alternative(heading, cell))


def test_percents_are_no_euros() -> None:
    assert '"12,5 %" ei ole luku' in refusal(lambda: alternative("Euroa vuodessa", 0.125, "0.0%"))


@pytest.mark.parametrize(
    ("value", "euros"),
    [(1 / 3, "0.33"), (285000.00000000006, "285000"), (0.1 + 0.2, "0.3"), (12.3456, "12.3456")],
)
def test_what_a_spreadsheet_adds_to_a_figure_is_rounded_to_the_cent(value: float, euros: str) -> None:
    assert alternative("Euroa vuodessa", value).euros == Decimal(euros)


@pytest.mark.parametrize("value", [1e15, 99_999_999_999_999.98, "1" * 20])
def test_a_figure_of_too_many_digits_is_told(value: Any) -> None:
    assert "on liikaa numeroita" in refusal(lambda: alternative("Euroa vuodessa", value))


@pytest.mark.parametrize(
    ("value", "shown", "words"),
    [
        (0.125, "0.0%", "12,5 %"),
        (dt.datetime(2027, 6, 14, 9, 30), "dd.mm.yyyy hh:mm", "14.6.2027 klo 9.30"),
        (dt.datetime(2027, 6, 14), "dd.mm.yyyy", "14.6.2027"),
        (dt.time(8, 5), "hh:mm", "8.05"),
        (1.5, "General", "1,5"),
        (1 / 3, "General", "0,333333333333333"),
        (True, "General", "TOSI"),
    ],
)
def test_a_text_cell_says_what_the_sheet_shows(value: Any, shown: str, words: str) -> None:
    assert alternative("Edut", value, shown).advantages == words
    assert alternative("Oma sarake", value, shown).more == {"Oma sarake": words}


def people(value: Any) -> Any:
    headings = ["Yksikkö", "Tehtävä", "Vastaa tarpeisiin", "Henkilöitä, joita koskee"]
    return sheet(Kind.OPERATIONAL_MODEL, headings, ["Koti", "Neuvo", "T1", value]).units[0].people


def test_people_may_not_be_fewer_than_none_nor_more_than_there_are() -> None:
    assert people(12) == 12
    assert refusal(lambda: people(-5)) == "Yksiköt, rivi 2, sarake D: luku -5 on liian pieni. Pienin sallittu on 0."
    assert "liian suuri. Suurin sallittu on 10000000." in refusal(lambda: people(1_000_000_000))


def test_whatever_a_row_refuses_is_told_in_yaml_and_pasted_tables_too() -> None:
    yaml = "units:\n  - unit: Koti\n    people: -5\n"
    assert told(yaml, "t.yaml", Kind.OPERATIONAL_MODEL) == [
        "units, rivi 3, sarake units[1].people: luku -5 on liian pieni. Pienin sallittu on 0."
    ]
    pasted = "Yksikkö\tTehtävä\tHenkilöitä, joita koskee\nKoti\tNeuvo\t-5\n"
    assert told(pasted, "t.tsv", Kind.OPERATIONAL_MODEL)[0].startswith("rivi 2, sarake Henkilöitä, joita koskee: luku")


# --- words --------------------------------------------------------------------------------------------------------


def test_marks_without_width_are_no_part_of_words_or_identifiers() -> None:
    need = read(
        "Tunnus\tTar\u200bve\tKenellä\tNäyttö\nT1\u200b\tNeu\u200bvo\u200e\tKaikki\t\ufeffKysely\n", "t.tsv"
    ).needs[0]
    assert (need.id, need.need, need.evidence) == ("T1", "Neuvo", "Kysely")


def test_half_of_a_character_is_told() -> None:
    assert "merkki, jota ei näe" in told('{"needs": [{"id": "T1", "need": "a\\ud800"}]}', "t.json")[0]


def test_a_dot_after_an_identifier_is_no_part_of_it() -> None:
    need = read("Tunnus\tTarve\tKenellä\tNäyttö\tHaaste\nT1.\tNeuvo\tKaikki\tKysely\tH1.\n", "t.tsv").needs[0]
    assert (need.id, need.challenges) == ("T1", ("H1",))


# --- pasted tables ------------------------------------------------------------------------------------------------

HEADINGS = "Tunnus\tTarve\tKenellä\tNäyttö\n"


@pytest.mark.parametrize(
    "rows",
    [
        'T1\t"Neuvo\tKaikki\tKysely\nT2\tHoito\tPerheet\tJono\n',
        'T1\t"Neuvo\tKaikki\tKysely\nT2\t"Hoito"\tPerheet\tJono\n',
    ],
)
def test_a_quotation_mark_that_is_never_closed_does_not_swallow_rows(rows: str) -> None:
    assert told(HEADINGS + rows, "t.tsv") == [
        'rivi 2: lainausmerkki jää sulkematta: "Neuvo. Sulje se solun lopussa tai poista se.'
    ]


def test_quotation_marks_among_words_stay() -> None:
    need = read(HEADINGS + 'T1\t"Neuvo" kotona\tsanoi "heti"\t"""Aamu""\nlehti"\n', "t.tsv").needs[0]
    assert (need.need, need.holder, need.evidence) == ('"Neuvo" kotona', 'sanoi "heti"', '"Aamu"\nlehti')


def test_an_identifier_that_stands_twice_is_told_with_both_rows() -> None:
    rows = 'T1\t"Neuvo\nkotona"\tKaikki\tKysely\n\nt1\tHoito\tPerheet\tJono\n'
    assert told(HEADINGS + rows, "t.tsv")[0].startswith("rivi 4, sarake Tunnus: tunnus T1 on myös rivillä 2.")
    yaml = "needs:\n  - id: T1\n    need: a\n  - id: T1\n    need: b\n"
    assert told(yaml, "t.yaml")[0].startswith("rivi 4, sarake needs[2].id: tunnus T1 on myös rivillä 2.")
    same = json.dumps({"needs": [{"id": "T1", "need": "a"}, {"id": "t1", "need": "a"}]})
    assert told(same, "t.json")[0].startswith("sarake needs[2].id: tunnus T1 on myös kohdassa needs[1].")
    document = (
        "# T\n\n| Tunnus | Tarve | Kenellä | Näyttö |\n|---|---|---|---|\n| T1 | N | K | K |\n| T1 | M | K | K |\n"
    )
    assert told(document, "t.md", language="sv")[0].startswith(
        "Behoven T1, kolumn Beteckning: beteckningen T1 finns på två rader."
    )


def test_a_heading_that_stands_twice_and_a_cell_over_the_longest_are_told() -> None:
    assert 'otsikko "Tarve" on kahdessa sarakkeessa' in told("Tarve\tKenellä\tNäyttö\tTarve\na\tb\tc\td\n", "t.tsv")[0]
    assert "tekstissä on 140000 merkkiä" in told(f"{HEADINGS}T1\t{'x' * 140_000}\tKaikki\tKysely\n", "t.tsv")[0]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("", "t.tsv", "tiedostossa ei ole mitään"),
        ("Tarve,Kenellä,Näyttö\na,b,c\n", "t.csv", "solujen välissä ei ole sarkaimia eikä puolipisteitä"),
        ("[" * 100_000, "t.json", "tiedostoa ei voi lukea YAML- tai JSON-muodossa: liian monta sisäkkäistä luetteloa."),
        ('{"needs": [}', "t.json", "tiedostoa ei voi lukea YAML- tai JSON-muodossa: rivi 1, merkki 12; tarkista"),
        ('{"needs": [], "needs": []}', "t.json", 'kohta "needs" on kahteen kertaan'),
        ('{"needs": [], "Tarpeet": []}', "t.json", 'sarake Tarpeet: kohta "Tarpeet" on kahteen kertaan'),
        ("needs:\n\t- a\n", "t.yaml", "rivi 2: tiedostoa ei voi lukea YAML- tai JSON-muodossa: tässä on sarkain"),
        ("needs:\n  - need: [a, b]\n    id: [T1]\n", "t.yaml", "rivi 2, sarake needs[1].need: tähän kuuluu yksi arvo"),
    ],
)
def test_a_text_that_cannot_be_read_says_why_in_the_readers_language(content: str, name: str, sentence: str) -> None:
    mistake = told(content, name)[0]
    assert mistake.startswith(sentence)
    assert ".." not in mistake


def test_what_no_place_is_known_for_is_told_all_the_same() -> None:
    document = f"# T\n\n## Tarpeet\n\n- {'x' * 17_000}\n"
    assert told(document, "t.md")[0].startswith("sarake need: tekstissä on 17000 merkkiä, enintään 16000 mahtuu.")


@pytest.mark.parametrize("figure", ["9" * 5000, "1" + "0" * 15, "-" + "9" * 16, 1e308])
def test_a_whole_number_that_is_too_large_is_told(figure: object) -> None:
    people = next(one for one in columns(Unit) if one.name == "people")
    with pytest.raises(Misread) as refused:
        value_of(people, figure)
    assert refused.value.key == "too_large"
    assert value_of(people, "9" * 15) == 10**15 - 1
