"""The README says what is so: settings are those of the release, links lead somewhere, a newcomer can read it."""

import re
from pathlib import Path

import pytest

from app.cli.verbs import SECTIONS
from models.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def settings_table() -> str:
    """The README's table of settings, from the settings themselves."""
    rows = [
        f"| `ETAPPI_{name.upper()}` | {field.description} |" for name, field in sorted(Settings.model_fields.items())
    ]
    return "\n".join(["| variable | what it does |", "|---|---|", *rows])


def test_the_table_of_settings_is_that_of_the_release() -> None:
    assert settings_table() in README


def test_every_setting_says_what_it_does() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_readme_has_fewer_than_150_lines() -> None:
    assert README.count("\n") < 150


def test_every_verb_the_readme_shows_is_there() -> None:
    verbs = {verb.name for _, section in SECTIONS for verb in section}
    shown = set(re.findall(r"^etappi ([a-z-]+)", README, re.MULTILINE))
    assert shown and shown <= verbs


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert all((page.parent / link).exists() for link in links), links
