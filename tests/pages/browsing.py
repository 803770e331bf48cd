"""A real browser at the pages, in which somebody is signed in."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from visiting import Pages

CHROMIUM = "/usr/bin/chromium"
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROCESS = "/prosessi/kemijarvi-2030"
CHECKPOINT = f"{PROCESS}/tarkistuspiste/tuottamistapa"
DRAFT = f"{PROCESS}/vaihe/tuottamistapa/tuotos/vaihtoehtojen-vertailu"


class Browsing:
    """Browsers at one installation's pages. What a page's scripts complain of fails the test."""

    def __init__(self, browser: Browser, pages: Pages) -> None:
        self.browser = browser
        self.pages = pages
        self.complaints: list[str] = []
        self._contexts: list[BrowserContext] = []

    def anybody(self, **how: Any) -> Page:
        """A page in a browser of its own, in which nobody is signed in."""
        how = {"locale": "fi-FI", "viewport": {"width": 1280, "height": 900}, **how}
        context = self.browser.new_context(base_url=self.pages.address, **how)
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        return page

    def as_(self, person: str, **how: Any) -> Page:
        """A page in a browser in which the person is signed in."""
        page = self.anybody(**how)
        page.goto("/kokeilu")
        page.click(f'button[value="{person}"]')
        page.wait_for_url("**/")
        return page

    def revises(self) -> None:
        """The owner revises an output of the open round."""
        owner = self.as_("talouspaallikko")
        owner.goto(DRAFT)
        owner.locator("#text").fill(owner.locator("#text").input_value() + "\n\nLisätty kappale.\n")
        owner.get_by_role("button", name="Tallenna").click()
        owner.goto(f"{PROCESS}/vaihe/tuottamistapa")
        owner.get_by_text("Korvaa tarkistuspisteessä oleva versio").click()
        owner.get_by_label("Mitä muutettiin ja miksi?").fill("Kappale lisättiin.")
        owner.get_by_role("button", name="Korvaa versio").click()

    def _heard(self, message: Any) -> None:
        ours = message.location.get("url", "").startswith(self.pages.address)
        if ours and message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        assert self.complaints == []
