"""Grounds of law read in the language of who reads them."""

import re

import pytest
from shipped import KEMI, KEMIJARVI, RAUMA, shipped

from models.definitions.definition import Definition
from models.laws import law_in, laws_in

FINNISH = re.compile(r"laki|laissa|mukainen|kohta|\bja\b|\bmom\.$", re.IGNORECASE)


def grounds(definition: Definition) -> list[str]:
    found = [body.ground for body in definition.bodies] + [plan.ground for plan in definition.decision.chain]
    found += [one.law for one in (*definition.statements, *definition.hearings)]
    for phase in definition.phases:
        found += [one.law for one in (*phase.participation, *phase.checkpoint.criteria)]
    return [one for one in found if one]


@pytest.mark.parametrize("key", [KEMIJARVI, KEMI, RAUMA])
def test_no_ground_of_a_shipped_definition_is_finnish_in_another_language(key: str) -> None:
    there = grounds(shipped(key))
    said = [law_in(ground, "sv") for ground in there] + [law_in(ground, "en") for ground in there]
    assert said
    assert [one for one in said if FINNISH.search(one)] == []


@pytest.mark.parametrize(
    ("ground", "swedish", "english"),
    [
        ("Kuntalaki 39 ja 93 §", "Kommunallagen 39 och 93 §", "Local Government Act (410/2015) 39 and 93 §"),
        (
            "Kuntalaki 22 §, hallintolaki 41 §",
            "Kommunallagen 22 §, förvaltningslagen 41 §",
            "Local Government Act (410/2015) 22 §, Administrative Procedure Act (434/2003) 41 §",
        ),
        (
            "Kuntalaki 37 § 1 mom. 7 kohta",
            "Kommunallagen 37 § 1 mom. 7 punkten",
            "Local Government Act (410/2015) 37 § (1)(7)",
        ),
        ("Laki 449/2007 7–8 §", "Lag 449/2007 7–8 §", "Act 449/2007 7–8 §"),
        ("Hallintosääntö 12 §", "Hallintosääntö 12 §", "Hallintosääntö 12 §"),  # a town's own is left as it is written
    ],
)
def test_laws_have_their_names(ground: str, swedish: str, english: str) -> None:
    assert (law_in(ground, "fi"), law_in(ground, "sv"), law_in(ground, "en")) == (ground, swedish, english)


def test_several_paragraphs_of_one_law_name_it_once() -> None:
    assert laws_in(["Kuntalaki 26 §", None, "Kuntalaki 27 §", "Kuntalaki 26 §"], "sv") == "Kommunallagen 26 §, 27 §"
    assert laws_in([], "en") == law_in(None, "en") == ""
