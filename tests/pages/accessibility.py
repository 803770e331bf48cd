"""What axe-core finds wrong with the page that is shown."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

VIOLATIONS = """options => axe.run(document, options).then(all => all.violations.map(
    one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).join(", ")}`))"""


def findings(page: Page, **options: Any) -> list[str]:
    """Each rule that is broken, with where. The options are axe's own; what it passes is not asked for: it is much."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(VIOLATIONS, {"resultTypes": ["violations"], **options})
    return found
