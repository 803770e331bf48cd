"""Takes pictures of the ten main pages of the try-out, in both themes, into a folder (`make pictures`)."""

import argparse
import socket
import tempfile
import threading
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from app import try_out
from app.web.application import create
from models.settings import Settings
from tasks.installation import installed

CHROMIUM = "/usr/bin/chromium"
QUIETLY = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PROCESS = "/prosessi/kemijarvi-2030"
CHECKPOINT = f"{PROCESS}/tarkistuspiste/tuottamistapa"
PAGES: tuple[tuple[str, str | None, str], ...] = (
    ("kokeilu", None, "/kokeilu"),
    ("odottaa-sinua", "valmistelujohtaja", "/"),
    ("ei-mitaan", "paakayttaja", "/"),
    ("prosessit", "koordinaattori", "/prosessit"),
    ("prosessi", "koordinaattori", PROCESS),
    ("tarkistuspiste", "rehtori", CHECKPOINT),
    ("kanta", "maaseutuasiamies", f"{CHECKPOINT}/kanta/e5"),
    ("tulos", "valmistelujohtaja", f"{CHECKPOINT}/tulos"),
    ("mennyt-tarkistuspiste", "rehtori", f"{PROCESS}/tarkistuspiste/tuottamistarve"),
    ("ei-loydy", "rehtori", "/ei-ole"),
)
SHAPES = (
    ("wide", 1280, "light"),
    ("wide-dark", 1280, "dark"),
    ("phone", 360, "light"),
    ("phone-dark", 360, "dark"),
)


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("folder", type=Path)
    folder = told.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, socket.create_server(("127.0.0.1", 0)) as door:
        there = try_out.settings_of(Settings(data_dir=Path(data)))
        try_out.prepare(there)
        application = create(installed(there), try_out=True)
        server = uvicorn.Server(uvicorn.Config(application, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
                _take(browser, f"http://127.0.0.1:{door.getsockname()[1]}", folder)
                browser.close()
        finally:
            server.should_exit = True
            thread.join()


def _take(browser: Browser, address: str, folder: Path) -> None:
    for shape, width, theme in SHAPES:
        for name, person, path in PAGES:
            size = {"width": width, "height": 800}
            context = browser.new_context(base_url=address, viewport=size, color_scheme=theme, locale="fi-FI")  # type: ignore[arg-type]
            page = context.new_page()
            page.goto("/kokeilu")
            if person is not None:
                page.click(f'button[value="{person}"]')
            page.goto(path)
            page.screenshot(path=folder / f"{name}-{shape}.png", full_page=width < 1000)
            context.close()
        print(f"{len(PAGES)} pages, {shape}")


if __name__ == "__main__":
    main()
