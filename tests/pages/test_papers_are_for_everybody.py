"""Every paper as a page in a real browser: readable by all, on a phone too, in every language."""

import pytest
from accessibility import findings
from paper_samples import every_paper
from playwright.sync_api import Browser, Page

from tasks.papers.html import as_html

PHONE, DESK = 360, 1280
NARROW, TALL = 88, 100  # CSS pixels of a cell whose words are broken to pieces: one short word wide, four lines high


def narrow_columns(page: Page) -> list[str]:
    """The words in cells that are too narrow for them."""
    broken = f"one => one.offsetWidth < {NARROW} && one.offsetHeight > {TALL}"
    words = f"cells => cells.filter({broken}).map(one => one.innerText)"
    return list(page.locator("td:not(.number)").evaluate_all(words))


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_paper_can_be_read_by_everybody(chromium: Browser, language: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page, wrong = context.new_page(), []
    for name, paper in every_paper(language).items():
        page.set_content(as_html(paper).decode())
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{name}: wider than the screen")
        wrong += [f"{name}: narrow: {words}" for words in narrow_columns(page)]
        wrong += [f"{name}: {found}" for found in findings(page)]
    context.close()
    assert wrong == []
