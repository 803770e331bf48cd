"""A document's tables, lists and texts as typed content: the demo's documents are read as they stand."""

from pathlib import Path

import pytest

from models.documents.reading import read_document
from models.exchange.from_document import Taken, from_document
from models.outputs.choices import Urgency, Way
from models.outputs.told import registers
from models.words import PhaseKind as Kind

DEMO = Path("config/demo")


def taken(text: str, kind: Kind) -> Taken:
    return from_document(read_document(text, "asiakirja.md"), kind)


def of_demo(name: str, kind: Kind) -> Taken:
    return taken((DEMO / f"{name}.md").read_text(encoding="utf-8"), kind)


def counts(found: Taken) -> dict[str, int]:
    return {one.name: n for one in registers(type(found.output)) if (n := len(getattr(found.output, one.name)))}


@pytest.mark.parametrize(
    ("name", "kind", "register", "least"),
    [
        ("tarverekisteri.v2", Kind.PRODUCTION_NEED, "needs", 11),
        ("vaihtoehtojen-vertailu.v2", Kind.PRODUCTION_METHOD, "alternatives", 40),
        ("tuottamistapakuva.v2", Kind.PRODUCTION_METHOD, "methods", 11),
        ("hallintomallirakenne.v2", Kind.GOVERNANCE_MODEL, "bodies", 6),
        ("toimivaltataulukko", Kind.GOVERNANCE_MODEL, "powers", 14),
        ("organisaatiorakenne", Kind.OPERATIONAL_MODEL, "units", 6),
        ("siirtymasuunnitelma", Kind.OPERATIONAL_MODEL, "steps", 10),
        ("vaikutusten-arviointi", Kind.OPERATIONAL_MODEL, "units", 6),
    ],
)
def test_the_demos_tables_are_known_by_their_headings(name: str, kind: Kind, register: str, least: int) -> None:
    found = of_demo(name, kind)
    assert counts(found)[register] >= least
    assert found.remarks == ()


def test_cells_become_values_of_their_fields() -> None:
    need = of_demo("tarverekisteri.v2", Kind.PRODUCTION_NEED).output.needs[2]  # type: ignore[attr-defined]
    assert (need.id, need.urgency, need.challenges) == ("T3", Urgency.URGENT, ("H2", "H4"))
    first = of_demo("vaihtoehtojen-vertailu.v2", Kind.PRODUCTION_METHOD).output.alternatives[1]  # type: ignore[attr-defined]
    assert (first.id, first.way, first.euros, first.proposed) == ("T1.oma", Way.OWN, 285_000, True)


def test_a_matrix_of_powers_becomes_a_row_for_each_matter() -> None:
    powers = of_demo("toimivaltataulukko", Kind.GOVERNANCE_MODEL).output.powers  # type: ignore[attr-defined]
    assert (powers[0].matter, powers[0].decides, powers[0].prepares) == ("Kuntastrategia", "Valtuusto", "Viranhaltija")
    assert powers[5].told_of == "Valtuusto"


def test_a_list_under_a_known_heading_stands_in_for_a_table() -> None:
    text = "# Kuva\n\n## Sisäiset heikkoudet ja uhat\n\n- Tilat rapautuvat\n- Tieto ei kulje\n\n## Arvot\n\n- Luovuus\n"
    output = taken(text, Kind.FUTURE_IMAGE).output
    assert [(one.side, one.sort, one.finding) for one in output.environment] == [  # type: ignore[attr-defined]
        ("inner", "weakness", "Tilat rapautuvat"),
        ("inner", "weakness", "Tieto ei kulje"),
    ]
    assert [one.value for one in output.values] == ["Luovuus"]  # type: ignore[attr-defined]


def test_columns_of_peoples_own_and_cells_not_understood_are_kept_as_written() -> None:
    text = (
        "# T\n\n| Tarve | Kenellä | Näyttö | Kiireellisyys | Oma sarake |\n| --- | --- | --- | --- | --- |\n"
        "| Neuvo | Kaikki | Kysely | ehkä joskus | tärkeä |\n"
    )
    found = taken(text, Kind.PRODUCTION_NEED)
    need = found.output.needs[0]  # type: ignore[attr-defined]
    assert need.urgency is None
    assert need.more == {"Oma sarake": "tärkeä", "Kiireellisyys": "ehkä joskus"}
    assert [(one.row, one.column) for one in found.remarks] == [(5, "Kiireellisyys")]
    assert found.remarks[0].sentence("fi").startswith('T, rivi 5, sarake Kiireellisyys: "ehkä joskus" ei ole')
    assert found.remarks[0].sentence("sv").endswith("Det blev kvar som det var skrivet.")


def test_headings_in_other_orders_and_languages_are_known() -> None:
    text = (
        "# B\n\n| Angelägenhet | Vems behovet är | Behov | Belägg |\n| --- | --- | --- | --- |\n"
        "| genast | Familjer | Vård | Enkät |\n"
    )
    need = taken(text, Kind.PRODUCTION_NEED).output.needs[0]  # type: ignore[attr-defined]
    assert (need.id, need.need, need.urgency) == ("Vård", "Vård", Urgency.AT_ONCE)


def test_rows_without_identifiers_keep_theirs_when_the_table_is_turned_round() -> None:
    head = "# T\n\n| Tarve | Kenellä | Näyttö |\n| --- | --- | --- |\n"
    rows = ["| Neuvo | Kaikki | a |\n", "| Kyyti | Kylät | b |\n"]
    one = taken(head + "".join(rows), Kind.PRODUCTION_NEED).output
    other = taken(head + "".join(reversed(rows)), Kind.PRODUCTION_NEED).output
    assert {need.id for need in one.needs} == {need.id for need in other.needs} == {"Neuvo", "Kyyti"}  # type: ignore[attr-defined]


def test_a_unit_in_two_tables_of_a_document_is_one_unit() -> None:
    text = (
        "# O\n\n| Yksikkö | Tehtävä | Johtaa |\n| --- | --- | --- |\n| Koulut | Opetus | Rehtori |\n\n"
        "| Yksikkö | Henkilöitä, joita koskee | Mikä muuttuu työssä | Kuultu |\n| --- | --- | --- | --- |\n"
        "| Koulut | 83 | Vuorot | 11.5. |\n"
    )
    units = taken(text, Kind.OPERATIONAL_MODEL).output.units  # type: ignore[attr-defined]
    assert [(one.id, one.leader, one.people) for one in units] == [("Koulut", "Rehtori", 83)]


def test_a_table_of_something_else_is_left_to_the_document() -> None:
    found = taken("# X\n\n| Palaute | Mitä sille tapahtui |\n| --- | --- |\n| a | b |\n", Kind.PRODUCTION_METHOD)
    assert counts(found) == {}
    assert [table.headings for table in found.unknown] == [("Palaute", "Mitä sille tapahtui")]


def test_a_row_in_two_tables_that_say_different_things_is_told() -> None:
    table = "| Tunnus | Tarve | Kenellä |\n| --- | --- | --- |\n"
    text = f"# T\n\n## Tarpeet\n\n{table}| T1 | Neuvo | Kaikki |\n\n## Tarpeet\n\n{table}| T1 | neuvo | Kylät |\n"
    found = taken(text, Kind.PRODUCTION_NEED)
    assert [one.holder for one in found.output.needs] == ["Kaikki"]  # type: ignore[attr-defined]
    assert [one.sentence("fi") for one in found.remarks] == [
        'Tarpeet T1, sarake Tarve: samalla rivillä on kahdessa taulukossa eri arvo. "Neuvo" jäi voimaan, "neuvo" jäi '
        "pois.",
        'Tarpeet T1, sarake Kenellä tarve on: samalla rivillä on kahdessa taulukossa eri arvo. "Kaikki" jäi voimaan, '
        '"Kylät" jäi pois.',
    ]


def test_what_stands_under_a_heading_twice_is_one_text_and_what_does_not_fit_is_told() -> None:
    twice = taken(
        "# T\n\n## Mitä opimme\n\nEnsin.\n\n## Muuta\n\nx\n\n## Mitä opimme\n\nSitten.\n", Kind.PRODUCTION_NEED
    )
    assert twice.output.learnt == "Ensin.\n\nSitten."  # type: ignore[attr-defined]
    assert twice.remarks == ()
    long = taken("# T\n\n## Mitä opimme\n\n" + ("sana " * 2000 + "\n\n") * 2, Kind.PRODUCTION_NEED)
    assert long.output.learnt == ""  # type: ignore[attr-defined]
    assert long.remarks[0].sentence("fi").startswith("Mitä opimme: tekstissä on 20000 merkkiä, enintään 16000 mahtuu")


def test_a_row_that_sums_up_the_others_is_no_row() -> None:
    text = "# T\n\n## Tarpeet\n\n| Tarve | Kenellä |\n| --- | --- |\n| Neuvo | Kaikki |\n| Yhteensä: | 1 |\n"
    found = taken(text, Kind.PRODUCTION_NEED)
    assert [one.need for one in found.output.needs] == ["Neuvo"]  # type: ignore[attr-defined]
    assert [one.sentence("fi") for one in found.remarks] == [
        'Tarpeet, rivi 8: rivi "Yhteensä:" on yhteenlasku. Se jäi pois; Etappi laskee summat itse.'
    ]
