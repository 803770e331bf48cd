"""Every message as a page in a real browser: readable by all, on a phone and in the dark, in every language."""

import pytest
from accessibility import findings
from playwright.sync_api import Browser

from models.days.formats import Language
from tasks.message_samples import Sample, samples

SEEN: list[tuple[Language, int, str]] = [("fi", 360, "light"), ("sv", 700, "dark"), ("en", 360, "dark")]


def shown(language: Language) -> list[Sample]:
    """The messages of a language; of those to others than who owes something one is enough: they differ in a word."""
    found = [one for one in samples() if one.language == language]
    alike = (":preparer", ":coordinator", ":coordinator-late", ":line_manager")
    return [one for one in found if not one.name.endswith(alike)]


@pytest.mark.parametrize(("language", "width", "scheme"), SEEN)
def test_every_message_can_be_read_by_everybody(chromium: Browser, language: Language, width: int, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 600}, color_scheme=scheme)  # type: ignore[arg-type]
    page, wrong = context.new_page(), []
    for one in shown(language):
        page.set_content(one.message.html)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{one.name}: wider than the screen")
        wrong += [f"{one.name}: {found}" for found in findings(page)]
    context.close()
    assert wrong == []


def test_a_message_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    for one in samples():
        for outside in ("<img", "<script", "<link", "src=", "url(", "@import", "http-equiv"):
            assert outside not in one.message.html, one.name
