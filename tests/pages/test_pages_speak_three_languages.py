"""Every text of the pages stands in the catalogues, in all languages, and switching keeps the page."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files as resources
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment
from visiting import Pages

from models import errors
from models.rights import Part

TEMPLATES = resources("app.web").joinpath("templates")
CATALOGUES = resources("config").joinpath("translations")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "say_counted": (1, 2), "N_": None}
NAMES = ("Etappi",)  # the same in every language
AFTER_A_COUNT = re.compile(r'\{\{ [\w.| ]+ \}\}(?:</strong>)? \{\{ _\("([^"]+)"\)')
ALIKE_FOR_ANY = {
    "työryhmistä puoltaa",  # 0/3
}
"""What is said of one as of several."""
SHOWN = re.compile(r'\b(?:title|alt|placeholder|aria-label|aria-description)="([^"]*)"')


def extracted() -> set[str | tuple[str, ...]]:
    methods = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
    options = {"**/templates/**.html": {"newstyle_gettext": "true"}}
    root = Path(str(resources("app.web")))
    return {found[2] for found in extract_from_dir(root, methods, options, KEYWORDS)}


@pytest.mark.parametrize("name", sorted(file.name for file in TEMPLATES.iterdir()))
def test_no_text_of_a_template_stands_outside_the_catalogues(name: str):
    source = TEMPLATES.joinpath(name).read_text("utf-8")
    source = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", source, flags=re.DOTALL)
    tokens = Environment().lex(source)
    data = "".join(
        text if kind == "data" else "\0" if kind in ("variable_begin", "block_begin") else ""
        for _, kind, text in tokens
    )
    for shown in SHOWN.findall(data):
        assert not re.search(r"[^\W\d_]{2,}", shown), f"{name}: {shown}"
    bare = re.sub(r"<!--.*?-->|<[^>]*>", " ", data, flags=re.DOTALL)
    bare = re.sub(r'\s[a-z-]+="[^"]*"', " ", bare)  # an attribute that a macro adds
    for known in NAMES:
        bare = bare.replace(known, "")
    assert not re.findall(r"[^\W\d_]{2,}", bare), name


def test_what_follows_a_count_has_a_form_for_one_and_for_several():
    told = {text for file in TEMPLATES.iterdir() for text in AFTER_A_COUNT.findall(file.read_text("utf-8"))}
    assert told == ALIKE_FOR_ANY


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_text_is_translated_and_no_translation_is_left_over(language: str):
    catalogue = read_po(BytesIO(CATALOGUES.joinpath(f"pages.{language}.po").read_bytes()), locale=language)
    told = {m.id if isinstance(m.id, str) else tuple(m.id): m for m in catalogue if m.id}

    assert extracted() - set(told) == set(), "make catalogues adds them"
    assert set(told) - extracted() == set(), "make catalogues takes them away"
    for key, message in told.items():
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(strings), f"{key} has no translation"
        assert not message.fuzzy, f"{key} is not sure"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_translation_takes_the_same_facts(language: str):
    catalogue = read_po(BytesIO(CATALOGUES.joinpath(f"pages.{language}.po").read_bytes()), locale=language)
    facts = re.compile(r"%\((\w+)\)s")
    for message in catalogue:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = set(facts.findall(ids[-1]))
        for string in strings:
            assert set(facts.findall(string)) <= wanted, message.id
        assert set(facts.findall(strings[-1])) == wanted, message.id


def test_switching_the_language_keeps_the_page(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get("/prosessit")
    answer = visit.post("/kieli", language="sv", to="/prosessit")

    assert answer.url.path == "/prosessit"
    assert "Väntar på dig" in visit.text
    assert 'lang="sv"' in answer.text


def test_who_has_chosen_nothing_is_spoken_to_in_the_own_language(pages: Pages):
    visit = pages.as_("nuorisotyontekija")  # whose language is Swedish
    visit.get("/")
    assert "Väntar på dig" in visit.text


# --- refusals -----------------------------------------------------------------------------------------------------

ROOMS = (
    *("acting", "criteria", "decide", "dissents", "four_eyes", "handlings", "lifecycle", "meetings", "participation"),
    *("rights", "secrecy", "stances", "steering", "municipality/seats", "municipality/terms"),
    *("redaction", "documents/reading", "duties/ladder", "outgoing/addressing", "outgoing/nudging"),
)
"""The modules whose refusals people meet on pages."""
OF_THE_OPERATOR = ("Broken", "DefinitionError", "EtappiError", "NotFound")
NOT_ON_PAGES = (
    *("{wrong}", "The role ends on", "{person} has the role"),
    "Nothing was taken in",
)


def sentences() -> set[str]:
    """Every sentence with which the rules refuse."""
    kinds = {kind.__name__: kind for kind in vars(errors).values() if isinstance(kind, type)}
    refusals = {name: kind for name, kind in kinds.items() if issubclass(kind, errors.EtappiError)}
    found = {(kind.__doc__ or "").strip() for name, kind in refusals.items() if name not in OF_THE_OPERATOR}
    for call in calls():
        if call.func.id in refusals and call.args and isinstance(call.args[0], ast.Constant):
            found.add(str(call.args[0].value))
    return {one for one in found if not one.startswith(NOT_ON_PAGES)}


def calls() -> Iterator[Any]:
    """Every call by a plain name, in the rules and in the pages."""
    rooms = [Path(str(resources("models").joinpath(f"{room}.py"))) for room in ROOMS]
    for file in (*rooms, *Path(str(resources("app.web"))).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node


def whose() -> set[str]:
    """Everybody to whom a refusal says that something belongs."""
    said = (word.value for call in calls() if call.func.id == "NotAuthorised" for word in call.keywords)
    named = {str(one.value) for one in said if isinstance(one, ast.Constant)} | {part.value for part in Part}
    return {part for one in named for part in one.split(", or ")}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_whom_something_belongs_to_is_said_in_the_language(language: str):
    said = read_po(BytesIO(CATALOGUES.joinpath(f"refusals.{language}.po").read_bytes()), locale=language)
    assert whose() - {str(message.id) for message in said if message.id} == set()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_refusal_of_the_rules_is_said_in_the_language_with_the_same_facts(language: str):
    said = read_po(BytesIO(CATALOGUES.joinpath(f"refusals.{language}.po").read_bytes()), locale=language)
    told = {str(message.id): str(message.string) for message in said if message.id}
    assert sentences() - set(told) == set()
    facts = re.compile(r"\{(\w+)\}")
    for sentence, words in told.items():
        assert words, sentence
        assert set(facts.findall(words)) <= set(facts.findall(sentence)), sentence


def test_a_refusal_is_read_in_ones_own_language(pages: Pages):
    visit = pages.as_("rehtori")
    visit.get("/nowhere")
    seen = {"round": "1", "manifest": "0" * 64, "seat": "h3"}
    visit.post("/prosessi/kemijarvi-2030/tarkistuspiste/tuottamistapa/pida", **seen)
    assert "käsittelykerran tuotokset ovat nyt eri versioita" in visit.text
