"""The words of the record: in three languages, with the same facts, and nothing is left over or missing."""

import json
import re
from importlib.resources import files as resources
from pathlib import Path

import pytest

from app.history.sentences import SENTENCES
from models.events import Event

WORDS = json.loads(resources("config").joinpath("words").joinpath("record.json").read_text("utf-8"))
FACT = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_sentence_has_the_same_facts_in_every_language(key: str):
    told = WORDS[key]
    assert set(told) == {"fi", "sv", "en"}
    assert all(told.values())
    facts = {language: set(FACT.findall(text)) for language, text in told.items()}
    assert facts["fi"] == facts["sv"] == facts["en"]


def test_every_event_of_a_process_has_its_sentence():
    every = {event for event in Event.__subclasses__() if event.__module__ == Event.__module__}
    assert set(SENTENCES) == every


def test_no_words_are_missing():
    source = "".join(file.read_text("utf-8") for file in Path(str(resources("app.history"))).rglob("*.py"))
    named = set(re.findall(r'(?:words|_maybe|_of_phase)\(\s*"([a-z_.]+)"', source))
    assert named <= set(WORDS), named - set(WORDS)
