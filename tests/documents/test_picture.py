"""The picture of a definition: it says in words what it shows, and the README's is the one the definition gives."""

from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest

from models.definitions.definition import Definition
from models.definitions.file import read_definition
from models.definitions.picture import process_picture

SVG = "{http://www.w3.org/2000/svg}"
README_PICTURE = Path(__file__).parents[2] / "docs" / "kemijarvi-2030.svg"


@pytest.fixture(scope="module", params=["kemijarvi-2030", "rauman-tarina-2013", "kemi-kaupunkistrategia-2023"])
def definition(request: pytest.FixtureRequest) -> Definition:
    source = files("config").joinpath(f"processes/{request.param}.yaml").read_text("utf-8")
    return read_definition(source, request.param)


def drawn(definition: Definition, language: str = "fi") -> str:
    return process_picture(definition, {choice.id: choice.proposed for choice in definition.choices}, language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_picture_names_every_phase_in_words(definition: Definition, language: str) -> None:
    picture = ElementTree.fromstring(drawn(definition, language))
    told = picture.findtext(f"{SVG}desc") or ""
    assert all(phase.name.in_(language) in told for phase in definition.phases)


def test_every_phase_has_its_box_and_its_checkpoint(definition: Definition) -> None:
    picture = ElementTree.fromstring(drawn(definition))
    boxes = [box for box in picture.iter(f"{SVG}rect") if box.get("class") == "phase"]
    gates = [gate for gate in picture.iter(f"{SVG}path") if "gate" in (gate.get("class") or "")]
    assert (len(boxes), len(gates)) == (len(definition.phases), len(definition.phases))
    assert len({(box.get("x"), box.get("y")) for box in boxes}) == len(boxes)


def test_the_picture_in_the_readme_is_drawn_from_the_definition() -> None:
    source = files("config").joinpath("processes/kemijarvi-2030.yaml").read_text("utf-8")
    assert README_PICTURE.read_text("utf-8") == drawn(read_definition(source, "kemijarvi-2030"))
