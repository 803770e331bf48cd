"""The words of the record: in three languages, with the same facts, and nothing is left over or missing."""

import json
import re
from enum import StrEnum
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import pytest

from app.history.sentences import SENTENCES
from models import words as w
from models.days.backwards import StepKind
from models.events import Event
from models.rehearsal.result import MomentKind, WorryKind


def read(name: str) -> dict[str, Any]:
    return json.loads(resources("config").joinpath("words").joinpath(f"{name}.json").read_text("utf-8"))


WORDS = read("record")
FACT = re.compile(r"\{(\w+)(?::[^}]*)?\}")


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


NAMED = {
    "duty": w.DutyKind,
    "said": w.StanceKind,
    "rule": w.GroupRule,
    "result": w.AnswerResult,
    "publicity": w.Publicity,
    "handling": w.HandlingKind,
    "outcome": w.HandlingOutcome,
    "legal": w.LegalState,
    "ground": w.PublicGround,
    "vacant": w.Missing,
}
"""What the record names by its kind."""

PLAYED = {"duty": w.DutyKind, "moment": MomentKind, "step": StepKind}
"""What a rehearsal names by its kind."""


def unnamed(words: dict[str, Any], named: dict[str, type[StrEnum]]) -> set[str]:
    return {f"{name}.{kind}" for name, kinds in named.items() for kind in kinds} - set(words)


def test_every_kind_of_a_thing_has_its_words():
    assert unnamed(WORDS, NAMED) == set()
    assert unnamed(read("rehearsal"), PLAYED) == set()
    assert set(read("worries")) >= set(WorryKind)
